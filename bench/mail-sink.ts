// A mail server that takes everything over and does nothing else: what is measured is who sends to it. It speaks as much of SMTP
// (RFC 5321) as a client needs, and takes several commands at once (RFC 2920), as mail servers do.

import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

/** A message that was taken over, as it came over the wire. */
export type SunkMail = { readonly to: string; readonly wired: Uint8Array };

export type Sink = { readonly url: string; readonly taken: readonly SunkMail[]; close(): Promise<void> };

const END = Buffer.from('\r\n.\r\n');
/** What the wire adds to a line that begins with a dot. */
const STUFFED = Buffer.from('\r\n..');
const SHELF_BYTES = 8_000_000;
/** Room for what a connection says at a time; more is made where a mail is larger. */
const HELD_BYTES = 65_536;

/**
 * Opens a mail server on this machine. Room to keep so many bytes is made beforehand, so that keeping what came, which no mail
 * server does that takes over and passes on, costs it hardly anything while it is measured.
 */
export async function openSink(bytes: number): Promise<Sink> {
  const taken: SunkMail[] = [];
  const keep = shelvesFor(bytes);
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    // A worker that is ended hangs up in the middle; that is no trouble of the sink.
    socket.on('error', () => {});
    speakWith(socket, (to, wired) => taken.push({ to, wired: keep(wired) }));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    taken,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
}

/** Keeps copies of bytes, one beside the other. */
function shelvesFor(bytes: number): (some: Uint8Array) => Buffer {
  // Filled, since memory is given by the system only once it is written to.
  const shelf = (size: number) => Buffer.allocUnsafeSlow(size).fill(0);
  const ready = Array.from({ length: Math.ceil(bytes / SHELF_BYTES) }, () => shelf(SHELF_BYTES));
  let rest = ready.pop() ?? shelf(SHELF_BYTES);
  return (some) => {
    if (some.length > rest.length) rest = ready.pop() ?? shelf(Math.max(SHELF_BYTES, some.length));
    const place = rest.subarray(0, some.length);
    place.set(some);
    rest = rest.subarray(some.length);
    return place;
  };
}

function speakWith(socket: Socket, take: (to: string, wired: Uint8Array) => void): void {
  let said = '';
  let to = '';
  let held = Buffer.allocUnsafeSlow(HELD_BYTES);
  /** Bytes of the mail that is being taken; none is while it is undefined. */
  let length: number | undefined;
  const say = (line: string) => socket.write(`${line}\r\n`);
  const hold = (chunk: Buffer, before: number) => {
    const end = before + chunk.length;
    if (end > held.length) held = Buffer.concat([held.subarray(0, before)], end * 2);
    held.set(chunk, before);
    length = end;
    if (end < END.length || !held.subarray(end - END.length, end).equals(END)) return;
    length = undefined;
    take(to, held.subarray(0, end - END.length + 2));
    say('250 2.0.0 taken over');
  };
  const answerTo = (line: string): string => {
    switch (line.slice(0, 4).toUpperCase()) {
      case 'EHLO':
        return '250-sink\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SMTPUTF8';
      case 'RCPT':
        to = /<([^>]*)>/.exec(line)?.[1] ?? '';
        return '250 2.1.5 ok';
      case 'DATA':
        length = 0;
        return '354 go on';
      case 'QUIT':
        return '221 2.0.0 bye';
      default:
        return '250 2.0.0 ok';
    }
  };
  socket.on('data', (chunk: Buffer) => {
    if (length !== undefined) return hold(chunk, length);
    said += chunk.toString('latin1');
    const lines = said.split('\r\n');
    said = lines.pop() ?? '';
    if (lines.length > 0) say(lines.map(answerTo).join('\r\n'));
    if (lines.some((line) => /^quit/i.test(line))) socket.end();
  });
  say('220 sink');
}

/** A message as it was before it went over the wire. */
export function rawOf({ wired }: SunkMail): Uint8Array {
  const whole = Buffer.from(wired);
  if (!whole.includes(STUFFED)) return whole;
  return Buffer.from(whole.toString('latin1').replaceAll('\r\n..', '\r\n.'), 'latin1');
}
