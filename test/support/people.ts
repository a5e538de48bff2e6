// People who are really there: members with a user of their own, for tests of who may decide.

import type { Context } from '#command/command.ts';
import { q } from '#db/query.ts';
import { inTenant } from '#db/transaction.ts';
import type { Role } from '#identity/permission.ts';
import { insertUser } from '#identity/store.ts';
import { newId, type UserId } from '#kernel/id.ts';
import type { TestTenant } from './tenant.ts';

export type TestPerson = { readonly userId: UserId; readonly name: string; now(): Context };

/** A member of a tenant; `now()` is their context at the clock's moment. With an id, whoever has it becomes one. */
export async function aPerson(
  tenant: TestTenant,
  role: Role,
  name: string,
  userId = newId<'user'>(),
): Promise<TestPerson> {
  await insertUser(tenant.pool, {
    id: userId,
    name,
    email: `${userId}@people.example`,
    passwordHash: 'none',
    passwordIsTemporary: false,
  });
  await inTenant(tenant.pool, tenant.tenantId, async (tx) =>
    tx.write(
      q.insertInto('member').values({
        tenant_id: tenant.tenantId,
        user_id: userId,
        role,
        created_at: tenant.clock(),
      }),
    ),
  );
  return {
    userId,
    name,
    now: () => ({ ...tenant.as(role), actor: { kind: 'user', id: userId, name } }),
  };
}

/** Ends a membership. */
export async function leaves(tenant: TestTenant, person: TestPerson): Promise<void> {
  await inTenant(tenant.pool, tenant.tenantId, async (tx) =>
    tx.write(
      q
        .updateTable('member')
        .set({ removed_at: tenant.clock() })
        .where('tenant_id', '=', tenant.tenantId)
        .where('user_id', '=', person.userId),
    ),
  );
}
