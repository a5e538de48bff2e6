import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Condition, foundWords } from './escalation-words.ts';

const condition = (code: Condition['code'], failing: readonly string[]): Condition => ({
  code,
  isMet: failing.length === 0,
  isFirm: false,
  needed: '–',
  found: '–',
  failing: [...failing],
  messageIds: [],
  source: null,
});

test('a condition names the invoices that fail it, and says how many more there are', () => {
  assert.equal(foundWords(condition('not_disputed', ['A1', 'A2', 'A3'])), 'not so of A1, A2, A3');
  assert.equal(
    foundWords(condition('not_disputed', ['A1', 'A2', 'A3', 'A4', 'A5'])),
    'not so of A1, A2, A3 and 2 more',
  );
  // An address is the customer's, not an invoice's.
  assert.equal(foundWords(condition('address_known', ['A1'])), '');
});
