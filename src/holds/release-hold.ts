// Releasing a hold before its end.

import type { Command } from '#command/command.ts';
import { saveChange, takeUnreleased } from './change-hold.ts';

/**
 * Ends a hold now. The next run says the latest step that is due then, once.
 *
 * Refuses: `hold_not_found`, `hold_released`, `not_permitted` (wide ones).
 */
export const releaseHold: Command<
  { readonly holdId: string; readonly note?: string | undefined },
  { readonly holdId: string }
> = {
  name: 'release-hold',
  permission: 'hold.place',
  async run(act, { holdId, note }) {
    const hold = await takeUnreleased(act, holdId);
    saveChange(act, hold, { kind: 'released', endsOn: hold.ends_on, ownerId: hold.owner_id, note });
    return { holdId };
  },
};
