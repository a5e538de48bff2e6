import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import { changePolicy } from '#approvals/change-policy.ts';
import { inTenant } from '#db/transaction.ts';
import { present } from '#kernel/assert.ts';
import { parseDate } from '#kernel/calendar.ts';
import { newId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { addCustomerBankAccount } from '#parties/change-bank-accounts.ts';
import { unapplyPayment } from '#payments/unapply-payment.ts';
import { grantRefund } from '#refunds/grant-refund.ts';
import { serveTo } from '../../test/support/ask.ts';
import { checkBooks, countRows, refusesWithoutTrace } from '../../test/support/books.ts';
import { aCompany, aCustomer, anInvoice, aPayment, itemsOf } from '../../test/support/builders.ts';
import { toolsOf } from '../../test/support/mail.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import { APPROVABLES } from '../approvables.ts';
import { react } from '../reactions.ts';
import { applyCredit } from './apply-credit.ts';
import * as contract from './contract.ts';
import { consentsJobs } from './jobs.ts';
import { putConsent } from './put-consent.ts';
import { CREDIT_QUEUE } from './queues.ts';
import { routes } from './routes.ts';

async function setting() {
  const tenant = await newTenant();
  const companyId = await aCompany(tenant);
  const customerId = await aCustomer(tenant);
  const say = (isGiven: boolean) =>
    tenant.act('collector', putConsent, { customerId, isGiven, saidBy: 'Ms Novak, accounts' });
  const pay = (minor: bigint, receivedOn: string) =>
    aPayment(tenant, { companyId, customerId, minor, receivedOn });
  /** An invoice with what the worker does once it is issued. */
  const issue = async (minor: bigint) => {
    const { invoiceId } = await anInvoice(tenant, { companyId, customerId, minor });
    const { applications } = await tenant.act('cash_applier', applyCredit, { invoiceId });
    const [item] = await itemsOf(tenant, invoiceId);
    return { invoiceId, open: item?.open.minor, applications };
  };
  return { tenant, companyId, customerId, say, pay, issue };
}

/** An owner grants refunds alone. */
async function allowAlone(tenant: TestTenant): Promise<void> {
  await tenant.act('owner', changePolicy(APPROVABLES), {
    kind: 'refund',
    version: 0,
    policy: {
      currency: null,
      order: 'serial',
      expiryDays: 14,
      bands: [{ upTo: null, alone: ['owner'], steps: [{ roles: ['controller'], people: 1 }] }],
    },
  });
}

test('money on account stays where the customer did not consent, and goes to the next invoice where it did', async () => {
  const { tenant, say, pay, issue } = await setting();
  await pay(30_00n, '2026-01-09');
  await pay(50_00n, '2026-01-04');
  assert.deepEqual((await issue(10_00n)).applications, []);
  await say(true);
  const next = await issue(60_00n);
  assert.deepEqual([next.open, next.applications.length], [0n, 2]);
  const books = await checkBooks(tenant);
  assert.deepEqual([books['unapplied-cash'], books.receivables], [-20_00n, 10_00n]);
  await say(false);
  assert.deepEqual((await issue(5_00n)).applications, []);
});

test('what is granted back stays on account, and other companies and currencies are left alone', async () => {
  const { tenant, companyId, customerId, say, pay, issue } = await setting();
  await say(true);
  await allowAlone(tenant);
  await pay(50_00n, '2026-01-04');
  const other = await aCompany(tenant);
  await aPayment(tenant, { companyId: other, customerId, minor: 70_00n });
  const account = { customerId, account: 'DE02120300000000202051' };
  const { bankAccountId } = await tenant.act('controller', addCustomerBankAccount, account);
  const amount = money(20_00n, 'EUR');
  await tenant.act('owner', grantRefund, {
    companyId,
    customerId,
    amount,
    bankAccountId,
    reason: 'Paid twice',
  });
  assert.equal((await issue(60_00n)).open, 30_00n);
  await checkBooks(tenant);
});

test('a refund granted while an invoice waits for the money on account keeps it', async () => {
  const { tenant, companyId, customerId, say, pay } = await setting();
  await say(true);
  const { paymentId } = await pay(50_00n, '2026-01-04');
  const account = { customerId, account: 'DE02120300000000202051' };
  const { bankAccountId } = await tenant.act('controller', addCustomerBankAccount, account);
  const { invoiceId } = await anInvoice(tenant, { companyId, customerId, minor: 50_00n });
  await allowAlone(tenant);
  // The payment is held until the refund is granted: what was promised back was read before that.
  const held = inTenant(tenant.pool, tenant.tenantId, async (tx) => {
    await tx.run(
      sql`select id from payment where tenant_id = ${tx.tenantId} and id = ${paymentId} for update`,
    );
    await tx.run(sql`select pg_sleep(0.6)`);
  });
  await setTimeout(150);
  const applying = tenant.act('cash_applier', applyCredit, { invoiceId });
  await setTimeout(150);
  const amount = money(50_00n, 'EUR');
  const wish = { companyId, customerId, amount, bankAccountId, reason: 'Paid twice' };
  await tenant.act('owner', grantRefund, wish);
  assert.deepEqual((await applying).applications, []);
  await held;
  assert.equal((await itemsOf(tenant, paymentId))[0]?.open.minor, -50_00n);
});

test('what a person takes back stays taken back, and the application keeps the consent it rests on', async () => {
  const { tenant, say, pay, issue } = await setting();
  const { consentId } = await say(true);
  const { paymentId } = await pay(50_00n, '2026-01-04');
  const { invoiceId } = await issue(50_00n);
  await tenant.act('cash_applier', unapplyPayment, { paymentId });
  assert.equal((await itemsOf(tenant, invoiceId))[0]?.open.minor, 50_00n);
  await checkBooks(tenant);
  const used = (await tenant.events()).filter(({ type }) => type === 'credit_consent.used');
  assert.deepEqual(
    used.map((one) => (one.data as { consentId: string }).consentId),
    [consentId],
  );
});

test('the job of an invoice applies what its customer consented to, and of any other carries out nothing', async () => {
  const { tenant, companyId, customerId, say, pay } = await setting();
  const work = present(consentsJobs({ ...toolsOf(tenant), dataDir: '' })[CREDIT_QUEUE], 'its handler');
  const issueAndWork = async () => {
    const { invoiceId } = await anInvoice(tenant, { companyId, customerId, minor: 20_00n });
    const before = await countRows(tenant);
    await work({ tenantId: tenant.tenantId, payload: { invoiceId }, jobId: crypto.randomUUID() });
    const isUntouched = isDeepStrictEqual(await countRows(tenant), before);
    return [(await itemsOf(tenant, invoiceId))[0]?.open.minor, isUntouched];
  };
  await pay(50_00n, '2026-01-04');
  assert.deepEqual(await issueAndWork(), [20_00n, true]);
  await say(true);
  assert.deepEqual(await issueAndWork(), [0n, false]);
  await say(false);
  assert.deepEqual(await issueAndWork(), [20_00n, true]);
});

test('who said what is kept; an invoice that is issued brings the job about', async () => {
  const { tenant, customerId, say } = await setting();
  const ask = await serveTo(tenant, routes);
  const read = async () => (await ask('viewer', contract.getConsent, { params: { customerId } })).reply;
  assert.deepEqual(await read(), { isGiven: false, said: [] });
  await say(true);
  await say(false);
  const { isGiven, said } = await read();
  assert.deepEqual(
    [isGiven, said.map((one) => [one.isGiven, one.saidBy])],
    [
      false,
      [
        [false, 'Ms Novak, accounts'],
        [true, 'Ms Novak, accounts'],
      ],
    ],
  );
  const body = { customerId, isGiven: true, saidBy: 'x' };
  await refusesWithoutTrace(tenant, 'dated_in_future', () =>
    tenant.act('collector', putConsent, { ...body, saidOn: parseDate('2026-01-16') }),
  );
  await refusesWithoutTrace(tenant, 'customer_not_found', () =>
    tenant.act('collector', putConsent, { ...body, customerId: newId<'customer'>() }),
  );
  await refusesWithoutTrace(tenant, 'not_permitted', () => tenant.act('viewer', putConsent, body));
  const event = { type: 'invoice.issued', subjectId: 'i', data: {} } as never;
  assert.ok(react(event).some((job) => job.queue === CREDIT_QUEUE));
});
