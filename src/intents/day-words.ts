// Days as people name them in a mail, read from the day it was written: `15.03.`, `March 15th`, `nächsten Freitag`,
// `fin du mois`, `within 10 days`.

import {
  addBusinessDays,
  addDays,
  isBefore,
  isInBusinessYears,
  monthEnd,
  type PlainDate,
  WEEKDAYS,
} from '#kernel/calendar.ts';
import { DAY_PHRASES, MONTHS, NUMBERS, UNITS, WEEK_DAYS } from './day-names.ts';
import type { Span } from './new-words.ts';
import type { Word } from './sentence.ts';

/** A day found; `isUncertain` where day and month could be the other way round. */
export type FoundDay = Span & { readonly on: PlainDate; readonly isUncertain: boolean };

/** From where days are read: the day of the mail, whether what is named lies ahead, whether the month is written first. */
export type DayView = {
  readonly today: PlainDate;
  readonly looksBack?: boolean;
  readonly monthFirst?: boolean;
};

type Read = { readonly on: PlainDate; readonly length: number; readonly isUncertain?: boolean };

/** The days named in a sentence, in their order. */
export function daysIn(words: readonly Word[], view: DayView): readonly FoundDay[] {
  const found: FoundDay[] = [];
  for (let at = 0; at < words.length; ) {
    const read = readDay(words, at, view);
    const [first, last] = [words[at], words[at + (read?.length ?? 1) - 1]];
    if (read && first && last && isInBusinessYears(read.on))
      found.push({ from: first.from, to: last.to, on: read.on, isUncertain: read.isUncertain ?? false });
    at += read?.length ?? 1;
  }
  return found;
}

function readDay(words: readonly Word[], at: number, view: DayView): Read | undefined {
  return (
    readFigures(words, at, view) ??
    readNamedMonth(words, at, view) ??
    readPhrase(words, at, view) ??
    readSpan(words, at, view) ??
    readWeekDay(words, at, view)
  );
}

const wordAt = (words: readonly Word[], at: number): string => words[at]?.text ?? '';

function dayOf(year: number, month: number, day: number): PlainDate | undefined {
  if (month < 1 || month > 12 || day < 1 || day > 31) return undefined;
  const first = Temporal.PlainDate.from({ year, month, day: 1 });
  return day <= first.daysInMonth ? first.with({ day }) : undefined;
}

const yearOf = (text: string): number => (text.length <= 2 ? 2000 + Number(text) : Number(text));

/** Words before which a day without a year stands. */
const BEFORE_DAY: ReadonlySet<string> = new Set(
  'on by until till before am bis zum vom den le au pour avant el al antes hasta del il entro per op voor tot uiterlijk'.split(
    ' ',
  ),
);

/** `2026-03-15`, `15.03.2026`, `15/3/26`, `15.03.` */
function readFigures(words: readonly Word[], at: number, view: DayView): Read | undefined {
  const text = wordAt(words, at);
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (iso) return readWhole(dayOf(Number(iso[1]), Number(iso[2]), Number(iso[3])));
  const full = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})$/.exec(text);
  if (full) return readPair(yearOf(full[4] ?? ''), [Number(full[1]), Number(full[3])], full[2] ?? '', view);
  const short = /^(\d{1,2})([./])(\d{1,2})$/.exec(text);
  if (!short || !BEFORE_DAY.has(wordAt(words, at - 1))) return undefined;
  const read = readPair(view.today.year, [Number(short[1]), Number(short[3])], short[2] ?? '', view);
  return read && { ...read, on: nearest(read.on, view) };
}

const readWhole = (on: PlainDate | undefined): Read | undefined => (on ? { on, length: 1 } : undefined);

/** Two numbers as day and month. Points are written with the day first everywhere. */
function readPair(
  year: number,
  [first, second]: readonly [number, number],
  mark: string,
  { monthFirst = false }: DayView,
): Read | undefined {
  const isOpen = mark !== '.' && first <= 12 && second <= 12 && first !== second;
  const turned = second > 12 || (mark !== '.' && monthFirst && first <= 12);
  const on = turned ? dayOf(year, first, second) : dayOf(year, second, first);
  return on && { on, length: 1, isUncertain: isOpen };
}

/** A day without a year: the next such day from today on, or the last. A day just past is meant as such. */
function nearest(on: PlainDate, { today, looksBack = false }: DayView): PlainDate {
  if (looksBack) return isBefore(today, on) ? on.subtract({ years: 1 }) : on;
  return isBefore(on, addDays(today, -60)) ? on.add({ years: 1 }) : on;
}

const DAY_OF_MONTH = /^(\d{1,2})(?:st|nd|rd|th|er|e|de|ste)?$/;
const FILLERS: ReadonlySet<string> = new Set(['of', 'de', 'del', 'di']);
const ENDS: ReadonlySet<string> = new Set('end ende fin fine finales final eind einde late'.split(' '));

/** `15 March 2026`, `March 15th`, `15 de marzo`, `end of March`. */
function readNamedMonth(words: readonly Word[], at: number, view: DayView): Read | undefined {
  const step = FILLERS.has(wordAt(words, at + 1)) ? 2 : 1;
  const here = wordAt(words, at);
  const monthAfter = MONTHS[wordAt(words, at + step)];
  if (monthAfter && ENDS.has(here)) {
    const on = nearest(
      monthEnd(Temporal.PlainDate.from({ year: view.today.year, month: monthAfter, day: 1 })),
      view,
    );
    return { on, length: step + 1 };
  }
  const day = DAY_OF_MONTH.exec(here);
  if (day && monthAfter) return withYear(words, { at, length: step + 1 }, [monthAfter, Number(day[1])], view);
  const month = MONTHS[here];
  const dayAfter = DAY_OF_MONTH.exec(wordAt(words, at + 1));
  if (month && dayAfter) return withYear(words, { at, length: 2 }, [month, Number(dayAfter[1])], view);
  return undefined;
}

function withYear(
  words: readonly Word[],
  { at, length }: { readonly at: number; readonly length: number },
  [month, day]: readonly [number, number],
  view: DayView,
): Read | undefined {
  const step = FILLERS.has(wordAt(words, at + length)) ? 1 : 0;
  const year = /^(?:19|20|21)\d\d$/.exec(wordAt(words, at + length + step));
  const on = dayOf(year ? Number(year[0]) : view.today.year, month, day);
  if (!on) return undefined;
  return year ? { on, length: length + step + 1 } : { on: nearest(on, view), length };
}

/** `tomorrow`, `end of the month`, `next week`: the longest that fits. */
function readPhrase(
  words: readonly Word[],
  at: number,
  { today, looksBack = false }: DayView,
): Read | undefined {
  const phrases = DAY_PHRASES.get(wordAt(words, at)) ?? [];
  const fitting = phrases.find(
    ({ words: wanted, notAfter }) =>
      wanted.every((word, index) => word === wordAt(words, at + index)) &&
      !notAfter?.includes(wordAt(words, at - 1)),
  );
  if (!fitting) return undefined;
  const { length } = fitting.words;
  const friday = addDays(today, 5 - today.dayOfWeek);
  switch (fitting.means) {
    case 'today':
      return { on: today, length };
    case 'yesterday':
      return { on: addDays(today, -1), length };
    case 'tomorrow':
      return { on: addDays(today, 1), length };
    case 'day_after_tomorrow':
      return { on: addDays(today, 2), length };
    case 'month_end':
      return { on: monthEnd(today), length };
    case 'next_month':
      return { on: monthEnd(today.add({ months: 1 })), length };
    case 'week_end':
      return { on: isBefore(friday, today) ? addDays(friday, 7) : friday, length };
    case 'next_week': {
      const named = WEEK_DAYS[wordAt(words, at + length)];
      return { on: addDays(friday, named ? 2 + named : 7), length: length + (named ? 1 : 0) };
    }
    case 'last_week':
      return looksBack ? { on: addDays(friday, -7), length } : undefined;
  }
}

const WITHIN: ReadonlySet<string> = new Set(
  'in within innerhalb binnen dans sous en dentro tra fra entro over'.split(' '),
);
const OF: ReadonlySet<string> = new Set([
  'of',
  'the',
  'next',
  'von',
  'der',
  'den',
  'nachsten',
  'de',
  'les',
  'di',
  'van',
]);

/** `within 10 days`, `innerhalb von zwei Wochen`. */
function readSpan(
  words: readonly Word[],
  at: number,
  { today, looksBack = false }: DayView,
): Read | undefined {
  if (looksBack || !WITHIN.has(wordAt(words, at))) return undefined;
  let next = at + 1;
  while (next < at + 4 && OF.has(wordAt(words, next))) next += 1;
  const text = wordAt(words, next);
  const count = /^\d{1,3}$/.test(text) ? Number(text) : NUMBERS[text];
  const isBusiness = /^(?:working|business|ouvres|ouvrables|habiles|laborables|lavorativi)$/;
  const skips = isBusiness.test(wordAt(words, next + 1)) ? 1 : 0;
  const unit = UNITS[wordAt(words, next + 1 + skips)];
  if (count === undefined || count === 0 || !unit) return undefined;
  const follows = isBusiness.test(wordAt(words, next + 2 + skips)) ? 1 : 0;
  const length = next + 2 + skips + follows - at;
  if (unit === 'month') return { on: today.add({ months: count }), length };
  if (unit === 'business_day' || (unit === 'day' && skips + follows > 0))
    return { on: addBusinessDays(today, count, WEEKDAYS), length };
  return { on: addDays(today, unit === 'week' ? count * 7 : count), length };
}

/** A day of the week: the next one after today, or the last before it; in the coming week where that is said after it. */
function readWeekDay(
  words: readonly Word[],
  at: number,
  { today, looksBack = false }: DayView,
): Read | undefined {
  const named = WEEK_DAYS[wordAt(words, at)];
  if (!named) return undefined;
  const ahead = (named - today.dayOfWeek + 7) % 7 || 7;
  if (looksBack) return { on: addDays(today, ahead - 7), length: 1 };
  const after = DAY_PHRASES.get(wordAt(words, at + 1)) ?? [];
  const week = after.find(
    ({ means, words: wanted }) =>
      means === 'next_week' && wanted.every((word, index) => word === wordAt(words, at + 1 + index)),
  );
  if (week) return { on: addDays(today, 7 - today.dayOfWeek + named), length: 1 + week.words.length };
  return { on: addDays(today, ahead), length: 1 };
}
