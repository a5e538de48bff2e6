// What is owed to one company in one currency: lines with the balance so far, the ages, and what of it is disputed or interest.

import { Alert, Badge, Group, Stack, Table, Text } from '@mantine/core';
import type { readCustomerStatement } from '#statements/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { countText, dayWords, lateWords } from '../../lib/format.ts';
import { AgingStrip } from '../../ui/AgingStrip.tsx';
import { Money, type MoneyValue } from '../../ui/Money.tsx';
import { Panel } from '../../ui/Page.tsx';
import { Scroll } from '../../ui/Scroll.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { documentPath } from '../ledger/document-path.ts';
import { LINE_WORDS } from './statement-words.ts';

type Found = Reply<typeof readCustomerStatement>;
type Section = Found['sections'][number];
type Account = Section['accounts'][number];
type Line = Account['lines'][number];

export function StatementSection({
  section,
  statement,
}: {
  readonly section: Section;
  readonly statement: Found;
}) {
  const span = statement.from
    ? `${dayWords(statement.from)} to ${dayWords(statement.asOf)}`
    : `open on ${dayWords(statement.asOf)}`;
  return (
    <Panel title={`${section.company.name} · ${section.currency} · ${span}`}>
      <Stack>
        {section.accounts.map((account) => (
          <AccountTable
            key={account.customer.id}
            account={account}
            from={statement.from}
            isNamed={statement.isGroup}
          />
        ))}
        <Group gap="xl" align="flex-end">
          <Total
            label={isNegative(section.closing) ? 'In their favour' : 'Balance'}
            amount={section.closing}
            strong
          />
          <Total label="overdue" amount={section.aging.overdue} />
          <Total label="in dispute" amount={section.disputed} />
          <Total label="interest and fees" amount={section.charges} />
          <Total label="credits" amount={section.aging.credits} />
          <Total label="not applied" amount={section.aging.unapplied} />
        </Group>
        <AgingStrip buckets={statement.buckets} amounts={section.aging.buckets} />
      </Stack>
    </Panel>
  );
}

const isNegative = (amount: MoneyValue): boolean => amount.amount.startsWith('-');
const isZero = (amount: MoneyValue): boolean => !/[1-9]/.test(amount.amount);

/** A sum with what it is; left out where it is nothing, but for the balance. */
function Total({
  label,
  amount,
  strong = false,
}: {
  readonly label: string;
  readonly amount: MoneyValue;
  readonly strong?: boolean;
}) {
  if (!strong && isZero(amount)) return null;
  return (
    <div>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Text fw={strong ? 700 : 500} fz={strong ? 'lg' : 'sm'} component="div">
        <Money value={amount} />
      </Text>
    </div>
  );
}

function AccountTable({
  account,
  from,
  isNamed,
}: {
  readonly account: Account;
  readonly from: string | null;
  readonly isNamed: boolean;
}) {
  const title = `${account.customer.number} ${account.customer.name}`;
  return (
    <div>
      {isNamed ? (
        <Group justify="space-between" mb={4}>
          <Text fw={600} size="sm">
            {account.customer.name}{' '}
            <Text span c="dimmed" size="xs">
              {account.customer.number}
            </Text>
          </Text>
          <Text fw={600} size="sm" component="div">
            <Money value={account.closing} />
          </Text>
        </Group>
      ) : null}
      <Scroll minWidth={520}>
        <Table aria-label={title}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Document</Table.Th>
              <Table.Th>Date</Table.Th>
              {from ? null : <Table.Th>Due</Table.Th>}
              <Table.Th className="numeric">{from ? 'Amount' : 'Open'}</Table.Th>
              <Table.Th className="numeric">Balance</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {from ? (
              <Table.Tr>
                <Table.Td>Balance brought forward</Table.Td>
                <Table.Td>{dayWords(from)}</Table.Td>
                <Table.Td />
                <Table.Td className="numeric">
                  <Money value={account.opening} bare />
                </Table.Td>
              </Table.Tr>
            ) : null}
            {account.lines.map((line) => (
              <LineRow key={line.id} line={line} isOpenItem={from === null} />
            ))}
          </Table.Tbody>
        </Table>
      </Scroll>
      {account.linesLeftOut > 0 ? (
        <Alert color="blue" mt="sm">
          {countText(account.linesLeftOut)} more lines count in every sum and are not listed. PDF and CSV have
          all of them.
        </Alert>
      ) : null}
    </div>
  );
}

function LineRow({ line, isOpenItem }: { readonly line: Line; readonly isOpenItem: boolean }) {
  const path = documentPath(line);
  return (
    <Table.Tr>
      <Table.Td>
        {path ? <TenantLink to={path}>{line.reference}</TenantLink> : line.reference}
        <Text size="xs" c="dimmed">
          {LINE_WORDS[line.kind]}
        </Text>
      </Table.Td>
      <Table.Td>{dayWords(line.on)}</Table.Td>
      {isOpenItem ? (
        <Table.Td>
          {line.dueOn ? dayWords(line.dueOn) : '–'}
          {line.daysLate > 0 ? (
            <Text size="xs" className="late">
              {lateWords(line.daysLate)}
            </Text>
          ) : null}
        </Table.Td>
      ) : null}
      <Table.Td className="numeric">
        <Money value={line.amount} bare />
        {isOpenItem && line.original.amount !== line.amount.amount ? (
          <Text size="xs" c="dimmed" component="div">
            of <Money value={line.original} bare />
          </Text>
        ) : null}
        {line.disputed ? (
          <Badge color="orange" size="sm">
            disputed {line.disputed.amount}
          </Badge>
        ) : null}
      </Table.Td>
      <Table.Td className="numeric">
        <Money value={line.balance} bare />
      </Table.Td>
    </Table.Tr>
  );
}
