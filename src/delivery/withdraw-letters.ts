// Letters that lie ready are looked at again before they are printed: one about which nothing is left to say is dropped, as it would
// have been in the moment of sending. Letter by letter, in transactions of their own: a batch is not kept waiting by what each reads.

import { type Command, type Context, carryOut } from '#command/command.ts';
import { inTenant, type Tx } from '#db/transaction.ts';
import { present } from '#kernel/assert.ts';
import type { Instant } from '#kernel/calendar.ts';
import type { CompanyId, MessageId } from '#kernel/id.ts';
import { POST_BATCH_LETTERS_MAX } from '#kernel/limits.ts';
import { leaveUnsaid, type MessageSource, type Reading } from './begin-sending.ts';
import type { Message } from './message.ts';
import type { MailTools } from './send-message.ts';
import { findAttempts } from './store.ts';
import { findLettersReady, lockLetterReady } from './store-post.ts';

/** Looks at all letters of a company that the next batch may take, and drops those about which nothing is left to say. */
export async function withdrawLetters(
  tools: Pick<MailTools, 'door' | 'sources'>,
  context: Context,
  companyId: CompanyId,
): Promise<void> {
  const { door, sources } = tools;
  const seen = new Set<MessageId>();
  for (;;) {
    const letters = (
      await inTenant(door.pool, context.tenantId, (tx) =>
        findLettersReady(tx, companyId, POST_BATCH_LETTERS_MAX),
      )
    ).filter((letter) => !seen.has(letter.id));
    if (letters.length === 0) return;
    for (const letter of letters) {
      seen.add(letter.id);
      const isSilent = await inTenant(door.pool, context.tenantId, async (tx) => {
        const { reading } = await readAgain(tx, sources, letter, context.now);
        return whyUnsaid(reading) !== undefined;
      });
      if (isSilent) await carryOut(door, context, withdrawLetter(sources), { messageId: letter.id });
    }
  }
}

/** What there is to say in a letter by now, as its source reads it. */
async function readAgain(tx: Tx, sources: readonly MessageSource[], letter: Message, now: Instant) {
  const found = sources.find(({ purpose }) => purpose === letter.purpose);
  const source = present(found, 'every purpose of messages has a source');
  return { source, reading: await source.read(tx, letter, now) };
}

/** Why nothing is left to say. A letter to whom no way leads any more was written while one did, and is printed as it is. */
function whyUnsaid({ silent, recipient }: Reading<unknown>): string | undefined {
  return recipient === undefined ? undefined : silent;
}

/** Drops a letter that lies ready, is in no batch, and has nothing left to say; any other stays as it is. */
function withdrawLetter(
  sources: readonly MessageSource[],
): Command<{ readonly messageId: MessageId }, { readonly isDropped: boolean }> {
  return {
    name: 'withdraw-letter',
    permission: 'reminder.send',
    async run(act, { messageId }) {
      const letter = await lockLetterReady(act, messageId);
      if (!letter) return { isDropped: false };
      const [{ source, reading }, attempts] = await Promise.all([
        readAgain(act, sources, letter, act.now),
        findAttempts(act, messageId),
      ]);
      const reason = whyUnsaid(reading);
      if (reason === undefined) return { isDropped: false };
      // What was only made ready to be printed here was read by nobody.
      const perhapsSaid = attempts.some(
        ({ transport, outcome }) => outcome === 'unknown' || (outcome === null && transport !== 'print'),
      );
      source.save(act, letter, reading.content, perhapsSaid);
      leaveUnsaid(act, letter, reason);
      return { isDropped: true };
    },
  };
}
