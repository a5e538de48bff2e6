// Money that one company received and that settles what another is owed: the receipt's company gives it up for a debt to the
// other, which has it as money not yet applied, and applies it in the same act. So nothing of it ever waits in the other company,
// and both sides of an application stay in one. It goes back as it came: by items and entries the other way.

import { present } from '#kernel/assert.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import { type CompanyId, type CustomerId, type EntryId, type Id, type ItemId, newId } from '#kernel/id.ts';
import { type Money, money, negate } from '#kernel/money.ts';
import { credit, debit, type Entry, entry } from '#ledger/journal.ts';
import { lineItem, type OpenItem, openItem, takePart } from '#ledger/open-item.ts';
import type { Wanted } from '#ledger/settlement.ts';
import { counterItem, pair } from './payment.ts';

export type HandoverId = Id<'company_handover'>;

/** The fact that so much of a receipt went to another company, or came back from it: then the amounts have the sign changed. */
export type Handover = {
  readonly id: HandoverId;
  readonly paymentId: string;
  /** Who received the money. */
  readonly fromCompanyId: CompanyId;
  /** Whose customer it settles a debt of. */
  readonly toCompanyId: CompanyId;
  readonly customerId: CustomerId;
  /** In the currency of the receipt. */
  readonly amount: Money;
  /** In the functional currency of who received it, as it came in: nothing is gained or lost there. */
  readonly fromFunctional: Money;
  /** In the functional currency of the other, at its rate of the receipt's value date. */
  readonly toFunctional: Money;
  readonly handedOn: PlainDate;
  readonly fromItemId: ItemId;
  readonly toItemId: ItemId;
  readonly fromEntryId: EntryId;
  readonly toEntryId: EntryId;
  readonly reversesId: HandoverId | null;
};

/** One handing over as it is booked: the fact, an item and an entry in either company. */
export type HandoverPosting = {
  readonly handover: Handover;
  readonly fromItem: OpenItem;
  readonly toItem: OpenItem;
  readonly entries: readonly Entry[];
};

type Booked = {
  readonly amount: Money;
  readonly fromFunctional: Money;
  readonly toFunctional: Money;
};

/** The entries of both companies: what goes to the other is owed to it, and due from the first; coming back, the other way. */
function entriesOf(fromItem: OpenItem, toItem: OpenItem, booked: Booked): readonly [Entry, Entry] {
  const { amount, fromFunctional, toFunctional } = booked;
  const { documentId, postedOn } = fromItem;
  const occasion = { documentId, postedOn, kind: 'handover' } as const;
  return [
    entry({
      ...occasion,
      companyId: fromItem.companyId,
      lines: [
        debit(fromItem.account, fromItem.amount, fromItem.functional, lineItem(fromItem)),
        credit('due-to-companies', amount, fromFunctional),
      ],
    }),
    entry({
      ...occasion,
      companyId: toItem.companyId,
      lines: [
        debit('due-from-companies', amount, toFunctional),
        debit(toItem.account, toItem.amount, toItem.functional, lineItem(toItem)),
      ],
    }),
  ];
}

/** What is handed over of which items, and what it settles in the other company. */
export type HandoverWish = {
  /** The items the receipt stands in. */
  readonly own: readonly OpenItem[];
  /** The items of the other company that are settled. */
  readonly debts: readonly OpenItem[];
  /** Which part of the receipt goes to which of them. */
  readonly wanted: readonly Wanted[];
  readonly on: PlainDate;
  /** How many items of the receipt are of this kind already. */
  readonly taken: number;
  /** What a part is worth in the other company. */
  toFunctional(amount: Money): Money;
};

/** All postings of handing over, and what is settled by them in either company. */
export type HandoverPlan = {
  readonly postings: readonly HandoverPosting[];
  /** The receipt's items with their counter-items. */
  readonly closing: readonly Wanted[];
  /** The debts with what came for them: discounts and differences go with them. */
  readonly applying: readonly Wanted[];
};

/**
 * Hands parts of a receipt over, each with a counter-item (kind `handover`) that takes it off the receipt at the rate it came
 * in at, and an item for as much in the other company that is for one debt alone.
 */
export function planHandovers(wish: HandoverWish): HandoverPlan {
  const now = new Map(wish.own.map((item) => [item.id, item]));
  const debtOf = new Map(wish.debts.map((item) => [item.id, item]));
  const postings: HandoverPosting[] = [];
  const closing: Wanted[] = [];
  const applying: Wanted[] = [];
  for (const part of wish.wanted) {
    const own = present(now.get(part.creditItemId), 'what is handed over is of the receipt');
    const debt = present(debtOf.get(part.debitItemId), 'the debts were read');
    const { after, functional } = takePart(own, part.amount.minor);
    now.set(own.id, after);
    const posting = postingOf(own, debt, {
      on: wish.on,
      instalment: wish.taken + 2 * postings.length + 1,
      amount: part.amount,
      fromFunctional: money(functional, own.functional.currency),
      toFunctional: wish.toFunctional(part.amount),
    });
    postings.push(posting);
    closing.push(pair(own, posting.fromItem, 'handover'));
    applying.push({ ...part, creditItemId: posting.toItem.id });
  }
  return { postings, closing, applying };
}

function postingOf(
  own: OpenItem,
  debt: OpenItem,
  given: Booked & { readonly on: PlainDate; readonly instalment: number },
): HandoverPosting {
  const { on, instalment, amount, fromFunctional, toFunctional } = given;
  const place = { ...own, kind: 'handover', postedOn: on, dueOn: on } as const;
  const fromItem = openItem({ ...place, id: newId(), instalment, amount, functional: fromFunctional });
  const toItem = openItem({
    ...place,
    id: newId(),
    companyId: debt.companyId,
    customerId: debt.customerId,
    instalment: instalment + 1,
    amount: negate(amount),
    functional: negate(toFunctional),
  });
  return handed(fromItem, toItem, { amount, fromFunctional, toFunctional }, null);
}

function handed(
  fromItem: OpenItem,
  toItem: OpenItem,
  booked: Booked,
  reversesId: HandoverId | null,
): HandoverPosting {
  const entries = entriesOf(fromItem, toItem, booked);
  const [fromEntry, toEntry] = entries;
  const handover: Handover = {
    ...booked,
    id: newId(),
    paymentId: fromItem.documentId,
    fromCompanyId: fromItem.companyId,
    toCompanyId: toItem.companyId,
    customerId: toItem.customerId as CustomerId,
    handedOn: fromItem.postedOn,
    fromItemId: fromItem.id,
    toItemId: toItem.id,
    fromEntryId: fromEntry.id,
    toEntryId: toEntry.id,
    reversesId,
  };
  return { handover, fromItem, toItem, entries };
}

/**
 * Takes a handing over back on a day: what came to the other company is closed there by a counter-item, and the receipt has
 * an item for as much again, of whom it is of now.
 * The same amounts in both functional currencies, so that nothing is gained or lost.
 *
 * `toItem` is what came, wholly open again since its application was taken back.
 */
export function takeBackPosting(
  handover: Handover,
  toItem: OpenItem,
  own: OpenItem,
  given: { readonly on: PlainDate; readonly taken: number; readonly customerId: CustomerId | null },
): { readonly posting: HandoverPosting; readonly closing: Wanted } {
  const { on, taken, customerId } = given;
  const counter = counterItem(toItem, { kind: 'handover', instalment: taken + 1, on });
  const booked = {
    amount: negate(handover.amount),
    fromFunctional: negate(handover.fromFunctional),
    toFunctional: negate(handover.toFunctional),
  };
  const back = openItem({
    ...own,
    id: newId(),
    customerId,
    kind: 'handover',
    instalment: taken + 2,
    amount: booked.amount,
    functional: booked.fromFunctional,
    postedOn: on,
    dueOn: on,
  });
  return { posting: handed(back, counter, booked, handover.id), closing: pair(toItem, counter, 'handover') };
}
