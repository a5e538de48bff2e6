import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { inTenant } from '#db/transaction.ts';
import { creditInvoice } from '#invoicing/credit-invoice.ts';
import { readInvoiceDocument } from '#invoicing/print-invoice.ts';
import { parseDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId, InvoiceId, ItemId, PaymentId } from '#kernel/id.ts';
import { money, toDecimal } from '#kernel/money.ts';
import { changeTermsSetting } from '#terms/change-terms-setting.ts';
import { DISCOUNT_POLICY, type DiscountPolicy } from '#terms/discount-policy.ts';
import { serveTo } from '../../test/support/ask.ts';
import { checkBooks, proveBooks } from '../../test/support/books.ts';
import { aCompany, aCustomer, aLine, aPayment, aRate, itemsOf } from '../../test/support/builders.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import { anInvoiceOnTerms, someTerms } from '../../test/support/terms.ts';
import { applyPayment } from './apply-payment.ts';
import { applyReceipts } from './apply-receipts.ts';
import * as contract from './contract.ts';
import { routes } from './routes.ts';
import { unapplyPayment } from './unapply-payment.ts';

type Setting = {
  readonly tenant: TestTenant;
  readonly companyId: CompanyId;
  readonly customerId: CustomerId;
};

/** A customer on 2/10 net 30; the company treats discounts as the test says. */
async function setting(policy: Partial<DiscountPolicy> = {}, notation = '2/10 net 30'): Promise<Setting> {
  const tenant = await newTenant({ on: '2026-04-30' });
  const companyId = await aCompany(tenant);
  await tenant.act('owner', changeTermsSetting, {
    companyId,
    paymentTermsId: await someTerms(tenant, notation),
    policy: { ...DISCOUNT_POLICY, ...policy },
    countries: [{ country: 'BE', base: 'net', correctsTax: false }],
  });
  return { tenant, companyId, customerId: await aCustomer(tenant) };
}

/** 1,000.00 and 19 % tax, issued on 2 March: 2 % until the 12th. */
const invoiceOf = ({ tenant, companyId, customerId }: Setting, lines = [aLine(1000_00n, 19n)]) =>
  anInvoiceOnTerms(tenant, { companyId, customerId, lines, issuedOn: '2026-03-02' });

async function pay(
  { tenant, companyId, customerId }: Setting,
  itemId: ItemId,
  given: { readonly minor: bigint; readonly on: string; readonly discount?: bigint; readonly take?: boolean },
) {
  const { paymentId } = await aPayment(tenant, {
    companyId,
    customerId,
    minor: given.minor,
    receivedOn: given.on,
  });
  const discount = given.discount === undefined ? undefined : money(given.discount, 'EUR');
  const applied = await tenant.act('cash_applier', applyPayment, {
    paymentId,
    allocations: [{ itemId, amount: money(given.minor, 'EUR'), discount }],
    takeDiscounts: given.take ?? false,
  });
  return applied;
}

const openOf = async ({ tenant }: Setting, invoiceId: InvoiceId) =>
  (await itemsOf(tenant, invoiceId)).map((item) => toDecimal(item.open));

async function provenOn({ tenant }: Setting): Promise<void> {
  await proveBooks(tenant, parseDate('2026-04-30'));
}

test('a discount taken in time closes the item, and lowers price and tax in proportion', async () => {
  const at = await setting();
  const invoice = await invoiceOf(at);
  const before = await checkBooks(at.tenant);
  const applied = await pay(at, invoice.itemId, { minor: 1166_20n, on: '2026-03-12', take: true });
  assert.deepEqual(
    applied.discounts.map((d) => [d.state, d.discount.amount, d.untilOn, d.percent]),
    [['earned', '23.80', '2026-03-12', '2']],
  );
  assert.deepEqual(await openOf(at, invoice.invoiceId), ['0.00']);
  const after = await checkBooks(at.tenant);
  assert.equal((after.discounts ?? 0n) - (before.discounts ?? 0n), 20_00n);
  assert.equal((after.tax ?? 0n) - (before.tax ?? 0n), 3_80n);
  await provenOn(at);
});

test('a rehearsal tells what could be taken, and nothing is taken unasked', async () => {
  const at = await setting();
  const invoice = await invoiceOf(at);
  const applied = await pay(at, invoice.itemId, { minor: 1166_20n, on: '2026-03-12' });
  assert.deepEqual(
    applied.discounts.map((d) => [d.state, d.discount.amount]),
    [['available', '23.80']],
  );
  assert.deepEqual(await openOf(at, invoice.invoiceId), ['23.80']);
});

test('a discount taken a day late stays open, is recorded, and stands in the list until it is paid', async () => {
  const at = await setting();
  const ask = await serveTo(at.tenant, routes);
  const list = async (query: object = {}) =>
    (await ask('viewer', contract.listLateDiscounts, { query })).reply.rows.map((row) => [
      row.reference,
      row.discount.amount,
      row.open.amount,
      row.daysLate,
    ]);
  const invoice = await invoiceOf(at);
  const applied = await pay(at, invoice.itemId, { minor: 1166_20n, on: '2026-03-13', take: true });
  assert.deepEqual(
    applied.discounts.map((d) => [d.state, d.discount.amount, d.earned.amount]),
    [['late', '23.80', '0.00']],
  );
  assert.deepEqual(await openOf(at, invoice.invoiceId), ['23.80']);
  assert.deepEqual(
    (await at.tenant.events())
      .filter((e) => e.type === 'discount.taken_late')
      .map((e) => [e.subjectId, e.customerId]),
    [[applied.paymentId, at.customerId]],
  );
  assert.deepEqual(await list(), [[invoice.number, '23.80', '23.80', 1]]);
  assert.deepEqual(await list({ customerId: at.customerId }), [[invoice.number, '23.80', '23.80', 1]]);
  await pay(at, invoice.itemId, { minor: 23_80n, on: '2026-04-01' });
  assert.deepEqual(await list(), []);
  assert.deepEqual(await list({ state: 'all' }), [[invoice.number, '23.80', '0.00', 1]]);
  await provenOn(at);
});

test('days of grace are counted in', async () => {
  const at = await setting();
  const paymentTermsId = await someTerms(at.tenant, '2/10 net 30', { graceDays: 3 });
  const late = { ...at, customerId: await aCustomer(at.tenant, { paymentTermsId }) };
  const invoice = await invoiceOf(late);
  const applied = await pay(late, invoice.itemId, { minor: 1166_20n, on: '2026-03-15', take: true });
  assert.equal(applied.discounts[0]?.state, 'earned');
});

test('a discount that was not earned is granted and marked, or refused where the company says so', async () => {
  const [marks, refuses] = [await setting(), await setting({ unearned: 'refuse' })];
  const one = await invoiceOf(marks);
  const granted = await pay(marks, one.itemId, { minor: 1166_20n, on: '2026-03-13', discount: 23_80n });
  assert.deepEqual(
    granted.discounts.map((d) => [d.state, d.earned.amount]),
    [['unearned', '0.00']],
  );
  assert.deepEqual(await openOf(marks, one.invoiceId), ['0.00']);
  assert.ok((await marks.tenant.events()).some((e) => e.type === 'discount.granted_unearned'));
  await provenOn(marks);

  const two = await invoiceOf(refuses);
  await assert.rejects(pay(refuses, two.itemId, { minor: 1166_20n, on: '2026-03-13', discount: 23_80n }), {
    code: 'discount_not_earned',
  });
  assert.deepEqual(await openOf(refuses, two.invoiceId), ['1190.00']);
  await assert.rejects(pay(refuses, two.itemId, { minor: 1166_19n, on: '2026-03-12', discount: 23_80n }), {
    code: 'discount_not_earned',
  });
});

test('a part payment earns its part where the policy says so', async () => {
  const at = await setting({ proRata: true });
  const invoice = await invoiceOf(at, [aLine(100_00n)]);
  const first = await pay(at, invoice.itemId, { minor: 49_00n, on: '2026-03-05', take: true });
  assert.deepEqual(
    first.discounts.map((d) => d.discount.amount),
    ['1.00'],
  );
  await pay(at, invoice.itemId, { minor: 49_00n, on: '2026-03-06', take: true });
  assert.deepEqual(await openOf(at, invoice.invoiceId), ['0.00']);
  await provenOn(at);
});

test('where the law of the country says so, it is a percentage without tax and the tax stays', async () => {
  const at = await setting();
  const belgian = { ...at, customerId: await aCustomer(at.tenant, { country: 'BE' }) };
  const invoice = await invoiceOf(belgian);
  const before = await checkBooks(at.tenant);
  const applied = await pay(belgian, invoice.itemId, { minor: 1170_00n, on: '2026-03-12', take: true });
  assert.deepEqual(
    applied.discounts.map((d) => d.discount.amount),
    ['20.00'],
  );
  const after = await checkBooks(at.tenant);
  assert.deepEqual([after.discounts, after.tax], [20_00n, before.tax]);
});

test('each tax rate of the invoice is lowered by its own part', async () => {
  const at = await setting();
  const invoice = await invoiceOf(at, [aLine(100_00n, 19n), aLine(200_00n, 7n), aLine(50_00n)]);
  // 383.00 in all, 2 % are 7.66.
  await pay(at, invoice.itemId, { minor: 375_34n, on: '2026-03-12', take: true });
  const [row] = await inTenant(at.tenant.pool, at.tenant.tenantId, (tx) =>
    tx.run(sql<{
      discount_tax_minor: bigint;
      discount_taxes: { percent: string; net: string; tax: string }[];
    }>`
      select discount_tax_minor, discount_taxes from application where tenant_id = ${tx.tenantId}`),
  );
  assert.equal(row?.discount_tax_minor, 66n);
  assert.deepEqual(
    row?.discount_taxes.map((t) => [t.percent, t.net, t.tax]),
    [
      ['19', '200', '38'],
      ['7', '400', '28'],
      ['0', '100', '0'],
    ],
  );
  await provenOn(at);
});

test('taking a payment back restores the right to the discount, and the books', async () => {
  const at = await setting();
  const invoice = await invoiceOf(at);
  const before = await checkBooks(at.tenant);
  const { paymentId } = await pay(at, invoice.itemId, { minor: 1166_20n, on: '2026-03-12', take: true });
  await at.tenant.act('cash_applier', unapplyPayment, { paymentId: paymentId as PaymentId });
  const after = await checkBooks(at.tenant);
  assert.deepEqual([after.discounts ?? 0n, after.tax], [before.discounts ?? 0n, before.tax]);
  const again = await at.tenant.act('cash_applier', applyPayment, {
    paymentId: paymentId as PaymentId,
    allocations: [{ itemId: invoice.itemId, amount: money(1166_20n, 'EUR') }],
    takeDiscounts: true,
  });
  assert.equal(again.discounts[0]?.state, 'earned');
  assert.deepEqual(await openOf(at, invoice.invoiceId), ['0.00']);
  await provenOn(at);
});

test('a foreign invoice gives its discount at the rate it was booked at, and everything still balances', async () => {
  const at = await setting();
  await aRate(at.tenant, { base: 'USD', quote: 'EUR', on: '2026-03-01', rate: '0.8711' });
  await aRate(at.tenant, { base: 'USD', quote: 'EUR', on: '2026-03-10', rate: '0.9077' });
  const invoice = await anInvoiceOnTerms(at.tenant, {
    companyId: at.companyId,
    customerId: at.customerId,
    lines: [aLine(333_33n, 19n, 'USD')],
    issuedOn: '2026-03-02',
    currency: 'USD',
  });
  // 396.66 in all, 2 % are 7.93.
  const { paymentId } = await aPayment(at.tenant, {
    companyId: at.companyId,
    customerId: at.customerId,
    minor: 388_73n,
    currency: 'USD',
    receivedOn: '2026-03-11',
  });
  await at.tenant.act('cash_applier', applyPayment, {
    paymentId,
    allocations: [{ itemId: invoice.itemId, amount: money(388_73n, 'USD') }],
    takeDiscounts: true,
  });
  assert.deepEqual(await openOf(at, invoice.invoiceId), ['0.00']);
  await provenOn(at);
});

test('credited in part, an open invoice gives the discount on what is left of it', async () => {
  const at = await setting();
  const invoice = await invoiceOf(at, [aLine(1000_00n)]);
  await at.tenant.act('owner', creditInvoice, {
    invoiceId: invoice.invoiceId,
    issuedOn: parseDate('2026-03-05'),
    reason: 'quantity',
    lines: [aLine(100_00n)],
  });
  const applied = await pay(at, invoice.itemId, { minor: 882_00n, on: '2026-03-12', take: true });
  assert.deepEqual(
    applied.discounts.map((d) => d.discount.amount),
    ['18.00'],
  );
  assert.deepEqual(await openOf(at, invoice.invoiceId), ['0.00']);
});

test('a receipt less its discount is applied by itself, in time; late it waits', async () => {
  const at = await setting();
  const [one, two] = [await invoiceOf(at), await invoiceOf(at)];
  const receipt = (reference: string, receivedOn: string) =>
    aPayment(at.tenant, { companyId: at.companyId, minor: 1166_20n, reference, receivedOn });
  await receipt(`${one.number} thank you`, '2026-03-12');
  const late = await receipt(two.number, '2026-03-13');
  const done = await at.tenant.act('cash_applier', applyReceipts, {});
  assert.deepEqual([done.looked, done.applied], [2, 1]);
  assert.deepEqual(
    [...(await openOf(at, one.invoiceId)), ...(await openOf(at, two.invoiceId))],
    ['0.00', '1190.00'],
  );
  const ask = await serveTo(at.tenant, routes);
  const waiting = await ask('viewer', contract.getPayment, { params: { paymentId: late.paymentId } });
  assert.equal(waiting.reply.match?.rule, 'reference_discount_late');
  await provenOn(at);
});

test('the payer’s only debt of the amount less its discount is found by the amount', async () => {
  const at = await setting();
  const invoice = await invoiceOf(at);
  const { companyId, customerId } = at;
  await aPayment(at.tenant, { companyId, customerId, minor: 1166_20n, receivedOn: '2026-03-10' });
  const done = await at.tenant.act('cash_applier', applyReceipts, {});
  assert.equal(done.applied, 1);
  assert.deepEqual(await openOf(at, invoice.invoiceId), ['0.00']);
});

test('the printed invoice says what paying early saves, until something is paid', async () => {
  const at = await setting({}, '2/10, 1/20, net 30');
  const invoice = await invoiceOf(at);
  const printed = async () =>
    (
      await inTenant(at.tenant.pool, at.tenant.tenantId, (tx) => readInvoiceDocument(tx, invoice.invoiceId))
    ).discounts?.map((d) => [d.until.toString(), d.percent, toDecimal(d.amount)]);
  assert.deepEqual(await printed(), [
    ['2026-03-12', '2', '1166.20'],
    ['2026-03-22', '1', '1178.10'],
  ]);
  await pay(at, invoice.itemId, { minor: 100_00n, on: '2026-03-12' });
  assert.deepEqual(await printed(), []);
});

test('a right to a discount is a fact', async () => {
  const at = await setting();
  await invoiceOf(at);
  for (const statement of [`update item_discount set discount_minor = 1`, `delete from item_discount`])
    await assert.rejects(
      inTenant(at.tenant.pool, at.tenant.tenantId, async (tx) => tx.write(sql.raw(statement))),
      /recorded facts/,
    );
});
