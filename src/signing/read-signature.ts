// With which of our certificates a file that was sent is signed. It is read from the bytes that were sent, so it holds for what
// went out before a certificate was changed or taken away too.

import type { Tx } from '#db/transaction.ts';
import { issuerAndNumber, readDer, readFirstDer } from '#formats/der.ts';
import type { CompanyId } from '#kernel/id.ts';
import { nameIn } from './certificate.ts';
import { findAllCertificates } from './store.ts';

/** Tag of parts that are told apart by their place, the first. */
const CONTEXT_0 = 0xa0;

/** Who signed a file: the name in the certificate, who issued it, until when it is valid. */
export type SignedWith = {
  readonly name: string;
  readonly issuerName: string;
  readonly validUntil: string;
};

/**
 * With which certificate of a company each of the files is signed; null for those that are not, or by somebody else (a file
 * that came signed and was attached).
 */
export async function readSignedWith(
  tx: Tx,
  companyId: CompanyId,
  files: readonly Uint8Array[],
): Promise<readonly (SignedWith | null)[]> {
  const signers = files.map(signerOf);
  if (signers.every((signer) => signer === undefined)) return signers.map(() => null);
  const certificates = await findAllCertificates(tx, companyId);
  return signers.map((signer) => {
    const row = signer && certificates.find(({ certificate }) => Buffer.compare(certificate, signer) === 0);
    if (!row) return null;
    const validUntil = row.valid_until.toString();
    return { name: nameIn(row.subject), issuerName: nameIn(row.issuer), validUntil };
  });
}

/**
 * The certificate of whoever signed a PDF last, as DER; nothing where there is no signature over all of the file, or it cannot be
 * read. Whether the signature holds is for whoever opens the file to verify: it is the one that was made when it was sent.
 */
export function signerOf(pdf: Uint8Array): Uint8Array | undefined {
  const file = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength);
  const at = file.lastIndexOf('/ByteRange [', file.length, 'latin1');
  if (at === -1) return undefined;
  const range = /^\/ByteRange \[0 +(\d+) +(\d+) +(\d+) *\]/.exec(
    file.toString('latin1', at, at + RANGE_BYTES_MAX),
  );
  const [to = 0, from = 0, length = 0] = (range ?? []).slice(1).map(Number);
  if (!range || to >= from || from + length !== file.length) return undefined;
  return signerIn(Buffer.from(file.toString('latin1', to + 1, from - 1), 'hex'));
}

/** A range of bytes is written in so many at most: a name and four places in the file. */
const RANGE_BYTES_MAX = 100;

/** The certificate in a signature (CMS, RFC 5652, 5.1) whose issuer and number its signer names. */
function signerIn(cms: Uint8Array): Uint8Array | undefined {
  const parts = (value: { readonly content: Uint8Array } | undefined) =>
    (value && readDer(value.content)) ?? [];
  const [, content] = parts(readFirstDer(cms));
  const signed = parts(parts(content)[0]);
  const certificates = parts(signed.find(({ tag }) => tag === CONTEXT_0));
  const [, named] = parts(parts(signed.at(-1))[0]);
  return certificates.find(({ whole }) => {
    const names = issuerAndNumber(whole);
    return names && named && Buffer.compare(Buffer.concat(names), named.content) === 0;
  })?.whole;
}
