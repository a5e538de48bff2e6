// A mail server that takes everything over and does nothing else: what is measured is who sends to it. It speaks as much of SMTP
// (RFC 5321) as a client needs, and takes several commands at once (RFC 2920), as mail servers do.

import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { present } from '#kernel/assert.ts';

/** A message that was taken over, as it was before it went over the wire. */
export type SunkMail = { readonly to: string; readonly raw: Uint8Array };

export type Sink = { readonly url: string; readonly taken: readonly SunkMail[]; close(): Promise<void> };

const END = Buffer.from('\r\n.\r\n');
/** What the wire adds to a line that begins with a dot. */
const STUFFED = Buffer.from('\r\n..');

/** Opens a mail server on this machine. */
export async function openSink(): Promise<Sink> {
  const taken: SunkMail[] = [];
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    // A worker that is ended hangs up in the middle; that is no trouble of the sink.
    socket.on('error', () => {});
    speakWith(socket, taken);
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

function speakWith(socket: Socket, taken: SunkMail[]): void {
  let said = '';
  let to = '';
  let chunks: Buffer[] | undefined;
  const say = (line: string) => socket.write(`${line}\r\n`);
  const take = (chunk: Buffer) => {
    const held = present(chunks, 'a message is being taken');
    held.push(chunk);
    // The end may have come in two pieces.
    const last = chunk.length >= END.length ? chunk : Buffer.concat(held.slice(-2));
    if (!last.subarray(-END.length).equals(END)) return;
    const wired = Buffer.concat(held);
    chunks = undefined;
    taken.push({ to, raw: unstuffed(wired.subarray(0, wired.length - END.length + 2)) });
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
        chunks = [];
        return '354 go on';
      case 'QUIT':
        return '221 2.0.0 bye';
      default:
        return '250 2.0.0 ok';
    }
  };
  socket.on('data', (chunk: Buffer) => {
    if (chunks) return take(chunk);
    said += chunk.toString('latin1');
    const lines = said.split('\r\n');
    said = lines.pop() ?? '';
    if (lines.length > 0) say(lines.map(answerTo).join('\r\n'));
    if (lines.some((line) => /^quit/i.test(line))) socket.end();
  });
  say('220 sink');
}

function unstuffed(wired: Buffer): Buffer {
  if (!wired.includes(STUFFED)) return wired;
  return Buffer.from(wired.toString('latin1').replaceAll('\r\n..', '\r\n.'), 'latin1');
}
