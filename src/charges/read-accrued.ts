// What late payment has cost by a day and was not charged yet, for reminders that tell it. Nothing is booked by telling it.

import type { Tx } from '#db/transaction.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId, ItemId } from '#kernel/id.ts';
import { type Currency, type Money, money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { type Debtor, isInterest, type Market, type Part, reckonParts } from './charging.ts';
import { readMarket, readSituations } from './read-situation.ts';

/** What some items of a customer have cost in one currency; never below zero. */
export type Accrued = { readonly interest: Money; readonly fees: Money };

/** Which items are told of, as of which day. */
export type AccruedWish = {
  readonly companyId: CompanyId;
  readonly customerId: CustomerId;
  readonly items: readonly { readonly id: ItemId; readonly documentId: string }[];
  readonly through: PlainDate;
  readonly today: PlainDate;
};

/**
 * Interest of items through a day, less what was charged for them, and fees that are not charged yet: fixed sums of
 * their documents and reminders that were sent. A smallest amount for charges holds nothing back here. By currency; one
 * in which something cannot be reckoned, because a rate is not known, is left out.
 */
export async function readAccrued(tx: Tx, wish: AccruedWish): Promise<ReadonlyMap<Currency, Accrued>> {
  const { companyId, customerId, through, today } = wish;
  const situations = await readSituations(tx, companyId, [customerId], through);
  const market = await readMarket(tx, situations, through, today).catch(unknownRate);
  if (!market) return new Map();
  const told = situations
    .flatMap(({ debtors }) => debtors)
    .flatMap((debtor) => {
      const parts = partsOr(debtor, market, through);
      return parts ? [[debtor.currency, accruedOf(debtor.currency, parts, wish)] as const] : [];
    });
  return new Map(told.filter(([, { interest, fees }]) => interest.minor > 0n || fees.minor > 0n));
}

/** What cannot be reckoned is not told; anything else that goes wrong is a fault. */
function unknownRate(error: unknown): undefined {
  if (!(error instanceof Refusal)) throw error;
}

function partsOr(debtor: Debtor, market: Market, through: PlainDate): readonly Part[] | undefined {
  try {
    return reckonParts(debtor, market, through);
  } catch (error) {
    return unknownRate(error);
  }
}

function accruedOf(currency: Currency, parts: readonly Part[], { items }: AccruedWish): Accrued {
  const ids = new Set<string>(items.map(({ id }) => id));
  const documents = new Set(items.map(({ documentId }) => documentId));
  const sum = (which: readonly Part[]): Money => {
    const minor = which.reduce((total, part) => total + part.amount.minor, 0n);
    return money(minor > 0n ? minor : 0n, currency);
  };
  return {
    interest: sum(parts.filter((part) => isInterest(part) && ids.has(part.itemId ?? ''))),
    fees: sum(
      parts.filter(
        (part) => !isInterest(part) && (part.feeId !== null || documents.has(part.documentId ?? '')),
      ),
    ),
  };
}
