import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDate } from '#kernel/calendar.ts';
import { type InvoiceId, newId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { applyPayment } from '#payments/apply-payment.ts';
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
import { newTenant } from '../../test/support/tenant.ts';
import { type CreditInvoice, creditInvoice } from './credit-invoice.ts';
import { type IssueCreditNote, issueCreditNote } from './issue-credit-note.ts';
import { voidInvoice } from './void-invoice.ts';

const eur = (minor: bigint) => money(minor, 'EUR');

async function setting() {
  const tenant = await newTenant({ on: '2026-01-20' });
  const companyId = await aCompany(tenant);
  const customerId = await aCustomer(tenant);
  const invoice = await anInvoice(tenant, { companyId, customerId, lines: [aLine(100_00n, 21n)] });
  const credit = (given: Partial<CreditInvoice> = {}) =>
    tenant.act('controller', creditInvoice, { invoiceId: invoice.invoiceId, reason: 'return', ...given });
  const open = async (id: string) => (await itemsOf(tenant, id)).map((item) => item.open.minor);
  return { tenant, companyId, customerId, invoice, credit, open };
}

test('a whole invoice is credited as it was issued, and both are settled at once', async () => {
  const { tenant, invoice, customerId, credit, open } = await setting();
  const note = await credit();
  assert.deepEqual(
    [note.number, note.total, note.applied, note.open],
    ['CN-2026-00001', '121.00', '121.00', '0.00'],
  );
  assert.deepEqual(await open(invoice.invoiceId), [0n]);
  assert.deepEqual(await open(note.creditNoteId), [0n]);
  assert.deepEqual(await checkBooks(tenant), { receivables: 0n, revenue: 0n, tax: 0n });
  const event = (await tenant.events()).at(-1);
  assert.deepEqual(
    [event?.type, event?.subjectId, event?.customerId],
    ['credit_note.issued', note.creditNoteId, customerId],
  );
  assert.deepEqual(event?.data, {
    number: 'CN-2026-00001',
    total: '121.00',
    currency: 'EUR',
    applied: '121.00',
    open: '0.00',
    correctsId: invoice.invoiceId,
    reason: 'return',
  });
});

test('a partial credit leaves the rest open; what is no more open stays an open credit', async () => {
  const { tenant, companyId, customerId, invoice, credit, open } = await setting();
  const first = await credit({ lines: [aLine(10_00n, 21n)] });
  assert.deepEqual([first.applied, first.open], ['12.10', '0.00']);
  assert.deepEqual(await open(invoice.invoiceId), [108_90n]);
  const payment = await aPayment(tenant, { companyId, customerId, minor: 100_00n });
  await tenant.act('owner', applyPayment, {
    paymentId: payment.paymentId,
    allocations: [{ itemId: invoice.itemId, amount: eur(100_00n) }],
  });
  const second = await credit({ lines: [aLine(50_00n, 21n)] });
  assert.deepEqual([second.total, second.applied, second.open], ['60.50', '8.90', '51.60']);
  assert.deepEqual(await open(invoice.invoiceId), [0n]);
  assert.deepEqual(await open(second.creditNoteId), [-51_60n]);
  const third = await credit({ lines: [aLine(40_00n, 21n)] });
  assert.deepEqual([third.applied, third.open], ['0.00', '48.40']);
  await checkBooks(tenant);
});

test('together with earlier credit notes no more is credited than the invoice, voided ones aside', async () => {
  const { tenant, credit } = await setting();
  const first = await credit({ lines: [aLine(60_00n)] });
  await refusesWithoutTrace(tenant, 'exceeds_invoice', () => credit({ lines: [aLine(61_01n)] }));
  await refusesWithoutTrace(tenant, 'invoice_credited_in_part', () => credit());
  await credit({ lines: [aLine(61_00n)] });
  await refusesWithoutTrace(tenant, 'exceeds_invoice', () => credit({ lines: [aLine(1n)] }));
  await assert.rejects(
    tenant.act('owner', voidInvoice, { invoiceId: first.creditNoteId as InvoiceId, reason: 'x' }),
    { code: 'invoice_has_applications' },
  );
});

test('of eight credit notes at once over the whole invoice one is issued', async () => {
  for (let round = 0; round < 3; round += 1) {
    const { tenant, companyId, customerId, credit, open, invoice } = await setting();
    await Promise.all(Array.from({ length: 8 }, () => anInvoice(tenant, { companyId, customerId })));
    const tries = await Promise.allSettled(
      Array.from({ length: 8 }, () => credit({ lines: [aLine(70_00n)] })),
    );
    assert.equal(tries.filter((t) => t.status === 'fulfilled').length, 1);
    for (const t of tries) if (t.status === 'rejected') assert.equal(t.reason.code, 'exceeds_invoice');
    assert.deepEqual(await open(invoice.invoiceId), [51_00n]);
    await checkBooks(tenant);
  }
});

test('a credit note takes the oldest instalment first', async () => {
  const { tenant, companyId, open } = await setting();
  const { invoiceId } = await anInvoice(tenant, {
    companyId,
    instalments: [
      { dueOn: '2026-04-01', minor: 50_00n },
      { dueOn: '2026-03-01', minor: 50_00n },
    ],
  });
  await tenant.act('owner', creditInvoice, { invoiceId, reason: 'price', lines: [aLine(60_00n)] });
  assert.deepEqual(await open(invoiceId), [40_00n, 0n]);
});

test('a foreign invoice is credited at its own rate, whatever the rate of the day', async () => {
  const { tenant, companyId, customerId } = await setting();
  await aRate(tenant, { base: 'USD', quote: 'EUR', on: '2026-01-01', rate: '0.9' });
  await aRate(tenant, { base: 'USD', quote: 'EUR', on: '2026-01-15', rate: '0.5' });
  const { invoiceId } = await anInvoice(tenant, { companyId, customerId, currency: 'USD', minor: 100_01n });
  await tenant.act('owner', creditInvoice, { invoiceId, reason: 'cancelled' });
  assert.deepEqual(await checkBooks(tenant), { receivables: 121_00n, revenue: -100_00n, tax: -21_00n });
});

test('an invoice dated ahead is credited on its own day', async () => {
  const { tenant, companyId, open } = await setting();
  const ahead = await anInvoice(tenant, { companyId, issuedOn: '2026-01-31', dueOn: '2026-03-01' });
  const note = await tenant.act('owner', creditInvoice, { invoiceId: ahead.invoiceId, reason: 'cancelled' });
  assert.equal((await itemsOf(tenant, note.creditNoteId))[0]?.postedOn.toString(), '2026-01-31');
  assert.deepEqual(await open(ahead.invoiceId), [0n]);
  await checkBooks(tenant);
});

test('what cannot be credited is refused and leaves no trace', async () => {
  const { tenant, companyId, invoice, credit } = await setting();
  const note = await tenant.act('owner', issueCreditNote, bonus(companyId, invoice.customerId));
  const voided = await anInvoice(tenant, { companyId });
  await tenant.act('owner', voidInvoice, { invoiceId: voided.invoiceId, reason: 'slip' });
  const refused: readonly [string, Partial<CreditInvoice>][] = [
    ['invoice_not_found', { invoiceId: newId<'invoice'>() }],
    ['not_an_invoice', { invoiceId: note.creditNoteId as InvoiceId }],
    ['invoice_voided', { invoiceId: voided.invoiceId }],
    ['credit_before_invoice', { issuedOn: parseDate('2026-01-01') }],
    ['dated_in_future', { issuedOn: parseDate('2026-01-21') }],
    ['no_lines', { lines: [] }],
    ['total_not_positive', { lines: [aLine(-5n)] }],
    ['series_not_found', { series: 'none' }],
  ];
  for (const [code, given] of refused) await refusesWithoutTrace(tenant, code, () => credit(given));
  await refusesWithoutTrace(tenant, 'not_permitted', () =>
    tenant.act('cash_applier', creditInvoice, { invoiceId: invoice.invoiceId, reason: 'price' }),
  );
});

function bonus(
  companyId: IssueCreditNote['companyId'],
  customerId: IssueCreditNote['customerId'],
): IssueCreditNote {
  return { companyId, customerId, currency: 'EUR', reason: 'goodwill', lines: [aLine(25_00n)] };
}

test('a credit note of its own stands as an open credit of the customer', async () => {
  const { tenant, companyId, customerId } = await setting();
  const note = await tenant.act('controller', issueCreditNote, bonus(companyId, customerId));
  assert.deepEqual([note.total, note.applied, note.open], ['25.00', '0.00', '25.00']);
  const [item] = await itemsOf(tenant, note.creditNoteId);
  assert.deepEqual(
    [item?.kind, item?.open, item?.dueOn.toString()],
    ['credit_note', eur(-25_00n), '2026-01-20'],
  );
  await checkBooks(tenant);
  const wanted = bonus(companyId, customerId);
  for (const [code, given] of [
    ['company_not_found', { companyId: newId<'company'>() }],
    ['customer_not_found', { customerId: newId<'customer'>() }],
    ['total_not_positive', { lines: [aLine(0n)] }],
    ['exchange_rate_missing', { currency: 'CZK' }],
    ['dated_in_future', { issuedOn: parseDate('2026-01-21') }],
  ] as const) {
    await refusesWithoutTrace(tenant, code, () =>
      tenant.act('owner', issueCreditNote, { ...wanted, ...given }),
    );
  }
});
