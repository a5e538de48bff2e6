// What became of a message that was handed over, or could not be written: noted once it is known.

import { saysNobodyThere, severityOf, statusIn } from '#carriers/bounce-severity.ts';
import { type Act, actorText, type Command } from '#command/command.ts';
import { present } from '#kernel/assert.ts';
import type { MessageId } from '#kernel/id.ts';
import { keepable } from '#kernel/keepable.ts';
import { SENDING_SILENT_SECONDS_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import { afterTry, type Message, type MessageState, type Outcome } from './message.ts';
import { sendingJob } from './queue-message.ts';
import {
  type Attempt,
  type AttemptId,
  type EndedAttempt,
  endUnhanded,
  findAttempts,
  findAttemptsOf,
  lockMessage,
  lockMessages,
  lockSilentAttempt,
  type SilentAttempt,
  updateAttempts,
  updateMessage,
  updateMessages,
} from './store.ts';
import { insertProblems, insertSignals, insertSuppressions } from './store-fate.ts';

/** How much of a mail server's answer is kept. */
const ANSWER_CHARACTERS = 1_000;

/** What somebody else said, as it is kept: an answer that cannot be kept would make a message that was taken over one in doubt. */
export function keptOf(text: string): string {
  return keepable(text.slice(0, ANSWER_CHARACTERS));
}

export type EndSending = {
  readonly messageId: MessageId;
  readonly attemptNo: number;
  readonly outcome: Outcome;
  /** What the mail server said, or what went wrong. */
  readonly answer: string;
  /** Readers of copies that the mail server would not have, while it took the message for others. */
  readonly refusedReaders?: readonly { readonly address: string; readonly text: string }[] | undefined;
  /** What who took it over calls it. */
  readonly carrierReference?: string | undefined;
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
    const { ended, now, state } = end(act, message, await findAttempts(act, message.id), input);
    saveEnds(act, [{ ended, now }]);
    return { state };
  },
};

/** Notes what tries of several messages came to, in one transaction, each as `endSending` does. Refuses: `message_not_found`. */
export const endTogether: Command<{ readonly ended: readonly EndSending[] }, readonly SendingEnded[]> = {
  name: 'end-sending-together',
  permission: 'reminder.send',
  async run(act, { ended }) {
    const ids = ended.map(({ messageId }) => messageId);
    // Sent together, answered in this order: the tries are read once the messages are locked.
    const [messages, attempts] = await Promise.all([lockMessages(act, ids), findAttemptsOf(act, ids)]);
    const ends = ended.map((one) => {
      const message = present(messages.get(one.messageId), 'every message was locked');
      return end(act, message, attempts.get(message.id) ?? [], one);
    });
    saveEnds(act, ends);
    return ends.map(({ state }) => ({ state }));
  },
};

/**
 * Ends the try of a message whose process gave no sign of life for too long: it died. Where it had heard the answer, that
 * counts; where it may have handed the message over, the fate is unknown; where it had not begun to, the message is tried
 * again by itself. Where the process is alive, somebody looks again a while later.
 *
 * Refuses: `message_not_found`.
 */
export const endSilent: Command<{ readonly messageId: MessageId }, SendingEnded> = {
  name: 'end-silent-sending',
  permission: 'reminder.send',
  async run(act, { messageId }) {
    const message = await lockMessage(act, messageId);
    if (!message) throw new Refusal('message_not_found', { messageId });
    if (message.state !== 'sending') return { state: message.state };
    const silent = await lockSilentAttempt(act, messageId, SENDING_SILENT_SECONDS_MAX);
    if (!silent) {
      act.enqueue(sendingJob(messageId, act.now.add({ seconds: SENDING_SILENT_SECONDS_MAX })));
      return { state: 'sending' };
    }
    const came = { messageId, attemptNo: silent.attemptNo, ...knownOf(silent) };
    const { ended, now, state } = end(act, message, await findAttempts(act, messageId), came);
    saveEnds(act, [{ ended, now }]);
    return { state };
  },
};

/** What is known of a try whose process died. */
function knownOf({ isHanded, outcome, answer }: SilentAttempt): Pick<EndSending, 'outcome' | 'answer'> {
  if (outcome !== null) return { outcome, answer: answer ?? '' };
  if (isHanded)
    return { outcome: 'unknown', answer: 'the process that sent it ended before it heard the answer' };
  return { outcome: 'later', answer: 'the process that was to send it ended before it did' };
}

/**
 * Takes back tries that were begun and not handed over, because what was looked at when they were let leave is no longer of
 * this moment, or the process ends: their messages are queued again, and the try does not count. What was handed over stays
 * as it is.
 *
 * Refuses: `message_not_found`.
 */
export const takeBack: Command<{ readonly tries: readonly AttemptId[] }, null> = {
  name: 'take-back-sending',
  permission: 'reminder.send',
  async run(act, { tries }) {
    const ids = tries.map(({ messageId }) => messageId);
    const messages = await lockMessages(act, ids);
    const taken = await endUnhanded(act, tries, { endedAt: act.now, answer: NOT_HANDED });
    const queued = [...messages.values()].filter(({ id, state }) => taken.has(id) && state === 'sending');
    updateMessages(
      act,
      queued.map((one) => ({ ...one, state: 'queued', tries: one.tries - 1, answer: NOT_HANDED })),
    );
    return null;
  },
};

const NOT_HANDED = 'not handed over soon enough after it was looked at; looked at again';

/** What a try came to: as it is noted, with the message as it is then, each where something changes. */
type End = SendingEnded & {
  readonly ended?: EndedAttempt | undefined;
  readonly now?: Message | undefined;
};

/** Writes what tries came to. */
function saveEnds(act: Act, ends: readonly Omit<End, 'state'>[]): void {
  updateAttempts(
    act,
    ends.flatMap(({ ended }) => ended ?? []),
  );
  updateMessages(
    act,
    ends.flatMap(({ now }) => now ?? []),
  );
}

function end(act: Act, message: Message, attempts: readonly Attempt[], input: EndSending): End {
  const attempt = present(
    attempts.find((a) => a.attemptNo === input.attemptNo),
    'a try that ends was begun',
  );
  const answer = keptOf(input.answer);
  if (message.state === 'sending' && attempt.outcome === 'sent' && attempt === attempts.at(-1)) {
    // Noted with the try as soon as it was heard; now with the message.
    const now = afterwards(act, message, 'sent', attempt.answer ?? answer);
    return { now: { ...now, sentAt: attempt.endedAt }, state: now.state };
  }
  const known = attempt.outcome !== null && attempt.outcome !== 'unknown';
  if (known || attempt.outcome === input.outcome) return { state: message.state };
  const { attemptNo, outcome } = input;
  const ended = { messageId: message.id, attemptNo, endedAt: act.now, outcome, answer };
  const waits = message.state === 'sending' || message.state === 'unknown';
  for (const reader of input.refusedReaders ?? []) refuseReader(act, message, reader);
  if (waits && attempt === attempts.at(-1)) {
    const { carrierReference } = input;
    const reference = carrierReference === undefined ? message.carrierReference : keepable(carrierReference);
    const now = afterwards(act, { ...message, carrierReference: reference }, outcome, answer);
    return { ended, now, state: now.state };
  }
  // A person decided meanwhile. That it was sent after all is news to them; anything else is what they decided about.
  if (outcome !== 'sent' || message.state !== 'queued') return { ended, state: message.state };
  const now = afterwards(act, message, 'sent', answer);
  return { ended, now, state: now.state };
}

/** What happened when a message came to an end, if only for now. */
const ENDS: Readonly<Partial<Record<MessageState, { readonly type: string }>>> = {
  sent: { type: 'message.sent' },
  refused: { type: 'message.refused' },
  failed: { type: 'message.failed' },
  unknown: { type: 'message.in_doubt' },
};

/** A reader of a copy whom the mail server would not have: noted as a bounce is, though the message itself was sent. */
function refuseReader(
  act: Act,
  message: Message,
  reader: { readonly address: string; readonly text: string },
): void {
  const detail = keptOf(reader.text);
  const severity = severityOf(statusIn(detail), detail);
  insertSignals(act, message.id, [{ kind: 'bounced', severity, address: reader.address, detail }]);
  stopIfDead(act, message, reader.address, detail);
  insertProblems(act, { ...message, messageId: message.id }, [
    { kind: 'bounced', severity, address: reader.address, detail },
  ]);
}

/** Stops an address of which the mail server said for certain that there is nobody. */
function stopIfDead(act: Act, message: Message, address: string, answer: string): void {
  if (message.channel !== 'email' || !saysNobodyThere(answer)) return;
  insertSuppressions(act, [{ address, purpose: null, reason: 'hard_bounce', detail: answer }], {
    messageId: message.id,
    actor: actorText(act.actor),
  });
}

/** A message that will not be taken over is work for a person. */
export function reportNotTaken(act: Act, message: Message, answer: string): void {
  stopIfDead(act, message, message.recipient, answer);
  const severity = message.channel === 'email' ? severityOf(statusIn(answer), answer) : null;
  insertProblems(act, { ...message, messageId: message.id }, [
    { kind: 'not_taken', severity, address: message.recipient, detail: answer },
  ]);
}

/** Says what happened to a message, and gives it as it is then. */
function afterwards(act: Act, message: Message, outcome: Outcome, answer: string): Message {
  const { state, nextTryAt } = afterTry(outcome, message.tries, act.now);
  const ended = ENDS[state];
  if (state === 'refused' || state === 'failed') reportNotTaken(act, message, answer);
  if (nextTryAt !== null) act.enqueue(sendingJob(message.id, nextTryAt));
  if (ended)
    act.record({
      ...ended,
      subjectId: message.id,
      customerId: message.customerId,
      data: {
        purpose: message.purpose,
        channel: message.channel,
        documentId: message.documentId,
        recipient: message.recipient,
        subject: message.subject,
        answer,
      },
    });
  return { ...message, state, answer, nextTryAt, sentAt: state === 'sent' ? act.now : null };
}

/**
 * Notes that a message could not be written (a document that cannot be drawn, a company without an address to write
 * from). Nothing was handed over, so it is tried again later like any other trouble, and shown as failed in the end; `forGood`
 * where trying again would not help, because the way is not set up.
 *
 * Refuses: `message_not_found`.
 */
export const noteNotWritten: Command<
  { readonly messageId: MessageId; readonly problem: string; readonly forGood?: boolean },
  SendingEnded
> = {
  name: 'note-not-written',
  permission: 'reminder.send',
  async run(act, { messageId, problem, forGood }) {
    const message = await lockMessage(act, messageId);
    if (!message) throw new Refusal('message_not_found', { messageId });
    if (message.state !== 'queued') return { state: message.state };
    const answer = keptOf(problem);
    const outcome = forGood ? 'refused' : 'later';
    const now = afterwards(act, { ...message, tries: message.tries + 1 }, outcome, answer);
    updateMessage(act, now);
    return { state: now.state };
  },
};
