// All SQL of signing.

import { type Selectable, sql } from 'kysely';
import { type Act, actorText } from '#command/command.ts';
import type { NewRow } from '#db/insert.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import type { Instant } from '#kernel/calendar.ts';
import type { CompanyId } from '#kernel/id.ts';

export type CertificateRow = Omit<Selectable<DB['signing_certificate']>, 'company_id'> & {
  readonly company_id: CompanyId;
};

/** The certificates that companies sign with now. */
export async function findCertificates(
  tx: Tx,
  companyIds: readonly CompanyId[],
): Promise<readonly CertificateRow[]> {
  return tx.run(sql<CertificateRow>`select * from signing_certificate
    where tenant_id = ${tx.tenantId} and company_id = any(${companyIds}::uuid[]) and removed_at is null`);
}

/** Every certificate a company ever signed with, the newest first. */
export async function findAllCertificates(tx: Tx, companyId: CompanyId): Promise<readonly CertificateRow[]> {
  return tx.run(sql<CertificateRow>`select * from signing_certificate
    where tenant_id = ${tx.tenantId} and company_id = ${companyId} order by kept_at desc, id desc`);
}

/** The certificates that companies sign with now and that end before a moment, with the companies' names. */
export async function findEnding(
  tx: Tx,
  before: Instant,
): Promise<
  readonly {
    readonly certificateId: string;
    readonly companyName: string;
    readonly validUntil: Instant;
  }[]
> {
  return tx.run(sql<{ certificateId: string; companyName: string; validUntil: Instant }>`
    select s.id as "certificateId", c.name as "companyName", s.valid_until as "validUntil" from signing_certificate s
    join company c on c.tenant_id = s.tenant_id and c.id = s.company_id
    where s.tenant_id = ${tx.tenantId} and s.removed_at is null and s.valid_until < ${before}
    order by s.valid_until, s.id`);
}

/** The certificate a company signs with now, held until the commit. */
export async function lockCertificate(act: Act, companyId: CompanyId): Promise<CertificateRow | undefined> {
  return act.find(sql<CertificateRow>`select * from signing_certificate
    where tenant_id = ${act.tenantId} and company_id = ${companyId} and removed_at is null for update`);
}

/** Keeps a certificate. */
export function insertCertificate(act: Act, row: NewRow<'signing_certificate'>): void {
  act.insert('signing_certificate', [row]);
}

/** Says what else a certificate signs. */
export function updateSignsInvoices(act: Act, id: string, signsInvoices: boolean): void {
  act.write(
    sql`update signing_certificate set signs_invoices = ${signsInvoices}
      where tenant_id = ${act.tenantId} and id = ${id} and removed_at is null`,
    { rows: 1, rule: 'a certificate that is held is there' },
  );
}

/** Signs with a certificate no more; its key is let go. */
export function updateRemoved(act: Act, id: string): void {
  act.write(
    sql`update signing_certificate set removed_by = ${actorText(act.actor)}, removed_at = ${act.now}, sealed_key = ''
      where tenant_id = ${act.tenantId} and id = ${id} and removed_at is null`,
    { rows: 1, rule: 'a certificate is removed once' },
  );
}
