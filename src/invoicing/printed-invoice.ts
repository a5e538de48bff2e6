// From what is stored to what is printed: the plain facts of an invoice or credit note, with what is paid and left as of now.

import type { InvoiceDocument, InvoiceDocumentLine } from '#delivery/invoice-document.ts';
import { chooseLanguage, type Language } from '#delivery/language.ts';
import type { Buyer, Seller } from '#delivery/print-page.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import { type Money, money, subtract, toDecimal, zero } from '#kernel/money.ts';
import { decimalText } from '#kernel/percent.ts';
import { left, type OpenItem } from '#ledger/open-item.ts';
import type { Company } from '#parties/company.ts';
import { type Address, billingAddress, type Customer } from '#parties/customer.ts';
import type { DocumentKind, Priced, PricedLine } from './document.ts';
import { footnotesOf, takenOverLine } from './document-words.ts';

/** What is printed of a document besides its amounts. */
export type Printable = {
  readonly kind: DocumentKind;
  readonly number: string;
  readonly issuedOn: PlainDate;
  readonly voidedOn: PlainDate | null;
  readonly correctedNumber: string | undefined;
  readonly purchaseOrder: string | null;
  readonly paymentReference: string | null;
  readonly note: string | null;
  readonly reason: string | null;
  readonly priced: Priced;
  /** Its own items; counter-items left out. */
  readonly items: readonly OpenItem[];
  readonly company: Company;
  readonly customer: Customer;
  readonly addresses: readonly Address[];
};

/**
 * The document in a language: the one asked for, else the customer's, else the company's.
 *
 * A document taken over without lines prints one line with its total, and no tax, since what it said is not known. An invoice
 * without a payment reference is paid under its number.
 */
export function printedInvoice(document: Printable, asked?: Language | undefined): InvoiceDocument {
  const { priced, items, kind } = document;
  const language = asked ?? chooseLanguage([document.customer.language, document.company.language]);
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
    seller: sellerOf(document.company),
    buyer: buyerOf(document, language),
    correctedNumber: document.correctedNumber,
    purchaseOrder: document.purchaseOrder ?? undefined,
    instalments: kind === 'invoice' ? instalmentsOf(items) : [],
    ...(takenOver ? totalOnly(document, language) : amountsOf(priced)),
    totals: {
      ...(takenOver ? { net: priced.total, tax: zero(currency) } : { net: priced.net, tax: priced.tax }),
      gross: priced.total,
      paid: subtract(priced.total, open),
      open,
    },
    paymentReference: document.paymentReference ?? (kind === 'invoice' ? document.number : undefined),
    footnotes: footnotesOf(
      { ...document, takenOver, taxCategories: priced.lines.map((line) => line.taxCategory) },
      language,
    ),
  };
}

function amountsOf(priced: Priced): Pick<InvoiceDocument, 'lines' | 'taxes'> {
  const taxed = priced.taxes.some((tax) => tax.tax.minor !== 0n);
  return {
    lines: priced.lines.map((line) => printedLine(line, taxed)),
    taxes: priced.taxes
      .filter((tax) => tax.tax.minor !== 0n)
      .map((tax) => ({ percent: decimalText(tax.percent), base: tax.net, tax: tax.tax })),
  };
}

function printedLine(line: PricedLine, taxed: boolean): InvoiceDocumentLine {
  const [first = '', ...rest] = line.description.split('\n');
  return {
    description: first,
    detail: rest.length > 0 ? rest.join('\n') : undefined,
    quantity: decimalText(line.quantity),
    unit: line.unit,
    unitPrice: decimalText(line.unitPrice),
    taxPercent: taxed ? decimalText(line.taxPercent) : undefined,
    net: line.net,
  };
}

function totalOnly(document: Printable, language: Language): Pick<InvoiceDocument, 'lines' | 'taxes'> {
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

function sellerOf(company: Company): Seller {
  return {
    name: company.name,
    addressLines: filled([company.street, filled([company.postalCode, company.city]).join(' ')]),
    taxId: company.taxId ?? undefined,
    registration: filled([company.registrationNo]),
    email: company.email ?? undefined,
    phone: company.phone ?? undefined,
    bank: company.iban
      ? {
          holder: company.name,
          iban: company.iban,
          bic: company.bic ?? undefined,
          bankName: company.bankName ?? undefined,
        }
      : undefined,
  };
}

function buyerOf(document: Printable, language: Language): Buyer {
  const { customer, company } = document;
  const address = billingAddress(document.addresses);
  const abroad = address !== undefined && address.country !== company.country;
  return {
    name: customer.name,
    addressLines: address
      ? filled([
          address.street,
          filled([address.postalCode, address.city]).join(' '),
          address.region,
          abroad ? countryName(address.country, language) : null,
        ])
      : [],
    taxId: customer.taxId ?? undefined,
    customerNumber: customer.number,
  };
}

function countryName(country: string, language: Language): string {
  return new Intl.DisplayNames([language], { type: 'region', fallback: 'code' }).of(country) ?? country;
}

function filled(lines: readonly (string | null)[]): string[] {
  return lines.filter((line): line is string => line !== null && line.trim() !== '');
}
