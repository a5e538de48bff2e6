import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  anInvoice,
  anXRechnung,
  aPeppolInvoice,
  broken,
  type Draft,
  findingsOf,
  the,
} from './invoices-for-tests.ts';
import type { EInvoice } from './model.ts';
import { XRECHNUNG_EXTENSION } from './profile.ts';

type Change = (draft: Draft<EInvoice>) => void;

const paidBy =
  (code: string, more: Partial<Draft<EInvoice['paymentMeans'][number]>> = {}): Change =>
  (d) =>
    (d.paymentMeans = [{ code, transfers: [], ...more }]);
const account = 'DE89370400440532013000';
const seller = (d: Draft<EInvoice>) => the(d.seller);

/** What breaks each rule, its name at Peppol, and whether it is a warning. */
const BREAKS: readonly (readonly [number: string, atPeppol: string, change: Change, isWarning?: true])[] = [
  ['1', '001', (d) => (d.paymentMeans = [])],
  ['2', '002', (d) => (seller(d).contact = undefined)],
  ['3', '003', (d) => (the(seller(d).address).city = ' ')],
  ['4', '004', (d) => (the(seller(d).address).postalCode = undefined)],
  ['5', '005', (d) => (the(seller(d).contact).name = undefined)],
  ['6', '006', (d) => (the(seller(d).contact).phone = undefined)],
  ['7', '007', (d) => (the(seller(d).contact).email = undefined)],
  ['8', '008', (d) => (the(the(d.buyer).address).city = undefined)],
  ['9', '009', (d) => (the(the(d.buyer).address).postalCode = undefined)],
  ['10', '010', (d) => (the(the(d.delivery).address).city = undefined)],
  ['11', '011', (d) => (the(the(d.delivery).address).postalCode = undefined)],
  ['14', '014', (d) => (the(d.vat[0]).rate = undefined)],
  ['15', '015', (d) => (d.buyerReference = undefined)],
  ['16', '016', (d) => (seller(d).vatId = undefined)],
  ['17', '017', (d) => (d.typeCode = '393'), true],
  ['18', '018', (d) => (d.paymentTerms = '30 days\n#SKONTO#TAGE=14#PROZENT=2#\n')],
  ['19', '019', paidBy('58', { transfers: [{ account: 'DE88370400440532013000' }] }), true],
  ['20', '020', paidBy('59', { directDebit: { mandate: 'M', account: '1' } }), true],
  [
    '22',
    '022',
    (d) =>
      (d.documents = ['A', 'B'].map((reference) => ({
        reference,
        attachment: { content: '', fileName: 'a.pdf' },
      }))),
  ],
  ['23-a', '023-1', paidBy('30')],
  ['23-b', '023-2', paidBy('30', { transfers: [{ account }], card: {} })],
  ['24-a', '024-1', paidBy('48')],
  ['24-b', '024-2', paidBy('54', { card: {}, transfers: [{ account }] })],
  ['25-a', '025-1', paidBy('59')],
  ['25-b', '025-2', paidBy('59', { directDebit: { mandate: 'M', account }, card: {} })],
  ['26', '026', (d) => (d.typeCode = '384'), true],
  ['27', '027', (d) => (the(seller(d).contact).phone = 'ask'), true],
  ['28', '028', (d) => (the(seller(d).contact).email = 'ana@example'), true],
  ['30', '030', paidBy('59', { directDebit: { mandate: 'M', account } })],
  ['31', '031', paidBy('59', { directDebit: { mandate: 'M' } })],
];

test('an invoice as XRechnung wants it has no finding', () => {
  assert.deepEqual(broken(anXRechnung()), []);
});

for (const [number, atPeppol, change, isWarning] of BREAKS) {
  test(`BR-DE-${number}, at Peppol DE-R-${atPeppol}, is found where it is broken`, () => {
    const severity = isWarning ? 'warning' : 'fatal';
    for (const [rule, invoice] of [
      [`BR-DE-${number}`, anXRechnung(change)],
      [`DE-R-${atPeppol}`, aPeppolInvoice(change)],
    ] as const) {
      const [finding] = findingsOf(rule, invoice);
      assert.equal(finding?.severity, severity, rule);
      assert.ok(finding.message.length <= 90, finding.message);
    }
    assert.deepEqual(findingsOf(`BR-DE-${number}`, anInvoice(change)), []);
  });
}

test('the specification is that of XRechnung 3.0', () => {
  const old = 'urn:cen.eu:en16931:2017#compliant#urn:xoev-de:kosit:standard:xrechnung_2.3';
  assert.deepEqual(broken(anXRechnung((d) => (d.specification = old))), ['BR-DE-21']);
});

test('it is good to know when something was delivered', () => {
  const undated = (change: Change = () => {}) =>
    anXRechnung((d) => {
      the(d.delivery).date = undefined;
      change(d);
    });
  const [finding] = findingsOf('BR-DE-TMP-32', undated());
  assert.equal(finding?.severity, 'information');
  assert.deepEqual(broken(undated((d) => (d.period = { start: '2026-02-01' }))), []);
  const inLines = undated((d) => {
    for (const line of d.lines) line.period = { start: '2026-02-01' };
  });
  assert.deepEqual(broken(inLines), []);
});

test('a discount is written as machines read it, beside other terms', () => {
  const terms = (text: string) => broken(anXRechnung((d) => (d.paymentTerms = text)));
  for (const right of [
    '30 days net, no # here',
    '#SKONTO#TAGE=14#PROZENT=2.00#\n',
    'Thanks\r\n#SKONTO#TAGE=7#PROZENT=3.00#BASISBETRAG=-10.00#\r\n#SKONTO#TAGE=14#PROZENT=2.25#\r\n',
  ]) {
    assert.deepEqual(terms(right), [], right);
  }
  for (const wrong of [
    '#skonto#TAGE=14#PROZENT=2.00#',
    '#SKONTO#PROZENT=2.00#TAGE=14#',
    '#SKONTO#TAGE=14#PROZENT=2.00# net',
  ]) {
    assert.deepEqual(terms(wrong), ['BR-DE-18'], wrong);
  }
});

test('a Leitweg-ID with wrong check digits is pointed out, another reference is not', () => {
  const [finding] = findingsOf(
    'Q-LEITWEG',
    anXRechnung((d) => (d.buyerReference = '04011000-12345-04')),
  );
  assert.equal(finding?.severity, 'warning');
  for (const reference of ['04011000-12345-03', 'PO 4711', '991-33333TEST-33']) {
    assert.deepEqual(broken(anXRechnung((d) => (d.buyerReference = reference))), [], reference);
  }
});

test('a direct debit as it should be has no finding', () => {
  const invoice = anXRechnung((d) => {
    paidBy('59', { directDebit: { mandate: 'M-1', account } })(d);
    d.creditorId = 'DE98ZZZ09999999999';
  });
  assert.deepEqual(broken(invoice), []);
});

test('of Peppol, XRechnung asks for addresses and sums, not for its process and its schemes', () => {
  const invoice = anXRechnung((d) => {
    d.process = 'another process';
    the(d.buyer).endpoint = { value: 'a@example.com', scheme: 'EM' };
  });
  assert.deepEqual(broken(invoice), []);
  assert.deepEqual(broken(anXRechnung((d) => (the(d.buyer).endpoint = undefined))), ['PEPPOL-EN16931-R010']);
});

test('half a forint of difference is granted in Hungary’s currency', () => {
  const net = (currency: string, value: string) =>
    findingsOf(
      'PEPPOL-EN16931-R120',
      anXRechnung((d) => {
        d.currency = currency;
        the(d.lines[0]).net = { value, currency };
      }),
    ).length;
  assert.equal(net('HUF', '300.50'), 0);
  assert.equal(net('HUF', '300.51'), 1);
  assert.equal(net('EUR', '300.03'), 1);
});

test('the extension takes codes of health applications, XML files, and payments of third parties', () => {
  const extended: Change = (d) => {
    d.specification = XRECHNUNG_EXTENSION;
    the(d.lines[0]).item.standardId = { value: '1', scheme: 'XR02' };
    the(d.buyer).identifiers = [{ value: '1', scheme: 'XR01' }];
    d.documents = [{ reference: 'A', attachment: { content: '', mime: 'application/xml' } }];
  };
  assert.deepEqual(broken(anXRechnung(extended)), []);
  assert.deepEqual(broken(anXRechnung(extended), 'xrechnung'), ['BR-CL-10', 'BR-CL-21', 'BR-CL-24']);
  const paidByOthers = anXRechnung((d) => {
    extended(d);
    the(d.totals).due = { value: '500.00', currency: 'EUR' };
  });
  assert.deepEqual(
    findingsOf('BR-CO-16', paidByOthers).map(({ severity }) => severity),
    ['warning'],
  );
});

test('codes that the extension does not take are found by its own rules', () => {
  const invoice = anXRechnung((d) => {
    d.specification = XRECHNUNG_EXTENSION;
    the(d.lines[0]).item.standardId = { value: '1', scheme: 'XR04' };
    the(d.buyer).identifiers = [{ value: '1', scheme: 'XR09' }];
    seller(d).legalRegistration = { value: '1', scheme: 'X' };
    seller(d).endpoint = { value: '1', scheme: 'X' };
    d.documents = [{ reference: 'A', attachment: { content: '', mime: 'text/html' } }];
    the(d.delivery).location = { value: '1', scheme: 'X' };
  });
  assert.deepEqual(broken(invoice), [
    'BR-DEX-01',
    'BR-DEX-04',
    'BR-DEX-05',
    'BR-DEX-06',
    'BR-DEX-07',
    'BR-DEX-08',
  ]);
});
