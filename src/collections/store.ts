// All SQL of collections. Rows in, domain values out. It reads open items of the ledger by itself, and only reads them:
// which of a million have a step due is a question over items and reminders together.

import { type Selectable, sql } from 'kysely';
import type { Act } from '#command/command.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId, ItemId, MessageId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import type { DueWindow, LastMessage, Phase, Step } from '#policies/cadence.ts';
import type { ChasedItem, LeftOutReason, Situation } from '#policies/reminder.ts';

// — what is due to be said —

/** Due dates of the items that may have a step to be said on a day. */
export type DueOn = { readonly on: PlainDate; readonly windows: readonly DueWindow[] };

/** The items of a company with a step due: by due date, one range of an index for each step, without what was said. */
function dueItems(tx: Tx, companyId: CompanyId, { on, windows }: DueOn) {
  const heard = ({ offsetDays, heardFrom, everyDays, lastSaidOn }: DueWindow) =>
    everyDays === null
      ? sql`${heardFrom}`
      : sql`${offsetDays} + (least(${on}::date - i.due_on,
        ${lastSaidOn}::int) - ${offsetDays}) / ${everyDays}::int * ${everyDays}::int`;
  return sql.join(
    windows.map(
      (window) => sql`
      select i.customer_id, i.id from open_item i
      where i.tenant_id = ${tx.tenantId} and i.company_id = ${companyId} and i.kind = 'invoice' and i.open_minor > 0
        and i.due_on between ${window.from?.toString() ?? '-infinity'}::date and ${window.to}
        and not exists (select from reminder_item r where r.tenant_id = ${tx.tenantId} and r.item_id = i.id
          and r.offset_days >= ${heard(window)})
        and not exists (select from step_act a where a.tenant_id = ${tx.tenantId} and a.item_id = i.id
          and a.taken_back_at is null and a.offset_days >= ${heard(window)})`,
    ),
    sql` union all `,
  );
}

/** Customers of a company with a step due, by id, from after one of them. */
export async function findCustomersWithStepsDue(
  tx: Tx,
  companyId: CompanyId,
  due: DueOn,
  page: { readonly after: CustomerId | undefined; readonly limit: number },
): Promise<readonly CustomerId[]> {
  const after = page.after === undefined ? sql`` : sql`where customer_id > ${page.after}`;
  const rows = await tx.run(
    sql<{
      customer_id: string;
    }>`select distinct customer_id from (${dueItems(tx, companyId, due)}) due ${after}
      order by customer_id limit ${page.limit}`,
    { plan: 'fresh' },
  );
  return rows.map((row) => row.customer_id as CustomerId);
}

/** How many customers and items of a company have a step due. */
export async function countStepsDue(
  tx: Tx,
  companyId: CompanyId,
  due: DueOn,
): Promise<{ readonly customers: number; readonly items: number }> {
  const row = await tx.run(
    sql<{ customers: bigint; items: bigint }>`
      select count(distinct customer_id) as customers, count(distinct id) as items from (${dueItems(tx, companyId, due)}) due`,
    { plan: 'fresh' },
  );
  return { customers: Number(row[0]?.customers ?? 0n), items: Number(row[0]?.items ?? 0n) };
}

type ItemRow = {
  readonly id: string;
  readonly customer_id: string;
  readonly document_id: string;
  readonly reference: string;
  readonly posted_on: PlainDate;
  readonly due_on: PlainDate;
  readonly currency: string;
  readonly amount_minor: bigint;
  readonly open_minor: bigint;
  readonly said_offset_days: number | null;
  readonly said_phase: string | null;
  readonly said_on: PlainDate | null;
};

function toChasedItem(row: ItemRow): ChasedItem {
  return {
    id: row.id as ItemId,
    documentId: row.document_id,
    reference: row.reference,
    issuedOn: row.posted_on,
    dueOn: row.due_on,
    amount: money(row.amount_minor, row.currency),
    open: money(row.open_minor, row.currency),
    saidOffsetDays: row.said_offset_days,
    saidPhase: row.said_phase as Phase | null,
    saidOn: row.said_on,
    onHold: false,
    inDispute: false,
    notPosted: false,
    promised: false,
  };
}

/**
 * The furthest step of an item that was said, and the furthest that a person did in place of saying it. Each is the last of an
 * index: together they would be put in order for each item.
 */
function saidOf(tx: Tx) {
  return sql`left join lateral (select r.offset_days, r.phase, r.run_on as on_day from reminder_item r
      where r.tenant_id = ${tx.tenantId} and r.item_id = i.id order by r.offset_days desc limit 1) said on true
    left join lateral (select a.offset_days, a.phase, a.done_on as on_day from step_act a
      where a.tenant_id = ${tx.tenantId} and a.item_id = i.id and a.taken_back_at is null
      order by a.offset_days desc limit 1) done on true`;
}

/** Of the further one of both. */
function furthest(column: 'offset_days' | 'phase' | 'on_day') {
  const [said, done] = [sql.ref(`said.${column}`), sql.ref(`done.${column}`)];
  return sql`case when done.offset_days > said.offset_days or said.offset_days is null then ${done} else ${said} end`;
}

/**
 * Customers of a company as far as reminding goes: what is open and due up to a day, and credit; holds are read apart. What
 * is
 * dated ahead is not spoken of before its day.
 */
export async function findSituations(
  tx: Tx,
  companyId: CompanyId,
  customerIds: readonly CustomerId[],
  days: { readonly on: PlainDate; readonly dueUpTo: PlainDate },
): Promise<ReadonlyMap<CustomerId, Situation>> {
  const ids = arrayLiteral(customerIds);
  const [items, credits] = await Promise.all([
    tx.run(sql<ItemRow>`
      select i.id, i.customer_id, i.document_id, i.reference, i.posted_on, i.due_on, i.currency, i.amount_minor, i.open_minor,
        ${furthest('offset_days')} as said_offset_days, ${furthest('phase')} as said_phase, ${furthest('on_day')} as said_on
      from open_item i ${saidOf(tx)}
      where i.tenant_id = ${tx.tenantId} and i.customer_id = any(${ids}::uuid[]) and i.company_id = ${companyId}
        and i.kind = 'invoice' and i.open_minor > 0 and i.due_on <= ${days.dueUpTo} and i.posted_on <= ${days.on}`),
    tx.run(sql<{ customer_id: string; currency: string; credit_minor: bigint }>`
      select i.customer_id, i.currency, (-sum(i.open_minor))::bigint as credit_minor from open_item i
      where i.tenant_id = ${tx.tenantId} and i.customer_id = any(${ids}::uuid[]) and i.company_id = ${companyId}
        and i.open_minor < 0 group by i.customer_id, i.currency`),
  ]);
  const itemsOf = Map.groupBy(items, (row) => row.customer_id);
  const creditsOf = Map.groupBy(credits, (row) => row.customer_id);
  return new Map(
    customerIds.map((customerId) => [
      customerId,
      {
        companyId,
        customerId,
        onHold: false,
        items: (itemsOf.get(customerId) ?? []).map(toChasedItem),
        credits: (creditsOf.get(customerId) ?? []).map((row) => money(row.credit_minor, row.currency)),
      },
    ]),
  );
}

// — what was said —

/** A step said about an item in a message. */
export type SaidStep = {
  readonly messageId: MessageId;
  readonly itemId: ItemId;
  readonly policyId: string;
  readonly step: Step;
  readonly dueOn: PlainDate;
};

/**
 * Claims steps for messages that were just made, and says for which items. A step of an item that is claimed already, by
 * whomever and under whatever policy, is passed over; one that another is about to claim is waited for.
 */
export async function insertClaims(
  act: Act,
  runOn: PlainDate,
  claims: readonly (SaidStep & { readonly customerId: CustomerId })[],
): Promise<ReadonlySet<ItemId>> {
  if (claims.length === 0) return new Set();
  // In order of the items, so that two runs wait for each other and never deadlock.
  const sorted = claims.toSorted((a, b) => (a.itemId < b.itemId ? -1 : 1));
  // What many items have in common is sent once: each names its message and its step by their places.
  const messages = numbered(sorted, (claim) => claim.messageId);
  const steps = numbered(sorted, ({ policyId, step }) => `${policyId} ${step.step} ${step.offsetDays}`);
  const message = {
    id: arrayLiteral(messages.firsts.map((c) => c.messageId)),
    customerId: arrayLiteral(messages.firsts.map((c) => c.customerId)),
  };
  const step = {
    policyId: arrayLiteral(steps.firsts.map((c) => c.policyId)),
    step: arrayLiteral(steps.firsts.map((c) => c.step.step)),
    offsetDays: arrayLiteral(steps.firsts.map((c) => c.step.offsetDays)),
    phase: arrayLiteral(steps.firsts.map((c) => c.step.phase)),
  };
  const rows = await act.run(sql<{ item_id: string }>`
    insert into reminder_item (tenant_id, item_id, policy_id, step, offset_days, phase, message_id, customer_id, run_on,
      recorded_at)
    select ${act.tenantId}, n.item_id, (${step.policyId}::uuid[])[n.step], (${step.step}::smallint[])[n.step],
      (${step.offsetDays}::integer[])[n.step], (${step.phase}::text[])[n.step], (${message.id}::uuid[])[n.message],
      (${message.customerId}::uuid[])[n.message], ${runOn}, ${act.now}
    from unnest(${arrayLiteral(sorted.map((c) => c.itemId))}::uuid[], ${arrayLiteral(messages.places)}::integer[],
      ${arrayLiteral(steps.places)}::integer[]) as n(item_id, message, step)
    order by n.item_id on conflict do nothing returning item_id`);
  act.grew('reminder_item', rows.length);
  return new Set(rows.map((row) => row.item_id as ItemId));
}

/** The first of each kind, and for each of all the place of its kind among these, from one on. */
function numbered<T>(
  all: readonly T[],
  kindOf: (one: T) => string,
): { readonly firsts: readonly T[]; readonly places: readonly number[] } {
  const placeOf = new Map<string, number>();
  const firsts: T[] = [];
  const places = all.map((one) => {
    const kind = kindOf(one);
    const place = placeOf.get(kind) ?? firsts.push(one);
    placeOf.set(kind, place);
    return place;
  });
  return { firsts, places };
}

type ClaimRow = Pick<
  Selectable<DB['reminder_item']>,
  'message_id' | 'item_id' | 'policy_id' | 'step' | 'offset_days' | 'phase'
> & { readonly template: string; readonly due_on: PlainDate };

/** The steps messages are to say. With `lock`, their items stay as they are until the transaction ends. */
export async function findClaims(
  tx: Tx,
  messageIds: readonly MessageId[],
  lock?: 'lock',
): Promise<ReadonlyMap<MessageId, readonly SaidStep[]>> {
  const held = lock === undefined ? sql`` : sql`for share of i`;
  const rows = await tx.run(sql<ClaimRow>`
    select r.message_id, r.item_id, r.policy_id, r.step, r.offset_days, r.phase, s.template, i.due_on
    from reminder_item r
    join policy_step s on s.tenant_id = r.tenant_id and s.policy_id = r.policy_id and s.step = r.step
    join open_item i on i.tenant_id = r.tenant_id and i.id = r.item_id
    where r.tenant_id = ${tx.tenantId} and r.message_id in (select unnest(${arrayLiteral(messageIds)}::uuid[]))
    order by r.item_id ${held}`);
  const claims = rows.map((row) => ({
    messageId: row.message_id as MessageId,
    itemId: row.item_id as ItemId,
    policyId: row.policy_id,
    step: {
      step: row.step,
      offsetDays: row.offset_days,
      phase: row.phase as Phase,
      template: row.template,
    },
    dueOn: row.due_on,
  }));
  return Map.groupBy(claims, ({ messageId }) => messageId);
}

/** Gives back the claims of items that a message does not speak about after all. */
export function deleteClaims(act: Act, messageId: MessageId, itemIds: readonly ItemId[]): void {
  act.write(
    sql`delete from reminder_item where tenant_id = ${act.tenantId} and message_id = ${messageId}
      and item_id = any(${arrayLiteral(itemIds)}::uuid[])`,
    { rows: itemIds.length, rule: 'what is left out of a message was claimed for it' },
  );
}

/** What a message says of an item. */
export type SaidAmount = Pick<ChasedItem, 'id' | 'open'> & { readonly messageId: MessageId };

/** Notes what was open in the moment of sending. */
export function updateSaidAmounts(act: Act, said: readonly SaidAmount[]): void {
  if (said.length === 0) return;
  act.write(
    sql`update reminder_item r set open_minor = n.open_minor
      from unnest(${arrayLiteral(said.map((s) => s.messageId))}::uuid[], ${arrayLiteral(said.map((s) => s.id))}::uuid[],
        ${arrayLiteral(said.map((s) => s.open.minor))}::bigint[]) as n(message_id, item_id, open_minor)
      where r.tenant_id = ${act.tenantId} and r.message_id = n.message_id and r.item_id = n.item_id`,
    { rows: said.length, rule: 'what a message says was claimed for it' },
  );
}

/** Adds what was left out of a message, and why. Left out again at a later try, the last reason counts. */
export function insertLeftOut(
  act: Act,
  customer: { readonly messageId: MessageId; readonly runOn: PlainDate },
  left: readonly (SaidStep & { readonly openMinor: bigint; readonly reason: LeftOutReason })[],
): void {
  if (left.length === 0) return;
  act.write(
    sql`delete from reminder_left_out where tenant_id = ${act.tenantId} and message_id = ${customer.messageId}
      and item_id = any(${arrayLiteral(left.map((l) => l.itemId))}::uuid[])`,
  );
  act.insert(
    'reminder_left_out',
    left.map((l) => ({
      message_id: customer.messageId,
      item_id: l.itemId,
      policy_id: l.policyId,
      step: l.step.step,
      offset_days: l.step.offsetDays,
      phase: l.step.phase,
      open_minor: l.openMinor,
      reason: l.reason,
      run_on: customer.runOn,
      recorded_at: act.now,
    })),
  );
}

/** When customers last heard from us, and how far the last message of a company to them was. */
export type LastTold = { readonly toldOn: PlainDate | undefined; readonly message: LastMessage | undefined };

/** How far the last message of a company to a customer was, and whether the item that carried it is open. */
function leadOf(tx: Tx, companyId: CompanyId) {
  return {
    columns: sql`lead.offset_days as lead_offset_days, lead.is_open as carrier_open`,
    join: sql`left join lateral (
      select r.offset_days, i.open_minor > 0 as is_open
      from (select m.id from message m
        where m.tenant_id = ${tx.tenantId} and m.customer_id = c.id and m.company_id = ${companyId} and m.purpose = 'reminder'
          and exists (select from reminder_item r where r.tenant_id = m.tenant_id and r.message_id = m.id)
        order by m.run_on desc, m.id desc limit 1) m
      join reminder_item r on r.tenant_id = ${tx.tenantId} and r.message_id = m.id
      join open_item i on i.tenant_id = r.tenant_id and i.id = r.item_id
      order by r.offset_days desc, (i.open_minor > 0) desc limit 1
    ) lead on true`,
  };
}

/** Of a message that is about to leave it is not asked: its steps are chosen. */
const NO_LEAD = { columns: sql`null::int as lead_offset_days, null::boolean as carrier_open`, join: sql`` };

/**
 * When customers were last reminded by any company, and how far the last reminder of one company was. What waits to be
 * sent counts for the day it was made for; with `but`, in the moment those messages are sent, only what left counts, and
 * nothing that belongs to them, and how far the last was is left out. Messages that nobody got do not count.
 */
export async function findLastTold(
  tx: Tx,
  companyId: CompanyId,
  customerIds: readonly CustomerId[],
  but?: { readonly messageIds: readonly MessageId[]; readonly runOn: PlainDate },
): Promise<ReadonlyMap<CustomerId, LastTold>> {
  const states = but
    ? ['sending', 'ready', 'sent', 'unknown']
    : ['queued', 'sending', 'ready', 'sent', 'unknown'];
  const others = but
    ? sql`and m.id <> all(${arrayLiteral(but.messageIds)}::uuid[]) and not (m.company_id = ${companyId} and m.run_on = ${but.runOn})`
    : sql``;
  const lead = but ? NO_LEAD : leadOf(tx, companyId);
  const rows = await tx.run(sql<{
    customer_id: CustomerId;
    told_on: PlainDate | null;
    lead_offset_days: number | null;
    carrier_open: boolean | null;
  }>`
    select c.id as customer_id, told.on_day as told_on, ${lead.columns}
    from unnest(${arrayLiteral(customerIds)}::uuid[]) as c(id)
    left join lateral (
      select max(greatest(m.run_on, (m.created_at at time zone o.time_zone)::date,
        (select max((a.started_at at time zone o.time_zone)::date) from message_attempt a
          where a.tenant_id = m.tenant_id and a.message_id = m.id))) as on_day
      from message m join company o on o.tenant_id = m.tenant_id and o.id = m.company_id
      where m.tenant_id = ${tx.tenantId} and m.customer_id = c.id and m.purpose = 'reminder'
        and m.state = any(${arrayLiteral(states)}::text[]) ${others}
    ) told on true
    ${lead.join}`);
  return new Map(
    rows.map((row) => [
      row.customer_id,
      {
        toldOn: row.told_on ?? undefined,
        message:
          row.lead_offset_days === null
            ? undefined
            : { leadOffsetDays: row.lead_offset_days, carrierOpen: row.carrier_open ?? false },
      },
    ]),
  );
}

/**
 * Lets one alone remind customers, or send a reminder to them, until the transaction ends: the gap between two is kept.
 * They are
 * locked in the order of their ids, so that two runs wait for each other and never deadlock.
 */
export async function lockCustomers(tx: Tx, customerIds: readonly CustomerId[]): Promise<void> {
  await tx.run(sql`
    select pg_advisory_xact_lock(hashtextextended('remind ' || ${tx.tenantId}::text || ' ' || c.id, 0))
    from (select id from unnest(${arrayLiteral(customerIds)}::uuid[]) as n(id) order by id) c`);
}

/** A step of an item in a message, said or left out, as people see it. */
export type SaidRow = {
  readonly message_id: string;
  readonly item_id: string;
  readonly document_id: string;
  readonly reference: string;
  readonly due_on: PlainDate;
  readonly currency: string;
  readonly step: number;
  readonly offset_days: number;
  readonly phase: string;
  readonly run_on: PlainDate;
  readonly open_minor: bigint | null;
  readonly reason: string | null;
};

/** What was said or left out: in a message, or about a document; the oldest step first. */
export async function findSaid(
  tx: Tx,
  by: { readonly messageId: MessageId } | { readonly documentId: string },
): Promise<readonly SaidRow[]> {
  const chosen =
    'messageId' in by ? sql`r.message_id = ${by.messageId}` : sql`i.document_id = ${by.documentId}`;
  const columns = sql`r.message_id, r.item_id, i.document_id, i.reference, i.due_on, i.currency, r.step,
    r.offset_days, r.phase, r.run_on, r.open_minor`;
  const item = sql`join open_item i on i.tenant_id = r.tenant_id and i.id = r.item_id`;
  return tx.run(sql<SaidRow>`
    select ${columns}, null as reason from reminder_item r ${item} where r.tenant_id = ${tx.tenantId} and ${chosen}
      and not exists (select from reminder_left_out l
        where l.tenant_id = r.tenant_id and l.message_id = r.message_id and l.item_id = r.item_id)
    union all
    select ${columns}, r.reason from reminder_left_out r ${item} where r.tenant_id = ${tx.tenantId} and ${chosen}
    order by run_on, due_on, reference, item_id`);
}

/** The member whose account a customer of a company is now; nobody, where it was given to nobody. The worklist keeps it. */
export async function findOwner(
  tx: Tx,
  companyId: CompanyId,
  customerId: CustomerId,
): Promise<string | undefined> {
  const row = await tx.find(sql<{ user_id: string | null }>`
    select user_id from worklist_owner where tenant_id = ${tx.tenantId} and company_id = ${companyId}
      and customer_id = ${customerId} order by recorded_at desc, id desc limit 1`);
  return row?.user_id ?? undefined;
}
