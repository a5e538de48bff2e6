// What workers do for charges: they go out once they are posted, where their company wants that.

import { carryOut } from '#command/command.ts';
import type { JobTools } from '#identity/make-system-context.ts';
import { commandIdOf, type Handlers } from '#jobs/job.ts';
import { assert } from '#kernel/assert.ts';
import { isId } from '#kernel/id.ts';
import { deliverCharges } from './deliver-charges.ts';
import { CHARGES_QUEUE } from './queues.ts';

/** The handlers of the queues of charges. */
export function chargesJobs(tools: JobTools): Handlers {
  return {
    [CHARGES_QUEUE]: async (job) => {
      const { chargeId } = job.payload;
      assert(
        typeof chargeId === 'string' && isId(chargeId),
        'a job of charges names the charge',
        job.payload,
      );
      const context = await tools.contextOf(job.tenantId);
      const commandId = commandIdOf(job);
      await carryOut(tools.door, context, deliverCharges, { chargeIds: [chargeId] }, { commandId });
    },
  };
}
