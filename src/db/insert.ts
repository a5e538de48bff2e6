// New rows, whatever their number, by one statement text per table and set of columns: arrays go in, `unnest` makes rows.

import type { Insertable } from 'kysely';
import { present } from '#kernel/assert.ts';
import type { TenantId } from '#kernel/id.ts';
import { BULK_ROWS } from '#kernel/limits.ts';
import { COLUMN_TYPES, type DB } from './tables.ts';
import { arrayLiteral } from './values.ts';

/** A new row of a table, without its tenant, which the transaction adds. */
export type NewRow<T extends keyof DB> = Omit<Insertable<DB[T]>, 'tenant_id'>;

/** Rows with bytes that go one beside the other, a text for each number of them: in an array their bytes would be twice as many. */
const ROWS_OF_BYTES_MAX = 20;

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
  const columnTypes = columns.map((c) => present(types[c], `${table}.${c} exists`));
  const bytesMax = columnTypes.includes('bytea') ? ROWS_OF_BYTES_MAX : 1;
  if (rows.length <= bytesMax) {
    const lists = rows.map((_, row) => {
      const marks = columnTypes.map((type, i) => `$${row * columns.length + i + 2}::${type}`);
      return `($1::uuid,${marks.join(',')})`;
    });
    const text = `insert into ${table} (tenant_id,${columns.join(',')}) values ${lists.join(',')}`;
    const given = rows.flatMap((row) => columns.map((c) => (row as Record<string, unknown>)[c]));
    return [{ text, parameters: [tenantId, ...given] }];
  }
  // `unnest` would take an array of arrays apart to its last element: a value that is itself an array travels as its text.
  const isArray = columnTypes.map((type) => type.endsWith('[]'));
  const given = columnTypes.map((type, i) => `$${i + 2}::${isArray[i] ? 'text' : type}[]`).join(',');
  const values = columnTypes.map((type, i) => (isArray[i] ? `v${i}::${type}` : `v${i}`)).join(',');
  const names = columns.map((_, i) => `v${i}`).join(',');
  const text = `insert into ${table} (tenant_id,${columns.join(',')}) select $1::uuid,${values} from unnest(${given}) as given (${names})`;
  const statements: Statement[] = [];
  for (let start = 0; start < rows.length; start += BULK_ROWS) {
    const part = rows.slice(start, start + BULK_ROWS) as readonly Record<string, unknown>[];
    statements.push({
      text,
      parameters: [
        tenantId,
        ...columns.map((c, i) => {
          const cells = part.map((row) => row[c]);
          return arrayLiteral(isArray[i] ? cells.map(asText) : cells);
        }),
      ],
    });
  }
  return statements;
}

/** An array as the text of its literal. */
function asText(value: unknown): string | null {
  return value === null || value === undefined ? null : arrayLiteral(value as readonly unknown[]);
}
