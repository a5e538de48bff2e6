import { test } from 'node:test';
import { parseDate } from '#kernel/calendar.ts';
import type { CompanyId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { undoWriteOff } from '#writeoffs/undo-write-off.ts';
import { writeOffItems } from '#writeoffs/write-off-items.ts';
import { refusesWithoutTrace } from '../../test/support/books.ts';
import { aCompany, anInvoice, aPayment, lockPeriod } from '../../test/support/builders.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import { applyPayment } from './apply-payment.ts';
import { identifyPayment } from './identify-payment.ts';
import { recordPayment } from './record-payment.ts';
import { returnPayment } from './return-payment.ts';
import { unapplyPayment } from './unapply-payment.ts';

const lockJanuary = (tenant: TestTenant, companyId: CompanyId) =>
  lockPeriod(tenant, companyId, '2026-01-01', '2026-01-31');

test('nothing of payments is booked into a locked period, and every command says so', async () => {
  const tenant = await newTenant();
  const companyId = await aCompany(tenant);
  const invoice = await anInvoice(tenant, { companyId });
  const { itemId, customerId } = invoice;
  const payment = await aPayment(tenant, { companyId });
  const { paymentId } = payment;
  const eur = (minor: bigint) => money(minor, 'EUR');
  await tenant.act('cash_applier', applyPayment, {
    paymentId,
    allocations: [{ itemId, amount: eur(40_00n) }],
  });
  const { writeOffs } = await tenant.act('controller', writeOffItems, {
    kind: 'goodwill',
    reason: 'x',
    items: [{ itemId, amount: eur(5_00n) }],
  });
  await lockJanuary(tenant, companyId);

  const record = {
    companyId,
    direction: 'received',
    method: 'transfer',
    reference: '',
    receivedOn: parseDate('2026-01-10'),
    amount: eur(1_00n),
  } as const;
  const attempts: readonly (() => Promise<unknown>)[] = [
    () => tenant.act('cash_applier', recordPayment, record),
    () =>
      tenant.act('cash_applier', recordPayment, {
        ...record,
        allocations: [{ itemId, amount: eur(1_00n) }],
      }),
    () => tenant.act('cash_applier', applyPayment, { paymentId, allocations: [{ itemId, amount: eur(1n) }] }),
    () => tenant.act('cash_applier', unapplyPayment, { paymentId }),
    () => tenant.act('cash_applier', identifyPayment, { paymentId, customerId }),
    () => tenant.act('controller', returnPayment, { paymentId, reason: 'NSF' }),
    () => tenant.act('controller', writeOffItems, { kind: 'goodwill', reason: 'x', items: [{ itemId }] }),
    () => tenant.act('controller', undoWriteOff, { writeOffId: writeOffs[0]?.writeOffId ?? '', reason: 'x' }),
  ];
  for (const attempt of attempts) await refusesWithoutTrace(tenant, 'period_locked', attempt);
  tenant.on('2026-02-01');
  await tenant.act('cash_applier', unapplyPayment, { paymentId });
});
