// What a person posted in a customer's AP portal, as a message with its proof: it stands where every other way stands that
// a document went, and goes into the evidence with what the portal answered. Acts inside commands of the module that keeps
// the uploads.

import { createHash } from 'node:crypto';
import { messageIdentifier } from '#carriers/make-return-address.ts';
import { type Act, actorText } from '#command/command.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import { type MessageId, newId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { Company } from '#parties/company.ts';
import type { Customer } from '#parties/customer.ts';
import type { SignalKind } from './fate.ts';
import type { Message } from './message.ts';
import { insertAttempts, insertMessages, lockMessage, updateMessage } from './store.ts';
import { insertSignals } from './store-fate.ts';

/** What was posted, where, and what the portal calls it. */
export type Posted = {
  readonly company: Company;
  readonly customer: Customer;
  readonly documentId: string;
  readonly number: string;
  readonly portal: string;
  readonly address: string | null;
  /** What the portal calls us. */
  readonly supplierNumber: string | null;
  readonly portalNumber: string | null;
  readonly note: string | null;
  /** The day on which it was posted. */
  readonly on: PlainDate;
};

/** The record of a posting as its person states it; its bytes are the proof that is kept. */
function recordText(act: Act, posted: Posted): string {
  const lines: readonly (readonly [string, string | null])[] = [
    ['Document', posted.number],
    ['Posted in', posted.portal],
    ['Address', posted.address],
    ['Our number there', posted.supplierNumber],
    ["The portal's number", posted.portalNumber],
    ['Posted on', posted.on.toString()],
    ['Recorded by', `${act.actor.name} (${actorText(act.actor)})`],
    ['Recorded at', act.now.toString()],
    ['Note', posted.note],
  ];
  return lines.flatMap(([name, value]) => (value === null ? [] : [`${name}: ${value}\n`])).join('');
}

/** Records that a person posted a document in a portal: a message that is sent, with one try. */
export function recordPosted(act: Act, posted: Posted): MessageId {
  const id = newId<'message'>();
  const raw = Buffer.from(recordText(act, posted));
  const answer = posted.portalNumber ?? posted.note ?? '';
  const message: Message = {
    id,
    companyId: posted.company.id,
    customerId: posted.customer.id,
    purpose: 'invoice',
    channel: 'ap_portal',
    state: 'sent',
    recipient: posted.portal,
    copies: [],
    documentId: posted.documentId,
    language: posted.company.language,
    subject: `${posted.number} in ${posted.portal}`,
    messageHeader: messageIdentifier(id, act.tenantId, 'quittance.invalid'),
    returnToken: null,
    carrierReference: posted.portalNumber,
    replacesId: null,
    tries: 1,
    answer,
    transport: 'by_hand',
    runOn: posted.on,
    runId: null,
    createdAt: act.now,
    sentAt: act.now,
    nextTryAt: null,
  };
  insertMessages(act, [message]);
  insertAttempts(act, [
    {
      messageId: id,
      attemptNo: 1,
      transport: 'by_hand',
      startedAt: act.now,
      endedAt: act.now,
      outcome: 'sent',
      answer,
      isHanded: true,
      sha256: createHash('sha256').update(raw).digest(),
      writtenFrom: null,
      raw,
    },
  ]);
  return id;
}

/** Keeps what the portal said of a posting, or that what was noted of it is taken back. */
export function recordPortalAnswer(
  act: Act,
  messageId: MessageId,
  kind: Extract<SignalKind, 'accepted' | 'rejected' | 'taken_back'>,
  detail: string,
): void {
  insertSignals(act, messageId, [{ kind, severity: null, address: null, detail }]);
}

/** Takes back that something was posted: the message stays, dropped, with why. Refuses: `message_not_found`. */
export async function takeBackPosted(act: Act, messageId: MessageId, why: string): Promise<void> {
  const message = await lockMessage(act, messageId);
  if (!message) throw new Refusal('message_not_found', { messageId });
  updateMessage(act, { ...message, state: 'dropped', answer: why });
  recordPortalAnswer(act, messageId, 'taken_back', why);
}
