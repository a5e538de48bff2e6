import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { inTenant } from '#db/transaction.ts';
import type { CompanyId } from '#kernel/id.ts';
import { addBankAccount } from '#payments/add-bank-account.ts';
import { applyPayment } from '#payments/apply-payment.ts';
import { importBankFile } from '#payments/import-bank-file.ts';
import { addReceivingAccounts, giveReceivingAccount } from '#receiving/add-accounts.ts';
import { explainLine } from '#reconciliation/explain-line.ts';
import { aCamt053, type CamtEntry, TEST_IBAN } from '../../test/support/bank-files.ts';
import { checkBooks, refusesWithoutTrace } from '../../test/support/books.ts';
import { aCompany, aCustomer, anInvoice, itemsOf } from '../../test/support/builders.ts';
import { RACERS, race } from '../../test/support/race.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import { certainPairs, type Pair } from './announcement.ts';
import { explainByAnnouncement } from './explain-by-announcement.ts';
import { announcementsJobs } from './jobs.ts';
import { ANNOUNCED_QUEUE } from './queues.ts';
import { readAnnouncementPage } from './read-announcements.ts';
import { receiveAnnouncingFile } from './receive-announcements.ts';
import { findPairs } from './store.ts';

type Bank = { readonly tenant: TestTenant; readonly companyId: CompanyId };

async function aBank(): Promise<Bank> {
  const tenant = await newTenant({ on: '2026-01-06' });
  const companyId = await aCompany(tenant);
  await tenant.act('owner', addBankAccount, {
    companyId,
    name: 'House bank',
    account: TEST_IBAN,
    currency: 'EUR',
  });
  return { tenant, companyId };
}

const at = ({ tenant }: Bank) => ({ door: tenant.door, context: tenant.as('cash_applier') });

function book(bank: Bank, entries: readonly CamtEntry[], day = '2026-01-05') {
  const bytes = aCamt053([{ id: `ST ${day}`, day, entries }]);
  return importBankFile(at(bank), { name: 'statement.xml', bytes }, { apply: true });
}

function announce(bank: Bank, entries: readonly CamtEntry[], message: '052' | '054' = '054') {
  return receiveAnnouncingFile(at(bank), {
    name: `c${message}.xml`,
    bytes: aCamt053([{ entries }], message),
  });
}

/** Runs the job that takes sums apart, as a worker would. */
async function runJob({ tenant }: Bank, jobId = crypto.randomUUID()): Promise<void> {
  const tools = {
    door: tenant.door,
    contextOf: () => Promise.resolve(tenant.as('owner')),
    log: { info: () => undefined },
  } as unknown as Parameters<typeof announcementsJobs>[0];
  await announcementsJobs(tools)[ANNOUNCED_QUEUE]?.({ tenantId: tenant.tenantId, payload: {}, jobId });
}

function rows<Row>({ tenant }: Bank, query: ReturnType<typeof sql<Row>>): Promise<readonly Row[]> {
  return inTenant(tenant.pool, tenant.tenantId, (tx) => tx.run(query));
}

/** What stands as received money: amount, payer, what is left. */
async function receiptsOf(bank: Bank): Promise<readonly unknown[]> {
  return rows(
    bank,
    sql`select p.amount_minor::int as amount, p.payer_name as payer, p.received_on::text as on,
      coalesce((select -sum(open_minor) from open_item i where i.document_id = p.id and i.open_minor < 0), 0)::int as left
      from payment p where p.returned_on is null order by p.amount_minor, p.payer_name`,
  );
}

async function statesOf(bank: Bank): Promise<readonly string[]> {
  const page = await inTenant(bank.tenant.pool, bank.tenant.tenantId, (tx) =>
    readAnnouncementPage(tx, { limit: 50 }),
  );
  return page.rows.map((row) => row.state);
}

const BATCH: CamtEntry = { amount: '300.00', bankReference: 'ACSR1', details: [] };
async function parted(bank: Bank): Promise<CamtEntry> {
  const [one, two] = [await anInvoice(bank.tenant, bank), await anInvoice(bank.tenant, bank)];
  return {
    ...BATCH,
    details: [
      { amount: '100.00', text: one.number, payer: 'One' },
      { amount: '100.00', text: two.number, payer: 'Two' },
      { amount: '100.00', text: 'who knows', payer: 'Three' },
    ],
  };
}

test('a sum and its details give the same receipts in either order', async () => {
  const seen: unknown[] = [];
  for (const isAnnouncedFirst of [true, false]) {
    const bank = await aBank();
    const details = await parted(bank);
    if (isAnnouncedFirst) await announce(bank, [details]);
    await book(bank, [BATCH]);
    if (!isAnnouncedFirst) {
      await runJob(bank);
      assert.equal((await receiptsOf(bank)).length, 1, 'nothing was announced yet');
      await announce(bank, [details]);
    }
    await runJob(bank);
    seen.push(await receiptsOf(bank));
    assert.deepEqual(await statesOf(bank), ['taken_apart']);
    const books = await checkBooks(bank.tenant);
    assert.deepEqual([books.bank, books['unapplied-cash']], [300_00n, -100_00n]);
    await runJob(bank);
    await announce(bank, [details]);
    await book(bank, [BATCH]);
    await runJob(bank);
    assert.deepEqual(await receiptsOf(bank), seen.at(-1), 'all of it again changes nothing');
  }
  assert.deepEqual(seen[0], seen[1]);
  assert.deepEqual(seen[0], [
    { amount: 100_00, payer: 'One', on: '2026-01-05', left: 0 },
    { amount: 100_00, payer: 'Three', on: '2026-01-05', left: 100_00 },
    { amount: 100_00, payer: 'Two', on: '2026-01-05', left: 0 },
  ]);
});

test('a payment within a sum that was paid to a customer’s own number is that customer’s, and pays its invoice', async () => {
  const bank = await aBank();
  const { tenant, companyId } = bank;
  const { customerId } = await anInvoice(tenant, { companyId, minor: 100_00n });
  const number = { account: 'VA00017', bankName: null, bic: null, routingNumber: null };
  await tenant.act('owner', addReceivingAccounts, { companyId, currency: 'EUR', rows: [number] });
  await tenant.act('controller', giveReceivingAccount, { companyId, customerId, currency: 'EUR' });
  const details = [
    { amount: '100.00', text: 'to VA00017', payer: 'Nobody Knows' },
    { amount: '200.00', text: 'to VA00018', payer: 'Nobody Else' },
  ];
  await announce(bank, [{ ...BATCH, details }]);
  await book(bank, [BATCH]);
  await runJob(bank);
  const receipts = sql`select p.amount_minor::int as amount, p.customer_id as customer,
    coalesce((select -sum(open_minor) from open_item i where i.document_id = p.id and i.open_minor < 0), 0)::int as left
    from payment p where p.returned_on is null order by p.amount_minor`;
  assert.deepEqual(await rows(bank, receipts), [
    { amount: 100_00, customer: customerId, left: 0 },
    { amount: 200_00, customer: null, left: 200_00 },
  ]);
  await checkBooks(tenant);
});

test('an announcement is never booked; the statement of its day makes it booked or missing', async () => {
  const bank = await aBank();
  const there = { amount: '10.00', text: 'comes', bankReference: 'A1' };
  const gone = { amount: '20.00', text: 'goes', bankReference: 'A2' };
  const received = await announce(
    bank,
    [there, gone, { ...gone, amount: '-7.00', bankReference: 'A3' }],
    '052',
  );
  const [account] = received.accounts;
  assert.deepEqual(
    [account?.announced, account?.newlyAnnounced, account?.moneyIn.amount, account?.moneyOut.amount],
    [3, 3, '30.00', '7.00'],
  );
  assert.deepEqual(await receiptsOf(bank), []);
  assert.deepEqual(await statesOf(bank), ['expected', 'expected', 'expected']);
  await book(bank, [there]);
  assert.deepEqual((await statesOf(bank)).toSorted(), ['booked', 'missing', 'missing']);
  assert.equal((await receiptsOf(bank)).length, 1);
  assert.equal((await announce(bank, [there, gone], '052')).accounts[0]?.newlyAnnounced, 0);
});

test('a statement that came before the day of an announced sum does not make it missing, whatever days it says it reaches', async () => {
  const bank = await aBank();
  await book(bank, [{ amount: '1.00', bankReference: 'S1' }], '2026-01-31');
  await announce(bank, [{ amount: '10.00', text: 'comes', bankReference: 'A1', bookedOn: '2026-01-07' }]);
  assert.deepEqual(await statesOf(bank), ['expected']);
});

test('an entry without a reference is the same in the report of the day and in the statement', async () => {
  const bank = await aBank();
  const entry = { amount: '10.00', text: 'rent of January', payer: 'Somebody' };
  await announce(bank, [entry, entry], '052');
  await book(bank, [entry]);
  assert.deepEqual((await statesOf(bank)).toSorted(), ['booked', 'missing'], 'the second one is another');
});

test('what somebody worked with is not taken apart', async () => {
  const bank = await aBank();
  const details = await parted(bank);
  const customerId = await aCustomer(bank.tenant);
  const invoice = await anInvoice(bank.tenant, { companyId: bank.companyId, customerId });
  await book(bank, [BATCH]);
  await announce(bank, [details]);
  const [pair] = certainPairs(await inTenant(bank.tenant.pool, bank.tenant.tenantId, findPairs));
  assert.ok(pair);
  const [payment] = await rows(
    bank,
    sql<{ id: string }>`select id from payment where direction = 'received'`,
  );
  const [item] = await itemsOf(bank.tenant, invoice.invoiceId);
  await bank.tenant.act('cash_applier', applyPayment, {
    paymentId: payment?.id as never,
    allocations: [{ itemId: item?.id as never, amount: item?.open as never }],
  });
  await runJob(bank);
  assert.deepEqual((await receiptsOf(bank)).length, 1);
  const { announcementId, lineId } = pair;
  await refusesWithoutTrace(bank.tenant, 'receipt_applied', () =>
    bank.tenant.act('cash_applier', explainByAnnouncement, { announcementId, lineId }),
  );
});

test('parts that are not the line are refused, and so is a second use', async () => {
  const bank = await aBank();
  await announce(bank, [await parted(bank)]);
  await book(bank, [BATCH, { amount: '299.00', bankReference: 'X', details: [] }]);
  const [pair] = await inTenant(bank.tenant.pool, bank.tenant.tenantId, findPairs);
  const [other] = await rows(
    bank,
    sql<{ id: string }>`select id from statement_line where amount_minor = 29900`,
  );
  assert.ok(pair && other);
  const ask = (lineId: string) => () =>
    bank.tenant.act('cash_applier', explainByAnnouncement, { announcementId: pair.announcementId, lineId });
  await refusesWithoutTrace(bank.tenant, 'announcement_differs', ask(other.id));
  await ask(pair.lineId)();
  await refusesWithoutTrace(bank.tenant, 'announcement_used', ask(pair.lineId));
});

test('of many who take one sum apart at once, one does', async () => {
  const bank = await aBank();
  await announce(bank, [await parted(bank)]);
  await book(bank, [BATCH]);
  const [pair] = await inTenant(bank.tenant.pool, bank.tenant.tenantId, findPairs);
  assert.ok(pair);
  const { announcementId, lineId } = pair;
  const ask = () => bank.tenant.act('cash_applier', explainByAnnouncement, { announcementId, lineId });
  const outcomes = await race(
    bank.tenant,
    Array.from({ length: RACERS }, () => ask),
  );
  assert.deepEqual(outcomes, {
    won: 1,
    codes: Array.from({ length: RACERS - 1 }, () => 'announcement_used'),
  });
  assert.equal((await receiptsOf(bank)).length, 3);
  await checkBooks(bank.tenant);
});

test('of two announcements that race for one line one takes it apart, whoever else it could be', async () => {
  const bank = await aBank();
  const details = await parted(bank);
  await announce(bank, [details]);
  await announce(bank, [{ ...details, bankReference: 'ACSR2' }]);
  await book(bank, [BATCH]);
  const announcements = await rows(bank, sql<{ id: string }>`select id from announcement order by id`);
  const [line] = await rows(bank, sql<{ id: string }>`select id from statement_line`);
  const lineId = line?.id ?? '';
  const asked = Array.from({ length: RACERS }, (_, n) => announcements[n % 2]?.id ?? '');
  const { won, codes } = await race(
    bank.tenant,
    asked.map(
      (announcementId) => () =>
        bank.tenant.act('cash_applier', explainByAnnouncement, { announcementId, lineId }),
    ),
  );
  assert.deepEqual([won, new Set(codes)], [1, new Set(['announcement_used'])]);
  assert.equal((await receiptsOf(bank)).length, 3, 'no payment came in twice');
  await checkBooks(bank.tenant);
});

test('of two lines that race for one announcement one is taken apart', async () => {
  const bank = await aBank();
  await announce(bank, [await parted(bank)]);
  await book(bank, [BATCH, { ...BATCH, bankReference: 'ACSR9' }]);
  const [announcement] = await rows(bank, sql<{ id: string }>`select id from announcement`);
  const lines = await rows(bank, sql<{ id: string }>`select id from statement_line order by id`);
  assert.equal(lines.length, 2);
  const { won, codes } = await race(
    bank.tenant,
    Array.from(
      { length: RACERS },
      (_, n) => () =>
        bank.tenant.act('cash_applier', explainByAnnouncement, {
          announcementId: announcement?.id ?? '',
          lineId: lines[n % 2]?.id ?? '',
        }),
    ),
  );
  assert.deepEqual([won, new Set(codes)], [1, new Set(['announcement_used'])]);
  assert.equal((await receiptsOf(bank)).length, 4, 'three parts of one line, and the other as it came');
  await checkBooks(bank.tenant);
});

const LOCKBOX = (second = '0000020000') =>
  [
    '100BANKBANKBA12345678902601050700',
    '2BANKBANKBA1234567890REFERENCES4000800801',
    '50000000011111260105BANKBANKBA1234567890',
    `60010010000010000091000019000000012300000045670103${'26'}${'ONE PAYER'.padEnd(30)}US INC`,
    '40010016019INV-1',
    `6001002${second}091000019000000055500000077770103${'26'}${'TWO PAYER'.padEnd(30)}US INC`,
    '700100000111112601050020000030000',
    '8000000001111126010500020000030000',
    '9000009',
  ].join('\r\n');

test('the cheques of a lockbox take the deposit on the statement apart, in either order', async () => {
  const seen: unknown[] = [];
  for (const isFirst of [true, false]) {
    const tenant = await newTenant({ on: '2026-01-06' });
    const companyId = await aCompany(tenant, { currency: 'USD' });
    const account = { companyId, name: 'Lockbox account', account: TEST_IBAN, currency: 'USD' };
    const { bankAccountId } = await tenant.act('owner', addBankAccount, account);
    const bank = { tenant, companyId };
    const deposit = aCamt053([{ currency: 'USD', entries: [{ amount: '300.00', text: 'LOCKBOX DEPOSIT' }] }]);
    const book = () =>
      importBankFile(at(bank), { name: 'statement.xml', bytes: deposit }, { apply: true, bankAccountId });
    const file = { name: 'box.txt', bytes: Buffer.from(LOCKBOX()) };
    if (isFirst) await receiveAnnouncingFile(at(bank), file, { bankAccountId });
    await book();
    if (!isFirst) await receiveAnnouncingFile(at(bank), file, { bankAccountId });
    await runJob(bank);
    await receiveAnnouncingFile(at(bank), file, { bankAccountId });
    await runJob(bank);
    seen.push(await receiptsOf(bank));
    await checkBooks(tenant);
    await assert.rejects(importBankFile(at(bank), file, { apply: true, bankAccountId }), {
      code: 'not_a_statement',
    });
  }
  assert.deepEqual(seen[0], [
    { amount: 100_00, payer: 'ONE PAYER', on: '2026-01-05', left: 100_00 },
    { amount: 200_00, payer: 'TWO PAYER', on: '2026-01-05', left: 200_00 },
  ]);
  assert.deepEqual(seen[0], seen[1]);
});

test('a lockbox file whose totals do not hold is refused, and so is one nobody says the account of', async () => {
  const bank = await aBank();
  const take = (text: string) => () =>
    receiveAnnouncingFile(at(bank), { name: 'box.txt', bytes: Buffer.from(text) });
  await refusesWithoutTrace(bank.tenant, 'lockbox_differs', take(LOCKBOX('0000020001')));
  await refusesWithoutTrace(bank.tenant, 'bank_account_not_named', take(LOCKBOX()));
});

test('two sums that a message could explain wait for a person; a reference decides between them', () => {
  const pair = (announcementId: string, lineId: string, rule: Pair['rule'] = 'message'): Pair => ({
    announcementId,
    lineId,
    rule,
  });
  assert.deepEqual(certainPairs([pair('a', '1'), pair('a', '2')]), []);
  assert.deepEqual(certainPairs([pair('a', '1'), pair('b', '1')]), []);
  assert.deepEqual(certainPairs([pair('a', '1', 'reference'), pair('a', '2'), pair('b', '2')]), [
    pair('a', '1', 'reference'),
    pair('b', '2'),
  ]);
});

test('a line that was explained as something else is left alone', async () => {
  const bank = await aBank();
  await announce(bank, [await parted(bank)]);
  await book(bank, [BATCH]);
  const [line] = await rows(bank, sql<{ id: string }>`select id from statement_line`);
  await bank.tenant.act('cash_applier', explainLine, { lineId: line?.id ?? '', kind: 'transfer' });
  await runJob(bank);
  assert.deepEqual(await receiptsOf(bank), []);
});
