// A run of statements whose worker is killed in its middle, twice: while it looks at customers, and while mails leave. In the end
// everybody was written to, and nobody twice.
// In a process of its own: it kills programs, again and again, which takes long.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { present } from '#kernel/assert.ts';
import { addDays } from '#kernel/calendar.ts';
import { keepSchedule } from '#statements/keep-schedule.ts';
import { startRun } from '#statements/run-statements.ts';
import { isAllMailed, KILLED_RUN, openStage, proveMailedOnce, until } from './killed-run.ts';
import { killAll } from './programs.ts';
import type { StockedBooks } from './stocked-books.ts';

/** More than are looked at together, so that a run has several steps to be killed between. */
const CUSTOMERS = 230;

test(
  'a run of statements whose worker is killed in its middle ends with each statement sent once',
  KILLED_RUN,
  async (t) => {
    const stage = await openStage(t, CUSTOMERS);
    const { books, mail, chance, startWorker } = stage;
    const first = await startWorker();
    const runId = await startStatements(books);
    await sleep(chance.whole(0, 400));
    killAll([first.pid]);
    const second = await startWorker();
    const enough = chance.whole(5, 80);
    await until('mails leave', async () => mail.received.length >= enough);
    killAll([second.pid]);
    await startWorker();
    await until('the run is over and nothing waits', () => isOver(books, runId));

    await proveMailedOnce(t, stage, CUSTOMERS);
    assert.deepEqual(await queuedIn(books, runId), { queued: CUSTOMERS, customers: CUSTOMERS });
  },
);

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

async function isOver(books: StockedBooks, runId: string): Promise<boolean> {
  const { find, tenantId } = books;
  const running = await find(sql`
    select from statement_run where tenant_id = ${tenantId} and id = ${runId} and state <> 'done'`);
  return running.length === 0 && (await isAllMailed(books));
}

async function queuedIn({ find, tenantId }: StockedBooks, runId: string) {
  const [statements] = await find(sql<{ queued: number; customers: number }>`
    select (count(*) filter (where state = 'queued'))::int as queued, count(distinct customer_id)::int as customers
    from statement where tenant_id = ${tenantId} and run_id = ${runId}`);
  return statements;
}
