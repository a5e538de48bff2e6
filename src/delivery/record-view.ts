// Somebody took a document by the link in its mail: the first time is kept as proof. And the link being ended by a person.

import { actorText, type Command } from '#command/command.ts';
import type { MessageId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { HAPPENED } from './record-inbound.ts';
import { lockMessage } from './store.ts';
import { insertSignals } from './store-fate.ts';
import { endView, findView, isViewed } from './store-view.ts';

/** Notes that a document was taken; only the first time is news. Refuses: `message_not_found`. */
export const recordView: Command<
  { readonly messageId: MessageId; readonly fileName: string },
  { readonly isFirst: boolean }
> = {
  name: 'record-view',
  permission: 'reminder.send',
  async run(act, { messageId, fileName }) {
    // Locked, so that of two who look at the same time one is the first.
    const message = await lockMessage(act, messageId);
    if (!message) throw new Refusal('message_not_found', { messageId });
    if (await isViewed(act, messageId)) return { isFirst: false };
    insertSignals(act, messageId, [{ kind: 'viewed', severity: null, address: null, detail: fileName }]);
    act.record({
      ...HAPPENED.viewed,
      subjectId: messageId,
      customerId: message.customerId,
      data: { purpose: message.purpose, documentId: message.documentId, detail: fileName },
    });
    return { isFirst: true };
  },
};

/**
 * Ends the link in a mail, for good: it went to somebody it should not have gone to.
 *
 * Refuses: `message_not_found`, `view_link_not_found`, `view_link_ended`.
 */
export const endViewLink: Command<{ readonly messageId: MessageId }, { readonly messageId: string }> = {
  name: 'end-view-link',
  permission: 'reminder.send',
  async run(act, { messageId }) {
    const message = await lockMessage(act, messageId);
    if (!message) throw new Refusal('message_not_found', { messageId });
    const link = await findView(act, messageId);
    if (!link) throw new Refusal('view_link_not_found', { messageId });
    if (link.endedAt !== null) throw new Refusal('view_link_ended', { endedAt: link.endedAt.toString() });
    endView(act, messageId, actorText(act.actor));
    act.record({
      type: 'message.view_link_ended',
      subjectId: messageId,
      customerId: message.customerId,
      data: { purpose: message.purpose, documentId: message.documentId },
    });
    return { messageId };
  },
};
