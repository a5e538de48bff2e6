import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BankRule, fitsRule, ruleFor } from './bank-rule.ts';

const rule = (text: string, given: Partial<BankRule> = {}): BankRule => ({
  id: text,
  bankAccountId: null,
  text,
  direction: 'both',
  kind: 'fee',
  ...given,
});

const line = (text: string, minor = -5_00n) => ({ bankAccountId: 'a', minor, texts: [null, text] });

test('a rule fits by whole words, whatever capitals and blanks the bank writes', () => {
  assert.equal(fitsRule(rule('account fee'), line('ACCOUNT  FEE/03-2026')), true);
  assert.equal(fitsRule(rule('fee'), line('Coffee GmbH')), false);
  assert.equal(fitsRule(rule('Kontoführung'), line('KONTOFÜHRUNG Q1')), true);
  assert.equal(fitsRule(rule('fee', { direction: 'in' }), line('fee')), false);
  assert.equal(fitsRule(rule('fee', { bankAccountId: 'b' }), line('fee')), false);
});

test('the longest text wins, one for the account before one for all, and a tie is for a person', () => {
  const rules = [
    rule('interest', { kind: 'interest' }),
    rule('interest on sweep', { kind: 'sweep' }),
    rule('charges', { kind: 'fee' }),
    rule('charges', { kind: 'other', bankAccountId: 'a' }),
  ];
  assert.equal(ruleFor(rules, line('Interest on sweep 4711'))?.kind, 'sweep');
  assert.equal(ruleFor(rules, line('charges'))?.kind, 'other');
  assert.equal(
    ruleFor([rule('abc def'), rule('xyz uvw', { kind: 'other' })], line('abc def xyz uvw')),
    undefined,
  );
  assert.equal(ruleFor(rules, line('nothing of it')), undefined);
});
