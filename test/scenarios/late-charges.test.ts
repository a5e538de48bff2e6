// A year of late payment: part payments over the turn of a half-year, under the law of the European Union, which takes the rate
// anew, and of the United Kingdom, which keeps it; charged month by month, and once at the end.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PostCharges } from '#charges/post-charges.ts';
import { postCharges } from '#charges/post-charges.ts';
import { READY_MADE } from '#charges/ready-made.ts';
import { replacePolicy } from '#charges/replace-policy.ts';
import { addDays, monthEnd, type PlainDate, parseDate } from '#kernel/calendar.ts';
import { money } from '#kernel/money.ts';
import { applyPayment } from '#payments/apply-payment.ts';
import { checkBooks } from '../support/books.ts';
import { aCompany, aCustomer, anInvoice, aPayment } from '../support/builders.ts';
import { newTenant } from '../support/tenant.ts';

const day = parseDate;

/** An invoice over 10,000.00 due on 31 March 2025, paid in three parts; gives what was charged by runs on the given days. */
async function aYear(code: string, currency: string, runs: readonly PlainDate[]) {
  const tenant = await newTenant({ on: '2025-03-01' });
  const companyId = await aCompany(tenant, { currency });
  const customerId = await aCustomer(tenant);
  const terms = READY_MADE.find((ready) => ready.code === code)?.terms ?? null;
  await tenant.act('controller', replacePolicy, { companyId, validFrom: day('2025-01-01'), terms });
  const invoice = await anInvoice(tenant, {
    companyId,
    customerId,
    currency,
    minor: 10_000_00n,
    issuedOn: '2025-03-01',
    dueOn: '2025-03-31',
  });
  const paid = [
    ['2025-05-16', 2_500_00n],
    ['2025-08-01', 2_500_00n],
    ['2025-11-11', 5_000_00n],
  ] as const;
  const charged = [];
  let payments = 0;
  for (const through of runs) {
    for (const [on, minor] of paid.slice(payments)) {
      if (on > through.toString()) break;
      tenant.on(on);
      const payment = await aPayment(tenant, { companyId, customerId, currency, minor, receivedOn: on });
      const allocations = [{ itemId: invoice.itemId, amount: money(minor, currency) }];
      await tenant.act('cash_applier', applyPayment, { paymentId: payment.paymentId, allocations });
      payments += 1;
    }
    tenant.on(through.toString());
    const input: PostCharges = { companyId, customerIds: [customerId], through };
    charged.push(...(await tenant.act('controller', postCharges, input)).charges);
  }
  const books = await checkBooks(tenant);
  return { charged, interest: -(books['interest-income'] ?? 0n), fees: -(books['late-fees'] ?? 0n) };
}

const END = day('2025-12-31');
const MONTHS = Array.from({ length: 9 }, (_, index) => monthEnd(day('2025-04-01').add({ months: index })));

test('in the European Union the rate of each half-year counts, and monthly charges come to what one charge does', async () => {
  const once = await aYear('eu', 'EUR', [END]);
  const monthly = await aYear('eu', 'EUR', MONTHS);
  // 45 days on 10,000.00 and 46 on 7,500.00 at 11.15 %; 31 on 7,500.00 and 102 on 5,000.00 at 10.15 %.
  const exact = (10_000_00 * 45 + 7_500_00 * 46) * 11.15 + (7_500_00 * 31 + 5_000_00 * 102) * 10.15;
  assert.equal(once.interest, BigInt(Math.round(exact / 36_500)));
  assert.deepEqual([once.charged.length, once.fees], [1, 40_00n]);
  assert.deepEqual([monthly.interest, monthly.fees], [once.interest, once.fees]);
  assert.ok(monthly.charged.length >= 7, `${monthly.charged.length} charges`);
});

test('in the United Kingdom the rate of the start stays for the life of the debt, and the fixed sum goes by the debt', async () => {
  const once = await aYear('gb', 'GBP', [END]);
  const monthly = await aYear('gb', 'GBP', MONTHS);
  // Interest starts on 1 April 2025: the rate of 31 December 2024 (4.75 %) and 8 points, to the end.
  const exact = (10_000_00 * 45 + 7_500_00 * 77 + 5_000_00 * 102) * 12.75;
  assert.equal(once.interest, BigInt(Math.round(exact / 36_500)));
  assert.deepEqual([once.fees, monthly.fees], [100_00n, 100_00n]);
  assert.equal(monthly.interest, once.interest);
});

test('what is paid on the due date is charged nothing, through the turn of any half-year', async () => {
  const tenant = await newTenant({ on: '2025-07-31' });
  const companyId = await aCompany(tenant);
  const customerId = await aCustomer(tenant);
  const terms = READY_MADE.find((ready) => ready.code === 'eu')?.terms ?? null;
  await tenant.act('controller', replacePolicy, { companyId, validFrom: day('2025-01-01'), terms });
  const invoice = await anInvoice(tenant, {
    companyId,
    customerId,
    issuedOn: '2025-06-01',
    dueOn: '2025-06-30',
  });
  const payment = await aPayment(tenant, { companyId, customerId, receivedOn: '2025-06-30' });
  const allocations = [{ itemId: invoice.itemId, amount: money(100_00n, 'EUR') }];
  await tenant.act('cash_applier', applyPayment, { paymentId: payment.paymentId, allocations });
  const through = addDays(day('2025-07-31'), 0);
  const done = await tenant.act('controller', postCharges, { companyId, customerIds: [customerId], through });
  assert.deepEqual(done.charges, []);
});
