// Every operation refuses the roles that lack its permission; permissions and refusals are closed lists.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { COMMON_REFUSALS } from '#http/contract.ts';
import { PERMISSIONS, type Permission, permissionsOf, ROLES, type Role } from '#identity/permission.ts';
import { readSources } from '../../src/describe.ts';
import { OTHER_REFUSALS } from '../../src/other-refusals.ts';
import { ROUTES } from '../../src/routes.ts';
import { sampleOf } from '../support/sample.ts';
import { type Ask, testServer } from '../support/server.ts';

const OPERATIONS = ROUTES.map((route) => route.operation);
const people = new Map<Role, Ask>();

before(async () => {
  const tenant = await (await testServer()).newTenant();
  people.set('owner', tenant.owner);
  for (const role of ROLES.filter((r) => r !== 'owner')) people.set(role, await tenant.as(role));
});

const mayNot = (permission: string) =>
  ROLES.filter((role) => !permissionsOf(role).has(permission as Permission));

for (const operation of OPERATIONS) {
  test(`${operation.id} needs a permission there is`, () => {
    assert.ok((PERMISSIONS as readonly string[]).includes(operation.permission), operation.permission);
    if (operation.kind === 'query') return;
    assert.notEqual(operation.method, 'GET', 'a change is never made by GET');
    assert.ok(mayNot(operation.permission).includes('viewer'), 'a viewer changes nothing');
  });

  for (const role of mayNot(operation.permission)) {
    test(`${operation.id} refuses a ${role}`, async () => {
      const { url, body } = sampleOf(operation);
      const ask = people.get(role);
      const answer = await ask?.(url, { method: operation.method, ...(body === undefined ? {} : { body }) });
      assert.deepEqual(
        [answer?.status, answer?.body.code, answer?.body.facts],
        [403, 'not_permitted', { permission: operation.permission }],
      );
    });
  }
}

test('every refusal in the code is listed, with what is wrong and what to do', async () => {
  const listed = new Set([
    ...OPERATIONS.flatMap((operation) => Object.keys(operation.refusals)),
    ...Object.keys(COMMON_REFUSALS),
    ...Object.keys(OTHER_REFUSALS),
  ]);
  const missing = new Map<string, string[]>();
  for (const [path, text] of await readSources()) {
    for (const [, code = ''] of text.matchAll(/new Refusal\(\s*'([a-z0-9_]+)'/g)) {
      if (!listed.has(code)) missing.set(code, [...(missing.get(code) ?? []), path]);
    }
  }
  assert.deepEqual(
    [...missing].sort().map(([code, paths]) => `${code}: ${[...new Set(paths)].join(', ')}`),
    [],
    'list it in the contract of the operation that gives it, or in src/other-refusals.ts',
  );
});

test('what a refusal means is a whole sentence', () => {
  const messages = [
    ...OPERATIONS.flatMap((o) =>
      Object.entries(o.refusals).map(([code, [, message]]) => [code, message] as const),
    ),
    ...Object.entries(COMMON_REFUSALS).map(([code, [, message]]) => [code, message] as const),
    ...Object.entries(OTHER_REFUSALS).map(([code, [, message]]) => [code, message] as const),
  ];
  for (const [code, message] of messages) {
    assert.match(code, /^[a-z][a-z0-9_]*$/);
    assert.match(message, /^[A-Z“"].*[.!]$/s, code);
  }
});
