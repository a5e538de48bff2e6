// SQL of what agencies say they collected.

import { type Selectable, sql } from 'kysely';
import { type Act, actorText } from '#command/command.ts';
import type { NewRow } from '#db/insert.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import { jsonText } from '#kernel/canonical.ts';
import { newId } from '#kernel/id.ts';
import type { AgencyColumns, FileKind } from './agency-columns.ts';
import { type AgencyItemRow, isUnclear } from './line-parts.ts';

/** Lets the statements of an agency be booked one after the other, until the transaction ends. */
export async function lockAgency(act: Act, agencyId: string): Promise<void> {
  await act.run(
    sql`select pg_advisory_xact_lock(hashtextextended(${`agency ${act.tenantId} ${agencyId}`}, 0))`,
  );
}

/** Whether something that a statement applied is not taken back. */
const stands = sql`exists (select from open_item c
  join application a on a.tenant_id = c.tenant_id and a.credit_item_id = c.id and a.reverses_id is null
    and a.method = 'agency' and a.evidence ->> 'statementId' = s.id::text
    and not exists (select from application r where r.tenant_id = a.tenant_id and r.reverses_id = a.id)
  where c.tenant_id = s.tenant_id and c.document_id = s.payment_id)`;

const toldBefore = (tenantId: string) => sql`exists (select from agency_statement_line l
  join agency_statement s on s.tenant_id = l.tenant_id and s.id = l.statement_id
  where l.tenant_id = ${tenantId} and l.item_id = t.item_id and ${stands})`;

/**
 * Items that were handed to an agency, by the number of the invoice or of the hand-over; those that are there still first,
 * then the latest.
 */
export async function findAgencyItems(
  tx: Tx,
  agencyId: string,
  names: readonly string[],
): Promise<readonly AgencyItemRow[]> {
  return tx.run(
    sql<AgencyItemRow>`
      select h.id as hand_over_id, h.number as hand_over_number, t.item_id, i.document_id, h.company_id, h.customer_id,
        u.name as customer_name, h.currency, i.reference, t.amount_minor as handed_minor, i.open_minor, i.due_on,
        h.handed_on, t.ended, v.fees, v.remits,
        ${toldBefore(tx.tenantId)} as is_told
      from agency v
      join hand_over h on h.tenant_id = v.tenant_id and h.agency_version_id = v.id
      join hand_over_item t on t.tenant_id = h.tenant_id and t.hand_over_id = h.id
      join open_item i on i.tenant_id = t.tenant_id and i.id = t.item_id
      join customer u on u.tenant_id = h.tenant_id and u.id = h.customer_id
      where v.tenant_id = ${tx.tenantId} and v.agency_id = ${agencyId}
        and (i.reference = any(${arrayLiteral(names)}::text[]) or h.number::text = any(${arrayLiteral(names)}::text[]))
      order by t.ended_on is not null, h.number desc, i.reference, i.due_on, t.item_id`,
    { plan: 'fresh' },
  );
}

/** What a name in a file of news means: a hand-over, and of one of several invoices which. */
export type NamedClaim = { readonly handOverId: string; readonly documentId: string | null };

/**
 * What names mean at an agency: numbers of hand-overs, or of invoices in them; of several the one that stands, else the
 * latest. A name that means claims of several companies, or one invoice and another hand-over, means none.
 */
export async function findNamedClaims(
  tx: Tx,
  agencyId: string,
  names: readonly string[],
): Promise<ReadonlyMap<string, NamedClaim>> {
  const rows = await findAgencyItems(tx, agencyId, names);
  const named = new Map(
    names.flatMap((name) => {
      const claim = claimNamed(rows, name);
      return claim ? [[name, claim] as const] : [];
    }),
  );
  const handOverIds = [...new Set([...named.values()].map(({ handOverId }) => handOverId))];
  const several = await findOfSeveral(tx, handOverIds);
  return new Map(
    [...named].map(([name, claim]) => [
      name,
      several.has(claim.handOverId) ? claim : { ...claim, documentId: null },
    ]),
  );
}

function claimNamed(rows: readonly AgencyItemRow[], name: string): NamedClaim | undefined {
  if (isUnclear(rows, name)) return undefined;
  const byInvoice = rows.find((row) => row.reference === name);
  if (byInvoice) return { handOverId: byInvoice.hand_over_id, documentId: byInvoice.document_id };
  const byNumber = rows.find((row) => row.hand_over_number.toString() === name);
  return byNumber && { handOverId: byNumber.hand_over_id, documentId: null };
}

/** Which hand-overs are of several invoices. */
async function findOfSeveral(tx: Tx, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await tx.run(sql<{ id: string }>`
    select t.hand_over_id as id from hand_over_item t join open_item i on i.tenant_id = t.tenant_id and i.id = t.item_id
    where t.tenant_id = ${tx.tenantId} and t.hand_over_id = any(${arrayLiteral(ids)}::uuid[])
    group by t.hand_over_id having count(distinct i.document_id) > 1`);
  return new Set(rows.map((row) => row.id));
}

/** The statement of an agency under a number of theirs that stands, in a company. */
export async function findBooked(
  tx: Tx,
  by: { readonly agencyId: string; readonly companyId: string; readonly reference: string },
): Promise<string | null> {
  const row = await tx.find(sql<{ id: string }>`
    select s.id from agency_statement s where s.tenant_id = ${tx.tenantId} and s.agency_id = ${by.agencyId}
      and s.company_id = ${by.companyId} and s.reference = ${by.reference} and ${stands} limit 1`);
  return row?.id ?? null;
}

/** Keeps a statement with its lines. */
export function insertStatement(
  act: Act,
  row: NewRow<'agency_statement'>,
  lines: readonly Omit<NewRow<'agency_statement_line'>, 'statement_id'>[],
): void {
  act.insert('agency_statement', [row]);
  act.insert(
    'agency_statement_line',
    lines.map((line) => ({ ...line, statement_id: row.id })),
  );
}

/** A statement as it is kept, and whether something of it stands. */
export type StatementRow = Selectable<DB['agency_statement']> & {
  readonly stands: boolean;
  readonly agency_name: string;
  readonly payment_number: string;
};

/** Statements of an agency, the newest first. */
export async function findStatements(
  tx: Tx,
  by: { readonly agencyId?: string | undefined; readonly id?: string | undefined; readonly limit: number },
): Promise<readonly StatementRow[]> {
  const agency = by.agencyId === undefined ? sql`` : sql`and s.agency_id = ${by.agencyId}`;
  const one = by.id === undefined ? sql`` : sql`and s.id = ${by.id}`;
  return tx.run(
    sql<StatementRow>`
      select s.*, ${stands} as stands, p.number as payment_number, (select v.name from agency v
          where v.tenant_id = s.tenant_id and v.agency_id = s.agency_id order by v.recorded_at desc, v.id desc limit 1)
          as agency_name
      from agency_statement s join payment p on p.tenant_id = s.tenant_id and p.id = s.payment_id
      where s.tenant_id = ${tx.tenantId} ${agency} ${one} order by s.recorded_at desc, s.id desc limit ${by.limit}::int`,
    { plan: 'fresh' },
  );
}

/** A line of a statement with the item it is of. */
export type StatementLineRow = Selectable<DB['agency_statement_line']> & {
  readonly reference: string;
  readonly customer_id: string;
  readonly customer_name: string;
};

/** The lines of a statement. */
export async function findStatementLines(tx: Tx, statementId: string): Promise<readonly StatementLineRow[]> {
  return tx.run(sql<StatementLineRow>`
    select l.*, i.reference, h.customer_id, u.name as customer_name from agency_statement_line l
    join open_item i on i.tenant_id = l.tenant_id and i.id = l.item_id
    join hand_over h on h.tenant_id = l.tenant_id and h.id = l.hand_over_id
    join customer u on u.tenant_id = h.tenant_id and u.id = h.customer_id
    where l.tenant_id = ${tx.tenantId} and l.statement_id = ${statementId} order by l.line_no`);
}

/** A receipt that may have brought the money of a statement. */
export type ReceiptRow = {
  readonly payment_id: string;
  readonly number: string;
  readonly received_on: PlainDate;
  readonly payer_name: string | null;
  readonly left_minor: bigint;
};

/** Receipts of a company of which exactly so much is left, the latest first. */
export async function findReceiptsOf(
  tx: Tx,
  by: { readonly companyId: string; readonly currency: string; readonly minor: bigint },
): Promise<readonly ReceiptRow[]> {
  return tx.run(
    sql<ReceiptRow>`
      select p.id as payment_id, p.number, p.received_on, p.payer_name, -sum(i.open_minor)::bigint as left_minor
      from open_item i join payment p on p.tenant_id = i.tenant_id and p.id = i.document_id
      where i.tenant_id = ${tx.tenantId} and i.account = 'unapplied-cash' and i.kind in ('payment', 'transfer', 'handover')
        and i.open_minor < 0
        and i.company_id = ${by.companyId} and i.currency = ${by.currency} and p.direction = 'received' and p.returned_on is null
      group by p.id, p.number, p.received_on, p.payer_name having -sum(i.open_minor) = ${by.minor}
      order by p.received_on desc, p.number desc limit 10`,
    { plan: 'fresh' },
  );
}

/** Which columns say what in an agency's files of a kind, as stated last. */
export async function findColumns(tx: Tx, agencyId: string, kind: FileKind): Promise<AgencyColumns | null> {
  const row = await tx.find(sql<{ columns: AgencyColumns }>`
    select columns from agency_columns where tenant_id = ${tx.tenantId} and agency_id = ${agencyId} and kind = ${kind}
    order by recorded_at desc, id desc limit 1`);
  return row?.columns ?? null;
}

/** Keeps which columns say what. */
export function insertColumns(act: Act, agencyId: string, kind: FileKind, columns: AgencyColumns): void {
  act.insert('agency_columns', [
    {
      id: newId(),
      agency_id: agencyId,
      kind,
      columns: jsonText(columns),
      stated_by: actorText(act.actor),
      recorded_at: act.now,
    },
  ]);
}
