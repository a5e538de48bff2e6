// Reading the journal back, as people read it.

import type { Tx } from '#db/transaction.ts';
import { assert, present } from '#kernel/assert.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import { ENTRY_LINES_SHOWN } from '#kernel/limits.ts';
import { type Money, money } from '#kernel/money.ts';
import type { Entry, EntryKind, Line } from './journal.ts';
import {
  type EntriesOf,
  type EntryKey,
  findEntryKeys,
  findEntryLines,
  findPostingLines,
} from './store-journal.ts';

export type { EntriesOf, EntryKey } from './store-journal.ts';

/** An entry with the names of its accounts. Long ones show part of their lines, and say how many there are. */
export type ReadEntry = {
  readonly id: string;
  readonly companyId: string;
  readonly kind: EntryKind;
  readonly documentId: string;
  readonly postedOn: PlainDate;
  readonly recordedAt: Temporal.Instant;
  readonly reversesId: string | null;
  readonly lines: readonly ReadLine[];
  readonly lineCount: number;
};

export type ReadLine = {
  readonly account: string;
  readonly code: string;
  readonly name: string;
  /** Debit positive. */
  readonly amount: Money;
  readonly functional: Money;
  readonly itemId: string | null;
  /** The number of the document whose item the line moves. */
  readonly reference: string | null;
};

/** Entries that concern a document (its own, and those that moved its items) or a customer, newest first. */
export async function readEntries(
  tx: Tx,
  of: EntriesOf,
  page: { readonly after: readonly [PlainDate, string] | undefined; readonly limit: number },
): Promise<readonly ReadEntry[]> {
  const keys: readonly EntryKey[] = await findEntryKeys(tx, of, page);
  if (keys.length === 0) return [];
  const rows = await findEntryLines(
    tx,
    keys.map((key) => key.id),
    { shown: ENTRY_LINES_SHOWN, documentId: 'documentId' in of ? of.documentId : undefined },
  );
  const entries = new Map<string, ReadEntry & { readonly lines: ReadLine[] }>();
  for (const row of rows) {
    const entry = entries.get(row.entry_id) ?? {
      id: row.entry_id,
      companyId: row.company_id,
      kind: row.kind,
      documentId: row.document_id,
      postedOn: row.posted_on,
      recordedAt: row.recorded_at,
      reversesId: row.reverses_id,
      lines: [],
      lineCount: Number(row.line_count),
    };
    entry.lines.push({
      account: row.account,
      code: row.code,
      name: row.name,
      amount: money(row.amount_minor, row.currency),
      functional: money(row.functional_minor, row.functional_currency),
      itemId: row.item_id,
      reference: row.reference,
    });
    entries.set(row.entry_id, entry);
  }
  return [...entries.values()];
}

/** The entries that posted invoices and credit notes, by document: what voiding reverses. */
export async function readPostings(
  tx: Tx,
  documentIds: readonly string[],
): Promise<ReadonlyMap<string, Entry>> {
  const postings = new Map<string, Entry & { readonly lines: Line[] }>();
  for (const row of await findPostingLines(tx, documentIds)) {
    const posted = postings.get(row.document_id) ?? {
      id: row.entry_id,
      companyId: row.company_id,
      postedOn: row.posted_on,
      kind: row.kind,
      documentId: row.document_id,
      lines: [],
    };
    assert(posted.id === row.entry_id, 'a document is posted by one entry', row.document_id);
    posted.lines.push({
      account: row.account,
      amount: money(row.amount_minor, row.currency),
      functional: money(row.functional_minor, row.functional_currency),
      item:
        row.item_id === null
          ? undefined
          : {
              id: row.item_id,
              customerId: row.customer_id,
              dueOn: present(row.due_on, 'an item has a due date'),
            },
    });
    postings.set(row.document_id, posted);
  }
  return postings;
}
