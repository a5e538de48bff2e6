import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Command } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import { parseDate } from '#kernel/calendar.ts';
import {
  type ApplicationId,
  type BatchId,
  type CompanyId,
  type CustomerId,
  type InvoiceId,
  newId,
} from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { addPeriod, lockPeriod } from '#ledger/lock-period.ts';
import { readEntries } from '#ledger/read-entries.ts';
import { takeCompany } from '#parties/take-party.ts';
import { applyPayment } from '#payments/apply-payment.ts';
import { unapplyPayment } from '#payments/unapply-payment.ts';
import { checkBooks, refusesWithoutTrace } from '../../test/support/books.ts';
import {
  aCompany,
  aCustomer,
  aLine,
  anInvoice,
  aPayment,
  aRate,
  itemsOf,
} from '../../test/support/builders.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import { creditInvoice } from './credit-invoice.ts';
import { pricedByTotal, type ReadyDocument } from './document.ts';
import { issueCreditNote } from './issue-credit-note.ts';
import { issueDocuments } from './issue-documents.ts';
import { voidBatch } from './void-batch.ts';
import { voidDocuments } from './void-documents.ts';
import { voidInvoice } from './void-invoice.ts';

const voidOne = (tenant: TestTenant, invoiceId: string, on?: string) =>
  tenant.act('controller', voidInvoice, {
    invoiceId: invoiceId as InvoiceId,
    reason: 'wrong customer',
    on: on ? parseDate(on) : undefined,
  });

test('a voided invoice is settled by counter-items, its entry reversed, and its number stays used', async () => {
  const tenant = await newTenant({ on: '2026-01-20' });
  const companyId = await aCompany(tenant);
  const invoice = await anInvoice(tenant, {
    companyId,
    instalments: [
      { dueOn: '2026-03-01', minor: 50_00n },
      { dueOn: '2026-04-01', minor: 50_00n },
    ],
  });
  const voided = await voidOne(tenant, invoice.invoiceId);
  assert.deepEqual(voided, {
    invoiceId: invoice.invoiceId,
    number: 'INV-2026-00001',
    voidedOn: '2026-01-20',
  });
  const items = await itemsOf(tenant, invoice.invoiceId);
  assert.deepEqual(
    items.map((i) => [i.kind, i.instalment, i.amount.minor, i.open.minor, i.dueOn.toString()]).sort(),
    [
      ['invoice', 1, 50_00n, 0n, '2026-03-01'],
      ['invoice', 2, 50_00n, 0n, '2026-04-01'],
      ['void', 1, -50_00n, 0n, '2026-03-01'],
      ['void', 2, -50_00n, 0n, '2026-04-01'],
    ].sort(),
  );
  const entries = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    readEntries(tx, { documentId: invoice.invoiceId }, { after: undefined, limit: 10 }),
  );
  const [reversal] = entries.filter((e) => e.reversesId !== null);
  assert.deepEqual([reversal?.kind, reversal?.postedOn.toString()], ['void', '2026-01-20']);
  assert.equal(entries.find((e) => e.id === reversal?.reversesId)?.kind, 'invoice');
  assert.deepEqual(await checkBooks(tenant), { receivables: 0n, revenue: 0n });
  assert.deepEqual((await tenant.events()).at(-1)?.data, {
    number: 'INV-2026-00001',
    reason: 'wrong customer',
    on: '2026-01-20',
  });
  assert.equal((await anInvoice(tenant, { companyId })).number, 'INV-2026-00002');
});

test('a voided foreign invoice with tax leaves nothing in either currency', async () => {
  const tenant = await newTenant({ on: '2026-01-20' });
  const companyId = await aCompany(tenant);
  await aRate(tenant, { base: 'USD', quote: 'EUR', on: '2026-01-01', rate: '0.923' });
  await aRate(tenant, { base: 'USD', quote: 'EUR', on: '2026-01-15', rate: '0.5' });
  const { invoiceId } = await anInvoice(tenant, {
    companyId,
    currency: 'USD',
    lines: [aLine(99_99n, 21n), aLine(1n, 7n)],
  });
  await voidOne(tenant, invoiceId);
  assert.deepEqual(await checkBooks(tenant), { receivables: 0n, revenue: 0n, tax: 0n });
});

test('an external id is free again after its document was voided', async () => {
  const tenant = await newTenant({ on: '2026-01-20' });
  const companyId = await aCompany(tenant);
  const first = await anInvoice(tenant, { companyId, externalId: 'order 7' });
  await voidOne(tenant, first.invoiceId);
  await anInvoice(tenant, { companyId, externalId: 'order 7' });
});

test('a credit note is voided too', async () => {
  const tenant = await newTenant({ on: '2026-01-20' });
  const [companyId, customerId] = [await aCompany(tenant), await aCustomer(tenant)];
  const note = await tenant.act('owner', issueCreditNote, {
    companyId,
    customerId,
    currency: 'EUR',
    reason: 'goodwill',
    lines: [aLine(10_00n, 21n)],
  });
  await voidOne(tenant, note.creditNoteId);
  assert.deepEqual((await itemsOf(tenant, note.creditNoteId)).map((i) => [i.kind, i.open.minor]).sort(), [
    ['credit_note', 0n],
    ['void', 0n],
  ]);
  assert.equal((await tenant.events()).at(-1)?.type, 'credit_note.voided');
  assert.deepEqual(await checkBooks(tenant), { receivables: 0n, revenue: 0n, tax: 0n });
});

test('nothing is voided that something was applied to, until that was taken back; nor twice, too early or in a locked period', async () => {
  const tenant = await newTenant({ on: '2026-01-20' });
  const [companyId, customerId] = [await aCompany(tenant), await aCustomer(tenant)];
  const invoice = await anInvoice(tenant, { companyId, customerId, issuedOn: '2026-01-10' });
  const payment = await aPayment(tenant, { companyId, customerId });
  const applied = await tenant.act('owner', applyPayment, {
    paymentId: payment.paymentId,
    allocations: [{ itemId: invoice.itemId, amount: money(1n, 'EUR') }],
  });
  await refusesWithoutTrace(tenant, 'invoice_has_applications', () => voidOne(tenant, invoice.invoiceId));
  await tenant.act('owner', unapplyPayment, {
    paymentId: payment.paymentId,
    applicationIds: [applied.applications[0]?.applicationId as ApplicationId],
  });
  await refusesWithoutTrace(tenant, 'voided_too_early', () =>
    voidOne(tenant, invoice.invoiceId, '2026-01-09'),
  );
  const { periodId } = await tenant.act('owner', addPeriod, {
    companyId,
    startsOn: parseDate('2026-01-01'),
    endsOn: parseDate('2026-01-15'),
  });
  await tenant.act('owner', lockPeriod, { periodId });
  await refusesWithoutTrace(tenant, 'period_locked', () => voidOne(tenant, invoice.invoiceId, '2026-01-12'));
  await refusesWithoutTrace(tenant, 'invoice_not_found', () => voidOne(tenant, newId()));
  await refusesWithoutTrace(tenant, 'not_permitted', () =>
    tenant.act('collector', voidInvoice, { invoiceId: invoice.invoiceId, reason: 'x' }),
  );
  await voidOne(tenant, invoice.invoiceId);
  await refusesWithoutTrace(tenant, 'invoice_voided', () => voidOne(tenant, invoice.invoiceId));
  await checkBooks(tenant);
});

test('an invoice that a standing credit note corrects is not voided alone', async () => {
  const tenant = await newTenant({ on: '2026-01-20' });
  const [companyId, customerId] = [await aCompany(tenant), await aCustomer(tenant)];
  const invoice = await anInvoice(tenant, { companyId, customerId });
  const payment = await aPayment(tenant, { companyId, customerId });
  await tenant.act('owner', applyPayment, {
    paymentId: payment.paymentId,
    allocations: [{ itemId: invoice.itemId, amount: money(100_00n, 'EUR') }],
  });
  const note = await tenant.act('owner', creditInvoice, { invoiceId: invoice.invoiceId, reason: 'price' });
  await tenant.act('owner', unapplyPayment, { paymentId: payment.paymentId });
  await refusesWithoutTrace(tenant, 'invoice_has_credit_notes', () => voidOne(tenant, invoice.invoiceId));
  await voidOne(tenant, note.creditNoteId);
  await voidOne(tenant, invoice.invoiceId);
  await checkBooks(tenant);
});

test('of a void and a payment at once, one is refused', async () => {
  for (let round = 0; round < 6; round += 1) {
    const tenant = await newTenant({ on: '2026-01-20' });
    const [companyId, customerId] = [await aCompany(tenant), await aCustomer(tenant)];
    const invoice = await anInvoice(tenant, { companyId, customerId });
    const payments = await Promise.all(
      Array.from({ length: 4 }, () => aPayment(tenant, { companyId, customerId })),
    );
    const tries = await Promise.allSettled([
      voidOne(tenant, invoice.invoiceId),
      ...payments.map((p) =>
        tenant.act('owner', applyPayment, {
          paymentId: p.paymentId,
          allocations: [{ itemId: invoice.itemId, amount: money(100_00n, 'EUR') }],
        }),
      ),
    ]);
    assert.equal(tries.filter((t) => t.status === 'fulfilled').length, 1);
    await checkBooks(tenant);
  }
});

/** Documents as an import issues them: numbers of their own, a batch, no lines. */
function importing(
  companyId: CompanyId,
  customerId: CustomerId,
  batchId: BatchId,
  count: number,
): Command<object, { readonly ids: readonly string[] }> {
  return {
    name: 'import-some',
    permission: 'import.run',
    async run(act) {
      const company = await takeCompany(act, companyId);
      const documents = (kind: 'invoice' | 'credit_note', offset: number): readonly ReadyDocument[] =>
        Array.from({ length: count }, (_, i) => {
          const issuedOn = parseDate('2025-06-01').add({ days: (i + offset) % 30 });
          const total = money(BigInt(i + 1) * 100n, 'EUR');
          return {
            id: newId(),
            kind,
            companyId,
            customerId,
            issuedOn,
            priced: pricedByTotal(total),
            instalments: [{ dueOn: issuedOn.add({ days: 30 }), amount: total }],
            ...(kind === 'credit_note' ? { reason: { code: 'return', note: null } } : {}),
          };
        });
      const ids: string[] = [];
      for (const kind of ['invoice', 'credit_note'] as const) {
        const ready = documents(kind, kind === 'invoice' ? 0 : 1);
        await issueDocuments(
          act,
          company,
          ready,
          { numbers: ready.map((_, i) => `${kind}-${batchId}-${i}`) },
          batchId,
        );
        ids.push(...ready.map((d) => d.id));
      }
      return { ids };
    },
  };
}

test('a whole import is voided on the days of its documents, or not at all when one of them is in use', async () => {
  const tenant = await newTenant({ on: '2026-01-20' });
  const [companyId, customerId] = [await aCompany(tenant), await aCustomer(tenant)];
  const batchId = newId<'import_batch'>();
  const { ids } = await tenant.act('owner', importing(companyId, customerId, batchId, 40), {});
  const undo = {
    name: 'undo-some',
    permission: 'import.run',
    run: async (act: Parameters<typeof voidBatch>[0]) => ({ undone: await voidBatch(act, batchId) }),
  };
  const payment = await aPayment(tenant, { companyId, customerId });
  const [item] = await itemsOf(tenant, ids[7] ?? '');
  const used = await tenant.act('owner', applyPayment, {
    paymentId: payment.paymentId,
    allocations: [{ itemId: item?.id ?? newId<'open_item'>(), amount: money(1n, 'EUR') }],
  });
  await refusesWithoutTrace(tenant, 'batch_in_use', () => tenant.act('owner', undo, {}));
  await tenant.act('owner', unapplyPayment, {
    paymentId: payment.paymentId,
    applicationIds: [used.applications[0]?.applicationId as ApplicationId],
  });
  await voidOne(tenant, ids[3] ?? '');
  assert.deepEqual(await tenant.act('owner', undo, {}), { undone: 79 });
  const books = await checkBooks(tenant);
  assert.deepEqual([books.receivables, books.revenue], [0n, 0n]);
  const [invoice, counter] = await itemsOf(tenant, ids[0] ?? '');
  assert.deepEqual([counter?.postedOn, invoice?.open.minor], [invoice?.postedOn, 0n]);
  assert.deepEqual(await tenant.act('owner', undo, {}), { undone: 0 });
});

test('documents named together are voided together: an invoice with the credit note that corrects it', async () => {
  const tenant = await newTenant({ on: '2026-01-20' });
  const [companyId, customerId] = [await aCompany(tenant), await aCustomer(tenant)];
  const batchId = newId<'import_batch'>();
  const { ids } = await tenant.act('owner', importing(companyId, customerId, batchId, 3), {});
  const both = {
    name: 'void-some',
    permission: 'invoice.void',
    run: async (act: Parameters<typeof voidBatch>[0], given: { readonly ids: readonly string[] }) => ({
      voided: (await voidDocuments(act, given.ids as readonly InvoiceId[], act.today)).length,
    }),
  };
  await refusesWithoutTrace(tenant, 'invoice_not_found', () =>
    tenant.act('owner', both, { ids: [...ids, newId()] }),
  );
  assert.deepEqual(await tenant.act('owner', both, { ids: [...ids, ids[0] ?? ''] }), { voided: 6 });
  await checkBooks(tenant);
});
