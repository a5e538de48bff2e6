// Voiding documents, one or tens of thousands, in one transaction.

import type { Act } from '#command/command.ts';
import { present } from '#kernel/assert.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { InvoiceId } from '#kernel/id.ts';
import { BULK_ROWS } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import { creditOf } from '#ledger/granted-credit.ts';
import { readPostings } from '#ledger/read-entries.ts';
import { readItemIdsOfDocuments } from '#ledger/read-items.ts';
import { requireFreeCredit } from '#ledger/require-free-credit.ts';
import { postAndSettle, takeItems } from '#ledger/settle-items.ts';
import type { SettlementWish } from '#ledger/settling.ts';
import { findCorrections, type InvoiceRow, lockInvoices, updateVoided } from './store.ts';
import { checkVoiding, type Voidable, voidPosting } from './voiding.ts';

/** A document in hand: locked, its items too. */
export type VoidableDocument = Voidable & { readonly row: InvoiceRow };

/** Reads and locks documents with their items, in order of id. Refuses: `invoice_not_found`. */
export async function takeVoidable(
  act: Act,
  ids: readonly InvoiceId[],
): Promise<readonly VoidableDocument[]> {
  const wanted = [...new Set(ids)];
  const rows = await lockInvoices(act, wanted);
  if (rows.length !== wanted.length) {
    const found = new Set<string>(rows.map((row) => row.id));
    throw new Refusal('invoice_not_found', { invoices: wanted.filter((id) => !found.has(id)).slice(0, 20) });
  }
  const [found, corrections] = await Promise.all([
    readItemIdsOfDocuments(act, wanted),
    findCorrections(act, wanted),
  ]);
  const own = found.filter((item) => item.kind === 'invoice' || item.kind === 'credit_note');
  const items = await takeItems(
    act,
    own.map((item) => item.id),
  );
  const itemsOf = Map.groupBy(items, (item) => item.documentId);
  const along = new Set<string>(wanted);
  const others = corrections.filter((c) => c.voided_on === null && !along.has(c.id));
  const credited = new Set(others.map((c) => c.corrects_id));
  return rows.map((row) => ({
    row,
    number: row.number,
    issuedOn: row.issued_on,
    voidedOn: row.voided_on,
    items: itemsOf.get(row.id) ?? [],
    credited: credited.has(row.id),
  }));
}

/**
 * Voids documents in hand on a day, or each on its own day of issue: as if it had never been, which is what taking back an
 * import wants. The books keep both the documents and their voids. Credit that was granted back as a refund stays.
 *
 * Refuses what `checkVoiding` refuses, `credit_granted_back`, `period_locked`.
 */
export async function voidTaken(
  act: Act,
  documents: readonly VoidableDocument[],
  on: PlainDate | 'day of issue',
): Promise<void> {
  if (documents.length === 0) return;
  const days = documents.map((document) => (on === 'day of issue' ? document.issuedOn : on));
  documents.forEach((document, index) => {
    checkVoiding(document, present(days[index], 'each document has its day'));
  });
  await requireFreeCredit(
    act,
    documents.flatMap((document) => creditOf(document.items)),
  );
  // Some thousands at a time: what they bring about need not be kept until the last is voided.
  for (let start = 0; start < documents.length; start += BULK_ROWS) {
    const some = documents.slice(start, start + BULK_ROWS);
    await postVoids(act, some, days.slice(start, start + BULK_ROWS));
  }
}

async function postVoids(
  act: Act,
  documents: readonly VoidableDocument[],
  days: readonly PlainDate[],
): Promise<void> {
  const postings = await readPostings(
    act,
    documents.map((document) => document.row.id),
  );
  const voids = documents.map((document, index) => ({
    document,
    on: present(days[index], 'each document has its day'),
    ...voidPosting(
      document.items,
      present(postings.get(document.row.id), 'an issued document is posted'),
      present(days[index], 'each document has its day'),
    ),
  }));
  postAndSettle(
    act,
    voids,
    voids.flatMap((v) => v.document.items),
    voids.map(
      (v): SettlementWish => ({
        wanted: v.wanted,
        occasion: { documentId: v.document.row.id, kind: 'void', on: v.on },
      }),
    ),
  );
  updateVoided(
    act,
    voids.map((v) => ({ id: v.document.row.id, on: v.on })),
  );
}

/**
 * Voids documents by id, inside a command; whoever calls records what happened.
 *
 * Refuses: `invoice_not_found`, what `voidTaken` refuses.
 */
export async function voidDocuments(
  act: Act,
  ids: readonly InvoiceId[],
  on: PlainDate | 'day of issue',
): Promise<readonly VoidableDocument[]> {
  const documents = await takeVoidable(act, ids);
  await voidTaken(act, documents, on);
  return documents;
}
