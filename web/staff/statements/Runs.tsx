// Runs of statements: one that waits is agreed to, leaving some out; what became of each statement.

import { Alert, Button, Group, Progress, Stack, Table, Text } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import { approveStatementRun, listRunStatements } from '#statements/contract.ts';
import { rowsOf, useCommand, usePages } from '../../lib/data.ts';
import { countText, dayWords, momentWords } from '../../lib/format.ts';
import { MayButton } from '../../ui/MayButton.tsx';
import { Empty, Panel, Shown, Trouble } from '../../ui/Page.tsx';
import { Scroll } from '../../ui/Scroll.tsx';
import { ShowMore } from '../../ui/ShowMore.tsx';
import { StateBadge } from '../../ui/StateBadge.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { PaperDrawer, type PaperWanted } from './PaperDrawer.tsx';
import { StatementTable } from './StatementTable.tsx';
import { kindWords, RUN_WORDS, type Run, type StatementRow } from './statement-words.ts';

/** How often a run that goes on, or whose messages are on their way, is asked how far it is. */
const ROWS_REFRESH_MS = 2_000;

type RunsProps = {
  readonly runs: readonly Run[];
  readonly chosen: string | undefined;
  onChoose(runId: string): void;
};

export function Runs({ runs, chosen, onChoose }: RunsProps) {
  const shown = runs.find((run) => run.runId === chosen) ?? runs[0];
  if (!shown)
    return (
      <Panel>
        <Empty title="No run yet">
          A schedule makes one when a day it names is over. You can also run it by hand.
        </Empty>
      </Panel>
    );
  return (
    <Stack>
      <RunShown key={shown.runId} run={shown} />
      {runs.length > 1 ? <OtherRuns runs={runs} shown={shown} onChoose={onChoose} /> : null}
    </Stack>
  );
}

function RunShown({ run }: { readonly run: Run }) {
  const params = { runId: run.runId };
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [paper, setPaper] = useState<PaperWanted | null>(null);
  const approve = useCommand(approveStatementRun);
  const isWaiting = run.state === 'waiting';
  const pages = usePages(
    listRunStatements,
    { params },
    {
      // By what was read with the rows, not by the list of runs: that one may know of the end before the rows do.
      refreshMs: (read) => {
        const state = read?.pages[0]?.run.state;
        const isOnTheWay = rowsOf(read).some(
          ({ messageState }) => messageState === 'queued' || messageState === 'sending',
        );
        return isOnTheWay || state === 'planning' || state === 'sending' || state !== run.state
          ? ROWS_REFRESH_MS
          : false;
      },
    },
  );
  const rows = rowsOf(pages.data);
  const pick = (customerId: string, isIn: boolean): void => {
    const after = new Set(left);
    if (isIn) after.delete(customerId);
    else after.add(customerId);
    setLeft(after);
  };
  const sending = run.planned - left.size;
  return (
    <Panel title={`${run.name} as of ${dayWords(run.asOf)}`}>
      <Stack gap="sm">
        <Progressed run={run} />
        {approve.error ? <Trouble problem={approve.error} /> : null}
        {isWaiting ? (
          <Alert color="blue" title="Nothing is sent yet">
            <Stack gap="xs">
              <Text size="sm">
                Look through it, untick whom you want to leave out, and agree. Amounts are read again when
                each leaves.
              </Text>
              <div>
                <MayButton
                  may={run.may.approve}
                  operation={approveStatementRun}
                  loading={approve.isPending}
                  leftSection={<IconSend size={16} aria-hidden />}
                  onClick={() => approve.mutate({ params, body: { leaveOut: [...left] } })}
                >
                  {sending === 1 ? 'Send 1 statement' : `Send ${countText(sending)} statements`}
                </MayButton>
              </div>
            </Stack>
          </Alert>
        ) : null}
        <Shown read={pages}>
          {() =>
            rows.length === 0 ? (
              <Text size="sm" c="dimmed">
                Nobody had an account.
              </Text>
            ) : (
              <StatementTable
                label={`Statements of ${run.name}`}
                rows={rows.map((row) => ({
                  ...row,
                  id: row.statementId,
                  how: [kindWords(row), row.recipient].filter(Boolean).join(' · '),
                  state: <Became row={row} />,
                  ...(row.reason === null || row.messageState === 'sent'
                    ? { onPaper: () => setPaper(paperOf(row)) }
                    : {}),
                }))}
                picking={
                  isWaiting
                    ? {
                        isIn: (row) => !left.has(row.customer.id),
                        onPick: (row, isIn) => pick(row.customer.id, isIn),
                      }
                    : undefined
                }
              />
            )
          }
        </Shown>
        <ShowMore pages={pages} />
        <PaperDrawer wanted={paper} onClose={() => setPaper(null)} />
      </Stack>
    </Panel>
  );
}

/** The paper that went out, or what it would be now. */
export function paperOf(row: StatementRow): PaperWanted {
  const { customer, company, kind, isGroup, allCompanies, from, asOf, messageId, messageState } = row;
  const sent = messageState === 'sent' && messageId ? { messageId } : {};
  return { customer, companyId: company.id, kind, isGroup, allCompanies, from, asOf, ...sent };
}

function Became({ row }: { readonly row: StatementRow }) {
  if (row.messageId === null || row.messageState === null) return null;
  return (
    <Group gap={6}>
      <StateBadge state={row.messageState} />
      <TenantLink to={`outbox/${row.messageId}`}>Message</TenantLink>
    </Group>
  );
}

function Progressed({ run }: { readonly run: Run }) {
  const all = Math.max(1, run.planned + run.queued + run.leftOut);
  const share = (part: number): number => (100 * part) / all;
  return (
    <>
      <Progress.Root size="lg" aria-label="How far the run is">
        <Progress.Section value={share(run.queued)} color="teal" aria-label="on their way" />
        <Progress.Section value={share(run.leftOut)} color="gray" aria-label="left out" />
      </Progress.Root>
      <Group gap="lg" role="status">
        <Text size="sm" fw={600} className="sentence">
          {RUN_WORDS[run.state]}
        </Text>
        {run.planned > 0 ? <Text size="sm">{countText(run.planned)} to send</Text> : null}
        <Text size="sm">{countText(run.queued)} given to the outbox</Text>
        <Text size="sm">{countText(run.leftOut)} left out</Text>
        <Text size="sm" c="dimmed">
          begun {momentWords(run.startedAt)}
          {run.finishedAt ? `, done ${momentWords(run.finishedAt)}` : ''}
        </Text>
      </Group>
    </>
  );
}

function OtherRuns({ runs, shown, onChoose }: Omit<RunsProps, 'chosen'> & { readonly shown: Run }) {
  return (
    <Panel title="All runs">
      <Scroll minWidth={300}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Schedule</Table.Th>
              <Table.Th visibleFrom="sm">As of</Table.Th>
              <Table.Th visibleFrom="sm">State</Table.Th>
              <Table.Th className="numeric" visibleFrom="sm">
                Given to the outbox
              </Table.Th>
              <Table.Th className="numeric" visibleFrom="sm">
                Left out
              </Table.Th>
              <Table.Th aria-label="Show" />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {runs.map((run) => (
              <Table.Tr key={run.runId}>
                <Table.Td>
                  {run.name}
                  {/* A phone has no room for more columns: all of a run stands under its name. */}
                  <Text size="xs" c="dimmed" hiddenFrom="sm">
                    as of {dayWords(run.asOf)}, {RUN_WORDS[run.state]}: {countText(run.queued)} given to the
                    outbox, {countText(run.leftOut)} left out
                  </Text>
                </Table.Td>
                <Table.Td visibleFrom="sm">{dayWords(run.asOf)}</Table.Td>
                <Table.Td visibleFrom="sm">{RUN_WORDS[run.state]}</Table.Td>
                <Table.Td className="numeric" visibleFrom="sm">
                  {countText(run.queued)}
                </Table.Td>
                <Table.Td className="numeric" visibleFrom="sm">
                  {countText(run.leftOut)}
                </Table.Td>
                <Table.Td ta="end">
                  {run.runId === shown.runId ? null : (
                    <Button
                      size="compact-xs"
                      variant="default"
                      aria-label={`Show ${run.name} as of ${dayWords(run.asOf)}`}
                      onClick={() => onChoose(run.runId)}
                    >
                      Show
                    </Button>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Scroll>
    </Panel>
  );
}
