// A new creditor business. Made by the first start, the command line and tests; there is no way to it from outside.

import { type Command, carryOut, type Door } from '#command/command.ts';
import { dayIn, type Instant } from '#kernel/calendar.ts';
import { newId, type TenantId, type UserId } from '#kernel/id.ts';
import { checkTenant, type Tenant } from './member.ts';
import { permissionsOf } from './permission.ts';
import { insertTenant, saveMember } from './store.ts';

export type NewTenant = {
  readonly slug: string;
  readonly name: string;
  readonly timeZone: string;
  /** The first owner; without one only the system and keys made by it get in. */
  readonly ownerId?: UserId | undefined;
};

type Input = NewTenant & { readonly id: TenantId };

const createTenantCommand: Command<Input, { readonly tenantId: string }> = {
  name: 'create-tenant',
  permission: 'tenant.manage',
  constraints: { tenant_slug_key: 'tenant_slug_taken' },
  async run(act, input) {
    const tenant: Tenant = {
      id: input.id,
      slug: input.slug,
      name: input.name.trim(),
      timeZone: input.timeZone,
    };
    insertTenant(act, tenant);
    act.record({ type: 'tenant.created', subjectId: tenant.id, data: { ...tenant } });
    if (input.ownerId !== undefined) {
      saveMember(act, { userId: input.ownerId, role: 'owner' });
      act.record({ type: 'member.added', subjectId: input.ownerId, data: { role: 'owner' } });
    }
    return { tenantId: tenant.id };
  },
};

/**
 * Makes a tenant with its first owner, in the name of the system.
 *
 * Refuses: `tenant_slug_not_valid`, `tenant_slug_taken`, `tenant_name_not_valid`, `time_zone_not_valid`.
 */
export async function createTenant(door: Door, given: NewTenant, now: Instant): Promise<TenantId> {
  checkTenant(given);
  const tenantId = newId<'tenant'>();
  const context = {
    tenantId,
    actor: { kind: 'system', id: 'set-up', name: 'Set-up' } as const,
    role: 'owner',
    permissions: permissionsOf('owner'),
    now,
    today: dayIn(given.timeZone, now),
  };
  await carryOut(door, context, createTenantCommand, { ...given, id: tenantId });
  return tenantId;
}
