// The calendar that terms go by: public holidays of a country or state, the days of a settlement system, and the days a
// tenant says itself. Holidays of a country-year are computed once and kept, since working one out takes tens of milliseconds.

import type Holidays from 'date-holidays';
import type { Tx } from '#db/transaction.ts';
import { addDays, type BusinessCalendar } from '#kernel/calendar.ts';
import { HOLIDAY_YEARS_KEPT } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import { type CalendarSource, calendarSource } from './calendar-choice.ts';
import { settlementCalendar } from './settlement-calendar.ts';
import { findOwnDays } from './store.ts';

/** Who is on the two sides of an invoice: codes `company` and `customer` stand for their countries. */
export type CalendarSides = { readonly company: string; readonly customer: string | null };

const DAY_MS = 24 * 60 * 60 * 1_000;

const kept = new Map<string, ReadonlySet<string>>();

/** The library is loaded when it is first asked: most programs that start never need a holiday. */
async function openHolidays(country: string, region: string | null): Promise<Holidays> {
  const { default: Library } = await import('date-holidays');
  return region === null ? new Library(country) : new Library(country, region);
}

/**
 * Public holidays of a country, or a state of it, in a year, as `2026-12-25`. Days on which only banks close, or whoever
 * likes, are left out. A country without data has none.
 */
export async function findHolidays(
  country: string,
  region: string | null,
  year: number,
): Promise<ReadonlySet<string>> {
  const key = `${country} ${region ?? ''} ${year}`;
  const known = kept.get(key);
  if (known) return known;
  const library = await openHolidays(country, region);
  const days = new Set<string>();
  for (const holiday of library.getHolidays(year) ?? []) {
    if (holiday.type !== 'public') continue;
    const first = Temporal.PlainDate.from(holiday.date.slice(0, 10));
    const length = Math.max(1, Math.round((holiday.end.getTime() - holiday.start.getTime()) / DAY_MS));
    for (let n = 0; n < length; n += 1) days.add(addDays(first, n).toString());
  }
  if (kept.size >= HOLIDAY_YEARS_KEPT) kept.clear();
  kept.set(key, days);
  return days;
}

/** Refuses: `calendar_not_valid` for a code that is none, or a country or state without data. */
export async function checkCalendar(code: string): Promise<void> {
  const source = calendarSource(code, { company: 'DE', customer: null });
  if (source.kind !== 'country') return;
  const { default: Library } = await import('date-holidays');
  const library = new Library();
  const isKnown =
    source.country in library.getCountries() &&
    (source.region === null || source.region in (library.getStates(source.country) ?? {}));
  if (!isKnown) throw new Refusal('calendar_not_valid', { calendar: code });
}

/** Days of the week without business in a country, by the Unicode locale data: Friday and Saturday in some. */
function weekendOf(country: string): ReadonlySet<number> {
  return new Set(new Intl.Locale(`und-${country}`).getWeekInfo().weekend);
}

/** The business days of some years by a calendar code, with the days the tenant says itself. */
export async function readCalendar(
  tx: Tx,
  code: string,
  sides: CalendarSides,
  years: readonly number[],
): Promise<BusinessCalendar> {
  const own = await findOwnDays(tx, years);
  const base = await calendarOf(calendarSource(code, sides), years);
  const closed = own.filter((day) => !day.isOpen).map((day) => day.on.toString());
  const open = own.filter((day) => day.isOpen).map((day) => day.on.toString());
  return { ...base, holidays: new Set([...base.holidays, ...closed]), open: new Set(open) };
}

async function calendarOf(source: CalendarSource, years: readonly number[]): Promise<BusinessCalendar> {
  if (source.kind === 'weekends') return { holidays: new Set() };
  if (source.kind === 'settlement') return settlementCalendar(source.calendar, years);
  const { country, region } = source;
  const holidays = await Promise.all(years.map((year) => findHolidays(country, region, year)));
  return { holidays: new Set(holidays.flatMap((days) => [...days])), weekend: weekendOf(country) };
}
