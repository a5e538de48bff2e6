// Posting write-offs that are decided and may be made: document, credit items, entry and applications, with the relief of tax.

import type { Act } from '#command/command.ts';
import { present } from '#kernel/assert.ts';
import type { CompanyId } from '#kernel/id.ts';
import { type ShownMoney, shownMoney } from '#ledger/amount-text.ts';
import type { OpenItem } from '#ledger/open-item.ts';
import { postAndSettle } from '#ledger/settle-items.ts';
import { type ShownItem, shownItem } from '#ledger/shown-item.ts';
import { takeNumbers } from '#ledger/take-number.ts';
import { claimRelief, readReliefBasis, type ShownRelief } from './post-relief.ts';
import type { ReliefFacts } from './relief.ts';
import { insertWriteOffs } from './store.ts';
import { isWrittenOff, type ReadyWriteOff, type WriteOffKind, writeOffPosting } from './writing-off.ts';

/** A write-off that was posted, as it is told outside. */
export type PostedWriteOff = {
  readonly writeOffId: string;
  readonly number: string;
  readonly customerId: string;
  readonly amount: ShownMoney;
  readonly items: readonly ShownItem[];
  /** What of the tax is taken back of each item, or why not. */
  readonly relief: readonly ShownRelief[];
};

/**
 * Posts write-offs over `items`, which are locked. Whether they may be made was asked before: nobody is asked here.
 *
 * Refuses: `applied_too_early`, `series_not_found`, `period_locked`.
 */
export async function postWriteOffs(
  act: Act,
  items: readonly OpenItem[],
  ready: readonly ReadyWriteOff[],
  why: { readonly kind: WriteOffKind; readonly reason: string; readonly facts?: ReliefFacts | undefined },
): Promise<readonly PostedWriteOff[]> {
  const [numbers, basis] = await Promise.all([numbersFor(act, ready), readReliefBasis(act, ready)]);
  const posted = ready.map((writeOff) => {
    const number = present(numbers.get(writeOff.id), 'every write-off has a number');
    return { writeOff, number, posting: writeOffPosting(writeOff, number) };
  });
  insertWriteOffs(
    act,
    posted.map((p) => ({ ...p, reason: why.reason })),
  );
  const settlements = postAndSettle(
    act,
    posted.map((p) => p.posting),
    items,
    posted.map(({ writeOff, posting }) => ({
      wanted: posting.wanted,
      occasion: { documentId: writeOff.id, kind: 'application', on: writeOff.on },
    })),
  );
  const writeOffs = posted.map(({ writeOff, number }, index) => ({
    writeOffId: writeOff.id,
    number,
    customerId: writeOff.customerId,
    amount: shownMoney(writeOff.amount),
    items: (settlements[index]?.items ?? []).filter(isWrittenOff).map(shownItem),
    relief: claimRelief(act, writeOff, basis, why.facts ?? {}),
  }));
  for (const writeOff of writeOffs)
    act.record({
      type: 'write_off.posted',
      subjectId: writeOff.writeOffId,
      customerId: writeOff.customerId,
      data: {
        ...writeOff,
        relief: writeOff.relief.map((one) => ({ ...one })),
        kind: why.kind,
        reason: why.reason,
      },
    });
  return writeOffs;
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
