// Handing bytes over to whoever carries them, and noting what became of that. From here on nothing tries again but what surely
// was not taken over.

import { setTimeout as sleep } from 'node:timers/promises';
import type { SendOutcome } from '#carriers/send-mail.ts';
import { carryOut } from '#command/command.ts';
import type { Pool } from '#db/pool.ts';
import { inTenant } from '#db/transaction.ts';
import { uuidFrom } from '#jobs/job.ts';
import { assert, present } from '#kernel/assert.ts';
import type { CommandId, MessageId, TenantId } from '#kernel/id.ts';
import { SENDING_ALIVE_SECONDS } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { Letter } from './begin-sending.ts';
import { type EndSending, endSending, endTogether, keptOf, takeBack } from './end-sending.ts';
import {
  type Message,
  type MessageState,
  type Outcome,
  SENDING_AT_ONCE_MAX,
  sendingChannel,
} from './message.ts';
import type { MailTools } from './send-message.ts';
import { type AttemptId, type PassingOn, passOn, updateAlive } from './store.ts';
import { inDoubtAtMost, type Places } from './take-places.ts';

/** A message whose try was begun: it may be handed over now, once. */
export type OnItsWay = { readonly message: Message; readonly attemptNo: number; readonly letter: Letter };

/** Hands the bytes over and notes the answer. */
export async function handOver(tools: MailTools, tenantId: TenantId, one: OnItsWay): Promise<MessageState> {
  const stop = giveSignsOfLife(tools, tenantId, [one]);
  try {
    return await noteAnswer(tools, tenantId, await hear(tools, tenantId, one));
  } finally {
    stop();
  }
}

/** What became of each: its state, or what went wrong with it here. */
export type Outcomes = Map<MessageId, MessageState | Error>;

/** How long after they were let leave messages are handed over; later they are looked at again. */
const HANDED_WITHIN_MS = 5_000;

/** What messages that left are handed over with: where their outcomes go, and what ends it. */
type HandingOver = { readonly outcomes: Outcomes; readonly ending: AbortSignal | undefined };

/**
 * Hands over messages that were let leave together, so many at a time as there are places for. What was not handed over soon
 * after it was looked at, or before the process ends, is taken back: it is queued again, and has no outcome here.
 */
export async function handOverTogether(
  tools: MailTools,
  tenantId: TenantId,
  all: readonly OnItsWay[],
  how: HandingOver,
): Promise<void> {
  if (all.length === 0) return;
  const rest = restOf(tools, tenantId, all, how);
  try {
    while (rest.isThere())
      await inDoubtAtMost(rest.count(), (places) =>
        handOverInPlaces(tools, tenantId, rest, { ...how, places }),
      );
  } finally {
    await rest.close();
  }
}

/** The same where places were taken for them before they were let leave. */
export async function handOverAtOnce(
  tools: MailTools,
  tenantId: TenantId,
  all: readonly OnItsWay[],
  how: HandingOver & { readonly places: Places },
): Promise<void> {
  how.places.giveBack(how.places.count - all.length);
  if (all.length === 0) return;
  const rest = restOf(tools, tenantId, all, how);
  try {
    await handOverInPlaces(tools, tenantId, rest, how);
  } finally {
    await rest.close();
  }
}

/** Messages that were let leave and are still to be handed over; those it is too late for are taken back by themselves. */
type Rest = {
  /** Whether there are some. */
  isThere(): boolean;
  /** How many may be handed over at a time. */
  count(): number;
  /** The next ones, which are to be marked before they are. */
  take(count: number): readonly OnItsWay[];
  /** Gives those back that were taken and not handed over. */
  giveBack(some: readonly OnItsWay[]): void;
  /** Takes back what is left. */
  close(): Promise<void>;
};

function restOf(
  tools: MailTools,
  tenantId: TenantId,
  all: readonly OnItsWay[],
  { ending }: Pick<HandingOver, 'ending'>,
): Rest {
  const waiting = [...all];
  const stop = giveSignsOfLife(tools, tenantId, all);
  const takingBack: Promise<void>[] = [];
  let isOver = false;
  const giveUp = () => {
    isOver = true;
    const tries = waiting.splice(0).map(idOf);
    if (tries.length > 0) takingBack.push(takeBackAll(tools, tenantId, tries));
  };
  if (ending?.aborted) giveUp();
  const timer = setTimeout(giveUp, HANDED_WITHIN_MS);
  ending?.addEventListener('abort', giveUp);
  return {
    isThere: () => waiting.length > 0,
    count: () => Math.min(waiting.length, SENDING_AT_ONCE_MAX),
    take: (count) => waiting.splice(0, count),
    giveBack: (some) => {
      waiting.unshift(...some);
      if (isOver) giveUp();
    },
    close: async () => {
      clearTimeout(timer);
      ending?.removeEventListener('abort', giveUp);
      giveUp();
      await Promise.all(takingBack);
      stop();
    },
  };
}

/** Takes tries back. Where that cannot be noted, whoever looks after messages of processes that died finds them. */
async function takeBackAll(tools: MailTools, tenantId: TenantId, tries: readonly AttemptId[]): Promise<void> {
  try {
    await carryOut(tools.door, await tools.contextOf(tenantId), takeBack, { tries });
  } catch (error) {
    tools.log.warn({ err: error, tenantId }, 'messages that were not handed over could not be taken back');
  }
}

const idOf = ({ message, attemptNo }: OnItsWay): AttemptId => ({ messageId: message.id, attemptNo });

/**
 * Hands messages over in places that were taken. Answers that are heard together are noted together, and where all of them came
 * soon the next are marked as handed over with that, which then take their places; one that is late keeps its own, and none of
 * the others waiting. Throws nothing: places are given back only once what is in them was heard of and noted.
 */
async function handOverInPlaces(
  tools: MailTools,
  tenantId: TenantId,
  rest: Rest,
  { places, outcomes }: { readonly places: Places; readonly outcomes: Outcomes },
): Promise<void> {
  const heard: EndSending[] = [];
  const onTheWay = new Map<MessageId, Promise<void>>();
  const hand = (one: OnItsWay) => {
    const { id } = one.message;
    const answered = hear(tools, tenantId, one).then(
      (ended) => void heard.push(ended),
      (error: unknown) => void outcomes.set(id, asError(error)),
    );
    onTheWay.set(
      id,
      answered.finally(() => onTheWay.delete(id)),
    );
  };
  let since = 0;
  const handNext = (next: readonly OnItsWay[], marked: ReadonlySet<MessageId>, taken: number) => {
    const handed = next.filter(({ message }) => marked.has(message.id));
    places.giveBack(taken - handed.length);
    if (handed.length === 0) return;
    places.handOn();
    since = performance.now();
    for (const one of handed) hand(one);
  };
  /** Noted with their tries, and to be noted with their messages. */
  const taken: EndSending[] = [];
  const note = (ended: readonly EndSending[]) =>
    noteAnswers(tools, tenantId, [...taken.splice(0), ...ended], outcomes);
  const handMarked = async (next: readonly OnItsWay[], freed: number) =>
    handNext(next, await mark(tools, tenantId, next), freed);
  await handMarked(rest.take(places.count), places.held());
  while (onTheWay.size > 0 || heard.length > 0) {
    if (onTheWay.size > 0)
      await Promise.race([Promise.all(onTheWay.values()), sleep(HEARD_MS, undefined, { ref: false })]);
    const ended = heard.splice(0);
    pace.isQuick = onTheWay.size === 0 && performance.now() - since < HEARD_MS;
    if (ended.length === 0) continue;
    const next = pace.isQuick && ended.every(isPlain) ? rest.take(ended.length) : [];
    const passedOn = next.length > 0 ? await passOnTo(tools, tenantId, ended, next) : undefined;
    if (passedOn) {
      taken.push(...ended);
      handNext(next, passedOn, ended.length);
      continue;
    }
    await note(ended);
    // What was not passed on is looked at anew; others are taken only now, since noting can take its time.
    rest.giveBack(next);
    await handMarked(rest.take(ended.length), ended.length);
  }
  await note([]);
}

/** Whether a message was taken over, and nothing more is to be noted. */
const isPlain = ({ outcome, refusedReaders, carrierReference }: EndSending): boolean =>
  outcome === 'sent' && refusedReaders === undefined && carrierReference === undefined;

/**
 * Notes with the tries that their messages were taken over and marks the next, in one small transaction: they are in doubt no
 * more. Gives those of the next that may be handed over; nothing where that failed.
 */
function passOnTo(
  { door, clock }: MailTools,
  tenantId: TenantId,
  ended: readonly EndSending[],
  next: readonly OnItsWay[],
): Promise<ReadonlySet<MessageId> | undefined> {
  const endedAt = clock();
  const heard = ended.map((one) => ({ ...one, answer: keptOf(one.answer), endedAt }));
  return passOnAtOnce(door.pool, tenantId, { heard, next: next.map(idOf) }).catch(() => undefined);
}

/** Passes on in a transaction of its own, whose end is sent without waiting for what comes before it. */
async function passOnAtOnce(
  pool: Pool,
  tenantId: TenantId,
  passing: PassingOn,
): Promise<ReadonlySet<MessageId>> {
  const { marked } = await inTenant(pool, tenantId, async (tx) => {
    const marked = passOn(tx, passing);
    // Should it fail, so does the transaction.
    marked.catch(() => {});
    return { marked };
  });
  return marked;
}

/** How fast messages of this process were handed over lately. */
const pace = { isQuick: false };

/** Whether messages are handed over so quickly that many may leave together and still go soon after they were looked at. */
export function isHandedOverQuickly(): boolean {
  return pace.isQuick;
}

/**
 * Marks messages as handed over; gives those that may be. Where it is not heard whether that was noted, none may: whoever
 * looks after messages of processes that died finds them.
 */
async function mark(
  { door, log }: MailTools,
  tenantId: TenantId,
  next: readonly OnItsWay[],
): Promise<ReadonlySet<MessageId>> {
  if (next.length === 0) return new Set();
  try {
    return await passOnAtOnce(door.pool, tenantId, { heard: [], next: next.map(idOf) });
  } catch (error) {
    log.warn({ err: error, tenantId }, 'messages could not be marked as handed over, and were not');
    return new Set();
  }
}

export const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

/** How long answers that were heard wait for those that were not. */
const HEARD_MS = 250;

/** Hands the bytes over and gives what was heard. */
async function hear(
  tools: MailTools,
  tenantId: TenantId,
  { message, attemptNo, letter }: OnItsWay,
): Promise<EndSending> {
  const mail = present(letter.mail, 'what is handed over was written');
  const heard = await give(tools, tenantId, message, mail);
  return { messageId: message.id, attemptNo, ...answerOf(heard) };
}

/** Hands the bytes to whoever carries them. */
async function give(
  tools: MailTools,
  tenantId: TenantId,
  message: Message,
  mail: NonNullable<Letter['mail']>,
): Promise<SendOutcome & { readonly reference?: string | undefined }> {
  const channel = sendingChannel(message);
  if (channel === 'email') {
    const { transport } = tools;
    assert(transport.kind === 'smtp', 'what stays in the outbox is not handed over');
    return transport.send(mail.envelope, mail.raw);
  }
  const carrier = present(tools.carriers?.[channel], 'what has no carrier is not handed over');
  return carrier.send({
    tenantId,
    messageId: message.id,
    recipient: present(mail.envelope.to[0], 'what is sent goes to somebody'),
    subject: mail.subject,
    fileName: mail.fileName ?? message.id,
    file: mail.raw,
  });
}

const OUTCOME_OF: Readonly<Record<SendOutcome['kind'], Outcome>> = {
  accepted: 'sent',
  refused: 'refused',
  trouble: 'later',
  unknown: 'unknown',
};

function answerOf(
  heard: SendOutcome & { readonly reference?: string | undefined },
): Omit<EndSending, 'messageId' | 'attemptNo'> {
  const outcome = OUTCOME_OF[heard.kind];
  if (heard.kind !== 'accepted') return { outcome, answer: heard.text };
  const refusedReaders = heard.refusedRecipients
    .filter((reader) => reader.permanent)
    .map(({ address, text }) => ({ address, text }));
  return {
    outcome,
    answer: heard.reply,
    ...(refusedReaders.length > 0 ? { refusedReaders } : {}),
    ...(heard.reference === undefined ? {} : { carrierReference: heard.reference }),
  };
}

/** How often an answer that was heard is tried to be noted, should the database be away for a moment. */
const NOTING_TRIES_MAX = 5;
const NOTING_PAUSE_MS = 2_000;

/** Notes an answer. It is worth several tries: an answer that is lost makes a sent message one of unknown fate. */
async function noteAnswer(tools: MailTools, tenantId: TenantId, ended: EndSending): Promise<MessageState> {
  const commandId = uuidFrom(`answer\n${ended.messageId}\n${ended.attemptNo}`) as CommandId;
  for (let tries = 1; ; tries += 1) {
    try {
      const context = await tools.contextOf(tenantId);
      return (await carryOut(tools.door, context, endSending, ended, { commandId })).state;
    } catch (error) {
      if (error instanceof Refusal || tries >= NOTING_TRIES_MAX) throw error;
      tools.log.error({ err: error, messageId: ended.messageId }, 'an answer could not be noted');
      await sleep(NOTING_PAUSE_MS);
    }
  }
}

/** Notes answers together; where that fails, each alone. */
async function noteAnswers(
  tools: MailTools,
  tenantId: TenantId,
  ended: readonly EndSending[],
  outcomes: Outcomes,
): Promise<void> {
  if (ended.length === 0) return;
  try {
    const states = await carryOut(tools.door, await tools.contextOf(tenantId), endTogether, { ended });
    for (const [index, { messageId }] of ended.entries())
      outcomes.set(messageId, present(states[index], 'each answer was noted').state);
  } catch {
    // Whatever it was is met again, by the one it is about.
    for (const one of ended)
      outcomes.set(one.messageId, await noteAnswer(tools, tenantId, one).catch(asError));
  }
}

function giveSignsOfLife(tools: MailTools, tenantId: TenantId, all: readonly OnItsWay[]): () => void {
  const timer = setInterval(() => {
    inTenant(tools.door.pool, tenantId, async (tx) => {
      for (const { message, attemptNo } of all) updateAlive(tx, message.id, attemptNo);
    }).catch((error: unknown) => tools.log.error({ err: error, tenantId }, 'no sign of life could be given'));
  }, SENDING_ALIVE_SECONDS * 1_000);
  timer.unref();
  return () => clearInterval(timer);
}
