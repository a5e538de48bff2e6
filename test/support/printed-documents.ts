// Documents to print in tests: made from what a test is about, with sums that add up.

import type { PlainDate } from '#kernel/calendar.ts';
import { type Currency, divideHalfUp, money, sum, toDecimal } from '#kernel/money.ts';
import type { InvoiceDocument, InvoiceDocumentLine } from '#printing/invoice-document.ts';
import type { DocumentLanguage } from '#printing/language.ts';
import type { Buyer, Seller } from '#printing/print-page.ts';
import type { InvoiceData } from '#printing/render-pdf.ts';
import type { StatementPart, StatementRow } from '#printing/statement-document.ts';

export const aSeller: Seller = {
  name: 'Nordlicht Werkzeugbau GmbH',
  addressLines: ['Speicherstraße 14', '20457 Hamburg', 'Germany'],
  taxId: 'DE287654321',
  registration: ['Amtsgericht Hamburg HRB 123456'],
  email: 'rechnung@nordlicht.example',
  bank: { iban: 'DE89370400440532013000', bic: 'COBADEFFXXX', bankName: 'Commerzbank Hamburg' },
};

export const aBuyer: Buyer = {
  name: 'Brüder Čapek Strojírny s.r.o.',
  addressLines: ['Náměstí Svobody 12', '602 00 Brno', 'Czech Republic'],
  taxId: 'CZ27082440',
  customerNumber: 'K-10442',
};

/** A Swiss company with an account for QR references, and its customer. */
export const aSwissSeller: Seller = {
  name: 'Robert Schneider AG',
  country: 'CH',
  addressLines: ['Rue du Lac 1268', '2501 Biel'],
  address: { street: 'Rue du Lac', houseNumber: '1268', postalCode: '2501', city: 'Biel', country: 'CH' },
  taxId: 'CHE-123.456.789 MWST',
  bank: { iban: 'CH4431999123000889012', bankName: 'Bank von Biel' },
};

export const aSwissBuyer: Buyer = {
  name: 'Pia Rutschmann',
  addressLines: ['Marktgasse 28', '9400 Rorschach'],
  address: { street: 'Marktgasse', houseNumber: '28', postalCode: '9400', city: 'Rorschach', country: 'CH' },
};

export const day = (text: string): PlainDate => Temporal.PlainDate.from(text);

/** Lines of one, two, three … pieces at rising prices, taxed at 19 %. */
export function invoiceLines(count: number, currency: Currency): InvoiceDocumentLine[] {
  return Array.from({ length: count }, (_, i) => {
    const price = money(BigInt(1_999 + i * 531), currency);
    const quantity = 1 + (i % 7);
    return {
      description: `Milling cutter, carbide, ${i + 1} mm`,
      detail: i % 3 === 0 ? `Art. 4711-${i}` : undefined,
      quantity: String(quantity),
      unit: 'pcs',
      unitPrice: toDecimal(price),
      taxPercent: '19',
      net: money(price.minor * BigInt(quantity), currency),
    };
  });
}

export type InvoiceWish = {
  readonly lineCount?: number;
  readonly currency?: Currency;
  readonly language?: DocumentLanguage;
  readonly secondLanguage?: DocumentLanguage;
  readonly paidMinor?: bigint;
  readonly change?: Partial<InvoiceDocument>;
};

/** An invoice that adds up: `change` replaces parts of it afterwards. */
export function anInvoiceDocument(wish: InvoiceWish = {}): InvoiceDocument {
  const currency = wish.currency ?? 'EUR';
  const lines = invoiceLines(wish.lineCount ?? 3, currency);
  const net = sum(
    lines.map((line) => line.net),
    currency,
  );
  const tax = money(divideHalfUp(net.minor * 19n, 100n), currency);
  const gross = money(net.minor + tax.minor, currency);
  const paid = money(wish.paidMinor ?? 0n, currency);
  return {
    kind: 'invoice',
    language: wish.language ?? 'en',
    ...(wish.secondLanguage ? { secondLanguage: wish.secondLanguage } : {}),
    number: '2026-00012',
    issuedOn: day('2026-11-24'),
    currency,
    seller: aSeller,
    buyer: aBuyer,
    purchaseOrder: 'PO 4500018231',
    instalments: [{ dueOn: day('2026-12-24'), amount: gross }],
    lines,
    taxes: net.minor === 0n ? [] : [{ percent: '19', base: net, tax }],
    totals: { net, tax, gross, paid, open: money(gross.minor - paid.minor, currency) },
    paymentReference: 'RF18539007547034',
    footnotes: [],
    ...wish.change,
  };
}

/** An invoice as data, as far as a PDF has to do with it: some XML, and metadata that announce it. */
export function someInvoiceData(): InvoiceData {
  const namespace = 'urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#';
  const pdfa = 'http://www.aiim.org/pdfa/ns';
  const properties = {
    DocumentType: 'INVOICE',
    DocumentFileName: 'factur-x.xml',
    Version: '1.0',
    ConformanceLevel: 'EN 16931',
  };
  const values = Object.entries(properties).map(([name, value]) => `<fx:${name}>${value}</fx:${name}>`);
  const declared = Object.keys(properties).map(
    (name) =>
      `<rdf:li rdf:parseType="Resource"><pdfaProperty:name>${name}</pdfaProperty:name>` +
      '<pdfaProperty:valueType>Text</pdfaProperty:valueType><pdfaProperty:category>external</pdfaProperty:category>' +
      '<pdfaProperty:description>of the file inside</pdfaProperty:description></rdf:li>',
  );
  return {
    xml: new TextEncoder().encode('<?xml version="1.0" encoding="UTF-8"?>\n<invoice>Käufer</invoice>\n'),
    fileName: 'factur-x.xml',
    mime: 'application/xml',
    description: 'The invoice as data',
    xmp:
      `<rdf:Description rdf:about="" xmlns:fx="${namespace}">${values.join('')}</rdf:Description>\n` +
      `<rdf:Description rdf:about="" xmlns:pdfaExtension="${pdfa}/extension/" xmlns:pdfaSchema="${pdfa}/schema#"` +
      ` xmlns:pdfaProperty="${pdfa}/property#"><pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">` +
      '<pdfaSchema:schema>Factur-X</pdfaSchema:schema>' +
      `<pdfaSchema:namespaceURI>${namespace}</pdfaSchema:namespaceURI><pdfaSchema:prefix>fx</pdfaSchema:prefix>` +
      `<pdfaSchema:property><rdf:Seq>${declared.join('')}</rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag>` +
      '</pdfaExtension:schemas></rdf:Description>\n',
  };
}

/** A part of an open-item statement: so many invoices of 10.00 with a credit in front, some late, one in dispute. */
export function aStatementPart(rowCount = 3, asOf: PlainDate = day('2026-11-24')): StatementPart {
  const eur = (minor: bigint) => money(minor, 'EUR');
  let balance = 0n;
  const rows = Array.from({ length: rowCount }, (_, i): StatementRow => {
    const isCredit = i === 0;
    const minor = isCredit ? -250n : 1_000n;
    balance += minor;
    const dueOn = asOf.subtract({ days: (i - 1) * 9 });
    return {
      kind: isCredit ? 'credit_note' : 'invoice',
      number: `${isCredit ? 'CN' : 'INV'}-2026-${String(i + 1).padStart(5, '0')}`,
      on: dueOn.subtract({ days: 30 }),
      ...(isCredit ? {} : { dueOn }),
      daysLate: isCredit ? 0 : Math.max(0, (i - 1) * 9),
      original: eur(minor),
      amount: eur(minor),
      ...(i === 2 ? { disputed: eur(400n) } : {}),
      balance: eur(balance),
    };
  });
  const debts = BigInt(rowCount - 1) * 1_000n;
  return {
    seller: aSeller,
    accounts: [{ opening: eur(0n), rows, closing: eur(balance) }],
    closing: eur(balance),
    ages: [eur(1_000n), eur(debts - 1_000n), eur(0n), eur(0n), eur(0n)],
    credits: eur(-250n),
    unapplied: eur(0n),
    overdue: eur(debts - 1_000n),
    disputed: eur(400n),
    charges: eur(0n),
    payable: eur(balance - 400n),
    paymentReference: 'K-10442',
  };
}
