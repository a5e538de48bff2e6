// Reading what is so of accounts, as far as policies ask for it, and which policy each of them has.

import type { Tx } from '#db/transaction.ts';
import { readMailboxes } from '#identity/read-people.ts';
import { addDays, dayIn, daysBetween, isAfter, isBefore, type PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import { type Money, money } from '#kernel/money.ts';
import type { Decimal } from '#kernel/percent.ts';
import { readRate } from '#ledger/take-rate.ts';
import type { Company } from '#parties/company.ts';
import { countBroken } from '#promises/read-standings.ts';
import { readRiskClasses } from '#risks/read-risk-classes.ts';
import type { RiskClass } from '#risks/risk-class.ts';
import { readTagsOf } from '#tags/read-tags.ts';
import type { TermsRules } from '#terms/payment-terms.ts';
import { type Account, BROKEN_PROMISE_DAYS, figuresOf, PAID_ITEMS_MAX } from './account.ts';
import { currenciesNamed, type Policy } from './policy.ts';
import { type Attribute, asksFor } from './segment.ts';
import {
  type AboutRow,
  type AccountsOf,
  findAbout,
  findDebtors,
  findOwed,
  findOwedByDay,
  findOwners,
  type OwedByDay,
  type OwedRow,
} from './store-accounts.ts';
import { findPaidDaysLate } from './store-days-late.ts';
import { type Rates, ratePair } from './worth.ts';

/** Accounts, and the rates that policies need to judge them. */
export type Accounts = { readonly accounts: ReadonlyMap<CustomerId, Account>; readonly rates: Rates };

/**
 * The accounts of customers with a company on a day, and the rates of that day, as far as some policies ask for them.
 * What is open is what is open now; what of it is overdue goes by the day.
 */
export async function readAccounts(
  tx: Tx,
  company: Company,
  policies: readonly Policy[],
  whose: { readonly customerIds: readonly CustomerId[]; readonly on: PlainDate },
): Promise<Accounts> {
  const of: AccountsOf = { companyId: company.id, ...whose };
  const [known, owed] = await Promise.all([readKnown(tx, of, policies), findOwed(tx, of)]);
  const rates = await readRates(
    tx,
    owed.map(({ currency }) => currency),
    policies,
    whose.on,
  );
  const owedOf = Map.groupBy(owed, (row) => row.customer_id);
  const accounts = known.about.map((about): readonly [CustomerId, Account] => {
    const figures = owedFigures(owedOf.get(about.id) ?? [], whose.on);
    return [about.id, accountOf(company, { ...known, about }, whose.on, figures)];
  });
  return { accounts: new Map(accounts), rates };
}

/**
 * The same on days to come, as far as it can be known: what is open then is what is open now, and is later by the days between;
 * what was paid and promised so far is all the history there is, and the rates are those of the first day.
 */
export async function readAccountsAhead(
  tx: Tx,
  company: Company,
  policies: readonly Policy[],
  whose: { readonly customerIds: readonly CustomerId[]; readonly from: PlainDate; readonly to: PlainDate },
): Promise<AccountsAhead> {
  const of: AccountsOf = { companyId: company.id, customerIds: whose.customerIds, on: whose.from };
  const [known, owed] = await Promise.all([
    readKnown(tx, of, policies),
    findOwedByDay(tx, { ...of, on: whose.to }),
  ]);
  const rates = await readRates(tx, [...new Set(owed.map(({ currency }) => currency))], policies, whose.from);
  const owedOf = Map.groupBy(owed, (row) => row.customer_id);
  const aboutOf = new Map(known.about.map((row) => [row.id, row]));
  const accountOn = (id: CustomerId, on: PlainDate) => {
    const about = aboutOf.get(id);
    return about && accountOf(company, { ...known, about }, on, figuresOn(owedOf.get(id) ?? [], on));
  };
  return { accountOn, rates };
}

/** What is so of accounts on days to come. */
export type AccountsAhead = {
  accountOn(id: CustomerId, on: PlainDate): Account | undefined;
  readonly rates: Rates;
};

/** What is known of accounts besides what they owe. */
type Known = {
  readonly about: readonly AboutRow[];
  readonly paidOf: ReadonlyMap<CustomerId, readonly { readonly days_late: number }[]>;
  readonly broken: ReadonlyMap<CustomerId, number>;
  readonly tagsOf: ReadonlyMap<CustomerId, readonly string[]>;
  readonly ownerOf: ReadonlyMap<CustomerId, string>;
  readonly riskOf: ReadonlyMap<CustomerId, RiskClass>;
};

async function readKnown(tx: Tx, of: AccountsOf, policies: readonly Policy[]): Promise<Known> {
  const asks = (attribute: Attribute) => policies.some(({ segment }) => asksFor(segment, attribute));
  const isRated = asks('risk_class');
  const [about, tagsOf, ownerOf, riskOf, paid, broken] = await Promise.all([
    findAbout(tx, of),
    asks('tags') ? readTagsOf(tx, of.customerIds) : new Map<CustomerId, readonly string[]>(),
    asks('owner') ? readOwners(tx, of) : new Map<CustomerId, string>(),
    isRated ? readRiskClasses(tx, of.customerIds) : new Map<CustomerId, RiskClass>(),
    isRated || asks('average_days_late') ? findPaidDaysLate(tx, of, PAID_ITEMS_MAX) : [],
    isRated || asks('broken_promises')
      ? countBroken(tx, { ...of, today: of.on, promisedFrom: addDays(of.on, -BROKEN_PROMISE_DAYS) })
      : new Map<CustomerId, number>(),
  ]);
  return { about, paidOf: Map.groupBy(paid, (row) => row.customer_id), broken, tagsOf, ownerOf, riskOf };
}

/** The mail address of the member whose each account is; accounts that are nobody's are left out. */
async function readOwners(tx: Tx, of: AccountsOf): Promise<ReadonlyMap<CustomerId, string>> {
  const owners = await findOwners(tx, of);
  const people = await readMailboxes(tx, {
    roles: [],
    userIds: [...new Set(owners.map((row) => row.user_id))],
  });
  const addressOf = new Map<string, string>(people.map(({ userId, email }) => [userId, email.toLowerCase()]));
  return new Map(
    owners.flatMap(({ customer_id, user_id }) => {
      const address = addressOf.get(user_id);
      return address === undefined ? [] : [[customer_id, address] as const];
    }),
  );
}

function accountOf(
  company: Company,
  {
    about: row,
    paidOf,
    broken,
    tagsOf,
    ownerOf,
    riskOf,
  }: Omit<Known, 'about'> & { readonly about: AboutRow },
  on: PlainDate,
  figures: Figures,
): Account {
  return {
    company: company.code,
    country: row.country,
    language: row.language,
    debtorKind: row.kind ?? 'business',
    owner: ownerOf.get(row.id) ?? null,
    tags: tagsOf.get(row.id) ?? [],
    statedRisk: riskOf.get(row.id) ?? null,
    termsDays: termsDaysOf(row.rules),
    customerForDays: Math.max(0, daysBetween(dayIn(company.timeZone, row.created_at), on)),
    brokenPromises: broken.get(row.id) ?? 0,
    paidDaysLate: (paidOf.get(row.id) ?? []).map(({ days_late }) => days_late),
    ...figures,
  };
}

/** Customers that owe a company something by invoices or charges, by id, from after one of them. */
export async function listDebtors(
  tx: Tx,
  companyId: CompanyId,
  page: { readonly after: CustomerId | undefined; readonly limit: number },
): Promise<readonly CustomerId[]> {
  return findDebtors(tx, companyId, page);
}

/** The rates from currencies to those that policies speak of; where none was recorded there is none. */
export async function readRates(
  tx: Tx,
  currencies: readonly string[],
  policies: readonly Policy[],
  on: PlainDate,
): Promise<Rates> {
  const pairs = currenciesNamed(policies).flatMap((to) =>
    [...new Set(currencies)].filter((from) => from !== to).map((from) => [from, to] as const),
  );
  const found = await Promise.all(
    pairs.map(async ([from, to]) => [ratePair(from, to), await readRate(tx, from, to, on)] as const),
  );
  return new Map(found.filter((one): one is readonly [string, Decimal] => one[1] !== undefined));
}

type Figures = Pick<Account, 'open' | 'overdue' | 'oldestDaysOverdue' | 'overdueItems'>;

/** What follows on a day from what is open by due date. */
function figuresOn(rows: readonly OwedByDay[], on: PlainDate): Figures {
  const posted = rows.filter((row) => !isAfter(row.posted_on, on));
  const items = posted.map((row) => ({ dueOn: row.due_on, open: money(row.open_minor, row.currency) }));
  return {
    ...figuresOf(items, on),
    overdueItems: posted.reduce((sum, row) => sum + (isBefore(row.due_on, on) ? Number(row.items) : 0), 0),
  };
}

function owedFigures(rows: readonly OwedRow[], on: PlainDate): Figures {
  const sums = (of: (row: OwedRow) => bigint): readonly Money[] =>
    rows.filter((row) => of(row) > 0n).map((row) => money(of(row), row.currency));
  return {
    open: sums((row) => row.open_minor),
    overdue: sums((row) => row.overdue_minor),
    oldestDaysOverdue: rows.reduce((most, row) => Math.max(most, daysBetween(row.oldest_due_on, on)), 0),
    overdueItems: rows.reduce((sum, row) => sum + Number(row.overdue_items), 0),
  };
}

/** The days of terms that are counted in days; of several instalments the last one's. */
function termsDaysOf(rules: TermsRules | null): number | null {
  if (rules === null) return null;
  const days = rules.instalments.map(({ due }) => (due.kind === 'days' ? due.days : null));
  return days.reduce<number | null>(
    (most, one) => (most === null || one === null ? null : Math.max(most, one)),
    0,
  );
}
