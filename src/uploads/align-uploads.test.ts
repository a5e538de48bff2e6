import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { inTenant } from '#db/transaction.ts';
import { present } from '#kernel/assert.ts';
import { parseDate } from '#kernel/calendar.ts';
import { aCompany, aCustomer, anInvoice } from '../../test/support/builders.ts';
import { runWhileHeld } from '../../test/support/race.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { alignUploads } from './align-uploads.ts';
import { endPortal, putPortal } from './put-portal.ts';
import { readUpload } from './read-uploads.ts';

test('an upload that waits to be closed stays open where its portal is in use again by the time it is looked at', async () => {
  const tenant = await newTenant({ on: '2026-03-10' });
  const customerId = await aCustomer(tenant);
  await tenant.act('collector', putPortal, {
    customerId,
    portal: 'SAP Ariba',
    address: null,
    supplierNumber: null,
    userId: null,
    withinDays: 1,
    uploads: ['pdf'],
    from: parseDate('2026-03-01'),
    instead: false,
    chasesUnposted: false,
  });
  const dates = { issuedOn: '2026-03-10', dueOn: '2026-03-20' };
  const { invoiceId } = await anInvoice(tenant, { companyId: await aCompany(tenant), customerId, ...dates });
  await tenant.act('owner', alignUploads, {});
  await tenant.act('collector', endPortal, { customerId });
  const aligned = await runWhileHeld(
    tenant,
    (tx) => tx.run(sql`select from portal_upload where tenant_id = ${tx.tenantId} for no key update`),
    () => tenant.act('owner', alignUploads, {}),
    (tx) =>
      tx.run(sql`
        insert into portal_setting (tenant_id, id, customer_id, in_use, follows, portal, within_days, uploads, from_on, instead,
          chases_unposted, stated_by, recorded_at)
        select tenant_id, gen_random_uuid(), customer_id, true, false, portal, within_days, uploads, from_on, instead,
          chases_unposted, stated_by, recorded_at + interval '1 minute'
        from portal_setting where tenant_id = ${tx.tenantId} and not in_use`),
  );
  assert.deepEqual([aligned.closed, aligned.reopened], [0, 0]);
  const { upload } = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    readUpload(tx, tenant.as('collector'), invoiceId),
  );
  assert.equal(present(upload, 'it was made').state, 'waiting');
});
