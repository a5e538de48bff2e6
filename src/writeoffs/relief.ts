// What of a write-off the tax office gives back: whether a country's rule is met, how much tax lies in what was
// written off, and the entries that say so. Relief stands in an account of its own until the tax return; it lowers the loss.

import { addDays, isAfter, isBefore, later, type PlainDate, versionOn } from '#kernel/calendar.ts';
import type { CompanyId, ItemId } from '#kernel/id.ts';
import { allocate, type Money, money, negate, proportional } from '#kernel/money.ts';
import { credit, debit, type Entry, entry } from '#ledger/journal.ts';
import type { OpenItem } from '#ledger/open-item.ts';
import { RELIEF_RULES, type ReliefGround, type ReliefRule } from './relief-rules.ts';
import type { WriteOffKind } from './writing-off.ts';

/** What somebody states about a debt that the books do not know. */
export type ReliefFacts = {
  /** Insolvency proceedings were opened, or refused for want of assets. */
  readonly insolvency?: boolean | undefined;
  /** Collecting it was tried and did not succeed. */
  readonly enforcementFailed?: boolean | undefined;
  /** The customer was told in writing that the tax is taken back. */
  readonly noticeGiven?: boolean | undefined;
};

/** Why no relief is claimed: no rule for the country, no tax in it, another kind of write-off, or the rule asks for more. */
export const RELIEF_GAPS = [
  'no_rule',
  'no_tax',
  'not_bad_debt',
  'too_early',
  'not_shown',
  'notice_missing',
] as const;
export type ReliefGap = (typeof RELIEF_GAPS)[number];

/** What a rule says about an item: claimed on a ground, or not and why, with the day from which time alone is enough. */
export type ReliefVerdict =
  | { readonly state: 'claimed'; readonly rule: ReliefRule; readonly ground: ReliefGround['kind'] }
  | {
      readonly state: 'none';
      readonly gap: ReliefGap;
      readonly rule?: ReliefRule;
      readonly from?: PlainDate;
    };

/** The rule of a country on a day, as far as we know one. */
export function reliefRuleOn(country: string, on: PlainDate): ReliefRule | undefined {
  const ofCountry = RELIEF_RULES.filter((one) => one.country === country);
  return versionOn(ofCountry, on);
}

/**
 * Whether the tax on an item may be taken back on a day. Only bad debts are: what is given to a customer (goodwill, a dispute)
 * lowers the tax by a credit note.
 */
export function judgeRelief(
  item: Pick<OpenItem, 'postedOn' | 'dueOn'>,
  of: {
    readonly country: string;
    readonly kind: WriteOffKind;
    readonly on: PlainDate;
    readonly facts: ReliefFacts;
    readonly hasTax: boolean;
  },
): ReliefVerdict {
  if (of.kind !== 'bad_debt') return { state: 'none', gap: 'not_bad_debt' };
  if (!of.hasTax) return { state: 'none', gap: 'no_tax' };
  const rule = reliefRuleOn(of.country, of.on);
  if (!rule) return { state: 'none', gap: 'no_rule' };
  const ground = rule.grounds.find((one) => isMet(one, item, of));
  const from = rule.grounds.flatMap((one) => (one.kind === 'overdue' ? [dayOfGround(one, item)] : []))[0];
  const until = from && isAfter(from, of.on) ? { from } : {};
  if (!ground) return { state: 'none', gap: from === undefined ? 'not_shown' : 'too_early', rule, ...until };
  if (rule.needsNotice && !of.facts.noticeGiven) return { state: 'none', gap: 'notice_missing', rule };
  return { state: 'claimed', rule, ground: ground.kind };
}

function isMet(
  ground: ReliefGround,
  item: Pick<OpenItem, 'postedOn' | 'dueOn'>,
  of: { readonly on: PlainDate; readonly facts: ReliefFacts },
): boolean {
  if (ground.kind === 'written_off') return true;
  if (ground.kind === 'insolvency') return of.facts.insolvency === true;
  if (ground.kind === 'enforcement_failed') return of.facts.enforcementFailed === true;
  return !isBefore(of.on, dayOfGround(ground, item));
}

/**
 * The first day on which an item was overdue long enough: months as the calendar has them, counted from the later of
 * issue and due date.
 */
function dayOfGround(
  ground: Extract<ReliefGround, { readonly kind: 'overdue' }>,
  item: Pick<OpenItem, 'postedOn' | 'dueOn'>,
): PlainDate {
  const since = later(item.postedOn, item.dueOn);
  return addDays(since.add({ months: ground.months ?? 0, days: ground.days ?? 0 }), 1);
}

/** What of a document is tax, of how much. */
export type TaxOf = { readonly tax: bigint; readonly total: bigint };

/** An item with what was written off of it, in its currency and in that of the books. */
export type WrittenOffPart = {
  readonly item: OpenItem;
  readonly amount: Money;
  readonly functional: Money;
};

/** The tax in a part, in both currencies. */
export type ReliefPart = { readonly itemId: ItemId; readonly tax: Money; readonly functional: Money };

/**
 * The tax in what was written off of one document: in proportion to its total, rounded down for all of its parts together, so
 * that no more is claimed than is owed, and divided over them to the cent.
 */
export function taxIn(parts: readonly WrittenOffPart[], of: TaxOf): readonly ReliefPart[] {
  const [first] = parts;
  if (!first || of.total <= 0n || of.tax <= 0n) return [];
  const { currency } = first.amount;
  const whole = parts.reduce((total, { amount }) => total + amount.minor, 0n);
  const tax = money(whole >= of.total ? of.tax : (whole * of.tax) / of.total, currency);
  const shares = allocate(
    tax,
    parts.map(({ amount }) => amount.minor),
  );
  return parts.flatMap(({ item, amount, functional }, index) => {
    const share = shares[index];
    if (share === undefined || share.minor === 0n) return [];
    const worth = money(proportional(functional.minor, share.minor, amount.minor), functional.currency);
    return [{ itemId: item.id, tax: share, functional: worth }];
  });
}

/**
 * What goes back to the tax office when money came after all: of what was claimed, the part that `recovered` is of
 * what was written off, counting from nothing each time, so that the whole recovered gives back the whole claim to the cent.
 */
export function reliefOwed(
  claimed: { readonly tax: bigint; readonly functional: bigint },
  recovered: bigint,
  writtenOff: bigint,
): { readonly tax: bigint; readonly functional: bigint } {
  if (recovered === 0n) return { tax: 0n, functional: 0n };
  return {
    tax: proportional(claimed.tax, recovered, writtenOff),
    functional: proportional(claimed.functional, recovered, writtenOff),
  };
}

/** The entry of relief that is claimed (above zero) or goes back (below): its own account against the loss. */
export function reliefEntry(
  of: { readonly companyId: CompanyId; readonly writeOffId: string; readonly on: PlainDate },
  parts: readonly Pick<ReliefPart, 'tax' | 'functional'>[],
): Entry {
  return entry({
    companyId: of.companyId,
    postedOn: of.on,
    kind: 'tax_relief',
    documentId: of.writeOffId,
    lines: parts.flatMap(({ tax, functional }) => [
      debit('tax-relief', tax, functional),
      credit('bad-debt', tax, functional),
    ]),
  });
}

/** The same relief with the sign changed. */
export function backwards(part: ReliefPart): ReliefPart {
  return { ...part, tax: negate(part.tax), functional: negate(part.functional) };
}
