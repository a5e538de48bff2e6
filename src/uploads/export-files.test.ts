import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { after, test } from 'node:test';
import { keepContent } from '#attachments/keep-content.ts';
import { addSupplement } from '#invoicing/add-supplement.ts';
import { parseDate } from '#kernel/calendar.ts';
import type { InvoiceId } from '#kernel/id.ts';
import type { Refusal } from '#kernel/refusal.ts';
import { addAddress } from '#parties/change-addresses.ts';
import { closePdf } from '#printing/render-pdf.ts';
import { aCompany, aCustomer, anInvoice } from '../../test/support/builders.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { readZip } from '../../test/support/zip.ts';
import { alignUploads } from './align-uploads.ts';
import { exportFiles } from './export-files.ts';
import type { UploadedFile } from './portal.ts';
import { putPortal } from './put-portal.ts';

after(closePdf);

/** A customer who posts such files in a portal, and documents of two companies that are numbered alike. */
async function twoUploads(uploads: readonly UploadedFile[]) {
  const tenant = await newTenant({ on: '2026-03-10' });
  const customerId = await aCustomer(tenant, { taxId: 'DE987654321', country: 'DE' });
  await tenant.act('owner', addAddress, {
    customerId,
    kind: 'billing',
    street: 'Markt 1',
    postalCode: '89073',
    city: 'Ulm',
    country: 'DE',
  });
  await tenant.act('collector', putPortal, {
    customerId,
    portal: 'SAP Ariba',
    address: null,
    supplierNumber: null,
    userId: null,
    withinDays: 1,
    uploads,
    from: parseDate('2026-03-01'),
    instead: false,
    chasesUnposted: false,
  });
  const dates = { issuedOn: '2026-03-10', dueOn: '2026-03-20' };
  const seller = { street: 'Hafenstr. 1', postalCode: '20457', city: 'Hamburg', taxId: 'DE123456789' };
  const issue = async () =>
    anInvoice(tenant, { companyId: await aCompany(tenant, seller), customerId, ...dates });
  const [one, other] = [await issue(), await issue()];
  await tenant.act('owner', alignUploads, {});
  const ids: InvoiceId[] = [one.invoiceId, other.invoiceId];
  const pack = (bytesMax?: number) => exportFiles(tenant.door, tenant.as('viewer'), ids, bytesMax);
  return { tenant, one, other, ids, pack };
}

test('documents of two companies that are numbered alike lie in two folders', async () => {
  const { one, other, pack } = await twoUploads(['pdf']);
  assert.equal(other.number, one.number);
  const { body } = await pack();
  assert.deepEqual(
    [...(await readZip(Buffer.from(body))).keys()],
    [`${one.number}/${one.number}.pdf`, `${one.number}-2/${one.number}.pdf`],
  );
});

test('files that are too large together are refused, attached ones before data are written and documents drawn', async () => {
  const { tenant, ids, pack } = await twoUploads(['pdf', 'ubl', 'attachments']);
  for (const invoiceId of ids) {
    const stream = Readable.from([Buffer.alloc(3_000, 'a')]);
    const kept = await keepContent(tenant.pool, tenant.as('owner'), { fileName: 'hours.csv', stream });
    await tenant.act('owner', addSupplement, { invoiceId, file: kept });
  }
  const tooLarge = (bytesMax: number) =>
    pack(bytesMax).then(
      () => assert.fail('it is refused'),
      ({ code, facts }: Refusal) => {
        assert.equal(code, 'upload_files_too_large');
        return facts.bytes;
      },
    );
  assert.equal(await tooLarge(5_999), 6_000, 'of the attached files alone, whatever comes to them');
  assert.ok(Number(await tooLarge(20_000)) > 20_000);
  const names = [...(await readZip(Buffer.from((await pack()).body))).keys()];
  assert.equal(names.filter((name) => name.endsWith('.xml')).length, 2, names.join());
});
