// Setting the rules for one kind of decision: a new version, for requests to come.

import { actorText, type Command } from '#command/command.ts';
import type { Json } from '#kernel/canonical.ts';
import { toDecimal } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { Registry } from './approvable.ts';
import { checkPolicy, type Policy } from './policy.ts';
import { findPolicy, insertPolicy } from './store.ts';

export type ChangePolicy = {
  readonly kind: string;
  /** The version that was looked at; 0 where no rules were set. */
  readonly version: number;
  readonly policy: Policy;
};

/**
 * Sets rules. What waits for a decision goes on by the rules under which it was asked for.
 *
 * Refuses: `decision_kind_unknown`, `policy_changed_meanwhile`, what `checkPolicy` refuses.
 */
export function changePolicy(
  registry: Registry,
): Command<ChangePolicy, { readonly kind: string; readonly version: number }> {
  return {
    name: 'change-approval-policy',
    permission: 'approval.manage',
    constraints: { approval_policy_pkey: 'policy_changed_meanwhile' },

    async run(act, input) {
      const { kind, policy } = input;
      if (!registry.kinds.some((known) => known.kind === kind))
        throw new Refusal('decision_kind_unknown', { kind });
      const before = await findPolicy(act, [kind]);
      if ((before?.version ?? 0) !== input.version)
        throw new Refusal('policy_changed_meanwhile', { version: before?.version ?? 0 });
      checkPolicy(policy);
      const version = input.version + 1;
      insertPolicy(act, kind, version, policy, actorText(act.actor));
      act.record({
        type: 'approval_policy.changed',
        subjectId: act.tenantId,
        data: { kind, version, policy: policyText(policy) },
      });
      return { kind, version };
    },
  };
}

function policyText(policy: Policy): Json {
  return {
    ...policy,
    bands: policy.bands.map(({ upTo, ...band }) => ({
      ...band,
      upTo: upTo === null ? null : toDecimal(upTo),
    })),
  } as unknown as Json;
}
