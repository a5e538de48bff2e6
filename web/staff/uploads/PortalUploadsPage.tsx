// What customers want posted in portals of their own: what is due, late or rejected, portal by portal; and marking many at once.

import {
  Anchor,
  Badge,
  Button,
  Checkbox,
  Group,
  Kbd,
  SegmentedControl,
  Select,
  Switch,
  Text,
} from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconCloudUpload, IconDownload, IconExternalLink } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { UPLOAD_ARCHIVE_DOCUMENTS_MAX } from '#kernel/limits.ts';
import {
  countUploads,
  downloadUploadFiles,
  listUploads,
  recordUploadAnswers,
  recordUploaded,
  recordUploadNotNeeded,
} from '#uploads/contract.ts';
import { useAddress, useGo } from '../../lib/address.ts';
import type { ApiProblem, Reply } from '../../lib/api.ts';
import { readOn, rowsOf, useCommand, usePages, useRead } from '../../lib/data.ts';
import { saveFile } from '../../lib/file.ts';
import { countText, dayWords } from '../../lib/format.ts';
import { type Shortcut, useShortcuts } from '../../lib/shortcuts.ts';
import { useTenant } from '../../lib/tenant.ts';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { MayButton } from '../../ui/MayButton.tsx';
import { Money } from '../../ui/Money.tsx';
import { Empty, Page, Shown } from '../../ui/Page.tsx';
import { NotNeededDialog, PostedDialog, RejectedDialog } from './UploadDialogs.tsx';
import { REASON_WORDS, STATE_COLORS, STATE_WORDS } from './upload-words.ts';

type Row = Reply<typeof listUploads>['rows'][number];
type Counts = Reply<typeof countUploads>;
type Dialog = 'posted' | 'rejected' | 'not_needed';

const VIEWS = ['to_post', 'late', 'rejected', 'uploaded', 'done', 'all'] as const;
type View = (typeof VIEWS)[number];

function viewLabel(view: View, counts: Counts | undefined): string {
  const of = (count: number | undefined): string => (count ? ` ${countText(count)}` : '');
  switch (view) {
    case 'to_post':
      return `To post${of(counts && counts.waiting + counts.rejected)}`;
    case 'late':
      return `Late${of(counts?.late)}`;
    case 'rejected':
      return `Rejected${of(counts?.rejected)}`;
    case 'uploaded':
      return `Posted${of(counts?.uploaded)}`;
    case 'done':
      return 'Done';
    case 'all':
      return 'All';
  }
}

/** Why it was rejected or ended, with the words beside it. */
function sayingOf(row: Row): string {
  if (row.state === 'waiting' || row.state === 'uploaded') return row.portalNumber ?? '';
  const reason = row.reason === null ? undefined : (REASON_WORDS[row.reason] ?? row.reason);
  return [reason, row.note].filter(Boolean).join(': ') || (row.portalNumber ?? '');
}

function StateCell({ row }: { readonly row: Row }) {
  const saying = sayingOf(row);
  return (
    <>
      <Badge color={STATE_COLORS[row.state]} variant="light">
        {STATE_WORDS[row.state]}
        {row.attempts > 1 ? ` · ${row.attempts}×` : ''}
      </Badge>
      {saying === '' ? null : (
        <Text size="xs" c="dimmed" truncate title={saying}>
          {saying}
        </Text>
      )}
    </>
  );
}

function DueCell({ row }: { readonly row: Row }) {
  if (row.state !== 'waiting' && row.state !== 'rejected') return <>–</>;
  return (
    <div className={row.isLate ? 'late' : ''}>
      {dayWords(row.dueOn)}
      {row.isLate ? <Text size="xs">late</Text> : null}
    </div>
  );
}

function PortalCell({ row }: { readonly row: Row }) {
  return (
    <>
      {row.address === null ? (
        row.portal
      ) : (
        <Anchor
          href={row.address}
          target="_blank"
          rel="noopener noreferrer"
          size="sm"
          onClick={(event) => event.stopPropagation()}
        >
          {row.portal} <IconExternalLink size={13} aria-label="opens in a new tab" />
        </Anchor>
      )}
      {row.supplierNumber ? (
        <Text size="xs" c="dimmed" title="What the portal calls us">
          {row.supplierNumber}
        </Text>
      ) : null}
    </>
  );
}

type Choosing = { readonly chosen: ReadonlySet<string>; toggle(row: Row): void };

function columnsOf({ chosen, toggle }: Choosing): readonly Column<Row>[] {
  return [
    {
      key: 'choose',
      title: '',
      width: 40,
      cell: (row) => (
        <Checkbox
          aria-label={`Choose ${row.number}`}
          checked={chosen.has(row.documentId)}
          onClick={(event) => event.stopPropagation()}
          onChange={() => toggle(row)}
        />
      ),
    },
    {
      key: 'number',
      title: 'Document',
      grow: 40,
      cell: (row) => (
        <Text size="sm" fw={550}>
          {row.number}
        </Text>
      ),
      under: (row) => `${row.customer.name} · ${row.portal}`,
    },
    {
      key: 'customer',
      title: 'Customer',
      wideOnly: true,
      grow: 60,
      cell: (row) => (
        <Text size="sm" truncate title={row.customer.name}>
          {row.customer.name}
        </Text>
      ),
    },
    { key: 'portal', title: 'Portal', wideOnly: true, cell: (row) => <PortalCell row={row} /> },
    { key: 'due', title: 'Post by', wideOnly: true, cell: (row) => <DueCell row={row} /> },
    {
      key: 'state',
      title: 'State',
      grow: 40,
      wideOnly: true,
      cell: (row) => <StateCell row={row} />,
    },
    {
      key: 'amount',
      title: 'Amount',
      numeric: true,
      cell: (row) => <Money value={row.amount} />,
      under: (row) => (
        <>
          {STATE_WORDS[row.state]}
          {row.isLate ? ' · late' : ''}
        </>
      ),
    },
  ];
}

export default function PortalUploadsPage() {
  const [search, setSearch] = useAddress();
  const go = useGo();
  const view = VIEWS.find((name) => name === search.show) ?? 'to_post';
  const counts = useRead(countUploads).data;
  const pages = usePages(listUploads, {
    query: {
      show: view,
      ...(search.portal ? { portal: search.portal } : {}),
      ...(search.yours === 'true' ? { yours: 'true' } : {}),
    },
  });
  const rows = rowsOf(pages.data);
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const chosen = rows.filter((row) => ids.has(row.documentId));
  const toggle = (row: Row): void => {
    const next = new Set(ids);
    if (!next.delete(row.documentId)) next.add(row.documentId);
    setIds(next);
  };
  useUploadKeys(rows, { toggle, ask: setDialog, chosen });
  const columns = columnsOf({ chosen: ids, toggle });
  const clear = (): void => setIds(new Set());
  return (
    <Page
      title="Portal uploads"
      subtitle="Documents that customers want posted in a portal of their own. Which customers, is said on their pages, under Delivery."
    >
      <Filters view={view} counts={counts} />
      {chosen.length > 0 ? (
        <ChosenBar chosen={chosen} onAsk={setDialog} onClear={clear} />
      ) : rows.length > 0 ? (
        <Group justify="space-between">
          <Button
            variant="subtle"
            size="compact-sm"
            onClick={() => setIds(new Set(rows.map((row) => row.documentId)))}
          >
            Choose all {countText(rows.length)} shown
          </Button>
          <KeysShown />
        </Group>
      ) : null}
      <Shown read={pages}>
        {() => (
          <DataTable
            label="Portal uploads"
            columns={columns}
            rows={rows}
            keyOf={(row) => row.documentId}
            onOpen={(row) => go(`invoices/${row.documentId}?tab=delivery`)}
            onEnd={() => readOn(pages)}
            loadingMore={pages.isFetchingNextPage}
            empty={<Nothing view={view} onAll={() => setSearch({ show: 'all', portal: '', yours: '' })} />}
          />
        )}
      </Shown>
      {dialog === 'posted' ? (
        <PostedDialog rows={chosen} onClose={() => setDialog(null)} onDone={clear} />
      ) : null}
      {dialog === 'rejected' ? (
        <RejectedDialog rows={chosen} onClose={() => setDialog(null)} onDone={clear} />
      ) : null}
      {dialog === 'not_needed' ? (
        <NotNeededDialog rows={chosen} onClose={() => setDialog(null)} onDone={clear} />
      ) : null}
    </Page>
  );
}

function Nothing({ view, onAll }: { readonly view: View; onAll(): void }) {
  return (
    <Empty
      icon={<IconCloudUpload size={36} stroke={1.4} />}
      title={view === 'to_post' ? 'Nothing waits to be posted' : 'Nothing here'}
      action={
        view === 'all' ? null : (
          <Button variant="default" mt="xs" onClick={onAll}>
            Show all
          </Button>
        )
      }
    >
      A customer that wants its documents in Ariba, Coupa or another portal is set up on its page, under
      Delivery. Each of its documents then appears here once it is issued.
    </Empty>
  );
}

function Filters({ view, counts }: { readonly view: View; readonly counts: Counts | undefined }) {
  const [search, setSearch] = useAddress();
  const portals = (counts?.portals ?? []).map(({ portal, waiting, rejected }) => ({
    value: portal,
    label: waiting + rejected > 0 ? `${portal} · ${countText(waiting + rejected)} to post` : portal,
  }));
  const shown = search.portal ?? '';
  const known = portals.some(({ value }) => value === shown);
  return (
    <Group gap="sm">
      <div style={{ maxWidth: '100%', overflowX: 'auto' }}>
        <SegmentedControl
          aria-label="Which uploads"
          data={VIEWS.map((value) => ({ value, label: viewLabel(value, counts) }))}
          value={view}
          onChange={(value) => setSearch({ show: value === 'to_post' ? '' : value })}
        />
      </div>
      <Select
        aria-label="Portal"
        placeholder="All portals"
        clearable
        data={shown === '' || known ? portals : [...portals, { value: shown, label: shown }]}
        value={shown === '' ? null : shown}
        onChange={(value) => setSearch({ portal: value ?? '' })}
      />
      <Switch
        label={counts?.yours ? `Mine (${countText(counts.yours)})` : 'Mine'}
        checked={search.yours === 'true'}
        onChange={(event) => setSearch({ yours: event.currentTarget.checked ? 'true' : '' })}
      />
    </Group>
  );
}

type BarProps = { readonly chosen: readonly Row[]; onAsk(dialog: Dialog): void; onClear(): void };

/** The first reason why a step cannot be taken of all that is chosen. */
function mayAll(chosen: readonly Row[], of: keyof Row['may']): true | string {
  return chosen.map((row) => row.may[of]).find((may) => may !== true) ?? true;
}

function ChosenBar({ chosen, onAsk, onClear }: BarProps) {
  const tenant = useTenant();
  const answer = useCommand(recordUploadAnswers);
  const [busy, setBusy] = useState(false);
  const documentIds = chosen.map((row) => row.documentId);
  const addresses = [...new Set(chosen.map((row) => row.address))];
  const [address] = addresses;
  const portal = chosen[0]?.portal;
  const download = async (): Promise<void> => {
    setBusy(true);
    await saveFile(downloadUploadFiles, { body: { documentIds } }, tenant).catch((problem: ApiProblem) =>
      notifications.show({ color: 'red', message: problem.message }),
    );
    setBusy(false);
  };
  const accept = (): void =>
    answer.mutate(
      { body: { documentIds, answer: 'accepted' } },
      {
        onSuccess: onClear,
        onError: (problem) => notifications.show({ color: 'red', message: problem.message }),
      },
    );
  return (
    <Group gap="xs" role="toolbar" aria-label="What to do with the documents chosen">
      <Text size="sm" fw={600} role="status">
        {countText(chosen.length)} chosen
      </Text>
      <Button
        variant="default"
        loading={busy}
        disabled={chosen.length > UPLOAD_ARCHIVE_DOCUMENTS_MAX}
        leftSection={<IconDownload size={16} aria-hidden />}
        onClick={() => void download()}
      >
        Files (.zip)
      </Button>
      {addresses.length === 1 && address ? (
        <Button
          component="a"
          variant="default"
          href={address}
          target="_blank"
          rel="noopener noreferrer"
          leftSection={<IconExternalLink size={16} aria-hidden />}
        >
          Open {portal}
        </Button>
      ) : null}
      <MayButton may={mayAll(chosen, 'upload')} operation={recordUploaded} onClick={() => onAsk('posted')}>
        Mark as posted
      </MayButton>
      <MayButton
        variant="default"
        may={mayAll(chosen, 'accept')}
        operation={recordUploadAnswers}
        loading={answer.isPending}
        onClick={accept}
      >
        Accepted
      </MayButton>
      <MayButton
        variant="default"
        may={mayAll(chosen, 'reject')}
        operation={recordUploadAnswers}
        onClick={() => onAsk('rejected')}
      >
        Rejected
      </MayButton>
      <MayButton
        variant="default"
        may={mayAll(chosen, 'dropNeed')}
        operation={recordUploadNotNeeded}
        onClick={() => onAsk('not_needed')}
      >
        Not needed
      </MayButton>
      <Button variant="subtle" onClick={onClear}>
        Clear
      </Button>
    </Group>
  );
}

function KeysShown() {
  return (
    <Text size="xs" c="dimmed" visibleFrom="sm">
      <Kbd size="xs">j</Kbd> <Kbd size="xs">k</Kbd> move · <Kbd size="xs">x</Kbd> chooses ·{' '}
      <Kbd size="xs">p</Kbd> posted · <Kbd size="xs">r</Kbd> rejected
    </Text>
  );
}

/** The row that has the focus, by its place in the list. */
function focusedIndex(): number | undefined {
  const place = document.activeElement?.closest<HTMLElement>('tr[data-index]')?.dataset.index;
  return place === undefined ? undefined : Number(place);
}

type Keys = { toggle(row: Row): void; ask(dialog: Dialog): void; readonly chosen: readonly Row[] };

function useUploadKeys(rows: readonly Row[], { toggle, ask, chosen }: Keys): void {
  const shortcuts = useMemo<readonly Shortcut[]>(() => {
    const toFirst = (): void => {
      if (focusedIndex() === undefined) document.querySelector<HTMLElement>('tr[data-index]')?.focus();
    };
    const focused = (): Row | undefined => rows[focusedIndex() ?? -1];
    // On what is chosen; where nothing is, the row with the focus is chosen first.
    const on = (dialog: Dialog, of: keyof Row['may']) => () => {
      const row = focused();
      const about = chosen.length > 0 ? chosen : row ? [row] : [];
      if (about.length === 0 || mayAll(about, of) !== true) return;
      if (chosen.length === 0 && row) toggle(row);
      ask(dialog);
    };
    const choose = (): void => {
      const row = focused();
      if (row) toggle(row);
    };
    return [
      { keys: 'j', does: 'To the next upload', run: toFirst },
      { keys: 'k', does: 'To the upload before', run: toFirst },
      { keys: 'x', does: 'Choose the upload', run: choose },
      { keys: 'p', does: 'Mark as posted', run: on('posted', 'upload') },
      { keys: 'r', does: 'Note a rejection', run: on('rejected', 'reject') },
    ];
  }, [rows, toggle, ask, chosen]);
  useShortcuts(shortcuts);
}
