// The worklist of many accounts, a hundred thousand at full size: how long it takes to be made anew, in how much
// memory, how long its longest transaction is, and how long whoever opens it waits for a page. How well it is ranked
// is measured by `prediction`, on public ledgers.

import { sql } from 'kysely';
import { carryOut } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import { readList } from '#worklist/read-list.ts';
import { refreshList } from '#worklist/refresh-list.ts';
import { takeNext } from '#worklist/take-next.ts';
import { bigLedger } from './big-ledger.ts';
import { contextIn, type Ground } from './ground.ts';
import { quantile, timed } from './measure.ts';
import { type ResultRow, remark, shownMs } from './results.ts';

/** At full size. */
const MADE_MS_MAX = 30_000;
const PAGE_MS_MAX = 150;
const PAGE = 50;
const MEGABYTE = 1_048_576;
const LOOK_MS = 20;

/** Measures the making of the whole list, its pages, and taking the next account. */
export async function measureWorklist(
  ground: Ground,
  options: { readonly items: number; readonly requests: number },
): Promise<readonly ResultRow[]> {
  const { tenantId, customers } = await bigLedger(ground, options.items);
  const { door } = ground;
  const context = contextIn(tenantId);
  let peak = process.memoryUsage().rss;
  const before = peak;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, LOOK_MS);
  const cpu = process.cpuUsage();
  let listed = 0;
  const steps: number[] = [];
  // Of another day: a list that a kept database has already is made anew.
  await inTenant(door.pool, tenantId, async (tx) =>
    tx.write(sql`delete from worklist_day where tenant_id = ${tenantId}`),
  );
  for (let isWhole = false; !isWhole; )
    steps.push(
      await timed(async () => {
        const step = await inTenant(door.pool, tenantId, (tx) => refreshList(tx, context));
        listed += step.written;
        ({ isWhole } = step);
      }),
    );
  const made = steps.reduce((sum, one) => sum + one, 0);
  clearInterval(watch);
  const { user, system } = process.cpuUsage(cpu);
  const rows = [
    remark(
      `worklist: ${customers.toLocaleString('en')} accounts looked at, ${listed.toLocaleString('en')} listed`,
      `${(made / 1_000).toFixed(1)} s in ${steps.length} transactions, the longest ${shownMs(Math.max(...steps))}; ${((user + system) / 1_000_000).toFixed(1)} s own CPU, ${Math.round((peak - before) / MEGABYTE)} MB more`,
      { msMax: MADE_MS_MAX },
      made,
    ),
  ];
  for (const rank of ['points', 'expected'] as const)
    for (const whose of ['all', 'mine'] as const) {
      let after: string | undefined;
      const times: number[] = [];
      for (let n = 0; n < options.requests; n += 1)
        times.push(
          await timed(async () => {
            const query = { rank, whose, withHidden: 'false' as const, limit: PAGE, after };
            const page = await inTenant(door.pool, tenantId, (tx) => readList(tx, context, query), {
              snapshot: true,
            });
            after = page.next ?? undefined;
          }),
        );
      rows.push(pageRow(`worklist: a page of ${whose} by ${rank}`, times));
    }
  const taken: number[] = [];
  for (let n = 0; n < options.requests; n += 1)
    taken.push(await timed(() => carryOut(door, context, takeNext, { rank: 'points', whose: 'all' })));
  rows.push(pageRow('worklist: the next account', taken));
  return rows;
}

function pageRow(subject: string, times: readonly number[]): ResultRow {
  const p95 = quantile(times, 0.95);
  const text = `p50 ${shownMs(quantile(times, 0.5))}, p95 ${shownMs(p95)} of ${times.length}`;
  return remark(subject, text, { msMax: PAGE_MS_MAX }, p95);
}
