// Looks at a signature in a PDF as a stranger would: another program than ours (openssl) verifies it.

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Why signatures are not verified on this machine; false where they are. */
export const NO_OPENSSL =
  spawnSync('openssl', ['version']).status === 0 ? false : 'there is no openssl to verify with';

/** The signature of a PDF, and the bytes it is over; nothing where there is none. */
export function signatureOf(pdf: Uint8Array): { readonly cms: Buffer; readonly signed: Buffer } | undefined {
  const bytes = Buffer.from(pdf);
  const found = /\/ByteRange \[0 (\d+) +(\d+) +(\d+) *\]/.exec(bytes.toString('latin1'));
  if (!found) return undefined;
  const [to = 0, from = 0, length = 0] = found.slice(1).map(Number);
  if (from + length !== bytes.length) return undefined;
  const cms = Buffer.from(bytes.toString('latin1', to + 1, from - 1), 'hex');
  return { cms, signed: Buffer.concat([bytes.subarray(0, to), bytes.subarray(from)]) };
}

/** Whether a signature is one of baseline B-B over the bytes, by a certificate that goes back to the root. */
export function isSignedBy(pdf: Uint8Array, root: string): boolean {
  const signature = signatureOf(pdf);
  if (!signature) return false;
  const folder = mkdtempSync(join(tmpdir(), 'quittance-signature-'));
  try {
    const files = { cms: signature.cms, content: signature.signed, root: Buffer.from(root) };
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    const path = (name: keyof typeof files) => join(folder, name);
    execFileSync(
      'openssl',
      [
        'cms',
        '-verify',
        '-cades',
        '-binary',
        '-inform',
        'DER',
        '-in',
        path('cms'),
        '-content',
        path('content'),
      ].concat(['-CAfile', path('root'), '-purpose', 'any', '-out', join(folder, 'out')]),
      { stdio: 'ignore' },
    );
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
