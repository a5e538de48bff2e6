import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { changePolicy } from '#approvals/change-policy.ts';
import { carryOut } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import { parseDate } from '#kernel/calendar.ts';
import { newId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { addCustomerBankAccount, archiveCustomerBankAccount } from '#parties/change-bank-accounts.ts';
import { addBankAccount } from '#payments/add-bank-account.ts';
import { applyPayment } from '#payments/apply-payment.ts';
import { importBankFile } from '#payments/import-bank-file.ts';
import { returnPayment } from '#payments/return-payment.ts';
import { serveTo } from '../../test/support/ask.ts';
import { aCamt053 } from '../../test/support/bank-files.ts';
import { checkBooks, refusesWithoutTrace } from '../../test/support/books.ts';
import { aCompany, aCustomer, anInvoice, aPayment } from '../../test/support/builders.ts';
import { toolsOf } from '../../test/support/mail.ts';
import { RACERS, race } from '../../test/support/race.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import { APPROVABLES } from '../approvables.ts';
import { putRefundSetting, shortenRefund, withdrawRefund } from './change-refund.ts';
import * as contract from './contract.ts';
import { exportRefunds } from './export-refunds.ts';
import { grantRefund } from './grant-refund.ts';
import { refundsJobs } from './jobs.ts';
import { REFUNDS_QUEUE } from './queues.ts';
import { payableFrom, stateOf } from './refund.ts';
import { routes } from './routes.ts';

const eur = (minor: bigint) => money(minor, 'EUR');
const IBAN = 'DE89370400440532013000';
const OURS = 'DE02120300000000202051';

/** Refunds are granted by owners alone here, so that tests need no second person where they are about something else. */
async function setting(policy: 'owner alone' | 'none stated' = 'owner alone') {
  const tenant = await newTenant();
  if (policy === 'owner alone') await ownersAlone(tenant);
  const companyId = await aCompany(tenant, { city: 'Hamburg', postalCode: '20095' });
  const customerId = await aCustomer(tenant, { name: 'Øster & Co' });
  const { bankAccountId } = await tenant.act('controller', addCustomerBankAccount, {
    customerId,
    account: IBAN,
  });
  const ours = await tenant.act('owner', addBankAccount, {
    companyId,
    name: 'Main',
    account: OURS,
    currency: 'EUR',
  });
  await aPayment(tenant, { companyId, customerId, minor: 100_00n });
  const grant = (minor: bigint, account = bankAccountId) =>
    tenant.act('owner', grantRefund, {
      companyId,
      customerId,
      amount: eur(minor),
      bankAccountId: account,
      reason: 'Paid twice',
    });
  const order = (...refundIds: string[]) =>
    tenant.act('owner', exportRefunds, { companyId, bankAccountId: ours.bankAccountId, refundIds });
  return { tenant, companyId, customerId, bankAccountId, grant, order };
}

const ownersAlone = (tenant: TestTenant) =>
  tenant.act('owner', changePolicy(APPROVABLES), {
    kind: 'refund',
    version: 0,
    policy: {
      currency: null,
      order: 'serial',
      expiryDays: 14,
      bands: [{ upTo: null, alone: ['owner'], steps: [{ roles: ['controller'], people: 1 }] }],
    },
  });

test('nobody grants a refund alone where no rules are set', async () => {
  const { tenant, grant } = await setting('none stated');
  await refusesWithoutTrace(tenant, 'approval_required', () => grant(10_00n));
});

test('no more is granted than credit that nothing was applied of, over all refunds granted', async () => {
  const { tenant, companyId, customerId, grant } = await setting();
  const invoice = await anInvoice(tenant, { companyId, customerId });
  const other = await aPayment(tenant, { companyId, customerId, minor: 50_00n });
  await tenant.act('cash_applier', applyPayment, {
    paymentId: other.paymentId,
    allocations: [{ itemId: invoice.itemId, amount: eur(50_00n) }],
  });
  await refusesWithoutTrace(tenant, 'refund_exceeds_credit', () => grant(100_01n));
  await refusesWithoutTrace(tenant, 'amount_not_positive', () => grant(0n));
  const first = await grant(60_00n);
  await refusesWithoutTrace(tenant, 'refund_exceeds_credit', () => grant(40_01n));
  await tenant.act('owner', withdrawRefund, { refundId: first.refundId, reason: 'asked for by mistake' });
  await grant(100_00n);
});

test('refunds of the same credit granted at once: one is granted', async () => {
  const { tenant, grant } = await setting();
  // Nothing is written before all have looked at the credit, as far as they are let.
  const held = inTenant(tenant.pool, tenant.tenantId, async (tx) => {
    await tx.run(sql`lock table refund in share mode`);
    await tx.run(sql`select pg_sleep(0.5)`);
  });
  const { won, codes } = await race(
    tenant,
    Array.from({ length: RACERS }, () => () => grant(80_00n)),
  );
  await held;
  assert.equal(won, 1);
  assert.deepEqual(new Set(codes), new Set(['refund_exceeds_credit']));
});

test('a new account waits; only somebody else makes sure of it', async () => {
  const { tenant, grant, order } = await setting();
  const { refundId, payableFrom: from } = await grant(10_00n);
  assert.equal(from, '2026-01-20');
  await refusesWithoutTrace(tenant, 'refund_waiting', () => order(refundId));
  const shorten = (role: 'owner' | 'controller') =>
    tenant.act(role, shortenRefund, { refundId, reason: 'called the number we know' });
  await refusesWithoutTrace(tenant, 'second_person_needed', () => shorten('owner'));
  // The controller of this test added the account.
  await refusesWithoutTrace(tenant, 'second_person_needed', () => shorten('controller'));
  const third = { ...tenant.as('controller'), actor: { kind: 'user', id: newId(), name: 'Third' } } as const;
  const other = await grant(5_00n);
  const made = { refundId: other.refundId, reason: 'called the number we know' };
  await carryOut(tenant.door, third, shortenRefund, made, {});
  await order(other.refundId);
  tenant.on('2026-01-19');
  await refusesWithoutTrace(tenant, 'refund_waiting', () => order(refundId));
  tenant.on('2026-01-20');
  await refusesWithoutTrace(tenant, 'refund_not_waiting', () => shorten('controller'));
  await order(refundId);
});

test('a waiting time of no days pays at once; an account learned long ago does not wait', async () => {
  const { tenant, companyId, grant, order } = await setting();
  await tenant.act('owner', putRefundSetting, { companyId, waitingDays: 0 });
  await order((await grant(10_00n)).refundId);
  await tenant.act('owner', putRefundSetting, { companyId, waitingDays: 30 });
  tenant.on('2026-03-01');
  assert.equal((await grant(10_00n)).payableFrom, '2026-03-01');
});

test('ordered refunds are booked from the oldest credit and stand in one file to the cent', async () => {
  const { tenant, customerId, grant, order } = await setting();
  const ask = await serveTo(tenant, routes);
  const states = async () =>
    (await ask('viewer', contract.listRefunds, { query: { customerId } })).reply.rows.map((row) => row.state);
  const ids = [(await grant(10_00n)).refundId, (await grant(20_05n)).refundId];
  assert.deepEqual(await states(), ['waiting', 'waiting']);
  tenant.on('2026-02-01');
  assert.deepEqual(await states(), ['payable', 'payable']);
  await refusesWithoutTrace(tenant, 'refund_named_twice', () => order(ids[0] ?? '', ids[0] ?? ''));
  const done = await order(...ids);
  assert.equal(done.total.amount, '30.05');
  const books = await checkBooks(tenant);
  assert.equal(books['unapplied-cash'], -69_95n);
  assert.equal(books.bank, 69_95n);
  const file = await ask('controller', contract.downloadRefundFile, { params: { fileId: done.fileId } });
  const text = file.bytes.toString();
  assert.match(text, /<CtrlSum>30.05<\/CtrlSum>/);
  for (const { payment } of done.refunds) assert.ok(text.includes(`<EndToEndId>${payment}</EndToEndId>`));
  assert.ok(
    text.includes('<Nm>Oster + Co</Nm>') && text.includes(`<IBAN>${IBAN}</IBAN>`) && text.includes(OURS),
  );
  assert.deepEqual(await states(), ['ordered', 'ordered']);
  await refusesWithoutTrace(tenant, 'refund_ended', () => order(...ids));
  await refusesWithoutTrace(tenant, 'refund_ended', () =>
    tenant.act('owner', withdrawRefund, { refundId: ids[0] ?? '', reason: 'too late' }),
  );
  assert.equal(
    (await ask('viewer', contract.downloadRefundFile, { params: { fileId: done.fileId } })).code,
    'not_permitted',
  );
});

test('a line of the bank that names an ordered refund to the cent shows that it was paid; another does not', async () => {
  const { tenant, customerId, grant, order } = await setting();
  const ids = [(await grant(10_00n)).refundId, (await grant(20_05n)).refundId];
  tenant.on('2026-02-01');
  const done = await order(...ids);
  const numberOf = (amount: string) =>
    done.refunds.find((one) => one.amount.amount === amount)?.payment ?? 'none';
  const entries = [
    { amount: '-10.00', endToEndId: numberOf('10.00'), bankReference: 'B1' },
    { amount: '-20.50', endToEndId: numberOf('20.05'), bankReference: 'B2' },
  ];
  const at = { door: tenant.door, context: tenant.as('cash_applier') };
  const bytes = aCamt053([{ iban: OURS, day: '2026-02-01', entries }]);
  await importBankFile(at, { name: 'statement.xml', bytes }, { apply: true });
  const job = { tenantId: tenant.tenantId, payload: {}, jobId: crypto.randomUUID() };
  for (let times = 0; times < 2; times += 1)
    await refundsJobs({ ...toolsOf(tenant), dataDir: '' })[REFUNDS_QUEUE]?.(job);
  const ask = await serveTo(tenant, routes);
  const { reply } = await ask('viewer', contract.listRefunds, { query: { customerId } });
  const states = reply.rows.map((row) => [row.amount.amount, row.state]).toSorted();
  assert.deepEqual(states, [
    ['10.00', 'paid'],
    ['20.05', 'ordered'],
  ]);
  // What is ordered is not paid yet: it stands among the open until the bank shows it.
  const open = await ask('viewer', contract.listRefunds, { query: { customerId, open: 'true' } });
  assert.deepEqual(
    open.reply.rows.map((row) => row.amount.amount),
    ['20.05'],
  );
  await checkBooks(tenant);
});

test('the same refund ordered at once by several: it is ordered once', async () => {
  const { tenant, grant, order } = await setting();
  const { refundId } = await grant(10_00n);
  tenant.on('2026-02-01');
  const { won, codes } = await race(
    tenant,
    Array.from({ length: RACERS }, () => () => order(refundId)),
  );
  assert.equal(won, 1);
  assert.deepEqual(new Set(codes), new Set(['refund_ended']));
  assert.equal((await checkBooks(tenant)).bank, 90_00n);
});

test('credit whose money went back meanwhile, and an account out of use, stop the order and nothing is booked', async () => {
  const { tenant, companyId, customerId, bankAccountId, grant, order } = await setting();
  const { refundId } = await grant(80_00n);
  tenant.on('2026-02-01');
  const credit = (await tenant.events()).find(({ type }) => type === 'payment.received');
  const paymentId = (credit?.subjectId ?? '') as never;
  // A return is a fact of the bank: no refund that was granted stands in its way.
  await tenant.act('owner', returnPayment, { paymentId, reason: 'AM04' });
  await refusesWithoutTrace(tenant, 'refund_exceeds_credit', () => order(refundId));
  await aPayment(tenant, { companyId, customerId, minor: 80_00n });
  await tenant.act('owner', archiveCustomerBankAccount, { bankAccountId });
  await refusesWithoutTrace(tenant, 'bank_account_not_found', () => order(refundId));
});

test('the state follows from what happened and the day', () => {
  const day = parseDate('2026-01-10');
  const standing = {
    payableFrom: parseDate('2026-01-11'),
    isShortened: false,
    end: null,
    isShown: false,
    isReturned: false,
  } as const;
  assert.equal(stateOf(standing, day), 'waiting');
  assert.equal(stateOf({ ...standing, isShortened: true }, day), 'payable');
  assert.equal(stateOf(standing, parseDate('2026-01-11')), 'payable');
  assert.equal(stateOf({ ...standing, end: 'ordered' }, day), 'ordered');
  assert.equal(stateOf({ ...standing, end: 'ordered', isShown: true }, day), 'paid');
  assert.equal(stateOf({ ...standing, end: 'recorded' }, day), 'paid');
  assert.equal(stateOf({ ...standing, end: 'ordered', isReturned: true, isShown: true }, day), 'returned');
  assert.equal(stateOf({ ...standing, end: 'withdrawn' }, day), 'withdrawn');
  assert.equal(payableFrom(parseDate('2026-01-08'), day, 5).toString(), '2026-01-13');
  assert.equal(payableFrom(parseDate('2025-01-08'), day, 5).toString(), '2026-01-10');
});
