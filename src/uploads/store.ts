// SQL of portal uploads: what customers want, one upload for each document, and the steps taken.

import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { Act } from '#command/command.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import { type CompanyId, type CustomerId, type InvoiceId, type MessageId, newId } from '#kernel/id.ts';
import { PORTALS_SHOWN } from '#kernel/limits.ts';
import { inOrder, type PortalSetting, type UploadedFile } from './portal.ts';
import type { Standing, Step, UploadState } from './upload.ts';

const uuids = (ids: readonly string[]): RawBuilder<string[]> => sql`${arrayLiteral(ids)}::uuid[]`;

type SettingRow = Selectable<DB['portal_setting']>;

function toSetting(row: SettingRow): PortalSetting {
  return {
    companyId: row.company_id as CompanyId | null,
    isInUse: row.in_use,
    follows: row.follows,
    portal: row.portal,
    address: row.address,
    supplierNumber: row.supplier_number,
    userId: row.user_id,
    withinDays: row.within_days,
    uploads: inOrder(row.uploads as UploadedFile[]),
    from: row.from_on,
    instead: row.instead,
    chasesUnposted: row.chases_unposted,
  };
}

/** What is stated last for a customer: for all companies (null) and for some of them; also where it ended. */
export async function findStated(
  tx: Tx,
  customerId: CustomerId,
): Promise<ReadonlyMap<CompanyId | null, PortalSetting>> {
  const rows = await tx.run(sql<SettingRow>`
    select distinct on (company_id) * from portal_setting
    where tenant_id = ${tx.tenantId} and customer_id = ${customerId}
    order by company_id, recorded_at desc, id desc`);
  return new Map(rows.map(toSetting).map((setting) => [setting.companyId, setting]));
}

/** Lets one alone state what a customer wants of its portals, until the transaction ends. */
export async function lockStated(act: Act, customerId: CustomerId): Promise<void> {
  await act.run(sql`
    select pg_advisory_xact_lock(hashtextextended('portal ' || ${act.tenantId}::text || ' ' || ${customerId}::text, 0))`);
}

/** What counts for uploads, by document; also where it ended. */
export async function findSettings(
  tx: Tx,
  documentIds: readonly string[],
): Promise<ReadonlyMap<string, PortalSetting>> {
  const rows = await tx.run(sql<SettingRow & { document_id: string }>`
    select u.document_id, s.* from portal_upload u join ${settingOf('u')} s on true
    where u.tenant_id = ${tx.tenantId} and u.document_id = any(${uuids(documentIds)})`);
  return new Map(rows.map((row) => [row.document_id, toSetting(row)]));
}

/** States what a customer wants from now on. */
export function insertSetting(act: Act, customerId: CustomerId, wanted: PortalSetting, by: string): void {
  act.insert('portal_setting', [
    {
      id: newId(),
      customer_id: customerId,
      company_id: wanted.companyId,
      in_use: wanted.isInUse,
      follows: wanted.follows,
      portal: wanted.portal,
      address: wanted.address,
      supplier_number: wanted.supplierNumber,
      user_id: wanted.userId,
      within_days: wanted.withinDays,
      uploads: [...inOrder(wanted.uploads)],
      from_on: wanted.from,
      instead: wanted.instead,
      chases_unposted: wanted.chasesUnposted,
      stated_by: by,
      recorded_at: act.now,
    },
  ]);
}

/** Whether the customer of a document wants a portal, or ever did: others have nothing to do with uploads. */
export async function isOfPortal(tx: Tx, documentId: string): Promise<boolean> {
  const row = await tx.find(sql`
    select from invoice v where v.tenant_id = ${tx.tenantId} and v.id = ${documentId}
      and exists (select from portal_setting s where s.tenant_id = v.tenant_id and s.customer_id = v.customer_id)`);
  return row !== undefined;
}

/** A document that is wanted in a portal and has no upload yet. */
export type WantedDocument = {
  readonly id: InvoiceId;
  readonly number: string;
  readonly company_id: CompanyId;
  readonly country: string;
  readonly customer_id: CustomerId;
  readonly issued_on: PlainDate;
  readonly portal: string;
  readonly within_days: number;
};

/**
 * The setting that counts, beside a table with `tenant_id`, `customer_id` and `company_id`: the last one stated for the company,
 * unless it was taken back, else the last one for all.
 */
function settingOf(table: string): RawBuilder<unknown> {
  const column = (name: string) => sql.ref(`${table}.${name}`);
  const lastOf = (companies: RawBuilder<unknown>) => sql`
    (select o.* from portal_setting o where o.tenant_id = ${column('tenant_id')}
      and o.customer_id = ${column('customer_id')} and ${companies} order by o.recorded_at desc, o.id desc limit 1)`;
  const own = lastOf(sql`o.company_id = ${column('company_id')}`);
  return sql`
    lateral (select * from (${own} union all ${lastOf(sql`o.company_id is null`)}) o
      order by o.follows, o.company_id is null limit 1)`;
}

/** Documents that are wanted in a portal and have no upload yet, voided ones left out: among some, or all. */
export async function findWanted(
  tx: Tx,
  among: readonly string[] | undefined,
  limit: number,
): Promise<readonly WantedDocument[]> {
  const some = among === undefined ? sql`` : sql`and v.id = any(${uuids(among)})`;
  return tx.run(
    sql<WantedDocument>`
      select v.id, v.number, v.company_id, c.country, v.customer_id, v.issued_on, s.portal, s.within_days
      from (select distinct p.tenant_id, p.customer_id, y.id as company_id, y.country from portal_setting p
        join company y on y.tenant_id = p.tenant_id where p.tenant_id = ${tx.tenantId}) c
      join ${settingOf('c')} s on s.in_use
      join invoice v on v.tenant_id = c.tenant_id and v.customer_id = c.customer_id and v.company_id = c.company_id
        and v.issued_on >= s.from_on
      where v.voided_on is null ${some}
        and not exists (select from portal_upload u where u.tenant_id = v.tenant_id and u.document_id = v.id)
      order by v.id limit ${limit}::int`,
    { plan: 'fresh' },
  );
}

export type NewUpload = {
  readonly documentId: InvoiceId;
  readonly companyId: CompanyId;
  readonly customerId: CustomerId;
  readonly issuedOn: PlainDate;
  readonly dueOn: PlainDate;
};

/** Makes uploads, one for a document however often and by how many at once it is asked; gives those that were not there. */
export async function insertUploads(act: Act, uploads: readonly NewUpload[]): Promise<ReadonlySet<string>> {
  if (uploads.length === 0) return new Set();
  const column = (of: (upload: NewUpload) => { toString(): string }) =>
    arrayLiteral(uploads.map((upload) => of(upload).toString()));
  const rows = await act.run(sql<{ document_id: string }>`
    insert into portal_upload (tenant_id, document_id, company_id, customer_id, issued_on, first_due_on, state, due_on,
      recorded_at)
    select ${act.tenantId}, n.document_id, n.company_id, n.customer_id, n.issued_on, n.due_on, 'waiting', n.due_on,
      ${act.now}::timestamptz
    from unnest(${column((u) => u.documentId)}::uuid[], ${column((u) => u.companyId)}::uuid[],
      ${column((u) => u.customerId)}::uuid[], ${column((u) => u.issuedOn)}::date[], ${column((u) => u.dueOn)}::date[])
      as n(document_id, company_id, customer_id, issued_on, due_on)
    on conflict (tenant_id, document_id) do nothing returning document_id`);
  return new Set(rows.map((row) => row.document_id));
}

/** An upload that is locked, with its document. */
export type LockedUpload = {
  readonly document_id: InvoiceId;
  readonly number: string;
  readonly company_id: CompanyId;
  readonly customer_id: CustomerId;
  readonly issued_on: PlainDate;
  readonly first_due_on: PlainDate;
  readonly steps: number;
};

/** Locks uploads in the order of their documents, so that two people who mark the same come one after the other. */
export async function lockUploads(
  act: Act,
  documentIds: readonly string[],
): Promise<readonly LockedUpload[]> {
  return act.run(sql<LockedUpload>`
    select u.document_id, v.number, u.company_id, u.customer_id, u.issued_on, u.first_due_on, u.steps
    from portal_upload u join invoice v on v.tenant_id = u.tenant_id and v.id = u.document_id
    where u.tenant_id = ${act.tenantId} and u.document_id = any(${uuids(documentIds)})
    order by u.document_id for no key update of u`);
}

function toStep(row: Selectable<DB['portal_step']>): Step {
  return {
    stepNo: row.step_no,
    kind: row.kind as Step['kind'],
    happenedOn: row.happened_on,
    portalNumber: row.portal_number,
    reason: row.reason,
    note: row.note,
    messageId: row.message_id,
    dueOn: row.due_on,
    undoesNo: row.undoes_no,
  };
}

/** A step with who took it and when. */
export type TakenStep = Step & { readonly takenBy: string; readonly recordedAt: Temporal.Instant };

/** The steps of uploads, by document, the first first. */
export async function findSteps(
  tx: Tx,
  documentIds: readonly string[],
): Promise<ReadonlyMap<string, readonly TakenStep[]>> {
  const rows = await tx.run(sql<Selectable<DB['portal_step']>>`
    select * from portal_step where tenant_id = ${tx.tenantId} and document_id = any(${uuids(documentIds)})
    order by document_id, step_no`);
  const steps = rows.map((row) => ({
    documentId: row.document_id,
    ...toStep(row),
    takenBy: row.taken_by,
    recordedAt: row.recorded_at,
  }));
  return Map.groupBy(steps, (step) => step.documentId);
}

/** Adds a step, and writes what the upload stands at after it. */
export function saveStep(
  act: Act,
  documentId: string,
  step: Step & { readonly takenBy: string },
  after: Standing,
): void {
  act.insert('portal_step', [
    {
      document_id: documentId,
      step_no: step.stepNo,
      kind: step.kind,
      happened_on: step.happenedOn,
      portal_number: step.portalNumber,
      reason: step.reason,
      note: step.note,
      message_id: step.messageId,
      due_on: step.dueOn,
      undoes_no: step.undoesNo,
      taken_by: step.takenBy,
      recorded_at: act.now,
    },
  ]);
  act.write(
    sql`update portal_upload set state = ${after.state}, due_on = ${after.dueOn}::date, attempts = ${after.attempts}::smallint,
        steps = ${step.stepNo}::smallint
      where tenant_id = ${act.tenantId} and document_id = ${documentId}`,
    { rows: 1, rule: 'the upload of a step is there' },
  );
}

/** What is known of the document of an upload that may end, or begin again, by itself. */
export type UploadFacts = {
  readonly document_id: string;
  readonly is_voided: boolean;
  readonly is_credited: boolean;
  readonly corrects_unposted: boolean;
  readonly portal_ended: boolean;
};

/** Whether credit notes that stand correct the whole of an invoice. */
const creditedWhole = (invoice: string): RawBuilder<boolean> => sql<boolean>`
  (${sql.ref(`${invoice}.kind`)} = 'invoice' and coalesce((select sum(n.total_minor) from invoice n
    where n.tenant_id = ${sql.ref(`${invoice}.tenant_id`)} and n.corrects_id = ${sql.ref(`${invoice}.id`)}
      and n.voided_on is null), 0) >= ${sql.ref(`${invoice}.total_minor`)})`;

/**
 * Facts of uploads that are not done: of some documents and those they correct or that correct them, or of all where the
 * facts and the state do not go together.
 */
export async function findFacts(
  tx: Tx,
  among: readonly string[] | undefined,
  limit: number | undefined,
): Promise<readonly UploadFacts[]> {
  const some =
    among === undefined
      ? sql`(u.state in ('waiting', 'rejected') and (f.is_voided or f.is_credited or f.corrects_unposted or f.portal_ended)
          or u.state = 'uploaded' and f.is_voided
          or u.state = 'closed' and not (f.is_voided or f.is_credited or f.corrects_unposted or f.portal_ended))`
      : sql`(v.id = any(${uuids(among)}) or v.corrects_id = any(${uuids(among)})
          or v.id in (select n.corrects_id from invoice n where n.tenant_id = ${tx.tenantId} and n.id = any(${uuids(among)})))`;
  return tx.run(
    sql<UploadFacts>`
      select u.document_id, f.*
      from portal_upload u
      join invoice v on v.tenant_id = u.tenant_id and v.id = u.document_id
      left join invoice i on i.tenant_id = v.tenant_id and i.id = v.corrects_id
      left join portal_upload w on w.tenant_id = i.tenant_id and w.document_id = i.id
      join ${settingOf('u')} s on true
      cross join lateral (select v.voided_on is not null as is_voided, ${creditedWhole('v')} as is_credited,
        coalesce(w.attempts = 0 and w.state in ('waiting', 'closed') and (i.voided_on is not null or ${creditedWhole('i')}), false)
          as corrects_unposted,
        not s.in_use as portal_ended) f
      where u.tenant_id = ${tx.tenantId} and u.state in ('waiting', 'rejected', 'uploaded', 'closed') and ${some}
      order by u.document_id limit ${limit ?? null}::int`,
    { plan: 'fresh' },
  );
}

/** Which uploads a list shows. */
export type UploadFilter = {
  readonly states?: readonly UploadState[] | undefined;
  /** Only those to be posted before this day. */
  readonly dueBefore?: PlainDate | undefined;
  readonly portal?: string | undefined;
  readonly customerId?: CustomerId | undefined;
  readonly companyId?: CompanyId | undefined;
  readonly documentIds?: readonly string[] | undefined;
  readonly userId?: string | undefined;
};

/** An upload as a list shows it. */
export type UploadRow = {
  readonly document_id: InvoiceId;
  readonly kind: 'invoice' | 'credit_note';
  readonly number: string;
  readonly issued_on: PlainDate;
  readonly total_minor: bigint;
  readonly currency: string;
  readonly company_id: CompanyId;
  readonly customer_id: CustomerId;
  readonly customer_number: string;
  readonly customer_name: string;
  readonly state: UploadState;
  readonly due_on: PlainDate;
  readonly attempts: number;
  readonly portal: string;
  readonly address: string | null;
  readonly supplier_number: string | null;
  readonly user_id: string | null;
};

function conditions(tx: Tx, filter: UploadFilter): RawBuilder<unknown> {
  const parts: RawBuilder<unknown>[] = [sql`u.tenant_id = ${tx.tenantId}`];
  if (filter.states) parts.push(sql`u.state = any(${arrayLiteral(filter.states)}::text[])`);
  if (filter.dueBefore) parts.push(sql`u.due_on < ${filter.dueBefore}::date`);
  if (filter.portal) parts.push(sql`s.portal = ${filter.portal}`);
  if (filter.customerId) parts.push(sql`u.customer_id = ${filter.customerId}`);
  if (filter.companyId) parts.push(sql`u.company_id = ${filter.companyId}`);
  if (filter.documentIds) parts.push(sql`u.document_id = any(${uuids(filter.documentIds)})`);
  if (filter.userId) parts.push(sql`s.user_id = ${filter.userId}`);
  return sql.join(parts, sql` and `);
}

/** Uploads by the day they are to be posted, from after a place in that order. */
export async function findUploads(
  tx: Tx,
  filter: UploadFilter,
  page: { readonly after: readonly [PlainDate, string] | undefined; readonly limit: number },
): Promise<readonly UploadRow[]> {
  const from = page.after
    ? sql`and (u.due_on, u.document_id) > (${page.after[0]}::date, ${page.after[1]}::uuid)`
    : sql``;
  return tx.run(
    sql<UploadRow>`
      select u.document_id, v.kind, v.number, v.issued_on, v.total_minor, v.currency, u.company_id, u.customer_id,
        c.number as customer_number, c.name as customer_name, u.state, u.due_on, u.attempts, s.portal, s.address,
        s.supplier_number, s.user_id
      from portal_upload u
      join invoice v on v.tenant_id = u.tenant_id and v.id = u.document_id
      join customer c on c.tenant_id = u.tenant_id and c.id = u.customer_id
      join ${settingOf('u')} s on true
      where ${conditions(tx, filter)} ${from} order by u.due_on, u.document_id limit ${page.limit}::int`,
    { plan: 'fresh' },
  );
}

/** Whether there is an invoice or credit note with this id. */
export async function hasDocument(tx: Tx, documentId: string): Promise<boolean> {
  const row = await tx.find(sql`select from invoice where tenant_id = ${tx.tenantId} and id = ${documentId}`);
  return row !== undefined;
}

/** How many uploads each portal has that are not done, the largest first. */
export type PortalCount = {
  readonly portal: string;
  readonly waiting: number;
  readonly rejected: number;
  readonly late: number;
  readonly uploaded: number;
  readonly yours: number;
};

/** Counts what is not done, portal by portal; `userId` is the one who asks. */
export async function countUploads(
  tx: Tx,
  today: PlainDate,
  userId: string | null,
): Promise<readonly PortalCount[]> {
  return tx.run(sql<PortalCount>`
    select s.portal, (count(*) filter (where u.state = 'waiting'))::int as waiting,
      (count(*) filter (where u.state = 'rejected'))::int as rejected,
      (count(*) filter (where u.state in ('waiting', 'rejected') and u.due_on < ${today}::date))::int as late,
      (count(*) filter (where u.state = 'uploaded'))::int as uploaded,
      (count(*) filter (where u.state in ('waiting', 'rejected') and s.user_id = ${userId}::text))::int as yours
    from portal_upload u join ${settingOf('u')} s on true
    where u.tenant_id = ${tx.tenantId} and u.state in ('waiting', 'rejected', 'uploaded')
    group by s.portal order by count(*) desc, s.portal limit ${PORTALS_SHOWN}::int`);
}

/** Documents of customers that are to be posted and that reminders leave alone until then, by document. */
export async function findUnposted(tx: Tx, customerIds: readonly CustomerId[]): Promise<ReadonlySet<string>> {
  const rows = await tx.run(sql<{ document_id: string }>`
    select u.document_id from portal_upload u join ${settingOf('u')} s on s.in_use and not s.chases_unposted
    where u.tenant_id = ${tx.tenantId} and u.customer_id = any(${uuids(customerIds)}) and u.state in ('waiting', 'rejected')`);
  return new Set(rows.map((row) => row.document_id));
}

/** The messages that steps of uploads are, by which proofs are found. */
export function messagesOf(steps: readonly Step[]): readonly MessageId[] {
  return steps.flatMap((step) => (step.messageId === null ? [] : [step.messageId as MessageId]));
}
