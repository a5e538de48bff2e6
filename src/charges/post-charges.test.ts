import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { inTenant } from '#db/transaction.ts';
import { voidInvoice } from '#invoicing/void-invoice.ts';
import { parseDate } from '#kernel/calendar.ts';
import { type CompanyId, type CustomerId, newId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { applyPayment } from '#payments/apply-payment.ts';
import { returnPayment } from '#payments/return-payment.ts';
import { checkBooks, refusesWithoutTrace } from '../../test/support/books.ts';
import { aCompany, aCustomer, anInvoice, aPayment, aRate, itemsOf } from '../../test/support/builders.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import { changeDebtorKind } from './change-debtor-kind.ts';
import { placeExclusion } from './place-exclusion.ts';
import type { Terms } from './policy.ts';
import { type PostCharges, postCharges } from './post-charges.ts';
import { READY_MADE } from './ready-made.ts';
import { recordReferenceRates } from './record-reference-rates.ts';
import { releaseExclusion } from './release-exclusion.ts';
import { replacePolicy } from './replace-policy.ts';

const day = parseDate;
const eur = (minor: bigint) => money(minor, 'EUR');

function terms(code: string, given: Partial<Terms> = {}): Terms {
  const found = READY_MADE.find((r) => r.code === code);
  assert.ok(found);
  return { ...found.terms, ...given };
}

/** A company with terms in force since 2020. */
async function aCharger(tenant: TestTenant, given: Partial<Terms> = {}, code = 'de'): Promise<CompanyId> {
  const companyId = await aCompany(tenant);
  await tenant.act('controller', replacePolicy, {
    companyId,
    validFrom: day('2020-01-01'),
    terms: terms(code, given),
  });
  return companyId;
}

function charge(
  tenant: TestTenant,
  companyId: CompanyId,
  customerIds: readonly CustomerId[],
  through: string,
) {
  const input: PostCharges = { companyId, customerIds, through: day(through) };
  return tenant.act('controller', postCharges, input);
}

const brief = ({ charges }: Awaited<ReturnType<typeof charge>>) =>
  charges.map((c) => [c.number, c.interest, c.fees, c.total]);

test('a charge is a document with an item of its own; the invoice stays as it was', async () => {
  const tenant = await newTenant({ on: '2026-02-01' });
  const companyId = await aCharger(tenant);
  const invoice = await anInvoice(tenant, {
    companyId,
    minor: 1_000_00n,
    issuedOn: '2025-12-01',
    dueOn: '2025-12-31',
  });
  const before = await itemsOf(tenant, invoice.invoiceId);

  const done = await charge(tenant, companyId, [invoice.customerId], '2026-01-31');

  assert.deepEqual(brief(done), [['LC-2026-00001', '8.72', '40.00', '48.72']]);
  assert.deepEqual(await itemsOf(tenant, invoice.invoiceId), before);
  const [own] = await itemsOf(tenant, done.charges[0]?.chargeId ?? '');
  assert.deepEqual([own?.kind, own?.open, own?.dueOn.toString()], ['charge', eur(48_72n), '2026-02-15']);
  const books = await checkBooks(tenant);
  assert.deepEqual([books['interest-income'], books['late-fees']], [-8_72n, -40_00n]);
  const [event] = (await tenant.events()).filter((e) => e.type === 'charge.posted');
  assert.equal(event?.customerId, invoice.customerId);
});

test('asked again, nothing is charged; a day later, that day', async () => {
  const tenant = await newTenant({ on: '2026-02-02' });
  const companyId = await aCharger(tenant);
  const { customerId } = await anInvoice(tenant, {
    companyId,
    minor: 1_000_00n,
    issuedOn: '2025-12-01',
    dueOn: '2025-12-31',
  });
  await charge(tenant, companyId, [customerId], '2026-01-31');
  assert.deepEqual(brief(await charge(tenant, companyId, [customerId], '2026-01-31')), []);
  assert.deepEqual(brief(await charge(tenant, companyId, [customerId], '2026-02-01')), [
    ['LC-2026-00002', '0.28', '0.00', '0.28'],
  ]);
  assert.deepEqual(brief(await charge(tenant, companyId, [customerId], '2026-01-15')), []);
});

test('money counts from the day it was received; not applied yet, it counts against the oldest debt', async () => {
  const tenant = await newTenant({ on: '2026-02-01' });
  const companyId = await aCharger(tenant, { fixedSums: [] });
  const invoice = await anInvoice(tenant, {
    companyId,
    minor: 1_000_00n,
    issuedOn: '2025-12-01',
    dueOn: '2025-12-31',
  });
  const { customerId } = invoice;
  const payment = await aPayment(tenant, {
    companyId,
    customerId,
    minor: 1_000_00n,
    receivedOn: '2026-01-11',
  });
  const waiting = await tenant.act(
    'controller',
    postCharges,
    { companyId, customerIds: [customerId], through: day('2026-01-31') },
    { rehearse: true },
  );
  assert.deepEqual(brief(waiting), [['LC-2026-00001', '2.81', '0.00', '2.81']]);
  await tenant.act('cash_applier', applyPayment, {
    paymentId: payment.paymentId,
    allocations: [{ itemId: invoice.itemId, amount: eur(1_000_00n) }],
  });
  assert.deepEqual(brief(await charge(tenant, companyId, [customerId], '2026-01-31')), brief(waiting));
});

test('money known later is corrected by a credit that settles the charge, and a returned payment makes it due again', async () => {
  const tenant = await newTenant({ on: '2026-02-01' });
  const companyId = await aCharger(tenant);
  const invoice = await anInvoice(tenant, {
    companyId,
    minor: 1_000_00n,
    issuedOn: '2025-12-01',
    dueOn: '2025-12-31',
  });
  const { customerId } = invoice;
  const first = await charge(tenant, companyId, [customerId], '2026-01-31');
  const payment = await aPayment(tenant, {
    companyId,
    customerId,
    minor: 1_000_00n,
    receivedOn: '2025-12-30',
  });
  await tenant.act('cash_applier', applyPayment, {
    paymentId: payment.paymentId,
    allocations: [{ itemId: invoice.itemId, amount: eur(1_000_00n) }],
  });

  const credit = await charge(tenant, companyId, [customerId], '2026-02-01');

  assert.deepEqual(brief(credit), [['LCC-2026-00001', '8.72', '40.00', '-48.72']]);
  assert.equal((await itemsOf(tenant, first.charges[0]?.chargeId ?? ''))[0]?.open.minor, 0n);
  assert.equal((await itemsOf(tenant, credit.charges[0]?.chargeId ?? ''))[0]?.open.minor, 0n);
  assert.deepEqual(brief(await charge(tenant, companyId, [customerId], '2026-02-01')), []);
  await tenant.act('controller', returnPayment, { paymentId: payment.paymentId, reason: 'AC04' });
  assert.deepEqual(brief(await charge(tenant, companyId, [customerId], '2026-02-01')), [
    ['LC-2026-00002', '9.00', '40.00', '49.00'],
  ]);
  const books = await checkBooks(tenant);
  assert.deepEqual([books['interest-income'], books['late-fees']], [-9_00n, -40_00n]);
});

test('a voided invoice bore no interest at all', async () => {
  const tenant = await newTenant({ on: '2026-02-01' });
  const companyId = await aCharger(tenant);
  const invoice = await anInvoice(tenant, {
    companyId,
    minor: 1_000_00n,
    issuedOn: '2025-12-01',
    dueOn: '2025-12-31',
  });
  await charge(tenant, companyId, [invoice.customerId], '2026-01-31');
  await tenant.act('controller', voidInvoice, { invoiceId: invoice.invoiceId, reason: 'wrong customer' });
  assert.deepEqual(brief(await charge(tenant, companyId, [invoice.customerId], '2026-02-01')), [
    ['LCC-2026-00001', '8.72', '40.00', '-48.72'],
  ]);
  await checkBooks(tenant);
});

test('a disputed part bears none; released as if it had never been, it is caught up', async () => {
  const tenant = await newTenant({ on: '2026-02-01' });
  const companyId = await aCharger(tenant, { fixedSums: [] });
  const { customerId, itemId } = await anInvoice(tenant, {
    companyId,
    minor: 1_000_00n,
    issuedOn: '2025-12-01',
    dueOn: '2025-12-31',
  });
  await charge(tenant, companyId, [customerId], '2026-01-31');
  const { exclusionId } = await tenant.act('controller', placeExclusion, {
    itemId,
    amount: eur(500_00n),
    from: day('2026-01-01'),
    reason: 'half of the goods were broken',
  });
  assert.deepEqual(brief(await charge(tenant, companyId, [customerId], '2026-01-31')), [
    ['LCC-2026-00001', '4.36', '0.00', '-4.36'],
  ]);
  await tenant.act('controller', releaseExclusion, { exclusionId, annul: true });
  await refusesWithoutTrace(tenant, 'exclusion_released', () =>
    tenant.act('controller', releaseExclusion, { exclusionId }),
  );
  assert.deepEqual(brief(await charge(tenant, companyId, [customerId], '2026-01-31')), [
    ['LC-2026-00002', '4.36', '0.00', '4.36'],
  ]);
  await checkBooks(tenant);
});

test('an invoice goes by the terms in force when it was issued; a customer can have terms of their own or be exempt', async () => {
  const tenant = await newTenant({ on: '2026-02-01' });
  const companyId = await aCharger(tenant, { fixedSums: [] });
  const replace = (validFrom: string, given: object) =>
    tenant.act('controller', replacePolicy, { companyId, validFrom: day(validFrom), terms: null, ...given });
  const late = async (customerId: CustomerId, issuedOn: string) =>
    anInvoice(tenant, { companyId, customerId, minor: 1_000_00n, issuedOn, dueOn: '2025-12-31' });
  const [old, fresh, special, exempt] = await Promise.all([1, 2, 3, 4].map(() => aCustomer(tenant)));
  assert.ok(old && fresh && special && exempt);
  await replace('2025-12-10', { terms: terms('us', { name: 'Ours' }) });
  await replace('2025-12-01', {
    customerId: special,
    terms: terms('de', { rate: { mode: 'fixed', percent: '3.65' }, fixedSums: [] }),
  });
  await replace('2025-12-01', { customerId: exempt, exempt: true });
  await Promise.all([
    late(old, '2025-12-09'),
    late(fresh, '2025-12-10'),
    late(special, '2025-12-20'),
    late(exempt, '2025-12-20'),
  ]);

  const { charges } = await charge(tenant, companyId, [old, fresh, special, exempt], '2026-01-10');

  const interestOf = (customerId: CustomerId) => charges.find((c) => c.customerId === customerId)?.interest;
  assert.deepEqual([old, fresh, special, exempt].map(interestOf), ['2.81', '5.00', '1.00', undefined]);
});

test('consumers are not charged, and other currencies are booked at the rate of the day', async () => {
  const tenant = await newTenant({ on: '2026-02-01' });
  const companyId = await aCharger(tenant);
  await aRate(tenant, { base: 'USD', quote: 'EUR', on: '2025-01-01', rate: '0.9' });
  const { customerId } = await anInvoice(tenant, {
    companyId,
    minor: 1_000_00n,
    currency: 'USD',
    issuedOn: '2025-12-01',
    dueOn: '2025-12-31',
  });
  await tenant.act('controller', changeDebtorKind, { customerId, kind: 'consumer' });
  assert.deepEqual(brief(await charge(tenant, companyId, [customerId], '2026-01-31')), []);
  await tenant.act('controller', changeDebtorKind, { customerId, kind: 'business' });
  assert.deepEqual(brief(await charge(tenant, companyId, [customerId], '2026-01-31')), [
    ['LC-2026-00001', '8.72', '0.00', '8.72'],
  ]);
  assert.equal((await checkBooks(tenant))['interest-income'], -7_85n);
});

test('Polish fixed sums are in euro and charged in zloty', async () => {
  const tenant = await newTenant({ on: '2026-02-01' });
  const companyId = await aCharger(tenant, {}, 'pl');
  await aRate(tenant, { base: 'EUR', quote: 'PLN', on: '2025-01-01', rate: '4.25' });
  const { customerId } = await anInvoice(tenant, {
    companyId,
    minor: 5_000_00n,
    currency: 'PLN',
    issuedOn: '2025-12-01',
    dueOn: '2025-12-31',
  });
  const other = await anInvoice(tenant, {
    companyId,
    customerId,
    minor: 5_000_01n,
    currency: 'PLN',
    issuedOn: '2025-12-01',
    dueOn: '2025-12-31',
  });
  assert.equal(other.customerId, customerId);
  await refusesWithoutTrace(tenant, 'reference_rate_missing', () =>
    charge(tenant, companyId, [customerId], '2026-01-31'),
  );
  await tenant.act('controller', recordReferenceRates, {
    rates: [{ code: 'pl-nbp', validFrom: day('2026-01-01'), percent: '4', source: 'Narodowy Bank Polski' }],
  });
  // 40 and 70 euro at 4.25.
  assert.equal((await charge(tenant, companyId, [customerId], '2026-01-31')).charges[0]?.fees, '467.50');
});

test('what cannot be charged is refused and leaves no trace', async () => {
  const tenant = await newTenant({ on: '2026-02-01' });
  const companyId = await aCharger(tenant);
  const { customerId } = await anInvoice(tenant, {
    companyId,
    minor: 1_000_00n,
    issuedOn: '2025-12-01',
    dueOn: '2025-12-31',
  });
  const ask = (given: Partial<PostCharges>) => () =>
    tenant.act('controller', postCharges, {
      companyId,
      customerIds: [customerId],
      through: day('2026-01-31'),
      ...given,
    });
  await refusesWithoutTrace(tenant, 'charged_in_future', ask({ through: day('2026-02-02') }));
  await refusesWithoutTrace(tenant, 'charged_in_future', ask({ on: day('2026-02-02') }));
  await refusesWithoutTrace(tenant, 'charged_before_interest', ask({ on: day('2026-01-30') }));
  await refusesWithoutTrace(tenant, 'company_not_found', ask({ companyId: newId() }));
  await refusesWithoutTrace(tenant, 'not_permitted', () =>
    tenant.act('collector', postCharges, {
      companyId,
      customerIds: [customerId],
      through: day('2026-01-31'),
    }),
  );
});

// Seen to fail: without the lock all but one are refused `already_charged`; without lock and constraints each charges it all.
test('charged by eight at once, each day is charged once', async () => {
  const tenant = await newTenant({ on: '2026-02-01' });
  const companyId = await aCharger(tenant);
  const { customerId } = await anInvoice(tenant, {
    companyId,
    minor: 1_000_00n,
    issuedOn: '2025-12-01',
    dueOn: '2025-12-31',
  });
  await Promise.all(
    Array.from({ length: 8 }, () =>
      inTenant(tenant.pool, tenant.tenantId, (tx) => tx.run(sql`select pg_sleep(0.03)`)),
    ),
  );

  const runs = await Promise.all(
    Array.from({ length: 8 }, () => charge(tenant, companyId, [customerId], '2026-01-31')),
  );

  assert.deepEqual(runs.flatMap(brief), [['LC-2026-00001', '8.72', '40.00', '48.72']]);
  await checkBooks(tenant);
});

test('the database refuses a day charged twice and a sum asked twice, whoever writes', async () => {
  const tenant = await newTenant({ on: '2026-02-01' });
  const companyId = await aCharger(tenant);
  const { customerId } = await anInvoice(tenant, {
    companyId,
    minor: 1_000_00n,
    issuedOn: '2025-12-01',
    dueOn: '2025-12-31',
  });
  await charge(tenant, companyId, [customerId], '2026-01-31');
  const again = (kind: string, from: string) => () =>
    inTenant(tenant.pool, tenant.tenantId, (tx) =>
      tx.run(sql`insert into charge_part (tenant_id, charge_id, part_no, kind, item_id, document_id, reference, from_on, to_on, amount_minor)
        select tenant_id, charge_id, part_no + 10, kind, item_id, document_id, reference,
          case when kind = 'interest' then ${from}::date end, case when kind = 'interest' then '2026-03-01'::date end, amount_minor
        from charge_part where tenant_id = ${tx.tenantId} and kind = ${kind}`),
    );
  await assert.rejects(again('interest', '2026-01-31'), { constraint: 'charge_part_day_once' });
  await assert.rejects(again('fixed_sum', '2026-01-31'), { constraint: 'charge_part_fixed_once' });
  await again('interest', '2026-02-01')();
});
