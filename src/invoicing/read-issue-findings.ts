// Looking at an invoice before it is issued: what the rules of its company and its customer find.

import type { CheckRules } from '#checks/check-rules.ts';
import type { Finding } from '#checks/invoice-checks.ts';
import { makeFindings } from '#checks/make-findings.ts';
import { readRules } from '#checks/read-checks.ts';
import type { Tx } from '#db/transaction.ts';
import { readReach } from '#delivery/read-reach.ts';
import { present } from '#kernel/assert.ts';
import { addDays, type PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import { isDuplicate, isSamePeriod, linesText, type Marks, marksOf, referenceOf } from './alike.ts';
import type { ReadyDocument } from './document.ts';
import type { Parties } from './make-content.ts';
import { findLinesOf } from './store.ts';
import { findSameTotals, findUsualTotals, lockReference, type SameTotal } from './store-earlier.ts';

/** Drafts that are open, as far as an invoice could be among them twice. */
export type OpenDraft = {
  readonly customerId: CustomerId;
  readonly totalMinor: bigint;
  readonly currency: string;
  readonly reference: string;
};

/** The rules an invoice goes by. */
export function readCheckRules(tx: Tx, companyId: CompanyId, customerId: CustomerId): Promise<CheckRules> {
  return readRules(tx, companyId, customerId);
}

/**
 * What is found about an invoice that is to be issued. With `lock` nobody issues the same at once: needed where it is issued,
 * not where it is only looked at. `drafts` are other open drafts.
 */
export async function readIssueFindings(
  tx: Tx,
  document: ReadyDocument,
  parties: Pick<Parties, 'company' | 'customer'>,
  rules: CheckRules,
  options: {
    readonly today: PlainDate;
    readonly lock: boolean;
    readonly drafts?: readonly OpenDraft[] | undefined;
  },
): Promise<readonly Finding[]> {
  const { company, customer } = parties;
  const { total, tax, taxes } = document.priced;
  const content = present(document.content, 'an invoice that is issued here has a content');
  const marks = marksOf(document.purchaseOrder, content);
  const [reach, earlier, usualMinor] = await Promise.all([
    readReach(tx, company.id, [customer.id], 'invoice'),
    readEarlier(tx, document, marks, { rules, lock: options.lock }),
    rules.amount.mode === 'off' ? [] : findUsualTotals(tx, customer.id, total.currency),
  ]);
  const reference = referenceOf(marks);
  const drafts = (options.drafts ?? []).filter(
    (draft) =>
      draft.customerId === customer.id &&
      draft.totalMinor === total.minor &&
      draft.currency === total.currency &&
      draft.reference === reference,
  );
  const days = document.instalments.map((instalment) => instalment.dueOn).sort(Temporal.PlainDate.compare);
  return makeFindings(
    {
      company,
      customer,
      reach: present(reach.get(customer.id), 'a customer that was taken can be asked for its ways'),
      purchaseOrder: document.purchaseOrder,
      buyerReference: marks.buyerReference,
      paymentReference: document.paymentReference,
      total,
      tax,
      taxCategories: taxes.map((row) => row.category),
      dueOn: present(days[0], 'an invoice has an instalment'),
      today: options.today,
      ...earlier,
      draftsAlike: drafts.length,
      usualMinor,
    },
    rules,
  );
}

/** Earlier invoices that ask the same. */
async function readEarlier(
  tx: Tx,
  document: ReadyDocument,
  marks: Marks,
  { rules, lock }: { readonly rules: CheckRules; readonly lock: boolean },
) {
  const { duplicate, alike } = rules;
  const none = { duplicates: [], alike: [] };
  const days = Math.max(
    duplicate.mode === 'off' ? 0 : (duplicate.days ?? 0),
    alike.mode === 'off' ? 0 : (alike.days ?? 0),
  );
  if (days === 0) return none;
  const reference = referenceOf(marks);
  const [, found] = await Promise.all([
    lock && reference !== undefined && duplicate.mode !== 'off'
      ? lockReference(tx, document.customerId, reference)
      : undefined,
    findSameTotals(tx, document.customerId, document.priced.total, {
      from: addDays(document.issuedOn, -days),
      to: addDays(document.issuedOn, days),
    }),
  ]);
  const within = (invoice: SameTotal, ofDays: number | undefined): boolean =>
    Math.abs(invoice.issued_on.until(document.issuedOn).days) <= (ofDays ?? 0);
  const near = found.filter(
    (invoice) => within(invoice, alike.days) && isSamePeriod(marksIn(invoice), marks),
  );
  return {
    duplicates: found
      .filter((invoice) => within(invoice, duplicate.days) && isDuplicate(marksIn(invoice), marks))
      .map(earlierOf),
    alike: near.length === 0 ? [] : (await withSameLines(tx, document, near)).map(earlierOf),
  };
}

async function withSameLines(tx: Tx, document: ReadyDocument, near: readonly SameTotal[]) {
  const lines = await findLinesOf(
    tx,
    near.map((invoice) => invoice.id),
  );
  const wanted = linesText(
    document.priced.lines.map((line) => ({
      description: line.description,
      netMinor: line.net.minor,
      periodFrom: line.periodFrom,
      periodTo: line.periodTo,
    })),
  );
  return near.filter((invoice) => {
    const own = lines.filter((line) => line.invoice_id === invoice.id);
    return (
      wanted ===
      linesText(
        own.map((line) => ({
          description: line.description,
          netMinor: line.net_minor,
          periodFrom: line.period_from ?? undefined,
          periodTo: line.period_to ?? undefined,
        })),
      )
    );
  });
}

function marksIn(invoice: SameTotal): Marks {
  return {
    purchaseOrder: invoice.purchase_order ?? undefined,
    buyerReference: invoice.buyer_reference ?? undefined,
    periodFrom: invoice.period_from ?? undefined,
    periodTo: invoice.period_to ?? undefined,
  };
}

function earlierOf(invoice: SameTotal) {
  return { number: invoice.number, issuedOn: invoice.issued_on };
}
