// A command line's way to the product: the same database, tenant, door and operations that the server has, in the name of
// whoever may use this machine's data folder.

import { userInfo } from 'node:os';
import type { Context, Door } from '#command/command.ts';
import { findRunning, startEmbedded } from '#db/embedded.ts';
import { migrate } from '#db/migrate.ts';
import { checkRole, openPool } from '#db/pool.ts';
import { listTenants } from '#identity/list-tenants.ts';
import type { Tenant } from '#identity/member.ts';
import { permissionsOf } from '#identity/permission.ts';
import type { Jobs } from '#jobs/queue.ts';
import { dayIn } from '#kernel/calendar.ts';
import type { TenantId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { dataDirOf } from '../compiled.ts';
import { react } from '../reactions.ts';

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
  const dataDir = dataDirOf(env);
  const running = env.DATABASE_URL ? undefined : await findRunning(dataDir);
  const started = env.DATABASE_URL || running ? undefined : await startEmbedded({ dataDir });
  const databaseUrl = env.DATABASE_URL || (running ?? started)?.url || '';
  await migrate(databaseUrl);
  const pool = openPool(databaseUrl, { name: 'quittance command line', onTrouble: () => {} });
  await checkRole(pool);
  const jobs = queueOf(databaseUrl);
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

/** The queue of jobs, opened once something is left in it: most commands ask and leave nothing. */
function queueOf(databaseUrl: string): Pick<Jobs, 'enqueue' | 'close'> {
  let opening: Promise<Jobs> | undefined;
  const open = () => {
    opening ??= import('#jobs/queue.ts').then(({ openJobs }) => openJobs(databaseUrl, { log: QUIET }));
    return opening;
  };
  return {
    enqueue: async (tx, jobs) => (await open()).enqueue(tx, jobs),
    close: async () => {
      // Where it did not open, the command that wanted it was told.
      await opening?.then(
        (jobs) => jobs.close(),
        () => {},
      );
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
