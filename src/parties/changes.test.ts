import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changeOf } from './changes.ts';

const before = { id: 'x', name: 'Old', city: 'Brno' as string | null };

test('only fields that were given and differ are changed, and what was before is kept', () => {
  assert.deepEqual(changeOf(before, { name: 'New', city: 'Brno' }), {
    after: { id: 'x', name: 'New', city: 'Brno' },
    fields: ['name'],
    changes: { name: { from: 'Old', to: 'New' } },
  });
});

test('null empties a field, undefined leaves it', () => {
  const { after, fields } = changeOf(before, { name: undefined, city: null });
  assert.deepEqual(after, { id: 'x', name: 'Old', city: null });
  assert.deepEqual(fields, ['city']);
});
