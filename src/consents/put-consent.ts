// Recording what a customer said of its money on account.

import { actorText, type Command } from '#command/command.ts';
import { isAfter, type PlainDate } from '#kernel/calendar.ts';
import { type CustomerId, newId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { takeCustomer } from '#parties/take-party.ts';
import { insertConsent } from './store.ts';

export type PutConsent = {
  readonly customerId: CustomerId;
  /** Whether money on account may be applied to the next invoice by itself. */
  readonly isGiven: boolean;
  /** Who said so at the customer. */
  readonly saidBy: string;
  /** Left out, today. */
  readonly saidOn?: PlainDate | undefined;
  readonly note?: string | undefined;
};

/**
 * Records a customer's consent, or that it was taken back.
 *
 * Refuses: `customer_not_found`, `dated_in_future`.
 */
export const putConsent: Command<PutConsent, { readonly consentId: string }> = {
  name: 'put-credit-consent',
  permission: 'customer.edit',
  async run(act, input) {
    const customer = await takeCustomer(act, input.customerId);
    const saidOn = input.saidOn ?? act.today;
    if (isAfter(saidOn, act.today))
      throw new Refusal('dated_in_future', { on: saidOn.toString(), today: act.today.toString() });
    const consentId = newId<'credit_consent'>();
    insertConsent(act, {
      id: consentId,
      customer_id: customer.id,
      is_given: input.isGiven,
      said_by: input.saidBy,
      said_on: saidOn,
      note: input.note ?? null,
      recorded_by: actorText(act.actor),
      recorded_at: act.now,
    });
    act.record({
      type: 'credit_consent.recorded',
      subjectId: customer.id,
      customerId: customer.id,
      data: { consentId, isGiven: input.isGiven, saidBy: input.saidBy, saidOn: saidOn.toString() },
    });
    return { consentId };
  },
};
