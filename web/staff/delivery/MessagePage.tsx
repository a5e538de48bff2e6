// One message, exactly as it was or would be sent, and what became of it.

import { Alert, Button, Group, Stack, Table, Tabs, Text } from '@mantine/core';
import { listMessageItems } from '#collections/contract.ts';
import {
  downloadAttachment,
  downloadInboundMail,
  downloadMessage,
  dropMessage,
  endViewLink,
  getMessage,
  markMessageSent,
  resendMessage,
} from '#delivery/contract.ts';
import { usePathPart } from '../../lib/address.ts';
import type { Reply } from '../../lib/api.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { dayWords, momentWords } from '../../lib/format.ts';
import { History } from '../../ui/History.tsx';
import { MailFrame } from '../../ui/MailFrame.tsx';
import { Money } from '../../ui/Money.tsx';
import { Page, Panel, Shown, Trouble } from '../../ui/Page.tsx';
import { SaveButton } from '../../ui/SaveButton.tsx';
import { Scroll } from '../../ui/Scroll.tsx';
import { StateBadge } from '../../ui/StateBadge.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { GateResults } from '../gate/GateResults.tsx';
import { CHANNEL_WORDS, SEVERITY_WORDS, SIGNAL_WORDS } from './channel-words.ts';

type Message = Reply<typeof getMessage>;

const BYTES_PER_KB = 1_000;

export default function MessagePage() {
  const messageId = usePathPart('messageId');
  const read = useRead(getMessage, { params: { messageId } });
  return <Shown read={read}>{(message) => <MessageShown message={message} />}</Shown>;
}

function MessageShown({ message }: { readonly message: Message }) {
  const params = { messageId: message.messageId };
  return (
    <Page
      title={message.subject ?? `Message to ${message.customerName}`}
      subtitle={
        <Group gap="xs">
          <span>
            by {CHANNEL_WORDS[message.channel]} to {[message.recipient, ...message.copies].join(', ')} ·{' '}
            <TenantLink to={`customers/${message.customerId}`}>{message.customerName}</TenantLink>
          </span>
          <StateBadge state={message.state} />
        </Group>
      }
      actions={
        message.text === null ? null : (
          <SaveButton label="Save as .eml" operation={downloadMessage} input={{ params }} />
        )
      }
    >
      <Decision message={message} />
      {message.channel === 'email' ? <Mail message={message} /> : <OtherWay message={message} />}
      {message.attachments.length === 0 ? null : (
        <Panel title="Attachments">
          <Stack gap="xs">
            {message.attachments.map((a) => (
              <Group key={a.attachmentNo} gap="sm">
                <SaveButton
                  label={`${a.fileName} · ${Math.ceil(a.bytes / BYTES_PER_KB)} kB`}
                  operation={downloadAttachment}
                  input={{ params: { ...params, attachmentNo: a.attachmentNo } }}
                />
                {message.channel === 'email' ? <Signed file={a} /> : null}
              </Group>
            ))}
          </Stack>
        </Panel>
      )}
      <ViewLink message={message} />
      <Learned message={message} />
      <Items message={message} />
      {message.purpose === 'reminder' ? <GateResults messageId={message.messageId} /> : null}
      <Attempts message={message} />
    </Page>
  );
}

/** With which certificate a file was signed. Of those that never are, such as e-invoices as XML, nothing is said. */
function Signed({ file }: { readonly file: Message['attachments'][number] }) {
  if (file.contentType !== 'application/pdf') return null;
  const { signedWith } = file;
  return (
    <Text size="sm" c="dimmed">
      {signedWith
        ? `Signed as ${signedWith.name}, with a certificate of ${signedWith.issuerName} that is valid until ${dayWords(signedWith.validUntil.slice(0, 10))}`
        : 'Not signed'}
    </Text>
  );
}

/** A mail as it looks, as text, and its headers. */
function Mail({ message }: { readonly message: Message }) {
  return (
    <Tabs defaultValue="html" keepMounted={false}>
      <Tabs.List>
        <Tabs.Tab value="html">As it looks</Tabs.Tab>
        <Tabs.Tab value="text">As text</Tabs.Tab>
        <Tabs.Tab value="headers">Headers</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="html" pt="md">
        {message.html === null ? (
          <Text c="dimmed">It is written in the moment of sending, so that its figures are right.</Text>
        ) : (
          <MailFrame html={message.html} title="The message" />
        )}
      </Tabs.Panel>
      <Tabs.Panel value="text" pt="md">
        <Panel>
          <Text component="pre" size="sm" style={{ whiteSpace: 'pre-wrap' }}>
            {message.text}
          </Text>
        </Panel>
      </Tabs.Panel>
      <Tabs.Panel value="headers" pt="md">
        <Panel>
          <Table variant="vertical">
            <Table.Tbody>
              {message.headers.map((header) => (
                <Table.Tr key={header.name + header.value}>
                  <Table.Th className="fact-name">{header.name}</Table.Th>
                  <Table.Td style={{ wordBreak: 'break-all' }}>{header.value}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Panel>
      </Tabs.Panel>
    </Tabs>
  );
}

/** What goes by another way is one file; the words of a text message are shown. */
function OtherWay({ message }: { readonly message: Message }) {
  if (message.text === null) return null;
  return (
    <Panel title="What it says">
      <Text size="sm">{message.text}</Text>
    </Panel>
  );
}

const WORDS: Readonly<Record<string, string>> = {
  unknown:
    'The connection broke while it was being handed over: it may have arrived or not. It is not sent again by itself. Ask the customer, or look at the mail server’s log.',
  refused: 'The mail server refused it for good.',
  failed: 'It could not be handed over after several tries.',
  ready: 'It lies ready to be printed and posted. Print it below; say so when it is in the post.',
};

function Decision({ message }: { readonly message: Message }) {
  const resend = useCommand(resendMessage);
  const mark = useCommand(markMessageSent);
  const drop = useCommand(dropMessage);
  const words = WORDS[message.state];
  const input = { params: { messageId: message.messageId } };
  const problem = resend.error ?? mark.error ?? drop.error;
  if (words === undefined) return problem ? <Trouble problem={problem} /> : null;
  return (
    <Alert color="orange" title={words}>
      <Stack gap="xs">
        {message.answer ? <Text size="sm">The answer was: {message.answer}</Text> : null}
        {problem ? <Trouble problem={problem} /> : null}
        <Group>
          {message.may.resend === true ? (
            <Button size="xs" loading={resend.isPending} onClick={() => resend.mutate(input)}>
              Send it again
            </Button>
          ) : null}
          {message.may.markSent === true ? (
            <Button
              size="xs"
              variant="default"
              loading={mark.isPending}
              onClick={() => mark.mutate({ ...input, body: {} })}
            >
              {message.state === 'ready' ? 'It is posted' : 'It did arrive'}
            </Button>
          ) : null}
          {message.may.drop === true ? (
            <Button size="xs" variant="default" loading={drop.isPending} onClick={() => drop.mutate(input)}>
              Do not send it
            </Button>
          ) : null}
        </Group>
      </Stack>
    </Alert>
  );
}

/** The link to its documents, which a person may end when it went to somebody it should not have gone to. */
function ViewLink({ message }: { readonly message: Message }) {
  const end = useCommand(endViewLink);
  if (message.view === null) return null;
  const { until, endedAt } = message.view;
  return (
    <Panel title="Link to its documents">
      <Stack gap="xs" align="flex-start">
        <Text size="sm">
          {endedAt === null
            ? `Whoever has the mail can see them without signing in until ${momentWords(until)}.`
            : `Ended ${momentWords(endedAt)}: it shows nothing any more.`}
        </Text>
        {end.error ? <Trouble problem={end.error} /> : null}
        {message.may.endView === true ? (
          <Button
            size="xs"
            variant="default"
            loading={end.isPending}
            onClick={() => end.mutate({ params: { messageId: message.messageId } })}
          >
            End the link for good
          </Button>
        ) : null}
      </Stack>
    </Panel>
  );
}

/** What was learned of it after it was handed over, with the mail that said so. */
function Learned({ message }: { readonly message: Message }) {
  if (message.signals.length === 0) return null;
  return (
    <Panel title="What became of it">
      <History
        entries={[...message.signals].reverse().map((signal) => ({
          key: `${signal.recordedAt} ${signal.kind} ${signal.address}`,
          title: `${SIGNAL_WORDS[signal.kind] ?? signal.kind}${
            signal.severity ? `: ${SEVERITY_WORDS[signal.severity]}` : ''
          }`,
          when: momentWords(signal.happenedAt),
          children: (
            <Stack gap={4} align="flex-start">
              <Text size="xs" style={{ overflowWrap: 'anywhere' }}>
                {[signal.address, signal.detail].filter(Boolean).join(' · ')}
              </Text>
              {signal.inboundMailId ? (
                <SaveButton
                  label="Save the mail that said so"
                  operation={downloadInboundMail}
                  input={{ params: { inboundMailId: signal.inboundMailId } }}
                />
              ) : null}
            </Stack>
          ),
        }))}
      />
    </Panel>
  );
}

function Items({ message }: { readonly message: Message }) {
  const read = useRead(listMessageItems, { params: { messageId: message.messageId } });
  const rows = read.data?.rows ?? [];
  if (rows.length === 0) return null;
  return (
    <Panel title="What it speaks about">
      <Scroll minWidth={280}>
        <Table>
          <Table.Tbody>
            {rows.map((row) => (
              <Table.Tr key={row.itemId}>
                <Table.Td>
                  <TenantLink to={`invoices/${row.documentId}`}>{row.reference}</TenantLink>
                  <Text size="xs" c="dimmed" hiddenFrom="sm">
                    due {dayWords(row.dueOn)}, {spokenOf(row)}
                  </Text>
                </Table.Td>
                <Table.Td visibleFrom="sm">due {dayWords(row.dueOn)}</Table.Td>
                <Table.Td visibleFrom="sm">{spokenOf(row)}</Table.Td>
                <Table.Td className="numeric">{row.open ? <Money value={row.open} /> : null}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Scroll>
    </Panel>
  );
}

/** How a message speaks of an item, or why it does not. */
function spokenOf({ phase, leftOut }: Reply<typeof listMessageItems>['rows'][number]): string {
  return leftOut === null ? phase.replaceAll('_', ' ') : `left out: ${leftOut.replaceAll('_', ' ')}`;
}

function Attempts({ message }: { readonly message: Message }) {
  if (message.attempts.length === 0) return null;
  return (
    <Panel title="Proof of sending">
      <Scroll minWidth={280}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>When</Table.Th>
              <Table.Th visibleFrom="sm">By</Table.Th>
              <Table.Th visibleFrom="sm">Outcome</Table.Th>
              <Table.Th visibleFrom="sm">Answer of the server</Table.Th>
              <Table.Th>SHA-256 of the bytes</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {message.attempts.map((attempt) => (
              <Table.Tr key={attempt.attemptNo}>
                <Table.Td>
                  {momentWords(attempt.startedAt)}
                  {/* A phone has no room for more columns: all of a try stands under its moment. */}
                  <Text size="xs" c="dimmed" hiddenFrom="sm">
                    by {wayWords(attempt)}, {outcomeWords(attempt)}
                    {attempt.answer ? `: ${attempt.answer}` : ''}
                  </Text>
                </Table.Td>
                <Table.Td visibleFrom="sm">{wayWords(attempt)}</Table.Td>
                <Table.Td visibleFrom="sm">{outcomeWords(attempt)}</Table.Td>
                <Table.Td visibleFrom="sm">{attempt.answer ?? ''}</Table.Td>
                <Table.Td>
                  <Text size="xs" ff="monospace" title={attempt.sha256}>
                    {attempt.sha256.slice(0, 16)}…
                  </Text>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Scroll>
    </Panel>
  );
}

type Attempt = Message['attempts'][number];

const wayWords = ({ transport }: Attempt): string => transport.replaceAll('_', ' ');
const outcomeWords = ({ outcome }: Attempt): string => outcome ?? 'not known yet';
