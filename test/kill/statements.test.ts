// A run of statements whose worker is killed in its middle, twice: while it looks at customers, and while mails leave. In the end
// everybody was written to, and nobody twice.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { startEmbedded } from '#db/embedded.ts';
import { migrate } from '#db/migrate.ts';
import { present } from '#kernel/assert.ts';
import { addDays } from '#kernel/calendar.ts';
import { keepSchedule } from '#statements/keep-schedule.ts';
import { startRun } from '#statements/run-statements.ts';
import { Chance } from '../../seed/chance.ts';
import { startMailServer } from '../support/mail-server.ts';
import { killAll, Programs } from './programs.ts';
import { openStockedBooks, type StockedBooks } from './stocked-books.ts';

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
  const books = await openStockedBooks(url, CUSTOMERS);
  t.after(() => books.close());

  const worker = () => programs.start({ DATABASE_URL: url, QUITTANCE_ROLE: 'worker' });
  const first = await worker();
  const runId = await startStatements(books);
  await sleep(chance.whole(0, 400));
  killAll([first.pid]);
  const second = await worker();
  const enough = chance.whole(5, 80);
  await until('mails leave', async () => mail.received.length >= enough);
  killAll([second.pid]);
  await worker();
  await until('the run is over and nothing waits', () => isOver(books, runId));

  const { statements, states } = await resultOf(books, runId);
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

/** Starts a run of open items as of yesterday, by a schedule that the clock does not start meanwhile. */
async function startStatements({ act, companyId, context }: StockedBooks): Promise<string> {
  const { today } = await context();
  const { scheduleId } = await act(keepSchedule, {
    companyId,
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
    startsOn: addDays(today, 365),
  });
  const { runId } = await act(startRun, { scheduleId, asOf: addDays(today, -1) });
  return present(runId, 'the day has no run yet');
}

async function isOver({ find, tenantId }: StockedBooks, runId: string): Promise<boolean> {
  const [row] = await find(sql<{ open: bigint }>`
    select (select count(*) from statement_run where tenant_id = ${tenantId} and id = ${runId} and state <> 'done')
      + (select count(*) from message m where tenant_id = ${tenantId} and state in ('queued', 'sending')
          and not exists (select from message_attempt a where a.tenant_id = ${tenantId} and a.message_id = m.id
            and a.ended_at is null and m.state = 'sending' and a.started_at < now() - interval '30 seconds')) as open`);
  return Number(row?.open) === 0;
}

async function resultOf({ find, tenantId }: StockedBooks, runId: string) {
  const [statements] = await find(sql<{ queued: number; customers: number }>`
    select (count(*) filter (where state = 'queued'))::int as queued, count(distinct customer_id)::int as customers
    from statement where tenant_id = ${tenantId} and run_id = ${runId}`);
  // A mail in the hands of the server when the worker was killed is in doubt, whether that was noted by now or not.
  const states = await find(sql<{ state: string; n: number }>`
    select case state when 'sending' then 'unknown' else state end as state, count(*)::int as n
    from message where tenant_id = ${tenantId} group by 1`);
  return { statements, states: new Map(states.map((row) => [row.state, row.n])) };
}
