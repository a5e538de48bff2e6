// SQL of the list itself: its day and rows, and the rules that give points.

import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { Act } from '#command/command.ts';
import type { NewRow } from '#db/insert.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { Instant, PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import { BULK_ROWS, CLAIM_MINUTES, CLAIM_TRIES_MAX } from '#kernel/limits.ts';
import type { PointReason, PointRule } from './points.ts';
import type { Rank } from './rank.ts';
import { among, type Whose } from './store-facts.ts';

/** A set of rules as stored. */
export type RulesRow = Omit<Selectable<DB['worklist_rules']>, 'rules'> & {
  readonly rules: readonly PointRule[];
};

/** The rules in force, if any were stated. */
export async function findRules(tx: Tx): Promise<RulesRow | undefined> {
  return tx.find(sql<RulesRow>`
    select * from worklist_rules where tenant_id = ${tx.tenantId} order by number desc limit 1`);
}

/** States rules. */
export function insertRules(act: Act, row: NewRow<'worklist_rules'>): void {
  act.insert('worklist_rules', [row]);
}

/** Hazards of all customers, as kept with the list. */
export type KeptUsual = { readonly asOf: number; readonly hazards: readonly (readonly number[])[] };

/** For which day the list is, and what it was made with. */
export type ListedDay = Omit<Selectable<DB['worklist_day']>, 'usual' | 'made_upto'> & {
  readonly usual: KeptUsual;
  readonly made_upto: CustomerId | null;
};

/** For which day the list is. */
export async function findDay(tx: Tx): Promise<ListedDay | undefined> {
  return tx.find(sql<ListedDay>`select * from worklist_day where tenant_id = ${tx.tenantId}`);
}

/** The same, behind a lock, though no list was made yet: lists are made, and accounts given, one after the other. */
export async function lockDay(tx: Tx): Promise<ListedDay | undefined> {
  await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`worklist ${tx.tenantId}`}, 0))`);
  return findDay(tx);
}

/** Where the making of a list begins: before every customer. */
export const BEFORE_ALL = '00000000-0000-0000-0000-000000000000' as CustomerId;

/** Begins a list: notes for which day it is and what it is made with. No customer is looked at yet. */
export async function putDay(
  tx: Tx,
  day: Pick<ListedDay, 'listed_on' | 'rules_id' | 'usual'> & { readonly now: Instant },
): Promise<void> {
  await tx.run(sql`
    insert into worklist_day (tenant_id, listed_on, rules_id, usual, made_at, refreshed_at, made_upto)
    values (${tx.tenantId}, ${day.listed_on}, ${day.rules_id}, ${JSON.stringify(day.usual)}::jsonb, ${day.now}, ${day.now},
      ${BEFORE_ALL})
    on conflict (tenant_id) do update set listed_on = excluded.listed_on, rules_id = excluded.rules_id, usual = excluded.usual,
      made_at = excluded.made_at, refreshed_at = excluded.refreshed_at, made_upto = excluded.made_upto`);
}

/** Notes up to which customer the list is made; without one it is whole. */
export function updateMade(tx: Tx, upto: CustomerId | undefined): void {
  tx.write(sql`update worklist_day set made_upto = ${upto ?? null}::uuid where tenant_id = ${tx.tenantId}`);
}

/** Looks at the rows anew after many were replaced: PostgreSQL would plan pages for those that stood there before. */
export async function takeStatistics(tx: Tx): Promise<void> {
  await tx.run(sql`analyze worklist_row`);
}

/** Notes up to which moment changes are in the list. */
export function updateRefreshed(tx: Tx, now: Instant): void {
  tx.write(sql`update worklist_day set refreshed_at = ${now} where tenant_id = ${tx.tenantId}`);
}

/** Customers to whom something happened since a moment. */
export async function findChanged(tx: Tx, since: Instant): Promise<readonly CustomerId[]> {
  const rows = await tx.run(sql<{ id: CustomerId }>`
    select distinct customer_id as id from event
    where tenant_id = ${tx.tenantId} and customer_id is not null and recorded_at >= ${since}`);
  return rows.map((row) => row.id);
}

/** Whether something was put on hold since a moment that is wider than a customer, or released. */
export async function hasWideChange(tx: Tx, since: Instant): Promise<boolean> {
  const row = await tx.find(sql<{ one: number }>`
    select 1 as one from event where tenant_id = ${tx.tenantId} and customer_id is null and recorded_at >= ${since}
      and type in ('hold.placed', 'hold.released') limit 1`);
  return row !== undefined;
}

/** A row as it goes in; whose account it is, is known here. */
export type NewListed = Omit<NewRow<'worklist_row'>, 'owner_id' | 'is_protected'>;

/** Replaces the rows of customers. A row that somebody else put in meanwhile is as fresh and stays. */
export function replaceRows(tx: Tx, whose: Whose, rows: readonly NewListed[]): void {
  tx.write(
    sql`delete from worklist_row where tenant_id = ${tx.tenantId} and ${among(sql`customer_id`, whose)}`,
  );
  for (let start = 0; start < rows.length; start += BULK_ROWS) {
    const part = rows.slice(start, start + BULK_ROWS);
    const all = (key: keyof NewListed) => arrayLiteral(part.map((row) => row[key]));
    tx.write(sql`
      insert into worklist_row (tenant_id, company_id, customer_id, currency, points, expected_minor, overdue_minor,
        facts, reasons, hidden_until, woke_at, owner_id, is_protected)
      select ${tx.tenantId}::uuid, n.*, o.user_id, coalesce(o.is_protected, false)
      from unnest(${all('company_id')}::uuid[], ${all('customer_id')}::uuid[],
        ${all('currency')}::char(3)[], ${all('points')}::int[], ${all('expected_minor')}::bigint[],
        ${all('overdue_minor')}::bigint[], ${all('facts')}::jsonb[], ${all('reasons')}::jsonb[],
        ${all('hidden_until')}::date[], ${all('woke_at')}::timestamptz[]) as n(company_id, customer_id, currency, points,
        expected_minor, overdue_minor, facts, reasons, hidden_until, woke_at)
      left join lateral (select w.user_id, w.is_protected from worklist_owner w where w.tenant_id = ${tx.tenantId}
        and w.customer_id = n.customer_id and w.company_id = n.company_id
        order by w.recorded_at desc, w.id desc limit 1) o on true
      on conflict (tenant_id, company_id, customer_id) do nothing`);
  }
}

/** Which rows are asked for. */
export type ListFilter = {
  readonly today: PlainDate;
  readonly now: Instant;
  readonly rank: Rank;
  readonly companyId?: CompanyId | undefined;
  readonly account?: { readonly companyId: CompanyId; readonly customerId: CustomerId } | undefined;
  /** Accounts of these members; with `unowned` those of nobody; else all. */
  readonly ownerIds?: readonly string[] | undefined;
  readonly unowned?: boolean | undefined;
  /** Those done or put off too. */
  readonly withHidden?: boolean | undefined;
  /** Not those that somebody else than this one has in hand. */
  readonly freeFor?: string | undefined;
  readonly after?: readonly [string, string, string, string] | undefined;
  readonly limit: number;
};

/** What was seen of an account, as kept with its row; days as text. */
export type KeptFacts = {
  readonly oldestDueOn: string | null;
  readonly items: number;
  readonly lastSpokenOn: string | null;
  readonly brokenOn: string | null;
  readonly closedOn: string | null;
  readonly nextOn: string | null;
  readonly problems: number;
};

/** A row of the list as it is shown. */
export type ListedRow = {
  readonly companyId: CompanyId;
  readonly customerId: CustomerId;
  readonly companyCode: string;
  readonly customerNumber: string;
  readonly customerName: string;
  readonly country: string | null;
  readonly timeZone: string;
  /** Somebody can be called. */
  readonly hasNumber: boolean;
  readonly currency: string;
  readonly points: number;
  readonly expected: bigint;
  readonly overdue: bigint;
  readonly facts: KeptFacts;
  readonly reasons: readonly PointReason[];
  readonly ownerId: string | null;
  readonly isProtected: boolean;
  readonly heldBy: string | null;
  readonly snoozedUntil: PlainDate | null;
  readonly snoozeReason: string | null;
  readonly hiddenUntil: PlainDate | null;
  readonly isDone: boolean;
};

/**
 * Whether a row is off the list today: put off, dealt with, or asked for another day. Each is asked row by row, so that a page is
 * read along the index and ends when it is full: as joins, PostgreSQL thinks that hardly a row is left, and sorts them all.
 */
function isShown(tx: Tx, today: PlainDate): RawBuilder<unknown> {
  const of = sql`w.tenant_id = ${tx.tenantId} and w.customer_id = r.customer_id and w.company_id = r.company_id`;
  return sql`(r.hidden_until is null or r.hidden_until <= ${today}::date)
    and not coalesce((select w.until_on > ${today}::date and (r.woke_at is null or r.woke_at <= w.recorded_at)
      from worklist_snooze w where ${of} order by w.recorded_at desc limit 1), false)
    and coalesce((select max(w.recorded_at) from worklist_done w where ${of} and w.done_on = ${today}::date), '-infinity')
      <= coalesce(r.woke_at, '-infinity')`;
}

/** What a filter asks of rows `r` of the list. */
function askedOf(tx: Tx, filter: ListFilter): readonly RawBuilder<unknown>[] {
  const { today, now, account } = filter;
  const parts: RawBuilder<unknown>[] = [sql`r.tenant_id = ${tx.tenantId}`];
  if (filter.companyId) parts.push(sql`r.company_id = ${filter.companyId}::uuid`);
  if (account)
    parts.push(
      sql`r.company_id = ${account.companyId}::uuid and r.customer_id = ${account.customerId}::uuid`,
    );
  if (!filter.withHidden) parts.push(isShown(tx, today));
  if (filter.ownerIds !== undefined)
    parts.push(sql`r.owner_id = any(${arrayLiteral(filter.ownerIds)}::text[])`);
  if (filter.unowned) parts.push(sql`r.owner_id is null`);
  if (filter.freeFor !== undefined)
    parts.push(sql`not coalesce((select c.held_by <> ${filter.freeFor} from worklist_claim c where c.tenant_id = ${tx.tenantId}
      and c.company_id = r.company_id and c.customer_id = r.customer_id and c.held_until > ${now}), false)`);
  return parts;
}

/**
 * Rows of the list, what comes first by a rank first. What was done today, put off or is asked for another day is
 * hidden.
 */
export async function findListed(tx: Tx, filter: ListFilter): Promise<readonly ListedRow[]> {
  const { today, now } = filter;
  const parts = [...askedOf(tx, filter)];
  const [first, second] =
    filter.rank === 'points'
      ? [sql`r.points`, sql`r.expected_minor`]
      : [sql`r.expected_minor`, sql`r.points`];
  if (filter.after) {
    const [a, b, c, e] = filter.after;
    // Said so, many accounts with the same points are not taken for hardly any.
    parts.push(sql`(${first}, ${second}) <= (${a}::bigint, ${b}::bigint) and not coalesce(${first} = ${a}::bigint
      and ${second} = ${b}::bigint and (r.customer_id, r.company_id) <= (${c}::uuid, ${e}::uuid), false)`);
  }
  const order = sql`${first} desc, ${second} desc, r.customer_id, r.company_id`;
  return tx.run(
    sql<ListedRow>`
      select r.company_id as "companyId", r.customer_id as "customerId", m.code as "companyCode", u.number as "customerNumber",
        u.name as "customerName", u.country, u.time_zone as "timeZone", coalesce(k.yes, false) as "hasNumber", r.currency,
        r.points, r.expected_minor as expected, r.overdue_minor as overdue,
        r.facts, r.reasons,
        r.owner_id as "ownerId", r.is_protected as "isProtected", h.held_by as "heldBy",
        case when z.until_on > ${today}::date then z.until_on end as "snoozedUntil",
        case when z.until_on > ${today}::date then z.reason end as "snoozeReason",
        case when r.hidden_until > ${today}::date then r.hidden_until end as "hiddenUntil", d.at is not null as "isDone"
      from (select r.* from worklist_row r where ${sql.join(parts, sql` and `)}
        order by ${order} limit ${filter.limit}::int) r
      join company m on m.tenant_id = r.tenant_id and m.id = r.company_id
      join customer u on u.tenant_id = r.tenant_id and u.id = r.customer_id
      left join lateral (select w.until_on, w.reason, w.recorded_at from worklist_snooze w where w.tenant_id = r.tenant_id
        and w.customer_id = r.customer_id and w.company_id = r.company_id order by w.recorded_at desc limit 1) z on true
      left join lateral (select max(w.recorded_at) as at from worklist_done w where w.tenant_id = r.tenant_id
        and w.customer_id = r.customer_id and w.company_id = r.company_id and w.done_on = ${today}::date
        having r.woke_at is null or max(w.recorded_at) > r.woke_at) d on true
      left join lateral (select true as yes from contact c where c.tenant_id = r.tenant_id and c.customer_id = r.customer_id
        and c.phone is not null and c.archived_at is null limit 1) k on true
      left join worklist_claim h on h.tenant_id = r.tenant_id and h.company_id = r.company_id and h.customer_id = r.customer_id
        and h.held_until > ${now}
      order by ${order}`,
    { plan: 'fresh' },
  );
}

/** How many accounts are on the list, done, put off or not. */
export async function countRows(tx: Tx): Promise<number> {
  const row = await tx.find(sql<{ n: number }>`
    select count(*)::int as n from worklist_row where tenant_id = ${tx.tenantId}`);
  return row?.n ?? 0;
}

/** Takes an account in hand until a moment; gives whether nobody else has it. */
export async function claimAccount(
  act: Act,
  account: { readonly companyId: CompanyId; readonly customerId: CustomerId },
  by: string,
  until: Instant,
): Promise<boolean> {
  const rows = await act.run(sql<{ held_by: string }>`
    insert into worklist_claim (tenant_id, company_id, customer_id, held_by, held_until)
    values (${act.tenantId}, ${account.companyId}, ${account.customerId}, ${by}, ${until})
    on conflict on constraint worklist_claim_one do update set held_by = excluded.held_by, held_until = excluded.held_until
    where worklist_claim.held_by = excluded.held_by or worklist_claim.held_until <= ${act.now} returning held_by`);
  return rows.length > 0;
}

/** Since when somebody has an account in hand; undefined where they do not. */
export async function findClaimedAt(
  act: Act,
  account: { readonly companyId: CompanyId; readonly customerId: CustomerId },
  by: string,
): Promise<Instant | undefined> {
  const row = await act.find(sql<{ held_until: Instant }>`
    select held_until from worklist_claim where tenant_id = ${act.tenantId} and company_id = ${account.companyId}
      and customer_id = ${account.customerId} and held_by = ${by}`);
  return row?.held_until.subtract({ minutes: CLAIM_MINUTES });
}

/** Lays down what somebody has in hand: one account, or all of theirs. */
export function deleteClaims(
  act: Act,
  by: string,
  account?: { readonly companyId: CompanyId; readonly customerId: CustomerId } | undefined,
): void {
  const which =
    account === undefined
      ? sql`true`
      : sql`company_id = ${account.companyId} and customer_id = ${account.customerId}`;
  act.write(
    sql`delete from worklist_claim where tenant_id = ${act.tenantId} and held_by = ${by} and ${which}`,
  );
}

/** Accounts tried one after the other, because others take them in the same moment. */
export const CANDIDATES = CLAIM_TRIES_MAX;

/** Keeps that accounts were dealt with. */
export function insertDone(act: Act, rows: readonly NewRow<'worklist_done'>[]): void {
  act.insert('worklist_done', rows);
}

/** Keeps that accounts were put off, or are back. */
export function insertSnoozes(act: Act, rows: readonly NewRow<'worklist_snooze'>[]): void {
  act.insert('worklist_snooze', rows);
}

/** How many accounts somebody dealt with on a day. */
export async function countDone(tx: Tx, by: string, on: PlainDate): Promise<number> {
  const row = await tx.find(sql<{ n: number }>`
    select count(distinct (company_id, customer_id))::int as n from worklist_done
    where tenant_id = ${tx.tenantId} and done_by = ${by} and done_on = ${on}`);
  return row?.n ?? 0;
}
