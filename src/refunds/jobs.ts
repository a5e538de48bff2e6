// What workers do for refunds: lines of the bank that name one show that it was paid.

import { carryOut } from '#command/command.ts';
import type { JobTools } from '#identity/make-system-context.ts';
import { commandIdOf, type Handlers, type RunningJob } from '#jobs/job.ts';
import { Refusal } from '#kernel/refusal.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import { explainLine } from '#reconciliation/explain-line.ts';
import { findShowingLines } from './store.ts';

/** The queue that finds the bank lines of ordered refunds: after an import. */
export const REFUNDS_QUEUE = 'refunds.find-lines';

/** The handlers of the queues of refunds. */
export function refundsJobs(tools: JobTools): Handlers {
  return { [REFUNDS_QUEUE]: (job) => findLines(tools, job) };
}

/** Each line in a command of its own: one that is refused (its day is signed off) waits for a person. */
async function findLines(tools: JobTools, job: RunningJob): Promise<void> {
  const context = await tools.contextOf(job.tenantId);
  const showing = await readSnapshot(tools.door, context, (tx) => findShowingLines(tx));
  for (const { lineId, paymentId } of showing) {
    const now = await tools.contextOf(job.tenantId);
    const input = { lineId, kind: 'refund', paymentIds: [paymentId] } as const;
    try {
      await carryOut(tools.door, now, explainLine, input, { commandId: commandIdOf(job, lineId) });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      tools.log.info({ lineId, refusal: error.code }, 'the line of a refund was not explained');
    }
  }
}
