// Remittances: what payers say their payments are for, and whether the money is there.

import { Button, Group, SegmentedControl, Select, Stack, Text } from '@mantine/core';
import { IconKeyboard, IconListCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { listRemittances, receiveRemittanceFile, receiveRemittanceMail } from '#remittances/contract.ts';
import { useAddress, useGo } from '../../lib/address.ts';
import type { Reply } from '../../lib/api.ts';
import { readOn, rowsOf, usePages, useUpload } from '../../lib/data.ts';
import { dayWords } from '../../lib/format.ts';
import { CompanySelect } from '../../ui/CompanySelect.tsx';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { DropArea } from '../../ui/DropArea.tsx';
import { Money } from '../../ui/Money.tsx';
import { Empty, Page, Panel, Shown, Trouble } from '../../ui/Page.tsx';
import { StateBadge } from '../../ui/StateBadge.tsx';
import { ColumnsPanel } from './ColumnsPanel.tsx';
import { MailboxPanel } from './MailboxPanel.tsx';
import { SavedColumns } from './SavedColumns.tsx';
import { TypeInPanel } from './TypeInPanel.tsx';
import { UnreadMails } from './UnreadMails.tsx';

type Row = Reply<typeof listRemittances>['rows'][number];

/** `1 line`, `12 lines`. */
const lineWords = (count: number): string => (count === 1 ? '1 line' : `${count} lines`);

/** Who it is from, as well as that is known. */
const senderWords = (row: Row): string =>
  row.customer?.name ?? row.payerName ?? row.fileName ?? 'Typed in, payer not named';

/** What speaks against relying on a remittance. */
const DOUBTS: Readonly<Record<Row['doubts'][number], string>> = {
  lines_differ: 'Lines miss the payment',
  document_ambiguous: 'A number is of two',
  no_receipt: 'No money for days',
};

const standingWords = (row: Row): string =>
  [row.standing.replaceAll('_', ' '), ...row.doubts.map((doubt) => DOUBTS[doubt].toLowerCase())].join(' · ');

const COLUMNS: readonly Column<Row>[] = [
  {
    key: 'from',
    title: 'From',
    grow: 40,
    cell: (row) => (
      <Text size="sm" fw={550} truncate title={senderWords(row)}>
        {senderWords(row)}
      </Text>
    ),
    under: (row) => `${lineWords(row.lineCount)} · ${standingWords(row)}`,
  },
  { key: 'received', title: 'Came in', wideOnly: true, cell: (row) => dayWords(row.receivedOn) },
  {
    key: 'reference',
    title: 'Payment reference',
    wideOnly: true,
    grow: 30,
    cell: (row) => (
      <Text size="sm" c="dimmed" truncate title={row.paymentReference ?? ''}>
        {row.paymentReference ?? ''}
      </Text>
    ),
  },
  { key: 'lines', title: 'Lines', wideOnly: true, numeric: true, cell: (row) => row.lineCount },
  {
    key: 'state',
    title: 'State',
    wideOnly: true,
    cell: (row) => (
      <div title={row.doubts.map((doubt) => DOUBTS[doubt]).join(' ')}>
        <StateBadge state={row.standing} />
        {row.doubts.map((doubt) => (
          <Text size="xs" c="dimmed" key={doubt}>
            {DOUBTS[doubt]}
          </Text>
        ))}
      </div>
    ),
  },
  { key: 'total', title: 'Payment', numeric: true, cell: (row) => <Money value={row.total} /> },
];

const STATES = [
  { value: '', label: 'All' },
  { value: 'waiting', label: 'Waiting for money' },
  { value: 'in_doubt', label: 'In doubt' },
  { value: 'joined', label: 'Joined' },
  { value: 'applied', label: 'Applied' },
] as const;

const isMail = (file: File): boolean => /\.eml$/i.test(file.name) || file.type === 'message/rfc822';

/** Whether a browser shows the file inside of a page. */
const isShown = (file: File | null): boolean => file?.type === 'application/pdf';

type Typing = { readonly companyId: string; readonly file: File | null };
type Mapping = { readonly companyId: string; readonly file: File };

type UploadProps = {
  onTypeIn(companyId: string, file: File | null): void;
  onColumns(companyId: string, file: File): void;
};

/** A list of which a person may say what its columns mean. */
const COLUMNS_ASKED: ReadonlySet<string> = new Set([
  'remittance_headings_missing',
  'remittance_heading_twice',
  'remittance_decimal_unclear',
  'remittance_cell_not_readable',
  'remittance_lines_interrupted',
  'remittance_without_lines',
]);

function Upload({ onTypeIn, onColumns }: UploadProps) {
  const go = useGo();
  const [file, setFile] = useState<File | null>(null);
  const [said, setSaid] = useState('');
  const onMail = (parts: readonly { readonly remittanceId: string | null }[]): void => {
    const [first, ...others] = new Set(parts.flatMap((part) => part.remittanceId ?? []));
    if (first !== undefined && others.length === 0) go(`remittances/${first}`);
    else
      setSaid(
        first === undefined
          ? 'Nothing of this mail could be read as a remittance. It is kept below.'
          : `The mail brought ${others.length + 1} remittances.`,
      );
  };
  const [companyId, setCompanyId] = useState('');
  const [decimal, setDecimal] = useState<string | null>('');
  const sending = useUpload(receiveRemittanceFile);
  const mailing = useUpload(receiveRemittanceMail);
  const problem = sending.error ?? mailing.error;
  return (
    <Panel title="Take a remittance in">
      <Stack gap="sm">
        <Group align="flex-end">
          <CompanySelect label="Paid to" value={companyId} onChange={setCompanyId} width={260} />
          <Select
            label="Decimals"
            data={[
              { value: '', label: 'as the file shows' },
              { value: '.', label: '1234.50' },
              { value: ',', label: '1234,50' },
            ]}
            value={decimal}
            onChange={setDecimal}
            allowDeselect={false}
            w={180}
          />
        </Group>
        <DropArea
          title="Drop a remittance here"
          says="CSV, Excel (.xlsx) or PDF with a column for the document and one for the amount paid; EDI 820 or ACH; or the mail itself (.eml)."
          accept=".csv,.txt,.xlsx,.pdf,.edi,.x12,.820,.ach,.eml,text/csv,application/pdf,message/rfc822"
          share={sending.share ?? mailing.share}
          disabled={companyId === ''}
          onFile={(file) => {
            setFile(file);
            sending.reset();
            mailing.reset();
            if (isMail(file)) {
              mailing.mutate(
                { input: { query: { companyId } }, file },
                { onSuccess: (done) => onMail(done.parts) },
              );
              return;
            }
            sending.mutate(
              {
                input: {
                  query: { companyId, ...(decimal === '.' || decimal === ',' ? { decimal } : {}) },
                },
                file,
              },
              {
                onSuccess: (done) =>
                  go(done.others?.length ? 'remittances' : `remittances/${done.remittanceId}`),
              },
            );
          }}
        />
        {problem ? <Trouble problem={problem} /> : null}
        {said ? (
          <Text size="sm" role="status">
            {said}
          </Text>
        ) : null}
        {file && sending.error && COLUMNS_ASKED.has(sending.error.code) ? (
          <Button style={{ alignSelf: 'flex-start' }} onClick={() => onColumns(companyId, file)}>
            Say what the columns mean
          </Button>
        ) : null}
        <Button
          variant={sending.error && !COLUMNS_ASKED.has(sending.error.code) ? 'filled' : 'subtle'}
          style={{ alignSelf: 'flex-start' }}
          leftSection={<IconKeyboard size={16} aria-hidden />}
          disabled={companyId === ''}
          onClick={() => onTypeIn(companyId, sending.error && isShown(file) ? file : null)}
        >
          {sending.error && isShown(file) ? 'Type it in with the file beside' : 'Type one in'}
        </Button>
      </Stack>
    </Panel>
  );
}

export default function RemittancesPage() {
  const [search, setSearch] = useAddress();
  const go = useGo();
  const [typing, setTyping] = useState<Typing | null>(null);
  const [mapping, setMapping] = useState<Mapping | null>(null);
  const state = STATES.find((s) => s.value === search.state)?.value ?? '';
  const pages = usePages(listRemittances, { query: state === '' ? {} : { state } });
  return (
    <Page
      title="Remittances"
      subtitle="What payers say their payments are for. A remittance finds its receipt, whichever of the two comes first."
    >
      {typing ? <TypeInPanel {...typing} onClose={() => setTyping(null)} /> : null}
      {mapping ? <ColumnsPanel {...mapping} onClose={() => setMapping(null)} /> : null}
      {typing || mapping ? null : (
        <Upload
          onTypeIn={(companyId, file) => setTyping({ companyId, file })}
          onColumns={(companyId, file) => setMapping({ companyId, file })}
        />
      )}
      <MailboxPanel />
      <UnreadMails />
      <SavedColumns />
      <SegmentedControl
        aria-label="State"
        data={[...STATES]}
        value={state}
        onChange={(value) => setSearch({ state: value })}
        style={{ alignSelf: 'flex-start', maxWidth: '100%', overflowX: 'auto' }}
      />
      <Shown read={pages}>
        {() => (
          <DataTable
            label="Remittances"
            columns={COLUMNS}
            rows={rowsOf(pages.data)}
            keyOf={(row) => row.remittanceId}
            onOpen={(row) => go(`remittances/${row.remittanceId}`)}
            onEnd={() => readOn(pages)}
            loadingMore={pages.isFetchingNextPage}
            empty={
              <Empty icon={<IconListCheck size={36} stroke={1.4} />} title="No remittance yet">
                Drop the file in which a customer lists what was paid.
              </Empty>
            }
          />
        )}
      </Shown>
    </Page>
  );
}
