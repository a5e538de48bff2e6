// Reading how one wants to be told.

import type { z } from 'zod';
import type { Context } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { mayDo } from '#parties/may.ts';
import { ALERTS_DEFAULT, type AlertKind } from './alert.ts';
import type { listAlertChannels } from './contract-channels.ts';
import { findAlertSettings } from './store.ts';
import { findChannels } from './store-channels.ts';

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

/** Channels of chat services, with what came of the last post; their addresses are told to nobody. */
export async function readChannels(
  tx: Tx,
  context: Context,
): Promise<z.input<typeof listAlertChannels.reply>> {
  const rows = await findChannels(tx);
  return {
    rows: rows.map((row) => ({
      channelId: row.channel_id,
      name: row.name,
      host: row.host,
      isSigned: row.sealed_key !== null,
      kinds: [...row.kinds],
      inUse: row.in_use,
      last:
        row.outcome === null || row.tried_at === null
          ? null
          : { at: row.tried_at.toString(), outcome: row.outcome, words: row.words ?? '' },
    })),
    may: { put: mayDo(context, 'company.manage') },
  };
}
