// New rows, whatever their number, by one statement text per table and set of columns: arrays go in, `unnest` makes rows.

import type { Insertable } from 'kysely';
import { assert, present } from '#kernel/assert.ts';
import type { TenantId } from '#kernel/id.ts';
import { BULK_ROWS } from '#kernel/limits.ts';
import { COLUMN_TYPES, type DB } from './tables.ts';
import { arrayLiteral } from './values.ts';

/** A new row of a table, without its tenant, which the transaction adds. */
export type NewRow<T extends keyof DB> = Omit<Insertable<DB[T]>, 'tenant_id'>;

type Statement = { readonly text: string; readonly parameters: readonly unknown[] };

/** The statements that insert the rows. All rows give the same columns; a missing value is null or the column's default for all. */
export function insertQuery<T extends keyof DB & string>(
  tenantId: TenantId,
  table: T,
  rows: readonly NewRow<T>[],
): readonly Statement[] {
  const first = rows[0] as Record<string, unknown> | undefined;
  if (first === undefined) return [];
  const columns = Object.keys(first);
  const types: Record<string, string> = COLUMN_TYPES[table];
  if (rows.length === 1) {
    const marks = columns.map((c, i) => `$${i + 2}::${present(types[c], `${table}.${c} exists`)}`);
    const text = `insert into ${table} (tenant_id,${columns.join(',')}) values ($1::uuid,${marks.join(',')})`;
    return [{ text, parameters: [tenantId, ...columns.map((c) => first[c])] }];
  }
  const arrays = columns.map((c, i) => {
    const type = present(types[c], `${table}.${c} exists`);
    assert(!type.endsWith('[]'), 'rows with array columns are inserted one by one', `${table}.${c}`);
    return `$${i + 2}::${type}[]`;
  });
  const text = `insert into ${table} (tenant_id,${columns.join(',')}) select $1::uuid,* from unnest(${arrays.join(',')})`;
  const statements: Statement[] = [];
  for (let start = 0; start < rows.length; start += BULK_ROWS) {
    const part = rows.slice(start, start + BULK_ROWS) as readonly Record<string, unknown>[];
    statements.push({
      text,
      parameters: [tenantId, ...columns.map((c) => arrayLiteral(part.map((row) => row[c])))],
    });
  }
  return statements;
}
