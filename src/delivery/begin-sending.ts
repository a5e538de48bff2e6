// The moment a message leaves: what it speaks about is read again and locked, and is still what was written; the bytes
// are kept; then, and only then, may they be handed over. Committed before the first byte leaves.

import { createHash } from 'node:crypto';
import type { Envelope, MailAttachment, MailMessage } from '#carriers/mail-message.ts';
import type { Act, Command } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { assert, present } from '#kernel/assert.ts';
import type { Instant } from '#kernel/calendar.ts';
import { canonicalJson } from '#kernel/canonical.ts';
import type { MessageId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { DocumentLanguage } from '#printing/language.ts';
import { type AboutToLeave, letLeave } from './decide-leaving.ts';
import {
  type Channel,
  isEarly,
  type Message,
  type MessagePurpose,
  type MessageState,
  type TransportKind,
} from './message.ts';
import { findAttemptsOf, lockMessage, lockMessages } from './store.ts';

/** What there is to say in a message right now. */
export type Reading<Content> = {
  /** Who it goes to; nobody, when `silent` says why. */
  readonly recipient: string | undefined;
  /** Who else gets a mail. */
  readonly copies?: readonly string[];
  /** Message-IDs of what was said about the same before, the latest last, so that mail programs show one conversation. */
  readonly follows?: readonly string[];
  readonly language: DocumentLanguage;
  /** Plain facts; the message is written from them alone, and written anew when they change. */
  readonly content: Content;
  /** Why nothing is left to say; absent when there is something. `NO_WAY`: there is, and nobody to say it to. */
  readonly silent: string | undefined;
  /** It is not the moment to say it: why, and when to look again. Until then the message stays queued. */
  readonly waits?: { readonly reason: string; readonly until: Instant } | undefined;
};

/** Why a document that is there to be said is not said: no way leads to its customer. */
export const NO_WAY = 'no_way';

/** What became of a message in the moment it was about to leave: it is handed over, stays queued, or is dropped. */
export type Judged =
  | { readonly verdict: 'passed'; readonly attemptNo: number }
  | { readonly verdict: 'waits' }
  | { readonly verdict: 'dropped'; readonly reason: string };

/** A message in words. Identifier, time and the addresses on it are delivery's affair. */
export type Written = Pick<MailMessage, 'subject' | 'text' | 'html' | 'attachments'> & {
  /** Who speaks; answers go to the address, where there is one. */
  readonly sender: { readonly name: string; readonly address: string | null };
  /** A person or team of the company in whose name it is said: answers go there; it is sent from the usual address. */
  readonly speaker?: { readonly name: string; readonly address: string } | null;
  readonly recipientName: string | undefined;
};

/** What goes by another way than mail, as one file: a letter to print, the words of a short notice, an e-invoice. */
export type Parcel = { readonly subject: string; readonly file: MailAttachment };

/** Reads further facts (documents to attach) while a message is being written, outside of the sending. */
export type ReadMore = {
  <T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Keeps what was drawn for the next time; absent where nothing is kept. */
  readonly keep?: ((work: (tx: Tx) => Promise<void>) => Promise<void>) | undefined;
};

/** Where the content of messages of one purpose comes from: the module that made them necessary. */
export type MessageSource<Content = unknown> = {
  readonly purpose: MessagePurpose;
  /** What there is to say now. Locks what it speaks about until the transaction ends. */
  read(tx: Tx, message: Message, now: Instant): Promise<Reading<Content>>;
  /**
   * The same of several, each to another customer, in as many questions as of one. What is read of each must be the same as
   * alone. Absent where each is read by itself.
   */
  readTogether?(
    tx: Tx,
    messages: readonly Message[],
    now: Instant,
  ): Promise<ReadonlyMap<MessageId, Reading<Content>>>;
  /**
   * Puts it into words and draws what is attached. Outside of any transaction, but what is words alone. `viewUrl`: where its
   * documents can be seen without signing in; absent where the company has no such links.
   */
  write(content: Content, more: ReadMore, viewUrl?: string): Promise<Written>;
  /**
   * Whether a mail of it is words alone: nothing more is read or drawn to write it, so that it is written in the transaction
   * it leaves in. Absent where none is.
   */
  isWords?(content: Content): boolean;
  /** Makes the file that goes by another channel than mail; absent where that purpose knows only mail. */
  pack?(content: Content, more: ReadMore, channel: Channel): Promise<Parcel>;
  /** What of the content stands on a letter; all of it where left out. A letter that lies ready is written anew once it changed. */
  standingOn?(content: Content): unknown;
  /**
   * Notes what messages say, and what they leave out, in the transaction that lets them leave or drops them: what is noted of
   * several is what is noted of each.
   */
  save(act: Act, said: readonly Saying<Content>[]): void;
  /** Keeps what was looked at before they left, waited or were dropped, in that transaction; absent where nothing is kept. */
  judged?(act: Act, judged: readonly JudgedMessage<Content>[]): Promise<void>;
};

/** What a message says. `perhapsSaid`: an earlier try may have reached the customer, so that nothing counts as unsaid. */
export type Saying<Content> = {
  readonly message: Message;
  readonly content: Content;
  readonly perhapsSaid: boolean;
};

/** What a message would say, and what became of it in the moment it was about to leave. */
export type JudgedMessage<Content> = {
  readonly message: Message;
  readonly content: Content;
  readonly judged: Judged;
};

/** What there is to say in messages of one purpose, each to another customer. */
export async function readAll(
  tx: Tx,
  source: MessageSource,
  messages: readonly Message[],
  now: Instant,
): Promise<ReadonlyMap<MessageId, Reading<unknown>>> {
  if (source.readTogether && messages.length > 1) return source.readTogether(tx, messages, now);
  const read = messages.map(async (one) => [one.id, await source.read(tx, one, now)] as const);
  return new Map(await Promise.all(read));
}

/** A message ready to be handed over: the facts it was written from, and its bytes; none where nothing is to be said. */
export type Letter = {
  /** Tells the facts, to be compared with those it leaves with; absent where it leaves in the transaction these were read in. */
  readonly fingerprint?: string;
  readonly mail:
    | {
        readonly subject: string;
        readonly envelope: Envelope;
        readonly raw: Uint8Array;
        readonly fileName?: string;
      }
    | undefined;
};

/** The facts as one text, to see whether they changed. */
export function fingerprintOf(reading: Reading<unknown>): string {
  return canonicalJson(reading);
}

/** What tells what a message says, to see later whether it would say something else by then. */
export function writtenFrom(
  source: MessageSource,
  { recipient, language, content }: Reading<unknown>,
): Uint8Array {
  const said = source.standingOn ? source.standingOn(content) : content;
  return createHash('sha256').update(canonicalJson({ recipient, language, said })).digest();
}

export type BeginSending = { readonly messageId: MessageId };

/** `send`: hand it over now. `again`: what it speaks about changed meanwhile, write it anew. `stop`: it is not to be sent. */
export type Begun =
  | { readonly next: 'send'; readonly attemptNo: number }
  | { readonly next: 'again' }
  | { readonly next: 'stop'; readonly state: MessageState };

/** A message that was written, and by what it leaves. */
export type Leaving = {
  readonly source: MessageSource;
  readonly letter: Letter;
  readonly transport: TransportKind;
};

/**
 * Lets a message leave, or drops it when nothing is left to say. To be carried out without a command id of its own: doing
 * it twice must not give the first answer again, which is that it may be sent.
 *
 * Into the built-in outbox it is sent in the same transaction, since nothing goes outside.
 *
 * Refuses: `message_not_found`.
 */
export function beginSending(leaving: Leaving): Command<BeginSending, Begun> {
  return {
    name: 'begin-sending',
    permission: 'reminder.send',
    async run(act, { messageId }) {
      const message = await lockMessage(act, messageId);
      if (!message) throw new Refusal('message_not_found', { messageId });
      const { source } = leaving;
      const [readings, attempts] = await Promise.all([
        readAll(act, source, dueOf([message], act.now), act.now),
        findAttemptsOf(act, [messageId]),
      ]);
      const one = {
        ...leaving,
        message,
        reading: readings.get(messageId),
        attempts: attempts.get(messageId) ?? [],
      };
      const begun = await letLeave(act, { source, isHanded: true }, [one]);
      return present(begun[0], 'what began has a next');
    },
  };
}

/**
 * Lets some messages leave in one transaction, each as `beginSending` does: all of them, or none where that fails for one.
 * They go to customers of whom no two are alike, because what is counted of a customer (contacts) is read before any of them
 * has left. They are not handed over by that: each is marked before it is.
 *
 * Refuses: `message_not_found`.
 */
export function beginTogether(
  source: MessageSource,
  leaving: ReadonlyMap<MessageId, Leaving>,
): Command<{ readonly messageIds: readonly MessageId[] }, readonly Begun[]> {
  return {
    name: 'begin-sending-together',
    permission: 'reminder.send',
    async run(act, { messageIds }) {
      const all = await readTogether(act, source, messageIds);
      const written = all.map((one) => ({
        ...one,
        ...present(leaving.get(one.message.id), 'what leaves was written'),
      }));
      return letLeave(act, { source, isHanded: false }, written);
    },
  };
}

/** A message that is locked, with what there is to say in it where it is queued, and what was tried before. */
export type Locked = Pick<AboutToLeave, 'message' | 'reading' | 'attempts'>;

/**
 * Locks messages of one purpose, each to another customer, and reads what there is to say in those that wait to be sent now,
 * in the order of their ids given. Refuses: `message_not_found`.
 */
export async function readTogether(
  act: Act,
  source: MessageSource,
  messageIds: readonly MessageId[],
): Promise<readonly Locked[]> {
  const [messages, attempts] = await Promise.all([
    lockMessages(act, messageIds),
    findAttemptsOf(act, messageIds),
  ]);
  const byCustomer = [...messages.values()].sort((a, b) => (a.customerId < b.customerId ? -1 : 1));
  const isEachAlone = new Set(byCustomer.map(({ customerId }) => customerId)).size === messageIds.length;
  assert(isEachAlone, 'messages that leave together are to different customers', messageIds);
  // Sources lock customers: in one order, whoever else sends at the same moment.
  const readings = await readAll(act, source, dueOf(byCustomer, act.now), act.now);
  return messageIds.map((id) => ({
    message: present(messages.get(id), 'every message was locked'),
    reading: readings.get(id),
    attempts: attempts.get(id) ?? [],
  }));
}

const dueOf = (messages: readonly Message[], now: Instant) =>
  messages.filter((message) => message.state === 'queued' && !isEarly(message, now));
