// What pages show of write-offs, in the words of the contract.

import type { z } from 'zod';
import type { Context } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { present } from '#kernel/assert.ts';
import type { CustomerId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { shownMoney } from '#ledger/amount-text.ts';
import type { Customer } from '#parties/customer.ts';
import { mayDo } from '#parties/may.ts';
import { idKey, pageOfRows, readCursor } from '#parties/page-cursor.ts';
import { readCustomers } from '#parties/take-party.ts';
import type * as contract from './contract.ts';
import { findWriteOff, findWriteOffs, findWrittenOff, type ListedWriteOff } from './store-lists.ts';
import { findRecoveries } from './store-recoveries.ts';
import { findReliefs } from './store-relief.ts';
import { mayUndo } from './writing-off.ts';

type Reply<O extends { readonly reply: z.ZodType }> = z.input<O['reply']>;
type Query<O extends { readonly query: z.ZodType }> = z.output<O['query']>;
type Customers = ReadonlyMap<string, Customer>;

function customersOf(tx: Tx, ids: readonly string[]): Promise<Customers> {
  return readCustomers(tx, [...new Set(ids)] as CustomerId[]);
}

function brief(customers: Customers, id: string) {
  const customer = present(customers.get(id as CustomerId), 'a write-off is of a customer');
  return { id: customer.id, number: customer.number, name: customer.name };
}

/** A page of write-offs, the latest recorded first. Refuses: `bad_input` (an `after` we never gave out). */
export async function readWriteOffPage(
  tx: Tx,
  query: Query<typeof contract.listWriteOffs>,
): Promise<Reply<typeof contract.listWriteOffs>> {
  const { limit, after, ...filter } = query;
  const rows = await findWriteOffs(tx, {
    ...filter,
    after: readCursor(after, [idKey])?.[0],
    limit: limit + 1,
  });
  const page = pageOfRows(rows, limit, (last) => [last.id]);
  const customers = await customersOf(
    tx,
    page.rows.map((row) => row.customer_id),
  );
  return { rows: page.rows.map((row) => writeOffReply(row, customers)), next: page.next };
}

function writeOffReply(
  row: ListedWriteOff,
  customers: Customers,
): Reply<typeof contract.listWriteOffs>['rows'][number] {
  return {
    writeOffId: row.id,
    number: row.number,
    companyId: row.company_id,
    customer: brief(customers, row.customer_id),
    kind: row.kind as Reply<typeof contract.listWriteOffs>['rows'][number]['kind'],
    reason: row.reason,
    amount: shownMoney(money(row.amount_minor, row.currency)),
    writtenOffOn: row.written_off_on.toString(),
    recordedAt: row.recorded_at.toString(),
    undoneOn: row.undone_on?.toString() ?? null,
  };
}

/** One write-off with its items. Refuses: `write_off_not_found`. */
export async function readWriteOff(
  tx: Tx,
  context: Context,
  writeOffId: string,
): Promise<Reply<typeof contract.getWriteOff>> {
  const [row, items, relief, recoveries] = await Promise.all([
    findWriteOff(tx, writeOffId),
    findWrittenOff(tx, writeOffId),
    findReliefs(tx, [writeOffId]),
    findRecoveries(tx, [writeOffId]),
  ]);
  if (!row) throw new Refusal('write_off_not_found', { writeOffId });
  const recovered = recoveries.reduce((total, one) => total + one.amount_minor - one.undone_minor, 0n);
  const may = mayUndo({ isUndone: row.undone_on !== null, recovered });
  return {
    ...writeOffReply(row, await customersOf(tx, [row.customer_id])),
    functional: shownMoney(money(row.functional_minor, row.functional_currency)),
    undoneReason: row.undone_reason,
    items: items.map((item) => ({
      itemId: item.item_id,
      kind: item.kind as 'invoice',
      documentId: item.document_id,
      reference: item.reference,
      dueOn: item.due_on.toString(),
      amount: shownMoney(money(item.amount_minor, row.currency)),
    })),
    relief: relief.map((one) => ({
      itemId: one.item_id,
      why: one.why as 'claimed',
      tax: shownMoney(money(one.tax_minor, one.currency)),
      postedOn: one.posted_on.toString(),
      rule: one.rule as { country: string; source: string; ground: string } | null,
    })),
    reliefLeft: shownMoney(
      money(
        relief.reduce((total, one) => total + one.tax_minor, 0n),
        row.currency,
      ),
    ),
    recoveries: recoveries.map((one) => ({
      recoveryId: one.id,
      itemId: one.item_id,
      paymentId: one.payment_id,
      payment: one.payment_number,
      amount: shownMoney(money(one.amount_minor, one.currency)),
      undone: shownMoney(money(one.undone_minor, one.currency)),
      recoveredOn: one.recovered_on.toString(),
    })),
    recovered: shownMoney(money(recovered, row.currency)),
    may: {
      undo: mayDo(context, 'write_off.post', may === true ? undefined : may),
      relieve: mayDo(context, 'write_off.post', mayRelieve(row, relief.length > 0)),
    },
  };
}

/** Why the tax on a write-off cannot be taken back now, as far as it shows without trying. */
function mayRelieve(row: ListedWriteOff, isClaimed: boolean): string | undefined {
  if (row.undone_on !== null) return 'write_off_undone';
  if (isClaimed) return 'relief_claimed';
  return row.kind === 'bad_debt' ? undefined : 'relief_not_due';
}
