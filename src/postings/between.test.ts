// Money between companies in the files of both: what each is told comes to what its books have.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import { inTenant } from '#db/transaction.ts';
import { openCsv } from '#formats/csv.ts';
import { parseDate } from '#kernel/calendar.ts';
import type { ApplicationId, CompanyId, PaymentId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { applyPayment } from '#payments/apply-payment.ts';
import { handOverPayment } from '#payments/hand-over-payment.ts';
import { returnPayment } from '#payments/return-payment.ts';
import { unapplyPayment } from '#payments/unapply-payment.ts';
import { serveTo } from '../../test/support/ask.ts';
import { proveBooks } from '../../test/support/books.ts';
import {
  aCompany,
  aCustomer,
  anInvoice,
  aPayment,
  aRate,
  itemsOf,
  letReceive,
} from '../../test/support/builders.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import { exportPostings, recordAnswers, setPostings } from './change-postings.ts';
import * as contract from './contract.ts';
import { readAnswers } from './read-answers.ts';
import { routes } from './routes.ts';

type Column = 'receipt' | 'part' | 'amount' | 'settled' | 'on_account' | 'booked_functional';
type FileRow = Readonly<Record<Column, string>>;

async function setUp(given: { readonly currency?: string } = {}) {
  const tenant = await newTenant();
  const [a, b] = [
    await aCompany(tenant, { code: 'SOUTH' }),
    await aCompany(tenant, { code: 'NORTH', ...given }),
  ];
  await letReceive(tenant, a, b);
  for (const companyId of [a, b])
    await tenant.act('owner', setPostings, { companyId, fromOn: parseDate('2026-01-01') });
  const ask = await serveTo(tenant, routes);
  const rowsOf = async (exportId: string): Promise<readonly FileRow[]> => {
    const { bytes } = await ask('viewer', contract.getPostingExport, { params: { exportId } });
    const { rows } = await openCsv(bytes);
    const read: FileRow[] = [];
    let head: readonly string[] | undefined;
    for await (const { cells } of rows) {
      if (head)
        read.push(Object.fromEntries(head.map((name, index) => [name, cells[index] ?? ''])) as FileRow);
      else head = cells;
    }
    return read;
  };
  /** Hands out what is to be posted of a company, or what was refused; nothing, where there is nothing. */
  const take = async (companyId: CompanyId, state: 'to_post' | 'refused' = 'to_post') => {
    const taken = await tenant.act('cash_applier', exportPostings, { companyId, state }).catch((problem) => {
      assert.equal(problem.code, 'nothing_to_post');
      return undefined;
    });
    return taken ? rowsOf(taken.exportId) : [];
  };
  const list = async (companyId: CompanyId) =>
    (await ask('viewer', contract.listPostings, { query: { companyId } })).reply;
  return { tenant, a, b, take, list, ask };
}

const cellsOf = (row: FileRow | undefined) =>
  row && [row.receipt, row.part, row.amount, row.settled, row.booked_functional];

test('both companies are told of money between them, by numbers that their accounting systems answer with', async () => {
  const { tenant, a, b, take, list } = await setUp();
  const customerId = await aCustomer(tenant);
  const theirs = await anInvoice(tenant, { companyId: b, customerId, minor: 60_00n });
  const ours = await anInvoice(tenant, { companyId: a, customerId, minor: 30_00n });
  const { paymentId, number } = await aPayment(tenant, { companyId: a, customerId, minor: 100_00n });
  const eur = (minor: bigint) => money(minor, 'EUR');
  await tenant.act('cash_applier', applyPayment, {
    paymentId,
    allocations: [{ itemId: ours.itemId, amount: eur(30_00n) }],
  });
  const handed = await tenant.act('cash_applier', handOverPayment, {
    paymentId,
    companyId: b,
    allocations: [{ itemId: theirs.itemId, amount: eur(59_00n), discount: eur(1_00n) }],
  });
  const inA = await take(a);
  const receipt = inA.find((row) => row.part === 'receipt');
  assert.deepEqual([receipt?.settled, receipt?.on_account], [`${ours.number}=30.00`, '70.00']);
  assert.deepEqual(cellsOf(inA.find((row) => row.part === 'handover')), [
    `${number}/1`,
    'handover',
    '-59.00',
    'due-to-NORTH=59.00',
    '1290=59.00 1760=-59.00',
  ]);
  const inB = await take(b);
  assert.deepEqual(inB.map(cellsOf), [
    [`SOUTH/${number}/1`, 'elsewhere', '59.00', `${theirs.number}=59.00`, '1360=59.00 1200=-60.00 4700=1.00'],
  ]);
  // The accounting system of the other company fills its file in and finds it again by what stood there.
  const answer = { ...inB[0], state: 'posted', reference: 'GL-9' };
  const file = `${Object.keys(answer).join(',')}\r\n${Object.values(answer).join(',')}\r\n`;
  const answers = await readAnswers(Buffer.from(file));
  const said = await tenant.act('cash_applier', recordAnswers, { companyId: b, answers });
  assert.deepEqual(said, { posted: 1, refused: 0, unchanged: 0, outdated: 0 });
  await assert.rejects(
    tenant.act('cash_applier', recordAnswers, { companyId: a, answers }),
    { code: 'answers_wrong' },
    'it is of the other company alone',
  );
  assert.deepEqual(
    (await list(b)).rows.map((row) => [row.number, row.state, row.reference]),
    [[`SOUTH/${number}/1`, 'posted', 'GL-9']],
  );
  const applicationIds = [handed.applications[0]?.applicationId as ApplicationId];
  await tenant.act('cash_applier', unapplyPayment, { paymentId, applicationIds });
  assert.deepEqual((await take(b)).map(cellsOf), [
    [
      `SOUTH/${number}/2`,
      'elsewhere_back',
      '-59.00',
      `${theirs.number}=-59.00`,
      '1360=-59.00 1200=60.00 4700=-1.00',
    ],
  ]);
  assert.deepEqual((await take(a)).map(cellsOf), [
    [`${number}/2`, 'handover_back', '59.00', 'due-to-NORTH=-59.00', '1290=-59.00 1760=59.00'],
  ]);
});

test('receipts of two companies with the same number are two postings of the third', async () => {
  const { tenant, a, b, take } = await setUp();
  const c = await aCompany(tenant, { code: 'EAST' });
  await letReceive(tenant, c, b);
  const customerId = await aCustomer(tenant);
  const numbers = new Set<string>();
  for (const companyId of [a, c]) {
    const { itemId } = await anInvoice(tenant, { companyId: b, customerId, minor: 60_00n });
    const { paymentId, number } = await aPayment(tenant, { companyId, customerId, minor: 60_00n });
    numbers.add(number);
    const allocations = [{ itemId, amount: money(60_00n, 'EUR') }];
    await tenant.act('cash_applier', handOverPayment, { paymentId, companyId: b, allocations });
  }
  assert.equal(numbers.size, 1, 'each company counts its own receipts');
  const [number] = numbers;
  assert.deepEqual((await take(b)).map((row) => row.receipt).sort(), [
    `EAST/${number}/1`,
    `SOUTH/${number}/1`,
  ]);
});

test('money between companies is posted by its own day, and what was handed out stays with what undoes it', async () => {
  const { tenant, a, b, take, list } = await setUp();
  const customerId = await aCustomer(tenant);
  const { paymentId } = await aPayment(tenant, { companyId: a, customerId, minor: 100_00n });
  const hand = async () => {
    const { itemId } = await anInvoice(tenant, { companyId: b, customerId, minor: 10_00n });
    const allocations = [{ itemId, amount: money(10_00n, 'EUR') }];
    await tenant.act('cash_applier', handOverPayment, { paymentId, companyId: b, allocations });
  };
  await hand();
  assert.equal((await take(b)).length, 1);
  await hand();
  await tenant.act('owner', setPostings, { companyId: b, fromOn: parseDate('2027-01-01') });
  assert.deepEqual(
    (await list(b)).rows.map(({ number, state }) => [number.slice(-2), state]),
    [['/1', 'sent']],
  );
  await tenant.act('cash_applier', unapplyPayment, { paymentId });
  assert.deepEqual(
    (await take(b)).map((row) => row.part),
    ['elsewhere_back'],
    'only of what the accounting system knows',
  );
});

/** What the books of a company have of money between companies, in its own currency, by the code of the account. */
async function ledgerOf(tenant: TestTenant, companyId: CompanyId): Promise<Readonly<Record<string, bigint>>> {
  const rows = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(sql<{ code: string; minor: bigint }>`
      select a.code, sum(l.functional_minor)::bigint as minor from journal_line l
      join journal_entry e on e.tenant_id = l.tenant_id and e.id = l.entry_id
      join ledger_account a on a.tenant_id = l.tenant_id and a.company_id = l.company_id and a.account = l.account
      join payment p on p.tenant_id = e.tenant_id and p.id = e.document_id
      where l.tenant_id = ${tx.tenantId} and l.company_id = ${companyId}
        and (e.kind = 'handover' or p.company_id <> l.company_id) group by 1 having sum(l.functional_minor) <> 0`),
  );
  return Object.fromEntries(rows.map((row) => [row.code, row.minor]));
}

/** What files told, by account. */
function toldBy(rows: readonly FileRow[]): Readonly<Record<string, bigint>> {
  const told: Record<string, bigint> = {};
  for (const part of rows.flatMap((row) => row.booked_functional.split(' '))) {
    const [code = '', amount = ''] = part.split('=');
    if (code !== '') told[code] = (told[code] ?? 0n) + BigInt(amount.replace('.', ''));
  }
  return Object.fromEntries(Object.entries(told).filter(([, minor]) => minor !== 0n));
}

const step = fc.oneof(
  fc.record({
    does: fc.constant('hand' as const),
    minor: fc.integer({ min: 1, max: 90_00 }),
    discount: fc.integer({ min: 0, max: 99 }),
    difference: fc.constantFrom(0, 0, 1),
  }),
  fc.record({ does: fc.constant('unapply' as const), at: fc.nat(5) }),
  fc.record({ does: fc.constant('export' as const), side: fc.nat(1) }),
  fc.record({ does: fc.constant('later' as const) }),
);

test('all files of each company together come to what its books have, whatever is done and taken back between', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 4, maxLength: 14 }),
      fc.boolean(),
      async (steps, comesBack) => {
        const { tenant, a, b, take } = await setUp({ currency: 'GBP' });
        for (const [base, quote, on, rate] of [
          ['USD', 'EUR', '2026-01-01', '0.9137'],
          ['USD', 'GBP', '2026-01-01', '0.7919'],
          ['USD', 'GBP', '2026-01-09', '0.8123'],
        ] as const)
          await aRate(tenant, { base, quote, on, rate });
        const usd = (minor: number) => money(BigInt(minor), 'USD');
        const theirs = await anInvoice(tenant, { companyId: b, minor: 900_00n, currency: 'USD' });
        const { paymentId } = await aPayment(tenant, { companyId: a, minor: 500_00n, currency: 'USD' });
        const told = new Map<CompanyId, FileRow[]>([
          [a, []],
          [b, []],
        ]);
        const handOut = async (companyId: CompanyId) => told.get(companyId)?.push(...(await take(companyId)));
        const standing: ApplicationId[] = [];
        let day = parseDate('2026-01-15');
        for (const one of steps) {
          if (one.does === 'hand') {
            const { minor, discount, difference } = one;
            const allocations = [
              {
                itemId: theirs.itemId,
                amount: usd(minor),
                ...(discount > 0 ? { discount: usd(discount) } : {}),
                ...(difference > 0 ? { difference: usd(difference) } : {}),
              },
            ];
            const done = await tenant
              .act('cash_applier', handOverPayment, { paymentId, companyId: b, allocations })
              .catch((problem) => assert.equal(problem.code, 'exceeds_unapplied'));
            if (done) standing.push(...done.applications.map((it) => it.applicationId as ApplicationId));
          } else if (one.does === 'unapply') {
            const [applicationId] = standing.splice(one.at % Math.max(1, standing.length), 1);
            if (applicationId)
              await tenant.act('cash_applier', unapplyPayment, {
                paymentId,
                applicationIds: [applicationId],
              });
          } else if (one.does === 'export') await handOut(one.side === 0 ? a : b);
          else {
            day = day.add({ days: 1 });
            tenant.on(day.toString());
          }
        }
        for (const companyId of [a, b]) {
          await handOut(companyId);
          const own = told.get(companyId) ?? [];
          assert.deepEqual(toldBy(own), await ledgerOf(tenant, companyId));
          const keys = own.map((row) => `${row.receipt} ${row.part}`);
          assert.equal(new Set(keys).size, keys.length, 'each once, under a number of its own');
        }
        await takeAllBack(tenant, paymentId, comesBack);
        for (const companyId of [a, b]) {
          await handOut(companyId);
          assert.deepEqual(
            toldBy(told.get(companyId) ?? []),
            {},
            'taken back, nothing is left of it anywhere',
          );
        }
        assert.deepEqual((await itemsOf(tenant, theirs.invoiceId))[0]?.open.minor, 900_00n);
        await proveBooks(tenant);
      },
    ),
    { numRuns: 6, endOnFailure: true },
  );
});

/** Takes back what stands of a payment, or lets the payment itself come back. */
async function takeAllBack(tenant: TestTenant, paymentId: PaymentId, comesBack: boolean): Promise<void> {
  if (comesBack) await tenant.act('controller', returnPayment, { paymentId, reason: 'No funds' });
  else
    await tenant
      .act('cash_applier', unapplyPayment, { paymentId })
      .catch((problem) => assert.equal(problem.code, 'nothing_to_unapply'));
}
