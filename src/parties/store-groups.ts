// SQL of groups: who is below, and who is above, many customers at once.

import { sql } from 'kysely';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { CustomerId } from '#kernel/id.ts';
import { HIERARCHY_LEVELS_MAX } from '#kernel/limits.ts';

/** Customers each with all those below it, itself first; of each group at most so many. */
export async function findMembers(
  tx: Tx,
  ids: readonly CustomerId[],
  limit: number,
): Promise<ReadonlyMap<CustomerId, readonly CustomerId[]>> {
  const rows = await tx.run(sql<{ lead: CustomerId; id: CustomerId }>`
    with recursive below (lead, id, level) as (
      select id, id, 1 from customer where tenant_id = ${tx.tenantId} and id = any(${arrayLiteral(ids)}::uuid[])
      union all
      select b.lead, c.id, b.level + 1 from customer c join below b on c.parent_id = b.id
      where c.tenant_id = ${tx.tenantId} and b.level <= ${HIERARCHY_LEVELS_MAX}
    ) select lead, id from (
      select lead, id, row_number() over (partition by lead order by level, id) as place from below
    ) each_group where place <= ${limit} order by lead, place`);
  const groups = Map.groupBy(rows, (row) => row.lead);
  return new Map([...groups].map(([lead, members]) => [lead, members.map((member) => member.id)]));
}

/** Those above each of these customers, the nearest first; none where nobody is. */
export async function findAbove(
  tx: Tx,
  ids: readonly CustomerId[],
): Promise<ReadonlyMap<CustomerId, readonly CustomerId[]>> {
  const rows = await tx.run(sql<{ of: CustomerId; id: CustomerId }>`
    with recursive above (of, id, parent_id, level) as (
      select id, id, parent_id, 1 from customer where tenant_id = ${tx.tenantId} and id = any(${arrayLiteral(ids)}::uuid[])
      union all
      select a.of, c.id, c.parent_id, a.level + 1 from customer c join above a on c.id = a.parent_id
      where c.tenant_id = ${tx.tenantId} and a.level <= ${HIERARCHY_LEVELS_MAX}
    ) select of, id from above where id <> of order by of, level`);
  const above = Map.groupBy(rows, (row) => row.of);
  return new Map(ids.map((id) => [id, (above.get(id) ?? []).map((row) => row.id)]));
}
