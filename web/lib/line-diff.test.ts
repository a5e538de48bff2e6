import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { diffLines, nearChanges } from './line-diff.ts';

test('what is taken and added around what stays is shown, and what lies far from it is counted', () => {
  const before = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'];
  const after = before.with(7, 'H');
  const lines = nearChanges(diffLines(before.join('\n'), after.join('\n')));
  assert.deepEqual(
    lines.map((line) => (typeof line === 'number' ? line : `${line.kind} ${line.text}`)),
    [4, 'same e', 'same f', 'same g', 'gone h', 'new H', 'same i'],
  );
});

test('without what is new it is the old text, without what is gone the new one', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(text, text, (before, after) => {
      const lines = diffLines(before.join('\n'), after.join('\n'));
      const without = (kind: string) => lines.filter((line) => line.kind !== kind).map((line) => line.text);
      assert.deepEqual(without('new'), before);
      assert.deepEqual(without('gone'), after);
    }),
  );
});

test('texts that are the same have no difference', () => {
  assert.deepEqual(nearChanges(diffLines('a\nb', 'a\nb')), [2]);
});
