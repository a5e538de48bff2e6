// SQL of mailboxes that are read over IMAP.

import { type Selectable, sql } from 'kysely';
import type { ImapSecurity } from '#carriers/imap-security.ts';
import { type Act, actorText } from '#command/command.ts';
import type { NewRow } from '#db/insert.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import type { Instant } from '#kernel/calendar.ts';
import type { CompanyId } from '#kernel/id.ts';
import type { Afterwards, Brings, SignIn } from './mail-account.ts';

export type AccountRow = Omit<
  Selectable<DB['mail_account']>,
  'company_id' | 'brings' | 'security' | 'sign_in' | 'afterwards' | 'last_uid'
> & {
  readonly company_id: CompanyId;
  readonly brings: Brings;
  readonly security: ImapSecurity;
  readonly sign_in: SignIn;
  readonly afterwards: Afterwards;
  readonly last_uid: bigint;
};
export type SkipRow = Selectable<DB['mail_account_skip']>;

/** Opens an account. */
export function insertAccount(act: Act, row: NewRow<'mail_account'>): void {
  act.insert('mail_account', [row]);
}

/** An account, held until the commit. */
export async function lockAccount(act: Act, id: string): Promise<AccountRow | undefined> {
  return act.find(sql<AccountRow>`select * from mail_account
    where tenant_id = ${act.tenantId} and id = ${id}::uuid for update`);
}

/** Saves how far an account that is locked was read, its password and what stands in the way. */
export function updateAccount(act: Act, row: AccountRow): void {
  act.write(
    sql`update mail_account set sealed_password = ${row.sealed_password}, sign_in = ${row.sign_in}, uid_validity = ${row.uid_validity}::bigint,
        last_uid = ${row.last_uid}::bigint, mails_taken = ${row.mails_taken}::int,
        failed_tries = ${row.failed_tries}::int, in_hand_until = ${row.in_hand_until}, read_at = ${row.read_at},
        trouble = ${row.trouble}, trouble_words = ${row.trouble_words}, trouble_since = ${row.trouble_since}
      where tenant_id = ${act.tenantId} and id = ${row.id}::uuid`,
    { rows: 1, rule: 'an account that is locked is there' },
  );
}

/** Notes who waits at an account, and until when. */
export function updateWatch(
  act: Act,
  id: string,
  { watcher, until }: { readonly watcher: string; readonly until: Instant },
): void {
  act.write(
    sql`update mail_account set watched_by = ${watcher}::uuid, watched_until = ${until}
      where tenant_id = ${act.tenantId} and id = ${id}::uuid`,
    { rows: 1, rule: 'an account that is locked is there' },
  );
}

/** Closes an account for good. */
export function updateAccountClosed(act: Act, id: string): void {
  act.write(
    sql`update mail_account set closed_by = ${actorText(act.actor)}, closed_at = ${act.now}, in_hand_until = null
      where tenant_id = ${act.tenantId} and id = ${id}::uuid and closed_at is null`,
    { rows: 1, rule: 'an account is closed once' },
  );
}

/** Accounts that are read, the oldest first. */
export async function findAccounts(tx: Tx, limit: number): Promise<readonly AccountRow[]> {
  return tx.run(sql<AccountRow>`select * from mail_account
    where tenant_id = ${tx.tenantId} and closed_at is null order by opened_at, id limit ${limit}::int`);
}

/** Notes mails that were not taken; those of before stay as they were noted. */
export function insertSkips(act: Act, rows: readonly NewRow<'mail_account_skip'>[]): void {
  for (const row of rows)
    act.write(
      sql`insert into mail_account_skip (tenant_id, id, account_id, uid_validity, uid, sender, subject, bytes, reason, noted_at)
        values (${act.tenantId}, ${row.id}::uuid, ${row.account_id}::uuid, ${row.uid_validity}::bigint, ${row.uid}::bigint,
          ${row.sender}, ${row.subject}, ${row.bytes}::bigint, ${row.reason}, ${row.noted_at})
        on conflict on constraint mail_account_skip_once do nothing`,
    );
}

/** Mails that were not taken, the latest of each account. */
export async function findSkips(tx: Tx, limit: number): Promise<readonly SkipRow[]> {
  return tx.run(sql<SkipRow>`select s.* from mail_account a
    cross join lateral (select * from mail_account_skip k where k.tenant_id = a.tenant_id and k.account_id = a.id
      order by k.noted_at desc, k.id desc limit ${limit}::int) s
    where a.tenant_id = ${tx.tenantId} and a.closed_at is null order by s.noted_at desc, s.id desc`);
}
