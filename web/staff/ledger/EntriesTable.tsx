// Journal entries as an accountant reads them: debit left, credit right.

import { Stack, Table, Text } from '@mantine/core';
import type { z } from 'zod';
import type { entryReply } from '#ledger/contract.ts';
import { dayWords, momentWords } from '../../lib/format.ts';
import { heading } from '../../lib/words.ts';
import { Money, type MoneyValue } from '../../ui/Money.tsx';
import { Empty, Panel } from '../../ui/Page.tsx';
import { Scroll } from '../../ui/Scroll.tsx';

type Entry = z.output<typeof entryReply>;

function positive(value: MoneyValue): MoneyValue {
  return { ...value, amount: value.amount.replace('-', '') };
}

const isDebit = (value: MoneyValue): boolean => !value.amount.startsWith('-');

export function EntriesTable({ entries }: { readonly entries: readonly Entry[] }) {
  if (entries.length === 0) return <Empty title="No entries" />;
  return (
    <Stack>
      {entries.map((entry) => (
        <Panel key={entry.id} title={`${heading(entry.kind)} · ${dayWords(entry.postedOn)}`}>
          <Scroll minWidth={480}>
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Account</Table.Th>
                  <Table.Th>Item</Table.Th>
                  <Table.Th className="numeric">Debit</Table.Th>
                  <Table.Th className="numeric">Credit</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {entry.lines.map((line, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: lines of an entry never move
                  <Table.Tr key={index}>
                    <Table.Td>
                      {line.code} {line.name}
                    </Table.Td>
                    <Table.Td>{line.reference ?? ''}</Table.Td>
                    <Table.Td className="numeric">
                      {isDebit(line.functional) ? <Money value={positive(line.functional)} /> : null}
                    </Table.Td>
                    <Table.Td className="numeric">
                      {isDebit(line.functional) ? null : <Money value={positive(line.functional)} />}
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Scroll>
          <Text size="xs" c="dimmed" mt="xs">
            Recorded {momentWords(entry.recordedAt)}
            {entry.lineCount > entry.lines.length
              ? ` · ${entry.lines.length} of ${entry.lineCount} lines shown`
              : ''}
          </Text>
        </Panel>
      ))}
    </Stack>
  );
}
