// The proof of the books: everything that is stored is computed again from the journal and the applications, in one snapshot,
// and whatever does not hold is named. It repairs nothing.

import { createHash } from 'node:crypto';
import type { Pool } from '#db/pool.ts';
import { inTenant, type Tx } from '#db/transaction.ts';
import { addDays, type Instant, isAfter, monthEnd, type PlainDate, parseDate } from '#kernel/calendar.ts';
import type { TenantId } from '#kernel/id.ts';
import { VERIFY_DATES_MAX } from '#kernel/limits.ts';
import { type Money, money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { Company } from '#parties/company.ts';
import { listCompanies } from '#parties/take-party.ts';
import { readOpenSums } from './store-aging.ts';
import {
  canonicalBooks,
  compareControls,
  countBooks,
  type Findings,
  findFirstDay,
  findOffenders,
  type Offender,
  prepareProof,
  type SideMovement,
} from './store-proof.ts';
import { DIFFERENCE_RULES } from './store-proof-differences.ts';
import { DISCOUNT_RULES } from './store-proof-discounts.ts';
import { DOCUMENT_RULES } from './store-proof-documents.ts';
import { HANDOVER_RULES } from './store-proof-handovers.ts';
import { LEDGER_RULES } from './store-proof-ledger.ts';
import { WRITE_OFF_RULES } from './store-proof-write-offs.ts';

/** One rule as it was found to hold or not. */
export type Check = {
  readonly rule: string;
  readonly says: string;
  readonly holds: boolean;
  /** How many rows the rule was tried on. */
  readonly rows: number;
  readonly offenders: number;
  /** The first offenders, with ids and values as text. */
  readonly examples: readonly Offender[];
  readonly seconds: number;
};

/** What is open in one company and currency at the end of a day, found in three ways that must agree. */
export type ProvenTotal = {
  readonly asOf: PlainDate;
  readonly company: Company;
  readonly currency: string;
  /** Items less applications. */
  readonly openItems: Money;
  /** Lines of the journal on control accounts. */
  readonly controlAccounts: Money;
  /** The net of the aging report. */
  readonly aging: Money;
  readonly holds: boolean;
};

export type Verification = {
  readonly holds: boolean;
  readonly at: Instant;
  readonly today: PlainDate;
  readonly checks: readonly Check[];
  readonly counts: Readonly<Record<string, number>>;
  readonly totals: readonly ProvenTotal[];
  readonly sha256: string;
  readonly seconds: number;
};

export type VerifyRequest = {
  readonly now: Instant;
  readonly today: PlainDate;
  /** Past days to prove the totals on; left out, the latest month ends of the ledger's life. */
  readonly dates?: readonly PlainDate[] | undefined;
};

/**
 * Proves the books of a tenant, or says what is wrong with them. Reads one snapshot, so that others may go on working.
 *
 * Refuses: `too_many_dates`.
 */
export async function verifyBooks(
  pool: Pool,
  tenantId: TenantId,
  request: VerifyRequest,
): Promise<Verification> {
  return inTenant(pool, tenantId, (tx) => proveBooks(tx, request), { snapshot: true });
}

async function proveBooks(tx: Tx, request: VerifyRequest): Promise<Verification> {
  const begun = performance.now();
  prepareProof(tx);
  const days = await daysToProve(tx, request);
  const counts = await countBooks(tx);
  const checks: Check[] = [];
  for (const rule of [
    ...LEDGER_RULES,
    ...DISCOUNT_RULES,
    ...DOCUMENT_RULES,
    ...DIFFERENCE_RULES,
    ...WRITE_OFF_RULES,
    ...HANDOVER_RULES,
  ]) {
    const { rule: name, says } = rule;
    checks.push(await timed({ rule: name, says }, counts[rule.counts] ?? 0, () => findOffenders(tx, rule)));
  }
  let movements: readonly SideMovement[] = [];
  checks.push(
    await timed(CONTROLS, 0, async () => {
      const found = await compareControls(tx, days);
      movements = found.movements;
      return found;
    }),
  );
  const totals = await proveTotals(tx, days, movements);
  checks.push(await timed(TOTALS, totals.length, async () => findingsOf(totals)));
  const sha256 = await hashBooks(tx);
  return {
    holds: checks.every((check) => check.holds),
    at: request.now,
    today: request.today,
    checks,
    counts,
    totals,
    sha256,
    seconds: secondsSince(begun),
  };
}

const CONTROLS = {
  rule: 'controls_equal_items',
  says: 'On each of the days, the open items of a company, control account, customer and currency sum to that account.',
};

const TOTALS = {
  rule: 'aging_equals_controls',
  says: 'On each of the days, open items, control accounts and the aging report give the same total.',
};

async function timed(
  what: { readonly rule: string; readonly says: string },
  rows: number,
  find: () => Promise<Findings & { readonly rows?: number }>,
): Promise<Check> {
  const begun = performance.now();
  const found = await find();
  return {
    ...what,
    holds: found.offenders === 0,
    rows: found.rows ?? rows,
    offenders: found.offenders,
    examples: found.examples,
    seconds: secondsSince(begun),
  };
}

function secondsSince(begun: number): number {
  return Math.round(performance.now() - begun) / 1_000;
}

/** The days asked for, or the latest month ends; and today. Ascending, each once. */
async function daysToProve(tx: Tx, request: VerifyRequest): Promise<readonly PlainDate[]> {
  const asked = request.dates ?? monthEnds(await findFirstDay(tx), request.today);
  if (asked.length > VERIFY_DATES_MAX)
    throw new Refusal('too_many_dates', { dates: asked.length, datesMax: VERIFY_DATES_MAX });
  const texts = new Set([...asked, request.today].map(String));
  return [...texts].sort().map(parseDate);
}

function monthEnds(first: PlainDate | null, today: PlainDate): readonly PlainDate[] {
  const ends: PlainDate[] = [];
  if (first === null) return ends;
  for (let end = monthEnd(first); !isAfter(end, today); end = monthEnd(addDays(end, 1))) ends.push(end);
  return ends.slice(-VERIFY_DATES_MAX);
}

async function proveTotals(
  tx: Tx,
  days: readonly PlainDate[],
  sides: readonly SideMovement[],
): Promise<readonly ProvenTotal[]> {
  const companies = await listCompanies(tx);
  const totals: ProvenTotal[] = [];
  for (const [index, asOf] of days.entries()) {
    const aging = await readOpenSums(tx, { asOf });
    for (const company of companies) {
      const here = sides.filter((side) => side.company_id === company.id);
      const aged = aging.filter((sum) => sum.companyId === company.id);
      const currencies = new Set([...here, ...aged].map((row) => row.currency));
      for (const currency of [...currencies].sort()) {
        const past = here.filter((side) => side.currency === currency && side.slot <= index);
        const openItems = past.reduce((total, side) => total + BigInt(side.items), 0n);
        const controlAccounts = past.reduce((total, side) => total + BigInt(side.control), 0n);
        const agedMinor = aged.reduce(
          (total, sum) => (sum.currency === currency ? total + sum.minor : total),
          0n,
        );
        totals.push({
          asOf,
          company,
          currency,
          openItems: money(openItems, currency),
          controlAccounts: money(controlAccounts, currency),
          aging: money(agedMinor, currency),
          holds: openItems === controlAccounts && openItems === agedMinor,
        });
      }
    }
  }
  return totals;
}

function findingsOf(totals: readonly ProvenTotal[]): Findings {
  const wrong = totals.filter((total) => !total.holds);
  return {
    offenders: wrong.length,
    examples: wrong.map((total) => ({
      as_of: total.asOf.toString(),
      company: total.company.code,
      currency: total.currency,
      open_items: total.openItems.minor.toString(),
      control_accounts: total.controlAccounts.minor.toString(),
      aging: total.aging.minor.toString(),
    })),
  };
}

async function hashBooks(tx: Tx): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of canonicalBooks(tx)) hash.update(piece);
  return hash.digest('hex');
}
