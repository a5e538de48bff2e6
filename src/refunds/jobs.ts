// What workers do for refunds: lines of the bank that name one show that it was paid, or that it came back.

import { carryOut } from '#command/command.ts';
import type { JobTools } from '#identity/make-system-context.ts';
import { commandIdOf, type Handlers, type RunningJob } from '#jobs/job.ts';
import { Refusal } from '#kernel/refusal.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import { explainLine } from '#reconciliation/explain-line.ts';
import { REFUNDS_QUEUE } from './queues.ts';
import { findReturningLines, findShowingLines } from './store.ts';

/** The handlers of the queues of refunds. */
export function refundsJobs(tools: JobTools): Handlers {
  return { [REFUNDS_QUEUE]: (job) => findLines(tools, job) };
}

/** Each line in a command of its own: one that is refused (its day is signed off) waits for a person. */
async function findLines(tools: JobTools, job: RunningJob): Promise<void> {
  const context = await tools.contextOf(job.tenantId);
  const [showing, returning] = await readSnapshot(tools.door, context, (tx) =>
    Promise.all([findShowingLines(tx), findReturningLines(tx)]),
  );
  const found = [
    ...showing.map((one) => ({ ...one, kind: 'refund' as const })),
    ...returning.map((one) => ({ ...one, kind: 'return' as const })),
  ];
  for (const { lineId, paymentId, kind } of found) {
    const now = await tools.contextOf(job.tenantId);
    const input = { lineId, kind, paymentIds: [paymentId] };
    try {
      await carryOut(tools.door, now, explainLine, input, { commandId: commandIdOf(job, lineId) });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      tools.log.info({ lineId, refusal: error.code }, 'the line of a refund was not explained');
    }
  }
}
