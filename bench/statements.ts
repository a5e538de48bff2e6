// Statements of account: one of a customer with thousands of items, and a run over ten thousand customers, from looking at
// everybody to the last message queued.

import { carryOut } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import { assert } from '#kernel/assert.ts';
import { addDays } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId, TenantId } from '#kernel/id.ts';
import { keepSchedule } from '#statements/keep-schedule.ts';
import { readStatement } from '#statements/read-statement.ts';
import { performRun, startRun } from '#statements/run-statements.ts';
import type { StatementKind } from '#statements/statement.ts';
import { generateLedger, type LedgerSize } from './generate-ledger.ts';
import { contextIn, type Ground } from './ground.ts';
import { quantile, timed } from './measure.ts';
import { type ResultRow, remark, shownMs } from './results.ts';

const MS_MAX = 1_000;
/** Of a hundred customers one gets a fifth of the invoices, and its share of the others: 5,000 and more. */
const ONE_LARGE = { customers: 100, invoices: 25_000, issuedDays: 150 };
const MANY = { customers: 10_000, invoices: 136_000, issuedDays: 150 };

/** Measures reading one long statement of each kind, and a run over many customers. */
export async function measureStatements(
  ground: Ground,
  options: { readonly rounds: number },
): Promise<readonly ResultRow[]> {
  return [...(await measureLong(ground, options.rounds)), await measureRun(ground)];
}

type Made = { readonly tenantId: TenantId; readonly companyId: CompanyId };

async function makeBooks(
  ground: Ground,
  digit: number,
  size: Omit<LedgerSize, 'tenantId' | 'today'>,
): Promise<Made> {
  const tenantId = `b500000${digit}-0000-7000-8000-000000000000` as TenantId;
  const { today } = contextIn(tenantId);
  const superuser = await ground.connectSuperuser();
  try {
    const companyId = await generateLedger(superuser, { ...size, tenantId, today });
    await superuser.query(
      `insert into contact (tenant_id, id, customer_id, name, email, role)
       select tenant_id, id, id, 'Accounts', lower(number) || '@customer.example', 'billing' from customer where tenant_id = $1`,
      [tenantId],
    );
    await superuser.query('vacuum (analyze) contact');
    return { tenantId, companyId: companyId as CompanyId };
  } finally {
    await superuser.end();
  }
}

async function measureLong(ground: Ground, rounds: number): Promise<readonly ResultRow[]> {
  const { tenantId } = await makeBooks(ground, 1, ONE_LARGE);
  const { today } = contextIn(tenantId);
  // The large customer is the first one made.
  const customerId = 'cc000000-0000-7000-8000-000000000001' as CustomerId;
  const rows: ResultRow[] = [];
  for (const kind of ['open_item', 'balance_forward'] as const satisfies readonly StatementKind[]) {
    const times: number[] = [];
    let lines = 0;
    for (let round = 0; round <= rounds; round += 1) {
      const ms = await timed(async () => {
        const wish = { customerId, kind, from: addDays(today, -150), asOf: today };
        const statement = await inTenant(ground.door.pool, tenantId, (tx) => readStatement(tx, wish));
        lines = statement.sections.flatMap((section) => section.accounts).flatMap((one) => one.lines).length;
      });
      if (round > 0) times.push(ms);
    }
    const median = quantile(times, 0.5);
    const subject = `a statement of ${lines.toLocaleString('en')} lines, ${kind.replace('_', ' ')}`;
    rows.push(remark(subject, `p50 ${shownMs(median)} of ${times.length}`, { msMax: MS_MAX }, median));
  }
  return rows;
}

async function measureRun(ground: Ground): Promise<ResultRow> {
  const { tenantId, companyId } = await makeBooks(ground, 2, MANY);
  const context = () => contextIn(tenantId);
  const { today, now } = context();
  const { scheduleId } = await carryOut(ground.door, context(), keepSchedule, {
    companyId,
    name: 'Benchmark',
    kind: 'balance_forward',
    rhythm: 'month_end',
    day: null,
    audience: 'all',
    customerIds: [],
    groups: false,
    allCompanies: false,
    minimumMinor: 0n,
    skipsUnchanged: true,
    needsApproval: false,
    startsOn: today,
  });
  const { runId } = await carryOut(ground.door, context(), startRun, { scheduleId, asOf: today });
  assert(runId !== null, 'the day has no run yet');
  const tools = { door: ground.door, clock: () => now, contextOf: async () => context() };
  const ms = await timed(() => performRun(tools, tenantId, runId));
  const each = ms / MANY.customers;
  const said = `${(ms / 1_000).toFixed(1)} s, ${Math.round(1_000 / each)} customers a second`;
  return remark(`a run of statements over ${MANY.customers.toLocaleString('en')} customers`, said);
}
