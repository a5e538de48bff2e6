// The random walk with its auditor: a moment at each commit, hours at night (`SIMULATION_STEPS=300000 npm test -- test/simulation`).
// A failure names its seed; SIMULATION_SEED walks it again.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { inTenant } from '#db/transaction.ts';
import { setSendGate } from '#gate/change-setting.ts';
import { USUAL_SETTING } from '#gate/setting.ts';
import { addDays } from '#kernel/calendar.ts';
import { verifyBooks } from '#reporting/verify-books.ts';
import { Chance } from '../../seed/chance.ts';
import { newTenant } from '../support/tenant.ts';
import { auditReminders } from './audit-reminders.ts';
import { audit } from './auditor.ts';
import { issueDear } from './money-steps.ts';
import { remind, send } from './reminder-steps.ts';
import { BETWEEN, CHASING, walk } from './walk.ts';
import { act, makeWorld, type World } from './world.ts';

const STEPS = Number(process.env.SIMULATION_STEPS ?? 400);
const SEED = Number(process.env.SIMULATION_SEED ?? 20_260_105);
const BATCH = 200;
const WALKERS = 8;
/** A walk of so many steps comes to everything there is in cash application. */
const LONG = 3_000;

/** Days on which somebody is reminded at last: a short walk may not come to it, or money waits that could be for all that is owed. */
const LAST_DAYS = 30;

/** Nobody's bank says anything on these days, so that under a gate which asks for what it said nothing would leave. */
async function remindAtLast(world: World, chance: Chance): Promise<void> {
  if (world.counts.said === 0) await act(world, setSendGate, { ...USUAL_SETTING, freshHours: null });
  for (let day = 0; day < LAST_DAYS && world.counts.said === 0; day += 1) {
    world.day = addDays(world.day, 1);
    await walk(world, chance, 3, [
      [1, issueDear],
      [1, remind],
      [1, send],
    ]);
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

/** What a walk must have come to, and has not yet. */
function missing(counts: Readonly<Record<string, number>>): readonly string[] {
  const wanted = STEPS >= LONG ? Object.keys(counts) : ['by machine', 'disputes', 'refunds'];
  return wanted.filter((what) => !(counts[what] ?? 0));
}

async function sawCash(world: World): Promise<string> {
  const counts = await reached(world);
  assert.deepEqual(missing(counts), [], 'the walk came to everything');
  return Object.entries(counts)
    .map(([what, n]) => `${what} ${n}`)
    .join(', ');
}

/** Batches more that a walk goes at most where chance has not come to everything yet: how commands at once interleave is no seed's. */
const MORE_BATCHES = 5;

/** Walks on, batch by batch, until it has come to everything. */
async function walkOn(world: World, batch: () => Promise<void>): Promise<void> {
  for (let more = 0; more < MORE_BATCHES && missing(await reached(world)).length > 0; more += 1)
    await batch();
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

test(`whatever comes between a run and its messages, nobody is chased wrongly (seed ${SEED})`, async (t) => {
  const world = await makeWorld(await newTenant({ on: '2026-01-05' }));
  const { pool, tenantId } = world.tenant;
  const chance = new Chance(SEED);
  for (let done = 0; done < STEPS; done += BATCH) {
    await walk(world, chance, Math.min(BATCH, STEPS - done), CHASING);
    const note = `seed ${SEED}, after ${done + BATCH} steps`;
    await inTenant(pool, tenantId, (tx) => auditReminders(tx, note, true), { snapshot: true });
  }
  const counts = await inTenant(pool, tenantId, (tx) =>
    tx.run(sql<{ what: string; n: number }>`
      select reason as what, count(*)::int as n from reminder_left_out where tenant_id = ${tenantId} group by 1
      union all select 'waited: ' || reason, count(*)::int from gate_result
      where tenant_id = ${tenantId} and verdict = 'waits' group by 1
      union all select 'messages sent', count(*)::int from message where tenant_id = ${tenantId} and state = 'sent' order by 1`),
  );
  t.diagnostic(`${world.day}: ${counts.map(({ what, n }) => `${what} ${n}`).join(', ')}`);
  assert.ok(world.counts.said > 0, 'customers are reminded');
});

test(`whatever one company receives for another, the books of both hold (seed ${SEED})`, async (t) => {
  const world = await makeWorld(await newTenant({ on: '2026-01-05' }));
  const { pool, tenantId } = world.tenant;
  const chance = new Chance(SEED);
  for (let done = 0; done < STEPS; done += BATCH) {
    await walk(world, chance, Math.min(BATCH, STEPS - done), BETWEEN);
    await audit(pool, tenantId, `seed ${SEED}, after ${done + BATCH} steps`, { isAlone: true });
  }
  const together = Array.from({ length: WALKERS }, (_, n) => new Chance(SEED + n + 1));
  await Promise.all(together.map((one) => walk(world, one, Math.ceil(BATCH / WALKERS), BETWEEN)));
  await audit(pool, tenantId, `seed ${SEED}, ${WALKERS} at once`, { isAlone: false });
  const proof = await verifyBooks(pool, tenantId, { now: world.tenant.clock(), today: world.day });
  assert.deepEqual(
    proof.checks.filter((check) => !check.holds),
    [],
  );
  const [row] = await inTenant(pool, tenantId, (tx) =>
    tx.run(sql<{ over: number; back: number }>`select
      (count(*) filter (where reverses_id is null))::int as over,
      (count(*) filter (where reverses_id is not null))::int as back
      from company_handover where tenant_id = ${tenantId}`),
  );
  assert.ok((row?.over ?? 0) > 0 && (row?.back ?? 0) > 0, 'money went over and came back');
  t.diagnostic(`${world.counts.done} done, ${row?.over} handed over, ${row?.back} taken back`);
});

test(`eight walkers at once leave books that hold (seed ${SEED})`, async (t) => {
  const world = await makeWorld(await newTenant({ on: '2026-01-05' }));
  const chances = Array.from({ length: WALKERS }, (_, n) => new Chance(SEED + n + 1));
  let done = 0;
  const batch = async () => {
    await Promise.all(chances.map((chance) => walk(world, chance, Math.ceil(BATCH / WALKERS))));
    done += BATCH;
    const note = `seed ${SEED}, eight walkers, after ${done} steps`;
    await audit(world.tenant.pool, world.tenant.tenantId, note, { isAlone: false });
  };
  while (done < STEPS) await batch();
  await walkOn(world, batch);
  await remindAtLast(world, new Chance(SEED));
  sawEnough(world);
  t.diagnostic(await sawCash(world));
  t.diagnostic(
    `${world.counts.done} done, ${world.counts.said} items reminded of, refused: ${[...world.counts.refused].map(([code, n]) => `${code} ${n}`).join(', ')}`,
  );
});
