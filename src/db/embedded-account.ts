// Whom the embedded PostgreSQL runs as, and which folders that account can reach.
// PostgreSQL refuses to run as root, so root lends it an account that may do nothing else.

import { execFileSync, type SpawnOptions } from 'node:child_process';
import { chownSync, lchownSync, lstatSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Refusal } from '#kernel/refusal.ts';

/** The operating system account of the database server; nothing means our own. */
export type ServerAccount = { readonly uid: number; readonly gid: number } | undefined;

/**
 * The account that the server of this data folder runs as: our own, unless we are root.
 *
 * Root hands a folder that somebody else already owns back to its owner, and anything new to `nobody`.
 *
 * Refuses: `no_unprivileged_account`, `data_dir_of_another_user`.
 */
export function serverAccount(data: string): ServerAccount {
  const self = process.getuid?.();
  if (self === undefined) return undefined;
  const owner =
    statSync(data, { throwIfNoEntry: false }) ?? statSync(dirname(data), { throwIfNoEntry: false });
  if (self !== 0) {
    if (owner === undefined || owner.uid === self) return undefined;
    const todo = `The database in ${data} belongs to another user: run as that user, or give the folder to this one with chown -R.`;
    throw new Refusal('data_dir_of_another_user', { data, owner: owner.uid, self, todo });
  }
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  return nobody();
}

function nobody(): { readonly uid: number; readonly gid: number } {
  const ask = (flag: string) =>
    Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8', stdio: 'pipe' }));
  try {
    return { uid: ask('-u'), gid: ask('-g') };
  } catch {
    const todo =
      'PostgreSQL refuses to run as root and this system has no user named nobody: start Quittance as another user, or set DATABASE_URL.';
    throw new Refusal('no_unprivileged_account', { todo });
  }
}

/** What a child process needs to run as this account. The environment is cleared of PG… names, which would steer the server. */
export function runAs(account: ServerAccount, cwd: string): SpawnOptions {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('PG')));
  return { ...account, cwd, env: { ...env, LC_ALL: 'C', TZ: 'UTC' }, windowsHide: true };
}

/** Whether the account may walk down to this folder. Reads mode bits only: true may still turn out false under an ACL. */
export function canReach(account: ServerAccount, folder: string): boolean {
  if (account === undefined) return true;
  const { mode, uid, gid } = statSync(folder);
  const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
  if ((mode & bit) === 0) return false;
  const parent = dirname(folder);
  return parent === folder || canReach(account, parent);
}

/** Gives one file or folder to the account; does nothing when the server runs as ourselves. */
export function giveTo(account: ServerAccount, path: string): void {
  if (account !== undefined) chownSync(path, account.uid, account.gid);
}

/** Gives a whole folder to the account, as after a restore by root. Links are given, never followed. */
export function giveAllTo(account: ServerAccount, folder: string): void {
  if (account === undefined) return;
  lchownSync(folder, account.uid, account.gid);
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (lstatSync(path).isDirectory()) giveAllTo(account, path);
    else lchownSync(path, account.uid, account.gid);
  }
}
