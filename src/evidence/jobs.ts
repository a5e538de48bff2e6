// What workers do for evidence packs.

import type { JobTools } from '#identity/make-system-context.ts';
import { type Handlers, inTurns, type Turns } from '#jobs/job.ts';
import { assert } from '#kernel/assert.ts';
import { isId } from '#kernel/id.ts';
import { drawPack, removeOld } from './draw-pack.ts';
import { DRAW_QUEUE } from './request-pack.ts';

/** The queue that takes away what was kept long enough; see schedules. */
export const OLD_PACKS_QUEUE = 'evidence.remove-old-packs';

/** A large pack takes minutes, and memory several times its size: a process draws one at a time. */
const TURNS: Turns = { lanes: 1, jobsALane: 1, jobsATenant: 1 };

/** The handlers of the queues of evidence packs. */
export function evidenceJobs(tools: JobTools): Handlers {
  return {
    [DRAW_QUEUE]: inTurns(async ({ tenantId, payload: { packId } }) => {
      assert(typeof packId === 'string' && isId(packId), 'a job of a pack names it', packId);
      await drawPack(tools, tenantId, packId);
    }, TURNS),
    [OLD_PACKS_QUEUE]: ({ tenantId }) => removeOld(tools, tenantId),
  };
}
