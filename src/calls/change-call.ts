// A call that was noted wrongly: another stands in its place, or none. What was noted first stays known.

import { type Act, actorText, type Command } from '#command/command.ts';
import type { CustomerId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { isOurs } from './call.ts';
import { checkDialTemplate } from './phone.ts';
import { barsOf, type CallNoted, checkNoted, saveCall, saveOverride } from './record-call.ts';
import { type CallRow, copyOverride, findCalls, insertCorrection, insertSoftPhone } from './store.ts';

export type CorrectCall = {
  readonly callId: string;
  readonly note: string;
  /** What is so instead; left out, there was no such call. */
  readonly instead?: CallNoted | undefined;
  /** Why it was made although a rule pack speaks against it; only by whoever may do so. */
  readonly despite?: string | undefined;
};

/**
 * Corrects a call, once. What was promised or disputed with it stays: so its outcome stays, too. One that turns out to
 * be a call of ours is asked about like one that is noted; for one that was ours, why it was made all the same stays.
 *
 * Refuses: `call_not_found`, `call_corrected`, `call_took_more` (a promise or dispute, and the correction says otherwise),
 * what `barsOf` and `checkNoted` refuse.
 */
export const correctCall: Command<CorrectCall, { readonly callId: string | null }> = {
  name: 'correct-call',
  permission: 'call.record',
  constraints: { call_correction_once: 'call_corrected' },
  async run(act, { callId, note, instead, despite }) {
    const [call] = await findCalls(act, { id: callId, limit: 1 });
    if (!call) throw new Refusal('call_not_found', { callId });
    if (call.corrected_note !== null) throw new Refusal('call_corrected', { callId });
    if (tookMore(call) && instead?.outcome !== call.outcome)
      throw new Refusal('call_took_more', { outcome: call.outcome });
    const customerId = call.customer_id as CustomerId;
    const replacedBy = instead === undefined ? null : await replaceCall(act, call, instead, despite);
    insertCorrection(act, {
      call_id: callId,
      replaced_by: replacedBy,
      note,
      corrected_by: actorText(act.actor),
      recorded_at: act.now,
    });
    act.record({ type: 'call.corrected', subjectId: callId, customerId, data: { note, replacedBy } });
    return { callId: replacedBy };
  },
};

/** Keeps the call that stands in the place of another; gives its id. */
async function replaceCall(
  act: Act,
  call: CallRow,
  instead: CallNoted,
  despite: string | undefined,
): Promise<string> {
  const customerId = call.customer_id as CustomerId;
  const noted = { ...instead, on: instead.on ?? call.called_on };
  const bars = isOurs(call) ? [] : await barsOf(act, { ...noted, customerId, despite }, call.id);
  const number = await checkNoted(act, customerId, instead, {
    takesPromise: call.promise_id !== null,
    opensDispute: call.dispute_id !== null,
  });
  const { company_id: companyId, promise_id: promiseId, dispute_id: disputeId } = call;
  const id = saveCall(act, customerId, noted, { number, companyId, promiseId, disputeId });
  saveOverride(act, id, bars, despite);
  if (call.despite !== null && isOurs(noted)) copyOverride(act, call.id, id);
  return id;
}

function tookMore(call: CallRow): boolean {
  return call.promise_id !== null || call.dispute_id !== null;
}

/** States the address that a click on a number opens. Refuses: `dial_template_not_valid`. */
export const setSoftPhone: Command<{ readonly template: string }, { readonly template: string }> = {
  name: 'set-soft-phone',
  permission: 'company.manage',
  async run(act, { template }) {
    checkDialTemplate(template);
    insertSoftPhone(act, template, actorText(act.actor));
    act.record({ type: 'soft_phone.set', subjectId: act.tenantId, data: { template } });
    return { template };
  },
};
