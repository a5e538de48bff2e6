// What workers do for portal uploads: they bring them in line with documents, when one is issued, credited or voided, and
// by the clock, which also finds what was taken over from another system.

import { carryOut } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import type { JobTools } from '#identity/make-system-context.ts';
import { commandIdOf, type Handlers, type RunningJob } from '#jobs/job.ts';
import { alignUploads } from './align-uploads.ts';
import { ALIGN_QUEUE } from './queues.ts';
import { isOfPortal } from './store.ts';

/** The handlers of the queues of portal uploads. */
export function uploadsJobs(tools: JobTools): Handlers {
  return { [ALIGN_QUEUE]: (job) => align(tools, job) };
}

/**
 * Batch after batch, each in a command of its own, until everything is in line. Each document that is issued comes here, and of
 * most the customer has no portal: that is seen by one look, and no command is carried out.
 */
async function align(tools: JobTools, job: RunningJob): Promise<void> {
  const { documentId } = job.payload;
  const documentIds = typeof documentId === 'string' ? [documentId] : undefined;
  if (typeof documentId === 'string') {
    const concerns = await inTenant(tools.door.pool, job.tenantId, (tx) => isOfPortal(tx, documentId));
    if (!concerns) return;
  }
  for (let batch = 1; ; batch += 1) {
    const context = await tools.contextOf(job.tenantId);
    const options = { commandId: commandIdOf(job, `batch ${batch}`) };
    const { hasMore, made, closed, reopened } = await carryOut(
      tools.door,
      context,
      alignUploads,
      { documentIds },
      options,
    );
    if (!hasMore || made + closed + reopened === 0) return;
  }
}
