// Reading how one wants to be told.

import type { Context } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { mayDo } from '#parties/may.ts';
import { ALERTS_DEFAULT, type AlertKind } from './alert.ts';
import { findAlertSettings } from './store.ts';

/** The caller's own setting, or what holds where they never said. */
export async function readAlertSetting(
  tx: Tx,
  context: Context,
): Promise<{ hour: number; off: AlertKind[]; isTold: boolean }> {
  const { actor } = context;
  const own = (await findAlertSettings(tx, [actor.id])).get(actor.id);
  const { hour, off } = own ?? ALERTS_DEFAULT;
  return { hour, off: [...off], isTold: actor.kind === 'user' && mayDo(context, 'call.record') === true };
}
