// Crediting what was paid with a discount, on real books.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { inTenant } from '#db/transaction.ts';
import { parseDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId, InvoiceId, PaymentId } from '#kernel/id.ts';
import { money, toDecimal } from '#kernel/money.ts';
import { applyPayment } from '#payments/apply-payment.ts';
import { recordPayment } from '#payments/record-payment.ts';
import { returnPayment } from '#payments/return-payment.ts';
import { unapplyPayment } from '#payments/unapply-payment.ts';
import { Chance } from '../../seed/chance.ts';
import { serveTo } from '../../test/support/ask.ts';
import { checkBooks, proveBooks, refusesWithoutTrace } from '../../test/support/books.ts';
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
import * as contract from './contract.ts';
import { creditInvoice } from './credit-invoice.ts';
import { readInvoiceDocument } from './print-invoice.ts';
import { readEInvoice } from './read-e-invoice.ts';
import { routes } from './routes.ts';
import { voidInvoice } from './void-invoice.ts';

const TODAY = parseDate('2026-02-20');

type Setting = {
  readonly tenant: TestTenant;
  readonly companyId: CompanyId;
  readonly customerId: CustomerId;
};

async function setting(): Promise<Setting> {
  const tenant = await newTenant({ on: TODAY.toString() });
  const companyId = await aCompany(tenant);
  return { tenant, companyId, customerId: await aCustomer(tenant) };
}

/** 840.34 and 19 % tax: 1,000.00, paid by 980.00 with a discount of 20.00 of which 3.19 is tax. */
async function paidWithDiscount({ tenant, companyId, customerId }: Setting, currency = 'EUR') {
  const invoice = await anInvoice(tenant, {
    companyId,
    customerId,
    currency,
    lines: [aLine(840_34n, 19n, currency)],
  });
  const paid = await aPayment(tenant, { companyId, customerId, currency, minor: 980_00n });
  await tenant.act('cash_applier', applyPayment, {
    paymentId: paid.paymentId,
    allocations: [
      { itemId: invoice.itemId, amount: money(980_00n, currency), discount: money(20_00n, currency) },
    ],
  });
  return { invoice, paid };
}

async function prove({ tenant }: Setting): Promise<void> {
  await proveBooks(tenant, TODAY);
}

/** What stands on an account, debit positive. */
async function standsOn({ tenant }: Setting, account: string): Promise<bigint> {
  const row = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.find(sql<{
      minor: bigint;
    }>`select coalesce(sum(functional_minor), 0)::bigint as minor from journal_line
      where tenant_id = ${tx.tenantId} and account = ${account}`),
  );
  return row?.minor ?? 0n;
}

const openOf = async ({ tenant }: Setting, id: string) =>
  (await itemsOf(tenant, id)).filter((item) => item.kind !== 'void').map((item) => toDecimal(item.open));

const accounts = async (at: Setting) =>
  Promise.all(['receivables', 'revenue', 'tax', 'discounts'].map((account) => standsOn(at, account)));

test('a credit of 100 on an invoice paid with 2 % gives 98 back; the tax of both is corrected', async () => {
  const at = await setting();
  const { invoice } = await paidWithDiscount(at);
  assert.deepEqual(await accounts(at), [0n, -840_34n, -156_47n, 16_81n]);
  const note = await at.tenant.act('controller', creditInvoice, {
    invoiceId: invoice.invoiceId,
    reason: 'quality',
    lines: [aLine(84_03n, 19n)],
  });
  assert.deepEqual([note.total, note.applied, note.discount, note.open], ['100.00', '0.00', '2.00', '98.00']);
  assert.deepEqual(await openOf(at, note.creditNoteId), ['-98.00']);
  assert.deepEqual(await accounts(at), [-98_00n, -756_31n, -140_82n, 15_13n]);
  await checkBooks(at.tenant);
  await prove(at);

  const ask = await serveTo(at.tenant, routes);
  const read = await ask('viewer', contract.readInvoice, { params: { invoiceId: note.creditNoteId } });
  assert.deepEqual(
    [read.reply.state, read.reply.open.amount, read.reply.discountTakenBack],
    [
      'issued',
      '98.00',
      { discount: { amount: '2.00', currency: 'EUR' }, tax: { amount: '0.32', currency: 'EUR' } },
    ],
  );
  const id = note.creditNoteId as InvoiceId;
  const [printed, data] = await inTenant(at.tenant.pool, at.tenant.tenantId, (tx) =>
    Promise.all([readInvoiceDocument(tx, id), readEInvoice(tx, id, { syntax: 'ubl' })]),
  );
  assert.deepEqual(
    [printed.totals.gross.minor, printed.totals.discountTaken?.minor, printed.totals.open.minor],
    [100_00n, 2_00n, 98_00n],
  );
  assert.deepEqual(
    [data.totals?.withVat?.value, data.totals?.prepaid?.value, data.totals?.due?.value],
    ['100.00', '2.00', '98.00'],
  );
  assert.match(data.notes.map((note) => note.text).join(' '), /discount of .*2\.00 was taken/);
});

test('voiding the credit note restores the books exactly', async () => {
  const at = await setting();
  const { invoice } = await paidWithDiscount(at);
  const before = await accounts(at);
  const { creditNoteId } = await at.tenant.act('controller', creditInvoice, {
    invoiceId: invoice.invoiceId,
    reason: 'price',
    lines: [aLine(84_03n, 19n)],
  });
  await at.tenant.act('controller', voidInvoice, { invoiceId: creditNoteId as InvoiceId, reason: 'slip' });
  assert.deepEqual(await accounts(at), before);
  assert.deepEqual(await openOf(at, creditNoteId), ['0.00']);
  await prove(at);
  const again = await at.tenant.act('controller', creditInvoice, {
    invoiceId: invoice.invoiceId,
    reason: 'cancelled',
  });
  assert.deepEqual([again.total, again.discount, again.open], ['1000.00', '20.00', '980.00']);
  assert.deepEqual(await accounts(at), [-980_00n, 0n, 0n, 0n]);
  await prove(at);
});

test('a payment whose discount was taken back is neither taken back nor returned before the credit note is voided', async () => {
  const at = await setting();
  const { invoice, paid } = await paidWithDiscount(at);
  const note = await at.tenant.act('controller', creditInvoice, {
    invoiceId: invoice.invoiceId,
    reason: 'return',
    lines: [aLine(84_03n, 19n)],
  });
  const paymentId = paid.paymentId as PaymentId;
  await refusesWithoutTrace(at.tenant, 'discount_taken_back', () =>
    at.tenant.act('cash_applier', unapplyPayment, { paymentId }),
  );
  await refusesWithoutTrace(at.tenant, 'discount_taken_back', () =>
    at.tenant.act('controller', returnPayment, { paymentId, reason: 'AC04' }),
  );
  await at.tenant.act('controller', voidInvoice, {
    invoiceId: note.creditNoteId as InvoiceId,
    reason: 'payment came back',
  });
  await at.tenant.act('controller', returnPayment, { paymentId, reason: 'AC04' });
  assert.deepEqual(await openOf(at, invoice.invoiceId), ['1000.00']);
  await prove(at);
});

test('of a foreign invoice the discount is taken back at what it was booked at', async () => {
  const at = await setting();
  await aRate(at.tenant, { base: 'USD', quote: 'EUR', rate: '0.9137', on: '2026-01-01' });
  const { invoice } = await paidWithDiscount(at, 'USD');
  for (const minor of [84_03n, 333_33n, 1n])
    await at.tenant.act('controller', creditInvoice, {
      invoiceId: invoice.invoiceId,
      reason: 'price',
      lines: [aLine(minor, 19n, 'USD')],
    });
  await prove(at);
  const ask = await serveTo(at.tenant, routes);
  const read = await ask('viewer', contract.readInvoice, { params: { invoiceId: invoice.invoiceId } });
  await at.tenant.act('controller', creditInvoice, {
    invoiceId: invoice.invoiceId,
    reason: 'price',
    lines: [aLine(BigInt(read.reply.creditable.amount.replace('.', '')), 0n, 'USD')],
  });
  assert.equal(await standsOn(at, 'discounts'), 0n);
  await prove(at);
});

test('what was all discount gives nothing, and says so', async () => {
  const at = await setting();
  const { companyId, customerId } = at;
  const invoice = await anInvoice(at.tenant, { companyId, customerId, minor: 100_00n });
  const paid = await aPayment(at.tenant, { companyId, customerId, minor: 1n });
  await at.tenant.act('cash_applier', applyPayment, {
    paymentId: paid.paymentId,
    allocations: [{ itemId: invoice.itemId, amount: money(1n, 'EUR'), discount: money(20_00n, 'EUR') }],
  });
  await at.tenant.act('controller', creditInvoice, {
    invoiceId: invoice.invoiceId,
    reason: 'price',
    lines: [aLine(79_99n)],
  });
  await refusesWithoutTrace(at.tenant, 'credit_gives_nothing', () =>
    at.tenant.act('controller', creditInvoice, {
      invoiceId: invoice.invoiceId,
      reason: 'price',
      lines: [aLine(1n)],
    }),
  );
});

test('a credit note and the taking back of the payment at once: never both', async () => {
  for (let round = 0; round < 4; round += 1) {
    const at = await setting();
    const cases = await Promise.all(Array.from({ length: 4 }, () => paidWithDiscount(at)));
    const outcomes = await Promise.allSettled(
      cases.flatMap(({ invoice, paid }) => [
        at.tenant.act('controller', creditInvoice, {
          invoiceId: invoice.invoiceId,
          reason: 'price',
          lines: [aLine(84_03n, 19n)],
        }),
        at.tenant.act('cash_applier', unapplyPayment, { paymentId: paid.paymentId as PaymentId }),
      ]),
    );
    for (const outcome of outcomes)
      if (outcome.status === 'rejected') assert.equal(outcome.reason.code, 'discount_taken_back');
    await prove(at);
  }
});

test('paid, credited and voided in whatever order, an invoice gives back what was paid and not a cent more', async () => {
  for (const seed of [1, 2, 3]) {
    const at = await setting();
    const { companyId, customerId } = at;
    const chance = new Chance(seed);
    const invoice = await anInvoice(at.tenant, {
      companyId,
      customerId,
      lines: [aLine(BigInt(chance.whole(1_00, 900_00)), 19n), aLine(BigInt(chance.whole(1_00, 900_00)), 7n)],
    });
    const notes: InvoiceId[] = [];
    let paid = 0n;
    for (let step = 0; step < 12; step += 1) {
      const [item] = await itemsOf(at.tenant, invoice.invoiceId);
      const open = item?.open.minor ?? 0n;
      if (chance.happens(0.4) && open > 100n) {
        const discount = open / BigInt(chance.whole(8, 60));
        const amount = (open - discount) / BigInt(chance.whole(1, 2));
        const { paymentId } = await at.tenant.act('cash_applier', recordPayment, {
          companyId,
          customerId,
          direction: 'received',
          receivedOn: TODAY,
          amount: money(amount, 'EUR'),
          method: 'transfer',
          reference: 'x',
          allocations: [
            { itemId: invoice.itemId, amount: money(amount, 'EUR'), discount: money(discount / 2n, 'EUR') },
          ],
        });
        assert.ok(paymentId);
        paid += amount;
      } else if (chance.happens(0.3) && notes.length > 0) {
        const invoiceId = chance.oneOf(notes);
        await at.tenant
          .act('controller', voidInvoice, { invoiceId, reason: 'slip' })
          .then(() => notes.splice(notes.indexOf(invoiceId), 1))
          .catch((error) => assert.equal(error.code, 'invoice_has_applications'));
      } else {
        await at.tenant
          .act('controller', creditInvoice, {
            invoiceId: invoice.invoiceId,
            reason: 'price',
            lines: [aLine(BigInt(chance.whole(1, 200_00)), 19n)],
          })
          .then((note) => notes.push(note.creditNoteId as InvoiceId))
          .catch((error) => assert.equal(error.code, 'exceeds_invoice'));
      }
    }
    const ask = await serveTo(at.tenant, routes);
    const read = await ask('viewer', contract.readInvoice, { params: { invoiceId: invoice.invoiceId } });
    const rest = BigInt(read.reply.creditable.amount.replace('.', ''));
    if (rest > 0n)
      await at.tenant
        .act('controller', creditInvoice, {
          invoiceId: invoice.invoiceId,
          reason: 'price',
          lines: [aLine(rest)],
        })
        .catch((error) => assert.equal(error.code, 'credit_gives_nothing'));
    // Nothing is owed any more, and what is left as credit is what came in.
    assert.equal(await standsOn(at, 'receivables'), -paid);
    assert.equal(await standsOn(at, 'discounts'), 0n);
    await prove(at);
  }
});
