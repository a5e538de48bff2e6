// A document that did not arrive goes by the next way its customer allows, once for each message that was lost.

import type { Command } from '#command/command.ts';
import { type Channel, sendingChannel } from '#delivery/message.ts';
import { chooseWay } from '#delivery/preference.ts';
import { takeMessage } from '#delivery/read-message.ts';
import { readReach, readReplacement } from '#delivery/read-reach.ts';
import { present } from '#kernel/assert.ts';
import type { InvoiceId, MessageId } from '#kernel/id.ts';
import { takeCompany } from '#parties/take-party.ts';
import { queued } from './deliver-invoices.ts';
import { findInvoice } from './store.ts';

export type MessageReplaced = {
  readonly messageId: string | null;
  readonly channel: Channel | null;
  /** Why nothing takes its place. */
  readonly reason: 'no_document' | 'voided' | 'replaced_already' | 'no_other_way' | null;
};

/**
 * Queues what takes the place of a message that did not arrive. The channels behind the failed one are tried in the customer's order;
 * where none is left, or the customer wants no other, the problem that is open already is all there is.
 *
 * Refuses: `message_not_found`.
 */
export const replaceMessage: Command<{ readonly messageId: MessageId }, MessageReplaced> = {
  name: 'replace-message',
  permission: 'reminder.send',
  constraints: { message_replaces: 'message_replaced' },
  async run(act, { messageId }) {
    const nothing = (reason: MessageReplaced['reason']): MessageReplaced => ({
      messageId: null,
      channel: null,
      reason,
    });
    const message = await takeMessage(act, messageId);
    const [row, before] = await Promise.all([
      message.documentId === null ? undefined : findInvoice(act, message.documentId as InvoiceId),
      readReplacement(act, messageId),
    ]);
    if (!row) return nothing('no_document');
    if (before !== undefined) return nothing('replaced_already');
    if (row.voided_on !== null) return nothing('voided');
    const [company, reaches] = await Promise.all([
      takeCompany(act, row.company_id),
      readReach(act, row.company_id, [row.customer_id], 'invoice'),
    ]);
    const reach = present(reaches.get(row.customer_id), 'a document has its customer');
    const way = chooseWay(reach, sendingChannel(message));
    if (!way) return nothing('no_other_way');
    const made = queued(act, { row, company, reach, way, replacesId: messageId });
    return { messageId: made.messageId, channel: made.channel, reason: null };
  },
};
