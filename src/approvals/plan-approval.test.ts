import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { UserId } from '#kernel/id.ts';
import { writeOffItems } from '#writeoffs/contract.ts';
import { anOffice } from '../../test/support/approvals.ts';
import { serveTo } from '../../test/support/ask.ts';
import { aCompany, anInvoice } from '../../test/support/builders.ts';
import { aPerson } from '../../test/support/people.ts';
import { ROUTES } from '../routes.ts';
import * as contract from './contract.ts';

async function anAsking() {
  const { tenant } = await anOffice();
  await aPerson(tenant, 'controller', 'Asking Controller', tenant.as('controller').actor.id as UserId);
  return { tenant, ask: await serveTo(tenant, ROUTES), companyId: await aCompany(tenant) };
}

function aWriteOff(itemId: string) {
  return { operation: writeOffItems.id, body: { kind: 'bad_debt', reason: 'x', items: [{ itemId }] } };
}

test('before anybody is asked one sees whose approval it takes, without oneself', async () => {
  const { tenant, ask, companyId } = await anAsking();
  const { itemId } = await anInvoice(tenant, { companyId, minor: 6_000_00n });
  const { reply } = await ask('controller', contract.planApproval, { body: aWriteOff(itemId) });
  assert.deepEqual(
    { needed: reply.needed, title: reply.title, amounts: reply.amounts, days: reply.expiryDays },
    {
      needed: true,
      title: 'Write-offs: bad debt',
      amounts: [{ amount: '6000.00', currency: 'EUR' }],
      days: 14,
    },
  );
  assert.deepEqual(
    reply.steps.map((step) => step.couldDecide),
    [['Carl Controller', 'Cora Controller'], ['Olga Owner']],
  );
  const { rows } = (await ask('owner', contract.listApprovals, { query: {} })).reply;
  assert.deepEqual(rows, [], 'nothing was asked');
});

test('what one may do alone needs nobody; what would be refused says why', async () => {
  const { tenant, ask, companyId } = await anAsking();
  const { itemId } = await anInvoice(tenant, { companyId, minor: 100_00n });
  const alone = await ask('controller', contract.planApproval, { body: aWriteOff(itemId) });
  assert.equal(alone.reply.needed, false);
  const collector = await ask('collector', contract.planApproval, { body: aWriteOff(itemId) });
  assert.equal(collector.reply.needed, true, 'a collector may ask, never do it');
  const body = {
    kind: 'bad_debt',
    reason: 'x',
    items: [{ itemId, amount: { amount: '101', currency: 'EUR' } }],
  };
  const refused = await ask('controller', contract.planApproval, {
    body: { operation: writeOffItems.id, body },
  });
  assert.deepEqual([refused.code, refused.facts.code], ['would_be_refused', 'exceeds_open']);
  assert.equal(
    (await ask('viewer', contract.planApproval, { body: aWriteOff(itemId) })).code,
    'not_permitted',
  );
});

const OWNER = { roles: ['owner' as const], people: 1 };
const RULES = {
  currency: 'EUR',
  order: 'serial' as const,
  expiryDays: 14,
  bands: [
    { upTo: { amount: '500', currency: 'EUR' }, alone: ['controller' as const], steps: [OWNER] },
    { upTo: null, alone: [], steps: [OWNER] },
  ],
};
const eur = (amount: string) => ({ amount, currency: 'EUR' });

test('rules that are being written say who would decide about an amount, the limit included', async () => {
  const { ask } = await anAsking();
  const bandOf = async (amount: string) =>
    (await ask('viewer', contract.planPolicy, { body: { ...RULES, amount: eur(amount) } })).reply.band;
  assert.deepEqual([await bandOf('500.00'), await bandOf('500.01')], [1, 2]);
  const wrong = await ask('viewer', contract.planPolicy, {
    body: { ...RULES, amount: { amount: '1', currency: 'USD' } },
  });
  assert.equal(wrong.code, 'wrong_currency');
  const unlimited = { ...RULES, bands: RULES.bands.slice(0, 1), amount: eur('1') };
  assert.equal((await ask('viewer', contract.planPolicy, { body: unlimited })).code, 'last_band_limited');
});

test('rules by which the only owner could never ask anybody are seen through before they are set', async () => {
  const { ask } = await anAsking();
  const tried = await ask('viewer', contract.planPolicy, { body: { ...RULES, amount: eur('900') } });
  assert.equal(tried.reply.enoughPeople, false, 'the one owner would have to decide about her own request');
  const either = { roles: ['owner' as const, 'controller' as const], people: 1 };
  const bands = RULES.bands.map((band) => ({ ...band, steps: [either] }));
  const eased = await ask('viewer', contract.planPolicy, { body: { ...RULES, bands, amount: eur('900') } });
  assert.equal(eased.reply.enoughPeople, true);
});
