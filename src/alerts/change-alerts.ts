// How a member wants to be told: at which hour of the day, and what not.

import { actorText, type Command } from '#command/command.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { AlertKind, AlertSetting } from './alert.ts';
import { insertAlertSetting } from './store.ts';

/**
 * States at which hour of the tenant's day one's mail of the day comes, and which kinds one does not want; what was stated before is
 * kept.
 *
 * Refuses: `alerts_of_nobody` (a key or the program itself is told nothing).
 */
export const changeAlerts: Command<AlertSetting, { hour: number; off: AlertKind[] }> = {
  name: 'change-alert-setting',
  permission: 'call.record',
  async run(act, { hour, off }) {
    const { actor } = act;
    if (actor.kind !== 'user') throw new Refusal('alerts_of_nobody', { actor: actorText(actor) });
    const setting = { hour, off: [...new Set(off)] };
    const id = insertAlertSetting(act, { ...setting, userId: actor.id, by: actorText(actor) });
    act.record({ type: 'alert_setting.set', subjectId: id, data: { userId: actor.id, ...setting } });
    return setting;
  },
};
