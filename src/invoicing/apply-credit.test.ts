import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDate } from '#kernel/calendar.ts';
import { type ApplicationId, type InvoiceId, type ItemId, newId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { unapplyCredit } from '#remedies/unapply-credit.ts';
import { checkBooks, refusesWithoutTrace } from '../../test/support/books.ts';
import { aCompany, aCustomer, aLine, anInvoice, aPayment, itemsOf } from '../../test/support/builders.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { applyCredit } from './apply-credit.ts';
import { creditInvoice } from './credit-invoice.ts';
import { issueCreditNote } from './issue-credit-note.ts';
import { voidInvoice } from './void-invoice.ts';

const eur = (minor: bigint) => money(minor, 'EUR');

async function setting() {
  const tenant = await newTenant({ on: '2026-01-20' });
  const companyId = await aCompany(tenant);
  const customerId = await aCustomer(tenant);
  const invoice = await anInvoice(tenant, { companyId, customerId });
  const issued = await tenant.act('owner', issueCreditNote, {
    companyId,
    customerId,
    currency: 'EUR',
    reason: 'goodwill',
    lines: [aLine(150_00n)],
  });
  const creditNoteId = issued.creditNoteId as InvoiceId;
  const apply = (allocations: readonly [ItemId, bigint][], on?: string) =>
    tenant.act('cash_applier', applyCredit, {
      creditNoteId,
      allocations: allocations.map(([itemId, minor]) => ({ itemId, amount: eur(minor) })),
      on: on ? parseDate(on) : undefined,
    });
  return { tenant, companyId, customerId, invoice, creditNoteId, apply };
}

test('a credit is applied to items of its customer, in parts, and says what is left', async () => {
  const { tenant, companyId, customerId, invoice, creditNoteId, apply } = await setting();
  const other = await anInvoice(tenant, { companyId, customerId });
  const applied = await apply([
    [invoice.itemId, 100_00n],
    [other.itemId, 20_00n],
  ]);
  assert.equal(applied.open, '30.00');
  assert.deepEqual(
    applied.applications.map((a) => a.amount),
    ['100.00', '20.00'],
  );
  assert.deepEqual(
    applied.items.map((i) => [i.reference, i.open]).sort(),
    [
      [invoice.number, '0.00'],
      [other.number, '80.00'],
    ].sort(),
  );
  assert.equal((await itemsOf(tenant, creditNoteId))[0]?.open.minor, -30_00n);
  assert.equal((await tenant.events()).at(-1)?.type, 'credit.applied');
  await checkBooks(tenant);
});

test('taking an application back opens both sides as before, once', async () => {
  const { tenant, invoice, creditNoteId, apply } = await setting();
  const before = [...(await itemsOf(tenant, invoice.invoiceId)), ...(await itemsOf(tenant, creditNoteId))];
  const applied = await apply([[invoice.itemId, 70_00n]]);
  const applicationId = applied.applications[0]?.id as ApplicationId;
  const wanted = { creditNoteId, applicationId };
  await refusesWithoutTrace(tenant, 'reversed_too_early', () =>
    tenant.act('owner', unapplyCredit, { ...wanted, on: parseDate('2026-01-19') }),
  );
  const back = await tenant.act('cash_applier', unapplyCredit, wanted);
  assert.equal(back.open, '150.00');
  assert.deepEqual(
    [...(await itemsOf(tenant, invoice.invoiceId)), ...(await itemsOf(tenant, creditNoteId))],
    before,
  );
  await refusesWithoutTrace(tenant, 'application_not_found', () =>
    tenant.act('owner', unapplyCredit, wanted),
  );
  await checkBooks(tenant);
});

test('an application of another document is not this credit note’s to take back', async () => {
  const { tenant, companyId, invoice, creditNoteId } = await setting();
  const note = await tenant.act('owner', creditInvoice, {
    invoiceId: invoice.invoiceId,
    reason: 'price',
    lines: [aLine(1_00n)],
  });
  const items = await itemsOf(tenant, note.creditNoteId);
  assert.equal(items[0]?.open.minor, 0n);
  const stranger = await anInvoice(tenant, { companyId });
  await refusesWithoutTrace(tenant, 'application_not_found', () =>
    tenant.act('owner', unapplyCredit, { creditNoteId, applicationId: newId<'application'>() }),
  );
  await refusesWithoutTrace(tenant, 'credit_note_not_found', () =>
    tenant.act('owner', unapplyCredit, {
      creditNoteId: stranger.invoiceId,
      applicationId: newId<'application'>(),
    }),
  );
});

test('what a credit cannot settle is refused and leaves no trace', async () => {
  const { tenant, companyId, invoice, creditNoteId, customerId, apply } = await setting();
  const stranger = await anInvoice(tenant, { companyId });
  const elsewhere = await anInvoice(tenant, { companyId: await aCompany(tenant), customerId });
  const payment = await aPayment(tenant, { companyId, customerId });
  for (const [code, work] of [
    ['item_not_found', () => apply([[newId<'open_item'>(), 1n]])],
    ['wrong_customer', () => apply([[stranger.itemId, 1n]])],
    ['wrong_company', () => apply([[elsewhere.itemId, 1n]])],
    ['not_a_debit', () => apply([[payment.itemId, 1n]])],
    [
      'item_named_twice',
      () =>
        apply([
          [invoice.itemId, 1n],
          [invoice.itemId, 1n],
        ]),
    ],
    ['nothing_to_apply', () => apply([])],
    ['nothing_to_apply', () => apply([[invoice.itemId, 0n]])],
    ['exceeds_open', () => apply([[invoice.itemId, 100_01n]])],
    ['applied_too_early', () => apply([[invoice.itemId, 1n]], '2026-01-19')],
    [
      'credit_note_not_found',
      () => tenant.act('owner', applyCredit, { creditNoteId: invoice.invoiceId, allocations: [] }),
    ],
    ['not_permitted', () => tenant.act('viewer', applyCredit, { creditNoteId, allocations: [] })],
  ] as const) {
    await refusesWithoutTrace(tenant, code, work);
  }
  await apply([[invoice.itemId, 100_00n]]);
  const more = await anInvoice(tenant, { companyId, customerId });
  await refusesWithoutTrace(tenant, 'exceeds_unapplied', () => apply([[more.itemId, 50_01n]]));
});

test('a voided credit note gives nothing, and one that gave is not voided', async () => {
  const { tenant, invoice, creditNoteId, apply } = await setting();
  await apply([[invoice.itemId, 1n]]);
  await refusesWithoutTrace(tenant, 'invoice_has_applications', () =>
    tenant.act('owner', voidInvoice, { invoiceId: creditNoteId, reason: 'x' }),
  );
  const fresh = await setting();
  await fresh.tenant.act('owner', voidInvoice, { invoiceId: fresh.creditNoteId, reason: 'x' });
  await refusesWithoutTrace(fresh.tenant, 'invoice_voided', () => fresh.apply([[fresh.invoice.itemId, 1n]]));
  await checkBooks(fresh.tenant);
});

test('of eight who apply the same credit at once, only as many succeed as it can pay', async () => {
  for (let round = 0; round < 3; round += 1) {
    const { tenant, companyId, customerId, apply, creditNoteId } = await setting();
    const invoices = await Promise.all(
      Array.from({ length: 8 }, () => anInvoice(tenant, { companyId, customerId })),
    );
    const tries = await Promise.allSettled(invoices.map((i) => apply([[i.itemId, 60_00n]])));
    assert.equal(tries.filter((t) => t.status === 'fulfilled').length, 2);
    for (const t of tries) if (t.status === 'rejected') assert.equal(t.reason.code, 'exceeds_unapplied');
    assert.equal((await itemsOf(tenant, creditNoteId))[0]?.open.minor, -30_00n);
    await checkBooks(tenant);
  }
});
