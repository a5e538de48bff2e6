// Write-offs: what was taken off the books, why, what of it came after all, and what of the tax came back.

import { Badge, Button, Group, Select, Stack, Text } from '@mantine/core';
import { IconEraser } from '@tabler/icons-react';
import { listWriteOffs, WRITE_OFF_KINDS } from '#writeoffs/contract.ts';
import { useAddress, useGo } from '../../lib/address.ts';
import type { Reply } from '../../lib/api.ts';
import { readOn, rowsOf, usePages } from '../../lib/data.ts';
import { dayWords } from '../../lib/format.ts';
import { useMay } from '../../lib/may.ts';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { Money } from '../../ui/Money.tsx';
import { Empty, Page, Shown } from '../../ui/Page.tsx';
import { Runs } from '../writeoffruns/Runs.tsx';
import { KIND_CHOICES, kindWords } from './relief-words.ts';
import { WriteOffDrawer } from './WriteOffDrawer.tsx';

type Row = Reply<typeof listWriteOffs>['rows'][number];

const COLUMNS: readonly Column<Row>[] = [
  { key: 'number', title: 'Number', cell: (row) => <span className="code">{row.number}</span> },
  {
    key: 'who',
    title: 'Customer',
    grow: 40,
    cell: (row) => (
      <Text size="sm" fw={550} truncate title={row.customer.name}>
        {row.customer.name}
      </Text>
    ),
    under: (row) => `${kindWords(row.kind)}: ${row.reason}`,
  },
  { key: 'kind', title: 'Kind', wideOnly: true, cell: (row) => kindWords(row.kind) },
  {
    key: 'reason',
    title: 'Why',
    wideOnly: true,
    grow: 40,
    cell: (row) => (
      <Text size="sm" truncate title={row.reason}>
        {row.reason}
      </Text>
    ),
  },
  { key: 'on', title: 'Written off', wideOnly: true, cell: (row) => dayWords(row.writtenOffOn) },
  {
    key: 'amount',
    title: 'Amount',
    numeric: true,
    cell: (row) => (
      <Group gap={6} justify="flex-end" wrap="nowrap">
        {row.undoneOn ? <Badge color="gray">taken back</Badge> : null}
        <Money value={row.amount} />
      </Group>
    ),
  },
];

export default function WriteOffsPage() {
  const go = useGo();
  const [mayPost, mayAsk] = [useMay('write_off.post'), useMay('approval.request')];
  const mayRun = mayPost || mayAsk;
  const [search, setSearch] = useAddress();
  const kind = WRITE_OFF_KINDS.find((one) => one === search.kind);
  const pages = usePages(listWriteOffs, { query: kind ? { kind } : {} });
  const rows = rowsOf(pages.data);
  return (
    <Page
      title="Write-offs"
      subtitle="What will not be paid. Money that comes after all is recovered from the page of the payment."
      actions={
        mayRun ? (
          <Button
            variant="default"
            leftSection={<IconEraser size={16} aria-hidden />}
            onClick={() => go('write-offs/many')}
          >
            Write many off
          </Button>
        ) : null
      }
    >
      <Stack gap="md">
        <Runs />
        <Select
          aria-label="Kind"
          w={260}
          data={[{ value: '', label: 'All kinds' }, ...KIND_CHOICES]}
          value={kind ?? ''}
          allowDeselect={false}
          onChange={(value) => setSearch({ kind: value ?? '' })}
        />
        <Shown read={pages}>
          {() => (
            <DataTable
              label="Write-offs"
              columns={COLUMNS}
              rows={rows}
              keyOf={(row) => row.writeOffId}
              onOpen={(row) => setSearch({ writeOff: row.writeOffId })}
              isSelected={(row) => row.writeOffId === search.writeOff}
              onEnd={() => readOn(pages)}
              loadingMore={pages.isFetchingNextPage}
              empty={
                <Empty icon={<IconEraser size={36} stroke={1.4} />} title="Nothing was written off">
                  An invoice is written off on its own page.
                </Empty>
              }
            />
          )}
        </Shown>
      </Stack>
      {search.writeOff ? (
        <WriteOffDrawer writeOffId={search.writeOff} onClose={() => setSearch({ writeOff: '' })} />
      ) : null}
    </Page>
  );
}
