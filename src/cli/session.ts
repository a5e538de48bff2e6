// A command line's way to the product: the same database, tenant, door and operations that the server has, in the name of
// whoever may use this machine's data folder.

import { userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import type { z } from 'zod';
import type { Context, Door } from '#command/command.ts';
import { findRunning, startEmbedded } from '#db/embedded.ts';
import { migrate } from '#db/migrate.ts';
import { checkRole, openPool } from '#db/pool.ts';
import type { Operation } from '#http/contract.ts';
import { openLog } from '#http/log.ts';
import type { FileReply, Upload } from '#http/route.ts';
import { listTenants } from '#identity/list-tenants.ts';
import { keepServerSecret } from '#identity/make-secret.ts';
import type { Tenant } from '#identity/member.ts';
import { permissionsOf } from '#identity/permission.ts';
import { openJobs } from '#jobs/queue.ts';
import { dayIn } from '#kernel/calendar.ts';
import type { CommandId, TenantId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { react } from '../reactions.ts';
import { ROUTES } from '../routes.ts';

/** What every command of the command line works with. */
export type Session = {
  readonly databaseUrl: string;
  readonly dataDir: string;
  readonly door: Door;
  readonly tenants: readonly Tenant[];
  /** Who acts, in the tenant named or the only one. Refuses: `tenant_not_named`, `tenant_unknown`. */
  context(slug: string | undefined): Context;
  close(): Promise<void>;
};

const QUIET = { error() {}, warn() {}, info() {}, debug() {} };

/**
 * Opens a session: DATABASE_URL, else the database that is running on the data folder, else it is started for as long as
 * this takes.
 */
export async function openSession(env: Readonly<Record<string, string | undefined>>): Promise<Session> {
  const dataDir = resolve(env.QUITTANCE_DATA || join(import.meta.dirname, '../../.quittance'));
  const running = env.DATABASE_URL ? undefined : await findRunning(dataDir);
  const started = env.DATABASE_URL || running ? undefined : await startEmbedded({ dataDir });
  const databaseUrl = env.DATABASE_URL || (running ?? started)?.url || '';
  await migrate(databaseUrl);
  const pool = openPool(databaseUrl, { name: 'quittance command line', onTrouble: () => {} });
  await checkRole(pool);
  const jobs = await openJobs(databaseUrl, { log: QUIET });
  const tenants = await listTenants(pool);
  return {
    databaseUrl,
    dataDir,
    door: { pool, enqueue: jobs.enqueue, react },
    tenants,
    context: (slug) => contextIn(tenants, slug),
    close: async () => {
      await jobs.close();
      await pool.end();
      await started?.stop();
    },
  };
}

function contextIn(tenants: readonly Tenant[], slug: string | undefined): Context {
  const slugs = tenants.map((t) => t.slug);
  if (slug === undefined && tenants.length > 1)
    throw new Refusal('tenant_not_named', { tenants: slugs, todo: 'add --tenant NAME' });
  const tenant = slug === undefined ? tenants[0] : tenants.find((t) => t.slug === slug);
  if (!tenant) throw new Refusal('tenant_unknown', { tenants: slugs, todo: 'quittance tenant add NAME' });
  const now = Temporal.Now.instant();
  return {
    tenantId: tenant.id as TenantId,
    actor: { kind: 'system', id: `cli:${userInfo().username}`, name: 'Command line' },
    role: 'owner',
    permissions: permissionsOf('owner'),
    now,
    clock: Temporal.Now.instant,
    today: dayIn(tenant.timeZone, now),
  };
}

export type Asked<O extends Operation> = {
  readonly params?: z.input<O['params']>;
  readonly query?: z.input<O['query']>;
  readonly body?: z.input<O['body']>;
  readonly upload?: Upload;
  readonly commandId?: CommandId;
  readonly rehearse?: boolean;
};

/** Does an operation of the API without the network: the same checks, the same answer. Refuses what the operation refuses. */
export async function ask<O extends Operation>(
  session: Session,
  context: Context,
  operation: O,
  asked: Asked<O> = {},
): Promise<z.output<O['reply']>> {
  const answer = await askRaw(session, context, operation, asked);
  return operation.reply.parse(answer) as z.output<O['reply']>;
}

/** The same for operations that give a file. */
export async function askFile<O extends Operation>(
  session: Session,
  context: Context,
  operation: O,
  asked: Asked<O> = {},
): Promise<FileReply> {
  return (await askRaw(session, context, operation, asked)) as FileReply;
}

async function askRaw<O extends Operation>(
  session: Session,
  context: Context,
  operation: O,
  asked: Asked<O>,
): Promise<unknown> {
  const route = ROUTES.find((r) => r.operation === (operation as Operation));
  if (!route) throw new Error(`no route carries out ${operation.id}`);
  return route.handle({
    params: read(operation.params, asked.params ?? {}, 'argument'),
    query: read(operation.query, asked.query ?? {}, 'option'),
    body: read(operation.body, asked.body ?? {}, 'field'),
    context,
    door: session.door,
    commandId: asked.commandId,
    rehearse: asked.rehearse ?? false,
    upload: asked.upload,
    secret: () => keepServerSecret(session.dataDir),
  });
}

function read(schema: z.ZodType, given: unknown, what: string): unknown {
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const wrong = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new Refusal('bad_input', { what, wrong });
}

/** A log for parts that want one, while the command line itself prints for people. */
export function cliLog() {
  return openLog({ role: 'cli' });
}
