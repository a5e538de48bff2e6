// Looking after messages whose job was lost, or whose process died: they get a job again. Sending itself decides what may
// be done; this only makes sure that somebody looks.

import { inTenant } from '#db/transaction.ts';
import type { TenantId } from '#kernel/id.ts';
import { RECOVERY_MESSAGES_MAX, SENDING_SILENT_SECONDS_MAX } from '#kernel/limits.ts';
import { sendingJob } from './queue-message.ts';
import { type MailTools, sendMessage } from './send-message.ts';
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

/**
 * Sends what waits to be sent in a tenant right now, one message after the other, without a worker: for the command line.
 * A worker doing the same at the same time does no harm. Says how many messages were looked at.
 */
export async function sendWaiting(tools: MailTools, tenantId: TenantId): Promise<number> {
  for (let looked = 0; ; ) {
    const waiting = await inTenant(tools.door.pool, tenantId, (tx) =>
      findStuck(tx, {
        dueBefore: tools.clock(),
        silentSeconds: SENDING_SILENT_SECONDS_MAX,
        limit: RECOVERY_MESSAGES_MAX,
      }),
    );
    let moved = 0;
    for (const id of waiting) if ((await sendMessage(tools, tenantId, id)) !== 'queued') moved += 1;
    looked += waiting.length;
    if (moved === 0 || waiting.length < RECOVERY_MESSAGES_MAX) return looked;
  }
}
