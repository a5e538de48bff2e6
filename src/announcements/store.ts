// SQL of announcements. Rows in, domain values out.

import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { Act } from '#command/command.ts';
import type { NewRow } from '#db/insert.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { Pair } from './announcement.ts';

/** An announcement about to be kept, with its parts. */
export type NewAnnouncement = NewRow<'announcement'> & {
  readonly identity: Uint8Array;
  readonly part_count: number;
  readonly parts: readonly Omit<NewRow<'announcement_part'>, 'announcement_id'>[];
};

export type AnnouncementRow = Selectable<DB['announcement']>;
export type PartRow = Selectable<DB['announcement_part']>;

/** Days between an announcement and its booking, at most: a long week-end and the days around it. */
const DAYS_APART_MAX = 10;
/** Pairs looked at together. */
const PAIRS_MAX = 1_000;

/** Adds announcements with their parts. */
export function insertAnnouncements(act: Act, rows: readonly NewAnnouncement[]): void {
  act.insert(
    'announcement',
    rows.map(({ parts: _, ...row }) => row),
  );
  act.insert(
    'announcement_part',
    rows.flatMap((row) => row.parts.map((part) => ({ announcement_id: row.id, ...part }))),
  );
}

/** Which of the announcements are kept already, as keys of identity and count of parts. */
export async function findKnown(
  tx: Tx,
  bankAccountId: string,
  rows: readonly Pick<NewAnnouncement, 'identity'>[],
): Promise<ReadonlySet<string>> {
  const known = await tx.run(
    sql<{ key: string }>`select encode(identity, 'hex') || ' ' || part_count as key from announcement
      where tenant_id = ${tx.tenantId} and bank_account_id = ${bankAccountId}
        and identity = any(${arrayLiteral(rows.map((row) => row.identity))}::bytea[])`,
    { plan: 'fresh' },
  );
  return new Set(known.map((row) => row.key));
}

/** That the line a receipt stands as may be taken apart: nobody was named for it, and nothing was applied. */
const isWhole = (p: RawBuilder<unknown>) => sql`${p}.returned_on is null and ${p}.customer_id is null
  and -${p}.amount_minor = (select coalesce(sum(i.open_minor), 0) from open_item i
    where i.tenant_id = ${p}.tenant_id and i.document_id = ${p}.id and i.open_minor < 0)`;

/** Announcements and booked receipts that may be one, where the announcement tells of more parts than the statement did. */
export async function findPairs(tx: Tx): Promise<readonly Pair[]> {
  return tx.run(
    sql<Pair>`
    select a.id as "announcementId", l.id as "lineId",
      case when a.bank_reference = l.bank_reference
        or exists (select from jsonb_array_elements(l.details->'entry'->'batches') b
          where b->>'paymentInformationId' = a.batch_payment_id
            or (a.batch_payment_id is null and b->>'messageId' = a.batch_message_id))
        then 'reference' when a.origin = 'lockbox' then 'amount' else 'message' end as rule
    from announcement a
    join statement_line l on l.tenant_id = a.tenant_id and l.bank_account_id = a.bank_account_id
      and l.currency = a.currency and l.amount_minor = a.amount_minor
      and l.booked_on between a.booked_on - ${DAYS_APART_MAX}::int and a.booked_on + ${DAYS_APART_MAX}::int
    join payment p on p.tenant_id = l.tenant_id and p.statement_line_id = l.id and ${isWhole(sql`p`)}
    where a.tenant_id = ${tx.tenantId} and a.amount_minor > 0
      and a.part_count > coalesce((l.details->>'detailCount')::int, 0)
      and (a.origin = 'lockbox' or a.bank_reference = l.bank_reference or l.details->'entry'->>'explainedBy' = a.message_id
        or exists (select from jsonb_array_elements(l.details->'entry'->'batches') b
          where b->>'paymentInformationId' = a.batch_payment_id
            or (a.batch_payment_id is null and b->>'messageId' = a.batch_message_id)))
      and not exists (select from announcement_part t where t.tenant_id = a.tenant_id and t.announcement_id = a.id
        and t.amount_minor <= 0)
      and not exists (select from announcement_use u where u.tenant_id = a.tenant_id
        and (u.announcement_id = a.id or u.statement_line_id = l.id))
      and not exists (select from line_explanation x where x.tenant_id = l.tenant_id and x.statement_line_id = l.id)
    order by a.booked_on, a.id, l.id limit ${PAIRS_MAX}::int`,
    { plan: 'fresh' },
  );
}

/** One announcement with its parts, and whether it took a line apart. That it does so once is held where its use is kept. */
export async function findAnnouncement(
  tx: Tx,
  id: string,
): Promise<
  | { readonly announcement: AnnouncementRow; readonly parts: readonly PartRow[]; readonly isUsed: boolean }
  | undefined
> {
  const announcement = await tx.find(
    sql<AnnouncementRow>`select * from announcement where tenant_id = ${tx.tenantId} and id = ${id}`,
  );
  if (!announcement) return undefined;
  const [parts, used] = await Promise.all([findParts(tx, id), findUse(tx, id)]);
  return { announcement, parts, isUsed: used !== undefined };
}

/** The parts of an announcement in the order of the bank. */
export async function findParts(tx: Tx, id: string): Promise<readonly PartRow[]> {
  return tx.run(sql<PartRow>`select * from announcement_part
    where tenant_id = ${tx.tenantId} and announcement_id = ${id} order by position`);
}

async function findUse(tx: Tx, id: string): Promise<{ readonly statement_line_id: string } | undefined> {
  return tx.find(sql<{ statement_line_id: string }>`select statement_line_id from announcement_use
    where tenant_id = ${tx.tenantId} and announcement_id = ${id}`);
}

/** The line that is to be taken apart, as far as its parts must fit it. */
export type LineToPart = {
  readonly bank_account_id: string;
  readonly company_id: string;
  readonly currency: string;
  readonly amount_minor: bigint;
  readonly value_on: PlainDate;
};

/** One booked line with the company it is of. */
export async function findLineToPart(tx: Tx, id: string): Promise<LineToPart | undefined> {
  return tx.find(sql<LineToPart>`select l.bank_account_id, b.company_id, l.currency, l.amount_minor, l.value_on
    from statement_line l join bank_account b on b.tenant_id = l.tenant_id and b.id = l.bank_account_id
    where l.tenant_id = ${tx.tenantId} and l.id = ${id}`);
}

/** Keeps that an announcement took a line apart. */
export function insertUse(act: Act, row: NewRow<'announcement_use'>): void {
  act.insert('announcement_use', [row]);
}

export type AnnouncementState = 'taken_apart' | 'booked' | 'expected' | 'missing';

/** An announcement as lists show it. */
export type ListedAnnouncement = AnnouncementRow & {
  readonly account_name: string;
  readonly payer_name: string | null;
  readonly remittance: string;
  readonly statement_id: string | null;
  readonly state: AnnouncementState;
};

/**
 * Announcements, the latest first; of those about one entry the one with most parts. What became of each: it took a booked
 * line apart; the same entry is booked; it is expected; or a statement reaches its day without it, and came no earlier.
 */
export async function findAnnouncements(
  tx: Tx,
  filter: {
    readonly bankAccountId?: string | undefined;
    readonly state?: AnnouncementState | undefined;
    readonly after?: readonly [PlainDate, string] | undefined;
    readonly limit: number;
  },
): Promise<readonly ListedAnnouncement[]> {
  const { after, bankAccountId, state, limit } = filter;
  const ofAccount = bankAccountId === undefined ? sql`` : sql`and a.bank_account_id = ${bankAccountId}`;
  const ofState = state === undefined ? sql`` : sql`and s.state = ${state}`;
  const further =
    after === undefined ? sql`` : sql`and (a.booked_on, a.id) < (${after[0]}::date, ${after[1]}::uuid)`;
  return tx.run(
    sql<ListedAnnouncement>`
    select a.*, b.name as account_name, first.payer_name, coalesce(first.remittance, '') as remittance, s.statement_id, s.state
    from announcement a
    join bank_account b on b.tenant_id = a.tenant_id and b.id = a.bank_account_id
    join company c on c.tenant_id = b.tenant_id and c.id = b.company_id
    left join announcement_part first on first.tenant_id = a.tenant_id and first.announcement_id = a.id and first.position = 1
    left join lateral (select u.statement_line_id from announcement_use u
      where u.tenant_id = a.tenant_id and u.announcement_id = a.id) used on true
    left join lateral (select l.id, l.statement_id from statement_line l
      where l.tenant_id = a.tenant_id and l.bank_account_id = a.bank_account_id
        and (l.identity = a.identity or l.id = used.statement_line_id or (l.amount_minor = a.amount_minor
          and l.bank_reference = a.bank_reference
          and l.booked_on between a.booked_on - ${DAYS_APART_MAX}::int and a.booked_on + ${DAYS_APART_MAX}::int))
      order by l.identity = a.identity desc limit 1) line on true
    cross join lateral (select line.statement_id, case
      when used.statement_line_id is not null then 'taken_apart'
      when line.id is not null then 'booked'
      when exists (select from bank_statement t where t.tenant_id = a.tenant_id
        and t.bank_account_id = a.bank_account_id and t.to_on >= a.booked_on
        and (t.recorded_at at time zone c.time_zone)::date >= a.booked_on) then 'missing'
      else 'expected' end as state) s
    where a.tenant_id = ${tx.tenantId} ${ofAccount} ${ofState} ${further}
      and not exists (select from announcement o where o.tenant_id = a.tenant_id
        and o.bank_account_id = a.bank_account_id and o.identity = a.identity and o.part_count > a.part_count)
    order by a.booked_on desc, a.id desc limit ${limit}::int`,
    { plan: 'fresh' },
  );
}
