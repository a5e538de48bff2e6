// What workers do by consents of customers: an invoice that was issued takes what stands on account.

import { carryOut } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import type { JobTools } from '#identity/make-system-context.ts';
import { commandIdOf, type Handlers, type RunningJob } from '#jobs/job.ts';
import { assert } from '#kernel/assert.ts';
import { type InvoiceId, isId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { applyCredit } from './apply-credit.ts';
import { CREDIT_QUEUE } from './queues.ts';
import { isConsented } from './store.ts';

/** The handlers of the queues of consents. */
export function consentsJobs(tools: JobTools): Handlers {
  return { [CREDIT_QUEUE]: (job) => applyOne(tools, job) };
}

/**
 * Each invoice that is issued comes here, and most customers did not consent: that is seen by one look, and no command is carried
 * out. What cannot be applied now (a locked period) stays on account, for a person.
 */
async function applyOne(tools: JobTools, job: RunningJob): Promise<void> {
  const { invoiceId } = job.payload;
  assert(typeof invoiceId === 'string' && isId(invoiceId), 'the job names an invoice');
  const input = { invoiceId: invoiceId as InvoiceId };
  if (!(await inTenant(tools.door.pool, job.tenantId, (tx) => isConsented(tx, input.invoiceId)))) return;
  const context = await tools.contextOf(job.tenantId);
  try {
    await carryOut(tools.door, context, applyCredit, input, { commandId: commandIdOf(job) });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    tools.log.info({ invoiceId, refusal: error.code }, 'money on account was not applied');
  }
}
