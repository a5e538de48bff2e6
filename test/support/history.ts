// What stands in the database of things that change, for tests that change them.

import { sql } from 'kysely';
import { inTenant } from '#db/transaction.ts';
import type { CustomerId } from '#kernel/id.ts';
import type { TestTenant } from './tenant.ts';

/** The contacts or addresses of a customer that are not archived, the oldest first. */
export function rowsOf<Row>(
  tenant: TestTenant,
  table: 'contact' | 'address',
  customerId: CustomerId,
): Promise<readonly Row[]> {
  return inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(sql<Row>`select * from ${sql.table(table)} where tenant_id = ${tx.tenantId}
      and customer_id = ${customerId} and archived_at is null order by id`),
  );
}

/** The stops of addresses that stand. */
export async function suppressionsOf(tenant: TestTenant): Promise<readonly string[]> {
  const rows = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(sql<{ id: string }>`select id from suppression where tenant_id = ${tx.tenantId}
      and lifted_at is null order by id`),
  );
  return rows.map(({ id }) => id);
}
