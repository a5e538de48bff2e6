import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anInvoice, broken, type Draft, findingsOf, inCategory, the } from './invoices-for-tests.ts';
import type { EInvoice } from './model.ts';
import { VAT_FAMILIES, type VatFamily } from './vat-families.ts';

type Change = (draft: Draft<EInvoice>) => void;

/** What breaks each numbered rule of a family. */
function breaksOf({ code, isTaxed, rate, seller, needsReason }: VatFamily): Readonly<Record<string, Change>> {
  const wrongRate = { positive: '0', not_negative: '-1', zero: '5', absent: '0' }[rate];
  const withoutNumbers = (d: Draft<EInvoice>) => {
    the(d.seller).vatId = seller === 'none' ? 'DE123456789' : undefined;
    the(d.buyer).vatId = undefined;
    the(d.buyer).legalRegistration = undefined;
  };
  return {
    '01': (d) => (d.vat = []),
    '02': withoutNumbers,
    '03': withoutNumbers,
    '04': withoutNumbers,
    '05': (d) => (the(d.lines[0]).vatRate = wrongRate),
    '06': (d) => (the(d.allowancesCharges[0]).vatRate = wrongRate),
    '07': (d) => (the(d.allowancesCharges[1]).vatRate = wrongRate),
    '08': (d) => (the(d.vat[0]).taxable = { value: isTaxed ? '465.10' : '464.11' }),
    '09': (d) =>
      (the(d.vat[0]).tax = {
        value: code === 'L' || code === 'M' ? '33.49' : isTaxed ? '89.18' : '0.01',
      }),
    '10': (d) => (the(d.vat[0]).exemptionReason = needsReason ? ' ' : 'Because'),
  };
}

for (const family of VAT_FAMILIES) {
  test(`an invoice of category ${family.code} as it should be has no finding`, () => {
    assert.deepEqual(broken(inCategory(family.code)), []);
  });
  for (const [number, change] of Object.entries(breaksOf(family))) {
    test(`BR-${family.id}-${number} is found where it is broken`, () => {
      const findings = findingsOf(`BR-${family.id}-${number}`, inCategory(family.code, change));
      assert.equal(findings.length, 1);
      const finding = the(findings[0]);
      assert.ok(finding.message.length <= 110, finding.message);
      assert.ok(finding.places.length > 0);
    });
  }
}

test('the tax number of the seller will do for most categories, that of its representative for all', () => {
  const idOf = (code: string, change: Change) => broken(inCategory(code, change));
  const taxNumber: Change = (d) =>
    Object.assign(the(d.seller), { vatId: undefined, taxRegistration: '12/345' });
  const representative: Change = (d) => {
    the(d.seller).vatId = undefined;
    d.taxRepresentative = { name: 'R', vatId: 'DE1', address: { country: 'DE' } };
  };
  for (const code of ['S', 'Z', 'E', 'AE', 'L', 'M']) assert.deepEqual(idOf(code, taxNumber), [], code);
  for (const code of ['K', 'G']) {
    assert.deepEqual(idOf(code, taxNumber).length, 3, code);
    assert.deepEqual(idOf(code, representative), [], code);
  }
});

test('a reverse charge takes the register number of the buyer, an intra-community supply does not', () => {
  const noVatId: Change = (d) => (the(d.buyer).vatId = undefined);
  assert.deepEqual(broken(inCategory('AE', noVatId)), []);
  assert.deepEqual(broken(inCategory('K', noVatId)), ['BR-IC-02', 'BR-IC-03', 'BR-IC-04']);
});

test('a category without VAT stands in the breakdown once', () => {
  const twice = inCategory('E', (d) => d.vat.push(structuredClone(the(d.vat[0]))));
  assert.deepEqual(findingsOf('BR-E-01', twice).length, 1);
});

test('a category with VAT stands in the breakdown for each of its rates', () => {
  const eur = (value: string) => ({ value, currency: 'EUR' });
  const invoice = anInvoice((d) => {
    the(d.lines[1]).vatRate = '7.00';
    d.vat = [
      { taxable: eur('285.00'), tax: eur('54.15'), category: 'S', rate: '19.0' },
      { taxable: eur('179.10'), tax: eur('12.54'), category: 'S', rate: '7' },
    ];
    Object.assign(the(d.totals), { vat: eur('66.69'), withVat: eur('530.79'), due: eur('530.79') });
  });
  assert.deepEqual(broken(invoice), []);
});

test('an entry that nothing uses: UBL takes it without VAT, CII with VAT', () => {
  const unused = (syntax: EInvoice['syntax'], category: string) =>
    anInvoice((d) => {
      d.syntax = syntax;
      d.vat.push({
        taxable: { value: '0' },
        tax: { value: '0' },
        category,
        rate: category === 'L' ? '7' : '0',
      });
    });
  assert.deepEqual(findingsOf('BR-Z-01', unused('ubl_invoice', 'Z')), []);
  assert.equal(findingsOf('BR-Z-01', unused('cii', 'Z')).length, 1);
  assert.equal(findingsOf('BR-AF-01', unused('ubl_invoice', 'L')).length, 1);
  assert.deepEqual(findingsOf('BR-AF-01', unused('cii', 'L')), []);
});

test('the taxable amount: where VAT is charged CII grants nothing, elsewhere less than a unit', () => {
  const off = (syntax: EInvoice['syntax'], code: string, taxable: string) =>
    inCategory(code, (d) => {
      d.syntax = syntax;
      the(d.vat[0]).taxable = { value: taxable };
    });
  assert.deepEqual(findingsOf('BR-S-08', off('ubl_invoice', 'S', '465.09')), []);
  assert.equal(findingsOf('BR-S-08', off('cii', 'S', '464.11')).length, 1);
  assert.deepEqual(findingsOf('BR-E-08', off('cii', 'E', '465.09')), []);
  assert.equal(findingsOf('BR-E-08', off('cii', 'E', '465.10')).length, 1);
});

test('an intra-community supply says when and whereto it was delivered', () => {
  assert.deepEqual(broken(inCategory('K', (d) => (d.delivery = undefined))), ['BR-IC-11', 'BR-IC-12']);
  const withPeriod = inCategory('K', (d) => {
    the(d.delivery).date = undefined;
    d.period = { end: '2026-02-28' };
  });
  assert.deepEqual(broken(withPeriod), []);
});

test('what is outside the scope of VAT shares a document with nothing else', () => {
  const mixed = inCategory('O', (d) => {
    the(d.lines[0]).vatCategory = 'E';
    for (const one of d.allowancesCharges) one.vatCategory = 'E';
    d.vat.push({
      taxable: { value: '285' },
      tax: { value: '0' },
      category: 'E',
      rate: '0',
      exemptionReason: 'r',
    });
  });
  const found = broken(mixed).filter((rule) => /^BR-O-1[1-4]$/.test(rule));
  assert.deepEqual(found, ['BR-O-11', 'BR-O-12', 'BR-O-13', 'BR-O-14']);
});

test('split payment is for invoices within Italy, and without the standard rate', () => {
  const split = (country: string, category: string) =>
    broken(
      anInvoice((d) => {
        for (const party of [d.seller, d.buyer, d.delivery]) the(party?.address).country = country;
        the(d.lines[0]).vatCategory = 'B';
        for (const one of [the(d.lines[1]), ...d.allowancesCharges]) one.vatCategory = category;
        the(d.vat[0]).category = category;
      }),
    ).filter((rule) => rule.startsWith('BR-B'));
  assert.deepEqual(split('IT', 'B'), []);
  assert.deepEqual(split('DE', 'B'), ['BR-B-01']);
  assert.deepEqual(split('IT', 'S'), ['BR-B-02']);
});
