import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aPeppolInvoice, broken, type Draft, findingsOf, the } from './invoices-for-tests.ts';
import type { EInvoice } from './model.ts';

type Change = (draft: Draft<EInvoice>) => void;
type Case = readonly [rule: string, change: Change, isWarning?: true];

const NOTHING: Change = () => {};
const address = { line1: 'Street 1', city: 'City', postalCode: '1234' };

/** An invoice between two parties of a country, with the numbers of the seller as that country wants them. */
function within(
  country: string,
  seller: Partial<Draft<NonNullable<EInvoice['seller']>>>,
): (change: Change) => EInvoice {
  return (change) =>
    aPeppolInvoice((d) => {
      for (const party of [d.seller, d.buyer]) the(party).address = { ...address, country };
      Object.assign(the(d.buyer), { vatId: undefined, endpoint: { value: '4012345000009', scheme: '0088' } });
      Object.assign(the(d.seller), { taxRegistration: undefined, ...seller });
      d.paymentMeans = [{ code: '30', transfers: [{ account: '1' }] }];
      change(d);
    });
}

const paidBy =
  (code: string, more: Partial<Draft<EInvoice['paymentMeans'][number]>> = {}): Change =>
  (d) =>
    (d.paymentMeans = [{ code, transfers: [], ...more }]);

function judged(country: string, base: (change: Change) => EInvoice, cases: readonly Case[]): void {
  test(`${country}: an invoice as it should be has no finding`, () => {
    assert.deepEqual(broken(base(NOTHING)), []);
  });
  for (const [rule, change, isWarning] of cases) {
    test(`${rule} is found where it is broken`, () => {
      const [finding] = findingsOf(rule, base(change));
      assert.ok(finding, `${rule} was not found`);
      assert.equal(finding.severity, isWarning ? 'warning' : 'fatal');
      assert.ok(finding.message.length <= 90, finding.message);
    });
  }
}

judged('Norway', within('NO', { vatId: 'NO974760673MVA', taxRegistration: 'Foretaksregisteret' }), [
  ['NO-R-001', (d) => (the(d.seller).vatId = 'NO974760674MVA')],
  ['NO-R-002', (d) => (the(d.seller).taxRegistration = undefined), true],
]);

const danish =
  (means: Change): Change =>
  (d) => {
    d.paymentMeans = [];
    means(d);
  };

const DENMARK = within('DK', {
  vatId: 'DK12345678',
  legalRegistration: { value: 'DK12345678', scheme: '0184' },
});
const inDenmark = (change: Change): EInvoice =>
  DENMARK((d) => {
    paidBy('58', { transfers: [{ account: '1' }] })(d);
    change(d);
  });

judged('Denmark', inDenmark, [
  ['DK-R-002', (d) => (the(d.seller).legalRegistration = undefined)],
  ['DK-R-003', (d) => (the(d.lines[0]).item.classes = [{ value: '1', scheme: 'TST', version: '8.0' }]), true],
  ['DK-R-004', (d) => Object.assign(the(d.allowancesCharges[1]), { reasonCode: 'ZZZ', reason: 'tax' })],
  ['DK-R-005', danish(paidBy('30', { transfers: [{ account: '1' }] }))],
  ['DK-R-006', danish(paidBy('42', { transfers: [{ account: '1' }] }))],
  ['DK-R-007', danish(paidBy('49', { directDebit: { mandate: 'M' } }))],
  ['DK-R-008', danish(paidBy('50', { remittance: '99#', transfers: [{ account: '1234567' }] }))],
  ['DK-R-009', danish(paidBy('50', { remittance: '04#123', transfers: [{ account: '1234567' }] }))],
  ['DK-R-010', danish(paidBy('93', { remittance: '71#', transfers: [{ account: '1' }] }))],
  ['DK-R-011', danish(paidBy('93', { remittance: '75#123', transfers: [{ account: '12345678' }] }))],
  ['DK-R-013', (d) => (the(d.seller).identifiers = [{ value: '1' }])],
  ['DK-R-014', (d) => (the(d.seller).legalRegistration = { value: '12345678' })],
  [
    'DK-R-016',
    (d) => {
      Object.assign(d, { syntax: 'ubl_credit_note', typeCode: '381' });
      the(d.totals).due = { value: '-1' };
    },
  ],
]);

test('Danish inpayment forms as they should be have no finding', () => {
  for (const [code, remittance, account] of [
    ['50', '04#1234567890123456', '1234567'],
    ['50', '01#', '1234567'],
    ['93', '71#123456789012345', '12345678'],
    ['93', '73#', '12345678'],
  ] as const) {
    assert.deepEqual(broken(inDenmark(paidBy(code, { remittance, transfers: [{ account }] }))), []);
  }
});

judged('Italy', within('IT', { vatId: 'IT00743110157' }), [
  ['IT-R-001', (d) => (the(d.seller).taxRegistration = '123')],
  ['IT-R-002', (d) => (the(the(d.seller).address).line1 = undefined)],
  ['IT-R-003', (d) => (the(the(d.seller).address).city = undefined)],
  ['IT-R-004', (d) => (the(the(d.seller).address).postalCode = undefined)],
]);

const SWEDEN = within('SE', { vatId: 'SE202100544801', legalRegistration: { value: '2021005448' } });
const inSweden = (change: Change): EInvoice =>
  SWEDEN((d) => {
    for (const one of [...d.lines, ...d.allowancesCharges]) one.vatRate = '25';
    const eur = (value: string) => ({ value, currency: 'EUR' });
    d.vat = [{ taxable: eur('464.10'), tax: eur('116.03'), category: 'S', rate: '25.00' }];
    Object.assign(the(d.totals), { vat: eur('116.03'), withVat: eur('580.13'), due: eur('580.13') });
    change(d);
  });

judged('Sweden', inSweden, [
  ['SE-R-001', (d) => (the(d.seller).vatId = 'SE2021005448')],
  ['SE-R-002', (d) => (the(d.seller).vatId = 'SE20210054480X')],
  ['SE-R-003', (d) => (the(d.seller).legalRegistration = { value: '202100-5448' }), true],
  ['SE-R-004', (d) => (the(d.seller).legalRegistration = { value: '202100544' }), true],
  ['SE-R-005', (d) => (the(d.seller).taxRegistration = 'F-skatt')],
  ['SE-R-006', (d) => (the(d.lines[0]).vatRate = '24')],
  ['SE-R-007', paidBy('30', { transfers: [{ account: 'X12', bankId: 'SE:PLUSGIRO' }] }), true],
  ['SE-R-008', paidBy('30', { transfers: [{ account: '123-4567', bankId: 'SE:BANKGIRO' }] }), true],
  ['SE-R-009', paidBy('30', { transfers: [{ account: '123456', bankId: 'SE:BANKGIRO' }] }), true],
  ['SE-R-010', paidBy('30', { transfers: [{ account: '123456789', bankId: 'SE:PLUSGIRO' }] }), true],
  ['SE-R-011', paidBy('56', { transfers: [{ account: '1' }] }), true],
  ['SE-R-012', paidBy('31', { transfers: [{ account: '1' }] }), true],
  ['SE-R-013', (d) => (the(d.seller).legalRegistration = { value: '2021005449' }), true],
]);

const registered = { legalRegistration: { value: '5501694019', scheme: '0196' } };
const inIceland = (change: Change): EInvoice =>
  within('IS', { ...registered, vatId: 'IS12345' })((d) => {
    Object.assign(the(d.buyer), registered);
    change(d);
  });
const lastDay =
  (reference: string): Change =>
  (d) =>
    (d.documents = [{ reference, description: 'EINDAGI' }]);

judged('Iceland', inIceland, [
  ['IS-R-001', (d) => (d.typeCode = '393'), true],
  ['IS-R-002', (d) => (the(d.seller).legalRegistration = { value: '1' })],
  ['IS-R-003', (d) => (the(the(d.seller).address).line1 = undefined)],
  ['IS-R-004', (d) => (the(d.buyer).legalRegistration = undefined)],
  ['IS-R-005', (d) => (the(the(d.buyer).address).postalCode = undefined)],
  ['IS-R-006', paidBy('9', { transfers: [{ account: '1' }] })],
  ['IS-R-007', paidBy('42', { transfers: [{ account: '1' }] })],
  ['IS-R-008', lastDay('1 May')],
  [
    'IS-R-009',
    (d) => {
      lastDay('2026-05-01')(d);
      Object.assign(d, { dueOn: undefined, paymentTerms: 'soon' });
    },
  ],
  ['IS-R-010', lastDay('2026-03-31')],
]);

const kvk = { legalRegistration: { value: '12345678', scheme: '0106' } };
const inTheNetherlands = (change: Change): EInvoice =>
  within('NL', { ...kvk, vatId: 'NL123456789B01' })((d) => {
    Object.assign(the(d.buyer), kvk);
    change(d);
  });

judged('Netherlands', inTheNetherlands, [
  ['NL-R-001', (d) => Object.assign(d, { syntax: 'ubl_credit_note', typeCode: '381' })],
  ['NL-R-002', (d) => (the(the(d.seller).address).line1 = undefined)],
  ['NL-R-003', (d) => (the(d.seller).legalRegistration = { value: '1', scheme: '0088' })],
  ['NL-R-004', (d) => (the(the(d.buyer).address).city = undefined)],
  ['NL-R-005', (d) => (the(d.buyer).legalRegistration = { value: '1' })],
  ['NL-R-006', (d) => (d.taxRepresentative = { name: 'R', vatId: 'NL1', address: { country: 'NL' } })],
  ['NL-R-007', (d) => (d.paymentMeans = [])],
  ['NL-R-008', paidBy('31', { transfers: [{ account: '1' }] })],
  ['NL-R-009', (d) => (the(d.lines[0]).orderLine = '3')],
]);

const inGreece = (change: Change): EInvoice =>
  within('GR', {
    vatId: 'EL094259216',
    tradingName: 'Seller',
    endpoint: { value: '094259216', scheme: '9933' },
  })((d) => {
    Object.assign(the(d.buyer), {
      tradingName: 'Buyer',
      vatId: 'EL094259216',
      endpoint: { value: '094259216', scheme: '9933' },
    });
    d.number = '094259216|02/03/2026|0|1.1|A|17';
    d.documents = [
      { reference: '400001', description: '##M.AR.K##' },
      { reference: 'url', description: '##INVOICE|URL##', location: 'https://example.com/1' },
    ];
    change(d);
  });
const numbered =
  (number: string): Change =>
  (d) =>
    (d.number = number);

judged('Greece', inGreece, [
  ['GR-R-001-1', numbered('094259216|02/03/2026|0|1.1|A')],
  ['GR-R-001-2', numbered('094259217|02/03/2026|0|1.1|A|17')],
  ['GR-R-001-3', numbered('094259216|03/03/2026|0|1.1|A|17')],
  ['GR-R-001-4', numbered('094259216|02/03/2026|x|1.1|A|17')],
  ['GR-R-001-5', numbered('094259216|02/03/2026|0|9.9|A|17')],
  ['GR-R-001-6', numbered('094259216|02/03/2026|0|1.1||17')],
  ['GR-R-001-7', numbered('094259216|02/03/2026|0|1.1|A|')],
  ['GR-R-002', (d) => (the(d.seller).tradingName = undefined)],
  ['GR-R-003', (d) => (the(d.seller).vatId = 'EL094259217')],
  ['GR-S-011', (d) => (the(d.seller).vatId = 'EL094259217'), true],
  ['GR-R-004-1', (d) => (d.documents = d.documents.slice(1))],
  ['GR-R-004-2', (d) => (the(d.documents[0]).reference = 'x')],
  ['GR-R-005', (d) => (the(d.buyer).tradingName = undefined)],
  ['GR-R-006', (d) => (the(d.buyer).vatId = 'EL1')],
  ['GR-S-008-1', (d) => (d.documents = d.documents.slice(0, 1)), true],
  ['GR-R-008-2', (d) => d.documents.push(the(d.documents[1]))],
  ['GR-R-008-3', (d) => (the(d.documents[1]).location = '')],
  ['GR-R-009', (d) => (the(d.seller).endpoint = { value: '094259217', scheme: '9933' })],
  ['GR-R-010', (d) => (the(d.buyer).endpoint = { value: '4012345000009', scheme: '0088' })],
]);

test('the rules of a country are not asked of sellers elsewhere', () => {
  const found = broken(aPeppolInvoice((d) => (the(the(d.buyer).address).country = 'FR')));
  assert.deepEqual(found, []);
});
