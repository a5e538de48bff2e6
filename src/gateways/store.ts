// SQL of what people said of the columns of gateways' payout reports.

import { sql } from 'kysely';
import { type Act, actorText } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import type { PayoutColumns } from '#formats/payout-columns.ts';
import type { Instant } from '#kernel/calendar.ts';
import { jsonText } from '#kernel/canonical.ts';
import { newId } from '#kernel/id.ts';

/** What was said, as it is kept. */
export type ColumnsRow = {
  readonly id: string;
  readonly gateway: string;
  readonly headings: readonly string[];
  readonly key: string;
  readonly columns: PayoutColumns;
  readonly version: number;
  readonly said_by: string;
  readonly said_at: Instant;
  readonly ended_at: Instant | null;
};

const columns = sql`id, gateway, headings, key, columns, version, said_by, said_at, ended_at`;

/** Keeps what was said; gives its id. */
export function insertColumns(
  act: Act,
  said: Pick<ColumnsRow, 'gateway' | 'headings' | 'key' | 'columns' | 'version'>,
): string {
  const id = newId<'payout_columns'>();
  act.insert('payout_columns', [
    {
      id,
      gateway: said.gateway,
      headings: jsonText(said.headings),
      key: said.key,
      columns: jsonText(said.columns),
      version: said.version,
      said_by: actorText(act.actor),
      said_at: act.now,
      ended_by: null,
      ended_at: null,
    },
  ]);
  return id;
}

/** Ends what was said. */
export function updateEnded(act: Act, id: string): void {
  act.write(
    sql`update payout_columns set ended_by = ${actorText(act.actor)}, ended_at = ${act.now}
      where tenant_id = ${act.tenantId} and id = ${id}::uuid and ended_at is null`,
    { rows: 1, rule: 'what was said of columns is ended once' },
  );
}

/** What was said, held until the commit. */
export async function lockColumns(act: Act, id: string): Promise<ColumnsRow | undefined> {
  return act.find(sql<ColumnsRow>`select ${columns} from payout_columns
    where tenant_id = ${act.tenantId} and id = ${id}::uuid for update`);
}

/** What counts for headings, held until the commit. Whoever says the same at once waits here, so that versions follow each other. */
export async function lockColumnsOf(act: Act, key: string): Promise<ColumnsRow | undefined> {
  await act.run(
    sql`select pg_advisory_xact_lock(hashtextextended(${`payout columns ${act.tenantId} ${key}`}, 0))`,
  );
  return act.find(sql<ColumnsRow>`select ${columns} from payout_columns
    where tenant_id = ${act.tenantId} and md5(key) = md5(${key}::text) and ended_at is null for update`);
}

/** All that counts, by the name of the gateway. */
export async function findColumns(tx: Tx): Promise<readonly ColumnsRow[]> {
  return tx.run(sql<ColumnsRow>`select ${columns} from payout_columns
    where tenant_id = ${tx.tenantId} and ended_at is null order by lower(gateway), id`);
}
