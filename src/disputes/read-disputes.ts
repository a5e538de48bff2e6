// Reading disputes for pages: lists, one with all about it, the reasons.

import type { z } from 'zod';
import type { Context } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { present } from '#kernel/assert.ts';
import { daysBetween, type PlainDate, parseDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { shownMoney } from '#ledger/amount-text.ts';
import { matchKey } from '#ledger/match-key.ts';
import { mayDo } from '#parties/may.ts';
import { idKey, pageOfRows, readCursor } from '#parties/page-cursor.ts';
import { readCustomers } from '#parties/take-party.ts';
import type * as contract from './contract.ts';
import { disputeState } from './dispute.ts';
import { type ItemAmounts, readAmounts } from './read-amounts.ts';
import { reasonKinds } from './reason.ts';
import { type Amounts, sumOf } from './standing.ts';
import { findReasonKinds } from './store.ts';
import {
  findClaimCodes,
  findDispute,
  findDisputes,
  findHistory,
  findRemedies,
  findShownItems,
  type ListedDispute,
  type ShownDisputeItem,
} from './store-lists.ts';

/** A page of disputes, the latest first. Refuses: `bad_input` (an `after` we never gave out). */
export async function readDisputePage(
  tx: Tx,
  context: Context,
  query: z.output<typeof contract.listDisputes.query>,
): Promise<z.input<typeof contract.listDisputes.reply>> {
  const { limit, after, search, state, ...filter } = query;
  const rows = await findDisputes(tx, {
    ...filter,
    isClosed: state === undefined ? undefined : state === 'closed',
    search: search === undefined ? undefined : matchKey(search),
    after: readCursor(after, [parseDate, idKey]),
    limit: limit + 1,
  });
  const page = pageOfRows(rows, limit, (last) => [last.opened_on, last.id]);
  return { rows: await describe(tx, page.rows, context.today), next: page.next };
}

async function describe(tx: Tx, rows: readonly ListedDispute[], today: PlainDate) {
  const ids = rows.map((row) => row.id);
  const [amounts, items, customers, own] = await Promise.all([
    readAmounts(tx, ids),
    ids.length === 0 ? [] : findShownItems(tx, ids),
    readCustomers(tx, [...new Set(rows.map((row) => row.customer_id as CustomerId))]),
    findReasonKinds(tx),
  ]);
  const names = new Map(reasonKinds(own).map((kind) => [kind.code, kind.name]));
  const itemsOf = Map.groupBy(items, (item) => item.dispute_id);
  return rows.map((row) => {
    const total = sumOf((amounts.get(row.id) ?? []).map((one) => one.amounts));
    const customer = present(customers.get(row.customer_id as CustomerId), 'a dispute has its customer');
    return {
      disputeId: row.id,
      number: row.number,
      kind: row.kind as 'dispute' | 'deduction',
      state: disputeState(total, row.outcome !== null),
      outcome: row.outcome,
      customer: { id: customer.id, number: customer.number, name: customer.name },
      companyId: row.company_id as CompanyId,
      reason: row.reason,
      reasonName: names.get(row.reason) ?? row.reason,
      claimNumber: row.claim_number,
      openedOn: row.opened_on.toString(),
      daysOpen: daysBetween(row.opened_on, row.closed_on ?? today),
      references: (itemsOf.get(row.id) ?? []).map((item) => item.reference),
      duplicateOf:
        row.duplicate_of && row.duplicate_number
          ? { disputeId: row.duplicate_of, number: row.duplicate_number }
          : null,
      amounts: shownAmounts(total, row.currency),
    };
  });
}

function shownAmounts(amounts: Amounts, currency: string) {
  const shown = (minor: bigint) => shownMoney(money(minor, currency));
  return {
    original: shown(amounts.original),
    open: shown(amounts.open),
    paid: shown(amounts.paid),
    credited: shown(amounts.credited),
    writtenOff: shown(amounts.writtenOff),
    released: shown(amounts.released),
  };
}

/** One dispute with its items, what was made for it and what happened. Refuses: `dispute_not_found`. */
export async function readDispute(
  tx: Tx,
  context: Context,
  disputeId: string,
): Promise<z.input<typeof contract.readDispute.reply>> {
  const row = await findDispute(tx, disputeId);
  if (!row) throw new Refusal('dispute_not_found', { disputeId });
  const [[described], amounts, items, remedies, history, own] = await Promise.all([
    describe(tx, [row], context.today),
    readAmounts(tx, [disputeId]),
    findShownItems(tx, [disputeId]),
    findRemedies(tx, disputeId),
    findHistory(tx, disputeId),
    findReasonKinds(tx),
  ]);
  const names = new Map(reasonKinds(own).map((kind) => [kind.code, kind.name]));
  const closed = row.outcome === null ? undefined : 'dispute_closed';
  return {
    ...present(described, 'one row in, one out'),
    source: row.source,
    paymentId: row.payment_id,
    claimCode: row.claim_code,
    statedReason: row.stated_reason,
    statedReasonName: names.get(row.stated_reason) ?? row.stated_reason,
    rootCause: row.root_cause,
    closedOn: row.closed_on?.toString() ?? null,
    items: items.map((item) => shownItem(item, amounts.get(disputeId) ?? [], row.currency)),
    remedies: remedies.map((one) => ({ documentId: one.document_id, kind: one.kind, number: one.reference })),
    history: history.map((event) => ({
      type: event.type,
      at: event.recorded_at.toString(),
      by: event.actor,
      data: event.data,
    })),
    may: {
      record: mayDo(context, 'dispute.record', closed),
      decide: mayDo(context, 'dispute.decide', closed),
      credit: mayDo(context, 'invoice.credit', closed),
      reopen: mayDo(
        context,
        'dispute.decide',
        row.outcome === null ? 'dispute_not_closed' : row.outcome === 'undone' ? 'dispute_undone' : undefined,
      ),
    },
  };
}

function shownItem(item: ShownDisputeItem, amounts: readonly ItemAmounts[], currency: string) {
  const own = amounts.find((one) => one.itemId === item.item_id);
  return {
    itemId: item.item_id,
    kind: item.kind,
    documentId: item.document_id,
    reference: item.reference,
    dueOn: item.due_on.toString(),
    amount: shownMoney(money(item.amount_minor, currency)),
    open: shownMoney(money(item.open_minor, currency)),
    disputed: shownAmounts(present(own, 'an item of a dispute has amounts').amounts, currency),
  };
}

/** The reasons of the tenant, and what customers' codes mean. */
export async function readReasons(
  tx: Tx,
  context: Context,
): Promise<z.input<typeof contract.listDisputeReasons.reply>> {
  const [own, codes] = await Promise.all([findReasonKinds(tx), findClaimCodes(tx)]);
  return {
    reasons: [...reasonKinds(own)],
    codes: codes.map((code) => ({ customerId: code.customer_id, code: code.code, reason: code.reason })),
    may: { change: mayDo(context, 'company.manage') },
  };
}
