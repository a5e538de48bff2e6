// The SQL of delegations: who decides for whom, from one day to another.

import { type Selectable, sql } from 'kysely';
import type { Act } from '#command/command.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import type { Instant, PlainDate } from '#kernel/calendar.ts';
import { DELEGATIONS_SHOWN } from '#kernel/limits.ts';
import type { Delegation } from './delegation.ts';

/** A delegation as it is kept. */
export type DelegationRow = Delegation & {
  readonly reason: string;
  readonly createdBy: string;
  readonly createdAt: Instant;
};

function toDelegation(row: Selectable<DB['delegation']>): DelegationRow {
  return {
    id: row.id,
    fromUser: row.from_user,
    toUser: row.to_user,
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    endedAt: row.ended_at,
    reason: row.reason,
    createdBy: row.created_by,
    createdAt: row.created_at,
  };
}

/** The people who delegated to somebody and whose delegation holds on a day. */
export async function findDelegators(tx: Tx, toUser: string, on: PlainDate): Promise<readonly string[]> {
  const rows = await tx.run(sql<{ from_user: string }>`
    select distinct from_user from delegation where tenant_id = ${tx.tenantId} and to_user = ${toUser}
      and ended_at is null and ${on} between starts_on and ends_on order by from_user limit ${DELEGATIONS_SHOWN}`);
  return rows.map((row) => row.from_user);
}

/** The delegations of the tenant, the latest first. */
export async function findDelegations(tx: Tx): Promise<readonly DelegationRow[]> {
  const rows = await tx.run(sql<Selectable<DB['delegation']>>`
    select * from delegation where tenant_id = ${tx.tenantId} order by id desc limit ${DELEGATIONS_SHOWN}`);
  return rows.map(toDelegation);
}

/** One delegation, locked. */
export async function lockDelegation(act: Act, id: string): Promise<DelegationRow | undefined> {
  const row = await act.find(sql<Selectable<DB['delegation']>>`
    select * from delegation where tenant_id = ${act.tenantId} and id = ${id} for update`);
  return row && toDelegation(row);
}

/** Adds a delegation. */
export function insertDelegation(act: Act, given: Omit<DelegationRow, 'endedAt' | 'createdAt'>): void {
  act.insert('delegation', [
    {
      id: given.id,
      from_user: given.fromUser,
      to_user: given.toUser,
      starts_on: given.startsOn,
      ends_on: given.endsOn,
      reason: given.reason,
      created_by: given.createdBy,
      created_at: act.now,
      ended_at: null,
    },
  ]);
}

/** Ends a delegation before its time. */
export function endDelegationNow(act: Act, id: string): void {
  act.write(
    sql`update delegation set ended_at = ${act.now}
      where tenant_id = ${act.tenantId} and id = ${id} and ended_at is null`,
    { rows: 1, rule: 'the delegation to end holds' },
  );
}
