// SQL of days sales outstanding: what was sold day by day, when selling began, and what moved on the control accounts
// between two days.

import { sql } from 'kysely';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import { allOf, type When } from './store-aging.ts';

const FRESH = { plan: 'fresh' } as const;

/** What one company sold on one day: invoices less credit notes, tax included, in functional minor units. */
export type SoldOnDay = {
  readonly company_id: string;
  readonly issued_on: PlainDate;
  readonly minor: bigint;
};

/**
 * Sales by company and day, from a day up to the day of the report. Documents voided by then, as far as that was known,
 * never were sales.
 */
export async function readSales(tx: Tx, when: When, fromOn: PlainDate): Promise<readonly SoldOnDay[]> {
  const conditions = [
    sql`v.tenant_id = ${tx.tenantId}`,
    sql`v.issued_on between ${fromOn} and ${when.asOf}`,
    voidedLater(when),
  ];
  if (when.knownAt) conditions.push(sql`v.recorded_at <= ${when.knownAt}`);
  return tx.run(
    sql<SoldOnDay>`
      select v.company_id, v.issued_on,
        sum(case v.kind when 'invoice' then v.functional_minor else -v.functional_minor end)::bigint as minor
      from invoice v where ${allOf(conditions)} group by 1, 2`,
    FRESH,
  );
}

function voidedLater(when: When) {
  const standing = sql`v.voided_on is null or v.voided_on > ${when.asOf}`;
  if (when.knownAt === undefined) return sql`(${standing})`;
  return sql`(${standing} or not exists (select 1 from open_item i where i.tenant_id = v.tenant_id
    and i.document_id = v.id and i.kind = 'void' and i.recorded_at <= ${when.knownAt}))`;
}

/** The day of the first invoice of each company. */
export async function readFirstSales(
  tx: Tx,
  when: When,
): Promise<readonly { readonly company_id: string; readonly first_on: PlainDate | null }[]> {
  const known = when.knownAt ? sql`and v.recorded_at <= ${when.knownAt}` : sql``;
  return tx.run(
    sql<{ company_id: string; first_on: PlainDate | null }>`
      select c.id as company_id, (select v.issued_on from invoice v
        where v.tenant_id = c.tenant_id and v.company_id = c.id and v.kind = 'invoice' ${known}
        order by v.issued_on limit 1) as first_on
      from company c where c.tenant_id = ${tx.tenantId}`,
    FRESH,
  );
}

/** What moved on one control account after the day of `slot` (its place in the list asked for) up to the next one. */
export type Movement = {
  readonly company_id: string;
  readonly account: string;
  readonly slot: number;
  readonly minor: bigint;
};

/**
 * What moved on the control accounts up to the day of the report, in slots that begin after each of the days given
 * (ascending): a balance on one of them is the balance now less the slots from it on.
 */
export async function readMovements(
  tx: Tx,
  when: When,
  days: readonly PlainDate[],
): Promise<readonly Movement[]> {
  const [first] = days;
  if (first === undefined) return [];
  const slot = sql`width_bucket(posted_on - 1, ${arrayLiteral(days)}::date[]) - 1`;
  const moved = tx.run(
    sql<Movement>`
      select company_id, account, ${slot} as slot, sum(functional_minor)::bigint as minor
      from ledger_day where tenant_id = ${tx.tenantId} and posted_on > ${first} and posted_on <= ${when.asOf}
      group by 1, 2, 3`,
    FRESH,
  );
  if (when.knownAt === undefined) return moved;
  const learnedLater = tx.run(
    sql<Movement>`
      select company_id, account, ${slot} as slot, -sum(functional_minor)::bigint as minor
      from journal_line where tenant_id = ${tx.tenantId} and item_id is not null and posted_on > ${first}
        and posted_on <= ${when.asOf} and recorded_at > ${when.knownAt}
      group by 1, 2, 3`,
    FRESH,
  );
  return (await Promise.all([moved, learnedLater])).flat();
}
