// A service on this machine that gives tokens (OAuth 2.0), as mail providers have one. Each token that lasts is good once: with
// access it gives another, and forgets the one before.

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type TokenServer = {
  readonly url: string;
  /** What opens mailboxes now. */
  readonly accessToken: () => string;
  /** What access is asked for with the next time. */
  readonly refreshToken: () => string;
  /** Requests for access, as forms. */
  readonly asked: readonly URLSearchParams[];
  /** From now on nothing opens any more that was given. */
  revoke(): void;
  /** From now on it answers with this status and nothing else; none: as it should. */
  breakDown(status: number | undefined): void;
  close(): Promise<void>;
};

/** Starts one on a free port of the loopback address. */
export async function startTokenServer(): Promise<TokenServer> {
  let given = 1;
  let broken: number | undefined;
  const asked: URLSearchParams[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const form = new URLSearchParams(body);
    asked.push(form);
    const say = (status: number, json: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
    if (broken !== undefined) return say(broken, {});
    if (form.get('client_id') !== 'quittance' || form.get('refresh_token') !== `lasting-${given}`)
      return say(400, { error: 'invalid_grant', error_description: 'The token was revoked.' });
    given += 1;
    return say(200, { access_token: `access-${given}`, refresh_token: `lasting-${given}`, expires_in: 3600 });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`,
    accessToken: () => `access-${given}`,
    refreshToken: () => `lasting-${given}`,
    asked,
    revoke: () => {
      given += 1_000;
    },
    breakDown: (status) => {
      broken = status;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
