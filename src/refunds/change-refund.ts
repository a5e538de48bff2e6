// What may happen to a granted refund before it is ordered: a second person shortens its waiting time, or it is withdrawn.
// And the waiting time of a company.

import { actorText, type Command } from '#command/command.ts';
import { isSamePerson } from '#identity/read-people.ts';
import { type CompanyId, newId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { takeCompany } from '#parties/take-party.ts';
import { findAccountAdder, insertEnds, insertSetting, insertShortening } from './store.ts';
import { stateOfRow, takeOpenRefunds } from './take-refund.ts';

export type RefundChange = { readonly refundId: string; readonly reason: string };

/**
 * Lets a refund be paid before the waiting time is over, because somebody made sure of the account. Never by whoever granted
 * the refund, or said that the account is the customer's.
 *
 * Refuses: `refund_not_found`, `refund_ended`, `refund_not_waiting`, `second_person_needed`.
 */
export const shortenRefund: Command<RefundChange, { readonly refundId: string }> = {
  name: 'shorten-refund',
  permission: 'refund.pay',
  async run(act, input) {
    const [refund] = await takeOpenRefunds(act, [input.refundId]);
    if (!refund || stateOfRow(refund, act.today) !== 'waiting') throw new Refusal('refund_not_waiting');
    const adder = await findAccountAdder(act, refund.bank_account_id);
    const isSame = (other: string) => isSamePerson(act, act.actor, other);
    if ((await isSame(refund.granted_by)) || (adder !== undefined && (await isSame(adder))))
      throw new Refusal('second_person_needed', { refundId: refund.id });
    insertShortening(act, {
      refund_id: refund.id,
      reason: input.reason,
      shortened_by: actorText(act.actor),
      recorded_at: act.now,
    });
    act.record({
      type: 'refund.shortened',
      subjectId: refund.id,
      customerId: refund.customer_id,
      data: { payableFrom: refund.payable_from.toString(), reason: input.reason },
    });
    return { refundId: refund.id };
  },
};

/** Withdraws a refund that is not ordered yet. Refuses: `refund_not_found`, `refund_ended`. */
export const withdrawRefund: Command<RefundChange, { readonly refundId: string }> = {
  name: 'withdraw-refund',
  permission: 'refund.pay',
  async run(act, input) {
    const [refund] = await takeOpenRefunds(act, [input.refundId]);
    if (!refund) throw new Refusal('refund_not_found', { refundId: input.refundId });
    insertEnds(act, [
      {
        refund_id: refund.id,
        file_id: null,
        payment_id: null,
        withdrawn_reason: input.reason,
        ended_by: actorText(act.actor),
        recorded_at: act.now,
      },
    ]);
    act.record({
      type: 'refund.withdrawn',
      subjectId: refund.id,
      customerId: refund.customer_id,
      data: { reason: input.reason },
    });
    return { refundId: refund.id };
  },
};

/** States how many days a new account of a customer waits for its first refund. Refuses: `company_not_found`. */
export const putRefundSetting: Command<
  { readonly companyId: CompanyId; readonly waitingDays: number },
  { readonly companyId: string }
> = {
  name: 'put-refund-setting',
  permission: 'approval.manage',
  async run(act, { companyId, waitingDays }) {
    const company = await takeCompany(act, companyId);
    insertSetting(act, {
      id: newId(),
      company_id: company.id,
      waiting_days: waitingDays,
      recorded_by: actorText(act.actor),
      recorded_at: act.now,
    });
    act.record({ type: 'refund_setting.changed', subjectId: company.id, data: { waitingDays } });
    return { companyId: company.id };
  },
};
