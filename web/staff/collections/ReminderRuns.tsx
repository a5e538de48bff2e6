// Reminder runs and what they came to; of one that was started by what was looked at, whom it passed over and why.

import { Badge, Button, Drawer, Stack, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { listReminderRuns } from '#collections/contract.ts';
import { listRunChanges } from '#forecasts/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { rowsOf, usePages } from '../../lib/data.ts';
import { countText, dayWords, momentWords } from '../../lib/format.ts';
import { heading } from '../../lib/words.ts';
import { Money } from '../../ui/Money.tsx';
import { Empty, Panel, Shown } from '../../ui/Page.tsx';
import { Scroll } from '../../ui/Scroll.tsx';
import { ShowMore } from '../../ui/ShowMore.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';

/** How often runs that go on are asked how far they are. */
const RUN_REFRESH_MS = 2_000;

type Seen = Reply<typeof listRunChanges>['rows'][number]['seen'];

export function ReminderRuns() {
  const pages = usePages(
    listReminderRuns,
    {},
    { refreshMs: (read) => (rowsOf(read).some((run) => run.finishedAt === null) ? RUN_REFRESH_MS : false) },
  );
  const [looking, setLooking] = useState<string>();
  const rows = rowsOf(pages.data);
  return (
    <Shown read={pages}>
      {() =>
        rows.length === 0 ? (
          <Panel>
            <Empty title="No run yet">
              The first one is started by hand; after that they go by themselves every day.
            </Empty>
          </Panel>
        ) : (
          <Panel>
            <Drawer
              opened={looking !== undefined}
              onClose={() => setLooking(undefined)}
              position="right"
              size="lg"
              title="Passed over, because something changed"
            >
              {looking ? <RunChanges runId={looking} /> : null}
            </Drawer>
            <Scroll minWidth={520}>
              <Table>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>Day</Table.Th>
                    <Table.Th>Company</Table.Th>
                    <Table.Th>Started</Table.Th>
                    <Table.Th className="numeric">Messages</Table.Th>
                    <Table.Th className="numeric">Items</Table.Th>
                    <Table.Th className="numeric">Without e-mail</Table.Th>
                    <Table.Th className="numeric">For a person</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {rows.map((row) => (
                    <Table.Tr key={row.runId}>
                      <Table.Td>{dayWords(row.runOn)}</Table.Td>
                      <Table.Td>{row.companyCode}</Table.Td>
                      <Table.Td>
                        {momentWords(row.startedAt)}{' '}
                        {row.finishedAt === null ? <Badge>going on</Badge> : null}
                        {row.approved ? <Badge color="gray">with steps for a person</Badge> : null}
                        {row.changed > 0 ? (
                          <Button size="compact-xs" variant="light" onClick={() => setLooking(row.runId)}>
                            {countText(row.changed)} changed since they were looked at
                          </Button>
                        ) : null}
                        {row.appeared > 0 ? (
                          <Text size="xs" c="dimmed">
                            {countText(row.appeared)} {row.appeared === 1 ? 'customer' : 'customers'} came due
                            meanwhile and wait for the next run.
                          </Text>
                        ) : null}
                        {row.stoppedFor ? (
                          <Text size="sm">
                            Ended early: other policies came into force. Look at what is due and send again.
                          </Text>
                        ) : null}
                      </Table.Td>
                      <Table.Td className="numeric">{countText(row.messages)}</Table.Td>
                      <Table.Td className="numeric">{countText(row.items)}</Table.Td>
                      <Table.Td className="numeric">{countText(row.withoutEmail)}</Table.Td>
                      <Table.Td className="numeric">{countText(row.forPerson)}</Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </Scroll>
          </Panel>
        )
      }
    </Shown>
  );
}

function RunChanges({ runId }: { readonly runId: string }) {
  const pages = usePages(listRunChanges, { params: { runId } });
  const rows = rowsOf(pages.data);
  return (
    <Shown read={pages}>
      {() => (
        <Stack>
          <Text size="sm">
            They were told nothing by this run. The next one says what is due then; or look at the plan and
            send it.
          </Text>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Customer</Table.Th>
                <Table.Th>Looked at</Table.Th>
                <Table.Th>Now</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((row) => (
                <Table.Tr key={row.customerId}>
                  <Table.Td>
                    <TenantLink to={`customers/${row.customerId}`}>{row.customerName}</TenantLink>
                  </Table.Td>
                  <Table.Td>
                    <SeenLine seen={row.seen} />
                  </Table.Td>
                  <Table.Td>{row.now ? <SeenLine seen={row.now} /> : 'nothing'}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
          <ShowMore pages={pages} />
        </Stack>
      )}
    </Shown>
  );
}

function SeenLine({ seen }: { readonly seen: Seen }) {
  return (
    <div>
      <Text size="sm">
        {seen.phase ? heading(seen.phase) : ''}, {countText(seen.items)}{' '}
        {seen.items === 1 ? 'invoice' : 'invoices'}
      </Text>
      <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {seen.recipient}
      </Text>
      {seen.totals.map((total) => (
        <div key={total.currency}>
          <Money value={total} />
        </div>
      ))}
    </div>
  );
}
