// The certificate a company signs with: whether it may sign on a day, and when its end is near. Pure.

import type { Instant } from '#kernel/calendar.ts';
import { Refusal } from '#kernel/refusal.ts';

/** Bytes of a file with a certificate and its key (PKCS#12). */
export const CERTIFICATE_FILE_BYTES_MAX = 65_536;
/** Seconds that opening such a file may take: how often its password is hashed is its maker's choice. */
export const CERTIFICATE_FILE_SECONDS_MAX = 20;
/** Certificates in such a file. */
export const CERTIFICATES_MAX = 12;
/** Days before its end from which a certificate is warned of: a new one takes its issuer days, and its asker weeks. */
export const CERTIFICATE_WARNING_DAYS = 45;

/** How a certificate stands: it signs, signs and ends soon, signs no more, or its key does not open with the secret of this server. */
export const CERTIFICATE_STATES = ['signs', 'ends_soon', 'ended', 'key_sealed_elsewhere'] as const;
export type CertificateState = (typeof CERTIFICATE_STATES)[number];

/** Shorter keys of RSA are broken or soon will be (NIST SP 800-131A). */
const RSA_BITS_MIN = 2_048;
const CURVES: ReadonlySet<string> = new Set(['prime256v1', 'secp384r1', 'secp521r1']);

/** What is to be known of a certificate and its key before it is kept. */
export type Certified = {
  readonly validFrom: Instant;
  readonly validUntil: Instant;
  readonly key: {
    readonly kind: string;
    readonly bits: number | undefined;
    readonly curve: string | undefined;
  };
};

/**
 * Makes sure that what is signed with a certificate would be believed.
 *
 * Refuses: `certificate_ended`, `certificate_not_begun`, `certificate_key_not_fit` (neither RSA of 2,048 bits nor a curve of NIST).
 */
export function checkCertificate(certified: Certified, now: Instant): void {
  const { validFrom, validUntil, key } = certified;
  const isRsa = key.kind === 'rsa' && (key.bits ?? 0) >= RSA_BITS_MIN;
  const isCurve = key.kind === 'ec' && CURVES.has(key.curve ?? '');
  if (!isRsa && !isCurve)
    throw new Refusal('certificate_key_not_fit', {
      kind: key.kind,
      bits: key.bits ?? null,
      curve: key.curve ?? null,
    });
  if (isOver(validUntil, now)) throw new Refusal('certificate_ended', { validUntil: dayOf(validUntil) });
  if (Temporal.Instant.compare(now, validFrom) < 0)
    throw new Refusal('certificate_not_begun', { validFrom: dayOf(validFrom) });
}

/** Its day in UTC, as people read it. */
const dayOf = (moment: Instant): string => moment.toString().slice(0, 10);

function isOver(validUntil: Instant, now: Instant): boolean {
  return Temporal.Instant.compare(validUntil, now) < 0;
}

/** How a certificate that is kept stands now. */
export function certificateState(
  validUntil: Instant,
  now: Instant,
): Exclude<CertificateState, 'key_sealed_elsewhere'> {
  if (isOver(validUntil, now)) return 'ended';
  return isOver(validUntil, now.add({ hours: CERTIFICATE_WARNING_DAYS * 24 })) ? 'ends_soon' : 'signs';
}

/** The name in a certificate's subject or issuer (`CN=Seller, O=…`): its common name, else its organisation, else all of it. */
export function nameIn(distinguished: string): string {
  const part = (name: string) =>
    new RegExp(`(?:^|, )${name}=(.*?)(?=, [A-Za-z0-9.]+=|$)`).exec(distinguished)?.[1];
  return (part('CN') ?? part('O') ?? distinguished).replace(/\\(.)/g, '$1');
}
