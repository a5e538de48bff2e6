// Reading charges, terms and rates for people.

import type { Tx } from '#db/transaction.ts';
import { present } from '#kernel/assert.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { readWrittenOff } from '#ledger/read-items.ts';
import type { Company } from '#parties/company.ts';
import type { Customer } from '#parties/customer.ts';
import { listCompanies, readCustomers, takeCompany, takeCustomer } from '#parties/take-party.ts';
import type { Part } from './charging.ts';
import { KNOWN_RATES } from './known-rates.ts';
import { type DebtorKind, type PolicyVersion, readTerms } from './policy.ts';
import { histories, type RateHistory, rateInForce, referenceDayOf } from './reference-rate.ts';
import {
  findChargePage,
  findCharges,
  findChargeWithWaivers,
  findParts,
  type ListedCharge,
} from './store-lists.ts';
import { findDebtorKinds, findPolicies, findRecordedRates } from './store-situation.ts';

/** A charge with whom it is between. */
export type NamedCharge = {
  readonly row: ListedCharge;
  readonly company: Company;
  readonly customer: Customer;
};

async function named(tx: Tx, rows: readonly ListedCharge[]): Promise<readonly NamedCharge[]> {
  const [companies, customers] = await Promise.all([
    listCompanies(tx),
    readCustomers(tx, [...new Set(rows.map((row) => row.customer_id))]),
  ]);
  return rows.map((row) => ({
    row,
    company: present(
      companies.find((company) => company.id === row.company_id),
      'a charge has its company',
    ),
    customer: present(customers.get(row.customer_id), 'a charge has its customer'),
  }));
}

/** A page of charges and credits, the latest first. */
export async function listCharges(
  tx: Tx,
  filter: Parameters<typeof findChargePage>[1],
  page: Parameters<typeof findChargePage>[2],
): Promise<readonly NamedCharge[]> {
  return named(tx, await findChargePage(tx, filter, page));
}

/** Charges by id with whom they are between, as far as they exist. */
export async function readNamedCharges(tx: Tx, ids: readonly string[]): Promise<readonly NamedCharge[]> {
  return named(tx, await findCharges(tx, ids));
}

/** A charge with all that belongs to it. */
export type WholeCharge = NamedCharge & {
  readonly parts: readonly Part[];
  /** Waivers of it, taken back ones too, the earliest first. */
  readonly waivers: readonly NamedCharge[];
  readonly corrects: ListedCharge | undefined;
  /** In minor units. */
  readonly writtenOff: bigint;
};

/** One charge or credit. Refuses: `charge_not_found`. */
export async function readCharge(tx: Tx, id: string): Promise<WholeCharge> {
  const [own, ...waivers] = await named(tx, await findChargeWithWaivers(tx, id));
  if (!own || own.row.id !== id) throw new Refusal('charge_not_found', { chargeId: id });
  const [parts, writtenOff, corrects] = await Promise.all([
    findParts(tx, own.row),
    readWrittenOff(tx, [own.row.item_id]),
    own.row.corrects_id === null ? [] : findCharges(tx, [own.row.corrects_id]),
  ]);
  return { ...own, parts, writtenOff, waivers, corrects: corrects[0] };
}

/** A version of terms with the customer it is for. */
export type NamedPolicy = PolicyVersion & {
  readonly recordedBy: string;
  readonly customer: Customer | undefined;
};

/** A rate that terms need and nobody stated. */
export type MissingRate = { readonly code: string; readonly on: PlainDate };

/** All terms of a company by their versions, and the rates they lack on a day. Refuses: `company_not_found`. */
export async function readSettings(
  tx: Tx,
  companyId: CompanyId,
  today: PlainDate,
): Promise<{ readonly policies: readonly NamedPolicy[]; readonly missing: readonly MissingRate[] }> {
  const company = await takeCompany(tx, companyId);
  const [policies, rates] = await Promise.all([findPolicies(tx, company.id, 'all'), readHistories(tx)]);
  const customers = await readCustomers(
    tx,
    policies.flatMap((p) => p.customerId ?? []),
  );
  return {
    policies: policies.map((p) => ({
      ...p,
      customer: p.customerId ? customers.get(p.customerId) : undefined,
    })),
    missing: missingRates(policies, rates.histories, today),
  };
}

/** The rates that any terms on record need for the half-year of a day and that are not known. */
export function missingRates(
  policies: readonly PolicyVersion[],
  rates: ReadonlyMap<string, RateHistory>,
  today: PlainDate,
): readonly MissingRate[] {
  const wanted = new Map<string, MissingRate>();
  for (const { terms } of policies) {
    const rate = terms && readTerms(terms).rate;
    if (rate?.mode !== 'reference') continue;
    const on = referenceDayOf(today, rate.referenceDay);
    wanted.set(`${rate.code} ${on}`, { code: rate.code, on });
  }
  return [...wanted.values()].filter(({ code, on }) => {
    try {
      rateInForce(rates.get(code), code, on);
      return false;
    } catch (error) {
      if (error instanceof Refusal) return true;
      throw error;
    }
  });
}

/** When a rate was recorded here, by code and day. */
export type RecordedAt = ReadonlyMap<string, Temporal.Instant>;

/** Reference rates by code, with when those of the tenant were recorded. */
export async function readHistories(
  tx: Tx,
): Promise<{ readonly histories: ReadonlyMap<string, RateHistory>; readonly recordedAt: RecordedAt }> {
  const recorded = await findRecordedRates(tx);
  return {
    histories: histories(KNOWN_RATES, recorded),
    recordedAt: new Map(recorded.map((rate) => [`${rate.code} ${rate.validFrom}`, rate.recordedAt])),
  };
}

/** How a customer is charged: kind of debtor and own terms in all companies. Refuses: `customer_not_found`. */
export async function readCustomerCharging(
  tx: Tx,
  customerId: CustomerId,
): Promise<{ readonly kind: DebtorKind; readonly policies: readonly NamedPolicy[] }> {
  const customer = await takeCustomer(tx, customerId);
  const companies = await listCompanies(tx);
  const [kinds, ...ofCompanies] = await Promise.all([
    findDebtorKinds(tx, [customer.id]),
    ...companies.map((company) => findPolicies(tx, company.id, [customer.id])),
  ]);
  return {
    kind: kinds.get(customer.id) ?? 'business',
    policies: ofCompanies
      .flat()
      .filter((policy) => policy.customerId === customer.id)
      .map((policy) => ({ ...policy, customer })),
  };
}
