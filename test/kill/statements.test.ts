// A run of statements whose worker is killed in its middle, twice: while it looks at customers, and while mails leave. In the end
// everybody was written to, and nobody twice.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { type Command, carryOut, type Door } from '#command/command.ts';
import { startEmbedded } from '#db/embedded.ts';
import { migrate } from '#db/migrate.ts';
import { openPool, type Pool } from '#db/pool.ts';
import { inTenant } from '#db/transaction.ts';
import { openLog } from '#http/log.ts';
import { createTenant } from '#identity/create-tenant.ts';
import { makeSystemContext } from '#identity/make-system-context.ts';
import { pricedByTotal } from '#invoicing/document.ts';
import { issueDocuments } from '#invoicing/issue-documents.ts';
import { openJobs } from '#jobs/queue.ts';
import { present } from '#kernel/assert.ts';
import { addDays } from '#kernel/calendar.ts';
import { type CompanyId, newId, type TenantId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { openCompany } from '#ledger/open-company.ts';
import { addCustomers } from '#parties/add-customers.ts';
import { takeCompany } from '#parties/take-party.ts';
import { keepSchedule } from '#statements/keep-schedule.ts';
import { startRun } from '#statements/run-statements.ts';
import { Chance } from '../../seed/chance.ts';
import { react } from '../../src/reactions.ts';
import { startMailServer } from '../support/mail-server.ts';
import { killAll, Programs } from './programs.ts';

/** More than are looked at together, so that a run has several steps to be killed between. */
const CUSTOMERS = 230;
/** A failure names its seed; KILLS_SEED kills at the same moments again. */
const SEED = Number(process.env.KILLS_SEED ?? Date.now() % 1_000_000);
const DONE_MS_MAX = 6 * 60_000;
const LOOK_MS = 100;

test('a run of statements whose worker is killed in its middle ends with each statement sent once', {
  skip: process.platform === 'win32' && 'there is no SIGKILL on Windows',
  timeout: DONE_MS_MAX + 60_000,
}, async (t) => {
  t.diagnostic(`seed ${SEED} (KILLS_SEED)`);
  const chance = new Chance(SEED);
  const mail = await startMailServer();
  t.after(() => mail.close());
  const programs = new Programs({ SMTP_URL: mail.url });
  const starting = startEmbedded({ dataDir: programs.dataDir });
  t.after(() => programs.close(async () => (await starting).stop()));
  const { url } = await starting;
  await migrate(url);
  const books = await openBooks(url);
  t.after(() => books.close());

  const worker = () => programs.start({ DATABASE_URL: url, QUITTANCE_ROLE: 'worker' });
  const first = await worker();
  const runId = await books.startRun();
  await sleep(chance.whole(0, 400));
  killAll([first.pid]);
  const second = await worker();
  const enough = chance.whole(5, 80);
  await until('mails leave', async () => mail.received.length >= enough);
  killAll([second.pid]);
  await worker();
  await until('the run is over and nothing waits', () => books.isOver(runId));

  const { statements, states } = await books.result(runId);
  assert.deepEqual(statements, { queued: CUSTOMERS, customers: CUSTOMERS });
  const readers = mail.received.flatMap(({ envelope }) => envelope.to);
  assert.equal(new Set(readers).size, readers.length, `nobody is written to twice (seed ${SEED})`);
  // What was handed over in the moment of the kill is said to be unknown, and never sent again unasked.
  const [sent, unknown] = [states.get('sent') ?? 0, states.get('unknown') ?? 0];
  assert.equal(
    sent + unknown,
    CUSTOMERS,
    `every statement left or is in doubt (seed ${SEED}): ${[...states]}`,
  );
  assert.ok(readers.length >= sent && readers.length <= sent + unknown);
  t.diagnostic(`${sent} sent, ${unknown} in doubt`);
});

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (const end = performance.now() + DONE_MS_MAX; !(await holds()); await sleep(LOOK_MS))
    assert.ok(performance.now() < end, `${what} (seed ${SEED})`);
}

type Named = { readonly companyId: CompanyId };

/** Customers that owe something and can be written to. */
const stockUp: Command<Named, { readonly customers: number }> = {
  name: 'kill-test-stock-up',
  permission: 'invoice.issue',
  async run(act, { companyId }) {
    const company = await takeCompany(act, companyId);
    const customers = addCustomers(
      act,
      Array.from({ length: CUSTOMERS }, (_, n) => ({
        number: `K${n}`,
        name: `Customer ${n} Ltd`,
        contacts: [{ name: `Reader ${n}`, role: 'reminders' as const, email: `reader${n}@customer.example` }],
      })),
    );
    const issuedOn = addDays(act.today, -60);
    const documents = customers.map((customer, n) => {
      const amount = money(100_00n + BigInt(n), 'EUR');
      return {
        id: newId<'invoice'>(),
        kind: 'invoice' as const,
        companyId,
        customerId: customer.id,
        issuedOn,
        priced: pricedByTotal(amount),
        instalments: [{ dueOn: addDays(issuedOn, 30), amount }],
      };
    });
    await issueDocuments(act, company, documents, { series: '' });
    return { customers: customers.length };
  },
};

/** A tenant with its customers and a schedule, and what is asked of its books; jobs go to the queue the workers take them from. */
async function openBooks(url: string) {
  const pool: Pool = openPool(url, { name: 'quittance kill test', max: 2, onTrouble: () => {} });
  const jobs = await openJobs(url, { log: openLog({ role: 'kill', level: 'silent' }) });
  const door: Door = { pool, react, enqueue: jobs.enqueue };
  const tenant = { slug: 'killed', name: 'Killed Ltd', timeZone: 'UTC' };
  const tenantId: TenantId = await createTenant(door, tenant, Temporal.Now.instant());
  const context = () => makeSystemContext(pool, tenantId, Temporal.Now.instant);
  const { companyId } = await carryOut(door, await context(), openCompany, {
    code: 'KILL',
    name: 'Killed Ltd',
    functionalCurrency: 'EUR',
    country: 'DE',
    email: 'ar@creditor.example',
  });
  await carryOut(door, await context(), stockUp, { companyId: companyId as CompanyId });
  const { today } = await context();
  const { scheduleId } = await carryOut(door, await context(), keepSchedule, {
    companyId: companyId as CompanyId,
    name: 'Month end',
    kind: 'open_item',
    rhythm: 'month_end',
    day: null,
    audience: 'with_balance',
    customerIds: [],
    groups: false,
    allCompanies: false,
    minimumMinor: 0n,
    skipsUnchanged: false,
    needsApproval: false,
    // The clock starts nothing by itself meanwhile.
    startsOn: addDays(today, 365),
  });
  const find = <Row>(query: ReturnType<typeof sql<Row>>) => inTenant(pool, tenantId, (tx) => tx.run(query));
  return {
    async startRun(): Promise<string> {
      const wanted = { scheduleId, asOf: addDays(today, -1) };
      const { runId } = await carryOut(door, await context(), startRun, wanted);
      return present(runId, 'the day has no run yet');
    },
    async isOver(runId: string): Promise<boolean> {
      const [row] = await find(sql<{ open: bigint }>`
        select (select count(*) from statement_run where tenant_id = ${tenantId} and id = ${runId} and state <> 'done')
          + (select count(*) from message where tenant_id = ${tenantId} and state in ('queued', 'sending')
              and not exists (select from message_attempt a where a.tenant_id = ${tenantId} and a.message_id = message.id
                and a.ended_at is null and message.state = 'sending' and a.started_at < now() - interval '30 seconds')) as open`);
      return Number(row?.open) === 0;
    },
    async result(runId: string) {
      const [statements] = await find(sql<{ queued: number; customers: number }>`
        select (count(*) filter (where state = 'queued'))::int as queued, count(distinct customer_id)::int as customers
        from statement where tenant_id = ${tenantId} and run_id = ${runId}`);
      // A mail in the hands of the server when the worker was killed is in doubt, whether that was noted by now or not.
      const states = await find(sql<{ state: string; n: number }>`
        select case state when 'sending' then 'unknown' else state end as state, count(*)::int as n
        from message where tenant_id = ${tenantId} group by 1`);
      return { statements, states: new Map(states.map((row) => [row.state, row.n])) };
    },
    async close(): Promise<void> {
      await jobs.close();
      await pool.end();
    },
  };
}
