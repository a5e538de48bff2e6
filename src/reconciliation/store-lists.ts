// SQL of what pages and reports show of the tie-out. Reads only.

import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '#db/transaction.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { LineKind } from './line-kind.ts';
import { type AccountRow, classified, type LineRange } from './store.ts';

/** A line of a day with what it is, whose it is, and what is left of it. */
export type DayLine = {
  readonly id: string;
  readonly line_no: number;
  readonly statement_id: string;
  readonly value_on: PlainDate;
  readonly currency: string;
  readonly amount_minor: bigint;
  readonly payer_name: string | null;
  readonly remittance: string;
  readonly kind: LineKind;
  readonly booked_minor: bigint;
  readonly is_other_currency: boolean;
  readonly payment_id: string | null;
  readonly payment_number: string | null;
  readonly customer_id: string | null;
  readonly customer_number: string | null;
  readonly customer_name: string | null;
  readonly unapplied_minor: bigint;
  readonly returns_payment_id: string | null;
  readonly explanation_id: string | null;
  readonly is_recorded_again: boolean;
  readonly note: string | null;
  readonly rule_text: string | null;
  readonly explained_by: string | null;
  /** Numbers of the payments it shows. */
  readonly shows: readonly string[];
};

/** Lines of a day in the order of the bank; of one kind only where it is given. */
export async function findDayLines(
  tx: Tx,
  range: LineRange,
  page: {
    readonly kind: LineKind | undefined;
    readonly after: readonly [minor: string, id: string] | undefined;
    readonly limit: number;
  },
): Promise<readonly DayLine[]> {
  const ofKind = page.kind === undefined ? sql`` : sql`and c.kind = ${page.kind}`;
  const rest =
    page.after === undefined
      ? sql``
      : sql`and (-abs(c.amount_minor), c.id) > (${page.after[0]}::bigint, ${page.after[1]}::uuid)`;
  return tx.run(
    sql<DayLine>`
    select c.id, c.line_no, c.statement_id, c.value_on, c.currency, c.amount_minor, c.payer_name, c.remittance, c.kind,
      c.booked_minor, c.is_other_currency, c.payment_id, p.number as payment_number, u.id as customer_id,
      u.number as customer_number, u.name as customer_name, coalesce(w.minor, 0)::bigint as unapplied_minor,
      c.returns_payment_id,
      c.explanation_id, c.note, c.explained_by,
      (select b.text from bank_rule b where b.tenant_id = ${tx.tenantId} and b.id = c.rule_id) as rule_text,
      (c.kind = 'receipt' and c.explanation_id is not null) as is_recorded_again,
      coalesce((select array_agg(n.number order by n.number) from explained_payment s
        join payment n on n.tenant_id = s.tenant_id and n.id = s.payment_id
        where s.tenant_id = ${tx.tenantId} and s.explanation_id = c.explanation_id), '{}') as shows
    from (${classified(tx, range)}) c
    left join payment p on p.tenant_id = ${tx.tenantId} and p.id = coalesce(c.payment_id, c.returns_payment_id)
    left join customer u on u.tenant_id = p.tenant_id and u.id = p.customer_id
    left join lateral (select -sum(i.open_minor) as minor from open_item i
      where i.tenant_id = ${tx.tenantId} and i.document_id = c.payment_id and i.open_minor < 0 and c.kind = 'receipt') w on true
    where true ${ofKind} ${rest} order by -abs(c.amount_minor), c.id limit ${page.limit}::int`,
    { plan: 'fresh' },
  );
}

// — between the bank and the books —

/** From when an account is followed, and whether it takes what names no account: the first of its company and currency does. */
export type AccountPlace = {
  readonly account: AccountRow;
  readonly startsOn: PlainDate;
  readonly isMain: boolean;
};

/** Whether an account is the first of its company and currency. */
export async function isMainAccount(tx: Tx, account: AccountRow): Promise<boolean> {
  const rows = await tx.run(sql<{ id: string }>`select id from bank_account
    where tenant_id = ${tx.tenantId} and company_id = ${account.company_id} and currency = ${account.currency}
    order by created_at, id limit 1`);
  return rows[0]?.id === account.id;
}

/**
 * What the books have on the bank account, piece by piece: payments, returns, and lines of other books, each with the day it was
 * posted and the line that shows it. What was given up because it was no receipt moves nothing and is left out.
 */
function pieces(tx: Tx, { account, isMain, startsOn }: AccountPlace): RawBuilder<unknown> {
  const tenant = tx.tenantId;
  return sql`
    select * from (
      select p.id as document_id, case p.direction when 'received' then 'deposit' else 'refund' end as kind, p.number,
        p.customer_id, coalesce(p.payer_name, '') as payer_name, p.received_on as on_day,
        greatest(p.received_on, ${startsOn}::date) as posted_on,
        case p.direction when 'received' then p.amount_minor else -p.amount_minor end as minor,
        coalesce(l.booked_on, x.booked_on) as shown_on,
        coalesce(l.bank_account_id, x.bank_account_id) as bank_account_id, p.recorded_at
      from payment p
      left join statement_line l on l.tenant_id = p.tenant_id and l.id = p.statement_line_id
      left join lateral (select x.booked_on, x.bank_account_id from explained_payment s
        join line_explanation x on x.tenant_id = s.tenant_id and x.id = s.explanation_id
        where s.tenant_id = p.tenant_id and s.payment_id = p.id and x.undone_at is null and x.kind in ('deposit', 'refund')
        limit 1) x on p.statement_line_id is null
      where p.tenant_id = ${tenant} and p.company_id = ${account.company_id} and p.currency = ${account.currency}
        and ${notGivenUp(sql`p`)}
      union all
      select p.id, 'return', p.number, p.customer_id, coalesce(p.payer_name, ''), r.returned_on,
        greatest(r.returned_on, ${startsOn}::date),
        case p.direction when 'received' then -(p.amount_minor + r.fee_minor) else p.amount_minor - r.fee_minor end,
        coalesce(l.booked_on, x.booked_on),
        coalesce(l.bank_account_id, x.bank_account_id, f.bank_account_id), r.recorded_at
      from payment_return r
      join payment p on p.tenant_id = r.tenant_id and p.id = r.payment_id
      left join statement_line l on l.tenant_id = r.tenant_id and l.id = r.statement_line_id
      left join statement_line f on f.tenant_id = p.tenant_id and f.id = p.statement_line_id
      left join lateral (select x.booked_on, x.bank_account_id from explained_payment s
        join line_explanation x on x.tenant_id = s.tenant_id and x.id = s.explanation_id
        where s.tenant_id = p.tenant_id and s.payment_id = p.id and x.undone_at is null and x.kind = 'return' limit 1) x on true
      where r.tenant_id = ${tenant} and p.company_id = ${account.company_id} and p.currency = ${account.currency}
        and ${notGivenUp(sql`p`)}
    ) piece
    where (piece.bank_account_id = ${account.id} or (piece.bank_account_id is null and ${isMain}::boolean))
      and (piece.shown_on is not null or piece.on_day >= ${startsOn}::date)`;
}

function notGivenUp(p: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`not (${p}.returned_on is not null and exists (select from line_explanation g
    where g.tenant_id = ${p}.tenant_id and ${p}.id in (g.given_up_id, g.recorded_id)))`;
}

/** A piece that stands on one side only at the end of a day. */
export type Outstanding = {
  readonly document_id: string;
  readonly kind: 'deposit' | 'refund' | 'return';
  readonly number: string;
  readonly customer_name: string | null;
  readonly payer_name: string;
  readonly posted_on: PlainDate;
  readonly shown_on: PlainDate | null;
  readonly minor: bigint;
};

/**
 * What is in the books by the end of a day and not on a statement by then (`transit`), or the other way round: on a statement
 * and dated later in the books (`early`). The oldest first.
 */
export async function findOutstanding(
  tx: Tx,
  place: AccountPlace,
  day: PlainDate,
  side: 'transit' | 'early',
): Promise<readonly Outstanding[]> {
  const isOut =
    side === 'transit'
      ? sql`o.posted_on <= ${day} and (o.shown_on is null or o.shown_on > ${day})`
      : sql`o.posted_on > ${day} and o.shown_on <= ${day}`;
  return tx.run(
    sql<Outstanding>`select o.document_id, o.kind, o.number, c.name as customer_name, o.payer_name, o.posted_on, o.shown_on, o.minor
      from (${pieces(tx, place)}) o
      left join customer c on c.tenant_id = ${tx.tenantId} and c.id = o.customer_id
      where ${isOut} order by o.posted_on, o.number, o.kind`,
    { plan: 'fresh' },
  );
}

/** A line that nobody explained by the end of a day. */
export type UnexplainedLine = {
  readonly id: string;
  readonly booked_on: PlainDate;
  readonly amount_minor: bigint;
  readonly payer_name: string | null;
  readonly remittance: string;
};

/** Lines of an account up to a day that are nothing yet, in its currency; the oldest first. */
export async function findUnexplained(
  tx: Tx,
  { account, startsOn }: AccountPlace,
  day: PlainDate,
): Promise<readonly UnexplainedLine[]> {
  return tx.run(
    sql<UnexplainedLine>`select c.id, c.booked_on, c.amount_minor, c.payer_name, c.remittance
      from (${classified(tx, { account, from: startsOn, to: day })}) c
      where c.kind = 'unexplained' and not c.is_other_currency order by c.booked_on, c.id`,
    { plan: 'fresh' },
  );
}

/**
 * What the journal moved on the bank account for one account at the bank up to a day, read from its lines alone; and what the
 * whole ledger account of the company stands at in the currency.
 */
export async function sumBooks(
  tx: Tx,
  place: AccountPlace,
  day: PlainDate,
): Promise<{ readonly moved_minor: bigint; readonly ledger_minor: bigint }> {
  const { account } = place;
  const row = await tx.find(sql<{ moved_minor: bigint; ledger_minor: bigint }>`
    with mine as materialized (
      select o.document_id, case o.kind when 'deposit' then 'payment' else o.kind end as kind from (${pieces(tx, place)}) o
      union all select x.id, 'bank_line' from line_explanation x
        where x.tenant_id = ${tx.tenantId} and x.bank_account_id = ${account.id} and x.currency = ${account.currency})
    select coalesce(sum(j.amount_minor) filter (
        where greatest(j.posted_on, ${place.startsOn}::date) <= ${day} and m.document_id is not null), 0)::bigint as moved_minor,
      coalesce(sum(j.amount_minor) filter (where j.posted_on <= ${day}), 0)::bigint as ledger_minor
    from journal_line j join journal_entry e on e.tenant_id = j.tenant_id and e.id = j.entry_id
    left join mine m on m.document_id = e.document_id and m.kind = e.kind
    where j.tenant_id = ${tx.tenantId} and j.company_id = ${account.company_id} and j.account = 'bank'
      and j.currency = ${account.currency}`);
  return row ?? { moved_minor: 0n, ledger_minor: 0n };
}
