// A small mail server of our own: it takes mail for addresses of ours (of messages that come back, of remittances), one
// after the other, and answers only when what came in is kept. It relays nothing and knows no users.

import type { AddressInfo } from 'node:net';
import type { SMTPServerDataStream, SMTPServerSession } from 'smtp-server';
import {
  INBOUND_CONNECTIONS_A_MINUTE_MAX,
  INBOUND_CONNECTIONS_MAX,
  INBOUND_MAIL_BYTES_MAX,
  INBOUND_READERS_MAX,
} from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';

/** A mail that came in: its bytes, and who it came in for. */
export type InboundMail = { readonly from: string; readonly to: readonly string[]; readonly raw: Uint8Array };

export type MailReceiverOptions = {
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
  /** With these (PEM) a sender may encrypt what it sends (STARTTLS, RFC 3207); without, it is not offered. */
  readonly tls?: { readonly key: string; readonly certificate: string } | undefined;
  /** Whether mail for the address is taken; asked for each reader before any of the mail is sent. */
  accepts(address: string): Promise<boolean>;
  /** Keeps a mail. The sender is told it was taken once this is done; a throw makes it try again later. */
  keep(mail: InboundMail): Promise<void>;
  /** Told of what went wrong on our side. */
  onTrouble(error: unknown): void;
};

export type MailReceiver = { readonly port: number; close(): Promise<void> };

/** A client that says nothing for so long is gone. */
const SILENT_MS_MAX = 60_000;
const CLOSE_MS_MAX = 2_000;

function answer(code: number, text: string): Error & { responseCode: number } {
  return Object.assign(new Error(text), { responseCode: code });
}

/** The bytes of a mail; nothing where there are too many. What is too much is read and let go, so that the answer is heard. */
async function bytesOf(stream: SMTPServerDataStream): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= INBOUND_MAIL_BYTES_MAX) chunks.push(chunk);
  }
  return bytes <= INBOUND_MAIL_BYTES_MAX ? new Uint8Array(Buffer.concat(chunks)) : undefined;
}

async function take(
  options: MailReceiverOptions,
  stream: SMTPServerDataStream,
  session: SMTPServerSession,
): Promise<Error | null> {
  const { mailFrom, rcptTo } = session.envelope;
  // Read now: the server clears the envelope when the mail is answered.
  const from = mailFrom ? mailFrom.address : '';
  const to = rcptTo.map((reader) => reader.address);
  const raw = await bytesOf(stream);
  if (raw === undefined) return answer(552, '5.3.4 This mail is too large');
  try {
    await options.keep({ from, to, raw });
    return null;
  } catch (error) {
    if (error instanceof Refusal) return answer(554, '5.6.0 This mail cannot be read');
    options.onTrouble(error);
    return answer(451, '4.3.0 Not now, please try again later');
  }
}

/** Reads `host:port`. Refuses: `inbound_address_not_valid`. */
export function readListenAddress(text: string): { readonly host: string; readonly port: number } {
  const found = /^(.+):(\d{1,5})$/.exec(text.trim());
  const port = Number(found?.[2]);
  if (!found?.[1] || port > 65_535)
    throw new Refusal('inbound_address_not_valid', { address: text.slice(0, 80) });
  return { host: found[1].replace(/^\[(.*)\]$/, '$1'), port };
}

/**
 * Counts connections of each address, and says which come too often: more than the limit in a minute. What is counted is
 * forgotten every minute, so that it never grows for long; a mail server that was told "later" comes again by itself.
 */
function countConnections(): (address: string) => boolean {
  let counted = new Map<string, number>();
  let since = performance.now();
  return (address) => {
    if (performance.now() - since > 60_000) {
      counted = new Map();
      since = performance.now();
    }
    const count = (counted.get(address) ?? 0) + 1;
    counted.set(address, count);
    return count > INBOUND_CONNECTIONS_A_MINUTE_MAX;
  };
}

/** Listens for mail until closed. */
export async function openMailReceiver(options: MailReceiverOptions): Promise<MailReceiver> {
  const isTooOften = countConnections();
  // Loaded where it is wanted: most installations take no mail.
  const { SMTPServer } = await import('smtp-server');
  const server = new SMTPServer({
    banner: 'Quittance takes mail',
    disableReverseLookup: true,
    logger: false,
    authOptional: true,
    disabledCommands: options.tls ? ['AUTH'] : ['AUTH', 'STARTTLS'],
    ...(options.tls
      ? { key: options.tls.key, cert: options.tls.certificate, minVersion: 'TLSv1.2' as const }
      : {}),
    size: INBOUND_MAIL_BYTES_MAX,
    maxClients: INBOUND_CONNECTIONS_MAX,
    socketTimeout: SILENT_MS_MAX,
    closeTimeout: CLOSE_MS_MAX,
    onConnect({ remoteAddress }, done) {
      done(
        isTooOften(remoteAddress) ? answer(421, '4.7.0 Too many connections, please try again later') : null,
      );
    },
    onRcptTo({ address }, session, done) {
      if (session.envelope.rcptTo.length >= INBOUND_READERS_MAX) {
        done(answer(452, '4.5.3 Too many recipients'));
        return;
      }
      options.accepts(address).then(
        (taken) => done(taken ? null : answer(550, '5.1.1 No mail is taken for this address')),
        (error: unknown) => {
          options.onTrouble(error);
          done(answer(451, '4.3.0 Not now, please try again later'));
        },
      );
    },
    onData(stream, session, done) {
      take(options, stream, session).then(done, (error: unknown) => {
        options.onTrouble(error);
        done(answer(451, '4.3.0 Not now, please try again later'));
      });
    },
  });
  // A client that breaks off is its own affair; a port that is taken is told by the promise below.
  server.on('error', () => {});
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  const { port } = server.server.address() as AddressInfo;
  return { port, close: () => new Promise<void>((resolve) => server.close(resolve)) };
}
