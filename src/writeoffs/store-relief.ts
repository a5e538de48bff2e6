// SQL of tax relief: facts that are added and read, never changed.

import { type Selectable, sql } from 'kysely';
import { type Act, actorText } from '#command/command.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { Json } from '#kernel/canonical.ts';
import { newId } from '#kernel/id.ts';
import type { ReliefPart } from './relief.ts';

export type ReliefRow = Selectable<DB['tax_relief']>;

/** Why relief moved. */
export type ReliefWhy = 'claimed' | 'undone' | 'recovered' | 'recovery_undone';

/** Adds relief that was claimed or goes back, each part with the sign it has. */
export function insertReliefs(
  act: Act,
  of: { readonly writeOffId: string; readonly why: ReliefWhy; readonly on: PlainDate },
  parts: readonly (ReliefPart & { readonly rule?: Json })[],
): void {
  act.insert(
    'tax_relief',
    parts.map((part) => ({
      id: newId(),
      write_off_id: of.writeOffId,
      item_id: part.itemId,
      why: of.why,
      currency: part.tax.currency,
      tax_minor: part.tax.minor,
      functional_minor: part.functional.minor,
      rule: part.rule ?? null,
      posted_on: of.on,
      recorded_by: actorText(act.actor),
      recorded_at: act.now,
    })),
  );
}

/** All relief of write-offs, in the order it was recorded. */
export async function findReliefs(tx: Tx, writeOffIds: readonly string[]): Promise<readonly ReliefRow[]> {
  return tx.run(sql<ReliefRow>`select * from tax_relief
    where tenant_id = ${tx.tenantId} and write_off_id = any(${arrayLiteral(writeOffIds)}::uuid[])
    order by recorded_at, id`);
}
