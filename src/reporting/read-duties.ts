// Reading who holds duties that should be kept apart, and who did both.

import type { Context } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { readActorNames } from '#identity/read-people.ts';
import type { CustomerId } from '#kernel/id.ts';
import { CONFLICTS_SHOWN_MAX } from '#kernel/limits.ts';
import { readCustomers } from '#parties/take-party.ts';
import { DUTY_PAIRS, holdersOf } from './duties.ts';
import { findConflicts, findGuardedKinds, findHolders } from './store-duties.ts';

/** How far back one looks, and how many days may lie between the two sides. */
export type DutiesAsked = { readonly lookBackDays: number; readonly apartDays: number };

/** The report: each pair with who holds both sides, and what happened. At most `CONFLICTS_SHOWN_MAX` conflicts of a pair. */
export async function readDuties(tx: Tx, context: Pick<Context, 'now'>, asked: DutiesAsked) {
  const since = context.now.subtract({ hours: 24 * asked.lookBackDays });
  const [everybody, guarded] = await Promise.all([findHolders(tx, context.now), findGuardedKinds(tx)]);
  const found = [];
  for (const pair of DUTY_PAIRS) {
    const limit = CONFLICTS_SHOWN_MAX + 1;
    const rows = await findConflicts(tx, pair, { since, apartDays: asked.apartDays, limit });
    found.push({ pair, rows });
  }
  const all = found.flatMap(({ rows }) => rows);
  const [names, customers] = await Promise.all([
    readActorNames(
      tx,
      all.map((row) => row.person),
    ),
    readCustomers(tx, [...new Set(all.flatMap((row) => row.customer_id ?? []))] as CustomerId[]),
  ]);
  return {
    pairs: found.map(({ pair, rows }) => ({
      code: pair.code,
      title: pair.title,
      risk: pair.risk,
      holders: [...holdersOf(pair, everybody)],
      guarded: pair.guardedBy !== null && guarded.has(pair.guardedBy),
      hasMore: rows.length > CONFLICTS_SHOWN_MAX,
      conflicts: rows.slice(0, CONFLICTS_SHOWN_MAX).map((row) => ({
        person: names.get(row.person) ?? row.person,
        customer: customerOf(customers.get(row.customer_id as CustomerId)),
        one: { type: row.one_type, subjectId: row.one_subject, at: row.one_at.toString() },
        other: { type: row.other_type, subjectId: row.other_subject, at: row.other_at.toString() },
      })),
    })),
  };
}

function customerOf(
  customer: { readonly id: string; readonly number: string; readonly name: string } | undefined,
) {
  return customer ? { id: customer.id, number: customer.number, name: customer.name } : null;
}

export type Duties = Awaited<ReturnType<typeof readDuties>>;

const HEADING = [
  'what',
  'pair',
  'person',
  'role',
  'customer',
  'first_deed',
  'first_at',
  'second_deed',
  'second_at',
  'guarded',
];

/** The report as rows of text: who could, then what happened. */
export function* dutyRows(duties: Duties): Generator<readonly string[]> {
  yield HEADING;
  for (const pair of duties.pairs)
    for (const holder of pair.holders)
      yield [
        holder.kind === 'member' ? 'could' : 'could_by_key',
        pair.code,
        holder.name,
        holder.role,
        '',
        '',
        '',
        '',
        '',
        pair.guarded ? 'yes' : 'no',
      ];
  for (const pair of duties.pairs)
    for (const { person, customer, one, other } of pair.conflicts)
      yield [
        'did',
        pair.code,
        person,
        '',
        customer ? `${customer.number} ${customer.name}` : '',
        one.type,
        one.at,
        other.type,
        other.at,
        pair.guarded ? 'yes' : 'no',
      ];
}
