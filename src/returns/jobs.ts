// What workers do for returns: they note what bank lines tell, and book what is certain, whichever of payment and return came in
// first.

import { carryOut } from '#command/command.ts';
import type { JobTools } from '#identity/make-system-context.ts';
import { commandIdOf, type Handlers, type RunningJob } from '#jobs/job.ts';
import { present } from '#kernel/assert.ts';
import { Refusal } from '#kernel/refusal.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import { matchWaitingNotices } from './match-notices.ts';
import { RETURNS_QUEUE } from './queues.ts';
import { recordReturnLines } from './record-notices.ts';
import { recordReturn } from './record-return.ts';

/** The handlers of the queues of returns. */
export function returnsJobs(tools: JobTools): Handlers {
  return { [RETURNS_QUEUE]: (job) => matchAll(tools, job) };
}

/** Each return in a command of its own: one that is refused waits for a person. */
async function matchAll(tools: JobTools, job: RunningJob): Promise<void> {
  for (let round = 1, more = true; more; round += 1) {
    const options = { commandId: commandIdOf(job, `lines ${round}`) };
    const context = await tools.contextOf(job.tenantId);
    ({ more } = await carryOut(tools.door, context, recordReturnLines, {}, options));
  }
  const context = await tools.contextOf(job.tenantId);
  for (const { notice, found } of await readSnapshot(tools.door, context, matchWaitingNotices)) {
    const chosen = present(
      found.fitting.find(
        ({ feeMinor, signs }) => feeMinor === 0n && signs.includes(found.rule ?? 'reference'),
      ),
      'what is certain has its payment',
    );
    const input = {
      paymentId: chosen.candidate.paymentId,
      noticeId: notice.id,
      asksFee: true,
      rule: present(found.rule, 'what is certain has its rule'),
      evidence: { signs: [...chosen.signs], others: found.fitting.length - 1 },
    };
    const now = await tools.contextOf(job.tenantId);
    try {
      await carryOut(tools.door, now, recordReturn, input, { commandId: commandIdOf(job, notice.id) });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      tools.log.info({ noticeId: notice.id, refusal: error.code }, 'a return was not booked by itself');
    }
  }
}
