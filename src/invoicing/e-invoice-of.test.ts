import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readEInvoice as readEInvoiceXml } from '#einvoice/read.ts';
import { validate } from '#einvoice/validate.ts';
import { parseDate } from '#kernel/calendar.ts';
import { newId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { type Decimal, parseDecimal } from '#kernel/percent.ts';
import { serveTo } from '../../test/support/ask.ts';
import { aCompany, aCustomer, aLine, anInvoice } from '../../test/support/builders.ts';
import { newTenant } from '../../test/support/tenant.ts';
import * as contract from './contract.ts';
import { addUpLines, pricedRefusal } from './document.ts';
import { eInvoiceOf, type IssuedWhole } from './e-invoice-of.ts';
import { routes } from './routes.ts';
import { unitCodeOf } from './unit-code.ts';

const whole = (given: Partial<IssuedWhole> & Pick<IssuedWhole, 'priced'>): IssuedWhole => ({
  kind: 'invoice',
  number: 'INV-1',
  issuedOn: parseDate('2026-03-01'),
  dueOn: parseDate('2026-03-31'),
  purchaseOrder: 'PO-1',
  paymentReference: null,
  note: null,
  reason: null,
  ownReasons: [],
  files: [],
  reversal: undefined,
  corrected: undefined,
  taxInFunctional: undefined,
  content: {
    references: { buyerReference: 'B-1' },
    delivery: { deliveredOn: parseDate('2026-02-27') },
    footnotes: [],
    footnotesChosen: false,
    seller: {
      name: 'Seller GmbH',
      street: 'Main 1',
      postalCode: '10115',
      city: 'Berlin',
      country: 'DE',
      language: 'de',
      taxId: 'DE123456789',
      registrationNo: 'HRB 7',
      email: 'billing@seller.example',
      phone: '+49 30 1',
      bankName: null,
      iban: 'DE89370400440532013000',
      bic: 'COBADEFFXXX',
    },
    buyer: {
      number: 'K-1',
      name: 'Buyer SARL',
      taxId: 'FR40303265045',
      country: 'FR',
      language: 'fr',
      address: { street: 'Rue 1', postalCode: '75001', city: 'Paris', region: null, country: 'FR' },
    },
  },
  ...given,
});

const line = (unitPrice: string, taxCategory: string, taxPercent = '0', quantity = '1') => ({
  description: 'Goods',
  quantity: parseDecimal(quantity),
  unitPrice: parseDecimal(unitPrice),
  taxCategory,
  taxPercent: parseDecimal(taxPercent),
});

const fatal = (document: IssuedWhole, syntax: 'ubl' | 'cii' = 'ubl') =>
  validate(eInvoiceOf(document, { syntax }), 'en16931')
    .filter((finding) => finding.severity === 'fatal')
    .map((finding) => `${finding.rule}: ${finding.message} (${finding.found})`);

const number = (max: number, scale: number) =>
  fc
    .tuple(fc.integer({ min: 1, max }), fc.integer({ min: 0, max: scale }))
    .map(([digits, s]): Decimal => ({ digits: BigInt(digits), scale: s }));
const allowance = fc.record({
  kind: fc.constantFrom('allowance' as const, 'charge' as const),
  percent: fc.constantFrom('2', '12.5', '33.3333').map(parseDecimal),
  reason: fc.constant('agreed'),
});
const rate = fc.constantFrom('7', '19').map(parseDecimal);
const documents = fc.record({
  lines: fc.array(
    fc.record({
      description: fc.constant('Goods\nmore of them'),
      quantity: number(500, 2),
      unitPrice: fc
        .tuple(number(100_000, 4), fc.boolean())
        .map(([price, isNegative]): Decimal => (isNegative ? { ...price, digits: -price.digits } : price)),
      baseQuantity: fc.constantFrom(undefined, '100').map((b) => (b ? parseDecimal(b) : b)),
      taxCategory: fc.constant('S'),
      taxPercent: rate,
      allowances: fc.array(allowance, { maxLength: 2 }),
    }),
    { minLength: 1, maxLength: 8 },
  ),
  allowances: fc.array(
    fc.tuple(allowance, rate).map(([given, taxPercent]) => ({ ...given, taxCategory: 'S', taxPercent })),
    { maxLength: 3 },
  ),
  roundToMinor: fc.constantFrom(undefined, 5n),
});

test('whatever we can issue, no rule of EN 16931 is broken by it, as an invoice or as a credit note', () => {
  let judged = 0;
  fc.assert(
    fc.property(documents, fc.constantFrom('invoice' as const, 'credit_note' as const), (given, kind) => {
      const priced = addUpLines(given.lines, 'EUR', given);
      fc.pre(pricedRefusal(priced) === undefined);
      judged += 1;
      const corrected =
        kind === 'credit_note' ? { number: 'INV-0', issuedOn: parseDate('2026-02-01') } : undefined;
      assert.deepEqual(fatal(whole({ priced, kind, corrected })), []);
    }),
  );
  assert.ok(judged >= 50);
});

test('reverse charge, exempt, export and what is outside of tax say why, with the code that machines know', () => {
  const cases = [
    ['AE', 'VATEX-EU-AE'],
    ['G', 'VATEX-EU-G'],
    ['K', 'VATEX-EU-IC'],
    ['E', undefined],
    ['O', 'VATEX-EU-O'],
  ] as const;
  for (const [category, code] of cases) {
    const document = whole({ priced: addUpLines([line('100', category)], 'EUR') });
    const { content } = document;
    // What is outside of tax names no VAT numbers (BR-O-02).
    const named =
      category === 'O'
        ? {
            ...document,
            content: {
              ...content,
              seller: { ...content.seller, taxId: null },
              buyer: { ...content.buyer, taxId: null },
            },
          }
        : category === 'K'
          ? {
              ...document,
              content: {
                ...content,
                delivery: {
                  ...content.delivery,
                  delivery: { street: 'Rue 1', postalCode: '75001', city: 'Paris', country: 'FR' },
                },
              },
            }
          : document;
    assert.equal(eInvoiceOf(named, { syntax: 'ubl' }).vat[0]?.exemptionCode, code);
    assert.deepEqual(fatal(named), [], category);
  }
  const told = addUpLines([line('100', 'E')], 'EUR', {
    exemptions: [{ category: 'E', reason: 'Lessons', code: 'VATEX-EU-132-1I' }],
  });
  const [row] = eInvoiceOf(whole({ priced: told }), { syntax: 'cii' }).vat;
  assert.deepEqual([row?.exemptionReason, row?.exemptionCode], ['Lessons', 'VATEX-EU-132-1I']);
});

test('a price below zero turns the quantity; rounding, tax in the other currency and references have their terms', () => {
  const priced = addUpLines(
    [line('-10', 'S', '19', '2'), { ...line('100.03', 'S', '19'), unit: 'Std.' }],
    'EUR',
    {
      roundToMinor: 5n,
    },
  );
  const document = whole({ priced, taxInFunctional: money(16_11n, 'CHF') });
  const e = eInvoiceOf(document, { syntax: 'ubl' });
  assert.deepEqual(
    e.lines.map((l) => [l.quantity?.value, l.quantity?.unit, l.netPrice?.value, l.net?.value]),
    [
      ['-2', 'C62', '10', '-20.00'],
      ['1', 'HUR', '100.03', '100.03'],
    ],
  );
  // Net 80.03, tax 15.21: 95.24 is rounded to 95.25.
  assert.deepEqual(
    [e.totals?.withVat?.value, e.totals?.rounding?.value, e.totals?.due?.value],
    ['95.24', '0.01', '95.25'],
  );
  assert.deepEqual([e.taxCurrency, e.totals?.vatInTaxCurrency], ['CHF', { value: '16.11', currency: 'CHF' }]);
  assert.deepEqual([e.buyerReference, e.purchaseOrder, e.dueOn], ['B-1', 'PO-1', '2026-03-31']);
  assert.deepEqual(e.paymentMeans[0]?.transfers[0]?.account, 'DE89370400440532013000');
  assert.deepEqual(fatal(document), []);
});

test('units are known in the words people use, and what is not known is a piece', () => {
  assert.deepEqual(['h', 'Stunden', 'kg', 'm²', 'Tage', undefined, 'boxes'].map(unitCodeOf), [
    'HUR',
    'HUR',
    'KGM',
    'MTK',
    'DAY',
    'C62',
    'C62',
  ]);
});

test('an issued invoice is given as XML in either syntax, and what a profile wants more is told', async () => {
  const tenant = await newTenant({ on: '2026-03-01' });
  const companyId = await aCompany(tenant, { name: 'Seller GmbH', city: 'Berlin', taxId: 'DE123456789' });
  const customerId = await aCustomer(tenant, { name: 'Buyer', country: 'FR' });
  const { invoiceId } = await anInvoice(tenant, { companyId, customerId, lines: [aLine(100_00n, 19n)] });
  const ask = await serveTo(tenant, routes);
  const params = { invoiceId };
  for (const [syntax, root] of [
    ['ubl', 'Invoice'],
    ['cii', 'CrossIndustryInvoice'],
  ] as const) {
    const answer = await ask('viewer', contract.readEInvoice, { params, query: { syntax } });
    assert.deepEqual([answer.status, answer.contentType], [200, 'application/xml']);
    const { invoice } = await readEInvoiceXml(Buffer.from(answer.bytes));
    assert.ok(answer.bytes.toString().includes(root));
    assert.deepEqual(
      [invoice.number, invoice.totals?.due?.value, invoice.seller?.vatId, invoice.buyer?.address?.country],
      ['INV-2026-00001', '119.00', 'DE123456789', 'FR'],
    );
  }
  const { reply } = await ask('viewer', contract.readEInvoiceFindings, {
    params,
    query: { profile: 'xrechnung' },
  });
  assert.equal(reply.valid, false);
  const rules = reply.findings.map((finding) => finding.rule);
  assert.ok(rules.includes('BR-DE-15'), rules.join());
  assert.ok(reply.findings.every((finding) => finding.hint !== ''));
  const missing = await ask('viewer', contract.readEInvoice, { params: { invoiceId: newId() } });
  assert.equal(missing.code, 'invoice_not_found');
});
