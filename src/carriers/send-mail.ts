// Hands composed messages to a mail server (SMTP, a few connections kept open) and says plainly what became of each:
// taken over, refused for good, not now, or not known. Not known is the one that must never be tried again by itself.

import { Readable } from 'node:stream';
import nodemailer from 'nodemailer';
import MimeNode from 'nodemailer/lib/mime-node';
import type SMTPPool from 'nodemailer/lib/smtp-pool';
import type { SentMessageInfo } from 'nodemailer/lib/smtp-pool';
import { Refusal } from '#kernel/refusal.ts';
import type { Envelope } from './mail-message.ts';
import type { OAuthGrant } from './refresh-token.ts';

/** A reader the server would not have, while it took the message for others. */
export type RefusedRecipient = {
  readonly address: string;
  readonly code: number | undefined;
  readonly text: string;
  /** Whether the server will refuse again (5xx); false for "not now" (4xx). */
  readonly permanent: boolean;
};

/**
 * What became of a message.
 *
 * `accepted`: the server took it over, at least for some readers. `refused`: the server will not have it, now
 * or later (5xx). `trouble`: not now: the server says so (4xx), does not answer or will not let us in; the
 * message was certainly not taken over, so it can be tried again. `unknown`: all of the message and its final
 * dot were handed over, but the connection ended before the server's answer was heard: it may or may not have
 * been delivered.
 */
export type SendOutcome =
  | {
      readonly kind: 'accepted';
      readonly reply: string;
      readonly refusedRecipients: readonly RefusedRecipient[];
    }
  | { readonly kind: 'refused'; readonly code: number | undefined; readonly text: string }
  | { readonly kind: 'trouble'; readonly code: number | undefined; readonly text: string }
  | { readonly kind: 'unknown'; readonly text: string };

/** How patient we are with a mail server. */
export type SmtpOptions = {
  /** Until the connection stands and the server has greeted. */
  readonly connectMsMax?: number;
  /**
   * Until the server answers. RFC 5321 (4.5.3.2.6) asks for ten minutes after the final dot, so as not to send
   * twice.
   */
  readonly answerMsMax?: number;
  readonly connectionsMax?: number;
  /** Signs in by tokens that are asked for by this (XOAUTH2), as the user of the address. */
  readonly oauth?: OAuthGrant | undefined;
};

/** A mail server we may send through. */
export type Smtp = {
  readonly send: (envelope: Envelope, raw: Uint8Array) => Promise<SendOutcome>;
  readonly close: () => void;
};

const CONNECT_MS_MAX = 30_000;
const ANSWER_MS_MAX = 10 * 60_000;
const CONNECTIONS_MAX = 5;
const MESSAGES_PER_CONNECTION = 100;
/** An idle connection that the server has closed is replaced this often; more is for the caller's own retry. */
const RECONNECTIONS_MAX = 2;
/** Bytes handed to the connection at a time, so that what was read is close to what was sent. */
const CHUNK_BYTES = 16 * 1024;

/** The bytes carry their own; named here only so that none is made by chance for each message, which nobody reads. */
const MESSAGE_ID = '<in-the-bytes>';

/**
 * How far a message got. It is read only after the server has asked for it (354), and it ends when the dot
 * follows.
 */
type Progress = { started: boolean; ended: boolean };

/**
 * The message for one attempt. Once a byte of it has been read there is no second attempt, whatever the pool
 * would do.
 */
function messageStream(raw: Uint8Array, progress: Progress): Readable {
  let at = 0;
  const again = progress.started;
  const stream = new Readable({
    read() {
      if (again) {
        this.destroy(new Error('the message was handed over before'));
        return;
      }
      progress.started = true;
      const chunk = raw.subarray(at, at + CHUNK_BYTES);
      at += chunk.length;
      this.push(chunk.length > 0 ? chunk : null);
    },
  });
  stream.once('end', () => {
    progress.ended = true;
  });
  return stream;
}

/**
 * A message as the pool takes it. The bytes go out as they are: no part of them is composed, folded or encoded again, and we see
 * how far they got.
 */
function handedOver({ from, to, reportsAs }: Envelope, bytes: Uint8Array, progress: Progress): PooledMail {
  const message = new MimeNode(undefined, { baseBoundary: MESSAGE_ID });
  message.setHeader('Message-ID', MESSAGE_ID).setEnvelope({ from, to: [...to] });
  message.createReadStream = () => messageStream(bytes, progress);
  const dsn = reportsAs && { id: reportsAs, return: 'headers', notify: ['success', 'failure', 'delay'] };
  return { data: dsn ? { dsn } : {}, message } as PooledMail;
}

type PooledMail = Parameters<SMTPPool['send']>[0];

/** What nodemailer tells of a failure; all of it optional. */
type SmtpError = {
  readonly code?: string | undefined;
  readonly command?: string | undefined;
  readonly response?: string | undefined;
  readonly responseCode?: number | undefined;
  readonly message?: string;
  readonly recipient?: string | undefined;
  readonly rejectedErrors?: readonly SmtpError[] | undefined;
};

/**
 * Replies to these are about the connection or about us, not about the message: mended by an operator, then
 * retried.
 */
const NOT_ABOUT_THE_MESSAGE = /^(CONN|EHLO|HELO|LHLO|STARTTLS|AUTH)/;

/**
 * Whether a failure would happen again to the same message. 503 says that the session, not the message, was
 * wrong.
 */
function isPermanent(error: SmtpError): boolean {
  const { responseCode, code, command } = error;
  if (responseCode === undefined) return (code === 'EENVELOPE' || code === 'EMESSAGE') && command !== 'CONN';
  if (code === 'EAUTH' || NOT_ABOUT_THE_MESSAGE.test(command ?? '')) return false;
  return responseCode >= 500 && responseCode < 600 && responseCode !== 503;
}

function textOf(error: SmtpError): string {
  return (error.response ?? error.message ?? String(error)).slice(0, 500);
}

function refusedRecipients(errors: readonly SmtpError[]): RefusedRecipient[] {
  return errors.map((error) => ({
    address: error.recipient ?? '',
    code: error.responseCode,
    text: textOf(error),
    permanent: isPermanent(error),
  }));
}

function outcomeOf(error: SmtpError, progress: Progress): SendOutcome {
  const { responseCode } = error;
  if (responseCode === undefined && progress.ended) return { kind: 'unknown', text: textOf(error) };
  // With every reader refused, the message is refused for good only if each of them is.
  const perReader = error.rejectedErrors ?? [];
  const deciding = perReader.find((reader) => !isPermanent(reader)) ?? perReader[0] ?? error;
  const kind = isPermanent(deciding) ? 'refused' : 'trouble';
  return { kind, code: deciding.responseCode, text: textOf(deciding) };
}

function isSmtpUrl(url: string): boolean {
  return URL.canParse(url) && /^smtps?:$/.test(new URL(url).protocol) && new URL(url).hostname !== '';
}

/** How nodemailer is told to sign in by tokens; it asks for one, and for another when that one is over. */
function oauthOf(url: string, { tokenUrl, clientId, clientSecret, refreshToken, scope }: OAuthGrant) {
  const user = decodeURIComponent(new URL(url).username);
  const more = scope ? { customParams: { scope } } : {};
  return {
    type: 'OAuth2' as const,
    user,
    clientId,
    clientSecret,
    refreshToken,
    accessUrl: tokenUrl,
    ...more,
  };
}

/**
 * Opens the way to a mail server: `smtp://user:password@host:587`, `smtps://…` for TLS from the first byte.
 * Options can follow as a query: `?requireTLS=true`, `?tls.rejectUnauthorized=false`. Connects only when there
 * is something to send.
 *
 * Refuses: `smtp_url_not_valid`.
 */
export function openSmtp(url: string, options: SmtpOptions = {}): Smtp {
  if (!isSmtpUrl(url)) throw new Refusal('smtp_url_not_valid');
  const connectMs = options.connectMsMax ?? CONNECT_MS_MAX;
  const transport = nodemailer.createTransport({
    url,
    pool: true,
    maxConnections: options.connectionsMax ?? CONNECTIONS_MAX,
    maxMessages: MESSAGES_PER_CONNECTION,
    maxRequeues: RECONNECTIONS_MAX,
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    socketTimeout: options.answerMsMax ?? ANSWER_MS_MAX,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(options.oauth ? { auth: oauthOf(url, options.oauth) } : {}),
  });
  // Its pool takes the message as it is: what stands before it would compose one first, of nothing.
  const pool = transport.transporter;
  return {
    close: () => transport.close(),
    send: async (envelope, bytes) => {
      const progress: Progress = { started: false, ended: false };
      try {
        const info = await new Promise<SentMessageInfo>((resolve, reject) => {
          const mail = handedOver(envelope, bytes, progress);
          pool.send(mail, (error, sent) => (sent && !error ? resolve(sent) : reject(error)));
        });
        const refused = refusedRecipients(info.rejectedErrors ?? []);
        return { kind: 'accepted', reply: info.response, refusedRecipients: refused };
      } catch (error) {
        return outcomeOf(error as SmtpError, progress);
      }
    },
  };
}

/**
 * Sends a composed message to the readers on its envelope. Never throws for what happens outside; see
 * `SendOutcome`.
 */
export async function sendMail(smtp: Smtp, envelope: Envelope, raw: Uint8Array): Promise<SendOutcome> {
  return smtp.send(envelope, raw);
}

/** Ends the connections to a mail server; a message on its way is still finished. */
export function closeSmtp(smtp: Smtp): void {
  smtp.close();
}
