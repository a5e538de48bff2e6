// A mail server on this machine that keeps what it is given and misbehaves when told to: the outside world of the tests
// that send. It speaks real SMTP over a real socket.

import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';

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
   * Hangs up without a word: on connecting; at the first bytes of the message; after the final dot, without having kept
   * the message; or after the final dot and after having kept it.
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
  /** From now on the server behaves like this, and no longer as before. */
  readonly behave: (behaviour: Behaviour) => void;
  readonly close: () => Promise<void>;
};

export type MailServerOptions = {
  /** Offers STARTTLS with a certificate that nobody has signed. */
  readonly startTls?: boolean;
  /** Asks for this name and password. */
  readonly login?: { readonly user: string; readonly password: string };
};

function replyError(reply: Reply): Error & { responseCode: number } {
  return Object.assign(new Error(reply.text), { responseCode: reply.code });
}

async function bytesOf(stream: AsyncIterable<Buffer>): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return new Uint8Array(Buffer.concat(chunks));
}

/** Starts a mail server on a free port of the loopback address. */
export async function startMailServer(options: MailServerOptions = {}): Promise<MailServer> {
  const received: ReceivedMail[] = [];
  const seen = new Set<string>();
  const sockets = new Map<number, Socket>();
  const numbers = new Map<string, number>();
  let behaviour: Behaviour = {};
  let connections = 0;
  const hangUp = (session: { remotePort: number }): void => {
    sockets.get(session.remotePort)?.destroy();
  };

  const server = new SMTPServer({
    disableReverseLookup: true,
    logger: false,
    authOptional: options.login === undefined,
    disabledCommands: [...(options.startTls ? [] : ['STARTTLS']), ...(options.login ? [] : ['AUTH'])],
    allowInsecureAuth: true,
    closeTimeout: 100,
    onAuth(auth, _session, done) {
      const right = auth.username === options.login?.user && auth.password === options.login?.password;
      if (right) done(null, { user: auth.username });
      else done(replyError({ code: 535, text: '5.7.8 Authentication credentials invalid' }));
    },
    onConnect(session, done) {
      connections += 1;
      numbers.set(session.id, connections);
      if (behaviour.hangUp === 'on_connect') hangUp(session);
      else done();
    },
    onMailFrom(_address, _session, done) {
      done(behaviour.sender ? replyError(behaviour.sender) : null);
    },
    onRcptTo(address, session, done) {
      const sender = session.envelope.mailFrom;
      const pair = `${sender ? sender.address : ''} ${address.address}`;
      const reply = behaviour.recipients?.[address.address];
      if (reply) done(replyError(reply));
      else if (behaviour.greylist && !seen.has(pair)) {
        seen.add(pair);
        done(replyError({ code: 451, text: '4.7.1 Greylisted, please try again later' }));
      } else done();
    },
    onData(stream, session, done) {
      const { mailFrom, rcptTo } = session.envelope;
      // Taken now: the server clears the envelope when the message is answered.
      const envelope = { from: mailFrom ? mailFrom.address : '', to: rcptTo.map((r) => r.address) };
      const asked = behaviour;
      if (asked.hangUp === 'during_message') {
        stream.once('data', () => hangUp(session));
        return;
      }
      const take = async (): Promise<void> => {
        const raw = await bytesOf(stream);
        if (asked.answerDelayMs) await sleep(asked.answerDelayMs);
        if (asked.hangUp === 'before_acceptance') return hangUp(session);
        if (asked.message) return done(replyError(asked.message));
        const connection = numbers.get(session.id) ?? 0;
        received.push({ envelope, raw, parsed: await PostalMime.parse(raw), connection });
        if (asked.hangUp === 'after_acceptance') return hangUp(session);
        done(null);
      };
      take().catch((error: Error) => done(error));
    },
  });
  // A client that goes away, or that we hang up on, is part of the tests.
  server.on('error', () => {});
  server.server.on('connection', (socket: Socket) => {
    const { remotePort } = socket;
    if (remotePort === undefined) return;
    sockets.set(remotePort, socket);
    socket.once('close', () => sockets.delete(remotePort));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.server.address() as AddressInfo;
  const login = options.login
    ? `${encodeURIComponent(options.login.user)}:${encodeURIComponent(options.login.password)}@`
    : '';
  return {
    url: `smtp://${login}127.0.0.1:${port}`,
    port,
    received,
    connections: () => connections,
    behave: (next) => {
      behaviour = next;
    },
    close: async () => {
      for (const socket of sockets.values()) socket.destroy();
      await new Promise<void>((resolve) => server.close(resolve));
    },
  };
}
