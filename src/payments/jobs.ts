// What workers do for payments.

import { carryOut } from '#command/command.ts';
import type { JobTools } from '#identity/make-system-context.ts';
import { commandIdOf, type Handlers, type RunningJob } from '#jobs/job.ts';
import { assert } from '#kernel/assert.ts';
import { isId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import { listCompanies } from '#parties/take-party.ts';
import { applyReceipts } from './apply-receipts.ts';
import { applyRemittance, joinRemittances } from './join-remittance.ts';
import { learnHabits } from './learn-habits.ts';
import { APPLY_QUEUE, APPLY_REMITTANCE_QUEUE, LEARN_QUEUE, REMITTANCES_QUEUE } from './queues.ts';

/** The handlers of payments' queues. */
export function paymentsJobs(tools: JobTools): Handlers {
  return {
    [APPLY_QUEUE]: (job) => applyAll(tools, job),
    [REMITTANCES_QUEUE]: (job) => joinAll(tools, job),
    [APPLY_REMITTANCE_QUEUE]: (job) => applyClaimed(tools, job),
    [LEARN_QUEUE]: (job) => learnAll(tools, job),
  };
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

/**
 * Joins what certainly belongs together and applies it, each remittance in a command of its own. One that cannot be applied
 * exactly as it says stays joined, for a person.
 */
async function joinAll(tools: JobTools, job: RunningJob): Promise<void> {
  const context = await tools.contextOf(job.tenantId);
  const { joined } = await carryOut(
    tools.door,
    context,
    joinRemittances,
    {},
    { commandId: commandIdOf(job) },
  );
  for (const { remittanceId } of joined) await applyOne(tools, job, remittanceId);
}

async function applyClaimed(tools: JobTools, job: RunningJob): Promise<void> {
  const { remittanceId } = job.payload;
  assert(typeof remittanceId === 'string' && isId(remittanceId), 'the job names a remittance', job.payload);
  await applyOne(tools, job, remittanceId);
}

async function applyOne(tools: JobTools, job: RunningJob, remittanceId: string): Promise<void> {
  const context = await tools.contextOf(job.tenantId);
  const options = { commandId: commandIdOf(job, remittanceId) };
  try {
    await carryOut(tools.door, context, applyRemittance, { remittanceId, isAutomatic: true }, options);
  } catch (error) {
    // The remittance page says what stands in the way.
    if (!(error instanceof Refusal)) throw error;
  }
}

/** Learns company by company, page by page; each page is a command of its own and kept before the next. */
async function learnAll(tools: JobTools, job: RunningJob): Promise<void> {
  const context = await tools.contextOf(job.tenantId);
  const companies = await readSnapshot(tools.door, context, listCompanies);
  for (const { id: companyId } of companies) {
    for (let page = 1, more = true; more; page += 1) {
      const options = { commandId: commandIdOf(job, `${companyId} ${page}`) };
      ({ more } = await carryOut(tools.door, context, learnHabits, { companyId }, options));
    }
  }
}
