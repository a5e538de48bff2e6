import assert from 'node:assert/strict';
import { test } from 'node:test';
import { creditInvoice, readInvoice } from '#invoicing/contract.ts';
import type { UserId } from '#kernel/id.ts';
import { writeOffItems } from '#writeoffs/contract.ts';
import { anOffice } from '../../test/support/approvals.ts';
import { serveTo } from '../../test/support/ask.ts';
import { aCompany, anInvoice } from '../../test/support/builders.ts';
import { aPerson } from '../../test/support/people.ts';
import { ROUTES } from '../routes.ts';
import * as contract from './contract.ts';

test('a program is refused, asks, another approves, and the credit note is there', async () => {
  const { tenant } = await anOffice();
  const ask = await serveTo(tenant, ROUTES);
  // What is asked for is carried out for members only: whoever asks over HTTP here becomes one.
  await aPerson(tenant, 'controller', 'Asking Controller', tenant.as('controller').actor.id as UserId);
  const invoice = await anInvoice(tenant, { companyId: await aCompany(tenant), minor: 800_00n });
  const params = { invoiceId: invoice.invoiceId };
  const body = { reason: 'quality' };

  const refused = await ask('controller', creditInvoice, { params, body });
  assert.deepEqual([refused.status, refused.code], [409, 'approval_required']);
  const rehearsed = await ask('controller', creditInvoice, { params, body, rehearse: true });
  assert.equal(rehearsed.code, 'approval_required', 'a rehearsal tells before anything is sent');

  const wanted = { operation: 'credit-invoice', params, body, reason: 'Photos came' };
  const request = await ask('controller', contract.requestApproval, { body: wanted });
  assert.equal(request.status, 200);
  const waiting = await ask('owner', contract.countApprovals, {});
  assert.equal(waiting.reply.waiting, 1);
  assert.equal((await ask('controller', contract.countApprovals, {})).reply.waiting, 0);

  const views = async (role: 'owner' | 'controller', view: 'to_decide' | 'requested' | 'decided' | 'all') =>
    (await ask(role, contract.listApprovals, { query: { view } })).reply.rows.length;
  assert.deepEqual(
    [
      await views('owner', 'to_decide'),
      await views('controller', 'requested'),
      await views('owner', 'decided'),
    ],
    [1, 1, 0],
  );

  const { approvalId, contentHash } = request.reply;
  const listed = (await ask('owner', contract.listApprovals, { query: {} })).reply.rows[0];
  assert.ok(listed?.customerName, 'the list says whose customer it is about');
  const decided = await ask('owner', contract.decideApproval, {
    params: { approvalId },
    body: { verdict: 'approved', contentHash },
  });
  assert.equal(decided.reply.state, 'carried_out');
  const credited = await ask('owner', readInvoice, { params });
  assert.equal(credited.reply.creditable.amount, '0.00');
  assert.deepEqual(
    [await views('owner', 'to_decide'), await views('owner', 'decided'), await views('owner', 'all')],
    [0, 1, 1],
  );
  const shown = await ask('viewer', contract.readApproval, { params: { approvalId } });
  assert.deepEqual(
    [shown.reply.state, shown.reply.may.decide, shown.reply.versions.length],
    ['carried_out', 'not_permitted', 1],
  );
  const missing = await ask('owner', contract.readApproval, { params: { approvalId: invoice.invoiceId } });
  assert.equal(missing.code, 'approval_not_found');
});

test('rules are read as they hold: own, those of the kind above, or the default; only owners set them', async () => {
  const { tenant } = await anOffice([]);
  const ask = await serveTo(tenant, ROUTES);
  const rules = {
    version: 0,
    currency: 'EUR',
    order: 'parallel' as const,
    expiryDays: 3,
    bands: [
      {
        upTo: { amount: '10', currency: 'EUR' },
        alone: ['controller' as const],
        steps: [{ roles: ['owner' as const], people: 1 }],
      },
      { upTo: null, alone: [], steps: [{ roles: ['owner' as const], people: 1 }] },
    ],
  };
  const set = (role: 'owner' | 'controller', kind: string, body = rules) =>
    ask(role, contract.changePolicy, { params: { kind }, body });
  assert.equal((await set('controller', 'write_off')).code, 'not_permitted');
  assert.equal((await set('owner', 'holiday')).code, 'decision_kind_unknown');
  assert.deepEqual((await set('owner', 'write_off')).reply, { kind: 'write_off', version: 1 });
  assert.equal((await set('owner', 'write_off')).code, 'policy_changed_meanwhile');
  const { policies } = (await ask('viewer', contract.listPolicies, {})).reply;
  const found = (kind: string) => policies.find((policy) => policy.kind === kind);
  assert.deepEqual(
    ['credit_note', 'write_off', 'write_off.goodwill'].map((kind) => [
      found(kind)?.version,
      found(kind)?.from,
    ]),
    [
      [0, null],
      [1, 'write_off'],
      [0, 'write_off'],
    ],
  );
  assert.deepEqual(found('write_off.goodwill')?.bands[0]?.upTo, { amount: '10.00', currency: 'EUR' });
  assert.equal(found('credit_note')?.bands[0]?.upTo, null);
});

test('a write-off above the limit is refused over HTTP with a sentence that says what to do', async () => {
  const { tenant } = await anOffice();
  const ask = await serveTo(tenant, ROUTES);
  const { itemId } = await anInvoice(tenant, { companyId: await aCompany(tenant), minor: 900_00n });
  const refused = await ask('owner', writeOffItems, {
    body: { kind: 'bad_debt', reason: 'x', items: [{ itemId }] },
  });
  assert.deepEqual(
    [refused.status, refused.code, refused.facts.amount],
    [409, 'approval_required', '900.00 EUR'],
  );
});

test('delegations are listed, with who may end them', async () => {
  const { tenant, carl } = await anOffice();
  const ask = await serveTo(tenant, ROUTES);
  const made = await ask('owner', contract.delegateDuties, {
    body: { toUser: carl.userId, startsOn: '2026-01-10', endsOn: '2026-01-20', reason: 'Away' },
  });
  const { delegations, people } = (await ask('viewer', contract.listDelegations, {})).reply;
  assert.deepEqual(
    delegations.map((d) => [d.toUser.name, d.isInForce, d.may.end]),
    [['Carl Controller', true, 'not_permitted']],
  );
  assert.deepEqual(
    people.map((p) => p.name),
    ['Carl Controller', 'Cora Controller', 'Olga Owner'],
  );
  const params = { delegationId: made.reply.delegationId };
  assert.equal((await ask('controller', contract.endDelegation, { params })).code, 'not_your_delegation');
  assert.equal((await ask('owner', contract.endDelegation, { params })).status, 200);
  assert.equal((await ask('owner', contract.endDelegation, { params })).code, 'delegation_ended');
});
