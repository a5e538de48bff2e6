// A receipt of which another company uses a part: the bank of the company that received it ties as if nothing had been, and
// the other company's bank never sees it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { inTenant } from '#db/transaction.ts';
import { parseDate } from '#kernel/calendar.ts';
import type { CompanyId, PaymentId } from '#kernel/id.ts';
import { addBankAccount } from '#payments/add-bank-account.ts';
import { handOverPayment } from '#payments/hand-over-payment.ts';
import { importBankFile } from '#payments/import-bank-file.ts';
import { returnPayment } from '#payments/return-payment.ts';
import { aCamt053, TEST_IBAN } from '../../test/support/bank-files.ts';
import { checkBooks } from '../../test/support/books.ts';
import { aCompany, anInvoice, letReceive } from '../../test/support/builders.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import { readReconciliation } from './read-bridge.ts';
import { readDay, takeAccount } from './read-days.ts';

const DAY = '2026-01-05';

async function anAccount(tenant: TestTenant, companyId: CompanyId, account: string): Promise<string> {
  const added = { companyId, name: 'House bank', account, currency: 'EUR' };
  return (await tenant.act('owner', addBankAccount, added)).bankAccountId;
}

test('the bank ties for the company that received the money, before and after another used a part of it', async () => {
  const tenant = await newTenant({ on: DAY });
  const [a, b] = [await aCompany(tenant), await aCompany(tenant)];
  const ours = await anAccount(tenant, a, TEST_IBAN);
  const theirs = await anAccount(tenant, b, 'DE02120300000000202051');
  await letReceive(tenant, a, b);
  const { itemId } = await anInvoice(tenant, { companyId: b });
  const entries = [{ amount: '100.00', text: 'x', bankReference: 'R1', bookedOn: DAY, valueOn: DAY }];
  const bytes = aCamt053([{ id: 'S1', day: DAY, opening: '0.00', closing: '100.00', entries }]);
  const at = { door: tenant.door, context: tenant.as('cash_applier') };
  await importBankFile(at, { name: 's.xml', bytes }, { apply: true });
  const seen = () =>
    inTenant(tenant.pool, tenant.tenantId, async (tx) => {
      const on = parseDate(DAY);
      const account = await takeAccount(tx, ours);
      const [day, bridge] = [await readDay(tx, account, on), await readReconciliation(tx, account, on)];
      const other = await readReconciliation(tx, await takeAccount(tx, theirs), on);
      return {
        state: day.state,
        kinds: day.kinds.map((kind) => [kind.kind, kind.lines, kind.minor, kind.bookedMinor]),
        bridge: bridge.bridge,
        other: other.bridge,
      };
    });
  const before = await seen();
  assert.equal(before.state, 'tied');
  const [payment] = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(sql<{ id: PaymentId }>`select id from payment where tenant_id = ${tx.tenantId}`),
  );
  const paymentId = payment?.id ?? ('' as PaymentId);
  await tenant.act('cash_applier', handOverPayment, {
    paymentId,
    companyId: b,
    allocations: [{ itemId, amount: { minor: 60_00n, currency: 'EUR' } }],
  });
  assert.deepEqual(await seen(), before);
  const books = await checkBooks(tenant);
  assert.deepEqual(
    [books.bank, books['unapplied-cash'], books['due-to-companies']],
    [100_00n, -40_00n, -60_00n],
  );
  await tenant.act('controller', returnPayment, { paymentId, reason: 'No funds' });
  assert.equal((await checkBooks(tenant)).bank, 0n);
  assert.deepEqual((await seen()).other, before.other);
});
