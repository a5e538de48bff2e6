// Reading what accounting systems have of receipts: lists, one receipt, and the file that is handed out.

import type { z } from 'zod';
import type { Tx } from '#db/transaction.ts';
import { csvLine } from '#formats/csv.ts';
import { readActorNames } from '#identity/read-people.ts';
import { type PlainDate, parseDate } from '#kernel/calendar.ts';
import type { CompanyId } from '#kernel/id.ts';
import { money, toDecimal } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { shownMoney } from '#ledger/amount-text.ts';
import { idKey, pageOfRows, readCursor } from '#parties/page-cursor.ts';
import { listCompanies } from '#parties/take-party.ts';
import type * as contract from './contract.ts';
import { POSTING_PARTS, POSTING_STATES, type PostingState } from './posting.ts';
import {
  countPostings,
  findExport,
  findExported,
  findExports,
  findIsPayment,
  findOfPayment,
  findPostings,
  findSettings,
  findSettled,
  findSteps,
  type PostingRow,
} from './store.ts';

type Reply<O extends { readonly reply: z.ZodType }> = z.input<O['reply']>;
type Settings = ReadonlyMap<CompanyId, PlainDate>;

/** A page of receipts and returns with their state, the oldest first. Refuses: `bad_input` (an `after` we never gave out). */
export async function readPostingPage(
  tx: Tx,
  query: {
    readonly companyId?: CompanyId | undefined;
    readonly state?: PostingState | undefined;
    readonly after?: string | undefined;
    readonly limit: number;
  },
): Promise<Reply<typeof contract.listPostings>> {
  const after = readCursor(query.after, [(text: string) => parseDate(text).toString(), idKey, partKey]);
  const [all, companies] = await Promise.all([findSettings(tx), listCompanies(tx)]);
  const settings = onlyOf(all, query.companyId);
  const asked = companies.filter(({ id }) => query.companyId === undefined || id === query.companyId);
  const [found, counts] = await Promise.all([
    findPostings(tx, settings, { state: query.state, after, limit: query.limit + 1 }),
    countPostings(tx, settings),
  ]);
  const { rows, next } = pageOfRows(found, query.limit, (last) => [last.on_day, last.payment_id, last.part]);
  return {
    rows: rows.map(shownPosting),
    next,
    counts: Object.fromEntries(POSTING_STATES.map((state) => [state, counts.get(state) ?? 0])) as Record<
      PostingState,
      number
    >,
    companies: asked.map(({ id, name }) => ({
      companyId: id,
      name,
      fromOn: all.get(id)?.toString() ?? null,
    })),
  };
}

/** A part in a cursor. */
function partKey(text: string): string {
  if ((POSTING_PARTS as readonly string[]).includes(text)) return text;
  throw new Refusal('bad_input', { field: 'after' });
}

function onlyOf(all: Settings, companyId: CompanyId | undefined): Settings {
  return companyId === undefined ? all : new Map([...all].filter(([id]) => id === companyId));
}

function shownPosting(row: PostingRow): Reply<typeof contract.listPostings>['rows'][number] {
  return {
    paymentId: row.payment_id,
    part: row.part,
    number: row.number,
    companyId: row.company_id,
    on: row.on_day.toString(),
    amount: shownMoney(money(row.amount_minor, row.currency)),
    who: row.customer_name ?? row.payer_name,
    state: row.state,
    exportId: row.export_id,
    reference: row.reference,
    reason: row.reason,
    postedOn: row.posted_on?.toString() ?? null,
    since: row.recorded_at?.toString() ?? null,
  };
}

/** How one receipt and its return stand; nothing where its company posts none of it elsewhere. Refuses: `payment_not_found`. */
export async function readPaymentPosting(
  tx: Tx,
  paymentId: string,
): Promise<Reply<typeof contract.getPaymentPosting>> {
  const [isThere, rows, steps] = await Promise.all([
    findIsPayment(tx, paymentId),
    findOfPayment(tx, await findSettings(tx), paymentId),
    findSteps(tx, paymentId),
  ]);
  if (!isThere) throw new Refusal('payment_not_found', { paymentId });
  const names = await readActorNames(
    tx,
    steps.map((step) => step.recorded_by),
  );
  return {
    rows: rows.map(shownPosting),
    steps: steps.map((step) => ({
      part: step.part,
      state: step.state,
      reference: step.reference,
      reason: step.reason,
      postedOn: step.posted_on?.toString() ?? null,
      by: names.get(step.recorded_by) ?? step.recorded_by,
      at: step.recorded_at.toString(),
    })),
  };
}

/** Exports shown of a company. */
const EXPORTS_SHOWN = 12;

/** The latest exports, with how much of each is without an answer. */
export async function readPostingExports(
  tx: Tx,
  companyId: CompanyId | undefined,
): Promise<Reply<typeof contract.listPostingExports>> {
  const rows = await findExports(tx, companyId, EXPORTS_SHOWN);
  const names = await readActorNames(
    tx,
    rows.map((row) => row.exported_by),
  );
  return {
    rows: rows.map((row) => ({
      exportId: row.id,
      companyId: row.company_id,
      by: names.get(row.exported_by) ?? row.exported_by,
      at: row.recorded_at.toString(),
      receipts: row.receipts,
      open: row.open,
    })),
  };
}

const HEAD = [
  'receipt',
  'part',
  'date',
  'amount',
  'currency',
  'customer',
  'customer_name',
  'bank_account',
  'settled',
  'on_account',
  'state',
  'reference',
  'reason',
  'posted_on',
  'export',
] as const;

/**
 * The file of an export: one row for each receipt and return, what is returned negative; what it settled as `number=amount`. Of
 * the last five columns four are for the answer, and the fifth says which export it is of. Asked again it leaves out what was
 * answered or handed out again since, so that nothing is booked twice from it, and says what is settled by now.
 *
 * Refuses: `posting_export_not_found`.
 */
export async function readExportFile(tx: Tx, exportId: string): Promise<string> {
  const companyId = await findExport(tx, exportId);
  if (companyId === undefined) throw new Refusal('posting_export_not_found', { exportId });
  const rows = await findExported(tx, exportId);
  const settled = await findSettled(
    tx,
    rows.map((row) => row.payment_id),
  );
  const lines = rows.map((row) => {
    const of = (minor: bigint): string => toDecimal(money(minor, row.currency));
    const documents = row.part === 'return' ? [] : (settled.get(row.payment_id) ?? []);
    const given = documents.reduce((sum, one) => sum + one.amount_minor, 0n);
    return [
      row.number,
      row.part,
      row.on_day.toString(),
      of(row.amount_minor),
      row.currency,
      row.customer_number ?? '',
      row.customer_name ?? row.payer_name ?? '',
      row.bank_account ?? '',
      documents.map((one) => `${one.reference}=${of(one.amount_minor)}`).join(' '),
      row.part === 'return' ? '' : of(row.amount_minor - given),
      ...['', '', '', '', exportId],
    ];
  });
  return `\ufeff${[HEAD, ...lines].map((cells) => csvLine(cells)).join('')}`;
}
