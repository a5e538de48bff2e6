// Whose something from outside is: the short mark of a tenant that stands in return addresses, identifiers and links.

import { tenantTag } from '#carriers/make-return-address.ts';
import type { Pool } from '#db/pool.ts';
import { listTenants } from '#identity/list-tenants.ts';
import type { TenantId } from '#kernel/id.ts';

/** The tenant with a mark; nothing where none has it. */
export async function findTenantByTag(pool: Pool, tag: string): Promise<TenantId | undefined> {
  const tenants = await listTenants(pool);
  return tenants.find((tenant) => tenantTag(tenant.id) === tag)?.id as TenantId | undefined;
}
