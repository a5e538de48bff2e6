// What people do with a conversation: say whose it is and who looks after it, note something, end it and open it again.

import { type Act, actorText, type Command } from '#command/command.ts';
import { readMembers } from '#identity/read-people.ts';
import { type CustomerId, newId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { takeCustomer } from '#parties/take-party.ts';
import type { WITH_BAR } from './proposal.ts';
import {
  type ConversationRow,
  findSenders,
  insertBar,
  insertNote,
  insertSender,
  lockConversation,
  updateConversation,
} from './store.ts';

type About = { readonly conversationId: string };
type Changed = { readonly conversationId: string; readonly version: number };

/** A conversation, held. Refuses: `conversation_not_found`, `conversation_moved_on`. */
export async function takeLocked(
  act: Act,
  { conversationId, seen }: About & { readonly seen?: number | undefined },
): Promise<ConversationRow> {
  const row = await lockConversation(act, conversationId);
  if (!row) throw new Refusal('conversation_not_found', { conversationId });
  if (seen !== undefined && seen !== row.version)
    throw new Refusal('conversation_moved_on', { seen, version: row.version });
  return row;
}

function save(
  act: Act,
  row: ConversationRow,
  happened: string,
  data: Record<string, string | null>,
): Changed {
  updateConversation(act, row);
  act.record({ type: happened, subjectId: row.id, customerId: row.customer_id, data });
  return { conversationId: row.id, version: row.version + 1 };
}

/**
 * Gives a conversation to somebody, or to nobody. `seen` is the version the caller saw: of two who take it at once, one is told.
 *
 * Refuses: `conversation_not_found`, `conversation_moved_on`, `member_not_found`.
 */
export const assignConversation: Command<
  About & { readonly userId: string | null; readonly seen?: number | undefined },
  Changed
> = {
  name: 'assign-conversation',
  permission: 'hold.place',
  async run(act, input) {
    const row = await takeLocked(act, input);
    if (input.userId !== null && (await readMembers(act, [input.userId])).length === 0)
      throw new Refusal('member_not_found', { userId: input.userId });
    return save(act, { ...row, assigned_to: input.userId }, 'inbox_conversation.assigned', {
      userId: input.userId,
    });
  },
};

/**
 * Says whose a conversation is, where mails alone did not tell; the senders of its mails are that customer's from then on.
 *
 * Refuses: `conversation_not_found`, `customer_not_found`.
 */
export const nameCustomer: Command<About & { readonly customerId: CustomerId }, Changed> = {
  name: 'name-conversation-customer',
  permission: 'hold.place',
  async run(act, input) {
    const row = await takeLocked(act, input);
    const customer = await takeCustomer(act, input.customerId);
    for (const address of await findSenders(act, row.id))
      if (address.length >= 3)
        insertSender(act, {
          id: newId(),
          address,
          customer_id: customer.id,
          said_by: actorText(act.actor),
          said_at: act.now,
        });
    return save(act, { ...row, customer_id: customer.id }, 'inbox_conversation.customer_named', {
      customerId: customer.id,
    });
  },
};

/** Ends a conversation: nobody waits any more. Refuses: `conversation_not_found`, `conversation_moved_on`, `conversation_done`. */
export const endConversation: Command<About & { readonly seen?: number | undefined }, Changed> = {
  name: 'end-conversation',
  permission: 'hold.place',
  async run(act, input) {
    const row = await takeLocked(act, input);
    if (row.state === 'done') throw new Refusal('conversation_done');
    return save(act, { ...row, state: 'done', waiting_since: null }, 'inbox_conversation.done', {});
  },
};

/** Opens a conversation again. Refuses: `conversation_not_found`, `conversation_open`. */
export const reopenConversation: Command<About, Changed> = {
  name: 'reopen-conversation',
  permission: 'hold.place',
  async run(act, input) {
    const row = await takeLocked(act, input);
    if (row.state === 'open') throw new Refusal('conversation_open');
    return save(act, { ...row, state: 'open' }, 'inbox_conversation.reopened', {});
  },
};

/** Notes something for colleagues; customers never see it. Refuses: `conversation_not_found`, `member_not_found`. */
export const addNote: Command<
  About & { readonly words: string; readonly mentions: readonly string[] },
  { readonly noteId: string }
> = {
  name: 'add-inbox-note',
  permission: 'hold.place',
  async run(act, input) {
    const row = await takeLocked(act, input);
    const mentions = [...new Set(input.mentions)];
    if (mentions.length > 0 && (await readMembers(act, mentions)).length < mentions.length)
      throw new Refusal('member_not_found', { mentions });
    const noteId = newId<'inbox_note'>();
    insertNote(act, {
      id: noteId,
      conversation_id: row.id,
      words: input.words,
      mentions,
      written_by: actorText(act.actor),
      written_at: act.now,
    });
    act.record({
      type: 'inbox_conversation.noted',
      subjectId: row.id,
      customerId: row.customer_id,
      data: { noteId, mentions },
    });
    return { noteId };
  },
};

/** Sets from which confidence on an intent is accepted unasked; `null`: never, which is how everybody begins. */
export const setBar: Command<
  { readonly intent: (typeof WITH_BAR)[number]; readonly bar: number | null },
  { readonly intent: string }
> = {
  name: 'set-inbox-bar',
  permission: 'cadence.edit',
  run(act, { intent, bar }) {
    insertBar(act, {
      id: newId(),
      intent,
      bar: bar === null ? null : bar.toFixed(2),
      set_by: actorText(act.actor),
      set_at: act.now,
    });
    act.record({
      type: 'inbox_bar.set',
      subjectId: act.commandId,
      data: { intent, bar: bar?.toFixed(2) ?? null },
    });
    return Promise.resolve({ intent });
  },
};
