// Taking a request back before it is decided.

import { actorText, type Command } from '#command/command.ts';
import { readPersonBehind } from '#identity/read-people.ts';
import { checkRequester } from './approval.ts';
import { takeLocked } from './request-approval.ts';
import { endApproval } from './store.ts';

/** Takes a request back; only who asked can. Refuses: `approval_not_found`, what `checkRequester` refuses. */
export const withdrawApproval: Command<
  { readonly approvalId: string },
  { readonly approvalId: string; readonly state: 'withdrawn' }
> = {
  name: 'withdraw-approval',
  permission: 'approval.request',
  async run(act, input) {
    const [approval, personId] = await Promise.all([
      takeLocked(act, input.approvalId),
      readPersonBehind(act, act.actor),
    ]);
    checkRequester(approval, { actor: actorText(act.actor), personId, now: act.now });
    endApproval(act, approval.id, 'withdrawn', null);
    act.record({
      type: 'approval.withdrawn',
      subjectId: approval.id,
      customerId: approval.customerId,
      data: { operation: approval.operation },
    });
    return { approvalId: approval.id, state: 'withdrawn' };
  },
};
