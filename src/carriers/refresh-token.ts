// Getting leave to sign in to a mail server for a while (OAuth 2.0, RFC 6749, 6): a token that lasts is given for one that opens a
// mailbox for an hour or so. What goes wrong outside is said plainly and never thrown.

import { findHost } from './find-host.ts';
import { readOverHttp } from './read-over-http.ts';

/** Who may ask for access, and by what. Secret as a password is. */
export type OAuthGrant = {
  /** Where tokens are given: `https://login.microsoftonline.com/…/oauth2/v2.0/token`. */
  readonly tokenUrl: string;
  readonly clientId: string;
  /** Some services give one to each program, some none. */
  readonly clientSecret?: string | undefined;
  readonly refreshToken: string;
  /** What access is asked for, where the service wants that said. */
  readonly scope?: string | undefined;
};

/**
 * What came of asking. `token`: opens the mailbox; `refreshToken` where the service gave another one, and will know the one that
 * was used no more. `refused`: the grant was taken back or is over; a person must give another. `no_answer`: worth another try.
 */
export type TokenAnswer =
  | { readonly kind: 'token'; readonly accessToken: string; readonly refreshToken: string | undefined }
  | { readonly kind: 'refused' | 'no_answer' | 'not_allowed'; readonly words: string };

const WORDS_CHARACTERS = 300;

/**
 * Asks for a token. `ownNetworks`: services of this machine and its network may be asked, and unencrypted; others are asked
 * encrypted only. Never throws for what happens outside.
 */
export async function refreshToken(
  grant: OAuthGrant,
  { ownNetworks }: { readonly ownNetworks: boolean },
): Promise<TokenAnswer> {
  const url = URL.parse(grant.tokenUrl);
  if (!url || !(url.protocol === 'https:' || (ownNetworks && url.protocol === 'http:')))
    return { kind: 'not_allowed', words: 'tokens are asked for over https only' };
  const host = await findHost(url.hostname.replace(/^\[(.*)\]$/, '$1'), ownNetworks);
  if (host.kind === 'not_allowed') return { kind: 'not_allowed', words: url.hostname };
  if (host.kind === 'unknown') return { kind: 'no_answer', words: host.words };
  const body = new URLSearchParams({
    grant_type: 'refresh_token',
    refresh_token: grant.refreshToken,
    client_id: grant.clientId,
    ...(grant.clientSecret ? { client_secret: grant.clientSecret } : {}),
    ...(grant.scope ? { scope: grant.scope } : {}),
  });
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const answer = await readOverHttp(url.href, {
    method: 'POST',
    headers,
    body: body.toString(),
    address: host.address,
  });
  if (answer.kind === 'no_answer') return { kind: 'no_answer', words: answer.text };
  return told(answer.status, answer.json);
}

function told(status: number, json: unknown): TokenAnswer {
  const said = (typeof json === 'object' && json !== null ? json : {}) as Readonly<Record<string, unknown>>;
  const text = (name: string): string | undefined => {
    const value = said[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const accessToken = text('access_token');
  if (status === 200 && accessToken !== undefined)
    return { kind: 'token', accessToken, refreshToken: text('refresh_token') };
  const words = [text('error'), text('error_description')].filter((one) => one !== undefined).join(': ');
  const clean = (words || `the answer was ${status}`)
    .replace(/\s+/g, ' ')
    .slice(0, WORDS_CHARACTERS)
    .toWellFormed();
  // 4xx says that the grant or the client is wrong (RFC 6749, 5.2); but for "too often", it will be so again.
  return { kind: status >= 400 && status < 500 && status !== 429 ? 'refused' : 'no_answer', words: clean };
}
