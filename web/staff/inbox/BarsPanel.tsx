// From which confidence on proposals are accepted unasked, and how right they were so far: nobody should set one blindly.

import { Select, Table, Text } from '@mantine/core';
import { listBars, setBar, type WITH_BAR } from '#inbox/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { Panel, Shown, Trouble } from '../../ui/Page.tsx';
import { Scroll } from '../../ui/Scroll.tsx';
import { INTENT_WORDS } from './intent-words.ts';

type Row = Reply<typeof listBars>['rows'][number];

const BARS = ['0.8', '0.85', '0.9', '0.95', '1'];
const percent = (part: number): string => `${Math.round(part * 100)} %`;

/** How often what was as sure as this was right: `from 90 %: 34 of 36`. */
function rightWords({ from }: Row): string {
  const shown = from.filter(({ decided }) => decided > 0);
  if (shown.length === 0) return '–';
  return shown.map(({ bar, decided, right }) => `from ${percent(bar)}: ${right} of ${decided}`).join(' · ');
}

export function BarsPanel() {
  const read = useRead(listBars);
  const set = useCommand(setBar);
  return (
    <Panel title="What is done unasked">
      <Text size="sm" c="dimmed" mb="sm">
        Nothing, unless you choose a bar. Even then only for mails that answer a message of ours and read in
        one way. Right means accepted by a person without a change.
      </Text>
      {set.error ? <Trouble problem={set.error} /> : null}
      <Shown read={read}>
        {({ rows, may }) => (
          <Scroll minWidth={720} label="Proposals by kind">
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Proposal</Table.Th>
                  <Table.Th>Done unasked</Table.Th>
                  <Table.Th ta="right">Accepted</Table.Th>
                  <Table.Th ta="right">Changed</Table.Th>
                  <Table.Th ta="right">Not meant</Table.Th>
                  <Table.Th ta="right">Unasked</Table.Th>
                  <Table.Th>Right so far</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {rows.map((row) => (
                  <Table.Tr key={row.intent}>
                    <Table.Td>{INTENT_WORDS[row.intent]}</Table.Td>
                    <Table.Td>
                      {row.mayHaveBar && may.set === true ? (
                        <Select
                          aria-label={`${INTENT_WORDS[row.intent]}: done unasked`}
                          size="xs"
                          w={130}
                          allowDeselect={false}
                          data={[
                            { value: 'never', label: 'Never' },
                            ...BARS.map((value) => ({ value, label: `From ${percent(Number(value))}` })),
                          ]}
                          value={row.bar === null ? 'never' : String(row.bar)}
                          onChange={(value) =>
                            set.mutate({
                              body: {
                                intent: row.intent as (typeof WITH_BAR)[number],
                                bar: value === null || value === 'never' ? null : Number(value),
                              },
                            })
                          }
                        />
                      ) : (
                        <Text size="sm">
                          {!row.mayHaveBar
                            ? 'Always a person'
                            : row.bar === null
                              ? 'Never'
                              : `From ${percent(row.bar)}`}
                        </Text>
                      )}
                    </Table.Td>
                    <Table.Td ta="right">{row.accepted}</Table.Td>
                    <Table.Td ta="right">{row.changed}</Table.Td>
                    <Table.Td ta="right">{row.rejected}</Table.Td>
                    <Table.Td ta="right">{row.unasked}</Table.Td>
                    <Table.Td>
                      <Text size="sm">{rightWords(row)}</Text>
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Scroll>
        )}
      </Shown>
    </Panel>
  );
}
