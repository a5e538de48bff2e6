// What the send gate saw of a message: check by check, each time it was about to leave.

import { Badge, Group, Stack, Table, Text } from '@mantine/core';
import { listGateResults } from '#gate/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { useRead } from '../../lib/data.ts';
import { dayWords, momentWords } from '../../lib/format.ts';
import { Panel } from '../../ui/Page.tsx';
import { CHECK_WORDS, COVER_WORDS, WAIT_WORDS } from './gate-words.ts';

type Result = Reply<typeof listGateResults>['rows'][number];
type Check = Result['checks'][number];

const VERDICTS = {
  passed: { color: 'teal', words: 'passed' },
  held: { color: 'orange', words: 'held back' },
  not_asked: { color: 'gray', words: 'not asked' },
} as const;

export function GateResults({ messageId }: { readonly messageId: string }) {
  const read = useRead(listGateResults, { params: { messageId } });
  const rows = read.data?.rows ?? [];
  if (rows.length === 0) return null;
  return (
    <Panel title="What the send gate saw">
      <Stack gap="lg">
        {rows.map((row) => (
          <OneResult key={row.resultId} row={row} />
        ))}
      </Stack>
    </Panel>
  );
}

function headOf(row: Result): string {
  const when = momentWords(row.recordedAt);
  if (row.verdict === 'passed') return `Passed ${when}`;
  if (row.verdict === 'dropped')
    return `Not sent ${when}: ${row.reason === 'no_email' ? 'no address to write to' : 'nothing was left to say'}`;
  const next = row.waitsUntil ? `; looked at again ${momentWords(row.waitsUntil)}` : '';
  return `Waits since ${when}: ${WAIT_WORDS[row.reason ?? ''] ?? row.reason}${next}`;
}

function OneResult({ row }: { readonly row: Result }) {
  return (
    <div>
      <Text size="sm" fw={600} mb={4}>
        {headOf(row)}
      </Text>
      <Table aria-label={headOf(row)}>
        <Table.Tbody>
          {row.checks.map((check) => (
            <Table.Tr key={check.check}>
              <Table.Td>
                <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
                  <Text size="sm">{CHECK_WORDS[check.check] ?? check.check}</Text>
                  <Badge variant="light" color={VERDICTS[check.verdict].color} style={{ flexShrink: 0 }}>
                    {VERDICTS[check.verdict].words}
                  </Badge>
                </Group>
                <Text size="xs" c="dimmed">
                  {seenWords(check)}
                </Text>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

type Account = { readonly name: string; readonly upTo: string; readonly hours: number };
type Covered = { readonly money: string; readonly reason: string };
type Cap = { readonly max: number; readonly days: number; readonly contacts: number };

const items = (count: number): string => (count === 1 ? '1 item left out' : `${count} items left out`);

/** What a check saw, in a line. */
function seenWords({ check, seen }: Check): string {
  switch (check) {
    case 'bank_data': {
      const accounts = seen.accounts as readonly Account[];
      if (accounts.length === 0) return 'This company has no bank data.';
      return accounts
        .map((one) => `${one.name}: up to ${dayWords(one.upTo)}, ${one.hours} hours of bank business old`)
        .join('; ');
    }
    case 'waiting_money':
      return (seen.covers as readonly Covered[])
        .map(({ money, reason }) => `${money} ${COVER_WORDS[reason] ?? reason}`)
        .join('; ');
    case 'address':
      return String(seen.recipient ?? 'nobody to write to');
    case 'contacts':
      return (seen.caps as readonly Cap[])
        .map(({ contacts, max, days }) => `${contacts} of at most ${max} in ${days} days before this one`)
        .join('; ');
    case 'hours':
      return (seen.zones as readonly string[]).slice(0, 3).join(', ');
    default: {
      const out = (seen.leftOut as readonly string[] | undefined)?.length ?? 0;
      return out === 0 ? '' : items(out);
    }
  }
}
