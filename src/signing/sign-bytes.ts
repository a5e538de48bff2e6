// A signature over bytes as a message of its own (CMS, RFC 5652), in the shape that PAdES baseline B-B asks for (ETSI EN 319 142-1, 6.3):
// detached, SHA-256, with the certificate named in what is signed (signing-certificate-v2, RFC 5035) and no time of signing.

import { createHash, createPrivateKey, sign } from 'node:crypto';
import {
  derName,
  derNothing,
  derOctets,
  derSequence,
  derSet,
  derSmallInteger,
  derSorted,
  derValue,
  issuerAndNumber,
} from '#formats/der.ts';
import { present } from '#kernel/assert.ts';

const OIDS = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  sha256: '2.16.840.1.101.3.4.2.1',
  rsaWithSha256: '1.2.840.113549.1.1.11',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
} as const;

/** Tags of parts that are told apart by their place: the first, and the first of a choice. */
const CONTEXT_0 = 0xa0;

/** What signs: a certificate, those it was issued by, all as DER, and the key as PKCS#8. */
export type Signer = {
  readonly certificate: Uint8Array;
  readonly chain: readonly Uint8Array[];
  readonly key: Uint8Array;
};

/** Signs bytes that were hashed with SHA-256; the same hash gives the same signature with RSA, another each time with ECDSA. */
export function signDigest(digest: Uint8Array, signer: Signer): Uint8Array {
  const key = createPrivateKey({ key: Buffer.from(signer.key), format: 'der', type: 'pkcs8' });
  const isRsa = key.asymmetricKeyType === 'rsa';
  const certHash = createHash('sha256').update(signer.certificate).digest();
  const attribute = (oid: string, value: Uint8Array) => derSequence(derName(oid), derSet(value));
  const attributes = derSorted([
    attribute(OIDS.contentType, derName(OIDS.data)),
    attribute(OIDS.messageDigest, derOctets(digest)),
    attribute(OIDS.signingCertificateV2, derSequence(derSequence(derSequence(derOctets(certHash))))),
  ]);
  // Signed as a set, sent as a part of the whole (RFC 5652, 5.4).
  const signature = sign('sha256', derValue(0x31, attributes), key);
  const [issuer, number] = present(
    issuerAndNumber(signer.certificate),
    'a certificate that is kept can be read',
  );
  const sha256 = derSequence(derName(OIDS.sha256), derNothing());
  const signerInfo = derSequence(
    derSmallInteger(1),
    derSequence(issuer, number),
    sha256,
    derValue(CONTEXT_0, attributes),
    isRsa
      ? derSequence(derName(OIDS.rsaWithSha256), derNothing())
      : derSequence(derName(OIDS.ecdsaWithSha256)),
    derOctets(signature),
  );
  const signedData = derSequence(
    derSmallInteger(1),
    derSet(sha256),
    derSequence(derName(OIDS.data)),
    derValue(CONTEXT_0, derSorted([signer.certificate, ...signer.chain])),
    derSet(signerInfo),
  );
  return derSequence(derName(OIDS.signedData), derValue(CONTEXT_0, signedData));
}
