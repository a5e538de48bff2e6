// A letter of a batch that cannot be read, or joined with the others, is set aside for a person, so that the others need not wait.

import type { Act, Command } from '#command/command.ts';
import type { MessageId } from '#kernel/id.ts';
import { reportNotTaken } from './end-sending.ts';
import type { Message } from './message.ts';
import { isDecided } from './refresh-letters.ts';
import { findAttempts, updateAttempts, updateMessage } from './store.ts';
import { lockBatch, lockLetterReady, lockLettersOf, takeOutLetter, updateSetAside } from './store-post.ts';

/** Takes letters that a person decided about out of a batch that is held and not printed yet. */
export async function takeOutDecided(act: Act, batchId: string): Promise<void> {
  for (const letter of await lockLettersOf(act, batchId))
    if (isDecided(letter)) takeOutLetter(act, batchId, letter.id);
}

/**
 * Takes a letter that cannot be read or joined out of a batch that is not printed yet, and makes it work for a person, who
 * sends it again once it is mended. One that is not in it any more is left alone, and one that a person decided about is
 * taken out alone.
 */
export const setAside: Command<
  { readonly batchId: string; readonly messageId: MessageId; readonly problem: string },
  { readonly isAside: boolean }
> = {
  name: 'set-letter-aside',
  permission: 'reminder.send',
  async run(act, { batchId, messageId, problem }) {
    const batch = await lockBatch(act, batchId);
    if (!batch || batch.printed_at) return { isAside: false };
    await takeOutDecided(act, batchId);
    const letter = await lockLetterReady(act, messageId, batchId);
    if (!letter) return { isAside: false };
    const answer = `not printed: ${problem}`.slice(0, 500);
    for (const attempt of await findAttempts(act, messageId))
      if (attempt.transport === 'print' && attempt.outcome === null)
        updateAttempts(act, [{ ...attempt, messageId, endedAt: act.now, outcome: 'later', answer }]);
    takeOutLetter(act, batchId, messageId);
    updateSetAside(act, batchId);
    const failed: Message = { ...letter, state: 'failed', answer, nextTryAt: null };
    updateMessage(act, failed);
    reportNotTaken(act, failed, answer);
    act.record({
      type: 'message.set_aside',
      subjectId: messageId,
      customerId: letter.customerId,
      data: { batchId, purpose: letter.purpose, documentId: letter.documentId, answer },
    });
    return { isAside: true };
  },
};
