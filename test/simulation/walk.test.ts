// The random walk with its auditor: a moment at each commit, hours at night (`SIMULATION_STEPS=300000 npm test -- test/simulation`).
// A failure names its seed; SIMULATION_SEED walks it again.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { inTenant } from '#db/transaction.ts';
import { addDays } from '#kernel/calendar.ts';
import { Chance } from '../../seed/chance.ts';
import { newTenant } from '../support/tenant.ts';
import { audit } from './auditor.ts';
import { remind, send } from './reminder-steps.ts';
import { walk } from './walk.ts';
import { makeWorld, type World } from './world.ts';

const STEPS = Number(process.env.SIMULATION_STEPS ?? 400);
const SEED = Number(process.env.SIMULATION_SEED ?? 20_260_105);
const BATCH = 200;
const WALKERS = 8;
/** A walk of so many steps comes to everything there is in cash application. */
const LONG = 3_000;

/** Days on which whoever is still to be reminded is; chance may have left all of it to the end of a short walk. */
const LAST_DAYS = 30;

async function remindAtLast(world: World, chance: Chance): Promise<void> {
  for (let day = 0; day < LAST_DAYS && world.counts.said === 0; day += 1) {
    world.day = addDays(world.day, 1);
    await remind(world, chance);
    await send(world, chance);
  }
}

function sawEnough(world: World): void {
  assert.ok(world.counts.done > STEPS / 2, `most steps go through: ${world.counts.done} of ${STEPS}`);
  assert.ok(world.counts.said > 0, 'customers are reminded');
  assert.ok(
    world.counts.refused.size >= 3,
    `senseless ones are refused: ${[...world.counts.refused.keys()].join(', ')}`,
  );
}

/** What the machine and people did in cash application, so that a walk which never came there is seen. */
async function reached({ tenant }: World): Promise<Readonly<Record<string, number>>> {
  const [row] = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(sql<Record<string, number>>`select
      (select count(*) from match_certificate)::int as "by machine",
      (select count(*) from dropped_difference)::int as dropped,
      (select count(*) from dispute where kind = 'dispute')::int as disputes,
      (select count(*) from dispute where kind = 'deduction')::int as deductions,
      (select count(*) from refund)::int as refunds,
      (select count(*) from refund_file)::int as "refunds ordered",
      (select count(*) from announcement_use)::int as "taken apart",
      (select count(distinct evidence ->> 'remittanceId') from application
        where evidence ->> 'rule' = 'remittance_as_claimed')::int as "by remittance"`),
  );
  return row ?? {};
}

async function sawCash(world: World): Promise<string> {
  const counts = await reached(world);
  const wanted = STEPS >= LONG ? Object.keys(counts) : ['by machine', 'disputes', 'refunds'];
  for (const what of wanted) assert.ok((counts[what] ?? 0) > 0, `the walk came to: ${what}`);
  return Object.entries(counts)
    .map(([what, n]) => `${what} ${n}`)
    .join(', ');
}

test(`whatever is done, in whatever order, the books hold (seed ${SEED})`, async (t) => {
  const world = await makeWorld(await newTenant({ on: '2026-01-05' }));
  const chance = new Chance(SEED);
  for (let done = 0; done < STEPS; done += BATCH) {
    await walk(world, chance, Math.min(BATCH, STEPS - done));
    await audit(world.tenant.pool, world.tenant.tenantId, `seed ${SEED}, after ${done + BATCH} steps`, {
      isAlone: true,
    });
  }
  await remindAtLast(world, chance);
  sawEnough(world);
  t.diagnostic(await sawCash(world));
  t.diagnostic(
    `${world.counts.done} done, ${world.counts.said} items reminded of, refused: ${[...world.counts.refused].map(([code, n]) => `${code} ${n}`).join(', ')}`,
  );
});

test(`eight walkers at once leave books that hold (seed ${SEED})`, async (t) => {
  const world = await makeWorld(await newTenant({ on: '2026-01-05' }));
  const chances = Array.from({ length: WALKERS }, (_, n) => new Chance(SEED + n + 1));
  for (let done = 0; done < STEPS; done += BATCH) {
    await Promise.all(chances.map((chance) => walk(world, chance, Math.ceil(BATCH / WALKERS))));
    await audit(
      world.tenant.pool,
      world.tenant.tenantId,
      `seed ${SEED}, eight walkers, after ${done + BATCH} steps`,
      { isAlone: false },
    );
  }
  await remindAtLast(world, new Chance(SEED));
  sawEnough(world);
  t.diagnostic(await sawCash(world));
  t.diagnostic(
    `${world.counts.done} done, ${world.counts.said} items reminded of, refused: ${[...world.counts.refused].map(([code, n]) => `${code} ${n}`).join(', ')}`,
  );
});
