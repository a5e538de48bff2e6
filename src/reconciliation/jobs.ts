// What workers do for the tie-out: they explain lines by rules.

import { carryOut } from '#command/command.ts';
import type { JobTools } from '#identity/make-system-context.ts';
import { commandIdOf, type Handlers, type RunningJob } from '#jobs/job.ts';
import { Refusal } from '#kernel/refusal.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import { findRuled } from './change-rules.ts';
import { explainLine } from './explain-line.ts';

/** The queue that explains lines by rules: after an import, and after a rule was added. */
export const EXPLAIN_QUEUE = 'reconciliation.explain';

/** The handlers of the queues of the tie-out. */
export function reconciliationJobs(tools: JobTools): Handlers {
  return { [EXPLAIN_QUEUE]: (job) => explainAll(tools, job) };
}

/** Explains what waits by the rules, each line in a command of its own: one that is refused waits for a person. */
async function explainAll(tools: JobTools, job: RunningJob): Promise<void> {
  const context = await tools.contextOf(job.tenantId);
  const ruled = await readSnapshot(tools.door, context, (tx) => findRuled(tx, context.today));
  for (const { lineId, rule } of ruled) {
    const now = await tools.contextOf(job.tenantId);
    const options = { commandId: commandIdOf(job, lineId) };
    try {
      await carryOut(tools.door, now, explainLine, { lineId, kind: rule.kind, ruleId: rule.id }, options);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      tools.log.info({ lineId, refusal: error.code }, 'a bank line was not explained by its rule');
    }
  }
}
