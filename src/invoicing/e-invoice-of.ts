// From an issued document to the business terms of EN 16931: what any syntax of an electronic invoice is then written from.

import { readEndpoint } from '#einvoice/endpoint.ts';
import type {
  AdditionalDocument,
  AllowanceCharge,
  AmountText,
  EInvoice,
  Line,
  Party,
  PaymentMeans,
  VatBreakdown,
} from '#einvoice/model.ts';
import { claimOf, rulesOf, syntaxOf, type WrittenProfile } from '#einvoice/written-profile.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import { add, type Money, toDecimal } from '#kernel/money.ts';
import { type Decimal, decimalText } from '#kernel/percent.ts';
import { chooseDocumentLanguage } from '#printing/language.ts';
import { type Allowance, type DocumentAllowance, sumOf } from './allowance.ts';
import type { DiscountReversal } from './discount-reversal.ts';
import {
  type DocumentKind,
  givenBy,
  linesTotal,
  type Priced,
  type PricedLine,
  type TaxRow,
} from './document.ts';
import type { BuyerAtIssue, DocumentContent, SellerAtIssue } from './document-content.ts';
import { discountTakenText } from './document-words.ts';
import type { EInvoiceProfile } from './e-invoice-names.ts';
import { type GivenReason, type OwnReason, reasonText } from './reason-for-credit.ts';
import { unitCodeOf } from './unit-code.ts';

/** What is known of an issued document. */
export type IssuedWhole = {
  readonly kind: DocumentKind;
  readonly number: string;
  readonly issuedOn: PlainDate;
  readonly dueOn: PlainDate;
  readonly purchaseOrder: string | null;
  readonly paymentReference: string | null;
  readonly note: string | null;
  /** Why a credit note is given. */
  readonly reason: GivenReason | null;
  readonly ownReasons: readonly OwnReason[];
  /** Files it was issued with, as far as the standard lets it carry them. */
  readonly files: readonly CarriedFile[];
  /** What a credit note takes back of a discount. */
  readonly reversal: DiscountReversal | undefined;
  readonly priced: Priced;
  readonly content: DocumentContent;
  /** The invoice a credit note corrects. */
  readonly corrected: { readonly number: string; readonly issuedOn: PlainDate } | undefined;
  /** Its tax in the company's own currency, as booked, where that is another one. */
  readonly taxInFunctional: Money | undefined;
};

/** A file that goes inside an e-invoice. */
export type CarriedFile = { readonly name: string; readonly mediaType: string; readonly content: Uint8Array };

/** UNTDID 1001: a commercial invoice, and a credit note. */
const TYPE_CODES: Readonly<Record<DocumentKind, string>> = { invoice: '380', credit_note: '381' };

/** How a document is to be written, and by whose rules. */
export type EInvoiceForm = {
  readonly syntax: 'ubl' | 'cii';
  readonly profile?: EInvoiceProfile | undefined;
};

/**
 * The document in business terms. Amounts of a credit note are positive, as everywhere: its type says which way. What was paid
 * since is not part of it, so the amount due (BT-115) is the total; rounding (BT-114) is between the two. What a credit note
 * takes back of a discount is told as given before (BT-113) and in a note.
 */
export function eInvoiceOf(document: IssuedWhole, form: EInvoiceForm): EInvoice {
  const { syntax, profile = 'en16931' } = form;
  const { priced, content, kind, taxInFunctional } = document;
  const { references, delivery, seller, buyer } = content;
  return {
    syntax: syntax === 'cii' ? 'cii' : kind === 'invoice' ? 'ubl_invoice' : 'ubl_credit_note',
    ...claimOf(profile),
    number: document.number,
    issuedOn: document.issuedOn.toString(),
    typeCode: TYPE_CODES[kind],
    currency: priced.total.currency,
    taxCurrency: taxInFunctional?.currency,
    taxPointOn: delivery.taxPointOn?.toString(),
    dueOn: document.dueOn.toString(),
    buyerReference: references.buyerReference,
    project: references.project,
    contract: references.contract,
    purchaseOrder: document.purchaseOrder ?? undefined,
    salesOrder: references.salesOrder,
    receivingAdvice: references.receivingAdvice,
    despatchAdvice: references.despatchAdvice,
    object: references.object === undefined ? undefined : { value: references.object },
    notes: notesOf(document),
    preceding: document.corrected
      ? [{ number: document.corrected.number, issuedOn: document.corrected.issuedOn.toString() }]
      : [],
    seller: sellerParty(seller),
    buyer: buyerParty(buyer),
    delivery: deliveryOf(delivery),
    period: periodOf(delivery),
    paymentMeans: kind === 'invoice' ? paymentMeans(document, seller) : [SETTLED_BETWEEN_US],
    allowancesCharges: priced.allowances.map(documentAllowance),
    totals: totalsOf(document),
    vat: priced.taxes.map(vatBreakdown),
    documents: document.files.map(supportingDocument),
    lines: priced.lines.map(lineOf),
  };
}

/** A file inside the e-invoice (BG-24), told from the others by its name. */
function supportingDocument({ name, mediaType, content }: CarriedFile): AdditionalDocument {
  return {
    reference: name,
    attachment: { content: content.toBase64(), mime: mediaType, fileName: name },
  };
}

function notesOf({ reason, ownReasons, reversal, note, content }: IssuedWhole): EInvoice['notes'] {
  const language = chooseDocumentLanguage([content.buyer.language, content.seller.language]);
  const texts = [
    reason && reasonText(reason, ownReasons, language),
    reversal ? discountTakenText(reversal.discount, language) : null,
    note,
  ];
  return texts.flatMap((each) => (each === null ? [] : [{ text: each }]));
}

/** The document as the e-invoice that a customer wants. */
export function eInvoiceAs(document: IssuedWhole, profile: WrittenProfile): EInvoice {
  return eInvoiceOf(document, { syntax: syntaxOf(profile), profile: rulesOf(profile) });
}

function text(amount: Money): AmountText {
  return { value: toDecimal(amount), currency: amount.currency };
}

function sellerParty(seller: SellerAtIssue): Party {
  const contact = { name: seller.name, phone: seller.phone ?? undefined, email: seller.email ?? undefined };
  return {
    name: seller.name,
    identifiers: [],
    legalRegistration: seller.registrationNo === null ? undefined : { value: seller.registrationNo },
    ...taxNumbers(seller.taxId),
    endpoint:
      readEndpoint(seller.networkAddress ?? '') ??
      (seller.email === null ? undefined : { value: seller.email, scheme: 'EM' }),
    address: {
      line1: seller.street ?? undefined,
      city: seller.city ?? undefined,
      postalCode: seller.postalCode ?? undefined,
      country: seller.country,
    },
    contact: seller.phone === null && seller.email === null ? undefined : contact,
  };
}

function buyerParty(buyer: BuyerAtIssue): Party {
  const { address } = buyer;
  return {
    name: buyer.name,
    identifiers: [],
    vatId: taxNumbers(buyer.taxId).vatId,
    endpoint: readEndpoint(buyer.networkAddress ?? ''),
    address: {
      line1: address?.street,
      city: address?.city,
      postalCode: address?.postalCode,
      region: address?.region ?? undefined,
      country: address?.country ?? buyer.country ?? undefined,
    },
  };
}

/** A number that begins with its country is a VAT identifier (BT-31); any other is a local tax number (BT-32). */
function taxNumbers(taxId: string | null): Pick<Party, 'vatId' | 'taxRegistration'> {
  if (taxId === null) return {};
  const dense = taxId.replace(/[\s.-]/g, '');
  return /^[A-Z]{2}[0-9A-Z]{2,}$/.test(dense) ? { vatId: dense } : { taxRegistration: taxId };
}

function deliveryOf({ deliveredOn, delivery }: DocumentContent['delivery']): EInvoice['delivery'] {
  if (!deliveredOn && !delivery) return undefined;
  return {
    name: delivery?.name,
    date: deliveredOn?.toString(),
    address: delivery && {
      line1: delivery.street,
      city: delivery.city,
      postalCode: delivery.postalCode,
      region: delivery.region,
      country: delivery.country,
    },
  };
}

function periodOf(period: {
  readonly periodFrom?: PlainDate | undefined;
  readonly periodTo?: PlainDate | undefined;
}) {
  const { periodFrom, periodTo } = period;
  return periodFrom || periodTo ? { start: periodFrom?.toString(), end: periodTo?.toString() } : undefined;
}

/** UNCL 4461: a credit note is settled with what the buyer owes. */
const SETTLED_BETWEEN_US: PaymentMeans = { code: '97', transfers: [] };

/**
 * UNCL 4461: a SEPA transfer for euro to an IBAN, else a transfer; without an account it is left open. Where there are no IBANs,
 * the account is its number, and its bank may be named by its national code (BT-84, BT-86).
 */
function paymentMeans(document: IssuedWhole, seller: SellerAtIssue): readonly PaymentMeans[] {
  const account = seller.iban ?? seller.accountNumber;
  if (!account) return [];
  return [
    {
      code: document.priced.total.currency === 'EUR' && seller.iban !== null ? '58' : '30',
      remittance: document.paymentReference ?? document.number,
      transfers: [
        { account, accountName: seller.name, bankId: seller.bic ?? seller.routingNumber ?? undefined },
      ],
    },
  ];
}

function allowanceOf(allowance: Allowance): AllowanceCharge {
  return {
    kind: allowance.kind,
    amount: text(allowance.amount),
    base: allowance.base && text(allowance.base),
    percent: allowance.percent && decimalText(allowance.percent),
    reason: allowance.reason,
    reasonCode: allowance.reasonCode,
  };
}

function documentAllowance(allowance: DocumentAllowance): AllowanceCharge {
  return {
    ...allowanceOf(allowance),
    vatCategory: allowance.taxCategory,
    vatRate: rateOf(allowance.taxCategory, allowance.taxPercent),
  };
}

/** What is outside of tax has no rate (BR-O-05); all else has one, if only 0. */
function rateOf(category: string, percent: Decimal): string | undefined {
  return category === 'O' ? undefined : decimalText(percent);
}

/** Why a category carries no tax where nobody said it: reason and VATEX code, as the directive on VAT knows them. */
const EXEMPTIONS: Readonly<Record<string, readonly [reason: string, code: string | undefined]>> = {
  E: ['Exempt from tax', undefined],
  AE: ['Reverse charge', 'VATEX-EU-AE'],
  K: ['Intra-Community supply', 'VATEX-EU-IC'],
  G: ['Export outside the EU', 'VATEX-EU-G'],
  O: ['Not subject to VAT', 'VATEX-EU-O'],
};

function vatBreakdown(row: TaxRow): VatBreakdown {
  const [reason, code] = EXEMPTIONS[row.category] ?? [undefined, undefined];
  const isTold = row.exemptionReason !== undefined || row.exemptionCode !== undefined;
  return {
    taxable: text(row.net),
    tax: text(row.tax),
    category: row.category,
    rate: rateOf(row.category, row.percent),
    exemptionReason: isTold ? row.exemptionReason : reason,
    exemptionCode: isTold ? row.exemptionCode : code,
  };
}

function totalsOf(document: IssuedWhole): EInvoice['totals'] {
  const { priced, taxInFunctional, reversal } = document;
  const { net, tax, rounding, allowances } = priced;
  const has = (kind: Allowance['kind']): boolean => allowances.some((allowance) => allowance.kind === kind);
  return {
    lines: text(linesTotal(priced)),
    allowances: has('allowance') ? text(sumOf('allowance', allowances, net.currency)) : undefined,
    charges: has('charge') ? text(sumOf('charge', allowances, net.currency)) : undefined,
    withoutVat: text(net),
    vat: text(tax),
    vatInTaxCurrency: taxInFunctional && text(taxInFunctional),
    withVat: text(add(net, tax)),
    rounding: rounding.minor === 0n ? undefined : text(rounding),
    // A discount taken back was given before, when the invoice was paid: what is left to give is the rest (BR-CO-16).
    prepaid: reversal && text(reversal.discount),
    due: text(givenBy(document)),
  };
}

function lineOf(line: PricedLine, index: number): Line {
  const [name = '', ...rest] = line.description.split('\n');
  const description = [...rest, ...(line.detail === undefined ? [] : [line.detail])].join('\n');
  const unit = line.unitCode ?? unitCodeOf(line.unit);
  // A price is never negative (BR-27): where ours is, the quantity is turned instead.
  const turned = line.unitPrice.digits < 0n;
  return {
    id: String(index + 1),
    note: line.note,
    quantity: { value: decimalText(turned ? negated(line.quantity) : line.quantity), unit },
    net: text(line.net),
    orderLine: line.orderLine,
    period: periodOf(line),
    allowancesCharges: (line.allowances ?? []).map(allowanceOf),
    netPrice: {
      value: decimalText(turned ? negated(line.unitPrice) : line.unitPrice),
      currency: line.net.currency,
    },
    priceBase: line.baseQuantity && { value: decimalText(line.baseQuantity), unit },
    vatCategory: line.taxCategory,
    vatRate: rateOf(line.taxCategory, line.taxPercent),
    item: {
      name,
      description: description === '' ? undefined : description,
      sellerId: line.sellerItem,
      buyerId: line.buyerItem,
      classes: [],
      attributes: [],
    },
  };
}

function negated(value: Decimal): Decimal {
  return { digits: -value.digits, scale: value.scale };
}
