import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { parseDate } from '#kernel/calendar.ts';
import type { InvoiceId } from '#kernel/id.ts';
import { closePdf } from '#printing/render-pdf.ts';
import { aCompany, aCustomer, anInvoice } from '../../test/support/builders.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { readZip } from '../../test/support/zip.ts';
import { alignUploads } from './align-uploads.ts';
import { exportFiles } from './export-files.ts';
import { putPortal } from './put-portal.ts';

after(closePdf);

test('documents of two companies that are numbered alike lie in two folders', async () => {
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
  const issue = async () => anInvoice(tenant, { companyId: await aCompany(tenant), customerId, ...dates });
  const [one, other] = [await issue(), await issue()];
  assert.equal(other.number, one.number);
  await tenant.act('owner', alignUploads, {});
  const ids: InvoiceId[] = [one.invoiceId, other.invoiceId];
  const { body } = await exportFiles(tenant.door, tenant.as('viewer'), ids);
  assert.deepEqual(
    [...(await readZip(Buffer.from(body))).keys()],
    [`${one.number}/${one.number}.pdf`, `${one.number}-2/${one.number}.pdf`],
  );
});
