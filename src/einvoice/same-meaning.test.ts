import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EVERY_TERM } from './examples-for-tests.ts';
import type { EInvoice } from './model.ts';
import { sameMeaning } from './same-meaning.ts';
import { termsOf } from './terms.ts';

test('an invoice means the same as itself', () => {
  assert.deepEqual(sameMeaning(EVERY_TERM, structuredClone(EVERY_TERM)), []);
});

test('how a number or a text is written does not matter, what it says does', () => {
  const due = (value: string, currency?: string): EInvoice => ({
    ...EVERY_TERM,
    totals: { due: { value, currency } },
  });
  assert.deepEqual(sameMeaning(due('10.00', 'EUR'), due('10')), []);
  assert.deepEqual(sameMeaning(due('-0.50'), due('-.5')), []);
  assert.deepEqual(sameMeaning(due('10.00'), due('10.01')), [
    { id: 'BT-115', place: '', first: '10.00 EUR', second: '10.01 EUR' },
  ]);
  assert.deepEqual(sameMeaning(due('1', 'SEK'), due('1')).length, 1);
  assert.deepEqual(sameMeaning(due('ten'), due('ten')), []);
  const terms = (paymentTerms: string): EInvoice => ({ ...EVERY_TERM, paymentTerms });
  assert.deepEqual(sameMeaning(terms('a\n  b'), terms('a b')), []);
  assert.equal(sameMeaning(terms('a b'), terms('ab')).length, 1);
});

test('a term that only one of the two states is told with its place', () => {
  const [first, second] = EVERY_TERM.lines;
  assert.ok(first && second);
  const fewer: EInvoice = { ...EVERY_TERM, lines: [{ ...first, netPrice: undefined }, second] };
  const difference = { id: 'BT-146', place: 'line 1' };
  assert.deepEqual(sameMeaning(EVERY_TERM, fewer), [
    { ...difference, first: '33.333333 EUR', second: undefined },
  ]);
  assert.deepEqual(sameMeaning(fewer, EVERY_TERM), [
    { ...difference, first: undefined, second: '33.333333 EUR' },
  ]);
});

test('the order of identifiers does not matter, the order of lines does', () => {
  const seller = EVERY_TERM.seller;
  assert.ok(seller);
  const turned = { ...EVERY_TERM, seller: { ...seller, identifiers: seller.identifiers.toReversed() } };
  assert.deepEqual(sameMeaning(EVERY_TERM, turned), []);
  assert.notDeepEqual(sameMeaning(EVERY_TERM, { ...EVERY_TERM, lines: EVERY_TERM.lines.toReversed() }), []);
});

test('each term of an invoice is listed once at its place', () => {
  const keys = termsOf(EVERY_TERM).map(({ id, place }) => `${place}/${id}`);
  assert.equal(new Set(keys).size, keys.length);
});
