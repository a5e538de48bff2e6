// Drafts: invoices that are being written, issuing many of them at once, and how far that is.

import { Alert, Badge, Button, Group, Progress, Stack, Table, Tabs, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconFileInvoice, IconPlus, IconSend } from '@tabler/icons-react';
import { listDrafts, listIssueRuns, readIssueRun, startIssueRun } from '#billing/contract.ts';
import { useAddress, useGo } from '../../lib/address.ts';
import type { Reply } from '../../lib/api.ts';
import { rowsOf, useCommand, usePages, useRead } from '../../lib/data.ts';
import { countText, momentWords } from '../../lib/format.ts';
import { useMay } from '../../lib/may.ts';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { ConfirmButton } from '../../ui/FormTools.tsx';
import { Money } from '../../ui/Money.tsx';
import { Empty, Page, Panel, Shown } from '../../ui/Page.tsx';
import { Scroll } from '../../ui/Scroll.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';

/** How often a run that goes on is asked how far it is. */
const RUN_REFRESH_MS = 1_000;

type Row = Reply<typeof listDrafts>['rows'][number];
type Run = Reply<typeof listIssueRuns>['runs'][number];

const SOURCE_WORDS = { written: 'Written', copied: 'Copied', recurring: 'Recurring' } as const;

function StateCell({ row }: { readonly row: Row }) {
  if (!row.refusal) return <span>{SOURCE_WORDS[row.source]}</span>;
  return (
    <Text size="sm" className="late" truncate title={row.refusal.message}>
      {row.refusal.message}
    </Text>
  );
}

const COLUMNS: readonly Column<Row>[] = [
  {
    key: 'customer',
    title: 'Customer',
    grow: 40,
    cell: (row) => (
      <Text size="sm" fw={550} truncate>
        {row.customer?.name ?? 'No customer yet'}
      </Text>
    ),
    under: (row) => <StateCell row={row} />,
  },
  { key: 'state', title: 'State', width: 320, wideOnly: true, cell: (row) => <StateCell row={row} /> },
  { key: 'changed', title: 'Changed', wideOnly: true, cell: (row) => momentWords(row.changedAt) },
  {
    key: 'total',
    title: 'Total',
    numeric: true,
    cell: (row) => (row.total ? <Money value={row.total} /> : '–'),
  },
];

export default function DraftsPage() {
  const [search, setSearch] = useAddress();
  const go = useGo();
  const mayIssue = useMay('invoice.issue');
  return (
    <Page
      title="Drafts"
      subtitle="Invoices that are being written. They have no number and stand in no books until they are issued."
      actions={
        mayIssue ? (
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => go('invoices/new')}>
            New invoice
          </Button>
        ) : null
      }
    >
      <Tabs
        value={search.tab ?? 'drafts'}
        onChange={(tab) => setSearch({ tab: tab ?? '' })}
        keepMounted={false}
      >
        <Tabs.List>
          <Tabs.Tab value="drafts">Drafts</Tabs.Tab>
          <Tabs.Tab value="runs">Issued together</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="drafts" pt="md">
          <Drafts onStarted={(runId) => setSearch({ tab: 'runs', run: runId })} />
        </Tabs.Panel>
        <Tabs.Panel value="runs" pt="md">
          <Runs chosen={search.run} onChoose={(runId) => setSearch({ run: runId })} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

function Drafts({ onStarted }: { onStarted(runId: string): void }) {
  const go = useGo();
  const mayIssue = useMay('invoice.issue');
  const start = useCommand(startIssueRun);
  const pages = usePages(listDrafts, {});
  const open = pages.data?.pages[0]?.open ?? 0;
  const issueAll = async (): Promise<void> => {
    const { runId, drafts } = await start.mutateAsync({ body: {} });
    notifications.show({ message: `${countText(drafts)} drafts are being issued.` });
    onStarted(runId);
  };
  return (
    <Stack>
      {mayIssue && open > 0 ? (
        <Group justify="space-between">
          <Text size="sm" c="dimmed">
            {countText(open)} {open === 1 ? 'draft' : 'drafts'}
          </Text>
          <ConfirmButton
            label={open === 1 ? 'Issue it' : `Issue all ${countText(open)}`}
            title="Issue all drafts?"
            says="Each becomes an invoice with a number, in the order they were begun, and never changes after. What cannot be issued stays a draft and says why."
            confirmLabel="Issue them"
            size="sm"
            variant="filled"
            leftSection={<IconSend size={16} aria-hidden />}
            act={issueAll}
          />
        </Group>
      ) : null}
      <Shown read={pages}>
        {() => (
          <DataTable
            label="Drafts"
            columns={COLUMNS}
            rows={rowsOf(pages.data)}
            keyOf={(row) => row.id}
            onOpen={(row) => go(`invoices/new?draft=${row.id}`)}
            onEnd={() => void (pages.hasNextPage && !pages.isFetchingNextPage && pages.fetchNextPage())}
            loadingMore={pages.isFetchingNextPage}
            empty={
              <Empty
                icon={<IconFileInvoice size={36} stroke={1.4} />}
                title="No drafts"
                action={
                  mayIssue ? (
                    <Button mt="xs" onClick={() => go('invoices/new')}>
                      Write an invoice
                    </Button>
                  ) : null
                }
              >
                What you begin to write is kept here by itself until you issue it.
              </Empty>
            }
          />
        )}
      </Shown>
    </Stack>
  );
}

function Runs({ chosen, onChoose }: { readonly chosen: string | undefined; onChoose(runId: string): void }) {
  const read = useRead(
    listIssueRuns,
    {},
    { refreshMs: (last) => (last?.runs.some((run) => run.state === 'running') ? RUN_REFRESH_MS : false) },
  );
  return (
    <Shown read={read}>
      {({ runs }) => {
        const shown = runs.find((run) => run.id === chosen) ?? runs[0];
        if (!shown)
          return (
            <Empty title="Nothing was issued together yet">
              When the drafts of a month are ready, issue them all from the list of drafts.
            </Empty>
          );
        return (
          <Stack>
            <RunShown run={shown} />
            {runs.length > 1 ? <OtherRuns runs={runs} shown={shown} onChoose={onChoose} /> : null}
          </Stack>
        );
      }}
    </Shown>
  );
}

function RunShown({ run }: { readonly run: Run }) {
  const done = run.issued + run.refused;
  const share = (part: number): number => (100 * part) / run.drafts;
  return (
    <Panel title={run.state === 'running' ? 'Being issued' : 'Issued together'}>
      <Stack gap="sm">
        <Progress.Root size="lg" aria-label="How far the run is">
          <Progress.Section value={share(run.issued)} color="teal" aria-label="issued" />
          <Progress.Section value={share(run.refused)} color="orange" aria-label="not issued" />
        </Progress.Root>
        <Group gap="lg" role="status">
          <Text size="sm">
            <b>{countText(done)}</b> of {countText(run.drafts)}
          </Text>
          <Text size="sm">{countText(run.issued)} issued</Text>
          {run.refused > 0 ? (
            <Text size="sm" className="late">
              {countText(run.refused)} not issued
            </Text>
          ) : null}
          <Text size="sm" c="dimmed">
            begun {momentWords(run.startedAt)}
            {run.finishedAt ? `, done ${momentWords(run.finishedAt)}` : ''}
          </Text>
        </Group>
        {run.state === 'running' ? (
          <Text size="sm" c="dimmed">
            It goes on by itself: you can leave this page.
          </Text>
        ) : null}
        {run.refused > 0 ? <Problems run={run} /> : null}
      </Stack>
    </Panel>
  );
}

function Problems({ run }: { readonly run: Run }) {
  const read = useRead(readIssueRun, { params: { runId: run.id } });
  return (
    <Shown read={read}>
      {({ problems }) => (
        <Stack gap="xs">
          <Alert color="orange">
            These stay drafts. Mend each, then issue again; nothing is issued twice.
          </Alert>
          <Scroll minWidth={480}>
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Draft for</Table.Th>
                  <Table.Th>What to do</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {problems.map((problem) => (
                  <Table.Tr key={problem.draftId}>
                    <Table.Td>
                      <TenantLink to={`invoices/new?draft=${problem.draftId}`}>
                        {problem.customer?.name ?? 'No customer yet'}
                      </TenantLink>{' '}
                      {problem.state === 'open' ? null : (
                        <Badge color="gray">
                          {problem.state === 'issued' ? 'issued since' : 'thrown away'}
                        </Badge>
                      )}
                    </Table.Td>
                    <Table.Td>{problem.refusal.message}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Scroll>
        </Stack>
      )}
    </Shown>
  );
}

function OtherRuns({
  runs,
  shown,
  onChoose,
}: {
  readonly runs: readonly Run[];
  readonly shown: Run;
  onChoose(runId: string): void;
}) {
  return (
    <Panel title="All runs">
      <Scroll minWidth={420}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Begun</Table.Th>
              <Table.Th className="numeric">Drafts</Table.Th>
              <Table.Th className="numeric">Issued</Table.Th>
              <Table.Th className="numeric">Not issued</Table.Th>
              <Table.Th aria-label="Show" />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {runs.map((run) => (
              <Table.Tr key={run.id}>
                <Table.Td>{momentWords(run.startedAt)}</Table.Td>
                <Table.Td className="numeric">{countText(run.drafts)}</Table.Td>
                <Table.Td className="numeric">{countText(run.issued)}</Table.Td>
                <Table.Td className="numeric">{countText(run.refused)}</Table.Td>
                <Table.Td ta="end">
                  {run.id === shown.id ? null : (
                    <Button size="compact-xs" variant="default" onClick={() => onChoose(run.id)}>
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
