// All tenants of the installation: for the worker's schedules and the command line, which act for each of them.

import type { Pool } from '#db/pool.ts';
import type { Tenant } from './member.ts';
import { findEveryTenant } from './store.ts';

/** Every tenant, the oldest first. Nobody outside ever gets this list. */
export function listTenants(pool: Pool): Promise<readonly Tenant[]> {
  return findEveryTenant(pool);
}
