// Reading for people which mailboxes are read, and trying one out.

import type { z } from 'zod';
import { type ImapPlace, type ImapTrouble, withImapFolder } from '#carriers/read-imap.ts';
import type { Context } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { MAIL_ACCOUNTS_MAX, MAIL_SKIPS_SHOWN, MAIL_TRY_SECONDS_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import { mayDo } from '#parties/may.ts';
import { listCompanies } from '#parties/take-party.ts';
import type * as contract from './contract-accounts.ts';
import { checkPlace, imapOptionsOf } from './mail-account.ts';
import { findAccounts, findSkips } from './store-accounts.ts';

/** The mailboxes that are read. Passwords are not among what is told. */
export async function readAccounts(
  tx: Tx,
  context: Context,
): Promise<z.input<typeof contract.listMailAccounts.reply>> {
  const [rows, skips, companies] = await Promise.all([
    findAccounts(tx, MAIL_ACCOUNTS_MAX),
    findSkips(tx, MAIL_SKIPS_SHOWN),
    listCompanies(tx),
  ]);
  return {
    rows: rows.map((row) => ({
      accountId: row.id,
      companyId: row.company_id,
      companyName: companies.find(({ id }) => id === row.company_id)?.name ?? '',
      brings: row.brings,
      host: row.host,
      port: row.port,
      security: row.security,
      user: row.user_name,
      signIn: row.sign_in,
      folder: row.folder,
      readFrom: row.read_from.toString(),
      afterwards: row.afterwards,
      moveTo: row.move_to,
      mailsTaken: row.mails_taken,
      readAt: row.read_at?.toString() ?? null,
      trouble:
        row.trouble !== null && row.trouble_since !== null
          ? { code: row.trouble, words: row.trouble_words ?? '', since: row.trouble_since.toString() }
          : null,
      skips: skips
        .filter((skip) => skip.account_id === row.id)
        .map(({ sender, subject, bytes, reason, noted_at: at }) => ({
          sender,
          subject,
          bytes: Number(bytes),
          reason,
          notedAt: at.toString(),
        })),
    })),
    may: { manage: mayDo(context, 'company.manage') },
  };
}

/** What people are told of each trouble while they set a mailbox up. */
const REFUSALS: Readonly<Record<ImapTrouble['code'], string>> = {
  host_not_allowed: 'mail_host_not_allowed',
  not_reached: 'mail_not_reached',
  not_trusted: 'mail_not_trusted',
  not_encrypted: 'mail_no_encryption',
  sign_in_refused: 'mail_sign_in_refused',
  folder_missing: 'mail_folder_not_found',
  lost: 'mail_connection_lost',
};

/**
 * Signs in to a mailbox and looks; changes nothing there.
 *
 * Refuses: what `checkPlace` refuses, `mail_host_not_allowed`, `mail_not_reached`, `mail_not_trusted`, `mail_no_encryption`,
 * `mail_sign_in_refused`, `mail_folder_not_found`, `mail_connection_lost`; each with the words of the mail server.
 */
export async function tryAccount(
  wanted: ImapPlace & Parameters<typeof checkPlace>[0],
): Promise<{ readonly mails: number; readonly folders: string[] }> {
  checkPlace(wanted);
  const options = { ...imapOptionsOf(process.env), changes: false, secondsMax: MAIL_TRY_SECONDS_MAX };
  const tried = await withImapFolder(wanted, options, async (folder) => ({
    mails: folder.mails,
    folders: [...(await folder.folders())],
  }));
  if (tried.kind === 'trouble') {
    const { code, words } = tried.trouble;
    throw new Refusal(REFUSALS[code], { words });
  }
  if (wanted.moveTo !== null && !tried.value.folders.includes(wanted.moveTo))
    throw new Refusal('mail_folder_not_found', { words: wanted.moveTo });
  return tried.value;
}
