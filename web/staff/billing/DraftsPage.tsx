// Drafts: invoices that are being written, issuing many of them at once, and how far that is.

import {
  Alert,
  Badge,
  Button,
  Group,
  Progress,
  SegmentedControl,
  Stack,
  Table,
  Tabs,
  Text,
} from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconFileInvoice, IconPlus, IconSend } from '@tabler/icons-react';
import { checkDrafts, listDrafts, listIssueRuns, readIssueRun, startIssueRun } from '#billing/contract.ts';
import { useAddress, useGo } from '../../lib/address.ts';
import type { Reply } from '../../lib/api.ts';
import { readOn, rowsOf, useCommand, usePages, useRead } from '../../lib/data.ts';
import { countText, momentWords } from '../../lib/format.ts';
import { useMay } from '../../lib/may.ts';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { ConfirmButton } from '../../ui/FormTools.tsx';
import { Money } from '../../ui/Money.tsx';
import { Empty, eInvoiceSentences, Page, Panel, Shown } from '../../ui/Page.tsx';
import { Scroll } from '../../ui/Scroll.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';

/** How often a run that goes on is asked how far it is. */
const RUN_REFRESH_MS = 1_000;
/** How often what a run that goes on could not issue is read again. */
const PROBLEMS_REFRESH_MS = 2_000;

/** Drafts to mend that are named before a run. */
const REFUSED_NAMED = 5;

type Row = Reply<typeof listDrafts>['rows'][number];
type Run = Reply<typeof listIssueRuns>['runs'][number];

const SOURCE_WORDS = { written: 'Written', copied: 'Copied', recurring: 'Recurring' } as const;

type Checked = Reply<typeof checkDrafts>['drafts'][number];
/** A draft with what issuing it would say, where that was looked at. */
type CheckedRow = Row & { readonly checked: Checked | undefined };

/** The first thing to do about a draft, and how many there are. */
function sayingOf(row: CheckedRow): string | undefined {
  const { checked } = row;
  if (!checked) return row.refusal?.message;
  if (checked.refusal) return checked.refusal.message;
  const [first, ...more] = [...checked.findings].sort((a, b) => (a.mode < b.mode ? -1 : 1));
  return first && (more.length > 0 ? `${first.message} And ${more.length} more.` : first.message);
}

const VERDICT_WORDS = { ready: 'Ready', doubtful: 'Doubtful', refused: 'To mend' } as const;
const VERDICT_COLOURS = { ready: 'teal', doubtful: 'orange', refused: 'red' } as const;

function StateCell({ row }: { readonly row: CheckedRow }) {
  const saying = sayingOf(row);
  const verdict = row.checked?.verdict;
  return (
    <Group gap={8} wrap="nowrap">
      {verdict ? (
        <Badge color={VERDICT_COLOURS[verdict]} variant="light" style={{ flex: 'none' }}>
          {VERDICT_WORDS[verdict]}
        </Badge>
      ) : null}
      <Text size="sm" {...(saying ? {} : { c: 'dimmed' as const })} truncate title={saying}>
        {saying ?? SOURCE_WORDS[row.source]}
      </Text>
    </Group>
  );
}

const COLUMNS: readonly Column<CheckedRow>[] = [
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
  { key: 'state', title: 'State', width: 380, wideOnly: true, cell: (row) => <StateCell row={row} /> },
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
  const [search, setSearch] = useAddress();
  const checks = useRead(checkDrafts, { body: {} }).data?.drafts;
  const checkedOf = new Map(checks?.map((checked) => [checked.draftId, checked]));
  const rows: readonly CheckedRow[] = rowsOf(pages.data).map((row) => ({
    ...row,
    checked: checkedOf.get(row.id),
  }));
  const needs = rows.filter((row) => (row.checked ? row.checked.verdict !== 'ready' : row.refusal !== null));
  const shown = search.show === 'attention' ? needs : rows;
  const issueAll = async (): Promise<void> => {
    const { runId, drafts } = await start.mutateAsync({ body: {} });
    notifications.show({ message: `${countText(drafts)} drafts are being issued.` });
    onStarted(runId);
  };
  return (
    <Stack>
      {mayIssue && open > 0 ? (
        <Group justify="space-between">
          <SegmentedControl
            aria-label="Which drafts"
            data={[
              { value: '', label: `All ${countText(open)}` },
              { value: 'attention', label: `Need attention: ${countText(needs.length)}` },
            ]}
            value={search.show ?? ''}
            onChange={(show) => setSearch({ show })}
          />
          <ConfirmButton
            label={open === 1 ? 'Issue it' : `Issue all ${countText(open)}`}
            title="Issue all drafts?"
            says={<RunPreview checks={checks ?? []} open={open} />}
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
            rows={shown}
            keyOf={(row) => row.id}
            onOpen={(row) => go(`invoices/new?draft=${row.id}`)}
            onEnd={() => readOn(pages)}
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

/** What issuing all would do, as far as drafts were looked at. */
function RunPreview({ checks, open }: { readonly checks: readonly Checked[]; readonly open: number }) {
  const count = (verdict: Checked['verdict']): number => checks.filter((c) => c.verdict === verdict).length;
  const refused = checks.filter((checked) => checked.verdict === 'refused');
  return (
    <Stack gap="xs">
      <span>
        Each becomes an invoice with a number, in the order they were begun, and never changes after. What
        cannot be issued stays a draft and says why.
      </span>
      <Group gap="lg">
        <span>{countText(count('ready'))} ready</span>
        <span>{countText(count('doubtful'))} doubtful: issued, and listed</span>
        <span>{countText(refused.length)} to mend: stay drafts</span>
        {open > checks.length ? <span>{countText(open - checks.length)} not looked at yet</span> : null}
      </Group>
      {refused.slice(0, REFUSED_NAMED).map((checked) => (
        <Text key={checked.draftId} size="sm" c="dimmed">
          {checked.customer?.name ?? 'No customer yet'}:{' '}
          {checked.refusal?.message ?? checked.findings.find((f) => f.mode === 'refuse')?.message}
        </Text>
      ))}
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
        {run.issued + run.refused > 0 ? <Problems run={run} /> : null}
      </Stack>
    </Panel>
  );
}

function Problems({ run }: { readonly run: Run }) {
  const read = useRead(
    readIssueRun,
    { params: { runId: run.id } },
    // By what was read with the problems, not by the list of runs: that one may know of the end before they do.
    { refreshMs: (last) => (last && last.state !== 'running' ? false : PROBLEMS_REFRESH_MS) },
  );
  return (
    <Shown read={read}>
      {({ problems, doubtful }) => (
        <Stack gap="xs">
          <Doubtful findings={doubtful} />
          {problems.length > 0 ? <ToMend problems={problems} /> : null}
        </Stack>
      )}
    </Shown>
  );
}

type RunRead = Reply<typeof readIssueRun>;

/** What was issued although something was doubtful: nobody was there to ask. */
function Doubtful({ findings }: { readonly findings: RunRead['doubtful'] }) {
  if (findings.length === 0) return null;
  return (
    <Stack gap={4}>
      <Text size="sm" fw={550}>
        Issued, but look at these
      </Text>
      {findings.map((finding) => (
        <TenantLink key={finding.invoiceId + finding.check} to={`invoices/${finding.invoiceId}`}>
          {finding.message}
        </TenantLink>
      ))}
    </Stack>
  );
}

/** What a refusal wants done: what its checks found, where it came from checks. */
function toDo(refusal: RunRead['problems'][number]['refusal']): string {
  const told = eInvoiceSentences(refusal);
  if (told) return told.join(' ');
  const { findings } = refusal.facts;
  const wrong = Array.isArray(findings)
    ? (findings as Checked['findings']).filter((f) => f.mode === 'refuse')
    : [];
  return wrong.length > 0 ? wrong.map((f) => `${f.message} ${f.hint}`).join(' ') : refusal.message;
}

function ToMend({ problems }: { readonly problems: RunRead['problems'] }) {
  return (
    <Stack gap="xs">
      <Alert color="orange">These stay drafts. Mend each, then issue again; nothing is issued twice.</Alert>
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
                    <Badge color="gray">{problem.state === 'issued' ? 'issued since' : 'thrown away'}</Badge>
                  )}
                </Table.Td>
                <Table.Td>{toDo(problem.refusal)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Scroll>
    </Stack>
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
