// Reading a folder of somebody's mail server (IMAP4rev1, RFC 3501). What goes wrong outside is said plainly and never thrown;
// nothing is changed there, unless it is asked for by name.

import { setTimeout as sleep } from 'node:timers/promises';
import type { ImapFlow, MailboxLockObject } from 'imapflow';
import type { PlainDate } from '#kernel/calendar.ts';
import { INBOUND_MAIL_BYTES_MAX } from '#kernel/limits.ts';
import { findHost } from './find-host.ts';
import type { ImapSecurity } from './imap-security.ts';

/** Where a folder is, and who may read it. */
export type ImapPlace = {
  readonly host: string;
  readonly port: number;
  readonly security: ImapSecurity;
  readonly user: string;
  /** A password, or a token that opens the mailbox for a while (XOAUTH2). */
  readonly password: string | { readonly accessToken: string };
  readonly folder: string;
};

export type ImapOptions = {
  /** Hosts of this machine and its network may be read. */
  readonly ownNetworks: boolean;
  /** Certificates that are believed besides those of the system (PEM). */
  readonly authorities?: string | undefined;
  /** How long all of it may go on: a server that says a little now and then is left too. */
  readonly secondsMax: number;
};

/**
 * What stood in the way. `host_not_allowed`: it stands in a network of our own. `not_reached`: nobody answers there.
 * `not_trusted`: its certificate is not for it. `not_encrypted`: it offers no encryption. `sign_in_refused`: it knows user and
 * password not. `folder_missing`. `lost`: the connection broke, or what was said was not understood; worth another try.
 */
export const IMAP_TROUBLES = [
  'host_not_allowed',
  'not_reached',
  'not_trusted',
  'not_encrypted',
  'sign_in_refused',
  'folder_missing',
  'lost',
] as const;
export type ImapTrouble = { readonly code: (typeof IMAP_TROUBLES)[number]; readonly words: string };

/** A mail as a list of the folder shows it; what it says of itself is not believed. */
export type ImapMail = {
  readonly uid: number;
  readonly bytes: number;
  readonly sender: string;
  readonly subject: string;
};

/** A folder that is open. */
export type ImapFolder = {
  /** Its UIDs mean the same mails for as long as this stays. */
  readonly validity: bigint;
  readonly mails: number;
  /** UIDs of mails that came in on a day or later by the server's own clock, the lowest first. */
  listSince(day: PlainDate): Promise<readonly number[]>;
  /** UIDs of mails that say of themselves that they were written before a day; one that names no day is not among them. */
  listWrittenBefore(day: PlainDate): Promise<readonly number[]>;
  /** UIDs above one, the lowest first. */
  listAfter(uid: number): Promise<readonly number[]>;
  /** What a list shows of a mail; nothing where it is gone. */
  look(uid: number): Promise<ImapMail | undefined>;
  /** The bytes of a mail, not marking it as seen; nothing where it is gone, `too_large` where it has more than are taken. */
  fetch(uid: number): Promise<Uint8Array | 'too_large' | undefined>;
  markSeen(uid: number): Promise<void>;
  move(uid: number, folder: string): Promise<void>;
  /** Names of the folders there are. */
  folders(): Promise<readonly string[]>;
};

export type ImapDone<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'trouble'; readonly trouble: ImapTrouble };

const CONNECT_MS_MAX = 20_000;
const SILENT_MS_MAX = 60_000;
const FOLDERS_SHOWN = 200;
const LINE_BYTES_MAX = 4 * 1024 * 1024;
/** Beside a mail its length and the end of the answer. */
const ANSWER_BYTES_MORE = 64 * 1024;

/** Something outside went wrong; carries what, to the one place that says it. */
class Broken extends Error {
  readonly trouble: ImapTrouble;

  constructor(trouble: ImapTrouble) {
    super(trouble.words);
    this.trouble = trouble;
  }
}

/**
 * Opens a folder, does something with it, and leaves. `changes`: the folder is opened so that mails can be marked or moved;
 * without it the server is told that nothing will be changed. After `secondsMax` it is left in the middle of whatever it says.
 * What `work` itself throws is thrown.
 */
export async function withImapFolder<T>(
  place: ImapPlace,
  options: ImapOptions & { readonly changes: boolean },
  work: (folder: ImapFolder) => Promise<T>,
): Promise<ImapDone<T>> {
  let isOver = false;
  try {
    const client = await clientFor(place, options);
    const left = setTimeout(() => {
      isOver = true;
      client.close();
    }, options.secondsMax * 1000);
    try {
      await connect(client);
      const lock = await openFolder(client, place.folder, options.changes);
      try {
        return { kind: 'done', value: await work(folderOf(client)) };
      } finally {
        lock.release();
      }
    } finally {
      await client.logout().catch(() => client.close());
      clearTimeout(left);
    }
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    const tooSlow = { code: 'lost', words: `not done within ${options.secondsMax} seconds` } as const;
    return { kind: 'trouble', trouble: isOver ? tooSlow : error.trouble };
  }
}

type NetworkOptions = Pick<ImapOptions, 'ownNetworks' | 'authorities'>;

/** A mail server that is waited at says nothing for long: asked anew whether it is there this often (RFC 2177 wants half an hour). */
const IDLE_MS_MAX = 9 * 60_000;
/** A wait that ends at once is begun again after a second; again and again, after twice as long each time, up to minutes. */
const IDLE_PAUSE_MS = 1_000;
const IDLE_PAUSE_MS_MAX = 5 * 60_000;

/**
 * Waits at a folder and says when mails came in (IDLE, RFC 2177), until the connection ends or the signal says so. `cannot`: the
 * server does not tell; it must be asked. Nothing is changed there.
 */
export async function watchImapFolder(
  place: ImapPlace,
  { signal, ...options }: NetworkOptions & { readonly signal: AbortSignal },
  onNews: () => void,
): Promise<ImapDone<'ended' | 'cannot'>> {
  try {
    const client = await clientFor(place, options, 2 * IDLE_MS_MAX);
    const leave = () => client.close();
    signal.addEventListener('abort', leave);
    try {
      await connect(client);
      if (!client.capabilities.has('IDLE')) return { kind: 'done', value: 'cannot' };
      const lock = await openFolder(client, place.folder, false);
      client.on('exists', ({ count, prevCount }) => {
        if (count > prevCount) onNews();
      });
      for (let pause = IDLE_PAUSE_MS; client.usable && !signal.aborted; ) {
        const begun = performance.now();
        await asking(client.idle());
        const wasWait = performance.now() - begun >= IDLE_PAUSE_MS;
        if (!wasWait && client.usable) await sleep(pause, undefined, { signal }).catch(() => {});
        pause = wasWait ? IDLE_PAUSE_MS : Math.min(2 * pause, IDLE_PAUSE_MS_MAX);
      }
      lock.release();
      return { kind: 'done', value: 'ended' };
    } finally {
      signal.removeEventListener('abort', leave);
      client.close();
    }
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    return { kind: 'trouble', trouble: error.trouble };
  }
}

async function clientFor(
  place: ImapPlace,
  options: NetworkOptions,
  silentMsMax = SILENT_MS_MAX,
): Promise<ImapFlow> {
  const found = await findHost(place.host, options.ownNetworks);
  if (found.kind === 'not_allowed') throw new Broken({ code: 'host_not_allowed', words: place.host });
  if (found.kind === 'unknown') throw new Broken({ code: 'not_reached', words: found.words });
  // Loaded with the first mailbox that is looked into: most installations have none.
  const { ImapFlow: Client } = await import('imapflow');
  const client = new Client({
    host: found.address,
    servername: place.host,
    port: place.port,
    secure: place.security === 'tls',
    doSTARTTLS: place.security === 'starttls' ? true : place.security === 'none' ? false : undefined,
    auth: {
      user: place.user,
      ...(typeof place.password === 'string' ? { pass: place.password } : place.password),
    },
    tls: { servername: place.host, ...(options.authorities ? { ca: options.authorities } : {}) },
    clientInfo: { name: 'Quittance' },
    logger: false,
    disableAutoIdle: true,
    disableCompression: true,
    connectionTimeout: CONNECT_MS_MAX,
    greetingTimeout: CONNECT_MS_MAX,
    socketTimeout: silentMsMax,
    maxIdleTime: IDLE_MS_MAX,
    maxLineLength: LINE_BYTES_MAX,
    maxLiteralSize: INBOUND_MAIL_BYTES_MAX + ANSWER_BYTES_MORE,
    maxResponseSize: INBOUND_MAIL_BYTES_MAX + LINE_BYTES_MAX,
  });
  // What breaks is told to whoever waits for an answer; said a second time it would end the process.
  client.on('error', () => {});
  return client;
}

async function connect(client: ImapFlow): Promise<void> {
  try {
    await client.connect();
  } catch (error) {
    client.close();
    throw new Broken(connectTrouble(error));
  }
}

type Told = {
  readonly code?: string;
  readonly message?: string;
  readonly responseText?: string;
  readonly authenticationFailed?: boolean;
  readonly mailboxMissing?: boolean;
  readonly responseStatus?: string;
};

const wordsOf = ({ responseText, message }: Told): string =>
  (responseText ?? message ?? 'no answer').replace(/\s+/g, ' ').slice(0, 300).toWellFormed();

const CERTIFICATE = /CERT|SELF_SIGNED|ALTNAME|UNABLE_TO_VERIFY|ISSUER/;

function connectTrouble(error: unknown): ImapTrouble {
  const told = error as Told;
  const words = wordsOf(told);
  if (told.authenticationFailed) return { code: 'sign_in_refused', words };
  if (CERTIFICATE.test(told.code ?? '')) return { code: 'not_trusted', words };
  if (/STARTTLS/i.test(`${told.code} ${told.message}`)) return { code: 'not_encrypted', words };
  return { code: 'not_reached', words };
}

async function openFolder(client: ImapFlow, folder: string, changes: boolean): Promise<MailboxLockObject> {
  try {
    return await client.getMailboxLock(folder, { readOnly: !changes });
  } catch (error) {
    const told = error as Told;
    const isMissing = told.mailboxMissing === true || told.responseStatus === 'NO';
    throw new Broken({ code: isMissing ? 'folder_missing' : 'lost', words: wordsOf(told) });
  }
}

/** Whatever a mail server or the way to it does wrong is trouble; worth another try. */
async function asking<T>(question: Promise<T>): Promise<T> {
  try {
    return await question;
  } catch (error) {
    throw new Broken({ code: 'lost', words: wordsOf(error as Told) });
  }
}

function folderOf(client: ImapFlow): ImapFolder {
  const opened = client.mailbox;
  if (opened === false) throw new Broken({ code: 'lost', words: 'no folder is open' });
  const uids = async (query: { since?: string; sentBefore?: string; uid?: string }, from: number) => {
    const found = await asking(client.search(query, { uid: true }));
    // A search that is refused, or that nobody hears any more, found nothing out; it did not find that there is nothing.
    if (!Array.isArray(found)) throw new Broken({ code: 'lost', words: 'the mail server did not search' });
    // Asked for `8:*` a server gives the last one, though it be the seventh.
    return found.filter((uid) => uid >= from).toSorted((a, b) => a - b);
  };
  return {
    validity: opened.uidValidity ?? 0n,
    mails: opened.exists,
    listSince: (day) => uids({ since: day.toString() }, 1),
    listWrittenBefore: (day) => uids({ sentBefore: day.toString() }, 1),
    listAfter: (uid) => uids({ uid: `${uid + 1}:*` }, uid + 1),
    look: async (uid) => {
      const found = await asking(client.fetchOne(`${uid}`, { size: true, envelope: true }, { uid: true }));
      if (!found) return undefined;
      const from = found.envelope?.from?.[0]?.address ?? '';
      const subject = found.envelope?.subject ?? '';
      const clean = (text: string, most: number) => text.replaceAll('\0', '').slice(0, most).toWellFormed();
      return { uid, bytes: found.size ?? 0, sender: clean(from, 320), subject: clean(subject, 500) };
    },
    fetch: async (uid) => {
      const most = INBOUND_MAIL_BYTES_MAX + 1;
      const query = { source: { start: 0, maxLength: most } };
      const found = await asking(client.fetchOne(`${uid}`, query, { uid: true }));
      const bytes = found ? found.source : undefined;
      if (bytes === undefined) return undefined;
      return bytes.byteLength >= most ? 'too_large' : new Uint8Array(bytes);
    },
    markSeen: async (uid) => {
      await asking(client.messageFlagsAdd(`${uid}`, ['\\Seen'], { uid: true }));
    },
    move: async (uid, folder) => {
      // Without it a mail would be copied and then deleted, and with it whatever else somebody had marked for that.
      if (!client.capabilities.has('MOVE'))
        throw new Broken({ code: 'lost', words: 'the mail server cannot move mails (no MOVE, RFC 6851)' });
      const moved = await asking(client.messageMove(`${uid}`, folder, { uid: true }));
      if (!moved) throw new Broken({ code: 'lost', words: `the mail could not be moved to ${folder}` });
    },
    folders: async () => (await asking(client.list())).slice(0, FOLDERS_SHOWN).map(({ path }) => path),
  };
}
