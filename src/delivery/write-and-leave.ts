// Messages that are words alone are read, written and let leave in one transaction: nothing is drawn for them and nothing more
// read, so that they need not be read twice.

import type { Command } from '#command/command.ts';
import { present } from '#kernel/assert.ts';
import type { MessageId, TenantId } from '#kernel/id.ts';
import { type Begun, type Letter, type MessageSource, readTogether } from './begin-sending.ts';
import { type AboutToLeave, letLeave } from './decide-leaving.ts';
import type { Message } from './message.ts';
import type { MailTools } from './send-message.ts';
import { draftsOf, readLinks, writeWords } from './write-letter.ts';

/** A mail that is words alone. */
export type Words = { readonly message: Message; readonly letter: Letter };

/** With what such mails of a purpose are written. */
export type WordsOf = {
  readonly tools: MailTools;
  readonly tenantId: TenantId;
  readonly source: MessageSource;
};

/** Words are written in a millisecond; those that take long are written where nobody waits for what is locked. */
const WRITING_MS_MAX = 300;

/**
 * Writes messages of one purpose that are words alone and lets them leave, as `beginTogether` does, all or none. What is not
 * words alone, or could not be written, is told to be sent another way (`again`). What leaves is put into `written`, to be
 * handed over once this is committed.
 *
 * Refuses: `message_not_found`.
 */
export function writeAndLeave(
  { tools, tenantId, source }: WordsOf,
  written: Map<MessageId, Words>,
): Command<{ readonly messageIds: readonly MessageId[] }, readonly Begun[]> {
  return {
    name: 'write-and-begin-sending-together',
    permission: 'reminder.send',
    async run(act, { messageIds }) {
      // It may run again.
      written.clear();
      const [locked, links] = await Promise.all([
        readTogether(act, source, messageIds),
        readLinks(act, messageIds),
      ]);
      const words = locked.flatMap(({ message, reading }) =>
        reading && message.channel === 'email' && isWords(source, reading)
          ? [{ message, source, reading }]
          : [],
      );
      const drafts = await draftsOf(tools, act, words, links);
      const begun = performance.now();
      for (const draft of drafts) {
        if (performance.now() - begun > WRITING_MS_MAX) break;
        const letter = await writeWords(tools, tenantId, draft, act.now);
        if (letter) written.set(draft.message.id, { message: draft.message, letter });
      }
      const transport = tools.transport.kind;
      const all = locked.map(
        (one): AboutToLeave => ({ ...one, transport, letter: written.get(one.message.id)?.letter }),
      );
      return letLeave(act, { source, isHanded: false }, all);
    },
  };
}

/** Whether there is something to say now, in words alone. */
function isWords(
  source: MessageSource,
  { silent, waits, content }: NonNullable<AboutToLeave['reading']>,
): boolean {
  return silent === undefined && !waits && present(source.isWords, 'asked of sources that tell')(content);
}
