// A payment file taken over and taken back: whatever was in it, the books of every day are proven before and after.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { inTenant, type Tx } from '#db/transaction.ts';
import { closeDispute } from '#disputes/close-dispute.ts';
import { openDispute } from '#disputes/open-dispute.ts';
import { readDisputed } from '#disputes/read-amounts.ts';
import { openTable } from '#formats/table.ts';
import type { ImportKind } from '#integrations/mapping.ts';
import { importTable } from '#integrations/run-import.ts';
import { undoImport } from '#integrations/undo-import.ts';
import { present } from '#kernel/assert.ts';
import type { BatchId, CompanyId, ItemId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { proveBooks } from '../support/books.ts';
import { aCompany, aRate } from '../support/builders.ts';
import { newTenant, type TestTenant } from '../support/tenant.ts';

async function importRows(
  tenant: TestTenant,
  companyId: CompanyId,
  kind: ImportKind,
  rows: readonly string[],
): Promise<BatchId> {
  const source = {
    name: 'file.csv',
    open: () => openTable({ name: 'file.csv', bytes: Buffer.from(rows.join('\n')) }),
  };
  const file = { companyId, fileName: 'file.csv', sha256: '00', mapping: undefined, commit: true };
  const result = await importTable(tenant.door, tenant.as('owner'), { kind, file, source });
  return result.batchId as BatchId;
}

async function assertProven(tenant: TestTenant): Promise<void> {
  await proveBooks(tenant, tenant.as('owner').today);
}

const INVOICES = 'invoice_number,customer_number,customer_name,issue_date,due_date,amount,currency,type';
const PAYMENTS = 'customer_number,payment_date,amount,currency,document_number';

test('payments, refunds and credits set off in a file are taken back, and the books are proven before and after', async () => {
  const tenant = await newTenant({ on: '2026-03-10' });
  const companyId = await aCompany(tenant);
  await importRows(tenant, companyId, 'invoices', [
    INVOICES,
    'I1,K1,Ann,2026-01-02,2026-02-01,100.00,EUR,INV',
    'I2,K1,Ann,2026-01-02,2026-02-01,20.00,EUR,INV',
    'C1,K1,Ann,2026-01-03,2026-02-01,30.00,EUR,CN',
    'C2,K2,Bob,2026-01-03,2026-02-01,30.00,EUR,CN',
  ]);
  const batchId = await importRows(tenant, companyId, 'payments', [
    PAYMENTS,
    'K1,2026-01-20,20.00,EUR,I2',
    'K1,2026-01-20,-20.00,EUR,C1',
    'K2,2026-01-21,-30.00,EUR,C2',
    'K1,2026-01-22,50.00,EUR,I1',
  ]);
  await assertProven(tenant);
  await tenant.act('owner', undoImport, { batchId });
  await assertProven(tenant);
});

test('one payment may settle more documents than one entry holds, with exchange differences, and be taken back', async () => {
  const tenant = await newTenant({ on: '2026-03-10' });
  const companyId = await aCompany(tenant);
  await aRate(tenant, { base: 'USD', quote: 'EUR', on: '2026-01-01', rate: '0.9' });
  await aRate(tenant, { base: 'USD', quote: 'EUR', on: '2026-01-15', rate: '0.91' });
  const numbers = Array.from({ length: 1_700 }, (_, n) => `I${n}`);
  await importRows(tenant, companyId, 'invoices', [
    INVOICES,
    ...numbers.map((number) => `${number},K,Ann,2026-01-02,2026-02-01,100.00,USD,INV`),
  ]);
  const batchId = await importRows(tenant, companyId, 'payments', [
    PAYMENTS,
    ...numbers.map((number) => `K,2026-01-20,100.00,USD,${number}`),
  ]);
  await tenant.act('owner', undoImport, { batchId });
  await assertProven(tenant);
});

test('invoices and credit notes in a file are taken back, and the books are proven after', async () => {
  const tenant = await newTenant({ on: '2026-03-10' });
  const companyId = await aCompany(tenant);
  const batchId = await importRows(tenant, companyId, 'invoices', [
    INVOICES,
    'I1,K1,Ann,2026-01-02,2026-02-01,100.00,EUR,INV',
    'C1,K1,Ann,2026-01-03,2026-02-01,30.00,EUR,CN',
  ]);
  await tenant.act('owner', undoImport, { batchId });
  await assertProven(tenant);
});

test('what a customer was granted is disputed again when the payment that had settled it is taken back with its file', async () => {
  const tenant = await newTenant({ on: '2026-03-10' });
  const companyId = await aCompany(tenant);
  await importRows(tenant, companyId, 'invoices', [
    INVOICES,
    'I1,K1,Ann,2026-01-02,2026-02-01,100.00,EUR,INV',
  ]);
  const inTx = <T>(work: (tx: Tx) => Promise<T>) => inTenant(tenant.pool, tenant.tenantId, work);
  const [item] = await inTx((tx) =>
    tx.run(sql<{ id: ItemId }>`select id from open_item where kind = 'invoice'`),
  );
  const itemId = present(item, 'the invoice has an item').id;
  const disputed = () => inTx(async (tx) => (await readDisputed(tx, [itemId])).get(itemId)?.minor);
  const { disputeId } = await tenant.act('collector', openDispute, {
    items: [{ itemId, amount: money(30_00n, 'EUR') }],
    reason: 'quality',
  });
  const batchId = await importRows(tenant, companyId, 'payments', [PAYMENTS, 'K1,2026-01-22,100.00,EUR,I1']);
  await tenant.act('controller', closeDispute, { disputeId, outcome: 'valid' });
  assert.equal(await disputed(), undefined);

  await tenant.act('owner', undoImport, { batchId });
  assert.equal(await disputed(), 30_00n);
  await assertProven(tenant);
});
