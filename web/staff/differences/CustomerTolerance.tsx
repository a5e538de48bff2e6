// What is dropped by rule of one customer's items, where it is said otherwise than for all.

import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { getDifferenceRules } from '#differences/contract.ts';
import { useRead } from '../../lib/data.ts';
import { dayWords } from '../../lib/format.ts';
import { useMay } from '../../lib/may.ts';
import { CompanySelect, useCompanies } from '../../ui/CompanySelect.tsx';
import { Panel, Shown } from '../../ui/Page.tsx';
import { ceilingWords } from './ceiling.ts';
import { ToleranceDialog } from './ToleranceDialog.tsx';

export function CustomerTolerance({
  customer,
}: {
  readonly customer: { readonly id: string; readonly name: string };
}) {
  const mayChange = useMay('company.manage');
  const companies = useCompanies();
  const [chosen, setChosen] = useState('');
  const [stating, setStating] = useState(false);
  const company = companies?.find((one) => one.id === chosen) ?? companies?.[0];
  const companyId = company?.id ?? '';
  const read = useRead(getDifferenceRules, { params: { companyId } }, { enabled: companyId !== '' });
  if (companies?.length === 0) return null;
  return (
    <Panel
      title="What may be missing"
      actions={
        mayChange ? (
          <Button size="xs" variant="default" onClick={() => setStating(true)}>
            Say otherwise
          </Button>
        ) : null
      }
    >
      <Stack gap="sm">
        {(companies?.length ?? 0) > 1 ? (
          <CompanySelect value={companyId} onChange={setChosen} width={320} />
        ) : null}
        <Shown read={read}>
          {({ tolerances }) => {
            const counting = tolerances.filter((one) => one.isInForce);
            const own = counting.filter(
              (one) => one.customer?.id === customer.id && one.stance !== 'as_company',
            );
            const shown = own.length > 0 ? own : counting.filter((one) => one.customer === null);
            if (shown.length === 0)
              return <Text size="sm">Nothing is dropped by rule: the smallest rest stays open.</Text>;
            return (
              <Stack gap={4}>
                <Text size="sm" c="dimmed">
                  {own.length > 0 ? 'Said of this customer:' : 'As for all customers:'}
                </Text>
                {shown.map((one) => (
                  <Group key={one.toleranceId} gap={6}>
                    <Text size="sm" fw={550}>
                      {one.currency ?? 'All currencies'}
                    </Text>
                    <Text size="sm">
                      {one.kind === 'bank_charge' ? 'bank charge: ' : 'small difference: '}
                      {one.stance === 'blocked' ? 'nothing is dropped' : ceilingWords(one)} (from{' '}
                      {dayWords(one.validFrom)})
                    </Text>
                  </Group>
                ))}
              </Stack>
            );
          }}
        </Shown>
      </Stack>
      {stating && company ? (
        <ToleranceDialog
          companyId={companyId}
          currency={company.functionalCurrency}
          customer={customer}
          onClose={() => setStating(false)}
        />
      ) : null}
    </Panel>
  );
}
