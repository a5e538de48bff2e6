// Passwords of other mail servers: kept sealed with the secret of this one, never shown again.

import { openSealed, seal } from '#identity/keep-sealed.ts';

/** Seals a password for a tenant; in another tenant it does not open. The same password is sealed the same. */
export function sealPassword(secret: string, tenantId: string, password: string): Uint8Array {
  return seal(secret, 'mail account', tenantId, Buffer.from(password));
}

/** Opens a sealed password; nothing where it was sealed with another secret or for another tenant. */
export function openPassword(secret: string, tenantId: string, sealed: Uint8Array): string | undefined {
  const opened = openSealed(secret, 'mail account', tenantId, sealed);
  return opened && Buffer.from(opened).toString('utf8');
}
