// Reading what may be dropped: for whoever applies money, and for the settings.

import type { Actor } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { type PlainDate, versionOn } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import { toDecimal } from '#kernel/money.ts';
import { decimalText } from '#kernel/percent.ts';
import type { DifferenceKind } from '#ledger/settlement.ts';
import { readCustomers, takeCompany } from '#parties/take-party.ts';
import { readCustomerMatching } from '#paying/read-matching-rules.ts';
import {
  type Ceiling,
  type DifferenceLimit,
  type Dropper,
  limitOn,
  type ToleranceRule,
  toleranceOn,
} from './difference-rules.ts';
import { findLimits, findTolerances, type StoredLimit, type StoredTolerance } from './store.ts';

/** What may be dropped of a company's items when a receipt is applied. */
export type DifferenceRules = {
  /** By rule, of a receipt in that currency that settles an item of the customer. */
  readonly tolerance: (customerId: CustomerId | null, currency: string) => ToleranceRule | undefined;
  /** What banks may have kept of it on the way, likewise. */
  readonly charge: (customerId: CustomerId | null, currency: string) => ToleranceRule | undefined;
  /** By hand, by who acts. */
  readonly limit: (currency: string) => ReturnType<typeof limitOn>;
};

/** Whoever applies, as limits know them: a person by their id, a key or the machine by its role only. */
export function dropperOf(act: { readonly actor: Actor; readonly role: string }): Dropper {
  return { role: act.role, userId: act.actor.kind === 'user' ? act.actor.id : null };
}

/**
 * The rules for a receipt of a value date that is applied today. Customers whose money goes to the oldest item, or to all alike,
 * have running accounts: nothing is dropped by rule of what they owe, since the next payment makes it up.
 */
export async function readDifferenceRules(
  tx: Tx,
  companyId: CompanyId,
  customerIds: readonly CustomerId[],
  given: { readonly receivedOn: PlainDate; readonly today: PlainDate; readonly who: Dropper },
): Promise<DifferenceRules> {
  const [tolerance, limits] = await Promise.all([
    readTolerances(tx, companyId, customerIds),
    findLimits(tx, companyId),
  ]);
  return {
    tolerance: (customerId, currency) => tolerance({ customerId, currency, on: given.receivedOn }),
    charge: (customerId, currency) =>
      tolerance({ customerId, currency, on: given.receivedOn, kind: 'bank_charge' }),
    limit: (currency) => limitOn(limits, given.who, { currency, on: given.today }),
  };
}

/** The tolerance for a customer's receipt of a currency and value date, of a company; nothing where there is none. */
export type ToleranceOf = (of: {
  readonly customerId: CustomerId | null;
  readonly currency: string;
  readonly on: PlainDate;
  readonly kind?: DifferenceKind;
}) => ToleranceRule | undefined;

/** What a company drops by rule of what these customers owe. Running accounts have none, see `readDifferenceRules`. */
export async function readTolerances(
  tx: Tx,
  companyId: CompanyId,
  customerIds: readonly CustomerId[],
): Promise<ToleranceOf> {
  const [rules, matching] = await Promise.all([
    findTolerances(tx, companyId, customerIds),
    readCustomerMatching(tx, customerIds),
  ]);
  const runsOn = (customerId: CustomerId | null): boolean =>
    customerId !== null && ['oldest_first', 'proportional'].includes(matching(customerId).method);
  return (of) => (runsOn(of.customerId) ? undefined : toleranceOn(rules, of));
}

function ceilingReply({ amountMax, percentMax }: Ceiling) {
  return {
    amountMax: amountMax && { amount: toDecimal(amountMax), currency: amountMax.currency },
    percentMax: percentMax && decimalText(percentMax),
  };
}

function limitReply(limit: StoredLimit) {
  return {
    limitId: limit.id,
    role: limit.role,
    userId: limit.userId,
    currency: limit.currency,
    stance: limit.stance,
    ...ceilingReply(limit),
    validFrom: limit.validFrom.toString(),
    recordedBy: limit.recordedBy,
    recordedAt: limit.recordedAt.toString(),
  };
}

/** All that a company states, newest first, with what counts today marked. Refuses: `company_not_found`. */
export async function readCompanyDifferenceRules(tx: Tx, companyId: CompanyId, today: PlainDate) {
  const [tolerances, limits] = await Promise.all([
    findTolerances(tx, companyId, 'all'),
    findLimits(tx, companyId),
    takeCompany(tx, companyId),
  ]);
  const customers = await readCustomers(tx, [
    ...new Set(tolerances.flatMap((rule) => (rule.customerId ? [rule.customerId] : []))),
  ]);
  const toleranceReply = (rule: StoredTolerance) => {
    const customer = rule.customerId ? customers.get(rule.customerId) : undefined;
    return {
      toleranceId: rule.id,
      kind: rule.kind,
      customer: customer ? { id: customer.id, number: customer.number, name: customer.name } : null,
      currency: rule.currency,
      stance: rule.stance,
      ...ceilingReply(rule),
      validFrom: rule.validFrom.toString(),
      recordedBy: rule.recordedBy,
      recordedAt: rule.recordedAt.toString(),
      isInForce: isLatest(rule, tolerances, today, (one) => `${one.kind} ${one.customerId} ${one.currency}`),
    };
  };
  const whose = (one: DifferenceLimit): string => `${one.role} ${one.userId} ${one.currency}`;
  return {
    tolerances: tolerances.map(toleranceReply).reverse(),
    limits: limits
      .map((one) => ({ ...limitReply(one), isInForce: isLatest(one, limits, today, whose) }))
      .reverse(),
  };
}

/** Whether a version is the one in force of those about the same. */
function isLatest<T extends { readonly validFrom: PlainDate }>(
  version: T,
  versions: readonly T[],
  today: PlainDate,
  about: (version: T) => string,
): boolean {
  const same = versions.filter((one) => about(one) === about(version));
  return versionOn(same, today) === version;
}
