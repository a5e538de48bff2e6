// Whoever is told that somebody else has to approve can ask them: the operations that refuse so are those that can be asked for.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { APPROVABLES } from '../../src/approvables.ts';
import { ROUTES } from '../../src/routes.ts';

test('operations that say that an approval is needed are those that can be asked for, and no others', () => {
  const saying = ROUTES.map((route) => route.operation)
    .filter((operation) => 'approval_required' in operation.refusals)
    .map((operation) => operation.id);
  const askable = APPROVABLES.approvables.map(({ operation }) => operation.id);
  assert.ok(askable.length > 8);
  assert.deepEqual(saying.sort(), [...askable].sort());
});

test('what is asked for is carried out by the command of the same name, so that what is approved is what was refused', () => {
  for (const { operation, command } of APPROVABLES.approvables) assert.equal(command.name, operation.id);
});
