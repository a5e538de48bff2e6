// How one document was sent: each message with its tries, what was learned afterwards, and the proof of all of it as a file.

import { Button, Group, Menu, Stack, Text } from '@mantine/core';
import {
  IconChevronDown,
  IconCloudUpload,
  IconMail,
  IconMailbox,
  IconMessage,
  IconNetwork,
  IconSend,
} from '@tabler/icons-react';
import { CHARGE_CHANNELS, deliverCharges } from '#charges/contract.ts';
import { downloadEvidence, listDeliveries } from '#delivery/contract.ts';
import { deliverInvoices } from '#invoicing/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { momentWords } from '../../lib/format.ts';
import { useMay } from '../../lib/may.ts';
import { History, type HistoryEntry } from '../../ui/History.tsx';
import { Empty, Panel, Shown, Trouble } from '../../ui/Page.tsx';
import { SaveButton } from '../../ui/SaveButton.tsx';
import { StateBadge } from '../../ui/StateBadge.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { CHANNEL_CHOICES, CHANNEL_WORDS, SEVERITY_WORDS, SIGNAL_WORDS } from './channel-words.ts';

type Delivery = Reply<typeof listDeliveries>['rows'][number];
/** Ways that we send by; what a person posts in a portal is noted there. */
type Channel = Exclude<Delivery['channel'], 'ap_portal'>;

const REFRESH_MS = 5_000;
const ICON_SIZE = 18;
const ICONS: Readonly<Record<Delivery['channel'], typeof IconMail>> = {
  email: IconMail,
  post: IconMailbox,
  sms: IconMessage,
  network: IconNetwork,
  ap_portal: IconCloudUpload,
};

type DeliveryProps = {
  readonly documentId: string;
  readonly voided: boolean;
  /** What it is: each kind is sent by an operation of its own. */
  readonly kind?: 'invoice' | 'charge';
};

export function InvoiceDelivery({ documentId, voided, kind = 'invoice' }: DeliveryProps) {
  const read = useRead(listDeliveries, { query: { documentId } }, { refreshMs: REFRESH_MS });
  return (
    <Shown read={read}>
      {({ rows }) => (
        <Stack>
          <SendBar documentId={documentId} again={rows.length > 0} voided={voided} kind={kind} />
          {rows.length === 0 ? (
            <Panel>
              <Empty icon={<IconMail size={36} stroke={1.4} />} title="Not sent yet">
                Send it by the way the customer wants. Each try, each answer and what came back will stand
                here.
              </Empty>
            </Panel>
          ) : (
            rows.map((delivery) => <OneDelivery key={delivery.messageId} delivery={delivery} />)
          )}
        </Stack>
      )}
    </Shown>
  );
}

const REASONS: Readonly<Record<string, string>> = {
  no_way:
    'There is no way to reach this customer. Add a contact with an e-mail address or a billing address.',
  already_on_its_way: 'It is on its way already.',
  by_portal: 'A person posts it in the customer’s portal.',
  voided: 'It is voided, so it is not sent.',
  waived: 'It was taken back, so it is not sent.',
};

function SendBar(props: Required<DeliveryProps> & { readonly again: boolean }) {
  const { documentId, again, voided, kind } = props;
  const sendInvoice = useCommand(deliverInvoices);
  const sendCharge = useCommand(deliverCharges);
  const send = kind === 'charge' ? sendCharge : sendInvoice;
  const maySend = useMay('reminder.send');
  const by = (channel?: Channel): void => {
    if (kind === 'invoice')
      sendInvoice.mutate({ body: { invoiceIds: [documentId], ...(channel ? { channel } : {}) } });
    else {
      const whole = CHARGE_CHANNELS.find((known) => known === channel);
      sendCharge.mutate({ body: { chargeIds: [documentId], ...(whole ? { channel: whole } : {}) } });
    }
  };
  const choices = CHANNEL_CHOICES.filter(
    ({ value }) => kind === 'invoice' || (CHARGE_CHANNELS as readonly string[]).includes(value),
  );
  const reason = send.data?.results[0]?.reason;
  return (
    <Stack gap="xs">
      <Group>
        {maySend && !voided ? (
          <Button.Group>
            <Button
              leftSection={<IconSend size={16} aria-hidden />}
              loading={send.isPending}
              onClick={() => by()}
            >
              {again ? 'Send again' : 'Send'}
            </Button>
            <Menu position="bottom-start">
              <Menu.Target>
                <Button aria-label="Send by another way" px="xs" style={{ borderLeft: '1px solid #fff5' }}>
                  <IconChevronDown size={16} aria-hidden />
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                {choices.map(({ value, label }) => (
                  <Menu.Item key={value} onClick={() => by(value as Channel)}>
                    By {label}
                  </Menu.Item>
                ))}
              </Menu.Dropdown>
            </Menu>
          </Button.Group>
        ) : null}
        {again ? (
          <SaveButton
            label="Save the proof (.zip)"
            operation={downloadEvidence}
            input={{ params: { documentId } }}
          />
        ) : null}
      </Group>
      {send.error ? <Trouble problem={send.error} /> : null}
      {reason ? (
        <Text size="sm" role="status">
          {REASONS[reason]}
        </Text>
      ) : null}
    </Stack>
  );
}

/** What happened to one message, the latest first: tries and signals in one row of time. */
function entriesOf(delivery: Delivery): readonly HistoryEntry[] {
  const tries = delivery.attempts.map((attempt) => {
    // A letter that is printed here is put on paper at its try; that it is in the post is learned afterwards.
    const isPrinted = attempt.transport === 'print' && (attempt.outcome ?? 'sent') === 'sent';
    const at = isPrinted ? attempt.startedAt : (attempt.endedAt ?? attempt.startedAt);
    return {
      at,
      entry: {
        key: `try ${attempt.attemptNo}`,
        title: isPrinted ? 'Written, to be printed' : triedWords(attempt),
        when: momentWords(at),
        children: <Detail text={isPrinted ? '' : (attempt.answer ?? '')} />,
      },
    };
  });
  const signals = delivery.signals.map((signal, index) => ({
    at: signal.recordedAt,
    entry: {
      key: `signal ${index}`,
      title: `${SIGNAL_WORDS[signal.kind] ?? signal.kind}${
        signal.severity ? `: ${SEVERITY_WORDS[signal.severity]}` : ''
      }`,
      when: momentWords(signal.happenedAt),
      children: <Detail text={[signal.address, signal.detail].filter(Boolean).join(' · ')} />,
    },
  }));
  const queued = {
    at: delivery.createdAt,
    entry: { key: 'queued', title: 'Queued', when: momentWords(delivery.createdAt) },
  };
  // What a person posted was never queued.
  const waited = delivery.channel === 'ap_portal' ? [] : [queued];
  return [...waited, ...tries, ...signals].sort((a, b) => (a.at < b.at ? 1 : -1)).map(({ entry }) => entry);
}

function triedWords({ transport, outcome }: Delivery['attempts'][number]): string {
  if (transport === 'by_hand') return 'Posted by a person';
  return TRY_WORDS[outcome ?? 'open'] ?? 'Handed over';
}

const TRY_WORDS: Readonly<Record<string, string>> = {
  sent: 'Taken over',
  refused: 'Refused for good',
  later: 'Not taken over yet; it is tried again',
  unknown: 'Perhaps taken over: the answer was not heard',
  open: 'Waits to be answered',
};

function Detail({ text }: { readonly text: string }) {
  return text === '' ? null : (
    <Text size="xs" style={{ wordBreak: 'break-word' }}>
      {text}
    </Text>
  );
}

function OneDelivery({ delivery }: { readonly delivery: Delivery }) {
  const Icon = ICONS[delivery.channel];
  return (
    <Panel
      title={`By ${CHANNEL_WORDS[delivery.channel]}`}
      actions={<TenantLink to={`outbox/${delivery.messageId}`}>Open the message</TenantLink>}
    >
      <Group gap="xs" mb="sm" wrap="nowrap">
        <Icon size={ICON_SIZE} stroke={1.6} style={{ flexShrink: 0 }} aria-hidden />
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          to {[delivery.recipient, ...delivery.copies].join(', ')}
        </Text>
        <StateBadge state={delivery.state} />
      </Group>
      <History entries={entriesOf(delivery)} />
      {delivery.proofs.length > 0 ? (
        <Text size="xs" c="dimmed">
          Proof: {delivery.proofs.map((proof) => proof.name).join(', ')}
        </Text>
      ) : null}
    </Panel>
  );
}
