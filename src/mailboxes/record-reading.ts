// What a reading of a mailbox came to: taken in hand, how far it got, what stood in the way.

import type { Command } from '#command/command.ts';
import { newId } from '#kernel/id.ts';
import { afterDeath, IN_HAND_MINUTES, isFree, WATCH_MINUTES } from './mail-account.ts';
import { type AccountRow, insertSkips, lockAccount, updateAccount, updateWatch } from './store-accounts.ts';

/**
 * Takes an account in hand for one worker; `false` where it is closed, or another has it. One that dies has it for some minutes
 * at most; whoever takes it then reads with care, because a mail may have been what it died of.
 */
export const takeAccountInHand: Command<{ readonly accountId: string }, { readonly isTaken: boolean }> = {
  name: 'take-mail-account-in-hand',
  permission: 'reminder.send',
  async run(act, { accountId }) {
    const account = await lockAccount(act, accountId);
    if (!account || account.closed_at !== null || !isFree(account.in_hand_until, act.now))
      return { isTaken: false };
    const failedTries =
      account.in_hand_until === null ? account.failed_tries : afterDeath(account.failed_tries);
    const inHandUntil = act.now.add({ minutes: IN_HAND_MINUTES });
    updateAccount(act, { ...account, failed_tries: failedTries, in_hand_until: inHandUntil });
    return { isTaken: true };
  },
};

/** Lets an account go that was taken in hand and not read: only what opens it was asked for. */
export const letGoOfAccount: Command<{ readonly accountId: string }, { readonly accountId: string }> = {
  name: 'let-go-of-mail-account',
  permission: 'reminder.send',
  async run(act, { accountId }) {
    const account = await lockAccount(act, accountId);
    if (account) updateAccount(act, { ...account, in_hand_until: null });
    return { accountId };
  },
};

/**
 * Lets one worker wait at a mailbox for some minutes, from now on again; `false` where it is closed or in trouble, or another waits
 * there. The others leave it alone: many mail servers allow few connections.
 */
export const takeMailWatch: Command<
  { readonly accountId: string; readonly watcher: string },
  { readonly isTaken: boolean }
> = {
  name: 'take-mail-watch',
  permission: 'reminder.send',
  async run(act, { accountId, watcher }) {
    const account = await lockAccount(act, accountId);
    if (!account || account.closed_at !== null || account.trouble !== null) return { isTaken: false };
    if (account.watched_by !== watcher && !isFree(account.watched_until, act.now)) return { isTaken: false };
    updateWatch(act, accountId, { watcher, until: act.now.add({ minutes: WATCH_MINUTES }) });
    return { isTaken: true };
  },
};

/** A mail that was not taken. */
export type Skip = {
  readonly uid: number;
  readonly sender: string;
  readonly subject: string;
  readonly bytes: number;
  readonly reason: string;
};

export type RecordReading = {
  readonly accountId: string;
  readonly validity: string | null;
  readonly lastUid: number;
  readonly taken: number;
  /** How often in a row the mail after `lastUid` could not be kept. */
  readonly failedTries: number;
  readonly skips: readonly Skip[];
  /** Absent while the reading goes on. */
  readonly end?: { readonly trouble: { readonly code: string; readonly words: string } | null } | undefined;
};

/** Saves how far an account was read. Trouble is told when it begins and when it is over, not each time in between. */
export const recordReading: Command<RecordReading, { readonly accountId: string }> = {
  name: 'record-mail-reading',
  permission: 'reminder.send',
  async run(act, input) {
    const { accountId } = input;
    const account = await lockAccount(act, accountId);
    if (!account) return { accountId };
    updateAccount(act, read(account, input, act.now));
    insertSkips(
      act,
      input.skips.map((skip) => ({
        ...skip,
        id: newId(),
        account_id: accountId,
        uid: BigInt(skip.uid),
        bytes: BigInt(skip.bytes),
        uid_validity: BigInt(input.validity ?? 0),
        noted_at: act.now,
      })),
    );
    const trouble = input.end?.trouble;
    const data = { companyId: account.company_id, host: account.host, user: account.user_name };
    if (trouble && account.trouble === null)
      act.record({ type: 'mail_account.troubled', subjectId: accountId, data: { ...data, ...trouble } });
    if (input.end && !trouble && account.trouble !== null)
      act.record({ type: 'mail_account.works_again', subjectId: accountId, data });
    return { accountId };
  },
};

function read(account: AccountRow, input: RecordReading, now: Temporal.Instant) {
  const { validity, lastUid, taken, failedTries, end } = input;
  const further = {
    ...account,
    uid_validity: validity === null ? account.uid_validity : BigInt(validity),
    last_uid: BigInt(lastUid),
    mails_taken: account.mails_taken + taken,
    failed_tries: failedTries,
    in_hand_until: end ? null : now.add({ minutes: IN_HAND_MINUTES }),
  };
  if (!end) return further;
  const { trouble } = end;
  return {
    ...further,
    read_at: trouble ? account.read_at : now,
    trouble: trouble?.code ?? null,
    trouble_words: trouble?.words ?? null,
    trouble_since: trouble ? (account.trouble_since ?? now) : null,
  };
}
