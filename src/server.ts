// The server process: the API, its documents, signing in, and the web app, on one port.

import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { Door } from '#command/command.ts';
import { findPendingMigrations } from '#db/migrate.ts';
import { checkRole, openPool } from '#db/pool.ts';
import { callbackAccountOf } from '#delivery/open-carriers.ts';
import { type CallbackAccount, serveCallbacks } from '#delivery/serve-callbacks.ts';
import { serveStops } from '#delivery/serve-stop.ts';
import { serveViews } from '#delivery/serve-view.ts';
import { serveDocs } from '#http/docs.ts';
import { protectBrowsers } from '#http/headers.ts';
import { serveHealth } from '#http/health.ts';
import { type LimitSettings, limitRequests } from '#http/limits.ts';
import { logRequests, openLog } from '#http/log.ts';
import { openApiDocument } from '#http/openapi.ts';
import { serve } from '#http/serve.ts';
import { serveWebApp } from '#http/web-app.ts';
import { type Authenticator, makeAuthenticator } from '#identity/authenticate.ts';
import { keepServerSecret } from '#identity/make-secret.ts';
import { makeSystemContext } from '#identity/make-system-context.ts';
import { openSignIn, type SignIn } from '#identity/open-sign-in.ts';
import { type Jobs, openJobs } from '#jobs/queue.ts';
import type { Instant } from '#kernel/calendar.ts';
import type { TenantId } from '#kernel/id.ts';
import packageJson from '../package.json' with { type: 'json' };
import { react } from './reactions.ts';
import { ROUTES } from './routes.ts';

export type ServerOptions = {
  /** A migrated database, as a role that row-level security binds. */
  readonly databaseUrl: string;
  /** 0 for any that is free. */
  readonly port: number;
  readonly host: string;
  /** Where the secret is kept that signs sessions. */
  readonly dataDir: string;
  /** The built web app. */
  readonly webDir: string;
  readonly log?: FastifyBaseLogger;
  /** What time it is; tests and the demo have their own. */
  readonly clock?: () => Instant;
  /** Where people reach the server; QUITTANCE_URL when left out, else this machine. */
  readonly publicUrl?: string;
  /** Whether to believe X-Forwarded-For and the like; QUITTANCE_TRUST_PROXY=1 when left out. */
  readonly trustProxy?: boolean;
  readonly limits?: Partial<LimitSettings>;
  /** Whose callbacks about text messages are believed; as the environment says where left out. */
  readonly callbacks?: CallbackAccount | undefined;
};

export type RunningServer = {
  /** Where it listens, e.g. `http://127.0.0.1:3000`. */
  readonly address: string;
  readonly app: FastifyInstance;
  readonly door: Door;
  /** Takes no more requests, lets those that run finish, and leaves. */
  close(): Promise<void>;
};

/**
 * Starts a server. Several may share one database.
 *
 * Refuses: `database_role_sees_all`, `database_too_old`, `secret_too_short`.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const log = options.log ?? openLog({ role: 'server' });
  const closers: (() => Promise<unknown>)[] = [];
  /** The last that was opened is the first to go. */
  const close = async () => {
    while (closers.length > 0) await closers.pop()?.();
  };
  try {
    const pool = openPool(options.databaseUrl, {
      name: 'quittance server',
      onTrouble: (error) => log.warn({ err: error }, 'a database connection broke while idle'),
    });
    closers.push(() => pool.end());
    await checkRole(pool);
    const jobs = await openJobs(options.databaseUrl, { log });
    closers.push(() => jobs.close());
    const signIn = await makeSignIn(options, log);
    closers.push(() => signIn.close());
    const door: Door = { pool, enqueue: jobs.enqueue, react };
    const authenticator = makeAuthenticator({
      pool,
      signIn,
      clock: options.clock ?? Temporal.Now.instant,
      onTrouble: (error) => log.warn({ err: error }, 'the use of a key was not written down'),
    });
    closers.push(() => authenticator.settle());
    const app = await makeApp(options, { door, jobs, signIn, authenticator, log });
    closers.push(() => app.close());
    const address = await app.listen({ port: options.port, host: options.host });
    return { address, app, door, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function makeSignIn(options: ServerOptions, log: FastifyBaseLogger): Promise<SignIn> {
  return openSignIn({
    databaseUrl: options.databaseUrl,
    secret: await keepServerSecret(options.dataDir),
    publicUrl: publicUrlOf(options),
    log,
  });
}

function publicUrlOf(options: ServerOptions): string {
  return options.publicUrl ?? process.env.QUITTANCE_URL ?? `http://localhost:${options.port}`;
}

type Parts = {
  readonly door: Door;
  readonly jobs: Jobs;
  readonly signIn: SignIn;
  readonly authenticator: Authenticator;
  readonly log: FastifyBaseLogger;
};

async function makeApp(options: ServerOptions, parts: Parts): Promise<FastifyInstance> {
  const { door, authenticator } = parts;
  const app = await serve({
    door,
    routes: ROUTES,
    authenticate: authenticator.authenticate,
    logger: parts.log,
    trustProxy: options.trustProxy ?? process.env.QUITTANCE_TRUST_PROXY === '1',
    secret: () => keepServerSecret(options.dataDir),
  });
  logRequests(app);
  await limitRequests(app, options.limits);
  protectBrowsers(app, { isHttps: publicUrlOf(options).startsWith('https:') });
  app.addHook('onSend', async (request, reply) => {
    for (const cookie of authenticator.cookiesFor(request)) reply.header('set-cookie', cookie);
  });
  endConnectionsOnClose(app);
  app.route({ method: ['GET', 'POST'], url: '/api/auth/*', handler: parts.signIn.handle });
  const outside = {
    door,
    contextOf: (id: TenantId) => makeSystemContext(door.pool, id, options.clock ?? Temporal.Now.instant),
  };
  serveViews(app, outside);
  serveStops(app, outside);
  serveCallbacks(app, outside, options.callbacks ?? callbackAccountOf(process.env));
  serveHealth(app, {
    pendingMigrations: () => findPendingMigrations(door.pool),
    jobs: () => parts.jobs.health(),
  });
  await serveDocs(
    app,
    openApiDocument(
      ROUTES.map((route) => route.operation),
      { version: packageJson.version },
    ),
  );
  await serveWebApp(app, options.webDir);
  return app;
}

/** An answer given while the server ends is the last on its connection, or closing would wait for clients to hang up. */
function endConnectionsOnClose(app: FastifyInstance): void {
  let isEnding = false;
  app.addHook('preClose', async () => {
    isEnding = true;
  });
  app.addHook('onSend', async (_request, reply) => {
    if (isEnding) reply.header('connection', 'close');
  });
}
