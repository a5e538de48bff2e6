// Working through the list: an account is dealt with, often by a call noted in the same act, or put off until a day.

import { type CallRecorded, type RecordCall, recordCall } from '#calls/record-call.ts';
import { type Act, actorText, type Command } from '#command/command.ts';
import { addDays, isAfter, type PlainDate } from '#kernel/calendar.ts';
import { type CompanyId, type CustomerId, newId } from '#kernel/id.ts';
import { SNOOZE_DAYS_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import { takenAt } from './minutes.ts';
import { deleteClaims, findClaimedAt, findListed, insertDone, insertSnoozes } from './store.ts';
import { claimOrRefuse, takeAccount } from './take-next.ts';

/** Customer of a company. */
export type Account = { readonly companyId: CompanyId; readonly customerId: CustomerId };

export type FinishAccount = Account & {
  readonly note?: string | undefined;
  /** The call by which it was dealt with. */
  readonly call?: Omit<RecordCall, 'customerId' | 'companyId'> | undefined;
};

/**
 * Notes that an account was dealt with today, with the call by which it was. It is off the list until tomorrow, or
 * until the next day of
 * the call, unless a promise breaks or a dispute is closed before.
 *
 * Refuses: `customer_not_found`, `company_not_found`, `account_in_hand` (somebody else has it, with who), what
 * `recordCall` refuses.
 */
export const finishAccount: Command<FinishAccount, { readonly call: CallRecorded | null }> = {
  name: 'finish-account',
  permission: 'call.record',
  async run(act, { companyId, customerId, note, call }) {
    await takeAccount(act, { companyId, customerId });
    const claimedAt = await findClaimedAt(act, { companyId, customerId }, actorText(act.actor));
    await claimOrRefuse(act, { companyId, customerId });
    const recorded = call ? await recordCall.run(act, { ...call, companyId, customerId }) : null;
    insertDone(act, [
      {
        id: newId(),
        company_id: companyId,
        customer_id: customerId,
        done_on: act.today,
        call_id: recorded?.callId ?? null,
        note: note ?? null,
        done_by: actorText(act.actor),
        recorded_at: act.now,
        taken_at: takenAt(claimedAt, act.now) ?? null,
      },
    ]);
    deleteClaims(act, actorText(act.actor), { companyId, customerId });
    act.record({
      type: 'worklist.finished',
      subjectId: customerId,
      customerId,
      data: { companyId, outcome: call?.outcome, note },
    });
    return { call: recorded };
  },
};

export type SnoozeAccounts = {
  readonly accounts: readonly Account[];
  /** Left out: they are back. */
  readonly until?: PlainDate | undefined;
  readonly reason?: string | undefined;
};

/**
 * Puts accounts off until a day, for a reason; or brings them back. A promise that breaks or a dispute that is closed
 * brings them back
 * before.
 *
 * Refuses: `account_not_listed`, `snooze_reason_missing`, `snooze_past`, `snooze_too_long`.
 */
export const snoozeAccounts: Command<SnoozeAccounts, { readonly changed: number }> = {
  name: 'snooze-accounts',
  permission: 'call.record',
  async run(act, { accounts, until, reason }) {
    if (until !== undefined) {
      const facts = { until: until.toString(), daysMax: SNOOZE_DAYS_MAX };
      if (reason === undefined) throw new Refusal('snooze_reason_missing');
      if (!isAfter(until, act.today)) throw new Refusal('snooze_past', facts);
      if (isAfter(until, addDays(act.today, SNOOZE_DAYS_MAX))) throw new Refusal('snooze_too_long', facts);
    }
    for (const account of accounts) await takeListed(act, account);
    insertSnoozes(
      act,
      accounts.map(({ companyId, customerId }) => ({
        id: newId(),
        company_id: companyId,
        customer_id: customerId,
        until_on: until ?? null,
        reason: reason ?? null,
        snoozed_by: actorText(act.actor),
        recorded_at: act.now,
      })),
    );
    for (const account of accounts) {
      deleteClaims(act, actorText(act.actor), account);
      act.record({
        type: until === undefined ? 'worklist.woken' : 'worklist.snoozed',
        subjectId: account.customerId,
        customerId: account.customerId,
        data: { companyId: account.companyId, until: until?.toString(), reason },
      });
    }
    return { changed: accounts.length };
  },
};

/** An account that is on the list. Refuses: `account_not_listed`. */
async function takeListed(act: Act, account: Account): Promise<void> {
  const [row] = await findListed(act, {
    today: act.today,
    now: act.now,
    rank: 'points',
    account,
    withHidden: true,
    limit: 1,
  });
  if (!row) throw new Refusal('account_not_listed', { customerId: account.customerId });
}
