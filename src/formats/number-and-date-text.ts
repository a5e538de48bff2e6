// Amounts and dates as people write them in files. Nothing is guessed for one cell: a column is looked at as a
// whole, and where it can be read in two ways that is said, because 1,234 is either a thousand or one and a bit.

import { type PlainDate, YEAR_MAX, YEAR_MIN } from '#kernel/calendar.ts';
import { isCurrency } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';

/** The sign between whole and fraction. */
export type DecimalMark = '.' | ',';

/** What a column turned out to be, or why that cannot be told from its values and which of them show it. */
export type ColumnGuess<T> =
  | { readonly certain: true; readonly value: T }
  | {
      readonly certain: false;
      /**
       * `ambiguous`: every value can be read both ways. `contradictory`: some can be read only one way, some only
       * the other.
       */
      readonly because: 'ambiguous' | 'contradictory' | 'nothing_fits';
      readonly examples: readonly string[];
    };

/** An amount as plain decimal text (`-1234.50`), and the currency written beside it where one is. */
export type AmountText = {
  readonly decimal: string;
  /** The sign or code as written. */
  readonly currencyText?: string | undefined;
  /** Its ISO code, where it can mean only one: `€` is EUR, `$` may be several. */
  readonly currency?: string | undefined;
};

/** Signs that mean one currency; those that several countries share ($, ¥, kr, Fr.) are known but tell none. */
const CURRENCY_OF_SIGN: Readonly<Record<string, string>> = {
  '€': 'EUR',
  '£': 'GBP',
  '₹': 'INR',
  '₩': 'KRW',
  '₺': 'TRY',
  '₪': 'ILS',
  '₫': 'VND',
  '₴': 'UAH',
  Kč: 'CZK',
  zł: 'PLN',
  Ft: 'HUF',
  SFr: 'CHF',
};
const SHARED_SIGNS: ReadonlySet<string> = new Set([
  'Fr',
  'kr',
  'Rs',
  'Lei',
  'lei',
  'US$',
  'C$',
  'A$',
  'R$',
  'NZ$',
]);

const CURRENCY = String.raw`(?:\p{L}{0,3}\p{Sc}|\p{L}{2,3}\.?)`;
const AMOUNT = new RegExp(
  String.raw`^(\(?)([+-]?) ?(${CURRENCY})? ?([+-]?) ?([\d.,' ]*\d[.,]?) ?([+-]?) ?(${CURRENCY})? ?([+-]?)(\)?)$`,
  'u',
);

type Written = { readonly number: string; readonly isNegative: boolean; readonly sign: string | undefined };

/**
 * Takes sign, brackets and currency off a number; nothing when there is more than one of a kind, or something else.
 */
function takeApart(text: string): Written | undefined {
  const even = text
    .trim()
    .replace(/[\u00a0\u2007\u2009\u202f\s]+/g, ' ')
    .replace(/[\u2212\u2012\u2013\ufe63\uff0d]/g, '-')
    .replace(/[\u2019\u02bc]/g, "'");
  if (even.length > 60) return undefined;
  const found = AMOUNT.exec(even);
  if (found === null) return undefined;
  const [
    ,
    opens = '',
    before = '',
    front,
    middle = '',
    number = '',
    after = '',
    back,
    end = '',
    closes = '',
  ] = found;
  const signs = before + middle + after + end;
  if ((opens === '(') !== (closes === ')') || signs.length + opens.length > 1) return undefined;
  if (front !== undefined && back !== undefined) return undefined;
  // "12.-" is twelve francs where it is usual, and minus twelve elsewhere.
  if (/[.,]$/.test(number) && after + end !== '') return undefined;
  const sign = (front ?? back)?.replace(/\.$/, '');
  if (sign !== undefined && !isKnownSign(sign)) return undefined;
  return { number: number.trim(), isNegative: opens === '(' || signs === '-', sign };
}

function isKnownSign(sign: string): boolean {
  return (
    isCurrency(sign) ||
    Object.hasOwn(CURRENCY_OF_SIGN, sign) ||
    SHARED_SIGNS.has(sign) ||
    /^\p{Sc}$/u.test(sign)
  );
}

/**
 * Whole and fraction under a decimal mark. Thousands are grouped by one sign throughout, in threes (or as in
 * India).
 */
const NUMBER: Readonly<Record<DecimalMark, RegExp>> = {
  '.': new RegExp(
    String.raw`^(?<whole>\d+|[1-9]\d{0,2}(?<group>[, '])\d{3}(?:\k<group>\d{3})*|[1-9]\d?(?:,\d{2})+,\d{3}|)` +
      String.raw`(?:\.(?<fraction>\d*))?$`,
  ),
  ',': /^(?<whole>\d+|[1-9]\d{0,2}(?<group>[. '])\d{3}(?:\k<group>\d{3})*|)(?:,(?<fraction>\d*))?$/,
};

function decimalOf(written: Written, mark: DecimalMark): string | undefined {
  const found = NUMBER[mark].exec(written.number)?.groups;
  if (found === undefined) return undefined;
  const whole = (found.whole ?? '').replace(/\D/g, '');
  const fraction = found.fraction ?? '';
  if (whole + fraction === '') return undefined;
  const plain = `${whole.replace(/^0+(?=\d)/, '') || '0'}${fraction === '' ? '' : `.${fraction}`}`;
  return written.isNegative && /[1-9]/.test(plain) ? `-${plain}` : plain;
}

/**
 * Reads an amount: `1.234,56`, `1,234.56`, `1 234,56`, `1'234.56`, `(12.00)`, `12.00-`, `-€ 5`, `5 Kč`. The digits
 * stay what they are; nothing is rounded. Letters that are no currency (such as CR or DR) are not passed over.
 *
 * Refuses: `amount_not_understood`.
 */
export function readAmount(text: string, mark: DecimalMark): AmountText {
  const written = takeApart(text);
  const decimal = written && decimalOf(written, mark);
  if (written === undefined || decimal === undefined) {
    throw new Refusal('amount_not_understood', {
      amount: text.slice(0, 40),
      decimalMark: mark,
      advice: `Write it with digits and "${mark}" before the decimals, as in 1234${mark}50.`,
    });
  }
  const { sign } = written;
  if (sign === undefined) return { decimal };
  return { decimal, currencyText: sign, currency: isCurrency(sign) ? sign : CURRENCY_OF_SIGN[sign] };
}

/** The two ways to read one cell; the same when it does not matter which is taken. */
type Readings = { readonly first: string | undefined; readonly second: string | undefined };

const EXAMPLES = 3;

function guess<T extends string>(
  samples: readonly string[],
  readings: (text: string) => Readings,
  values: { readonly first: T; readonly second: T; readonly neither: T },
): ColumnGuess<T> {
  const only = { first: [] as string[], second: [] as string[] };
  const either: string[] = [];
  let same = 0;
  for (const text of samples) {
    if (text.trim() === '') continue;
    const { first, second } = readings(text);
    if (first === second) same += first === undefined ? 0 : 1;
    else if (second === undefined) only.first.push(text);
    else if (first === undefined) only.second.push(text);
    else either.push(text);
  }
  if (only.first.length > 0 && only.second.length > 0) {
    const examples = [...only.first.slice(0, EXAMPLES), ...only.second.slice(0, EXAMPLES)];
    return { certain: false, because: 'contradictory', examples };
  }
  if (only.first.length > 0) return { certain: true, value: values.first };
  if (only.second.length > 0) return { certain: true, value: values.second };
  if (either.length > 0) return { certain: false, because: 'ambiguous', examples: either.slice(0, EXAMPLES) };
  if (same > 0) return { certain: true, value: values.neither };
  return { certain: false, because: 'nothing_fits', examples: samples.slice(0, EXAMPLES) };
}

/**
 * Which decimal mark a column of amounts uses. Whole numbers alone give the point, which then makes no difference.
 */
export function guessDecimalMark(samples: readonly string[]): ColumnGuess<DecimalMark> {
  const readings = (text: string): Readings => {
    const written = takeApart(text);
    if (written === undefined) return { first: undefined, second: undefined };
    return { first: decimalOf(written, '.'), second: decimalOf(written, ',') };
  };
  return guess(samples, readings, { first: '.', second: ',', neither: '.' });
}

/**
 * In which order day, month and year stand. `year_month_day` also takes every form that can be read one way only.
 */
export type DateOrder = 'year_month_day' | 'day_month_year' | 'month_day_year';

/**
 * Month names without accents, in English, German, French, Czech, Dutch and Spanish; the first three letters do
 * too.
 */
const MONTH_NAMES: readonly string[] = [
  'january januar janvier janv leden ledna januari enero',
  'february februar fevrier fevr unor unora februari febrero',
  'march marz maerz mrz mars brezen brezna maart mrt marzo',
  'april avril duben dubna abril',
  'may mai kveten kvetna mei mayo',
  'june juni juin cerven cervna junio',
  'july juli juillet juil cervenec cervence julio',
  'august aout srpen srpna augustus agosto',
  'september septembre sept zari septiembre',
  'october oktober octobre rijen rijna octubre',
  'november novembre listopad listopadu noviembre',
  'december dezember decembre prosinec prosince diciembre',
];
/** Month by name and abbreviation; abbreviations that two months share (cer, jui) are left out. */
const MONTH_OF_NAME: ReadonlyMap<string, number> = monthsByName();

function monthsByName(): Map<string, number> {
  const months = new Map<string, number>();
  const shared = new Set<string>();
  for (const [index, names] of MONTH_NAMES.entries()) {
    for (const name of names.split(' ')) {
      for (const word of [name, name.slice(0, 3)]) {
        if ((months.get(word) ?? index + 1) !== index + 1) shared.add(word);
        months.set(word, index + 1);
      }
    }
  }
  for (const word of shared) months.delete(word);
  return months;
}

const TIME = /[T ] ?\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)? ?(?:[ap]\.?m\.?)?(?: ?Z| ?[+-]\d{2}:?\d{2})?$/i;
const YEAR_FIRST = /^(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|(\d{2})(\d{2}))$/;
const YEAR_LAST = /^(\d{1,2})(?:([-/])(\d{1,2})\2|\. ?(\d{1,2})\. ?)(\d{4}|\d{2})$/;
const NAMED_DAY_FIRST = /^(\d{1,2})[-. /]{1,2}(\p{L}{3,10})[-. /]{1,2}(\d{4}|\d{2})$/u;
const NAMED_MONTH_FIRST = /^(\p{L}{3,10})[. ]{1,2}(\d{1,2}),? (\d{4})$/u;

type Ymd = readonly [year: string, month: string | number, day: string];

function parts(text: string, order: DateOrder): Ymd | undefined {
  const date = text.trim().replace(/\s+/g, ' ').replace(TIME, '');
  const iso = YEAR_FIRST.exec(date);
  if (iso) return [iso[1] ?? '', iso[3] ?? iso[5] ?? '', iso[4] ?? iso[6] ?? ''];
  const named = NAMED_DAY_FIRST.exec(date);
  if (named) return [named[3] ?? '', monthNamed(named[2] ?? ''), named[1] ?? ''];
  const american = NAMED_MONTH_FIRST.exec(date);
  if (american) return [american[3] ?? '', monthNamed(american[1] ?? ''), american[2] ?? ''];
  const last = YEAR_LAST.exec(date);
  if (last === null || order === 'year_month_day') return undefined;
  const [, first = '', , second, afterPoint, year = ''] = last;
  if (afterPoint !== undefined) return order === 'day_month_year' ? [year, afterPoint, first] : undefined;
  return order === 'day_month_year' ? [year, second ?? '', first] : [year, first, second ?? ''];
}

function monthNamed(name: string): number {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return MONTH_OF_NAME.get(plain) ?? 0;
}

/** Two-digit years as POSIX reads them: 69 to 99 are the last century, 00 to 68 this one. */
function fullYear(year: string): number {
  const number = Number(year);
  if (year.length === 4) return number;
  return number >= 69 ? 1900 + number : 2000 + number;
}

function dayOf(ymd: Ymd): PlainDate | undefined {
  const [year, month, day] = [fullYear(ymd[0]), Number(ymd[1]), Number(ymd[2])];
  if (year < YEAR_MIN || year > YEAR_MAX || month < 1 || day < 1) return undefined;
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' });
  } catch {
    return undefined;
  }
}

/**
 * Reads a day: 2019-01-31, 20190131, 31.01.2019, 31/1/19, 31-Jan-19, Jan 31, 2019, each with or without a time of
 * day, which is left out. Days that do not exist are refused, never moved.
 *
 * Refuses: `date_not_understood` (another form or order), `date_not_valid` (no such day, or not between 1900 and
 * 2199).
 */
export function readDate(text: string, order: DateOrder): PlainDate {
  const ymd = parts(text, order);
  const day = ymd && dayOf(ymd);
  if (day !== undefined) return day;
  throw new Refusal(ymd === undefined ? 'date_not_understood' : 'date_not_valid', {
    date: text.slice(0, 40),
    order,
    advice: 'Write it as 2019-01-31, or choose the order in which day, month and year stand.',
  });
}

/** In which order a column of dates is written. Forms that leave no doubt give `year_month_day`. */
export function guessDateOrder(samples: readonly string[]): ColumnGuess<DateOrder> {
  const reading = (text: string, order: DateOrder): string | undefined => {
    const ymd = parts(text, order);
    return ymd && dayOf(ymd)?.toString();
  };
  const readings = (text: string): Readings => ({
    first: reading(text, 'day_month_year'),
    second: reading(text, 'month_day_year'),
  });
  // Values such as 05/05/2019 read the same both ways, yet need one of the two orders to be read at all.
  const needOrder = samples.some(
    (text) => reading(text, 'year_month_day') === undefined && reading(text, 'day_month_year') !== undefined,
  );
  return guess(samples, readings, {
    first: 'day_month_year',
    second: 'month_day_year',
    neither: needOrder ? 'day_month_year' : 'year_month_day',
  });
}
