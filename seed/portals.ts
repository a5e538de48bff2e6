// Two customers of the demo want their documents in portals of their own: most are posted and accepted, one came back rejected, the
// latest wait.

import { sql } from 'kysely';
import type { Context, Door } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import { addDays, isAfter, type PlainDate } from '#kernel/calendar.ts';
import type { CustomerId, InvoiceId } from '#kernel/id.ts';
import { alignUploads } from '#uploads/align-uploads.ts';
import type { Portal } from '#uploads/portal.ts';
import { putPortal } from '#uploads/put-portal.ts';
import { recordAnswer, recordUploaded } from '#uploads/record-upload.ts';
import type { Tell } from './story.ts';

type Wanted = Pick<Portal, 'portal' | 'address' | 'supplierNumber' | 'uploads' | 'instead'>;

/** Addresses of domains that can never exist. */
const PORTALS: readonly Wanted[] = [
  {
    portal: 'SAP Ariba',
    address: 'https://supplier.ariba.example/',
    supplierNumber: 'AN01074410296',
    uploads: ['pdf', 'ubl'],
    instead: true,
  },
  {
    portal: 'Coupa',
    address: 'https://supplier.coupa.example/',
    supplierNumber: '20451',
    uploads: ['pdf', 'attachments'],
    instead: false,
  },
];

/** Documents of so many days are posted in portals. */
const DAYS = 42;
/** Those younger than this wait. */
const WAITING_DAYS = 3;

/** What the portals call the first document; the next ones follow. */
const FIRST_NUMBER = 900_117;

type Document = { readonly id: InvoiceId; readonly customer_id: CustomerId; readonly issued_on: PlainDate };

/** The customers that get most invoices by mail, and theirs of the last weeks. */
function findDocuments(
  door: Door,
  tenantId: Context['tenantId'],
  from: PlainDate,
): Promise<readonly Document[]> {
  return inTenant(door.pool, tenantId, (tx) =>
    tx.run(sql<Document>`
      select v.id, v.customer_id, v.issued_on from invoice v
      where v.tenant_id = ${tx.tenantId} and v.issued_on >= ${from}::date and v.voided_on is null and v.customer_id in (
        select customer_id from invoice where tenant_id = ${tx.tenantId} and kind = 'invoice' and issued_on >= ${from}::date
        group by customer_id order by count(*) desc, customer_id limit ${PORTALS.length}::int)
      order by v.issued_on, v.id`),
  );
}

/** Lets the two customers want portals, and tells what was posted since. */
export async function postInPortals(
  door: Door,
  {
    tell,
    tenantId,
    today,
  }: { readonly tell: Tell; readonly tenantId: Context['tenantId']; readonly today: PlainDate },
): Promise<void> {
  const from = addDays(today, -DAYS);
  const documents = await findDocuments(door, tenantId, from);
  const customers = [...new Set(documents.map((document) => document.customer_id))];
  for (const [index, wanted] of PORTALS.entries()) {
    const customerId = customers[index];
    if (!customerId) continue;
    const how = { ...wanted, customerId, userId: null, withinDays: 1, from, chasesUnposted: false };
    await tell(from, 8, putPortal, how);
  }
  const posted: Document[] = [];
  for (const document of documents) {
    const { id, issued_on: issuedOn } = document;
    await tell(issuedOn, 10, alignUploads, { documentIds: [id] });
    const on = addDays(issuedOn, 1);
    if (isAfter(on, addDays(today, -WAITING_DAYS))) continue;
    const portalNumber = String(FIRST_NUMBER + posted.length);
    await tell(on, 11, recordUploaded, { uploads: [{ documentId: id, portalNumber }] });
    posted.push(document);
  }
  const [rejected, ...accepted] = posted.toReversed();
  for (const { id, issued_on: issuedOn } of accepted)
    await tell(addDays(issuedOn, 3), 9, recordAnswer, { documentIds: [id], answer: 'accepted' });
  if (rejected)
    await tell(addDays(today, -1), 9, recordAnswer, {
      documentIds: [rejected.id],
      answer: 'rejected',
      reason: 'references',
      note: 'Purchase order is closed',
    });
}
