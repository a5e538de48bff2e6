// The outbox: every message and what became of it.

import { Group, SegmentedControl, Text } from '@mantine/core';
import { IconMail } from '@tabler/icons-react';
import { countMessages, listMessages } from '#delivery/contract.ts';
import { useAddress, useGo } from '../../lib/address.ts';
import type { Reply } from '../../lib/api.ts';
import { readOn, rowsOf, usePages, useRead } from '../../lib/data.ts';
import { countText, momentWords } from '../../lib/format.ts';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { Empty, Page, Shown } from '../../ui/Page.tsx';
import { StateBadge } from '../../ui/StateBadge.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { CHANNEL_WORDS } from './channel-words.ts';

type Row = Reply<typeof listMessages>['rows'][number];

const COLUMNS: readonly Column<Row>[] = [
  {
    key: 'to',
    title: 'To',
    grow: 30,
    cell: (row) => (
      <>
        <Text size="sm" fw={550} truncate>
          {row.customerName}
        </Text>
        <Text size="xs" c="dimmed" truncate>
          {row.recipient}
        </Text>
      </>
    ),
  },
  {
    key: 'subject',
    title: 'Subject',
    wideOnly: true,
    grow: 50,
    cell: (row) => (
      <Text size="sm" truncate>
        {row.subject ?? 'written in the moment of sending'}
      </Text>
    ),
  },
  {
    key: 'purpose',
    title: 'About',
    wideOnly: true,
    cell: (row) => `${row.purpose} · ${CHANNEL_WORDS[row.channel]}`,
  },
  {
    key: 'state',
    title: 'State',
    cell: (row) => <StateBadge state={row.state} />,
    under: (row) => momentWords(row.sentAt ?? row.createdAt),
  },
  { key: 'when', title: 'When', wideOnly: true, cell: (row) => momentWords(row.sentAt ?? row.createdAt) },
];

const STATES = ['', 'queued', 'ready', 'sent', 'refused', 'failed', 'unknown', 'dropped'] as const;

const REFRESH_MS = 3_000;

export default function OutboxPage() {
  const [search, setSearch] = useAddress();
  const go = useGo();
  const state = STATES.find((s) => s === search.state) ?? '';
  const counts = useRead(countMessages, {}, { refreshMs: REFRESH_MS });
  const waiting = (counts.data?.queued ?? 0) + (counts.data?.sending ?? 0);
  const pages = usePages(
    listMessages,
    { query: state === '' ? {} : { state } },
    // The first page stays fresh; who has scrolled down reads old messages, which do not change.
    { refreshMs: (read) => ((read?.pages.length ?? 0) > 1 ? false : REFRESH_MS) },
  );
  return (
    <Page
      title="Outbox"
      subtitle={
        waiting > 0
          ? `${countText(waiting)} messages are on their way.`
          : 'Every message, exactly as it went out.'
      }
    >
      <Group justify="space-between">
        <SegmentedControl
          aria-label="State"
          data={STATES.map((s) => ({ value: s, label: s === '' ? 'all' : s }))}
          value={state}
          onChange={(value) => setSearch({ state: value })}
        />
        <Group gap="md">
          <TenantLink to="templates">Words</TenantLink>
          <TenantLink to="letters">Letters</TenantLink>
          <TenantLink to="delivery-problems">Delivery problems</TenantLink>
        </Group>
      </Group>
      <Shown read={pages}>
        {() => (
          <DataTable
            label="Messages"
            columns={COLUMNS}
            rows={rowsOf(pages.data)}
            keyOf={(row) => row.messageId}
            onOpen={(row) => go(`outbox/${row.messageId}`)}
            onEnd={() => readOn(pages)}
            loadingMore={pages.isFetchingNextPage}
            empty={
              <Empty
                icon={<IconMail size={36} stroke={1.4} />}
                title={state === '' ? 'No messages yet' : `No message is ${state}`}
              >
                Invoices appear here when they are sent, reminders when a run makes them.
              </Empty>
            }
          />
        )}
      </Shown>
    </Page>
  );
}
