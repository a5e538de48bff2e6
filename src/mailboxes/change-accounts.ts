// Setting up mailboxes that are read over IMAP: opened, given another password, closed.

import type { ImapSecurity } from '#carriers/imap-security.ts';
import { type Act, actorText, type Command } from '#command/command.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import { type CompanyId, newId } from '#kernel/id.ts';
import { MAIL_ACCOUNTS_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import { takeCompany } from '#parties/take-party.ts';
import { type Afterwards, type Brings, checkPlace, type SignIn } from './mail-account.ts';
import {
  type AccountRow,
  findAccounts,
  insertAccount,
  lockAccount,
  updateAccount,
  updateAccountClosed,
} from './store-accounts.ts';

/** The queue whose handler reads an account. */
export const READ_ACCOUNT_QUEUE = 'mailboxes.read-account';

/** The job that reads an account; several of the same account wait as one. */
export function readingJob(accountId: string) {
  return { queue: READ_ACCOUNT_QUEUE, payload: { accountId }, key: accountId };
}

export type OpenMailAccount = {
  readonly companyId: CompanyId;
  readonly brings: Brings;
  readonly host: string;
  readonly port: number;
  readonly security: ImapSecurity;
  readonly user: string;
  /** Sealed, in base 64: a password, or, with `oauth2`, by what tokens are asked for. */
  readonly sealedPassword: string;
  /** By password where left out. */
  readonly signIn?: SignIn | undefined;
  readonly folder: string;
  readonly readFrom: PlainDate;
  readonly afterwards: Afterwards;
  readonly moveTo: string | null;
};

/**
 * Begins to read a mailbox. Its mails from a day on are taken in; there they stay as they are, unless marking or moving is
 * wanted.
 *
 * Refuses: `company_not_found`, `mail_account_open`, `too_many_mail_accounts`, what `checkPlace` refuses.
 */
export const openMailAccount: Command<OpenMailAccount, { readonly accountId: string }> = {
  name: 'open-mail-account',
  permission: 'company.manage',
  constraints: { mail_account_once: 'mail_account_open' },
  async run(act, input) {
    const company = await takeCompany(act, input.companyId);
    checkPlace(input);
    const others = await findAccounts(act, MAIL_ACCOUNTS_MAX);
    if (others.length >= MAIL_ACCOUNTS_MAX)
      throw new Refusal('too_many_mail_accounts', { most: MAIL_ACCOUNTS_MAX });
    const accountId = newId<'mail_account'>();
    insertAccount(act, {
      id: accountId,
      company_id: company.id,
      brings: input.brings,
      host: input.host,
      port: input.port,
      security: input.security,
      user_name: input.user,
      sealed_password: Buffer.from(input.sealedPassword, 'base64'),
      sign_in: input.signIn ?? 'password',
      folder: input.folder,
      read_from: input.readFrom,
      afterwards: input.afterwards,
      move_to: input.moveTo,
      opened_by: actorText(act.actor),
      opened_at: act.now,
      closed_by: null,
      closed_at: null,
      uid_validity: null,
      last_uid: 0n,
      mails_taken: 0,
      failed_tries: 0,
      in_hand_until: null,
      watched_by: null,
      watched_until: null,
      read_at: null,
      trouble: null,
      trouble_words: null,
      trouble_since: null,
    });
    const { host, user, folder, brings } = input;
    act.record({
      type: 'mail_account.opened',
      subjectId: accountId,
      data: { companyId: company.id, host, user, folder, brings },
    });
    act.enqueue(readingJob(accountId));
    return { accountId };
  },
};

/** An account that is open, held. Refuses: `mail_account_not_found`, `mail_account_closed`. */
async function takeOpenAccount(act: Act, accountId: string): Promise<AccountRow> {
  const account = await lockAccount(act, accountId);
  if (!account) throw new Refusal('mail_account_not_found', { accountId });
  if (account.closed_at !== null) throw new Refusal('mail_account_closed', { accountId });
  return account;
}

/** Another way in. */
type OtherAccess = {
  readonly accountId: string;
  readonly sealedPassword: string;
  readonly signIn?: SignIn | undefined;
};

/** Keeps another password or token of an account, and reads at once. Refuses: `mail_account_not_found`, `mail_account_closed`. */
export const changeMailPassword: Command<OtherAccess, { readonly accountId: string }> = {
  name: 'change-mail-password',
  permission: 'company.manage',
  async run(act, { accountId, sealedPassword, signIn = 'password' }) {
    const account = await takeOpenAccount(act, accountId);
    const sealed = Buffer.from(sealedPassword, 'base64');
    updateAccount(act, { ...account, sealed_password: sealed, sign_in: signIn });
    act.record({ type: 'mail_account.password_changed', subjectId: accountId, data: { host: account.host } });
    act.enqueue(readingJob(accountId));
    return { accountId };
  },
};

/**
 * Keeps the token that the sign-in service gave in place of the one that was used, which it will not know again; not where a
 * person gave another way in meanwhile. `used`: what was kept before, sealed, in base 64.
 */
export const keepMailToken: Command<
  { readonly accountId: string; readonly used: string; readonly sealedPassword: string },
  { readonly accountId: string }
> = {
  name: 'keep-mail-token',
  permission: 'reminder.send',
  async run(act, { accountId, used, sealedPassword }) {
    const account = await lockAccount(act, accountId);
    if (account && Buffer.from(account.sealed_password).toString('base64') === used)
      updateAccount(act, { ...account, sealed_password: Buffer.from(sealedPassword, 'base64') });
    return { accountId };
  },
};

/** Has an account read now rather than in a few minutes. Refuses: `mail_account_not_found`, `mail_account_closed`. */
export const readMailAccountNow: Command<{ readonly accountId: string }, { readonly accountId: string }> = {
  name: 'read-mail-account-now',
  permission: 'company.manage',
  async run(act, { accountId }) {
    await takeOpenAccount(act, accountId);
    act.enqueue(readingJob(accountId));
    return { accountId };
  },
};

/** Reads an account no more. What was taken stays. Refuses: `mail_account_not_found`, `mail_account_closed`. */
export const closeMailAccount: Command<{ readonly accountId: string }, { readonly accountId: string }> = {
  name: 'close-mail-account',
  permission: 'company.manage',
  async run(act, { accountId }) {
    const account = await takeOpenAccount(act, accountId);
    updateAccountClosed(act, accountId);
    act.record({
      type: 'mail_account.closed',
      subjectId: accountId,
      data: { companyId: account.company_id, host: account.host, user: account.user_name },
    });
    return { accountId };
  },
};
