// A mail server on this machine that keeps what it is given and misbehaves when told to: the outside world of
// the tests that send. It speaks real SMTP over a real socket.

import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';

/** A message the server took over. */
export type ReceivedMail = {
  readonly envelope: { readonly from: string; readonly to: readonly string[] };
  /** The bytes as they came, dot-stuffing undone. */
  readonly raw: Uint8Array;
  readonly parsed: Email;
  /** Which connection it came over, counted from 1. */
  readonly connection: number;
};

export type Reply = { readonly code: number; readonly text: string };

/** What the server does instead of taking everything; what is not named works. */
export type Behaviour = {
  /** Replies to readers by address. */
  readonly recipients?: Readonly<Record<string, Reply>>;
  /** Turns every sender and reader away the first time it sees them together, as greylisting does. */
  readonly greylist?: boolean;
  /** Reply to MAIL FROM. */
  readonly sender?: Reply;
  /** Reply after the final dot. */
  readonly message?: Reply;
  /** Waits before it answers the final dot. */
  readonly answerDelayMs?: number;
  /**
   * Hangs up without a word: on connecting; at the first bytes of the message; after the final dot, without
   * having kept the message; or after the final dot and after having kept it.
   */
  readonly hangUp?: 'on_connect' | 'during_message' | 'before_acceptance' | 'after_acceptance';
};

export type MailServer = {
  readonly url: string;
  readonly port: number;
  /** What was taken over, in order. */
  readonly received: readonly ReceivedMail[];
  /** Connections made so far. */
  readonly connections: () => number;
  /** Messages handed over that it has not answered yet. */
  readonly inHand: () => number;
  /** From now on the server behaves like this, and no longer as before. */
  readonly behave: (behaviour: Behaviour) => void;
  readonly close: () => Promise<void>;
};

export type MailServerOptions = {
  /** Offers STARTTLS with a certificate that nobody has signed. */
  readonly startTls?: boolean;
  /** Asks for this name and password. */
  readonly login?: { readonly user: string; readonly password: string };
  /** Asks this user for a token (XOAUTH2). */
  readonly tokens?: { readonly user: string; readonly accessToken: () => string };
};

function replyError(reply: Reply): Error & { responseCode: number } {
  return Object.assign(new Error(reply.text), { responseCode: reply.code });
}

async function bytesOf(stream: AsyncIterable<Buffer>): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return new Uint8Array(Buffer.concat(chunks));
}

/** What the server remembers while it runs. */
type Memory = {
  behaviour: Behaviour;
  connections: number;
  inHand: number;
  readonly received: ReceivedMail[];
  /** Pairs of sender and reader that greylisting has seen. */
  readonly seen: Set<string>;
  readonly sockets: Map<number, Socket>;
  /** Number of a connection by its session. */
  readonly numbers: Map<string, number>;
};

function hangUp(memory: Memory, session: SMTPServerSession): void {
  memory.sockets.get(session.remotePort)?.destroy();
}

/** Whom the server writes to: refused, greylisted or taken. */
function replyToReader(memory: Memory, reader: string, session: SMTPServerSession): Reply | undefined {
  const { recipients, greylist } = memory.behaviour;
  const sender = session.envelope.mailFrom;
  const pair = `${sender ? sender.address : ''} ${reader}`;
  const isNew = !memory.seen.has(pair);
  memory.seen.add(pair);
  if (recipients?.[reader]) return recipients[reader];
  return greylist && isNew ? { code: 451, text: '4.7.1 Greylisted, please try again later' } : undefined;
}

/** Takes a message to its end, unless it is to be cut off; gives the reply, or nothing where the line went dead. */
async function takeMessage(
  memory: Memory,
  stream: SMTPServerDataStream,
  session: SMTPServerSession,
): Promise<Reply | 'taken' | 'hung up'> {
  const { hangUp: cut, answerDelayMs, message } = memory.behaviour;
  const { mailFrom, rcptTo } = session.envelope;
  // Read now: the server clears the envelope when the message is answered.
  const envelope = { from: mailFrom ? mailFrom.address : '', to: rcptTo.map((reader) => reader.address) };
  if (cut === 'during_message') {
    await once(stream, 'data');
    return 'hung up';
  }
  const raw = await bytesOf(stream);
  const connection = memory.numbers.get(session.id) ?? 0;
  // What is taken is kept at once, however late the answer: nothing turns up later, when another test counts.
  if (cut !== 'before_acceptance' && !message)
    memory.received.push({ envelope, raw, parsed: await PostalMime.parse(raw), connection });
  memory.inHand += 1;
  if (answerDelayMs) await sleep(answerDelayMs);
  memory.inHand -= 1;
  if (message) return message;
  return cut === undefined || cut === 'on_connect' ? 'taken' : 'hung up';
}

function makeServer(memory: Memory, options: MailServerOptions): SMTPServer {
  const { login, tokens } = options;
  return new SMTPServer({
    disableReverseLookup: true,
    logger: false,
    authOptional: login === undefined && tokens === undefined,
    ...(tokens ? { authMethods: ['XOAUTH2'] } : {}),
    disabledCommands: [...(options.startTls ? [] : ['STARTTLS']), ...(login || tokens ? [] : ['AUTH'])],
    allowInsecureAuth: true,
    closeTimeout: 100,
    onAuth(auth, _session, done) {
      const right = tokens
        ? auth.username === tokens.user && auth.accessToken === tokens.accessToken()
        : auth.username === login?.user && auth.password === login?.password;
      if (right) done(null, { user: auth.username });
      else done(replyError({ code: 535, text: '5.7.8 Authentication credentials invalid' }));
    },
    onConnect(session, done) {
      memory.connections += 1;
      memory.numbers.set(session.id, memory.connections);
      if (memory.behaviour.hangUp === 'on_connect') hangUp(memory, session);
      else done();
    },
    onMailFrom(_address, _session, done) {
      const { sender } = memory.behaviour;
      done(sender ? replyError(sender) : null);
    },
    onRcptTo({ address }, session, done) {
      const reply = replyToReader(memory, address, session);
      done(reply ? replyError(reply) : null);
    },
    onData(stream, session, done) {
      takeMessage(memory, stream, session).then((reply) => {
        if (reply === 'hung up') hangUp(memory, session);
        else done(reply === 'taken' ? null : replyError(reply));
      }, done);
    },
  });
}

/** Starts a mail server on a free port of the loopback address. */
export async function startMailServer(options: MailServerOptions = {}): Promise<MailServer> {
  const memory: Memory = {
    behaviour: {},
    connections: 0,
    inHand: 0,
    received: [],
    seen: new Set(),
    sockets: new Map(),
    numbers: new Map(),
  };
  const server = makeServer(memory, options);
  // A client that goes away, or that we hang up on, is part of the tests.
  server.on('error', () => {});
  server.server.on('connection', (socket: Socket) => {
    const { remotePort } = socket;
    if (remotePort === undefined) return;
    memory.sockets.set(remotePort, socket);
    socket.once('close', () => memory.sockets.delete(remotePort));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.server.address() as AddressInfo;
  const { user, password } = options.login ?? { user: '', password: '' };
  const login = options.login ? `${encodeURIComponent(user)}:${encodeURIComponent(password)}@` : '';
  return {
    url: `smtp://${login}127.0.0.1:${port}`,
    port,
    received: memory.received,
    connections: () => memory.connections,
    inHand: () => memory.inHand,
    behave: (next) => {
      memory.behaviour = next;
    },
    close: async () => {
      for (const socket of memory.sockets.values()) socket.destroy();
      await new Promise<void>((resolve) => server.close(resolve));
    },
  };
}
