// Secrets of others that are kept: sealed with the secret of this server (AES-256-GCM, NIST SP 800-38D; its key by HKDF, RFC 5869), so
// that whoever has the database alone has none of them. They are never shown again.

import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** What is sealed; each kind with a key of its own. */
export type SealedKind = 'mail account' | 'signing key' | 'alert channel';

const keyOf = (secret: string, kind: SealedKind, use: 'nonce' | 'password'): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', `quittance ${kind} ${use}`, 32));

/**
 * Seals bytes for a tenant; in another tenant they do not open. The nonce follows from tenant and bytes, so that the same
 * request again is the same, and no nonce is used for two contents.
 */
export function seal(secret: string, kind: SealedKind, tenantId: string, content: Uint8Array): Uint8Array {
  const nonce = createHmac('sha256', keyOf(secret, kind, 'nonce'))
    .update(`${tenantId}\n`)
    .update(content)
    .digest()
    .subarray(0, NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keyOf(secret, kind, 'password'), nonce).setAAD(
    Buffer.from(tenantId),
  );
  const sealed = Buffer.concat([cipher.update(content), cipher.final()]);
  return new Uint8Array(Buffer.concat([nonce, sealed, cipher.getAuthTag()]));
}

/** Opens what was sealed; nothing where it was sealed with another secret, as another kind, or for another tenant. */
export function openSealed(
  secret: string,
  kind: SealedKind,
  tenantId: string,
  sealed: Uint8Array,
): Uint8Array | undefined {
  if (sealed.byteLength < NONCE_BYTES + TAG_BYTES) return undefined;
  const end = sealed.byteLength - TAG_BYTES;
  const decipher = createDecipheriv(
    'aes-256-gcm',
    keyOf(secret, kind, 'password'),
    sealed.subarray(0, NONCE_BYTES),
  )
    .setAAD(Buffer.from(tenantId))
    .setAuthTag(sealed.subarray(end));
  try {
    return new Uint8Array(
      Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, end)), decipher.final()]),
    );
  } catch {
    return undefined;
  }
}
