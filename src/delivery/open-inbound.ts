// Listening for mail, where that is set up: our own small mail server, which takes mail for addresses of ours only: those that
// messages come back to, and those of later modules.

import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import {
  type InboundMail,
  type MailReceiver,
  openMailReceiver,
  readListenAddress,
} from '#carriers/receive-mail.ts';
import type { JobTools } from '#identity/make-system-context.ts';
import { Refusal } from '#kernel/refusal.ts';
import { acceptsInbound, keepInbound } from './record-inbound.ts';

/** Addresses that mail is taken for, and what is done with it. A throw makes the sender try again; a refusal ends it. */
export type Mailbox = {
  accepts(address: string): Promise<boolean>;
  keep(mail: InboundMail): Promise<void>;
};

/**
 * Listens at an address such as `0.0.0.0:2525` for mail that comes back and for mail to other mailboxes; nothing without one. The
 * domains of the addresses need an MX record that leads here.
 *
 * Refuses: `inbound_address_not_valid`, `inbound_tls_not_complete`, `inbound_tls_not_readable`.
 */
export async function openInbound(
  listen: string | undefined,
  tls: TlsFiles,
  tools: Pick<JobTools, 'door' | 'contextOf' | 'log'>,
  others: readonly Mailbox[] = [],
): Promise<MailReceiver | undefined> {
  if (listen === undefined || listen === '') return undefined;
  const returned: Mailbox = {
    accepts: (address) => acceptsInbound(tools, address),
    keep: async (mail) => {
      await keepInbound(tools, mail);
    },
  };
  const mailboxes = [returned, ...others];
  return openMailReceiver({
    ...readListenAddress(listen),
    tls: await readTls(tls),
    accepts: async (address) => (await boxOf(mailboxes, address)) !== undefined,
    keep: (mail) => keepIn(mailboxes, mail),
    onTrouble: (error) => tools.log.error({ err: error }, 'a mail that came in could not be kept'),
  });
}

async function boxOf(mailboxes: readonly Mailbox[], address: string): Promise<Mailbox | undefined> {
  for (const mailbox of mailboxes) if (await mailbox.accepts(address)) return mailbox;
  return undefined;
}

/** Hands a mail to each mailbox that has one of its addresses. What was kept by one is known there when the mail comes again. */
async function keepIn(mailboxes: readonly Mailbox[], mail: InboundMail): Promise<void> {
  const readers = new Map<Mailbox, string[]>();
  for (const address of mail.to) {
    const mailbox = await boxOf(mailboxes, address);
    if (mailbox) readers.set(mailbox, [...(readers.get(mailbox) ?? []), address]);
  }
  if (readers.size === 0) throw new Refusal('mail_not_ours');
  for (const [mailbox, to] of readers) await mailbox.keep({ ...mail, to });
}

/** Where key and certificate (PEM) stand; both or none. */
export type TlsFiles = { readonly keyFile: string | undefined; readonly certificateFile: string | undefined };

async function readTls({ keyFile, certificateFile }: TlsFiles) {
  if (!keyFile && !certificateFile) return undefined;
  if (!keyFile || !certificateFile) throw new Refusal('inbound_tls_not_complete');
  // One after the other: where both are missing, it is always the key that is named first.
  const key = await readPem(keyFile);
  const certificate = await readPem(certificateFile);
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
