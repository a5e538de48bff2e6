// What is looked at otherwise before one customer is invoiced.

import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { readCompanyRules, readCustomerRules, replaceCustomerRules, START_RULES } from '#checks/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { useMay } from '../../lib/may.ts';
import { useCompanies } from '../../ui/CompanySelect.tsx';
import { Panel, Shown, Trouble } from '../../ui/Page.tsx';
import { RulesEditor, type Stated } from './RulesEditor.tsx';

export function CustomerChecks({ customerId }: { readonly customerId: string }) {
  const companyId = useCompanies()?.[0]?.id ?? '';
  const read = useRead(readCustomerRules, { params: { customerId } });
  const company = useRead(readCompanyRules, { params: { companyId } }, { enabled: companyId !== '' });
  return (
    <Panel title="Before an invoice is issued">
      <Shown read={read}>
        {(found) => (
          <RulesForm
            key={JSON.stringify(found.stated)}
            customerId={customerId}
            found={found}
            basis={company.data?.rules ?? START_RULES}
          />
        )}
      </Shown>
    </Panel>
  );
}

function RulesForm({
  customerId,
  found,
  basis,
}: {
  readonly customerId: string;
  readonly found: Reply<typeof readCustomerRules>;
  readonly basis: Reply<typeof readCompanyRules>['rules'];
}) {
  const mayChange = useMay('customer.edit');
  const replace = useCommand(replaceCustomerRules);
  const [stated, setStated] = useState<Stated>(found.stated);
  const isChanged = JSON.stringify(stated) !== JSON.stringify(found.stated);
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        What this customer wants on its invoices, or takes otherwise. As usual: as the company looks at
        everybody.
      </Text>
      {replace.error ? <Trouble problem={replace.error} /> : null}
      <RulesEditor stated={stated} basis={basis} disabled={!mayChange} onChange={setStated} />
      {mayChange ? (
        <Group>
          <Button
            onClick={() => replace.mutate({ params: { customerId }, body: { rules: stated } })}
            loading={replace.isPending}
            disabled={!isChanged}
          >
            Save
          </Button>
        </Group>
      ) : null}
    </Stack>
  );
}
