// What goes into a pack, read in one snapshot; it is drawn afterwards, because that takes a moment.

import { paidIn } from '#banking/pay-account.ts';
import { roundInterest } from '#charges/accrual.ts';
import { type InvoiceInterest, readInvoiceInterest } from '#charges/read-interest.ts';
import type { Tx } from '#db/transaction.ts';
import { type MessageEvidence, readMessageEvidence } from '#delivery/export-evidence.ts';
import { buyerAtIssue, sellerAtIssue } from '#invoicing/document-content.ts';
import { type PrintableInvoice, readPrintables } from '#invoicing/print-invoice.ts';
import { buyerOf, lookOf, sellerOf } from '#invoicing/printed-invoice.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId, InvoiceId } from '#kernel/id.ts';
import { PACK_DOCUMENTS_MAX, PACK_EVENTS_MAX } from '#kernel/limits.ts';
import { money, zero } from '#kernel/money.ts';
import { decimalText } from '#kernel/percent.ts';
import { Refusal } from '#kernel/refusal.ts';
import { isDebit, type OpenItem } from '#ledger/open-item.ts';
import { readOpenItems } from '#ledger/read-items.ts';
import type { Company } from '#parties/company.ts';
import type { Customer } from '#parties/customer.ts';
import { readAddresses } from '#parties/read-customer.ts';
import { takeCompany, takeCustomer } from '#parties/take-party.ts';
import { readLooks } from '#printing/read-looks.ts';
import type { StatementDocument } from '#printing/statement-document.ts';
import { readAccountsPaidBy } from '#receiving/read-receiving.ts';
import { type Happening, readHappenings } from '#reporting/read-happenings.ts';
import { readPrintedStatement } from '#statements/print-statement.ts';
import { readStatement } from '#statements/read-statement.ts';
import type { EvidenceReport } from './evidence-page.ts';

export type PackWish = {
  readonly companyId: CompanyId;
  readonly customerId: CustomerId;
  readonly asOf: PlainDate;
  /** Of these invoices alone; left out, of all that is owed. */
  readonly documentIds?: readonly string[] | undefined;
};

/** Everything a pack is made of. */
export type PackFacts = {
  readonly company: Company;
  readonly customer: Customer;
  readonly asOf: PlainDate;
  /** What it proves. */
  readonly owed: readonly OpenItem[];
  readonly report: EvidenceReport;
  readonly invoices: readonly PrintableInvoice[];
  readonly statement: StatementDocument;
  readonly messages: MessageEvidence;
};

/** Invoices whose interest is read at a time. */
const INTERESTS_AT_ONCE = 50;

/**
 * What a customer owes a company that a pack is to prove.
 *
 * Refuses: `customer_not_found`, `company_not_found`, `pack_empty` (nothing is owed), `evidence_too_large`.
 */
export async function readOwed(tx: Tx, wish: Omit<PackWish, 'asOf'>) {
  const { companyId, customerId } = wish;
  const [company, customer] = await Promise.all([takeCompany(tx, companyId), takeCustomer(tx, customerId)]);
  const owed = (await readOpenItems(tx, customerId)).filter(
    (item) =>
      isDebit(item) &&
      item.kind === 'invoice' &&
      item.companyId === companyId &&
      (wish.documentIds === undefined || wish.documentIds.includes(item.documentId)),
  );
  const documentIds = [...new Set(owed.map((item) => item.documentId as InvoiceId))];
  if (documentIds.length === 0) throw new Refusal('pack_empty', { customer: customer.number });
  if (documentIds.length > PACK_DOCUMENTS_MAX)
    throw new Refusal('evidence_too_large', {
      documents: documentIds.length,
      documentsMax: PACK_DOCUMENTS_MAX,
    });
  return { company, customer, owed, documentIds };
}

/**
 * Reads a pack: what a customer owes to a company, as of today.
 *
 * Refuses: what `readOwed` refuses, `reference_rate_missing` (the interest cannot be reckoned, and a pack that leaves it out would
 * say too little).
 */
export async function readPack(tx: Tx, wish: PackWish): Promise<PackFacts> {
  const { companyId, customerId, asOf } = wish;
  const { company, customer, owed, documentIds } = await readOwed(tx, wish);
  const [messages, happenings, invoices, statement] = await Promise.all([
    readMessageEvidence(tx, { companyId, customerId }),
    readHappenings(tx, { customerId, companyId }, PACK_EVENTS_MAX),
    readPrintables(tx, documentIds, {}),
    readStatement(tx, { customerId, kind: 'open_item', asOf, companyId }),
  ]);
  const interests: InvoiceInterest[] = [];
  for (let start = 0; start < documentIds.length; start += INTERESTS_AT_ONCE) {
    const some = documentIds.slice(start, start + INTERESTS_AT_ONCE);
    interests.push(...(await Promise.all(some.map((id) => readInvoiceInterest(tx, id, asOf, asOf)))));
    const problem = interests.find((interest) => interest.problem)?.problem;
    if (problem) throw new Refusal(problem.code, problem.facts);
  }
  const parties = await readParties(tx, company, customer, owed);
  return {
    company,
    customer,
    asOf,
    owed,
    invoices,
    statement: await readPrintedStatement(tx, statement, { companyId, language: 'en' }),
    messages,
    report: {
      ...parties,
      asOf,
      ...interestOf(owed, interests),
      events: happenings.map(eventOf),
      notices: messages.messages.map((message) => ({
        sentOn: message.sentAt ?? message.createdAt,
        purpose: message.purpose,
        channel: message.channel,
        recipient: message.recipient,
        state: message.state,
        proofs: message.signals.map((signal) => `${signal.kind} ${signal.happenedAt.slice(0, 10)}`),
      })),
    },
  };
}

async function readParties(tx: Tx, company: Company, customer: Customer, owed: readonly OpenItem[]) {
  const [addresses, looks, accounts] = await Promise.all([
    readAddresses(tx, [customer.id]),
    readLooks(tx, [company]),
    readAccountsPaidBy(tx, [company], customer.id),
  ]);
  const seller = sellerAtIssue(
    paidIn(company, accounts, owed[0]?.open.currency ?? company.functionalCurrency),
  );
  return {
    seller: { ...sellerOf(seller), ...lookOf(looks.get(company.id)) },
    buyer: buyerOf({ seller, buyer: buyerAtIssue(customer, addresses) }, 'en'),
  };
}

function eventOf(row: Happening) {
  return {
    on: row.on,
    at: row.at.toString(),
    kind: row.kind,
    words: row.title.replaceAll(/[_.]/g, ' '),
    amount: row.minor === null || row.currency === null ? undefined : money(row.minor, row.currency),
  };
}

/** What is owed with its interest, and the sheet under it. */
function interestOf(
  owed: readonly OpenItem[],
  interests: readonly InvoiceInterest[],
): Pick<EvidenceReport, 'items' | 'spans' | 'terms'> {
  const all = interests.flatMap((interest) => interest.items);
  const standings = new Map(all.map(({ item, standing }) => [item.id, standing]));
  const references = new Map(owed.map(({ id, reference }) => [id, reference]));
  return {
    items: owed.map((item) => ({
      reference: item.reference,
      issuedOn: item.postedOn,
      dueOn: item.dueOn,
      amount: item.amount,
      open: item.open,
      interest: standings.get(item.id)?.accrued ?? zero(item.open.currency),
    })),
    spans: all.flatMap(({ item, standing }) =>
      standing.spans.map((span) => ({
        reference: references.get(item.id) ?? '',
        from: span.from,
        to: span.to,
        days: span.days,
        base: money(span.baseMinor, item.amount.currency),
        percent: decimalText(span.percent),
        source: span.source,
        interest: money(roundInterest(span.exact), item.amount.currency),
      })),
    ),
    terms: [...new Set(interests.flatMap((interest) => interest.terms?.legalSource ?? []))],
  };
}
