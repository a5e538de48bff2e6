// What may become of a hold while it stands: it ends later, or is somebody else's to look after. Each change is kept.

import { type Act, actorText, type Command } from '#command/command.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { CustomerId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { checkExtension, holdState, isWide } from './hold.ts';
import { takeMember } from './place-hold.ts';
import { type HoldChange, insertHoldChange, lockHold, type StoredHold, updateHold } from './store.ts';

/** Extends a hold that still stands. Refuses: what `takeStanding` and `checkExtension` refuse. */
export const extendHold: Command<
  { readonly holdId: string; readonly until: PlainDate; readonly note?: string | undefined },
  { readonly holdId: string }
> = {
  name: 'extend-hold',
  permission: 'hold.place',
  async run(act, { holdId, until, note }) {
    const hold = await takeStanding(act, holdId);
    checkExtension(hold.ends_on, until, act.today);
    saveChange(act, hold, { kind: 'extended', endsOn: until, ownerId: hold.owner_id, note });
    return { holdId };
  },
};

/** Gives a hold to another member to look after. Refuses: what `takeStanding` refuses, `member_not_found`. */
export const giveHold: Command<
  { readonly holdId: string; readonly ownerId: string; readonly note?: string | undefined },
  { readonly holdId: string }
> = {
  name: 'give-hold',
  permission: 'hold.place',
  async run(act, { holdId, ownerId, note }) {
    const hold = await takeStanding(act, holdId);
    await takeMember(act, ownerId);
    saveChange(act, hold, { kind: 'given', endsOn: hold.ends_on, ownerId, note });
    return { holdId };
  },
};

/**
 * Takes a hold that stands, locked. Refuses: `hold_not_found`, `hold_released`, `hold_over`, `not_permitted` (a wide hold is
 * for those who say when everybody is reminded).
 */
async function takeStanding(act: Act, holdId: string): Promise<StoredHold> {
  const hold = await takeUnreleased(act, holdId);
  if (holdState({ endsOn: hold.ends_on, isReleased: false }, act.today) === 'over')
    throw new Refusal('hold_over', { endsOn: hold.ends_on.toString() });
  return hold;
}

/** Takes a hold nobody released, locked. Refuses: `hold_not_found`, `hold_released`, `not_permitted` (wide ones). */
export async function takeUnreleased(act: Act, holdId: string): Promise<StoredHold> {
  const hold = await lockHold(act, holdId);
  if (!hold) throw new Refusal('hold_not_found', { holdId });
  if (isWide(hold.scope) && !act.permissions.has('cadence.edit'))
    throw new Refusal('not_permitted', { permission: 'cadence.edit' });
  if (hold.released_at !== null)
    throw new Refusal('hold_released', { releasedAt: hold.released_at.toString() });
  return hold;
}

const EVENTS = {
  extended: { type: 'hold.extended' },
  given: { type: 'hold.given' },
  released: { type: 'hold.released' },
} as const;

/** Saves what became of a hold, with what it was before, and records it. */
export function saveChange(act: Act, hold: StoredHold, change: HoldChange): void {
  const by = actorText(act.actor);
  updateHold(act, hold.id, change, by);
  insertHoldChange(act, hold, change, by);
  act.record({
    ...EVENTS[change.kind],
    subjectId: hold.item_id ?? hold.contact_id ?? hold.customer_id ?? hold.company_id ?? act.tenantId,
    customerId: hold.customer_id as CustomerId | null,
    data: {
      holdId: hold.id,
      until: change.endsOn.toString(),
      ownerId: change.ownerId,
      note: change.note,
    },
  });
}
