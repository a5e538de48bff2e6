// The mapping that was used the last time for a file with the same header.

import type { Pool } from '#db/pool.ts';
import { inTenant } from '#db/transaction.ts';
import type { TenantId } from '#kernel/id.ts';
import type { ImportKind, Mapping } from './mapping.ts';
import { findMapping } from './store.ts';

/** The stored mapping for a header; nothing when such a file was never imported. */
export function storedMapping(
  pool: Pool,
  tenantId: TenantId,
  kind: ImportKind,
  header: readonly string[],
): Promise<Mapping | undefined> {
  return inTenant(pool, tenantId, (tx) => findMapping(tx, kind, header));
}
