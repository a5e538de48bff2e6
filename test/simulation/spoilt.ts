// What an auditor says of facts that were spoilt; they are as they were afterwards.

import assert from 'node:assert/strict';
import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import { inTenant, type Tx } from '#db/transaction.ts';
import type { World } from './world.ts';

class TakenBack extends Error {}

/** What an auditor says when a statement has spoilt facts. */
export async function saidOf(
  { tenant }: World,
  spoil: RawBuilder<unknown>,
  audit: (tx: Tx) => Promise<void>,
): Promise<string> {
  let said = 'nothing';
  await assert.rejects(
    inTenant(tenant.pool, tenant.tenantId, async (tx) => {
      const rows = await tx.run(sql`${spoil} returning 1`);
      assert.ok(rows.length > 0, 'something was spoilt');
      await audit(tx).catch((error: Error) => {
        said = error.message;
      });
      throw new TakenBack();
    }),
    TakenBack,
  );
  return said;
}
