// Saying for which reasons of one's own credit notes may be given from now on; what was issued keeps its code.

import type { Command } from '#command/command.ts';
import { checkOwnReasons, type OwnReason } from './reason-for-credit.ts';
import { replaceCreditReasonRows } from './store-credits.ts';

export type ReplaceCreditReasons = { readonly reasons: readonly OwnReason[] };

/** Replaces all reasons of the tenant's own. Refuses: what `checkOwnReasons` refuses. */
export const replaceCreditReasons: Command<ReplaceCreditReasons, { readonly reasons: number }> = {
  name: 'replace-credit-reasons',
  permission: 'company.manage',
  async run(act, input) {
    checkOwnReasons(input.reasons);
    replaceCreditReasonRows(act, input.reasons);
    act.record({
      type: 'credit_reasons.replaced',
      subjectId: act.tenantId,
      data: { reasons: input.reasons.map(({ code, label, names }) => ({ code, label, names: names ?? {} })) },
    });
    return { reasons: input.reasons.length };
  },
};
