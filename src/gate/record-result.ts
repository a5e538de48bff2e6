// Keeping what the gate saw: with each handing over, and when a message begins to wait for a reason.

import type { Act } from '#command/command.ts';
import type { Judged } from '#delivery/begin-sending.ts';
import type { MessageId } from '#kernel/id.ts';
import type { GateResult } from './gate.ts';
import { findLastReason, insertResult } from './store.ts';

/** Keeps the result of a message. One that waits on for the reason it waits for already adds nothing. */
export async function recordGateResult(
  act: Act,
  messageId: MessageId,
  result: GateResult,
  judged: Judged,
): Promise<void> {
  const { checks, waits } = result;
  if (judged.verdict === 'waits' && (await findLastReason(act, messageId)) === waits?.reason) return;
  insertResult(act, messageId, {
    verdict: judged.verdict,
    attemptNo: judged.verdict === 'passed' ? judged.attemptNo : null,
    reason:
      judged.verdict === 'waits'
        ? (waits?.reason ?? null)
        : judged.verdict === 'dropped'
          ? judged.reason
          : null,
    until: judged.verdict === 'waits' ? (waits?.until ?? null) : null,
    checks,
  });
}
