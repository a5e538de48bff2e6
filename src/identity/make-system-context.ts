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

/** What a job needs to act for its tenant. `today` is the tenant's day at the clock's moment. Refuses: `tenant_unknown`. */
export async function makeSystemContext(
  pool: Pool,
  tenantId: TenantId,
  clock: () => Instant,
): Promise<Context> {
  const now = clock();
  const tenant = await inTenant(pool, tenantId, findTenant);
  if (!tenant) throw new Refusal('tenant_unknown', { tenantId });
  return {
    tenantId,
    actor: { kind: 'system', id: 'worker', name: 'Quittance' },
    role: 'owner',
    permissions: permissionsOf('owner'),
    now,
    clock,
    today: dayIn(tenant.timeZone, now),
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
