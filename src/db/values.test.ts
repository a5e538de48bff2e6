// What values become on their way to PostgreSQL.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDate } from '#kernel/calendar.ts';
import { arrayLiteral } from './values.ts';

test('an array is written value by value, repeated ones and missing ones too', () => {
  const day = parseDate('2026-02-28');
  assert.equal(
    arrayLiteral([day, day, null, undefined, 5n, 5n, 'five', '', 'null', 'a "b"\\', 'a "b"\\', true]),
    '{2026-02-28,2026-02-28,NULL,NULL,5,5,five,"","null","a \\"b\\"\\\\","a \\"b\\"\\\\",true}',
  );
  assert.equal(arrayLiteral([undefined, null, 0, -1]), '{NULL,NULL,0,-1}');
  assert.equal(arrayLiteral([]), '{}');
});

test('bytes and objects in an array are written as PostgreSQL reads them', () => {
  const bytes = Uint8Array.of(0, 255);
  assert.equal(arrayLiteral([bytes, bytes, { a: 1 }]), '{"\\\\x00ff","\\\\x00ff","{\\"a\\":1}"}');
});
