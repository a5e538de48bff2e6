import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseDate } from '#kernel/calendar.ts';
import { cursorText, idKey, pageOfRows, readCursor } from './page-cursor.ts';

const text = (key: string): string => key;

test('keys come back as they were, whatever is in them', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (a, b) => {
      assert.deepEqual(readCursor(cursorText([a, b]), [text, text]), [a, b]);
    }),
  );
});

test('a text that we never gave out is refused', () => {
  for (const wrong of ['2026-02-30,x', 'x', '2026-02-28,a,b', '%,%'])
    assert.throws(() => readCursor(wrong, [parseDate, text]), { code: 'bad_input' }, wrong);
  assert.throws(() => readCursor('not-an-id', [idKey]), { code: 'bad_input' });
  assert.equal(readCursor(undefined, [text]), undefined);
});

test('a page has a next only when a row more than the limit was there', () => {
  assert.deepEqual(
    pageOfRows(['a', 'b', 'c'], 2, (row) => [row]),
    { rows: ['a', 'b'], next: 'b' },
  );
  assert.deepEqual(
    pageOfRows(['a', 'b'], 2, (row) => [row]),
    { rows: ['a', 'b'], next: null },
  );
  assert.deepEqual(
    pageOfRows([], 2, () => []),
    { rows: [], next: null },
  );
});
