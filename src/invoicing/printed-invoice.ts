// From what is stored to what is printed: the plain facts of an invoice or credit note, with what is paid and left as of now.

import { bankOf } from '#banking/pay-account.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { ItemId } from '#kernel/id.ts';
import { type Money, money, subtract, toDecimal, zero } from '#kernel/money.ts';
import { decimalText } from '#kernel/percent.ts';
import { left, type OpenItem } from '#ledger/open-item.ts';
import type { InvoiceDocument, InvoiceDocumentLine } from '#printing/invoice-document.ts';
import { chooseDocumentLanguage, type DocumentLanguage, type SecondLanguage } from '#printing/language.ts';
import { type Letterhead, partIn } from '#printing/letterhead.ts';
import { formatDate, formatIban, formatMoney } from '#printing/print-format.ts';
import type { Buyer, Seller } from '#printing/print-page.ts';
import type { CompanyLook } from '#printing/print-style.ts';
import { writtenIn } from '#printing/second-language.ts';
import { splitStreet } from '#printing/swiss-code.ts';
import { wordsOfBoth } from '#printing/words-of-both.ts';
import type { DiscountRight } from '#terms/discount.ts';
import { signedAmount } from './allowance.ts';
import type { DiscountReversal } from './discount-reversal.ts';
import { type DocumentKind, givenBy, type Priced, type PricedLine } from './document.ts';
import type { DocumentContent, SellerAtIssue } from './document-content.ts';
import {
  allowanceWords,
  deliveredText,
  footnotesOf,
  lineDetails,
  referencesOf,
  takenOverLine,
  untaxedReason,
} from './document-words.ts';
import { type FootnoteFields, filledFootnote } from './footnote.ts';
import { type GivenReason, type OwnReason, reasonText } from './reason-for-credit.ts';

/** What is printed of a document besides its amounts. */
export type Printable = {
  readonly kind: DocumentKind;
  readonly number: string;
  readonly issuedOn: PlainDate;
  readonly dueOn: PlainDate;
  readonly voidedOn: PlainDate | null;
  readonly correctedNumber: string | undefined;
  readonly purchaseOrder: string | null;
  readonly paymentReference: string | null;
  readonly note: string | null;
  /** Why a credit note is given. */
  readonly reason: GivenReason | null;
  /** The tenant's own reasons, where the reason may be one. */
  readonly ownReasons?: readonly OwnReason[] | undefined;
  /** Names of the files it was issued with. */
  readonly attached?: readonly string[] | undefined;
  /** What a credit note takes back of a discount. */
  readonly reversal?: DiscountReversal | undefined;
  readonly priced: Priced;
  /** Its own items; counter-items left out. */
  readonly items: readonly OpenItem[];
  /** Who it is from and to, and what it says besides. */
  readonly content: DocumentContent;
  /** Its tax in the currency of the seller, where that is another one. */
  readonly taxInFunctional: Money | undefined;
  /** How the company's documents look; left out, as is usual in its country. */
  readonly look?: CompanyLook | undefined;
  /** What its customer wants printed beside its language; left out, what the company wants. */
  readonly secondLanguage?: SecondLanguage | undefined;
  /** What paying early saves, by item. */
  readonly rights?: ReadonlyMap<ItemId, readonly DiscountRight[]> | undefined;
};

/**
 * The document in a language: the one asked for, else the customer's, else the company's; with a second one beside it where
 * company or customer want one.
 */
export function printedInvoice(document: Printable, asked?: DocumentLanguage | undefined): InvoiceDocument {
  const { buyer, seller } = document.content;
  const { language, secondLanguage } = writtenIn(
    document.secondLanguage ?? document.look?.extras.secondLanguage ?? 'none',
    {
      ours: chooseDocumentLanguage([seller.language]),
      theirs: asked ?? chooseDocumentLanguage([buyer.language, seller.language]),
    },
  );
  const first = inOneLanguage(document, language);
  return secondLanguage ? wordsOfBoth(first, inOneLanguage(document, secondLanguage)) : first;
}

/**
 * A document taken over without lines prints one line with its total, and no tax, since what it said is not known. An invoice
 * without a payment reference is paid under its number.
 */
function inOneLanguage(document: Printable, language: DocumentLanguage): InvoiceDocument {
  const { priced, items, kind, content } = document;
  const takenOver = priced.lines.length === 0;
  const { currency } = priced.total;
  const open = money(
    items.reduce((total, item) => total + left(item), 0n),
    currency,
  );
  return {
    kind,
    language,
    number: document.number,
    issuedOn: document.issuedOn,
    currency,
    seller: { ...sellerOf(content.seller), ...lookOf(document.look) },
    buyer: buyerOf(content, language),
    correctedNumber: document.correctedNumber,
    purchaseOrder: document.purchaseOrder ?? undefined,
    buyerReference: content.references.buyerReference,
    references: referencesOf(content.references, language),
    delivery: deliveredText(content.delivery, language),
    instalments: kind === 'invoice' ? instalmentsOf(items) : [],
    discounts: kind === 'invoice' ? discountsOf(document) : [],
    ...(takenOver ? totalOnly(document, language) : amountsOf(priced, language)),
    totals: {
      ...(takenOver ? { net: priced.total, tax: zero(currency) } : { net: priced.net, tax: priced.tax }),
      rounding: takenOver ? zero(currency) : priced.rounding,
      gross: priced.total,
      ...(document.reversal ? { discountTaken: document.reversal.discount } : {}),
      paid: subtract(givenBy(document), open),
      open,
    },
    paymentReference: document.paymentReference ?? (kind === 'invoice' ? document.number : undefined),
    ...aroundLines(document, language),
    footnotes: [
      ...footnotesOf(
        {
          ...document,
          takenOver,
          reason: document.reason && reasonText(document.reason, document.ownReasons ?? [], language),
        },
        language,
      ),
      ...companyFootnotes(document, language),
    ],
  };
}

function companyFootnotes(document: Printable, language: DocumentLanguage): readonly string[] {
  return document.content.footnotes.map((text) => filledFootnote(text, fieldsOf(document, language)));
}

/** What texts of the company may name of a document. */
function fieldsOf(document: Printable, language: DocumentLanguage): FootnoteFields {
  const { content, priced, number } = document;
  return {
    number,
    issuedOn: formatDate(document.issuedOn, language),
    dueOn: formatDate(document.dueOn, language),
    total: formatMoney(priced.total, language),
    iban: content.seller.iban === null ? '' : formatIban(content.seller.iban),
    bic: content.seller.bic ?? '',
    reference: document.paymentReference ?? number,
  };
}

/** What the company says over and under the lines, a paragraph for each empty line between. */
function aroundLines(
  document: Printable,
  language: DocumentLanguage,
): Pick<InvoiceDocument, 'before' | 'after'> {
  const isCredit = document.kind === 'credit_note';
  const said = (part: (letterhead: Letterhead) => string | null): readonly string[] | undefined =>
    partIn(document.look?.letterheads, language, part)
      ?.split(/\n\s*\n/)
      .map((text) => filledFootnote(text.trim(), fieldsOf(document, language)));
  return {
    before: said((each) => (isCredit ? each.creditBefore : each.before)),
    after: said((each) => (isCredit ? each.creditAfter : each.after)),
  };
}

function amountsOf(
  priced: Priced,
  language: DocumentLanguage,
): Pick<InvoiceDocument, 'lines' | 'taxes' | 'adjustments'> {
  const taxed = priced.taxes.some((tax) => tax.tax.minor !== 0n);
  return {
    lines: priced.lines.map((line) => printedLine(line, taxed, language)),
    adjustments: priced.allowances.map((allowance) => ({
      label: allowanceWords(allowance, language),
      amount: signedAmount(allowance),
    })),
    taxes: printedTaxes(priced, language),
  };
}

/** Taxes with why they are not taken; none at all where nothing is taxed and nothing is to be said of it. */
function printedTaxes(priced: Priced, language: DocumentLanguage): InvoiceDocument['taxes'] {
  const rows = priced.taxes.map((row) => ({
    percent: decimalText(row.percent),
    base: row.net,
    tax: row.tax,
    note: untaxedReason(row, language),
  }));
  return rows.some((row) => row.tax.minor !== 0n || row.note !== undefined) ? rows : [];
}

function printedLine(line: PricedLine, taxed: boolean, language: DocumentLanguage): InvoiceDocumentLine {
  const [first = '', ...rest] = line.description.split('\n');
  const detail = [...rest, ...lineDetails(line, language)].join('\n');
  return {
    description: first,
    detail: detail === '' ? undefined : detail,
    quantity: decimalText(line.quantity),
    unit: line.unit,
    unitPrice: decimalText(line.unitPrice),
    per: line.baseQuantity && decimalText(line.baseQuantity),
    taxPercent: taxed ? decimalText(line.taxPercent) : undefined,
    net: line.net,
  };
}

function totalOnly(
  document: Printable,
  language: DocumentLanguage,
): Pick<InvoiceDocument, 'lines' | 'taxes'> {
  const { total } = document.priced;
  const description = takenOverLine(document.kind, document.number, language);
  return { lines: [{ description, quantity: '1', unitPrice: toDecimal(total), net: total }], taxes: [] };
}

/** When how much is due: what is left of each open instalment; of a settled invoice, what was due when. */
function instalmentsOf(
  items: readonly OpenItem[],
): readonly { readonly dueOn: PlainDate; readonly amount: Money }[] {
  const open = items.filter((item) => item.open.minor !== 0n);
  return (open.length > 0 ? open : items).map((item) => ({
    dueOn: item.dueOn,
    amount: open.length > 0 ? item.open : item.amount,
  }));
}

/** What paying early saves, while nothing is settled: the terms as they were promised, whatever day it is printed. */
function discountsOf({ items, rights }: Printable): NonNullable<InvoiceDocument['discounts']> {
  if (!rights || items.some((item) => item.open.minor !== item.amount.minor)) return [];
  return items.flatMap((item) =>
    (rights.get(item.id) ?? [])
      .filter((right) => right.source === 'terms' && right.percent !== null)
      .map((right) => ({
        until: right.untilOn,
        percent: right.percent ?? '',
        amount: subtract(item.amount, right.discount),
      })),
  );
}

/** How the company's letters look, and how they can be paid besides by its bank. */
export function lookOf(
  look: CompanyLook | undefined,
): Pick<Seller, 'style' | 'logo' | 'payLink' | 'upiId' | 'letterheads'> {
  if (!look) return {};
  const { style, logo, extras, letterheads } = look;
  return {
    style,
    ...(letterheads.texts.length > 0 ? { letterheads } : {}),
    ...(logo ? { logo } : {}),
    ...(extras.payLink === null ? {} : { payLink: extras.payLink }),
    ...(extras.upiId === null ? {} : { upiId: extras.upiId }),
  };
}

/** A company as it stands on letters. */
export function sellerOf(seller: SellerAtIssue): Seller {
  return {
    name: seller.name,
    country: seller.country,
    address: partsOf(seller),
    addressLines: filled([seller.street, filled([seller.postalCode, seller.city]).join(' ')]),
    taxId: seller.taxId ?? undefined,
    registration: filled([seller.registrationNo]),
    email: seller.email ?? undefined,
    phone: seller.phone ?? undefined,
    bank: bankOf(seller),
  };
}

/** A customer as it stands on letters of a company. */
export function buyerOf(
  { buyer, seller }: Pick<DocumentContent, 'buyer' | 'seller'>,
  language: DocumentLanguage,
): Buyer {
  const { address } = buyer;
  const abroad = address !== null && address.country !== seller.country;
  return {
    name: buyer.name,
    addressLines: address
      ? filled([
          address.street,
          filled([address.postalCode, address.city]).join(' '),
          address.region,
          abroad ? countryName(address.country, language) : null,
        ])
      : [],
    address: address ? partsOf(address) : undefined,
    taxId: buyer.taxId ?? undefined,
    customerNumber: buyer.number,
  };
}

/** An address in the parts that a payment slip asks for, where postal code and town are known. */
function partsOf(at: Pick<SellerAtIssue, 'street' | 'postalCode' | 'city' | 'country'>): Seller['address'] {
  if (!at.postalCode || !at.city) return undefined;
  return { ...splitStreet(at.street ?? ''), postalCode: at.postalCode, city: at.city, country: at.country };
}

function countryName(country: string, language: DocumentLanguage): string {
  return new Intl.DisplayNames([language], { type: 'region', fallback: 'code' }).of(country) ?? country;
}

function filled(lines: readonly (string | null)[]): string[] {
  return lines.filter((line): line is string => line !== null && line.trim() !== '');
}
