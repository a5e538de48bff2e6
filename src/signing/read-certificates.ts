// Reading for people with what companies sign, and whether it does.

import type { z } from 'zod';
import type { Context } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { openSealed } from '#identity/keep-sealed.ts';
import type { Instant } from '#kernel/calendar.ts';
import { mayDo } from '#parties/may.ts';
import { listCompanies } from '#parties/take-party.ts';
import { type CertificateState, certificateState, nameIn } from './certificate.ts';
import type * as contract from './contract.ts';
import type { ServerSecret } from './sign-files.ts';
import { type CertificateRow, findCertificates, findEnding } from './store.ts';

/** Each company with its certificate, where it has one. Keys are not among what is told. */
export async function readSigning(
  tx: Tx,
  context: Context,
  secret: ServerSecret,
): Promise<z.input<typeof contract.listSigning.reply>> {
  const companies = await listCompanies(tx);
  const rows = await findCertificates(
    tx,
    companies.map(({ id }) => id),
  );
  const sealedWith = rows.length === 0 ? '' : await secret();
  const stateOf = (row: CertificateRow): CertificateState => {
    const opens = openSealed(sealedWith, 'signing key', context.tenantId, row.sealed_key) !== undefined;
    return opens ? certificateState(row.valid_until, context.now) : 'key_sealed_elsewhere';
  };
  return {
    rows: companies.map((company) => {
      const row = rows.find((one) => one.company_id === company.id);
      return {
        companyId: company.id,
        companyName: company.name,
        certificate: row
          ? {
              name: nameIn(row.subject),
              subject: row.subject,
              issuerName: nameIn(row.issuer),
              issuer: row.issuer,
              serialNumber: row.serial_number,
              validFrom: row.valid_from.toString(),
              validUntil: row.valid_until.toString(),
              state: stateOf(row),
              signsInvoices: row.signs_invoices,
              keptAt: row.kept_at.toString(),
            }
          : null,
      };
    }),
    may: { manage: mayDo(context, 'company.manage') },
  };
}

/** A certificate that a company signs with, and when its validity ends or ended. */
export type CertificateEnding = {
  readonly certificateId: string;
  readonly companyName: string;
  readonly validUntil: Instant;
  readonly isOver: boolean;
};

/** The certificates companies sign with that ended, or end within so many days and what is left of the last of them. */
export async function readCertificateEnds(
  tx: Tx,
  now: Instant,
  withinDays: number,
): Promise<readonly CertificateEnding[]> {
  const ending = await findEnding(tx, now.add({ hours: (withinDays + 1) * 24 }));
  return ending.map((end) => ({ ...end, isOver: certificateState(end.validUntil, now) === 'ended' }));
}
