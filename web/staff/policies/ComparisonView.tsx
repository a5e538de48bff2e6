// What a set of policies changes beside the one in force: who moves, what would be said more, less or otherwise, and to whom.

import { Badge, Group, SegmentedControl, SimpleGrid, Stack, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { comparePolicies } from '#trials/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { useRead } from '../../lib/data.ts';
import { countText, dayWords } from '../../lib/format.ts';
import { heading } from '../../lib/words.ts';
import { DayField } from '../../ui/DayField.tsx';
import { Money } from '../../ui/Money.tsx';
import { Empty, Panel, Shown } from '../../ui/Page.tsx';
import { Scroll } from '../../ui/Scroll.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { DIFFERENCE_WORDS } from './policy-words.ts';

type Comparison = Reply<typeof comparePolicies>;
type Row = Comparison['rows'][number];
type Sums = Row['open'];

const KINDS = ['more', 'less', 'otherwise', 'same'] as const;

/** Compares a set, or a file that is not saved yet. */
export function Compare({ of }: { readonly of: { setId: string } | { file: Record<string, unknown> } }) {
  const [on, setOn] = useState('');
  const [show, setShow] = useState<string>('');
  const kind = KINDS.find((one) => one === show);
  const read = useRead(comparePolicies, {
    body: { ...of, ...(on === '' ? {} : { on }), ...(kind ? { show: kind } : {}) },
  });
  return (
    <Stack>
      <Group align="flex-end">
        <DayField label="On" value={on === '' ? (read.data?.on ?? '') : on} onChange={setOn} width={220} />
        <div style={{ maxWidth: '100%', overflowX: 'auto' }}>
          <SegmentedControl
            aria-label="Which customers"
            data={[
              { value: '', label: 'All that changes' },
              { value: 'more', label: 'More' },
              { value: 'less', label: 'Less' },
              { value: 'otherwise', label: 'Otherwise' },
              { value: 'same', label: 'The same' },
            ]}
            value={show}
            onChange={setShow}
          />
        </div>
      </Group>
      <Shown read={read}>{(seen) => <ComparisonView seen={seen} isAll={kind === undefined} />}</Shown>
    </Stack>
  );
}

/** A comparison that was made. */
export function ComparisonView({
  seen,
  isAll = true,
}: {
  readonly seen: Comparison;
  /** All are listed that anything changes for, not those of one kind. */
  readonly isAll?: boolean;
}) {
  return (
    <Stack>
      <SimpleGrid cols={{ base: 2, md: 4 }}>
        {seen.said.map(({ difference, accounts, messages, sums }) => (
          <Panel key={difference}>
            <Badge color={DIFFERENCE_WORDS[difference]?.color ?? 'gray'} variant="light">
              {difference}
            </Badge>
            <Text fz={28} fw={700} lh={1.3}>
              {countText(accounts)}
            </Text>
            <Text size="sm">{DIFFERENCE_WORDS[difference]?.title}</Text>
            <Text size="xs" c="dimmed">
              {countText(messages)} {messages === 1 ? 'message' : 'messages'} <Amounts sums={sums} />
            </Text>
          </Panel>
        ))}
      </SimpleGrid>
      <Panel title={`Who has which policy on ${dayWords(seen.on)}`}>
        <Scroll minWidth={460} label="Customers by policy">
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Policy</Table.Th>
                <Table.Th className="numeric">Now</Table.Th>
                <Table.Th className="numeric">Then</Table.Th>
                <Table.Th className="numeric">They owe then</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {seen.policies.map(({ code, name, before, after }) => (
                <Table.Tr key={code}>
                  <Table.Td>{name}</Table.Td>
                  <Table.Td className="numeric">{countText(before.accounts)}</Table.Td>
                  <Table.Td className="numeric">{countText(after.accounts)}</Table.Td>
                  <Table.Td className="numeric">
                    <Amounts sums={after.sums} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Scroll>
      </Panel>
      <Panel title="Customers">
        {seen.rows.length === 0 ? (
          <Empty title={isAll ? 'Nothing changes for anybody' : 'Nobody here'}>
            {isAll ? 'Every customer has the same policy and hears the same on that day.' : null}
          </Empty>
        ) : (
          <Customers rows={seen.rows} />
        )}
        {seen.more > 0 ? (
          <Text size="sm" c="dimmed">
            and {countText(seen.more)} more
          </Text>
        ) : null}
      </Panel>
    </Stack>
  );
}

function Amounts({ sums }: { readonly sums: Sums }) {
  return (
    <>
      {sums.map((sum) => (
        <div key={sum.currency}>
          <Money value={sum} />
        </div>
      ))}
    </>
  );
}

function Customers({ rows }: { readonly rows: readonly Row[] }) {
  return (
    <Scroll minWidth={760} label="Customers">
      <Table verticalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Customer</Table.Th>
            <Table.Th>Policy</Table.Th>
            <Table.Th>Now</Table.Th>
            <Table.Th>Then</Table.Th>
            <Table.Th className="numeric">Owes</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={`${row.companyId} ${row.customerId}`}>
              <Table.Td>
                <TenantLink to={`customers/${row.customerId}`}>{row.customerName}</TenantLink>
              </Table.Td>
              <Table.Td>{row.from === row.to ? row.to : `${row.from} → ${row.to}`}</Table.Td>
              <Table.Td>
                <Told told={row.before} />
              </Table.Td>
              <Table.Td>
                <Told told={row.after} />
              </Table.Td>
              <Table.Td className="numeric">
                <Amounts sums={row.open} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Scroll>
  );
}

function Told({ told }: { readonly told: Row['before'] }) {
  if (told === null)
    return (
      <Text size="sm" c="dimmed">
        nothing
      </Text>
    );
  return (
    <div>
      <Text size="sm">
        {heading(told.phase)}, {countText(told.items)} {told.items === 1 ? 'invoice' : 'invoices'}
      </Text>
      <Text size="xs" c="dimmed">
        {told.channel === 'post' ? 'by post: ' : ''}
        {told.recipient}
      </Text>
    </div>
  );
}
