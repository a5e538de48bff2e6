// What workers do for the tie-out: they explain lines by rules, and those that certainly show a return recorded by hand.

import { carryOut } from '#command/command.ts';
import type { JobTools } from '#identity/make-system-context.ts';
import { commandIdOf, type Handlers, type RunningJob } from '#jobs/job.ts';
import { Refusal } from '#kernel/refusal.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import { findRuled } from './change-rules.ts';
import { type ExplainLine, explainLine } from './explain-line.ts';
import { EXPLAIN_QUEUE } from './queues.ts';
import { certainSides } from './return-side.ts';
import { findReturnFits } from './store-returns.ts';

/** The handlers of the queues of the tie-out. */
export function reconciliationJobs(tools: JobTools): Handlers {
  return { [EXPLAIN_QUEUE]: (job) => explainAll(tools, job) };
}

/**
 * Explains what waits: lines that show a return that was recorded by hand, and what rules speak of. Each line in a command of its
 * own: one that is refused waits for a person.
 */
async function explainAll(tools: JobTools, job: RunningJob): Promise<void> {
  const context = await tools.contextOf(job.tenantId);
  const sides = certainSides(
    await readSnapshot(tools.door, context, (tx) => findReturnFits(tx, context.today)),
  );
  for (const { lineId, paymentId } of sides)
    await explain(tools, job, { lineId, kind: 'return', paymentIds: [paymentId] });
  const ruled = await readSnapshot(tools.door, context, (tx) => findRuled(tx, context.today));
  for (const { lineId, rule } of ruled)
    await explain(tools, job, { lineId, kind: rule.kind, ruleId: rule.id });
}

async function explain(tools: JobTools, job: RunningJob, input: ExplainLine): Promise<void> {
  const now = await tools.contextOf(job.tenantId);
  const { lineId } = input;
  try {
    await carryOut(tools.door, now, explainLine, input, { commandId: commandIdOf(job, lineId) });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    tools.log.info({ lineId, refusal: error.code }, 'a bank line was not explained by itself');
  }
}
