// Letters that lie ready are looked at again before they are printed. One whose facts are others by now is taken back
// and sent on its way again: so it is written with the amounts of now, dropped with its reason where nothing is left
// to say, or waits where it is not the moment.

import { type Act, type Command, type Context, carryOut } from '#command/command.ts';
import { inTenant, type Tx } from '#db/transaction.ts';
import { present } from '#kernel/assert.ts';
import type { MessageId } from '#kernel/id.ts';
import { LETTERS_REFRESHED_AT_ONCE } from '#kernel/limits.ts';
import { holdOpenItems } from '#ledger/settle-items.ts';
import { NO_WAY, writtenFrom } from './begin-sending.ts';
import type { Message } from './message.ts';
import { sendingJob } from './queue-message.ts';
import { type MailTools, sendMessage } from './send-message.ts';
import { findAttempts, updateAttempts, updateMessage } from './store.ts';
import { findLettersOf, lockBatch, lockLetterReady, putInLetters, takeOutLetter } from './store-post.ts';

/** Letters looked at side by side on the connection of one transaction, whose statements need not wait for each other's answers. */
const LETTERS_LOOKED_AT_ONCE = 20;

/** What printing letters here needs. */
export type PrintTools = Pick<MailTools, 'door' | 'sources'>;

/**
 * Whether any letter of a batch would say something else if it were written now, cannot be read, or was dropped or sent
 * otherwise by a person meanwhile. Nothing is changed: its file is printed as it is where none does.
 */
export async function isOutdated(tools: PrintTools, context: Context, batchId: string): Promise<boolean> {
  const { pool } = tools.door;
  const letters = await inTenant(pool, context.tenantId, (tx) => findLettersOf(tx, batchId));
  if (letters.some(isDecided)) return true;
  for (let next = 0; next < letters.length; next += LETTERS_REFRESHED_AT_ONCE) {
    const some = letters.slice(next, next + LETTERS_REFRESHED_AT_ONCE);
    const answers = await Promise.allSettled(
      some.map((letter) =>
        inTenant(pool, context.tenantId, (tx) => saysOtherwise(tx, tools, letter, context)),
      ),
    );
    if (answers.some((answer) => answer.status === 'rejected' || answer.value)) return true;
  }
  return false;
}

/**
 * Whether any of the letters would say something else, looked at within the transaction that lets them go: what is open of their
 * customers is held until it ends, so that no money is applied between the look and the printing.
 */
export async function isOutdatedNow(
  act: Act,
  tools: Pick<PrintTools, 'sources'>,
  letters: readonly Message[],
): Promise<boolean> {
  await holdOpenItems(act, [...new Set(letters.map(({ customerId }) => customerId))]);
  // In one order, since what is written to a customer is held customer by customer.
  const inOrder = letters.toSorted((a, b) => (a.customerId < b.customerId ? -1 : 1));
  for (let next = 0; next < inOrder.length; next += LETTERS_LOOKED_AT_ONCE) {
    const some = inOrder.slice(next, next + LETTERS_LOOKED_AT_ONCE);
    const answers = await Promise.all(some.map((letter) => saysOtherwise(act, tools, letter, act)));
    if (answers.includes(true)) return true;
  }
  return false;
}

/** Whether a person dropped a letter of a batch, or noted that it was sent otherwise: it is not printed with the others. */
export function isDecided({ state }: Message): boolean {
  return state !== 'ready';
}

/**
 * Writes one letter of a batch anew if it would say something else by now, and puts it back into it; its file is to be
 * made anew then. A document to which no way leads any more was written while one did, and stays as long as it still says
 * what is so.
 */
export async function refreshLetter(
  tools: PrintTools,
  context: Context,
  letter: Message,
  batchId: string,
): Promise<void> {
  const { door } = tools;
  const messageId = letter.id;
  const changed = await inTenant(door.pool, context.tenantId, (tx) =>
    saysOtherwise(tx, tools, letter, context),
  );
  if (!changed) return;
  const { isRecalled } = await carryOut(door, context, recallLetter, { messageId, batchId });
  if (!isRecalled) return;
  const state = await sendMessage(sendingTools(tools, context), context.tenantId, messageId);
  if (state === 'ready') await carryOut(door, context, rejoinBatch, { messageId, batchId });
}

/** Whether a letter would say something else if it were written now. */
async function saysOtherwise(
  tx: Tx,
  { sources }: Pick<PrintTools, 'sources'>,
  letter: Message,
  { now }: Pick<Context, 'now'>,
): Promise<boolean> {
  const source = present(
    sources.find(({ purpose }) => purpose === letter.purpose),
    'every purpose of messages has a source',
  );
  const [reading, attempts] = await Promise.all([source.read(tx, letter, now), findAttempts(tx, letter.id)]);
  const { silent, waits } = reading;
  if (waits || (silent !== undefined && silent !== NO_WAY)) return true;
  const last = attempts.at(-1)?.writtenFrom;
  const recipient = silent === NO_WAY ? letter.recipient : reading.recipient;
  return !last || Buffer.compare(last, writtenFrom(source, { ...reading, recipient })) !== 0;
}

/**
 * Letters that are written here lie ready to be printed here. What stands in the way is told with the message, and tried
 * again.
 */
function sendingTools({ door, sources }: PrintTools, context: Context): MailTools {
  const untold = () => {};
  return {
    door,
    sources,
    transport: { kind: 'outbox' },
    clock: context.clock ?? (() => context.now),
    contextOf: async () => context,
    log: { error: untold, warn: untold, info: untold },
  };
}

type Recall = { readonly messageId: MessageId; readonly batchId: string };

/** Takes a letter that lies ready back, to be written anew; one that was printed, dropped or put elsewhere meanwhile stays. */
const recallLetter: Command<Recall, { readonly isRecalled: boolean }> = {
  name: 'recall-letter',
  permission: 'reminder.send',
  async run(act, { messageId, batchId }) {
    const batch = await lockBatch(act, batchId);
    if (batch?.printed_at) return { isRecalled: false };
    const letter = await lockLetterReady(act, messageId, batchId);
    if (!letter) return { isRecalled: false };
    // What was only made ready to be printed here was read by nobody.
    for (const attempt of await findAttempts(act, messageId))
      if (attempt.transport === 'print' && attempt.outcome === null)
        updateAttempts(act, [
          {
            ...attempt,
            messageId,
            endedAt: act.now,
            outcome: 'later',
            answer: 'not printed: what it says had changed',
          },
        ]);
    updateMessage(act, { ...letter, state: 'queued', tries: 0, nextTryAt: null });
    takeOutLetter(act, batchId, messageId);
    act.enqueue(sendingJob(messageId));
    act.record({
      type: 'message.recalled',
      subjectId: messageId,
      customerId: letter.customerId,
      data: { purpose: letter.purpose, documentId: letter.documentId },
    });
    return { isRecalled: true };
  },
};

/** Puts a letter that was written anew back into its batch, unless that was printed or another took the letter meanwhile. */
const rejoinBatch: Command<Recall, { readonly isBack: boolean }> = {
  name: 'rejoin-batch',
  permission: 'reminder.send',
  async run(act, { messageId, batchId }) {
    const batch = await lockBatch(act, batchId);
    if (!batch || batch.printed_at) return { isBack: false };
    const letter = await lockLetterReady(act, messageId, null);
    if (!letter) return { isBack: false };
    putInLetters(act, batchId, [messageId]);
    return { isBack: true };
  },
};
