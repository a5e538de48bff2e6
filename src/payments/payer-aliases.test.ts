import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseDate } from '#kernel/calendar.ts';
import { checkAlias, isWorthProposing } from '#paying/alias.ts';
import { acceptAlias, revokeAlias } from '#paying/change-aliases.ts';
import * as contract from '#paying/contract.ts';
import { routes } from '#paying/routes.ts';
import { serveTo } from '../../test/support/ask.ts';
import { aCompany, aCustomer, anInvoice, aPayment } from '../../test/support/builders.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { applyReceipts } from './apply-receipts.ts';
import * as payments from './contract.ts';
import { identifyPayment } from './identify-payment.ts';
import { routes as paymentRoutes } from './routes.ts';

const PAYER = 'Holding Nord SE';

async function setUp() {
  const tenant = await newTenant();
  const companyId = await aCompany(tenant);
  const customerId = await aCustomer(tenant);
  const ask = await serveTo(tenant, [...routes, ...paymentRoutes]);
  const paid = async (by: { payerName?: string; payerAccount?: string; on?: string }, whose = customerId) => {
    const { on, ...payer } = by;
    const { paymentId } = await aPayment(tenant, {
      companyId,
      ...payer,
      ...(on === undefined ? {} : { receivedOn: on }),
    });
    await tenant.act('cash_applier', identifyPayment, { paymentId, customerId: whose });
    return paymentId;
  };
  const proposals = async (paymentId?: string) =>
    (await ask('viewer', contract.listAliasProposals, { query: { paymentId } })).reply.rows;
  const payerOf = async (paymentId: string) =>
    (await ask('viewer', payments.getPayment, { params: { paymentId } })).reply.match?.payer?.id;
  return { tenant, companyId, customerId, ask, paid, proposals, payerOf };
}

test('what a person says of payers is proposed with how often it would have been right, and once accepted it is used', async () => {
  const { tenant, companyId, customerId, paid, proposals, payerOf } = await setUp();
  await paid({ payerName: PAYER });
  const paymentId = await paid({ payerName: 'holding nord se' });
  const [proposal, ...more] = await proposals();
  assert.deepEqual(more, []);
  assert.deepEqual(
    [proposal?.kind, proposal?.customer.id, proposal?.right, proposal?.asked],
    ['name', customerId, 2, 2],
  );
  assert.deepEqual((await proposals(paymentId)).length, 1);
  const next = await aPayment(tenant, { companyId, payerName: PAYER });
  assert.equal(await payerOf(next.paymentId), undefined);
  await tenant.act('cash_applier', acceptAlias, { kind: 'name', written: PAYER, customerId });
  assert.equal(await payerOf(next.paymentId), customerId);
  assert.deepEqual(await proposals(), [], 'what is known is not proposed again');
});

test('an account that pays for a customer is learnt like a name', async () => {
  const { ask, tenant, companyId, customerId, paid, payerOf } = await setUp();
  const account = 'DE02120300000000202051';
  await paid({ payerAccount: account });
  const accepted = await ask('cash_applier', contract.acceptAlias, {
    body: { kind: 'account', written: account, customerId },
  });
  assert.equal(accepted.status, 200);
  const next = await aPayment(tenant, { companyId, payerAccount: account });
  assert.equal(await payerOf(next.paymentId), customerId);
});

test('a receipt by which a known payer pays one open invoice to the cent is applied once the name is accepted', async () => {
  const { tenant, companyId, customerId, paid, ask } = await setUp();
  await paid({ payerName: PAYER });
  await anInvoice(tenant, { companyId, customerId, minor: 812_34n });
  const { paymentId } = await aPayment(tenant, { companyId, payerName: PAYER, minor: 812_34n });
  const decision = async () =>
    (await ask('viewer', payments.getPayment, { params: { paymentId } })).reply.match?.decision;
  assert.equal(await decision(), 'wait');
  await tenant.act('cash_applier', acceptAlias, { kind: 'name', written: PAYER, customerId });
  assert.equal(await decision(), 'apply');
});

test('it ends on its day by value date, and at once when it is revoked; every version is kept', async () => {
  const { tenant, companyId, customerId, paid, payerOf, ask } = await setUp();
  await paid({ payerName: PAYER });
  const sign = { kind: 'name', written: PAYER, customerId } as const;
  const untilOn = tenant.as('viewer').today;
  const first = await tenant.act('cash_applier', acceptAlias, { ...sign, untilOn });
  const before = await aPayment(tenant, { companyId, payerName: PAYER, receivedOn: untilOn.toString() });
  assert.equal(await payerOf(before.paymentId), customerId);
  const nextDay = untilOn.add({ days: 1 }).toString();
  tenant.on(nextDay);
  const after = await aPayment(tenant, { companyId, payerName: PAYER, receivedOn: nextDay });
  assert.equal(await payerOf(after.paymentId), undefined);
  const twice = tenant.act('cash_applier', acceptAlias, sign);
  await assert.rejects(twice, { code: 'alias_known' });
  await tenant.act('cash_applier', revokeAlias, { aliasId: first.aliasId });
  assert.equal(await payerOf(before.paymentId), undefined);
  await assert.rejects(tenant.act('cash_applier', revokeAlias, { aliasId: first.aliasId }), {
    code: 'alias_revoked',
  });
  await tenant.act('cash_applier', acceptAlias, sign);
  const { reply } = await ask('viewer', contract.listAliases, {});
  assert.deepEqual(
    reply.rows.map(({ revokedAt }) => revokedAt === null),
    [true, false],
  );
});

test('what points to two customers alike is neither proposed nor accepted', async () => {
  const { tenant, customerId, paid, proposals } = await setUp();
  const other = await aCustomer(tenant);
  await paid({ payerName: PAYER });
  await paid({ payerName: PAYER }, other);
  assert.deepEqual(await proposals(), []);
  const accepted = tenant.act('cash_applier', acceptAlias, { kind: 'name', written: PAYER, customerId });
  await assert.rejects(accepted, { code: 'alias_not_supported' });
  const past = parseDate('2020-01-01');
  const late = tenant.act('cash_applier', acceptAlias, {
    kind: 'name',
    written: PAYER,
    customerId,
    untilOn: past,
  });
  await assert.rejects(late, { code: 'alias_ends_before_today' });
});

test('nothing is proposed that would not be accepted', () => {
  fc.assert(
    fc.property(fc.nat(500), fc.nat(500), (right, wrong) => {
      const replay = { right, asked: right + wrong };
      if (isWorthProposing(replay)) checkAlias(replay);
    }),
  );
});

test('a word in what payers write is proposed once it stood on two receipts of one customer, and used once accepted', async () => {
  const { tenant, companyId, customerId, ask, proposals, payerOf } = await setUp();
  const other = await aCustomer(tenant);
  const paid = async (reference: string, whose: typeof customerId) => {
    const { paymentId } = await aPayment(tenant, { companyId, reference });
    await tenant.act('cash_applier', identifyPayment, { paymentId, customerId: whose });
    return paymentId;
  };
  const invoice = await anInvoice(tenant, { companyId, customerId, minor: 77_00n });
  await paid('Project PRJ-881 march 2026-03-05', customerId);
  assert.deepEqual(await proposals(), [], 'one receipt is no evidence');
  const second = await paid(`prj-881 april ${invoice.number} X7 12.500,00`, customerId);
  await paid('VAT-2026-X of everybody', customerId);
  await paid('vat-2026-x again', other);
  const [proposal, ...more] = await proposals();
  assert.deepEqual(more, [], 'no days, amounts, numbers of documents, nor what points to two');
  assert.deepEqual(
    [proposal?.kind, proposal?.customer.id, proposal?.right, proposal?.asked],
    ['word', customerId, 2, 2],
  );
  assert.equal((await proposals(second)).length, 1);
  const next = await aPayment(tenant, { companyId, minor: 77_00n, reference: 'thanks, PRJ 881? PRJ-881.' });
  assert.equal(await payerOf(next.paymentId), undefined);
  const accepted = await ask('cash_applier', contract.acceptAlias, {
    body: { kind: 'word', written: 'PRJ-881', customerId },
  });
  assert.deepEqual([accepted.status, accepted.reply.right, accepted.reply.asked], [200, 2, 2]);
  assert.equal(await payerOf(next.paymentId), customerId);
  assert.deepEqual(await proposals(), [], 'what is known is not proposed again');

  await tenant.act('cash_applier', applyReceipts, { companyId });
  const { reply } = await ask('viewer', payments.getPayment, { params: { paymentId: next.paymentId } });
  const words = (reply.certificate?.certificate as { payerWords?: { aliasId: string; written: string }[] })
    ?.payerWords;
  assert.deepEqual(
    words?.map(({ aliasId, written }) => [aliasId, written]),
    [[accepted.reply.aliasId, 'PRJ-881']],
    'the certificate says by which word',
  );

  await tenant.act('cash_applier', revokeAlias, { aliasId: accepted.reply.aliasId });
  const last = await aPayment(tenant, { companyId, reference: 'PRJ-881' });
  assert.equal(await payerOf(last.paymentId), undefined);
});

test('a word and an account that point to two customers point to nobody', async () => {
  const { tenant, companyId, customerId, payerOf, paid } = await setUp();
  const other = await aCustomer(tenant);
  const account = 'DE02120300000000202051';
  await paid({ payerAccount: account });
  await tenant.act('cash_applier', acceptAlias, { kind: 'account', written: account, customerId });
  for (const n of [1, 2]) {
    const { paymentId } = await aPayment(tenant, { companyId, reference: `K-77X no ${n}` });
    await tenant.act('cash_applier', identifyPayment, { paymentId, customerId: other });
  }
  await tenant.act('cash_applier', acceptAlias, { kind: 'word', written: 'K-77X', customerId: other });
  const next = await aPayment(tenant, { companyId, payerAccount: account, reference: 'K-77X' });
  assert.equal(await payerOf(next.paymentId), undefined);
});
