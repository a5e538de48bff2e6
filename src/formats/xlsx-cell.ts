// What a cell of a workbook says, as text. Excel keeps numbers as binary fractions and dates as numbers of days;
// both are turned back into what a person sees, or reported where that cannot be done exactly.

/** How a cell's number format shows it. */
export type CellStyle = 'number' | 'date' | 'time';

/** A cell as text, and what is wrong with it. */
export type CellText = { readonly text: string; readonly wrong?: CellWrong | undefined };
export type CellWrong = 'cell_number_not_exact' | 'cell_not_number' | 'cell_date_not_valid';

const NUMBER = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d{1,3}))?$/;
/** Digits a spreadsheet keeps exactly; beyond them binary fractions begin to show. */
const DIGITS = 15;

/** Digits × 10^exponent written out without an exponent, no zeros that say nothing. */
function written(negative: boolean, digits: string, exponent: number): string {
  const significant = digits.replace(/^0+/, '').replace(/0+$/, '');
  if (significant === '') return '0';
  const power = exponent + digits.length - digits.replace(/0+$/, '').length;
  const whole = power >= 0 ? significant + '0'.repeat(power) : significant.slice(0, power);
  const fraction = power >= 0 ? '' : significant.padStart(-power, '0').slice(power);
  return `${negative ? '-' : ''}${whole || '0'}${fraction === '' ? '' : `.${fraction}`}`;
}

/**
 * A number as a person sees it: at most 15 significant digits, no exponent, so that 0.30000000000000004 is 0.3.
 *
 * A number with exactly three decimals gets a zero more (1.2340), because 1.234 could be taken for a thousand where
 * the column also holds text with decimal commas. Numbers that 15 digits do not hold (an account number typed as a
 * number) are reported: the spreadsheet itself has lost digits of them.
 */
export function numberText(raw: string): CellText {
  const found = NUMBER.exec(raw.trim());
  const mantissa = (found?.[2] ?? '') + (found?.[3] ?? '');
  if (found === null || mantissa === '') return { text: '', wrong: 'cell_not_number' };
  const exact = written(found[1] === '-', mantissa, Number(found[4] ?? 0) - (found[3] ?? '').length);
  const value = Number(raw);
  const rounded = /^(-?)(\d)\.(\d+)e([+-]\d+)$/.exec(value.toExponential(DIGITS - 1));
  if (rounded === null) return { text: '', wrong: 'cell_not_number' };
  const [, sign, first = '', rest = '', exponent] = rounded;
  const text = written(sign === '-', first + rest, Number(exponent) - rest.length);
  // Below this size 15 digits hold the cents, and what they leave out is noise of the binary fraction.
  const isLarge = Math.abs(value) >= 1e13;
  const unmistakable = /^-?\d{1,3}\.\d{3}$/.test(text) ? `${text}0` : text;
  return isLarge && exact !== text ? { text, wrong: 'cell_number_not_exact' } : { text: unmistakable };
}

/** The last day Excel knows: 31 December 9999. */
const LAST_SERIAL = 2_958_465;
const DAY_SECONDS = 86_400;

/**
 * A number of days as a date, `2019-01-31`, with the time where it is not midnight.
 *
 * Excel counts from 1900 as if that had been a leap year (a slip of Lotus 1-2-3 kept for its files' sake), so that
 * day 60 is 29 February 1900, which never was; workbooks from old Macs count from 1904 and are free of it.
 */
export function dateText(raw: string, is1904: boolean): CellText {
  const seconds = Math.round(Number(raw.trim() || Number.NaN) * DAY_SECONDS);
  const day = Math.floor(seconds / DAY_SECONDS);
  const time = timeText(seconds - day * DAY_SECONDS);
  if (day === 0 && time !== '00:00:00' && !is1904) return { text: time };
  const isReal = is1904
    ? day >= 0 && day <= LAST_SERIAL - 1462
    : day >= 1 && day <= LAST_SERIAL && day !== 60;
  if (!isReal) return { text: '', wrong: 'cell_date_not_valid' };
  const first = is1904
    ? { year: 1904, month: 1, day: 1 }
    : { year: 1899, month: 12, day: day < 60 ? 31 : 30 };
  const date = Temporal.PlainDate.from(first).add({ days: day }).toString();
  return { text: time === '00:00:00' ? date : `${date}T${time}` };
}

function timeText(seconds: number): string {
  const part = (number: number) => String(Math.floor(number)).padStart(2, '0');
  return `${part(seconds / 3600)}:${part((seconds / 60) % 60)}:${part(seconds % 60)}`;
}

/** Number formats every workbook knows without saying so: ECMA-376 part 1, 18.8.30, East Asian ones included. */
const BUILT_IN: ReadonlyMap<number, CellStyle> = new Map([
  ...[14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58].map(
    (id) => [id, 'date'] as const,
  ),
  ...[18, 19, 20, 21, 32, 33, 34, 35, 45, 47, 55, 56].map((id) => [id, 'time'] as const),
]);

/** Whether a number format shows a date, a time of day or a number. Durations such as `[h]:mm` are numbers. */
export function styleOfFormat(id: number, code: string | undefined): CellStyle {
  if (code === undefined) return BUILT_IN.get(id) ?? 'number';
  const letters = code
    .replace(/"[^"]*"|\\.|_.|\*./g, '')
    .split(';', 1)[0]
    ?.toLowerCase();
  if (letters === undefined || /\[(h+|m+|s+)\]/.test(letters)) return 'number';
  const plain = letters.replace(/\[[^\]]*\]/g, '').replace(/general|e[+-]/g, '');
  if (/[yd]/.test(plain)) return 'date';
  if (/[hs]/.test(plain)) return 'time';
  return plain.includes('m') ? 'date' : 'number';
}

/**
 * Characters that XML cannot hold are written `_x000D_` in a workbook; `_x005F_` is an underscore that means
 * itself.
 */
export function unescapedText(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

/** The column of a cell reference, counted from 0 (`C7` is 2); nothing when it is none. */
export function columnOfReference(reference: string): number | undefined {
  const letters = /^([A-Z]{1,3})\d{1,7}$/.exec(reference)?.[1];
  if (letters === undefined) return undefined;
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

/** The letters of a column counted from 0: 0 is A, 27 is AB. */
export function columnLetters(column: number): string {
  const rest = Math.floor(column / 26);
  return (rest > 0 ? columnLetters(rest - 1) : '') + String.fromCharCode(65 + (column % 26));
}
