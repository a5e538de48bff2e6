// Several at once, on connections that are warm: cold ones would queue up and never race.

import { sql } from 'kysely';
import { inTenant } from '#db/transaction.ts';
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
  const outcomes = await Promise.allSettled(racers.map((run) => run()));
  const lost = outcomes.filter((o) => o.status === 'rejected');
  return {
    won: outcomes.length - lost.length,
    codes: lost.map((o) => String(o.reason.code ?? o.reason)).sort(),
  };
}
