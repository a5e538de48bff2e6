// Telling channels of chat services: what is new is noted as told and kept as a post first, then posted outside of any
// transaction, and given back where it was not taken.

import { createHmac } from 'node:crypto';
import { findHost } from '#carriers/find-host.ts';
import { readOverHttp } from '#carriers/read-over-http.ts';
import { carryOut } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import { openSealed } from '#identity/keep-sealed.ts';
import type { JobTools } from '#identity/make-system-context.ts';
import { readTenantSlug } from '#identity/read-people.ts';
import type { TenantId } from '#kernel/id.ts';
import { channelText, outcomeOf, type PostOutcome, signedPart } from './channel.ts';
import { settleChannelPost, type TakenForChannel, takeChannelAlerts } from './take-channel-alerts.ts';

/** What telling channels needs. */
export type ChannelTools = JobTools & {
  /** Where the program is found; undefined where nobody said. */
  readonly baseUrl: string | undefined;
  secret(): Promise<string>;
  /** The operator lets channels of this machine and of private networks be posted to, also unencrypted. */
  readonly ownNetworks: boolean;
};

const WORDS_MAX = 500;
const MS = 1000;

/** Tells the channels of a tenant what is new for them; gives how many posts were taken. */
export async function sendChannelAlerts(tools: ChannelTools, tenantId: TenantId): Promise<number> {
  const { taken } = await carryOut(tools.door, await tools.contextOf(tenantId), takeChannelAlerts, {});
  if (taken.length === 0) return 0;
  const [slug, secret] = [await inTenant(tools.door.pool, tenantId, readTenantSlug), await tools.secret()];
  const urlOf = (page: string): string | undefined =>
    tools.baseUrl === undefined ? undefined : new URL(`/${slug}/${page}`, tools.baseUrl).href;
  let sent = 0;
  for (const one of taken) {
    const { outcome, inDoubt = false, words } = await post(tools, one, { tenantId, secret, urlOf });
    await carryOut(tools.door, await tools.contextOf(tenantId), settleChannelPost, {
      postId: one.postId,
      channelId: one.channelId,
      alerts: one.alerts,
      outcome,
      inDoubt,
      words: words.replace(/\s+/g, ' ').slice(0, WORDS_MAX).toWellFormed(),
    });
    if (outcome === 'sent') sent += 1;
  }
  return sent;
}

type Posting = {
  readonly tenantId: TenantId;
  readonly secret: string;
  urlOf(page: string): string | undefined;
};

/** Posts to one channel. Never throws for what happens outside; without an answer it may have been taken over. */
async function post(
  tools: ChannelTools,
  one: TakenForChannel,
  { tenantId, secret, urlOf }: Posting,
): Promise<{ readonly outcome: PostOutcome; readonly inDoubt?: boolean; readonly words: string }> {
  const opened = (sealed: string): string | undefined => {
    const bytes = openSealed(secret, 'alert channel', tenantId, Buffer.from(sealed, 'base64'));
    return bytes && Buffer.from(bytes).toString('utf8');
  };
  const url = URL.parse(opened(one.sealedUrl) ?? '');
  const key = one.sealedKey === null ? undefined : opened(one.sealedKey);
  if (!url || (one.sealedKey !== null && key === undefined))
    return { outcome: 'refused', words: 'the secret of this server is another one: state the address again' };
  if (url.protocol !== 'https:' && !tools.ownNetworks)
    return { outcome: 'refused', words: 'only https addresses are posted to' };
  const host = await findHost(url.hostname.replace(/^\[(.*)\]$/, '$1'), tools.ownNetworks);
  if (host.kind === 'not_allowed')
    return { outcome: 'refused', words: `${url.hostname} is an address of a private network` };
  if (host.kind === 'unknown') return { outcome: 'later', words: host.words };
  const pages = {
    tasks: urlOf('tasks'),
    breaches: urlOf('send-gate'),
    certificates: urlOf('settings?tab=signing'),
  };
  const body = JSON.stringify({ text: channelText(one.alerts, pages) });
  const seconds = Math.floor(tools.clock().epochMilliseconds / MS);
  const answer = await readOverHttp(url.href, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'quittance-delivery': one.postId,
      ...(key === undefined ? {} : { 'quittance-signature': signature(key, seconds, body) }),
    },
    body,
    address: host.address,
  });
  if (answer.kind === 'no_answer') return { outcome: 'later', inDoubt: true, words: answer.text };
  return { outcome: outcomeOf(answer.status), words: `${answer.status} ${answer.text}`.trim() };
}

/** The signature of a post: HMAC-SHA256 (RFC 2104) over its moment and body, in hexadecimal, with the moment. */
export function signature(key: string, seconds: number, body: string): string {
  const sum = createHmac('sha256', key).update(signedPart(seconds, body)).digest('hex');
  return `t=${seconds},v1=${sum}`;
}
