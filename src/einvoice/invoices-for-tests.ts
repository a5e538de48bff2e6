// E-invoices for tests: one that is right by every profile, and ways to change it.

import { present } from '#kernel/assert.ts';
import type { Finding } from './judge.ts';
import type { EInvoice } from './model.ts';
import { PEPPOL_BILLING, type Profile, XRECHNUNG } from './profile.ts';
import { validate } from './validate.ts';
import { FAMILY_OF } from './vat-families.ts';

/** The same, to be changed. */
export type Draft<T> = { -readonly [K in keyof T]: Draft<T[K]> };

/** What a test knows to be there. */
export function the<T>(thing: T | undefined): T {
  return present(thing, 'the test has it');
}

const eur = (value: string) => ({ value, currency: 'EUR' });

/** 3 hours at 100.00 and 10 pieces at 19.90 less 10 % of their price, 20.00 off, 5.00 freight; 19 % VAT; all from within Germany. */
export function anInvoice(change: (draft: Draft<EInvoice>) => void = () => {}): EInvoice {
  const line = { allowancesCharges: [], vatCategory: 'S', vatRate: '19' };
  const item = { classes: [], attributes: [] };
  const invoice: EInvoice = {
    syntax: 'ubl_invoice',
    number: 'R-2026-0001',
    issuedOn: '2026-03-02',
    typeCode: '380',
    currency: 'EUR',
    dueOn: '2026-04-01',
    buyerReference: '04011000-12345-03',
    notes: [{ text: 'Thank you' }],
    process: 'urn:fdc:peppol.eu:2017:poacc:billing:01:1.0',
    specification: 'urn:cen.eu:en16931:2017',
    preceding: [],
    seller: {
      name: 'Werkstatt Nord GmbH',
      identifiers: [],
      legalRegistration: { value: 'HRB 12345' },
      vatId: 'DE123456789',
      endpoint: { value: 'rechnung@werkstatt.example', scheme: '9930' },
      address: { line1: 'Hafenweg 1', city: 'Kiel', postalCode: '24103', country: 'DE' },
      contact: { name: 'Ana Berg', phone: '+49 431 1234', email: 'ana@werkstatt.example' },
    },
    buyer: {
      name: 'Stadt Musterstadt',
      identifiers: [],
      vatId: 'DE987654321',
      legalRegistration: { value: 'K-77' },
      endpoint: { value: '04011000-12345-03', scheme: '0204' },
      address: { line1: 'Am Markt 2', city: 'Musterstadt', postalCode: '12345', country: 'DE' },
    },
    delivery: { date: '2026-02-27', address: { city: 'Musterstadt', postalCode: '12345', country: 'DE' } },
    paymentMeans: [
      { code: '58', remittance: 'R-2026-0001', transfers: [{ account: 'DE89370400440532013000' }] },
    ],
    allowancesCharges: [
      {
        kind: 'allowance',
        amount: eur('20.00'),
        vatCategory: 'S',
        vatRate: '19',
        reason: 'Loyalty',
        reasonCode: '95',
      },
      {
        kind: 'charge',
        amount: eur('5.00'),
        vatCategory: 'S',
        vatRate: '19',
        reason: 'Freight',
        reasonCode: 'FC',
      },
    ],
    totals: {
      lines: eur('479.10'),
      allowances: eur('20.00'),
      charges: eur('5.00'),
      withoutVat: eur('464.10'),
      vat: eur('88.18'),
      withVat: eur('552.28'),
      due: eur('552.28'),
    },
    vat: [{ taxable: eur('464.10'), tax: eur('88.18'), category: 'S', rate: '19' }],
    documents: [],
    lines: [
      {
        ...line,
        id: '1',
        quantity: { value: '3', unit: 'HUR' },
        net: eur('300.00'),
        netPrice: eur('100.00'),
        item: { ...item, name: 'Labour' },
      },
      {
        ...line,
        id: '2',
        quantity: { value: '10', unit: 'H87' },
        net: eur('179.10'),
        netPrice: eur('17.91'),
        grossPrice: eur('19.90'),
        priceDiscount: eur('1.99'),
        item: { ...item, name: 'Filter' },
      },
    ],
  };
  const draft = structuredClone(invoice) as Draft<EInvoice>;
  change(draft);
  return draft;
}

/** The same invoice for Peppol. */
export function aPeppolInvoice(change: (draft: Draft<EInvoice>) => void = () => {}): EInvoice {
  return anInvoice((draft) => {
    draft.specification = PEPPOL_BILLING;
    change(draft);
  });
}

/** The same invoice as XRechnung. */
export function anXRechnung(change: (draft: Draft<EInvoice>) => void = () => {}): EInvoice {
  return anInvoice((draft) => {
    draft.specification = XRECHNUNG;
    change(draft);
  });
}

/** The invoice with everything taxed in one category, as that category wants it: rate, tax, numbers and reason. */
export function inCategory(code: string, change: (draft: Draft<EInvoice>) => void = () => {}): EInvoice {
  const family = the(FAMILY_OF.get(code));
  return anInvoice((draft) => {
    const rate = { positive: '19', not_negative: '7', zero: '0', absent: undefined }[family.rate];
    const tax = { positive: '88.18', not_negative: '32.49', zero: '0.00', absent: '0.00' }[family.rate];
    for (const one of [...draft.lines, ...draft.allowancesCharges])
      Object.assign(one, { vatCategory: code, vatRate: rate });
    draft.vat = [{ taxable: eur('464.10'), tax: eur(tax), category: code, rate }];
    if (family.needsReason) the(draft.vat[0]).exemptionReason = 'Because of the law';
    const withVat = { '88.18': '552.28', '32.49': '496.59', '0.00': '464.10' }[tax] ?? '';
    Object.assign(the(draft.totals), { vat: eur(tax), withVat: eur(withVat), due: eur(withVat) });
    if (family.seller === 'none') {
      for (const party of [draft.seller, draft.buyer]) the(party).vatId = undefined;
    }
    change(draft);
  });
}

/** The ids of the rules a document breaks, each once, in alphabetical order. */
export function broken(invoice: EInvoice, profile?: Profile): readonly string[] {
  return [...new Set(validate(invoice, profile).map(({ rule }) => rule))].sort();
}

/** What one rule finds. */
export function findingsOf(rule: string, invoice: EInvoice, profile?: Profile): readonly Finding[] {
  return validate(invoice, profile).filter((finding) => finding.rule === rule);
}
