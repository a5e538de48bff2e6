// Taking away what nobody can reach any more: bytes that were handed in and never attached, and files taken off their draft
// long ago.

import type { Pool } from '#db/pool.ts';
import { inTenant } from '#db/transaction.ts';
import type { Instant } from '#kernel/calendar.ts';
import type { TenantId } from '#kernel/id.ts';
import { REMOVED_FILE_DAYS, UNUSED_CONTENT_BATCH, UNUSED_CONTENT_HOURS } from '#kernel/limits.ts';
import { deleteRemoved, deleteUnused, lockUnused } from './store.ts';

const DAY_HOURS = 24;

/**
 * Takes away files whose removal can no longer be undone, and then the bytes that no file names, unless they were handed in
 * within the last hours: those may be about to be attached. Files of issued documents stay whatever happens.
 */
export async function removeUnusedContent(pool: Pool, tenantId: TenantId, now: Instant): Promise<void> {
  await inTenant(pool, tenantId, async (tx) =>
    deleteRemoved(tx, now.subtract({ hours: REMOVED_FILE_DAYS * DAY_HOURS })),
  );
  const before = now.subtract({ hours: UNUSED_CONTENT_HOURS });
  for (let found = UNUSED_CONTENT_BATCH; found === UNUSED_CONTENT_BATCH; ) {
    found = await inTenant(pool, tenantId, async (tx) => {
      const hashes = await lockUnused(tx, before, UNUSED_CONTENT_BATCH);
      if (hashes.length > 0) deleteUnused(tx, hashes);
      return hashes.length;
    });
  }
}
