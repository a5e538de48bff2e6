// What a person decides about a message: that it goes out again, that it did reach the customer, that it is not sent.

import type { Act, Command } from '#command/command.ts';
import type { MessageId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { type Message, type MessageState, mayDrop, mayMarkSent, mayResend } from './message.ts';
import { sendingJob } from './queue-message.ts';
import { lockMessage, updateMessage } from './store.ts';

export type DecideMessage = { readonly messageId: MessageId; readonly reason?: string | undefined };
export type MessageDecided = { readonly messageId: string; readonly state: MessageState };

/** A message that the decision is open to, locked. */
async function takeUndecided(
  act: Act,
  messageId: MessageId,
  allowed: (state: MessageState) => true | string,
): Promise<Message> {
  const message = await lockMessage(act, messageId);
  if (!message) throw new Refusal('message_not_found', { messageId });
  const verdict = allowed(message.state);
  if (verdict !== true) throw new Refusal(verdict, { state: message.state });
  return message;
}

function decided(
  act: Act,
  message: Message,
  happened: { readonly type: string },
  reason: string | undefined,
): MessageDecided {
  updateMessage(act, message);
  act.record({
    ...happened,
    subjectId: message.id,
    customerId: message.customerId,
    data: { purpose: message.purpose, recipient: message.recipient, subject: message.subject, reason },
  });
  return { messageId: message.id, state: message.state };
}

/**
 * Sends a message that was refused, failed, or whose fate is unknown. It is written afresh from what is open now, goes to
 * the address the customer has now, and keeps its Message-ID, so that a mailbox which has it shows one copy.
 *
 * Refuses: `message_not_found`, `message_waits`, `message_being_sent`, `message_already_sent`, `message_dropped`.
 */
export const resendMessage: Command<DecideMessage, MessageDecided> = {
  name: 'resend-message',
  permission: 'reminder.send',
  async run(act, { messageId, reason }) {
    const message = await takeUndecided(act, messageId, mayResend);
    act.enqueue(sendingJob(messageId));
    const queued: Message = { ...message, state: 'queued', tries: 0, nextTryAt: null };
    return decided(act, queued, { type: 'message.resent' }, reason);
  },
};

/**
 * Notes that a message of unknown fate did reach the customer.
 *
 * Refuses: `message_not_found`, `message_being_sent`, `message_not_in_doubt`.
 */
export const markMessageSent: Command<DecideMessage, MessageDecided> = {
  name: 'mark-message-sent',
  permission: 'reminder.send',
  async run(act, { messageId, reason }) {
    const message = await takeUndecided(act, messageId, mayMarkSent);
    const sent: Message = { ...message, state: 'sent', sentAt: act.now, nextTryAt: null };
    return decided(act, sent, { type: 'message.marked_sent' }, reason);
  },
};

/**
 * Decides that a message is not sent. What it would have said counts as dealt with: no run says it again.
 *
 * Refuses: `message_not_found`, `message_being_sent`, `message_already_sent`, `message_dropped`.
 */
export const dropMessage: Command<DecideMessage, MessageDecided> = {
  name: 'drop-message',
  permission: 'reminder.send',
  async run(act, { messageId, reason }) {
    const message = await takeUndecided(act, messageId, mayDrop);
    const answer = reason ?? 'dropped_by_person';
    const dropped: Message = { ...message, state: 'dropped', answer, nextTryAt: null };
    return decided(act, dropped, { type: 'message.dropped' }, answer);
  },
};
