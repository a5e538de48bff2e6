import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { money } from '#kernel/money.ts';
import { checkPayLink, payLinkOf } from './pay-link.ts';

test('a link is made of a template and the facts of a document', () => {
  const template = 'https://pay.example/{number}?amount={amount}&cur={currency}&reference={reference}';
  const amount = money(19_328n, 'EUR');
  assert.equal(
    payLinkOf(template, { number: '2026/12', amount, reference: 'RF18 5390' }),
    'https://pay.example/2026%2F12?amount=193.28&cur=EUR&reference=RF18%205390',
  );
  assert.equal(payLinkOf(template, { number: '2026/12', reference: 'RF18' }), undefined);
  assert.equal(payLinkOf('https://pay.example/now', {}), 'https://pay.example/now');
});

test('a template that is no address by https, or lets a document decide whose page it is, is refused', () => {
  const wrong = [
    ['http://pay.example/{number}', 'not_https'],
    ['javascript:alert(1)', 'not_https'],
    ['https://{reference}/pay', 'not_https'],
    ['https://{number}.pay.example/', 'not_https'],
    ['https://pay.example/ {number}', 'not_https'],
    ['https://pay.example:99999/', 'not_https'],
    ['https://pay.example/{customer}', 'unknown_place'],
    ['https://pay.example/{}', 'unknown_place'],
    ['https://pay.example/{number', 'not_an_address'],
    ['https://pay.example/"x"', 'not_an_address'],
    ['https://me:secret@pay.example/{number}', 'has_password'],
    [`https://pay.example/${'x'.repeat(500)}`, 'too_long'],
  ] as const;
  for (const [payLink, reason] of wrong)
    assert.throws(() => checkPayLink(payLink), { code: 'pay_link_not_valid', facts: { payLink, reason } });
  for (const right of [
    'https://pay.example',
    'https://pay.example?n={number}',
    'https://pay.example/{number}#a',
  ])
    checkPayLink(right);
});

test('whatever a document is called, its link leads to the page of the template and brings the value back', () => {
  const template = 'https://pay.example/{number}?reference={reference}';
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (number, reference) => {
      const facts = { number: number.toWellFormed(), reference: reference.toWellFormed() };
      fc.pre(facts.number !== '.' && facts.number !== '..');
      const url = new URL(payLinkOf(template, facts) ?? '');
      assert.equal(url.host, 'pay.example');
      assert.equal(decodeURIComponent(url.pathname.slice(1)), facts.number);
      assert.equal(url.searchParams.get('reference'), facts.reference);
      assert.deepEqual([...url.searchParams.keys()], ['reference']);
    }),
  );
});
