// Releasing a hold before its end.

import { actorText, type Command } from '#command/command.ts';
import type { CustomerId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { lockHold, updateReleased } from './store-holds.ts';

/**
 * Ends a hold now. The next run says the latest step that is due then, once.
 *
 * Refuses: `hold_not_found`, `hold_released`.
 */
export const releaseHold: Command<{ readonly holdId: string }, { readonly holdId: string }> = {
  name: 'release-hold',
  permission: 'hold.place',
  async run(act, { holdId }) {
    const hold = await lockHold(act, holdId);
    if (!hold) throw new Refusal('hold_not_found', { holdId });
    if (hold.released_at !== null)
      throw new Refusal('hold_released', { releasedAt: hold.released_at.toString() });

    updateReleased(act, holdId, actorText(act.actor));
    act.record({
      type: 'hold.released',
      subjectId: hold.item_id ?? hold.customer_id,
      customerId: hold.customer_id as CustomerId,
      data: { holdId },
    });
    return { holdId };
  },
};
