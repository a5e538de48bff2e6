import assert from 'node:assert/strict';
import { test } from 'node:test';
import { levelsOf } from './step-levels.ts';

test('steps that are near each other stand on levels of their own, as low as they can', () => {
  assert.deepEqual(levelsOf([], 5), []);
  assert.deepEqual(levelsOf([-3, 7, 14], 5), [0, 0, 0]);
  assert.deepEqual(levelsOf([7, 8, 20], 5), [0, 1, 0]);
  assert.deepEqual(levelsOf([0, 2, 4, 6], 5), [0, 1, 2, 0], 'the third covers neither of those before it');
  assert.deepEqual(levelsOf([4, 0, 2], 5), [2, 0, 1], 'in the order of their days');
  assert.deepEqual(levelsOf([0, 0, 0, 0], 5), [0, 1, 2, 0], 'there is room for no more');
});
