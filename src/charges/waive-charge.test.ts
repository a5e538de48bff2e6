import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { inTenant } from '#db/transaction.ts';
import { parseDate } from '#kernel/calendar.ts';
import { newId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { applyPayment } from '#payments/apply-payment.ts';
import { undoWriteOff } from '#writeoffs/undo-write-off.ts';
import { writeOffItems } from '#writeoffs/write-off-items.ts';
import { checkBooks, refusesWithoutTrace } from '../../test/support/books.ts';
import { aCompany, aCustomer, anInvoice, aPayment, aRate, itemsOf } from '../../test/support/builders.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { postCharges } from './post-charges.ts';
import { readCharge } from './read-charges.ts';
import { READY_MADE } from './ready-made.ts';
import { replacePolicy } from './replace-policy.ts';
import { undoWaiver } from './undo-waiver.ts';
import { waiveCharge } from './waive-charge.ts';

const day = parseDate;
const eur = (minor: bigint) => money(minor, 'EUR');

/** A charge of 8.72 interest and a fixed sum of 40.00 on an invoice over 1,000.00. */
async function aCharge(currency = 'EUR') {
  const tenant = await newTenant({ on: '2026-02-01' });
  const companyId = await aCompany(tenant);
  await aRate(tenant, { base: 'USD', quote: 'EUR', on: '2025-01-01', rate: '0.9137' });
  const customerId = await aCustomer(tenant);
  await tenant.act('controller', replacePolicy, {
    companyId,
    validFrom: day('2020-01-01'),
    terms: READY_MADE.find((r) => r.code === 'de')?.terms ?? null,
  });
  const common = { companyId, customerId, minor: 1_000_00n, issuedOn: '2025-12-01', dueOn: '2025-12-31' };
  const invoice = await anInvoice(tenant, { ...common, currency });
  const through = day('2026-01-31');
  const { charges } = await tenant.act('controller', postCharges, {
    companyId,
    customerIds: [customerId],
    through,
  });
  const chargeId = charges[0]?.chargeId ?? '';
  const openOf = async (id: string) => (await itemsOf(tenant, id)).map((item) => item.open.minor);
  return { tenant, companyId, customerId, invoice, chargeId, openOf };
}

test('waived wholly, nothing is open of the charge and no income is left; reinstated, all is as before', async () => {
  const { tenant, chargeId, openOf } = await aCharge();
  const before = await checkBooks(tenant);

  const waiver = await tenant.act('controller', waiveCharge, { chargeId, reason: 'goodwill' });

  assert.deepEqual([waiver.number, waiver.total], ['LCC-2026-00001', '-48.72']);
  assert.deepEqual(await openOf(chargeId), [0n]);
  const waived = await checkBooks(tenant);
  assert.deepEqual([waived['interest-income'], waived['late-fees']], [0n, 0n]);
  const [event] = (await tenant.events()).filter((e) => e.type === 'charge.waived');
  assert.match(JSON.stringify(event?.data), /"reason":"goodwill"/);

  await tenant.act('controller', undoWaiver, { chargeId: waiver.chargeId, reason: 'they broke their word' });

  assert.deepEqual(await openOf(chargeId), [48_72n]);
  assert.deepEqual(await openOf(waiver.chargeId), [0n, 0n]);
  assert.deepEqual(await checkBooks(tenant), before);
});

test('waived in parts, never more than is left of interest and fees each', async () => {
  const { tenant, chargeId, openOf } = await aCharge();
  await tenant.act('controller', waiveCharge, { chargeId, reason: 'half', fees: eur(20_00n) });
  const more = (given: object) => () =>
    tenant.act('controller', waiveCharge, { chargeId, reason: 'more', ...given });
  await refusesWithoutTrace(tenant, 'exceeds_charge', more({ fees: eur(20_01n) }));
  await refusesWithoutTrace(tenant, 'exceeds_charge', more({ interest: eur(8_73n) }));
  await refusesWithoutTrace(tenant, 'amount_negative', more({ interest: eur(-1n) }));
  await refusesWithoutTrace(tenant, 'nothing_to_waive', more({ interest: eur(0n) }));
  await refusesWithoutTrace(tenant, 'wrong_currency', more({ interest: money(1n, 'USD') }));
  await more({})();
  assert.deepEqual(await openOf(chargeId), [0n]);
  await refusesWithoutTrace(tenant, 'nothing_to_waive', more({}));
});

test('what was paid already stays an open credit of the customer; reinstated, that is taken back too', async () => {
  const { tenant, companyId, customerId, chargeId, openOf } = await aCharge('USD');
  const [item] = await itemsOf(tenant, chargeId);
  assert.ok(item);
  const payment = await aPayment(tenant, {
    companyId,
    customerId,
    minor: 8_00n,
    currency: 'USD',
    receivedOn: '2026-02-01',
  });
  const allocations = [{ itemId: item.id, amount: money(8_00n, 'USD') }];
  await tenant.act('cash_applier', applyPayment, { paymentId: payment.paymentId, allocations });
  const before = await checkBooks(tenant);

  const waiver = await tenant.act('controller', waiveCharge, { chargeId, reason: 'goodwill' });

  assert.deepEqual(await openOf(chargeId), [0n]);
  assert.deepEqual(await openOf(waiver.chargeId), [-8_00n]);
  await tenant.act('controller', undoWaiver, { chargeId: waiver.chargeId, reason: 'after all' });
  assert.deepEqual(await openOf(chargeId), [72n]);
  assert.deepEqual(await checkBooks(tenant), before);
});

test('a waiver does not make its days chargeable again', async () => {
  const { tenant, companyId, customerId, chargeId } = await aCharge();
  await tenant.act('controller', waiveCharge, { chargeId, reason: 'goodwill' });
  const input = { companyId, customerIds: [customerId], through: day('2026-01-31') };
  assert.deepEqual(await tenant.act('controller', postCharges, input), { charges: [] });
});

test('what cannot be waived or taken back is refused', async () => {
  const { tenant, chargeId } = await aCharge();
  const waiver = await tenant.act('controller', waiveCharge, { chargeId, reason: 'goodwill' });
  const waive = (id: string) => () => tenant.act('controller', waiveCharge, { chargeId: id, reason: 'x' });
  const undo = (id: string) => () => tenant.act('controller', undoWaiver, { chargeId: id, reason: 'x' });
  await refusesWithoutTrace(tenant, 'charge_not_found', waive(newId()));
  await refusesWithoutTrace(tenant, 'not_a_charge', waive(waiver.chargeId));
  await refusesWithoutTrace(tenant, 'charge_not_found', undo(newId()));
  await refusesWithoutTrace(tenant, 'not_a_waiver', undo(chargeId));
  await undo(waiver.chargeId)();
  await refusesWithoutTrace(tenant, 'waiver_undone', undo(waiver.chargeId));
  await refusesWithoutTrace(tenant, 'not_permitted', () =>
    tenant.act('collector', waiveCharge, { chargeId, reason: 'x' }),
  );
});

test('waived by eight at once, it is waived once', async () => {
  const { tenant, chargeId, openOf } = await aCharge();
  const warm = () => inTenant(tenant.pool, tenant.tenantId, (tx) => tx.run(sql`select pg_sleep(0.03)`));
  await Promise.all(Array.from({ length: 8 }, warm));
  const runs = await Promise.allSettled(
    Array.from({ length: 8 }, () => tenant.act('controller', waiveCharge, { chargeId, reason: 'goodwill' })),
  );
  const codes = runs.flatMap((run) => (run.status === 'rejected' ? [run.reason.code] : []));
  assert.deepEqual(codes, Array(7).fill('nothing_to_waive'));
  assert.deepEqual(await openOf(chargeId), [0n]);
  await checkBooks(tenant);
});

test('charges are facts: nothing of them is changed or deleted', async () => {
  const { tenant } = await aCharge();
  for (const table of ['charge', 'charge_part', 'charge_span', 'charge_policy'])
    for (const change of [
      sql`delete from ${sql.table(table)}`,
      sql`update ${sql.table(table)} set tenant_id = tenant_id`,
    ])
      await assert.rejects(
        inTenant(tenant.pool, tenant.tenantId, (tx) => tx.run(change)),
        table,
      );
});

test('what was written off of a charge cannot be waived too: that would give away money nobody paid', async () => {
  const { tenant, chargeId, openOf } = await aCharge();
  const [item] = await itemsOf(tenant, chargeId);
  const itemId = item?.id;
  assert.ok(itemId);
  const { writeOffs } = await tenant.act('controller', writeOffItems, {
    kind: 'bad_debt',
    reason: 'they will not pay the fee',
    items: [{ itemId, amount: eur(45_00n) }],
  });
  assert.deepEqual(await openOf(chargeId), [3_72n]);
  const shown = await inTenant(tenant.pool, tenant.tenantId, (tx) => readCharge(tx, chargeId));
  assert.equal(shown.writtenOff, 45_00n);

  const waiver = await tenant.act('controller', waiveCharge, { chargeId, reason: 'goodwill' });

  assert.equal(waiver.total, '-3.72');
  assert.deepEqual([await openOf(chargeId), await openOf(waiver.chargeId)], [[0n], [0n]]);
  await checkBooks(tenant);
  const undoing = { writeOffId: writeOffs[0]?.writeOffId ?? '', reason: 'paid after all' };
  await tenant.act('controller', undoWriteOff, undoing);
  assert.deepEqual(await openOf(chargeId), [45_00n], 'the write-off is taken back by itself');
  await checkBooks(tenant);
});
