// Reading terms the way people write them in one line: `2/10, 1/20, net 30`, `EOM+30`, `30 days end of month`, `15th next
// month`, `50/50 30/60`. What is not understood is refused rather than guessed.

import { TERMS_DISCOUNT_PERCENT_MAX } from '#kernel/limits.ts';
import { compareDecimals, parseDecimal } from '#kernel/percent.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { DueRule } from './due-rule.ts';
import { checkRules, type DiscountTier, netTerms, type TermsRules } from './payment-terms.ts';

/** The longest notation that is read. */
export const NOTATION_CHARACTERS_MAX = 100;

const DAYS_MAX = 730;
const EOM = '(?:eom|end of (?:the )?month)';
const DAYS = '(?:days?|d)';

/**
 * The terms that a short notation means. `net 30 EOM` and `EOM+30` count from the end of the month of issue; `30 days end of
 * month` counts first and then goes to the end of that month. A slash after a number up to twenty is a discount (`2/10`), a
 * list of shares that sum to a hundred with as many days is instalments (`50/50 30/60`), a list of days alone equal parts
 * (`30/60/90`).
 *
 * Refuses: `terms_not_understood`.
 */
export function parseNotation(text: string): TermsRules {
  const clean = text.trim().toLowerCase().replace(/\s+/g, ' ');
  const rules =
    clean.length > NOTATION_CHARACTERS_MAX ? undefined : (readInstalments(clean) ?? readDiscounted(clean));
  if (!rules) throw new Refusal('terms_not_understood', { text: text.slice(0, NOTATION_CHARACTERS_MAX) });
  checkRules(rules);
  return rules;
}

function readInstalments(text: string): TermsRules | undefined {
  const match = /^(?:(\d+(?:\/\d+)+) )?(\d+(?:\/\d+)+)(?: days)?$/.exec(text);
  if (!match) return undefined;
  const days = (match[2] ?? '').split('/').map(Number);
  const shares = match[1]?.split('/').map(Number) ?? days.map(() => 1);
  const isList = match[1] === undefined && (days[0] ?? 0) > TERMS_DISCOUNT_PERCENT_MAX && isRising(days);
  const isShared =
    match[1] !== undefined && shares.length === days.length && shares.reduce((a, b) => a + b) === 100;
  if (!(isList || isShared) || days.some((d) => d > DAYS_MAX)) return undefined;
  return {
    ...netTerms(0),
    instalments: days.map((d, index) => ({
      share: { weight: String(shares[index]) },
      due: { kind: 'days', days: d },
    })),
  };
}

function isRising(days: readonly number[]): boolean {
  return days.every((d, index) => index === 0 || d > (days[index - 1] ?? 0));
}

const DISCOUNT = new RegExp(
  `^(\\d{1,2}(?:\\.\\d{1,4})?) ?(?:%|/|% ?/) ?(?:within |in )?(\\d{1,3})(?: ?${DAYS}\\b)?(?: (eom)\\b)?(?:, ?| )?`,
);

function readDiscounted(text: string): TermsRules | undefined {
  const discounts: DiscountTier[] = [];
  let rest = text;
  for (let match = DISCOUNT.exec(rest); match; match = DISCOUNT.exec(rest)) {
    const [whole, percent = '', days, eom] = match;
    if (!isDiscount(percent)) return undefined;
    discounts.push({
      percent,
      until: eom ? afterMonthEnd(Number(days)) : { kind: 'days', days: Number(days) },
    });
    rest = rest.slice(whole.length);
  }
  const due = readDue(rest);
  if (!due) return undefined;
  return { ...netTerms(0), instalments: [{ share: { weight: '1' }, due }], discounts };
}

function isDiscount(percent: string): boolean {
  const value = parseDecimal(percent);
  const most = { digits: BigInt(TERMS_DISCOUNT_PERCENT_MAX), scale: 0 };
  return value.digits > 0n && compareDecimals(value, most) <= 0;
}

function afterMonthEnd(daysAfter: number): DueRule {
  return { kind: 'month_end', daysBefore: 0, months: 0, daysAfter, cutOffDay: null };
}

type Reader = readonly [pattern: RegExp, rule: (numbers: readonly number[]) => DueRule];

const onDay = (days: readonly number[], months: number): DueRule => ({
  kind: 'fixed_day',
  days,
  daysBefore: 0,
  months,
  cutOffDay: null,
});

/** Tried in their order. */
const READERS: readonly Reader[] = [
  [/^(?:due )?(?:on receipt|upon receipt|immediately|at once|now)$/, () => ({ kind: 'days', days: 0 })],
  [
    new RegExp(`^(?:net ?|n/ ?|n ?)?(\\d{1,3})(?: ?${DAYS})?(?: net)?$`),
    ([days = 0]) => ({ kind: 'days', days }),
  ],
  [/^(?:net )?(\d{1,2}) months?(?: net)?$/, ([months = 0]) => ({ kind: 'months', months })],
  [new RegExp(`^${EOM}$`), () => afterMonthEnd(0)],
  [new RegExp(`^${EOM} ?\\+? ?(\\d{1,3})(?: ?${DAYS})?$`), ([days = 0]) => afterMonthEnd(days)],
  [new RegExp(`^(?:net|n/) ?(\\d{1,3})(?: ?${DAYS})? ${EOM}$`), ([days = 0]) => afterMonthEnd(days)],
  [new RegExp(`^(\\d{1,3}) ?${DAYS} after (?:the )?${EOM}$`), ([days = 0]) => afterMonthEnd(days)],
  [
    new RegExp(`^(\\d{1,3}) ?${DAYS},? ${EOM}$`),
    ([daysBefore = 0]) => ({ kind: 'month_end', daysBefore, months: 0, daysAfter: 0, cutOffDay: null }),
  ],
  [
    /^(?:the )?(\d{1,2})(?:st|nd|rd|th)? (?:of )?(?:the )?(?:next|following) month$/,
    ([day = 0]) => onDay([day], 1),
  ],
  [/^(\d{1,2})(?:st|nd|rd|th)? prox(?:imo)?$/, ([day = 0]) => onDay([day], 1)],
  [/^(?:the )?(\d{1,2})(?:st|nd|rd|th) and (?:the )?(\d{1,2})(?:st|nd|rd|th)$/, (days) => onDay(days, 0)],
  [/^(?:the )?(\d{1,2})(?:st|nd|rd|th)$/, (days) => onDay(days, 0)],
];

function readDue(text: string): DueRule | undefined {
  for (const [pattern, rule] of READERS) {
    const match = pattern.exec(text);
    if (!match) continue;
    const numbers = match
      .slice(1)
      .filter((part) => part !== undefined)
      .map(Number);
    const found = rule(numbers);
    const isDay = found.kind === 'fixed_day';
    return numbers.every((n) => (isDay ? n >= 1 && n <= 31 : n <= DAYS_MAX)) ? found : undefined;
  }
  return undefined;
}
