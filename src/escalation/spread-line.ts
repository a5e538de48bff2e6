// An invoice in instalments is one claim to an agency and several items to us: what it tells of the invoice is spread over them.
// Pure.

import { present } from '#kernel/assert.ts';
import { type Money, money, parseMoney, toDecimal } from '#kernel/money.ts';
import { type AgencyTerms, agreedOf, type StatedAmounts, type StatementLine } from './agency-statement.ts';

type Portion = { readonly [Key in keyof StatedAmounts]: bigint };

/** What of a line makes an item lose: of an agency that keeps its fee from our money all of it, else what is passed on. */
function isKeptOfOurs({ remits, fees }: AgencyTerms): boolean {
  return remits === 'net' && fees.bearer !== 'debtor';
}

/** What an item loses by a line, in minor units. */
export function lossOf(line: Pick<StatedAmounts, 'collected' | 'remitted'>, terms: AgencyTerms): bigint {
  return isKeptOfOurs(terms) ? line.collected.minor : line.remitted.minor;
}

/**
 * Parts of a line for items in the order of their due days: each item is filled by what is open of it, and what is more than
 * all of them is on the last (which settling refuses). What is kept is spread as the money is, so that the parts add up as
 * the line does and come to it to the cent; an item of which nothing is left to take has no part.
 *
 * @param left what is open of each item, in minor units
 */
export function spreadLine(
  line: StatedAmounts,
  terms: AgencyTerms,
  left: readonly bigint[],
): readonly (StatedAmounts & { readonly index: number })[] {
  const total = lossOf(line, terms);
  const losses = fill(total, left);
  const indexes = losses.flatMap((loss, index) => (loss > 0n ? [index] : []));
  const [only, ...more] = indexes.length > 0 ? indexes : [0];
  if (only === undefined || more.length === 0) return [{ ...pick(line), index: only ?? 0 }];
  const whole = line.fee.minor + line.tax.minor;
  let done: Portion = { collected: 0n, fee: 0n, tax: 0n, remitted: 0n };
  let lost = 0n;
  return indexes.map((index) => {
    const loss = losses[index] ?? 0n;
    lost += loss;
    const kept = (whole * lost) / total;
    const tax = whole === 0n ? 0n : (line.tax.minor * kept) / whole;
    const isKept = terms.remits === 'net';
    const collected = isKeptOfOurs(terms) || !isKept ? lost : lost + kept;
    const upTo = { collected, fee: kept - tax, tax, remitted: isKept ? collected - kept : collected };
    const part = minus(upTo, done);
    done = upTo;
    const { currency } = line.collected;
    const shown = (minor: bigint): Money => money(minor, currency);
    return {
      collected: shown(part.collected),
      fee: shown(part.fee),
      tax: shown(part.tax),
      remitted: shown(part.remitted),
      index,
    };
  });
}

/**
 * What was agreed for the parts of a line: a least sum is taken of the debtor's payment once, with the first part; a fixed one
 * of each item.
 */
export function agreedOfParts(
  parts: readonly { readonly line: StatementLine; readonly terms: AgencyTerms }[],
): readonly ReturnType<typeof agreedOf>[] {
  const [first] = parts;
  const least = first?.terms.fees.least;
  if (parts.length === 1 || least === undefined) return parts.map(({ line, terms }) => agreedOf(line, terms));
  const withLeast = (terms: AgencyTerms, minor: bigint): AgencyTerms => {
    const currency = terms.fees.currency ?? present(first, 'a line has a part').line.collected.currency;
    return { ...terms, fees: { ...terms.fees, least: toDecimal(money(minor > 0n ? minor : 0n, currency)) } };
  };
  const others = parts
    .slice(1)
    .map(({ line, terms }) => agreedOf({ ...line, isFirst: false }, withLeast(terms, 0n)).fee.minor)
    .reduce((sum, fee) => sum + fee, 0n);
  return parts.map(({ line, terms }, index) => {
    const wanted = parseMoney(least, terms.fees.currency ?? line.collected.currency).minor;
    return agreedOf(line, withLeast(terms, index === 0 ? wanted - others : 0n));
  });
}

/** Fills one after the other; what is more is on the last. */
function fill(total: bigint, left: readonly bigint[]): bigint[] {
  let rest = total;
  return left.map((open, index) => {
    const isLast = index === left.length - 1;
    const taken = isLast || rest < open ? rest : open > 0n ? open : 0n;
    rest -= taken;
    return taken;
  });
}

function pick({ collected, fee, tax, remitted }: StatedAmounts): StatedAmounts {
  return { collected, fee, tax, remitted };
}

function minus(a: Portion, b: Portion): Portion {
  return {
    collected: a.collected - b.collected,
    fee: a.fee - b.fee,
    tax: a.tax - b.tax,
    remitted: a.remitted - b.remitted,
  };
}
