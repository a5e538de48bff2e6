// Stating what is asked before a reminder leaves. The statement before stays known.

import { actorText, type Command } from '#command/command.ts';
import { Refusal } from '#kernel/refusal.ts';
import { checkSetting, type GateSetting } from './setting.ts';
import { findReadAccounts, insertSetting } from './store.ts';

/**
 * States what the send gate asks from now on; messages that wait are judged by it when they are looked at again.
 *
 * Refuses: `hours_not_valid`, `no_hour_open`, `rule_pack_not_found`, `bank_account_not_found` (one that is not waited for has no
 * statements, or is not there).
 */
export const setSendGate: Command<GateSetting, null> = {
  name: 'set-send-gate',
  permission: 'company.manage',
  async run(act, setting) {
    checkSetting(setting);
    const known = new Set((await findReadAccounts(act)).map(({ id }) => id));
    const strange = setting.unwatched.find((id) => !known.has(id));
    if (strange !== undefined) throw new Refusal('bank_account_not_found', { bankAccountId: strange });
    insertSetting(act, setting, actorText(act.actor));
    const { openHours, unwatched, packs, cap, ...rest } = setting;
    act.record({
      type: 'send_gate.set',
      subjectId: act.tenantId,
      data: { ...rest, openHours, cap: cap && { ...cap }, unwatched: [...unwatched], packs: [...packs] },
    });
    return null;
  },
};
