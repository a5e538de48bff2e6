import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeApiKey } from '#identity/make-api-key.ts';
import { makeKey } from '#identity/make-secret.ts';
import { creditInvoice } from '#invoicing/credit-invoice.ts';
import { money } from '#kernel/money.ts';
import { applyPayment } from '#payments/apply-payment.ts';
import { writeOffItems } from '#writeoffs/write-off-items.ts';
import { act, anOffice } from '../../test/support/approvals.ts';
import { serveTo } from '../../test/support/ask.ts';
import { aCompany, aCustomer, anInvoice, aPayment } from '../../test/support/builders.ts';
import { ROUTES } from '../routes.ts';
import * as contract from './contract.ts';
import { DUTY_PAIRS, type Holder, holdersOf } from './duties.ts';

const holder = (role: Holder['role']): Holder => ({ kind: 'member', id: role, name: role, role });
const EVERYBODY = (['owner', 'controller', 'collector', 'cash_applier', 'viewer'] as const).map(holder);

test('by the roles that come along, nobody but owners and controllers can do both sides of anything', () => {
  for (const pair of DUTY_PAIRS) {
    const names = holdersOf(pair, EVERYBODY).map((one) => one.role);
    assert.ok(
      names.every((role) => role === 'owner' || role === 'controller'),
      `${pair.code}: ${names}`,
    );
  }
  const rules = DUTY_PAIRS.find((pair) => pair.code === 'rules_and_decisions');
  assert.deepEqual(rules && holdersOf(rules, EVERYBODY).map((one) => one.role), ['owner']);
});

/** A controller applies a payment and writes the rest off; another controller credits an invoice of somebody else. */
async function aBusyOffice() {
  const { tenant, carl, cora, olga } = await anOffice(['write_off']);
  const companyId = await aCompany(tenant);
  const customerId = await aCustomer(tenant, { name: 'Hollenstein' });
  const invoice = await anInvoice(tenant, { companyId, customerId, minor: 100_00n });
  const payment = await aPayment(tenant, { companyId, customerId, minor: 60_00n });
  await act(tenant, carl.now(), applyPayment, {
    paymentId: payment.paymentId,
    allocations: [{ itemId: invoice.itemId, amount: money(60_00n, 'EUR') }],
  });
  const writeOff = { kind: 'bad_debt' as const, reason: 'x', items: [{ itemId: invoice.itemId }] };
  await act(tenant, carl.now(), writeOffItems, writeOff);
  const other = await anInvoice(tenant, { companyId, customerId: await aCustomer(tenant), minor: 50_00n });
  await act(tenant, cora.now(), creditInvoice, {
    invoiceId: other.invoiceId,
    reason: 'other',
    reasonNote: 'Damaged',
  });
  return { tenant, carl, cora, olga, customerId, ask: await serveTo(tenant, ROUTES) };
}

test('who applied cash and wrote off for the same customer within some days is named, others are not', async () => {
  const { tenant, customerId, ask } = await aBusyOffice();
  const pairOf = async (code: string, query: object = {}) =>
    (await ask('viewer', contract.readDuties, { query })).reply.pairs.find((pair) => pair.code === code);
  const found = await pairOf('cash_and_write_offs');
  assert.deepEqual(
    found?.conflicts.map((c) => [c.person, c.customer?.id, c.one.type, c.other.type]),
    [['Carl Controller', customerId, 'payment.applied', 'write_off.posted']],
  );
  assert.equal(found?.guarded, true, 'rules ask a second person above an amount');
  assert.deepEqual(
    [(await pairOf('cash_and_credits'))?.conflicts, (await pairOf('cash_and_credits'))?.guarded],
    [[], false],
    'a credit to another customer is no conflict',
  );
  tenant.on('2026-03-20');
  assert.deepEqual((await pairOf('cash_and_write_offs', { lookBackDays: 10 }))?.conflicts, []);
});

test('deeds that lie further apart than asked for are no conflict', async () => {
  const { tenant, carl, ask } = await aBusyOffice();
  const companyId = await aCompany(tenant);
  const customerId = await aCustomer(tenant);
  const invoice = await anInvoice(tenant, { companyId, customerId, minor: 100_00n });
  const payment = await aPayment(tenant, { companyId, customerId, minor: 60_00n });
  const now = carl.now().now;
  const at = (days: number) => ({ ...carl.now(), now: now.add({ hours: 24 * days }) });
  await act(tenant, at(0), applyPayment, {
    paymentId: payment.paymentId,
    allocations: [{ itemId: invoice.itemId, amount: money(60_00n, 'EUR') }],
  });
  const wish = { kind: 'bad_debt' as const, reason: 'x', items: [{ itemId: invoice.itemId }] };
  await act(tenant, at(20), writeOffItems, wish);
  tenant.on('2026-02-10');
  const count = async (apartDays: number) => {
    const { reply } = await ask('owner', contract.readDuties, { query: { apartDays: String(apartDays) } });
    return reply.pairs.find((pair) => pair.code === 'cash_and_write_offs')?.conflicts.length;
  };
  assert.deepEqual([await count(19), await count(21)], [1, 2]);
});

test('a key stands for the person who made it, and is listed with what it could do', async () => {
  const { tenant, olga, ask } = await aBusyOffice();
  const { apiKeyId } = await act(tenant, olga.now(), makeApiKey(makeKey()), { name: 'Shop', role: 'owner' });
  const byKey = {
    ...olga.now(),
    actor: { kind: 'api_key' as const, id: apiKeyId, name: 'Shop' },
  };
  const customerId = await aCustomer(tenant);
  const companyId = await aCompany(tenant);
  const invoice = await anInvoice(tenant, { companyId, customerId, minor: 80_00n });
  const payment = await aPayment(tenant, { companyId, customerId, minor: 60_00n });
  await act(tenant, byKey, applyPayment, {
    paymentId: payment.paymentId,
    allocations: [{ itemId: invoice.itemId, amount: money(60_00n, 'EUR') }],
  });
  const wish = { kind: 'bad_debt' as const, reason: 'x', items: [{ itemId: invoice.itemId }] };
  await act(tenant, olga.now(), writeOffItems, wish);
  const { reply } = await ask('viewer', contract.readDuties, {});
  const pair = reply.pairs.find((one) => one.code === 'cash_and_write_offs');
  assert.ok(pair?.holders.some((one) => one.kind === 'api_key' && one.name === 'Shop'));
  assert.ok(pair?.holders.some((one) => one.kind === 'member' && one.name === 'Olga Owner'));
  assert.deepEqual(
    pair?.conflicts.filter((one) => one.customer?.id === customerId).map((one) => one.person),
    ['Olga Owner'],
    'her key applied the cash, she wrote the rest off',
  );
});
