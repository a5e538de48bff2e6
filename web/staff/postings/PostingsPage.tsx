// What the accounting system has of our receipts: what is to be posted there is handed out, and what it answers is handed in.

import { Alert, Badge, Button, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconBuildingBank, IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import {
  exportPostings,
  getPostingExport,
  importAnswers,
  listPostings,
  POSTING_STATES,
  setPostings,
} from '#postings/contract.ts';
import { useAddress, useGo } from '../../lib/address.ts';
import type { Reply } from '../../lib/api.ts';
import { rowsOf, useCommand, usePages, useUpload } from '../../lib/data.ts';
import { saveFile } from '../../lib/file.ts';
import { countText, dayWords, momentWords } from '../../lib/format.ts';
import { useMay } from '../../lib/may.ts';
import { useTenant } from '../../lib/tenant.ts';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { DayField } from '../../ui/DayField.tsx';
import { DropArea } from '../../ui/DropArea.tsx';
import { Money } from '../../ui/Money.tsx';
import { Empty, Page, Panel, Shown, Trouble } from '../../ui/Page.tsx';
import { ShowMore } from '../../ui/ShowMore.tsx';
import { ReceiptFrom } from '../payments/ReceiptFrom.tsx';
import { HandedOut } from './HandedOut.tsx';
import { PART_WORDS, STATE_COLOURS, STATE_WORDS } from './posting-words.ts';

type Found = Reply<typeof listPostings>;
type Row = Found['rows'][number];
type Company = Found['companies'][number];

export default function PostingsPage() {
  const [search, setSearch] = useAddress();
  const state = POSTING_STATES.find((one) => one === search.state) ?? 'to_post';
  const pages = usePages(listPostings, { query: { state } });
  return (
    <Page
      title="Postings"
      subtitle="Which receipts your accounting system has: hand out what it lacks, and hand in what it answers."
    >
      <Shown read={{ ...pages, data: pages.data?.pages[0] }}>
        {(first) => (
          <Stack gap="md">
            {first.companies.map((company) => (
              <CompanyPanel key={company.companyId} company={company} first={first} />
            ))}
            <Panel title="Receipts">
              <Stack gap="sm">
                <SegmentedControl
                  aria-label="State"
                  value={state}
                  onChange={(value) => setSearch({ state: value })}
                  data={POSTING_STATES.map((one) => ({
                    value: one,
                    label: `${STATE_WORDS[one]} ${countText(first.counts[one])}`,
                  }))}
                />
                <Receipts rows={rowsOf(pages.data)} />
                <ShowMore pages={pages} variant="subtle" size="xs" />
              </Stack>
            </Panel>
          </Stack>
        )}
      </Shown>
    </Page>
  );
}

const COLUMNS: readonly Column<Row>[] = [
  {
    key: 'receipt',
    title: 'Receipt',
    grow: 45,
    cell: (row) => <ReceiptFrom who={row.who} number={row.number} />,
    under: (row) => row.reason ?? row.reference ?? (row.handoverId ? PART_WORDS[row.part] : dayWords(row.on)),
  },
  { key: 'part', title: 'What', wideOnly: true, cell: (row) => PART_WORDS[row.part] },
  { key: 'on', title: 'On', wideOnly: true, cell: (row) => dayWords(row.on) },
  {
    key: 'state',
    title: 'Is',
    wideOnly: true,
    cell: (row) => (
      <span title={row.since ? `since ${momentWords(row.since)}` : undefined}>
        <Badge color={STATE_COLOURS[row.state]} autoContrast>
          {STATE_WORDS[row.state]}
        </Badge>
      </span>
    ),
  },
  { key: 'amount', title: 'Amount', numeric: true, cell: (row) => <Money value={row.amount} /> },
];

function Receipts({ rows }: { readonly rows: readonly Row[] }) {
  const go = useGo();
  if (rows.length === 0)
    return (
      <Empty icon={<IconBuildingBank size={36} stroke={1.4} />} title="Nothing here">
        Receipts stand here from the day on that a company posts them in its accounting system.
      </Empty>
    );
  return (
    <DataTable
      label="Receipts"
      rows={rows}
      columns={COLUMNS}
      keyOf={(row) => `${row.paymentId} ${row.part} ${row.number}`}
      onOpen={(row) => go(`payments/${row.paymentId}`)}
    />
  );
}

function CompanyPanel({ company, first }: { readonly company: Company; readonly first: Found }) {
  const maySet = useMay('company.manage');
  const mayPost = useMay('payment.apply');
  const set = useCommand(setPostings);
  const [fromOn, setFromOn] = useState(company.fromOn ?? '');
  const isUsed = company.fromOn !== null;
  return (
    <Panel title={company.name}>
      <Stack gap="sm">
        {set.error ? <Trouble problem={set.error} /> : null}
        {isUsed ? (
          <Text size="sm">
            Receipts are posted in the accounting system from {dayWords(company.fromOn ?? '')} on.
          </Text>
        ) : (
          <Text size="sm" c="dimmed">
            Receipts of this company are posted in no other system.
          </Text>
        )}
        {maySet ? (
          <Group align="flex-end" gap="xs">
            <DayField label="Value date from which on" value={fromOn} onChange={setFromOn} />
            <Button
              variant="default"
              disabled={fromOn === '' || fromOn === company.fromOn}
              loading={set.isPending}
              onClick={() => set.mutate({ params: { companyId: company.companyId }, body: { fromOn } })}
            >
              Post from this day
            </Button>
            {isUsed ? (
              <Button
                variant="subtle"
                color="red"
                loading={set.isPending}
                onClick={() =>
                  set.mutate({ params: { companyId: company.companyId }, body: { fromOn: null } })
                }
              >
                Post no more
              </Button>
            ) : null}
          </Group>
        ) : null}
        {isUsed && mayPost ? <HandOut company={company} first={first} /> : null}
        {isUsed && mayPost ? <HandIn company={company} /> : null}
        {isUsed ? <HandedOut companyId={company.companyId} /> : null}
      </Stack>
    </Panel>
  );
}

/** Takes what is to be posted, and saves it as a file. */
function HandOut({ company, first }: { readonly company: Company; readonly first: Found }) {
  const tenant = useTenant();
  const take = useCommand(exportPostings);
  const [isUnsaved, setUnsaved] = useState(false);
  const handOut = (state: 'to_post' | 'refused'): void =>
    take.mutate(
      { params: { companyId: company.companyId }, body: { state } },
      {
        onSuccess: ({ exportId, receipts, isAll }) => {
          notifications.show({
            message: `${countText(receipts)} handed out${isAll ? '' : '; more are left for another file'}.`,
          });
          setUnsaved(false);
          saveFile(getPostingExport, { params: { exportId } }, tenant).catch(() => setUnsaved(true));
        },
      },
    );
  return (
    <Group gap="xs">
      {take.error ? <Trouble problem={take.error} /> : null}
      {isUnsaved ? (
        <Alert color="orange" role="alert" w="100%">
          The file did not arrive. What it has counts as handed out: save it again under “Handed out”.
        </Alert>
      ) : null}
      <Button
        loading={take.isPending}
        disabled={first.counts.to_post === 0}
        onClick={() => handOut('to_post')}
      >
        Hand out what is to post
      </Button>
      {first.counts.refused > 0 ? (
        <Button variant="default" loading={take.isPending} onClick={() => handOut('refused')}>
          Hand out what was refused again
        </Button>
      ) : null}
    </Group>
  );
}

/** Takes in a file of answers. */
function HandIn({ company }: { readonly company: Company }) {
  const upload = useUpload(importAnswers);
  return (
    <Stack gap="xs">
      <DropArea
        title="Drop the answers here"
        says="The file that was handed out, with the columns state (posted, refused), reference and reason filled in; leave the column export as it is: answers without it count as new. All of it is kept or nothing."
        accept=".csv,.txt,text/csv"
        share={upload.share}
        onFile={(file) =>
          upload.mutate({ input: { query: { companyId: company.companyId } }, file, rehearse: false })
        }
      />
      {upload.error ? <Trouble problem={upload.error} /> : null}
      {upload.data ? (
        <Group gap={6} role="status">
          <IconCheck size={16} aria-hidden />
          <Text size="sm">
            {countText(upload.data.posted)} posted, {countText(upload.data.refused)} refused,{' '}
            {countText(upload.data.unchanged)} known
            {upload.data.outdated > 0
              ? `, ${countText(upload.data.outdated)} outdated: handed out again since`
              : ''}
            .
          </Text>
        </Group>
      ) : null}
    </Stack>
  );
}
