// Who is signed in. The session itself is a cookie that scripts cannot read.

import { ApiProblem } from './api.ts';

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
  const title =
    response.status === 429
      ? 'Too many attempts. Wait a minute and try again.'
      : response.status === 401 || response.status === 403 || response.status === 400
        ? 'This e-mail address and password do not belong together.'
        : 'Signing in did not work. Try again in a moment.';
  throw new ApiProblem(response.status, { title, code: 'not_signed_in' });
}

/** Signs in with e-mail and password. Throws `ApiProblem` with what to tell the person. */
export async function signIn(email: string, password: string): Promise<void> {
  await post('sign-in/email', { email, password });
}

/** Ends the session on this device. */
export async function signOut(): Promise<void> {
  await post('sign-out', {});
}
