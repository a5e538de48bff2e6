import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anInvoice, aPeppolInvoice, broken, type Draft, findingsOf, the } from './invoices-for-tests.ts';
import type { EInvoice, Line } from './model.ts';

type Change = (draft: Draft<EInvoice>) => void;

const eur = (value: string) => ({ value, currency: 'EUR' });
const line = (d: Draft<EInvoice>): Draft<Line> => the(d.lines[1]);
const endpoint =
  (value: string, scheme: string): Change =>
  (d) =>
    (the(d.buyer).endpoint = { value, scheme });
const reason =
  (code: string, category: string): Change =>
  (d) =>
    Object.assign(the(d.vat[0]), { exemptionCode: code, category });
const abroad = (d: Draft<EInvoice>) => (the(the(d.buyer).address).country = 'FR');

const BREAKS: readonly (readonly [rule: string, change: Change])[] = [
  ['PEPPOL-EN16931-R001', (d) => (d.process = undefined)],
  [
    'PEPPOL-EN16931-R002',
    (d) => {
      abroad(d);
      d.notes = [{ text: 'one' }, { text: 'two' }];
    },
  ],
  ['PEPPOL-EN16931-R003', (d) => (d.buyerReference = undefined)],
  ['PEPPOL-EN16931-R004', (d) => (d.specification = 'urn:cen.eu:en16931:2017')],
  ['PEPPOL-EN16931-R005', (d) => (d.taxCurrency = 'EUR')],
  ['PEPPOL-EN16931-R007', (d) => (d.process = 'billing')],
  ['PEPPOL-EN16931-R010', (d) => (the(d.buyer).endpoint = undefined)],
  ['PEPPOL-EN16931-R020', (d) => (the(d.seller).endpoint = undefined)],
  [
    'PEPPOL-EN16931-R040',
    (d) => Object.assign(the(d.allowancesCharges[0]), { base: eur('400'), percent: '5.01' }),
  ],
  ['PEPPOL-EN16931-R041', (d) => (the(d.allowancesCharges[0]).percent = '5')],
  ['PEPPOL-EN16931-R042', (d) => (the(d.allowancesCharges[0]).base = eur('400'))],
  ['PEPPOL-EN16931-R046', (d) => (line(d).priceDiscount = eur('1.98'))],
  ['PEPPOL-EN16931-R051', (d) => (line(d).net = { value: '179.10', currency: 'SEK' })],
  ['PEPPOL-EN16931-R053', (d) => (d.vat = [])],
  ['PEPPOL-EN16931-R054', (d) => (the(d.totals).vatInTaxCurrency = { value: '900', currency: 'SEK' })],
  [
    'PEPPOL-EN16931-R055',
    (d) => {
      d.taxCurrency = 'SEK';
      the(d.totals).vatInTaxCurrency = { value: '-900', currency: 'SEK' };
    },
  ],
  ['PEPPOL-EN16931-R061', (d) => (d.paymentMeans = [{ code: '59', transfers: [], directDebit: {} }])],
  [
    'PEPPOL-EN16931-R110',
    (d) => {
      d.period = { start: '2026-02-01' };
      line(d).period = { start: '2026-01-31' };
    },
  ],
  [
    'PEPPOL-EN16931-R111',
    (d) => {
      d.period = { end: '2026-02-28' };
      line(d).period = { end: '2026-03-01' };
    },
  ],
  ['PEPPOL-EN16931-R120', (d) => (line(d).netPrice = eur('17.90'))],
  ['PEPPOL-EN16931-R121', (d) => (line(d).priceBase = { value: '0', unit: 'H87' })],
  ['PEPPOL-EN16931-R130', (d) => (line(d).priceBase = { value: '1', unit: 'KGM' })],
  ['PEPPOL-EN16931-P0100', (d) => (d.typeCode = '325')],
  ['PEPPOL-EN16931-P0101', (d) => Object.assign(d, { syntax: 'ubl_credit_note', typeCode: '261' })],
  ['PEPPOL-EN16931-P0104', reason('VATEX-EU-G', 'E')],
  ['PEPPOL-EN16931-P0105', reason('VATEX-EU-O', 'E')],
  ['PEPPOL-EN16931-P0106', reason('VATEX-EU-IC', 'E')],
  ['PEPPOL-EN16931-P0107', reason('vatex-eu-ae', 'E')],
  ['PEPPOL-EN16931-P0108', reason('VATEX-EU-D', 'S')],
  ['PEPPOL-EN16931-P0109', reason('VATEX-EU-F', 'S')],
  ['PEPPOL-EN16931-P0110', reason('VATEX-EU-I', 'S')],
  ['PEPPOL-EN16931-P0111', reason('VATEX-EU-J', 'S')],
  [
    'PEPPOL-EN16931-P0112',
    (d) => {
      abroad(d);
      d.typeCode = '384';
    },
  ],
  [
    'PEPPOL-EN16931-CL001',
    (d) => (d.documents = [{ reference: 'A', attachment: { content: '', mime: 'text/html' } }]),
  ],
  ['PEPPOL-EN16931-CL002', (d) => (the(d.allowancesCharges[0]).reasonCode = 'FC')],
  ['PEPPOL-EN16931-CL003', (d) => (the(d.allowancesCharges[1]).reasonCode = '95')],
  ['PEPPOL-EN16931-CL006', (d) => (d.taxPointCode = '29')],
  ['PEPPOL-EN16931-CL007', (d) => (the(line(d).net).currency = 'EUX')],
  ['PEPPOL-EN16931-CL008', endpoint('a@example.com', 'EM')],
  ['PEPPOL-EN16931-F001', (d) => (d.dueOn = '2026-02-30')],
  ['PEPPOL-COMMON-R040', endpoint('4012345000008', '0088')],
  ['PEPPOL-COMMON-R041', endpoint('974760674', '0192')],
  ['PEPPOL-COMMON-R042', endpoint('DK1234567', '0184')],
  ['PEPPOL-COMMON-R043', endpoint('0403170702', '0208')],
  ['PEPPOL-COMMON-R044', endpoint('ABC', '0201')],
  ['PEPPOL-COMMON-R045', endpoint('1', '0210')],
  ['PEPPOL-COMMON-R046', endpoint('1', '9907')],
  ['PEPPOL-COMMON-R047', endpoint('IT1', '0211')],
  ['PEPPOL-COMMON-R049', (d) => (the(d.seller).legalRegistration = { value: '2021005449', scheme: '0007' })],
  ['PEPPOL-COMMON-R050', (d) => (the(d.buyer).identifiers = [{ value: '51824753557', scheme: '0151' }])],
];

const WARNINGS = new Set(['R044', 'R045', 'R046', 'R047'].map((n) => `PEPPOL-COMMON-${n}`));

test('an invoice as Peppol wants it has no finding', () => {
  assert.deepEqual(broken(aPeppolInvoice()), []);
});

for (const [rule, change] of BREAKS) {
  test(`${rule} is found where it is broken, and only by Peppol`, () => {
    const [finding] = findingsOf(rule, aPeppolInvoice(change), 'peppol');
    assert.ok(finding, `${rule} was not found`);
    assert.equal(finding.severity, WARNINGS.has(rule) ? 'warning' : 'fatal');
    assert.ok(finding.message.length <= 90, finding.message);
    assert.deepEqual(findingsOf(rule, anInvoice(change), 'en16931'), []);
  });
}

test('right identifiers of every scheme that has check digits have no finding', () => {
  for (const [value, scheme] of [
    ['4012345000009', '0088'],
    ['974760673', '0192'],
    ['DK12345678', '0184'],
    ['0403170701', '0208'],
    ['2021005448', '0007'],
    ['51824753556', '0151'],
  ] as const) {
    assert.deepEqual(broken(aPeppolInvoice(endpoint(value, scheme))), []);
  }
});

test('the net amount of a line: two hundredths are granted, and the price may be for many', () => {
  const net = (change: (of: Draft<Line>) => void) =>
    findingsOf(
      'PEPPOL-EN16931-R120',
      aPeppolInvoice((d) => change(line(d))),
    ).length;
  assert.equal(
    net((of) => (of.netPrice = eur('17.912'))),
    0,
  );
  assert.equal(
    net((of) => (of.netPrice = eur('17.9121'))),
    1,
  );
  assert.equal(
    net((of) => Object.assign(of, { netPrice: eur('53.73'), priceBase: { value: '3', unit: 'H87' } })),
    0,
  );
  const allowance = { kind: 'allowance', amount: eur('1.00'), reason: 'r' } as const;
  assert.equal(
    net((of) => Object.assign(of, { netPrice: eur('18.01'), allowancesCharges: [allowance] })),
    0,
  );
  assert.equal(
    net((of) => Object.assign(of, { quantity: { value: '-10', unit: 'H87' }, net: eur('-179.10') })),
    0,
  );
});

test('two notes, and types of document for corrections, are for parties in Germany', () => {
  const invoice = aPeppolInvoice((d) => {
    d.notes = [{ text: 'one' }, { text: 'two' }];
    d.typeCode = '384';
    d.preceding = [{ number: 'R-1' }];
  });
  assert.deepEqual(broken(invoice), []);
});

test('an order number will do instead of the reference of the buyer, where no German rule asks for that', () => {
  const invoice = aPeppolInvoice((d) => {
    abroad(d);
    Object.assign(d, { buyerReference: undefined, purchaseOrder: 'PO 1' });
  });
  assert.deepEqual(broken(invoice), []);
});
