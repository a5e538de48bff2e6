// Reading the queue: what waits, what each receipt is likeliest for, and what colleagues say of it.

import type { z } from 'zod';
import type { Context } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { permissionsOf, ROLES } from '#identity/permission.ts';
import { actorNameOf, readActorNames, readMembers, readPeople } from '#identity/read-people.ts';
import { parseDate } from '#kernel/calendar.ts';
import type { CustomerId } from '#kernel/id.ts';
import { WEIGHED_AT_ONCE_MAX } from '#kernel/limits.ts';
import { money } from '#kernel/money.ts';
import { shownMoney } from '#ledger/amount-text.ts';
import { idKey, pageOfRows, readCursor } from '#parties/page-cursor.ts';
import { readCustomers } from '#parties/take-party.ts';
import { matchWaiting } from '#payments/match-waiting.ts';
import type { Match } from '#payments/receipt.ts';
import type * as contract from './contract.ts';
import { countQueue, findQueue, type QueueRow } from './store.ts';

type Reply = z.input<(typeof contract.listWaitingReceipts)['reply']>;
type Query = z.output<(typeof contract.listWaitingReceipts)['query']>;
type Row = Reply['rows'][number];

/** A page of the queue. Refuses: `bad_input` (an `after` we never gave out). */
export async function readQueue(tx: Tx, context: Context, query: Query): Promise<Reply> {
  const filter = { companyId: query.companyId, part: query.part, userId: context.actor.id, now: context.now };
  const [waiting, page] = await Promise.all([countQueue(tx, filter), readRows(tx, filter, query)]);
  const matches = await matchWaiting(
    tx,
    new Map(page.rows.map((row) => [row.id as string, money(row.left_minor, row.currency)])),
  );
  const rows = await describe(tx, page.rows, matches);
  const sorted = query.order === 'surest' ? rows.toSorted((a, b) => sureness(b) - sureness(a)) : rows;
  return { rows: sorted, next: page.next, waiting };
}

type Filter = Parameters<typeof findQueue>[1];
type Page = { readonly rows: readonly QueueRow[]; readonly next: string | null };

async function readRows(tx: Tx, filter: Filter, { order, after, limit }: Query): Promise<Page> {
  if (order === 'surest') {
    const rows = await findQueue(tx, filter, { order: 'oldest', limit: WEIGHED_AT_ONCE_MAX });
    return { rows, next: null };
  }
  const isKey = order === 'oldest' ? (text: string) => parseDate(text).toString() : minorKey;
  const [key, id] = readCursor(after, [isKey, idKey]) ?? [];
  const from = key === undefined || id === undefined ? undefined : { key, id };
  const rows = await findQueue(tx, filter, { order, after: from, limit: limit + 1 });
  return pageOfRows(rows, limit, (last) => [
    order === 'oldest' ? last.received_on : last.left_minor,
    last.id,
  ]);
}

/** An amount in a cursor, in minor units. */
function minorKey(text: string): string {
  return BigInt(text).toString();
}

/** What has a probability comes first; an explanation is better than nothing. */
function sureness({ likeliest }: Row): number {
  return likeliest === null ? -1 : (likeliest.probability ?? 0);
}

async function describe(
  tx: Tx,
  rows: readonly QueueRow[],
  matches: ReadonlyMap<string, Match>,
): Promise<Row[]> {
  const best = new Map([...matches].map(([id, match]) => [id, match.suggestions[0]]));
  const customerIds = [
    ...rows.flatMap((row) => row.customer_id ?? []),
    ...[...best.values()].flatMap((one) => one?.customerId ?? []),
  ] as CustomerId[];
  const userIds = [...new Set(rows.flatMap((row) => row.user_id ?? []))];
  const [customers, members, names] = await Promise.all([
    readCustomers(tx, [...new Set(customerIds)]),
    readMembers(tx, userIds),
    readActorNames(
      tx,
      rows.flatMap((row) => row.marked_by ?? []),
    ),
  ]);
  const brief = (id: string | null | undefined): Row['customer'] => {
    const customer = customers.get(id as CustomerId);
    return customer ? { id: customer.id, number: customer.number, name: customer.name } : null;
  };
  const nameOf = (userId: string): string => members.find((one) => one.userId === userId)?.name ?? userId;
  return rows.map((row): Row => {
    const one = best.get(row.id);
    const customer = brief(one?.customerId);
    return {
      paymentId: row.id,
      number: row.number,
      companyId: row.company_id,
      receivedOn: row.received_on.toString(),
      amount: shownMoney(money(row.amount_minor, row.currency)),
      unapplied: shownMoney(money(row.left_minor, row.currency)),
      grantedBack: shownMoney(money(row.granted_minor, row.currency)),
      payerName: row.payer_name,
      payerAccount: row.payer_account,
      text: row.text,
      customer: brief(row.customer_id),
      rule: matches.get(row.id)?.rule ?? 'nothing_found',
      likeliest:
        one && customer
          ? {
              customer,
              probability: one.probability,
              kind: one.kind,
              references: one.items.map(({ reference }) => reference),
            }
          : null,
      remittanceId: row.remittance_id,
      mark:
        row.kind === null || row.marked_by === null || row.marked_at === null
          ? null
          : {
              kind: row.kind,
              person: row.user_id === null ? null : { userId: row.user_id, name: nameOf(row.user_id) },
              note: row.note ?? '',
              markedBy: actorNameOf(names, row.marked_by),
              markedAt: row.marked_at.toString(),
              lookAgainAt: row.look_again_at?.toString() ?? null,
            },
    };
  });
}

/** Members who can be asked about a receipt. */
export async function readColleagues(tx: Tx): Promise<z.input<(typeof contract.listColleagues)['reply']>> {
  const roles = ROLES.filter((role) => permissionsOf(role).has('book.read'));
  const people = await readPeople(tx, roles);
  return { rows: people.map(({ userId, name, role }) => ({ userId, name, role })) };
}
