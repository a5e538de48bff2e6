// The operations on mailboxes that are read over IMAP.

import { z } from 'zod';
import { IMAP_SECURITY } from '#carriers/imap-security.ts';
import { day, dayText, idText, may, momentText, operation, textLine } from '#http/contract.ts';
import { companyIdIn } from '#parties/contract.ts';
import { AFTERWARDS, BRINGS, SIGN_INS } from './mail-account.ts';

export { AFTERWARDS, BRINGS, IMAP_SECURITY, SIGN_INS };

const TAG = 'Mailboxes';

const ACCOUNT = {
  mail_account_not_found: [404, 'There is no such mailbox. See the list.'],
  mail_account_closed: [409, 'This mailbox is not read any more. Set it up again.'],
} as const;

/** What the mail server, or the way to it, answered. */
const OUTSIDE = {
  mail_host_not_allowed: [
    409,
    'This mail server stands in a private network, which this server may not read. Its operator can allow it with QUITTANCE_IMAP_OWN_NETWORKS=1.',
  ],
  mail_not_reached: [409, 'No mail server answers there. Look at host and port.'],
  mail_not_trusted: [
    409,
    'The certificate of the mail server is not for this host, or nobody known signed it.',
  ],
  mail_no_encryption: [409, 'The mail server offers no encryption on this port. Try TLS on port 993.'],
  mail_sign_in_refused: [
    409,
    'The mail server does not know this user with this password. Many want a password made for programs.',
  ],
  mail_sign_in_missing: [400, 'Give a password or a token, one of the two.'],
  mail_token_refused: [
    409,
    'The sign-in service gives no access for this token. Look at the address, the client and the token.',
  ],
  mail_token_no_answer: [409, 'The sign-in service does not answer. Look at the address, or try again.'],
  mail_folder_not_found: [409, 'There is no such folder. Try INBOX.'],
  mail_connection_lost: [409, 'The connection to the mail server broke. Try again.'],
} as const;

const PLACE = {
  company_not_found: [404, 'There is no such company.'],
  mail_host_not_valid: [400, 'This is no name of a host. Write it like imap.example.com.'],
  mail_not_encrypted: [
    400,
    'A password goes unencrypted to this machine itself only. Choose TLS or STARTTLS.',
  ],
  mail_folder_missing: [400, 'Name the folder mails are moved to: another one than is read.'],
  ...OUTSIDE,
} as const;

/** One of the two. */
const signIn = {
  /** Kept sealed; never given out again. */
  password: z.string().min(1).max(500).optional(),
  /** A token that lasts, by which access is asked for again and again (OAuth 2.0). Kept sealed; never given out again. */
  oauth: z
    .object({
      tokenUrl: textLine(500),
      clientId: textLine(500),
      clientSecret: textLine(500).optional(),
      refreshToken: z.string().min(1).max(8_000),
      scope: textLine(500).optional(),
    })
    .optional(),
};

const place = z.object({
  companyId: companyIdIn,
  /** `inbox`: answers of customers. `remittances`: lists of what payments are for. */
  brings: z.enum(BRINGS),
  host: textLine(253),
  port: z.number().int().min(1).max(65_535).default(993),
  security: z.enum(IMAP_SECURITY).default('tls'),
  user: textLine(254),
  ...signIn,
  folder: textLine(500).default('INBOX'),
  /** Mails from this day on are read; left out, from today on. */
  readFrom: day.optional(),
  /** What is done there with a mail that was taken: nothing, unless you choose. Nothing is ever deleted. */
  afterwards: z.enum(AFTERWARDS).default('leave'),
  moveTo: textLine(500).optional(),
});

/** Mailboxes that are read. */
export const listMailAccounts = operation({
  id: 'list-mail-accounts',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/mail-accounts',
  summary: 'Mailboxes that are read over IMAP, with how far they were read and what stands in the way.',
  tag: TAG,
  permission: 'message.read',
  reply: z.object({
    rows: z.array(
      z.object({
        accountId: z.string(),
        companyId: z.string(),
        companyName: z.string(),
        brings: z.enum(BRINGS),
        host: z.string(),
        port: z.number().int(),
        security: z.enum(IMAP_SECURITY),
        user: z.string(),
        signIn: z.enum(SIGN_INS),
        folder: z.string(),
        readFrom: dayText,
        afterwards: z.enum(AFTERWARDS),
        moveTo: z.string().nullable(),
        mailsTaken: z.number().int(),
        /** When it was last read without trouble. */
        readAt: momentText.nullable(),
        /** What stands in the way, in the words of the mail server. */
        trouble: z.object({ code: z.string(), words: z.string(), since: momentText }).nullable(),
        /** Mails that were not taken; they are still there. */
        skips: z.array(
          z.object({
            sender: z.string(),
            subject: z.string(),
            bytes: z.number().int(),
            reason: z.string(),
            notedAt: momentText,
          }),
        ),
      }),
    ),
    may: z.object({ manage: may }),
  }),
});

/** Whether a mailbox can be read. */
export const checkMailAccount = operation({
  id: 'check-mail-account',
  kind: 'query',
  method: 'POST',
  path: '/api/v1/mail-accounts/check',
  summary:
    'Signs in to a mailbox and looks: how many mails are in the folder, and which folders there are. Nothing is kept.',
  tag: TAG,
  permission: 'company.manage',
  body: place,
  reply: z.object({ mails: z.number().int(), folders: z.array(z.string()) }),
  refusals: PLACE,
});

/** Begins to read a mailbox. */
export const openMailAccount = operation({
  id: 'open-mail-account',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/mail-accounts',
  summary:
    'Begins to read a mailbox of a company over IMAP. It is tried out first; what cannot be read is not set up.',
  tag: TAG,
  permission: 'company.manage',
  body: place,
  reply: z.object({ accountId: z.string() }),
  refusals: {
    ...PLACE,
    mail_account_open: [409, 'This folder is read already. Close it first, or name another.'],
    too_many_mail_accounts: [409, 'So many mailboxes are read already as can be. Close one first.'],
  },
});

const params = z.object({ accountId: idText });
const reply = z.object({ accountId: z.string() });

/** Another password. */
export const changeMailPassword = operation({
  id: 'change-mail-password',
  kind: 'command',
  method: 'PUT',
  path: '/api/v1/mail-accounts/:accountId/password',
  summary: 'Keeps another password or token of a mailbox, sealed, and reads it at once.',
  tag: TAG,
  permission: 'company.manage',
  params,
  body: z.object(signIn),
  reply,
  refusals: {
    ...ACCOUNT,
    mail_sign_in_missing: OUTSIDE.mail_sign_in_missing,
    mail_token_refused: OUTSIDE.mail_token_refused,
    mail_token_no_answer: OUTSIDE.mail_token_no_answer,
  },
});

/** Read at once. */
export const readMailAccountNow = operation({
  id: 'read-mail-account-now',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/mail-accounts/:accountId/reading',
  summary: 'Reads a mailbox now rather than in a few minutes.',
  tag: TAG,
  permission: 'company.manage',
  params,
  body: z.object({}),
  reply,
  refusals: ACCOUNT,
});

/** Read no more. */
export const closeMailAccount = operation({
  id: 'close-mail-account',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/mail-accounts/:accountId/close',
  summary: 'Reads a mailbox no more. What was taken stays.',
  tag: TAG,
  permission: 'company.manage',
  params,
  body: z.object({}),
  reply,
  refusals: ACCOUNT,
});
