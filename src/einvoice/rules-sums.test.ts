import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anInvoice, broken, type Draft, findingsOf, the } from './invoices-for-tests.ts';
import type { AllowanceCharge, EInvoice, Totals } from './model.ts';

const eur = (value: string) => ({ value, currency: 'EUR' });
const totals = (d: Draft<EInvoice>): Draft<Totals> => the(d.totals);

/** A total one cent off, and the rules that say so: no more and no fewer. */
const CENT_OFF: readonly (readonly [name: keyof Totals, value: string, rules: readonly string[]])[] = [
  ['lines', '479.11', ['BR-CO-10', 'BR-CO-13']],
  ['allowances', '20.01', ['BR-CO-11', 'BR-CO-13']],
  ['charges', '5.01', ['BR-CO-12', 'BR-CO-13']],
  ['withoutVat', '464.11', ['BR-CO-13', 'BR-CO-15']],
  ['vat', '88.19', ['BR-CO-14', 'BR-CO-15']],
  ['withVat', '552.27', ['BR-CO-15', 'BR-CO-16']],
  ['prepaid', '0.01', ['BR-CO-16']],
  ['rounding', '0.01', ['BR-CO-16']],
  ['due', '552.29', ['BR-CO-16']],
];

for (const [name, value, rules] of CENT_OFF) {
  test(`the total "${name}" a cent off breaks ${rules.join(' and ')}`, () => {
    assert.deepEqual(broken(anInvoice((d) => (totals(d)[name] = eur(value)))), rules);
  });
}

test('a finding says what stands there and what it should be', () => {
  const [finding] = findingsOf(
    'BR-CO-16',
    anInvoice((d) => (totals(d).due = eur('552.20'))),
  );
  assert.equal(finding?.found, '552.20');
  assert.equal(finding?.message, 'The amount due is not 552.28.');
  assert.deepEqual(
    finding?.places.map(({ term }) => term),
    ['BT-115', 'BT-112', 'BT-113', 'BT-114'],
  );
});

test('what was paid before and the rounding are part of the amount due', () => {
  const invoice = anInvoice((d) => {
    totals(d).prepaid = eur('52.28');
    totals(d).rounding = eur('-0.05');
    totals(d).due = eur('499.95');
  });
  assert.deepEqual(broken(invoice), []);
});

test('sums are exact: a thousand lines of a tenth of a cent are a euro', () => {
  const invoice = anInvoice((d) => {
    const tiny = { ...the(d.lines[0]), net: eur('0.001') };
    d.lines = Array.from({ length: 1_000 }, (_, index) => ({ ...tiny, id: String(index + 1) }));
    totals(d).lines = eur('1.00');
  });
  assert.deepEqual(findingsOf('BR-CO-10', invoice), []);
  const off = structuredClone(invoice) as Draft<EInvoice>;
  totals(off).lines = eur('1.01');
  assert.equal(findingsOf('BR-CO-10', off).length, 1);
});

test('zeros and signs are the same number however they are written', () => {
  const invoice = anInvoice((d) => {
    totals(d).due = eur('+0552.2800');
    totals(d).prepaid = eur('0');
    totals(d).rounding = eur('-0.00');
  });
  assert.deepEqual(findingsOf('BR-CO-16', invoice), []);
});

test('without a total VAT in its own currency a UBL invoice does not add up; in CII it may be left out where none is due', () => {
  const without = (syntax: EInvoice['syntax'], withVat: string) =>
    findingsOf(
      'BR-CO-15',
      anInvoice((d) => {
        d.syntax = syntax;
        totals(d).vat = undefined;
        totals(d).withVat = eur(withVat);
      }),
    ).length;
  assert.equal(without('ubl_invoice', '464.10'), 1);
  assert.equal(without('cii', '464.10'), 0);
  assert.equal(without('cii', '464.11'), 1);
  const foreign = anInvoice((d) => (totals(d).vat = { value: '88.18', currency: 'SEK' }));
  assert.equal(findingsOf('BR-CO-15', foreign).length, 1);
});

test('the VAT of a category may be less than a unit off in UBL, and a unit in CII', () => {
  const off = (syntax: EInvoice['syntax'], tax: string) =>
    findingsOf(
      'BR-CO-17',
      anInvoice((d) => {
        d.syntax = syntax;
        d.vat = [{ taxable: eur('-72.50'), tax: eur(tax), category: 'S', rate: '19' }];
      }),
    ).length;
  // 19 % of 72.50 is 13.775, and rounds to 13.78 on the negative side too.
  for (const tax of ['-13.78', '-12.79', '-14.77']) assert.equal(off('ubl_invoice', tax), 0, tax);
  for (const tax of ['-12.78', '-14.78']) {
    assert.equal(off('ubl_invoice', tax), 1, tax);
    assert.equal(off('cii', tax), 0, tax);
  }
  assert.equal(off('cii', '-12.77'), 1);
});

test('without a rate there is no VAT', () => {
  const taxed = (rate: string | undefined, tax: string) =>
    findingsOf(
      'BR-CO-17',
      anInvoice((d) => (d.vat = [{ taxable: eur('100'), tax: eur(tax), category: 'E', rate }])),
    ).length;
  assert.equal(taxed(undefined, '0.00'), 0);
  assert.equal(taxed('0', '0.49'), 0);
  assert.equal(taxed('0', '0.50'), 1);
  assert.equal(taxed(undefined, '1.00'), 1);
});

test('no amount has more than two decimals', () => {
  const fine = eur('1.005');
  const one = (kind: AllowanceCharge['kind']): Draft<AllowanceCharge> => ({
    kind,
    amount: fine,
    base: fine,
    reason: 'r',
  });
  const invoice = anInvoice((d) => {
    d.totals = Object.fromEntries(
      [
        'lines',
        'allowances',
        'charges',
        'withoutVat',
        'vat',
        'vatInTaxCurrency',
        'withVat',
        'prepaid',
        'rounding',
        'due',
      ].map((name) => [name, fine]),
    );
    d.allowancesCharges = [one('allowance'), one('charge')];
    d.vat = [{ taxable: fine, tax: fine }];
    Object.assign(the(d.lines[0]), {
      net: fine,
      netPrice: eur('0.123456'),
      allowancesCharges: [one('allowance'), one('charge')],
    });
  });
  const decimals = [1, 2, 5, 6, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 23, 24, 25, 27, 28];
  assert.deepEqual(
    broken(invoice).filter((rule) => rule.startsWith('BR-DEC')),
    decimals.map((n) => `BR-DEC-${String(n).padStart(2, '0')}`),
  );
  assert.deepEqual(findingsOf('BR-DEC-23', invoice)[0]?.places, [{ term: 'BT-131', line: 0 }]);
  assert.deepEqual(
    broken(anInvoice()).filter((rule) => rule.startsWith('BR-DEC')),
    [],
  );
});

test('what is no number is said to be none, and everything else is judged all the same', () => {
  const invoice = anInvoice((d) => {
    totals(d).due = eur('1.234,50');
    the(d.lines[0]).quantity = { value: 'three', unit: 'HUR' };
  });
  assert.deepEqual(broken(invoice), ['Q-NUMBER']);
  assert.deepEqual(
    findingsOf('Q-NUMBER', invoice).map(({ found }) => found),
    ['1.234,50', 'three'],
  );
});

test('a total VAT that is there twice in the currency of the document does not add up', () => {
  const again = (currency: string) => broken(anInvoice((d) => (d.vatAgain = [{ value: '88.18', currency }])));
  assert.deepEqual(again('EUR'), ['BR-CO-15']);
  assert.deepEqual(again('SEK'), []);
});
