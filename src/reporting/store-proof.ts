// SQL of the proof as a whole: counts, offenders of a rule, the same figure three ways on many days, and the books as text
// in one fixed order.

import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import { HASHED_ROWS, OFFENDERS_MAX } from '#kernel/limits.ts';
import { appliedMovements, type Counted, type Rule } from './store-proof-ledger.ts';

const FRESH = { plan: 'fresh' } as const;

/**
 * Lets the proof sort and hash in memory. Its rules are about whole tables; right after an import, which the statistics do
 * not know yet, looking rows up one by one would cost the product of two tables.
 */
export function prepareProof(tx: Tx): void {
  tx.write(sql`select set_config('work_mem', '128MB', true), set_config('jit', 'off', true),
    set_config('enable_nestloop', 'off', true)`);
}

/** How many rows each table of the books has. */
export async function countBooks(tx: Tx): Promise<Readonly<Record<string, number>>> {
  const tables: readonly (Counted | 'company' | 'customer')[] = [
    'company',
    'customer',
    'invoice',
    'payment',
    'write_off',
    'tax_relief',
    'recovery',
    'company_handover',
    'charge',
    'open_item',
    'application',
    'item_discount',
    'late_discount',
    'discount_reversal',
    'refund',
    'refund_file',
    'dropped_difference',
    'journal_entry',
    'journal_line',
    'number_series',
  ];
  const counts = await Promise.all(
    tables.map((table) =>
      tx.run(
        sql<{ n: bigint }>`select count(*) as n from ${sql.table(table)} where tenant_id = ${tx.tenantId}`,
        FRESH,
      ),
    ),
  );
  return Object.fromEntries(tables.map((table, index) => [table, Number(counts[index]?.[0]?.n ?? 0n)]));
}

/** An offending row: names and values as text. */
export type Offender = Readonly<Record<string, string | null>>;

export type Findings = { readonly offenders: number; readonly examples: readonly Offender[] };

/** The rows that break a rule: how many, and the first of them. */
export async function findOffenders(tx: Tx, rule: Rule): Promise<Findings> {
  return findRows(tx, rule.offenders(tx));
}

async function findRows(tx: Tx, query: RawBuilder<unknown>): Promise<Findings> {
  const rows = await tx.run(
    sql<{ offenders: bigint; examples: readonly Offender[] }>`
      with offenders as materialized (${query})
      select (select count(*) from offenders) as offenders,
        (select coalesce(jsonb_agg((select jsonb_object_agg(key, value) from jsonb_each_text(to_jsonb(o)))), '[]')
         from (select * from offenders order by 1, 2 limit ${sql.lit(OFFENDERS_MAX)}) as o) as examples`,
    FRESH,
  );
  return { offenders: Number(rows[0]?.offenders ?? 0n), examples: rows[0]?.examples ?? [] };
}

/** Movements of the control accounts, whether or not their lines name an item. */
function controlMovements(tx: Tx): RawBuilder<unknown> {
  return sql`
    select l.company_id, l.account, l.customer_id, l.currency, l.posted_on as moved_on, l.amount_minor as minor,
      l.functional_minor as functional
    from journal_line l
    join ledger_account a on a.tenant_id = ${tx.tenantId} and a.company_id = l.company_id and a.account = l.account and a.control
    where l.tenant_id = ${tx.tenantId}`;
}

/** Movements of the open items by where they stand, from items and applications alone. */
function placedItemMovements(tx: Tx): RawBuilder<unknown> {
  return sql`
    select company_id, account, customer_id, currency, posted_on as moved_on, amount_minor as minor,
      functional_minor as functional
    from open_item where tenant_id = ${tx.tenantId}
    union all
    select i.company_id, i.account, i.customer_id, i.currency, m.moved_on, m.minor, m.functional
    from (${appliedMovements(tx)}) as m join open_item i on i.tenant_id = ${tx.tenantId} and i.id = m.item_id`;
}

/** What moved in one company and currency up to a day of the list (and after the one before it). */
export type SideMovement = {
  readonly company_id: string;
  readonly currency: string;
  readonly slot: number;
  readonly items: string;
  readonly control: string;
};

export type ControlFindings = Findings & {
  /** Sums compared. */
  readonly rows: number;
  /** Both sides by company and currency, to be added up day by day. */
  readonly movements: readonly SideMovement[];
};

/**
 * Company, account, customer and currency where open items and control account differ on one of the days, ascending. Two
 * running sums agree on all days if and only if they moved by the same between each two of them.
 */
export async function compareControls(tx: Tx, days: readonly PlainDate[]): Promise<ControlFindings> {
  const slot = sql`width_bucket(moved_on - 1, ${arrayLiteral(days)}::date[])`;
  const row = await tx.find(sql<{
    rows: bigint;
    offenders: bigint;
    examples: readonly Offender[];
    movements: readonly SideMovement[];
  }>`
    with sides as materialized (
      select company_id, account, customer_id, currency, ${slot} as slot, sum(items) as items, sum(control) as control,
        sum(items_functional) as items_functional, sum(control_functional) as control_functional
      from (
        select company_id, account, customer_id, currency, moved_on, minor as items, 0 as control,
          functional as items_functional, 0 as control_functional from (${placedItemMovements(tx)}) as i
        union all
        select company_id, account, customer_id, currency, moved_on, 0, minor, 0, functional
        from (${controlMovements(tx)}) as c) as both_sides
      group by 1, 2, 3, 4, 5),
    offenders as (
      select company_id, account, customer_id, currency, (${arrayLiteral(days)}::date[])[slot + 1] as first_day_apart,
        items as items_moved, control as control_moved, items_functional as items_functional_moved,
        control_functional as control_functional_moved
      from sides where items <> control or items_functional <> control_functional)
    select (select count(*) from sides) as rows, (select count(*) from offenders) as offenders,
      (select coalesce(jsonb_agg((select jsonb_object_agg(key, value) from jsonb_each_text(to_jsonb(o)))), '[]')
       from (select * from offenders order by first_day_apart, company_id, customer_id limit ${sql.lit(OFFENDERS_MAX)}) as o)
        as examples,
      (select coalesce(jsonb_agg(to_jsonb(s)), '[]') from (select company_id, currency, slot, sum(items)::text as items,
        sum(control)::text as control from sides group by 1, 2, 3) as s) as movements`);
  return {
    rows: Number(row?.rows ?? 0n),
    offenders: Number(row?.offenders ?? 0n),
    examples: row?.examples ?? [],
    movements: row?.movements ?? [],
  };
}

/** The first day anything was posted; null in empty books. */
export async function findFirstDay(tx: Tx): Promise<PlainDate | null> {
  const row = await tx.find(
    sql<{
      first_on: PlainDate | null;
    }>`select min(posted_on) as first_on from journal_entry where tenant_id = ${tx.tenantId}`,
  );
  return row?.first_on ?? null;
}

/** A table of the canonical books: what is written of each row, and what orders the rows. */
type CanonicalTable = { readonly table: string; readonly key: string; readonly columns: readonly string[] };

/**
 * The books as they are hashed. Only recorded facts: no cache, no search text, nothing that a later version may add. The
 * same rows give the same text on any server and in any physical order.
 */
const CANONICAL: readonly CanonicalTable[] = [
  { table: 'company', key: 'id', columns: ['id', 'code', 'functional_currency'] },
  {
    table: 'invoice',
    key: 'id',
    columns: [
      'id',
      'kind',
      'company_id',
      'customer_id',
      'number',
      'issued_on',
      'due_on',
      'currency',
      'net_minor',
      'tax_minor',
      'total_minor',
      'functional_minor',
      'corrects_id',
      'recorded_at',
      'voided_on',
    ],
  },
  {
    table: 'discount_reversal',
    key: 'credit_note_id',
    columns: ['credit_note_id', 'currency', 'discount_minor', 'tax_minor', 'functional_minor', 'recorded_at'],
  },
  {
    table: 'payment',
    key: 'id',
    columns: [
      'id',
      'company_id',
      'customer_id',
      'direction',
      'number',
      'received_on',
      'currency',
      'amount_minor',
      'functional_minor',
      'recorded_at',
      'returned_on',
    ],
  },
  {
    table: 'write_off',
    key: 'id',
    columns: [
      'id',
      'company_id',
      'customer_id',
      'kind',
      'currency',
      'amount_minor',
      'functional_minor',
      'written_off_on',
      'recorded_at',
    ],
  },
  {
    table: 'charge',
    key: 'id',
    columns: [
      'id',
      'company_id',
      'customer_id',
      'kind',
      'number',
      'charged_on',
      'through_on',
      'due_on',
      'currency',
      'interest_minor',
      'fee_minor',
      'functional_minor',
      'because',
      'corrects_id',
      'recorded_at',
    ],
  },
  {
    table: 'open_item',
    key: 'id',
    columns: [
      'id',
      'company_id',
      'customer_id',
      'kind',
      'document_id',
      'instalment',
      'reference',
      'account',
      'currency',
      'amount_minor',
      'open_minor',
      'functional_minor',
      'open_functional_minor',
      'posted_on',
      'due_on',
      'recorded_at',
    ],
  },
  {
    table: 'application',
    key: 'id',
    columns: [
      'id',
      'company_id',
      'debit_item_id',
      'credit_item_id',
      'currency',
      'amount_minor',
      'discount_minor',
      'discount_tax_minor',
      'difference_minor',
      'difference_tax_minor',
      'debit_functional_minor',
      'credit_functional_minor',
      'applied_on',
      'recorded_at',
      'entry_id',
      'reverses_id',
    ],
  },
  {
    table: 'journal_entry',
    key: 'id',
    columns: ['id', 'company_id', 'posted_on', 'recorded_at', 'kind', 'document_id', 'reverses_id'],
  },
  {
    table: 'journal_line',
    key: 'entry_id',
    columns: [
      'entry_id',
      'line_no',
      'company_id',
      'account',
      'customer_id',
      'item_id',
      'due_on',
      'currency',
      'amount_minor',
      'functional_minor',
      'posted_on',
      'recorded_at',
    ],
  },
];

const LEAST_ID = '00000000-0000-0000-0000-000000000000';

/**
 * The canonical books as pieces of text, table by table in order of keys; a row is written as PostgreSQL writes a row value,
 * which tells every text from every other.
 */
export async function* canonicalBooks(tx: Tx): AsyncGenerator<string> {
  for (const { table, key, columns } of CANONICAL) {
    yield `# ${table}: ${columns.join(' ')}\n`;
    const id = sql.ref(key);
    const order = table === 'journal_line' ? sql`${id}, line_no` : id;
    const line = sql`row(${sql.join(columns.map((column) => sql.ref(column)))})::text`;
    let after: string | null = LEAST_ID;
    while (after !== null) {
      const part: CanonicalPart | undefined = await tx.find(sql<CanonicalPart>`
        with next as (select ${id} as id from ${sql.table(table)} where tenant_id = ${tx.tenantId} and ${id} > ${after}::uuid
            order by ${id} limit ${sql.lit(HASHED_ROWS)}),
          last as materialized (select id from next order by id desc limit 1)
        select string_agg(${line}, E'\n' order by ${order}) as body, (select id from last) as last
        from ${sql.table(table)} where tenant_id = ${tx.tenantId} and ${id} > ${after}::uuid and ${id} <= (select id from last)`);
      // Parts end with a whole key, so that the lines of one entry stay together.
      if (part?.body) yield `${part.body}\n`;
      after = part?.last ?? null;
    }
  }
}

type CanonicalPart = { readonly body: string | null; readonly last: string | null };
