// Reading remittances for pages: the list, and one with its lines and its source.

import type { z } from 'zod';
import type { Tx } from '#db/transaction.ts';
import { parseDate } from '#kernel/calendar.ts';
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
  type PlacedLine,
  type RemittanceRow,
} from './store.ts';
import { takeRemittance } from './take-remittance.ts';

/** A page of remittances, the latest first. Refuses: `bad_input` (an `after` we never gave out). */
export async function readRemittancePage(
  tx: Tx,
  query: z.output<typeof contract.listRemittances.query>,
): Promise<z.input<typeof contract.listRemittances.reply>> {
  const { limit, after, state, ...filter } = query;
  const rows = await findRemittances(tx, {
    ...filter,
    isJoined: state === undefined ? undefined : state === 'joined',
    after: readCursor(after, [parseDate, idKey]),
    limit: limit + 1,
  });
  const page = pageOfRows(rows, limit, (last) => [last.received_on, last.id]);
  return { rows: await describe(tx, page.rows), next: page.next };
}

/** One remittance. Refuses: `remittance_not_found`. */
export async function readRemittance(
  tx: Tx,
  id: string,
): Promise<z.input<typeof contract.getRemittance.reply>> {
  const remittance = await takeRemittance(tx, id);
  const [[row], kept] = await Promise.all([describe(tx, [remittance]), findSource(tx, id)]);
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

async function describe(tx: Tx, rows: readonly RemittanceRow[]) {
  const ids = rows.flatMap((row) => row.customer_id ?? []);
  const [lines, customers] = await Promise.all([findLines(tx, rows), readCustomers(tx, [...new Set(ids)])]);
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
    };
  });
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
  const { format, sheet, rows, pages } = source as Grid;
  return {
    format,
    sheet,
    rows: rows.map(({ line, cells, boxes }) => ({
      line,
      cells: [...cells],
      boxes: boxes ? [...boxes] : null,
    })),
    pages: pages ? pages.map((page) => ({ ...page, runs: [...page.runs] })) : null,
  };
}
