// How long accounts take here, and what is left of somebody's day.

import type { z } from 'zod';
import { actorFrom, actorText, type Context } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import type * as contract from './contract.ts';
import { minutesOf, minutesSpent, type WorkMinutes } from './minutes.ts';
import { findCollectors, findDoneByKind, findSeenWork } from './store-people.ts';

/** How long an account takes, learnt from the latest that were dealt with. */
export async function readMinutes(tx: Tx): Promise<WorkMinutes> {
  return minutesOf(await findSeenWork(tx));
}

/** What the caller can do in a day, and what is left of it; null without a number of minutes. */
export async function readDay(
  tx: Tx,
  context: Context,
  takes: WorkMinutes,
): Promise<z.input<typeof contract.listWorklist.reply>['day']> {
  const me = actorText(context.actor);
  const setting = (await findCollectors(tx)).find((row) => row.user_id === actorFrom(me).id);
  const [done] = await findDoneByKind(tx, [me], context.today);
  const minutesADay = setting?.minutes_a_day ?? null;
  const spent = minutesSpent(done ?? { call: 0, other: 0 }, takes);
  return {
    minutesADay,
    minutesLeft: minutesADay === null ? null : Math.max(0, minutesADay - spent),
    call: { ...takes.call },
    other: { ...takes.other },
  };
}
