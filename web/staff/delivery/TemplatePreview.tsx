// How a template looks on a real document: subject, HTML or text, what is attached; and a test of it in one's own mailbox.

import { Button, Group, SegmentedControl, Select, Skeleton, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconFileInvoice, IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import { previewLetterWords, previewWords, testReminder } from '#collections/contract.ts';
import { listInvoices, previewMessage, testMessage } from '#invoicing/contract.ts';
import { previewStatementWords, testStatement } from '#statements/contract.ts';
import { previewThanks, testThanks } from '#thanks/contract.ts';
import type { ApiProblem, Reply } from '../../lib/api.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { useFileUrl } from '../../lib/file.ts';
import { useMay } from '../../lib/may.ts';
import { MailFrame } from '../../ui/MailFrame.tsx';
import { Empty, Trouble } from '../../ui/Page.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import type { AboutTemplate } from './TemplateEditor.tsx';
import { TestAnswer } from './TestAnswer.tsx';
import {
  isAboutAccount,
  isLetter,
  isReminder,
  isShort,
  lengthWords,
  type TemplateKind,
  type writtenWords,
} from './template-words.ts';

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
    ...(isAboutAccount(kind)
      ? { state: kind === 'thanks_mail' ? ('paid' as const) : ('open' as const) }
      : {}),
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
        {about.kind === 'thanks_mail'
          ? 'No invoice is paid yet. Once one is, the words are shown with real figures here.'
          : `Issue ${about.kind === 'credit_note_mail' ? 'a credit note' : 'an invoice'} first; then the words are shown with real figures here.`}
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
      {invoice && isLetter(about.kind) ? (
        <Letter about={about} words={words} customerId={invoice.customer.id} />
      ) : null}
      {invoice && about.kind === 'thanks_mail' ? (
        <Thanks about={about} words={words} customerId={invoice.customer.id} />
      ) : null}
      {invoice && isReminder(about.kind) ? (
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
  const sendTest = () => test.mutate({ params: { invoiceId }, body: { language, words } });
  return <Tried kind={kind} read={read} test={test} onTest={channel === 'email' ? sendTest : undefined} />;
}

type OfCustomer = { readonly about: AboutTemplate; readonly words: Words; readonly customerId: string };

const askedOf = ({ about: { companyId, language }, words, customerId }: OfCustomer) => ({
  params: { customerId },
  body: { companyId, language, words },
});

function Statement(props: OfCustomer) {
  const asked = askedOf(props);
  const read = useRead(previewStatementWords, asked, { enabled: props.words.text !== '' });
  const test = useCommand(testStatement);
  return <Tried kind={props.about.kind} read={read} test={test} onTest={() => test.mutate(asked)} />;
}

function Thanks(props: OfCustomer) {
  const asked = askedOf(props);
  const read = useRead(previewThanks, asked, { enabled: props.words.text !== '' });
  const test = useCommand(testThanks);
  return <Tried kind={props.about.kind} read={read} test={test} onTest={() => test.mutate(asked)} />;
}

/** The letter as it would be printed. */
function Letter({ about, words, customerId }: OfCustomer) {
  const { companyId, language, kind } = about;
  const template = kind.replace('letter_', '') as 'upcoming';
  const file = useFileUrl(
    previewLetterWords,
    { params: { customerId }, body: { companyId, language, words, template } },
    words.text !== '',
  );
  if (file.error) return <Trouble problem={file.error} />;
  return file.url ? <Sheet url={file.url} title="The letter as PDF" /> : <Skeleton h={760} />;
}

function Reminder(props: OfCustomer) {
  const { about, words, customerId } = props;
  const { companyId, language, kind } = about;
  const isText = isShort(kind);
  const body = { companyId, language, words, template: kind.replace(/^(sms|other)_/, '') as 'upcoming' };
  const channel = isText ? ('sms' as const) : ('email' as const);
  const asked = { params: { customerId }, body: { ...body, channel } };
  const read = useRead(previewWords, asked, { enabled: words.text !== '' });
  const test = useCommand(testReminder);
  const sendTest = () => test.mutate({ params: { customerId }, body });
  return <Tried kind={kind} read={read} test={test} onTest={isText ? undefined : sendTest} />;
}

type TestMail = {
  readonly isPending: boolean;
  readonly error: ApiProblem | null;
  readonly data: { readonly testMailId: string } | undefined;
};

/** How a template looks, and a test of it where it goes by mail. */
function Tried(props: {
  readonly kind: TemplateKind;
  readonly read: {
    readonly data: Reply<typeof previewMessage> | undefined;
    readonly error: ApiProblem | null;
  };
  readonly test: TestMail;
  readonly onTest: (() => void) | undefined;
}) {
  const { kind, read, test, onTest } = props;
  return (
    <Stack>
      <Looks kind={kind} message={read.data} problem={read.error} />
      {onTest ? <TestBar test={test} onTest={onTest} /> : null}
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
      {message.length ? (
        <Text size="sm" c="dimmed">
          {lengthWords(message.length)}
        </Text>
      ) : null}
      {isShort(kind) ? null : (
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

function TestBar({ test, onTest }: { readonly test: TestMail; readonly onTest: () => void }) {
  const maySend = useMay('reminder.send');
  if (!maySend) return null;
  return (
    <Stack gap="sm">
      {test.error ? <Trouble problem={test.error} /> : null}
      <Group>
        <Button
          variant="default"
          leftSection={<IconSend size={16} aria-hidden />}
          loading={test.isPending}
          onClick={onTest}
        >
          Send it to me as a test
        </Button>
      </Group>
      {test.data ? <TestAnswer testMailId={test.data.testMailId} /> : null}
    </Stack>
  );
}
