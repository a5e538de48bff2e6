// Listening for returned mail, where that is set up: our own small mail server, which takes mail for return addresses only.

import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import { type MailReceiver, openMailReceiver, readListenAddress } from '#carriers/receive-mail.ts';
import type { JobTools } from '#identity/make-system-context.ts';
import { Refusal } from '#kernel/refusal.ts';
import { acceptsInbound, keepInbound } from './record-inbound.ts';

/**
 * Listens at an address such as `0.0.0.0:2525` for mail that comes back; nothing without one. The domain of the bounce address
 * needs an MX record that leads here.
 *
 * Refuses: `inbound_address_not_valid`, `inbound_tls_not_complete`, `inbound_tls_not_readable`.
 */
export async function openInbound(
  listen: string | undefined,
  tls: TlsFiles,
  tools: Pick<JobTools, 'door' | 'contextOf' | 'log'>,
): Promise<MailReceiver | undefined> {
  if (listen === undefined || listen === '') return undefined;
  return openMailReceiver({
    ...readListenAddress(listen),
    tls: await readTls(tls),
    accepts: (address) => acceptsInbound(tools, address),
    keep: async (mail) => {
      await keepInbound(tools, mail);
    },
    onTrouble: (error) => tools.log.error({ err: error }, 'a mail that came in could not be kept'),
  });
}

/** Where key and certificate (PEM) stand; both or none. */
export type TlsFiles = { readonly keyFile: string | undefined; readonly certificateFile: string | undefined };

async function readTls({ keyFile, certificateFile }: TlsFiles) {
  if (!keyFile && !certificateFile) return undefined;
  if (!keyFile || !certificateFile) throw new Refusal('inbound_tls_not_complete');
  const [key, certificate] = await Promise.all([readPem(keyFile), readPem(certificateFile)]);
  try {
    createSecureContext({ key, cert: certificate });
  } catch (error) {
    throw unreadable(certificateFile, error);
  }
  return { key, certificate };
}

async function readPem(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    throw unreadable(file, error);
  });
}

/** Told when the program starts rather than to the first mail server that wants to encrypt. */
function unreadable(file: string, error: unknown): Refusal {
  return new Refusal('inbound_tls_not_readable', {
    file,
    reason: error instanceof Error ? error.message : String(error),
  });
}
