// SQL of limits: versions are added and read, never changed.

import { type Selectable, sql } from 'kysely';
import { type Act, actorText } from '#command/command.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { CompanyId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import type { WriteOffLimit } from './limit.ts';

/** Adds a version of a limit. */
export function insertLimit(act: Act, companyId: CompanyId, limit: WriteOffLimit): void {
  act.insert('write_off_limit', [
    {
      id: limit.id,
      company_id: companyId,
      role: limit.role,
      user_id: limit.userId,
      currency: limit.currency,
      kind: limit.kind,
      stance: limit.stance,
      amount_min_minor: limit.amountMin?.minor ?? null,
      amount_max_minor: limit.amountMax?.minor ?? null,
      valid_from: limit.validFrom,
      recorded_by: actorText(act.actor),
      recorded_at: act.now,
    },
  ]);
}

/** A limit as it is stored, with who recorded it. */
export type StoredLimit = WriteOffLimit & {
  readonly companyId: CompanyId;
  readonly recordedBy: string;
  readonly recordedAt: Temporal.Instant;
};

/** All versions of companies' limits, in the order they were recorded. */
export async function findLimits(tx: Tx, companyIds: readonly CompanyId[]): Promise<readonly StoredLimit[]> {
  const rows = await tx.run(sql<Selectable<DB['write_off_limit']>>`
    select * from write_off_limit where tenant_id = ${tx.tenantId} and company_id = any(${arrayLiteral(companyIds)}::uuid[])
    order by recorded_at, id`);
  return rows.map((row) => {
    const amount = (minor: bigint | null) => (minor === null ? null : money(minor, row.currency));
    return {
      id: row.id,
      companyId: row.company_id as CompanyId,
      role: row.role,
      userId: row.user_id,
      currency: row.currency,
      kind: row.kind as WriteOffLimit['kind'],
      stance: row.stance as WriteOffLimit['stance'],
      amountMin: amount(row.amount_min_minor),
      amountMax: amount(row.amount_max_minor),
      validFrom: row.valid_from,
      recordedBy: row.recorded_by,
      recordedAt: row.recorded_at,
    };
  });
}
