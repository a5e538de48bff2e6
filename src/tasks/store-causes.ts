// SQL of what makes tasks. It reads across what happened with accounts, and only reads it: one question over all of them
// cannot be asked of each module in turn.

import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import { addDays, type PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId, ItemId } from '#kernel/id.ts';
import type { Money } from '#kernel/money.ts';
import type { CauseKind, TaskRule } from './rule.ts';

/** What was seen of a cause, to be shown; what means nothing for its kind is left out. */
export type Seen = {
  readonly reference?: string;
  readonly dueOn?: string;
  readonly items?: number;
  readonly subject?: string;
  readonly sender?: string;
  readonly since?: string;
  readonly endsOn?: string;
  readonly scope?: string;
  readonly reason?: string;
  readonly problem?: string;
  readonly address?: string;
  readonly documentId?: string;
  readonly promisedFor?: string;
  readonly policy?: string;
  readonly phase?: string;
  readonly offsetDays?: number;
  /** The steps that wait: what is done of a task moves them on. */
  readonly steps?: readonly {
    readonly itemId: string;
    readonly policy: string;
    readonly step: number;
    readonly offsetDays: number;
    readonly phase: string;
  }[];
};

/** Something that is so now and wants a person. */
export type Cause = {
  readonly cause: string;
  readonly companyId: CompanyId | null;
  readonly customerId: CustomerId | null;
  readonly subjectId: string | null;
  readonly currency: string | null;
  readonly amount: bigint | null;
  /** The same in the currency in which the company keeps its books. */
  readonly worth: bigint | null;
  /** Whose it is by itself, before the account's owner. */
  readonly ownerId: string | null;
  readonly seen: Seen;
};

/** An amount in minor units of the currency in which a company keeps its books. */
export type LeastOfCompany = { readonly companyId: string; readonly minor: bigint };

/** By what causes of a kind are looked for. */
export type CauseQuestion = {
  readonly kind: CauseKind;
  readonly rule: TaskRule;
  readonly today: PlainDate;
  /** From how much on, by company, in its functional currency. */
  readonly least: readonly LeastOfCompany[];
  /** Of what falls due today: from how much on an item is a task of its own, so that it does not count here. */
  readonly large: readonly LeastOfCompany[];
  /** Of steps that wait for people: they are planned, not found. */
  readonly planned: readonly Cause[];
  /** Of steps: the accounts that are looked at, so that tasks of others stay as they are. */
  readonly range: StepRange | undefined;
};

/** Customers of a company after one of them, up to another; undefined: from the first, to the last. */
export type StepRange = {
  readonly companyId: CompanyId;
  readonly after: CustomerId | undefined;
  readonly last: CustomerId | undefined;
};

/**
 * The causes of a kind as a table of columns `cause, company_id, customer_id, subject_id, currency, amount, worth, owner,
 * seen`.
 */
export function causesOf(tx: Tx, question: CauseQuestion): RawBuilder<unknown> {
  return FINDERS[question.kind](tx, question);
}

/** Items that are asked for by nobody now are nobody's task: on hold, or with an agency. */
const isFree = (today: PlainDate): RawBuilder<unknown> => sql`
  not exists (select from hold h where h.tenant_id = i.tenant_id and h.released_at is null and h.ends_on >= ${today}::date
    and (h.item_id = i.id or (h.item_id is null and h.contact_id is null
      and (h.customer_id = i.customer_id or (h.customer_id is null and (h.company_id is null or h.company_id = i.company_id))))))
  and not exists (select from hand_over_item t where t.tenant_id = i.tenant_id and t.item_id = i.id and t.ended_on is null)`;

/** What is in dispute of an item, as `q.minor`: nobody is asked for it meanwhile. */
const inDispute = sql`
  left join lateral (select least(coalesce(sum(greatest(0, x.amount_minor
      - coalesce((select sum(s.amount_minor) from dispute_release s
        where s.tenant_id = x.tenant_id and s.dispute_id = x.dispute_id and s.item_id = x.item_id), 0)
      - coalesce((select sum(a.amount_minor + a.discount_minor + a.difference_minor) from dispute_remedy m
        join open_item k on k.tenant_id = m.tenant_id and k.document_id = m.document_id
        join application a on a.tenant_id = k.tenant_id and a.credit_item_id = k.id and a.debit_item_id = x.item_id
        where m.tenant_id = x.tenant_id and m.dispute_id = x.dispute_id and a.reverses_id is null
          and not exists (select from application u where u.tenant_id = a.tenant_id and u.reverses_id = a.id)), 0)))::bigint, 0),
      i.open_minor) as minor
    from dispute_item x where x.tenant_id = i.tenant_id and x.item_id = i.id and not exists (select from dispute_closing c
      where c.tenant_id = x.tenant_id and c.dispute_id = x.dispute_id and c.reopened_at is null)) q on true`;

/** What is open of an item and not in dispute, in the currency in which the company keeps its books. */
const undisputed = sql`round(i.open_functional_minor::numeric * (i.open_minor - q.minor) / i.open_minor)::bigint`;

const ofCompanies = (least: readonly LeastOfCompany[]): RawBuilder<unknown> =>
  sql`unnest(${arrayLiteral(least.map((one) => one.companyId))}::uuid[],
    ${arrayLiteral(least.map((one) => one.minor))}::bigint[])`;

const FINDERS: Readonly<Record<CauseKind, (tx: Tx, question: CauseQuestion) => RawBuilder<unknown>>> = {
  due_today: (tx, question) => sql`
    select i.company_id || ' ' || i.customer_id || ' ' || ${question.today.toString()}::text as cause, i.company_id,
      i.customer_id, null::uuid as subject_id, c.functional_currency::text as currency, sum(${undisputed})::bigint as amount,
      sum(${undisputed})::bigint as worth, null::text as owner,
      jsonb_build_object('dueOn', ${question.today.toString()}::text, 'items', count(*)) as seen
    from open_item i join company c on c.tenant_id = i.tenant_id and c.id = i.company_id
    join ${ofCompanies(question.least)} as l(company_id, minor) on l.company_id = i.company_id
    left join ${ofCompanies(question.large)} as g(company_id, minor) on g.company_id = i.company_id ${inDispute}
    where i.tenant_id = ${tx.tenantId} and i.account = 'receivables' and i.customer_id is not null and i.open_minor > 0
      and i.due_on = ${question.today}::date and q.minor < i.open_minor and ${isFree(question.today)}
      and (g.minor is null or ${undisputed} < g.minor)
    group by i.company_id, i.customer_id, c.functional_currency, l.minor having sum(${undisputed}) >= l.minor`,

  high_due: (tx, question) => sql`
    select i.id::text as cause, i.company_id, i.customer_id, i.document_id as subject_id, i.currency::text as currency,
      (i.open_minor - q.minor)::bigint as amount, ${undisputed} as worth, null::text as owner,
      jsonb_build_object('reference', i.reference, 'dueOn', i.due_on::text) as seen
    from open_item i join ${ofCompanies(question.least)} as l(company_id, minor) on l.company_id = i.company_id ${inDispute}
    where i.tenant_id = ${tx.tenantId} and i.account = 'receivables' and i.customer_id is not null and i.open_minor > 0
      and i.due_on between ${question.today}::date and ${addDays(question.today, question.rule.days ?? 0)}::date
      and q.minor < i.open_minor and ${undisputed} >= l.minor and ${isFree(question.today)}`,

  broken_promise: (tx, question) => sql`
    select p.id::text as cause, p.company_id, p.customer_id, p.id as subject_id, p.currency::text as currency,
      b.short_minor as amount,
      (select sum(i.open_functional_minor)::bigint from open_item i where i.tenant_id = p.tenant_id and i.id in (
        select r.item_id from promise_part r where r.tenant_id = p.tenant_id and r.promise_id = p.id)) as worth,
          null::text as owner,
      jsonb_build_object('promisedFor', (select max(r.promised_for)::text from promise_part r
        where r.tenant_id = p.tenant_id and r.promise_id = p.id)) as seen
    from promise_break b join promise p on p.tenant_id = b.tenant_id and p.id = b.promise_id
    where b.tenant_id = ${tx.tenantId}
      and not exists (select from promise_end e where e.tenant_id = p.tenant_id and e.promise_id = p.id)
      and exists (select from promise_part r join open_item i on i.tenant_id = r.tenant_id and i.id = r.item_id
        where r.tenant_id = p.tenant_id and r.promise_id = p.id and i.open_minor > 0 and ${isFree(question.today)})`,

  bounce: (tx) => sql`
    select p.id::text as cause, p.company_id, p.customer_id, p.message_id as subject_id, null::text as currency,
      null::bigint as amount,
      null::bigint as worth, null::text as owner, jsonb_strip_nulls(jsonb_build_object('problem', p.kind, 'address', p.address,
        'documentId', p.document_id)) as seen
    from delivery_problem p where p.tenant_id = ${tx.tenantId} and p.closed_at is null`,

  step_for_person: (_tx, { planned }) => sql`
    select * from jsonb_to_recordset(${JSON.stringify(
      planned.map((one) => ({
        cause: one.cause,
        company_id: one.companyId,
        customer_id: one.customerId,
        subject_id: one.subjectId,
        currency: one.currency,
        amount: one.amount?.toString(),
        worth: one.worth?.toString(),
        owner: one.ownerId,
        seen: one.seen,
      })),
    )}::jsonb) as s(cause text, company_id uuid, customer_id uuid, subject_id uuid, currency text, amount bigint, worth bigint,
      owner text, seen jsonb)`,

  reply_waits: (tx) => sql`
    select v.id || ' ' || extract(epoch from v.waiting_since)::text as cause, v.company_id, v.customer_id, v.id as subject_id,
      null::text as currency, null::bigint as amount, null::bigint as worth, v.assigned_to::text as owner,
      jsonb_strip_nulls(jsonb_build_object('subject', v.subject, 'since', v.waiting_since,
        'sender', (select m.sender from inbox_mail m where m.tenant_id = v.tenant_id and m.conversation_id = v.id
          order by m.received_at desc limit 1))) as seen
    from inbox_conversation v where v.tenant_id = ${tx.tenantId} and v.state = 'open' and v.waiting_since is not null`,

  hold_ends: (tx, { today, rule }) => sql`
    select h.id || ' ' || h.ends_on as cause, h.company_id, h.customer_id, h.id as subject_id, null::text as currency,
      null::bigint as amount, null::bigint as worth, h.owner_id as owner,
      jsonb_strip_nulls(jsonb_build_object('endsOn', h.ends_on::text, 'scope', h.scope, 'reason', h.reason,
        'reference', (select i.reference from open_item i where i.tenant_id = h.tenant_id and i.id = h.item_id))) as seen
    from hold h where h.tenant_id = ${tx.tenantId} and h.released_at is null
      and h.ends_on between ${today}::date and ${addDays(today, rule.days ?? 0)}::date`,

  dispute_waits: (tx, { today, rule }) => sql`
    select d.id || ' ' || d.last_on as cause, d.company_id, d.customer_id, d.id as subject_id,
      d.currency::text as currency, d.amount,
      d.worth, null::text as owner, jsonb_build_object('reference', d.number, 'since', d.last_on::text) as seen
    from (
      select d.id, d.company_id, d.customer_id, d.currency, d.number,
        greatest(d.opened_on, (select max((v.recorded_at at time zone n.time_zone)::date) from event v
          where v.tenant_id = d.tenant_id and v.subject_id = d.id)) as last_on,
        (select sum(i.amount_minor)::bigint from dispute_item i where i.tenant_id = d.tenant_id
          and i.dispute_id = d.id) as amount,
        (select sum(o.open_functional_minor)::bigint from dispute_item i join open_item o on o.tenant_id = i.tenant_id
          and o.id = i.item_id
          where i.tenant_id = d.tenant_id and i.dispute_id = d.id) as worth
      from dispute d join tenant n on n.id = d.tenant_id
      where d.tenant_id = ${tx.tenantId} and not exists (select from dispute_closing c
        where c.tenant_id = d.tenant_id and c.dispute_id = d.id and c.reopened_at is null)) d
    where d.last_on <= ${addDays(today, -(rule.days ?? 0))}::date`,
};

/** Due dates that are looked at: from one up to today. */
export type DueDays = { readonly from: PlainDate; readonly today: PlainDate };

const isDueInvoice = (tx: Tx, { from, today }: DueDays): RawBuilder<unknown> => sql`
  i.tenant_id = ${tx.tenantId} and i.account = 'receivables' and i.kind = 'invoice' and i.open_minor > 0
    and i.due_on between ${from}::date and ${today}::date`;

/** Customers with invoices that fell due. */
export async function findDueCustomers(tx: Tx, due: DueDays): Promise<readonly CustomerId[]> {
  const rows = await tx.run(
    sql<{ id: CustomerId }>`select distinct i.customer_id as id from open_item i
      where ${isDueInvoice(tx, due)} and i.customer_id is not null`,
    { plan: 'fresh' },
  );
  return rows.map(({ id }) => id);
}

/** Invoices of accounts of one member, or of nobody, with one due date in one currency. */
export type DueRow = {
  readonly userId: string | null;
  readonly dueOn: PlainDate;
  readonly currency: string;
  readonly invoices: number;
  readonly minor: bigint;
};

/** What can be asked for of invoices that fell due, less what is promised, by whoever the account is. */
export async function findDueSums(
  tx: Tx,
  due: DueDays,
  promised: ReadonlyMap<ItemId, Money>,
): Promise<readonly DueRow[]> {
  return tx.run(
    sql<DueRow>`
    select o.user_id as "userId", i.due_on as "dueOn", i.currency::text, count(distinct i.document_id)::int as invoices,
      sum(i.open_minor - q.minor - coalesce(p.minor, 0))::bigint as minor
    from open_item i ${inDispute}
    left join unnest(${arrayLiteral([...promised.keys()])}::uuid[],
      ${arrayLiteral([...promised.values()].map(({ minor }) => minor))}::bigint[]) as p(item_id, minor) on p.item_id = i.id
    left join lateral (select w.user_id from worklist_owner w where w.tenant_id = i.tenant_id and w.customer_id = i.customer_id
      and w.company_id = i.company_id order by w.recorded_at desc, w.id desc limit 1) o on true
    where ${isDueInvoice(tx, due)} and i.open_minor > q.minor + coalesce(p.minor, 0) and ${isFree(due.today)}
    group by 1, 2, 3 order by 2 desc, 3`,
    { plan: 'fresh' },
  );
}
