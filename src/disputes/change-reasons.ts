// The reasons a tenant uses, and what customers' own codes mean.

import { actorText, type Command } from '#command/command.ts';
import { type CustomerId, newId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { takeCustomer } from '#parties/take-party.ts';
import { checkReason, claimCodeKey, reasonKinds } from './reason.ts';
import { findReasonKinds, insertClaimCode, insertReasonKind } from './store.ts';

export type PutReason = { readonly code: string; readonly name: string; readonly inUse: boolean };

/**
 * Adds a reason, renames one, or takes it out of use. Disputes that have it keep it.
 *
 * Refuses: `dispute_reason_needed` (`other` stays).
 */
export const putDisputeReason: Command<PutReason, { readonly code: string }> = {
  name: 'put-dispute-reason',
  permission: 'company.manage',
  async run(act, input) {
    if (input.code === 'other' && !input.inUse) throw new Refusal('dispute_reason_needed');
    insertReasonKind(act, {
      id: newId(),
      code: input.code,
      name: input.name,
      in_use: input.inUse,
      recorded_by: actorText(act.actor),
      recorded_at: act.now,
    });
    act.record({ type: 'dispute_reason.changed', subjectId: act.tenantId, data: { ...input } });
    return { code: input.code };
  },
};

export type PutClaimCode = {
  /** Left out: of every customer for whom nothing else is said. */
  readonly customerId?: CustomerId | undefined;
  readonly code: string;
  /** Null: it means nothing any more. */
  readonly reason: string | null;
};

/** Says what a customer's reason code means. Refuses: `customer_not_found`, `claim_code_empty`, `dispute_reason_unknown`. */
export const putClaimCode: Command<PutClaimCode, { readonly code: string }> = {
  name: 'put-claim-code',
  permission: 'customer.edit',
  async run(act, input) {
    const code = claimCodeKey(input.code);
    if (code === '') throw new Refusal('claim_code_empty');
    if (input.customerId !== undefined) await takeCustomer(act, input.customerId);
    if (input.reason !== null)
      checkReason(input.reason, input.reason, reasonKinds(await findReasonKinds(act)));
    insertClaimCode(act, {
      id: newId(),
      customer_id: input.customerId ?? null,
      code_key: code,
      reason: input.reason,
      recorded_by: actorText(act.actor),
      recorded_at: act.now,
    });
    act.record({
      type: 'claim_code.changed',
      subjectId: input.customerId ?? act.tenantId,
      customerId: input.customerId ?? null,
      data: { code, reason: input.reason },
    });
    return { code };
  },
};
