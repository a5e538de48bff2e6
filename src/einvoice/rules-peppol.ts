// What Peppol BIS Billing 3 asks beyond EN 16931: PEPPOL-EN16931-R, -P, -CL and -F, and the check digits of identifiers
// (PEPPOL-COMMON). Rules that only say how the syntax may be used are the readers' and writers' part: R006, R008, R043, R044,
// R080, R100 and R101.

import { eachAmount } from './amounts.ts';
import { isCode } from './code-lists.ts';
import { proofOf } from './endpoint.ts';
import {
  compare,
  type Exact,
  isSame,
  minus,
  NOTHING,
  plus,
  readExact,
  roundUpHalf,
  shareOf,
  size,
  textOf,
  times,
} from './exact.ts';
import { at, inLine, isBlank, type Judge, type Place, type Words } from './judge.ts';
import type { AllowanceCharge, EInvoice, Identifier, Line } from './model.ts';
import { PEPPOL_BILLING } from './profile.ts';

/** Judges by the rules of Peppol that hold for every country. */
export function judgePeppol(judge: Judge): void {
  judgeProcess(judge);
  judgeTypes(judge);
  judgeCodesOfPeppol(judge);
  judgeIdentifiers(judge);
  judgeSharedRules(judge);
  judgeCurrencies(judge);
  nameTwins(judge);
}

/** Rules on codes that Peppol has under a name of its own, word for word as EN 16931 has them. */
const TWIN_OF: Readonly<Record<string, string>> = {
  'BR-CL-24': 'PEPPOL-EN16931-CL001',
  'BR-CL-19': 'PEPPOL-EN16931-CL002',
  'BR-CL-20': 'PEPPOL-EN16931-CL003',
  'BR-CL-06': 'PEPPOL-EN16931-CL006',
  'BR-CL-03': 'PEPPOL-EN16931-CL007',
};

function nameTwins(judge: Judge): void {
  const twins = judge.findings.flatMap((finding) => {
    const rule = TWIN_OF[finding.rule];
    return rule === undefined ? [] : [{ ...finding, rule }];
  });
  judge.findings.push(...twins);
}

function judgeCurrencies(judge: Judge): void {
  const { currency } = judge.invoice;
  if (isBlank(currency)) return;
  eachAmount(judge.invoice, (amount, term, line, index) => {
    if (term === 'BT-111' || amount.currency === undefined || amount.currency.trim() === currency?.trim())
      return;
    const place = line === undefined ? at(term, index) : inLine(term, line, index);
    judge.report('PEPPOL-EN16931-R051', place, amount.currency, [
      'The amount is in another currency than the document.',
      'Give all amounts in the currency of the document.',
    ]);
  });
}

/** Judges by those rules of Peppol that XRechnung has taken over. */
export function judgeSharedRules(judge: Judge): void {
  const { invoice } = judge;
  const { buyer, seller, taxCurrency, currency, totals } = invoice;
  if (isBlank(invoice.process)) {
    judge.report('PEPPOL-EN16931-R001', at('BT-23'), undefined, NO_PROCESS);
  }
  if (!isBlank(taxCurrency) && taxCurrency?.trim() === currency?.trim()) {
    judge.report('PEPPOL-EN16931-R005', at('BT-6'), taxCurrency, [
      'The currency of the tax return is the currency of the document.',
      'Leave the second currency out.',
    ]);
  }
  if (isBlank(buyer?.endpoint?.value))
    judge.report('PEPPOL-EN16931-R010', at('BT-49'), undefined, NO_ENDPOINT);
  if (isBlank(seller?.endpoint?.value))
    judge.report('PEPPOL-EN16931-R020', at('BT-34'), undefined, NO_ENDPOINT);
  if (invoice.vat.length === 0) {
    judge.report('PEPPOL-EN16931-R053', at('BG-23'), undefined, [
      'There is no breakdown of VAT.',
      'Add one entry for each tax category and rate.',
    ]);
  }
  const second = totals?.vatInTaxCurrency;
  if (isBlank(second?.value) === !isBlank(taxCurrency)) {
    judge.report('PEPPOL-EN16931-R054', [at('BT-6'), at('BT-111')], second?.value, [
      'The currency of the tax return and the VAT in it belong together.',
      'Enter both, or neither.',
    ]);
  }
  const vat = readExact(totals?.vat?.value);
  const inTaxCurrency = readExact(second?.value);
  if (vat !== undefined && inTaxCurrency !== undefined && vat.digits * inTaxCurrency.digits < 0n) {
    judge.report('PEPPOL-EN16931-R055', at('BT-111'), second?.value, [
      'The VAT has another sign in the currency of the tax return.',
      'Give both the same sign.',
    ]);
  }
  for (const [index, { code, directDebit }] of invoice.paymentMeans.entries()) {
    const isDebit = code?.trim() === '49' || code?.trim() === '59';
    if (!isDebit || !isBlank(directDebit?.mandate)) continue;
    judge.report('PEPPOL-EN16931-R061', at('BT-89', index), undefined, [
      'The direct debit has no mandate.',
      'Enter the reference of the mandate.',
    ]);
  }
  for (const [index, one] of invoice.allowancesCharges.entries()) {
    judgeAllowance(judge, one, (term) => at(term, index), 'document');
  }
  for (const [index, line] of invoice.lines.entries()) judgeLine(judge, line, index);
}

const NO_ENDPOINT: Words = [
  'The electronic address is missing.',
  'Enter the address that e-invoices are sent to, with its scheme.',
];

const PROCESS = /^urn:fdc:peppol\.eu:2017:poacc:billing:\d{2}:1\.0$/;

/** Whether both seller and buyer have their address in a country. */
export function areBothIn(country: string, { seller, buyer }: EInvoice): boolean {
  return [seller, buyer].every((party) => party?.address?.country?.trim().toUpperCase() === country);
}

function judgeProcess(judge: Judge): void {
  const { invoice } = judge;
  if (!PROCESS.test(invoice.process?.trim() ?? '')) {
    judge.report('PEPPOL-EN16931-R007', at('BT-23'), invoice.process, NO_PROCESS);
  }
  if (invoice.notes.length > 1 && !areBothIn('DE', invoice)) {
    judge.report('PEPPOL-EN16931-R002', at('BG-1', 1), String(invoice.notes.length), [
      'There is more than one note.',
      'Put everything into one note.',
    ]);
  }
  if (isBlank(invoice.buyerReference) && isBlank(invoice.purchaseOrder)) {
    judge.report('PEPPOL-EN16931-R003', [at('BT-10'), at('BT-13')], undefined, [
      'There is neither a reference of the buyer nor an order number.',
      'Enter one of the two; the buyer knows which.',
    ]);
  }
  if (!(invoice.specification?.trim() ?? '').startsWith(PEPPOL_BILLING)) {
    judge.report('PEPPOL-EN16931-R004', at('BT-24'), invoice.specification, [
      'This is not the specification of Peppol BIS Billing 3.',
      'Choose Peppol as the format of the e-invoice.',
    ]);
  }
}

const NO_PROCESS: Words = [
  'The business process of Peppol is missing.',
  'Enter urn:fdc:peppol.eu:2017:poacc:billing:01:1.0.',
];

/** What the process 01 of Peppol takes; 326 and 384 between German parties only. */
const INVOICE_TYPES = new Set(
  '71 80 82 84 102 218 219 326 331 380 382 383 384 386 388 393 395 553 575 623 780 817 870 875 876 877'.split(
    ' ',
  ),
);
const CREDIT_NOTE_TYPES = new Set('381 396 81 83 532'.split(' '));

function judgeTypes(judge: Judge): void {
  const { invoice } = judge;
  const type = invoice.typeCode?.trim() ?? '';
  const isCredit =
    invoice.syntax === 'ubl_credit_note' ||
    (invoice.syntax === 'cii' && isCode('credit_note_type', type) && type !== '81');
  const isProcess01 = invoice.process?.trim().endsWith(':billing:01:1.0') === true;
  const known = isCredit ? CREDIT_NOTE_TYPES : INVOICE_TYPES;
  if (type !== '' && isProcess01 && !known.has(type)) {
    judge.report(isCredit ? 'PEPPOL-EN16931-P0101' : 'PEPPOL-EN16931-P0100', at('BT-3'), type, [
      'Peppol does not take this type of document here.',
      isCredit ? 'Use 381 for a credit note.' : 'Use 380 for an invoice.',
    ]);
  }
  if ((type === '326' || type === '384') && !areBothIn('DE', invoice)) {
    judge.report('PEPPOL-EN16931-P0112', at('BT-3'), type, [
      'This type of document is for parties in Germany only.',
      'Use 380 for an invoice.',
    ]);
  }
}

/** The category that a reason for charging no VAT belongs to. */
const CATEGORY_OF_REASON: ReadonlyMap<string, readonly [rule: string, category: string]> = new Map([
  ['VATEX-EU-G', ['PEPPOL-EN16931-P0104', 'G']],
  ['VATEX-EU-O', ['PEPPOL-EN16931-P0105', 'O']],
  ['VATEX-EU-IC', ['PEPPOL-EN16931-P0106', 'K']],
  ['VATEX-EU-AE', ['PEPPOL-EN16931-P0107', 'AE']],
  ['VATEX-EU-D', ['PEPPOL-EN16931-P0108', 'E']],
  ['VATEX-EU-F', ['PEPPOL-EN16931-P0109', 'E']],
  ['VATEX-EU-I', ['PEPPOL-EN16931-P0110', 'E']],
  ['VATEX-EU-J', ['PEPPOL-EN16931-P0111', 'E']],
]);

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Whether a text is a day of the calendar, written 2026-02-28. */
export function isDay(text: string): boolean {
  if (!DAY.test(text)) return false;
  const month = Number(text.slice(5, 7));
  const day = Number(text.slice(8));
  if (month < 1 || month > 12 || day < 1) return false;
  return day <= Temporal.PlainYearMonth.from({ year: Number(text.slice(0, 4)), month }).daysInMonth;
}

function judgeCodesOfPeppol(judge: Judge): void {
  const { invoice } = judge;
  for (const [index, { category, exemptionCode }] of invoice.vat.entries()) {
    const wanted = CATEGORY_OF_REASON.get(exemptionCode?.trim().toUpperCase() ?? '');
    if (wanted === undefined || category?.trim() === wanted[1]) continue;
    judge.report(wanted[0], at('BT-118', index), category, [
      `The reason ${exemptionCode} belongs to another tax category.`,
      `Use the category ${wanted[1]}, or another reason.`,
    ]);
  }
  for (const [term, party] of [
    ['BT-34', invoice.seller],
    ['BT-49', invoice.buyer],
  ] as const) {
    const scheme = party?.endpoint?.scheme?.trim();
    // Peppol takes the schemes of the EAS list that are numbers: an address it can look up.
    if (scheme === undefined || (/^\d{4}$/.test(scheme) && isCode('endpoint_scheme', scheme))) continue;
    judge.report('PEPPOL-EN16931-CL008', at(term), scheme, [
      'Peppol does not deliver to this kind of address.',
      'Use an identifier with a number as scheme, such as 0088 or 9930, instead of an e-mail address.',
    ]);
  }
  const days = [
    ['BT-2', invoice.issuedOn],
    ['BT-7', invoice.taxPointOn],
    ['BT-9', invoice.dueOn],
    ['BT-72', invoice.delivery?.date],
    ['BT-73', invoice.period?.start],
    ['BT-74', invoice.period?.end],
  ] as const;
  for (const [term, text] of days) {
    if (!isBlank(text) && !isDay(text ?? '')) judge.report('PEPPOL-EN16931-F001', at(term), text, NO_DAY);
  }
  for (const [index, { period }] of invoice.lines.entries()) {
    for (const [term, text] of [
      ['BT-134', period?.start],
      ['BT-135', period?.end],
    ] as const) {
      if (!isBlank(text) && !isDay(text ?? ''))
        judge.report('PEPPOL-EN16931-F001', inLine(term, index), text, NO_DAY);
    }
  }
}

const NO_DAY: Words = ['This is no day of the calendar.', 'Write it as year, month and day: 2026-02-28.'];

/** The rules on identifiers that prove themselves, by scheme; those for Italy only warn. */
const PROVEN: ReadonlyMap<string, readonly [rule: string, isWarning?: true]> = new Map<
  string,
  readonly [rule: string, isWarning?: true]
>([
  ['0088', ['PEPPOL-COMMON-R040']],
  ['0192', ['PEPPOL-COMMON-R041']],
  ['0184', ['PEPPOL-COMMON-R042']],
  ['0208', ['PEPPOL-COMMON-R043']],
  ['0201', ['PEPPOL-COMMON-R044', true]],
  ['0210', ['PEPPOL-COMMON-R045', true]],
  ['9907', ['PEPPOL-COMMON-R046', true]],
  ['0211', ['PEPPOL-COMMON-R047', true]],
  ['0007', ['PEPPOL-COMMON-R049']],
  ['0151', ['PEPPOL-COMMON-R050']],
]);

function judgeIdentifiers(judge: Judge): void {
  const { seller, buyer, payee } = judge.invoice;
  const look = (id: Identifier | undefined, place: Place): void => {
    const scheme = id?.scheme?.trim() ?? '';
    const [rule, isWarning] = PROVEN.get(scheme) ?? [];
    const [what, isRight] = proofOf(scheme) ?? [];
    if (id === undefined || rule === undefined || isRight === undefined) return;
    const value = id.value.trim();
    if (isRight(value)) return;
    const words: Words = [`This is no ${what}.`, 'Check its digits: one of them is wrong or missing.'];
    if (isWarning) judge.warn(rule, place, value, words);
    else judge.report(rule, place, value, words);
  };
  look(seller?.endpoint, at('BT-34'));
  look(buyer?.endpoint, at('BT-49'));
  for (const [index, id] of (seller?.identifiers ?? []).entries()) look(id, at('BT-29', index));
  for (const [index, id] of (buyer?.identifiers ?? []).entries()) look(id, at('BT-46', index));
  look(payee?.identifier, at('BT-60'));
  look(seller?.legalRegistration, at('BT-30'));
  look(buyer?.legalRegistration, at('BT-47'));
  look(payee?.legalRegistration, at('BT-61'));
}

/** How far a computed amount may be from the one stated: two hundredths, in XRechnung half a forint. */
function slackOf({ profile, invoice }: Judge): Exact {
  const isForint = profile !== 'peppol' && invoice.currency?.trim() === 'HUF';
  return isForint ? { digits: 5n, scale: 1 } : { digits: 2n, scale: 2 };
}

/** The terms of amount, base and percentage. */
const ALLOWANCE_TERMS = {
  document: { allowance: ['BT-92', 'BT-93', 'BT-94'], charge: ['BT-99', 'BT-100', 'BT-101'] },
  line: { allowance: ['BT-136', 'BT-137', 'BT-138'], charge: ['BT-141', 'BT-142', 'BT-143'] },
} as const;

function judgeAllowance(
  judge: Judge,
  one: AllowanceCharge,
  place: (term: string) => Place,
  level: keyof typeof ALLOWANCE_TERMS,
): void {
  const [amountTerm, baseTerm, percentTerm] = ALLOWANCE_TERMS[level][one.kind];
  const hasBase = !isBlank(one.base?.value);
  const hasPercent = !isBlank(one.percent);
  if (hasPercent && !hasBase) {
    judge.report('PEPPOL-EN16931-R041', place(baseTerm), undefined, [
      'A percentage is given, but not of what.',
      'Enter the base amount, or leave the percentage out.',
    ]);
  }
  if (hasBase && !hasPercent) {
    judge.report('PEPPOL-EN16931-R042', place(percentTerm), undefined, [
      'A base amount is given without a percentage.',
      'Enter the percentage, or leave the base amount out.',
    ]);
  }
  const base = readExact(one.base?.value);
  const percent = readExact(one.percent);
  if (base === undefined || percent === undefined) return;
  const amount = readExact(one.amount?.value) ?? NOTHING;
  const computed = shareOf(base, percent);
  if (compare(size(minus(amount, computed)), slackOf(judge)) <= 0) return;
  judge.report('PEPPOL-EN16931-R040', place(amountTerm), textOf(amount), [
    `The amount is not ${textOf(roundUpHalf(computed, 2))}.`,
    'It is the base amount times the percentage.',
  ]);
}

function judgeLine(judge: Judge, line: Line, index: number): void {
  const { allowancesCharges } = line;
  for (const [at, one] of allowancesCharges.entries()) {
    judgeAllowance(judge, one, (term) => inLine(term, index, at), 'line');
  }
  judgeLinePeriod(judge, line, index);
  judgeNet(judge, line, index);
  const base = readExact(line.priceBase?.value);
  if (base !== undefined && base.digits <= 0n) {
    judge.report('PEPPOL-EN16931-R121', inLine('BT-149', index), line.priceBase?.value, [
      'The quantity that the price is for must be more than 0.',
      'Enter how many the price is for, or leave it out.',
    ]);
  }
  const baseUnit = line.priceBase?.unit?.trim() ?? '';
  if (baseUnit !== '' && line.quantity !== undefined && baseUnit !== line.quantity.unit?.trim()) {
    judge.report('PEPPOL-EN16931-R130', inLine('BT-150', index), baseUnit, [
      'The price is for another unit than the quantity.',
      'Use the same unit for both.',
    ]);
  }
  const gross = readExact(line.grossPrice?.value);
  const net = readExact(line.netPrice?.value);
  const discount = readExact(line.priceDiscount?.value);
  if (gross === undefined || net === undefined || discount === undefined) return;
  if (isSame(net, minus(gross, discount))) return;
  judge.report('PEPPOL-EN16931-R046', inLine('BT-146', index), textOf(net), [
    `The net price is not ${textOf(minus(gross, discount))}.`,
    'It is the gross price less the discount on it.',
  ]);
}

function judgeLinePeriod(judge: Judge, { period }: Line, index: number): void {
  const whole = judge.invoice.period;
  const [start, end] = [period?.start ?? '', period?.end ?? ''];
  const [from, to] = [whole?.start ?? '', whole?.end ?? ''];
  if (DAY.test(start) && DAY.test(from) && start < from) {
    judge.report('PEPPOL-EN16931-R110', inLine('BT-134', index), start, OUTSIDE_PERIOD);
  }
  if (DAY.test(end) && DAY.test(to) && end > to) {
    judge.report('PEPPOL-EN16931-R111', inLine('BT-135', index), end, OUTSIDE_PERIOD);
  }
}

const OUTSIDE_PERIOD: Words = [
  'The period of the line reaches beyond the period of the invoice.',
  'Widen the period of the invoice, or correct that of the line.',
];

/** Quantity times price for its quantity, plus charges, less allowances: compared without dividing, times the quantity of the price. */
function judgeNet(judge: Judge, line: Line, index: number): void {
  const net = readExact(line.net?.value) ?? NOTHING;
  const quantity = readExact(line.quantity?.value ?? '1');
  if (quantity === undefined) return;
  const price = readExact(line.netPrice?.value) ?? NOTHING;
  const stated = readExact(line.priceBase?.value);
  const base = stated === undefined || stated.digits === 0n ? ONE : stated;
  const others = minus(sumOf(line.allowancesCharges, 'charge'), sumOf(line.allowancesCharges, 'allowance'));
  const computed = plus(times(quantity, price), times(others, base));
  const distance = size(minus(times(net, base), computed));
  if (compare(distance, times(slackOf(judge), size(base))) <= 0) return;
  judge.report('PEPPOL-EN16931-R120', inLine('BT-131', index), textOf(net), [
    'The net amount is not quantity times price with the allowances and charges of the line.',
    'Correct the quantity, the price or the amount; two hundredths of difference are granted.',
  ]);
}

const ONE: Exact = { digits: 1n, scale: 0 };

function sumOf(all: readonly AllowanceCharge[], kind: AllowanceCharge['kind']): Exact {
  let sum = NOTHING;
  for (const one of all) if (one.kind === kind) sum = plus(sum, readExact(one.amount?.value) ?? NOTHING);
  return roundUpHalf(sum, 2);
}
