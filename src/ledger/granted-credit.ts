// Credit that was granted back as a refund is spoken for: nothing else uses it up before the refund is paid or withdrawn.

import type { CompanyId, CustomerId } from '#kernel/id.ts';
import type { OpenItem } from './open-item.ts';
import type { Wanted } from './settlement.ts';

/** Whose credit, in which currency; amounts of one place are added. */
export type CreditPlace = {
  readonly companyId: CompanyId;
  readonly customerId: CustomerId;
  readonly currency: string;
};

/** So much of a customer's credit is used. */
export type CreditUse = CreditPlace & { readonly minor: bigint };

/** Credit of a place where refunds were granted: all there is, and what is spoken for. */
export type GrantedCredit = CreditPlace & { readonly creditMinor: bigint; readonly grantedMinor: bigint };

/** What settling takes from the credit of customers; credit that is nobody's yet is not counted. */
export function usesOf(items: readonly OpenItem[], wanted: readonly Wanted[]): readonly CreditUse[] {
  const byId = new Map(items.map((item) => [item.id, item]));
  return wanted.flatMap(({ creditItemId, amount }): readonly CreditUse[] => {
    const credit = byId.get(creditItemId);
    if (credit === undefined || credit.customerId === null) return [];
    const { companyId, customerId, open } = credit;
    return [
      { companyId, customerId: customerId as CustomerId, currency: open.currency, minor: amount.minor },
    ];
  });
}

/** What is gone of the credit of customers where these items are taken back whole: what is left of those that are credit. */
export function creditOf(items: readonly OpenItem[]): readonly CreditUse[] {
  return items.flatMap(({ companyId, customerId, open }): readonly CreditUse[] =>
    customerId === null || open.minor >= 0n
      ? []
      : [{ companyId, customerId: customerId as CustomerId, currency: open.currency, minor: -open.minor }],
  );
}

/** Credit that is left to be used beside what was granted back, used up step by step. */
export class FreeCredit {
  readonly #places: Map<string, GrantedCredit>;

  constructor(granted: readonly GrantedCredit[]) {
    this.#places = new Map(granted.map((one) => [keyOf(one), one]));
  }

  /** Takes what is used; where that would leave less than was granted nothing is taken, and it says of which place. */
  take(uses: readonly CreditUse[]): GrantedCredit | undefined {
    const after = new Map(this.#places);
    for (const use of uses) {
      const place = after.get(keyOf(use));
      if (place === undefined) continue;
      const creditMinor = place.creditMinor - use.minor;
      if (use.minor > 0n && creditMinor < place.grantedMinor) return place;
      after.set(keyOf(use), { ...place, creditMinor });
    }
    for (const [key, place] of after) this.#places.set(key, place);
    return undefined;
  }
}

function keyOf({ companyId, customerId, currency }: CreditPlace): string {
  return `${companyId} ${customerId} ${currency}`;
}
