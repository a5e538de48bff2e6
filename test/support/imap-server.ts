// A mail server on this machine whose folders can be read over IMAP4rev1 (RFC 3501), and which misbehaves when told to: the
// outside world of the tests that read mailboxes. It speaks over a real socket, with or without TLS, and notes what it was asked.

import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, TLSSocket } from 'node:tls';
import { TEST_CERTIFICATE, TEST_KEY } from './certificate.ts';

type KeptMail = { uid: number; readonly raw: Buffer; readonly arrivedOn: string; seen: boolean };
type Folder = { validity: number; next: number; mails: KeptMail[] };

/** What the server does instead of answering as it should; what is not named works. */
export type ImapBehaviour = {
  /** Hangs up in the middle of the so-many-th mail that is fetched from now on. */
  readonly hangUpInMail?: number;
  /** Hangs up on connecting. */
  readonly hangUpOnConnect?: boolean;
  /** Says of mails another size than they have. */
  readonly saysBytes?: number;
  /** Ends fetching with this refusal. */
  readonly refusesFetch?: string;
  /** Refuses to search with these words. */
  readonly refusesSearch?: string;
  /** Asked this, it says a little again and again and never answers. */
  readonly tricklesAt?: string;
  /** Ends each wait at once. */
  readonly endsIdle?: boolean;
};

export type ImapServer = {
  readonly port: number;
  /** Commands as they came, without passwords. */
  readonly asked: readonly string[];
  readonly connections: () => number;
  /** How many wait to be told what comes in. */
  readonly idling: () => number;
  /** Hangs up on everybody who is connected. */
  hangUp(): void;
  /** Puts a mail into a folder; gives its UID. `arrivedOn`: `2026-03-02`. */
  put(raw: Uint8Array | string, folder?: string, arrivedOn?: string): number;
  /** Mails of a folder: their UIDs, and whether they are marked as seen. */
  list(folder?: string): readonly { readonly uid: number; readonly seen: boolean }[];
  /** Gives the mails of the inbox other UIDs, as a server does that was set up anew; `arrivedOn`: they came in on that day. */
  renumber(more?: { readonly arrivedOn?: string }): void;
  behave(behaviour: ImapBehaviour): void;
  close(): Promise<void>;
};

export type ImapServerOptions = {
  readonly user?: string;
  readonly password?: string;
  readonly folders?: readonly string[];
  /** TLS from the first byte, or offered by STARTTLS. */
  readonly tls?: 'tls' | 'starttls' | undefined;
  /** Signs in by this token (XOAUTH2) and by no password. */
  readonly accessToken?: () => string;
  /** Tells at once what comes in (IDLE, RFC 2177). */
  readonly idles?: boolean;
  /** Offers to move mails (RFC 6851). */
  readonly moves?: boolean;
};

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** `2-Mar-2026` as a day that can be compared. */
function dayOf(text: string): string {
  const [day = '', month = '', year = ''] = text.replaceAll('"', '').split('-');
  return `${year}-${String(MONTHS.indexOf(month) + 1).padStart(2, '0')}-${day.padStart(2, '0')}`;
}

function uidsOf(text: string, mails: readonly KeptMail[]): readonly KeptMail[] {
  const last = mails.at(-1)?.uid ?? 0;
  const number = (part: string) => (part === '*' ? last : Number(part));
  const ranges = text.split(',').map((range) => {
    const [from = '', to = from] = range.split(':');
    // `8:*` where the last is 7 means the seventh, as servers read it.
    return [Math.min(number(from), number(to)), Math.max(number(from), number(to))] as const;
  });
  return mails.filter(({ uid }) => ranges.some(([from, to]) => uid >= from && uid <= to));
}

const headerOf = (raw: Buffer, name: string): string =>
  new RegExp(`^${name}:[ \t]*(.*)$`, 'im').exec(raw.toString('latin1').slice(0, 4000))?.[1]?.trim() ?? '';

const quoted = (text: string): string => (text === '' ? 'NIL' : `"${text.replace(/["\\]/g, '\\$&')}"`);

function envelopeOf(raw: Buffer): string {
  const [, box = '', host = ''] = /<?([^<>@\s]+)@([^<>\s]+)>?/.exec(headerOf(raw, 'From')) ?? [];
  const from = box === '' ? 'NIL' : `((NIL NIL ${quoted(box)} ${quoted(host)}))`;
  return `(NIL ${quoted(headerOf(raw, 'Subject'))} ${from} NIL NIL NIL NIL NIL NIL ${quoted(headerOf(raw, 'Message-ID'))})`;
}

class Session {
  readonly #world: World;
  #socket: Socket;
  #folder: Folder | undefined;
  #buffer = '';
  #signedIn = false;
  #idling = '';

  constructor(world: World, socket: Socket) {
    this.#world = world;
    this.#socket = socket;
    this.#listen();
    this.#say('* OK ready');
  }

  #listen(): void {
    this.#socket.on('error', () => {});
    this.#socket.once('close', () => this.#world.idling.delete(this.#told));
    this.#socket.on('data', (chunk) => {
      this.#buffer += chunk.toString('latin1');
      for (let end = this.#buffer.indexOf('\r\n'); end >= 0; end = this.#buffer.indexOf('\r\n')) {
        const line = this.#buffer.slice(0, end);
        this.#buffer = this.#buffer.slice(end + 2);
        this.#answer(line);
      }
    });
  }

  #say(line: string): void {
    this.#socket.write(`${line}\r\n`);
  }

  #answer(line: string): void {
    if (this.#idling !== '' && line.toUpperCase() === 'DONE') {
      this.#endIdle();
      return;
    }
    const [tag = '', ...rest] = line.split(' ');
    const uid = rest[0]?.toUpperCase() === 'UID';
    const [name = '', ...given] = uid ? rest.slice(1) : rest;
    const command = `${uid ? 'UID ' : ''}${name.toUpperCase()}`;
    const isSecret = command === 'LOGIN' || command === 'AUTHENTICATE';
    this.#world.asked.push(isSecret ? command : `${command} ${given.join(' ')}`.trim());
    const isTrickling = command === this.#world.behaviour.tricklesAt;
    const answer = isTrickling ? this.#trickle() : this.#do(command, given, tag);
    if (answer !== undefined) this.#say(`${tag} ${answer}`);
  }

  #trickle(): undefined {
    const drip = setInterval(() => this.#say('* OK still here'), 50);
    this.#socket.once('close', () => clearInterval(drip));
    return undefined;
  }

  #do(command: string, given: readonly string[], tag: string): string | undefined {
    switch (command) {
      case 'CAPABILITY':
        this.#say(`* CAPABILITY ${this.#capabilities()}`);
        return 'OK done';
      case 'STARTTLS':
        return this.#encrypt(tag);
      case 'LOGIN':
        return this.#login(given);
      case 'AUTHENTICATE':
        return this.#authenticate(given);
      case 'IDLE':
        if (!this.#world.options.idles) return 'BAD what is that';
        if (this.#world.behaviour.endsIdle) {
          this.#say('+ idling');
          return 'OK that was it';
        }
        this.#idling = tag;
        this.#world.idling.add(this.#told);
        this.#say('+ idling');
        return undefined;
      case 'LOGOUT':
        this.#say('* BYE see you');
        this.#say(`${tag} OK done`);
        this.#socket.end();
        return undefined;
      case 'LIST':
        return this.#list((given.at(-1) ?? '').replaceAll('"', ''));
      case 'SELECT':
      case 'EXAMINE':
        return this.#open(given.join(' ').replaceAll('"', ''), command === 'EXAMINE');
      case 'UID SEARCH':
        return this.#search(given);
      case 'UID FETCH':
        return this.#fetch(given);
      case 'UID STORE':
        for (const mail of uidsOf(given[0] ?? '', this.#folder?.mails ?? [])) mail.seen = true;
        return 'OK done';
      case 'UID MOVE':
        return this.#move(given);
      default:
        return command === 'NOOP' ? 'OK done' : 'BAD what is that';
    }
  }

  #capabilities(): string {
    const { tls, moves, accessToken, idles } = this.#world.options;
    const starts = tls === 'starttls' && !(this.#socket instanceof TLSSocket);
    const more = `${accessToken ? ' AUTH=XOAUTH2 SASL-IR' : ''}${idles ? ' IDLE' : ''}`;
    return `IMAP4rev1${starts ? ' STARTTLS' : ''}${moves === false ? '' : ' MOVE'}${more}`;
  }

  #encrypt(tag: string): undefined {
    this.#say(`${tag} OK begin`);
    this.#socket.removeAllListeners('data');
    this.#socket = new TLSSocket(this.#socket, { isServer: true, key: TEST_KEY, cert: TEST_CERTIFICATE });
    this.#listen();
    return undefined;
  }

  #login(given: readonly string[]): string {
    const [user, password] = given.map((word) => word.replace(/^"|"$/g, ''));
    const { options } = this.#world;
    this.#signedIn =
      !options.accessToken && user === (options.user ?? 'ar') && password === (options.password ?? 'secret');
    return this.#signedIn ? 'OK welcome' : 'NO [AUTHENTICATIONFAILED] who are you';
  }

  #authenticate([how, text = '']: readonly string[]): string {
    const { accessToken, user = 'ar' } = this.#world.options;
    const said = Buffer.from(text, 'base64').toString();
    const wanted = `user=${user}\u0001auth=Bearer ${accessToken?.()}\u0001\u0001`;
    this.#signedIn = accessToken !== undefined && how === 'XOAUTH2' && said === wanted;
    return this.#signedIn ? 'OK welcome' : 'NO [AUTHENTICATIONFAILED] token is not known';
  }

  /** Tells whoever waits that mails came in. */
  readonly #told = (folder: Folder): void => {
    if (this.#folder === folder) this.#say(`* ${folder.mails.length} EXISTS`);
  };

  #endIdle(): void {
    this.#world.idling.delete(this.#told);
    this.#say(`${this.#idling} OK done`);
    this.#idling = '';
  }

  /** Folders by name or `*`; asked for none, what separates their names. */
  #list(pattern: string): string {
    if (pattern === '') this.#say('* LIST (\\Noselect) "/" ""');
    for (const folder of this.#world.folders.keys())
      if (pattern === '*' || pattern === folder) this.#say(`* LIST () "/" ${quoted(folder)}`);
    return 'OK done';
  }

  #open(name: string, isReadOnly: boolean): string {
    const folder = this.#world.folders.get(name);
    if (!folder || !this.#signedIn) return 'NO [NONEXISTENT] no such folder';
    this.#folder = folder;
    this.#say('* FLAGS (\\Seen)');
    this.#say(`* ${folder.mails.length} EXISTS`);
    this.#say(`* OK [UIDVALIDITY ${folder.validity}] valid`);
    this.#say(`* OK [UIDNEXT ${folder.next}] next`);
    return isReadOnly ? 'OK [READ-ONLY] open' : 'OK [READ-WRITE] open';
  }

  #search(given: readonly string[]): string {
    const { refusesSearch } = this.#world.behaviour;
    if (refusesSearch) return `NO ${refusesSearch}`;
    let found: readonly KeptMail[] = this.#folder?.mails ?? [];
    const at = (word: string) => given.findIndex((one) => one.toUpperCase() === word);
    if (at('UID') >= 0) found = uidsOf(given[at('UID') + 1] ?? '', found);
    const since = at('SINCE') >= 0 ? dayOf(given[at('SINCE') + 1] ?? '') : '';
    found = found.filter(({ arrivedOn }) => arrivedOn >= since);
    if (at('SENTBEFORE') >= 0) {
      const before = dayOf(given[at('SENTBEFORE') + 1] ?? '');
      found = found.filter(({ raw }) => {
        const written = Date.parse(headerOf(raw, 'Date'));
        return !Number.isNaN(written) && new Date(written).toISOString().slice(0, 10) < before;
      });
    }
    this.#say(`* SEARCH${found.map(({ uid }) => ` ${uid}`).join('')}`);
    return 'OK done';
  }

  #fetch(given: readonly string[]): string | undefined {
    const { behaviour } = this.#world;
    if (behaviour.refusesFetch) return `NO ${behaviour.refusesFetch}`;
    const mails = this.#folder?.mails ?? [];
    const items = given.slice(1).join(' ').toUpperCase();
    const [, start = '0', most = ''] = /BODY\.PEEK\[\]<(\d+)\.(\d+)>/.exec(items) ?? [];
    for (const mail of uidsOf(given[0] ?? '', mails)) {
      const parts = [`UID ${mail.uid}`];
      if (items.includes('RFC822.SIZE')) parts.push(`RFC822.SIZE ${behaviour.saysBytes ?? mail.raw.length}`);
      if (items.includes('ENVELOPE')) parts.push(`ENVELOPE ${envelopeOf(mail.raw)}`);
      const head = `* ${mails.indexOf(mail) + 1} FETCH (${parts.join(' ')}`;
      if (!items.includes('BODY.PEEK[]')) {
        this.#say(`${head})`);
        continue;
      }
      const body = mail.raw.subarray(Number(start), most ? Number(start) + Number(most) : undefined);
      this.#socket.write(`${head} BODY[]${most ? `<${start}>` : ''} {${body.length}}\r\n`);
      this.#world.fetched += 1;
      if (this.#world.fetched === behaviour.hangUpInMail) {
        this.#socket.write(body.subarray(0, body.length >> 1), () => this.#socket.destroy());
        return undefined;
      }
      this.#socket.write(body);
      this.#say(')');
    }
    return 'OK done';
  }

  #move(given: readonly string[]): string {
    const target = this.#world.folders.get(given.slice(1).join(' ').replaceAll('"', ''));
    const folder = this.#folder;
    if (!target || !folder) return 'NO [TRYCREATE] no such folder';
    for (const mail of uidsOf(given[0] ?? '', folder.mails)) {
      folder.mails.splice(folder.mails.indexOf(mail), 1);
      target.mails.push({ ...mail, uid: target.next });
      target.next += 1;
    }
    return 'OK done';
  }
}

type World = {
  readonly options: ImapServerOptions;
  readonly folders: Map<string, Folder>;
  readonly asked: string[];
  behaviour: ImapBehaviour;
  fetched: number;
  connections: number;
  /** Sessions that wait to be told what comes in. */
  readonly idling: Set<(folder: Folder) => void>;
};

/** Starts a mail server on a free port of the loopback address. */
export async function startImapServer(options: ImapServerOptions = {}): Promise<ImapServer> {
  const names = options.folders ?? ['INBOX', 'Done'];
  const world: World = {
    options,
    folders: new Map(names.map((name) => [name, { validity: 1, next: 1, mails: [] }])),
    asked: [],
    behaviour: {},
    fetched: 0,
    connections: 0,
    idling: new Set(),
  };
  const sockets = new Set<Socket>();
  const connected = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
    world.connections += 1;
    if (world.behaviour.hangUpOnConnect) socket.destroy();
    else new Session(world, socket);
  };
  const server: Server =
    options.tls === 'tls'
      ? createTlsServer({ key: TEST_KEY, cert: TEST_CERTIFICATE }, connected).on('tlsClientError', () => {})
      : createServer(connected);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const folderOf = (name = 'INBOX'): Folder => {
    const folder = world.folders.get(name);
    if (!folder) throw new Error(`no folder ${name}`);
    return folder;
  };
  return {
    port: (server.address() as AddressInfo).port,
    asked: world.asked,
    connections: () => world.connections,
    idling: () => world.idling.size,
    hangUp: () => {
      for (const socket of sockets) socket.destroy();
    },
    put: (raw, name, arrivedOn = '2026-03-02') => {
      const folder = folderOf(name);
      const uid = folder.next;
      folder.next += 1;
      folder.mails.push({ uid, raw: Buffer.from(raw), arrivedOn, seen: false });
      for (const tell of world.idling) tell(folder);
      return uid;
    },
    list: (name) => folderOf(name).mails.map(({ uid, seen }) => ({ uid, seen })),
    renumber: (more = {}) => {
      const folder = folderOf();
      folder.validity += 1;
      folder.mails = folder.mails.map((mail, at) => ({ ...mail, ...more, uid: at + 1 }));
      folder.next = folder.mails.length + 1;
    },
    behave: (behaviour) => {
      world.behaviour = behaviour;
      world.fetched = 0;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
