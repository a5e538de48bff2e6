// SQL of what accounting systems have of receipts: settings, exports, and the steps of each receipt and return.

import { type RawBuilder, sql } from 'kysely';
import { type Act, actorText } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { Instant, PlainDate } from '#kernel/calendar.ts';
import { type CompanyId, newId } from '#kernel/id.ts';
import type { NewStep, PostingPart, PostingState } from './posting.ts';
import { askedParts, exportedParts } from './store-parts.ts';

const FRESH = { plan: 'fresh' } as const;

/** From which day on receipts of companies are posted elsewhere; those that post none are left out. */
export async function findSettings(tx: Tx): Promise<ReadonlyMap<CompanyId, PlainDate>> {
  const rows = await tx.run(sql<{ company_id: CompanyId; from_on: PlainDate | null }>`
    select distinct on (company_id) company_id, from_on from posting_setting where tenant_id = ${tx.tenantId}
    order by company_id, recorded_at desc, id desc`);
  return new Map(
    rows.flatMap((row) => (row.from_on === null ? [] : [[row.company_id, row.from_on] as const])),
  );
}

/** States from which day on receipts of a company are posted elsewhere, or that none are. */
export function insertSetting(act: Act, companyId: CompanyId, fromOn: PlainDate | null): void {
  act.insert('posting_setting', [
    {
      id: newId(),
      company_id: companyId,
      from_on: fromOn,
      stated_by: actorText(act.actor),
      recorded_at: act.now,
    },
  ]);
}

/** One who hands out, or answers for, the receipts of a company at a time. Held until the commit. */
export async function lockPostings(act: Act, companyId: CompanyId): Promise<void> {
  await act.run(
    sql`select pg_advisory_xact_lock(hashtextextended(${`postings ${act.tenantId} ${companyId}`}, 0))`,
  );
}

/** A receipt, the return of one, or money between companies in the books of one, with how it stands in the accounting system. */
export type PostingRow = {
  readonly payment_id: string;
  /** The handing over or taking back that it is of, where it is of one. */
  readonly handover_id: string | null;
  readonly part: PostingPart;
  readonly number: string;
  readonly company_id: CompanyId;
  readonly on_day: PlainDate;
  readonly currency: string;
  readonly amount_minor: bigint;
  readonly customer_number: string | null;
  readonly customer_name: string | null;
  readonly payer_name: string | null;
  readonly bank_account: string | null;
  readonly state: PostingState;
  readonly export_id: string | null;
  readonly reference: string | null;
  readonly reason: string | null;
  readonly posted_on: PlainDate | null;
  readonly recorded_at: Instant | null;
};

const shownColumns = sql`r.payment_id, r.handover_id, r.part, r.number, r.company_id, r.on_day, r.currency, r.amount_minor, c.number as customer_number,
  c.name as customer_name, r.payer_name, b.name as bank_account, r.state, r.export_id, r.reference, r.reason, r.posted_on, r.recorded_at`;

const beside = (tx: Tx): RawBuilder<unknown> => sql`
  left join customer c on c.tenant_id = ${tx.tenantId} and c.id = r.customer_id
  left join statement_line l on l.tenant_id = ${tx.tenantId} and l.id = r.statement_line_id
  left join bank_statement m on m.tenant_id = ${tx.tenantId} and m.id = l.statement_id
  left join bank_account b on b.tenant_id = ${tx.tenantId} and b.id = m.bank_account_id`;

/** The place of a posting in lists: its day, its payment, its part, and the handing over it is of, or the payment again. */
export type PostingKey = readonly [day: string, paymentId: string, part: string, handoverId: string];

/** A page of what is to be posted, in a state, the oldest first. */
export async function findPostings(
  tx: Tx,
  settings: ReadonlyMap<CompanyId, PlainDate>,
  page: {
    readonly state?: PostingState | undefined;
    readonly after?: PostingKey | undefined;
    readonly limit: number;
  },
): Promise<readonly PostingRow[]> {
  const inState = page.state === undefined ? sql`true` : sql`coalesce(t.state, 'to_post') = ${page.state}`;
  const [day, id, part, handoverId] = page.after ?? [];
  const after =
    page.after === undefined
      ? sql`true`
      : sql`(k.on_day, k.payment_id, k.part, coalesce(k.handover_id, k.payment_id))
          > (${day}::date, ${id}::uuid, ${part}, ${handoverId}::uuid)`;
  const order = sql`r.on_day, r.payment_id, r.part, coalesce(r.handover_id, r.payment_id)`;
  return tx.run(
    sql<PostingRow>`select ${shownColumns} from (select * from ${askedParts(tx, settings, { where: sql`${inState} and ${after}` })} r
      order by ${order} limit ${page.limit}::int) r ${beside(tx)} order by ${order}`,
    FRESH,
  );
}

/**
 * Receipts and returns of one export in the order they were handed out in, as long as nothing was done or said of them since:
 * what was answered, or handed out again, is not to be booked from it any more.
 */
export async function findExported(tx: Tx, exportId: string): Promise<readonly PostingRow[]> {
  return tx.run(
    sql<PostingRow>`select ${shownColumns} from ${exportedParts(tx, exportId)} r ${beside(tx)}
      order by r.on_day, r.payment_id, r.part, coalesce(r.handover_id, r.payment_id)`,
    FRESH,
  );
}

/** How many receipts and returns are in each state. */
export async function countPostings(
  tx: Tx,
  settings: ReadonlyMap<CompanyId, PlainDate>,
): Promise<ReadonlyMap<PostingState, number>> {
  const rows = await tx.run(
    sql<{ state: PostingState; count: bigint }>`select state, count(*) as count
      from ${askedParts(tx, settings)} r group by state`,
    FRESH,
  );
  return new Map(rows.map((row) => [row.state, Number(row.count)]));
}

/** How receipts of a company stand by their numbers; what is not posted elsewhere is left out. */
export async function findByNumbers(
  tx: Tx,
  settings: ReadonlyMap<CompanyId, PlainDate>,
  numbers: readonly string[],
): Promise<readonly AnsweredRow[]> {
  const where = sql`k.number = any(${arrayLiteral(numbers)}::text[])`;
  return tx.run(
    sql<AnsweredRow>`select payment_id, handover_id, number, part, state, reference, reason,
        array(select h.export_id from posting_step h where h.tenant_id = ${tx.tenantId} and h.payment_id = r.payment_id
          and h.part = r.part and h.handover_id is not distinct from r.handover_id and h.state = 'sent' order by h.recorded_at desc, h.id desc)::text[] as export_ids
      from ${askedParts(tx, settings, { where })} r`,
    FRESH,
  );
}

type AnsweredRow = Pick<
  PostingRow,
  'payment_id' | 'handover_id' | 'number' | 'part' | 'state' | 'reference' | 'reason'
> & {
  /** The exports it was handed out with, the last one first. */
  readonly export_ids: readonly string[];
};

/** An export as lists show it. */
export type ExportRow = {
  readonly id: string;
  readonly company_id: CompanyId;
  readonly exported_by: string;
  readonly recorded_at: Instant;
  /** Receipts and returns it had, and how many of them nothing was done or said of since. */
  readonly receipts: number;
  readonly open: number;
};

/** The latest exports of companies. */
export async function findExports(
  tx: Tx,
  companyId: CompanyId | undefined,
  limit: number,
): Promise<readonly ExportRow[]> {
  const of = companyId === undefined ? sql`true` : sql`e.company_id = ${companyId}::uuid`;
  return tx.run(
    sql<ExportRow>`select e.id, e.company_id, e.exported_by, e.recorded_at, n.receipts, n.open
      from (select * from posting_export e where e.tenant_id = ${tx.tenantId} and ${of}
        order by e.recorded_at desc, e.id desc limit ${limit}::int) e
      cross join lateral (select count(*)::int as receipts, (count(*) filter (where not exists (select from posting_step l
            where l.tenant_id = t.tenant_id and l.payment_id = t.payment_id and l.part = t.part
              and l.handover_id is not distinct from t.handover_id
              and (l.recorded_at, l.id) > (t.recorded_at, t.id))))::int as open
        from posting_step t where t.tenant_id = ${tx.tenantId} and t.export_id = e.id) n
      order by e.recorded_at desc, e.id desc`,
    FRESH,
  );
}

/** Whether there is such a payment. */
export async function findIsPayment(tx: Tx, paymentId: string): Promise<boolean> {
  const rows = await tx.run(
    sql`select from payment where tenant_id = ${tx.tenantId} and id = ${paymentId}::uuid`,
  );
  return rows.length > 0;
}

/** How one receipt stands, its return, and what of it is between companies. */
export async function findOfPayment(
  tx: Tx,
  settings: ReadonlyMap<CompanyId, PlainDate>,
  paymentId: string,
): Promise<readonly PostingRow[]> {
  return tx.run(
    sql<PostingRow>`select ${shownColumns} from ${askedParts(tx, settings, { paymentId })} r ${beside(tx)}
      order by r.on_day, r.number, r.part`,
    FRESH,
  );
}

/** What was done and said of one receipt and its return, the latest first. */
export async function findSteps(tx: Tx, paymentId: string) {
  return tx.run(
    sql<{
      part: PostingPart;
      handover_id: string | null;
      state: 'sent' | 'posted' | 'refused';
      reference: string | null;
      reason: string | null;
      posted_on: PlainDate | null;
      recorded_by: string;
      recorded_at: Instant;
    }>`select part, handover_id, state, reference, reason, posted_on, recorded_by, recorded_at from posting_step
      where tenant_id = ${tx.tenantId} and payment_id = ${paymentId}::uuid order by recorded_at desc, id desc limit 100`,
  );
}

/** What receipts settled in their own companies, by payment: the number of the document and what was given for it. */
export async function findSettled(
  tx: Tx,
  paymentIds: readonly string[],
): Promise<ReadonlyMap<string, readonly { readonly reference: string; readonly amount_minor: bigint }[]>> {
  const rows = await tx.run(
    sql<{ payment_id: string; reference: string; amount_minor: bigint }>`
      select o.document_id as payment_id, d.reference, sum(a.amount_minor)::bigint as amount_minor
      from open_item o
      join application a on a.tenant_id = o.tenant_id and a.credit_item_id = o.id
      join open_item d on d.tenant_id = a.tenant_id and d.id = a.debit_item_id and d.account = 'receivables'
      join payment p on p.tenant_id = o.tenant_id and p.id = o.document_id and p.company_id = o.company_id
      where o.tenant_id = ${tx.tenantId} and o.document_id = any(${arrayLiteral(paymentIds)}::uuid[]) and o.account = 'unapplied-cash'
      group by 1, 2 having sum(a.amount_minor) <> 0 order by 1, 2`,
    FRESH,
  );
  return Map.groupBy(rows, (row) => row.payment_id);
}

/** Which company an export is of. */
export async function findExport(tx: Tx, exportId: string): Promise<CompanyId | undefined> {
  const [row] = await tx.run(
    sql<{ company_id: CompanyId }>`select company_id from posting_export
      where tenant_id = ${tx.tenantId} and id = ${exportId}::uuid`,
  );
  return row?.company_id;
}

/** Keeps that receipts and returns were handed out together; gives the id of the export. */
export function insertExport(
  act: Act,
  companyId: CompanyId,
  rows: readonly Pick<PostingRow, 'payment_id' | 'handover_id' | 'part'>[],
): string {
  const id = newId<'posting_export'>();
  const by = actorText(act.actor);
  act.insert('posting_export', [{ id, company_id: companyId, exported_by: by, recorded_at: act.now }]);
  act.insert(
    'posting_step',
    rows.map((row) => ({
      id: newId<'posting_step'>(),
      payment_id: row.payment_id,
      handover_id: row.handover_id,
      part: row.part,
      state: 'sent',
      export_id: id,
      recorded_by: by,
      recorded_at: act.now,
    })),
  );
  return id;
}

/** Keeps what the accounting system said. */
export function insertAnswers(act: Act, steps: readonly NewStep[]): void {
  act.insert(
    'posting_step',
    steps.map((step) => ({
      id: newId<'posting_step'>(),
      payment_id: step.paymentId,
      handover_id: step.handoverId,
      part: step.part,
      state: step.state,
      reference: step.state === 'posted' ? (step.reference ?? null) : null,
      reason: step.state === 'refused' ? (step.reason ?? null) : null,
      posted_on: step.state === 'posted' ? (step.postedOn ?? null) : null,
      answered_export_id: step.exportId ?? null,
      recorded_by: actorText(act.actor),
      recorded_at: act.now,
    })),
  );
}
