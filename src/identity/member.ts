// Who belongs to a tenant, and as what. A tenant always keeps at least one owner, or nobody could let anybody in again.

import type { UserId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { Role } from './permission.ts';

export type Member = { readonly userId: UserId; readonly role: Role };

/** A tenant as its members see it. */
export type Tenant = {
  readonly id: string;
  /** Short name for addresses and the `quittance-tenant` header. */
  readonly slug: string;
  readonly name: string;
  /** IANA time zone; it says which day it is for the tenant. */
  readonly timeZone: string;
};

/** Checks that a member can get another role. Refuses: `member_unknown`, `role_unchanged`, `last_owner`. */
export function checkRoleChange(members: readonly Member[], userId: UserId, role: Role): Member {
  const member = takeMember(members, userId);
  if (member.role === role) throw new Refusal('role_unchanged', { role });
  if (role !== 'owner') keepAnOwner(members, member);
  return member;
}

/** Checks that a member can be removed. Refuses: `member_unknown`, `last_owner`. */
export function checkRemoval(members: readonly Member[], userId: UserId): Member {
  const member = takeMember(members, userId);
  keepAnOwner(members, member);
  return member;
}

function takeMember(members: readonly Member[], userId: UserId): Member {
  const member = members.find((m) => m.userId === userId);
  if (!member) throw new Refusal('member_unknown', { userId });
  return member;
}

function keepAnOwner(members: readonly Member[], leaving: Member): void {
  if (leaving.role !== 'owner') return;
  if (!members.some((m) => m.role === 'owner' && m.userId !== leaving.userId)) {
    throw new Refusal('last_owner', { userId: leaving.userId });
  }
}

const SLUG = /^[a-z0-9][a-z0-9-]{0,62}$/;

/** Refuses what no tenant can be: `tenant_slug_not_valid`, `tenant_name_not_valid`, `time_zone_not_valid`. */
export function checkTenant(tenant: Pick<Tenant, 'slug' | 'name' | 'timeZone'>): void {
  if (!SLUG.test(tenant.slug)) throw new Refusal('tenant_slug_not_valid', { slug: tenant.slug });
  if (tenant.name.trim().length < 1 || tenant.name.length > 200)
    throw new Refusal('tenant_name_not_valid', { name: tenant.name.slice(0, 200) });
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(tenant.timeZone);
  } catch {
    throw new Refusal('time_zone_not_valid', { timeZone: tenant.timeZone });
  }
}
