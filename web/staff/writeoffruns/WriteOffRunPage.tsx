// One run of write-offs: how far it is, how each item ended, and taking it back.

import { Badge, Group, Progress, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { getWriteOffRun, listWriteOffRunItems, undoWriteOffRun } from '#writeoffruns/contract.ts';
import { useAddress, usePathPart } from '../../lib/address.ts';
import type { Reply } from '../../lib/api.ts';
import { readOn, rowsOf, useCommand, usePages, useRead } from '../../lib/data.ts';
import { countText, dayWords, momentWords } from '../../lib/format.ts';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { FormDialog } from '../../ui/FormTools.tsx';
import { MayButton } from '../../ui/MayButton.tsx';
import { Money } from '../../ui/Money.tsx';
import { Empty, Page, Panel, Shown } from '../../ui/Page.tsx';
import { kindWords } from '../writeoffs/relief-words.ts';
import { WriteOffDrawer } from '../writeoffs/WriteOffDrawer.tsx';
import { Amounts } from './Amounts.tsx';
import { isAtWork, type Run, STATE_COLOURS, STATE_WORDS } from './run-words.ts';

type Item = Reply<typeof listWriteOffRunItems>['rows'][number];

/** How often a run that goes on is asked how far it is. */
const REFRESH_MS = 1_000;

export default function WriteOffRunPage() {
  const runId = usePathPart('runId');
  const read = useRead(
    getWriteOffRun,
    { params: { runId } },
    { refreshMs: (last) => (last && isAtWork(last) ? REFRESH_MS : false) },
  );
  return <Shown read={read}>{(run) => <Told run={run} />}</Shown>;
}

function Told({ run }: { readonly run: Run }) {
  const [undoing, setUndoing] = useState(false);
  return (
    <Page
      title={`${countText(run.items)} ${run.items === 1 ? 'item' : 'items'} written off together`}
      subtitle={`${kindWords(run.kind)}: ${run.reason}`}
      actions={
        <MayButton
          variant="default"
          may={run.may.undo}
          operation={undoWriteOffRun}
          onClick={() => setUndoing(true)}
        >
          Take all back
        </MayButton>
      }
    >
      <Stack gap="md">
        <Far run={run} />
        <Items run={run} />
      </Stack>
      {undoing ? <UndoDialog run={run} onClose={() => setUndoing(false)} /> : null}
    </Page>
  );
}

function Far({ run }: { readonly run: Run }) {
  const isBack = run.state === 'undoing' || run.state === 'undone';
  const share = (part: number): number => (100 * part) / run.items;
  return (
    <Panel>
      <Stack gap="sm">
        <Progress.Root size="lg" aria-label="How far the run is">
          <Progress.Section value={share(run.standing)} color="teal" aria-label="written off" />
          <Progress.Section
            value={share(run.writtenOff - run.standing)}
            color="gray.5"
            aria-label="taken back"
          />
          <Progress.Section value={share(run.leftOut)} color="orange" aria-label="left out" />
        </Progress.Root>
        <Group gap="lg" role="status">
          <Badge color={STATE_COLOURS[run.state]}>{STATE_WORDS[run.state]}</Badge>
          <Text size="sm">
            <b>{countText(run.standing)}</b> written off
            {run.standing > 0 ? (
              <>
                : <Amounts sums={run.amounts.map((one) => one.standing)} />
              </>
            ) : null}
          </Text>
          {run.writtenOff > run.standing ? (
            <Text size="sm">{countText(run.writtenOff - run.standing)} taken back</Text>
          ) : null}
          {run.leftOut > 0 ? (
            <Text size="sm" className="late">
              {countText(run.leftOut)} left out
            </Text>
          ) : null}
          {run.waiting > 0 ? <Text size="sm">{countText(run.waiting)} to come</Text> : null}
        </Group>
        <Text size="sm" c="dimmed">
          Begun by {run.startedBy} {momentWords(run.startedAt)}
          {run.finishedAt ? `, done ${momentWords(run.finishedAt)}` : ''}.
          {run.undo && isBack
            ? ` Taken back by ${run.undo.by}${run.undo.finishedAt ? ` ${momentWords(run.undo.finishedAt)}` : ''}: ${run.undo.reason}.`
            : ''}
          {isAtWork(run) ? ' It goes on by itself: you can leave this page.' : ''}
        </Text>
      </Stack>
    </Panel>
  );
}

const COLUMNS: readonly Column<Item>[] = [
  {
    key: 'item',
    title: 'Item',
    cell: (row) => <span className="code">{row.reference}</span>,
    under: (row) => row.customer.name,
  },
  {
    key: 'customer',
    title: 'Customer',
    grow: 30,
    wideOnly: true,
    cell: (row) => (
      <Text size="sm" truncate title={row.customer.name}>
        {row.customer.name}
      </Text>
    ),
  },
  { key: 'due', title: 'Due', wideOnly: true, cell: (row) => dayWords(row.dueOn) },
  { key: 'how', title: 'How it ended', grow: 60, cell: (row) => <Ending row={row} /> },
  { key: 'amount', title: 'Amount', numeric: true, cell: (row) => <Money value={row.amount} /> },
];

function Ending({ row }: { readonly row: Item }) {
  if (row.outcome === 'waiting')
    return (
      <Text size="sm" c="dimmed">
        waits
      </Text>
    );
  const said = row.obstacle?.message ?? row.kept?.message;
  return (
    <Group gap={8} wrap="nowrap">
      {row.writeOff ? (
        <Badge color={row.writeOff.isUndone ? 'gray' : 'teal'} style={{ flex: 'none' }}>
          {row.writeOff.isUndone ? 'taken back' : row.writeOff.number}
        </Badge>
      ) : (
        <Badge color="orange" style={{ flex: 'none' }}>
          left out
        </Badge>
      )}
      <Text size="sm" truncate title={said}>
        {row.kept ? `Stays: ${said}` : said}
      </Text>
    </Group>
  );
}

/** Whether rows were read before the run came to its end. */
function isBehind(run: Run, rows: readonly Item[]): boolean {
  return rows.some(
    ({ outcome, writeOff, kept }) =>
      outcome === 'waiting' ||
      (run.state === 'undone' && writeOff !== null && !writeOff.isUndone && kept === null),
  );
}

const SHOWN = ['all', 'left_out', 'kept'] as const;

function Items({ run }: { readonly run: Run }) {
  const [search, setSearch] = useAddress();
  const show = SHOWN.find((one) => one === search.show) ?? 'all';
  const pages = usePages(
    listWriteOffRunItems,
    { params: { runId: run.runId }, query: { show } },
    { refreshMs: (read) => (isAtWork(run) || isBehind(run, rowsOf(read)) ? REFRESH_MS : false) },
  );
  return (
    <Stack gap="sm">
      <SegmentedControl
        aria-label="Which items"
        w="fit-content"
        data={[
          { value: 'all', label: 'All' },
          { value: 'left_out', label: `Left out: ${countText(run.leftOut)}` },
          ...(run.undo ? [{ value: 'kept', label: 'Could not be taken back' }] : []),
        ]}
        value={show}
        onChange={(value) => setSearch({ show: value === 'all' ? '' : value })}
      />
      <Shown read={pages}>
        {() => (
          <DataTable
            label="Items of the run"
            columns={COLUMNS}
            rows={rowsOf(pages.data)}
            keyOf={(row) => row.itemId}
            onOpen={(row) => row.writeOff && setSearch({ writeOff: row.writeOff.writeOffId })}
            onEnd={() => readOn(pages)}
            loadingMore={pages.isFetchingNextPage}
            empty={<Empty title="No such item" />}
          />
        )}
      </Shown>
      {search.writeOff ? (
        <WriteOffDrawer writeOffId={search.writeOff} onClose={() => setSearch({ writeOff: '' })} />
      ) : null}
    </Stack>
  );
}

function UndoDialog({ run, onClose }: { readonly run: Run; onClose(): void }) {
  const undo = useCommand(undoWriteOffRun);
  const [reason, setReason] = useState('');
  return (
    <FormDialog
      title={`Take ${countText(run.standing)} back`}
      opened
      onClose={onClose}
      onSubmit={() => undo.mutate({ params: { runId: run.runId }, body: { reason } }, { onSuccess: onClose })}
      submitLabel="Take back"
      busy={undo.isPending}
      problem={undo.error}
      danger
    >
      <Text size="sm">
        What stands is taken back, one after the other: the items are open again with their first due dates.
        What money came for stays and says so.
      </Text>
      <TextInput
        label="Why"
        required
        data-autofocus
        maxLength={500}
        value={reason}
        onChange={(e) => setReason(e.currentTarget.value)}
      />
    </FormDialog>
  );
}
