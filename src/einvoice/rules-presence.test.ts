import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anInvoice, broken, type Draft, findingsOf, the } from './invoices-for-tests.ts';
import type { EInvoice, Line } from './model.ts';

type Change = (draft: Draft<EInvoice>) => void;

const line = (draft: Draft<EInvoice>): Draft<Line> => the(draft.lines[1]);

/** What breaks each rule, with the term it is shown at. */
const BREAKS: readonly (readonly [rule: string, term: string, change: Change])[] = [
  ['BR-01', 'BT-24', (d) => (d.specification = ' ')],
  ['BR-02', 'BT-1', (d) => (d.number = undefined)],
  ['BR-03', 'BT-2', (d) => (d.issuedOn = undefined)],
  ['BR-04', 'BT-3', (d) => (d.typeCode = undefined)],
  ['BR-05', 'BT-5', (d) => (d.currency = undefined)],
  ['BR-06', 'BT-27', (d) => (the(d.seller).name = undefined)],
  ['BR-07', 'BT-44', (d) => (d.buyer = undefined)],
  ['BR-08', 'BG-5', (d) => (the(d.seller).address = undefined)],
  ['BR-09', 'BT-40', (d) => (the(d.seller).address = { city: 'Kiel' })],
  ['BR-10', 'BG-8', (d) => (the(d.buyer).address = undefined)],
  ['BR-11', 'BT-55', (d) => (the(d.buyer).address = { country: ' ' })],
  ['BR-12', 'BT-106', (d) => (the(d.totals).lines = undefined)],
  ['BR-13', 'BT-109', (d) => (the(d.totals).withoutVat = undefined)],
  ['BR-14', 'BT-112', (d) => (the(d.totals).withVat = undefined)],
  ['BR-15', 'BT-115', (d) => (the(d.totals).due = undefined)],
  ['BR-16', 'BG-25', (d) => (d.lines = [])],
  ['BR-17', 'BT-59', (d) => (d.payee = {})],
  ['BR-18', 'BT-62', (d) => (d.taxRepresentative = { vatId: 'DE1', address: { country: 'DE' } })],
  ['BR-19', 'BG-12', (d) => (d.taxRepresentative = { name: 'R', vatId: 'DE1' })],
  ['BR-20', 'BT-69', (d) => (d.taxRepresentative = { name: 'R', vatId: 'DE1', address: {} })],
  ['BR-56', 'BT-63', (d) => (d.taxRepresentative = { name: 'R', address: { country: 'DE' } })],
  ['BR-21', 'BT-126', (d) => (line(d).id = undefined)],
  ['BR-22', 'BT-129', (d) => (line(d).quantity = undefined)],
  ['BR-23', 'BT-130', (d) => (line(d).quantity = { value: '10' })],
  ['BR-24', 'BT-131', (d) => (line(d).net = undefined)],
  ['BR-25', 'BT-153', (d) => (line(d).item.name = undefined)],
  ['BR-26', 'BT-146', (d) => (line(d).netPrice = undefined)],
  ['BR-27', 'BT-146', (d) => (line(d).netPrice = { value: '-0.01' })],
  ['BR-28', 'BT-148', (d) => (line(d).grossPrice = { value: '-1' })],
  ['BR-29', 'BT-74', (d) => (d.period = { start: '2026-02-28', end: '2026-02-27' })],
  ['BR-30', 'BT-135', (d) => (line(d).period = { start: '2026-02-28', end: '2026-02-27' })],
  ['BR-31', 'BT-92', (d) => (the(d.allowancesCharges[0]).amount = undefined)],
  ['BR-32', 'BT-95', (d) => (the(d.allowancesCharges[0]).vatCategory = undefined)],
  [
    'BR-33',
    'BT-97',
    (d) => Object.assign(the(d.allowancesCharges[0]), { reason: '', reasonCode: undefined }),
  ],
  [
    'BR-CO-21',
    'BT-97',
    (d) => Object.assign(the(d.allowancesCharges[0]), { reason: '', reasonCode: undefined }),
  ],
  ['BR-36', 'BT-99', (d) => (the(d.allowancesCharges[1]).amount = undefined)],
  ['BR-37', 'BT-102', (d) => (the(d.allowancesCharges[1]).vatCategory = undefined)],
  [
    'BR-38',
    'BT-104',
    (d) => Object.assign(the(d.allowancesCharges[1]), { reason: '', reasonCode: undefined }),
  ],
  [
    'BR-CO-22',
    'BT-104',
    (d) => Object.assign(the(d.allowancesCharges[1]), { reason: '', reasonCode: undefined }),
  ],
  ['BR-41', 'BT-136', (d) => (line(d).allowancesCharges = [{ kind: 'allowance', reason: 'r' }])],
  ['BR-42', 'BT-139', (d) => (line(d).allowancesCharges = [{ kind: 'allowance', amount: { value: '1' } }])],
  [
    'BR-CO-23',
    'BT-139',
    (d) => (line(d).allowancesCharges = [{ kind: 'allowance', amount: { value: '1' } }]),
  ],
  ['BR-43', 'BT-141', (d) => (line(d).allowancesCharges = [{ kind: 'charge', reason: 'r' }])],
  ['BR-44', 'BT-144', (d) => (line(d).allowancesCharges = [{ kind: 'charge', amount: { value: '1' } }])],
  ['BR-CO-24', 'BT-144', (d) => (line(d).allowancesCharges = [{ kind: 'charge', amount: { value: '1' } }])],
  ['BR-45', 'BT-116', (d) => (the(d.vat[0]).taxable = undefined)],
  ['BR-46', 'BT-117', (d) => (the(d.vat[0]).tax = undefined)],
  ['BR-47', 'BT-118', (d) => (the(d.vat[0]).category = undefined)],
  ['BR-48', 'BT-119', (d) => (the(d.vat[0]).rate = undefined)],
  ['BR-49', 'BT-81', (d) => (d.paymentMeans = [{ transfers: [] }])],
  ['BR-50', 'BT-84', (d) => (d.paymentMeans = [{ code: '30', transfers: [{ account: '' }] }])],
  ['BR-61', 'BT-84', (d) => (d.paymentMeans = [{ code: '58', transfers: [] }])],
  [
    'BR-51',
    'BT-87',
    (d) => (d.paymentMeans = [{ code: '48', transfers: [], card: { number: '12345678901' } }]),
  ],
  ['BR-52', 'BT-122', (d) => (d.documents = [{ description: 'Hours' }])],
  ['BR-53', 'BT-111', (d) => (d.taxCurrency = 'SEK')],
  ['BR-54', 'BG-32', (d) => (line(d).item.attributes = [{ name: 'Colour' }])],
  ['BR-55', 'BT-25', (d) => (d.preceding = [{ issuedOn: '2026-01-01' }])],
  ['BR-57', 'BT-80', (d) => (d.delivery = { address: { city: 'Kiel' } })],
  ['BR-62', 'BT-34', (d) => (the(d.seller).endpoint = { value: 'x' })],
  ['BR-63', 'BT-49', (d) => (the(d.buyer).endpoint = { value: 'x' })],
  ['BR-64', 'BT-157', (d) => (line(d).item.standardId = { value: '4012345678901' })],
  ['BR-65', 'BT-158', (d) => (line(d).item.classes = [{ value: '1' }])],
  ['BR-66', 'BG-18', (d) => (d.paymentMeans = [1, 2].map(() => ({ code: '48', transfers: [], card: {} })))],
  [
    'BR-67',
    'BG-19',
    (d) => (d.paymentMeans = [1, 2].map(() => ({ code: '59', transfers: [], directDebit: {} }))),
  ],
  ['BR-CO-03', 'BT-7', (d) => Object.assign(d, { taxPointOn: '2026-03-01', taxPointCode: '35' })],
  ['BR-CO-04', 'BT-151', (d) => (line(d).vatCategory = undefined)],
  ['BR-CO-09', 'BT-31', (d) => (the(d.seller).vatId = '123456789')],
  ['BR-CO-18', 'BG-23', (d) => (d.vat = [])],
  ['BR-CO-19', 'BG-14', (d) => (d.period = {})],
  ['BR-CO-20', 'BG-26', (d) => (line(d).period = {})],
  ['BR-CO-25', 'BT-9', (d) => (d.dueOn = undefined)],
  [
    'BR-CO-26',
    'BT-29',
    (d) => Object.assign(the(d.seller), { vatId: undefined, legalRegistration: undefined }),
  ],
];

test('an invoice with all that must be there has no finding', () => {
  assert.deepEqual(broken(anInvoice()), []);
});

for (const [rule, term, change] of BREAKS) {
  test(`${rule} is found where it is broken, at ${term}`, () => {
    const [finding] = findingsOf(rule, anInvoice(change));
    assert.ok(finding, `${rule} was not found`);
    assert.equal(finding.places[0]?.term, term);
    assert.equal(finding.severity, rule === 'BR-51' ? 'warning' : 'fatal');
    assert.match(finding.message, /^[A-Z"].*\.$/);
    assert.match(finding.hint, /^[A-Z].*\.$/);
    assert.ok(finding.message.length <= 90, finding.message);
  });
}

test('what is wrong in a line is shown at that line', () => {
  const [finding] = findingsOf(
    'BR-25',
    anInvoice((d) => (line(d).item.name = '')),
  );
  assert.deepEqual(finding?.places, [{ term: 'BT-153', line: 1 }]);
});

test('a card number is never repeated in a finding', () => {
  const invoice = anInvoice((d) => {
    d.paymentMeans = [{ code: '48', transfers: [], card: { number: '4111111111111111' } }];
  });
  assert.deepEqual(
    findingsOf('BR-51', invoice).map(({ found }) => found),
    [''],
  );
});

test('the payee is somebody else than the seller', () => {
  const withPayee = (payee: EInvoice['payee'], syntax: EInvoice['syntax']) =>
    findingsOf(
      'BR-17',
      anInvoice((d) => {
        d.syntax = syntax;
        the(d.seller).tradingName = 'Nord';
        the(d.seller).identifiers = [{ value: '4012345000009', scheme: '0088' }];
        if (payee !== undefined) d.payee = payee;
      }),
    ).length;
  assert.equal(withPayee({ name: 'Factor AG' }, 'ubl_invoice'), 0);
  assert.equal(withPayee({ name: 'Nord' }, 'ubl_invoice'), 1);
  assert.equal(withPayee({ name: 'Werkstatt Nord GmbH' }, 'cii'), 1);
  assert.equal(withPayee({ name: 'Factor AG', identifier: { value: '4012345000009' } }, 'cii'), 1);
});

test('nothing is asked of a period with one open end, of payment terms instead of a due date, of a rate of category O', () => {
  const invoice = anInvoice((d) => {
    d.period = { start: '2026-02-01' };
    Object.assign(d, { dueOn: undefined, paymentTerms: 'At once' });
    d.vat.push({ taxable: { value: '0' }, tax: { value: '0' }, category: 'O', exemptionReason: 'r' });
  });
  for (const rule of ['BR-CO-19', 'BR-29', 'BR-CO-25', 'BR-48'])
    assert.deepEqual(findingsOf(rule, invoice), []);
});

test('a credit note of UBL needs no due date, one of CII does', () => {
  const without = (syntax: EInvoice['syntax']) =>
    broken(anInvoice((d) => Object.assign(d, { syntax, typeCode: '381', dueOn: undefined })));
  assert.deepEqual(without('ubl_credit_note'), []);
  assert.deepEqual(without('cii'), ['BR-CO-25']);
});

test('an empty document is judged by every rule that asks for something', () => {
  const nothing: EInvoice = {
    syntax: 'ubl_invoice',
    notes: [],
    preceding: [],
    paymentMeans: [],
    allowancesCharges: [],
    vat: [],
    documents: [],
    lines: [],
  };
  assert.deepEqual(
    broken(nothing),
    ['01', '02', '03', '04', '05', '06', '07', '08', '10', '12', '13', '14', '15', '16', 'CO-18'].map(
      (n) => `BR-${n}`,
    ),
  );
});
