// Who sends a request, for which tenant, and what they may do: by API key or by session cookie, looked up each time, so
// that whoever is removed or revoked is out at the next request.

import type { FastifyRequest } from 'fastify';
import type { Actor, Context } from '#command/command.ts';
import type { Pool } from '#db/pool.ts';
import { inTenant } from '#db/transaction.ts';
import { dayIn, type Instant } from '#kernel/calendar.ts';
import type { TenantId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { type ApiKey, isUsable, isUseWorthNoting, looksLikeKey } from './api-key.ts';
import { hashKey } from './make-secret.ts';
import type { Tenant } from './member.ts';
import type { SignedIn, SignIn } from './open-sign-in.ts';
import { permissionsOf, type Role } from './permission.ts';
import { findKeyByHash, findMemberships, type Membership, updateKeyUsed } from './store.ts';

export type AuthenticateOptions = {
  readonly pool: Pool;
  readonly signIn: SignIn;
  /** What time it is; tests and the demo have their own. */
  readonly clock: () => Instant;
  readonly onTrouble: (error: unknown) => void;
};

export type Authenticator = {
  /**
   * Finds out who sends a request. The header `quittance-tenant` names the tenant by its slug; without it a person acts
   * for the tenant they joined first.
   *
   * Refuses: `not_signed_in`, `tenant_unknown`, `cross_site_request`, `password_change_needed`.
   */
  authenticate(request: FastifyRequest): Promise<Context>;
  /** Cookies that a session looked up for this request wants to have sent. */
  cookiesFor(request: FastifyRequest): readonly string[];
  /** Waits for what is still being written down. */
  settle(): Promise<void>;
};

/** Where a person with a temporary password may go: to learn that it has to be changed. */
const ALLOWED_WITH_TEMPORARY_PASSWORD = '/api/v1/me';

/** Makes what finds out who sends a request. */
export function makeAuthenticator(options: AuthenticateOptions): Authenticator {
  const cookies = new WeakMap<FastifyRequest, readonly string[]>();
  const uses = new KeyUses(options);
  return {
    async authenticate(request) {
      const { clock } = options;
      const now = clock();
      const at = { now, clock };
      const text = bearerOf(request);
      if (text !== undefined) {
        const { key, tenant } = await takeKey(options.pool, text, now);
        checkTenantAsked(request, tenant);
        uses.note(tenant.id as TenantId, key, now);
        return contextOf(tenant, key.role, { kind: 'api_key', id: key.id, name: key.name }, at);
      }
      const session = await takeSession(options.signIn, request);
      cookies.set(request, session.cookies);
      const membership = chooseTenant(request, await findMemberships(options.pool, session.userId));
      const actor: Actor = { kind: 'user', id: session.userId, name: session.name };
      return contextOf(membership, membership.role, actor, at);
    },
    cookiesFor: (request) => cookies.get(request) ?? [],
    settle: () => uses.settle(),
  };
}

function contextOf(tenant: Tenant, role: Role, actor: Actor, at: Pick<Context, 'now' | 'clock'>): Context {
  return {
    tenantId: tenant.id as TenantId,
    actor,
    role,
    permissions: permissionsOf(role),
    ...at,
    today: dayIn(tenant.timeZone, at.now),
  };
}

function bearerOf(request: FastifyRequest): string | undefined {
  const header = request.headers.authorization;
  return header === undefined ? undefined : header.replace(/^Bearer +/i, '');
}

async function takeKey(
  pool: Pool,
  text: string,
  now: Instant,
): Promise<{ readonly key: ApiKey; readonly tenant: Tenant }> {
  const found = looksLikeKey(text) ? await findKeyByHash(pool, hashKey(text)) : undefined;
  if (!found || !isUsable(found.key, now)) throw new Refusal('not_signed_in');
  return found;
}

async function takeSession(signIn: SignIn, request: FastifyRequest): Promise<SignedIn> {
  const session = await signIn.findSession(request);
  if (!session) throw new Refusal('not_signed_in');
  refuseCrossSite(request);
  if (session.passwordIsTemporary && request.routeOptions.url !== ALLOWED_WITH_TEMPORARY_PASSWORD)
    throw new Refusal('password_change_needed');
  return session;
}

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD']);
const OWN_SITES: ReadonlySet<unknown> = new Set([undefined, 'same-origin', 'none']);

/**
 * A browser sends the cookie whoever wrote the page, so a change is accepted only from a page of ours. Browsers say
 * where a page comes from in headers that a page cannot set; programs that say nothing carry no foreign page's wish.
 */
function refuseCrossSite(request: FastifyRequest): void {
  if (SAFE_METHODS.has(request.method)) return;
  const { origin } = request.headers;
  const isOwnOrigin = origin === undefined || (URL.canParse(origin) && new URL(origin).host === request.host);
  if (!isOwnOrigin || !OWN_SITES.has(request.headers['sec-fetch-site']))
    throw new Refusal('cross_site_request');
}

function chooseTenant(request: FastifyRequest, memberships: readonly Membership[]): Membership {
  const slug = request.headers['quittance-tenant'];
  const chosen = slug === undefined ? memberships[0] : memberships.find((m) => m.slug === slug);
  if (!chosen) throw new Refusal('tenant_unknown');
  return chosen;
}

function checkTenantAsked(request: FastifyRequest, tenant: Tenant): void {
  const slug = request.headers['quittance-tenant'];
  if (slug !== undefined && slug !== tenant.slug) throw new Refusal('tenant_unknown');
}

/** Writes down when keys were last used, once a minute each, after the request that used them. */
class KeyUses {
  readonly #options: AuthenticateOptions;
  readonly #noted = new Map<string, Instant>();
  readonly #writing = new Set<Promise<void>>();

  constructor(options: AuthenticateOptions) {
    this.#options = options;
  }

  note(tenantId: TenantId, key: ApiKey, now: Instant): void {
    if (!isUseWorthNoting(this.#noted.get(key.id) ?? key.lastUsedAt, now)) return;
    this.#noted.set(key.id, now);
    const writing = inTenant(this.#options.pool, tenantId, async (tx) => updateKeyUsed(tx, key.id, now))
      .catch(this.#options.onTrouble)
      .finally(() => this.#writing.delete(writing));
    this.#writing.add(writing);
  }

  async settle(): Promise<void> {
    await Promise.all(this.#writing);
  }
}
