// Taking the tax on a bad debt back later than it was written off: once the rule of the country is met.

import type { Command } from '#command/command.ts';
import { isAfter, later, type PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId, ItemId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { alignRelief, readRecovered } from './post-recoveries.ts';
import { claimRelief, type Relieved, readParts, readReliefBasis, type ShownRelief } from './post-relief.ts';
import { refuseBeforeWriteOff } from './recovery.ts';
import type { ReliefFacts, WrittenOffPart } from './relief.ts';
import { lockWriteOff } from './store.ts';
import { findReliefs } from './store-relief.ts';
import type { WriteOffKind } from './writing-off.ts';

export type TakeTaxRelief = ReliefFacts & {
  readonly writeOffId: string;
  /** Business date; left out, today. */
  readonly on?: PlainDate | undefined;
};

/** What was claimed of a write-off, and why nothing of the rest. */
export type TaxReliefTaken = { readonly writeOffId: string; readonly relief: readonly ShownRelief[] };

/**
 * Claims the tax on a bad debt that was written off before the rule of its country was met: once time has passed, or
 * an insolvency, a failed collection or a notice to the customer is stated. What is claimed already stays as it is.
 *
 * Refuses: `write_off_not_found`, `write_off_undone`, `dated_in_future`, `dated_before_write_off`, `relief_claimed`
 * (nothing is left to claim), `relief_not_due` (with what is missing), `period_locked`.
 */
export const takeTaxRelief: Command<TakeTaxRelief, TaxReliefTaken> = {
  name: 'take-tax-relief',
  permission: 'write_off.post',
  constraints: { tax_relief_once: 'relief_claimed' },
  async run(act, input) {
    const found = await lockWriteOff(act, input.writeOffId);
    if (!found) throw new Refusal('write_off_not_found', { writeOffId: input.writeOffId });
    if (found.isUndone) throw new Refusal('write_off_undone', { writeOffId: input.writeOffId });
    const { writeOff } = found;
    const on = input.on ?? later(act.today, writeOff.written_off_on);
    if (isAfter(on, later(act.today, writeOff.written_off_on)))
      throw new Refusal('dated_in_future', { on: on.toString(), last: act.today.toString() });
    refuseBeforeWriteOff(on, writeOff.written_off_on);
    const claimed = new Set((await findReliefs(act, [writeOff.id])).map((row) => row.item_id));
    const parts = (await readParts(act, found.itemIds)).filter(({ item }) => !claimed.has(item.id));
    if (parts.length === 0) throw new Refusal('relief_claimed', { writeOff: writeOff.number });
    const relieved: Relieved = {
      id: writeOff.id,
      companyId: writeOff.company_id as CompanyId,
      kind: writeOff.kind as WriteOffKind,
      on,
      parts,
    };
    const relief = claimRelief(act, relieved, await readReliefBasis(act, [relieved]), input);
    if (!relief.some((one) => one.state === 'claimed'))
      throw new Refusal('relief_not_due', {
        writeOff: writeOff.number,
        gap: relief[0]?.gap ?? '',
        from: relief[0]?.from ?? '',
      });
    await act.settle();
    await alignRelief(
      act,
      { writeOffId: writeOff.id, on },
      recoveredOf(parts, await readRecovered(act, writeOff.id)),
    );
    act.record({
      type: 'tax_relief.claimed',
      subjectId: writeOff.id,
      customerId: writeOff.customer_id as CustomerId,
      data: { number: writeOff.number, on: on.toString(), relief: relief.map((one) => ({ ...one })) },
    });
    return { writeOffId: writeOff.id, relief };
  },
};

/** What of each part was recovered already: its tax was never owed back. */
function recoveredOf(parts: readonly WrittenOffPart[], recovered: ReadonlyMap<ItemId, bigint>) {
  return parts.map(({ item, amount }) => ({
    item,
    writtenOff: amount.minor,
    recovered: recovered.get(item.id) ?? 0n,
  }));
}
