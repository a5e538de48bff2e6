// Sending one message: read what is true now, write it, let it leave, hand it over, note the answer. Each step is committed
// before the next begins, and nothing goes outside inside a transaction. Where the answer is not heard, a person decides.

import type { Envelope } from '#carriers/mail-message.ts';
import type { LetterNews } from '#carriers/read-letter-status.ts';
import type { SendOutcome } from '#carriers/send-mail.ts';
import { carryOut } from '#command/command.ts';
import type { JobTools } from '#identity/make-system-context.ts';
import type { MessageId, TenantId } from '#kernel/id.ts';
import { WRITING_ROUNDS_MAX } from '#kernel/limits.ts';
import type { ServerSecret } from '#signing/sign-files.ts';
import { beginSending, type Leaving, type MessageSource } from './begin-sending.ts';
import { endSilent, noteNotWritten } from './end-sending.ts';
import { handOver } from './hand-over.ts';
import { type Channel, isEarly, type MessageState, sendingChannel, type TransportKind } from './message.ts';
import { inDoubtAtMost } from './take-places.ts';
import { type Draft, readDraft, tryToWrite } from './write-letter.ts';

/** The way messages leave. The built-in outbox keeps them where they can be read, and sends nothing. */
export type Transport =
  | { readonly kind: 'outbox' }
  | { readonly kind: 'smtp'; send(envelope: Envelope, raw: Uint8Array): Promise<SendOutcome> };

/** What goes by another way than mail, to whom. */
export type Sending = {
  readonly tenantId: TenantId;
  readonly messageId: MessageId;
  readonly recipient: string;
  readonly subject: string;
  readonly fileName: string;
  readonly file: Uint8Array;
};

/** Somebody else who takes things over: a letter service, an SMS service, the access point of a network. */
export type Carrier = {
  readonly kind: TransportKind;
  /** Hands over; says plainly what became of it, and what it is called there. Never throws for what happens outside. */
  send(sending: Sending): Promise<SendOutcome & { readonly reference?: string | undefined }>;
  /** What it is, for people: where, as whom. */
  readonly about?: string;
  /** Whether it answers and knows us. */
  tryOut?(): Promise<TriedOut>;
  /** What became of a letter, by what it is called there. */
  askAbout?(reference: string): Promise<LetterNews | undefined>;
};

/** What came of trying out a service, in its own words. */
export type TriedOut = { readonly works: boolean; readonly answer: string };

/** The ways besides mail that are set up. Letters are printed here where there is no service for them. */
export type Carriers = Readonly<Partial<Record<Exclude<Channel, 'email'>, Carrier>>>;

/** What sending needs; made once when a process starts. */
export type MailTools = Pick<JobTools, 'door' | 'clock' | 'log' | 'contextOf'> & {
  readonly transport: Transport;
  readonly carriers?: Carriers | undefined;
  /** Where an access point of a network of e-invoices and we leave files for each other. */
  readonly networkFolder?: string | undefined;
  /** The address all messages come from, where the mail server allows only one; answers go to the company's own. */
  readonly senderAddress?: string | undefined;
  /** Where customers reach the server; without it mails have no links. */
  readonly publicUrl?: string | undefined;
  /** The secret that keys to sign with are sealed with; without it nothing is signed. */
  readonly secret?: ServerSecret | undefined;
  /** One for each purpose messages are sent for. */
  readonly sources: readonly MessageSource[];
};

/**
 * Sends a message that is queued and gives the state it is in then. Done twice, or by two at once, it is handed over
 * once: only the one that moved it from queued to sending, in a committed transaction, hands it over.
 *
 * A message found in sending whose process died is not handed over again; its fate is then unknown, for a person to
 * decide. Refuses: `message_not_found`.
 */
export async function sendMessage(
  tools: MailTools,
  tenantId: TenantId,
  messageId: MessageId,
): Promise<MessageState> {
  for (let round = 1; round <= WRITING_ROUNDS_MAX; round += 1) {
    const now = tools.clock();
    const draft = await readDraft(tools, tenantId, messageId, now);
    if (draft.message.state === 'sending') return recover(tools, tenantId, messageId);
    if (draft.message.state !== 'queued' || isEarly(draft.message, now)) return draft.message.state;
    const letter = await tryToWrite(tools, tenantId, draft, { now });
    if ('problem' in letter) return noteProblem(tools, tenantId, messageId, letter);
    const transport = transportOf(tools, sendingChannel(draft.message));
    if (transport === undefined)
      return noteProblem(tools, tenantId, messageId, { problem: NOT_SET_UP, forGood: true });
    const state = await leave(tools, tenantId, draft, { source: draft.source, letter, transport });
    if (state !== 'again') return state;
  }
  const problem = 'what it speaks about kept changing while it was written';
  return noteProblem(tools, tenantId, messageId, { problem });
}

/** Lets a message leave, hands it over and notes the answer; `again` where it is to be written anew. */
function leave(
  tools: MailTools,
  tenantId: TenantId,
  { message }: Draft,
  leaving: Leaving,
): Promise<MessageState | 'again'> {
  return inDoubtAtMost(1, async () => {
    const context = await tools.contextOf(tenantId);
    const begun = await carryOut(tools.door, context, beginSending(leaving), { messageId: message.id });
    if (begun.next === 'again') return 'again';
    if (begun.next === 'stop') return begun.state;
    return handOver(tools, tenantId, { message, attemptNo: begun.attemptNo, letter: leaving.letter });
  });
}

const NOT_SET_UP = 'this way of sending is not set up here';

/** By what the messages of a channel leave; nothing where that is not set up. */
function transportOf(tools: MailTools, channel: Channel): TransportKind | undefined {
  if (channel === 'email') return tools.transport.kind;
  return tools.carriers?.[channel]?.kind ?? (channel === 'post' ? 'print' : undefined);
}

/** Notes what stood in the way of writing a message. Refuses: `message_not_found`. */
export async function noteProblem(
  tools: MailTools,
  tenantId: TenantId,
  messageId: MessageId,
  { problem, forGood = false }: { readonly problem: string; readonly forGood?: boolean },
): Promise<MessageState> {
  const context = await tools.contextOf(tenantId);
  return (await carryOut(tools.door, context, noteNotWritten, { messageId, problem, forGood })).state;
}

/** Looks at a message that is being sent, by a process that may have died. */
async function recover(tools: MailTools, tenantId: TenantId, messageId: MessageId): Promise<MessageState> {
  const context = await tools.contextOf(tenantId);
  return (await carryOut(tools.door, context, endSilent, { messageId })).state;
}
