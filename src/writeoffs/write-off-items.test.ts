import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDate } from '#kernel/calendar.ts';
import { newId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { applyPayment } from '#payments/apply-payment.ts';
import { checkBooks, refusesWithoutTrace } from '../../test/support/books.ts';
import { aCompany, aCustomer, anInvoice, aPayment, aRate, itemsOf } from '../../test/support/builders.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { undoWriteOff } from './undo-write-off.ts';
import { writeOffItems } from './write-off-items.ts';

const eur = (minor: bigint) => money(minor, 'EUR');

test('items are written off, one document for each customer and currency, numbered without gaps', async () => {
  const tenant = await newTenant();
  const companyId = await aCompany(tenant);
  await aRate(tenant, { base: 'USD', quote: 'EUR', on: '2026-01-01', rate: '0.9137' });
  const customerId = await aCustomer(tenant);
  const one = await anInvoice(tenant, { companyId, customerId, minor: 10_00n });
  const two = await anInvoice(tenant, { companyId, customerId, minor: 5_00n });
  const dollars = await anInvoice(tenant, { companyId, customerId, minor: 33_33n, currency: 'USD' });
  const other = await anInvoice(tenant, { companyId, minor: 7_00n });

  const { writeOffs } = await tenant.act('controller', writeOffItems, {
    kind: 'bad_debt',
    reason: 'insolvent',
    items: [
      { itemId: one.itemId },
      { itemId: dollars.itemId, amount: money(11_11n, 'USD') },
      { itemId: two.itemId, amount: eur(2_00n) },
      { itemId: other.itemId },
    ],
  });

  assert.deepEqual(
    writeOffs.map((w) => [w.number, w.amount, w.items.map((item) => item.open.amount)]),
    [
      ['WO-2026-00001', { amount: '12.00', currency: 'EUR' }, ['0.00', '3.00']],
      ['WO-2026-00002', { amount: '11.11', currency: 'USD' }, ['22.22']],
      ['WO-2026-00003', { amount: '7.00', currency: 'EUR' }, ['0.00']],
    ],
  );
  const books = await checkBooks(tenant);
  assert.equal(books['bad-debt'], 12_00n + 10_15n + 7_00n);
  assert.equal(books['fx-differences'], undefined);
  assert.equal((await tenant.events()).filter((e) => e.type === 'write_off.posted').length, 3);
});

test('a small balance goes to small differences; undone, everything is as it was', async () => {
  const tenant = await newTenant();
  const companyId = await aCompany(tenant);
  await aRate(tenant, { base: 'USD', quote: 'EUR', on: '2026-01-01', rate: '0.9137' });
  const invoice = await anInvoice(tenant, {
    companyId,
    currency: 'USD',
    instalments: [
      { dueOn: '2026-02-01', minor: 33_33n },
      { dueOn: '2026-03-01', minor: 33_34n },
    ],
  });
  const payment = await aPayment(tenant, { companyId, currency: 'USD' });
  await tenant.act('cash_applier', applyPayment, {
    paymentId: payment.paymentId,
    allocations: [{ itemId: invoice.itemId, amount: money(31_07n, 'USD') }],
  });
  const before = await itemsOf(tenant, invoice.invoiceId);
  const booksBefore = await checkBooks(tenant);
  const { writeOffs } = await tenant.act('controller', writeOffItems, {
    kind: 'small_balance',
    reason: 'not worth a letter',
    items: invoice.itemIds.map((itemId) => ({ itemId, amount: money(1_11n, 'USD') })),
  });
  const writeOffId = writeOffs[0]?.writeOffId ?? '';
  assert.ok(((await checkBooks(tenant))['small-differences'] ?? 0n) > 0n);

  const undone = await tenant.act('controller', undoWriteOff, { writeOffId, reason: 'paid after all' });

  assert.deepEqual(undone.amount, { amount: '2.22', currency: 'USD' });
  assert.equal(undone.items.length, 2);
  assert.deepEqual(await itemsOf(tenant, invoice.invoiceId), before);
  const books = await checkBooks(tenant);
  for (const [account, minor] of Object.entries(books))
    assert.equal(minor, booksBefore[account] ?? 0n, account);
  await refusesWithoutTrace(tenant, 'write_off_undone', () =>
    tenant.act('controller', undoWriteOff, { writeOffId, reason: 'again' }),
  );
});

test('what cannot be written off or undone is refused and leaves no trace', async () => {
  const tenant = await newTenant();
  const companyId = await aCompany(tenant);
  const invoice = await anInvoice(tenant, { companyId, issuedOn: '2026-01-12' });
  const paid = await anInvoice(tenant, { companyId });
  const payment = await aPayment(tenant, { companyId, minor: 200_00n });
  await tenant.act('cash_applier', applyPayment, {
    paymentId: payment.paymentId,
    allocations: [{ itemId: paid.itemId, amount: eur(100_00n) }],
  });
  const { itemId } = invoice;
  const write =
    (items: readonly object[], extra: object = {}) =>
    () =>
      tenant.act('controller', writeOffItems, {
        kind: 'goodwill',
        reason: 'because',
        items: items as [],
        ...extra,
      });
  await refusesWithoutTrace(tenant, 'item_not_found', write([{ itemId: newId() }]));
  await refusesWithoutTrace(tenant, 'item_named_twice', write([{ itemId }, { itemId }]));
  await refusesWithoutTrace(tenant, 'not_an_invoice', write([{ itemId: payment.itemId }]));
  await refusesWithoutTrace(tenant, 'nothing_open', write([{ itemId: paid.itemId }]));
  await refusesWithoutTrace(tenant, 'amount_not_positive', write([{ itemId, amount: eur(0n) }]));
  await refusesWithoutTrace(tenant, 'wrong_currency', write([{ itemId, amount: money(1n, 'USD') }]));
  await refusesWithoutTrace(tenant, 'exceeds_open', write([{ itemId, amount: eur(100_01n) }]));
  const early = { on: parseDate('2026-01-11') };
  await refusesWithoutTrace(tenant, 'applied_too_early', write([{ itemId }], early));
  const future = { on: parseDate('2026-01-16') };
  await refusesWithoutTrace(tenant, 'written_off_in_future', write([{ itemId }], future));
  await refusesWithoutTrace(tenant, 'not_permitted', () =>
    tenant.act('cash_applier', writeOffItems, { kind: 'goodwill', reason: 'x', items: [{ itemId }] }),
  );
  const undo = (given: object) => () =>
    tenant.act('controller', undoWriteOff, { writeOffId: newId(), reason: 'x', ...given });
  await refusesWithoutTrace(tenant, 'write_off_not_found', undo({}));
  const { writeOffs } = await write([{ itemId }])();
  const writeOffId = writeOffs[0]?.writeOffId;
  await refusesWithoutTrace(tenant, 'undone_in_future', undo({ writeOffId, ...future }));
  await refusesWithoutTrace(tenant, 'reversed_too_early', undo({ writeOffId, on: parseDate('2026-01-14') }));
});
