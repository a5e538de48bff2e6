// Days as readers of a language write them, and back from what they typed.

const dayFormats = new Map<string, Intl.DateTimeFormat>();

/** In the calendar of business and in digits that every keyboard has. */
function dayFormat(locale: string, dateStyle: 'medium' | 'short'): Intl.DateTimeFormat {
  const key = `${locale} ${dateStyle}`;
  const known = dayFormats.get(key);
  if (known) return known;
  const format = new Intl.DateTimeFormat(locale, {
    dateStyle,
    timeZone: 'UTC',
    calendar: 'gregory',
    numberingSystem: 'latn',
  });
  dayFormats.set(key, format);
  return format;
}

/** A calendar day such as `2026-11-24` in words: `Nov 24, 2026`, `24.11.2026`. */
export function dayWordsIn(locale: string, day: string): string {
  return dayFormat(locale, 'medium').format(Date.parse(`${day}T00:00:00Z`));
}

/** The letters of a text in small, without signs that cannot be seen. */
function plain(text: string): string {
  return text.replace(/\p{Cf}/gu, '').toLowerCase();
}

/** What the months are called where the day is written in words. */
function monthNames(locale: string): readonly string[] {
  return Array.from({ length: 12 }, (_, index) => {
    const parts = dayFormat(locale, 'medium').formatToParts(Date.UTC(2026, index, 20));
    return plain(parts.find(({ type }) => type === 'month')?.value ?? '');
  });
}

/** Which month a text names: in the reader's words, else in English ones. */
function monthIn(locale: string, text: string): number | undefined {
  for (const names of [monthNames(locale), monthNames('en')]) {
    const found = names
      .map((name, index) => ({ name, month: index + 1 }))
      .filter(({ name }) => /\p{L}/u.test(name) && text.includes(name))
      .sort((a, b) => b.name.length - a.name.length)[0];
    if (found) return found.month;
  }
  return undefined;
}

/** The order in which a reader writes the parts of a day in figures. */
function orderIn(locale: string): readonly string[] {
  return dayFormat(locale, 'short')
    .formatToParts(0)
    .map(({ type }) => type)
    .filter((type) => type === 'year' || type === 'month' || type === 'day');
}

/** Years of two digits are of this century. */
function fullYear(year: string): number {
  return year.length <= 2 ? 2_000 + Number(year) : Number(year);
}

/** The day if there is one: not the 30th of February. */
function dayOf(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  const isReal =
    date.getUTCMonth() === month - 1 && date.getUTCDate() === day && year >= 1_000 && year <= 9_999;
  return isReal ? date.toISOString().slice(0, 10) : undefined;
}

/**
 * The day that a reader typed: as `2026-11-24`, in figures in the order of the reader, or with the month in words, those of the
 * reader or English ones. Undefined where it is none.
 */
export function typedDayIn(locale: string, text: string): string | undefined {
  const typed = plain(text);
  const month = monthIn(locale, typed);
  const words = month === undefined ? typed : withoutMonth(locale, typed, month);
  const figures = words.match(/\d+/g) ?? [];
  const [a = '', b = '', c = ''] = figures;
  if (month !== undefined && figures.length === 2)
    return a.length > 2 ? dayOf(Number(a), month, Number(b)) : dayOf(fullYear(b), month, Number(a));
  if (figures.length !== 3) return undefined;
  if (a.length === 4) return dayOf(Number(a), Number(b), Number(c));
  const order = orderIn(locale);
  const part = (name: string): string => figures[order.indexOf(name)] ?? '';
  return dayOf(fullYear(part('year')), Number(part('month')), Number(part('day')));
}

/** What is left without the name of the month, which may have a figure in it (`11月`, `thg 11`). */
function withoutMonth(locale: string, typed: string, month: number): string {
  const names = [monthNames(locale), monthNames('en')].map((all) => all[month - 1] ?? '');
  const name = names.find((each) => /\p{L}/u.test(each) && typed.includes(each)) ?? '';
  return typed.replace(name, ' ');
}
