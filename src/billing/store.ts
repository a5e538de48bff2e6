// SQL of drafts and of runs that issue many of them.

import { type Selectable, sql } from 'kysely';
import { type Act, actorText } from '#command/command.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { OpenDraft } from '#invoicing/read-issue-findings.ts';
import type { Instant } from '#kernel/calendar.ts';
import { jsonText } from '#kernel/canonical.ts';
import type { CompanyId, CustomerId, InvoiceId } from '#kernel/id.ts';
import { ALIKE_COMPARED_MAX } from '#kernel/limits.ts';
import { money } from '#kernel/money.ts';
import {
  type Draft,
  type DraftBody,
  type DraftId,
  type DraftSource,
  type IssueRunId,
  type KeptRefusal,
  outlineOf,
} from './draft.ts';

type DraftRow = Selectable<DB['invoice_draft']>;

function draftFrom(row: DraftRow): Draft {
  return {
    id: row.id as DraftId,
    body: row.body as DraftBody,
    companyId: row.company_id as CompanyId | null,
    customerId: row.customer_id as CustomerId | null,
    total: row.total_minor === null || row.currency === null ? null : money(row.total_minor, row.currency),
    version: row.version,
    source: row.source as DraftSource,
    state: row.state as Draft['state'],
    invoiceId: row.invoice_id as InvoiceId | null,
    refusal: row.refusal as KeptRefusal | null,
    createdAt: row.created_at,
    changedAt: row.changed_at,
  };
}

/** Adds a draft. */
export function insertDraft(
  act: Act,
  draft: { readonly id: DraftId; readonly body: DraftBody; readonly source: DraftSource },
): void {
  const { companyId, customerId, currency, total } = outlineOf(draft.body);
  act.insert('invoice_draft', [
    {
      id: draft.id,
      body: jsonText(draft.body),
      company_id: companyId,
      customer_id: customerId,
      currency,
      total_minor: total?.minor ?? null,
      source: draft.source,
      state: 'open',
      created_by: actorText(act.actor),
      created_at: act.now,
      changed_at: act.now,
    },
  ]);
}

/**
 * That a draft found by its id is open. Said so that PostgreSQL goes by the id: by an index of open drafts alone it would look
 * at all of them, as it plans before it knows how many there are.
 */
const isOpen = sql`state <> all ('{issued,discarded}')`;

/** Puts another body into a draft that is locked; its version goes up, and the last refusal is of the past. */
export function updateDraftBody(act: Act, id: DraftId, body: DraftBody): void {
  const { companyId, customerId, currency, total } = outlineOf(body);
  act.write(
    sql`update invoice_draft set body = ${jsonText(body)}::jsonb, company_id = ${companyId}::uuid,
        customer_id = ${customerId}::uuid, currency = ${currency}, total_minor = ${total?.minor ?? null}::bigint,
        version = version + 1, refusal = null, changed_at = ${act.now}
      where tenant_id = ${act.tenantId} and id = ${id} and ${isOpen}`,
    { rows: 1, rule: 'the draft to change is open' },
  );
}

/** Ends a draft that is locked: it became an invoice, or was thrown away. */
export function updateDraftEnded(act: Act, id: DraftId, invoiceId: InvoiceId | null): void {
  act.write(
    sql`update invoice_draft set state = ${invoiceId === null ? 'discarded' : 'issued'},
        invoice_id = ${invoiceId}::uuid, refusal = null, changed_at = ${act.now}
      where tenant_id = ${act.tenantId} and id = ${id} and ${isOpen}`,
    { rows: 1, rule: 'the draft to end is open' },
  );
}

/** Keeps why a draft could not be issued, while it is still open. */
export function updateDraftRefused(act: Act, id: DraftId, refusal: KeptRefusal): void {
  act.write(sql`update invoice_draft set refusal = ${jsonText(refusal)}::jsonb
    where tenant_id = ${act.tenantId} and id = ${id} and ${isOpen}`);
}

/** One draft. */
export async function findDraft(tx: Tx, id: DraftId): Promise<Draft | undefined> {
  const row = await tx.find(
    sql<DraftRow>`select * from invoice_draft where tenant_id = ${tx.tenantId} and id = ${id}`,
  );
  return row && draftFrom(row);
}

/** Drafts by id, in the order they were begun. */
export async function findDrafts(tx: Tx, ids: readonly DraftId[]): Promise<readonly Draft[]> {
  const rows = await tx.run(
    sql<DraftRow>`select * from invoice_draft
      where tenant_id = ${tx.tenantId} and id = any(${arrayLiteral(ids)}::uuid[]) order by created_at, id`,
    { plan: 'fresh' },
  );
  return rows.map(draftFrom);
}

/** One draft, locked against being changed and issued by others. */
export async function lockDraft(tx: Tx, id: DraftId): Promise<Draft | undefined> {
  const row = await tx.find(
    sql<DraftRow>`select * from invoice_draft where tenant_id = ${tx.tenantId} and id = ${id} for update`,
  );
  return row && draftFrom(row);
}

/** Open drafts, the one changed last first. */
export async function findDraftPage(
  tx: Tx,
  filter: { readonly customerId?: CustomerId | undefined; readonly refused?: boolean | undefined },
  page: { readonly after: readonly [Instant, string] | undefined; readonly limit: number },
): Promise<readonly Draft[]> {
  const [at, id] = page.after ?? [];
  const conditions = [
    sql`tenant_id = ${tx.tenantId} and state = 'open'`,
    ...(filter.customerId ? [sql`customer_id = ${filter.customerId}`] : []),
    ...(filter.refused ? [sql`refusal is not null`] : []),
    ...(page.after ? [sql`(changed_at, id) < (${at}::timestamptz, ${id}::uuid)`] : []),
  ];
  const rows = await tx.run(
    sql<DraftRow>`select * from invoice_draft where ${sql.join(conditions, sql` and `)}
      order by changed_at desc, id desc limit ${page.limit}`,
    { plan: 'fresh' },
  );
  return rows.map(draftFrom);
}

/** Other open drafts of a customer over the same total, with the reference they stand under. */
export async function findOthers(
  tx: Tx,
  draft: Pick<Draft, 'id' | 'customerId' | 'total'>,
): Promise<readonly OpenDraft[]> {
  const { customerId, total } = draft;
  if (customerId === null || total === null) return [];
  const rows = await tx.run(
    sql<{ reference: string }>`
      select coalesce(body ->> 'purchaseOrder', body -> 'references' ->> 'buyerReference') as reference
      from invoice_draft where tenant_id = ${tx.tenantId} and state = 'open' and customer_id = ${customerId}
        and total_minor = ${total.minor} and currency = ${total.currency} and id <> ${draft.id}
        and coalesce(body ->> 'purchaseOrder', body -> 'references' ->> 'buyerReference') is not null
      limit ${ALIKE_COMPARED_MAX}`,
  );
  return rows.map(({ reference }) => ({
    customerId,
    totalMinor: total.minor,
    currency: total.currency,
    reference,
  }));
}

/** How many drafts are open. */
export async function countOpenDrafts(tx: Tx): Promise<number> {
  const row = await tx.find(
    sql<{
      n: bigint;
    }>`select count(*) as n from invoice_draft where tenant_id = ${tx.tenantId} and state = 'open'`,
  );
  return Number(row?.n ?? 0n);
}

/** The open ones among drafts, or all open ones, in the order they were begun. */
export async function findOpenIds(
  tx: Tx,
  among: readonly DraftId[] | 'all',
  limit: number,
): Promise<readonly DraftId[]> {
  const rows = await tx.run(
    sql<{ id: DraftId }>`select id from invoice_draft where tenant_id = ${tx.tenantId} and state = 'open'
      ${among === 'all' ? sql`` : sql`and id = any(${arrayLiteral(among)}::uuid[])`}
      order by created_at, id limit ${limit}`,
    { plan: 'fresh' },
  );
  return rows.map((row) => row.id);
}

// — runs —

export type RunRow = Selectable<DB['issue_run']>;

/** Adds a run over drafts, in their order. */
export function insertRun(act: Act, id: IssueRunId, drafts: readonly DraftId[]): void {
  act.insert('issue_run', [
    {
      id,
      state: 'running',
      drafts: drafts.length,
      started_by: actorText(act.actor),
      created_at: act.now,
    },
  ]);
  act.insert(
    'issue_run_draft',
    drafts.map((draftId, index) => ({
      run_id: id,
      draft_id: draftId,
      position: index + 1,
      outcome: 'waiting',
    })),
  );
}

/** One run. */
export async function findRun(tx: Tx, id: IssueRunId): Promise<RunRow | undefined> {
  return tx.find(sql<RunRow>`select * from issue_run where tenant_id = ${tx.tenantId} and id = ${id}`);
}

/** Runs, the newest first. */
export async function findRuns(tx: Tx, limit: number): Promise<readonly RunRow[]> {
  return tx.run(
    sql<RunRow>`select * from issue_run where tenant_id = ${tx.tenantId}
      order by created_at desc, id desc limit ${limit}`,
  );
}

/** The next drafts of a run that wait, in order. */
export async function findWaiting(tx: Tx, id: IssueRunId, limit: number): Promise<readonly DraftId[]> {
  const rows = await tx.run(
    sql<{ draft_id: DraftId }>`select draft_id from issue_run_draft
      where tenant_id = ${tx.tenantId} and run_id = ${id} and outcome = 'waiting' order by position limit ${limit}`,
  );
  return rows.map((row) => row.draft_id);
}

/** How many drafts of runs ended how. */
export async function countOutcomes(
  tx: Tx,
  ids: readonly string[],
): Promise<ReadonlyMap<string, { readonly issued: number; readonly refused: number }>> {
  const rows = await tx.run(
    sql<{ run_id: string; issued: bigint; refused: bigint }>`
      select run_id, count(*) filter (where outcome = 'issued') as issued,
        count(*) filter (where outcome = 'refused') as refused
      from issue_run_draft where tenant_id = ${tx.tenantId} and run_id = any(${arrayLiteral(ids)}::uuid[])
      group by run_id`,
  );
  return new Map(
    rows.map((row) => [row.run_id, { issued: Number(row.issued), refused: Number(row.refused) }]),
  );
}

/** Notes how a draft of a run ended; a second note changes nothing. */
export function updateOutcome(
  act: Act,
  run: { readonly runId: IssueRunId; readonly draftId: DraftId },
  refusal: KeptRefusal | null,
): void {
  act.write(
    sql`update issue_run_draft set outcome = ${refusal === null ? 'issued' : 'refused'},
        refusal = ${refusal === null ? null : jsonText(refusal)}::jsonb
      where tenant_id = ${act.tenantId} and run_id = ${run.runId} and draft_id = ${run.draftId}
        and outcome <> all ('{issued,refused}')`,
  );
}

/** Ends a run none of whose drafts waits any more. */
export function updateRunDone(act: Act, id: IssueRunId): void {
  act.write(
    sql`update issue_run r set state = 'done', finished_at = ${act.now}
      where tenant_id = ${act.tenantId} and id = ${id} and state = 'running'
        and not exists (select from issue_run_draft d where d.tenant_id = ${act.tenantId} and d.run_id = r.id
          and d.outcome = 'waiting')`,
  );
}

/** Invoices that a run made, in its order. */
export async function findIssuedIn(tx: Tx, id: IssueRunId): Promise<readonly InvoiceId[]> {
  const rows = await tx.run(
    sql<{ invoice_id: InvoiceId }>`select d.invoice_id from issue_run_draft r
      join invoice_draft d on d.tenant_id = ${tx.tenantId} and d.id = r.draft_id and d.invoice_id is not null
      where r.tenant_id = ${tx.tenantId} and r.run_id = ${id} and r.outcome = 'issued' order by r.position`,
  );
  return rows.map((row) => row.invoice_id);
}

export type RefusedRow = {
  readonly draft_id: DraftId;
  readonly refusal: KeptRefusal;
  readonly customer_id: CustomerId | null;
  readonly state: Draft['state'];
};

/** Drafts of a run that were refused, in order. */
export async function findRefused(tx: Tx, id: IssueRunId, limit: number): Promise<readonly RefusedRow[]> {
  return tx.run(
    sql<RefusedRow>`select r.draft_id, r.refusal, d.customer_id, d.state from issue_run_draft r
      join invoice_draft d on d.tenant_id = ${tx.tenantId} and d.id = r.draft_id
      where r.tenant_id = ${tx.tenantId} and r.run_id = ${id} and r.outcome = 'refused'
      order by r.position limit ${limit}`,
  );
}
