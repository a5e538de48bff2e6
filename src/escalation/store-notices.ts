// SQL of what agencies are told by mail.

import { type Selectable, sql } from 'kysely';
import type { Act } from '#command/command.ts';
import type { NewRow } from '#db/insert.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import { addDays, type PlainDate } from '#kernel/calendar.ts';

export type NoticeRow = Omit<Selectable<DB['agency_notice']>, 'kind'> & {
  readonly kind: 'recalled' | 'changed';
};

/** Keeps a notice with the items it is about. */
export function insertNotice(
  act: Act,
  row: NewRow<'agency_notice'>,
  items: readonly NewRow<'agency_notice_item'>[],
): void {
  act.insert('agency_notice', [row]);
  act.insert('agency_notice_item', items);
}

/** A notice by its id. */
export async function findNotice(tx: Tx, id: string): Promise<NoticeRow | undefined> {
  return tx.find(sql<NoticeRow>`select * from agency_notice where tenant_id = ${tx.tenantId} and id = ${id}`);
}

/** An invoice item of a notice, with what they may ask for of it now: nothing, once it ended there. */
export type NoticeItem = { readonly reference: string; readonly openMinor: bigint };

/** The items of a notice, the earliest due first. */
export async function findNoticeItems(tx: Tx, noticeId: string): Promise<readonly NoticeItem[]> {
  return tx.run(sql<NoticeItem>`
    select i.reference, case when h.ended_on is null then i.open_minor else 0 end as "openMinor" from agency_notice_item t
    join open_item i on i.tenant_id = t.tenant_id and i.id = t.item_id
    join hand_over_item h on h.tenant_id = t.tenant_id and h.hand_over_id = t.hand_over_id and h.item_id = t.item_id
    where t.tenant_id = ${tx.tenantId} and t.notice_id = ${noticeId} order by i.due_on, i.reference, i.id`);
}

/** An item that an agency has, and what is open of it apart from what the agency itself collected. */
export type KnownItem = { readonly handOverId: string; readonly itemId: string; readonly minor: bigint };

/** What is paid is told for so long after it ended. */
const ENDED_DAYS_BACK = 30;
const CHANGED_MAX = 1000;

/** What is open of items apart from what was collected since the hand-over `h` by whom they were handed over to. */
const APART = sql`i.open_minor + coalesce((
  select sum(a.amount_minor + a.discount_minor + a.difference_minor) from application a
  left join application o on o.tenant_id = a.tenant_id and o.id = a.reverses_id
  where a.tenant_id = i.tenant_id and a.debit_item_id = i.id and 'agency' in (a.method, o.method)
    and coalesce(o.recorded_at, a.recorded_at) >= h.recorded_at), 0)::bigint`;

/**
 * Items that are with an agency or law firm that has a mail address, or were paid there lately, whose amount is another than
 * it was told last: than what was handed over, where it was told nothing since. What ended there and is open again is ours.
 */
export async function findChangedItems(tx: Tx, today: PlainDate): Promise<readonly KnownItem[]> {
  return tx.run(
    sql<KnownItem>`
      select t.hand_over_id as "handOverId", t.item_id as "itemId", ${APART} as minor
      from hand_over_item t
      join hand_over h on h.tenant_id = t.tenant_id and h.id = t.hand_over_id
      join agency v on v.tenant_id = h.tenant_id and v.id = h.agency_version_id
      join open_item i on i.tenant_id = t.tenant_id and i.id = t.item_id
      where t.tenant_id = ${tx.tenantId}
        and (t.ended_on is null or (t.ended = 'closed' and i.open_minor = 0
          and t.ended_on >= ${addDays(today, -ENDED_DAYS_BACK)}::date))
        and (select l.email from agency l where l.tenant_id = v.tenant_id and l.agency_id = v.agency_id
          order by l.recorded_at desc, l.id desc limit 1) is not null
        and ${APART} <> coalesce((select k.known_minor from agency_notice_item k
          join agency_notice n on n.tenant_id = k.tenant_id and n.id = k.notice_id
          where k.tenant_id = t.tenant_id and k.hand_over_id = t.hand_over_id and k.item_id = t.item_id
          order by n.recorded_at desc, n.id desc limit 1), t.amount_minor)
      order by t.hand_over_id, t.item_id limit ${CHANGED_MAX}::int`,
    { plan: 'fresh' },
  );
}

/** What is open of items of a hand-over apart from what the agency collected of them. */
export async function findKnownItems(
  tx: Tx,
  handOverId: string,
  itemIds: readonly string[],
): Promise<readonly KnownItem[]> {
  return tx.run(sql<KnownItem>`
    select h.id as "handOverId", i.id as "itemId", ${APART} as minor from open_item i
    join hand_over h on h.tenant_id = i.tenant_id and h.id = ${handOverId}
    where i.tenant_id = ${tx.tenantId} and i.id = any(${arrayLiteral(itemIds)}::uuid[]) order by i.id`);
}
