// What must be there: BR-01 to BR-67, and the rules on what must or must not stand together.

import { COUNTRY_PREFIXES } from './country-prefixes.ts';
import { compare, NOTHING, readExact } from './exact.ts';
import { at, inLine, isBlank, type Judge, type Words } from './judge.ts';
import type { EInvoice, Item, Line, PaymentMeans, PeriodText } from './model.ts';

/** A rule that asks for one thing: its id, the term, what stands there, and the words where nothing does. */
type Demand<T> = readonly [
  rule: string,
  term: string,
  value: (of: T) => string | undefined,
  message: string,
  hint: string,
];

const present = (thing: unknown): string | undefined => (thing === undefined ? undefined : 'present');

const OF_THE_DOCUMENT: readonly Demand<EInvoice>[] = [
  [
    'BR-01',
    'BT-24',
    (i) => i.specification,
    'It is not said which specification is followed.',
    'Choose a format for the e-invoice.',
  ],
  ['BR-02', 'BT-1', (i) => i.number, 'The number is missing.', 'Give the document its number.'],
  ['BR-03', 'BT-2', (i) => i.issuedOn, 'The issue date is missing.', 'Enter the day of issue.'],
  [
    'BR-04',
    'BT-3',
    (i) => i.typeCode,
    'The type of document is missing.',
    'Use 380 for an invoice, 381 for a credit note.',
  ],
  ['BR-05', 'BT-5', (i) => i.currency, 'The currency is missing.', 'Choose the currency of the document.'],
  [
    'BR-06',
    'BT-27',
    (i) => i.seller?.name,
    "The seller's name is missing.",
    'Enter the legal name of the seller.',
  ],
  [
    'BR-07',
    'BT-44',
    (i) => i.buyer?.name,
    "The buyer's name is missing.",
    'Enter the legal name of the buyer.',
  ],
  [
    'BR-08',
    'BG-5',
    (i) => present(i.seller?.address),
    "The seller's address is missing.",
    'Enter the address, at least its country.',
  ],
  [
    'BR-10',
    'BG-8',
    (i) => present(i.buyer?.address),
    "The buyer's address is missing.",
    'Enter the address, at least its country.',
  ],
  [
    'BR-12',
    'BT-106',
    (i) => i.totals?.lines?.value,
    'The sum of the lines is missing.',
    'Add up the net amounts of the lines.',
  ],
  [
    'BR-13',
    'BT-109',
    (i) => i.totals?.withoutVat?.value,
    'The total without VAT is missing.',
    'Take allowances off the sum of the lines and add charges.',
  ],
  [
    'BR-14',
    'BT-112',
    (i) => i.totals?.withVat?.value,
    'The total with VAT is missing.',
    'Add the VAT to the total without it.',
  ],
  [
    'BR-15',
    'BT-115',
    (i) => i.totals?.due?.value,
    'The amount due is missing.',
    'Enter what is to be paid; 0.00 where all is paid.',
  ],
  [
    'BR-16',
    'BG-25',
    (i) => present(i.lines[0]),
    'There is no line.',
    'Add at least one line with what was sold.',
  ],
  [
    'BR-CO-18',
    'BG-23',
    (i) => present(i.vat[0]),
    'There is no breakdown of VAT.',
    'Add one entry for each tax category and rate.',
  ],
];

const OF_A_LINE: readonly Demand<Line>[] = [
  ['BR-21', 'BT-126', (l) => l.id, 'The line has no number.', 'Number the lines, each with its own.'],
  ['BR-22', 'BT-129', (l) => l.quantity?.value, 'The quantity is missing.', 'Enter how many are invoiced.'],
  [
    'BR-23',
    'BT-130',
    (l) => l.quantity?.unit,
    'The unit of the quantity is missing.',
    'Choose a unit; C62 or H87 for pieces, HUR for hours.',
  ],
  [
    'BR-24',
    'BT-131',
    (l) => l.net?.value,
    'The net amount is missing.',
    'Enter the amount of the line without VAT.',
  ],
  ['BR-25', 'BT-153', (l) => l.item.name, 'The item has no name.', 'Say what was sold.'],
  [
    'BR-26',
    'BT-146',
    (l) => l.netPrice?.value,
    'The price is missing.',
    'Enter the price of one without VAT.',
  ],
  [
    'BR-CO-04',
    'BT-151',
    (l) => l.vatCategory,
    'The tax category is missing.',
    'Choose one; S where VAT is charged at a rate.',
  ],
];

/** Judges by the rules on what must be there. */
export function judgePresence(judge: Judge): void {
  const { invoice } = judge;
  demand(judge, OF_THE_DOCUMENT, invoice);
  judgeAddresses(judge);
  judgeParties(judge);
  judgeDates(judge);
  for (const [index, means] of invoice.paymentMeans.entries()) judgePayment(judge, means, index);
  judgeCardsAndMandates(judge);
  for (const [index, document] of invoice.documents.entries()) {
    if (isBlank(document.reference)) judge.report('BR-52', at('BT-122', index), undefined, NO_REFERENCE);
  }
  for (const [index, preceding] of invoice.preceding.entries()) {
    if (isBlank(preceding.number)) judge.report('BR-55', at('BT-25', index), undefined, NO_PRECEDING);
  }
  for (const [index, line] of invoice.lines.entries()) judgeLine(judge, line, index);
  judgeAllowances(judge);
  judgeBreakdown(judge);
}

const NO_REFERENCE: Words = ['The supporting document has no reference.', 'Give it a name or number.'];
const NO_PRECEDING: Words = [
  'The earlier invoice is named without its number.',
  'Enter the number of the invoice meant.',
];

function demand<T>(judge: Judge, demands: readonly Demand<T>[], of: T): void {
  for (const [rule, term, value, message, hint] of demands) {
    if (isBlank(value(of))) judge.report(rule, at(term), undefined, [message, hint]);
  }
}

const NO_COUNTRY: Words = ['The address has no country.', 'Choose the country.'];

function judgeAddresses(judge: Judge): void {
  const { seller, buyer, taxRepresentative, delivery } = judge.invoice;
  const addresses = [
    ['BR-09', 'BT-40', seller?.address],
    ['BR-11', 'BT-55', buyer?.address],
    ['BR-20', 'BT-69', taxRepresentative?.address],
    ['BR-57', 'BT-80', delivery?.address],
  ] as const;
  for (const [rule, term, address] of addresses) {
    if (address !== undefined && isBlank(address.country))
      judge.report(rule, at(term), undefined, NO_COUNTRY);
  }
}

function judgeParties(judge: Judge): void {
  const { seller, buyer, payee, taxRepresentative, creditorId } = judge.invoice;
  if (seller !== undefined) {
    const isKnown =
      !isBlank(seller.vatId) ||
      !isBlank(seller.legalRegistration?.value) ||
      seller.identifiers.some(({ value }) => !isBlank(value)) ||
      !isBlank(creditorId);
    const places = [at('BT-29'), at('BT-30'), at('BT-31')];
    if (!isKnown) {
      judge.report('BR-CO-26', places, undefined, [
        'Nothing identifies the seller.',
        'Enter its VAT number, its register number or another identifier.',
      ]);
    }
  }
  for (const [rule, term, party] of [
    ['BR-62', 'BT-34', seller],
    ['BR-63', 'BT-49', buyer],
  ] as const) {
    const endpoint = party?.endpoint;
    if (endpoint !== undefined && isBlank(endpoint.scheme)) {
      judge.report(rule, at(term), endpoint.value, NO_SCHEME);
    }
  }
  if (payee !== undefined) judgePayee(judge, payee);
  if (taxRepresentative !== undefined) judgeRepresentative(judge, taxRepresentative);
  for (const [term, vatId] of [
    ['BT-31', seller?.vatId],
    ['BT-48', buyer?.vatId],
    ['BT-63', taxRepresentative?.vatId],
  ] as const) {
    if (vatId !== undefined && !COUNTRY_PREFIXES.has(vatId.slice(0, 2))) {
      judge.report('BR-CO-09', at(term), vatId, [
        'The VAT number does not begin with a country.',
        'Write the two letters of the country before it; EL for Greece.',
      ]);
    }
  }
}

const NO_SCHEME: Words = [
  'The scheme of the identifier is missing.',
  'Choose what kind of identifier it is.',
];

function judgePayee(judge: Judge, payee: NonNullable<EInvoice['payee']>): void {
  const { seller, syntax } = judge.invoice;
  const sellerName = syntax === 'cii' ? seller?.name : seller?.tradingName;
  const id = payee.identifier?.value;
  const isSeller =
    (!isBlank(payee.name) && payee.name === sellerName) ||
    (!isBlank(id) && seller?.identifiers.some(({ value }) => value === id) === true);
  if (isBlank(payee.name) || isSeller) {
    judge.report('BR-17', at('BT-59'), payee.name, [
      'The payee has no name, or is the seller itself.',
      'Name who is paid instead of the seller, or leave the payee out.',
    ]);
  }
}

function judgeRepresentative(judge: Judge, representative: NonNullable<EInvoice['taxRepresentative']>): void {
  if (isBlank(representative.name)) {
    judge.report('BR-18', at('BT-62'), undefined, [
      'The tax representative has no name.',
      "Enter the representative's name.",
    ]);
  }
  if (representative.address === undefined) {
    judge.report('BR-19', at('BG-12'), undefined, [
      'The tax representative has no address.',
      'Enter the address, at least its country.',
    ]);
  }
  if (isBlank(representative.vatId)) {
    judge.report('BR-56', at('BT-63'), undefined, [
      'The tax representative has no VAT number.',
      "Enter the representative's VAT number.",
    ]);
  }
}

function judgeDates(judge: Judge): void {
  const { invoice } = judge;
  const { taxPointOn, taxPointCode, period } = invoice;
  if (!isBlank(taxPointOn) && !isBlank(taxPointCode)) {
    judge.report('BR-CO-03', [at('BT-7'), at('BT-8')], taxPointOn, [
      'The tax point is given twice, as a date and as a code.',
      'Keep one of the two.',
    ]);
  }
  if (period !== undefined) {
    if (endsBeforeStart(period)) judge.report('BR-29', at('BT-74'), period.end, BACKWARDS);
    if (isOpen(period) && isBlank(taxPointCode))
      judge.report('BR-CO-19', at('BG-14'), undefined, EMPTY_PERIOD);
  }
  const due = readExact(invoice.totals?.due?.value);
  const owes = due !== undefined && compare(due, NOTHING) > 0 && invoice.syntax !== 'ubl_credit_note';
  if (owes && isBlank(invoice.dueOn) && isBlank(invoice.paymentTerms)) {
    judge.report('BR-CO-25', [at('BT-9'), at('BT-20')], undefined, [
      'It is not said when to pay.',
      'Enter the due date or the payment terms.',
    ]);
  }
  if (!isBlank(invoice.taxCurrency) && isBlank(invoice.totals?.vatInTaxCurrency?.value)) {
    judge.report('BR-53', at('BT-111'), undefined, [
      `The VAT in ${invoice.taxCurrency?.trim()} is missing.`,
      'Enter the total VAT in the currency of the tax return too.',
    ]);
  }
}

const BACKWARDS: Words = ['The period ends before it begins.', 'Correct one of the two days.'];
const EMPTY_PERIOD: Words = ['The period has neither begin nor end.', 'Enter one of the days, or both.'];

const isOpen = (period: PeriodText): boolean => isBlank(period.start) && isBlank(period.end);

const DAY = /^\d{4}-\d{2}-\d{2}$/;

function endsBeforeStart({ start, end }: PeriodText): boolean {
  return start !== undefined && end !== undefined && DAY.test(start) && DAY.test(end) && end < start;
}

function judgePayment(judge: Judge, means: PaymentMeans, index: number): void {
  if (isBlank(means.code)) {
    judge.report('BR-49', at('BT-81', index), undefined, [
      'It is not said how to pay.',
      'Choose a means of payment; 58 for a SEPA transfer, 30 for others.',
    ]);
  }
  const code = means.code?.trim();
  if (code === '30' || code === '58') {
    const places = at('BT-84', index);
    if (means.transfers.some(({ account }) => isBlank(account)))
      judge.report('BR-50', places, undefined, NO_ACCOUNT);
    if (!means.transfers.some(({ account }) => !isBlank(account))) {
      judge.report('BR-61', places, undefined, NO_ACCOUNT);
    }
  }
  const card = means.card?.number;
  if (card !== undefined && card.trim().length > 10) {
    // What stands there is not repeated: it may be a whole card number.
    judge.warn('BR-51', at('BT-87', index), undefined, [
      'More of the card number is shown than may be.',
      'Show the first six and the last four digits at most.',
    ]);
  }
}

const NO_ACCOUNT: Words = ['There is no account to transfer to.', 'Enter the IBAN or account number.'];

function judgeCardsAndMandates(judge: Judge): void {
  const { paymentMeans } = judge.invoice;
  if (paymentMeans.filter(({ card }) => card !== undefined).length > 1) {
    judge.report('BR-66', at('BG-18'), undefined, ['There is more than one card.', 'Keep one card.']);
  }
  if (paymentMeans.filter(({ directDebit }) => directDebit !== undefined).length > 1) {
    judge.report('BR-67', at('BG-19'), undefined, [
      'There is more than one direct debit mandate.',
      'Keep one mandate.',
    ]);
  }
}

function judgeLine(judge: Judge, line: Line, index: number): void {
  for (const [rule, term, value, message, hint] of OF_A_LINE) {
    if (isBlank(value(line))) judge.report(rule, inLine(term, index), undefined, [message, hint]);
  }
  for (const [rule, term, price] of [
    ['BR-27', 'BT-146', line.netPrice],
    ['BR-28', 'BT-148', line.grossPrice],
  ] as const) {
    const amount = readExact(price?.value);
    if (amount !== undefined && amount.digits < 0n) {
      judge.report(rule, inLine(term, index), price?.value, [
        'The price is negative.',
        'Make the quantity negative instead, or use a credit note.',
      ]);
    }
  }
  if (line.period !== undefined) {
    if (endsBeforeStart(line.period))
      judge.report('BR-30', inLine('BT-135', index), line.period.end, BACKWARDS);
    if (isOpen(line.period)) judge.report('BR-CO-20', inLine('BG-26', index), undefined, EMPTY_PERIOD);
  }
  judgeItem(judge, line.item, index);
}

function judgeItem(judge: Judge, item: Item, line: number): void {
  if (item.standardId !== undefined && isBlank(item.standardId.scheme)) {
    judge.report('BR-64', inLine('BT-157', line), item.standardId.value, NO_SCHEME);
  }
  for (const [index, itemClass] of item.classes.entries()) {
    if (isBlank(itemClass.scheme))
      judge.report('BR-65', inLine('BT-158', line, index), itemClass.value, NO_SCHEME);
  }
  for (const [index, { name, value }] of item.attributes.entries()) {
    if (isBlank(name) || isBlank(value)) {
      judge.report('BR-54', inLine('BG-32', line, index), name ?? value, [
        'The attribute has no name or no value.',
        'Enter both, or leave the attribute out.',
      ]);
    }
  }
}

const NO_AMOUNT: Words = ['The amount is missing.', 'Enter the amount.'];
const NO_REASON: Words = ['The reason is missing.', 'Say why, in words or by a code.'];
const NO_CATEGORY: Words = ['The tax category is missing.', 'Choose the category that the lines have.'];

/** Of each kind of allowance and charge: the rules on amount, category and reason, and the terms they speak of. */
const ALLOWANCE_RULES = {
  document: {
    allowance: ['BR-31', 'BT-92', 'BR-33', 'BR-CO-21', 'BT-97', 'BR-32', 'BT-95'],
    charge: ['BR-36', 'BT-99', 'BR-38', 'BR-CO-22', 'BT-104', 'BR-37', 'BT-102'],
  },
  line: {
    allowance: ['BR-41', 'BT-136', 'BR-42', 'BR-CO-23', 'BT-139', '', ''],
    charge: ['BR-43', 'BT-141', 'BR-44', 'BR-CO-24', 'BT-144', '', ''],
  },
} as const;

function judgeAllowances(judge: Judge): void {
  const { invoice } = judge;
  const look = (one: EInvoice['allowancesCharges'][number], index: number, line?: number): void => {
    const rules = ALLOWANCE_RULES[line === undefined ? 'document' : 'line'][one.kind];
    const [amountRule, amountTerm, reasonRule, otherRule, reasonTerm, categoryRule, categoryTerm] = rules;
    const place = (term: string) => (line === undefined ? at(term, index) : inLine(term, line, index));
    if (isBlank(one.amount?.value)) judge.report(amountRule, place(amountTerm), undefined, NO_AMOUNT);
    if (isBlank(one.reason) && isBlank(one.reasonCode)) {
      judge.report(reasonRule, place(reasonTerm), undefined, NO_REASON);
      judge.report(otherRule, place(reasonTerm), undefined, NO_REASON);
    }
    if (categoryRule !== '' && isBlank(one.vatCategory)) {
      judge.report(categoryRule, place(categoryTerm), undefined, NO_CATEGORY);
    }
  };
  for (const [index, one] of invoice.allowancesCharges.entries()) look(one, index);
  for (const [line, { allowancesCharges }] of invoice.lines.entries()) {
    for (const [index, one] of allowancesCharges.entries()) look(one, index, line);
  }
}

function judgeBreakdown(judge: Judge): void {
  for (const [index, vat] of judge.invoice.vat.entries()) {
    if (isBlank(vat.taxable?.value)) judge.report('BR-45', at('BT-116', index), undefined, NO_AMOUNT);
    if (isBlank(vat.tax?.value)) judge.report('BR-46', at('BT-117', index), undefined, NO_AMOUNT);
    if (isBlank(vat.category)) judge.report('BR-47', at('BT-118', index), undefined, NO_CATEGORY);
    if (isBlank(vat.rate) && vat.category?.trim() !== 'O') {
      judge.report('BR-48', at('BT-119', index), undefined, [
        'The rate is missing.',
        'Enter the rate; 0 where no VAT is due.',
      ]);
    }
  }
}
