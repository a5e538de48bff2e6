// Several at once, on connections that are warm: cold ones would queue up and never race.

import { sql } from 'kysely';
import { inTenant, type Tx } from '#db/transaction.ts';
import { assert } from '#kernel/assert.ts';
import type { TestTenant } from './tenant.ts';

/** How many race. */
export const RACERS = 8;

async function warm(tenant: TestTenant): Promise<void> {
  const wait = () => inTenant(tenant.pool, tenant.tenantId, (tx) => tx.run(sql`select pg_sleep(0.03)`));
  await Promise.all(Array.from({ length: RACERS }, wait));
}

/** Runs all at once; gives how many succeeded, and the codes of the others. */
export async function race(
  tenant: TestTenant,
  racers: readonly (() => Promise<unknown>)[],
): Promise<{ readonly won: number; readonly codes: readonly string[] }> {
  await warm(tenant);
  return outcomeOf(await Promise.allSettled(racers.map((run) => run())));
}

/**
 * Runs all at once as `race` does, and makes sure that they meet: no first row goes in before every racer waits for a lock, of the
 * others or the one held here. For racers that read before they add a row, and are done too quickly to meet by chance.
 */
export async function raceHeld(
  tenant: TestTenant,
  racers: readonly (() => Promise<unknown>)[],
): Promise<{ readonly won: number; readonly codes: readonly string[] }> {
  await warm(tenant);
  const { promise: done, resolve } = Promise.withResolvers<readonly PromiseSettledResult<unknown>[]>();
  await inTenant(tenant.pool, tenant.tenantId, async (tx) => {
    // Every row refers to its tenant, which cannot be referred to anew while it is locked.
    await tx.run(sql`select from tenant where id = ${tenant.tenantId} for update`);
    Promise.allSettled(racers.map((run) => run())).then(resolve);
    await untilWaiting(tx, racers.length);
  });
  return outcomeOf(await done);
}

/** Runs something that comes to wait for what a transaction took; that one does its own meanwhile, and ends. */
export async function runWhileHeld<T>(
  tenant: TestTenant,
  taking: (tx: Tx) => Promise<unknown>,
  run: () => Promise<T>,
  meanwhile: (tx: Tx) => Promise<unknown>,
): Promise<T> {
  const { promise: done, resolve } = Promise.withResolvers<T>();
  await inTenant(tenant.pool, tenant.tenantId, async (tx) => {
    await taking(tx);
    resolve(run());
    await untilWaiting(tx, 1);
    await meanwhile(tx);
  });
  return done;
}

/** Goes on once so many transactions wait for what this one holds; in a command that others shall meet, too. */
export async function untilWaiting(tx: Tx, count: number): Promise<void> {
  for (let looks = 1; (await countWaiting(tx)) < count; looks += 1) {
    assert(looks < HELD_LOOKS_MAX, 'what is held waits');
    await tx.run(sql`select pg_sleep(0.01)`);
  }
}

/** How often is looked whether all wait, ten milliseconds apart. */
const HELD_LOOKS_MAX = 1_000;

/** How many transactions wait for this one, or for one that waits for it. */
async function countWaiting(tx: Tx): Promise<number> {
  const row = await tx.find(sql<{ count: number }>`
    with recursive waiting as (select distinct pid, pg_blocking_pids(pid) as blockers from pg_locks where not granted),
      held(pid) as (
        select pg_backend_pid() union select w.pid from waiting w join held h on h.pid = any(w.blockers))
    select count(*)::int - 1 as count from held`);
  return row?.count ?? 0;
}

function outcomeOf(outcomes: readonly PromiseSettledResult<unknown>[]) {
  const lost = outcomes.filter((o) => o.status === 'rejected');
  return {
    won: outcomes.length - lost.length,
    codes: lost.map((o) => String(o.reason.code ?? o.reason)).sort(),
  };
}
