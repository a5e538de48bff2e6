// SQL of payouts. Rows in, domain values out.

import { type RawBuilder, sql } from 'kysely';
import type { Act } from '#command/command.ts';
import type { NewRow } from '#db/insert.ts';
import type { Tx } from '#db/transaction.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import { ARRIVES_EARLIER_DAYS_MAX, ARRIVES_LATER_DAYS_MAX, type PayoutPair } from './arrival.ts';

/** What a line of an account at a gateway is, as the gateway says; nothing for other lines. */
export async function findPayoutKind(tx: Tx, lineId: string): Promise<string | undefined> {
  const line = await tx.find(sql<{ payout_kind: string }>`select payout_kind from statement_line
    where tenant_id = ${tx.tenantId} and id = ${lineId} and payout_kind is not null`);
  return line?.payout_kind;
}

/** That an arrival stands: the line of the bank is still explained so. */
const stands = (a: RawBuilder<unknown>) => sql`exists (select from line_explanation x
  where x.tenant_id = ${a}.tenant_id and x.id = ${a}.explanation_id and x.undone_at is null)`;

/** Whether a payout arrived already, or a line of the bank brought another one. To be asked while both lines are locked. */
export async function findStandingArrival(
  tx: Tx,
  gatewayLineId: string,
  bankLineId: string,
): Promise<boolean> {
  const found = await tx.find(sql`select 1 from payout_arrival a where a.tenant_id = ${tx.tenantId}
    and (a.gateway_line_id = ${gatewayLineId} or a.bank_line_id = ${bankLineId}) and ${stands(sql`a`)} limit 1`);
  return found !== undefined;
}

/** Keeps by which line a payout arrived. */
export function insertArrival(act: Act, row: NewRow<'payout_arrival'>): void {
  act.insert('payout_arrival', [row]);
}

/** A line that the gateway itself says is no customer's. */
export type ToldLine = { readonly lineId: string; readonly kind: string; readonly bookedOn: PlainDate };

/** Lines that the gateway itself says are no customer's, and of which nobody ever said anything; the oldest first. */
export async function findToldLines(
  tx: Tx,
  page: { readonly after: ToldLine | undefined; readonly limit: number },
): Promise<readonly ToldLine[]> {
  const { after, limit } = page;
  const further =
    after === undefined
      ? sql``
      : sql`and (l.booked_on, l.id) > (${after.bookedOn}::date, ${after.lineId}::uuid)`;
  return tx.run(
    sql<ToldLine>`select l.id as "lineId", l.payout_kind as kind, l.booked_on as "bookedOn" from statement_line l
      where l.tenant_id = ${tx.tenantId} and l.payout_kind is not null and l.payout_kind in ('fee', 'payout', 'carried')
        and not exists (select from line_explanation x where x.tenant_id = l.tenant_id and x.statement_line_id = l.id)
        ${further}
      order by l.booked_on, l.id limit ${limit}::int`,
    { plan: 'fresh' },
  );
}

/**
 * That a line of the bank may have brought a payout: it waits, or somebody said that it is a transfer; a receipt that nothing was
 * applied of and nobody was named for.
 */
const mayBring = (l: RawBuilder<unknown>) => sql`${l}.payout_kind is null
  and not exists (select from line_explanation x where x.tenant_id = ${l}.tenant_id and x.statement_line_id = ${l}.id
    and x.undone_at is null and x.kind not in ('transfer', 'sweep'))
  and not exists (select from payment_return r where r.tenant_id = ${l}.tenant_id and r.statement_line_id = ${l}.id)
  and not exists (select from payout_arrival a where a.tenant_id = ${l}.tenant_id and a.bank_line_id = ${l}.id and ${stands(sql`a`)})
  and not exists (select from payment p where p.tenant_id = ${l}.tenant_id and p.statement_line_id = ${l}.id
    and p.returned_on is null and (p.customer_id is not null
      or -p.amount_minor <> (select coalesce(sum(i.open_minor), 0) from open_item i
        where i.tenant_id = p.tenant_id and i.document_id = p.id and i.open_minor < 0)))`;

/** Lines of the bank that may have brought a payout: same company, currency and amount, in its days. */
const bringing = (g: RawBuilder<unknown>) => sql`bank_account own
  join bank_account b on b.tenant_id = own.tenant_id and b.company_id = own.company_id and b.currency = own.currency
    and b.id <> own.id
  join statement_line l on l.tenant_id = b.tenant_id and l.bank_account_id = b.id and l.currency = ${g}.currency
    and l.amount_minor = -${g}.amount_minor
    and l.booked_on between ${g}.booked_on - ${ARRIVES_EARLIER_DAYS_MAX}::int and ${g}.booked_on + ${ARRIVES_LATER_DAYS_MAX}::int
    and ${mayBring(sql`l`)}
  where own.tenant_id = ${g}.tenant_id and own.id = ${g}.bank_account_id`;

const isOnItsWay = (g: RawBuilder<unknown>) => sql`not exists (select from payout_arrival a
  where a.tenant_id = ${g}.tenant_id and a.gateway_line_id = ${g}.id and ${stands(sql`a`)})`;

/**
 * Payouts on their way with the lines that may have brought them, all of them: a rival that is left out makes another look
 * certain. What a person took apart once is not joined again.
 */
export async function findArrivalPairs(tx: Tx): Promise<readonly PayoutPair[]> {
  return tx.run(
    sql<PayoutPair>`
    select g.id as "gatewayLineId", f.line_id as "bankLineId", s.statement_ref as payout, f.gateway, f.said
    from statement_line g
    join bank_statement s on s.tenant_id = g.tenant_id and s.id = g.statement_id
    cross join lateral (select l.id as line_id, array[own.name, own.account] as gateway,
        array[l.payer_name, l.remittance, l.structured_reference, l.end_to_end_id, l.bank_reference] as said
      from ${bringing(sql`g`)}) f
    where g.tenant_id = ${tx.tenantId} and g.payout_kind is not null and g.payout_kind = 'payout' and ${isOnItsWay(sql`g`)}
      and not exists (select from payout_arrival a where a.tenant_id = g.tenant_id and a.gateway_line_id = g.id
        and a.bank_line_id = f.line_id)
    order by g.booked_on, g.id, f.line_id`,
    { plan: 'fresh' },
  );
}

/** A line of the bank as lists show it. */
export type BankLineRow = {
  readonly line_id: string;
  readonly statement_id: string;
  readonly booked_on: string;
  readonly account_name: string;
  readonly said: string;
};

/** A payout as lists show it. Sums are in minor units with the sign the account at the gateway sees. */
export type PayoutRow = {
  readonly id: string;
  readonly statement_id: string;
  readonly payout: string;
  readonly gateway_name: string;
  readonly paid_on: PlainDate;
  readonly currency: string;
  readonly amount_minor: bigint;
  readonly charges: number;
  readonly charged_minor: bigint;
  readonly taken_back_minor: bigint;
  readonly fee_minor: bigint;
  readonly other_minor: bigint;
  readonly rule: string | null;
  readonly arrived: BankLineRow | null;
  /** Lines that may have brought it, of one that is on its way. */
  readonly fitting: readonly BankLineRow[] | null;
};

const bankLine = (l: RawBuilder<unknown>, b: RawBuilder<unknown>) => sql`json_build_object('line_id', ${l}.id,
  'statement_id', ${l}.statement_id, 'booked_on', ${l}.booked_on::text, 'account_name', ${b}.name,
  'said', left(concat_ws(' · ', ${l}.payer_name, ${l}.remittance), 200))`;

/** Lines that are offered for one payout. */
const FITTING_MAX = 10;

/** Payouts, the latest first. */
export async function findPayouts(
  tx: Tx,
  filter: {
    readonly isArrived?: boolean | undefined;
    readonly after?: readonly [PlainDate, string] | undefined;
    readonly limit: number;
  },
): Promise<readonly PayoutRow[]> {
  const { after, isArrived, limit } = filter;
  const further =
    after === undefined ? sql`` : sql`and (g.booked_on, g.id) < (${after[0]}::date, ${after[1]}::uuid)`;
  const state =
    isArrived === undefined
      ? sql``
      : isArrived
        ? sql`and not ${isOnItsWay(sql`g`)}`
        : sql`and ${isOnItsWay(sql`g`)}`;
  return tx.run(
    sql<PayoutRow>`
    select g.id, g.statement_id, s.statement_ref as payout, o.name as gateway_name, g.booked_on as paid_on, g.currency,
      -g.amount_minor as amount_minor, t.*, came.rule, came.line as arrived,
      case when came.line is null then (select json_agg(${bankLine(sql`q`, sql`q`)} order by q.booked_on, q.id) from (
        select l.id, l.statement_id, l.booked_on, l.payer_name, l.remittance, b.name from ${bringing(sql`g`)}
        order by l.booked_on, l.id limit ${FITTING_MAX}::int) q) end as fitting
    from statement_line g
    join bank_statement s on s.tenant_id = g.tenant_id and s.id = g.statement_id
    join bank_account o on o.tenant_id = g.tenant_id and o.id = g.bank_account_id
    left join lateral (select a.rule, ${bankLine(sql`l`, sql`b`)} as line from payout_arrival a
      join statement_line l on l.tenant_id = a.tenant_id and l.id = a.bank_line_id
      join bank_account b on b.tenant_id = l.tenant_id and b.id = l.bank_account_id
      where a.tenant_id = g.tenant_id and a.gateway_line_id = g.id and ${stands(sql`a`)} limit 1) came on true
    cross join lateral (select
        (count(*) filter (where l.payout_kind = 'charge'))::int as charges,
        coalesce(sum(l.amount_minor) filter (where l.payout_kind = 'charge'), 0)::bigint as charged_minor,
        coalesce(sum(l.amount_minor) filter (where l.payout_kind in ('refund', 'dispute', 'reversal')), 0)::bigint as taken_back_minor,
        coalesce(sum(l.amount_minor) filter (where l.payout_kind = 'fee'), 0)::bigint as fee_minor,
        coalesce(sum(l.amount_minor) filter (where l.payout_kind in ('carried', 'other')), 0)::bigint as other_minor
      from statement_line l where l.tenant_id = g.tenant_id and l.statement_id = g.statement_id) t
    where g.tenant_id = ${tx.tenantId} and g.payout_kind is not null and g.payout_kind = 'payout' ${state} ${further}
    order by g.booked_on desc, g.id desc limit ${limit}::int`,
    { plan: 'fresh' },
  );
}
