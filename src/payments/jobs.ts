// What workers do for payments.

import { carryOut } from '#command/command.ts';
import type { JobTools } from '#identity/make-system-context.ts';
import { commandIdOf, type Handlers, type RunningJob } from '#jobs/job.ts';
import { applyReceipts } from './apply-receipts.ts';

/** The queue that looks at waiting receipts again: after invoices were issued, or an account of a payer became known. */
export const APPLY_QUEUE = 'payments.apply-receipts';

/** The handlers of payments' queues. */
export function paymentsJobs(tools: JobTools): Handlers {
  return { [APPLY_QUEUE]: (job) => applyAll(tools, job) };
}

/** Looks at all receipts that wait, page by page; each page is a command of its own, and done once however often the job runs. */
async function applyAll(tools: JobTools, job: RunningJob): Promise<void> {
  let after: string | undefined;
  do {
    const context = await tools.contextOf(job.tenantId);
    const page = await carryOut(
      tools.door,
      context,
      applyReceipts,
      { after },
      { commandId: commandIdOf(job, after) },
    );
    after = page.next ?? undefined;
  } while (after !== undefined);
}
