// What opens a mailbox: its password, or a token that is asked for anew each time.

import { type OAuthGrant, refreshToken } from '#carriers/refresh-token.ts';
import { carryOut } from '#command/command.ts';
import { keepServerSecret } from '#identity/make-secret.ts';
import type { JobTools } from '#identity/make-system-context.ts';
import type { TenantId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { keepMailToken } from './change-accounts.ts';
import { openPassword, sealPassword } from './keep-password.ts';
import { imapOptionsOf, type SignIn } from './mail-account.ts';
import type { AccountRow } from './store-accounts.ts';

/** What a person gives for a mailbox: one of the two. */
export type GivenAccess = { readonly password?: string | undefined; readonly oauth?: OAuthGrant | undefined };

/** What opens it now, how, and what is kept, sealed, to open it again. */
export type Access = {
  readonly password: string | { readonly accessToken: string };
  readonly signIn: SignIn;
  readonly kept: string;
};

/** Why a mailbox cannot be opened, in the words of whoever gives tokens. */
export type AccessTrouble = {
  readonly code: 'token_refused' | 'token_no_answer' | 'password_sealed_elsewhere';
  readonly words: string;
};

/**
 * Opens an account by what is kept of it. A token that was given in place of the one that was used is kept before anything is
 * done with it.
 */
export async function takeAccess(
  tools: Pick<JobTools, 'door' | 'contextOf' | 'dataDir'>,
  tenantId: TenantId,
  account: AccountRow,
): Promise<Access | AccessTrouble> {
  const secret = await keepServerSecret(tools.dataDir);
  const kept = openPassword(secret, tenantId, account.sealed_password);
  if (kept === undefined) return { code: 'password_sealed_elsewhere', words: 'another server secret' };
  const access = await openAccess(account.sign_in, kept);
  if ('code' in access || access.kept === kept) return access;
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
  await carryOut(tools.door, await tools.contextOf(tenantId), keepMailToken, {
    accountId: account.id,
    used: base64(account.sealed_password),
    sealedPassword: base64(sealPassword(secret, tenantId, access.kept)),
  });
  return access;
}

/** Opens by what was kept; gives what is kept from now on, which may be another token. */
async function openAccess(signIn: SignIn, kept: string): Promise<Access | AccessTrouble> {
  if (signIn === 'password') return { password: kept, signIn, kept };
  const grant = JSON.parse(kept) as OAuthGrant;
  const answer = await refreshToken(grant, imapOptionsOf(process.env));
  if (answer.kind !== 'token') {
    const code = answer.kind === 'no_answer' ? 'token_no_answer' : 'token_refused';
    return { code, words: answer.words || code };
  }
  const next: OAuthGrant = { ...grant, refreshToken: answer.refreshToken ?? grant.refreshToken };
  return { password: { accessToken: answer.accessToken }, signIn, kept: JSON.stringify(next) };
}

/**
 * Opens by what a person gave. Refuses: `mail_sign_in_missing` (neither or both), `mail_token_refused`, `mail_token_no_answer`.
 */
export async function openGiven({ password, oauth }: GivenAccess): Promise<Access> {
  if ((password === undefined) === (oauth === undefined)) throw new Refusal('mail_sign_in_missing');
  const access =
    oauth === undefined
      ? await openAccess('password', password ?? '')
      : await openAccess('oauth2', JSON.stringify(oauth));
  if ('code' in access) throw new Refusal(`mail_${access.code}`, { words: access.words });
  return access;
}
