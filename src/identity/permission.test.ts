import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRole, PERMISSIONS, permissionsOf, ROLES } from './permission.ts';

test('an owner may do everything', () => {
  for (const permission of PERMISSIONS) assert.ok(permissionsOf('owner').has(permission), permission);
});

test('only an owner decides who gets in', () => {
  for (const role of ROLES.filter((r) => r !== 'owner')) {
    for (const permission of ['tenant.manage', 'member.manage', 'api_key.manage'] as const) {
      assert.ok(!permissionsOf(role).has(permission), `${role} ${permission}`);
    }
  }
});

test('whoever applies cash can neither credit, void nor write off', () => {
  const may = permissionsOf('cash_applier');
  for (const permission of ['invoice.credit', 'invoice.void', 'write_off.post', 'invoice.issue'] as const) {
    assert.ok(!may.has(permission), permission);
  }
});

test('a collector cannot touch money received', () => {
  const may = permissionsOf('collector');
  for (const permission of ['payment.record', 'payment.apply', 'payment.return', 'bank.import'] as const) {
    assert.ok(!may.has(permission), permission);
  }
});

test('a viewer only reads', () => {
  assert.deepEqual(
    [...permissionsOf('viewer')].sort(),
    ['book.read', 'books.verify', 'message.read', 'report.read'].sort(),
  );
});

test('a commenter reads as a viewer does, and comments', () => {
  assert.deepEqual(
    [...permissionsOf('commenter')].sort(),
    [...permissionsOf('viewer'), 'comment.write'].sort(),
  );
});

test('every role reads the books', () => {
  for (const role of ROLES) assert.ok(permissionsOf(role).has('book.read'), role);
});

test('a role is recognised by its exact name', () => {
  assert.ok(isRole('cash_applier'));
  assert.ok(!isRole('Owner'));
  assert.ok(!isRole('constructor'));
});
