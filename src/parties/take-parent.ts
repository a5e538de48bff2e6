// Putting a customer below another one. Chains of parents end, and are short: everything that sums over a group relies
// on it.

import type { Act } from '#command/command.ts';
import type { CustomerId } from '#kernel/id.ts';
import { HIERARCHY_LEVELS_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import { findAncestors, findDescendantLevels, lockHierarchy } from './store.ts';

/**
 * Makes sure that a customer may stand below `parentId`, and that nobody changes the hierarchy meanwhile: two moves at
 * once, each allowed, could make a ring together.
 *
 * Refuses: `parent_not_found`, `own_parent`, `parent_is_child`, `hierarchy_too_deep`.
 */
export async function takeParent(act: Act, parentId: CustomerId, childId?: CustomerId): Promise<void> {
  if (parentId === childId) throw new Refusal('own_parent');
  await lockHierarchy(act);
  const [above, levelsBelow] = await Promise.all([
    findAncestors(act, parentId),
    childId === undefined ? 1 : findDescendantLevels(act, childId),
  ]);
  if (above.length === 0) throw new Refusal('parent_not_found', { parentId });
  if (childId !== undefined && above.includes(childId)) throw new Refusal('parent_is_child', { parentId });
  if (above.length + levelsBelow > HIERARCHY_LEVELS_MAX)
    throw new Refusal('hierarchy_too_deep', { levelsMax: HIERARCHY_LEVELS_MAX });
}
