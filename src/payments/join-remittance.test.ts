import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { sql } from 'kysely';
import { inTenant, type Tx } from '#db/transaction.ts';
import { parseDate } from '#kernel/calendar.ts';
import { newId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { changeReading } from '#remittances/change-reading.ts';
import { readRemittancePage } from '#remittances/read-remittances.ts';
import {
  type RemittanceReceived,
  receiveTypedRemittance,
  receiveUpload,
} from '#remittances/receive-remittance.ts';
import { takeRemittance } from '#remittances/take-remittance.ts';
import { aCompany, aCustomer, anInvoice, aPayment, itemsOf } from '../../test/support/builders.ts';
import { RACERS, race } from '../../test/support/race.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import { certainPairs } from './claimed.ts';
import { applyRemittance, joinRemittance, joinRemittances, partRemittance } from './join-remittance.ts';

const eur = (minor: bigint) => money(minor, 'EUR');

async function setting() {
  const tenant = await newTenant({ on: '2026-03-10' });
  const companyId = await aCompany(tenant);
  const customerId = await aCustomer(tenant);
  const invoice = (minor: bigint) =>
    anInvoice(tenant, { companyId, customerId, minor, issuedOn: '2026-01-10', dueOn: '2026-02-09' });
  const receipt = async (minor: bigint, more = {}) =>
    (await aPayment(tenant, { companyId, customerId, minor, receivedOn: '2026-03-05', ...more })).paymentId;
  const remit = async (lines: readonly (readonly [string, bigint, bigint?])[], more = {}) =>
    (
      await tenant.act('cash_applier', receiveTypedRemittance, {
        companyId,
        currency: 'EUR',
        lines: lines.map(([document, paid, deduction = 0n]) => ({
          document,
          amount: eur(paid),
          discount: eur(0n),
          deduction: eur(deduction),
          reason: deduction > 0n ? 'Broken on arrival' : undefined,
        })),
        ...more,
      })
    ).remittanceId;
  const look = async () => (await tenant.act('cash_applier', joinRemittances, {})).joined;
  const apply = (remittanceId: string, isAutomatic = true) =>
    tenant.act('cash_applier', applyRemittance, { remittanceId, isAutomatic });
  const openOf = async (documentId: string) =>
    (await itemsOf(tenant, documentId)).reduce((sum, item) => sum + item.open.minor, 0n);
  const numberOf = async (documentId: string) => (await itemsOf(tenant, documentId))[0]?.reference ?? '';
  return { tenant, companyId, customerId, invoice, receipt, remit, look, apply, openOf, numberOf };
}

/** Notes a join past the program. */
async function putJoin(tx: Tx, remittanceId: string, paymentId: string): Promise<void> {
  await tx.run(sql`insert into remittance_join (tenant_id, id, remittance_id, payment_id, rule, joined_by, joined_at)
    values (${tx.tenantId}, ${newId()}, ${remittanceId}, ${paymentId}, 'person', 'test', now())`);
}

/** Waits until somebody waits for that connection; gives up after five seconds. */
async function untilBlockedBy(tenant: TestTenant, pid: number): Promise<void> {
  for (let turn = 0; turn < 100; turn += 1) {
    const { rows } = await tenant.pool.query(
      'select 1 from pg_stat_activity where datname = current_database() and $1::int = any(pg_blocking_pids(pid))',
      [pid],
    );
    if (rows.length > 0) return;
    await setTimeout(50);
  }
  assert.fail('nobody waits');
}

test('a remittance finds its receipt whichever comes first, and the receipt is applied exactly as claimed', async () => {
  for (const first of ['remittance', 'receipt']) {
    const { invoice, receipt, remit, look, apply, openOf, numberOf } = await setting();
    const [a, b] = [await invoice(1_000_00n), await invoice(500_00n)];
    const lines = [
      [await numberOf(a.invoiceId), 1_000_00n],
      [await numberOf(b.invoiceId), 450_00n, 50_00n],
    ] as const;
    let remittanceId = first === 'remittance' ? await remit(lines) : '';
    assert.deepEqual(await look(), []);
    const paymentId = await receipt(1_450_00n);
    if (first === 'receipt') remittanceId = await remit(lines);
    assert.deepEqual(await look(), [{ remittanceId, paymentId }]);
    const applied = await apply(remittanceId);
    assert.equal(applied.unapplied.amount, '0.00');
    assert.deepEqual([await openOf(a.invoiceId), await openOf(b.invoiceId)], [0n, 50_00n]);
    assert.deepEqual(
      applied.deductions.map((d) => d.amount.amount),
      ['50.00'],
    );
  }
});

test('two receipts that fit as well as each other, or two remittances, wait for a person', async () => {
  const { invoice, receipt, remit, look, numberOf } = await setting();
  const number = await numberOf((await invoice(100_00n)).invoiceId);
  await receipt(100_00n);
  await receipt(100_00n);
  const remittanceId = await remit([[number, 100_00n]]);
  assert.deepEqual(await look(), []);
  const third = await receipt(100_00n, { reference: 'TRN883719' });
  await remit([[number, 100_00n]], { paymentReference: 'TRN-883719' });
  const joined = await look();
  assert.deepEqual(
    joined.map((one) => one.paymentId),
    [third],
    'the payment reference decides between them',
  );
  assert.notEqual(joined[0]?.remittanceId, remittanceId);
});

test('a receipt of another customer, amount or time is not joined', async () => {
  const { tenant, companyId, invoice, receipt, remit, look, numberOf } = await setting();
  const other = await aCustomer(tenant);
  await aPayment(tenant, { companyId, customerId: other, minor: 100_00n, receivedOn: '2026-03-05' });
  await receipt(100_01n);
  await receipt(100_00n, { receivedOn: '2026-01-20' });
  await remit([[await numberOf((await invoice(100_00n)).invoiceId), 100_00n]], {
    paidOn: parseDate('2026-03-04'),
  });
  assert.deepEqual(await look(), []);
});

test('what does not agree to the cent is not applied, and can be mended', async () => {
  const { tenant, invoice, receipt, remit, look, apply, openOf, numberOf } = await setting();
  const { invoiceId } = await invoice(100_00n);
  const number = await numberOf(invoiceId);
  await receipt(100_00n);
  const remittanceId = await remit([[number, 99_99n]], { total: eur(100_00n) });
  assert.equal((await look()).length, 1);
  await assert.rejects(apply(remittanceId), {
    code: 'remittance_not_clear',
    facts: { because: 'claims_differ_from_total' },
  });
  assert.equal(await openOf(invoiceId), 100_00n);
  const mended = {
    remittanceId,
    revision: 1,
    total: eur(100_00n),
    lines: [{ document: number, amount: eur(100_00n), discount: eur(0n), deduction: eur(0n) }],
  };
  await tenant.act('cash_applier', changeReading, mended);
  await assert.rejects(tenant.act('cash_applier', changeReading, mended), {
    code: 'remittance_changed_meanwhile',
  });
  await apply(remittanceId);
  assert.equal(await openOf(invoiceId), 0n);
});

test('documents that are unknown, claimed twice, claimed beyond what is open or of several customers stop it', async () => {
  const { tenant, companyId, invoice, receipt, remit, apply, numberOf } = await setting();
  const number = await numberOf((await invoice(100_00n)).invoiceId);
  const other = await anInvoice(tenant, {
    companyId,
    customerId: await aCustomer(tenant),
    minor: 50_00n,
    issuedOn: '2026-01-10',
    dueOn: '2026-02-09',
  });
  const cases = [
    [
      [
        [number, 50_00n],
        ['NO-SUCH-1', 10_00n],
      ],
      'claims_not_all_found',
    ],
    [
      [
        [number, 50_00n],
        [number, 20_00n],
      ],
      'claims_not_all_found',
    ],
    [[[number, 100_01n]], 'claims_not_all_found'],
    [[[number, 90_00n, 10_01n]], 'claims_not_all_found'],
    [
      [
        [number, 50_00n],
        [await numberOf(other.invoiceId), 50_00n],
      ],
      'claims_of_several_customers',
    ],
    [[[await numberOf(other.invoiceId), 50_00n]], 'claims_of_other_customer'],
  ] as const;
  for (const [lines, because] of cases) {
    const paymentId = await receipt(lines.reduce((sum, [, minor]) => sum + minor, 0n));
    const remittanceId = await remit(lines);
    await tenant.act('cash_applier', joinRemittance, { remittanceId, paymentId });
    await assert.rejects(apply(remittanceId), { code: 'remittance_not_clear', facts: { because } });
  }
});

test('a discount that was not earned is for a person to grant', async () => {
  const { tenant, companyId, customerId, invoice, receipt, apply, openOf, numberOf } = await setting();
  const { invoiceId } = await invoice(100_00n);
  const { remittanceId } = await tenant.act('cash_applier', receiveTypedRemittance, {
    companyId,
    customerId,
    currency: 'EUR',
    lines: [
      { document: await numberOf(invoiceId), amount: eur(98_00n), discount: eur(2_00n), deduction: eur(0n) },
    ],
  });
  const paymentId = await receipt(98_00n);
  await tenant.act('cash_applier', joinRemittance, { remittanceId, paymentId });
  await assert.rejects(apply(remittanceId), { code: 'remittance_discount_not_earned' });
  assert.equal(await openOf(invoiceId), 100_00n);
  await apply(remittanceId, false);
  assert.equal(await openOf(invoiceId), 0n);
});

test('what a person parted is not joined again by itself, and may be by a person', async () => {
  const { tenant, invoice, receipt, remit, look, numberOf } = await setting();
  const paymentId = await receipt(100_00n);
  const remittanceId = await remit([[await numberOf((await invoice(100_00n)).invoiceId), 100_00n]]);
  await look();
  await tenant.act('cash_applier', partRemittance, { remittanceId });
  assert.deepEqual(await look(), []);
  await assert.rejects(tenant.act('cash_applier', partRemittance, { remittanceId }), {
    code: 'remittance_not_joined',
  });
  await tenant.act('cash_applier', joinRemittance, { remittanceId, paymentId });
});

test('who joins a receipt waits for whoever has it in hand, and sees what that one did', async () => {
  const { tenant, receipt, remit } = await setting();
  const paymentId = await receipt(100_00n);
  const [first, second] = [await remit([['INV-1', 100_00n]]), await remit([['INV-2', 100_00n]])];
  let ended: Promise<string> = Promise.resolve('');
  await inTenant(tenant.pool, tenant.tenantId, async (tx) => {
    const held = await tx.find(sql<{ pid: number }>`select pg_backend_pid() as pid from payment
      where tenant_id = ${tx.tenantId} and id = ${paymentId} for update`);
    // Whoever looks for another remittance before the payment is its own does not see this one.
    await putJoin(tx, first, paymentId);
    ended = tenant.act('cash_applier', joinRemittance, { remittanceId: second, paymentId }).then(
      () => 'joined',
      (error) => error.code,
    );
    await untilBlockedBy(tenant, held?.pid ?? 0);
  });
  assert.equal(await ended, 'payment_has_remittance');
});

test('the database itself keeps a receipt to one remittance, and a remittance to one receipt', async () => {
  const { tenant, receipt, remit } = await setting();
  const [a, b] = [await receipt(100_00n), await receipt(100_00n)];
  const [first, second] = [await remit([['INV-1', 100_00n]]), await remit([['INV-2', 100_00n]])];
  const join = (remittanceId: string, paymentId: string) =>
    inTenant(tenant.pool, tenant.tenantId, (tx) => putJoin(tx, remittanceId, paymentId));
  await join(first, a);
  await assert.rejects(join(second, a), { code: '23505', constraint: 'remittance_join_payment' });
  await assert.rejects(join(first, b), { code: '23505', constraint: 'remittance_join_once' });
  await join(second, b);
});

test('the same file twice is one remittance, and its source is kept', async () => {
  const { tenant, companyId } = await setting();
  const upload = (text: string) =>
    receiveUpload(
      { door: tenant.door, context: tenant.as('cash_applier') },
      { fileName: 'remittance.csv', stream: Readable.from([Buffer.from(text)]) },
      { companyId },
    );
  const text = 'Invoice,Amount\nINV-1,10.00\nTotal,10.00\n';
  const first = await upload(text);
  assert.deepEqual([first.isKnown, first.lineCount, first.difference.amount], [false, 1, '0.00']);
  assert.deepEqual(await upload(text), { ...first, isKnown: true });
  assert.notEqual((await upload(text.replaceAll('10.00', '11.00'))).remittanceId, first.remittanceId);
  const taken = await inTenant(tenant.pool, tenant.tenantId, (tx) => takeRemittance(tx, first.remittanceId));
  assert.deepEqual(taken.lines[0]?.place?.amount, { line: 2, column: 1 });
});

test('the same file from many at once is one remittance, and all are told which', async () => {
  const { tenant, companyId } = await setting();
  const text = 'Invoice,Amount\nINV-1,12.00\nTotal,12.00\n';
  const got: RemittanceReceived[] = [];
  const { won, codes } = await race(
    tenant,
    Array.from({ length: RACERS }, () => async () => {
      got.push(
        await receiveUpload(
          { door: tenant.door, context: tenant.as('cash_applier') },
          { fileName: 'remittance.csv', stream: Readable.from([Buffer.from(text)]) },
          { companyId },
        ),
      );
    }),
  );
  assert.deepEqual([won, codes], [RACERS, []]);
  assert.equal(new Set(got.map((one) => one.remittanceId)).size, 1);
  assert.equal(got.filter((one) => !one.isKnown).length, 1);
});

test('the database itself keeps a content to one remittance of a company', async () => {
  const { tenant, remit } = await setting();
  const remittanceId = await remit([['INV-1', 100_00n]]);
  await assert.rejects(
    inTenant(tenant.pool, tenant.tenantId, (tx) =>
      tx.run(sql`insert into remittance select tenant_id, ${newId()}, company_id, origin, file_name, sha256, source,
        received_on, recorded_by, recorded_at from remittance where tenant_id = ${tenant.tenantId} and id = ${remittanceId}`),
    ),
    { code: '23505', constraint: 'remittance_content' },
  );
});

test('certain pairs do not depend on the order in which they were found', () => {
  const pair = (r: string, p: string, byReference = false) => ({
    remittanceId: r,
    paymentId: p,
    byReference,
  });
  const pairs = [pair('1', 'a'), pair('1', 'b', true), pair('2', 'a'), pair('3', 'c'), pair('4', 'c')];
  const certain = [pair('1', 'b', true), pair('2', 'a')];
  assert.deepEqual(certainPairs(pairs), certain);
  assert.deepEqual(certainPairs(pairs.toReversed()), certain);
});

test('the list says what was applied and what is in doubt: a total missed, a number of two documents, no receipt for days', async () => {
  const { tenant, invoice, receipt, remit, look, apply, numberOf } = await setting();
  const number = await numberOf((await invoice(100_00n)).invoiceId);
  const listed = async (on: string, state?: 'applied' | 'in_doubt') =>
    new Map(
      (
        await inTenant(tenant.pool, tenant.tenantId, (tx) =>
          readRemittancePage(tx, { limit: 50, state }, parseDate(on)),
        )
      ).rows.map((row) => [row.remittanceId, [row.standing, ...row.doubts].join(' ')]),
    );
  const good = await remit([[number, 100_00n]]);
  const missed = await remit([['OTHER-1', 90_00n]], { total: eur(95_00n) });
  const twin = await invoice(10_00n);
  // Two documents whose numbers are compared as one, as imports from two systems leave them.
  await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(sql`insert into open_item (tenant_id, id, company_id, customer_id, kind, document_id, instalment, reference, account,
        currency, amount_minor, open_minor, functional_minor, open_functional_minor, posted_on, due_on, recorded_at)
      select tenant_id, ${newId()}, company_id, customer_id, kind, ${newId()}, instalment, reference, account,
        currency, amount_minor, 0, functional_minor, 0, posted_on, due_on, recorded_at
      from open_item where tenant_id = ${tx.tenantId} and document_id = ${twin.invoiceId}`),
  );
  const twice = await remit([[await numberOf(twin.invoiceId), 10_00n]]);
  const early = await listed('2026-03-10');
  assert.deepEqual([early.get(good), early.get(missed)], ['waiting', 'in_doubt lines_differ']);
  assert.equal((await listed('2026-03-20')).get(good), 'in_doubt no_receipt');
  assert.equal(early.get(twice), 'in_doubt document_ambiguous');
  await receipt(100_00n);
  await look();
  assert.equal((await listed('2026-03-20')).get(good), 'joined');
  await apply(good);
  const after = await listed('2026-03-20');
  assert.equal(after.get(good), 'applied');
  assert.deepEqual([...(await listed('2026-03-20', 'applied')).keys()], [good]);
  assert.deepEqual(new Set((await listed('2026-03-20', 'in_doubt')).keys()), new Set([missed, twice]));
});
