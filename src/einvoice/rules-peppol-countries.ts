// Peppol's rules for sellers of single countries: Norway, Denmark, Italy, Sweden, Iceland, the Netherlands; Greece and Germany
// have files of their own. Which country counts differs as the published rules have it: for some the address, for others the
// VAT number.

import { isNorwegian, isSwedish } from '#formats/tax-id.ts';
import { compare, NOTHING, readExact } from './exact.ts';
import { at, inLine, isBlank, type Judge, type Place, type Words } from './judge.ts';
import type { EInvoice, PostalAddress } from './model.ts';
import { IN_PEPPOL, judgeGermany } from './rules-germany.ts';
import { areBothIn, isDay } from './rules-peppol.ts';
import { judgeGreece } from './rules-peppol-greece.ts';

/** Judges by the rules of the seller's country. */
export function judgeCountries(judge: Judge): void {
  const { invoice } = judge;
  const country = invoice.seller?.address?.country?.trim().toUpperCase();
  const byTax = countryOfTax(invoice);
  if (byTax === 'NO') judgeNorway(judge);
  if (country === 'DK') judgeDenmark(judge);
  if (byTax === 'IT') judgeItaly(judge);
  if (country === 'SE') judgeSweden(judge);
  if (byTax === 'GR' || byTax === 'EL') judgeGreece(judge);
  if (country === 'IS') judgeIceland(judge);
  if (country === 'NL') judgeNetherlands(judge);
  if (areBothIn('DE', invoice)) judgeGermany(judge, IN_PEPPOL);
}

/** The country of the seller's VAT number, else of its tax representative's, else of its address. */
function countryOfTax({ seller, taxRepresentative }: EInvoice): string {
  const number = [seller?.vatId, taxRepresentative?.vatId].find((id) => !isBlank(id));
  return (number?.trim().slice(0, 2) ?? seller?.address?.country?.trim() ?? '').toUpperCase();
}

function judgeNorway(judge: Judge): void {
  const { seller } = judge.invoice;
  const vatId = seller?.vatId?.trim() ?? '';
  if (vatId.startsWith('NO') && !(/^NO\d{9}MVA$/.test(vatId) && isNorwegian(vatId.slice(2, 11)))) {
    judge.report('NO-R-001', at('BT-31'), vatId, [
      'This is no Norwegian VAT number.',
      'Write NO, the nine digits of the organisation number and MVA.',
    ]);
  }
  if (seller?.taxRegistration?.trim() !== 'Foretaksregisteret') {
    judge.warn('NO-R-002', at('BT-32'), seller?.taxRegistration, [
      'Most Norwegian sellers must write "Foretaksregisteret".',
      'Enter it as the tax registration, if the company is in that register.',
    ]);
  }
}

const DANISH_MEANS = new Set('1 10 31 42 48 49 50 58 59 93 97'.split(' '));

function judgeDenmark(judge: Judge): void {
  const { invoice } = judge;
  const register = invoice.seller?.legalRegistration;
  if (isBlank(register?.value)) {
    judge.report('DK-R-002', at('BT-30'), undefined, [
      'The CVR number is missing.',
      'Enter it as register number.',
    ]);
  }
  if (register !== undefined && register.scheme?.trim() !== '0184') {
    judge.report('DK-R-014', at('BT-30'), register.scheme, [
      'The register number is not marked as CVR number.',
      'Choose the scheme 0184 for it.',
    ]);
  }
  if (!areBothIn('DK', invoice)) return;
  const due = readExact(invoice.totals?.due?.value);
  if (invoice.syntax === 'ubl_credit_note' && due !== undefined && due.digits < 0n) {
    judge.report('DK-R-016', at('BT-115'), invoice.totals?.due?.value, [
      'A credit note cannot be negative.',
      'Turn the signs round, or issue an invoice.',
    ]);
  }
  for (const [term, party] of [
    ['BT-29', invoice.seller],
    ['BT-46', invoice.buyer],
  ] as const) {
    for (const [index, { scheme, value }] of (party?.identifiers ?? []).entries()) {
      if (isBlank(scheme)) judge.report('DK-R-013', at(term, index), value, NO_SCHEME);
    }
  }
  judgeDanishCodes(judge);
  if (invoice.syntax !== 'ubl_credit_note') {
    for (const index of invoice.paymentMeans.keys()) judgeDanishPayment(judge, index);
  }
}

const NO_SCHEME: Words = [
  'The scheme of the identifier is missing.',
  'Choose what kind of identifier it is.',
];

function judgeDanishCodes(judge: Judge): void {
  const { allowancesCharges, lines } = judge.invoice;
  const look = (reasonCode: string | undefined, reason: string | undefined, place: Place): void => {
    if (reasonCode?.trim() !== 'ZZZ' || /^\d{4}$/.test(reason?.trim() ?? '')) return;
    judge.report('DK-R-004', place, reason, [
      'A Danish tax that is not VAT is named by four digits.',
      'Enter the four digits of the tax as the reason.',
    ]);
  };
  for (const [index, one] of allowancesCharges.entries())
    look(one.reasonCode, one.reason, at('BT-104', index));
  for (const [line, { allowancesCharges: own, item }] of lines.entries()) {
    for (const [index, one] of own.entries()) look(one.reasonCode, one.reason, inLine('BT-144', line, index));
    const index = item.classes.findIndex(
      ({ scheme, version }) => scheme === 'TST' && version !== '19.05.01' && version !== '19.0501',
    );
    if (index < 0) continue;
    judge.warn('DK-R-003', inLine('BT-158', line, index), item.classes[index]?.version, [
      'Denmark uses UNSPSC in the version 19.0501.',
      'Enter 19.0501 as the version.',
    ]);
  }
}

/** Which card types each kind of Danish inpayment form has, and how long its account and reference are. */
const DANISH_FORMS: Readonly<
  Record<
    string,
    { readonly types: string; readonly account: number; readonly rules: readonly [string, string] }
  >
> = {
  '50': { types: '01 04 15', account: 7, rules: ['DK-R-008', 'DK-R-009'] },
  '93': { types: '71 73 75', account: 8, rules: ['DK-R-010', 'DK-R-011'] },
};

function judgeDanishPayment(judge: Judge, index: number): void {
  const means = judge.invoice.paymentMeans[index];
  const code = means?.code?.trim() ?? '';
  const transfer = means?.transfers[0];
  if (!DANISH_MEANS.has(code)) {
    judge.report('DK-R-005', at('BT-81', index), code, [
      'Denmark does not know this means of payment.',
      'Use one of 1, 10, 31, 42, 48, 49, 50, 58, 59, 93 and 97.',
    ]);
  }
  if ((code === '31' || code === '42') && (isBlank(transfer?.account) || isBlank(transfer?.bankId))) {
    judge.report('DK-R-006', [at('BT-84', index), at('BT-86', index)], transfer?.account, [
      'The account or the registration number of the bank is missing.',
      'Enter both.',
    ]);
  }
  if (code === '49' && (isBlank(means?.directDebit?.mandate) || isBlank(means?.directDebit?.account))) {
    judge.report('DK-R-007', [at('BT-89', index), at('BT-91', index)], undefined, [
      'The mandate or the debited account is missing.',
      'Enter both.',
    ]);
  }
  const form = DANISH_FORMS[code];
  if (form === undefined) return;
  const remittance = means?.remittance ?? '';
  const [formRule, lengthRule] = form.rules;
  const types = form.types.split(' ');
  const type = types.find((one) => remittance.startsWith(`${one}#`));
  if (type === undefined || (transfer?.account ?? '').length !== form.account) {
    judge.report(formRule, [at('BT-83', index), at('BT-84', index)], remittance, [
      'The payment reference or the creditor number is not as this form has it.',
      `Begin the reference with ${types.join('#, ')}#; the creditor number has ${form.account} digits.`,
    ]);
  }
  const lengths = code === '50' ? [19] : [18, 19];
  const isLong = code === '50' ? type === '04' || type === '15' : type === '71' || type === '75';
  if (isLong && !lengths.includes(remittance.length)) {
    judge.report(lengthRule, at('BT-83', index), remittance, [
      'The payment reference is too short or too long.',
      code === '50' ? 'Put 16 digits after the #.' : 'Put 15 or 16 digits after the #.',
    ]);
  }
}

function judgeItaly(judge: Judge): void {
  const { seller } = judge.invoice;
  if (seller?.taxRegistration !== undefined && !/^[A-Z0-9]{11,16}$/.test(seller.taxRegistration.trim())) {
    judge.report('IT-R-001', at('BT-32'), seller.taxRegistration, [
      'This is no Italian tax code.',
      'It has 11 to 16 capitals and digits.',
    ]);
  }
  demandAddress(judge, seller?.address, [
    ['IT-R-002', 'line1', 'BT-35'],
    ['IT-R-003', 'city', 'BT-37'],
    ['IT-R-004', 'postalCode', 'BT-38'],
  ]);
}

const MISSING: Readonly<Record<'line1' | 'city' | 'postalCode', Words>> = {
  line1: ['The street is missing.', 'Enter street and number.'],
  city: ['The city is missing.', 'Enter the city.'],
  postalCode: ['The post code is missing.', 'Enter the post code.'],
};

type Part = readonly [rule: string, part: keyof typeof MISSING, term: string];

function demandAddress(judge: Judge, address: PostalAddress | undefined, parts: readonly Part[]): void {
  for (const [rule, part, term] of parts) {
    if (isBlank(address?.[part])) judge.report(rule, at(term), undefined, MISSING[part]);
  }
}

function judgeSweden(judge: Judge): void {
  const { invoice } = judge;
  const { seller } = invoice;
  const vatId = seller?.vatId?.trim() ?? '';
  if (vatId.startsWith('SE')) {
    const words: Words = ['This is no Swedish VAT number.', 'Write SE and twelve digits.'];
    if (vatId.length !== 14) judge.report('SE-R-001', at('BT-31'), vatId, words);
    if (!/^\d+$/.test(vatId.slice(2, 14))) judge.report('SE-R-002', at('BT-31'), vatId, words);
    judgeSwedishRates(judge);
  }
  const register = seller?.legalRegistration?.value.trim();
  if (register !== undefined) {
    const words: Words = [
      'This is no Swedish organisation number.',
      'It has ten digits, the last of them a check digit.',
    ];
    if (!/^\d+$/.test(register)) judge.warn('SE-R-003', at('BT-30'), register, words);
    if (register.length !== 10) judge.warn('SE-R-004', at('BT-30'), register, words);
    if (!isSwedish(register)) judge.warn('SE-R-013', at('BT-30'), register, words);
    const tax = seller?.taxRegistration;
    if (tax !== undefined && tax.trim().toUpperCase() !== 'GODKÄND FÖR F-SKATT') {
      judge.report('SE-R-005', at('BT-32'), tax, [
        'A Swedish seller states its approval for F-tax here.',
        'Write "Godkänd för F-skatt", or leave it empty.',
      ]);
    }
  }
  for (const index of invoice.paymentMeans.keys()) judgeSwedishPayment(judge, index);
}

const SWEDISH_RATES: readonly bigint[] = [25n, 12n, 6n];

function judgeSwedishRates(judge: Judge): void {
  const look = (category: string | undefined, rateText: string | undefined, place: Place): void => {
    if (category?.trim() !== 'S') return;
    const rate = readExact(rateText);
    const isKnown =
      rate !== undefined && SWEDISH_RATES.some((one) => compare(rate, { digits: one, scale: 0 }) === 0);
    if (isKnown) return;
    judge.report('SE-R-006', place, rateText, ['Sweden has no such rate.', 'Use 25, 12 or 6 percent.']);
  };
  const { vat, lines, allowancesCharges } = judge.invoice;
  for (const [index, { category, rate }] of vat.entries()) look(category, rate, at('BT-119', index));
  for (const [index, one] of allowancesCharges.entries())
    look(one.vatCategory, one.vatRate, at('BT-96', index));
  for (const [index, one] of lines.entries()) look(one.vatCategory, one.vatRate, inLine('BT-152', index));
}

function judgeSwedishPayment(judge: Judge, index: number): void {
  const means = judge.invoice.paymentMeans[index];
  const code = means?.code?.trim() ?? '';
  const giro: Words = [
    'Bankgiro and Plusgiro are written in another way.',
    'Use the means 30, with SE:BANKGIRO or SE:PLUSGIRO instead of a BIC.',
  ];
  if (code === '50' || code === '56') judge.warn('SE-R-011', at('BT-81', index), code, giro);
  if (code === '31' && areBothIn('SE', judge.invoice)) {
    judge.warn('SE-R-012', at('BT-81', index), code, [
      'Within Sweden a transfer is 30.',
      'Use the means 30.',
    ]);
  }
  for (const { bankId, account } of code === '30' ? (means?.transfers ?? []) : []) {
    const number = account?.trim() ?? '';
    const kinds: ReadonlyMap<string, readonly [RegExp, string, string]> = new Map([
      ['SE:PLUSGIRO', [/^.{2,8}$/, 'SE-R-007', 'SE-R-010']],
      ['SE:BANKGIRO', [/^.{7,8}$/, 'SE-R-008', 'SE-R-009']],
    ]);
    const kind = kinds.get(bankId?.trim() ?? '');
    if (kind === undefined) continue;
    const [length, digitsRule, lengthRule] = kind;
    const words: Words = ['This is no giro number.', 'Enter its digits, without the hyphen.'];
    if (!/^\d+$/.test(number)) judge.warn(digitsRule, at('BT-84', index), number, words);
    if (!length.test(number)) judge.warn(lengthRule, at('BT-84', index), number, words);
  }
}

function judgeIceland(judge: Judge): void {
  const { invoice } = judge;
  const { seller, buyer, typeCode, documents, dueOn } = invoice;
  const type = typeCode?.trim();
  if (type !== '380' && type !== '381') {
    judge.warn('IS-R-001', at('BT-3'), type, ['Iceland uses 380 and 381 only.', 'Use one of the two.']);
  }
  const noNumber: Words = [
    'The Icelandic identity number is missing.',
    'Enter the kennitala, with the scheme 0196.',
  ];
  const hasNumber = (party: typeof seller): boolean =>
    !isBlank(party?.legalRegistration?.value) && party?.legalRegistration?.scheme?.trim() === '0196';
  const hasAddress = (party: typeof seller): boolean =>
    !isBlank(party?.address?.line1) && !isBlank(party?.address?.postalCode);
  const noAddress: Words = ['Street or post code is missing.', 'Enter both.'];
  if (!hasNumber(seller)) judge.report('IS-R-002', at('BT-30'), undefined, noNumber);
  if (!hasAddress(seller)) judge.report('IS-R-003', [at('BT-35'), at('BT-38')], undefined, noAddress);
  if (areBothIn('IS', invoice)) {
    if (!hasNumber(buyer)) judge.report('IS-R-004', at('BT-47'), undefined, noNumber);
    if (!hasAddress(buyer)) judge.report('IS-R-005', [at('BT-50'), at('BT-53')], undefined, noAddress);
  }
  for (const [index, { code, transfers }] of invoice.paymentMeans.entries()) {
    const rule = { '9': 'IS-R-006', '42': 'IS-R-007' }[code?.trim() ?? ''];
    if (rule === undefined || transfers[0]?.account?.trim().length === 12) continue;
    judge.report(rule, at('BT-84', index), transfers[0]?.account, [
      'The account has not twelve digits.',
      'Enter bank, ledger and account in twelve digits.',
    ]);
  }
  const index = documents.findIndex(({ description }) => description?.trim() === 'EINDAGI');
  if (index < 0) return;
  const last = documents[index]?.reference ?? '';
  if (!isDay(last)) {
    judge.report('IS-R-008', at('BT-122', index), last, ['This is no day.', 'Write it as 2026-02-28.']);
  }
  if (isBlank(dueOn)) {
    judge.report('IS-R-009', at('BT-9'), undefined, [
      'The due date is missing.',
      'Enter it, as there is an eindagi.',
    ]);
  }
  if (!isBlank(dueOn) && isDay(last) && (dueOn ?? '') > last) {
    judge.report('IS-R-010', at('BT-122', index), last, [
      'The eindagi is before the due date.',
      'Enter the same day or a later one.',
    ]);
  }
}

const DUTCH_MEANS = new Set(['30', '48', '49', '57', '58', '59']);

function judgeNetherlands(judge: Judge): void {
  const { invoice } = judge;
  const { seller, buyer, taxRepresentative, paymentMeans } = invoice;
  const isCredit = invoice.syntax === 'ubl_credit_note' || invoice.typeCode?.trim() === '381';
  if (isCredit && !invoice.preceding.some(({ number }) => !isBlank(number))) {
    judge.report('NL-R-001', at('BT-25'), undefined, [
      'It is not said which invoice is credited.',
      'Name the earlier invoice.',
    ]);
  }
  judgeDutchParty(judge, seller, ['NL-R-002', 'BG-5', 'NL-R-003', 'BT-30']);
  if (areBothIn('NL', invoice)) judgeDutchParty(judge, buyer, ['NL-R-004', 'BG-8', 'NL-R-005', 'BT-47']);
  const agent = taxRepresentative?.address;
  if (agent?.country?.trim() === 'NL' && !isWhole(agent))
    judge.report('NL-R-006', at('BG-12'), undefined, NOT_WHOLE);
  const due = readExact(invoice.totals?.due?.value);
  const sign = due === undefined ? 0 : compare(due, NOTHING);
  const isOwed = isCredit ? sign < 0 : sign > 0;
  if (isOwed && paymentMeans.length === 0) {
    judge.report('NL-R-007', at('BG-16'), undefined, [
      'It is not said how to pay.',
      'Add a means of payment.',
    ]);
  }
  for (const [index, { code }] of paymentMeans.entries()) {
    if (DUTCH_MEANS.has(code?.trim() ?? '')) continue;
    judge.report('NL-R-008', at('BT-81', index), code, [
      'The Netherlands do not know this means of payment.',
      'Use one of 30, 48, 49, 57, 58 and 59.',
    ]);
  }
  for (const [index, { orderLine }] of invoice.lines.entries()) {
    if (isBlank(orderLine) || !isBlank(invoice.purchaseOrder)) continue;
    judge.report('NL-R-009', inLine('BT-132', index), orderLine, [
      'A line of an order is named, but not the order.',
      'Enter the order number of the document.',
    ]);
  }
}

const NOT_WHOLE: Words = ['The address is not complete.', 'Enter street, city and post code.'];

const isWhole = ({ line1, city, postalCode }: PostalAddress): boolean =>
  !isBlank(line1) && !isBlank(city) && !isBlank(postalCode);

function judgeDutchParty(
  judge: Judge,
  party: EInvoice['seller'],
  [addressRule, group, numberRule, term]: readonly [string, string, string, string],
): void {
  if (party?.address !== undefined && !isWhole(party.address)) {
    judge.report(addressRule, at(group), undefined, NOT_WHOLE);
  }
  const register = party?.legalRegistration;
  if (register === undefined) return;
  const scheme = register.scheme?.trim();
  if ((scheme === '0106' || scheme === '0190') && !isBlank(register.value)) return;
  judge.report(numberRule, at(term), scheme, [
    'The register number is neither of the KVK nor an OIN.',
    'Choose the scheme 0106 for KVK or 0190 for OIN.',
  ]);
}
