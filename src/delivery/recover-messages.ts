// Looking after messages whose job was lost, or whose process died: they get a job again. Sending itself decides what may
// be done; this only makes sure that somebody looks.

import { inTenant } from '#db/transaction.ts';
import type { TenantId } from '#kernel/id.ts';
import { RECOVERY_MESSAGES_MAX, SENDING_SILENT_SECONDS_MAX } from '#kernel/limits.ts';
import { sendingJob } from './queue-message.ts';
import type { MailTools } from './send-message.ts';
import { findStuck } from './store.ts';

/** A queued message this late has lost its job, or waits behind many; asking once more does no harm. */
const LATE_MINUTES = 10;

/** Gives jobs to the messages of a tenant that should have moved and did not. Says how many. */
export async function recoverMessages(tools: MailTools, tenantId: TenantId): Promise<number> {
  const { door } = tools;
  return inTenant(door.pool, tenantId, async (tx) => {
    const stuck = await findStuck(tx, {
      dueBefore: tools.clock().subtract({ minutes: LATE_MINUTES }),
      silentSeconds: SENDING_SILENT_SECONDS_MAX,
      limit: RECOVERY_MESSAGES_MAX,
    });
    if (stuck.length > 0)
      await door.enqueue(
        tx,
        stuck.map((id) => sendingJob(id)),
      );
    return stuck.length;
  });
}
