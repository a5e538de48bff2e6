// Writes down the migrated database: `schema/schema.sql` for people, `src/db/tables.ts` for the compiler. Both are
// checked in and compared by a guard, so that the types always speak of the schema that is.

import pg from 'pg';

type Column = {
  readonly table_name: string;
  readonly column_name: string;
  readonly type: string;
  readonly required: boolean;
  readonly default_text: string | null;
};

const HIDDEN = `('schema_migration')`;

async function readColumns(client: pg.Client): Promise<readonly Column[]> {
  const { rows } = await client.query<Column>(`
    select c.relname as table_name, a.attname as column_name, format_type(a.atttypid, a.atttypmod) as type,
      a.attnotnull as required, pg_get_expr(d.adbin, d.adrelid) as default_text
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
    where n.nspname = 'public' and c.relkind in ('r', 'p') and c.relname not in ${HIDDEN}
    order by c.relname, a.attnum`);
  return rows;
}

const TYPESCRIPT: Readonly<Record<string, string>> = {
  uuid: 'string',
  text: 'string',
  boolean: 'boolean',
  integer: 'number',
  smallint: 'number',
  bigint: 'bigint',
  numeric: 'string',
  character: 'string',
  date: 'PlainDate',
  'timestamp with time zone': 'Instant',
  jsonb: 'Json',
  json: 'Json',
  bytea: 'Uint8Array',
};

function typescriptOf(type: string): string {
  const array = type.endsWith('[]');
  const base = type.replace('[]', '').replace(/\(.*\)/, '');
  const known = TYPESCRIPT[base];
  if (known === undefined) throw new Error(`no TypeScript type for the column type ${type}`);
  return array ? `readonly ${known}[]` : known;
}

/** What an SQL parameter of the column is cast to. */
function castOf(type: string): string {
  return type
    .replace(/\(.*\)/, '')
    .replace('character', 'bpchar')
    .replace('timestamp with time zone', 'timestamptz');
}

/** The text of `src/db/tables.ts` for the database at `url`. */
export async function describeTables(url: string): Promise<string> {
  const columns = await connected(url, readColumns);
  const tables = [...new Set(columns.map((c) => c.table_name))];
  const lines = [
    '// Written by `npm run check -- --write` from the migrated database; a guard compares it. Do not edit.',
    '',
    "import type { ColumnType } from 'kysely';",
    '',
    'type PlainDate = Temporal.PlainDate;',
    'type Instant = Temporal.Instant;',
    'type Json = unknown;',
    '/** A column with a default: it may be left out of a new row. */',
    'type Defaulted<T> = ColumnType<T, T | undefined, T>;',
    '',
    'export type DB = {',
  ];
  for (const table of tables) {
    lines.push(`  ${table}: {`);
    for (const c of columns.filter((x) => x.table_name === table)) {
      const base = typescriptOf(c.type);
      const nullable = c.required ? base : `${base} | null`;
      lines.push(`    ${c.column_name}: ${c.default_text === null ? nullable : `Defaulted<${nullable}>`};`);
    }
    lines.push('  };');
  }
  lines.push(
    '};',
    '',
    'export const COLUMN_TYPES: { readonly [T in keyof DB]: Readonly<Record<string, string>> } = {',
  );
  for (const table of tables) {
    const types = columns
      .filter((c) => c.table_name === table)
      .map((c) => `${c.column_name}: '${castOf(c.type)}'`);
    lines.push(`  ${table}: { ${types.join(', ')} },`);
  }
  lines.push('};', '');
  return lines.join('\n');
}

/** The text of `schema/schema.sql` for the database at `url`: tables, constraints, indexes, functions, triggers, policies. */
export async function describeSchema(url: string): Promise<string> {
  return connected(url, async (client) => {
    const parts: string[] = [
      '-- The whole database, written from its catalog. Do not edit: change it by a migration.',
      '',
    ];
    parts.push(...(await functionTexts(client)));
    const columns = await readColumns(client);
    for (const table of new Set(columns.map((c) => c.table_name))) {
      parts.push(
        await tableText(
          client,
          table,
          columns.filter((c) => c.table_name === table),
        ),
      );
    }
    return `${parts.join('\n')}\n`;
  });
}

async function functionTexts(client: pg.Client): Promise<readonly string[]> {
  const { rows } = await client.query<{ text: string }>(`
    select pg_get_functiondef(p.oid) as text from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = 'public' and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e')
    order by p.proname`);
  return rows.map((r) => `${r.text.trim()};\n`);
}

async function tableText(client: pg.Client, table: string, columns: readonly Column[]): Promise<string> {
  const constraints = await texts(
    client,
    `select 'constraint ' || quote_ident(conname) || ' ' || pg_get_constraintdef(oid) as text from pg_constraint
     where conrelid = $1::regclass and contype <> 'n' and contype <> 't' order by contype, conname`,
    table,
  );
  const indexes = await texts(
    client,
    `select pg_get_indexdef(i.indexrelid) as text from pg_index i
     where i.indrelid = $1::regclass and not exists (select 1 from pg_constraint c where c.conindid = i.indexrelid and c.contype <> 'f')
     order by 1`,
    table,
  );
  const triggers = await texts(
    client,
    `select pg_get_triggerdef(oid) as text from pg_trigger where tgrelid = $1::regclass and not tgisinternal order by tgname`,
    table,
  );
  const policies = await texts(
    client,
    `select 'policy ' || polname || case polcmd when '*' then '' else ' for ' || polcmd::text end || ' using (' || coalesce(pg_get_expr(polqual, polrelid), '') || ')'
       || coalesce(' with check (' || pg_get_expr(polwithcheck, polrelid) || ')', '') as text
     from pg_policy where polrelid = $1::regclass order by polname`,
    table,
  );
  const walls = await texts(
    client,
    `select case when relrowsecurity and relforcerowsecurity then 'row level security forced' else 'NO ROW LEVEL SECURITY' end as text
     from pg_class where oid = $1::regclass`,
    table,
  );
  const columnTexts = columns.map(
    (c) =>
      `${c.column_name} ${c.type}${c.required ? ' not null' : ''}${c.default_text === null ? '' : ` default ${c.default_text}`}`,
  );
  const body = [...columnTexts, ...constraints].map((text) => `  ${text}`).join(',\n');
  const after = [
    ...indexes.map((t) => `${t};`),
    ...triggers.map((t) => `${t};`),
    ...policies.map((t) => `-- ${t}`),
    ...walls.map((t) => `-- ${t}`),
  ];
  return `create table ${table} (\n${body}\n);\n${after.join('\n')}\n`;
}

async function texts(client: pg.Client, sql: string, table: string): Promise<readonly string[]> {
  const { rows } = await client.query<{ text: string }>(sql, [table]);
  return rows.map((r) => r.text);
}

async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
