// Reading how days of a bank account tie out: balances followed from the first statement on, lines by what they are, and who
// vouches for which day.

import type { Tx } from '#db/transaction.ts';
import { addDays, daysBetween, type PlainDate } from '#kernel/calendar.ts';
import { TIE_OUT_DAYS_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import { followBalances, type StatementFinding } from './continuity.ts';
import { type TiedDay, tieDay } from './day.ts';
import {
  type AccountRow,
  findAccounts,
  findDaySums,
  findLineTotals,
  findSignOffs,
  findStated,
  type SignOffRow,
} from './store.ts';

/** An account with some of its days. Days on which nothing was said and nothing moved are left out. */
export type AccountDays = {
  readonly account: AccountRow;
  readonly days: readonly TiedDay[];
  readonly findings: readonly StatementFinding[];
  readonly signed: ReadonlyMap<string, SignOffRow>;
  /** The first and the last day anything is known of; null before the first statement. */
  readonly known: { readonly from: PlainDate; readonly to: PlainDate } | null;
};

/** A bank account by id. Refuses: `bank_account_not_found`. */
export async function takeAccount(tx: Tx, id: string): Promise<AccountRow> {
  const account = (await findAccounts(tx)).find((row) => row.id === id);
  if (!account) throw new Refusal('bank_account_not_found', { bankAccountId: id });
  return account;
}

/** Refuses: `days_not_valid` for a span that ends before it begins or is longer than can be shown at once. */
export function checkSpan(from: PlainDate, to: PlainDate): void {
  const days = daysBetween(from, to) + 1;
  if (days < 1 || days > TIE_OUT_DAYS_MAX)
    throw new Refusal('days_not_valid', { from: from.toString(), to: to.toString(), max: TIE_OUT_DAYS_MAX });
}

/** The days of an account from one day to another. Balances are followed from the beginning; lines are read of these days. */
export async function readAccountDays(
  tx: Tx,
  account: AccountRow,
  span: { readonly from: PlainDate; readonly to: PlainDate },
): Promise<AccountDays> {
  const [stated, totals, sums, signed] = await Promise.all([
    findStated(tx, account.id),
    findLineTotals(tx, account),
    findDaySums(tx, { account, ...span }),
    findSignOffs(tx, account.id),
  ]);
  const { days, findings } = followBalances(stated, totals);
  const isWithin = (day: PlainDate): boolean =>
    daysBetween(span.from, day) >= 0 && daysBetween(day, span.to) >= 0;
  const [first] = days;
  const last = days.at(-1);
  return {
    account,
    days: days
      .filter((day) => isWithin(day.day))
      .map((balances) => tieDay(balances, sums.get(balances.day.toString()))),
    findings: findings.filter((finding) => isWithin(finding.day)),
    signed,
    known: first && last ? { from: first.day, to: last.day } : null,
  };
}

/** One day of an account; a day on which nothing was said and nothing moved has the balance of the day before. */
export async function readDay(tx: Tx, account: AccountRow, day: PlainDate): Promise<TiedDay> {
  const { days } = await readAccountDays(tx, account, { from: day, to: day });
  return days[0] ?? emptyDay(tx, account, day);
}

async function emptyDay(tx: Tx, account: AccountRow, day: PlainDate): Promise<TiedDay> {
  const [stated, totals] = await Promise.all([findStated(tx, account.id), findLineTotals(tx, account)]);
  const { days } = followBalances(stated, totals);
  const before = days.findLast((one) => daysBetween(one.day, day) > 0);
  const after = days.find((one) => daysBetween(day, one.day) > 0);
  const balances = {
    day,
    openingMinor: before?.closingMinor ?? null,
    linesMinor: 0n,
    closingMinor: before?.closingMinor ?? null,
    carriedOffMinor: 0n,
    closingOffMinor: 0n,
    // Nothing moved on it if what came next went on exactly from where it stood.
    isProved: before !== undefined && after?.isProved === true && after.carriedOffMinor === 0n,
  };
  return tieDay(balances, undefined);
}

/** The days before a day, so many, to look at by default. */
export function spanBefore(
  to: PlainDate,
  days: number,
): { readonly from: PlainDate; readonly to: PlainDate } {
  return { from: addDays(to, 1 - days), to };
}
