// Delivering invoices and credit notes: each goes by the way its customer wants, or the next one that can be gone. A
// document that nobody can be reached with is work for a person, not silence.

import type { Act, Command } from '#command/command.ts';
import type { Channel } from '#delivery/message.ts';
import { openProblem } from '#delivery/open-problem.ts';
import { chooseWay, isPostedInstead, type Reach, type Way, wayBy } from '#delivery/preference.ts';
import { queueMessage } from '#delivery/queue-message.ts';
import { readOnTheirWay, readReach } from '#delivery/read-reach.ts';
import { present } from '#kernel/assert.ts';
import type { CompanyId, InvoiceId, MessageId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { Company } from '#parties/company.ts';
import { takeCompany } from '#parties/take-party.ts';
import { chooseDocumentLanguage } from '#printing/language.ts';
import { findInvoices, type InvoiceRow } from './store.ts';

/**
 * Why a document was not sent. `no_way`: the customer cannot be reached, so that a person has to look. `by_portal`: a
 * person posts it in the customer's portal instead.
 */
export const NOT_DELIVERED_REASONS = ['no_way', 'voided', 'already_on_its_way', 'by_portal'] as const;

export type DeliverInvoices = {
  readonly invoiceIds: readonly InvoiceId[];
  /** By this way and no other; left out, by the one each customer wants. */
  readonly channel?: Channel | undefined;
};

export type InvoicesDelivered = {
  readonly queued: number;
  readonly results: readonly {
    readonly invoiceId: string;
    readonly number: string;
    readonly messageId: string | null;
    readonly channel: Channel | null;
    readonly recipient: string | null;
    readonly reason: (typeof NOT_DELIVERED_REASONS)[number] | null;
  }[];
};

type Result = InvoicesDelivered['results'][number];

/**
 * Queues the messages that carry documents. One that was sent before is sent again, as a copy; one that is still on its way
 * is not.
 *
 * Refuses: `invoice_not_found`.
 */
export const deliverInvoices: Command<DeliverInvoices, InvoicesDelivered> = {
  name: 'deliver-invoices',
  permission: 'reminder.send',
  async run(act, { invoiceIds, channel }) {
    const [rows, onTheirWay] = await Promise.all([
      findInvoices(act, invoiceIds),
      readOnTheirWay(act, invoiceIds),
    ]);
    const byId = new Map(rows.map((row) => [row.id, row]));
    const missing = invoiceIds.filter((id) => !byId.has(id));
    if (missing.length > 0) throw new Refusal('invoice_not_found', { invoices: missing.slice(0, 20) });
    const reaches = await reachesOf(act, rows);
    const results = [...new Set(invoiceIds)].map((id): Result => {
      const row = present(byId.get(id), 'every document was found');
      if (row.voided_on !== null) return notSent(row, 'voided');
      if (onTheirWay.has(id)) return notSent(row, 'already_on_its_way');
      const { company, reach } = present(reaches.get(id), 'every document has a customer');
      if (channel === undefined && isPostedInstead(reach, row.issued_on)) return notSent(row, 'by_portal');
      const way = channel === undefined ? chooseWay(reach) : wayBy(channel, reach);
      if (!way) return withoutWay(act, row, channel);
      return queued(act, { row, company, reach, way });
    });
    return { queued: results.filter((result) => result.messageId !== null).length, results };
  },
};

/** For each document its company, and how its customer can be reached. */
async function reachesOf(act: Act, rows: readonly InvoiceRow[]) {
  const found = new Map<string, { readonly company: Company; readonly reach: Reach }>();
  for (const [companyId, ofCompany] of Map.groupBy(rows, (row) => row.company_id)) {
    const { company, reaches } = await reachesIn(act, companyId, ofCompany);
    for (const row of ofCompany) {
      const reach = present(reaches.get(row.customer_id), 'a document has its customer');
      found.set(row.id, { company, reach });
    }
  }
  return found;
}

async function reachesIn(act: Act, companyId: CompanyId, rows: readonly InvoiceRow[]) {
  const customerIds = [...new Set(rows.map((row) => row.customer_id))];
  const [company, reaches] = await Promise.all([
    takeCompany(act, companyId),
    readReach(act, companyId, customerIds, 'invoice'),
  ]);
  return { company, reaches };
}

function notSent(row: InvoiceRow, reason: Result['reason']): Result {
  return { invoiceId: row.id, number: row.number, messageId: null, channel: null, recipient: null, reason };
}

function withoutWay(act: Act, row: InvoiceRow, channel: Channel | undefined): Result {
  const detail =
    channel === undefined ? `${row.number}: no way is open` : `${row.number}: no way by ${channel}`;
  openProblem(
    act,
    { companyId: row.company_id, customerId: row.customer_id, messageId: null, documentId: row.id },
    { kind: 'no_way', severity: null, address: null, detail },
  );
  return notSent(row, 'no_way');
}

/** What is queued: a document, from whom, by which way, in the place of which message that did not arrive. */
export type Queueing = {
  readonly row: InvoiceRow;
  readonly company: Company;
  readonly reach: Reach;
  readonly way: Way;
  readonly replacesId?: MessageId | undefined;
};

/** Queues the message that carries a document. */
export function queued(act: Act, { row, company, reach, way, replacesId }: Queueing): Result {
  const language = chooseDocumentLanguage([way.language, reach.customer.language, company.language]);
  const messageId = queueMessage(act, {
    company,
    customer: reach.customer,
    purpose: 'invoice',
    channel: way.channel,
    recipient: way.recipient,
    copies: way.copies,
    language,
    documentId: row.id,
    replacesId,
    runOn: act.today,
  });
  act.record({
    type: 'invoice.delivery_queued',
    subjectId: row.id,
    customerId: row.customer_id,
    data: { number: row.number, messageId, channel: way.channel, recipient: way.recipient, replacesId },
  });
  return {
    invoiceId: row.id,
    number: row.number,
    messageId,
    channel: way.channel,
    recipient: way.recipient,
    reason: null,
  };
}
