import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inTenant } from '#db/transaction.ts';
import { parseDate } from '#kernel/calendar.ts';
import type { CompanyId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { handOverPayment } from '#payments/hand-over-payment.ts';
import { unapplyPayment } from '#payments/unapply-payment.ts';
import { serveTo } from '../../test/support/ask.ts';
import { aCompany, aCustomer, anInvoice, aPayment, letReceive } from '../../test/support/builders.ts';
import { readPdf } from '../../test/support/pdf-reader.ts';
import { newTenant } from '../../test/support/tenant.ts';
import * as contract from './contract.ts';
import { readStatement } from './read-statement.ts';
import { routes } from './routes.ts';

test('statements of both companies say what one received for the other, by the name of the other one', async () => {
  const tenant = await newTenant({ on: '2026-01-20' });
  const [a, b] = [await aCompany(tenant, { name: 'Alpha' }), await aCompany(tenant, { name: 'Beta' })];
  const customerId = await aCustomer(tenant);
  await letReceive(tenant, a, b);
  const theirs = await anInvoice(tenant, { companyId: b, customerId, minor: 40_00n });
  const { paymentId, number } = await aPayment(tenant, { companyId: a, customerId });
  await tenant.act('cash_applier', handOverPayment, {
    paymentId,
    companyId: b,
    allocations: [{ itemId: theirs.itemId, amount: money(40_00n, 'EUR') }],
  });
  const linesOf = async (companyId: CompanyId) => {
    const asOf = parseDate('2026-01-31');
    const wish = { customerId, kind: 'balance_forward', asOf, companyId } as const;
    const { sections } = await inTenant(tenant.pool, tenant.tenantId, (tx) => readStatement(tx, wish));
    const lines = sections.flatMap((section) => section.accounts.flatMap((account) => account.lines));
    return lines.map((line) => [line.kind, line.reference, line.amount.minor, line.balance.minor]);
  };
  const [received, settled] = [
    ['payment', number, -100_00n, -100_00n],
    ['invoice', theirs.number, 40_00n, 40_00n],
  ];
  assert.deepEqual(await linesOf(a), [received, ['handover', `${number} (Beta)`, 40_00n, -60_00n]]);
  assert.deepEqual(await linesOf(b), [settled, ['handover', `${number} (Alpha)`, -40_00n, 0n]]);
  const ask = await serveTo(tenant, routes);
  const printed = await ask('viewer', contract.printCustomerStatement, {
    params: { customerId },
    query: { kind: 'balance_forward', companyId: b, asOf: '2026-01-31' },
  });
  assert.match(readPdf(printed.bytes).pages.join(' ').replaceAll(/\s+/g, ' '), /Payment between companies/);
  await tenant.act('cash_applier', unapplyPayment, { paymentId });
  assert.deepEqual((await linesOf(b)).at(-1), ['handover', `${number} (Alpha)`, 40_00n, 40_00n]);
});
