// Whoever reads a reminder or statement stops them for an address, or says that another is right. The stop takes effect at once;
// another address is only ever work for a person.

import { isMailAddress } from '#carriers/mail-message.ts';
import { type Act, actorText, type Command } from '#command/command.ts';
import type { MessageId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { SignalKind } from './fate.ts';
import type { Message } from './message.ts';
import { HAPPENED } from './record-inbound.ts';
import { isStopLinkOpen, REDIRECTS_MAX, readersOf, type StopMeans } from './stop-link.ts';
import { findMessage, lockMessage } from './store.ts';
import {
  findSignals,
  findSuppressed,
  insertProblems,
  insertSignals,
  insertSuppressions,
} from './store-fate.ts';
import { lockAddress } from './store-stop.ts';

type AboutReader = { readonly messageId: MessageId; readonly address: string };

const MEANS: Readonly<Record<StopMeans, string>> = {
  one_click: 'stopped by its reader: one click in the mail program',
  page: 'stopped by its reader: button of the page behind the link',
};

/**
 * Stops what a message is for (reminders, or statements) for one of its readers. Where that is stopped already nothing is done: a
 * repeated click is no second stop. After a person lifted the stop, the same link stops again.
 *
 * Refuses: `message_not_found`, `stop_link_closed`, `reader_not_found`.
 */
export const recordOptOut: Command<AboutReader & { readonly means: StopMeans }, { readonly isNew: boolean }> =
  {
    name: 'record-opt-out',
    permission: 'reminder.send',
    async run(act, { messageId, address, means }) {
      const message = readerOf(await findMessage(act, messageId), messageId, address);
      // One reader has a link in each of its messages: of two clicks at once, on the same link or on two, one is the first.
      await lockAddress(act, address);
      const stopped = await findSuppressed(act, [address], message.purpose);
      if (stopped.size > 0) return { isNew: false };
      const detail = MEANS[means];
      insertSuppressions(act, [{ address, purpose: message.purpose, reason: 'opt_out', detail }], {
        messageId,
        actor: actorText(act.actor),
      });
      note(act, message, { kind: 'opted_out', address, detail });
      return { isNew: true };
    },
  };

/**
 * Notes that another address is the right one. Nothing changes but that a person has work.
 *
 * Refuses: `message_not_found`, `stop_link_closed`, `reader_not_found`, `delivery_address_not_valid`.
 */
export const recordRedirect: Command<AboutReader & { readonly to: string }, { readonly isNoted: boolean }> = {
  name: 'record-redirect',
  permission: 'reminder.send',
  async run(act, { messageId, address, to }) {
    if (!isMailAddress(to))
      throw new Refusal('delivery_address_not_valid', { field: 'to', address: to.slice(0, 260) });
    // Of two that come at once by one link one is the first.
    const message = readerOf(await lockMessage(act, messageId), messageId, address);
    const detail = `use ${to} instead of ${address}`;
    const before = (await findSignals(act, [messageId])).filter((s) => s.kind === 'redirect_wished');
    if (before.some((s) => s.detail === detail)) return { isNoted: true };
    if (before.length >= REDIRECTS_MAX) return { isNoted: false };
    note(act, message, { kind: 'redirect_wished', address: to, detail });
    return { isNoted: true };
  },
};

/** The message of a link, if it has that reader. */
function readerOf(message: Message | undefined, messageId: MessageId, address: string): Message {
  if (!message) throw new Refusal('message_not_found', { messageId });
  if (!isStopLinkOpen(message)) throw new Refusal('stop_link_closed', { messageId });
  if (!readersOf(message).includes(address)) throw new Refusal('reader_not_found', { messageId });
  return message;
}

/** Keeps it as proof, says that it happened, and makes it work for a person. */
function note(
  act: Act,
  message: Message,
  {
    kind,
    address,
    detail,
  }: {
    readonly kind: Extract<SignalKind, 'opted_out' | 'redirect_wished'>;
    readonly address: string;
    readonly detail: string;
  },
): void {
  insertSignals(act, message.id, [{ kind, severity: null, address, detail }]);
  insertProblems(act, { ...message, messageId: message.id }, [{ kind, severity: null, address, detail }]);
  act.record({
    ...HAPPENED[kind],
    subjectId: message.id,
    customerId: message.customerId,
    data: { purpose: message.purpose, documentId: message.documentId, address, detail },
  });
}
