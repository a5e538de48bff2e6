// A batch that was begun is carried out by a worker: its letters are looked at, some at a time, with what is done told as it goes on;
// one that cannot be read is set aside for a person; what is left is joined to one file. A worker may die anywhere: the next begins to
// look again, and what was written anew already says what is so.

import { type Command, type Context, carryOut } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import type { TenantId } from '#kernel/id.ts';
import { LETTERS_REFRESHED_AT_ONCE } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { Message } from './message.ts';
import { type BatchMade, finishBatch } from './post-letters.ts';
import { setAside } from './put-aside.ts';
import { isDecided, type PrintTools, refreshLetter } from './refresh-letters.ts';
import { findBatch, findLettersOf, updateLooked } from './store-post.ts';

/** What making a batch needs. */
export type BatchTools = PrintTools & { contextOf(tenantId: TenantId): Promise<Context> };

/**
 * Looks at the letters of a batch that was begun, and makes its file. Letters are written anew where they would say
 * something else by now, and dropped where nothing is left to say. One that is made stays as it is.
 *
 * Refuses: `post_batch_not_found`.
 */
export async function makeBatch(tools: BatchTools, tenantId: TenantId, batchId: string): Promise<BatchMade> {
  const { door } = tools;
  const context = await tools.contextOf(tenantId);
  const found = await inTenant(door.pool, tenantId, async (tx) => ({
    batch: await findBatch(tx, batchId),
    letters: await findLettersOf(tx, batchId),
  }));
  if (!found.batch) throw new Refusal('post_batch_not_found', { batchId });
  const letters = found.batch.is_made ? [] : found.letters.filter((letter) => !isDecided(letter));
  const told = (looked: number) =>
    carryOut(door, context, noteLooked, { batchId, looked, toLook: letters.length });
  // Some at once: while one is drawn, others are read. Each is a message by itself, as workers send them.
  for (let next = 0; next < letters.length; next += LETTERS_REFRESHED_AT_ONCE) {
    await told(next);
    const some = letters.slice(next, next + LETTERS_REFRESHED_AT_ONCE);
    await Promise.all(some.map((letter) => lookAt(tools, context, letter, batchId)));
  }
  if (letters.length > 0) await told(letters.length);
  return finishBatch(door, context, batchId);
}

/** Looks at one letter; where that fails twice, it is set aside, so that the others need not wait for it. */
async function lookAt(tools: PrintTools, context: Context, letter: Message, batchId: string): Promise<void> {
  try {
    await refreshLetter(tools, context, letter, batchId);
  } catch {
    await refreshLetter(tools, context, letter, batchId).catch((error: unknown) =>
      carryOut(tools.door, context, setAside, { batchId, messageId: letter.id, problem: wordsOf(error) }),
    );
  }
}

function wordsOf(error: unknown): string {
  if (error instanceof Refusal) return error.code;
  return error instanceof Error ? error.message : String(error);
}

/** Tells how many letters of a batch were looked at. */
const noteLooked: Command<
  { readonly batchId: string; readonly looked: number; readonly toLook: number },
  { readonly looked: number }
> = {
  name: 'note-letters-looked-at',
  permission: 'reminder.send',
  async run(act, { batchId, looked, toLook }) {
    updateLooked(act, batchId, { looked, toLook });
    return { looked };
  },
};
