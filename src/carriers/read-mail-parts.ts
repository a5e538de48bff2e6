// A mail taken apart for what it brings: who sent it, its words, its table in HTML, its files. That happens in a thread of its own,
// within bounds of time and memory: a mail made to hang or to fill up its reader costs that thread its life and nothing else.

import { Worker } from 'node:worker_threads';
import { type PlainDate, parseDate } from '#kernel/calendar.ts';
import { INBOUND_MAIL_BYTES_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { ThreadReply } from './read-mail-thread.ts';

/** What a mail brings. */
export type MailParts = {
  /** The address it says it is from; anybody can write any. */
  readonly from: string;
  readonly subject: string;
  /** Without brackets. */
  readonly identifier: string | undefined;
  /** The day its writer had when it was written, as the mail says; anybody can write any. */
  readonly writtenOn: PlainDate | undefined;
  readonly text: string;
  readonly html: string;
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
};

/** A mail of 25 MB takes a second on a slow machine; a mail that takes so long means harm, or our reader is wrong about it. */
const READ_MS_MAX = 20_000;
/** What a mail of 25 MB needs several times over. */
const MEMORY_MB_MAX = 512;

type Waiting = {
  readonly raw: Uint8Array;
  readonly msMax: number;
  readonly done: (parts: MailParts) => void;
  readonly fail: (error: Error) => void;
};

const queue: Waiting[] = [];
let thread: Worker | undefined;
let current: { readonly waiting: Waiting; readonly timer: NodeJS.Timeout } | undefined;

/**
 * Takes a mail apart; mails wait for one another. One that takes too long or too much memory is not readable.
 *
 * Refuses: `mail_file_too_large`, `mail_not_readable`.
 */
export async function readMailParts(
  raw: Uint8Array,
  { msMax = READ_MS_MAX }: { readonly msMax?: number } = {},
): Promise<MailParts> {
  if (raw.byteLength > INBOUND_MAIL_BYTES_MAX)
    throw new Refusal('mail_file_too_large', { bytesMax: INBOUND_MAIL_BYTES_MAX });
  return new Promise((done, fail) => {
    queue.push({ raw, msMax, done, fail });
    readNext();
  });
}

function readNext(): void {
  const waiting = current ? undefined : queue.shift();
  if (!waiting) {
    // An idle thread keeps no program alive.
    if (!current) thread?.unref();
    return;
  }
  thread ??= startThread();
  thread.ref();
  current = { waiting, timer: setTimeout(() => drop('It takes too long to read.'), waiting.msMax) };
  thread.postMessage(waiting.raw);
}

function startThread(): Worker {
  const started = new Worker(new URL('./read-mail-thread.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB_MAX },
  });
  started.on('message', (reply: ThreadReply) => end((waiting) => answer(waiting, reply)));
  started.on('error', () => {
    if (thread === started) drop('It takes more memory than a mail may.');
  });
  return started;
}

/** Ends the thread, and the mail it was at. */
function drop(reason: string): void {
  const dropped = thread;
  thread = undefined;
  dropped?.removeAllListeners();
  dropped?.on('error', () => {});
  void dropped?.terminate();
  end(({ fail }) => fail(new Refusal('mail_not_readable', { reason })));
}

function end(how: (waiting: Waiting) => void): void {
  if (!current) return;
  const { waiting, timer } = current;
  clearTimeout(timer);
  current = undefined;
  how(waiting);
  readNext();
}

function answer({ done, fail }: Waiting, reply: ThreadReply): void {
  try {
    done(partsIn(reply));
  } catch (error) {
    // Whatever is wrong with an answer is told to whoever waits for it; thrown from here it would end the program.
    fail(error as Error);
  }
}

function partsIn(reply: ThreadReply): MailParts {
  if ('refused' in reply) throw new Refusal(reply.refused.code, reply.refused.facts);
  if ('defect' in reply) throw new Error(reply.defect);
  const { writtenOn, ...parts } = reply.parts;
  return { ...parts, writtenOn: writtenOn === undefined ? undefined : parseDate(writtenOn) };
}
