// Some customers of the demo want paper: letters of last week are in the post, those of this week are a batch to be printed,
// and the latest lie ready.

import { sql } from 'kysely';
import { inTenant } from '#db/transaction.ts';
import { beginBatch } from '#delivery/begin-batch.ts';
import { changePreference } from '#delivery/change-delivery.ts';
import { makeBatch } from '#delivery/make-batch.ts';
import { markBatchPosted, printBatch } from '#delivery/post-letters.ts';
import { NO_PREFERENCE } from '#delivery/preference.ts';
import { sendMessage } from '#delivery/send-message.ts';
import { deliverInvoices } from '#invoicing/deliver-invoices.ts';
import { invoiceSource } from '#invoicing/write-invoice.ts';
import { addDays, type PlainDate } from '#kernel/calendar.ts';
import type { CustomerId, InvoiceId, MessageId } from '#kernel/id.ts';
import { addAddress } from '#parties/change-addresses.ts';
import { momentOf, type Setting, workerAt } from './story.ts';

const READERS = 6;

/** Where they live: by country, so that post would find them. */
const STREETS: Readonly<Record<string, readonly [street: string, postalCode: string, city: string]>> = {
  DE: ['Lindenallee 14', '50667', 'Köln'],
  AT: ['Getreidegasse 9', '5020', 'Salzburg'],
  FR: ['12 rue de la République', '69002', 'Lyon'],
  CZ: ['Dlouhá 21', '602 00', 'Brno'],
  NL: ['Kanaalstraat 33', '3531 CC', 'Utrecht'],
  IE: ['8 Merchants Quay', 'D08 X7F2', 'Dublin'],
};

/** Letters of one day: how many, how many days ago they were sent, and what became of them. */
type Pile = {
  readonly letters: number;
  readonly daysAgo: number;
  readonly ends: 'posted' | 'made' | 'ready';
};

const PILES: readonly Pile[] = [
  { letters: 5, daysAgo: 7, ends: 'posted' },
  { letters: 3, daysAgo: 1, ends: 'made' },
  { letters: 2, daysAgo: 0, ends: 'ready' },
];

/** Lets the customers with the highest numbers want letters, and tells of the letters of the last days. */
export async function writeLetters(setting: Setting, timeZone: string): Promise<void> {
  const { door, context, today } = setting;
  const customers = await inTenant(door.pool, context.tenantId, (tx) =>
    tx.run(sql<{ id: CustomerId; country: string }>`
      select id, country from customer where tenant_id = ${tx.tenantId} order by number desc limit ${READERS}::int`),
  );
  for (const { id: customerId, country } of customers) await moveIn(setting, customerId, country);
  const invoices = await findOpen(
    setting,
    customers.map(({ id }) => id),
  );
  for (const pile of PILES) {
    const taken = invoices.splice(0, pile.letters);
    const on = addDays(today, -pile.daysAgo);
    if (taken.length > 0)
      await pileUp(setting, taken, { on, now: momentOf(on, 7, timeZone), ends: pile.ends });
  }
}

/** A customer has an address and wants letters there. */
async function moveIn({ tell, today }: Setting, customerId: CustomerId, country: string): Promise<void> {
  const on = addDays(today, -60);
  const [street, postalCode, city] = STREETS[country] ?? ['Main street 1', '1000', 'Town'];
  await tell(on, 10, addAddress, { customerId, kind: 'billing', street, postalCode, city, country });
  await tell(on, 10, changePreference, { customerId, wanted: { ...NO_PREFERENCE, channels: ['post'] } });
}

/** Their invoices that are open, the oldest first. */
async function findOpen(
  { door, context }: Setting,
  customerIds: readonly CustomerId[],
): Promise<InvoiceId[]> {
  const rows = await inTenant(door.pool, context.tenantId, (tx) =>
    tx.run(sql<{ id: InvoiceId }>`
      select v.id from invoice v
      join open_item i on i.tenant_id = v.tenant_id and i.document_id = v.id and i.open_minor > 0
      where v.tenant_id = ${tx.tenantId} and v.kind = 'invoice' and v.customer_id = any(${customerIds}::uuid[])
      order by v.issued_on, v.id`),
  );
  return rows.map(({ id }) => id);
}

type Told = { readonly on: PlainDate; readonly now: Temporal.Instant; readonly ends: Pile['ends'] };

async function pileUp(setting: Setting, invoiceIds: readonly InvoiceId[], told: Told): Promise<void> {
  const { tell, companyId, context, door } = setting;
  const { on, now, ends } = told;
  const tools = workerAt(setting, [invoiceSource], told);
  const { results } = await tell(on, 7, deliverInvoices, { invoiceIds });
  for (const { messageId } of results)
    if (messageId) await sendMessage(tools, context.tenantId, messageId as MessageId);
  if (ends === 'ready') return;
  const { batchId } = await tell(on, 8, beginBatch, { companyId });
  await makeBatch(tools, context.tenantId, batchId);
  if (ends === 'made') return;
  await printBatch({ door, sources: tools.sources }, { ...context, now, today: on }, { batchId });
  await tell(addDays(on, 1), 9, markBatchPosted, { batchId, on: addDays(on, 1) });
}
