// What the other side of a network says of an e-invoice: it arrived, was accepted, refused, approved, paid. Kept as proof; a refusal is
// work for a person. It never moves the books: that something is paid is known when the money is there.

import type { NetworkStatus } from '#carriers/put-network-document.ts';
import type { Command } from '#command/command.ts';
import type { MessageId } from '#kernel/id.ts';
import { HAPPENED } from './record-inbound.ts';
import { findMessage } from './store.ts';
import { insertProblems, insertSignals } from './store-fate.ts';

/** Keeps what was said of a message. One that is not there is nobody's affair: `recorded` is false. */
export const recordStatus: Command<
  { readonly messageId: MessageId; readonly status: NetworkStatus; readonly detail: string },
  { readonly recorded: boolean }
> = {
  name: 'record-network-status',
  permission: 'reminder.send',
  async run(act, { messageId, status, detail }) {
    const message = await findMessage(act, messageId);
    if (message?.channel !== 'network') return { recorded: false };
    insertSignals(act, messageId, [{ kind: status, severity: null, address: message.recipient, detail }]);
    if (status === 'rejected')
      insertProblems(act, { ...message, messageId }, [
        { kind: 'rejected', severity: null, address: message.recipient, detail },
      ]);
    act.record({
      ...HAPPENED[status],
      subjectId: messageId,
      customerId: message.customerId,
      data: { purpose: message.purpose, documentId: message.documentId, detail: detail.slice(0, 300) },
    });
    return { recorded: true };
  },
};
