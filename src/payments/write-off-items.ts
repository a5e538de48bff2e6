// Writing items off: document, credit items, entry and applications in one transaction, one document for each customer.

import type { GivenMatter } from '#approvals/matter.ts';
import { requireApproval } from '#approvals/require-approval.ts';
import type { Act, Command } from '#command/command.ts';
import { present } from '#kernel/assert.ts';
import { isAfter, type PlainDate } from '#kernel/calendar.ts';
import type { CompanyId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { postEntries } from '#ledger/post-entries.ts';
import { settleMany, takeItems } from '#ledger/settle-items.ts';
import { takeNumbers } from '#ledger/take-number.ts';
import { takeWorth } from '#ledger/take-rate.ts';
import { type ShownItem, shownItem } from './apply-payment.ts';
import { type ShownMoney, shown } from './payment.ts';
import { insertWriteOffs } from './store.ts';
import { dayOf } from './take-payment.ts';
import {
  decideWriteOffs,
  isWrittenOff,
  type ReadyWriteOff,
  type WriteOffKind,
  type WriteOffWish,
  writeOffPosting,
} from './writing-off.ts';

export type WriteOffItems = {
  readonly kind: WriteOffKind;
  readonly reason: string;
  readonly items: readonly WriteOffWish[];
  /** Business date; left out, today, or the day the latest invoice was issued if that is later. */
  readonly on?: PlainDate | undefined;
};

export type ItemsWrittenOff = {
  readonly writeOffs: readonly {
    readonly writeOffId: string;
    readonly number: string;
    readonly customerId: string;
    readonly amount: ShownMoney;
    readonly items: readonly ShownItem[];
  }[];
};

/**
 * Writes off what is left of items of invoices and charges, or parts of it: one write-off for each company, customer and
 * currency.
 *
 * Refuses: `item_not_found`, `written_off_in_future`, `applied_too_early`, `series_not_found`, `period_locked`, and what
 * `decideWriteOffs` and `requireApproval` refuse.
 */
export const writeOffItems: Command<WriteOffItems, ItemsWrittenOff> = {
  name: 'write-off-items',
  permission: 'write_off.post',
  async run(act, input) {
    if (input.on !== undefined && isAfter(input.on, act.today))
      throw new Refusal('written_off_in_future', { on: input.on.toString(), today: act.today.toString() });
    const items = await takeItems(
      act,
      input.items.map((wish) => wish.itemId),
    );

    const ready = decideWriteOffs(items, input.items, input.kind, dayOf(input.on, act.today, items));

    await requireApproval(act, matterOf(input.kind, ready), takeWorth);

    const numbers = await numbersFor(act, ready);
    const posted = ready.map((writeOff) => {
      const number = present(numbers.get(writeOff.id), 'every write-off has a number');
      return { writeOff, number, posting: writeOffPosting(writeOff, number) };
    });
    insertWriteOffs(
      act,
      posted.map((p) => ({ ...p, reason: input.reason })),
    );
    postEntries(
      act,
      posted.map((p) => p.posting.entry),
      posted.flatMap((p) => p.posting.items),
    );
    const settlements = settleMany(
      act,
      [...items, ...posted.flatMap((p) => p.posting.items)],
      posted.map(({ writeOff, posting }) => ({
        wanted: posting.wanted,
        occasion: { documentId: writeOff.id, kind: 'application', on: writeOff.on },
      })),
    );
    const writeOffs = posted.map(({ writeOff, number }, index) => ({
      writeOffId: writeOff.id,
      number,
      customerId: writeOff.customerId,
      amount: shown(writeOff.amount),
      items: (settlements[index]?.items ?? []).filter(isWrittenOff).map(shownItem),
    }));
    for (const writeOff of writeOffs)
      act.record({
        type: 'write_off.posted',
        subjectId: writeOff.writeOffId,
        customerId: writeOff.customerId,
        data: { ...writeOff, kind: input.kind, reason: input.reason },
      });
    return { writeOffs };
  },
};

/** What others have to approve where the rules say so: each item with what is written off of it. */
function matterOf(kind: WriteOffKind, ready: readonly ReadyWriteOff[]): GivenMatter {
  const parts = ready.flatMap((writeOff) => writeOff.parts);
  return {
    kind: `write_off.${kind}`,
    customerIds: ready.map((writeOff) => writeOff.customerId),
    parts: parts.map(({ item, amount }) => ({ label: item.reference, amount })),
  };
}

/** A number for each write-off, from the series of its company. */
async function numbersFor(act: Act, ready: readonly ReadyWriteOff[]): Promise<ReadonlyMap<string, string>> {
  const numbers = new Map<string, string>();
  const byCompany = [...Map.groupBy(ready, (w) => w.companyId)].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [companyId, writeOffs] of byCompany as [CompanyId, ReadyWriteOff[]][]) {
    const taken = await takeNumbers(act, {
      companyId,
      documentKind: 'write_off',
      series: 'main',
      years: writeOffs.map((w) => w.on.year),
    });
    writeOffs.forEach((w, index) => {
      numbers.set(w.id, present(taken[index], 'every write-off has a number').text);
    });
  }
  return numbers;
}
