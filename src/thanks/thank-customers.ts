// Thanking customers for what they paid: payments whose applying has come to rest are looked at, each is decided upon once.

import { type Command, carryOut } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import { queueMessage } from '#delivery/queue-message.ts';
import type { JobTools } from '#identity/make-system-context.ts';
import { present } from '#kernel/assert.ts';
import { addDays, dayIn } from '#kernel/calendar.ts';
import type { PaymentId, TenantId } from '#kernel/id.ts';
import { PAYMENTS_THANKED_AT_ONCE } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import { readPolicies } from '#policies/take-policies.ts';
import { readPayment } from './read-thanks.ts';
import { findUndecided, insertThanks } from './store.ts';
import { settledOf } from './thanks.ts';

/** So long a payment is left alone after it was applied: somebody may still be applying the rest of it, or take it back. */
const REST_MINUTES = 30;
/** What was applied before that is not thanked for any more; neither is money that came long ago. */
const APPLIED_HOURS_MAX = 48;
const RECEIVED_DAYS_MAX = 14;

/**
 * Queues a thank-you for a payment, or keeps why there is none.
 *
 * Refuses: `payment_not_found`, `thanked_already` (it was decided before).
 */
export const thankCustomer: Command<
  { readonly paymentId: PaymentId },
  { readonly messageId: string | null }
> = {
  name: 'thank-customer',
  permission: 'reminder.send',
  constraints: { thanks_pkey: 'thanked_already' },
  async run(act, { paymentId }) {
    const seen = await readPayment(act, paymentId, act.now, 'lock');
    const { company, customer, day, reader, against, items } = seen;
    const decided = { payment_id: paymentId, company_id: company.id, customer_id: customer.id };
    if (against !== undefined) {
      insertThanks(act, { ...decided, message_id: null, left_out: against, recorded_at: act.now });
      return { messageId: null };
    }
    const { recipient, language } = present(reader, 'who is thanked can be reached');
    const messageId = queueMessage(act, {
      company,
      customer,
      purpose: 'thanks',
      recipient,
      language,
      documentId: paymentId,
      runOn: day,
    });
    insertThanks(act, { ...decided, message_id: messageId, left_out: null, recorded_at: act.now });
    act.record({
      type: 'thanks.queued',
      subjectId: messageId,
      customerId: customer.id,
      data: { paymentId, settled: settledOf(items).map(({ reference }) => reference) },
    });
    return { messageId };
  },
};

/**
 * Looks for payments of a tenant that nobody was thanked for yet. Where no policy thanks, nothing is looked for.
 */
export async function thankCustomers(
  tools: Pick<JobTools, 'door' | 'clock' | 'contextOf'>,
  tenantId: TenantId,
): Promise<void> {
  const now = tools.clock();
  const { pool } = tools.door;
  for (;;) {
    const ids = await inTenant(pool, tenantId, async (tx) => {
      const { policies } = await readPolicies(tx);
      if (policies.every(({ thanks }) => thanks === 'never')) return [];
      const since = {
        receivedFrom: addDays(dayIn('UTC', now), -RECEIVED_DAYS_MAX),
        appliedFrom: now.subtract({ hours: APPLIED_HOURS_MAX }),
        appliedTo: now.subtract({ minutes: REST_MINUTES }),
      };
      return findUndecided(tx, since, PAYMENTS_THANKED_AT_ONCE);
    });
    for (const paymentId of ids) await thankOnce(tools, tenantId, paymentId);
    if (ids.length < PAYMENTS_THANKED_AT_ONCE) return;
  }
}

/** That another worker was quicker is no failure. */
async function thankOnce(
  tools: Pick<JobTools, 'door' | 'contextOf'>,
  tenantId: TenantId,
  paymentId: PaymentId,
): Promise<void> {
  try {
    await carryOut(tools.door, await tools.contextOf(tenantId), thankCustomer, { paymentId });
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'thanked_already') throw error;
  }
}
