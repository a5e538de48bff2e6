// A mail that came in for a return address: kept as it came, brought together with the message it is about, and what follows
// from it done: the proof, the stop of a dead address, work for a person.

import { createHash } from 'node:crypto';
import { readIdentifierTag, readReturnAddress, tenantTag } from '#carriers/make-return-address.ts';
import { type ReturnedMail, readReturnedMail } from '#carriers/read-returned-mail.ts';
import type { InboundMail } from '#carriers/receive-mail.ts';
import { type Act, actorText, type Command, carryOut } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import type { JobTools } from '#identity/make-system-context.ts';
import { uuidFrom } from '#jobs/job.ts';
import type { CommandId, CompanyId, MessageId, TenantId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { type KnownBy, type Learned, learnFrom, type SignalKind } from './fate.ts';
import { findTenantByTag } from './find-tenant.ts';
import type { Message } from './message.ts';
import { findMessage } from './store.ts';
import {
  findByIdentifier,
  findByToken,
  findLastTo,
  hasInbound,
  insertInbound,
  insertProblems,
  insertSignals,
  insertSuppressions,
} from './store-fate.ts';

export type RecordInbound = {
  readonly mail: ReturnedMail;
  /** Addresses on its envelope. */
  readonly to: readonly string[];
  /** The bytes, in base 64. */
  readonly raw: string;
  /** Whose mailbox it came in by, where it was one of a company. */
  readonly companyId?: CompanyId | undefined;
};

export type InboundRecorded = {
  readonly kind: ReturnedMail['kind'];
  /** The message it is about; null where none is known. */
  readonly messageId: string | null;
  readonly knownBy: KnownBy | null;
  /** Whether it came in before; then nothing is done. */
  readonly repeated: boolean;
};

/** Mail that names nobody of ours is brought together with the last message to its reader within so many days. */
const GUESS_DAYS = 14;

/** Keeps a mail that came in, and does what follows from it. The same bytes a second time do nothing. */
export const recordInbound: Command<RecordInbound, InboundRecorded> = {
  name: 'record-inbound-mail',
  permission: 'reminder.send',
  async run(act, { mail, to, raw, companyId }) {
    const bytes = Buffer.from(raw, 'base64');
    const sha256 = createHash('sha256').update(bytes).digest();
    if (await hasInbound(act, sha256))
      return { kind: mail.kind, messageId: null, knownBy: null, repeated: true };
    const found = await findSubject(act, mail, to);
    const message = found && (await findMessage(act, found.messageId));
    const inboundId = insertInbound(act, {
      raw: bytes,
      kind: mail.kind,
      sender: mail.from,
      subject: mail.subject,
      messageId: found?.messageId ?? null,
      knownBy: found?.knownBy ?? null,
      companyId: companyId ?? null,
    });
    if (mail.kind === 'mail' || mail.kind === 'auto_reply')
      act.record({
        type: 'inbound_mail.kept',
        subjectId: inboundId,
        customerId: message?.customerId ?? null,
        data: { kind: mail.kind, messageId: found?.messageId ?? null },
      });
    if (message && found)
      follow(act, message, learnFrom(mail, { message, knownBy: found.knownBy }), inboundId);
    return {
      kind: mail.kind,
      messageId: found?.messageId ?? null,
      knownBy: found?.knownBy ?? null,
      repeated: false,
    };
  },
};

type Found = { readonly messageId: MessageId; readonly knownBy: KnownBy };

/** The message a mail is about: by its return address, else by a Message-ID it names, else, of reports only, by the reader. */
async function findSubject(act: Act, mail: ReturnedMail, to: readonly string[]): Promise<Found | undefined> {
  const tag = tenantTag(act.tenantId);
  for (const address of [...to, ...mail.addresses]) {
    const key = readReturnAddress(address);
    const messageId = key?.tag === tag ? await findByToken(act, key.token) : undefined;
    if (messageId) return { messageId, knownBy: 'return_address' };
  }
  const named = await findByIdentifier(act, mail.identifiers);
  if (named) return { messageId: named, knownBy: 'message_id' };
  if (mail.kind !== 'report') return undefined;
  const readers = mail.recipients.flatMap((r) => [
    r.address,
    ...(r.originalAddress ? [r.originalAddress] : []),
  ]);
  const last = await findLastTo(act, readers, act.now.subtract({ hours: GUESS_DAYS * 24 }));
  return last && { messageId: last, knownBy: 'reader' };
}

/** What happened, for each kind of signal. */
export const HAPPENED: Readonly<Record<SignalKind, { readonly type: string }>> = {
  delivered: { type: 'message.delivered' },
  delayed: { type: 'message.delayed' },
  bounced: { type: 'message.bounced' },
  displayed: { type: 'message.displayed' },
  auto_reply: { type: 'message.auto_replied' },
  complained: { type: 'message.complained_of' },
  posted: { type: 'message.posted' },
  handed_over: { type: 'message.handed_over' },
  accepted: { type: 'message.accepted' },
  rejected: { type: 'message.rejected' },
  approved: { type: 'message.approved' },
  paid: { type: 'message.paid' },
  viewed: { type: 'message.viewed' },
  opted_out: { type: 'message.opted_out' },
  redirect_wished: { type: 'message.redirect_wished' },
  printed: { type: 'message.printed' },
  returned: { type: 'message.returned' },
  taken_back: { type: 'message.taken_back' },
};

/** Saves what was learned, and says what happened so that another way may be gone. */
function follow(act: Act, message: Message, learned: Learned, inboundId: string): void {
  insertSignals(act, message.id, learned.signals, inboundId);
  insertSuppressions(act, learned.suppressions, { messageId: message.id, actor: actorText(act.actor) });
  insertProblems(act, { ...message, messageId: message.id }, learned.problems);
  for (const { kind, address, severity, detail } of learned.signals)
    act.record({
      ...HAPPENED[kind],
      subjectId: message.id,
      customerId: message.customerId,
      data: {
        purpose: message.purpose,
        documentId: message.documentId,
        address,
        severity,
        detail: detail.slice(0, 300),
        isLost: kind === 'bounced' && learned.isLost,
      },
    });
}

/** What taking mail in needs. */
export type InboundTools = Pick<JobTools, 'door' | 'contextOf'>;

/** Takes in a mail for a tenant: taken apart first, then kept. Refuses: `mail_not_readable`. */
export async function takeInbound(
  tools: InboundTools,
  tenantId: TenantId,
  inbound: Pick<InboundMail, 'to' | 'raw'> & { readonly companyId?: CompanyId },
): Promise<InboundRecorded> {
  const mail = await readReturnedMail(inbound.raw);
  const raw = Buffer.from(inbound.raw).toString('base64');
  const commandId = uuidFrom(
    `inbound\n${inbound.companyId ?? ''}\n${inbound.to.join('\n')}\n${raw}`,
  ) as CommandId;
  const context = await tools.contextOf(tenantId);
  const input = { mail, to: inbound.to, raw, companyId: inbound.companyId };
  return carryOut(tools.door, context, recordInbound, input, { commandId });
}

/** Whether mail for an address is taken in: it must be the return address of a message that was really written. */
export async function acceptsInbound(tools: InboundTools, address: string): Promise<boolean> {
  const key = readReturnAddress(address);
  const tenantId = key && (await findTenantByTag(tools.door.pool, key.tag));
  if (!key || !tenantId) return false;
  return inTenant(tools.door.pool, tenantId, async (tx) => (await findByToken(tx, key.token)) !== undefined);
}

/** Keeps a mail that our own mail server took in, for the tenant its return address names. Refuses: `mail_not_ours`. */
export async function keepInbound(tools: InboundTools, inbound: InboundMail): Promise<InboundRecorded> {
  const tags = inbound.to.flatMap(
    (address) => readReturnAddress(address)?.tag ?? readIdentifierTag(address) ?? [],
  );
  for (const tag of tags) {
    const tenantId = await findTenantByTag(tools.door.pool, tag);
    if (tenantId) return takeInbound(tools, tenantId, inbound);
  }
  throw new Refusal('mail_not_ours');
}
