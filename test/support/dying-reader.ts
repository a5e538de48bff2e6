// A worker process that reads a mail account and dies of some mails: of each automatic reply, once it is about to be kept.
// `dying-reader.ts DATABASE_URL TENANT ACCOUNT DATA_DIR`

import { openPool } from '#db/pool.ts';
import { makeSystemContext } from '#identity/make-system-context.ts';
import type { TenantId } from '#kernel/id.ts';
import { receiveAccountMails } from '#mailboxes/receive-account-mails.ts';

const [databaseUrl = '', tenantId = '', accountId = '', dataDir = ''] = process.argv.slice(2);
const pool = openPool(databaseUrl);
const log = { error() {}, warn() {}, info() {} };
const door = {
  pool,
  enqueue: async () => {},
  react: (event: { readonly type: string; readonly data: { readonly kind?: unknown } }) => {
    if (event.type === 'inbound_mail.kept' && event.data.kind === 'auto_reply')
      process.kill(process.pid, 'SIGKILL');
    return [];
  },
};
const contextOf = (of: TenantId) => makeSystemContext(pool, of, Temporal.Now.instant);
await receiveAccountMails({ door, contextOf, dataDir, log }, tenantId as TenantId, accountId);
await pool.end();
