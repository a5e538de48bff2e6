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
  findPostings,
  type PostingLineRow,
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
  const rows = await findPostings(tx, documentIds);
  const lines = await findPostingLines(
    tx,
    rows.map((row) => row.id),
  );
  const linesOf = Map.groupBy(lines, (line) => line.entry_id);
  const postings = new Map(
    rows.map((row): [string, Entry] => [
      row.document_id,
      {
        id: row.id,
        companyId: row.company_id,
        postedOn: row.posted_on,
        kind: row.kind,
        documentId: row.document_id,
        lines: (linesOf.get(row.id) ?? []).map((line) => postedLine(line, row.functional_currency)),
      },
    ]),
  );
  assert(postings.size === rows.length, 'a document is posted by one entry', [postings.size, rows.length]);
  return postings;
}

function postedLine(line: PostingLineRow, functionalCurrency: string): Line {
  return {
    account: line.account,
    amount: money(line.amount_minor, line.currency),
    functional: money(line.functional_minor, functionalCurrency),
    item:
      line.item_id === null
        ? undefined
        : {
            id: line.item_id,
            customerId: line.customer_id,
            dueOn: present(line.due_on, 'an item has a due date'),
          },
  };
}
