// Invoices for tests: one that states every term, and random ones.

import fc from 'fast-check';
import type { EInvoice, Party, PostalAddress } from './model.ts';

const eur = (value: string) => ({ value, currency: 'EUR' });

const address = (name: string): PostalAddress => ({
  line1: `${name} street 1`,
  line2: 'Back door',
  line3: 'Second floor',
  city: `${name} city`,
  postalCode: '12345',
  region: `${name} land`,
  country: 'DE',
});

const party = (name: string): Party => ({
  name: `${name} & Söhne <GmbH>`,
  tradingName: `${name} "Trading"`,
  identifiers: [{ value: `${name}-1` }, { value: '4012345000009', scheme: '0088' }],
  legalRegistration: { value: 'HRB 1', scheme: '0002' },
  vatId: 'DE123456789',
  endpoint: { value: `${name}@example.test`, scheme: 'EM' },
  address: address(name),
  contact: { name: `${name} desk`, phone: '+49 1', email: `${name}@example.test` },
});

/** Every term there is, each with a value of its own. */
export const EVERY_TERM: EInvoice = {
  syntax: 'ubl_invoice',
  number: 'INV-1',
  issuedOn: '2026-01-31',
  typeCode: '380',
  currency: 'EUR',
  taxCurrency: 'SEK',
  taxPointOn: '2026-01-30',
  taxPointCode: '35',
  dueOn: '2026-03-02',
  buyerReference: '04011000-12345-34',
  project: 'Bridge',
  contract: 'C-1',
  purchaseOrder: 'PO-1',
  salesOrder: 'SO-1',
  receivingAdvice: 'RA-1',
  despatchAdvice: 'DA-1',
  tender: 'T-1',
  object: { value: 'Meter 7', scheme: 'AAA' },
  accountingReference: 'Cost centre 4',
  paymentTerms: '30 days net',
  notes: [{ subject: 'AAI', text: 'First\nsecond' }, { text: 'Another' }],
  process: 'urn:fdc:peppol.eu:2017:poacc:billing:01:1.0',
  specification: 'urn:cen.eu:en16931:2017',
  preceding: [{ number: 'INV-0', issuedOn: '2025-12-31' }, { number: 'INV-00' }],
  seller: { ...party('Seller'), taxRegistration: '12/345/6', legalInformation: 'Court of Ulm' },
  buyer: party('Buyer'),
  payee: {
    name: 'Factor',
    identifier: { value: '4012345000016', scheme: '0088' },
    legalRegistration: { value: 'HRB 2', scheme: '0002' },
  },
  taxRepresentative: { name: 'Agent', vatId: 'SE123456789001', address: address('Agent') },
  delivery: {
    name: 'Store',
    location: { value: '4012345000023', scheme: '0088' },
    date: '2026-01-29',
    address: address('Store'),
  },
  period: { start: '2026-01-01', end: '2026-01-31' },
  paymentMeans: [
    {
      code: '58',
      text: 'SEPA credit transfer',
      remittance: 'RF18 INV-1',
      transfers: [
        { account: 'DE02120300000000202051', accountName: 'Seller', bankId: 'BYLADEM1001' },
        { account: 'DE02500105170137075030', accountName: undefined, bankId: undefined },
      ],
    },
    {
      code: '48',
      remittance: 'RF18 INV-1',
      transfers: [],
      card: { number: '************1234', holder: 'B. Buyer' },
    },
    {
      code: '59',
      remittance: 'RF18 INV-1',
      transfers: [],
      directDebit: { mandate: 'M-1', account: 'DE02300209000106531065' },
    },
  ],
  creditorId: 'DE98ZZZ09999999999',
  allowancesCharges: [
    {
      kind: 'allowance',
      amount: eur('10.00'),
      base: eur('100.00'),
      percent: '10',
      vatCategory: 'S',
      vatRate: '19',
      reason: 'Loyal',
      reasonCode: '95',
    },
    {
      kind: 'charge',
      amount: eur('5.00'),
      base: eur('100.00'),
      percent: '5',
      vatCategory: 'E',
      vatRate: '0',
      reason: 'Freight',
      reasonCode: 'FC',
    },
  ],
  totals: {
    lines: eur('133.30'),
    allowances: eur('10.00'),
    charges: eur('5.00'),
    withoutVat: eur('128.30'),
    vat: eur('23.43'),
    vatInTaxCurrency: { value: '260.11', currency: 'SEK' },
    withVat: eur('151.73'),
    prepaid: eur('1.70'),
    rounding: eur('-0.03'),
    due: eur('150.00'),
  },
  vat: [
    { taxable: eur('123.30'), tax: eur('23.43'), category: 'S', rate: '19' },
    {
      taxable: eur('5.00'),
      tax: eur('0.00'),
      category: 'E',
      rate: '0',
      exemptionReason: 'Exempt',
      exemptionCode: 'VATEX-EU-132',
    },
  ],
  documents: [
    { reference: 'Sheet', description: 'Hours', location: 'https://example.test/sheet' },
    {
      reference: 'Photo',
      attachment: { content: 'QUJD', mime: 'image/png', fileName: 'photo & plan.png' },
    },
  ],
  lines: [
    {
      id: '1',
      note: 'As agreed',
      object: { value: 'Meter 8', scheme: 'AAB' },
      quantity: { value: '4', unit: 'C62' },
      net: eur('133.30'),
      orderLine: '10',
      accountingReference: 'Cost centre 5',
      period: { start: '2026-01-01', end: '2026-01-15' },
      allowancesCharges: [
        {
          kind: 'allowance',
          amount: eur('1.00'),
          base: eur('2.00'),
          percent: '50',
          reason: 'a',
          reasonCode: '95',
        },
        {
          kind: 'charge',
          amount: eur('1.00'),
          base: eur('4.00'),
          percent: '25',
          reason: 'b',
          reasonCode: 'FC',
        },
      ],
      netPrice: eur('33.333333'),
      priceDiscount: eur('0.666667'),
      grossPrice: eur('34.000000'),
      priceBase: { value: '1', unit: 'C62' },
      vatCategory: 'S',
      vatRate: '19',
      item: {
        name: 'Lamp',
        description: 'A lamp',
        sellerId: 'L-1',
        buyerId: 'B-1',
        standardId: { value: '4012345000030', scheme: '0160' },
        classes: [
          { value: '39111500', scheme: 'TST', version: '26' },
          { value: 'x', scheme: 'ZZZ' },
        ],
        origin: 'SE',
        attributes: [
          { name: 'Colour', value: 'red' },
          { name: 'Watt', value: '7' },
        ],
      },
    },
    { allowancesCharges: [], item: { name: 'Gift', classes: [], attributes: [] } },
  ],
};

/** A text that is not empty, has no spaces at its ends, and no character that XML cannot say. */
const text = fc
  .oneof(
    fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }),
    fc.constantFrom('&amp;', '<b>', ']]>', '"', "'", 'ß', '\u{1f600}', 'a\nb', '#', '#x#', '-', '﷽'),
  )
  .map((value) => value.replace(/[^\P{C}\n]|[\ud800-\udfff](?![\s\S])/gu, '').trim())
  .map((value) => value || 'x')
  .map((value) => (/^#[A-Z0-9]{1,3}#/.test(value) || value === 'NA' ? 'y' : value));
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const decimal = fc
  .tuple(fc.boolean(), fc.bigInt(0n, 10n ** 12n), fc.integer({ min: 0, max: 8 }))
  .map(([isNegative, digits, scale]) => {
    const padded = digits.toString().padStart(scale + 1, '0');
    const at = padded.length - scale;
    return `${isNegative ? '-' : ''}${padded.slice(0, at)}${scale > 0 ? `.${padded.slice(at)}` : ''}`;
  });
const amount = decimal.map(eur);
const day = fc
  .tuple(
    fc.integer({ min: 1900, max: 2999 }),
    fc.integer({ min: 1, max: 12 }),
    fc.integer({ min: 1, max: 28 }),
  )
  .map(([year, month, date]) => `${year}-${`${month}`.padStart(2, '0')}-${`${date}`.padStart(2, '0')}`);
const code = fc.constantFrom('S', 'E', 'AE', 'Z', '380', '10', 'C62');
const identifier = fc.record({ value: text, scheme: maybe(fc.constantFrom('0088', '9930', 'EM')) });
const addressOf = maybe(
  fc.record({
    line1: maybe(text),
    line2: maybe(text),
    line3: maybe(text),
    city: maybe(text),
    postalCode: maybe(text),
    region: maybe(text),
    country: maybe(text),
  }),
);
const partyOf = maybe(
  fc.record({
    name: maybe(text),
    tradingName: maybe(text),
    identifiers: fc.array(identifier, { maxLength: 3 }),
    legalRegistration: maybe(identifier),
    vatId: maybe(text),
    taxRegistration: maybe(text),
    legalInformation: maybe(text),
    endpoint: maybe(identifier),
    address: addressOf,
    contact: maybe(fc.record({ name: maybe(text), phone: maybe(text), email: maybe(text) })),
  }),
);
const allowanceCharge = fc.record({
  kind: fc.constantFrom('allowance' as const, 'charge' as const),
  amount: maybe(amount),
  base: maybe(amount),
  percent: maybe(decimal),
  vatCategory: maybe(code),
  vatRate: maybe(decimal),
  reason: maybe(text),
  reasonCode: maybe(code),
});
const quantity = fc.record({ value: decimal, unit: maybe(code) });
const period = maybe(fc.record({ start: maybe(day), end: maybe(day) }));
const line = fc.record({
  id: maybe(text),
  note: maybe(text),
  object: maybe(identifier),
  quantity: maybe(quantity),
  net: maybe(amount),
  orderLine: maybe(text),
  accountingReference: maybe(text),
  period,
  allowancesCharges: fc.array(allowanceCharge, { maxLength: 3 }),
  netPrice: maybe(amount),
  priceDiscount: maybe(amount),
  grossPrice: maybe(amount),
  priceBase: maybe(quantity),
  vatCategory: maybe(code),
  vatRate: maybe(decimal),
  item: fc.record({
    name: maybe(text),
    description: maybe(text),
    sellerId: maybe(text),
    buyerId: maybe(text),
    standardId: maybe(identifier),
    classes: fc.array(fc.record({ value: text, scheme: maybe(code), version: maybe(text) }), {
      maxLength: 2,
    }),
    origin: maybe(text),
    attributes: fc.array(fc.record({ name: text, value: text }), { maxLength: 2 }),
  }),
});

/**
 * Random invoices that every syntax has room for: one thing to quote when paying, one mandate, at least one means of payment
 * and one category of tax, which carry terms of the document in one syntax or the other.
 */
export const anyEInvoice: fc.Arbitrary<EInvoice> = fc
  .record({
    number: maybe(text),
    issuedOn: maybe(day),
    typeCode: maybe(code),
    currency: fc.constant('EUR'),
    taxCurrency: maybe(fc.constant('SEK')),
    taxPointOn: maybe(day),
    taxPointCode: maybe(fc.constantFrom('3', '35', '432')),
    dueOn: maybe(day),
    buyerReference: maybe(text),
    project: maybe(text),
    contract: maybe(text),
    purchaseOrder: maybe(text),
    salesOrder: maybe(text),
    receivingAdvice: maybe(text),
    despatchAdvice: maybe(text),
    tender: maybe(text),
    object: maybe(identifier),
    accountingReference: maybe(text),
    paymentTerms: maybe(text),
    notes: fc.array(fc.record({ subject: maybe(fc.constantFrom('AAI', 'REG')), text }), { maxLength: 2 }),
    process: maybe(text),
    specification: maybe(text),
    preceding: fc.array(fc.record({ number: text, issuedOn: maybe(day) }), { maxLength: 2 }),
    seller: partyOf,
    buyer: partyOf,
    payee: maybe(
      fc.record({ name: maybe(text), identifier: maybe(identifier), legalRegistration: maybe(identifier) }),
    ),
    taxRepresentative: maybe(fc.record({ name: maybe(text), vatId: maybe(text), address: addressOf })),
    delivery: maybe(
      fc.record({ name: maybe(text), location: maybe(identifier), date: maybe(day), address: addressOf }),
    ),
    period,
    remittance: maybe(text),
    paymentMeans: fc.array(
      fc.record({
        code,
        text: maybe(text),
        transfers: fc.array(fc.record({ account: text, accountName: maybe(text), bankId: maybe(text) }), {
          maxLength: 2,
        }),
        card: maybe(fc.record({ number: text, holder: maybe(text) })),
      }),
      { minLength: 1, maxLength: 2 },
    ),
    directDebit: maybe(fc.record({ mandate: maybe(text), account: text })),
    creditorId: maybe(text),
    allowancesCharges: fc.array(allowanceCharge, { maxLength: 3 }),
    totals: maybe(
      fc.record({
        lines: maybe(amount),
        allowances: maybe(amount),
        charges: maybe(amount),
        withoutVat: maybe(amount),
        vat: maybe(amount),
        withVat: maybe(amount),
        prepaid: maybe(amount),
        rounding: maybe(amount),
        due: maybe(amount),
      }),
    ),
    vatInTaxCurrency: decimal,
    vat: fc.array(
      fc.record({
        taxable: maybe(amount),
        tax: maybe(amount),
        category: code,
        rate: maybe(decimal),
        exemptionReason: maybe(text),
        exemptionCode: maybe(text),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    documents: fc.array(
      fc.record({
        reference: text,
        description: maybe(text),
        location: maybe(text),
        attachment: maybe(
          fc.record({ content: fc.base64String({ minLength: 4 }), mime: maybe(text), fileName: maybe(text) }),
        ),
      }),
      { maxLength: 2 },
    ),
    lines: fc.array(line, { maxLength: 3 }),
  })
  .map(({ remittance, directDebit, vatInTaxCurrency, paymentMeans, totals, ...rest }) => ({
    ...rest,
    syntax: 'cii' as const,
    paymentMeans: paymentMeans.map((means, index) => ({
      ...means,
      remittance,
      directDebit: index === 0 ? directDebit : undefined,
    })),
    totals:
      rest.taxCurrency === undefined || totals === undefined
        ? totals
        : { ...totals, vatInTaxCurrency: { value: vatInTaxCurrency, currency: 'SEK' } },
  }));
