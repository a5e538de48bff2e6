// SQL of tags.

import { sql } from 'kysely';
import type { Act } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { CustomerId } from '#kernel/id.ts';

/** Lets one alone change tags of a tenant, until the transaction ends: how many a customer may have is then kept. */
export async function lockTags(tx: Tx): Promise<void> {
  await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`customer tags ${tx.tenantId}`}, 0))`);
}

/** The tags of customers, by name; those that have none are left out. */
export async function findTagsOf(
  tx: Tx,
  customerIds: readonly CustomerId[],
): Promise<ReadonlyMap<CustomerId, readonly string[]>> {
  const rows = await tx.run(sql<{ customer_id: CustomerId; tags: string[] }>`
    select customer_id, array_agg(tag order by tag) as tags from customer_tag
    where tenant_id = ${tx.tenantId} and customer_id = any(${arrayLiteral(customerIds)}::uuid[]) group by customer_id`);
  return new Map(rows.map((row) => [row.customer_id, row.tags]));
}

/** Every tag of the tenant with how many customers have it, by name. */
export async function countTags(
  tx: Tx,
  limit: number,
): Promise<readonly { readonly tag: string; readonly customers: number }[]> {
  const rows = await tx.run(sql<{ tag: string; customers: bigint }>`
    select tag, count(*) as customers from customer_tag where tenant_id = ${tx.tenantId}
    group by tag order by tag limit ${limit}`);
  return rows.map((row) => ({ tag: row.tag, customers: Number(row.customers) }));
}

/** Adds tags to a customer. */
export function insertTags(
  act: Act,
  customerId: CustomerId,
  { tags, by }: { readonly tags: readonly string[]; readonly by: string },
): void {
  act.insert(
    'customer_tag',
    tags.map((tag) => ({ customer_id: customerId, tag, tagged_by: by, recorded_at: act.now })),
  );
}

/** Takes tags away from a customer. */
export function deleteTags(act: Act, customerId: CustomerId, tags: readonly string[]): void {
  if (tags.length === 0) return;
  act.write(
    sql`delete from customer_tag where tenant_id = ${act.tenantId} and customer_id = ${customerId}
      and tag = any(${arrayLiteral(tags)}::text[])`,
    { rows: tags.length, rule: 'the tags that are taken away were there' },
  );
}
