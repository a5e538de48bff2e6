// Taking away files that were handed in long ago, with their pieces and runs. What was created from them stays.

import type { Pool } from '#db/pool.ts';
import { inTenant } from '#db/transaction.ts';
import type { Instant } from '#kernel/calendar.ts';
import type { TenantId } from '#kernel/id.ts';
import { IMPORT_FILE_DAYS } from '#kernel/limits.ts';
import { deleteFilesBefore } from './store.ts';

const DAY_HOURS = 24;

/** Takes away what is older than files are kept. */
export async function removeOldFiles(pool: Pool, tenantId: TenantId, now: Instant): Promise<void> {
  const before = now.subtract({ hours: IMPORT_FILE_DAYS * DAY_HOURS });
  await inTenant(pool, tenantId, async (tx) => deleteFilesBefore(tx, before));
}
