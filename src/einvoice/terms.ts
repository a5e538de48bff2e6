// An invoice as a flat list of business terms, each with its place, so that two invoices can be compared, or one be shown.

import { readExact, textOf } from './exact.ts';
import type {
  AllowanceCharge,
  AmountText,
  EInvoice,
  Identifier,
  Line,
  Party,
  PaymentMeans,
  PostalAddress,
  QuantityText,
} from './model.ts';

/** One business term that an invoice states. */
export type Term = {
  /** Its id in the standard: `BT-131`. */
  readonly id: string;
  /** What it is stated of, with a number from 1 where there can be several: `line 2, allowance or charge 1`; empty for the document. */
  readonly place: string;
  /** Its value in one form whatever way it is written: spaces as one, decimals without spare zeros, amounts with currency. */
  readonly value: string;
};

/**
 * All terms an invoice states, in the order of the standard. What has no order of meaning is put in one: identifiers of a
 * party, and what to quote when paying, which one syntax tells once and the other with each means of payment.
 */
export function termsOf(invoice: EInvoice): Term[] {
  const terms = new TermList(invoice);
  head(terms, invoice);
  parties(terms, invoice);
  payment(terms, invoice);
  invoice.allowancesCharges.forEach((one, index) => {
    allowanceCharge(terms, one, { place: `allowance or charge ${index + 1}`, ofLine: false });
  });
  totals(terms, invoice);
  invoice.lines.forEach((one, index) => {
    line(terms, one, `line ${index + 1}`);
  });
  return terms.list;
}

class TermList {
  readonly list: Term[] = [];
  readonly #invoice: EInvoice;

  constructor(invoice: EInvoice) {
    this.#invoice = invoice;
  }

  text(id: string, value: string | undefined, place = ''): void {
    const text = value?.replace(/\s+/g, ' ').trim();
    if (text) this.list.push({ id, place, value: text });
  }

  decimal(id: string, value: string | undefined, place = ''): void {
    this.text(id, decimalText(value), place);
  }

  amount(id: string, amount: AmountText | undefined, place = '', currency = this.#invoice.currency): void {
    if (amount === undefined) return;
    this.text(id, `${decimalText(amount.value)} ${amount.currency ?? currency ?? ''}`, place);
  }

  quantity(ids: readonly [string, string], quantity: QuantityText | undefined, place: string): void {
    this.decimal(ids[0], quantity?.value, place);
    if (quantity?.value.trim()) this.text(ids[1], quantity.unit, place);
  }

  identifier(id: string, identifier: Identifier | undefined, place = ''): void {
    this.text(id, identifier && identifierText(identifier), place);
  }
}

function decimalText(value: string | undefined): string | undefined {
  const exact = readExact(value);
  return exact === undefined ? value : textOf(exact);
}

/** A scheme without a value, or a unit without a quantity, is kept for the rules to find, and means nothing. */
function identifierText({ value, scheme, version }: Identifier): string {
  if (value.trim() === '') return '';
  return [value, scheme && `(${scheme}${version ? ` ${version}` : ''})`].filter(Boolean).join(' ');
}

function head(terms: TermList, invoice: EInvoice): void {
  const simple = [
    ['BT-1', invoice.number],
    ['BT-2', invoice.issuedOn],
    ['BT-3', invoice.typeCode],
    ['BT-5', invoice.currency],
    ['BT-6', invoice.taxCurrency],
    ['BT-7', invoice.taxPointOn],
    ['BT-8', invoice.taxPointCode],
    ['BT-9', invoice.dueOn],
    ['BT-10', invoice.buyerReference],
    ['BT-11', invoice.project],
    ['BT-12', invoice.contract],
    ['BT-13', invoice.purchaseOrder],
    ['BT-14', invoice.salesOrder],
    ['BT-15', invoice.receivingAdvice],
    ['BT-16', invoice.despatchAdvice],
    ['BT-17', invoice.tender],
    ['BT-19', invoice.accountingReference],
    ['BT-20', invoice.paymentTerms],
    ['BT-23', invoice.process],
    ['BT-24', invoice.specification],
    ['BT-73', invoice.period?.start],
    ['BT-74', invoice.period?.end],
  ] as const;
  for (const [id, value] of simple) terms.text(id, value);
  terms.identifier('BT-18', invoice.object);
  invoice.notes.forEach(({ subject, text }, index) => {
    terms.text('BT-21', subject, `note ${index + 1}`);
    terms.text('BT-22', text, `note ${index + 1}`);
  });
  invoice.preceding.forEach(({ number, issuedOn }, index) => {
    terms.text('BT-25', number, `preceding invoice ${index + 1}`);
    terms.text('BT-26', issuedOn, `preceding invoice ${index + 1}`);
  });
  invoice.documents.forEach((document, index) => {
    const place = `document ${index + 1}`;
    terms.text('BT-122', document.reference, place);
    terms.text('BT-123', document.description, place);
    terms.text('BT-124', document.location, place);
    terms.text('BT-125', document.attachment?.content.replace(/\s+/g, ''), place);
    terms.text('BT-125-1', document.attachment?.mime, place);
    terms.text('BT-125-2', document.attachment?.fileName, place);
  });
}

/** Ids of the terms of a party, of its address and of its contact, in the order of the fields below. */
const SELLER = ['27', '28', '29', '30', '31', '32', '33', '34', '41', '42', '43'];
const BUYER = ['44', '45', '46', '47', '48', '48-tax', '44-legal', '49', '56', '57', '58'];
const ADDRESSES = {
  seller: ['35', '36', '162', '37', '38', '39', '40'],
  buyer: ['50', '51', '163', '52', '53', '54', '55'],
  taxRepresentative: ['64', '65', '164', '66', '67', '68', '69'],
  delivery: ['75', '76', '165', '77', '78', '79', '80'],
} as const;

function parties(terms: TermList, invoice: EInvoice): void {
  party(terms, invoice.seller, SELLER);
  address(terms, invoice.seller?.address, ADDRESSES.seller);
  party(terms, invoice.buyer, BUYER);
  address(terms, invoice.buyer?.address, ADDRESSES.buyer);
  terms.text('BT-59', invoice.payee?.name);
  terms.identifier('BT-60', invoice.payee?.identifier);
  terms.identifier('BT-61', invoice.payee?.legalRegistration);
  terms.text('BT-62', invoice.taxRepresentative?.name);
  terms.text('BT-63', invoice.taxRepresentative?.vatId);
  address(terms, invoice.taxRepresentative?.address, ADDRESSES.taxRepresentative);
  terms.text('BT-70', invoice.delivery?.name);
  terms.identifier('BT-71', invoice.delivery?.location);
  terms.text('BT-72', invoice.delivery?.date);
  address(terms, invoice.delivery?.address, ADDRESSES.delivery);
}

function party(terms: TermList, party: Party | undefined, ids: readonly string[]): void {
  const registration = party?.legalRegistration;
  const values = [
    party?.name,
    party?.tradingName,
    party?.identifiers.map(identifierText).sort().join(', '),
    registration && identifierText(registration),
    party?.vatId,
    party?.taxRegistration,
    party?.legalInformation,
    party?.endpoint && identifierText(party.endpoint),
    party?.contact?.name,
    party?.contact?.phone,
    party?.contact?.email,
  ];
  values.forEach((value, index) => {
    terms.text(`BT-${ids[index]}`, value);
  });
}

function address(terms: TermList, address: PostalAddress | undefined, ids: readonly string[]): void {
  const { line1, line2, line3, city, postalCode, region, country } = address ?? {};
  [line1, line2, line3, city, postalCode, region, country].forEach((value, index) => {
    terms.text(`BT-${ids[index]}`, value);
  });
}

function payment(terms: TermList, invoice: EInvoice): void {
  const distinct = (read: (means: PaymentMeans) => string | undefined) =>
    [...new Set(invoice.paymentMeans.map(read).filter(Boolean))].sort().join(', ');
  terms.text(
    'BT-83',
    distinct((means) => means.remittance),
  );
  terms.text(
    'BT-89',
    distinct((means) => means.directDebit?.mandate),
  );
  terms.text('BT-90', invoice.creditorId);
  const repeated = invoice.paymentMeans.flatMap((means) =>
    (means.transfers.length > 0 ? means.transfers : [undefined]).map((transfer) => ({ means, transfer })),
  );
  repeated.forEach(({ means, transfer }, index) => {
    const place = `means of payment ${index + 1}`;
    terms.text('BT-81', means.code, place);
    terms.text('BT-82', means.text, place);
    terms.text('BT-84', transfer?.account, place);
    terms.text('BT-85', transfer?.accountName, place);
    terms.text('BT-86', transfer?.bankId, place);
    terms.text('BT-87', means.card?.number, place);
    terms.text('BT-88', means.card?.holder, place);
    terms.text('BT-91', means.directDebit?.account, place);
  });
}

const OF_DOCUMENT = {
  allowance: ['92', '93', '94', '95', '96', '97', '98'],
  charge: ['99', '100', '101', '102', '103', '104', '105'],
};
const OF_LINE = {
  allowance: ['136', '137', '138', '136-category', '136-rate', '139', '140'],
  charge: ['141', '142', '143', '141-category', '141-rate', '144', '145'],
};

function allowanceCharge(
  terms: TermList,
  one: AllowanceCharge,
  { place, ofLine }: { place: string; ofLine: boolean },
): void {
  const [amount, base, percent, category, rate, reason, code] = (ofLine ? OF_LINE : OF_DOCUMENT)[one.kind];
  terms.amount(`BT-${amount}`, one.amount, place);
  terms.amount(`BT-${base}`, one.base, place);
  terms.decimal(`BT-${percent}`, one.percent, place);
  terms.text(`BT-${category}`, one.vatCategory, place);
  terms.decimal(`BT-${rate}`, one.vatRate, place);
  terms.text(`BT-${reason}`, one.reason, place);
  terms.text(`BT-${code}`, one.reasonCode, place);
}

function totals(terms: TermList, { totals: sums, vat, taxCurrency }: EInvoice): void {
  terms.amount('BT-106', sums?.lines);
  terms.amount('BT-107', sums?.allowances);
  terms.amount('BT-108', sums?.charges);
  terms.amount('BT-109', sums?.withoutVat);
  terms.amount('BT-110', sums?.vat);
  terms.amount('BT-111', sums?.vatInTaxCurrency, '', taxCurrency);
  terms.amount('BT-112', sums?.withVat);
  terms.amount('BT-113', sums?.prepaid);
  terms.amount('BT-114', sums?.rounding);
  terms.amount('BT-115', sums?.due);
  vat.forEach((one, index) => {
    const place = `tax ${index + 1}`;
    terms.amount('BT-116', one.taxable, place);
    terms.amount('BT-117', one.tax, place);
    terms.text('BT-118', one.category, place);
    terms.decimal('BT-119', one.rate, place);
    terms.text('BT-120', one.exemptionReason, place);
    terms.text('BT-121', one.exemptionCode, place);
  });
}

function line(terms: TermList, one: Line, place: string): void {
  terms.text('BT-126', one.id, place);
  terms.text('BT-127', one.note, place);
  terms.identifier('BT-128', one.object, place);
  terms.quantity(['BT-129', 'BT-130'], one.quantity, place);
  terms.amount('BT-131', one.net, place);
  terms.text('BT-132', one.orderLine, place);
  terms.text('BT-133', one.accountingReference, place);
  terms.text('BT-134', one.period?.start, place);
  terms.text('BT-135', one.period?.end, place);
  one.allowancesCharges.forEach((given, index) => {
    allowanceCharge(terms, given, { place: `${place}, allowance or charge ${index + 1}`, ofLine: true });
  });
  terms.amount('BT-146', one.netPrice, place);
  terms.amount('BT-147', one.priceDiscount, place);
  terms.amount('BT-148', one.grossPrice, place);
  terms.quantity(['BT-149', 'BT-150'], one.priceBase, place);
  terms.text('BT-151', one.vatCategory, place);
  terms.decimal('BT-152', one.vatRate, place);
  terms.text('BT-153', one.item.name, place);
  terms.text('BT-154', one.item.description, place);
  terms.text('BT-155', one.item.sellerId, place);
  terms.text('BT-156', one.item.buyerId, place);
  terms.identifier('BT-157', one.item.standardId, place);
  one.item.classes.forEach((given, index) => {
    terms.identifier('BT-158', given, `${place}, class ${index + 1}`);
  });
  terms.text('BT-159', one.item.origin, place);
  one.item.attributes.forEach(({ name, value }, index) => {
    terms.text('BT-160', name, `${place}, attribute ${index + 1}`);
    terms.text('BT-161', value, `${place}, attribute ${index + 1}`);
  });
}
