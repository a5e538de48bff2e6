// SQL of what people said of the columns of payers' lists.

import { sql } from 'kysely';
import { type Act, actorText } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { Instant } from '#kernel/calendar.ts';
import { jsonText } from '#kernel/canonical.ts';
import { type CustomerId, newId } from '#kernel/id.ts';
import { type ChosenRoles, type ColumnChoice, headingsKey } from './column-choice.ts';

/** A choice as it is kept. */
export type ColumnsRow = {
  readonly id: string;
  readonly customer_id: CustomerId | null;
  readonly headings: readonly string[];
  readonly key: string;
  readonly roles: ChosenRoles;
  readonly decimal_mark: '.' | ',' | null;
  readonly version: number;
  readonly chosen_by: string;
  readonly chosen_at: Instant;
  readonly ended_by: string | null;
  readonly ended_at: Instant | null;
};

const columns = sql`id, customer_id, headings, key, roles, decimal_mark, version, chosen_by, chosen_at, ended_by, ended_at`;

/** What is kept of a choice. */
export type NewColumns = Pick<ColumnsRow, 'headings' | 'roles'> & {
  readonly customerId: CustomerId | null;
  readonly decimal: '.' | ',' | null;
  readonly version: number;
};

/** Keeps a choice; gives its id. */
export function insertColumns(act: Act, choice: NewColumns): string {
  const id = newId<'remittance_columns'>();
  act.insert('remittance_columns', [
    {
      id,
      customer_id: choice.customerId,
      headings: jsonText(choice.headings),
      key: headingsKey(choice.headings),
      roles: jsonText(choice.roles),
      decimal_mark: choice.decimal,
      version: choice.version,
      chosen_by: actorText(act.actor),
      chosen_at: act.now,
      ended_by: null,
      ended_at: null,
    },
  ]);
  return id;
}

/** Ends a choice. */
export function updateEnded(act: Act, id: string): void {
  act.write(
    sql`update remittance_columns set ended_by = ${actorText(act.actor)}, ended_at = ${act.now}
      where tenant_id = ${act.tenantId} and id = ${id}::uuid and ended_at is null`,
    { rows: 1, rule: 'a choice of columns is ended once' },
  );
}

/** A choice, held until the commit. */
export async function lockColumns(act: Act, id: string): Promise<ColumnsRow | undefined> {
  return act.find(sql<ColumnsRow>`select ${columns} from remittance_columns
    where tenant_id = ${act.tenantId} and id = ${id}::uuid for update`);
}

/** The choice that counts for headings of a customer (or of whoever), held until the commit. */
export async function lockColumnsOf(
  act: Act,
  key: string,
  customerId: CustomerId | null,
): Promise<ColumnsRow | undefined> {
  // Whoever says the same at once waits here, so that versions follow each other.
  await act.run(
    sql`select pg_advisory_xact_lock(hashtextextended(${`remittance columns ${act.tenantId} ${customerId} ${key}`}, 0))`,
  );
  return act.find(sql<ColumnsRow>`select ${columns} from remittance_columns
    where tenant_id = ${act.tenantId} and key = ${key} and customer_id is not distinct from ${customerId}::uuid
      and ended_at is null for update`);
}

/** The choices that count for lists with these headings, of a customer or of whoever. */
export async function findChoices(
  tx: Tx,
  keys: readonly string[],
  customerId: CustomerId | null,
): Promise<readonly ColumnChoice[]> {
  if (keys.length === 0) return [];
  const rows = await tx.run(sql<ColumnsRow>`select ${columns} from remittance_columns
    where tenant_id = ${tx.tenantId} and key = any(${arrayLiteral(keys)}::text[]) and ended_at is null
      and (customer_id is null or customer_id = ${customerId}::uuid) order by chosen_at desc, id`);
  return rows.map((row) => ({
    id: row.id,
    version: row.version,
    customerId: row.customer_id,
    key: row.key,
    roles: row.roles,
    decimal: row.decimal_mark,
  }));
}

/** Choices that count, the latest first, after one of them. */
export async function findAllChoices(
  tx: Tx,
  page: {
    readonly after: readonly [chosenAt: string, id: string] | undefined;
    readonly limit: number;
  },
): Promise<readonly ColumnsRow[]> {
  const { after, limit } = page;
  const beyond =
    after === undefined ? sql`` : sql`and (chosen_at, id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`;
  return tx.run(sql<ColumnsRow>`select ${columns} from remittance_columns
    where tenant_id = ${tx.tenantId} and ended_at is null ${beyond}
    order by chosen_at desc, id desc limit ${limit}::int`);
}
