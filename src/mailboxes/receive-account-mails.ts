// Reading a mailbox over IMAP: each mail is kept before it is counted as read, so that an end without warning loses none, and what
// is read again is known. One that is too large or cannot be read is noted for a person, and the next is read.

import { createHash } from 'node:crypto';
import { type ImapFolder, type ImapTrouble, withImapFolder } from '#carriers/read-imap.ts';
import { carryOut } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import { takeInbound } from '#delivery/record-inbound.ts';
import type { JobTools } from '#identity/make-system-context.ts';
import { uuidFrom } from '#jobs/job.ts';
import type { CommandId, TenantId } from '#kernel/id.ts';
import { MAIL_ACCOUNTS_MAX, MAIL_READING_SECONDS_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import { receiveMailBytes } from '#remittances/receive-mail.ts';
import {
  BEGIN_SECONDS_MAX,
  begunWithCare,
  goOnFrom,
  imapOptionsOf,
  KEEP_TRIES_MAX,
  MAILS_A_NOTE,
  MAILS_A_READING,
} from './mail-account.ts';
import { type AccessTrouble, takeAccess } from './open-access.ts';
import { recordReading, type Skip, takeAccountInHand } from './record-reading.ts';
import { type AccountRow, findAccounts } from './store-accounts.ts';

type Tools = Pick<JobTools, 'door' | 'contextOf' | 'dataDir' | 'log'>;

/** What a reading came to. */
export type ReadingEnd = {
  /** Another worker reads it, or it is closed. */
  readonly isBusy: boolean;
  readonly taken: number;
  /** More waits to be read. */
  readonly hasMore: boolean;
  readonly trouble: { readonly code: string; readonly words: string } | null;
};

/** How far a reading got; each save begins a new count. */
type Progress = {
  validity: string | null;
  lastUid: number;
  taken: number;
  skips: Skip[];
  total: number;
  /** How often in a row the mail after `lastUid` could not be kept. */
  failedTries: number;
};

/**
 * Reads an account from where it was left: mails are taken in, oldest first, as many as one reading takes. Where the folder's UIDs
 * have a new meaning it is read again from its first day, and what was taken before is not taken twice.
 */
export async function receiveAccountMails(
  tools: Tools,
  tenantId: TenantId,
  accountId: string,
): Promise<ReadingEnd> {
  const context = await tools.contextOf(tenantId);
  const { isTaken } = await carryOut(tools.door, context, takeAccountInHand, { accountId });
  const account = isTaken ? await readAccount(tools, tenantId, accountId) : undefined;
  if (!account) return { isBusy: true, taken: 0, hasMore: false, trouble: null };
  const progress: Progress = {
    validity: account.uid_validity?.toString() ?? null,
    lastUid: Number(account.last_uid),
    taken: 0,
    skips: [],
    total: 0,
    failedTries: account.failed_tries,
  };
  const save = async (end?: { readonly trouble: ReadingEnd['trouble'] }) => {
    const { total: _, skips, ...far } = progress;
    const input = { ...far, accountId, skips: [...skips], end };
    await carryOut(tools.door, await tools.contextOf(tenantId), recordReading, input);
    Object.assign(progress, { taken: 0, skips: [] });
  };
  try {
    const { trouble, hasMore } = await readOnce(tools, tenantId, { account, progress, save });
    await save({ trouble });
    return { isBusy: false, taken: progress.total, hasMore: hasMore && trouble === null, trouble };
  } catch (error) {
    await save({ trouble: { code: 'not_kept', words: 'A mail could not be kept; the log says why.' } });
    throw error;
  }
}

async function readAccount(tools: Tools, tenantId: TenantId, accountId: string) {
  const rows = await inTenant(tools.door.pool, tenantId, (tx) => findAccounts(tx, MAIL_ACCOUNTS_MAX));
  return rows.find(({ id }) => id === accountId);
}

type Reading = {
  readonly account: AccountRow;
  readonly progress: Progress;
  readonly save: () => Promise<void>;
};

async function readOnce(
  tools: Tools,
  tenantId: TenantId,
  reading: Reading,
): Promise<{ readonly trouble: ReadingEnd['trouble']; readonly hasMore: boolean }> {
  const { account } = reading;
  const access = await takeAccess(tools, tenantId, account);
  if ('code' in access) return { trouble: toldOf(access), hasMore: false };
  const { host, port, security, user_name: user, folder } = account;
  const place = { host, port, security, user, password: access.password, folder };
  const options = {
    ...imapOptionsOf(process.env),
    changes: account.afterwards !== 'leave',
    secondsMax: MAIL_READING_SECONDS_MAX,
  };
  const done = await withImapFolder(place, options, (opened) => readFolder(tools, tenantId, reading, opened));
  if (done.kind === 'done') return { trouble: null, hasMore: done.value };
  return { trouble: toldOf(done.trouble), hasMore: false };
}

const toldOf = ({ code, words }: ImapTrouble | AccessTrouble) => ({
  code,
  words: words.slice(0, 500) || code,
});

/** Reads what is new in a folder; gives whether more is there. */
async function readFolder(
  tools: Tools,
  tenantId: TenantId,
  { account, progress, save }: Reading,
  folder: ImapFolder,
): Promise<boolean> {
  const from = goOnFrom({ validity: account.uid_validity, lastUid: progress.lastUid }, folder.validity);
  // Counted was another mail, where the number means one no more.
  if (from.validity !== account.uid_validity) progress.failedTries = 0;
  Object.assign(progress, { validity: String(folder.validity), lastUid: from.lastUid });
  const waiting = from.lastUid === 0 ? await listAnew(account, folder) : await folder.listAfter(from.lastUid);
  const stopAt = performance.now() + BEGIN_SECONDS_MAX * 1000;
  // Something went wrong the last time: it is noted which mail is begun, so that what kills the worker is known, and put aside.
  const withCare = account.failed_tries > 0;
  for (const [at, uid] of waiting.slice(0, MAILS_A_READING).entries()) {
    if (performance.now() > stopAt) return true;
    const before = progress.failedTries;
    if (withCare && before < KEEP_TRIES_MAX) {
      progress.failedTries = begunWithCare(before);
      await save();
      progress.failedTries = before;
    }
    const outcome = await takeOne(tools, tenantId, { account, progress }, { folder, uid });
    if (outcome === 'taken') {
      progress.taken += 1;
      progress.total += 1;
    } else if (outcome) progress.skips.push(outcome);
    Object.assign(progress, { lastUid: uid, failedTries: 0 });
    if ((at + 1) % MAILS_A_NOTE === 0) await save();
    if (outcome === 'taken') await settleThere(account, folder, uid);
  }
  return waiting.length > MAILS_A_READING;
}

/**
 * What is read of a folder from its first day on. Where its UIDs got a new meaning it may stand on another server, by whose clock
 * all came in on the day of the move; then what was written more than a day before is left out (a day, because mails tell it by
 * the clock of their sender and take a while).
 */
async function listAnew(account: AccountRow, folder: ImapFolder): Promise<readonly number[]> {
  const since = await folder.listSince(account.read_from);
  if (account.uid_validity === null) return since;
  const older = new Set(await folder.listWrittenBefore(account.read_from.subtract({ days: 1 })));
  return since.filter((uid) => !older.has(uid));
}

/** Takes one mail in; nothing where it is gone meanwhile. What fails on our side is thrown, the last time put aside. */
async function takeOne(
  tools: Tools,
  tenantId: TenantId,
  { account, progress }: Pick<Reading, 'account' | 'progress'>,
  { folder, uid }: { readonly folder: ImapFolder; readonly uid: number },
): Promise<'taken' | Skip | undefined> {
  if (progress.failedTries >= KEEP_TRIES_MAX) {
    tools.log.error({ accountId: account.id, uid }, 'a mail that workers died of was put aside');
    return skipOf(folder, uid, 'not_kept');
  }
  const raw = await folder.fetch(uid);
  if (raw === undefined) return undefined;
  if (raw === 'too_large') return skipOf(folder, uid, 'mail_file_too_large');
  try {
    await keepMail(tools, tenantId, account, raw);
    return 'taken';
  } catch (error) {
    if (error instanceof Refusal) return skipOf(folder, uid, error.code);
    progress.failedTries += 1;
    if (progress.failedTries < KEEP_TRIES_MAX) throw error;
    tools.log.error({ err: error, accountId: account.id, uid }, 'a mail could not be kept and was put aside');
    return skipOf(folder, uid, 'not_kept');
  }
}

async function skipOf(folder: ImapFolder, uid: number, reason: string): Promise<Skip> {
  const mail = (await folder.look(uid)) ?? { uid, sender: '', subject: '', bytes: 0 };
  return { ...mail, reason };
}

async function keepMail(
  tools: Tools,
  tenantId: TenantId,
  account: AccountRow,
  raw: Uint8Array,
): Promise<void> {
  const companyId = account.company_id;
  if (account.brings === 'inbox') {
    await takeInbound(tools, tenantId, { to: [], raw, companyId });
    return;
  }
  const sha256 = createHash('sha256').update(raw).digest('hex');
  const commandId = uuidFrom(`remittance mail\n${companyId}\n${sha256}`) as CommandId;
  const at = { door: tools.door, context: await tools.contextOf(tenantId) };
  await receiveMailBytes(at, raw, companyId, { commandId });
}

/** Marks or moves a mail that is kept, where that is wanted. */
async function settleThere(account: AccountRow, folder: ImapFolder, uid: number): Promise<void> {
  if (account.afterwards === 'mark_seen') await folder.markSeen(uid);
  if (account.afterwards === 'move' && account.move_to !== null) await folder.move(uid, account.move_to);
}
