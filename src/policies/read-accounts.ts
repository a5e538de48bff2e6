// Reading what is so of accounts, as far as policies ask for it, and which policy each of them has.

import type { Tx } from '#db/transaction.ts';
import { dayIn, daysBetween, type PlainDate } from '#kernel/calendar.ts';
import type { CustomerId } from '#kernel/id.ts';
import { type Money, money } from '#kernel/money.ts';
import type { Decimal } from '#kernel/percent.ts';
import { readRate } from '#ledger/take-rate.ts';
import type { Company } from '#parties/company.ts';
import type { TermsRules } from '#terms/payment-terms.ts';
import { type Account, PAID_ITEMS_MAX } from './account.ts';
import { currenciesNamed, type Policy } from './policy.ts';
import { asksFor } from './segment.ts';
import { type AccountsOf, findAbout, findOwed, findPaidDaysLate, type OwedRow } from './store-accounts.ts';
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
  const asksForPaid = policies.some(({ segment }) => asksFor(segment, 'average_days_late'));
  const [about, owed, paid] = await Promise.all([
    findAbout(tx, of),
    findOwed(tx, of),
    asksForPaid ? findPaidDaysLate(tx, of, PAID_ITEMS_MAX) : [],
  ]);
  const rates = await readRates(
    tx,
    owed.map(({ currency }) => currency),
    policies,
    whose.on,
  );
  const owedOf = Map.groupBy(owed, (row) => row.customer_id);
  const paidOf = Map.groupBy(paid, (row) => row.customer_id);
  const accounts = about.map((row): readonly [CustomerId, Account] => [
    row.id,
    {
      company: company.code,
      country: row.country,
      language: row.language,
      debtorKind: row.kind ?? 'business',
      termsDays: termsDaysOf(row.rules),
      customerForDays: Math.max(0, daysBetween(dayIn(company.timeZone, row.created_at), whose.on)),
      paidDaysLate: (paidOf.get(row.id) ?? []).map(({ days_late }) => days_late),
      ...owedFigures(owedOf.get(row.id) ?? [], whose.on),
    },
  ]);
  return { accounts: new Map(accounts), rates };
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

function owedFigures(
  rows: readonly OwedRow[],
  on: PlainDate,
): Pick<Account, 'open' | 'overdue' | 'oldestDaysOverdue' | 'overdueItems'> {
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
