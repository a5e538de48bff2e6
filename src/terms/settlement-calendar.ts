// The days on which banks do not settle, by rules of the settlement systems themselves. They are not the public holidays of
// their countries: a substitute day that shops keep may be a day of business for the central bank.

import { addDays, type BusinessCalendar, type PlainDate } from '#kernel/calendar.ts';

/** T2 (euro), Fedwire and FedACH (US dollar), Bacs (pound, bank holidays of England and Wales), SIC (Swiss franc). */
export const SETTLEMENT_CALENDARS = ['t2', 'fed', 'bacs', 'sic'] as const;

export type SettlementCalendar = (typeof SETTLEMENT_CALENDARS)[number];

/** Whether a code names a settlement calendar. */
export function isSettlementCalendar(code: string): code is SettlementCalendar {
  return (SETTLEMENT_CALENDARS as readonly string[]).includes(code);
}

/** Easter Sunday of a year in the Gregorian calendar: the anonymous algorithm of Meeus, Jones and Butcher. */
export function easterSunday(year: number): PlainDate {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return Temporal.PlainDate.from({ year, month: Math.floor(n / 31), day: (n % 31) + 1 });
}

const MONDAY = 1;
const THURSDAY = 4;
const SATURDAY = 6;
const SUNDAY = 7;

function date(year: number, month: number, day: number): PlainDate {
  return Temporal.PlainDate.from({ year, month, day });
}

/** The n-th of a day of the week in a month; the last for -1. */
function nthDay(year: number, month: number, n: number, dayOfWeek: number): PlainDate {
  const first = date(year, month, 1);
  if (n > 0) return addDays(first, ((dayOfWeek - first.dayOfWeek + 7) % 7) + 7 * (n - 1));
  const last = first.with({ day: first.daysInMonth });
  return addDays(last, -((last.dayOfWeek - dayOfWeek + 7) % 7));
}

/** T2: New Year, Good Friday, Easter Monday, 1 May and the two days of Christmas (European Central Bank). */
function t2Days(year: number): readonly PlainDate[] {
  const easter = easterSunday(year);
  return [
    date(year, 1, 1),
    addDays(easter, -2),
    addDays(easter, 1),
    date(year, 5, 1),
    date(year, 12, 25),
    date(year, 12, 26),
  ];
}

/**
 * Federal Reserve banks: a holiday on a Sunday is kept on the Monday; on a Saturday the banks are open the Friday before and
 * nothing is kept instead. Juneteenth is one since 2022.
 */
function fedDays(year: number): readonly PlainDate[] {
  const fixed = [
    date(year, 1, 1),
    ...(year >= 2022 ? [date(year, 6, 19)] : []),
    date(year, 7, 4),
    date(year, 11, 11),
    date(year, 12, 25),
  ].map((day) => (day.dayOfWeek === SUNDAY ? addDays(day, 1) : day));
  return [
    ...fixed,
    nthDay(year, 1, 3, MONDAY),
    nthDay(year, 2, 3, MONDAY),
    nthDay(year, 5, -1, MONDAY),
    nthDay(year, 9, 1, MONDAY),
    nthDay(year, 10, 2, MONDAY),
    nthDay(year, 11, 4, THURSDAY),
  ];
}

/** Bank holidays that were moved or granted once, by proclamation. */
const BACS_MOVED: Readonly<
  Record<number, { readonly without: readonly string[]; readonly extra: readonly string[] }>
> = {
  2020: { without: ['2020-05-04'], extra: ['2020-05-08'] },
  2022: { without: ['2022-05-30'], extra: ['2022-06-02', '2022-06-03', '2022-09-19'] },
  2023: { without: [], extra: ['2023-05-08'] },
};

/** Bacs: the bank holidays of England and Wales; one on a weekend is kept on the next weekday that is free. */
function bacsDays(year: number): readonly PlainDate[] {
  const easter = easterSunday(year);
  const newYear = date(year, 1, 1);
  const christmas = date(year, 12, 25);
  const days = [
    newYear.dayOfWeek >= SATURDAY ? addDays(newYear, 8 - newYear.dayOfWeek) : newYear,
    addDays(easter, -2),
    addDays(easter, 1),
    nthDay(year, 5, 1, MONDAY),
    nthDay(year, 5, -1, MONDAY),
    nthDay(year, 8, -1, MONDAY),
    ...christmasDays(christmas),
  ];
  const moved = BACS_MOVED[year];
  if (!moved) return days;
  const kept = days.filter((day) => !moved.without.includes(day.toString()));
  return [...kept, ...moved.extra.map((text) => Temporal.PlainDate.from(text))];
}

/** Christmas and Boxing Day with their substitutes. */
function christmasDays(christmas: PlainDate): readonly PlainDate[] {
  const boxing = addDays(christmas, 1);
  // Friday and Saturday: Boxing Day moves to Monday. Saturday and Sunday: both move. Sunday and Monday: Christmas to Tuesday.
  if (christmas.dayOfWeek === SATURDAY - 1) return [christmas, addDays(boxing, 2)];
  if (christmas.dayOfWeek === SATURDAY) return [addDays(christmas, 2), addDays(boxing, 2)];
  if (christmas.dayOfWeek === SUNDAY) return [boxing, addDays(christmas, 2)];
  return [christmas, boxing];
}

/** SIC: 1 and 2 January, the days of Easter, 1 May, Ascension, Whit Monday, 1 August and the two days of Christmas. */
function sicDays(year: number): readonly PlainDate[] {
  const easter = easterSunday(year);
  return [
    date(year, 1, 1),
    date(year, 1, 2),
    addDays(easter, -2),
    addDays(easter, 1),
    date(year, 5, 1),
    addDays(easter, 39),
    addDays(easter, 50),
    date(year, 8, 1),
    date(year, 12, 25),
    date(year, 12, 26),
  ];
}

const RULES: Readonly<Record<SettlementCalendar, (year: number) => readonly PlainDate[]>> = {
  t2: t2Days,
  fed: fedDays,
  bacs: bacsDays,
  sic: sicDays,
};

/** The days of some years on which a settlement system is closed besides weekends. */
export function settlementCalendar(name: SettlementCalendar, years: readonly number[]): BusinessCalendar {
  return { holidays: new Set(years.flatMap((year) => RULES[name](year).map(String))) };
}
