// SQL of how money between companies was booked: what was due, and the application that it went with.

import { sql } from 'kysely';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { ApplicationId } from '#kernel/id.ts';
import type { Account } from '#ledger/chart.ts';

const FRESH = { plan: 'fresh' } as const;

/** Money between two companies as it was booked in both; coming back, negative. */
export type BetweenRow = {
  readonly handover_id: string;
  readonly currency: string;
  readonly amount_minor: bigint;
  readonly from_code: string;
  readonly to_code: string;
  readonly from_currency: string;
  readonly to_currency: string;
  readonly from_functional_minor: bigint;
  readonly to_functional_minor: bigint;
  /** What it settled in the other company, or what took that back. */
  readonly application_id: ApplicationId;
  /** The number of the document that it is of. */
  readonly reference: string;
};

/** How money between companies was booked, by handing over or taking back. */
export async function findBetween(
  tx: Tx,
  handoverIds: readonly string[],
): Promise<ReadonlyMap<string, BetweenRow>> {
  const rows = await tx.run(
    sql<BetweenRow>`
      select h.id as handover_id, h.currency, h.amount_minor, f.code as from_code, t.code as to_code,
        f.functional_currency as from_currency, t.functional_currency as to_currency, h.from_functional_minor,
        h.to_functional_minor, coalesce(r.id, a.id) as application_id, d.reference
      from company_handover h
      join company f on f.tenant_id = h.tenant_id and f.id = h.from_company_id
      join company t on t.tenant_id = h.tenant_id and t.id = h.to_company_id
      join company_handover o on o.tenant_id = h.tenant_id and o.id = coalesce(h.reverses_id, h.id)
      join application a on a.tenant_id = o.tenant_id and a.credit_item_id = o.to_item_id and a.reverses_id is null
        and a.method <> 'handover'
      left join application r on r.tenant_id = a.tenant_id and r.reverses_id = a.id and h.reverses_id is not null
      join open_item d on d.tenant_id = a.tenant_id and d.id = a.debit_item_id
      where h.tenant_id = ${tx.tenantId} and h.id = any(${arrayLiteral(handoverIds)}::uuid[])`,
    FRESH,
  );
  return new Map(rows.map((row) => [row.handover_id, row]));
}

/** The codes of a company's accounts, by the part they play. */
export async function findCodes(tx: Tx, companyId: string): Promise<ReadonlyMap<Account, string>> {
  const rows = await tx.run(sql<{ account: Account; code: string }>`
    select account, code from ledger_account where tenant_id = ${tx.tenantId} and company_id = ${companyId}::uuid`);
  return new Map(rows.map((row) => [row.account, row.code]));
}
