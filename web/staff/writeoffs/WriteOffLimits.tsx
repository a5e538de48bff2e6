// How much roles and people may write off alone, by kind and currency.

import { Badge, Button, Group, Stack, Table, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { listMembers } from '#identity/contract.ts';
import { getWriteOffLimits } from '#writeoffs/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { rowsOf, usePages, useRead } from '../../lib/data.ts';
import { dayWords } from '../../lib/format.ts';
import { useMay } from '../../lib/may.ts';
import { CompanySelect, useCompanies } from '../../ui/CompanySelect.tsx';
import { Money } from '../../ui/Money.tsx';
import { Panel, Shown } from '../../ui/Page.tsx';
import { Scroll } from '../../ui/Scroll.tsx';
import { roleWords } from '../identity/roles.ts';
import { kindWords } from './relief-words.ts';
import { WriteOffLimitDialog } from './WriteOffLimitDialog.tsx';

type Limit = Reply<typeof getWriteOffLimits>['limits'][number];

export function WriteOffLimits() {
  const companies = useCompanies();
  const [chosen, setChosen] = useState('');
  const [stating, setStating] = useState(false);
  const [all, setAll] = useState(false);
  const mayChange = useMay('approval.manage');
  const mayPeople = useMay('member.manage');
  const members = usePages(listMembers, {}, { enabled: mayPeople });
  const people = new Map(rowsOf(members.data).map((one) => [one.userId, one.name]));
  const company = companies?.find((one) => one.id === chosen) ?? companies?.[0];
  const companyId = company?.id ?? '';
  const read = useRead(getWriteOffLimits, { params: { companyId } }, { enabled: companyId !== '' });
  if (companies?.length === 0) return null;
  const whose = (one: Limit): string =>
    one.role ? roleWords(one.role) : (people.get(one.userId ?? '') ?? 'a person');
  return (
    <Stack>
      {(companies?.length ?? 0) > 1 ? (
        <CompanySelect value={companyId} onChange={setChosen} width={320} />
      ) : null}
      <Panel
        title="Written off alone"
        actions={
          mayChange ? (
            <Button
              size="xs"
              variant="default"
              leftSection={<IconPlus size={14} aria-hidden />}
              onClick={() => setStating(true)}
            >
              State a limit
            </Button>
          ) : null
        }
      >
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            How much of an item somebody may write off without anybody else. Outside of it others are asked. A
            person’s own limit counts before that of the role, one for a kind before one for all kinds.
          </Text>
          <Shown read={read}>
            {({ limits }) =>
              limits.length === 0 ? (
                <Text size="sm">No limits are stated: the rules under Approvals alone count.</Text>
              ) : (
                <>
                  <LimitTable limits={all ? limits : limits.filter((one) => one.isInForce)} whose={whose} />
                  {limits.some((one) => !one.isInForce) ? (
                    <Group>
                      <Button
                        size="compact-sm"
                        variant="subtle"
                        aria-expanded={all}
                        onClick={() => setAll(!all)}
                      >
                        {all ? 'Only what counts today' : 'Show earlier and later ones'}
                      </Button>
                    </Group>
                  ) : null}
                </>
              )
            }
          </Shown>
        </Stack>
      </Panel>
      {stating ? (
        <WriteOffLimitDialog
          companyId={companyId}
          currency={company?.functionalCurrency ?? 'EUR'}
          people={[...people].map(([value, label]) => ({ value, label }))}
          onClose={() => setStating(false)}
        />
      ) : null}
    </Stack>
  );
}

function LimitTable({ limits, whose }: { readonly limits: readonly Limit[]; whose(limit: Limit): string }) {
  return (
    <Scroll minWidth={520} label="Limits of write-offs">
      <Table aria-label="Limits of write-offs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Of</Table.Th>
            <Table.Th>Kind</Table.Th>
            <Table.Th>From</Table.Th>
            <Table.Th>Up to</Table.Th>
            <Table.Th>Counts from</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {limits.map((one) => (
            <Table.Tr key={one.limitId}>
              <Table.Td>{whose(one)}</Table.Td>
              <Table.Td>{one.kind ? kindWords(one.kind) : 'all kinds'}</Table.Td>
              <Table.Td>{one.amountMin ? <Money value={one.amountMin} /> : '–'}</Table.Td>
              <Table.Td>
                {one.amountMax ? <Money value={one.amountMax} /> : `withdrawn (${one.currency})`}
              </Table.Td>
              <Table.Td>
                <Group gap={6} wrap="nowrap">
                  {dayWords(one.validFrom)}
                  {one.isInForce ? <Badge color="teal">counts today</Badge> : null}
                </Group>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Scroll>
  );
}
