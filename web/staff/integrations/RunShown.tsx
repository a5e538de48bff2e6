// A run over a file: how far it is, what it would do or did, and every row that cannot be taken over, with its reason.

import { Alert, Button, Group, Progress, SimpleGrid, Stack, Table, Text } from '@mantine/core';
import { IconAlertTriangle, IconArrowLeft, IconCheck, IconCircleCheck } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { type readImportRun, startImportRun } from '#integrations/contract.ts';
import { useAddress, useGo } from '../../lib/address.ts';
import type { Reply } from '../../lib/api.ts';
import { useCommand } from '../../lib/data.ts';
import { countText } from '../../lib/format.ts';
import { useTenant } from '../../lib/tenant.ts';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { Figure } from '../../ui/Figure.tsx';
import { Money } from '../../ui/Money.tsx';
import { Panel, Trouble } from '../../ui/Page.tsx';
import { Scroll } from '../../ui/Scroll.tsx';

type Run = Reply<typeof readImportRun>;
type Result = NonNullable<Run['result']>;
type Problem = Result['problems'][number];

type RunShownProps = { readonly run: Run; readonly fileName: string; onRestart(): void };

const THOUSANDTHS = 10;

export function RunShown({ run, fileName, onRestart }: RunShownProps) {
  const [, setSearch] = useAddress();
  useRefreshAfter(run);
  if (run.state === 'queued' || run.state === 'running') return <Going run={run} fileName={fileName} />;
  const back = (
    <Button
      variant="default"
      leftSection={<IconArrowLeft size={16} aria-hidden />}
      onClick={() => setSearch({ run: '' })}
    >
      Back to the columns
    </Button>
  );
  return (
    <Stack>
      {run.failure ? (
        <Alert role="alert" color="red" icon={<IconAlertTriangle aria-hidden />} title="Nothing was created">
          {run.failure.message}
        </Alert>
      ) : null}
      {run.mode === 'commit' && run.state === 'done' ? <Done run={run} onRestart={onRestart} /> : null}
      {run.result ? <ResultShown result={run.result} mode={run.mode} /> : null}
      <Group justify="space-between">
        {run.mode === 'check' || run.state === 'failed' ? back : <span />}
        {run.mode === 'check' && run.state === 'done' && run.result ? (
          <CommitButton result={run.result} />
        ) : null}
      </Group>
    </Stack>
  );
}

/** What a finished import created is on every page, so all is read again. */
function useRefreshAfter(run: Run): void {
  const client = useQueryClient();
  const tenant = useTenant();
  const isDone = run.mode === 'commit' && run.state === 'done';
  useEffect(() => {
    if (isDone) void client.invalidateQueries({ queryKey: [tenant], predicate: (q) => q.state.data !== run });
  }, [isDone, client, tenant, run]);
}

function Going({ run, fileName }: { readonly run: Run; readonly fileName: string }) {
  return (
    <Panel title={run.mode === 'check' ? `Checking ${fileName}` : `Importing ${fileName}`}>
      <Stack gap="xs" role="status">
        <Progress value={Math.max(run.share / THOUSANDTHS, 2)} animated aria-label="Done so far" size="lg" />
        <Text size="sm" c="dimmed">
          {run.state === 'queued'
            ? 'Waiting for its turn…'
            : `${countText(run.rowsDone)} rows read. You can leave this page and come back.`}
        </Text>
      </Stack>
    </Panel>
  );
}

function Done({ run, onRestart }: { readonly run: Run; onRestart(): void }) {
  const go = useGo();
  const target = run.kind === 'payments' ? 'payments' : 'invoices';
  return (
    <Alert color="teal" icon={<IconCircleCheck aria-hidden />} title="It is in the books">
      <Stack gap="xs">
        <Text size="sm">
          {countText(run.result?.created ?? 0)} created. Undo is below while nothing depends on them.
        </Text>
        <Group>
          <Button size="xs" onClick={() => go(target)}>
            See the {target}
          </Button>
          <Button size="xs" variant="default" onClick={onRestart}>
            Import another file
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}

function CommitButton({ result }: { readonly result: Result }) {
  const [search, setSearch] = useAddress();
  const start = useCommand(startImportRun);
  const commit = (): void =>
    start.mutate(
      {
        params: { fileId: search.file ?? '' },
        body: { mode: 'commit', companyId: search.company ?? '', mapping: result.mapping },
      },
      { onSuccess: ({ runId }) => setSearch({ run: runId }) },
    );
  const blocked = result.problemCount > 0;
  return (
    <Stack align="flex-end" gap="xs">
      {start.error ? <Trouble problem={start.error} /> : null}
      <Button
        leftSection={<IconCheck size={16} aria-hidden />}
        disabled={blocked || result.created === 0}
        loading={start.isPending}
        onClick={commit}
      >
        {result.created === 0 && !blocked ? 'Nothing new to import' : `Import ${countText(result.created)}`}
      </Button>
    </Stack>
  );
}

function ResultShown({ result, mode }: { readonly result: Result; readonly mode: Run['mode'] }) {
  const would = mode === 'check' ? 'Would be created' : 'Created';
  return (
    <Stack>
      {result.problemCount > 0 ? (
        <Alert
          role="alert"
          color="red"
          icon={<IconAlertTriangle aria-hidden />}
          title={`${countText(result.problemCount)} ${result.problemCount === 1 ? 'row cannot' : 'rows cannot'} be taken over`}
        >
          An import is taken over whole or not at all. Mend the file and hand it in again, or choose other
          columns.
        </Alert>
      ) : null}
      <SimpleGrid cols={{ base: 2, md: 4 }}>
        <Figure label="Rows read">{countText(result.rows)}</Figure>
        <Figure label={would}>{countText(result.created)}</Figure>
        <Figure label="Known already, unchanged">{countText(result.unchanged)}</Figure>
        {result.customersCreated > 0 ? (
          <Figure label="New customers">{countText(result.customersCreated)}</Figure>
        ) : null}
        {result.applied > 0 ? <Figure label="Payments applied">{countText(result.applied)}</Figure> : null}
      </SimpleGrid>
      {result.problemCount > 0 ? (
        <Findings title="Rows that cannot be taken over" rows={result.problems} count={result.problemCount} />
      ) : null}
      {result.warningCount > 0 ? (
        <Findings title="Worth a look, but no obstacle" rows={result.warnings} count={result.warningCount} />
      ) : null}
      {result.totals.length > 0 ? <Totals result={result} /> : null}
      {result.preview.length > 0 ? <Preview result={result} /> : null}
    </Stack>
  );
}

function Totals({ result }: { readonly result: Result }) {
  return (
    <Panel title="Totals">
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Currency</Table.Th>
            <Table.Th className="numeric">Count</Table.Th>
            <Table.Th className="numeric">Amount</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {result.totals.map((total) => (
            <Table.Tr key={total.currency}>
              <Table.Td>{total.currency}</Table.Td>
              <Table.Td className="numeric">{countText(total.count)}</Table.Td>
              <Table.Td className="numeric">
                <Money value={total} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Panel>
  );
}

function Preview({ result }: { readonly result: Result }) {
  return (
    <Panel title={`The first ${countText(result.preview.length)} rows as they are understood`}>
      <Scroll minWidth={640} maxHeight={420}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Line</Table.Th>
              {result.previewColumns.map((column) => (
                <Table.Th key={column}>{column}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {result.preview.map((row) => (
              <Table.Tr key={row.line}>
                <Table.Td>{countText(row.line)}</Table.Td>
                {row.texts.map((text, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: cells of a row never move
                  <Table.Td key={index}>{text}</Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Scroll>
    </Panel>
  );
}

type Finding = Problem & { readonly key: string };

const FINDING_COLUMNS: readonly Column<Finding>[] = [
  {
    key: 'line',
    title: 'Line',
    width: 80,
    cell: (row) => (row.line === undefined ? '–' : countText(row.line)),
  },
  { key: 'column', title: 'Column', width: 180, cell: (row) => row.column ?? '–' },
  {
    key: 'value',
    title: 'Value',
    wideOnly: true,
    width: 200,
    cell: (row) => (
      <Text size="sm" ff="monospace" truncate maw={200} title={row.value}>
        {row.value ?? ''}
      </Text>
    ),
  },
  {
    key: 'why',
    title: 'Why',
    grow: 60,
    cell: (row) => (
      <Text size="sm" style={{ whiteSpace: 'normal' }}>
        {row.message}
      </Text>
    ),
  },
];

function Findings({
  title,
  rows,
  count,
}: {
  readonly title: string;
  readonly rows: readonly Problem[];
  readonly count: number;
}) {
  const keyed = rows.map((row, index) => ({ ...row, key: String(index) }));
  return (
    <Panel title={title}>
      <DataTable label={title} columns={FINDING_COLUMNS} rows={keyed} keyOf={(row) => row.key} />
      {count > rows.length ? (
        <Text size="xs" c="dimmed" mt="xs">
          The first {countText(rows.length)} of {countText(count)}.
        </Text>
      ) : null}
    </Panel>
  );
}
