// Reports over the big ledger, read as the program reads them, against the plainest SQL over what is open now: the same sums,
// without any past, on the same PostgreSQL.

import type pg from 'pg';
import type { Tx } from '#db/transaction.ts';
import { inTenant } from '#db/transaction.ts';
import { present } from '#kernel/assert.ts';
import { addDays } from '#kernel/calendar.ts';
import { readAging } from '#reporting/read-aging.ts';
import { readDso, readDsoTrend } from '#reporting/read-dso.ts';
import { type BigLedger, bigLedger } from './big-ledger.ts';
import { contextIn, type Ground } from './ground.ts';
import { type Contender, race, type Times, timed } from './measure.ts';
import { type Aim, comparison, type ResultRow, remark } from './results.ts';

const AGING_AIM: Aim = { ratioMax: 1.3, msMax: 1_000 };
const PAGE = 50;
/** How far back the past days lie that reports are asked for. */
const MONTH_DAYS = 30;
const QUARTER_DAYS = 90;

export type ReportOptions = { readonly items: number; readonly rounds: number; readonly secondsMax: number };

/** What is open now in buckets, by company, currency and control account: all that aging shows in total. */
const PLAIN_AGING = `select company_id, currency, account,
    sum(open_minor) filter (where open_minor < 0) as credits, sum(open_minor) as net, sum(open_functional_minor) as functional,
    sum(open_minor) filter (where open_minor > 0 and due_on >= $2::date) as not_due,
    sum(open_minor) filter (where open_minor > 0 and due_on between $2::date - 30 and $2::date - 1) as late_30,
    sum(open_minor) filter (where open_minor > 0 and due_on between $2::date - 60 and $2::date - 31) as late_60,
    sum(open_minor) filter (where open_minor > 0 and due_on between $2::date - 90 and $2::date - 61) as late_90,
    sum(open_minor) filter (where open_minor > 0 and due_on < $2::date - 90) as later
  from open_item where tenant_id = $1 and open_minor <> 0 group by 1, 2, 3`;

/** The customers who owe most, with their number and name. */
const PLAIN_CUSTOMERS = `select o.*, c.number, c.name from (
    select customer_id, sum(open_functional_minor) as net,
      sum(open_functional_minor) filter (where due_on >= $2::date) as not_due,
      sum(open_functional_minor) filter (where due_on < $2::date) as overdue
    from open_item where tenant_id = $1 and open_minor <> 0
    group by customer_id order by net desc limit ${PAGE}) as o
  left join customer c on c.tenant_id = $1 and c.id = o.customer_id order by net desc`;

/** Balance and ninety days of sales: one figure of DSO over one window. */
const PLAIN_DSO = `select
    (select sum(open_functional_minor) from open_item
      where tenant_id = $1 and open_minor <> 0 and account = 'receivables') as balance,
    (select sum(case kind when 'invoice' then functional_minor else -functional_minor end) from invoice
      where tenant_id = $1 and issued_on between $2::date - 89 and $2::date and voided_on is null) as sales`;

/** Aging, in total and with customers, now and as of past days. */
export async function measureAging(ground: Ground, options: ReportOptions): Promise<readonly ResultRow[]> {
  const ledger = await bigLedger(ground, options.items);
  const { today, now } = contextIn(ledger.tenantId);
  const month = addDays(today, -MONTH_DAYS);
  const quarter = addDays(today, -QUARTER_DAYS);
  const aging = (request: Parameters<typeof readAging>[1]) => (tx: Tx) => readAging(tx, request);
  const ways: readonly { readonly name: string; readonly limit: number; read(tx: Tx): Promise<unknown> }[] = [
    { name: 'totals now', limit: 0, read: aging({ asOf: today, limit: 0 }) },
    { name: `totals ${MONTH_DAYS} days ago`, limit: 0, read: aging({ asOf: month, limit: 0 }) },
    { name: `totals ${QUARTER_DAYS} days ago`, limit: 0, read: aging({ asOf: quarter, limit: 0 }) },
    {
      name: `totals ${MONTH_DAYS} days ago as known yesterday`,
      limit: 0,
      read: aging({ asOf: month, knownAt: now.subtract({ hours: 24 }), limit: 0 }),
    },
    { name: `with ${PAGE} customers, now`, limit: PAGE, read: aging({ asOf: today, limit: PAGE }) },
    {
      name: `with ${PAGE} customers, ${MONTH_DAYS} days ago`,
      limit: PAGE,
      read: aging({ asOf: month, limit: PAGE }),
    },
  ];
  const plain = { name: 'plain totals now', sql: [PLAIN_AGING] };
  const plainPage = { name: 'plain totals and customers now', sql: [PLAIN_AGING, PLAIN_CUSTOMERS] };
  const times = await raceReports(ground, ledger, { ways, plain: [plain, plainPage] }, options);
  return ways.map((way) =>
    comparison(
      `aging of ${ledger.openItems} open items`,
      timesOf(times, way.name),
      timesOf(times, (way.limit === 0 ? plain : plainPage).name),
      AGING_AIM,
    ),
  );
}

/** DSO: all variants of a day, and the trend of a year, against one figure of one variant. */
export async function measureDso(ground: Ground, options: ReportOptions): Promise<readonly ResultRow[]> {
  const ledger = await bigLedger(ground, options.items);
  const { today } = contextIn(ledger.tenantId);
  const month = addDays(today, -MONTH_DAYS);
  const ways = [
    { name: 'all variants, now', read: (tx: Tx) => readDso(tx, { asOf: today }) },
    { name: `all variants, ${MONTH_DAYS} days ago`, read: (tx: Tx) => readDso(tx, { asOf: month }) },
    { name: 'trend of 12 months', read: (tx: Tx) => readDsoTrend(tx, { asOf: today, months: 12 }) },
  ];
  const plain = { name: 'balance and 90 days of sales', sql: [PLAIN_DSO] };
  const times = await raceReports(ground, ledger, { ways, plain: [plain] }, options);
  return [
    ...ways.map((way) =>
      comparison('DSO', timesOf(times, way.name), timesOf(times, plain.name), { msMax: 1_000 }),
    ),
    remark('the order of customers by what they owe, made from nothing', `${ledger.figuresMs.toFixed(0)} ms`),
  ];
}

function timesOf(times: ReadonlyMap<string, Times>, name: string): Times {
  return present(times.get(name), 'every way was measured');
}

type Reports = {
  readonly ways: readonly { readonly name: string; read(tx: Tx): Promise<unknown> }[];
  readonly plain: readonly { readonly name: string; readonly sql: readonly string[] }[];
};

async function raceReports(
  ground: Ground,
  { tenantId }: BigLedger,
  { ways, plain }: Reports,
  options: ReportOptions,
): Promise<ReadonlyMap<string, Times>> {
  const client = await ground.connect();
  try {
    const ours = ways.map(
      (way): Contender => ({
        name: way.name,
        run: () => timed(() => inTenant(ground.door.pool, tenantId, way.read, { snapshot: true })),
      }),
    );
    const today = contextIn(tenantId).today.toString();
    const straight = plain.map(
      ({ name, sql }): Contender => ({
        name,
        run: () => timed(() => runPlain(client, sql, [tenantId, today])),
      }),
    );
    return await race([...ours, ...straight], options);
  } finally {
    await client.end();
  }
}

async function runPlain(
  client: pg.Client,
  sql: readonly string[],
  [tenant, day]: readonly string[],
): Promise<void> {
  await client.query('begin isolation level repeatable read read only');
  await client.query(`select set_config('app.tenant_id', $1, true)`, [tenant]);
  for (const text of sql) await client.query(text, text.includes('$2') ? [tenant, day] : [tenant]);
  await client.query('commit');
}
