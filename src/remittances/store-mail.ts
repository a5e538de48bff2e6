// SQL of mails that were sent to say what payments are for.

import { sql } from 'kysely';
import type { Act } from '#command/command.ts';
import type { NewRow } from '#db/insert.ts';
import type { Tx } from '#db/transaction.ts';
import type { Instant, PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';

/** What came of one part of a mail. */
export type PartOutcome = {
  readonly name: string;
  /** Null where the part says nothing that can be read. */
  readonly remittanceId: string | null;
  /** Why it became none of its own. */
  readonly code: string | null;
};

/** Keeps a mail. */
export function insertMail(act: Act, row: NewRow<'remittance_mail'>): void {
  act.insert('remittance_mail', [row]);
}

/** Keeps what came of the parts of a mail. */
export function insertParts(act: Act, mailId: string, parts: readonly PartOutcome[]): void {
  act.insert(
    'remittance_mail_part',
    parts.map((part, index) => ({
      mail_id: mailId,
      position: index + 1,
      name: part.name,
      remittance_id: part.remittanceId,
      code: part.code,
    })),
  );
}

const PARTS = sql`coalesce((select jsonb_agg(jsonb_build_object('name', p.name, 'remittanceId', p.remittance_id, 'code', p.code)
  order by p.position) from remittance_mail_part p where p.tenant_id = m.tenant_id and p.mail_id = m.id), '[]')`;

/** The mail that came in before with the same bytes or the same Message-ID; whoever brings the same at once waits here. */
export async function findMail(
  tx: Tx,
  companyId: CompanyId,
  mail: { readonly sha256: string; readonly identifier: string | undefined },
): Promise<{ readonly id: string; readonly parts: readonly PartOutcome[] } | undefined> {
  for (const key of [mail.sha256, mail.identifier ?? mail.sha256].toSorted())
    await tx.run(
      sql`select pg_advisory_xact_lock(hashtextextended(${`remittance mail ${tx.tenantId} ${companyId} ${key}`}, 0))`,
    );
  const [found] = await tx.run(sql<{ id: string; parts: readonly PartOutcome[] }>`
    select m.id, ${PARTS} as parts from remittance_mail m
    where m.tenant_id = ${tx.tenantId} and m.company_id = ${companyId}
      and (m.sha256 = ${mail.sha256} or m.identifier = ${mail.identifier ?? null})
    order by m.recorded_at limit 1`);
  return found;
}

/** The one customer who has a contact with this address; nobody where several have. */
export async function findCustomerOfSender(tx: Tx, address: string): Promise<CustomerId | null> {
  const rows = await tx.run(sql<{ id: CustomerId }>`
    select distinct customer_id as id from contact
    where tenant_id = ${tx.tenantId} and lower(email) = ${address} and archived_at is null limit 2`);
  return rows.length === 1 ? (rows[0]?.id ?? null) : null;
}

/** A mail as lists show it. */
export type MailRow = {
  readonly id: string;
  readonly company_id: CompanyId;
  readonly sender: string;
  readonly subject: string;
  readonly hint_customer_id: CustomerId | null;
  readonly received_on: PlainDate;
  readonly recorded_at: Instant;
  readonly parts: readonly PartOutcome[];
};

/** Mails, the latest first. */
export async function findMails(
  tx: Tx,
  filter: {
    readonly companyId?: CompanyId | undefined;
    /** Only those of which nothing became a remittance. */
    readonly isUnread?: boolean | undefined;
    readonly after?: readonly [receivedOn: PlainDate, id: string] | undefined;
    readonly limit: number;
  },
): Promise<readonly MailRow[]> {
  const parts = [sql`m.tenant_id = ${tx.tenantId}`];
  if (filter.companyId !== undefined) parts.push(sql`m.company_id = ${filter.companyId}`);
  if (filter.isUnread)
    parts.push(sql`not exists (select from remittance_mail_part p
      where p.tenant_id = m.tenant_id and p.mail_id = m.id and p.remittance_id is not null)`);
  if (filter.after !== undefined)
    parts.push(sql`(m.received_on, m.id) < (${filter.after[0]}, ${filter.after[1]}::uuid)`);
  return tx.run(
    sql<MailRow>`select m.id, m.company_id, m.sender, m.subject, m.hint_customer_id, m.received_on, m.recorded_at,
        ${PARTS} as parts
      from remittance_mail m where ${sql.join(parts, sql` and `)}
      order by m.received_on desc, m.id desc limit ${filter.limit}::int`,
    { plan: 'fresh' },
  );
}

/** The bytes of a mail. */
export async function findMailBytes(tx: Tx, id: string): Promise<Uint8Array | undefined> {
  const row = await tx.find(
    sql<{ raw: Uint8Array }>`select raw from remittance_mail where tenant_id = ${tx.tenantId} and id = ${id}`,
  );
  return row?.raw;
}
