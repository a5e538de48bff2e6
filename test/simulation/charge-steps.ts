// Steps of a walk: charging for late payment, waiving, taking waivers back, and leaving items out of interest.

import { placeExclusion } from '#charges/place-exclusion.ts';
import { postCharges } from '#charges/post-charges.ts';
import { releaseExclusion } from '#charges/release-exclusion.ts';
import { undoWaiver } from '#charges/undo-waiver.ts';
import { waiveCharge } from '#charges/waive-charge.ts';
import { addDays } from '#kernel/calendar.ts';
import { money } from '#kernel/money.ts';
import { act, aDay, oneOf, openOf, remember, type Step, someOf } from './world.ts';

export const charge: Step = async (world, chance) => {
  const { charges } = await act(world, postCharges, {
    companyId: world.companyId,
    customerIds: [...new Set([chance.oneOf(world.customers), chance.oneOf(world.customers)])],
    through: aDay(world, chance),
    ...(chance.happens(0.2) ? { on: aDay(world, chance) } : {}),
  });
  for (const { chargeId, kind } of charges) if (kind === 'charge') remember(world.charges, chargeId);
};

export const waive: Step = async (world, chance) => {
  const chargeId = oneOf(chance, world.charges);
  if (!chargeId) return;
  const part = chance.happens(0.5) ? {} : { fees: money(BigInt(chance.whole(0, 60_00)), 'EUR') };
  const waiver = await act(world, waiveCharge, { chargeId, reason: 'simulated', ...part });
  remember(world.waivers, waiver.chargeId);
};

export const reinstate: Step = async (world, chance) => {
  const chargeId = oneOf(chance, world.waivers);
  if (chargeId) await act(world, undoWaiver, { chargeId, reason: 'simulated' });
};

export const exclude: Step = async (world, chance) => {
  const item = oneOf(chance, await openOf(world, chance));
  if (!item) return;
  const amount = chance.happens(0.5)
    ? {}
    : { amount: money(someOf(chance, item.amount.minor), item.amount.currency) };
  const from = aDay(world, chance);
  const { exclusionId } = await act(world, placeExclusion, {
    itemId: item.id,
    from,
    ...amount,
    ...(chance.happens(0.5) ? { to: addDays(from, chance.whole(0, 40)) } : {}),
    reason: 'simulated',
  });
  remember(world.exclusions, exclusionId);
};

export const include: Step = async (world, chance) => {
  const exclusionId = oneOf(chance, world.exclusions);
  if (exclusionId) await act(world, releaseExclusion, { exclusionId, annul: chance.happens(0.5) });
};
