// A run that issues many drafts, whose worker is killed in its middle again and again. What was issued stays issued, the run goes on
// where it was, no draft becomes two invoices, and the numbers have no gap.
// In a process of its own: it kills programs, again and again, which takes long.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { keepDraft } from '#billing/keep-draft.ts';
import { startIssueRun } from '#billing/start-issue-run.ts';
import { present } from '#kernel/assert.ts';
import { addDays } from '#kernel/calendar.ts';
import { KILLED_RUN, openStage, SEED, until } from './killed-run.ts';
import { killAll } from './programs.ts';
import type { StockedBooks } from './stocked-books.ts';

const DRAFTS = 200;
const CUSTOMERS = 20;
const KILLS = 3;

test(
  'a run that issues drafts goes on after its worker is killed, with what it had issued told, and issues each draft once',
  KILLED_RUN,
  async (t) => {
    const { books, chance, startWorker } = await openStage(t, CUSTOMERS);
    await writeDrafts(books);

    let running = await startWorker();
    await books.act(startIssueRun, {});
    let before = 0;
    for (let kill = 1; kill <= KILLS; kill += 1) {
      const wanted = before + chance.whole(10, Math.floor(DRAFTS / (KILLS + 1)));
      await until(`${wanted} are issued`, async () => (await stateOf(books)).issued >= wanted);
      killAll([running.pid]);
      const killed = await stateOf(books);
      assert.ok(
        killed.issued >= before && killed.issued === killed.invoices,
        `what is told is so (seed ${SEED})`,
      );
      before = killed.issued;
      running = await startWorker();
    }
    await until('the run is done', async () => (await stateOf(books)).state === 'done');
    const end = await stateOf(books);
    assert.deepEqual(end, {
      state: 'done',
      issued: DRAFTS,
      waiting: 0,
      invoices: DRAFTS,
      last: DRAFTS + CUSTOMERS,
    });
    t.diagnostic(`killed after ${before} at the latest`);
  },
);

async function writeDrafts({ act, companyId, customerIds, context }: StockedBooks): Promise<void> {
  const { today } = await context();
  for (let n = 0; n < DRAFTS; n += 1)
    await act(keepDraft, {
      body: {
        companyId,
        customerId: present(customerIds[n % CUSTOMERS], 'there are customers'),
        issuedOn: today.toString(),
        dueOn: addDays(today, 30).toString(),
        currency: 'EUR',
        lines: [{ description: `Goods ${n}`, quantity: '1', unitPrice: `${n + 1}.00`, taxPercent: '19' }],
      },
    });
}

/** How far the run says it is, and how many invoices there are of drafts; `last` is the last number of their series. */
async function stateOf({ find, tenantId }: StockedBooks) {
  const [row] = await find(sql<{
    state: string;
    issued: number;
    waiting: number;
    invoices: number;
    last: number;
  }>`
    select r.state, (count(*) filter (where d.outcome = 'issued'))::int as issued,
      (count(*) filter (where d.outcome = 'waiting'))::int as waiting,
      (select count(*) from invoice_draft where tenant_id = ${tenantId} and invoice_id is not null)::int as invoices,
      (select max(series_number) from invoice where tenant_id = ${tenantId})::int as last
    from issue_run r join issue_run_draft d on d.tenant_id = ${tenantId} and d.run_id = r.id
    where r.tenant_id = ${tenantId} group by r.id, r.state`);
  return present(row, 'the run is there');
}
