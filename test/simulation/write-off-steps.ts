// Steps of a walk in writing off: many at once, as somebody looked at them a while ago, taken back together; and what a payment
// leaves open, let go with it.

import { inTenant } from '#db/transaction.ts';
import type { ItemId, PaymentId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { isDebit, left } from '#ledger/open-item.ts';
import { applyPayment } from '#payments/apply-payment.ts';
import { planWriteOffRun } from '#writeoffruns/plan-write-off-run.ts';
import { runWriteOffs } from '#writeoffruns/run-write-offs.ts';
import { startWriteOffRun } from '#writeoffruns/start-write-off-run.ts';
import { undoWriteOffRun } from '#writeoffruns/undo-write-off-run.ts';
import type { Chance } from '../../seed/chance.ts';
import { act, oneOf, openOf, remember, type Step, type World } from './world.ts';

/** What a worker does with a run; now and then it dies on the way, and another takes over. */
async function work(world: World, chance: Chance, runId: string): Promise<void> {
  const { tenant } = world;
  tenant.on(world.day.toString());
  let left = chance.happens(0.2) ? chance.whole(2, 6) : Number.POSITIVE_INFINITY;
  const dying = {
    ...tenant.door,
    get pool() {
      left -= 1;
      if (left < 0) throw new Error('killed');
      return tenant.pool;
    },
  };
  const tools = { contextOf: async () => tenant.as('owner') };
  const of = { tenantId: tenant.tenantId, runId };
  await runWriteOffs({ ...tools, door: dying }, of).catch((error: unknown) => {
    if (!(error instanceof Error && error.message === 'killed')) throw error;
  });
  await runWriteOffs({ ...tools, door: tenant.door }, of);
}

/** A rule is looked at; what it means is written off, obstacles and all, now and then in another amount than is open. */
export const writeOffMany: Step = async (world, chance) => {
  const { tenant, companyId } = world;
  tenant.on(world.day.toString());
  const kind = chance.oneOf(['bad_debt', 'small_balance', 'goodwill'] as const);
  const upTo = [{ minor: BigInt(chance.whole(1, 200_00)), currency: 'EUR' }];
  const { rows } = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    planWriteOffRun(tx, tenant.as('owner'), { companyId, kind, upTo, overdueDaysMin: chance.whole(0, 30) }),
  );
  const items = rows.slice(0, chance.whole(1, 5)).map((row) => {
    const open = BigInt(row.open.amount.replace('.', ''));
    return {
      itemId: row.itemId as ItemId,
      amount: money(chance.happens(0.1) ? open + 1n : open, row.open.currency),
    };
  });
  if (items.length === 0) return;
  const facts = { insolvency: chance.happens(0.5) };
  const { runId } = await act(world, startWriteOffRun, {
    companyId,
    kind,
    reason: 'simulated',
    items,
    facts,
  });
  remember(world.writeOffRuns, runId);
  await work(world, chance, runId);
};

/** A run is taken back, whatever became of its items. */
export const takeRunBack: Step = async (world, chance) => {
  const runId = oneOf(chance, world.writeOffRuns);
  if (!runId) return;
  await act(world, undoWriteOffRun, { runId, reason: 'simulated' });
  await work(world, chance, runId);
};

/** A payment is short of an item, and the rest or a part of it is written off with it. */
export const letGo: Step = async (world, chance) => {
  const open = await openOf(world, chance);
  const own = oneOf(
    chance,
    open.filter((item) => item.kind === 'payment' && !isDebit(item)),
  );
  const item = oneOf(
    chance,
    open.filter((one) => isDebit(one) && one.amount.currency === own?.amount.currency),
  );
  if (!own || !item || left(item) < 2n) return;
  const { currency } = item.amount;
  const most = left(own) < left(item) ? left(own) : left(item) - 1n;
  const given = (most * BigInt(chance.whole(50, 100))) / 100n;
  const rest = left(item) - given;
  const amount = chance.happens(0.7) ? rest : (rest + 1n) / 2n;
  if (given === 0n) return;
  await act(world, applyPayment, {
    paymentId: own.documentId as PaymentId,
    allocations: [{ itemId: item.id, amount: money(given, currency) }],
    writeOff: {
      kind: chance.oneOf(['bad_debt', 'small_balance'] as const),
      reason: 'simulated',
      items: [{ itemId: item.id, amount: money(amount, currency) }],
      facts: { insolvency: chance.happens(0.5) },
    },
  });
};
