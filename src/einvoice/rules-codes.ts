// Whether codes are codes: BR-CL-01 to BR-CL-26. A code is judged by the list as of the day of issue.

import { eachAmount } from './amounts.ts';
import { type CodeList, isCode } from './code-lists.ts';
import { at, inLine, isBlank, type Judge, type Place, type Words } from './judge.ts';
import type { Identifier, Party } from './model.ts';

/** Which words each list asks for. */
const WORDS: Readonly<Record<CodeList, Words>> = {
  invoice_type: ['This type of document is not known.', 'Use 380 for an invoice.'],
  credit_note_type: ['This type of document is not known.', 'Use 381 for a credit note.'],
  currency: ['This currency is not known.', 'Use the three letters of ISO 4217, such as EUR.'],
  country: ['This country is not known.', 'Use the two letters of ISO 3166-1, such as DE.'],
  payment_means: [
    'This means of payment is not known.',
    'Use a code of UNTDID 4461, such as 58 for a SEPA transfer.',
  ],
  vat_category: ['This tax category is not known.', 'Use one of S, Z, E, AE, K, G, O, L, M and B.'],
  allowance_reason: [
    'This reason for an allowance is not known.',
    'Use a code of UNTDID 5189, such as 95 for a discount.',
  ],
  charge_reason: [
    'This reason for a charge is not known.',
    'Use a code of UNTDID 7161, such as FC for freight.',
  ],
  exemption_reason: [
    'This reason for charging no VAT is not known.',
    'Use a VATEX code, such as VATEX-EU-AE.',
  ],
  party_scheme: [
    'This scheme of identifiers is not known.',
    'Use four digits of ISO 6523, such as 0088 for a GLN.',
  ],
  endpoint_scheme: [
    'This scheme of electronic addresses is not known.',
    'Use a code of the EAS list, such as 0088 or EM.',
  ],
  item_class: [
    'This classification of items is not known.',
    'Use a code of UNTDID 7143, such as STI for CPV.',
  ],
  mime_type: ['This kind of file may not be attached.', 'Attach PDF, PNG, JPEG, CSV, XLSX or ODS.'],
  note_subject: [
    'This subject of a note is not known.',
    'Use a code of UNTDID 4451, such as AAI, or leave it out.',
  ],
  object_scheme: ['This scheme of the object is not known.', 'Use a code of UNTDID 1153, or leave it out.'],
  unit: ['This unit is not known.', 'Use a code of UN/ECE recommendation 20, such as C62, HUR or KGM.'],
  tax_point: [
    'This tax point is not known.',
    'Use 3 for the day of issue, 35 for delivery, 432 for payment.',
  ],
};

/** The list that each rule asks. */
const LIST_OF = {
  'BR-CL-03': 'currency',
  'BR-CL-04': 'currency',
  'BR-CL-05': 'currency',
  'BR-CL-06': 'tax_point',
  'BR-CL-07': 'object_scheme',
  'BR-CL-08': 'note_subject',
  'BR-CL-10': 'party_scheme',
  'BR-CL-11': 'party_scheme',
  'BR-CL-13': 'item_class',
  'BR-CL-14': 'country',
  'BR-CL-15': 'country',
  'BR-CL-16': 'payment_means',
  'BR-CL-17': 'vat_category',
  'BR-CL-18': 'vat_category',
  'BR-CL-19': 'allowance_reason',
  'BR-CL-20': 'charge_reason',
  'BR-CL-21': 'party_scheme',
  'BR-CL-22': 'exemption_reason',
  'BR-CL-23': 'unit',
  'BR-CL-24': 'mime_type',
  'BR-CL-25': 'endpoint_scheme',
  'BR-CL-26': 'party_scheme',
} as const satisfies Readonly<Record<string, CodeList>>;

/** Judges the codes. */
export function judgeCodes(judge: Judge): void {
  const { invoice } = judge;
  judgeType(judge);
  judgeCode(judge, 'BR-CL-04', invoice.currency, at('BT-5'));
  judgeCode(judge, 'BR-CL-05', invoice.taxCurrency, at('BT-6'));
  judgeCode(judge, 'BR-CL-06', invoice.taxPointCode, at('BT-8'));
  judgeCode(judge, 'BR-CL-07', invoice.object?.scheme, at('BT-18'));
  eachAmount(invoice, ({ currency }, term, line, index) => {
    const place = line === undefined ? at(term, index) : inLine(term, line, index);
    judgeCode(judge, 'BR-CL-03', currency, place);
  });
  for (const [index, { subject }] of invoice.notes.entries()) {
    judgeCode(judge, 'BR-CL-08', subject, at('BT-21', index));
  }
  judgeParties(judge);
  for (const [index, { code }] of invoice.paymentMeans.entries()) {
    judgeCode(judge, 'BR-CL-16', code, at('BT-81', index));
  }
  judgeTaxesAndReasons(judge);
  for (const [index, { attachment }] of invoice.documents.entries()) {
    judgeCode(judge, 'BR-CL-24', attachment?.mime, at('BT-125', index));
  }
  for (const index of invoice.lines.keys()) judgeLine(judge, index);
}

function judgeCode(judge: Judge, rule: keyof typeof LIST_OF, code: string | undefined, place: Place): void {
  const list = LIST_OF[rule];
  if (code === undefined || isCode(list, code.trim(), judge.invoice.issuedOn)) return;
  // An amount whose currency is empty names none; elsewhere an empty code is a missing one, which other rules judge.
  if (isBlank(code) && rule !== 'BR-CL-03') return;
  judge.report(rule, place, code, WORDS[list]);
}

function judgeType(judge: Judge): void {
  const { typeCode, syntax } = judge.invoice;
  if (isBlank(typeCode) || typeCode === undefined) return;
  const code = typeCode.trim();
  const lists: readonly CodeList[] =
    syntax === 'cii'
      ? ['invoice_type', 'credit_note_type']
      : [syntax === 'ubl_credit_note' ? 'credit_note_type' : 'invoice_type'];
  if (lists.some((list) => isCode(list, code))) return;
  judge.report('BR-CL-01', at('BT-3'), typeCode, WORDS[lists[0] ?? 'invoice_type']);
}

function judgeParties(judge: Judge): void {
  const { seller, buyer, payee, taxRepresentative, delivery } = judge.invoice;
  const payeeIds = payee?.identifier === undefined ? [] : [payee.identifier];
  const groups: readonly (readonly [string, readonly Identifier[]])[] = [
    ['BT-29', seller?.identifiers ?? []],
    ['BT-46', buyer?.identifiers ?? []],
    ['BT-60', payeeIds],
  ];
  for (const [term, identifiers] of groups) {
    for (const [index, { scheme }] of identifiers.entries()) {
      // A creditor identifier of SEPA may stand among the identifiers of who is paid.
      if (scheme?.trim() === 'SEPA' && term !== 'BT-46') continue;
      judgeCode(judge, 'BR-CL-10', scheme, at(term, index));
    }
  }
  const registrations = [
    ['BT-30', seller?.legalRegistration],
    ['BT-47', buyer?.legalRegistration],
    ['BT-61', payee?.legalRegistration],
  ] as const;
  for (const [term, id] of registrations) judgeCode(judge, 'BR-CL-11', id?.scheme, at(term));
  const addressed: readonly (readonly [string, Pick<Party, 'address'> | undefined])[] = [
    ['BT-40', seller],
    ['BT-55', buyer],
    ['BT-69', taxRepresentative],
    ['BT-80', delivery],
  ];
  for (const [term, party] of addressed) {
    judgeCode(judge, 'BR-CL-14', party?.address?.country, at(term));
  }
  judgeCode(judge, 'BR-CL-25', seller?.endpoint?.scheme, at('BT-34'));
  judgeCode(judge, 'BR-CL-25', buyer?.endpoint?.scheme, at('BT-49'));
  judgeCode(judge, 'BR-CL-26', delivery?.location?.scheme, at('BT-71'));
}

function judgeTaxesAndReasons(judge: Judge): void {
  const { allowancesCharges, vat } = judge.invoice;
  for (const [index, one] of allowancesCharges.entries()) {
    const isAllowance = one.kind === 'allowance';
    judgeCode(judge, 'BR-CL-17', one.vatCategory, at(isAllowance ? 'BT-95' : 'BT-102', index));
    if (isAllowance) judgeCode(judge, 'BR-CL-19', one.reasonCode, at('BT-98', index));
    else judgeCode(judge, 'BR-CL-20', one.reasonCode, at('BT-105', index));
  }
  for (const [index, { category, exemptionCode }] of vat.entries()) {
    judgeCode(judge, 'BR-CL-17', category, at('BT-118', index));
    judgeCode(judge, 'BR-CL-22', exemptionCode?.toUpperCase(), at('BT-121', index));
  }
}

function judgeLine(judge: Judge, index: number): void {
  const line = judge.invoice.lines[index];
  if (line === undefined) return;
  judgeCode(judge, 'BR-CL-07', line.object?.scheme, inLine('BT-128', index));
  judgeCode(judge, 'BR-CL-18', line.vatCategory, inLine('BT-151', index));
  judgeCode(judge, 'BR-CL-23', line.quantity?.unit, inLine('BT-130', index));
  judgeCode(judge, 'BR-CL-23', line.priceBase?.unit, inLine('BT-150', index));
  judgeCode(judge, 'BR-CL-15', line.item.origin, inLine('BT-159', index));
  judgeCode(judge, 'BR-CL-21', line.item.standardId?.scheme, inLine('BT-157', index));
  for (const [at, { scheme }] of line.item.classes.entries()) {
    judgeCode(judge, 'BR-CL-13', scheme, inLine('BT-158', index, at));
  }
  for (const [at, { kind, reasonCode }] of line.allowancesCharges.entries()) {
    if (kind === 'allowance') {
      judgeCode(judge, 'BR-CL-19', reasonCode, inLine('BT-140', index, at));
    } else judgeCode(judge, 'BR-CL-20', reasonCode, inLine('BT-145', index, at));
  }
}
