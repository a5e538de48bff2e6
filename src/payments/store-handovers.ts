// SQL of money that one company received for another: the facts, and which companies may. Rows in, domain values out.

import { type Selectable, sql } from 'kysely';
import type { Act } from '#command/command.ts';
import type { NewRow } from '#db/insert.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId, EntryId, ItemId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import type { Handover, HandoverId } from './handover.ts';
import { uuids } from './store.ts';

/** Keeps that money was handed over, or taken back. */
export function insertHandovers(act: Act, handovers: readonly Handover[]): void {
  act.insert(
    'company_handover',
    handovers.map((one) => ({
      id: one.id,
      payment_id: one.paymentId,
      from_company_id: one.fromCompanyId,
      to_company_id: one.toCompanyId,
      customer_id: one.customerId,
      currency: one.amount.currency,
      amount_minor: one.amount.minor,
      from_functional_minor: one.fromFunctional.minor,
      to_functional_minor: one.toFunctional.minor,
      handed_on: one.handedOn,
      from_item_id: one.fromItemId,
      to_item_id: one.toItemId,
      from_entry_id: one.fromEntryId,
      to_entry_id: one.toEntryId,
      reverses_id: one.reversesId,
      recorded_at: act.now,
    })),
  );
}

type HandoverRow = Selectable<DB['company_handover']> & {
  readonly from_currency: string;
  readonly to_currency: string;
};

/** What of a payment is with other companies now: handed over and not taken back, in the order it was. */
export async function findStandingHandovers(tx: Tx, paymentId: string): Promise<readonly Handover[]> {
  const rows = await tx.run(sql<HandoverRow>`
    select h.*, f.functional_currency as from_currency, t.functional_currency as to_currency from company_handover h
    join company f on f.tenant_id = h.tenant_id and f.id = h.from_company_id
    join company t on t.tenant_id = h.tenant_id and t.id = h.to_company_id
    where h.tenant_id = ${tx.tenantId} and h.payment_id = ${paymentId} and h.reverses_id is null
      and not exists (select from company_handover r where r.tenant_id = h.tenant_id and r.reverses_id = h.id)
    order by h.id`);
  return rows.map((row) => ({
    id: row.id as HandoverId,
    paymentId: row.payment_id,
    fromCompanyId: row.from_company_id as CompanyId,
    toCompanyId: row.to_company_id as CompanyId,
    customerId: row.customer_id as CustomerId,
    amount: money(row.amount_minor, row.currency),
    fromFunctional: money(row.from_functional_minor, row.from_currency),
    toFunctional: money(row.to_functional_minor, row.to_currency),
    handedOn: row.handed_on,
    fromItemId: row.from_item_id as ItemId,
    toItemId: row.to_item_id as ItemId,
    fromEntryId: row.from_entry_id as EntryId,
    toEntryId: row.to_entry_id as EntryId,
    reversesId: null,
  }));
}

/** What was handed over of a payment, for a page: with the company, the debt that it settled, and whether it came back. */
export type ShownHandover = {
  readonly id: string;
  readonly company_id: string;
  readonly company_name: string;
  readonly customer_id: string;
  readonly currency: string;
  readonly amount_minor: bigint;
  readonly handed_on: PlainDate;
  readonly taken_back_on: PlainDate | null;
  readonly application_id: string;
  readonly item_id: string;
};

/** What was handed over of a payment, taken back or not, in the order it was. */
export async function findHandovers(tx: Tx, paymentId: string): Promise<readonly ShownHandover[]> {
  return tx.run(sql<ShownHandover>`
    select h.id, h.to_company_id as company_id, c.name as company_name, h.customer_id, h.currency, h.amount_minor, h.handed_on,
      r.handed_on as taken_back_on, a.id as application_id, a.debit_item_id as item_id
    from company_handover h
    join company c on c.tenant_id = h.tenant_id and c.id = h.to_company_id
    join application a on a.tenant_id = h.tenant_id and a.credit_item_id = h.to_item_id and a.reverses_id is null
      and a.method <> 'handover'
    left join company_handover r on r.tenant_id = h.tenant_id and r.reverses_id = h.id
    where h.tenant_id = ${tx.tenantId} and h.payment_id = ${paymentId} and h.reverses_id is null
    order by h.id`);
}

/** Which side states that money may be received for another: who receives it, or whose it is. */
export const HANDOVER_SIDES = ['from', 'to'] as const;
export type HandoverSide = (typeof HANDOVER_SIDES)[number];

/** States what one side allows from now on; what it stated before stays known. */
export function insertHandoverSetting(act: Act, row: NewRow<'handover_setting'>): void {
  act.insert('handover_setting', [row]);
}

/** What either side of two companies states now: money that the first receives for the second. */
export type HandoverAllowed = {
  readonly fromCompanyId: CompanyId;
  readonly toCompanyId: CompanyId;
  readonly from: boolean;
  readonly to: boolean;
};

/** What was stated of companies, by pair; those of which nothing was stated are left out. */
export async function findHandoverSettings(
  tx: Tx,
  of: { readonly fromCompanyId?: string; readonly toCompanyId?: string } = {},
): Promise<readonly HandoverAllowed[]> {
  const from = of.fromCompanyId === undefined ? sql`` : sql`and from_company_id = ${of.fromCompanyId}`;
  const to = of.toCompanyId === undefined ? sql`` : sql`and to_company_id = ${of.toCompanyId}`;
  return tx.run(sql<HandoverAllowed>`
    select from_company_id as "fromCompanyId", to_company_id as "toCompanyId",
      bool_or(side = 'from' and allowed) as "from", bool_or(side = 'to' and allowed) as "to"
    from (select distinct on (from_company_id, to_company_id, side) from_company_id, to_company_id, side, allowed
      from handover_setting where tenant_id = ${tx.tenantId} ${from} ${to}
      order by from_company_id, to_company_id, side, recorded_at desc, id desc) latest
    group by 1, 2 order by 1, 2`);
}

/** Companies that money of a company may be handed over to, by name. */
export async function findOtherCompanies(
  tx: Tx,
  fromCompanyId: string,
): Promise<readonly { readonly id: string; readonly name: string }[]> {
  const settings = await findHandoverSettings(tx, { fromCompanyId });
  const ids = settings.filter((one) => one.from && one.to).map((one) => one.toCompanyId);
  if (ids.length === 0) return [];
  return tx.run(sql<{ id: string; name: string }>`
    select id, name from company where tenant_id = ${tx.tenantId} and id = any(${uuids(ids)}) order by name, id`);
}
