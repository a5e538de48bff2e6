// Adding up a statement: exact sums of amounts that are text, whether the entries explain the balances, and which
// payments an entry is made of. Amounts of two currencies are never added.

import { assert } from '#kernel/assert.ts';
import { IMPORT_PROBLEMS_MAX } from '#kernel/limits.ts';
import { type Decimal, parseDecimal, powerOfTen } from '#kernel/percent.ts';
import type { Problem } from '#kernel/refusal.ts';
import type {
  StatementAmount,
  StatementBalance,
  StatementDetail,
  StatementEntry,
  StatementSummary,
} from './bank-statement-shape.ts';

const NOTHING: Decimal = { digits: 0n, scale: 0 };

/** The exact sum; as many decimals as the longer of the two has. */
function plus(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return {
    digits: a.digits * powerOfTen(scale - a.scale) + b.digits * powerOfTen(scale - b.scale),
    scale,
  };
}

function minus(a: Decimal, b: Decimal): Decimal {
  return plus(a, { digits: -b.digits, scale: b.scale });
}

/** All decimals written, trailing zeros too: a sum of 8.850 and 1 is 9.850. */
function fullText({ digits, scale }: Decimal): string {
  const negative = digits < 0n;
  const text = (negative ? -digits : digits).toString().padStart(scale + 1, '0');
  const split = text.length - scale;
  const plain = scale === 0 ? text : `${text.slice(0, split)}.${text.slice(split)}`;
  return negative ? `-${plain}` : plain;
}

/** The exact sum of two amounts of one currency. */
export function plusAmount(a: StatementAmount, b: StatementAmount): StatementAmount {
  assert(a.currency === b.currency, 'amounts of two currencies never meet', [a.currency, b.currency]);
  return { decimal: fullText(plus(parseDecimal(a.decimal), parseDecimal(b.decimal))), currency: a.currency };
}

/** The first amount less the second, of one currency. */
export function minusAmount(a: StatementAmount, b: StatementAmount): StatementAmount {
  assert(a.currency === b.currency, 'amounts of two currencies never meet', [a.currency, b.currency]);
  return { decimal: fullText(minus(parseDecimal(a.decimal), parseDecimal(b.decimal))), currency: a.currency };
}

/** Whether two amounts are the same money, however many zeros they are written with. */
export function amountsEqual(a: StatementAmount, b: StatementAmount): boolean {
  return a.currency === b.currency && minus(parseDecimal(a.decimal), parseDecimal(b.decimal)).digits === 0n;
}

/** Adds up the entries of a statement as they pass by and says at its end whether they explain the balances. */
export class StatementTally {
  readonly #totals = new Map<string, { credit: Decimal; debit: Decimal }>();
  readonly #byStatus: Record<string, number> = {};
  readonly #problems: Problem[] = [];
  #net = NOTHING;
  #netCurrency: string | undefined;
  #incomplete = false;
  #entries = 0;
  #details = 0;
  #reversals = 0;

  get entries(): number {
    return this.#entries;
  }

  add(entry: StatementEntry): void {
    this.#entries += 1;
    this.#details += entry.details.length;
    this.#reversals += entry.isReversal ? 1 : 0;
    this.#byStatus[entry.status] = (this.#byStatus[entry.status] ?? 0) + 1;
    const value = parseDecimal(entry.amount.decimal);
    const total = this.#totals.get(entry.amount.currency) ?? { credit: NOTHING, debit: NOTHING };
    if (value.digits < 0n) total.debit = minus(total.debit, value);
    else total.credit = plus(total.credit, value);
    this.#totals.set(entry.amount.currency, total);
    if (entry.status === 'BOOK') this.#addBooked(entry.accountAmount);
  }

  #addBooked(amount: StatementAmount | undefined): void {
    this.#netCurrency ??= amount?.currency;
    if (amount === undefined || amount.currency !== this.#netCurrency) this.#incomplete = true;
    else this.#net = plus(this.#net, parseDecimal(amount.decimal));
  }

  /** Remembers what was wrong; of very many only the first, as every list of problems. */
  report(problem: Problem): void {
    if (this.#problems.length < IMPORT_PROBLEMS_MAX) this.#problems.push(problem);
  }

  /** The end of a statement, with the balances it states. */
  summary(balances: readonly StatementBalance[]): StatementSummary {
    const opening =
      balances.find((balance) => balance.type === 'OPBD') ??
      balances.find((balance) => balance.type === 'PRCD');
    const closing = balances.findLast((balance) => balance.type === 'CLBD');
    const currency = this.#netCurrency ?? closing?.amount.currency ?? opening?.amount.currency;
    const totals = [...this.#totals].map(([code, { credit, debit }]) => ({
      currency: code,
      credit: fullText(credit),
      debit: fullText(debit),
    }));
    return {
      opening,
      closing,
      bookedNet:
        this.#incomplete || currency === undefined ? undefined : { decimal: fullText(this.#net), currency },
      ...this.#compare(opening?.amount, closing?.amount),
      totals,
      entries: this.#entries,
      details: this.#details,
      reversals: this.#reversals,
      byStatus: this.#byStatus,
      problems: this.#problems,
    };
  }

  #compare(
    opening: StatementAmount | undefined,
    closing: StatementAmount | undefined,
  ): Pick<StatementSummary, 'check' | 'difference'> {
    if (opening === undefined || closing === undefined) return { check: 'no_balances' };
    const { currency } = closing;
    if (opening.currency !== currency) return { check: 'currencies_differ' };
    if (this.#incomplete) return { check: 'amount_missing' };
    if (this.#netCurrency !== undefined && this.#netCurrency !== currency)
      return { check: 'currencies_differ' };
    const reached = plus(parseDecimal(opening.decimal), this.#net);
    const difference = minus(reached, parseDecimal(closing.decimal));
    return {
      check: difference.digits === 0n ? 'agrees' : 'differs',
      difference: { decimal: fullText(difference), currency },
    };
  }
}

/** One sum to be matched, with what is known about it. */
export type StatementPayment = {
  readonly amount: StatementAmount;
  readonly details: readonly StatementDetail[];
};

/**
 * The payments an entry is made of: its details one by one when there are several and their amounts add up to it to
 * the last decimal; else the entry as one, with whatever details it has.
 */
export function paymentsOf(entry: StatementEntry): readonly StatementPayment[] {
  const whole = [{ amount: entry.accountAmount ?? entry.amount, details: entry.details }];
  if (entry.details.length < 2 || whole[0]?.amount.currency !== entry.amount.currency) return whole;
  let left = parseDecimal(entry.amount.decimal);
  const parts: StatementPayment[] = [];
  for (const detail of entry.details) {
    if (detail.amount === undefined || detail.amount.currency !== entry.amount.currency) return whole;
    left = minus(left, parseDecimal(detail.amount.decimal));
    parts.push({ amount: detail.amount, details: [detail] });
  }
  return left.digits === 0n ? parts : whole;
}
