// How often one network address may ask. Counted in each server process by itself: what is guarded is this process and
// the passwords, and an attacker gains no more than the number of processes.

import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { REQUESTS_PER_MINUTE_MAX, SIGN_INS_PER_MINUTE_MAX, SIGN_INS_PER_PERSON_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';

export type LimitSettings = {
  readonly requestsPerMinute: number;
  readonly signInsPerMinute: number;
  readonly signInsPerPerson: number;
};

export const DEFAULT_LIMITS: LimitSettings = {
  requestsPerMinute: REQUESTS_PER_MINUTE_MAX,
  signInsPerMinute: SIGN_INS_PER_MINUTE_MAX,
  signInsPerPerson: SIGN_INS_PER_PERSON_MAX,
};

const MINUTE_MS = 60_000;
const PERSON_WINDOW_MS = 5 * MINUTE_MS;
/** Addresses remembered at a time; the longest unseen is forgotten first. */
const ADDRESSES_MAX = 20_000;

type Limiter = ReturnType<FastifyInstance['createRateLimit']>;

/**
 * Bounds requests to the API and to pages by link, and more tightly what takes passwords and codes.
 * Called before the server is ready.
 * Requests refuse: `too_many_requests`, with a Retry-After header.
 */
export async function limitRequests(
  app: FastifyInstance,
  settings: Partial<LimitSettings> = {},
): Promise<void> {
  const limits = { ...DEFAULT_LIMITS, ...settings };
  await app.register(rateLimit, { global: false, cache: ADDRESSES_MAX });
  const byAddress = app.createRateLimit({
    max: limits.requestsPerMinute,
    timeWindow: MINUTE_MS,
    keyGenerator: (request) => request.ip,
  });
  const signInsByAddress = app.createRateLimit({
    max: limits.signInsPerMinute,
    timeWindow: MINUTE_MS,
    keyGenerator: (request) => request.ip,
  });
  const signInsByPerson = app.createRateLimit({
    max: limits.signInsPerPerson,
    timeWindow: PERSON_WINDOW_MS,
    keyGenerator: (request) => `${request.ip} ${emailOf(request)}`,
  });
  app.addHook('onRequest', async (request, reply) => {
    // The route, not the address as written, which has many ways of writing.
    const address = addressOf(request);
    if (address.startsWith('/api/') || /^\/(view|stop|callbacks)\//.test(address))
      await count(byAddress, request, reply);
  });
  app.addHook('preHandler', async (request, reply) => {
    if (!takesSecrets(request)) return;
    await count(signInsByAddress, request, reply);
    if (emailOf(request) !== '') await count(signInsByPerson, request, reply);
  });
}

async function count(limiter: Limiter, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const seen = await limiter(request);
  if (seen.isAllowed || !seen.isExceeded) return;
  reply.header('retry-after', seen.ttlInSeconds);
  throw new Refusal('too_many_requests', { retryAfterSeconds: seen.ttlInSeconds });
}

function addressOf(request: FastifyRequest): string {
  return request.routeOptions.url ?? request.url;
}

/**
 * Whether a request can be a guess: it gives a password or a code. Signing out and reading the session are not. What is
 * written in another way than here is not found by the sign-in either.
 */
function takesSecrets(request: FastifyRequest): boolean {
  return (
    request.method === 'POST' && /^\/api\/auth\/(sign-in|change-password|two-factor)\b/.test(request.url)
  );
}

function emailOf(request: FastifyRequest): string {
  const body: unknown = request.body;
  if (typeof body !== 'object' || body === null || !('email' in body)) return '';
  return typeof body.email === 'string' ? body.email.slice(0, 254).toLowerCase() : '';
}
