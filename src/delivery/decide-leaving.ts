// What becomes of messages in the moment they are about to leave: each is decided by itself, and what was decided of all is written
// together, in the transaction that lets them leave.

import { createHash } from 'node:crypto';
import type { Act } from '#command/command.ts';
import {
  type Begun,
  fingerprintOf,
  type JudgedMessage,
  type Leaving,
  type Letter,
  type MessageSource,
  NO_WAY,
  type Reading,
  writtenFrom,
} from './begin-sending.ts';
import { type Message, type MessageState, sendingChannel, type TransportKind } from './message.ts';
import { openProblem } from './open-problem.ts';
import { sendingJob } from './queue-message.ts';
import { type Attempt, insertAttempts, type NewAttempt, updateMessages } from './store.ts';

/** A message that is locked, with what there is to say in it now and what was tried before. */
export type AboutToLeave = Pick<Leaving, 'transport'> & {
  readonly message: Message;
  /** Nothing of a message that is not queued, or not yet to be sent. */
  readonly reading: Reading<unknown> | undefined;
  readonly attempts: readonly Attempt[];
  /** As it was written; nothing where it is still to be. */
  readonly letter: Letter | undefined;
};

/** What lets messages leave: `isHanded` where each is handed over at once, `false` where that is marked before it is. */
export type Leave = { readonly source: MessageSource; readonly isHanded: boolean };

type Judging = Pick<AboutToLeave, 'message'> & { readonly reading: Reading<unknown> };

/** What is to become of a message; `perhapsSaid` as in `Saying`. */
type Decision =
  | { readonly kind: 'stop'; readonly state: MessageState }
  | { readonly kind: 'again' }
  | (Judging & { readonly kind: 'wait'; readonly waits: NonNullable<Reading<unknown>['waits']> })
  | (Judging & { readonly kind: 'drop'; readonly reason: string; readonly perhapsSaid: boolean })
  | (Judging & {
      readonly kind: 'leave';
      readonly mail: NonNullable<Leaving['letter']['mail']>;
      readonly transport: TransportKind;
      readonly attemptNo: number;
      readonly perhapsSaid: boolean;
    });

/** Lets messages of one purpose leave, wait or drops them, in the order they are given. */
export async function letLeave(
  act: Act,
  { source, isHanded }: Leave,
  all: readonly AboutToLeave[],
): Promise<readonly Begun[]> {
  const decided = all.map(decide);
  await source.judged?.(act, decided.flatMap(judgedIn));
  source.save(act, decided.flatMap(sayingIn));
  insertAttempts(
    act,
    decided.flatMap((one) => (one.kind === 'leave' ? attemptOf(act, { source, isHanded }, one) : [])),
  );
  updateMessages(
    act,
    decided.flatMap((one) => afterwards(act, one) ?? []),
  );
  for (const one of decided) tell(act, one);
  return decided.map(begunBy);
}

function decide({ message, letter, transport, reading: read, attempts }: AboutToLeave): Decision {
  if (message.state !== 'queued' || read === undefined) return { kind: 'stop', state: message.state };
  const reading = read;
  const isOf = letter?.fingerprint === undefined || letter.fingerprint === fingerprintOf(reading);
  if (!isOf) return { kind: 'again' };
  const { waits, silent } = reading;
  if (waits && silent === undefined) return { kind: 'wait', message, reading, waits };
  const perhapsSaid = attempts.some((a) => a.outcome === null || a.outcome === 'unknown');
  if (letter === undefined && silent === undefined) return { kind: 'again' };
  const mail = letter?.mail;
  if (mail === undefined)
    return { kind: 'drop', message, reading, reason: silent ?? 'nothing_to_say', perhapsSaid };
  const attemptNo = (attempts.at(-1)?.attemptNo ?? 0) + 1;
  return { kind: 'leave', message, reading, mail, transport, attemptNo, perhapsSaid };
}

function judgedIn(one: Decision): readonly JudgedMessage<unknown>[] {
  if (one.kind === 'stop' || one.kind === 'again') return [];
  const { message, reading } = one;
  const about = { message, content: reading.content };
  if (one.kind === 'wait') return [{ ...about, judged: { verdict: 'waits' } }];
  if (one.kind === 'drop') return [{ ...about, judged: { verdict: 'dropped', reason: one.reason } }];
  return [{ ...about, judged: { verdict: 'passed', attemptNo: one.attemptNo } }];
}

function sayingIn(one: Decision) {
  if (one.kind !== 'drop' && one.kind !== 'leave') return [];
  return [{ message: one.message, content: one.reading.content, perhapsSaid: one.perhapsSaid }];
}

/** What stays in the house, and the state it is in then: in the built-in outbox for good, to be printed until it is posted. */
const STAYS: Readonly<
  Partial<Record<TransportKind, { readonly state: MessageState; readonly answer: string }>>
> = {
  outbox: { state: 'sent', answer: 'kept in the built-in outbox' },
  print: { state: 'ready', answer: 'ready to be printed and posted' },
};

/** Whether a message is sent with that: into the built-in outbox. */
function isKept(transport: TransportKind): boolean {
  return STAYS[transport]?.state === 'sent';
}

function attemptOf(
  act: Act,
  { source, isHanded }: Leave,
  { message, reading, mail, transport, attemptNo }: Extract<Decision, { kind: 'leave' }>,
): NewAttempt {
  const kept = isKept(transport);
  return {
    messageId: message.id,
    attemptNo,
    transport,
    raw: mail.raw,
    sha256: createHash('sha256').update(mail.raw).digest(),
    // What lies ready is looked at again before it is printed; what is handed over is not.
    writtenFrom: transport === 'print' ? writtenFrom(source, reading) : null,
    startedAt: act.now,
    endedAt: kept ? act.now : null,
    outcome: kept ? 'sent' : null,
    answer: kept ? (STAYS[transport]?.answer ?? null) : null,
    // What stays in the house is there already.
    isHanded: isHanded || STAYS[transport] !== undefined,
  };
}

/** The message as it is then; nothing where it stays as it is. */
function afterwards(act: Act, one: Decision): Message | undefined {
  if (one.kind === 'stop' || one.kind === 'again') return undefined;
  const { message, reading } = one;
  if (one.kind === 'wait') return { ...message, answer: one.waits.reason, nextTryAt: one.waits.until };
  if (one.kind === 'drop') return { ...message, state: 'dropped', answer: one.reason, nextTryAt: null };
  const staying = STAYS[one.transport];
  return {
    ...message,
    recipient: reading.recipient ?? message.recipient,
    copies: reading.copies ?? [],
    language: reading.language,
    state: staying?.state ?? 'sending',
    subject: one.mail.subject,
    tries: message.tries + 1,
    answer: staying?.answer ?? null,
    transport: one.transport,
    sentAt: isKept(one.transport) ? act.now : null,
    nextTryAt: null,
  };
}

/** Says what happened, and leaves the work that follows from it. */
function tell(act: Act, one: Decision): void {
  // What waits is read again then.
  if (one.kind === 'wait') act.enqueue(sendingJob(one.message.id, one.waits.until));
  if (one.kind === 'drop') tellDropped(act, one.message, one.reason);
  if (one.kind !== 'leave' || !isKept(one.transport)) return;
  const { message, reading, mail } = one;
  act.record({
    type: 'message.sent',
    subjectId: message.id,
    customerId: message.customerId,
    data: {
      purpose: message.purpose,
      recipient: reading.recipient ?? message.recipient,
      subject: mail.subject,
      transport: 'outbox',
    },
  });
}

/** A message about which nothing is left to say, or that no way is open for: that is work for a person. */
function tellDropped(act: Act, message: Message, reason: string): void {
  act.record({
    type: 'message.dropped',
    subjectId: message.id,
    customerId: message.customerId,
    data: { purpose: message.purpose, reason },
  });
  if (reason !== NO_WAY) return;
  const detail = `no way by ${sendingChannel(message)} is open any more`;
  openProblem(
    act,
    { ...message, messageId: message.id },
    { kind: 'no_way', severity: null, address: message.recipient, detail },
  );
}

function begunBy(one: Decision): Begun {
  switch (one.kind) {
    case 'stop':
      return { next: 'stop', state: one.state };
    case 'again':
      return { next: 'again' };
    case 'wait':
      return { next: 'stop', state: 'queued' };
    case 'drop':
      return { next: 'stop', state: 'dropped' };
    case 'leave': {
      const staying = STAYS[one.transport];
      return staying ? { next: 'stop', state: staying.state } : { next: 'send', attemptNo: one.attemptNo };
    }
  }
}
