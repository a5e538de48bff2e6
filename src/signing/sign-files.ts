// Files on their way to a customer, signed where their company signs such.

import type { MailAttachment } from '#carriers/mail-message.ts';
import type { Tx } from '#db/transaction.ts';
import { readDer } from '#formats/der.ts';
import { openSealed } from '#identity/keep-sealed.ts';
import { assert } from '#kernel/assert.ts';
import type { Instant } from '#kernel/calendar.ts';
import type { CompanyId, TenantId } from '#kernel/id.ts';
import { certificateState, nameIn } from './certificate.ts';
import type { Signer } from './sign-bytes.ts';
import { signPdf } from './sign-pdf.ts';
import { type CertificateRow, findCertificates } from './store.ts';

/** The secret that keys are sealed with: that of the server, read only where there is a key. */
export type ServerSecret = () => Promise<string>;

/** Who signs: of which tenant, and when. */
export type SignedBy = {
  readonly tenantId: TenantId;
  readonly at: Instant;
  readonly secret: ServerSecret;
};

/** The certificate that a company signs with now, with its key as it is kept. */
export type KeptCertificate = CertificateRow;

/** With what a company signs now; nothing where it has no certificate. */
export async function readCertificate(tx: Tx, companyId: CompanyId): Promise<KeptCertificate | undefined> {
  const [row] = await findCertificates(tx, [companyId]);
  return row;
}

/**
 * The files, those marked (`signedAs`) signed with the certificate of the company. Nothing is signed without one, with one
 * that ended, or where its key was sealed with another secret: what is to be said to a customer does not wait for a
 * signature, and the pages say how it stands.
 */
export async function signFiles(
  files: readonly MailAttachment[],
  certificate: KeptCertificate | undefined,
  by: SignedBy,
): Promise<readonly MailAttachment[]> {
  if (!certificate || !files.some((file) => isSigned(file, certificate))) return files;
  const signer = await signerOf(certificate, by);
  if (!signer) return files;
  const signed = { at: by.at, by: nameIn(certificate.subject) };
  return files.map((file) =>
    isSigned(file, certificate) ? { ...file, content: signPdf(file.content, signer, signed) } : file,
  );
}

/** Whether a file is one of those that a company has signed. */
function isSigned({ signedAs }: MailAttachment, { signs_invoices }: KeptCertificate): boolean {
  return signedAs === 'statement' || (signedAs === 'invoice' && signs_invoices);
}

/** What a kept certificate signs with; nothing where it ended, or its key does not open. */
async function signerOf(row: KeptCertificate, by: SignedBy): Promise<Signer | undefined> {
  if (certificateState(row.valid_until, by.at) === 'ended') return undefined;
  const key = openSealed(await by.secret(), 'signing key', by.tenantId, row.sealed_key);
  const chain = readDer(row.chain);
  assert(chain !== undefined, 'a chain that is kept can be read');
  return key && { certificate: row.certificate, chain: chain.map(({ whole }) => whole), key };
}
