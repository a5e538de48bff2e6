// What workers do for announcements: they take booked sums apart by them, whichever of the two came first.

import { carryOut } from '#command/command.ts';
import type { JobTools } from '#identity/make-system-context.ts';
import { commandIdOf, type Handlers, type RunningJob } from '#jobs/job.ts';
import { Refusal } from '#kernel/refusal.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import { certainPairs } from './announcement.ts';
import { explainByAnnouncement } from './explain-by-announcement.ts';
import { ANNOUNCED_QUEUE } from './queues.ts';
import { findPairs } from './store.ts';

/** The handlers of announcements' queues. */
export function announcementsJobs(tools: JobTools): Handlers {
  return { [ANNOUNCED_QUEUE]: (job) => explainAll(tools, job) };
}

/** Takes apart what is certain, each sum in a command of its own: one that is refused waits for a person. */
async function explainAll(tools: JobTools, job: RunningJob): Promise<void> {
  const context = await tools.contextOf(job.tenantId);
  const pairs = certainPairs(await readSnapshot(tools.door, context, findPairs));
  for (const { announcementId, lineId } of pairs) {
    const now = await tools.contextOf(job.tenantId);
    const options = { commandId: commandIdOf(job, `${announcementId} ${lineId}`) };
    try {
      await carryOut(tools.door, now, explainByAnnouncement, { announcementId, lineId }, options);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      tools.log.info({ lineId, refusal: error.code }, 'a booked sum was not taken apart by its announcement');
    }
  }
}
