// What a person does about a message that did not arrive: closes the problem, stops an address or lets it be written to again.

import { isMailAddress } from '#carriers/mail-message.ts';
import { actorText, type Command } from '#command/command.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { MessagePurpose } from './message.ts';
import {
  closeProblem,
  insertSuppressions,
  liftSuppression,
  lockProblem,
  lockSuppression,
} from './store-fate.ts';

/**
 * Closes a problem with what was done about it.
 *
 * Refuses: `problem_not_found`, `problem_closed`.
 */
export const settleProblem: Command<
  { readonly problemId: string; readonly resolution: string },
  { readonly problemId: string }
> = {
  name: 'settle-delivery-problem',
  permission: 'reminder.send',
  async run(act, { problemId, resolution }) {
    const problem = await lockProblem(act, problemId);
    if (!problem) throw new Refusal('problem_not_found', { problemId });
    if (problem.closed_at !== null)
      throw new Refusal('problem_closed', { closedAt: problem.closed_at.toString() });
    closeProblem(act, problemId, { actor: actorText(act.actor), resolution });
    act.record({
      type: 'delivery_problem.settled',
      subjectId: problemId,
      customerId: problem.customer_id,
      data: {
        kind: problem.kind,
        messageId: problem.message_id,
        documentId: problem.document_id,
        resolution,
      },
    });
    return { problemId };
  },
};

/** Stops an address by hand, for all purposes or one. Refuses: `delivery_address_not_valid`. */
export const stopAddress: Command<
  {
    readonly address: string;
    readonly purpose: MessagePurpose | null;
    readonly reason: 'by_hand' | 'opt_out';
    readonly detail: string;
  },
  { readonly address: string }
> = {
  name: 'stop-address',
  permission: 'customer.edit',
  async run(act, { address, purpose, reason, detail }) {
    if (!isMailAddress(address))
      throw new Refusal('delivery_address_not_valid', { field: 'address', address: address.slice(0, 260) });
    insertSuppressions(act, [{ address, purpose, reason, detail }], {
      messageId: null,
      actor: actorText(act.actor),
    });
    act.record({
      type: 'address.stopped',
      subjectId: act.commandId,
      data: { address, purpose, reason, detail },
    });
    return { address: address.toLowerCase() };
  },
};

/**
 * Lets things be sent to an address again, for a reason: it was mended, or the reader asked for it.
 *
 * Refuses: `suppression_not_found`, `suppression_lifted`.
 */
export const liftStop: Command<
  { readonly suppressionId: string; readonly reason: string },
  { readonly address: string }
> = {
  name: 'lift-stop',
  permission: 'customer.edit',
  async run(act, { suppressionId, reason }) {
    const stop = await lockSuppression(act, suppressionId);
    if (!stop) throw new Refusal('suppression_not_found', { suppressionId });
    if (stop.lifted_at !== null)
      throw new Refusal('suppression_lifted', { liftedAt: stop.lifted_at.toString() });
    liftSuppression(act, suppressionId, { actor: actorText(act.actor), reason });
    act.record({
      type: 'address.lifted',
      subjectId: suppressionId,
      data: { address: stop.address, purpose: stop.purpose, was: stop.reason, reason },
    });
    return { address: stop.address };
  },
};
