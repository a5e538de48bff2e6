// Money that goes to another company, eight at once and at random. The races were seen to fail with the locks taken out.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ApplicationId, CompanyId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { left } from '#ledger/open-item.ts';
import { checkBooks, proveBooks } from '../../test/support/books.ts';
import {
  aCompany,
  anInvoice,
  aPayment,
  aRate,
  type BuiltInvoice,
  itemsOf,
  letReceive,
} from '../../test/support/builders.ts';
import { RACERS, race } from '../../test/support/race.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { handOverPayment } from './hand-over-payment.ts';
import { returnPayment } from './return-payment.ts';
import { unapplyPayment } from './unapply-payment.ts';

function leftOf(items: Awaited<ReturnType<typeof itemsOf>>): bigint {
  return items.reduce((total, item) => total + left(item), 0n);
}

test('eight who hand over one payment hand over no more than is free', async () => {
  const tenant = await newTenant();
  const [a, b] = [await aCompany(tenant), await aCompany(tenant)];
  await letReceive(tenant, a, b);
  const { paymentId } = await aPayment(tenant, { companyId: a, minor: 100_00n });
  const racers = [];
  for (let n = 0; n < RACERS; n += 1) {
    const { itemId } = await anInvoice(tenant, { companyId: b });
    const allocations = [{ itemId, amount: money(30_00n, 'EUR') }];
    racers.push(() => tenant.act('cash_applier', handOverPayment, { paymentId, companyId: b, allocations }));
  }
  const { won, codes } = await race(tenant, racers);
  assert.equal(won, 3);
  assert.deepEqual(codes, Array(5).fill('exceeds_unapplied'));
  assert.equal(leftOf(await itemsOf(tenant, paymentId)), 10_00n);
  assert.equal((await proveBooks(tenant))['due-to-companies'], -90_00n);
});

test('a payment that is handed over, taken back and returned at once ends returned, with nothing owed between companies', async () => {
  const tenant = await newTenant();
  const [a, b] = [await aCompany(tenant), await aCompany(tenant)];
  await letReceive(tenant, a, b);
  for (let round = 0; round < 3; round += 1) {
    const { itemId, invoiceId } = await anInvoice(tenant, { companyId: b });
    const { paymentId } = await aPayment(tenant, { companyId: a });
    const go = () => {
      const allocations = [{ itemId, amount: money(10_00n, 'EUR') }];
      return tenant.act('cash_applier', handOverPayment, { paymentId, companyId: b, allocations });
    };
    const back = () => tenant.act('cash_applier', unapplyPayment, { paymentId });
    const giveBack = () => tenant.act('controller', returnPayment, { paymentId, reason: 'NSF' });
    const { codes } = await race(tenant, [go, go, back, go, giveBack, go, back, giveBack]);
    const expected = ['payment_returned', 'nothing_to_unapply', 'changed_meanwhile'];
    assert.ok(
      codes.every((code) => expected.includes(code)),
      codes.join(),
    );
    assert.equal((await itemsOf(tenant, invoiceId))[0]?.open.minor, 100_00n);
    assert.equal(leftOf(await itemsOf(tenant, paymentId)), 0n);
    const books = await checkBooks(tenant);
    assert.deepEqual([books.bank ?? 0n, books['due-to-companies'] ?? 0n], [0n, 0n]);
  }
  await proveBooks(tenant);
});

/** Numbers that look random and are the same each time. */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

for (const seed of [1, 2, 3])
  test(`whatever goes to which company and comes back in which order, all is as it was (${seed})`, async () => {
    const roll = dice(seed);
    const tenant = await newTenant();
    const a = await aCompany(tenant);
    const others = [await aCompany(tenant, { currency: 'GBP' }), await aCompany(tenant, { currency: 'JPY' })];
    await aRate(tenant, { base: 'USD', quote: 'EUR', on: '2026-01-01', rate: '0.91373' });
    await aRate(tenant, { base: 'USD', quote: 'GBP', on: '2026-01-01', rate: '0.791931' });
    await aRate(tenant, { base: 'USD', quote: 'JPY', on: '2026-01-01', rate: '143.77' });
    const debts: { readonly companyId: CompanyId; readonly invoice: BuiltInvoice }[] = [];
    for (const companyId of others) {
      await letReceive(tenant, a, companyId);
      for (let n = 0; n < 3; n += 1)
        debts.push({
          companyId,
          invoice: await anInvoice(tenant, { companyId, minor: BigInt(1 + roll(50_000)), currency: 'USD' }),
        });
    }
    const { paymentId } = await aPayment(tenant, { companyId: a, minor: 999_99n, currency: 'USD' });
    const before = await proveBooks(tenant);
    const openNow = () => Promise.all(debts.map(({ invoice }) => itemsOf(tenant, invoice.invoiceId)));
    const openBefore = await openNow();

    const standing: ApplicationId[] = [];
    for (let step = 0; step < 24; step += 1) {
      if (roll(3) === 0 && standing.length > 0) {
        const applicationIds = standing.splice(roll(standing.length), 1);
        await tenant.act('cash_applier', unapplyPayment, { paymentId, applicationIds });
        continue;
      }
      const free = leftOf((await itemsOf(tenant, paymentId)).filter((item) => item.companyId === a));
      const debt = debts[roll(debts.length)];
      const open = (await itemsOf(tenant, debt?.invoice.invoiceId ?? ''))[0];
      if (debt === undefined || open === undefined || left(open) === 0n || free === 0n) continue;
      const most = left(open) < free ? left(open) : free;
      const amount = money(BigInt(1 + roll(Number(most))), 'USD');
      const wish = { companyId: debt.companyId, allocations: [{ itemId: open.id, amount }] };
      const done = await tenant.act('cash_applier', handOverPayment, {
        paymentId,
        ...wish,
      });
      standing.push(...done.applications.map((one) => one.applicationId as ApplicationId));
    }
    await proveBooks(tenant);
    if (standing.length > 0) await tenant.act('cash_applier', unapplyPayment, { paymentId });
    assert.deepEqual(await openNow(), openBefore);
    assert.equal(leftOf(await itemsOf(tenant, paymentId)), 999_99n);
    const after = await proveBooks(tenant);
    for (const [account, minor] of Object.entries(after)) assert.equal(minor, before[account] ?? 0n, account);
  });
