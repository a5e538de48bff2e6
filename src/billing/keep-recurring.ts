// Agreeing on an invoice that recurs, changing what is agreed, and pausing it. Periods that were invoiced stay as they are.

import type { Command } from '#command/command.ts';
import { newId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { takeCompany, takeCustomer } from '#parties/take-party.ts';
import { type Agreement, checkAgreement, type RecurringId } from './recurring.ts';
import { insertRecurring, lockRecurring, updatePaused, updateRecurring } from './store-recurring.ts';

export type KeepRecurring = {
  /** Left out, a new one. */
  readonly recurringId?: RecurringId | undefined;
  /** The version one saw last. */
  readonly version?: number | undefined;
  readonly agreement: Agreement;
};

export type RecurringKept = { readonly recurringId: RecurringId; readonly version: number };

/**
 * Keeps an agreement.
 *
 * Refuses: `recurring_not_found`, `recurring_changed_meanwhile`, `company_not_found`, `customer_not_found`, what
 * `checkAgreement` refuses.
 */
export const keepRecurring: Command<KeepRecurring, RecurringKept> = {
  name: 'keep-recurring',
  permission: 'invoice.issue',
  async run(act, { recurringId, version, agreement }) {
    await Promise.all([takeCompany(act, agreement.companyId), takeCustomer(act, agreement.customerId)]);
    checkAgreement(agreement);
    const about = { customerId: agreement.customerId, data: { name: agreement.name } };
    if (recurringId === undefined) {
      const id: RecurringId = newId();
      insertRecurring(act, id, agreement);
      act.record({ type: 'recurring.agreed', subjectId: id, ...about });
      return { recurringId: id, version: 1 };
    }
    const known = await lockRecurring(act, recurringId);
    if (!known) throw new Refusal('recurring_not_found', { recurringId });
    if (version !== undefined && version !== known.version)
      throw new Refusal('recurring_changed_meanwhile', { seen: version, now: known.version });
    updateRecurring(act, recurringId, agreement);
    act.record({ type: 'recurring.changed', subjectId: recurringId, ...about });
    return { recurringId, version: known.version + 1 };
  },
};

/** Pauses a recurring invoice, or lets it go on; periods missed meanwhile are then invoiced. Refuses: `recurring_not_found`. */
export const pauseRecurring: Command<
  { readonly recurringId: RecurringId; readonly paused: boolean },
  { readonly recurringId: string; readonly paused: boolean }
> = {
  name: 'pause-recurring',
  permission: 'invoice.issue',
  async run(act, { recurringId, paused }) {
    const known = await lockRecurring(act, recurringId);
    if (!known) throw new Refusal('recurring_not_found', { recurringId });
    if (paused !== (known.pausedOn !== null)) {
      updatePaused(act, recurringId, paused ? act.today : null);
      act.record({
        type: paused ? 'recurring.paused' : 'recurring.resumed',
        subjectId: recurringId,
        customerId: known.customerId,
        data: { name: known.name },
      });
    }
    return { recurringId, paused };
  },
};
