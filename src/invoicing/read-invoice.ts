// Reading one invoice or credit note with all that belongs to it.

import type { Attachment } from '#attachments/attachment.ts';
import { readAttachments } from '#attachments/read-attachments.ts';
import { readKeptFindings } from '#checks/read-checks.ts';
import type { Tx } from '#db/transaction.ts';
import { type ReadEvent, readEvents } from '#identity/read-events.ts';
import { present } from '#kernel/assert.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { InvoiceId, ItemId } from '#kernel/id.ts';
import { DOCUMENT_HISTORY_SHOWN, FINDINGS_SHOWN_MAX } from '#kernel/limits.ts';
import { absolute, type Money, money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { type AppliedRow, readApplied, readSettledByKind } from '#ledger/list-documents.ts';
import type { OpenItem } from '#ledger/open-item.ts';
import { type ReadEntry, readEntries } from '#ledger/read-entries.ts';
import { readItemsOfDocuments } from '#ledger/read-items.ts';
import type { Company } from '#parties/company.ts';
import type { Customer } from '#parties/customer.ts';
import { takeCompany, takeCustomer } from '#parties/take-party.ts';
import type { DiscountRight } from '#terms/discount.ts';
import { readItemDiscounts } from '#terms/read-terms.ts';
import { creditedBy } from './credit-invoice.ts';
import { creditableOf, creditRefusal } from './crediting.ts';
import type { DiscountReversal } from './discount-reversal.ts';
import type { Priced } from './document.ts';
import type { DocumentContent } from './document-content.ts';
import { dataForPdf } from './e-invoice-findings.ts';
import type { WithoutData } from './e-invoice-names.ts';
import { wholeOfRow } from './issued-whole.ts';
import type { OwnReason } from './reason-for-credit.ts';
import { type Standing, standingOf } from './standing.ts';
import {
  findCorrections,
  findInvoice,
  findInvoices,
  findInvoicesByNumber,
  findPriced,
  type InvoiceRow,
} from './store.ts';
import { findContents } from './store-content.ts';
import { findCreditReasons, findDiscountReversals } from './store-credits.ts';
import { voidRefusal } from './voiding.ts';

/** A document with everything a page about it shows. Long histories show their latest part. */
export type WholeInvoice = {
  readonly row: InvoiceRow;
  readonly company: Company;
  readonly customer: Customer;
  readonly priced: Priced;
  /** What it says besides; nothing for a document taken over from another system. */
  readonly content: DocumentContent | undefined;
  /** Why its PDF carries it not as data too, if so. */
  readonly withoutData: WithoutData | undefined;
  readonly standing: Standing;
  /** Its own items, by instalment; counter-items of a void left out. */
  readonly items: readonly OpenItem[];
  /** What paying early saves, by item. */
  readonly rights: ReadonlyMap<ItemId, readonly DiscountRight[]>;
  /** What a credit note takes back of a discount. */
  readonly reversal: DiscountReversal | undefined;
  readonly ownReasons: readonly OwnReason[];
  readonly attachments: readonly Attachment[];
  readonly corrects: InvoiceRow | undefined;
  readonly corrections: readonly InvoiceRow[];
  readonly creditable: Money;
  readonly applied: readonly AppliedRow[];
  readonly entries: readonly ReadEntry[];
  readonly events: readonly ReadEvent[];
  /** Warnings it was issued in spite of. */
  readonly findings: Awaited<ReturnType<typeof readKeptFindings>>;
  /** Why it cannot be credited, voided or applied, where it cannot. */
  readonly refusals: {
    readonly credit: string | undefined;
    readonly void: string | undefined;
    readonly applyCredit: string | undefined;
  };
};

/** One document, and how it stands on a day. Refuses: `invoice_not_found`. */
export async function readInvoice(tx: Tx, id: InvoiceId, today: PlainDate): Promise<WholeInvoice> {
  const row = await findInvoice(tx, id);
  if (!row) throw new Refusal('invoice_not_found', { invoiceId: id });
  const [
    company,
    customer,
    pricedById,
    contents,
    corrections,
    corrects,
    items,
    entries,
    events,
    reversals,
    ownReasons,
    findings,
    attachments,
  ] = await Promise.all([
    takeCompany(tx, row.company_id),
    takeCustomer(tx, row.customer_id),
    findPriced(tx, [row], [id]),
    findContents(tx, [id]),
    findCorrections(tx, [id]),
    row.corrects_id === null ? [] : findInvoices(tx, [row.corrects_id]),
    readItemsOfDocuments(tx, [id]),
    readEntries(tx, { documentId: id }, { after: undefined, limit: DOCUMENT_HISTORY_SHOWN }),
    readEvents(tx, id, DOCUMENT_HISTORY_SHOWN),
    findDiscountReversals(tx, row.kind === 'credit_note' ? [id] : []),
    row.reason_code === null ? [] : findCreditReasons(tx),
    readKeptFindings(tx, [id], FINDINGS_SHOWN_MAX),
    readAttachments(tx, { documentId: id }),
  ]);
  const own = items.filter((item) => item.kind === row.kind);
  const ownIds = own.map((item) => item.id);
  const [applied, settled, rights] = await Promise.all([
    readApplied(tx, ownIds, DOCUMENT_HISTORY_SHOWN),
    readSettledByKind(tx, ownIds),
    readItemDiscounts(tx, ownIds),
  ]);
  const priced = present(pricedById.get(id), 'what was asked for is there');
  const credited = creditedBy(corrections, row.currency);
  const standing = standingOf(
    {
      kind: row.kind,
      given: own.reduce((total, item) => total + absolute(item.amount.minor), 0n),
      currency: row.currency,
      dueOn: row.due_on,
      voidedOn: row.voided_on,
      items: own,
      settledBy: settled.get(id) ?? new Map(),
    },
    today,
  );
  const reversal = reversals.get(id);
  const parts = { company, priced, content: contents.get(id), corrected: corrects[0], ownReasons, reversal };
  const data = dataForPdf(row.voided_on, wholeOfRow(row, parts));
  const known = { kind: row.kind, voidedOn: row.voided_on, priced, credited };
  return {
    row,
    company,
    customer,
    priced,
    content: contents.get(id),
    withoutData: typeof data === 'string' ? data : undefined,
    standing,
    items: own,
    rights,
    reversal,
    ownReasons,
    attachments,
    corrects: corrects[0],
    corrections,
    creditable:
      row.kind === 'invoice' && row.voided_on === null ? creditableOf(known) : money(0n, row.currency),
    applied,
    entries,
    events,
    findings,
    refusals: {
      credit: creditRefusal(known),
      void: voidRefusal({ voidedOn: row.voided_on, items: own, credited: credited.minor !== 0n }),
      applyCredit: applyRefusal(row, standing),
    },
  };
}

/** Why a document cannot be applied as a credit, if so. */
function applyRefusal(row: InvoiceRow, standing: Standing): string | undefined {
  if (row.kind !== 'credit_note') return 'credit_note_not_found';
  if (row.voided_on !== null) return 'invoice_voided';
  return standing.open.minor === 0n ? 'exceeds_unapplied' : undefined;
}

/** Documents that have a number, of all companies, voided ones too; the newest first. */
export function readInvoicesByNumber(tx: Tx, number: string): Promise<readonly InvoiceRow[]> {
  return findInvoicesByNumber(tx, number);
}
