// Where CII writes a term in another form than UBL and the model: days, and the code for when tax is due (BT-8).

/** UNTDID 2475, which CII uses, to UNTDID 2005, which the model uses: day of the invoice, of delivery, of payment. */
const TAX_POINT_CODES: ReadonlyMap<string, string> = new Map([
  ['5', '3'],
  ['29', '35'],
  ['72', '432'],
]);

/** The code of UNTDID 2005 for one of UNTDID 2475; a code nobody knows stays as it stands. */
export function taxPointCodeFromCii(code: string | undefined): string | undefined {
  return code === undefined ? undefined : (TAX_POINT_CODES.get(code) ?? code);
}

/** The other way round. */
export function taxPointCodeForCii(code: string | undefined): string | undefined {
  const found = [...TAX_POINT_CODES].find(([, ours]) => ours === code);
  return found?.[0] ?? code;
}

/** `20260228` (format 102) as `2026-02-28`; what is no day of the calendar stays as written. */
export function dayFromCii(text: string | undefined, format: string | undefined): string | undefined {
  if (text === undefined || (format !== undefined && format !== '102') || !/^\d{8}$/.test(text)) return text;
  const day = `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
  return isDay(day) ? day : text;
}

/** `2026-02-28` as `20260228`; what is no day of the calendar stays as written. */
export function dayForCii(text: string): string {
  return isDay(text) ? text.replaceAll('-', '') : text;
}

function isDay(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
  if (year === undefined) return false;
  const days = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  return Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= days;
}
