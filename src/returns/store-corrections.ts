// SQL of notices of change.

import { type Selectable, sql } from 'kysely';
import { type Act, actorText } from '#command/command.ts';
import type { NewRow } from '#db/insert.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { Instant } from '#kernel/calendar.ts';
import type { CustomerId } from '#kernel/id.ts';

export type CorrectionRow = Selectable<DB['account_correction']>;

/** Adds notices of change that are not kept yet; gives how many were new. */
export async function insertCorrections(
  act: Act,
  rows: readonly (NewRow<'account_correction'> & { readonly identity: Uint8Array })[],
): Promise<number> {
  if (rows.length === 0) return 0;
  const known = await act.run(
    sql<{ identity: string }>`select encode(identity, 'hex') as identity from account_correction
      where tenant_id = ${act.tenantId} and identity = any(${arrayLiteral(rows.map((r) => r.identity))}::bytea[])`,
    { plan: 'fresh' },
  );
  const have = new Set(known.map((row) => row.identity));
  const fresh = rows.filter((row) => {
    const key = Buffer.from(row.identity).toString('hex');
    return !have.has(key) && have.add(key);
  });
  act.insert('account_correction', fresh);
  return fresh.length;
}

/** One notice of change, locked against being decided by another, and whether it was (read after the lock is there). */
export async function lockCorrection(
  tx: Tx,
  id: string,
): Promise<{ readonly correction: CorrectionRow; readonly isEnded: boolean } | undefined> {
  const correction = await tx.find(
    sql<CorrectionRow>`select * from account_correction where tenant_id = ${tx.tenantId} and id = ${id} for update`,
  );
  if (!correction) return undefined;
  const ended = await tx.find(
    sql`select 1 as found from account_correction_end where tenant_id = ${tx.tenantId} and correction_id = ${id}`,
  );
  return { correction, isEnded: ended !== undefined };
}

/** Keeps what was decided. */
export function insertCorrectionEnd(
  act: Act,
  row: Omit<NewRow<'account_correction_end'>, 'decided_by' | 'recorded_at'>,
): void {
  act.insert('account_correction_end', [{ ...row, decided_by: actorText(act.actor), recorded_at: act.now }]);
}

/** An account of a customer that a notice may speak of. */
export type PayingAccount = {
  readonly id: string;
  readonly account: string;
  readonly customer_id: CustomerId;
  readonly number: string;
  readonly name: string;
};

/** Accounts in use that a notice may speak of: its number alone, or behind the number of its bank. */
export async function findPayingAccounts(
  tx: Tx,
  { account, routing }: Pick<CorrectionRow, 'account' | 'routing'>,
): Promise<readonly PayingAccount[]> {
  if (account === null) return [];
  return tx.run(
    sql<PayingAccount>`select a.id, a.account, a.customer_id, c.number, c.name
      from customer_bank_account a join customer c on c.tenant_id = a.tenant_id and c.id = a.customer_id
      where a.tenant_id = ${tx.tenantId} and a.archived_at is null
        and (a.account = ${account} or (${routing}::text is not null and a.account like ${`${routing ?? ''}%/${account}`}))
      order by c.number, a.id limit 20`,
    { plan: 'fresh' },
  );
}

/** A notice of change with what was decided of it. */
export type ListedCorrection = CorrectionRow & {
  readonly kind: 'changed' | 'noted' | null;
  readonly account_after: string | null;
  readonly note: string | null;
  readonly decided_by: string | null;
  readonly decided_at: Instant | null;
};

/** Notices of change, the latest first: those that wait, or those that were decided. */
export async function findCorrections(
  tx: Tx,
  filter: {
    readonly isWaiting: boolean;
    readonly after?: readonly [recordedAt: string, id: string] | undefined;
    readonly limit: number;
  },
): Promise<readonly ListedCorrection[]> {
  const { after } = filter;
  const further =
    after === undefined
      ? sql``
      : sql`and (n.recorded_at, n.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`;
  const part = filter.isWaiting ? sql`e.correction_id is null` : sql`e.correction_id is not null`;
  return tx.run(
    sql<ListedCorrection>`select n.*, e.kind, e.account_after, e.note, e.decided_by, e.recorded_at as decided_at
      from account_correction n
      left join account_correction_end e on e.tenant_id = n.tenant_id and e.correction_id = n.id
      where n.tenant_id = ${tx.tenantId} and ${part} ${further}
      order by n.recorded_at desc, n.id desc limit ${filter.limit}::int`,
    { plan: 'fresh' },
  );
}
