// How a template looks on a real document: subject, HTML or text, what is attached; and a test of it in one's own mailbox.

import { Button, Group, SegmentedControl, Select, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconFileInvoice, IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import { previewWords, testReminder } from '#collections/contract.ts';
import { listInvoices, previewMessage, testMessage } from '#invoicing/contract.ts';
import { previewStatementWords, testStatement } from '#statements/contract.ts';
import type { ApiProblem, Reply } from '../../lib/api.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { useMay } from '../../lib/may.ts';
import { MailFrame } from '../../ui/MailFrame.tsx';
import { Empty, Trouble } from '../../ui/Page.tsx';
import type { AboutTemplate } from './TemplateEditor.tsx';
import { TestAnswer } from './TestAnswer.tsx';
import { isAboutAccount, type TemplateKind, type writtenWords } from './template-words.ts';

type Invoice = Reply<typeof listInvoices>['rows'][number];
type Words = ReturnType<typeof writtenWords>;

const PAUSE_MS = 250;
/** Stands between number and name in what can be chosen, and in nothing that is searched for. */
const PARTING = ' · ';
const CHOICES = 20;

/** Which documents a template can be looked at with. */
function queryOf({ companyId, kind }: AboutTemplate, q: string) {
  return {
    companyId,
    kind: kind === 'credit_note_mail' ? ('credit_note' as const) : ('invoice' as const),
    ...(isAboutAccount(kind) ? { state: 'open' as const } : {}),
    ...(q === '' ? {} : { q }),
    limit: CHOICES,
  };
}

function labelOf(invoice: Invoice): string {
  return `${invoice.number}${PARTING}${invoice.customer.name}`;
}

export function TemplatePreview(props: { readonly about: AboutTemplate; readonly words: Words }) {
  const { about, words } = props;
  const [chosen, setChosen] = useState<Invoice | null>(null);
  const [text, setText] = useState('');
  // What was chosen stands in the field and is no search.
  const [q] = useDebouncedValue(text.includes(PARTING) ? '' : text.trim(), PAUSE_MS);
  const all = useRead(listInvoices, { query: queryOf(about, '') });
  const found = useRead(listInvoices, { query: queryOf(about, q) });
  const rows = found.data?.rows ?? [];
  const invoice = chosen ?? all.data?.rows[0];
  const known = invoice && !rows.some((row) => row.id === invoice.id) ? [invoice, ...rows] : rows;
  if (all.data?.rows.length === 0)
    return (
      <Empty icon={<IconFileInvoice size={36} stroke={1.4} />} title="Nothing to look at it with">
        Issue {about.kind === 'credit_note_mail' ? 'a credit note' : 'an invoice'} first; then the words are
        shown with real figures here.
      </Empty>
    );
  return (
    <Stack>
      <Select
        label={isAboutAccount(about.kind) ? 'Look at it with the customer of' : 'Look at it with'}
        searchable
        data={known.map((row) => ({ value: row.id, label: labelOf(row) }))}
        filter={({ options }) => options}
        value={invoice?.id ?? null}
        onChange={(id) => setChosen(known.find((row) => row.id === id) ?? null)}
        onSearchChange={setText}
        allowDeselect={false}
        nothingFoundMessage="None fits"
      />
      {invoice && about.kind === 'statement_mail' ? (
        <Statement about={about} words={words} customerId={invoice.customer.id} />
      ) : null}
      {invoice && about.kind !== 'statement_mail' && isAboutAccount(about.kind) ? (
        <Reminder about={about} words={words} customerId={invoice.customer.id} />
      ) : null}
      {invoice && !isAboutAccount(about.kind) ? (
        <Document about={about} words={words} invoiceId={invoice.id} />
      ) : null}
    </Stack>
  );
}

function Document(props: {
  readonly about: AboutTemplate;
  readonly words: Words;
  readonly invoiceId: string;
}) {
  const { about, words, invoiceId } = props;
  const { language, kind } = about;
  const channel = kind === 'sms_notice' ? ('sms' as const) : ('email' as const);
  const read = useRead(
    previewMessage,
    { params: { invoiceId }, body: { channel, language, words } },
    { enabled: words.text !== '' },
  );
  const test = useCommand(testMessage);
  return (
    <Stack>
      <Looks kind={kind} message={read.data} problem={read.error} />
      {channel === 'email' ? (
        <TestBar
          busy={test.isPending}
          problem={test.error}
          testMailId={test.data?.testMailId}
          onTest={() => test.mutate({ params: { invoiceId }, body: { language, words } })}
        />
      ) : null}
    </Stack>
  );
}

type OfCustomer = { readonly about: AboutTemplate; readonly words: Words; readonly customerId: string };

function Statement({ about, words, customerId }: OfCustomer) {
  const { companyId, language, kind } = about;
  const asked = { params: { customerId }, body: { companyId, language, words } };
  const read = useRead(previewStatementWords, asked, { enabled: words.text !== '' });
  const test = useCommand(testStatement);
  return (
    <Stack>
      <Looks kind={kind} message={read.data} problem={read.error} />
      <TestBar
        busy={test.isPending}
        problem={test.error}
        testMailId={test.data?.testMailId}
        onTest={() => test.mutate(asked)}
      />
    </Stack>
  );
}

function Reminder(props: OfCustomer) {
  const { about, words, customerId } = props;
  const { companyId, language, kind } = about;
  const body = { companyId, language, words, template: kind as 'upcoming' };
  const read = useRead(previewWords, { params: { customerId }, body }, { enabled: words.text !== '' });
  const test = useCommand(testReminder);
  return (
    <Stack>
      <Looks kind={kind} message={read.data} problem={read.error} />
      <TestBar
        busy={test.isPending}
        problem={test.error}
        testMailId={test.data?.testMailId}
        onTest={() => test.mutate({ params: { customerId }, body })}
      />
    </Stack>
  );
}

function Looks(props: {
  readonly kind: TemplateKind;
  readonly message: Reply<typeof previewMessage> | undefined;
  readonly problem: ApiProblem | null;
}) {
  const { kind, message, problem } = props;
  const [part, setPart] = useState('html');
  if (problem) return <Trouble problem={problem} />;
  if (!message) return null;
  return (
    <Stack gap="sm">
      <div>
        <Text size="sm" c="dimmed">
          To {message.recipient ?? 'nobody: this customer cannot be reached that way'}
        </Text>
        {message.subject === null ? null : <Text fw={600}>{message.subject}</Text>}
      </div>
      {message.html === null ? null : (
        <SegmentedControl
          aria-label="Part of the mail"
          size="xs"
          data={[
            { value: 'html', label: 'As shown' },
            { value: 'text', label: 'Plain text' },
          ]}
          value={part}
          onChange={setPart}
          style={{ alignSelf: 'flex-start' }}
        />
      )}
      {message.html !== null && part === 'html' ? (
        <MailFrame html={message.html} title="The message" height={520} />
      ) : (
        <Text component="pre" size="sm" my={0} style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          {message.text}
        </Text>
      )}
      {kind === 'sms_notice' ? null : (
        <Text size="sm">
          Attached:{' '}
          {message.attachments.length === 0
            ? 'nothing'
            : message.attachments.map((a) => a.fileName).join(', ')}
        </Text>
      )}
    </Stack>
  );
}

function TestBar(props: {
  readonly busy: boolean;
  readonly problem: ApiProblem | null;
  readonly testMailId: string | undefined;
  onTest(): void;
}) {
  const maySend = useMay('reminder.send');
  if (!maySend) return null;
  return (
    <Stack gap="sm">
      {props.problem ? <Trouble problem={props.problem} /> : null}
      <Group>
        <Button
          variant="default"
          leftSection={<IconSend size={16} aria-hidden />}
          loading={props.busy}
          onClick={props.onTest}
        >
          Send it to me as a test
        </Button>
      </Group>
      {props.testMailId ? <TestAnswer testMailId={props.testMailId} /> : null}
    </Stack>
  );
}
