// Reading all that charging decides by, for some customers of a company: one set of questions, however many they are.

import type { Tx } from '#db/transaction.ts';
import { present } from '#kernel/assert.ts';
import { earlier, type PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId, ItemId } from '#kernel/id.ts';
import type { Currency, Money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { type Rate, takeRate, toFunctional } from '#ledger/take-rate.ts';
import type { Exclusion, LateItem, Reduction } from './accrual.ts';
import type { Charged, Debtor, Market } from './charging.ts';
import { KNOWN_RATES } from './known-rates.ts';
import { netCredits } from './netting.ts';
import { type PolicyVersion, policyOn, readTerms } from './policy.ts';
import { histories } from './reference-rate.ts';
import {
  type FoundItem,
  findCharged,
  findDebtorKinds,
  findExclusions,
  findLateItems,
  findOpenCredits,
  findPendingFees,
  findPolicies,
  findRecordedRates,
  findReductions,
} from './store-situation.ts';

/** A customer of a company with the currencies they owe in, each decided by itself. */
export type Situation = { readonly customerId: CustomerId; readonly debtors: readonly Debtor[] };

/** What charging customers of a company through a day has to know. Items come in order of their due dates. */
export async function readSituations(
  tx: Tx,
  companyId: CompanyId,
  customerIds: readonly CustomerId[],
  through: PlainDate,
): Promise<readonly Situation[]> {
  const items = await findLateItems(tx, companyId, customerIds, through);
  return situationsOf(tx, { companyId, customerIds, items });
}

/** The same for items that were found otherwise. */
export async function situationsOf(
  tx: Tx,
  of: {
    readonly companyId: CompanyId;
    readonly customerIds: readonly CustomerId[];
    readonly items: readonly FoundItem[];
    /** Items on which nothing is asked too. */
    readonly all?: boolean;
  },
): Promise<readonly Situation[]> {
  const { companyId, customerIds } = of;
  const ids = of.items.map((item) => item.id);
  const [policies, reductions, exclusions, charged, kinds, credits, fees] = await Promise.all([
    findPolicies(tx, companyId, customerIds),
    findReductions(tx, ids),
    findExclusions(tx, ids),
    findCharged(tx, of.items),
    findDebtorKinds(tx, customerIds),
    findOpenCredits(tx, companyId, customerIds),
    findPendingFees(tx, companyId, customerIds),
  ]);
  return customerIds.map((customerId) => {
    const items = of.items
      .filter((item) => item.customerId === customerId)
      .map((item) => withFacts(item, { policies, reductions, exclusions, charged }))
      .filter((item) => of.all || isAsked(item));
    const own = fees.filter((fee) => fee.customerId === customerId);
    const currencies = new Set([...items, ...own].map((thing) => thing.amount.currency));
    return {
      customerId,
      debtors: [...currencies].sort().map((currency) => ({
        kind: kinds.get(customerId) ?? 'business',
        currency,
        items: netCredits(
          items.filter((item) => item.amount.currency === currency),
          credits.filter((c) => c.customerId === customerId && c.amount.currency === currency),
        ),
        fees: own.filter((fee) => fee.amount.currency === currency),
      })),
    };
  });
}

type Facts = {
  readonly policies: readonly PolicyVersion[];
  readonly reductions: ReadonlyMap<ItemId, readonly Reduction[]>;
  readonly exclusions: ReadonlyMap<ItemId, readonly Exclusion[]>;
  readonly charged: ReadonlyMap<ItemId, Charged>;
};

const NEVER_CHARGED: Charged = { through: null, interestMinor: 0n, fixedMinor: null };

function withFacts(item: FoundItem, facts: Facts): Debtor['items'][number] {
  return {
    ...item,
    policy: policyOn(facts.policies, item.customerId, item.issuedOn),
    reductions: facts.reductions.get(item.id) ?? [],
    exclusions: facts.exclusions.get(item.id) ?? [],
    charged: facts.charged.get(item.id) ?? NEVER_CHARGED,
  };
}

/** Items without a policy matter only where something was charged before; paid ones where the policy asks for them too. */
function isAsked(item: Debtor['items'][number]): boolean {
  if (item.charged.through !== null || (item.charged.fixedMinor ?? 0n) !== 0n) return true;
  if (!item.policy) return false;
  return item.policy.terms.paidLate || openMinor(item) > 0n;
}

function openMinor(item: LateItem): bigint {
  return item.reductions.reduce((left, r) => left - r.minor, item.amount.minor);
}

/** Reference rates, and what fixed sums in another currency are worth on a day. Refuses: `exchange_rate_missing`. */
export async function readMarket(
  tx: Tx,
  situations: readonly Situation[],
  on: PlainDate,
  today: PlainDate,
): Promise<Market> {
  const rates = histories(KNOWN_RATES, await findRecordedRates(tx));
  const debtors = situations.flatMap((s) => s.debtors);
  const pairs = new Map<string, readonly [Currency, Currency]>();
  for (const { currency, items } of debtors)
    for (const policy of new Set(items.map((item) => item.policy)))
      for (const { from, fee } of policy ? readTerms(policy.terms).fixedSums : [])
        if (from.currency === currency && fee.currency !== currency)
          pairs.set(`${fee.currency} ${currency}`, [fee.currency, currency]);
  const found = new Map(
    await Promise.all(
      [...pairs].map(
        async ([key, [from, to]]) => [key, await rateOrRefusal(tx, from, to, earlier(on, today))] as const,
      ),
    ),
  );
  const feeIn = (fee: Money, currency: Currency): Money => {
    if (fee.currency === currency) return fee;
    const rate = present(found.get(`${fee.currency} ${currency}`), 'rates of fixed sums were asked for');
    if (rate instanceof Refusal) throw rate;
    return toFunctional(fee, rate);
  };
  return { rates, feeIn };
}

/** A rate, or why there is none: that concerns only customers who would be charged in it, and is told with them. */
async function rateOrRefusal(tx: Tx, from: Currency, to: Currency, on: PlainDate): Promise<Rate | Refusal> {
  try {
    return await takeRate(tx, from, to, on);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}
