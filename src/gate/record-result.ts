// Keeping what the gate saw: with each handing over, and when a message begins to wait for a reason.

import type { Act } from '#command/command.ts';
import type { Judged } from '#delivery/begin-sending.ts';
import type { MessageId } from '#kernel/id.ts';
import type { GateResult } from './gate.ts';
import { findLastReason, insertResults, type NewResult } from './store.ts';

/** What the gate said of a message, and what became of it. */
export type GateNews = {
  readonly messageId: MessageId;
  readonly result: GateResult;
  readonly judged: Judged;
};

/** Keeps the results of messages. One that waits on for the reason it waits for already adds nothing. */
export async function recordGateResults(act: Act, all: readonly GateNews[]): Promise<void> {
  const news = await Promise.all(all.map(async (one) => ((await waitsOn(act, one)) ? [] : [asKept(one)])));
  insertResults(act, news.flat());
}

async function waitsOn(act: Act, { messageId, result, judged }: GateNews): Promise<boolean> {
  return judged.verdict === 'waits' && (await findLastReason(act, messageId)) === result.waits?.reason;
}

function asKept({ messageId, result: { checks, waits }, judged }: GateNews): NewResult {
  const none = { messageId, attemptNo: null, reason: null, until: null, checks };
  switch (judged.verdict) {
    case 'passed':
      return { ...none, verdict: 'passed', attemptNo: judged.attemptNo };
    case 'waits':
      return { ...none, verdict: 'waits', reason: waits?.reason ?? null, until: waits?.until ?? null };
    case 'dropped':
      return { ...none, verdict: 'dropped', reason: judged.reason };
  }
}
