import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { inTenant } from '#db/transaction.ts';
import { parseDate } from '#kernel/calendar.ts';
import type { CompanyId } from '#kernel/id.ts';
import { addPeriod, lockPeriod } from '#ledger/lock-period.ts';
import { addBankAccount } from '#payments/add-bank-account.ts';
import { importBankFile } from '#payments/import-bank-file.ts';
import { undoExplanation } from '#reconciliation/explain-line.ts';
import { returnsJobs } from '#returns/jobs.ts';
import { RETURNS_QUEUE } from '#returns/queues.ts';
import { aCamt053, TEST_IBAN } from '../../test/support/bank-files.ts';
import { checkBooks, refusesWithoutTrace } from '../../test/support/books.ts';
import { aCompany, anInvoice } from '../../test/support/builders.ts';
import { RACERS, raceHeld } from '../../test/support/race.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import { certainArrivals, type PayoutPair } from './arrival.ts';
import { payoutsJobs } from './jobs.ts';
import { joinPayout } from './join-payout.ts';
import { PAYOUTS_QUEUE } from './queues.ts';
import { readPayoutPage } from './read-payouts.ts';
import { findArrivalPairs } from './store.ts';

const OWN = 'payout,payout_date,id,date,type,gross,fee,net,currency,payer,charge,reference';

type Shop = {
  readonly tenant: TestTenant;
  readonly companyId: CompanyId;
  readonly gatewayId: string;
  readonly invoices: readonly string[];
};

/** A company with a bank, an account at a gateway, and two invoices over 100.00 and 50.00. */
async function aShop(): Promise<Shop> {
  const tenant = await newTenant({ on: '2026-03-10' });
  const companyId = await aCompany(tenant);
  const add = (name: string, account: string) =>
    tenant.act('owner', addBankAccount, { companyId, name, account, currency: 'EUR' });
  await add('House bank', TEST_IBAN);
  const { bankAccountId } = await add('Paywell', 'PAYWELL1');
  const first = await anInvoice(tenant, { companyId, minor: 100_00n });
  const second = await anInvoice(tenant, { companyId, minor: 50_00n });
  return { tenant, companyId, gatewayId: bankAccountId, invoices: [first.number, second.number] };
}

const at = ({ tenant }: Shop) => ({ door: tenant.door, context: tenant.as('cash_applier') });

function report(shop: Shop, more: readonly string[] = [], payout = 'P-2026-001') {
  const [first, second] = shop.invoices;
  const rows = [
    OWN,
    `${payout},2026-03-05,t1 ${payout},2026-03-02,charge,100.00,3.00,97.00,EUR,Acme,ch1,${first}`,
    `${payout},2026-03-05,t2 ${payout},2026-03-03,charge,50.00,1.50,48.50,EUR,Beta,ch2,${second}`,
    ...more,
  ];
  const file = { name: 'payouts.csv', bytes: Buffer.from(rows.join('\n')) };
  return importBankFile(at(shop), file, { apply: true, bankAccountId: shop.gatewayId });
}

function bank(shop: Shop, text: string, amount = '145.50', bankReference = 'B-1') {
  const entries = [{ amount, text, payer: 'Paywell Ltd', bankReference, bookedOn: '2026-03-06' }];
  const bytes = aCamt053([{ id: bankReference, day: '2026-03-06', entries }]);
  return importBankFile(at(shop), { name: 'statement.xml', bytes }, { apply: true });
}

/** Runs a job, as a worker would. */
async function runJob({ tenant }: Shop, jobs: typeof payoutsJobs, queue: string): Promise<void> {
  const tools = {
    door: tenant.door,
    contextOf: () => Promise.resolve(tenant.as('owner')),
    log: { info: () => undefined },
  } as unknown as Parameters<typeof payoutsJobs>[0];
  await jobs(tools)[queue]?.({ tenantId: tenant.tenantId, payload: {}, jobId: crypto.randomUUID() });
}

const joinAll = (shop: Shop) => runJob(shop, payoutsJobs, PAYOUTS_QUEUE);

function rows<Row>({ tenant }: Shop, query: ReturnType<typeof sql<Row>>): Promise<readonly Row[]> {
  return inTenant(tenant.pool, tenant.tenantId, (tx) => tx.run(query));
}

/** Money received and not given up: amount, day, what is left. */
const receiptsOf = (shop: Shop) =>
  rows(
    shop,
    sql`select p.amount_minor::int as amount, p.received_on::text as on,
      coalesce((select -sum(open_minor) from open_item i where i.document_id = p.id and i.open_minor < 0), 0)::int as left
      from payment p where p.returned_on is null order by p.received_on, p.amount_minor`,
  );

/** What stands on accounts of the books, in minor units. */
const booked = (shop: Shop) =>
  rows(
    shop,
    sql`select account, sum(amount_minor)::int as minor from journal_line
      where account in ('bank', 'bank-charges', 'bank-transfers') group by account order by account`,
  );

async function payoutsOf(shop: Shop) {
  const page = await inTenant(shop.tenant.pool, shop.tenant.tenantId, (tx) =>
    readPayoutPage(tx, { limit: 50 }),
  );
  return page.rows;
}

async function linesOf(shop: Shop): Promise<{ readonly gatewayLineId: string; readonly bankLineId: string }> {
  const [pair] = await rows<{ gatewayLineId: string; bankLineId: string }>(
    shop,
    sql`select g.id as "gatewayLineId", l.id as "bankLineId" from statement_line g, statement_line l
      where g.payout_kind = 'payout' and l.payout_kind is null`,
  );
  assert.ok(pair);
  return pair;
}

const PAID = [
  { amount: 100_00, on: '2026-03-02', left: 0 },
  { amount: 50_00, on: '2026-03-03', left: 0 },
];
const BOOKED = [
  { account: 'bank', minor: 145_50 },
  { account: 'bank-charges', minor: 4_50 },
  { account: 'bank-transfers', minor: 0 },
];

for (const order of ['report first', 'bank first'] as const)
  test(`${order}: each payment pays its invoice on the day it was made, fees are charges, the payout arrives once`, async () => {
    const shop = await aShop();
    const sides = [() => report(shop), () => bank(shop, 'PAYOUT P-2026-001')];
    for (const side of order === 'report first' ? sides : sides.toReversed()) {
      await side();
      await joinAll(shop);
    }
    assert.deepEqual(await receiptsOf(shop), PAID);
    assert.deepEqual(await booked(shop), BOOKED);
    const [payout] = await payoutsOf(shop);
    assert.equal(payout?.arrived?.rule, 'reference');
    assert.deepEqual(
      [payout?.amount.amount, payout?.charged.amount, payout?.fees.amount, payout?.charges],
      ['145.50', '150.00', '-4.50', 2],
    );
    // The same files again bring nothing, and nothing is joined twice.
    assert.equal((await report(shop)).statements[0]?.newLines, 0);
    await bank(shop, 'PAYOUT P-2026-001');
    await joinAll(shop);
    assert.deepEqual(await booked(shop), BOOKED);
    await checkBooks(shop.tenant);
  });

test('until its line comes, a payout is on its way: the account at the gateway is even, and the money stands between the accounts', async () => {
  const shop = await aShop();
  await report(shop);
  await joinAll(shop);
  assert.deepEqual(await booked(shop), [
    { account: 'bank', minor: 0 },
    { account: 'bank-charges', minor: 4_50 },
    { account: 'bank-transfers', minor: 145_50 },
  ]);
  const [payout] = await payoutsOf(shop);
  assert.equal(payout?.arrived, null);
  assert.deepEqual(payout?.fitting, []);
});

test('a chargeback takes its payment back by the gateway’s name of it, and what it had paid is open again', async () => {
  const shop = await aShop();
  await report(shop);
  await report(shop, [
    'P-2,2026-03-08,d1,2026-03-07,dispute,-50.00,15.00,-65.00,EUR,Beta,ch2,',
    'P-2,2026-03-08,c9,2026-03-07,charge,90.00,0,90.00,EUR,Gamma,ch9,',
  ]);
  await runJob(shop, returnsJobs as unknown as typeof payoutsJobs, RETURNS_QUEUE);
  const [returned] = await rows<{ amount: number; open: number }>(
    shop,
    sql`select p.amount_minor::int as amount, (select sum(i.open_minor)::int from open_item i where i.open_minor > 0) as open
      from payment p where p.returned_on is not null`,
  );
  assert.deepEqual(returned, { amount: 50_00, open: 50_00 });
  await checkBooks(shop.tenant);
});

test('a line that names neither payout nor gateway, and two that fit alike, wait for a person', async () => {
  const shop = await aShop();
  await report(shop);
  const entries = ['B-1', 'B-2'].map((bankReference) => ({
    ...{ amount: '145.50', text: 'Paywell', payer: 'Paywell', bankReference, bookedOn: '2026-03-06' },
  }));
  const bytes = aCamt053([{ id: 'S', day: '2026-03-06', entries }]);
  await importBankFile(at(shop), { name: 'statement.xml', bytes }, { apply: true });
  await joinAll(shop);
  const [payout] = await payoutsOf(shop);
  assert.equal(payout?.arrived, null);
  assert.equal(payout?.fitting.length, 2);
  const bankLineId = payout?.fitting[0]?.lineId ?? '';
  await shop.tenant.act('cash_applier', joinPayout, {
    gatewayLineId: payout?.gatewayLineId ?? '',
    bankLineId,
  });
  assert.equal((await payoutsOf(shop))[0]?.arrived?.rule, 'person');
  await checkBooks(shop.tenant);
});

test('what a person took apart is not joined again by itself, and can be joined by a person', async () => {
  const shop = await aShop();
  await report(shop);
  await bank(shop, 'PAYOUT P-2026-001');
  await joinAll(shop);
  const lines = await linesOf(shop);
  await shop.tenant.act('owner', undoExplanation, { lineId: lines.bankLineId, note: 'another payout' });
  await joinAll(shop);
  assert.equal((await payoutsOf(shop))[0]?.arrived, null);
  await shop.tenant.act('owner', joinPayout, lines);
  assert.deepEqual(await booked(shop), BOOKED);
  await checkBooks(shop.tenant);
});

test('what does not fit is refused and leaves no trace', async () => {
  const shop = await aShop();
  await report(shop);
  await bank(shop, 'something else', '145.49');
  const lines = await linesOf(shop);
  const join = (input: typeof lines) => () => shop.tenant.act('owner', joinPayout, input);
  await refusesWithoutTrace(shop.tenant, 'payout_differs_from_line', join(lines));
  const turned = { gatewayLineId: lines.bankLineId, bankLineId: lines.gatewayLineId };
  await refusesWithoutTrace(shop.tenant, 'payout_not_found', join(turned));
  await refusesWithoutTrace(shop.tenant, 'payout_row_differs', () =>
    report(shop, ['P-3,2026-03-05,t9,2026-03-02,charge,100.00,3.00,98.00,EUR,Acme,ch9,']),
  );
});

test('however many lines are refused and wait, those after them are explained', async () => {
  const shop = await aShop();
  await report(shop);
  const { periodId } = await shop.tenant.act('owner', addPeriod, {
    companyId: shop.companyId,
    startsOn: parseDate('2026-03-01'),
    endsOn: parseDate('2026-03-05'),
  });
  await shop.tenant.act('owner', lockPeriod, { periodId });
  await report(shop, ['P-2,2026-03-08,c9,2026-03-07,charge,90.00,1.00,89.00,EUR,Gamma,ch9,']);
  await runJob(shop, (tools) => payoutsJobs(tools, 1), PAYOUTS_QUEUE);
  assert.deepEqual(
    await rows(
      shop,
      sql`select l.booked_on::text as on, l.payout_kind as kind from statement_line l
        join line_explanation x on x.statement_line_id = l.id order by l.payout_kind`,
    ),
    [
      { on: '2026-03-08', kind: 'fee' },
      { on: '2026-03-08', kind: 'payout' },
    ],
  );
});

test('people who join one payout at once join it once', async () => {
  const shop = await aShop();
  await report(shop);
  await bank(shop, 'money');
  const lines = await linesOf(shop);
  const outcomes = await raceHeld(
    shop.tenant,
    Array.from({ length: RACERS }, () => () => shop.tenant.act('owner', joinPayout, lines)),
  );
  assert.deepEqual(outcomes, { won: 1, codes: Array.from({ length: RACERS - 1 }, () => 'payout_arrived') });
  assert.equal((await rows(shop, sql`select 1 from payout_arrival`)).length, 1);
  await checkBooks(shop.tenant);
});

test('a payout is joined where nobody else fits: by its name before that of its gateway', () => {
  const pair = (
    gatewayLineId: string,
    bankLineId: string,
    said: string,
    payout = gatewayLineId,
  ): PayoutPair => ({
    ...{ gatewayLineId, bankLineId, payout, gateway: ['Paywell'], said: [said] },
  });
  assert.deepEqual(
    certainArrivals([pair('po_one', 'x', 'PAYWELL po_one'), pair('po_two', 'x', 'PAYWELL po_one')]),
    [{ gatewayLineId: 'po_one', bankLineId: 'x', rule: 'reference' }],
  );
  assert.deepEqual(certainArrivals([pair('po_one', 'x', 'Paywell'), pair('po_one', 'y', 'Paywell')]), []);
  assert.deepEqual(certainArrivals([pair('po_one', 'x', 'a customer')]), []);
  // A batch `7` stands in too many texts, and a name is a whole word.
  assert.deepEqual(certainArrivals([pair('one', 'x', 'batch 7 of Paywellington', '7')]), []);
});

test('however many payouts are on their way, one that two lines name waits for a person', async () => {
  const shop = await aShop();
  const row = (id: string, day: string, amount: string): string =>
    `${id},${day},t ${id},${day},charge,${amount},0.00,${amount},EUR,Acme,c ${id},none`;
  const many = Array.from({ length: 37 }, (_, index) => row(`many-${index}`, '2026-03-05', '10.00'));
  await report(shop, [...many, row('the-last', '2026-03-06', '20.00')]);
  // 37 payouts and 27 lines that nothing joins, each a pair, before the two pairs that are rivals.
  const entry = (amount: string, text: string, bankReference: string) => ({
    ...{ amount, text, bankReference, payer: 'Somebody', bookedOn: '2026-03-06' },
  });
  const entries = [
    ...Array.from({ length: 27 }, (_, index) => entry('10.00', `no ${index}`, `M${index}`)),
    ...['L1', 'L2'].map((reference) => entry('20.00', 'the-last', reference)),
  ];
  const file = { name: 'statement.xml', bytes: aCamt053([{ id: 'S', day: '2026-03-06', entries }]) };
  await importBankFile(at(shop), file, { apply: true });
  const pairs = await inTenant(shop.tenant.pool, shop.tenant.tenantId, findArrivalPairs);
  assert.deepEqual([pairs.length, certainArrivals(pairs)], [37 * 27 + 2, []]);
});

test('payouts of another currency or company are no rivals, and lines of customers are not offered', async () => {
  const shop = await aShop();
  await report(shop);
  const [first] = shop.invoices;
  // A customer pays the very amount, and names its invoice: that is its receipt.
  await bank(shop, `Paywell ${first}`, '100.00');
  assert.deepEqual(await inTenant(shop.tenant.pool, shop.tenant.tenantId, findArrivalPairs), []);
});
