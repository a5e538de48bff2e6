// What a moment later follows from what happened: event → jobs. What must be true together is a call inside the command;
// what may be true a moment later stands here. The whole table, to be read from top to bottom.

import { ANNOUNCED_QUEUE } from '#announcements/queues.ts';
import { CHARGES_QUEUE } from '#charges/queues.ts';
import type { Event } from '#command/command.ts';
import { creditJob } from '#consents/queues.ts';
import { INBOX_QUEUE } from '#inbox/queues.ts';
import { DELIVER_QUEUE, REPLACE_QUEUE } from '#invoicing/queues.ts';
import type { Job } from '#jobs/job.ts';
import { APPLY_REMITTANCE_QUEUE, REMITTANCES_QUEUE } from '#payments/queues.ts';
import { PAYOUTS_QUEUE } from '#payouts/queues.ts';
import { EXPLAIN_QUEUE } from '#reconciliation/queues.ts';
import { REFUNDS_QUEUE } from '#refunds/queues.ts';
import { RETURNS_QUEUE } from '#returns/queues.ts';
import { alignJob } from '#uploads/queues.ts';

/** Event type → the jobs it brings about. */
const REACTIONS: Readonly<Record<string, (event: Event) => readonly Job[]>> = {
  // A document goes out once it is issued, where its company wants that, and is posted in a portal, where its customer wants that.
  // It takes what stands on account, too, where its customer consented.
  'invoice.issued': (event) => [...issued(event), creditJob(event.subjectId)],
  'charge.posted': (event) => delivering(event),
  'charge.corrected': (event) => delivering(event),
  'charge.waived': (event) => delivering(event),
  'credit_note.issued': (event) => issued(event),
  // What is voided is not posted any more; what a credit note corrected may be again.
  'invoice.voided': (event) => [alignJob(event.subjectId)],
  'credit_note.voided': (event) => [alignJob(event.subjectId)],
  // A remittance and its receipt come in either order: whichever comes second finds the other.
  'remittance.received': () => [remittances],
  'remittance.reading_changed': () => [remittances],
  // What a bank said of a payment needs no receipt to be found; it may be applied as soon as it is there.
  'remittance.joined': (event) => (event.data.rule === 'bank_line' ? [applying(event.subjectId)] : []),
  'bank_statement.imported': () => [remittances, explaining, partingSums, payouts, refundLines, returns],
  // The line that brought a refund back and what a person records of it, too.
  'refund.returned': () => [refundLines, explaining],
  'payment.returned': () => [explaining],
  // Announcement and statement come in either order too.
  'bank.announced': () => [partingSums],
  // A return and the payment that it takes back come in either order too.
  'bank_line.taken_apart': () => [returns],
  'return.noticed': () => [returns],
  // A new rule speaks of lines that wait.
  'bank_rule.added': () => [explaining],
  'payment.identified': () => [remittances],
  // What somebody wrote is brought to its conversation.
  'inbound_mail.kept': (event) => [
    { queue: INBOX_QUEUE, payload: { inboundMailId: event.subjectId }, key: event.subjectId },
  ],
  // One that did not arrive goes by another way, where the customer allows it.
  'message.bounced': (event) => (event.data.isLost === true ? replacing(event) : []),
  'message.refused': (event) => replacing(event),
  'message.failed': (event) => replacing(event),
};

/** All that wait are looked at together, so one job is enough however much came in. */
const remittances: Job = { queue: REMITTANCES_QUEUE, payload: {}, key: 'all' };

function applying(remittanceId: string): Job {
  return { queue: APPLY_REMITTANCE_QUEUE, payload: { remittanceId }, key: remittanceId };
}

/** Lines that wait are looked at together. */
const explaining: Job = { queue: EXPLAIN_QUEUE, payload: {}, key: 'all' };

/** Booked sums are taken apart together. */
const partingSums: Job = { queue: ANNOUNCED_QUEUE, payload: {}, key: 'all' };

/** What gateways paid out is looked at together. */
const payouts: Job = { queue: PAYOUTS_QUEUE, payload: {}, key: 'all' };

/** Lines of refunds that we ordered are looked for together. */
const refundLines: Job = { queue: REFUNDS_QUEUE, payload: {}, key: 'all' };

/** What came back is looked at together. */
const returns: Job = { queue: RETURNS_QUEUE, payload: {}, key: 'all' };

function issued(event: Event): readonly Job[] {
  const upload = alignJob(event.subjectId);
  return event.data.deliver === true ? [deliver(event.subjectId), upload] : [upload];
}

function deliver(invoiceId: string): Job {
  return { queue: DELIVER_QUEUE, payload: { invoiceId }, key: invoiceId };
}

function delivering(event: Event): readonly Job[] {
  if (event.data.deliver !== true) return [];
  return [{ queue: CHARGES_QUEUE, payload: { chargeId: event.subjectId }, key: event.subjectId }];
}

function replacing(event: Event): readonly Job[] {
  if (event.data.purpose !== 'invoice') return [];
  return [{ queue: REPLACE_QUEUE, payload: { messageId: event.subjectId }, key: event.subjectId }];
}

/** The jobs an event brings about; none for most. */
export function react(event: Event): readonly Job[] {
  return REACTIONS[event.type]?.(event) ?? [];
}
