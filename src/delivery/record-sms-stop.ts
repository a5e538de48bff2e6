// Whoever gets text messages answers that no more are wanted: from then on none goes to that number, whatever it would be about.

import { actorText, type Command } from '#command/command.ts';
import type { MessageId } from '#kernel/id.ts';
import { MESSAGE_PURPOSES } from './message.ts';
import { HAPPENED } from './record-inbound.ts';
import { findMessage } from './store.ts';
import {
  findLastBySms,
  findSuppressed,
  insertProblems,
  insertSignals,
  insertSuppressions,
} from './store-fate.ts';
import { lockAddress } from './store-stop.ts';

const DETAIL = 'stopped by its reader: answered by text message';

/**
 * Stops all text messages to a number. Answered twice, it is stopped once. The message it answers is the last one that
 * went there; a number that we never wrote to is stopped all the same.
 */
export const recordSmsStop: Command<
  { readonly number: string },
  { readonly isNew: boolean; readonly messageId: MessageId | null }
> = {
  name: 'record-sms-stop',
  permission: 'reminder.send',
  async run(act, { number }) {
    await lockAddress(act, number);
    const messageId = (await findLastBySms(act, number)) ?? null;
    const stopped = await Promise.all(
      MESSAGE_PURPOSES.map((purpose) => findSuppressed(act, [number], purpose)),
    );
    if (stopped.every(({ size }) => size > 0)) return { isNew: false, messageId };
    insertSuppressions(act, [{ address: number, purpose: null, reason: 'opt_out', detail: DETAIL }], {
      messageId,
      actor: actorText(act.actor),
    });
    const message = messageId === null ? undefined : await findMessage(act, messageId);
    if (!message) return { isNew: true, messageId: null };
    const signal = { kind: 'opted_out', severity: null, address: number, detail: DETAIL } as const;
    insertSignals(act, message.id, [signal]);
    insertProblems(act, { ...message, messageId: message.id }, [signal]);
    act.record({
      ...HAPPENED.opted_out,
      subjectId: message.id,
      customerId: message.customerId,
      data: { purpose: message.purpose, documentId: message.documentId, address: number, detail: DETAIL },
    });
    return { isNew: true, messageId };
  },
};
