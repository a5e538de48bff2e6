// SQL of the send gate. It reads receipts, bank data, messages and calls by itself, and only reads them: what is looked at in the
// moment a message leaves is one question over many tables, asked once for each message.

import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { Act } from '#command/command.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { Instant, PlainDate } from '#kernel/calendar.ts';
import { jsonText } from '#kernel/canonical.ts';
import { type CompanyId, type CustomerId, type MessageId, newId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { matchKey } from '#ledger/match-key.ts';
import type { ReadAccount } from './bank-data.ts';
import type { Contact } from './call-gate.ts';
import { type AskedItem, type PrintedKeys, type Settling, type WaitingMoney, wholeSums } from './cover.ts';
import type { CheckResult, WaitReason } from './gate.ts';
import { type GateSetting, USUAL_SETTING } from './setting.ts';

/** What the tenant asks; what is usual where nobody stated anything. */
export async function findSetting(tx: Tx): Promise<GateSetting> {
  const row = await tx.find(sql<Selectable<DB['gate_setting']>>`select * from gate_setting
    where tenant_id = ${tx.tenantId} order by recorded_at desc, id desc limit 1`);
  if (!row) return USUAL_SETTING;
  return {
    freshHours: row.fresh_hours,
    withoutBank: row.without_bank as GateSetting['withoutBank'],
    unwatched: row.unwatched,
    cap:
      row.contacts_max === null || row.contacts_days === null
        ? null
        : { contactsMax: row.contacts_max, days: row.contacts_days },
    openHours: row.open_hours,
    quietHolidays: row.quiet_holidays as GateSetting['quietHolidays'],
    packs: row.packs,
  };
}

/** Keeps a setting, in the place of the one before. */
export function insertSetting(act: Act, setting: GateSetting, by: string): void {
  act.insert('gate_setting', [
    {
      id: newId<'gate_setting'>(),
      fresh_hours: setting.freshHours,
      without_bank: setting.withoutBank,
      unwatched: [...setting.unwatched],
      contacts_max: setting.cap?.contactsMax ?? null,
      contacts_days: setting.cap?.days ?? null,
      open_hours: setting.openHours,
      quiet_holidays: setting.quietHolidays,
      packs: [...setting.packs],
      stated_by: by,
      recorded_at: act.now,
    },
  ]);
}

/** The day on which a statement came, where its company is. */
const cameOn = sql`(t.recorded_at at time zone o.time_zone)::date`;

/** The last day that a statement speaks of: whatever it says, of no later one than the day it came. */
const reaches = sql`least(t.to_on, ${cameOn})`;

/** The bank accounts of companies that have statements, with the last day they reach. Of all companies without one. */
export async function findReadAccounts(tx: Tx, companyId?: CompanyId): Promise<readonly ReadAccount[]> {
  const of = companyId === undefined ? sql`` : sql`and b.company_id = ${companyId}`;
  return tx.run(sql<ReadAccount>`
    select b.id, b.name, b.currency, s."upTo" from bank_account b
    join company o on o.tenant_id = b.tenant_id and o.id = b.company_id
    cross join lateral (select ${reaches} as "upTo" from bank_statement t
      where t.tenant_id = b.tenant_id and t.bank_account_id = b.id and t.to_on is not null
      order by ${reaches} desc limit 1) s
    where b.tenant_id = ${tx.tenantId} ${of} order by b.name, b.id`);
}

/** Days between an announcement and its booking, at most. */
const ANNOUNCED_DAYS_MAX = 10;

/** What is known of the items that are asked for. */
type Known = { readonly settling: Settling; readonly printed: PrintedKeys };

/** Keys of the payment references on the documents of items. */
export async function findPrintedKeys(tx: Tx, items: readonly AskedItem[]): Promise<PrintedKeys> {
  const documents = [...new Set(items.flatMap(({ documentId }) => documentId ?? []))];
  if (documents.length === 0) return new Map();
  const rows = await tx.run(sql<{
    id: string;
    key: string;
  }>`select id, match_key(payment_reference) as key from invoice
    where tenant_id = ${tx.tenantId} and id = any(${arrayLiteral(documents)}::uuid[]) and payment_reference is not null`);
  const keys = new Map(rows.map(({ id, key }) => [id, key]));
  return new Map(
    items.flatMap(({ id, documentId }) => {
      const key = keys.get(documentId ?? '') ?? '';
      return key === '' ? [] : [[id, key] as const];
    }),
  );
}

/** About whom and what waiting money is looked for. */
export type Asked = { readonly customerId: CustomerId; readonly items: readonly AskedItem[] };

type WaitingRow = {
  readonly place: number;
  readonly source: 'receipt' | 'announced';
  readonly id: string;
  readonly name: string;
  readonly currency: string;
  readonly left_minor: bigint;
  readonly of: WaitingMoney['of'];
  readonly texts: readonly (string | null)[];
};

/**
 * Money of companies that waits and may be for items of customers: their own and that of their parents, that of a payer with
 * the name of one or an account it paid from, and what nobody knows the payer of where amount or text may fit. What a person
 * keeps on account, and what came back, does not wait. The first company is the one that asks. In the order of what was asked.
 */
export async function findWaiting(
  tx: Tx,
  { companyIds, on }: { readonly companyIds: readonly CompanyId[]; readonly on: PlainDate },
  asked: readonly Asked[],
  known: Known,
): Promise<readonly (readonly WaitingMoney[])[]> {
  const receives = sql`any(${arrayLiteral(companyIds)}::uuid[])`;
  // Numbers of receipts are each company's own: what another one received is called by its name, too.
  const called = sql`p.number || case when p.company_id = ${companyIds[0]}::uuid then '' else ', received by ' || (select o.name
    from company o where o.tenant_id = p.tenant_id and o.id = p.company_id) end`;
  // Of money of nobody known what is said is made comparable once, and not again for each customer.
  const text = sql`t.texts, match_key(array_to_string(t.texts, ' ')) as text_key`;
  const fits = sql`(n.left_minor = any(c.amounts)
    or exists (select from unnest(c.keys) k where strpos(n.text_key, k) > 0))`;
  const alike = sql`((n.payer_key <> '' and n.payer_key = c.name_key)
    or exists (select from payer_alias s where s.tenant_id = c.tenant_id and s.customer_id = c.id and s.revoked_at is null
      and s.key = case s.kind when 'name' then n.payer_key when 'account' then upper(replace(n.payer_account, ' ', '')) end)
    or exists (select from payment e where e.tenant_id = c.tenant_id and e.payer_account = n.payer_account
      and e.customer_id = c.id and e.returned_on is null))`;
  const questions = asked.map((one) => sought(one, known));
  const all = <T>(of: (question: Sought) => T) => arrayLiteral(questions.map(of));
  const rows = await tx.run(sql<WaitingRow>`
    with c as materialized (select c.tenant_id, c.id, c.parent_id, c.name_key, (q.place - 1)::int as place,
        q.amounts::bigint[], q.keys::text[]
      from unnest(${all(({ id }) => id)}::uuid[], ${all(({ amounts }) => arrayLiteral(amounts))}::text[],
        ${all(({ keys }) => arrayLiteral(keys))}::text[]) with ordinality as q(id, amounts, keys, place)
      join customer c on c.tenant_id = ${tx.tenantId} and c.id = q.id
      where c.id = any(${arrayLiteral(asked.map(({ customerId }) => customerId))}::uuid[])),
    n as materialized (
      select 'receipt' as source, p.id, ${called} as name, i.currency, -i.open_minor as left_minor, p.payer_key, p.payer_account,
        ${text}
      from open_item i
      join payment p on p.tenant_id = i.tenant_id and p.id = i.document_id and p.direction = 'received' and p.returned_on is null
      left join statement_line l on l.tenant_id = p.tenant_id and l.id = p.statement_line_id
      cross join lateral (select array[p.reference, l.remittance, l.structured_reference, l.end_to_end_id] as texts) t
      where i.tenant_id = ${tx.tenantId} and i.company_id = ${receives} and i.customer_id is null
        and i.account = 'unapplied-cash' and i.open_minor < 0
      union all
      select 'announced', a.id, b.name || ' ' || a.booked_on, a.currency, q.amount_minor, match_key(coalesce(q.payer_name, '')),
        q.payer_account, ${text}
      from bank_account b
      join company o on o.tenant_id = b.tenant_id and o.id = b.company_id
      join announcement a on a.tenant_id = b.tenant_id and a.bank_account_id = b.id
        and a.booked_on >= ${on}::date - ${ANNOUNCED_DAYS_MAX}::int
      join announcement_part q on q.tenant_id = a.tenant_id and q.announcement_id = a.id and q.amount_minor > 0 and not q.returned
      cross join lateral (select array[q.remittance, q.structured_reference, q.end_to_end_id] as texts) t
      where b.tenant_id = ${tx.tenantId} and b.company_id = ${receives}
        and not exists (select from announcement_use u where u.tenant_id = a.tenant_id and u.announcement_id = a.id)
        and not exists (select from bank_statement t where t.tenant_id = a.tenant_id
          and t.bank_account_id = a.bank_account_id and t.to_on >= a.booked_on and ${cameOn} >= a.booked_on))
    select c.place, 'receipt' as source, p.id, ${called} as name, i.currency, -i.open_minor as left_minor,
      case when i.customer_id = c.id then 'customer' else 'payer' end as of,
      array[p.reference, l.remittance, l.structured_reference, l.end_to_end_id] as texts
    from c join open_item i on i.tenant_id = c.tenant_id and i.customer_id = any(array[c.id, c.parent_id])
      and i.account = 'unapplied-cash' and i.open_minor < 0 and i.company_id = ${receives}
    join payment p on p.tenant_id = i.tenant_id and p.id = i.document_id and p.direction = 'received' and p.returned_on is null
    left join statement_line l on l.tenant_id = p.tenant_id and l.id = p.statement_line_id
    where not exists (select from receipt_mark m where m.tenant_id = p.tenant_id and m.payment_id = p.id
      and m.kind = 'kept' and m.ended_at is null)
    union all
    select c.place, n.source, n.id, n.name, n.currency, n.left_minor, case when k.is_alike then 'payer' else 'nobody' end, n.texts
    from c cross join n cross join lateral (select ${alike} as is_alike) k
    where k.is_alike or ${fits}
    order by source, id`);
  const byPlace = Map.groupBy(rows, (row) => row.place);
  return asked.map((_, place) => (byPlace.get(place) ?? []).map(waitingMoney));
}

/** By what money of nobody known is found for a customer: the amounts and numbers of its items, and their sums by currency. */
type Sought = {
  readonly id: CustomerId;
  readonly amounts: readonly bigint[];
  readonly keys: readonly string[];
};

function sought({ customerId, items }: Asked, { settling, printed }: Known): Sought {
  const amounts = items.flatMap(({ id, open }) => settling.get(id) ?? [open.minor]);
  const whole = [...wholeSums(items, settling).values()].flat();
  return {
    id: customerId,
    amounts: [...new Set([...amounts, ...whole])],
    keys: items
      .flatMap((item) => [matchKey(item.reference), printed.get(item.id) ?? ''])
      .filter((key) => key !== ''),
  };
}

function waitingMoney(row: WaitingRow): WaitingMoney {
  return {
    source: row.source,
    id: row.id,
    name: row.name,
    left: money(row.left_minor, row.currency),
    of: row.of,
    texts: row.texts.filter((text): text is string => text !== null && text !== ''),
  };
}

/**
 * Contacts with customers since a moment, of all companies, the earliest first: reminders that left by any way, calls
 * of ours, and what was said on the telephone, whoever began it. Without some of them: the messages that are about to
 * leave, or the call that is corrected.
 */
export async function findContacts(
  tx: Tx,
  customerIds: readonly CustomerId[],
  since: Instant,
  but: readonly string[] = [],
): Promise<readonly (Contact & { readonly customerId: CustomerId })[]> {
  const whose = sql`${arrayLiteral(customerIds)}::uuid[]`;
  const others = (id: RawBuilder<unknown>) =>
    but.length === 0 ? sql`` : sql`and ${id} <> all(${arrayLiteral(but)}::uuid[])`;
  return tx.run(sql<Contact & { customerId: CustomerId }>`
    select l.customer_id as "customerId", case when l.outcome in ('reached', 'promised', 'disputed', 'refused', 'call_back')
        then 'conversation' else 'call' end as kind,
      l.recorded_at as at, l.direction = 'out' as "isOurs", case when l.outcome = 'call_back' then l.next_on end as "wishedOn"
    from call l where l.tenant_id = ${tx.tenantId} and l.customer_id = any(${whose}) and l.recorded_at > ${since}
      and l.way in ('phone', 'video') ${others(sql`l.id`)}
      and not exists (select from call_correction k where k.tenant_id = l.tenant_id and k.call_id = l.id)
    union all
    select m.customer_id, 'message', a.started_at, true, null from message m
    cross join lateral (select min(t.started_at) as started_at from message_attempt t
      where t.tenant_id = m.tenant_id and t.message_id = m.id
        and (t.outcome is null or t.outcome in ('sent', 'unknown'))) a
    where m.tenant_id = ${tx.tenantId} and m.customer_id = any(${whose}) and m.purpose = 'reminder'
      and m.state <> 'dropped' and a.started_at > ${since} ${others(sql`m.id`)}
    order by at`);
}

/** What was seen and said of a message. */
export type ResultRow = Omit<Selectable<DB['gate_result']>, 'checks'> & {
  readonly checks: readonly CheckResult[];
};

/** A result of a message, as it is kept. */
export type NewResult = {
  readonly messageId: MessageId;
  readonly verdict: 'passed' | 'waits' | 'dropped';
  readonly attemptNo: number | null;
  readonly reason: string | null;
  readonly until: Instant | null;
  readonly checks: readonly CheckResult[];
};

/** Keeps results. */
export function insertResults(act: Act, results: readonly NewResult[]): void {
  act.insert(
    'gate_result',
    results.map(({ messageId, verdict, attemptNo, reason, until, checks }) => ({
      id: newId<'gate_result'>(),
      message_id: messageId,
      attempt_no: attemptNo,
      verdict,
      reason,
      waits_until: until,
      checks: jsonText(checks),
      recorded_at: act.now,
    })),
  );
}

/** Results of a message, the latest first. */
export async function findResults(tx: Tx, messageId: MessageId): Promise<readonly ResultRow[]> {
  return tx.run(sql<ResultRow>`select * from gate_result
    where tenant_id = ${tx.tenantId} and message_id = ${messageId} order by recorded_at desc, id desc`);
}

/** Why a message waited when it was last judged. */
export async function findLastReason(tx: Tx, messageId: MessageId): Promise<WaitReason | undefined> {
  const row = await tx.find(sql<{
    verdict: string;
    reason: WaitReason | null;
  }>`select verdict, reason from gate_result
    where tenant_id = ${tx.tenantId} and message_id = ${messageId} order by recorded_at desc, id desc limit 1`);
  return row?.verdict === 'waits' ? (row.reason ?? undefined) : undefined;
}

/** Messages that the gate lets wait, how many for each reason. */
export async function countWaiting(
  tx: Tx,
): Promise<readonly { readonly reason: WaitReason; readonly messages: bigint }[]> {
  return tx.run(
    sql<{ reason: WaitReason; messages: bigint }>`
    select g.reason, count(*) as messages from message m
    cross join lateral (select r.verdict, r.reason from gate_result r where r.tenant_id = m.tenant_id and r.message_id = m.id
      order by r.recorded_at desc, r.id desc limit 1) g
    where m.tenant_id = ${tx.tenantId} and m.state = 'queued' and m.next_try_at is not null and g.verdict = 'waits'
    group by g.reason order by g.reason`,
    { plan: 'fresh' },
  );
}
