// Writing a message in the moment of sending: what there is to say is read, and put into bytes. Nothing leaves here.

import { composeMime } from '#carriers/compose-mail.ts';
import { envelopeOf, type MailAttachment, type MailMessage } from '#carriers/mail-message.ts';
import { returnAddress, tenantTag } from '#carriers/make-return-address.ts';
import { askingOnce } from '#db/ask-once.ts';
import { inTenant, type Tx } from '#db/transaction.ts';
import { assert, present } from '#kernel/assert.ts';
import type { Instant } from '#kernel/calendar.ts';
import type { CompanyId, MessageId, TenantId } from '#kernel/id.ts';
import { ATTACHMENT_BYTES_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import { takeCompany } from '#parties/take-party.ts';
import { chooseDocumentLanguage } from '#printing/language.ts';
import type { AddressWindow } from '#printing/print-style.ts';
import { readLooks } from '#printing/read-looks.ts';
import { requireWindow } from '#printing/require-window.ts';
import { type KeptCertificate, readCertificate, signFiles } from '#signing/sign-files.ts';
import { withLink, withSignature } from '#wording/mail-layout.ts';
import {
  fingerprintOf,
  type Letter,
  type MessageSource,
  type Reading,
  type ReadMore,
  readAll,
  type Written,
} from './begin-sending.ts';
import { type Message, sendingChannel } from './message.ts';
import type { MailTools } from './send-message.ts';
import type { DeliverySetting } from './sender.ts';
import { mayBeOneClick, offersStop, stopAddressOf } from './stop-link.ts';
import { stopLine } from './stop-page.ts';
import { findMessagesOf } from './store.ts';
import { findSetting } from './store-channels.ts';
import { findStopTokens } from './store-stop.ts';
import { findViews } from './store-view.ts';
import { hasView, type ViewLink, viewAddress } from './view-link.ts';

/** Stands for a sender in the outbox of a company that has no address (RFC 2606: nobody has it). */
const NOWHERE = 'outbox@quittance.invalid';

/** A message as it is about to leave, whose facts were just read. */
export type Draft = {
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

/** What will be so again however often it is tried: the document cannot go by this way. */
const NEVER_POSSIBLE: ReadonlySet<string> = new Set([
  'channel_not_possible',
  'einvoice_not_valid',
  'invoice_without_content',
  'address_not_in_window',
  'sms_too_long',
  'statement_too_long',
]);

/** Reads what there is to say in a message that is queued. Refuses: `message_not_found`. */
export async function readDraft(
  tools: MailTools,
  tenantId: TenantId,
  messageId: MessageId,
  now: Instant,
): Promise<Draft> {
  const [draft] = await readDrafts(tools, tenantId, [messageId], now);
  return present(draft, 'a message that is there has a draft');
}

/**
 * The same of several messages of one purpose, each to another customer, in one transaction, in the order of their ids given.
 * Refuses: `message_not_found`.
 */
export async function readDrafts(
  tools: MailTools,
  tenantId: TenantId,
  messageIds: readonly MessageId[],
  now: Instant,
): Promise<readonly Draft[]> {
  return inTenant(tools.door.pool, tenantId, async (tx) => {
    const [messages, links] = await Promise.all([findMessagesOf(tx, messageIds), readLinks(tx, messageIds)]);
    const all = messageIds.map((messageId) => {
      const message = messages.get(messageId);
      if (!message) throw new Refusal('message_not_found', { messageId });
      return message;
    });
    const purposes = new Set(all.map(({ purpose }) => purpose));
    assert(purposes.size === 1, 'messages that are written together are for one purpose', [...purposes]);
    const source = present(
      tools.sources.find(({ purpose }) => purposes.has(purpose)),
      'every purpose of messages has a source',
    );
    const queued = all.filter(({ state }) => state === 'queued');
    const readings = await readAll(tx, source, queued, now);
    const read = all.map((message) => ({ message, source, reading: readings.get(message.id) ?? IDLE }));
    return draftsOf(tools, tx, read, links);
  });
}

/** The links that mails of messages may carry. */
export async function readLinks(tx: Tx, messageIds: readonly MessageId[]) {
  const [views, stopTokens] = await Promise.all([findViews(tx, messageIds), findStopTokens(tx, messageIds)]);
  return { views, stopTokens };
}

/** Messages whose facts were read, with all else that a mail is written from. */
export function draftsOf(
  tools: MailTools,
  tx: Tx,
  read: readonly Pick<Draft, 'message' | 'source' | 'reading'>[],
  { views, stopTokens }: Awaited<ReturnType<typeof readLinks>>,
): Promise<readonly Draft[]> {
  const once = askingOnce(tx);
  return Promise.all(
    read.map((one) => {
      const { id } = one.message;
      return draftOf(tools, once, { ...one, view: views.get(id), stopToken: stopTokens.get(id) });
    }),
  );
}

/** What there is to say in a message that is not queued. */
const IDLE: Reading<unknown> = {
  recipient: undefined,
  language: 'en',
  content: null,
  silent: undefined,
};

async function draftOf(
  tools: MailTools,
  tx: Tx,
  of: Pick<Draft, 'message' | 'source' | 'reading' | 'stopToken'> & { readonly view: ViewLink | undefined },
): Promise<Draft> {
  const { message, source, reading, view, stopToken } = of;
  const isSignable = tools.secret !== undefined && message.channel === 'email';
  const [setting, certificate] = await Promise.all([
    findSetting(tx, message.companyId),
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
}

/**
 * The letter of a draft that is words alone, in the transaction its facts were read in; nothing where it could not be
 * written, which whoever writes it by itself meets again, and tells.
 */
export async function writeWords(
  tools: MailTools,
  tenantId: TenantId,
  draft: Draft,
  now: Instant,
): Promise<Letter | undefined> {
  try {
    return { mail: await bytesOf(tools, tenantId, draft, { now, more: NOTHING_MORE }) };
  } catch {
    return undefined;
  }
}

/** What is words alone asks for nothing more; should it, it is written where it may. */
const NOTHING_MORE: ReadMore = () =>
  Promise.reject(new Error('what is words alone is written from what was read'));

/** The letter, or what stood in the way of writing it. A defect of ours is logged too; the message must not be lost by it. */
export async function tryToWrite(
  tools: MailTools,
  tenantId: TenantId,
  draft: Draft,
  how: { readonly now: Instant; readonly more?: ReadMore },
): Promise<Letter | { readonly problem: string; readonly forGood: boolean }> {
  try {
    return await writeLetter(tools, tenantId, draft, how);
  } catch (error) {
    if (!(error instanceof Refusal))
      tools.log.error({ err: error, messageId: draft.message.id }, 'a message could not be written');
    const forGood = error instanceof Refusal && NEVER_POSSIBLE.has(error.code);
    return { problem: problemOf(error), forGood };
  }
}

/** Reads further facts in a transaction of their own, and keeps what was drawn. */
function readMore({ door: { pool } }: MailTools, tenantId: TenantId): ReadMore {
  return Object.assign(
    <T>(work: (tx: Tx) => Promise<T>) => inTenant(pool, tenantId, work, { snapshot: true }),
    { keep: (work: (tx: Tx) => Promise<void>) => inTenant(pool, tenantId, work) },
  );
}

type Asking = {
  readonly work: (tx: Tx) => Promise<unknown>;
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
};

/**
 * The same for messages that are written side by side: what they ask for in one moment is read in one transaction. Where that
 * fails each reads alone, so that one of them takes nothing from the others.
 */
export function readMoreTogether(tools: MailTools, tenantId: TenantId): ReadMore {
  const alone = readMore(tools, tenantId);
  const waiting: Asking[] = [];
  const readAll = async () => {
    const asked = waiting.splice(0);
    const answers = await alone((tx) => Promise.all(asked.map(({ work }) => work(tx)))).catch(
      () => undefined,
    );
    for (const [index, { work, resolve, reject }] of asked.entries()) {
      if (answers) resolve(answers[index] as never);
      else alone(work).then((value) => resolve(value as never), reject);
    }
  };
  const together = <T>(work: (tx: Tx) => Promise<T>) =>
    new Promise<T>((resolve, reject) => {
      if (waiting.push({ work, resolve, reject }) === 1) setImmediate(readAll);
    });
  return Object.assign(together, { keep: alone.keep });
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
  { now, more = readMore(tools, tenantId) }: { readonly now: Instant; readonly more?: ReadMore },
): Promise<Letter> {
  const { reading } = draft;
  const fingerprint = fingerprintOf(reading);
  if (reading.silent !== undefined || reading.waits) return { fingerprint, mail: undefined };
  return { fingerprint, mail: await bytesOf(tools, tenantId, draft, { now, more }) };
}

/** What is said in bytes: a mail, or the file that goes another way. */
async function bytesOf(
  tools: MailTools,
  tenantId: TenantId,
  draft: Draft,
  { now, more }: { readonly now: Instant; readonly more: ReadMore },
): Promise<NonNullable<Letter['mail']>> {
  const { message, source, reading } = draft;
  const recipient = present(reading.recipient, 'what is said is said to somebody');
  const channel = sendingChannel(message);
  if (channel !== 'email') {
    if (!source.pack) throw new Refusal('channel_not_possible', { channel });
    const { subject, file } = await source.pack(reading.content, more, channel);
    if (channel === 'post') await requireWindow(file.content, await windowOf(more, message.companyId));
    const envelope = { from: '', to: [recipient] };
    return { subject, envelope, raw: file.content, fileName: file.name };
  }
  const { publicUrl } = tools;
  const { viewToken } = draft;
  const viewUrl = publicUrl && viewToken ? viewAddress(publicUrl, tenantTag(tenantId), viewToken) : undefined;
  const written = await source.write(reading.content, more, viewUrl);
  const attachments = await signedOf(tools, tenantId, draft, { files: written.attachments, now });
  const mail = mailOf(tools, tenantId, draft, { written: { ...written, attachments }, now, recipient });
  return { subject: written.subject, envelope: envelopeOf(mail), raw: composeMime(mail) };
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
