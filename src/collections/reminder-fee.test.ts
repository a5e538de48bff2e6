import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { postCharges } from '#charges/post-charges.ts';
import { READY_MADE } from '#charges/ready-made.ts';
import { replacePolicy } from '#charges/replace-policy.ts';
import { inTenant } from '#db/transaction.ts';
import { parseDate } from '#kernel/calendar.ts';
import { closePdf } from '#printing/render-pdf.ts';
import { aCompany, anInvoice } from '../../test/support/builders.ts';
import { aReader, remindOn, sendReminders } from '../../test/support/reminders.ts';
import { newTenant } from '../../test/support/tenant.ts';

after(closePdf);

test('a demand that was sent costs what the terms say for its phase, once; one that waits costs nothing', async () => {
  const tenant = await newTenant({ on: '2026-01-02' });
  const companyId = await aCompany(tenant);
  const customerId = await aReader(tenant);
  const ready = READY_MADE.find((r) => r.code === 'de');
  assert.ok(ready);
  const fee = { amount: '5.00', currency: 'EUR' };
  await tenant.act('controller', replacePolicy, {
    companyId,
    validFrom: parseDate('2026-01-01'),
    terms: { ...ready.terms, fixedSums: [], reminderFees: [{ phase: 'demand', fee }] },
  });
  await anInvoice(tenant, {
    companyId,
    customerId,
    minor: 1_000_00n,
    issuedOn: '2026-01-02',
    dueOn: '2026-01-31',
  });
  const charge = () =>
    tenant.act(
      'controller',
      postCharges,
      { companyId, customerIds: [customerId], through: parseDate('2026-02-14') },
      { rehearse: true },
    );
  tenant.on('2026-02-14');
  await remindOn(tenant, '2026-02-14');
  assert.deepEqual(
    (await charge()).charges.map((c) => c.fees),
    ['0.00'],
    'not sent yet',
  );
  await sendReminders(tenant);
  assert.deepEqual(
    (await charge()).charges.map((c) => [c.interest, c.fees]),
    [['3.94', '5.00']],
  );
  const rows = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(sql<{ n: bigint }>`select count(*) as n from charge_fee where tenant_id = ${tx.tenantId}`),
  );
  assert.equal(rows[0]?.n, 1n);
  await tenant.act('controller', postCharges, {
    companyId,
    customerIds: [customerId],
    through: parseDate('2026-02-14'),
  });
  assert.deepEqual((await charge()).charges, []);
});
