// Reading the reconciliation of a bank account as of any day: the bank's side from statements and lines, the books' side from the
// journal, and what stands between them.

import type { Tx } from '#db/transaction.ts';
import { daysBetween, type PlainDate } from '#kernel/calendar.ts';
import type { CompanyId } from '#kernel/id.ts';
import type { Company } from '#parties/company.ts';
import { takeCompany } from '#parties/take-party.ts';
import { type Bridge, bridge, TRANSIT_AGES, transitAge } from './bridge.ts';
import { balanceOn, followBalances } from './continuity.ts';
import { type AccountRow, findLineTotals, findStated } from './store.ts';
import {
  findOutstanding,
  findUnexplained,
  isMainAccount,
  type Outstanding,
  sumBooks,
  type UnexplainedLine,
} from './store-lists.ts';

export type Reconciliation = {
  readonly account: AccountRow;
  readonly company: Company;
  readonly asOf: PlainDate;
  /** From when on the account is followed, and what stood on it before; null before the first statement. */
  readonly start: { readonly on: PlainDate; readonly openingMinor: bigint } | null;
  /** A statement says the balance at the bank, on this day or by going on from it. */
  readonly isProved: boolean;
  readonly bridge: Bridge;
  readonly transit: readonly (Outstanding & { readonly days: number })[];
  readonly early: readonly Outstanding[];
  readonly unexplained: readonly UnexplainedLine[];
  /** Deposits in transit by age: up to each of `TRANSIT_AGES` days, and older. */
  readonly ages: readonly bigint[];
  /** What the ledger account `bank` of the company stands at in this currency: of all its bank accounts together. */
  readonly ledgerMinor: bigint;
};

/** The reconciliation as of the end of a day. Refuses: `company_not_found`. */
export async function readReconciliation(
  tx: Tx,
  account: AccountRow,
  asOf: PlainDate,
): Promise<Reconciliation> {
  const [company, stated, totals, isMain] = await Promise.all([
    takeCompany(tx, account.company_id as CompanyId),
    findStated(tx, account.id),
    findLineTotals(tx, account),
    isMainAccount(tx, account),
  ]);
  const { days } = followBalances(stated, totals);
  const [first] = days;
  const startsOn = first?.day ?? asOf.add({ days: 1 });
  const place = { account, startsOn, isMain };
  const [transit, early, unexplained, books] = await Promise.all([
    findOutstanding(tx, place, asOf, 'transit'),
    findOutstanding(tx, place, asOf, 'early'),
    findUnexplained(tx, place, asOf),
    sumBooks(tx, place, asOf),
  ]);
  const reached = balanceOn(days, asOf);
  // Before the first statement nothing is known of either side.
  const openingMinor = reached ? (first?.openingMinor ?? 0n) : 0n;
  const total = (rows: readonly { readonly minor: bigint }[]): bigint =>
    rows.reduce((all, row) => all + row.minor, 0n);
  const of = (kind: Outstanding['kind']): bigint => total(transit.filter((row) => row.kind === kind));
  const aged = transit.map((row) => ({ ...row, days: daysBetween(row.posted_on, asOf) }));
  const ages = [...TRANSIT_AGES, null].map((_, index) =>
    total(aged.filter((row) => row.kind === 'deposit' && transitAge(row.days) === index)),
  );
  return {
    account,
    company,
    asOf,
    start: first && reached ? { on: first.day, openingMinor } : null,
    isProved: reached?.isProved ?? false,
    bridge: bridge(
      {
        bankMinor: reached?.closingMinor ?? 0n,
        depositsMinor: of('deposit'),
        refundsMinor: of('refund'),
        returnsMinor: of('return'),
        unexplainedMinor: unexplained.reduce((all, line) => all + line.amount_minor, 0n),
        earlyMinor: total(early),
      },
      openingMinor + books.moved_minor,
    ),
    transit: aged,
    early,
    unexplained,
    ages,
    ledgerMinor: books.ledger_minor,
  };
}
