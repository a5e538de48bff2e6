// Sending one message: read what is true now, write it, let it leave, hand it over, note the answer. Each step is committed
// before the next begins, and nothing goes outside inside a transaction. Where the answer is not heard, a person decides.

import { composeMime } from '#carriers/compose-mail.ts';
import { type Envelope, envelopeOf, type MailAttachment, type MailMessage } from '#carriers/mail-message.ts';
import { returnAddress, tenantTag } from '#carriers/make-return-address.ts';
import type { LetterNews } from '#carriers/read-letter-status.ts';
import type { SendOutcome } from '#carriers/send-mail.ts';
import { carryOut } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import type { JobTools } from '#identity/make-system-context.ts';
import { uuidFrom } from '#jobs/job.ts';
import { assert, present } from '#kernel/assert.ts';
import type { Instant } from '#kernel/calendar.ts';
import type { CommandId, CompanyId, MessageId, TenantId } from '#kernel/id.ts';
import {
  ATTACHMENT_BYTES_MAX,
  SENDING_ALIVE_SECONDS,
  SENDING_SILENT_SECONDS_MAX,
  WRITING_ROUNDS_MAX,
} from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import { takeCompany } from '#parties/take-party.ts';
import { chooseDocumentLanguage } from '#printing/language.ts';
import type { AddressWindow } from '#printing/print-style.ts';
import { readLooks } from '#printing/read-looks.ts';
import { requireWindow } from '#printing/require-window.ts';
import { type KeptCertificate, readCertificate, type ServerSecret, signFiles } from '#signing/sign-files.ts';
import { withLink, withSignature } from '#wording/mail-layout.ts';
import {
  beginSending,
  fingerprintOf,
  type Letter,
  type MessageSource,
  type Reading,
  type ReadMore,
  type Written,
} from './begin-sending.ts';
import { type EndSending, endSending, noteNotWritten } from './end-sending.ts';
import {
  type Channel,
  type Message,
  type MessageState,
  type Outcome,
  sendingChannel,
  type TransportKind,
} from './message.ts';
import { sendingJob } from './queue-message.ts';
import type { DeliverySetting } from './sender.ts';
import { mayBeOneClick, offersStop, stopAddressOf } from './stop-link.ts';
import { stopLine } from './stop-page.ts';
import { findMessage, findSilentAttempt, updateAlive } from './store.ts';
import { findSetting } from './store-channels.ts';
import { findStopToken } from './store-stop.ts';
import { findView } from './store-view.ts';
import { hasView, viewAddress } from './view-link.ts';

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

/** Stands for a sender in the outbox of a company that has no address (RFC 2606: nobody has it). */
const NOWHERE = 'outbox@quittance.invalid';

/** A message as it is about to leave, whose facts were just read. */
type Draft = {
  readonly message: Message;
  readonly setting: DeliverySetting;
  readonly source: MessageSource;
  readonly reading: Reading<unknown>;
  /** The token of the link to see its documents. */
  readonly viewToken: string | undefined;
  /** The token of the link to stop such messages. */
  readonly stopToken: string | undefined;
  /** With what its files are signed. */
  readonly certificate: KeptCertificate | undefined;
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
    const letter = await tryToWrite(tools, tenantId, draft, now);
    if ('problem' in letter) return noteProblem(tools, tenantId, messageId, letter.problem, letter.forGood);
    const transport = transportOf(tools, sendingChannel(draft.message));
    if (transport === undefined) return noteProblem(tools, tenantId, messageId, NOT_SET_UP, true);
    const begun = await carryOut(
      tools.door,
      await tools.contextOf(tenantId),
      beginSending(draft.source, letter, transport),
      { messageId },
    );
    if (begun.next === 'stop') return begun.state;
    if (begun.next === 'send')
      return handOver(tools, tenantId, { message: draft.message, attemptNo: begun.attemptNo, letter });
  }
  return noteProblem(tools, tenantId, messageId, 'what it speaks about kept changing while it was written');
}

/** What will be so again however often it is tried: the document cannot go by this way. */
const NEVER_POSSIBLE: ReadonlySet<string> = new Set([
  'channel_not_possible',
  'einvoice_not_valid',
  'invoice_without_content',
  'address_not_in_window',
  'sms_too_long',
  'statement_too_long',
]);

const NOT_SET_UP = 'this way of sending is not set up here';

/** By what the messages of a channel leave; nothing where that is not set up. */
function transportOf(tools: MailTools, channel: Channel): TransportKind | undefined {
  if (channel === 'email') return tools.transport.kind;
  return tools.carriers?.[channel]?.kind ?? (channel === 'post' ? 'print' : undefined);
}

function isEarly(message: Message, now: Instant): boolean {
  return message.nextTryAt !== null && Temporal.Instant.compare(now, message.nextTryAt) < 0;
}

async function readDraft(
  tools: MailTools,
  tenantId: TenantId,
  messageId: MessageId,
  now: Instant,
): Promise<Draft> {
  return inTenant(tools.door.pool, tenantId, async (tx) => {
    const message = await findMessage(tx, messageId);
    if (!message) throw new Refusal('message_not_found', { messageId });
    const source = present(
      tools.sources.find((s) => s.purpose === message.purpose),
      'every purpose of messages has a source',
    );
    const idle: Reading<unknown> = { recipient: undefined, language: 'en', content: null, silent: undefined };
    const isSignable = tools.secret !== undefined && message.channel === 'email';
    const [reading, setting, view, stopToken, certificate] = await Promise.all([
      message.state === 'queued' ? source.read(tx, message, now) : idle,
      findSetting(tx, message.companyId),
      findView(tx, messageId),
      findStopToken(tx, messageId),
      isSignable ? readCertificate(tx, message.companyId) : undefined,
    ]);
    const isLinked = hasView(message, setting) && view?.endedAt === null;
    return {
      message,
      setting,
      source,
      reading,
      viewToken: isLinked ? view.token : undefined,
      stopToken: offersStop(message, setting) ? stopToken : undefined,
      certificate,
    };
  });
}

/** The letter, or what stood in the way of writing it. A defect of ours is logged too; the message must not be lost by it. */
async function tryToWrite(
  tools: MailTools,
  tenantId: TenantId,
  draft: Draft,
  now: Instant,
): Promise<Letter | { readonly problem: string; readonly forGood: boolean }> {
  try {
    return await writeLetter(tools, tenantId, draft, now);
  } catch (error) {
    if (!(error instanceof Refusal))
      tools.log.error({ err: error, messageId: draft.message.id }, 'a message could not be written');
    const forGood = error instanceof Refusal && NEVER_POSSIBLE.has(error.code);
    return { problem: problemOf(error), forGood };
  }
}

/** What stood in the way, for whoever is to mend it. */
function problemOf(error: unknown): string {
  if (error instanceof Refusal && error.code === 'address_not_in_window') {
    const near = typeof error.facts.text === 'string' ? ` “${error.facts.text}” is cut off or too near.` : '';
    return `${error.code}: the address does not fit into the window of the envelope.${near} Shorten the address of the customer, or choose another window for the company, and send it again.`;
  }
  return error instanceof Error ? error.message : String(error);
}

async function writeLetter(
  tools: MailTools,
  tenantId: TenantId,
  draft: Draft,
  now: Instant,
): Promise<Letter> {
  const { message, source, reading } = draft;
  const fingerprint = fingerprintOf(reading);
  if (reading.silent !== undefined || reading.waits) return { fingerprint, mail: undefined };
  const more: ReadMore = (work) => inTenant(tools.door.pool, tenantId, work, { snapshot: true });
  const recipient = present(reading.recipient, 'what is said is said to somebody');
  const channel = sendingChannel(message);
  if (channel !== 'email') {
    if (!source.pack) throw new Refusal('channel_not_possible', { channel });
    const { subject, file } = await source.pack(reading.content, more, channel);
    if (channel === 'post') await requireWindow(file.content, await windowOf(more, message.companyId));
    const envelope = { from: '', to: [recipient] };
    return { fingerprint, mail: { subject, envelope, raw: file.content, fileName: file.name } };
  }
  const { publicUrl } = tools;
  const { viewToken } = draft;
  const viewUrl = publicUrl && viewToken ? viewAddress(publicUrl, tenantTag(tenantId), viewToken) : undefined;
  const written = await source.write(reading.content, more, viewUrl);
  const attachments = await signedOf(tools, tenantId, draft, { files: written.attachments, now });
  const mail = mailOf(tools, tenantId, draft, { written: { ...written, attachments }, now, recipient });
  return {
    fingerprint,
    mail: { subject: written.subject, envelope: envelopeOf(mail), raw: await composeMime(mail) },
  };
}

/**
 * The files of a mail, signed where its company signs such. Where a mail has no room for the signatures it goes without
 * them, which the log says: what is to be said to a customer does not wait for a signature.
 */
export async function signedOf(
  { secret, log }: Pick<MailTools, 'secret' | 'log'>,
  tenantId: TenantId,
  { message, certificate }: Pick<Draft, 'certificate'> & { readonly message: Pick<Message, 'id'> },
  { files, now }: { readonly files: readonly MailAttachment[]; readonly now: Instant },
): Promise<readonly MailAttachment[]> {
  if (!secret) return files;
  const signed = await signFiles(files, certificate, { tenantId, at: now, secret });
  const bytes = signed.reduce((total, { content }) => total + content.length, 0);
  if (signed === files || bytes <= ATTACHMENT_BYTES_MAX) return signed;
  log.warn({ messageId: message.id, bytes }, 'a mail has no room for its signatures and goes out unsigned');
  return files;
}

/** The window a company folds its letters for. */
function windowOf(more: ReadMore, companyId: CompanyId): Promise<AddressWindow> {
  return more(async (tx) => {
    const company = await takeCompany(tx, companyId);
    return present((await readLooks(tx, [company])).get(company.id), 'each company has a look').style.window;
  });
}

/** The mail of a draft, as it is composed: words, who it is from and to, what it follows. */
function mailOf(
  tools: MailTools,
  tenantId: TenantId,
  draft: Draft,
  now: { readonly written: Written; readonly now: Instant; readonly recipient: string },
): MailMessage {
  const { message, reading, setting } = draft;
  const { recipientName, sender, speaker, ...words } = now.written;
  const stop = stopOf(tools, tenantId, draft, now.recipient);
  const from = inNameOf(speaker, senderOf(tools, sender, setting));
  const { returnToken } = message;
  const bounces =
    setting.bounceAddress !== null && returnToken !== null
      ? returnAddress(setting.bounceAddress, { tag: tenantTag(tenantId), token: returnToken })
      : undefined;
  return {
    ...withSignature(stop ? withLink(words, stop) : words, setting.signature),
    ...(stop ? { unsubscribe: stop } : {}),
    attachments: words.attachments,
    ...from,
    ...(bounces === undefined ? {} : { envelopeSender: bounces, reportsWanted: true }),
    ...(setting.asksForReceipt ? { receiptTo: from.replyTo ?? from.from } : {}),
    messageId: message.messageHeader,
    writtenAt: now.now,
    to: [{ name: recipientName, address: now.recipient }],
    cc: (reading.copies ?? []).map((address) => ({ address })),
    follows: reading.follows ?? [],
    language: reading.language,
    // An answer that a person wrote is one: mail programs may say that its reader is away.
    automatic: message.purpose !== 'reply',
  };
}

/** The link to stop such messages, with its words, where the mail carries one. */
function stopOf(tools: MailTools, tenantId: TenantId, draft: Draft, recipient: string) {
  const { message, reading, stopToken } = draft;
  const { purpose } = message;
  if (!tools.publicUrl || !stopToken || (purpose !== 'reminder' && purpose !== 'statement')) return undefined;
  const url = stopAddressOf(tools.publicUrl, tenantTag(tenantId), stopToken);
  const byOneClick = mayBeOneClick({ recipient, copies: reading.copies ?? [] }, url);
  return { url, label: stopLine(chooseDocumentLanguage([reading.language]), purpose), byOneClick };
}

/** From whom a message is, and where answers go. Only the built-in outbox takes messages from nowhere. */
export function senderOf(
  tools: Pick<MailTools, 'senderAddress' | 'transport'>,
  sender: Written['sender'],
  setting: DeliverySetting,
): Pick<MailMessage, 'from' | 'replyTo'> {
  const name = setting.fromName ?? sender.name;
  const own = setting.fromAddress ?? sender.address ?? undefined;
  const answers = setting.replyTo ?? own;
  const address = tools.senderAddress ?? own ?? (tools.transport.kind === 'outbox' ? NOWHERE : undefined);
  if (address === undefined) throw new Refusal('sender_missing', { company: sender.name });
  const replyTo = answers === undefined || answers === address ? undefined : { name, address: answers };
  return { from: { name, address }, replyTo };
}

/** The same in somebody's name: the address stays the company's, which may send; answers go to whoever speaks. */
function inNameOf(
  speaker: Written['speaker'],
  sender: Pick<MailMessage, 'from' | 'replyTo'>,
): Pick<MailMessage, 'from' | 'replyTo'> {
  if (!speaker) return sender;
  return { from: { name: speaker.name, address: sender.from.address }, replyTo: speaker };
}

type Leaving = { readonly message: Message; readonly attemptNo: number; readonly letter: Letter };

/** Hands the bytes over and notes the answer. From here on nothing tries again but what surely was not taken over. */
async function handOver(tools: MailTools, tenantId: TenantId, leaving: Leaving): Promise<MessageState> {
  const { message, attemptNo, letter } = leaving;
  const messageId = message.id;
  const mail = present(letter.mail, 'what is handed over was written');
  const stop = giveSignsOfLife(tools, tenantId, messageId, attemptNo);
  try {
    const heard = await give(tools, tenantId, message, mail);
    return await noteAnswer(tools, tenantId, { messageId, attemptNo, ...answerOf(heard) });
  } finally {
    stop();
  }
}

/** Hands the bytes to whoever carries them. */
async function give(
  tools: MailTools,
  tenantId: TenantId,
  message: Message,
  mail: NonNullable<Letter['mail']>,
): Promise<SendOutcome & { readonly reference?: string | undefined }> {
  const channel = sendingChannel(message);
  if (channel === 'email') {
    const { transport } = tools;
    assert(transport.kind === 'smtp', 'what stays in the outbox is not handed over');
    return transport.send(mail.envelope, mail.raw);
  }
  const carrier = present(tools.carriers?.[channel], 'what has no carrier is not handed over');
  return carrier.send({
    tenantId,
    messageId: message.id,
    recipient: present(mail.envelope.to[0], 'what is sent goes to somebody'),
    subject: mail.subject,
    fileName: mail.fileName ?? message.id,
    file: mail.raw,
  });
}

const OUTCOME_OF: Readonly<Record<SendOutcome['kind'], Outcome>> = {
  accepted: 'sent',
  refused: 'refused',
  trouble: 'later',
  unknown: 'unknown',
};

function answerOf(
  heard: SendOutcome & { readonly reference?: string | undefined },
): Omit<EndSending, 'messageId' | 'attemptNo'> {
  const outcome = OUTCOME_OF[heard.kind];
  if (heard.kind !== 'accepted') return { outcome, answer: heard.text };
  const refusedReaders = heard.refusedRecipients
    .filter((reader) => reader.permanent)
    .map(({ address, text }) => ({ address, text }));
  return {
    outcome,
    answer: heard.reply,
    ...(refusedReaders.length > 0 ? { refusedReaders } : {}),
    ...(heard.reference === undefined ? {} : { carrierReference: heard.reference }),
  };
}

/** How often an answer that was heard is tried to be noted, should the database be away for a moment. */
const NOTING_TRIES_MAX = 5;
const NOTING_PAUSE_MS = 2_000;

/** Notes an answer. It is worth several tries: an answer that is lost makes a sent message one of unknown fate. */
async function noteAnswer(tools: MailTools, tenantId: TenantId, ended: EndSending): Promise<MessageState> {
  const commandId = uuidFrom(`answer\n${ended.messageId}\n${ended.attemptNo}`) as CommandId;
  for (let tries = 1; ; tries += 1) {
    try {
      const context = await tools.contextOf(tenantId);
      return (await carryOut(tools.door, context, endSending, ended, { commandId })).state;
    } catch (error) {
      if (error instanceof Refusal || tries >= NOTING_TRIES_MAX) throw error;
      tools.log.error({ err: error, messageId: ended.messageId }, 'an answer could not be noted');
      await new Promise((resolve) => setTimeout(resolve, NOTING_PAUSE_MS));
    }
  }
}

async function noteProblem(
  tools: MailTools,
  tenantId: TenantId,
  messageId: MessageId,
  problem: string,
  forGood = false,
): Promise<MessageState> {
  const context = await tools.contextOf(tenantId);
  return (await carryOut(tools.door, context, noteNotWritten, { messageId, problem, forGood })).state;
}

function giveSignsOfLife(
  tools: MailTools,
  tenantId: TenantId,
  messageId: MessageId,
  attemptNo: number,
): () => void {
  const timer = setInterval(() => {
    inTenant(tools.door.pool, tenantId, async (tx) => updateAlive(tx, messageId, attemptNo)).catch(
      (error: unknown) => tools.log.error({ err: error, messageId }, 'no sign of life could be given'),
    );
  }, SENDING_ALIVE_SECONDS * 1_000);
  timer.unref();
  return () => clearInterval(timer);
}

/**
 * Looks at a message that is being sent. Where its process is silent for too long, it died between handing over and
 * answer: the fate is unknown. Where it is alive, somebody looks again a while later.
 */
async function recover(tools: MailTools, tenantId: TenantId, messageId: MessageId): Promise<MessageState> {
  const { door } = tools;
  const silent = await inTenant(door.pool, tenantId, async (tx) => {
    const found = await findSilentAttempt(tx, messageId, SENDING_SILENT_SECONDS_MAX);
    const later = tools.clock().add({ seconds: SENDING_SILENT_SECONDS_MAX });
    if (found === undefined) await door.enqueue(tx, [sendingJob(messageId, later)]);
    return found;
  });
  if (silent === undefined) return 'sending';
  const ended: EndSending = {
    messageId,
    attemptNo: silent,
    outcome: 'unknown',
    answer: 'the process that sent it ended before it heard the answer',
  };
  const context = await tools.contextOf(tenantId);
  return (await carryOut(door, context, endSending, ended)).state;
}
