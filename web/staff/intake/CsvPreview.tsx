// The first entries of a CSV as they will be booked, what proves them, and what cannot be read.

import { Alert, Anchor, Group, SimpleGrid, Stack, Table, Text } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import type { lookAtBankCsv } from '#intake/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { countText, dayWords } from '../../lib/format.ts';
import { FileRows } from '../../ui/FileRows.tsx';
import { Money } from '../../ui/Money.tsx';
import { Scroll } from '../../ui/Scroll.tsx';

type Look = Reply<typeof lookAtBankCsv>;

export function CsvPreview({ look, onTurn }: { readonly look: Look; onTurn(): void }) {
  if (look.refusal)
    return (
      <Alert color="red" title="The file has other columns" role="status">
        {look.refusal.message}
        {look.refusal.columns.length > 0 ? ` Missing: ${look.refusal.columns.join(', ')}.` : ''}
      </Alert>
    );
  // The rows as they stand, while nothing can be said of them.
  if (look.entries.length === 0 && look.problemCount === 0)
    return <FileRows rows={look.rows} label="The first rows of the file" />;
  return (
    <Stack gap="sm">
      {look.isSignTurned ? (
        <Alert
          color="red"
          icon={<IconAlertTriangle aria-hidden />}
          title="The signs stand the wrong way round"
          role="status"
        >
          The balances follow only when money in is money out.{' '}
          <Anchor component="button" type="button" size="sm" onClick={onTurn}>
            Turn them round
          </Anchor>
        </Alert>
      ) : null}
      {look.statements.map((statement) => (
        <Sums key={statement.account ?? ''} statement={statement} />
      ))}
      <Entries entries={look.entries} />
      <Unread look={look} />
    </Stack>
  );
}

const PROOFS = {
  agrees: ['teal.8', 'The balances prove it'],
  differs: ['red', 'The balances do not agree'],
  broken: ['red', 'The balances do not follow'],
  none: ['dimmed', 'No balances to prove it'],
} as const;

function Sums({ statement }: { readonly statement: Look['statements'][number] }) {
  const [color, words] = PROOFS[statement.proof];
  return (
    <SimpleGrid cols={{ base: 2, md: 4 }} spacing="xs">
      <div>
        <Text size="xs" c="dimmed">
          Entries{statement.account ? ` of ${statement.account}` : ''}
        </Text>
        <Text fw={600}>{countText(statement.entries)}</Text>
      </div>
      <div>
        <Text size="xs" c="dimmed">
          Money in
        </Text>
        {statement.moneyIn.map((sum) => (
          <Text fw={600} component="div" key={sum.currency}>
            <Money value={sum} />
          </Text>
        ))}
      </div>
      <div>
        <Text size="xs" c="dimmed">
          Money out
        </Text>
        {statement.moneyOut.map((sum) => (
          <Text fw={600} component="div" key={sum.currency}>
            <Money value={sum} />
          </Text>
        ))}
      </div>
      <div>
        <Text size="sm" fw={600} c={color}>
          {statement.proof === 'agrees' ? <IconCheck size={14} aria-hidden /> : null} {words}
        </Text>
        {statement.opening && statement.closing ? (
          <Text size="xs" c="dimmed" component="div">
            <Money value={statement.opening} bare /> → <Money value={statement.closing} />
          </Text>
        ) : null}
      </div>
    </SimpleGrid>
  );
}

function Entries({ entries }: Pick<Look, 'entries'>) {
  const hasBalance = entries.some((entry) => entry.balanceAfter !== null);
  return (
    <Scroll minWidth={560} maxHeight={360} label="The first entries as they will be booked">
      <Table fz="sm" verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Day</Table.Th>
            <Table.Th>Payer or payee</Table.Th>
            <Table.Th>Text</Table.Th>
            <Table.Th ta="right">In</Table.Th>
            <Table.Th ta="right">Out</Table.Th>
            {hasBalance ? <Table.Th ta="right">Balance</Table.Th> : null}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {entries.map((entry) => (
            <EntryRow key={entry.line} entry={entry} hasBalance={hasBalance} />
          ))}
        </Table.Tbody>
      </Table>
    </Scroll>
  );
}

function EntryRow({
  entry,
  hasBalance,
}: {
  readonly entry: Look['entries'][number];
  readonly hasBalance: boolean;
}) {
  const isOut = entry.amount.amount.startsWith('-');
  const plain = { ...entry.amount, amount: entry.amount.amount.replace(/^-/, '') };
  return (
    <Table.Tr>
      <Table.Td style={{ whiteSpace: 'nowrap' }}>
        {entry.bookedOn ? dayWords(entry.bookedOn) : '–'}
        {entry.isPending ? (
          <Text size="xs" c="dimmed">
            pending, not booked
          </Text>
        ) : null}
      </Table.Td>
      <Table.Td>
        {entry.payerName ?? ''}
        {entry.payerAccount ? (
          <Text size="xs" c="dimmed">
            {entry.payerAccount}
          </Text>
        ) : null}
      </Table.Td>
      <Table.Td>
        {entry.text}
        {entry.original ? (
          <Text size="xs" c="dimmed" component="div">
            paid as <Money value={entry.original} />
          </Text>
        ) : null}
      </Table.Td>
      <Table.Td ta="right">{isOut ? null : <Money value={plain} />}</Table.Td>
      <Table.Td ta="right">{isOut ? <Money value={plain} /> : null}</Table.Td>
      {hasBalance ? (
        <Table.Td ta="right">
          {entry.balanceAfter ? <Money value={entry.balanceAfter} bare /> : null}
        </Table.Td>
      ) : null}
    </Table.Tr>
  );
}

function Unread({ look }: { readonly look: Look }) {
  if (look.problemCount === 0) return null;
  return (
    <Alert
      color="orange"
      role="status"
      title={
        look.problemCount === 1
          ? 'One row cannot be read'
          : `${countText(look.problemCount)} rows cannot be read`
      }
    >
      <Text size="sm" mb={4}>
        The file is booked as a whole or not at all, so each row has to be readable.
      </Text>
      <Stack gap={2}>
        {look.problems.map((problem) => (
          <Text size="sm" key={`${problem.line} ${problem.code}`}>
            Line {problem.line ?? '–'}
            {problem.column ? `, ${problem.column}` : ''}: {problem.message}
            {problem.value ? ` (${problem.value})` : ''}
          </Text>
        ))}
      </Stack>
    </Alert>
  );
}

/** What the file leaves open when nobody has said anything yet. */
export function Questions({ questions }: Pick<Look, 'questions'>) {
  if (questions.length === 0) return null;
  return (
    <Alert color="blue" title="The file leaves this open" role="status">
      <Stack gap={2}>
        {questions.map((question) => (
          <Group key={question.code} gap={6}>
            <Text size="sm">
              {question.message}
              {question.value ? ` (${question.value})` : ''}
            </Text>
          </Group>
        ))}
      </Stack>
    </Alert>
  );
}
