// Reading remittances for pages: the list, and one with its lines and its source.

import type { z } from 'zod';
import type { Tx } from '#db/transaction.ts';
import { type PlainDate, parseDate } from '#kernel/calendar.ts';
import { money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { shownMoney } from '#ledger/amount-text.ts';
import { idKey, pageOfRows, readCursor } from '#parties/page-cursor.ts';
import { readCustomers } from '#parties/take-party.ts';
import type * as contract from './contract.ts';
import type { Grid } from './read-grid.ts';
import { paidByLines } from './remittance.ts';
import {
  findLines,
  findOriginal,
  findRemittances,
  findSource,
  findStandings,
  type PlacedLine,
  type RemittanceRow,
  type Standing,
} from './store.ts';
import { takeRemittance } from './take-remittance.ts';

/** A page of remittances, the latest first. Refuses: `bad_input` (an `after` we never gave out). */
export async function readRemittancePage(
  tx: Tx,
  query: z.output<typeof contract.listRemittances.query>,
  today: PlainDate,
): Promise<z.input<typeof contract.listRemittances.reply>> {
  const { limit, after, state, ...filter } = query;
  const rows = await findRemittances(tx, {
    ...filter,
    isJoined: state === 'waiting' || state === 'joined' ? state === 'joined' : undefined,
    standing: state === 'applied' || state === 'in_doubt' ? { is: state, today } : undefined,
    after: readCursor(after, [parseDate, idKey]),
    limit: limit + 1,
  });
  const page = pageOfRows(rows, limit, (last) => [last.received_on, last.id]);
  return { rows: await describe(tx, page.rows, today), next: page.next };
}

/** One remittance. Refuses: `remittance_not_found`. */
export async function readRemittance(
  tx: Tx,
  id: string,
  today: PlainDate,
): Promise<z.input<typeof contract.getRemittance.reply>> {
  const remittance = await takeRemittance(tx, id);
  const [[row], kept] = await Promise.all([describe(tx, [remittance], today), findSource(tx, id)]);
  // The row that was taken is described, so that there is one.
  return {
    ...(row as NonNullable<typeof row>),
    ...detailsOf(remittance, remittance.lines),
    source: sourceOf(kept?.source ?? null),
    hasFile: kept?.hasFile ?? false,
  };
}

/** The file a remittance was read from. Refuses: `remittance_not_found`, `remittance_file_not_kept`. */
export async function readRemittanceFile(
  tx: Tx,
  id: string,
): Promise<{ readonly name: string; readonly content: Uint8Array }> {
  const found = await findOriginal(tx, id);
  if (!found) throw new Refusal('remittance_not_found', { remittanceId: id });
  if (!found.content) throw new Refusal('remittance_file_not_kept', { remittanceId: id });
  return { name: found.name ?? 'remittance', content: found.content };
}

async function describe(tx: Tx, rows: readonly RemittanceRow[], today: PlainDate) {
  const ids = rows.flatMap((row) => row.customer_id ?? []);
  const [lines, customers, standings] = await Promise.all([
    findLines(tx, rows),
    readCustomers(tx, [...new Set(ids)]),
    findStandings(
      tx,
      rows.map((row) => row.id),
      today,
    ),
  ]);
  return rows.map((row) => {
    const claimed = lines.get(row.reading_id) ?? [];
    const customer = row.customer_id === null ? undefined : customers.get(row.customer_id);
    const paid = paidByLines(claimed, row.currency);
    return {
      remittanceId: row.id,
      companyId: row.company_id,
      origin: row.origin,
      fileName: row.file_name,
      receivedOn: row.received_on.toString(),
      customer: customer ? { id: customer.id, number: customer.number, name: customer.name } : null,
      payerName: row.payer_name,
      total: shownMoney(money(row.total_minor, row.currency)),
      lineCount: claimed.length,
      difference: shownMoney(money(row.total_minor - paid.minor, row.currency)),
      paidOn: row.paid_on?.toString() ?? null,
      paymentReference: row.payment_reference,
      paymentId: row.payment_id,
      joinRule: row.join_rule,
      ...standingOf(row, standings.get(row.id)),
    };
  });
}

/** What became of it in one word, and what speaks against it as long as it is not applied. */
function standingOf(row: RemittanceRow, standing: Standing | undefined) {
  if (standing === undefined || standing.is_applied)
    return { standing: standing ? ('applied' as const) : ('waiting' as const), doubts: [] };
  const doubts = [
    ...(standing.differs ? (['lines_differ'] as const) : []),
    ...(standing.is_ambiguous ? (['document_ambiguous'] as const) : []),
    ...(standing.is_late ? (['no_receipt'] as const) : []),
  ];
  if (doubts.length > 0) return { standing: 'in_doubt' as const, doubts };
  return { standing: row.payment_id === null ? ('waiting' as const) : ('joined' as const), doubts };
}

function detailsOf(row: RemittanceRow, lines: readonly PlacedLine[]) {
  return {
    revision: row.revision,
    totalStated: row.total_stated,
    recordedAt: row.recorded_at.toString(),
    recordedBy: row.recorded_by,
    lines: lines.map((line) => ({
      position: line.position,
      document: line.document,
      amount: shownMoney(line.amount),
      discount: shownMoney(line.discount),
      deduction: shownMoney(line.deduction),
      reason: line.reason ?? null,
      claimNumber: line.claimNumber ?? null,
      claimCode: line.claimCode ?? null,
      places: { ...line.place },
    })),
  };
}

/** The source as `receiveRemittanceFile` keeps it. */
function sourceOf(source: unknown) {
  if (source === null) return null;
  const { format, sheet, rows, pages, columns } = source as Grid;
  return {
    format,
    sheet,
    columns: columns ? { ...columns } : null,
    rows: rows.map(({ line, cells, boxes }) => ({
      line,
      cells: [...cells],
      boxes: boxes ? [...boxes] : null,
    })),
    pages: pages ? pages.map((page) => ({ ...page, runs: [...page.runs] })) : null,
  };
}
