// What became of a message that was handed over, or could not be written: noted once it is known.

import type { Act, Command } from '#command/command.ts';
import { present } from '#kernel/assert.ts';
import type { MessageId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { afterTry, type Message, type MessageState, type Outcome } from './message.ts';
import { sendingJob } from './queue-message.ts';
import { findAttempts, lockMessage, updateAttempt, updateMessage } from './store.ts';

/** How much of a mail server's answer is kept. */
const ANSWER_CHARACTERS = 1_000;

export type EndSending = {
  readonly messageId: MessageId;
  readonly attemptNo: number;
  readonly outcome: Outcome;
  /** What the mail server said, or what went wrong. */
  readonly answer: string;
};

export type SendingEnded = { readonly state: MessageState };

/**
 * Notes what a try came to. Only what was surely not taken over is tried again, later. Who knows better corrects who did
 * not know: the process that heard the answer after all, where another took it for dead.
 *
 * Refuses: `message_not_found`.
 */
export const endSending: Command<EndSending, SendingEnded> = {
  name: 'end-sending',
  permission: 'reminder.send',
  async run(act, input) {
    const message = await lockMessage(act, input.messageId);
    if (!message) throw new Refusal('message_not_found', { messageId: input.messageId });
    const attempts = await findAttempts(act, input.messageId);
    const attempt = present(
      attempts.find((a) => a.attemptNo === input.attemptNo),
      'a try that ends was begun',
    );
    const known = attempt.outcome !== null && attempt.outcome !== 'unknown';
    if (known || attempt.outcome === input.outcome) return { state: message.state };
    const answer = input.answer.slice(0, ANSWER_CHARACTERS);
    updateAttempt(act, message.id, { ...attempt, endedAt: act.now, outcome: input.outcome, answer });
    const waits = message.state === 'sending' || message.state === 'unknown';
    if (waits && attempt === attempts.at(-1)) return afterwards(act, message, input.outcome, answer);
    // A person decided meanwhile. That it was sent after all is news to them; anything else is what they decided about.
    return input.outcome === 'sent' && message.state === 'queued'
      ? afterwards(act, message, 'sent', answer)
      : { state: message.state };
  },
};

/** What happened when a message came to an end, if only for now. */
const ENDS: Readonly<Partial<Record<MessageState, { readonly type: string }>>> = {
  sent: { type: 'message.sent' },
  refused: { type: 'message.refused' },
  failed: { type: 'message.failed' },
  unknown: { type: 'message.in_doubt' },
};

function afterwards(act: Act, message: Message, outcome: Outcome, answer: string): SendingEnded {
  const { state, nextTryAt } = afterTry(outcome, message.tries, act.now);
  updateMessage(act, {
    ...message,
    state,
    answer,
    nextTryAt,
    sentAt: state === 'sent' ? act.now : null,
  });
  const ended = ENDS[state];
  if (nextTryAt !== null) act.enqueue(sendingJob(message.id, nextTryAt));
  if (ended)
    act.record({
      ...ended,
      subjectId: message.id,
      customerId: message.customerId,
      data: { purpose: message.purpose, recipient: message.recipient, subject: message.subject, answer },
    });
  return { state };
}

/**
 * Notes that a message could not be written (a document that cannot be drawn, a company without an address to write
 * from). Nothing was handed over, so it is tried again later like any other trouble, and shown as failed in the end.
 *
 * Refuses: `message_not_found`.
 */
export const noteNotWritten: Command<
  { readonly messageId: MessageId; readonly problem: string },
  SendingEnded
> = {
  name: 'note-not-written',
  permission: 'reminder.send',
  async run(act, { messageId, problem }) {
    const message = await lockMessage(act, messageId);
    if (!message) throw new Refusal('message_not_found', { messageId });
    if (message.state !== 'queued') return { state: message.state };
    const answer = problem.slice(0, ANSWER_CHARACTERS);
    return afterwards(act, { ...message, tries: message.tries + 1 }, 'later', answer);
  },
};
