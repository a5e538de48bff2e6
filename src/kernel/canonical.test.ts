import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jsonText } from './canonical.ts';

test('JSON for the database has nothing in it that the database cannot keep', () => {
  const cut = 'ab💥'.slice(0, 3);
  assert.equal(jsonText({ a: ['x\u0000y', cut], b: 1, c: undefined }), '{"a":["x\ufffdy","ab\ufffd"],"b":1}');
  assert.equal(jsonText('whole 💥 \\u0000'), JSON.stringify('whole 💥 \\u0000'));
});
