// The auditor is itself proven: in a database of one's own, without its triggers and keys, facts are spoilt in one way after the
// other, and the auditor must say which.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type RawBuilder, sql } from 'kysely';
import pg from 'pg';
import { inTenant, type Tx } from '#db/transaction.ts';
import { present } from '#kernel/assert.ts';
import type { CustomerId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { applyPayment } from '#payments/apply-payment.ts';
import { applyRemittance, joinRemittances } from '#payments/join-remittance.ts';
import { unapplyPayment } from '#payments/unapply-payment.ts';
import { explainLine } from '#reconciliation/explain-line.ts';
import { exportRefunds } from '#refunds/export-refunds.ts';
import { grantRefund } from '#refunds/grant-refund.ts';
import { receiveTypedRemittance } from '#remittances/receive-remittance.ts';
import { anInvoice, aPayment } from '../support/builders.ts';
import { type Clone, cloneDatabase } from '../support/database.ts';
import { newTenant } from '../support/tenant.ts';
import { countSums } from './audit-cash.ts';
import { auditWithin } from './auditor.ts';
import { bookStatement } from './bank-steps.ts';
import { act, makeWorld, type World } from './world.ts';

let clone: Clone;
let world: World;

before(async () => {
  clone = await cloneDatabase();
  process.env.QUITTANCE_TEST_DATABASE_URL = clone.url;
  const owner = new pg.Client({ connectionString: clone.url });
  await owner.connect();
  await owner.query(`do $$ declare t record; begin
    for t in select oid::regclass as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace loop
      execute format('alter table %s disable trigger user', t.name);
    end loop;
    for t in select conrelid::regclass as name, conname from pg_constraint
      where contype in ('f', 'c') and connamespace = 'public'::regnamespace loop
      execute format('alter table %s drop constraint %I', t.name, t.conname);
    end loop;
  end $$`);
  await owner.end();
  world = await someBooks();
});

after(async () => {
  await clone.drop();
});

const eur = (minor: bigint) => money(minor, 'EUR');

/** Books in which each thing the auditor looks at happened once. */
async function someBooks(): Promise<World> {
  const made = await makeWorld(await newTenant({ on: '2026-01-05' }));
  const { tenant, companyId } = made;
  const [customerId, other] = made.customers as [CustomerId, CustomerId];
  const iban = present(made.accounts.get(customerId), 'the customer has an account').iban;
  const debt = (minor: bigint, dueOn = '2026-02-01') =>
    anInvoice(tenant, { companyId, customerId, minor, dueOn });
  const [named, short] = [await debt(111_11n), await debt(222_22n)];
  await bookStatement(made, [{ minor: 111_11n, text: named.number, iban }], true);
  await bookStatement(made, [{ minor: 220_00n, text: short.number, iban }], true);
  await debt(77_77n);
  await bookStatement(made, [{ minor: 77_77n, text: 'thanks', iban }], true);

  const kept = await debt(300_00n);
  const paid = await aPayment(tenant, { companyId, customerId, minor: 200_00n, receivedOn: '2026-01-05' });
  await act(made, applyPayment, {
    paymentId: paid.paymentId,
    allocations: [{ itemId: kept.itemId, amount: eur(200_00n) }],
    deductions: [{ itemId: kept.itemId, amount: eur(100_00n), reason: 'quality', note: 'broken' }],
  });
  await act(made, unapplyPayment, { paymentId: paid.paymentId });

  const claimed = await debt(400_00n);
  await bookStatement(made, [{ minor: 400_00n, text: 'PAYONE', iban }], false);
  const zero = eur(0n);
  await act(made, receiveTypedRemittance, {
    companyId,
    customerId,
    currency: 'EUR',
    total: eur(400_00n),
    paymentReference: 'PAYONE',
    lines: [{ document: claimed.number, amount: eur(400_00n), discount: zero, deduction: zero }],
  });
  const { joined } = await act(made, joinRemittances, {});
  await act(made, applyRemittance, { remittanceId: present(joined[0], 'it is joined').remittanceId });

  await aPayment(tenant, { companyId, customerId: other, minor: 500_00n, receivedOn: '2026-01-05' });
  made.day = made.day.add({ days: 8 });
  const refund = () =>
    act(made, grantRefund, {
      companyId,
      customerId: other,
      amount: eur(200_00n),
      bankAccountId: present(made.accounts.get(other), 'the other has an account').bankAccountId,
      reason: 'too much',
    });
  const { refundId } = await refund();
  const { refunds } = await act(made, exportRefunds, {
    companyId,
    bankAccountId: made.bank.accountId,
    refundIds: [refundId],
  });
  await refund();
  await bookStatement(made, [{ minor: -200_00n, text: 'refund' }], false);
  await act(made, explainLine, {
    lineId: (await one<{ id: string }>(made, sql`select id from statement_line where amount_minor = -20000`))
      .id,
    kind: 'refund',
    paymentIds: [present(refunds[0], 'one was ordered').paymentId],
  });
  return made;
}

async function one<Found>({ tenant }: World, query: RawBuilder<unknown>): Promise<Found> {
  const [row] = await inTenant(tenant.pool, tenant.tenantId, (tx) => tx.run(query as RawBuilder<Found>));
  return present(row, 'there is one') as Found;
}

class TakenBack extends Error {}

/** What the auditor says when facts were spoilt; they are as they were afterwards. */
async function saidOf(spoil: (tx: Tx) => Promise<void>): Promise<string> {
  const { tenant } = world;
  let said = 'nothing';
  await assert.rejects(
    inTenant(tenant.pool, tenant.tenantId, async (tx) => {
      await spoil(tx);
      await auditWithin(tx, 'spoilt', { isAlone: true }).catch((error: Error) => {
        said = error.message;
      });
      throw new TakenBack();
    }),
    TakenBack,
  );
  return said;
}

const spoiltBy = (query: RawBuilder<unknown>) => async (tx: Tx) => {
  const rows = await tx.run(sql`${query} returning 1`);
  assert.ok(rows.length > 0, 'something was spoilt');
};

const CASES: readonly (readonly [plants: string, says: RegExp, query: RawBuilder<unknown>])[] = [
  [
    'a certificate is lost',
    /has its certificate/,
    sql`delete from match_certificate where rule = 'reference_sum_exact'`,
  ],
  [
    'the machine was not sure',
    /was as sure as the company asked/,
    sql`update match_certificate set probability = 0.6 where rule = 'only_sum'`,
  ],
  [
    'a certificate says another threshold than the company had',
    /was as sure as the company asked/,
    sql`update match_certificate set certificate = jsonb_set(certificate, '{applyFrom}', '50') where rule = 'only_sum'`,
  ],
  [
    'the customer was one to apply by hand',
    /applied by hand was touched/,
    sql`insert into customer_matching (tenant_id, id, customer_id, method, with_disputed, recorded_by, recorded_at)
      select tenant_id, gen_random_uuid(), id, 'manual', false, 'user', '2026-01-01' from customer`,
  ],
  [
    'the payer named something else',
    /names all that was paid/,
    sql`update statement_line set remittance = 'no word' where true`,
  ],
  [
    'a tolerance was lower than what was dropped',
    /has its right/,
    sql`update tolerance_rule set amount_max_minor = 221 where true`,
  ],
  ['a tolerance was blocked', /has its right/, sql`update tolerance_rule set stance = 'blocked' where true`],
  [
    'another tolerance was in force',
    /by the rule of that day/,
    sql`insert into tolerance_rule (tenant_id, id, company_id, customer_id, currency, stance, valid_from, recorded_by, recorded_at)
      select tenant_id, gen_random_uuid(), company_id, (select customer_id from dropped_difference f where f.tenant_id = tolerance_rule.tenant_id), currency, 'blocked', valid_from, 'user', recorded_at from tolerance_rule`,
  ],
  [
    'a rule dropped what did not close the item',
    /a rule dropped closed the item/,
    sql`update dropped_difference set recorded_at = recorded_at - interval '0.5 milliseconds' where basis = 'tolerance'`,
  ],
  [
    'a machine left some of a receipt over',
    /used the receipt up/,
    sql`update payment set amount_minor = amount_minor + 1 where id in (select payment_id from match_certificate)`,
  ],
  ['what was dropped has no right', /has its right/, sql`delete from dropped_difference where true`],
  [
    'a remittance said otherwise',
    /what its lines say/,
    sql`update remittance_line set amount_minor = amount_minor + 1 where true`,
  ],
  [
    'more was paid back than granted',
    /no refund is more than the credit/,
    sql`update refund set amount_minor = amount_minor - 1 where true`,
  ],
  [
    'a refund went out too early',
    /no refund is more than the credit/,
    sql`update refund set payable_from = '2026-12-31' where true`,
  ],
  [
    'more was granted than there was credit',
    /was covered by credit/,
    sql`update refund set amount_minor = 30001 where not exists (select from refund_end e where e.refund_id = refund.id)`,
  ],
  [
    'a bank line shows another sum than its payments',
    /shows their sum/,
    sql`update line_explanation set amount_minor = amount_minor - 1 where true`,
  ],
  [
    'a deduction outlived its payment',
    /does not outlive/,
    sql`delete from dispute_closing where outcome = 'undone'`,
  ],
  [
    'a bank line is another amount than it was booked with',
    /of the bank does not tie/,
    sql`update statement_line set amount_minor = amount_minor + 1 where amount_minor = 11111`,
  ],
  [
    'an item is a cent off',
    /is its amount less its applications/,
    sql`update open_item set open_minor = open_minor + 1 where open_minor > 0`,
  ],
];

test('of books that hold the auditor says nothing', async () => {
  const { tenant } = world;
  await inTenant(tenant.pool, tenant.tenantId, (tx) => auditWithin(tx, 'as made', { isAlone: true }));
});

for (const [plants, says, query] of CASES)
  test(`the auditor notices that ${plants}`, async () => {
    assert.match(await saidOf(spoiltBy(query)), says);
  });

test('the auditor notices a machine that applied on a tie', async () => {
  const { tenant, companyId } = world;
  const customerId = present(world.customers[2], 'there is a third customer');
  const debt = (dueOn: string) => anInvoice(tenant, { companyId, customerId, minor: 100_00n, dueOn });
  const [first] = [await debt('2026-02-01'), await debt('2026-03-01')];
  const { paymentId } = await aPayment(tenant, { companyId, customerId, minor: 100_00n });
  await act(world, applyPayment, {
    paymentId,
    allocations: [{ itemId: first.itemId, amount: eur(100_00n) }],
    method: 'amount',
    evidence: { rule: 'only_sum' },
  });
  const said = await saidOf(
    spoiltBy(sql`insert into match_certificate (tenant_id, payment_id, rule, probability, certificate, recorded_at)
      select a.tenant_id, ${paymentId}, 'only_sum', 1, '{"proof": "all_sums_known", "sums": 1, "payers": 1, "payerIsSaid": true, "applyFrom": 90}',
        a.recorded_at from application a where a.debit_item_id = ${first.itemId}`),
  );
  assert.match(said, /so many choices come to the amount/);
});

test('choices are counted with alike documents as one', () => {
  const doc = (minor: bigint, due: string) => ({ minor, due });
  assert.equal(countSums([doc(100n, 'a'), doc(100n, 'a'), doc(50n, 'a')], 100n), 1);
  assert.equal(countSums([doc(100n, 'a'), doc(100n, 'b'), doc(50n, 'a')], 150n), 2);
  assert.equal(countSums([doc(100n, 'a'), doc(50n, 'a'), doc(50n, 'a')], 100n), 2);
  assert.equal(countSums([doc(100n, 'a')], 99n), 0);
});
