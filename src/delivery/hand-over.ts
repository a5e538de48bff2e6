// Handing bytes over to whoever carries them, and noting what became of that. From here on nothing tries again but what surely was
// not taken over.

import { setTimeout as sleep } from 'node:timers/promises';
import type { SendOutcome } from '#carriers/send-mail.ts';
import { carryOut } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import { uuidFrom } from '#jobs/job.ts';
import { assert, present } from '#kernel/assert.ts';
import type { CommandId, MessageId, TenantId } from '#kernel/id.ts';
import { SENDING_ALIVE_SECONDS } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { Letter } from './begin-sending.ts';
import { type EndSending, endSending, endTogether } from './end-sending.ts';
import { type Message, type MessageState, type Outcome, sendingChannel } from './message.ts';
import type { MailTools } from './send-message.ts';
import { updateAlive } from './store.ts';
import type { Places } from './take-places.ts';

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

/**
 * Hands several over side by side. Answers that are heard together are noted together; one that is late keeps none of the others
 * waiting.
 */
export async function handOverTogether(
  tools: MailTools,
  tenantId: TenantId,
  all: readonly OnItsWay[],
  { outcomes, places }: { readonly outcomes: Outcomes; readonly places: Places },
): Promise<void> {
  const stop = giveSignsOfLife(tools, tenantId, all);
  const heard: EndSending[] = [];
  let onTheWay = all.length;
  const done = Promise.all(
    all.map(async (one) => {
      try {
        heard.push(await hear(tools, tenantId, one));
      } catch (error) {
        outcomes.set(one.message.id, asError(error));
      } finally {
        onTheWay -= 1;
      }
    }),
  );
  try {
    while (onTheWay > 0 || heard.length > 0) {
      if (onTheWay > 0) await Promise.race([done, sleep(HEARD_MS, undefined, { ref: false })]);
      const ended = heard.splice(0);
      if (ended.length === 0) continue;
      await noteAnswers(tools, tenantId, ended, outcomes);
      places.giveBack(ended.length);
    }
  } finally {
    stop();
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
