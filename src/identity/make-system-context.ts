// The system acting by itself: jobs and schedules. It may do everything, and its name stands in the audit trail.

import type { Context, Door } from '#command/command.ts';
import type { Pool } from '#db/pool.ts';
import { inTenant } from '#db/transaction.ts';
import type { JobLog } from '#jobs/queue.ts';
import { dayIn, type Instant } from '#kernel/calendar.ts';
import type { TenantId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { permissionsOf } from './permission.ts';
import { findTenant } from './store.ts';

/** Time zones of tenants, which never change, by the connections they were read through. */
const zones = new WeakMap<Pool, Map<TenantId, string>>();

async function zoneOf(pool: Pool, tenantId: TenantId): Promise<string> {
  const known = zones.get(pool) ?? new Map<TenantId, string>();
  zones.set(pool, known);
  const zone = known.get(tenantId) ?? (await inTenant(pool, tenantId, findTenant))?.timeZone;
  if (zone === undefined) throw new Refusal('tenant_unknown', { tenantId });
  known.set(tenantId, zone);
  return zone;
}

/** What a job needs to act for its tenant. `today` is the tenant's day at the clock's moment. Refuses: `tenant_unknown`. */
export async function makeSystemContext(
  pool: Pool,
  tenantId: TenantId,
  clock: () => Instant,
): Promise<Context> {
  const now = clock();
  const timeZone = await zoneOf(pool, tenantId);
  return {
    tenantId,
    actor: { kind: 'system', id: 'worker', name: 'Quittance' },
    role: 'owner',
    permissions: permissionsOf('owner'),
    now,
    clock,
    today: dayIn(timeZone, now),
  };
}

/** What a module's jobs are given to work with. */
export type JobTools = {
  readonly door: Door;
  readonly clock: () => Instant;
  /** Where the program keeps files of its own. */
  readonly dataDir: string;
  readonly log: JobLog;
  /** The system acting for a tenant, now. Refuses: `tenant_unknown`. */
  contextOf(tenantId: TenantId): Promise<Context>;
};
