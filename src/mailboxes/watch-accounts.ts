// Waiting at mailboxes to be told what comes in, so that an answer is in the inbox within seconds. It only makes readings begin
// sooner: whoever cannot be waited at is asked every two minutes as before.

import { watchImapFolder } from '#carriers/read-imap.ts';
import { carryOut } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import type { JobTools } from '#identity/make-system-context.ts';
import { newId, type TenantId } from '#kernel/id.ts';
import { MAIL_ACCOUNTS_MAX } from '#kernel/limits.ts';
import { readingJob } from './change-accounts.ts';
import { imapOptionsOf, isFree, pauseAfter, WATCH_MINUTES } from './mail-account.ts';
import { type Access, type AccessTrouble, takeAccess } from './open-access.ts';
import { letGoOfAccount, takeAccountInHand, takeMailWatch } from './record-reading.ts';
import { type AccountRow, findAccounts } from './store-accounts.ts';

type Tools = Pick<JobTools, 'door' | 'contextOf' | 'dataDir' | 'log'>;

/** A process that waits at mailboxes. */
export type MailWatch = {
  /** Looks which mailboxes of a tenant are to be waited at, and begins with those nobody waits at. To be repeated. */
  look(tenantId: TenantId): Promise<void>;
  /** Leaves all mailboxes. */
  close(): Promise<void>;
};

type Watched = {
  readonly tenantId: TenantId;
  readonly stop: AbortController;
  readonly done: Promise<void>;
  takenAt: number;
};

/** Mailboxes that one worker waits at. */
const WATCHED_MAX = 200;
/** Milliseconds after which it is said again that a mailbox is waited at. */
const AGAIN_MS = (WATCH_MINUTES * 60_000) / 2;

/** Opens a process that waits at mailboxes. `now`: milliseconds that go by; tests have their own. */
export function openMailWatch(tools: Tools, now: () => number = () => performance.now()): MailWatch {
  const watcher = newId();
  const watched = new Map<string, Watched>();
  /** Servers that do not tell; they are asked, and not tried again by this process. */
  const silent = new Set<string>();
  /** Servers that hang up, and until when each is left alone. */
  const paused = new Map<string, { readonly short: number; readonly until: number }>();

  const isMine = async (tenantId: TenantId, accountId: string) =>
    (await carryOut(tools.door, await tools.contextOf(tenantId), takeMailWatch, { accountId, watcher }))
      .isTaken;

  const begin = (tenantId: TenantId, account: AccountRow) => {
    const stop = new AbortController();
    const begunAt = now();
    const done = watchOne(tools, tenantId, account, stop.signal)
      .then((ended) => {
        if (ended === 'cannot') silent.add(account.id);
        if (ended !== 'ended') return;
        const { short, seconds } = pauseAfter((now() - begunAt) / 1000, paused.get(account.id)?.short ?? 0);
        paused.set(account.id, { short, until: now() + seconds * 1000 });
      })
      .catch((error: unknown) =>
        tools.log.error({ err: error, accountId: account.id }, 'a mailbox could not be waited at'),
      )
      .finally(() => watched.delete(account.id));
    watched.set(account.id, { tenantId, stop, done, takenAt: now() });
  };

  const lookAt = async (tenantId: TenantId, account: AccountRow) => {
    const known = watched.get(account.id);
    if (known ? now() - known.takenAt < AGAIN_MS : watched.size >= WATCHED_MAX) return;
    if (silent.has(account.id)) return;
    if (!known && now() < (paused.get(account.id)?.until ?? 0)) return;
    // Asked first without a command: this is looked at every few seconds.
    const isOthers = account.watched_by !== null && account.watched_by !== watcher;
    if (!known && isOthers && !isFree(account.watched_until, (await tools.contextOf(tenantId)).now)) return;
    const isTaken = await isMine(tenantId, account.id);
    if (!known && isTaken) begin(tenantId, account);
    if (known && isTaken) known.takenAt = now();
    if (known && !isTaken) known.stop.abort();
  };

  return {
    look: async (tenantId) => {
      const accounts = await inTenant(tools.door.pool, tenantId, (tx) => findAccounts(tx, MAIL_ACCOUNTS_MAX));
      for (const account of accounts) if (account.trouble === null) await lookAt(tenantId, account);
      const open = new Set(accounts.map(({ id }) => id));
      for (const [id, one] of watched) if (one.tenantId === tenantId && !open.has(id)) one.stop.abort();
    },
    close: async () => {
      const all = [...watched.values()];
      for (const { stop } of all) stop.abort();
      await Promise.all(all.map(({ done }) => done));
    },
  };
}

/**
 * Opens an account as `takeAccess` does; by a token that may be good once only, while nobody else has the account in hand. Nothing
 * where somebody has: it is looked at again soon.
 */
async function openAlone(
  tools: Tools,
  tenantId: TenantId,
  account: AccountRow,
): Promise<Access | AccessTrouble | undefined> {
  if (account.sign_in === 'password') return takeAccess(tools, tenantId, account);
  const { door, contextOf } = tools;
  const accountId = account.id;
  const { isTaken } = await carryOut(door, await contextOf(tenantId), takeAccountInHand, { accountId });
  if (!isTaken) return undefined;
  try {
    // Read anew: whoever had it in hand may have been given another token.
    const accounts = await inTenant(door.pool, tenantId, (tx) => findAccounts(tx, MAIL_ACCOUNTS_MAX));
    const now = accounts.find(({ id }) => id === accountId);
    return now && (await takeAccess(tools, tenantId, now));
  } finally {
    await carryOut(door, await contextOf(tenantId), letGoOfAccount, { accountId });
  }
}

/** Waits at one mailbox for as long as its connection stands; what comes in is read by a job. Its troubles are told by readings. */
async function watchOne(
  tools: Tools,
  tenantId: TenantId,
  account: AccountRow,
  signal: AbortSignal,
): Promise<'ended' | 'cannot' | 'not_begun'> {
  const access = await openAlone(tools, tenantId, account);
  if (access === undefined || 'code' in access) return 'not_begun';
  const { host, port, security, user_name: user, folder } = account;
  const place = { host, port, security, user, password: access.password, folder };
  const read = () =>
    inTenant(tools.door.pool, tenantId, (tx) => tools.door.enqueue(tx, [readingJob(account.id)])).catch(
      (error: unknown) =>
        tools.log.error({ err: error, accountId: account.id }, 'a reading could not be begun'),
    );
  // Something may have come in while nobody waited.
  await read();
  const done = await watchImapFolder(place, { ...imapOptionsOf(process.env), signal }, () => void read());
  return done.kind === 'done' ? done.value : 'ended';
}
