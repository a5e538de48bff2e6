// A due rule turns a day of issue into another day: so many days later, at a month's end, on a fixed day of a month. Days
// that a month does not have become its last day.

import { addDays, isBefore, monthEnd, monthStart, type PlainDate } from '#kernel/calendar.ts';
import { Refusal } from '#kernel/refusal.ts';

/** So many days after the day of issue: net 30. */
type DaysRule = { readonly kind: 'days'; readonly days: number };

/** The same day so many months later: one month after 31 January is 28 or 29 February. */
type MonthsRule = { readonly kind: 'months'; readonly months: number };

/**
 * A month's end: so many days after issue, then the end of that month or of one so many months later, then so many days
 * more. `EOM + 30` counts days after the month's end, `30 days end of month` before it.
 */
type MonthEndRule = {
  readonly kind: 'month_end';
  readonly daysBefore: number;
  readonly months: number;
  readonly daysAfter: number;
  readonly cutOffDay: number | null;
};

/**
 * A fixed day of a month. With months, of the month so many months later (the 15th of next month); without, the next of the
 * fixed days on or after issue plus `daysBefore` (the 10th and the 25th: two runs of payments a month).
 */
type FixedDayRule = {
  readonly kind: 'fixed_day';
  readonly days: readonly number[];
  readonly daysBefore: number;
  readonly months: number;
  readonly cutOffDay: number | null;
};

/** When something is due, counted from a day of issue. Where there is a cut-off day, what is issued after it goes one month further. */
export type DueRule = DaysRule | MonthsRule | MonthEndRule | FixedDayRule;

/** Refuses: `fixed_days_not_valid` for no day, a day twice, or several days of one month that is counted in months. */
export function checkDueRule(rule: DueRule): void {
  if (rule.kind !== 'fixed_day') return;
  const { days, months } = rule;
  const several = days.length > 1;
  if (days.length === 0 || new Set(days).size !== days.length || (several && months > 0))
    throw new Refusal('fixed_days_not_valid', { days: days.join(', '), months });
}

/** The day that a rule gives for a day of issue, before any shift to a business day. Never before the day of issue. */
export function dayByRule(rule: DueRule, issuedOn: PlainDate): PlainDate {
  switch (rule.kind) {
    case 'days':
      return addDays(issuedOn, rule.days);
    case 'months':
      return issuedOn.add({ months: rule.months });
    case 'month_end': {
      const base = addDays(issuedOn, rule.daysBefore);
      const month = monthStart(base).add({ months: rule.months + cutOff(rule, base) });
      return addDays(monthEnd(month), rule.daysAfter);
    }
    case 'fixed_day':
      return fixedDay(rule, addDays(issuedOn, rule.daysBefore));
  }
}

/** A month more for what comes after the cut-off day. */
function cutOff({ cutOffDay }: { readonly cutOffDay: number | null }, base: PlainDate): 0 | 1 {
  return cutOffDay !== null && base.day > cutOffDay ? 1 : 0;
}

function fixedDay(rule: FixedDayRule, base: PlainDate): PlainDate {
  const ahead = rule.months + cutOff(rule, base);
  const earliest = ahead === 0 ? base : monthStart(base).add({ months: ahead });
  const days = [...rule.days].sort((a, b) => a - b);
  for (let month = monthStart(earliest); ; month = month.add({ months: 1 })) {
    for (const day of days) {
      const found = month.with({ day: Math.min(day, month.daysInMonth) });
      if (!isBefore(found, earliest)) return found;
    }
  }
}
