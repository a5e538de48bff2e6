// New rows, whatever their number, by one statement text per table and set of columns: arrays go in, `unnest` makes rows.

import type { Insertable } from 'kysely';
import { present } from '#kernel/assert.ts';
import type { TenantId } from '#kernel/id.ts';
import { BULK_ROWS } from '#kernel/limits.ts';
import { COLUMN_TYPES, type DB } from './tables.ts';
import { arrayLiteral } from './values.ts';

/** A new row of a table, without its tenant, which the transaction adds. */
export type NewRow<T extends keyof DB> = Omit<Insertable<DB[T]>, 'tenant_id'>;

/** Bytes that go in one statement, unless one row has more. */
const STATEMENT_BYTES_MAX = 32_000_000;

type Statement = { readonly text: string; readonly parameters: readonly unknown[] };

type Cells = Readonly<Record<string, unknown>>;

/** The statements that insert the rows. All rows give the same columns; a missing value is null or the column's default for all. */
export function insertQuery<T extends keyof DB & string>(
  tenantId: TenantId,
  table: T,
  rows: readonly NewRow<T>[],
): readonly Statement[] {
  const first = rows[0] as Cells | undefined;
  if (first === undefined) return [];
  const names = Object.keys(first);
  const types: Record<string, string> = COLUMN_TYPES[table];
  // The tenant is the first parameter.
  let place = 2;
  const columns = names.map((name) => {
    const column = columnAt(place, name, present(types[name], `${table}.${name} exists`));
    place += column.parameters;
    return column;
  });
  const all = (of: (column: Column) => string) => columns.map(of).join(',');
  const text = `insert into ${table} (tenant_id,${names.join(',')}) select $1::uuid,${all((c) => c.value)} from unnest(${all((c) => c.given)}) as given (${all((c) => c.called)})`;
  const ofBytes = names.filter((name) => types[name] === 'bytea');
  return partsOf(rows as readonly Cells[], ofBytes).map((part) => ({
    text,
    parameters: [tenantId, ...columns.flatMap(({ name, write }) => write(part.map((row) => row[name])))],
  }));
}

/** How the cells of a column travel: what is given to `unnest`, what that is called, and what is made of it. */
type Column = {
  readonly name: string;
  readonly given: string;
  readonly called: string;
  readonly value: string;
  readonly parameters: number;
  write(cells: readonly unknown[]): readonly unknown[];
};

function columnAt(place: number, name: string, type: string): Column {
  if (type === 'bytea') return columnOfBytes(place, name);
  const called = `v${place}`;
  // `unnest` would take an array of arrays apart to its last element: a value that is itself an array travels as its text.
  const isArray = type.endsWith('[]');
  return {
    name,
    given: `$${place}::${isArray ? 'text' : type}[]`,
    called,
    value: isArray ? `${called}::${type}` : called,
    parameters: 1,
    write: (cells) => [arrayLiteral(isArray ? cells.map(asText) : cells)],
  };
}

/** Bytes travel as they are, those of all rows as one value and where each begins and ends: in an array they would be text. */
function columnOfBytes(place: number, name: string): Column {
  const [from, length] = [`f${place}`, `l${place}`];
  return {
    name,
    given: `$${place + 1}::integer[],$${place + 2}::integer[]`,
    called: `${from},${length}`,
    value: `substring($${place}::bytea from ${from} for ${length})`,
    parameters: 3,
    write: (cells) => {
      const bytes = cells.map((cell) => (cell === null || cell === undefined ? null : (cell as Uint8Array)));
      let end = 1;
      const begins = bytes.map((one) => {
        const begin = end;
        end += one?.length ?? 0;
        return begin;
      });
      return [
        Buffer.concat(bytes.filter((one) => one !== null)),
        arrayLiteral(begins),
        arrayLiteral(bytes.map((one) => one?.length ?? null)),
      ];
    },
  };
}

/** Rows in so many parts as statements carry. */
function partsOf(rows: readonly Cells[], ofBytes: readonly string[]): readonly (readonly Cells[])[] {
  const parts: Cells[][] = [];
  let bytes = 0;
  for (const row of rows) {
    const more = ofBytes.reduce((sum, name) => sum + ((row[name] as Uint8Array | null)?.length ?? 0), 0);
    const last = parts.at(-1);
    bytes += more;
    if (last && last.length < BULK_ROWS && bytes <= STATEMENT_BYTES_MAX) last.push(row);
    else {
      parts.push([row]);
      bytes = more;
    }
  }
  return parts;
}

/** An array as the text of its literal. */
function asText(value: unknown): string | null {
  return value === null || value === undefined ? null : arrayLiteral(value as readonly unknown[]);
}
