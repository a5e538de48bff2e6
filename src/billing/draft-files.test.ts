// Files from the draft to the issued invoice: over HTTP, on real books.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import * as attachments from '#attachments/contract.ts';
import { routes as attachmentRoutes } from '#attachments/routes.ts';
import { inTenant } from '#db/transaction.ts';
import { readEInvoiceFile } from '#einvoice/read.ts';
import * as invoicing from '#invoicing/contract.ts';
import { readInvoiceDocument } from '#invoicing/print-invoice.ts';
import { readEInvoice } from '#invoicing/read-e-invoice.ts';
import { routes as invoicingRoutes } from '#invoicing/routes.ts';
import type { InvoiceId } from '#kernel/id.ts';
import { serveTo } from '../../test/support/ask.ts';
import { aCompany, aCustomer } from '../../test/support/builders.ts';
import { newTenant } from '../../test/support/tenant.ts';
import * as contract from './contract.ts';
import { keepDraft } from './keep-draft.ts';
import { routes } from './routes.ts';

const PDF = Buffer.from('%PDF-1.4\n% a delivery note\n%%EOF\n');
const CSV = Buffer.from('day;hours\n2026-01-02;8\n');

async function setting() {
  const tenant = await newTenant({ on: '2026-01-20' });
  const [companyId, customerId] = [
    await aCompany(tenant, { taxId: 'DE123456789' }),
    await aCustomer(tenant, { country: 'DE' }),
  ];
  const line = { description: 'Work', quantity: '1', unitPrice: '100.00', taxPercent: '19' };
  const body = {
    ...{ companyId, customerId, currency: 'EUR', issuedOn: '2026-01-20', dueOn: '2026-02-20' },
    lines: [line],
  };
  const { draftId } = await tenant.act('owner', keepDraft, { body });
  const ask = await serveTo(tenant, [...routes, ...invoicingRoutes, ...attachmentRoutes]);
  const add = (name: string, content: Uint8Array) =>
    ask('controller', contract.addDraftFile, { params: { draftId }, file: { name, content } });
  const files = async () => {
    const { reply } = await ask('viewer', contract.readDraft, { params: { draftId } });
    return reply.attachments.map((file) => file.name);
  };
  const issue = async (): Promise<InvoiceId> => {
    const { reply } = await ask('controller', contract.issueDraft, { params: { draftId }, body: {} });
    return reply.invoiceId as InvoiceId;
  };
  return { tenant, ask, draftId, add, files, issue };
}

test('files of a draft become the invoice’s, are printed by name, carried in the e-invoice, and fetched as they were', async () => {
  const { tenant, ask, add, files, issue } = await setting();
  assert.equal((await add('../Lieferschein.pdf', PDF)).status, 200);
  assert.equal((await add('hours.csv', CSV)).status, 200);
  assert.deepEqual(await files(), ['Lieferschein.pdf', 'hours.csv']);
  const invoiceId = await issue();
  const late = await ask('controller', invoicing.addSupplement, {
    params: { invoiceId },
    file: { name: 'Abnahme.txt', content: Buffer.from('Abgenommen.\n') },
  });
  assert.equal(late.status, 200);
  const { reply } = await ask('viewer', invoicing.readInvoice, { params: { invoiceId } });
  assert.deepEqual(
    reply.attachments.map((file) => [file.name, file.mediaType, file.isSupplement, file.inEInvoice]),
    [
      ['Lieferschein.pdf', 'application/pdf', false, true],
      ['hours.csv', 'text/csv', false, true],
      ['Abnahme.txt', 'text/plain', true, false],
    ],
  );
  const [first] = reply.attachments;
  const got = await ask('viewer', attachments.readAttachmentFile, {
    params: { attachmentId: first?.id ?? '' },
  });
  assert.deepEqual([got.contentType, got.bytes.equals(PDF)], ['application/pdf', true]);
  const [paper, data] = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    Promise.all([
      readInvoiceDocument(tx, invoiceId, { language: 'en' }),
      readEInvoice(tx, invoiceId, { syntax: 'ubl' }),
    ]),
  );
  assert.ok(paper.footnotes.includes('Attached: Lieferschein.pdf, hours.csv'));
  const printed = await ask('viewer', invoicing.printInvoice, { params: { invoiceId } });
  const inside = (await readEInvoiceFile(printed.bytes)).invoice.documents;
  assert.deepEqual(JSON.parse(JSON.stringify(inside)), data.documents);
  assert.deepEqual(
    data.documents.map(({ reference, attachment }) => [
      reference,
      attachment?.mime,
      Buffer.from(attachment?.content ?? '', 'base64').length,
    ]),
    [
      ['Lieferschein.pdf', 'application/pdf', PDF.length],
      ['hours.csv', 'text/csv', CSV.length],
    ],
  );
});

test('a file is removed and put back; equal bytes are kept once; names stay apart', async () => {
  const { tenant, ask, draftId, add, files } = await setting();
  const { attachmentId } = (await add('a.pdf', PDF)).reply;
  const again = await add('b.pdf', PDF);
  assert.deepEqual([again.status, again.code], [409, 'attachment_there_already']);
  const params = { draftId, attachmentId };
  await ask('controller', contract.removeDraftFile, { params });
  assert.deepEqual(await files(), []);
  assert.equal((await add('b.pdf', PDF)).status, 200);
  const back = await ask('controller', contract.undoDraftFile, { params });
  assert.equal(back.code, 'attachment_there_already');
  assert.equal((await add('b.pdf', Buffer.from('%PDF-1.7 another'))).reply.name, 'b (2).pdf');
  const kept = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.find(
      sql<{ n: bigint }>`select count(*) as n from attachment_content where tenant_id = ${tx.tenantId}`,
    ),
  );
  assert.equal(kept?.n, 2n);
});

test('removed by mistake, a file is put back', async () => {
  const { ask, draftId, add, files } = await setting();
  const { attachmentId } = (await add('a.pdf', PDF)).reply;
  const params = { draftId, attachmentId };
  await ask('controller', contract.removeDraftFile, { params });
  await ask('controller', contract.undoDraftFile, { params });
  await ask('controller', contract.undoDraftFile, { params });
  assert.deepEqual(await files(), ['a.pdf']);
});

test('what may not be attached is refused, and nothing is attached', async () => {
  const { ask, draftId, add, files, issue } = await setting();
  const codes = [];
  for (const [name, content] of [
    ['x.pdf', Buffer.from([0x4d, 0x5a, 0x90, 0x00, 0x03])],
    ['x.pdf', Buffer.alloc(10 * 1024 * 1024 + 1, 65)],
    ['x.pdf', Buffer.alloc(0)],
  ] as const)
    codes.push((await add(name, content)).code);
  assert.deepEqual(codes, ['attachment_is_program', 'attachment_too_large', 'attachment_empty']);
  assert.deepEqual(await files(), []);
  const barred = await ask('viewer', contract.addDraftFile, {
    params: { draftId },
    file: { name: 'a.pdf', content: PDF },
  });
  assert.deepEqual([barred.status, barred.code], [403, 'not_permitted']);
  for (let n = 0; n < 20; n += 1) assert.equal((await add('a.txt', Buffer.from(`page ${n}`))).status, 200);
  assert.equal((await add('a.txt', Buffer.from('one more'))).code, 'too_many_attachments');
  await issue();
  assert.equal((await add('late.pdf', PDF)).code, 'draft_already_issued');
});

test('files of an issued document stay whatever is tried', async () => {
  const { tenant, add, issue } = await setting();
  await add('a.pdf', PDF);
  await issue();
  const write = (statement: ReturnType<typeof sql>) =>
    inTenant(tenant.pool, tenant.tenantId, async (tx) => tx.write(statement));
  const id = sql`tenant_id = ${tenant.tenantId}`;
  await assert.rejects(
    write(sql`update attachment set removed_at = now() where ${id} and document_id is not null`),
  );
  await assert.rejects(write(sql`update attachment set name = 'b.pdf' where ${id}`));
  await assert.rejects(write(sql`delete from attachment where ${id}`));
  await assert.rejects(write(sql`update attachment_content set content = 'x' where ${id}`));
  await assert.rejects(write(sql`delete from attachment_content where ${id}`));
  await assert.rejects(
    write(
      sql`insert into attachment_content values (${tenant.tenantId}, sha256('a'::bytea), 'b'::bytea, now())`,
    ),
  );
});
