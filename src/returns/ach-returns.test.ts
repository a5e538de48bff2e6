import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { actorText, carryOut } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import { type CompanyId, newId } from '#kernel/id.ts';
import { addCustomerBankAccount } from '#parties/change-bank-accounts.ts';
import { applyPayment } from '#payments/apply-payment.ts';
import { serveTo } from '../../test/support/ask.ts';
import { checkBooks, refusesWithoutTrace } from '../../test/support/books.ts';
import { aCompany, aCustomer, anInvoice, aPayment, itemsOf } from '../../test/support/builders.ts';
import { RACERS, raceHeld } from '../../test/support/race.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import * as contract from './contract.ts';
import { isRoutingNumber, putRight, readCorrected } from './correction.ts';
import { decideCorrection } from './decide-correction.ts';
import { returnsJobs } from './jobs.ts';
import { RETURNS_QUEUE } from './queues.ts';
import { receiveAchFile } from './receive-ach-returns.ts';
import { recordReturn } from './record-return.ts';
import { routes } from './routes.ts';

const ROUTING = '091000019';

/** An ACH file with one entry for each notice, its totals as they have to be. */
function anAchFile(
  notices: readonly {
    readonly code: string;
    readonly trace: string;
    readonly cents?: bigint;
    readonly account?: string;
    readonly name?: string;
    readonly data?: string;
    /** Of the account: 26 where a debit of ours came back, 21 where a credit did. */
    readonly transaction?: '26' | '21';
  }[],
): Buffer {
  const bank = ROUTING.slice(0, 8);
  const number = (value: bigint | number, width: number) => String(value).padStart(width, '0');
  const isChange = notices[0]?.code.startsWith('C') === true;
  const entries = notices.flatMap(
    ({ code, trace, cents = 0n, account = '', name = '', data = '', transaction = '26' }, index) => {
      const own = `${bank}${number(index + 1, 7)}`;
      const kind = isChange ? '98' : '99';
      return [
        `6${transaction}${ROUTING}${account.padEnd(17)}${number(cents, 10)}${'ID-7'.padEnd(15)}${name.padEnd(22)}  1${own}`,
        `7${kind}${code}${trace.padEnd(15)}${''.padEnd(6)}${bank}${data.padEnd(44)}${own}`,
      ];
    },
  );
  const sum = (of: '26' | '21') =>
    notices.reduce((all, { cents = 0n, transaction = '26' }) => all + (transaction === of ? cents : 0n), 0n);
  const [debit, credit] = [sum('26'), sum('21')];
  const hash = number(BigInt(bank) * BigInt(notices.length), 10);
  const sums = `${number(notices.length * 2, 6)}${hash}${number(debit, 12)}${number(credit, 12)}`;
  const lines = [
    `101 ${ROUTING}${'1234567890'}2602200800A094101${'BANK'.padEnd(23)}${'US'.padEnd(23)}`.padEnd(94),
    `5200${'MAIN COMPANY'.padEnd(16)}${''.padEnd(20)}1234567890${isChange ? 'COR' : 'PPD'}${'RETURN'.padEnd(10)}${''.padEnd(6)}260220   1${bank}0000001`,
    ...entries,
    `8200${sums}1234567890${''.padEnd(25)}${bank}0000001`,
    `9000001000001${number(notices.length * 2, 8)}${hash}${number(debit, 12)}${number(credit, 12)}`.padEnd(
      94,
    ),
  ];
  return Buffer.from(lines.join('\n'));
}

const receive = (
  tenant: TestTenant,
  companyId: CompanyId,
  bytes: Buffer,
  role: 'controller' | 'owner' = 'owner',
) =>
  receiveAchFile(
    { door: tenant.door, context: tenant.as(role) },
    { name: 'returns.ach', bytes },
    { companyId },
  );

async function runJob(tenant: TestTenant): Promise<void> {
  const tools = {
    door: tenant.door,
    contextOf: () => Promise.resolve(tenant.as('owner')),
    log: { info: () => undefined },
  } as unknown as Parameters<typeof returnsJobs>[0];
  const jobId = crypto.randomUUID();
  await returnsJobs(tools)[RETURNS_QUEUE]?.({ tenantId: tenant.tenantId, payload: {}, jobId });
}

async function aDollarCompany() {
  const tenant = await newTenant({ on: '2026-02-20' });
  const companyId = await aCompany(tenant, { currency: 'USD', country: 'US' });
  const customerId = await aCustomer(tenant);
  return { tenant, companyId, customerId };
}

test('a return by its trace number takes back the payment and opens its invoice; the same file adds nothing', async () => {
  const { tenant, companyId, customerId } = await aDollarCompany();
  const invoice = await anInvoice(tenant, { companyId, customerId, currency: 'USD' });
  const paid = { companyId, customerId, currency: 'USD', receivedOn: '2026-02-10' };
  const payment = await aPayment(tenant, { ...paid, externalId: '123456780000042' });
  await aPayment(tenant, { ...paid, externalId: '123456780000043' });
  const amount = { minor: 100_00n, currency: 'USD' };
  await tenant.act('cash_applier', applyPayment, {
    paymentId: payment.paymentId,
    allocations: [{ itemId: invoice.itemId, amount }],
  });
  const file = anAchFile([
    { code: 'R01', trace: '123456780000042', cents: 100_00n, account: '777', name: 'PAYER' },
  ]);
  const first = await receive(tenant, companyId, file);
  assert.deepEqual(
    [first.returns, first.newlyKept, first.cameBack.amount, first.problems],
    [1, 1, '100.00', []],
  );
  assert.equal((await receive(tenant, companyId, file)).newlyKept, 0);
  await runJob(tenant);
  assert.equal((await itemsOf(tenant, invoice.invoiceId))[0]?.open.minor, 100_00n);
  const ask = await serveTo(tenant, routes);
  const { reply } = await ask('viewer', contract.listReturnedPayments, {});
  assert.deepEqual(
    reply.rows.map((row) => [row.number, row.reason.code, row.reason.next]),
    [[payment.number, 'R01', 'retry']],
  );
  assert.equal((await checkBooks(tenant)).bank, 100_00n);
});

test('money of ours that came back is no receipt that did: nothing is booked, and a person sees it', async () => {
  const { tenant, companyId, customerId } = await aDollarCompany();
  const paid = { companyId, customerId, currency: 'USD', receivedOn: '2026-02-10' };
  const payment = await aPayment(tenant, { ...paid, payerAccount: '777', externalId: '123456780000042' });
  const theirs = { code: 'R03', trace: '123456780000042', cents: 100_00n, account: '777', name: 'PAYER' };
  await receive(tenant, companyId, anAchFile([{ ...theirs, transaction: '21' }]));
  await runJob(tenant);
  assert.equal((await checkBooks(tenant)).bank, 100_00n);
  const ask = await serveTo(tenant, routes);
  const { reply } = await ask('viewer', contract.listReturnNotices, {});
  assert.deepEqual(
    reply.rows.map(({ said, isOurs, suggestions }) => [said, isOurs, suggestions]),
    [['Our own credit came back · ACH R03 · PAYER · account 777 · trace 123456780000042', true, []]],
  );
  const noticeId = reply.rows[0]?.noticeId ?? '';
  const byHand = { paymentId: payment.paymentId, noticeId, asksFee: true };
  await refusesWithoutTrace(tenant, 'own_credit_came_back', () => tenant.act('owner', recordReturn, byHand));
});

test('a notice kept before it said whose money it was books nothing by itself; a person may', async () => {
  const { tenant, companyId, customerId } = await aDollarCompany();
  const paid = { companyId, customerId, currency: 'USD', receivedOn: '2026-02-10' };
  const payment = await aPayment(tenant, { ...paid, payerAccount: '777' });
  const entry = { code: 'R01', trace: '123456780000042', cents: 100_00n, account: '777', name: 'PAYER' };
  const id = newId();
  // As a notice of our own credit stood there once: like one of the payer's.
  await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(sql`insert into return_notice (tenant_id, id, company_id, origin, kind, identity, currency, amount_minor, fee_minor,
        returned_on, code, original_references, payer_name, payer_account, said, file_name, recorded_by, recorded_at)
      values (${tenant.tenantId}, ${id}, ${companyId}, 'ach', 'return', sha256('old'), 'USD', 10000, 0, '2026-02-18', 'R03', '[]',
        ${entry.name}, ${entry.account}, 'ACH R03', 'old.ach', 'test', now())`),
  );
  await runJob(tenant);
  assert.equal((await checkBooks(tenant)).bank, 100_00n);
  const byHand = { paymentId: payment.paymentId, noticeId: id, asksFee: false };
  assert.equal((await tenant.act('owner', recordReturn, byHand)).outcome, 'booked');
});

test('dishonoured and contested returns are kept and shown, and move nothing', async () => {
  const { tenant, companyId, customerId } = await aDollarCompany();
  await aPayment(tenant, {
    companyId,
    customerId,
    currency: 'USD',
    externalId: '123456780000042',
    receivedOn: '2026-02-10',
  });
  const notices = ['R67', 'R73'].map((code) => ({ code, trace: '123456780000042', cents: 100_00n }));
  const done = await receive(tenant, companyId, anAchFile(notices));
  assert.deepEqual([done.returns, done.dishonoured, done.contested, done.newlyKept], [0, 1, 1, 2]);
  await runJob(tenant);
  const ask = await serveTo(tenant, routes);
  assert.deepEqual((await ask('viewer', contract.listReturnNotices, {})).reply.rows, []);
  const { reply } = await ask('viewer', contract.listReturnNotices, { query: { state: 'decided' } });
  assert.deepEqual(reply.rows.map((row) => [row.kind, row.outcome?.kind]).sort(), [
    ['contested', 'kept'],
    ['dishonoured', 'kept'],
  ]);
  assert.equal((await checkBooks(tenant)).bank, 100_00n);
});

test('a notice of change puts the account right once a second person says so', async () => {
  const { tenant, companyId, customerId } = await aDollarCompany();
  await tenant.act('owner', addCustomerBankAccount, { customerId, account: '777123' });
  const file = anAchFile([
    { code: 'C01', trace: '123456780000042', account: '777123', name: 'PAYER', data: '888456' },
  ]);
  assert.equal((await receive(tenant, companyId, file, 'controller')).corrections, 1);
  const ask = await serveTo(tenant, routes);
  const rows = async (state: 'waiting' | 'decided') =>
    (await ask('owner', contract.listAccountCorrections, { query: { state } })).reply.rows;
  const [waiting] = await rows('waiting');
  const [account] = waiting?.accounts ?? [];
  assert.deepEqual(
    [waiting?.code, account?.account, account?.becomes, waiting?.mayChange],
    ['C01', '777123', '888456', true],
  );
  const decision = { correctionId: waiting?.correctionId ?? '', bankAccountId: account?.bankAccountId };
  await refusesWithoutTrace(tenant, 'same_person', () =>
    tenant.act('controller', decideCorrection, decision),
  );
  const keyId = newId();
  const created = { created_by: actorText(tenant.as('controller').actor), created_at: tenant.clock() };
  await inTenant(tenant.pool, tenant.tenantId, async (tx) =>
    tx.insert('api_key', [
      {
        ...{ id: keyId, name: 'Key', prefix: 'abcdefgh', key_hash: Buffer.from(keyId), role: 'owner' },
        ...{ ...created, expires_at: null },
      },
    ]),
  );
  const key = { ...tenant.as('owner'), actor: { kind: 'api_key' as const, id: keyId, name: 'Key' } };
  await refusesWithoutTrace(tenant, 'same_person', () =>
    carryOut(tenant.door, key, decideCorrection, decision, {}),
  );
  await tenant.act('owner', decideCorrection, decision);
  await refusesWithoutTrace(tenant, 'account_correction_ended', () =>
    tenant.act('owner', decideCorrection, decision),
  );
  const accounts = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(sql<{ account: string }>`select account from customer_bank_account
      where tenant_id = ${tx.tenantId} and archived_at is null`),
  );
  assert.deepEqual(accounts, [{ account: '888456' }]);
  assert.deepEqual(
    [(await rows('waiting')).length, (await rows('decided'))[0]?.outcome?.account],
    [0, '888456'],
  );
});

test('one file that several hand in at once is kept once', async () => {
  const { tenant, companyId } = await aDollarCompany();
  const file = (code: string, data = '') =>
    anAchFile([
      { code, trace: '123456780000042', cents: code === 'R01' ? 100_00n : 0n, account: '777', data },
    ]);
  for (const bytes of [file('R01'), file('C01', '888456')]) {
    const outcome = await raceHeld(
      tenant,
      Array.from({ length: RACERS }, () => () => receive(tenant, companyId, bytes)),
    );
    const codes = Array.from({ length: RACERS - 1 }, () => 'changed_meanwhile');
    assert.deepEqual(outcome, { won: 1, codes });
  }
  const kept = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(sql`select (select count(*)::int from return_notice) as notices,
      (select count(*)::int from account_correction) as corrections`),
  );
  assert.deepEqual(kept, [{ notices: 1, corrections: 1 }]);
});

// Without the lock of the notice the account alone would be in the way, and the refusal would not say why.
test('a notice of change that several decide at once puts the account right once', async () => {
  const { tenant, companyId, customerId } = await aDollarCompany();
  const { bankAccountId } = await tenant.act('owner', addCustomerBankAccount, {
    customerId,
    account: '777123',
  });
  const notice = { code: 'C01', trace: '123456780000042', account: '777123', name: 'PAYER', data: '888456' };
  await receive(tenant, companyId, anAchFile([notice]), 'controller');
  const ask = await serveTo(tenant, routes);
  const { reply } = await ask('owner', contract.listAccountCorrections, { query: { state: 'waiting' } });
  const decision = { correctionId: reply.rows[0]?.correctionId ?? '', bankAccountId };
  const outcome = await raceHeld(
    tenant,
    Array.from({ length: RACERS }, () => () => tenant.act('owner', decideCorrection, decision)),
  );
  const codes = Array.from({ length: RACERS - 1 }, () => 'account_correction_ended');
  assert.deepEqual(outcome, { won: 1, codes });
});

test('a file without notices, and one that is none, are refused', async () => {
  const { tenant, companyId } = await aDollarCompany();
  await refusesWithoutTrace(tenant, 'ach_not_recognised', () =>
    receive(tenant, companyId, Buffer.from('id,amount\n1,2\n')),
  );
  await refusesWithoutTrace(tenant, 'no_returns_in_file', () => receive(tenant, companyId, anAchFile([])));
});

test('what is right is cut from the field by the code', () => {
  assert.deepEqual(readCorrected('C01', '1918171614'), { account: '1918171614', routing: null });
  assert.deepEqual(readCorrected('C02', '091000019'), { account: null, routing: '091000019' });
  assert.deepEqual(readCorrected('C02', '091000018'), { account: null, routing: null });
  assert.deepEqual(readCorrected('C03', '091000019   1918171614'), {
    account: '1918171614',
    routing: '091000019',
  });
  assert.deepEqual(readCorrected('C06', '1918171614          22'), { account: '1918171614', routing: null });
  assert.deepEqual(readCorrected('C07', '0910000191918171614       22'), {
    account: '1918171614',
    routing: '091000019',
  });
  assert.deepEqual(readCorrected('C04', 'PAYER'), { account: null, routing: null });
  assert.deepEqual([isRoutingNumber('021000021'), isRoutingNumber('021000022')], [true, false]);
});

test('an account keeps the form it was written in', () => {
  const right = { account: '8', routing: '091000019' };
  assert.equal(putRight('7', right), '8');
  assert.equal(putRight('021000021/7', right), '091000019/8');
  assert.equal(putRight('021000021/7', { account: null, routing: '091000019' }), '091000019/7');
  assert.equal(putRight('7', { account: null, routing: '091000019' }), undefined);
  assert.equal(putRight('8', right), undefined);
});
