// SQL of tolerances and limits: versions are added and read, never changed.

import { type Selectable, sql } from 'kysely';
import { type Act, actorText } from '#command/command.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { decimalText, parseDecimal } from '#kernel/percent.ts';
import type { DifferenceKind } from '#ledger/settlement.ts';
import type { Ceiling, DifferenceLimit, Stance, ToleranceRule } from './difference-rules.ts';

function ceilingColumns({ amountMax, percentMax }: Ceiling) {
  return {
    amount_max_minor: amountMax?.minor ?? null,
    percent_max: percentMax && decimalText(percentMax),
  };
}

function toCeiling(
  row: { readonly amount_max_minor: bigint | null; readonly percent_max: string | null },
  currency: string | null,
): Ceiling {
  return {
    amountMax:
      row.amount_max_minor === null || currency === null ? null : money(row.amount_max_minor, currency),
    percentMax: row.percent_max === null ? null : parseDecimal(row.percent_max),
  };
}

/** Adds a version of a tolerance. */
export function insertTolerance(act: Act, companyId: CompanyId, rule: ToleranceRule): void {
  act.insert('tolerance_rule', [
    {
      id: rule.id,
      company_id: companyId,
      kind: rule.kind,
      customer_id: rule.customerId,
      currency: rule.currency,
      stance: rule.stance,
      ...ceilingColumns(rule),
      valid_from: rule.validFrom,
      recorded_by: actorText(act.actor),
      recorded_at: act.now,
    },
  ]);
}

/** Adds a version of a limit. */
export function insertLimit(act: Act, companyId: CompanyId, limit: DifferenceLimit): void {
  act.insert('difference_limit', [
    {
      id: limit.id,
      company_id: companyId,
      role: limit.role,
      user_id: limit.userId,
      currency: limit.currency,
      stance: limit.stance,
      ...ceilingColumns(limit),
      valid_from: limit.validFrom,
      recorded_by: actorText(act.actor),
      recorded_at: act.now,
    },
  ]);
}

/** A tolerance as it is stored, with who recorded it. */
export type StoredTolerance = ToleranceRule & Recorded;
/** A limit as it is stored, with who recorded it. */
export type StoredLimit = DifferenceLimit & Recorded;
type Recorded = { readonly recordedBy: string; readonly recordedAt: Temporal.Instant };

/** All versions of a company's tolerances in the order they were recorded: of everybody, and of the customers named. */
export async function findTolerances(
  tx: Tx,
  companyId: CompanyId,
  customerIds: readonly CustomerId[] | 'all',
): Promise<readonly StoredTolerance[]> {
  const whose =
    customerIds === 'all'
      ? sql`true`
      : sql`(customer_id is null or customer_id = any(${arrayLiteral(customerIds)}::uuid[]))`;
  const rows = await tx.run(sql<Selectable<DB['tolerance_rule']>>`
    select * from tolerance_rule where tenant_id = ${tx.tenantId} and company_id = ${companyId} and ${whose}
    order by recorded_at, id`);
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind as DifferenceKind,
    customerId: row.customer_id as CustomerId | null,
    currency: row.currency,
    stance: row.stance as Stance,
    ...toCeiling(row, row.currency),
    validFrom: row.valid_from,
    recordedBy: row.recorded_by,
    recordedAt: row.recorded_at,
  }));
}

/** All versions of a company's limits, in the order they were recorded. */
export async function findLimits(tx: Tx, companyId: CompanyId): Promise<readonly StoredLimit[]> {
  const rows = await tx.run(sql<Selectable<DB['difference_limit']>>`
    select * from difference_limit where tenant_id = ${tx.tenantId} and company_id = ${companyId}
    order by recorded_at, id`);
  return rows.map((row) => ({
    id: row.id,
    role: row.role,
    userId: row.user_id,
    currency: row.currency,
    stance: row.stance as DifferenceLimit['stance'],
    ...toCeiling(row, row.currency),
    validFrom: row.valid_from,
    recordedBy: row.recorded_by,
    recordedAt: row.recorded_at,
  }));
}
