// Addresses nothing is sent to: why, since when, and a way to stop one by hand or to write to one again.

import { Button, Group, Select, Stack, Switch, Text, TextInput } from '@mantine/core';
import { IconMailOff, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { addSuppression, liftSuppression, listSuppressions } from '#delivery/contract.ts';
import { useAddress } from '../../lib/address.ts';
import type { Reply } from '../../lib/api.ts';
import { readOn, rowsOf, useCommand, usePages } from '../../lib/data.ts';
import { momentWords } from '../../lib/format.ts';
import { useMay } from '../../lib/may.ts';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { FormDialog } from '../../ui/FormTools.tsx';
import { Empty, Page, Shown } from '../../ui/Page.tsx';

type Row = Reply<typeof listSuppressions>['rows'][number];

const REASON_WORDS: Readonly<Record<string, string>> = {
  hard_bounce: 'nobody is there',
  complaint: 'called our mail spam',
  opt_out: 'asked for it',
  by_hand: 'stopped by hand',
};

const COLUMNS: readonly Column<Row>[] = [
  {
    key: 'address',
    title: 'Address',
    grow: 40,
    cell: (row) => (
      <>
        <Text size="sm" fw={550} truncate>
          {row.address}
        </Text>
        <Text size="xs" c="dimmed" truncate>
          {row.detail}
        </Text>
      </>
    ),
  },
  { key: 'for', title: 'For', wideOnly: true, cell: (row) => row.purpose ?? 'everything' },
  {
    key: 'why',
    title: 'Why',
    cell: (row) => (row.liftedAt ? `lifted: ${row.liftReason}` : REASON_WORDS[row.reason]),
    under: (row) => momentWords(row.addedAt),
  },
];

export default function StoppedAddressesPage() {
  const [search, setSearch] = useAddress();
  const lifted = search.lifted === 'yes' ? 'yes' : 'no';
  const pages = usePages(listSuppressions, { query: { lifted } });
  const mayStop = useMay('customer.edit');
  const [adding, setAdding] = useState(false);
  const [lifting, setLifting] = useState<Row | null>(null);
  return (
    <Page
      title="Stopped addresses"
      subtitle="Nothing is sent to these until somebody lifts it."
      actions={
        mayStop ? (
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>
            Stop an address
          </Button>
        ) : null
      }
    >
      <Group>
        <Switch
          label="Show lifted ones too"
          checked={lifted === 'yes'}
          onChange={(event) => setSearch({ lifted: event.currentTarget.checked ? 'yes' : '' })}
        />
      </Group>
      <Shown read={pages}>
        {() => (
          <DataTable
            label="Stopped addresses"
            columns={COLUMNS}
            rows={rowsOf(pages.data)}
            keyOf={(row) => row.suppressionId}
            onOpen={(row) => (row.may.lift === true ? setLifting(row) : undefined)}
            onEnd={() => readOn(pages)}
            loadingMore={pages.isFetchingNextPage}
            empty={
              <Empty icon={<IconMailOff size={36} stroke={1.4} />} title="No address is stopped">
                An address is stopped by itself when mail to it comes back because nobody is there.
              </Empty>
            }
          />
        )}
      </Shown>
      {adding ? <StopDialog onClose={() => setAdding(false)} /> : null}
      {lifting ? <LiftDialog row={lifting} onClose={() => setLifting(null)} /> : null}
    </Page>
  );
}

function StopDialog({ onClose }: { onClose(): void }) {
  const stop = useCommand(addSuppression);
  const [address, setAddress] = useState('');
  const [detail, setDetail] = useState('');
  const [purpose, setPurpose] = useState<string | null>(null);
  return (
    <FormDialog
      title="Stop an address"
      opened
      onClose={onClose}
      onSubmit={() =>
        stop.mutate(
          { body: { address: address.trim(), detail, purpose: purpose as Row['purpose'] } },
          { onSuccess: onClose },
        )
      }
      submitLabel="Stop it"
      busy={stop.isPending}
      problem={stop.error}
    >
      <Stack>
        <TextInput
          label="Mail address"
          type="email"
          required
          data-autofocus
          value={address}
          onChange={(event) => setAddress(event.currentTarget.value)}
        />
        <Select
          label="For"
          placeholder="everything"
          clearable
          data={['reminder', 'invoice', 'statement']}
          value={purpose}
          onChange={setPurpose}
        />
        <TextInput
          label="Why"
          required
          value={detail}
          onChange={(event) => setDetail(event.currentTarget.value)}
        />
      </Stack>
    </FormDialog>
  );
}

function LiftDialog({ row, onClose }: { readonly row: Row; onClose(): void }) {
  const lift = useCommand(liftSuppression);
  const [reason, setReason] = useState('');
  return (
    <FormDialog
      title={`Write to ${row.address} again`}
      opened
      onClose={onClose}
      onSubmit={() =>
        lift.mutate(
          { params: { suppressionId: row.suppressionId }, body: { reason } },
          { onSuccess: onClose },
        )
      }
      submitLabel="Write to it again"
      busy={lift.isPending}
      problem={lift.error}
    >
      <Text size="sm">
        Stopped on {momentWords(row.addedAt)}: {REASON_WORDS[row.reason]}. {row.detail}
      </Text>
      <TextInput
        label="Why it may be written to again"
        required
        data-autofocus
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
