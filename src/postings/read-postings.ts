// Reading what accounting systems have of receipts: lists, and one receipt.

import type { z } from 'zod';
import type { Tx } from '#db/transaction.ts';
import { readActorNames } from '#identity/read-people.ts';
import { type PlainDate, parseDate } from '#kernel/calendar.ts';
import type { CompanyId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { shownMoney } from '#ledger/amount-text.ts';
import { idKey, pageOfRows, readCursor } from '#parties/page-cursor.ts';
import { listCompanies } from '#parties/take-party.ts';
import type * as contract from './contract.ts';
import { POSTING_PARTS, POSTING_STATES, type PostingState } from './posting.ts';
import {
  countPostings,
  findExports,
  findIsPayment,
  findOfPayment,
  findPostings,
  findSettings,
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
  const after = readCursor(query.after, [
    (text: string) => parseDate(text).toString(),
    idKey,
    partKey,
    idKey,
  ]);
  const [all, companies] = await Promise.all([findSettings(tx), listCompanies(tx)]);
  const settings = onlyOf(all, query.companyId);
  const asked = companies.filter(({ id }) => query.companyId === undefined || id === query.companyId);
  const [found, counts] = await Promise.all([
    findPostings(tx, settings, { state: query.state, after, limit: query.limit + 1 }),
    countPostings(tx, settings),
  ]);
  const { rows, next } = pageOfRows(found, query.limit, (last) => [
    last.on_day,
    last.payment_id,
    last.part,
    last.handover_id ?? last.payment_id,
  ]);
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
    handoverId: row.handover_id,
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

/** How one receipt stands, its return, and what of it is between companies; nothing where no company posts it elsewhere. Refuses: `payment_not_found`. */
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
      handoverId: step.handover_id,
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
