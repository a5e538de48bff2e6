// SQL of disputes: what commands lock, write and decide by. Lists have a store beside this.

import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { Act } from '#command/command.ts';
import type { NewRow } from '#db/insert.ts';
import { q } from '#db/query.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { Instant, PlainDate } from '#kernel/calendar.ts';
import type { ApplicationId, CustomerId, ItemId } from '#kernel/id.ts';
import type { Happening, SettledBy } from './standing.ts';

export type DisputeRow = Selectable<DB['dispute']>;
export type ClosingRow = Selectable<DB['dispute_closing']>;

/** Which past is asked for: as of the end of a day, as known at a moment. Left out, now. */
export type Past = { readonly asOf?: PlainDate | undefined; readonly knownAt?: Instant | undefined };

const uuids = (ids: readonly string[]): RawBuilder<string[]> => sql`${arrayLiteral(ids)}::uuid[]`;

// — writing —

/** Adds disputes with their items and first reasons. */
export function insertDisputes(
  act: Act,
  disputes: readonly NewRow<'dispute'>[],
  items: readonly NewRow<'dispute_item'>[],
  reasons: readonly NewRow<'dispute_reason'>[],
): void {
  act.insert('dispute', disputes);
  act.insert('dispute_item', items);
  act.insert('dispute_reason', reasons);
}

/** Adds how a dispute's reason is understood from now on. */
export function insertReason(act: Act, row: NewRow<'dispute_reason'>): void {
  act.insert('dispute_reason', [row]);
}

/** Adds parts that are no more disputed. */
export function insertReleases(act: Act, rows: readonly NewRow<'dispute_release'>[]): void {
  act.insert('dispute_release', rows);
}

/** Adds a document that was made for a dispute. */
export function insertRemedy(act: Act, row: NewRow<'dispute_remedy'>): void {
  act.insert('dispute_remedy', [row]);
}

/** Adds closings. */
export function insertClosings(
  act: Act,
  rows: readonly Omit<
    NewRow<'dispute_closing'>,
    'reopened_on' | 'reopened_by' | 'reopened_note' | 'reopened_at'
  >[],
): void {
  const open = { reopened_on: null, reopened_by: null, reopened_note: null, reopened_at: null };
  act.insert(
    'dispute_closing',
    rows.map((row) => ({ ...row, ...open })),
  );
}

/** Notes that a closing was taken back. */
export function updateReopened(
  act: Act,
  closingId: string,
  by: { readonly on: PlainDate; readonly by: string; readonly note: string },
): void {
  act.write(
    sql`update dispute_closing set reopened_on = ${by.on}, reopened_by = ${by.by}, reopened_note = ${by.note}, reopened_at = ${act.now}
      where tenant_id = ${act.tenantId} and id = ${closingId} and reopened_at is null`,
    { rows: 1, rule: 'the closing that is taken back stood' },
  );
}

/** Adds what is left out of interest for a dispute. */
export function insertExclusions(act: Act, rows: readonly NewRow<'dispute_exclusion'>[]): void {
  act.insert('dispute_exclusion', rows);
}

/** Adds a reason of the tenant, or how one is called from now on. */
export function insertReasonKind(act: Act, row: NewRow<'dispute_reason_kind'>): void {
  act.insert('dispute_reason_kind', [row]);
}

/** Adds what a customer's code means from now on. */
export function insertClaimCode(act: Act, row: NewRow<'claim_code'>): void {
  act.insert('claim_code', [row]);
}

// — locking and deciding —

/** One dispute, locked, with its standing closing. */
export async function lockDispute(
  tx: Tx,
  id: string,
): Promise<{ readonly dispute: DisputeRow; readonly closing: ClosingRow | undefined } | undefined> {
  const dispute = await tx.find(
    q.selectFrom('dispute').selectAll().where('tenant_id', '=', tx.tenantId).where('id', '=', id).forUpdate(),
  );
  if (!dispute) return undefined;
  const closing = await tx.find(
    q
      .selectFrom('dispute_closing')
      .selectAll()
      .where('tenant_id', '=', tx.tenantId)
      .where('dispute_id', '=', id)
      .where('reopened_at', 'is', null),
  );
  return { dispute, closing };
}

/** The reasons that the tenant said something about, as they are now. */
export async function findReasonKinds(
  tx: Tx,
): Promise<readonly { readonly code: string; readonly name: string; readonly inUse: boolean }[]> {
  return tx.run(sql<{ code: string; name: string; inUse: boolean }>`
    select distinct on (code) code, name, in_use as "inUse" from dispute_reason_kind
    where tenant_id = ${tx.tenantId} order by code, recorded_at desc, id desc`);
}

/** What a code of a customer means: what was said for that customer, else for everybody. */
export async function findClaimCode(
  tx: Tx,
  customerId: CustomerId,
  codeKey: string,
): Promise<string | undefined> {
  const rows = await tx.run(sql<{ customer_id: string | null; reason: string | null }>`
    select distinct on (customer_id) customer_id, reason from claim_code
    where tenant_id = ${tx.tenantId} and code_key = ${codeKey} and (customer_id is null or customer_id = ${customerId})
    order by customer_id, recorded_at desc, id desc`);
  const own = rows.find((row) => row.customer_id !== null)?.reason;
  return own ?? rows.find((row) => row.customer_id === null)?.reason ?? undefined;
}

/** A dispute that a new one may say again: the earliest of the same claim number, else of the same amount of the same item. */
export async function findSameClaim(
  tx: Tx,
  claim: {
    readonly customerId: CustomerId;
    readonly claimKey: string;
    readonly parts: readonly { readonly itemId: ItemId; readonly minor: bigint }[];
  },
): Promise<{ readonly id: string; readonly number: string } | undefined> {
  const rows = await tx.run(sql<{ id: string; number: string }>`
    select d.id, d.number from dispute d
    where d.tenant_id = ${tx.tenantId} and d.customer_id = ${claim.customerId}
      and ((${claim.claimKey} <> '' and d.claim_key = ${claim.claimKey})
        or exists (select from dispute_item i
          join unnest(${uuids(claim.parts.map((part) => part.itemId))},
              ${arrayLiteral(claim.parts.map((part) => part.minor))}::bigint[])
            as wanted (item_id, minor) on wanted.item_id = i.item_id and wanted.minor = i.amount_minor
          where i.tenant_id = d.tenant_id and i.dispute_id = d.id and d.kind = 'deduction'
            and (${claim.claimKey} = '' or coalesce(d.claim_key, '') = '')))
      and not exists (select from dispute_closing c where c.tenant_id = d.tenant_id and c.dispute_id = d.id
        and c.reopened_at is null and c.outcome in ('undone', 'withdrawn'))
    order by d.recorded_at, d.id limit 1`);
  return rows[0];
}

/** Disputes that applications were remedies of: what they gave was made for a dispute of the item that they gave it to. */
export async function findRemedied(
  tx: Tx,
  applicationIds: readonly ApplicationId[],
): Promise<readonly string[]> {
  const rows = await tx.run(sql<{ dispute_id: string }>`
    select distinct i.dispute_id from application a
    join open_item c on c.tenant_id = a.tenant_id and c.id = a.credit_item_id
    join dispute_remedy r on r.tenant_id = c.tenant_id and r.document_id = c.document_id
    join dispute_item i on i.tenant_id = r.tenant_id and i.dispute_id = r.dispute_id and i.item_id = a.debit_item_id
    where a.tenant_id = ${tx.tenantId} and a.id = any(${uuids(applicationIds)}) order by i.dispute_id`);
  return rows.map((row) => row.dispute_id);
}

/** Disputes decided for the customer (as one of `outcomes`) about items that applications settled. */
export async function findGranted(
  tx: Tx,
  applicationIds: readonly ApplicationId[],
  outcomes: readonly string[],
): Promise<readonly string[]> {
  const rows = await tx.run(sql<{ dispute_id: string }>`
    select c.dispute_id from dispute_closing c
    where c.tenant_id = ${tx.tenantId} and c.reopened_at is null and c.outcome = any(${arrayLiteral(outcomes)}::text[])
      and exists (select from dispute_item i join application a on a.tenant_id = i.tenant_id and a.debit_item_id = i.item_id
        where i.tenant_id = c.tenant_id and i.dispute_id = c.dispute_id and a.id = any(${uuids(applicationIds)}))
    order by c.dispute_id`);
  return rows.map((row) => row.dispute_id);
}

/** Credit notes and write-offs that took something off the items of a dispute since it began, unless made for another one. */
export async function findCreditsSince(
  tx: Tx,
  disputeId: string,
): Promise<readonly { readonly documentId: string; readonly minor: bigint; readonly isRemedy: boolean }[]> {
  return tx.run(sql<{ documentId: string; minor: bigint; isRemedy: boolean }>`
    select o.document_id as "documentId", sum(a.amount_minor)::bigint as minor, r.document_id is not null as "isRemedy"
    from dispute_item i join dispute d on d.tenant_id = i.tenant_id and d.id = i.dispute_id
    join application a on a.tenant_id = i.tenant_id and a.debit_item_id = i.item_id and a.reverses_id is null
      and a.recorded_at >= d.recorded_at
    join open_item o on o.tenant_id = a.tenant_id and o.id = a.credit_item_id and o.kind in ('credit_note', 'write_off')
    left join dispute_remedy r on r.tenant_id = o.tenant_id and r.document_id = o.document_id
    where i.tenant_id = ${tx.tenantId} and i.dispute_id = ${disputeId} and (r.dispute_id is null or r.dispute_id = i.dispute_id)
      and not exists (select from application b where b.tenant_id = a.tenant_id and b.reverses_id = a.id)
    group by o.document_id, r.document_id order by min(a.recorded_at), o.document_id`);
}

/** Which document a remedy is: what it took off which items, and whether it was recorded for a dispute before. */
export async function findRemedyItems(
  tx: Tx,
  documentId: string,
): Promise<{ readonly itemIds: readonly ItemId[]; readonly takenBy: string | null } | undefined> {
  const rows = await tx.run(sql<{ item_id: ItemId | null; dispute_id: string | null }>`
    select a.debit_item_id as item_id, r.dispute_id from open_item o
    left join application a on a.tenant_id = o.tenant_id and a.credit_item_id = o.id and a.reverses_id is null
      and not exists (select from application b where b.tenant_id = a.tenant_id and b.reverses_id = a.id)
    left join dispute_remedy r on r.tenant_id = o.tenant_id and r.document_id = o.document_id
    where o.tenant_id = ${tx.tenantId} and o.document_id = ${documentId} and o.kind in ('credit_note', 'write_off')`);
  const [first] = rows;
  if (!first) return undefined;
  return { itemIds: rows.flatMap((row) => row.item_id ?? []), takenBy: first.dispute_id };
}

/** An exclusion from interest that stands for a dispute. */
export type StandingExclusion = {
  readonly exclusionId: string;
  readonly itemId: ItemId;
  readonly minor: bigint;
  readonly from: PlainDate;
};

/** Exclusions from interest that stand for a dispute. */
export async function findExclusions(tx: Tx, disputeId: string): Promise<readonly StandingExclusion[]> {
  return tx.run(sql<StandingExclusion>`
    select e.exclusion_id as "exclusionId", e.item_id as "itemId", e.amount_minor as minor, x.from_on as "from"
    from dispute_exclusion e
    join charge_exclusion x on x.tenant_id = e.tenant_id and x.id = e.exclusion_id
    where e.tenant_id = ${tx.tenantId} and e.dispute_id = ${disputeId} and x.released_at is null`);
}

/**
 * Deductions that began with applications which are taken back, and that stand: not decided, nothing made for them. Locked.
 * It makes no difference from which side an application is taken back.
 */
export async function findDeductionsOf(
  tx: Tx,
  applicationIds: readonly ApplicationId[],
): Promise<readonly DisputeRow[]> {
  return tx.run(sql<DisputeRow>`select d.* from dispute d
    where d.tenant_id = ${tx.tenantId} and d.id in (
        select i.dispute_id from application a
        join open_item c on c.tenant_id = a.tenant_id and c.id = a.credit_item_id
        join dispute e on e.tenant_id = a.tenant_id and e.payment_id = c.document_id
        join dispute_item i on i.tenant_id = e.tenant_id and i.dispute_id = e.id and i.item_id = a.debit_item_id
        where a.tenant_id = ${tx.tenantId} and a.id = any(${uuids(applicationIds)}))
      and not exists (select from dispute_closing c
        where c.tenant_id = d.tenant_id and c.dispute_id = d.id and c.reopened_at is null)
      and not exists (select from dispute_remedy r where r.tenant_id = d.tenant_id and r.dispute_id = d.id)
    order by d.id for update`);
}

// — what happened to items —

/** An item of a dispute with its whole amount and what happened to it, in order. */
export type FollowedItem = {
  readonly itemId: ItemId;
  readonly minor: bigint;
  readonly currency: string;
  readonly happened: readonly Happening[];
};

/** Which of the four kinds of things happened first, where all bear one moment. */
const RANK: Readonly<Record<Happening['kind'], number>> = { settled: 0, opened: 1, released: 2, closed: 3 };

/** What happened to items, as of a past. Items that were never disputed are left out. */
export async function findHappenings(
  tx: Tx,
  itemIds: readonly ItemId[],
  past: Past = {},
): Promise<readonly FollowedItem[]> {
  if (itemIds.length === 0) return [];
  const asOf = past.asOf ?? null;
  const knownAt = past.knownAt ?? null;
  const then = (on: RawBuilder<unknown>, at: RawBuilder<unknown>) =>
    sql`(${asOf}::date is null or ${on} <= ${asOf}::date) and (${knownAt}::timestamptz is null or ${at} <= ${knownAt}::timestamptz)`;
  const rows = await tx.run(
    sql<HappeningRow>`
    with wanted as (
      select distinct i.id, i.amount_minor, i.currency from open_item i
      join dispute_item d on d.tenant_id = i.tenant_id and d.item_id = i.id
      where i.tenant_id = ${tx.tenantId} and i.id = any(${uuids(itemIds)})
    )
    select w.id as item_id, w.amount_minor as item_minor, w.currency, h.* from wanted w cross join lateral (
      select 'settled' as kind, o.kind as by, a.amount_minor + a.discount_minor + a.difference_minor as minor,
        r.dispute_id, a.recorded_at, a.id
      from application a join open_item o on o.tenant_id = a.tenant_id and o.id = a.credit_item_id
      left join dispute_remedy r on r.tenant_id = o.tenant_id and r.document_id = o.document_id
      where a.tenant_id = ${tx.tenantId} and a.debit_item_id = w.id and a.reverses_id is null
        and ${then(sql`a.applied_on`, sql`a.recorded_at`)}
        and not exists (select from application b where b.tenant_id = a.tenant_id and b.reverses_id = a.id
          and ${then(sql`b.applied_on`, sql`b.recorded_at`)})
      union all
      select 'opened', null, i.amount_minor, d.id, d.recorded_at, d.id
      from dispute_item i join dispute d on d.tenant_id = i.tenant_id and d.id = i.dispute_id
      where i.tenant_id = ${tx.tenantId} and i.item_id = w.id and ${then(sql`d.opened_on`, sql`d.recorded_at`)}
      union all
      select 'released', null, r.amount_minor, r.dispute_id, r.recorded_at, r.id
      from dispute_release r
      where r.tenant_id = ${tx.tenantId} and r.item_id = w.id and ${then(sql`r.released_on`, sql`r.recorded_at`)}
      union all
      select 'closed', null, 0, c.dispute_id, c.recorded_at, c.id
      from dispute_item i join dispute_closing c on c.tenant_id = i.tenant_id and c.dispute_id = i.dispute_id
      where i.tenant_id = ${tx.tenantId} and i.item_id = w.id and ${then(sql`c.closed_on`, sql`c.recorded_at`)}
        and (c.reopened_at is null or not (${then(sql`c.reopened_on`, sql`c.reopened_at`)}))
    ) h`,
    { plan: 'fresh' },
  );
  return [...Map.groupBy(rows, (row) => row.item_id).values()].flatMap((own) => {
    const [first] = own;
    if (!first) return [];
    const ordered = own.toSorted(
      (a, b) =>
        Temporal.Instant.compare(a.recorded_at, b.recorded_at) ||
        RANK[a.kind] - RANK[b.kind] ||
        (a.id < b.id ? -1 : 1),
    );
    return [
      {
        itemId: first.item_id,
        minor: first.item_minor,
        currency: first.currency,
        happened: ordered.map(toHappening),
      },
    ];
  });
}

type HappeningRow = {
  readonly item_id: ItemId;
  readonly item_minor: bigint;
  readonly currency: string;
  readonly kind: Happening['kind'];
  readonly by: string | null;
  readonly minor: bigint;
  readonly dispute_id: string | null;
  readonly recorded_at: Instant;
  readonly id: string;
};

/** How an item that settles counts: money paid, given back, or taken off the books. A discount counts with what it came with. */
function settledBy(kind: string | null): SettledBy {
  if (kind === 'write_off') return 'writtenOff';
  return kind === 'credit_note' || kind === 'void' || kind === 'charge_credit' ? 'credited' : 'paid';
}

function toHappening(row: HappeningRow): Happening {
  const { kind, minor } = row;
  const disputeId = row.dispute_id ?? '';
  if (kind === 'settled')
    return {
      kind,
      by: settledBy(row.by),
      minor,
      ...(row.dispute_id === null ? {} : { forDispute: disputeId }),
    };
  return kind === 'closed' ? { kind, disputeId } : { kind, disputeId, minor };
}

/** The items of disputes. */
export async function findDisputeItems(
  tx: Tx,
  disputeIds: readonly string[],
): Promise<readonly { readonly disputeId: string; readonly itemId: ItemId; readonly minor: bigint }[]> {
  return tx.run(sql<{ disputeId: string; itemId: ItemId; minor: bigint }>`
    select dispute_id as "disputeId", item_id as "itemId", amount_minor as minor from dispute_item
    where tenant_id = ${tx.tenantId} and dispute_id = any(${uuids(disputeIds)}) order by item_id`);
}

/** Items of customers that a dispute which is not closed is about. */
export async function findItemsInDispute(
  tx: Tx,
  customerIds: readonly CustomerId[],
): Promise<readonly ItemId[]> {
  const rows = await tx.run(sql<{ item_id: ItemId }>`
    select distinct i.item_id from dispute d join dispute_item i on i.tenant_id = d.tenant_id and i.dispute_id = d.id
    where d.tenant_id = ${tx.tenantId} and d.customer_id = any(${uuids(customerIds)})
      and not exists (select from dispute_closing c
        where c.tenant_id = d.tenant_id and c.dispute_id = d.id and c.reopened_at is null)`);
  return rows.map((row) => row.item_id);
}
