// The thread that takes mails apart, one after another, for the program that started it.

import { parentPort } from 'node:worker_threads';
import { assert } from '#kernel/assert.ts';
import { Refusal } from '#kernel/refusal.ts';
import { type PlainMailParts, takeMailApart } from './take-mail-apart.ts';

/** What comes back: what the mail brings, or why it was refused, or that we were wrong. */
export type ThreadReply =
  | { readonly parts: PlainMailParts }
  | { readonly refused: { readonly code: string; readonly facts: Refusal['facts'] } }
  | { readonly defect: string };

const port = parentPort;
assert(port !== null, 'this is a thread of the program');
port.on('message', async (raw: Uint8Array) => {
  port.postMessage(await replyTo(raw));
});

async function replyTo(raw: Uint8Array): Promise<ThreadReply> {
  try {
    return { parts: await takeMailApart(raw) };
  } catch (error) {
    if (error instanceof Refusal) return { refused: { code: error.code, facts: error.facts } };
    return { defect: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
