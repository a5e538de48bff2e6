import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { OpenDocument } from './documents.ts';
import { certainDocuments, isOneSlip, readReferences } from './references.ts';

function documents(...numbers: readonly string[]): readonly OpenDocument[] {
  return numbers.map((number, index) => ({ id: `d${index}`, amount: 100, due: 0, issued: 0, number }));
}

function named(text: string, ...numbers: readonly string[]): readonly (string | undefined)[] | undefined {
  return certainDocuments(readReferences([text], documents(...numbers)))?.map(({ number }) => number);
}

test('numbers count without case, blanks around them and punctuation inside', () => {
  assert.deepEqual(named('Rechnung re-2026/0042, danke', 'RE-2026-0042', 'RE-2026-0043'), ['RE-2026-0042']);
});

test('several numbers of a line are all read', () => {
  assert.deepEqual(named('20260011;20260013', '20260011', '20260012', '20260013'), ['20260011', '20260013']);
});

test('a number without its letters and leading noughts is read', () => {
  assert.deepEqual(named('Rg 4711 v. Mai', 'RG0004711'), ['RG0004711']);
});

test('a lost digit, swapped digits, a cut beginning and numbers run together are read where only one document fits', () => {
  const numbers = ['20130512', '20147788', '20150034'];
  assert.deepEqual(named('2013512', ...numbers), ['20130512']);
  assert.deepEqual(named('20174788', ...numbers), ['20147788']);
  assert.deepEqual(named('50034', ...numbers), ['20150034']);
  assert.deepEqual(named('2013051220147788', ...numbers), ['20130512', '20147788']);
});

test('a slip that could be two documents names neither for certain', () => {
  assert.equal(named('2013051', '20130511', '20130512'), undefined);
});

test('a number that is open as it stands is not taken for a slip of another', () => {
  assert.deepEqual(named('20130512', '20130512', '20130521'), ['20130512']);
});

test('two documents with one number are not told apart', () => {
  assert.equal(named('4111098278', '4111098278', '4111098278'), undefined);
});

test("a text with a number that is nobody's is not certain", () => {
  assert.equal(named('20130512 99887766', '20130512'), undefined);
});

test('short numbers count only where a text is nothing but numbers', () => {
  assert.deepEqual(named('9 12', '9', '12'), ['9', '12']);
  assert.equal(named('invoice 9 of May', '9'), undefined);
});

test('one slip is symmetric, never nothing, and finds each lost, added, changed and swapped character', () => {
  const digits = fc.array(fc.constantFrom('0', '1', '2', '3', 'A'), { minLength: 2, maxLength: 8 });
  fc.assert(
    fc.property(
      digits,
      fc.nat(),
      fc.constantFrom('lost', 'added', 'changed', 'swapped'),
      (word, pick, kind) => {
        const at = pick % (word.length - 1);
        const slipped: string[] = [...word];
        if (kind === 'lost') slipped.splice(at, 1);
        if (kind === 'added') slipped.splice(at, 0, 'Z');
        if (kind === 'changed') slipped[at] = 'Z';
        if (kind === 'swapped') slipped.splice(at, 2, word[at + 1] ?? '', word[at] ?? '');
        const [a, b] = [word.join(''), slipped.join('')];
        assert.equal(isOneSlip(a, b), a !== b);
        assert.equal(isOneSlip(b, a), a !== b);
        assert.ok(!isOneSlip(a, a));
      },
    ),
  );
});
