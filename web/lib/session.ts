// Who is signed in, and what one does with one's own password and second factor. The session itself is a cookie that
// scripts cannot read.

import { ApiProblem } from './api.ts';

const TITLES: Readonly<Record<string, string>> = {
  invalid_email_or_password: 'This e-mail address and password do not belong together.',
  invalid_password: 'This is not your present password.',
  password_unchanged: 'The new password is the same as the old one.',
  password_too_short: 'A password has at least 10 characters.',
  password_too_long: 'A password has at most 256 characters.',
  invalid_code: 'This code is not the right one. Codes change every 30 seconds.',
  invalid_backup_code: 'This is none of your backup codes, or it was used before.',
  invalid_two_factor_cookie: 'That took too long. Sign in again.',
  too_many_requests: 'Too many attempts. Wait a few minutes and try again.',
};

async function post(path: string, body: unknown): Promise<Record<string, unknown>> {
  const response = await fetch(`/api/auth/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    credentials: 'same-origin',
  }).catch(() => {
    throw new ApiProblem(0, {
      title: 'The server cannot be reached. Check the connection and try again.',
      code: 'offline',
    });
  });
  const document = (await response.json().catch(() => ({}))) as Record<string, unknown>;
  if (response.ok) return document;
  const code = typeof document.code === 'string' ? document.code : 'unknown';
  const said =
    typeof document.title === 'string' ? document.title : 'That did not work. Try again in a moment.';
  throw new ApiProblem(response.status, { title: TITLES[code] ?? said, code });
}

/** Signs in with e-mail and password; `second_factor` when a code is asked for as well. Throws `ApiProblem`. */
export async function signIn(email: string, password: string): Promise<'in' | 'second_factor'> {
  const answer = await post('sign-in/email', { email, password });
  return answer.twoFactorRedirect === true ? 'second_factor' : 'in';
}

/** Ends signing in with a code of the second factor, or one of the backup codes. Throws `ApiProblem`. */
export async function giveCode(code: string, kind: 'totp' | 'backup'): Promise<void> {
  const plain = code.replace(/\s/g, '');
  await post(kind === 'totp' ? 'two-factor/verify-totp' : 'two-factor/verify-backup-code', { code: plain });
}

/** Ends the session on this device. */
export async function signOut(): Promise<void> {
  await post('sign-out', {});
}

/** Changes one's own password and ends all other sessions. Throws `ApiProblem`. */
export async function changePassword(currentPassword: string, newPassword: string): Promise<void> {
  await post('change-password', { currentPassword, newPassword });
}

export type SecondFactor = {
  readonly uri: string;
  readonly secret: string;
  readonly backupCodes: readonly string[];
};

/** Makes a second factor; it is asked for once a first code was given. Throws `ApiProblem`. */
export async function beginSecondFactor(password: string): Promise<SecondFactor> {
  const answer = await post('two-factor/enable', { password, method: 'totp' });
  const uri = String(answer.totpURI ?? '');
  const secret = new URL(uri).searchParams.get('secret') ?? '';
  return { uri, secret, backupCodes: (answer.backupCodes as string[] | undefined) ?? [] };
}

/** Takes the second factor away. Throws `ApiProblem`. */
export async function endSecondFactor(password: string): Promise<void> {
  await post('two-factor/disable', { password });
}

/** Ends all sessions but this one. Throws `ApiProblem`. */
export async function endOtherSessions(): Promise<void> {
  await post('revoke-other-sessions', {});
}
