import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkBooks } from '../../test/support/books.ts';
import { aCompany, aCustomer, anInvoice, aPayment, itemsOf } from '../../test/support/builders.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { Options } from './options.ts';
import { applyOne } from './receipts.ts';
import type { Session } from './session.ts';

/** Two companies that number alike; each is owed 100.00 and got it. */
async function setting() {
  const tenant = await newTenant();
  const owed = async (code: string) => {
    const companyId = await aCompany(tenant, { code });
    const customerId = await aCustomer(tenant);
    const invoice = await anInvoice(tenant, { companyId, customerId });
    const payment = await aPayment(tenant, { companyId, customerId, minor: 100_00n });
    const open = async () => (await itemsOf(tenant, invoice.invoiceId))[0]?.open.minor;
    return { companyId, customerId, invoice, payment, open };
  };
  const [one, two] = [await owed('ONE'), await owed('TWO')];
  const session = { door: tenant.door } as unknown as Session;
  const apply = (...words: readonly string[]) =>
    applyOne(session, tenant.as('owner'), new Options(['receipts', 'apply', ...words]));
  return { tenant, one, two, apply };
}

test('a receipt is applied in the company that is named; a number that two companies have is not guessed', async () => {
  const { tenant, one, two, apply } = await setting();
  assert.equal(one.payment.number, two.payment.number);
  const wish = [one.payment.number, `${one.invoice.number}=60.00`];
  await assert.rejects(() => apply(...wish), { code: 'company_not_named' });
  await apply(...wish, '--company', 'TWO', '--check');
  assert.deepEqual([await one.open(), await two.open()], [100_00n, 100_00n]);
  await apply(...wish, '--company', 'TWO');
  assert.deepEqual([await one.open(), await two.open()], [100_00n, 40_00n]);
  await checkBooks(tenant);
});

test('a receipt is found however many other numbers begin with its own', async () => {
  const { tenant, one, apply } = await setting();
  const { companyId, customerId } = one;
  const reference = one.payment.number;
  for (let n = 0; n < 101; n += 1) await aPayment(tenant, { companyId, customerId, minor: 1n, reference });
  await apply(one.payment.number, `${one.invoice.number}=100.00`, '--company', 'ONE');
  assert.equal(await one.open(), 0n);
});
