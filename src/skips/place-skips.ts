// Skipping: what a person who looked at a dry run does not want said on some days, and taking that back.

import { type Act, actorText, type Command } from '#command/command.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import { type CompanyId, type CustomerId, type ItemId, newId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { readItems } from '#ledger/read-items.ts';
import { readCustomers, takeCompany } from '#parties/take-party.ts';
import { checkSkipDays } from './skip.ts';
import { insertSkipEnd, insertSkips, lockSkip } from './store.ts';

/** Whose reminders are skipped: all that a company would tell a customer, or what it would say about one item. */
export type SkipTarget = { readonly customerId: CustomerId; readonly itemId?: ItemId | undefined };

export type SkipReminders = {
  readonly companyId: CompanyId;
  readonly of: readonly SkipTarget[];
  /** The first and the last day whose reminders leave it out. */
  readonly from: PlainDate;
  readonly until: PlainDate;
  readonly reason: string;
};

/**
 * Leaves customers or items out of the reminders of some days, those that wait to be sent included. What is due then is said by
 * the first run after them: a skip puts off, it does not settle.
 *
 * Refuses: `company_not_found`, `customer_not_found`, `item_not_found` (or it is another customer's), and what `checkSkipDays`
 * refuses. Nothing is skipped then.
 */
export const skipReminders: Command<SkipReminders, { readonly skipIds: readonly string[] }> = {
  name: 'skip-reminders',
  permission: 'reminder.send',
  async run(act, { companyId, of, from, until, reason }) {
    checkSkipDays(from, until, act.today);
    await takeCompany(act, companyId);
    await checkTargets(act, companyId, of);
    const skips = of.map((target) => ({ ...target, id: newId<'reminder_skip'>() }));
    insertSkips(
      act,
      skips.map(({ id, customerId, itemId }) => ({
        id,
        company_id: companyId,
        customer_id: customerId,
        item_id: itemId ?? null,
        from_on: from,
        until_on: until,
        reason,
        skipped_by: actorText(act.actor),
      })),
    );
    for (const { id, customerId, itemId } of skips)
      act.record({
        type: 'reminder.skipped',
        subjectId: id,
        customerId,
        data: { companyId, itemId, from: from.toString(), until: until.toString(), reason },
      });
    return { skipIds: skips.map(({ id }) => id) };
  },
};

async function checkTargets(act: Act, companyId: CompanyId, of: readonly SkipTarget[]): Promise<void> {
  const itemIds = of.flatMap(({ itemId }) => itemId ?? []);
  const [customers, items] = await Promise.all([
    readCustomers(act, [...new Set(of.map(({ customerId }) => customerId))]),
    itemIds.length === 0 ? [] : readItems(act, itemIds),
  ]);
  const itemOf = new Map(items.map((item) => [item.id, item]));
  for (const { customerId, itemId } of of) {
    if (!customers.has(customerId)) throw new Refusal('customer_not_found', { customerId });
    if (itemId === undefined) continue;
    const item = itemOf.get(itemId);
    if (item?.customerId !== customerId || item.companyId !== companyId)
      throw new Refusal('item_not_found', { itemId });
  }
}

/**
 * Takes a skip back: what it left out is due again. Refuses: `skip_not_found`, `skip_taken_back` (before).
 */
export const takeSkipBack: Command<{ readonly skipId: string }, { readonly skipId: string }> = {
  name: 'take-skip-back',
  permission: 'reminder.send',
  async run(act, { skipId }) {
    const skip = await lockSkip(act, skipId);
    if (!skip) throw new Refusal('skip_not_found', { skipId });
    if (skip.ended_at !== null) throw new Refusal('skip_taken_back', { skipId });
    insertSkipEnd(act, { skip_id: skipId, ended_by: actorText(act.actor) });
    act.record({ type: 'reminder.skip_ended', subjectId: skipId, customerId: skip.customer_id, data: {} });
    return { skipId };
  },
};
