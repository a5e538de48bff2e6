// What one company received for another, spoilt in a database of one's own whose triggers and keys are taken away: the rule that
// should see it must see it.
// In a process of its own: all it does goes to a database without rules.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type RawBuilder, sql } from 'kysely';
import { inTenant } from '#db/transaction.ts';
import { parseDate } from '#kernel/calendar.ts';
import type { ApplicationId } from '#kernel/id.ts';
import { handOverPayment } from '#payments/hand-over-payment.ts';
import { returnPayment } from '#payments/return-payment.ts';
import { unapplyPayment } from '#payments/unapply-payment.ts';
import { aCompany, anInvoice, aPayment, letReceive } from '../../test/support/builders.ts';
import type { Clone } from '../../test/support/database.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import { cloneWithoutRules, LEDGER_DAYS } from '../../test/support/unruled.ts';
import { HANDOVER_RULES } from './store-proof-handovers.ts';
import { verifyBooks } from './verify-books.ts';

let clone: Clone;

before(async () => {
  // What that trigger makes is among what is proven.
  clone = await cloneWithoutRules(LEDGER_DAYS);
});

after(async () => {
  await clone.drop();
});

/** Books of two companies: money that went to the other and stands, some that came back, and a payment that was returned. */
async function someBooks(): Promise<TestTenant> {
  const tenant = await newTenant({ on: '2026-01-20' });
  const [a, b] = [await aCompany(tenant), await aCompany(tenant)];
  await letReceive(tenant, a, b);
  const { itemId } = await anInvoice(tenant, { companyId: b });
  const go = async (minor: bigint) => {
    const { paymentId } = await aPayment(tenant, { companyId: a });
    const allocations = [{ itemId, amount: { minor, currency: 'EUR' } }];
    const done = await tenant.act('cash_applier', handOverPayment, { paymentId, companyId: b, allocations });
    return { paymentId, applicationIds: done.applications.map((one) => one.applicationId as ApplicationId) };
  };
  await go(30_00n);
  await tenant.act('cash_applier', unapplyPayment, await go(20_00n));
  const { paymentId } = await go(10_00n);
  await tenant.act('controller', returnPayment, { paymentId, reason: 'No funds' });
  return tenant;
}

const verify = (tenant: TestTenant) =>
  verifyBooks(tenant.pool, tenant.tenantId, { now: tenant.clock(), today: parseDate('2026-03-31') });

const one = (table: string, t: string, condition: RawBuilder<unknown>) =>
  sql`ctid = (select ctid from ${sql.table(table)} where tenant_id = ${t} and ${condition} order by ctid limit 1)`;

type Spoiling = (tenantId: string) => RawBuilder<unknown>;

const standing = sql`reverses_id is null and not exists (select from company_handover r
  where r.tenant_id = company_handover.tenant_id and r.reverses_id = company_handover.id)`;
const back = sql`reverses_id is not null`;
const due = (account: string) => sql`account = ${account}::text`;

/** Ways to spoil for each rule that should notice it. */
const SPOILINGS: Readonly<Record<string, readonly Spoiling[]>> = {
  companies_owe_each_other_the_same: [
    (t) =>
      sql`update journal_line set amount_minor = amount_minor + 1 where ${one('journal_line', t, due('due-to-companies'))}`,
    (t) =>
      sql`update journal_line set amount_minor = amount_minor - 1 where ${one('journal_line', t, due('due-from-companies'))}`,
  ],
  due_line_has_its_handover: [
    (t) => sql`delete from company_handover where ${one('company_handover', t, standing)}`,
    (t) =>
      sql`update journal_line set account = 'due-to-companies', item_id = null where ${one('journal_line', t, due('bank'))}`,
    (t) =>
      sql`update journal_line set functional_minor = functional_minor + 1 where ${one('journal_line', t, due('due-to-companies'))}`,
  ],
  handover_has_its_entries: [
    (t) =>
      sql`update company_handover set handed_on = handed_on + 1 where ${one('company_handover', t, standing)}`,
    (t) =>
      sql`update company_handover set to_entry_id = gen_random_uuid() where ${one('company_handover', t, standing)}`,
    (t) => sql`delete from journal_line where ${one('journal_line', t, due('due-from-companies'))}`,
  ],
  handover_has_its_items: [
    (t) =>
      sql`update company_handover set amount_minor = amount_minor + 1 where ${one('company_handover', t, standing)}`,
    (t) =>
      sql`update company_handover set to_item_id = gen_random_uuid() where ${one('company_handover', t, standing)}`,
    (t) =>
      sql`update open_item set kind = 'handover', instalment = 99 where ${one('open_item', t, sql`kind = 'return'`)}`,
    (t) =>
      sql`update company_handover set customer_id = gen_random_uuid() where ${one('company_handover', t, standing)}`,
  ],
  handover_reversal: [
    (t) =>
      sql`update company_handover set amount_minor = amount_minor + 1 where ${one('company_handover', t, back)}`,
    (t) =>
      sql`update company_handover set reverses_id = gen_random_uuid() where ${one('company_handover', t, back)}`,
    (t) => sql`update company_handover set to_functional_minor = 0 where ${one('company_handover', t, back)}`,
  ],
  handed_over_is_applied: [
    (t) =>
      sql`update open_item set open_minor = amount_minor where ${one(
        'open_item',
        t,
        sql`kind = 'handover' and amount_minor < 0
        and exists (select from company_handover h where h.tenant_id = open_item.tenant_id and h.to_item_id = open_item.id)`,
      )}`,
    (t) =>
      sql`update payment set returned_on = '2026-01-20' where ${one('payment', t, sql`returned_on is null`)}`,
    (t) =>
      sql`update payment set direction = 'refunded' where ${one('payment', t, sql`returned_on is null`)}`,
  ],
};

for (const [rule, spoilings] of Object.entries(SPOILINGS))
  for (const [index, spoil] of spoilings.entries())
    test(`spoilt handing over is noticed by ${rule} (${index + 1})`, async () => {
      const tenant = await someBooks();
      const sound = await verify(tenant);
      assert.deepEqual(
        sound.checks.filter((check) => !check.holds),
        [],
      );
      const touched = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
        tx.run(sql`with done as (${spoil(tenant.tenantId)} returning 1) select 1 from done`),
      );
      assert.equal(touched.length, 1, 'one row is spoilt');
      const found = (await verify(tenant)).checks.find((check) => check.rule === rule);
      assert.equal(found?.holds, false);
      assert.ok((found?.offenders ?? 0) > 0 && (found?.examples.length ?? 0) > 0);
    });

test('every rule of handing over has a way of spoiling the books that it notices', () => {
  assert.deepEqual(Object.keys(SPOILINGS).sort(), HANDOVER_RULES.map((one) => one.rule).sort());
});
