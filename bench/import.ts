// Taking over 100,000 invoices from a CSV file, compared with COPY of the very rows that it left behind into the same
// tables, with all their constraints, indexes and triggers. COPY goes in as superuser, because row-level security lets no
// COPY through; the foreign keys and triggers do their work all the same.

import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout } from 'node:timers/promises';
import type pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { carryOut } from '#command/command.ts';
import { importTable, sourceOfPath } from '#integrations/run-import.ts';
import { assert } from '#kernel/assert.ts';
import { addDays, parseDate } from '#kernel/calendar.ts';
import { recordRates } from '#ledger/record-rates.ts';
import { type Business, foundBusiness } from './business.ts';
import { contextIn, type Ground } from './ground.ts';
import { race, timed } from './measure.ts';
import { comparison, type ResultRow } from './results.ts';

const RATIO_MAX = 2.5;
const INVOICES_PER_CUSTOMER = 10;

/** What an import writes, parents before children. */
const TABLES = [
  'customer',
  'contact',
  'invoice',
  'open_item',
  'journal_entry',
  'journal_line',
  'import_batch',
  'event',
  'command_log',
] as const;

export type ImportOptions = {
  readonly invoices: number;
  readonly rounds: number;
  readonly secondsMax: number;
};

/** The import and the COPY in turns, each into a business of its own in which nothing was before. */
export async function measureImport(ground: Ground, options: ImportOptions): Promise<readonly ResultRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'quittance-bench-import-'));
  const superuser = await ground.connectSuperuser();
  try {
    const path = join(folder, 'invoices.csv');
    const file = invoiceFile(options.invoices);
    await writeFile(path, file);
    const sha256 = createHash('sha256').update(file).digest();
    let imported: Imported | undefined;
    const times = await race(
      [
        {
          name: 'import from CSV',
          async run() {
            const business = await emptyBusiness(ground);
            const ms = await timed(() => importFile(ground, business, { path, sha256 }));
            await idle(ground);
            imported ??= await copyOut(superuser, business);
            return ms;
          },
        },
        {
          name: 'COPY of the same rows',
          async run() {
            assert(imported !== undefined, 'the first import comes before the first COPY');
            const tables = readdressed(imported, await emptyBusiness(ground));
            return timed(() => copyIn(superuser, tables));
          },
        },
      ],
      options,
    );
    const [ours, straight] = [...times.values()];
    assert(ours !== undefined && straight !== undefined, 'both were measured');
    return [comparison(`${options.invoices} invoices`, ours, straight, { ratioMax: RATIO_MAX })];
  } finally {
    await superuser.end();
    await rm(folder, { recursive: true });
  }
}

/** Waits for what the program does after its answer (PostgreSQL looks at the tables again), so that it burdens nobody else. */
async function idle({ door: { pool } }: Ground): Promise<void> {
  while (pool.idleCount < pool.totalCount) await setTimeout(20);
}

const FIRST_DAY = '2026-01-01';

async function emptyBusiness(ground: Ground): Promise<Business> {
  const business = await foundBusiness(ground, 0);
  const rate = { base: 'USD', quote: 'EUR', validOn: parseDate(FIRST_DAY), rate: '0.9', source: 'bench' };
  await carryOut(ground.door, contextIn(business.tenantId), recordRates, { rates: [rate] });
  return business;
}

/** An invoice file as another system writes it: two currencies, tax, ten invoices to a customer on average. */
function invoiceFile(invoices: number): string {
  const customers = Math.max(1, Math.floor(invoices / INVOICES_PER_CUSTOMER));
  const first = parseDate(FIRST_DAY);
  const lines = [
    'number,customer number,customer name,customer e-mail,invoice date,due date,currency,total,tax',
  ];
  for (let n = 1; n <= invoices; n += 1) {
    const customer = (n * 7919) % customers;
    const issuedOn = addDays(first, n % 300);
    const net = 10_000 + ((n * 104_729) % 900_000);
    const tax = Math.round(net * 0.19);
    const cells = [
      `A-${String(n).padStart(7, '0')}`,
      `D${String(customer).padStart(6, '0')}`,
      `Customer ${customer} Trading`,
      `accounts@customer-${customer}.example`,
      issuedOn,
      addDays(issuedOn, 30),
      n % 11 === 0 ? 'USD' : 'EUR',
      decimal(net + tax),
      decimal(tax),
    ];
    lines.push(cells.join(','));
  }
  return `${lines.join('\n')}\n`;
}

function decimal(minor: number): string {
  return (minor / 100).toFixed(2);
}

async function importFile(
  ground: Ground,
  business: Business,
  file: { readonly path: string; readonly sha256: Uint8Array },
): Promise<void> {
  const { tenantId, companyId } = business;
  const result = await importTable(ground.door, contextIn(tenantId), {
    kind: 'invoices',
    source: sourceOfPath(file.path),
    file: {
      companyId,
      fileName: 'invoices.csv',
      sha256: Buffer.from(file.sha256).toString('hex'),
      commit: true,
    },
  });
  assert(result.problemCount === 0 && result.created === result.rows, 'every row was imported', result);
}

/** What one table got, in the text format of COPY, and in which columns. */
type CopiedTable = { readonly table: string; readonly columns: string; readonly text: string };

/** The rows of an import, and the business they are of. */
type Imported = { readonly business: Business; readonly tables: readonly CopiedTable[] };

async function copyOut(superuser: pg.Client, business: Business): Promise<Imported> {
  const tables: CopiedTable[] = [];
  for (const table of TABLES) {
    const columns = await columnsOf(superuser, table);
    const chunks: Buffer[] = [];
    const stream = superuser.query(
      copyTo(`copy (select ${columns} from ${table} where tenant_id = '${business.tenantId}') to stdout`),
    );
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    tables.push({ table, columns, text: Buffer.concat(chunks).toString('utf8') });
  }
  return { business, tables };
}

/** The columns that are written; generated ones are PostgreSQL's own work. */
async function columnsOf(superuser: pg.Client, table: string): Promise<string> {
  const { rows } = await superuser.query<{ columns: string }>(
    `select string_agg(quote_ident(attname), ', ' order by attnum) as columns from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
    [table],
  );
  return rows[0]?.columns ?? '';
}

/** The same rows for another business. */
function readdressed({ business, tables }: Imported, other: Business): readonly CopiedTable[] {
  return tables.map((copied) => ({
    ...copied,
    text: copied.text
      .replaceAll(business.tenantId, other.tenantId)
      .replaceAll(business.companyId, other.companyId),
  }));
}

const CHUNK_CHARACTERS = 256 * 1024;

async function copyIn(superuser: pg.Client, tables: readonly CopiedTable[]): Promise<void> {
  await superuser.query('begin');
  for (const { table, columns, text } of tables)
    await pipeline(
      Readable.from(chunksOf(text)),
      superuser.query(copyFrom(`copy ${table} (${columns}) from stdin`)),
    );
  await superuser.query('commit');
}

function* chunksOf(text: string): Generator<string> {
  for (let at = 0; at < text.length; at += CHUNK_CHARACTERS) yield text.slice(at, at + CHUNK_CHARACTERS);
}
