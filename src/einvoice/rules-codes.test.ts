import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isCode } from './code-lists.ts';
import { anInvoice, broken, type Draft, findingsOf, the } from './invoices-for-tests.ts';
import type { EInvoice, Line } from './model.ts';

type Change = (draft: Draft<EInvoice>) => void;
const line = (draft: Draft<EInvoice>): Draft<Line> => the(draft.lines[1]);
const eur = { value: '1', currency: 'EUR' };

/** For each rule a code that is in no list, and one that is. */
const CODES: readonly (readonly [
  rule: string,
  wrong: string,
  right: string,
  set: (code: string) => Change,
])[] = [
  ['BR-CL-01', '381', '389', (code) => (d) => (d.typeCode = code)],
  ['BR-CL-03', 'eur', 'EUR', (code) => (d) => (the(line(d).net).currency = code)],
  ['BR-CL-04', 'ZZZ', 'USD', (code) => (d) => (d.currency = code)],
  ['BR-CL-05', 'XYZ', 'SEK', (code) => (d) => (d.taxCurrency = code)],
  ['BR-CL-06', '29', '35', (code) => (d) => (d.taxPointCode = code)],
  ['BR-CL-07', 'XXA', 'AAA', (code) => (d) => (d.object = { value: '1', scheme: code })],
  ['BR-CL-07', 'XXA', 'ABT', (code) => (d) => (line(d).object = { value: '1', scheme: code })],
  ['BR-CL-08', 'XYZ', 'AAI', (code) => (d) => (d.notes = [{ subject: code, text: 'note' }])],
  ['BR-CL-10', '9901', '0088', (code) => (d) => (the(d.buyer).identifiers = [{ value: '1', scheme: code }])],
  [
    'BR-CL-11',
    '0182',
    '0002',
    (code) => (d) => (the(d.seller).legalRegistration = { value: '1', scheme: code }),
  ],
  ['BR-CL-13', 'XXX', 'STI', (code) => (d) => (line(d).item.classes = [{ value: '1', scheme: code }])],
  ['BR-CL-14', 'UK', 'GB', (code) => (d) => (the(the(d.buyer).address).country = code)],
  ['BR-CL-15', 'de', 'DE', (code) => (d) => (line(d).item.origin = code)],
  ['BR-CL-16', '99', '59', (code) => (d) => (the(d.paymentMeans[0]).code = code)],
  ['BR-CL-17', 'X', 'S', (code) => (d) => (the(d.vat[0]).category = code)],
  ['BR-CL-17', 'A', 'S', (code) => (d) => (the(d.allowancesCharges[1]).vatCategory = code)],
  ['BR-CL-18', 's', 'S', (code) => (d) => (line(d).vatCategory = code)],
  ['BR-CL-19', '1', '95', (code) => (d) => (the(d.allowancesCharges[0]).reasonCode = code)],
  ['BR-CL-20', '95', 'ABL', (code) => (d) => (the(d.allowancesCharges[1]).reasonCode = code)],
  [
    'BR-CL-19',
    'FC',
    '71',
    (code) => (d) => (line(d).allowancesCharges = [{ kind: 'allowance', amount: eur, reasonCode: code }]),
  ],
  [
    'BR-CL-20',
    '95',
    'FC',
    (code) => (d) => (line(d).allowancesCharges = [{ kind: 'charge', amount: eur, reasonCode: code }]),
  ],
  ['BR-CL-21', '9930', '0160', (code) => (d) => (line(d).item.standardId = { value: '1', scheme: code })],
  ['BR-CL-22', 'VATEX-EU-X', 'vatex-eu-ae', (code) => (d) => (the(d.vat[0]).exemptionCode = code)],
  ['BR-CL-23', 'PCE', 'C62', (code) => (d) => (the(line(d).quantity).unit = code)],
  ['BR-CL-23', 'pcs', 'XPK', (code) => (d) => (line(d).priceBase = { value: '1', unit: code })],
  [
    'BR-CL-24',
    'text/html',
    'application/pdf',
    (code) => (d) => (d.documents = [{ reference: 'A', attachment: { content: '', mime: code } }]),
  ],
  ['BR-CL-25', '0001', 'EM', (code) => (d) => (the(d.seller).endpoint = { value: 'x', scheme: code })],
  ['BR-CL-26', 'GLN', '0088', (code) => (d) => (d.delivery = { location: { value: '1', scheme: code } })],
];

for (const [rule, wrong, right, set] of CODES) {
  test(`${rule} does not know ${wrong}, and knows ${right}`, () => {
    const [finding] = findingsOf(rule, anInvoice(set(wrong)));
    assert.equal(finding?.found.toLowerCase(), wrong.toLowerCase());
    assert.deepEqual(findingsOf(rule, anInvoice(set(right))), []);
  });
}

test('the type of a document depends on what it is written as', () => {
  const ofType = (syntax: EInvoice['syntax'], typeCode: string) =>
    findingsOf(
      'BR-CL-01',
      anInvoice((d) => Object.assign(d, { syntax, typeCode })),
    ).length;
  assert.equal(ofType('ubl_credit_note', '381'), 0);
  assert.equal(ofType('ubl_credit_note', '380'), 1);
  assert.equal(ofType('cii', '380'), 0);
  assert.equal(ofType('cii', '381'), 0);
});

test('a creditor identifier may stand among the identifiers of the seller, not of the buyer', () => {
  const sepa = [{ value: 'DE98ZZZ09999999999', scheme: 'SEPA' }];
  assert.deepEqual(broken(anInvoice((d) => (the(d.seller).identifiers = sepa))), []);
  assert.deepEqual(broken(anInvoice((d) => (the(d.buyer).identifiers = sepa))), ['BR-CL-10']);
});

test('a withdrawn code is good for documents of its time', () => {
  assert.equal(isCode('currency', 'HRK', '2022-12-31'), true);
  assert.equal(isCode('currency', 'HRK', '2023-01-01'), false);
  assert.equal(isCode('currency', 'HRK'), false);
  const kuna = (issuedOn: string) =>
    findingsOf(
      'BR-CL-04',
      anInvoice((d) => Object.assign(d, { issuedOn, currency: 'HRK' })),
    );
  assert.deepEqual(kuna('2022-06-30'), []);
  assert.equal(kuna('2026-06-30').length, 1);
});
