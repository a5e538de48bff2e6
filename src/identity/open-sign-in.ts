// Signing in with a password and, if wanted, a second factor. The library better-auth does it in its own schema `auth`;
// here is what we allow of it, and nothing else is reachable. Nobody signs up by themselves: an owner adds people.

import { betterAuth } from 'better-auth';
import { APIError, createAuthMiddleware } from 'better-auth/api';
import { twoFactor } from 'better-auth/plugins/two-factor';
import type { FastifyBaseLogger, FastifyReply, FastifyRequest } from 'fastify';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { UserId } from '#kernel/id.ts';
import { PASSWORD_CHARACTERS_MAX, PASSWORD_CHARACTERS_MIN } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';

export type SignInOptions = {
  readonly databaseUrl: string;
  /** Signs session cookies and encrypts second factors. */
  readonly secret: string;
  /** Where people reach the server, e.g. `https://ar.example.com`. With https, cookies travel over https only. */
  readonly publicUrl: string;
  readonly log: FastifyBaseLogger;
};

/** Who signed in. */
export type SignedIn = {
  readonly userId: UserId;
  readonly name: string;
  readonly passwordIsTemporary: boolean;
  /** Cookies to send with the answer, when the session was prolonged. */
  readonly cookies: readonly string[];
};

export type SignIn = {
  /** Answers a request to `/api/auth/*`. */
  handle(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply>;
  /** The session whose cookie a request carries. */
  findSession(request: FastifyRequest): Promise<SignedIn | undefined>;
  close(): Promise<void>;
};

const BASE_PATH = '/api/auth';
const DAY_SECONDS = 86_400;
/** A session lives a week from the last day it was used. */
const SESSION_SECONDS = 7 * DAY_SECONDS;
const CONNECTIONS_MAX = 4;
const ADDRESS_HEADER = 'x-quittance-address';

/** What of the library is reachable from outside. */
const PATHS: ReadonlySet<string> = new Set([
  '/sign-in/email',
  '/sign-out',
  '/get-session',
  '/list-sessions',
  '/revoke-session',
  '/revoke-other-sessions',
  '/change-password',
  '/two-factor/enable',
  '/two-factor/disable',
  '/two-factor/get-totp-uri',
  '/two-factor/verify-totp',
  '/two-factor/verify-backup-code',
  '/two-factor/generate-backup-codes',
]);

/** Headers the library needs; the others stay here. */
const HEADERS = [
  'accept',
  'content-type',
  'cookie',
  'origin',
  'referer',
  'sec-fetch-dest',
  'sec-fetch-mode',
  'sec-fetch-site',
  'user-agent',
] as const;

/** Opens signing in. The tables are those of the migrations. */
export function openSignIn(options: SignInOptions): SignIn {
  const pool = new pg.Pool({
    connectionString: options.databaseUrl,
    max: CONNECTIONS_MAX,
    application_name: 'quittance sign-in',
  });
  pool.on('error', (error) => options.log.warn({ err: error }, 'a database connection broke while idle'));
  // One that breaks while in use is told by its next statement.
  pool.on('connect', (client) => client.on('error', () => {}));
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  const auth = makeAuth(options, db);
  return {
    handle: (request, reply) => handle(auth, request, reply),
    findSession: (request) => findSession(auth, request),
    close: () => db.destroy(),
  };
}

type Auth = ReturnType<typeof makeAuth>;

function makeAuth(options: SignInOptions, db: Kysely<unknown>) {
  return betterAuth({
    appName: 'Quittance',
    baseURL: options.publicUrl,
    basePath: BASE_PATH,
    secret: options.secret,
    telemetry: { enabled: false },
    logger: {
      level: 'warn',
      log: (level, message) =>
        options.log[level === 'error' ? 'error' : 'warn']({ from: 'sign-in' }, message),
    },
    database: { db: db as never, type: 'postgres', schemaName: 'auth' },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_CHARACTERS_MIN,
      maxPasswordLength: PASSWORD_CHARACTERS_MAX,
    },
    session: { expiresIn: SESSION_SECONDS, updateAge: DAY_SECONDS, cookieCache: { enabled: false } },
    user: {
      additionalFields: {
        passwordIsTemporary: { type: 'boolean', required: true, input: false, defaultValue: false },
      },
    },
    // Ours counts by person too, and before the body reaches the library.
    rateLimit: { enabled: false },
    trustedOrigins: (request) => (request ? [new URL(request.url).origin] : []),
    advanced: {
      cookiePrefix: 'quittance',
      useSecureCookies: options.publicUrl.startsWith('https:'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' },
      database: { generateId: 'uuid' },
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
    },
    onAPIError: {
      onError: (error) => {
        const isRefusal = error instanceof APIError && error.statusCode < 500;
        if (isRefusal) options.log.info({ from: 'sign-in', status: error.status }, 'refused');
        else options.log.error({ from: 'sign-in', err: error }, 'signing in failed');
      },
    },
    hooks: { before: beforeChange, after: afterChange },
    plugins: [twoFactor({ issuer: 'Quittance' })],
  });
}

const CHANGE_PASSWORD = '/change-password';

/** A changed password is another one, and ends all other sessions: whoever knew the old one is out. */
const beforeChange = createAuthMiddleware(async (ctx) => {
  if (ctx.path !== CHANGE_PASSWORD) return;
  const body = ctx.body as { readonly newPassword?: unknown; readonly currentPassword?: unknown } | undefined;
  if (body?.newPassword === body?.currentPassword)
    throw new APIError('BAD_REQUEST', {
      code: 'PASSWORD_UNCHANGED',
      message: 'The new password is the same as the old one.',
    });
  return { context: { body: { ...body, revokeOtherSessions: true } } };
});

/** A password one chose oneself is not temporary. */
const afterChange = createAuthMiddleware(async (ctx) => {
  const user = ctx.context.session?.user;
  if (ctx.path !== CHANGE_PASSWORD || !user || ctx.context.returned instanceof APIError) return;
  await ctx.context.internalAdapter.updateUser(user.id, { passwordIsTemporary: false });
});

async function handle(auth: Auth, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const path = request.url.slice(BASE_PATH.length).replace(/\?.*$/, '');
  if (!PATHS.has(path)) throw new Refusal('not_found');
  const body = typeof request.body === 'object' ? (request.body ?? {}) : {};
  const answer = await auth.handler(
    new Request(`${originOf(request)}${request.url}`, {
      method: request.method,
      headers: headersOf(request),
      ...(request.method === 'POST' ? { body: JSON.stringify(body) } : {}),
    }),
  );
  reply.code(answer.status).header('cache-control', 'no-store');
  for (const cookie of answer.headers.getSetCookie()) reply.header('set-cookie', cookie);
  const said: unknown = await answer.json().catch(() => null);
  if (answer.ok) return reply.send(said);
  return reply.type('application/problem+json').send(JSON.stringify(problemOf(said, answer.status, request)));
}

/** The library's errors in the form of ours, so that a client reads one kind. */
function problemOf(said: unknown, status: number, request: FastifyRequest): object {
  const given = (said ?? {}) as { readonly code?: string; readonly message?: string };
  const isOurs = status >= 500;
  const code = isOurs ? 'internal_error' : (given.code ?? 'bad_input').toLowerCase();
  const title = isOurs
    ? 'Something went wrong on our side. The number in "instance" finds it in the log.'
    : (given.message ?? 'The request was not understood.');
  return { type: `urn:quittance:problem:${code}`, title, status, code, instance: `urn:uuid:${request.id}` };
}

async function findSession(auth: Auth, request: FastifyRequest): Promise<SignedIn | undefined> {
  if (!request.headers.cookie?.includes('quittance.session_token')) return undefined;
  const { headers, response } = await auth.api.getSession({
    headers: headersOf(request),
    returnHeaders: true,
  });
  if (!response) return undefined;
  const { user } = response;
  return {
    userId: user.id as UserId,
    name: user.name,
    passwordIsTemporary: user.passwordIsTemporary === true,
    cookies: headers.getSetCookie(),
  };
}

function headersOf(request: FastifyRequest): Headers {
  const headers = new Headers({ [ADDRESS_HEADER]: request.ip });
  for (const name of HEADERS) {
    const value = request.headers[name];
    if (typeof value === 'string') headers.set(name, value);
  }
  if (request.method === 'POST') headers.set('content-type', 'application/json');
  return headers;
}

/** Where the browser believes to be; a proxy of one's own may say so when it is trusted. */
function originOf(request: FastifyRequest): string {
  const origin = `${request.protocol}://${request.host}`;
  if (!URL.canParse(origin)) throw new Refusal('not_found');
  return new URL(origin).origin;
}
