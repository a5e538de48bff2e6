// What workers do for mailboxes: they read those of companies over IMAP.

import { inTenant } from '#db/transaction.ts';
import type { JobTools } from '#identity/make-system-context.ts';
import { type Handlers, inTurns, type Turns } from '#jobs/job.ts';
import { assert } from '#kernel/assert.ts';
import { isId } from '#kernel/id.ts';
import { MAIL_ACCOUNTS_MAX } from '#kernel/limits.ts';
import { READ_ACCOUNT_QUEUE, readingJob } from './change-accounts.ts';
import { receiveAccountMails } from './receive-account-mails.ts';
import { findAccounts } from './store-accounts.ts';

/** The queue that has all mailboxes of a tenant read. */
export const READ_ACCOUNTS_QUEUE = 'mailboxes.read-accounts';

/** Readings go on at the back of the queue after half a minute; of one tenant two are read at a time, and others beside them. */
const TURNS: Turns = { lanes: 4, jobsALane: 1, jobsATenant: 2 };

/** The handlers of the queues of mailboxes. One that cannot be read keeps no other waiting. */
export function mailboxesJobs(tools: JobTools): Handlers {
  return {
    [READ_ACCOUNTS_QUEUE]: ({ tenantId }) =>
      inTenant(tools.door.pool, tenantId, async (tx) => {
        const accounts = await findAccounts(tx, MAIL_ACCOUNTS_MAX);
        if (accounts.length > 0)
          await tools.door.enqueue(
            tx,
            accounts.map(({ id }) => readingJob(id)),
          );
      }),
    [READ_ACCOUNT_QUEUE]: inTurns(async ({ tenantId, payload: { accountId } }) => {
      assert(typeof accountId === 'string' && isId(accountId), 'a reading names its account', accountId);
      const { hasMore } = await receiveAccountMails(tools, tenantId, accountId);
      if (hasMore)
        await inTenant(tools.door.pool, tenantId, (tx) => tools.door.enqueue(tx, [readingJob(accountId)]));
    }, TURNS),
  };
}
