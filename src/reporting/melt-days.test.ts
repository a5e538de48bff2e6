import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { inTenant } from '#db/transaction.ts';
import { addDays } from '#kernel/calendar.ts';
import { aCompany, aCustomer, anInvoice } from '../../test/support/builders.ts';
import { aBusyLedger } from '../../test/support/busy-ledger.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import { readAging } from './read-aging.ts';
import { meltDays } from './store-figures.ts';
import { verifyBooks } from './verify-books.ts';

const melt = (tenant: TestTenant) => inTenant(tenant.pool, tenant.tenantId, meltDays);

async function rowsOf(tenant: TestTenant): Promise<number> {
  const rows = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(
      sql<{ n: number }>`select count(*)::integer as n from ledger_day where tenant_id = ${tx.tenantId}`,
    ),
  );
  return rows[0]?.n ?? 0;
}

test('melting the days of the ledger changes no total of any day', async () => {
  const tenant = await newTenant();
  const { from, to } = await aBusyLedger(tenant, 51);
  const totals = async () => {
    const shown = [];
    for (let day = from; !day.equals(addDays(to, 1)); day = addDays(day, 1)) {
      const aging = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
        readAging(tx, { asOf: day, limit: 0 }),
      );
      shown.push(aging.totals.map(({ currency, figures, functional }) => [currency, figures, functional]));
    }
    return shown;
  };
  const before = await totals();
  const rows = await rowsOf(tenant);
  assert.ok((await melt(tenant)) === rows, 'all that was added was melted');
  assert.ok((await rowsOf(tenant)) < rows, 'and became fewer');
  assert.equal(await melt(tenant), 0);
  assert.deepEqual(await totals(), before);
  const companyId = await aCompany(tenant);
  await anInvoice(tenant, { companyId });
  assert.equal(await melt(tenant), 1);
  const proof = await verifyBooks(tenant.pool, tenant.tenantId, { now: tenant.clock(), today: to });
  assert.ok(proof.holds);
});

test('what is posted while days are melted is neither lost nor counted twice', async () => {
  const tenant = await newTenant({ on: '2026-01-15' });
  const companyId = await aCompany(tenant);
  const customerId = await aCustomer(tenant);
  const posting = async () => {
    for (let n = 0; n < 12; n += 1) await anInvoice(tenant, { companyId, customerId, minor: 1_00n });
  };
  let isPosting = true;
  const posted = Promise.all([posting(), posting(), posting(), posting()]).finally(() => {
    isPosting = false;
  });
  const melting = async () => {
    while (isPosting) await melt(tenant);
  };
  await Promise.all([posted, melting(), melting()]);
  await melt(tenant);
  assert.equal(await rowsOf(tenant), 1);
  const { today, now } = tenant.as('owner');
  const proof = await verifyBooks(tenant.pool, tenant.tenantId, { now, today });
  assert.deepEqual(
    proof.checks.filter((check) => !check.holds),
    [],
  );
  assert.equal(proof.totals.at(-1)?.aging.minor, 48_00n);
});
