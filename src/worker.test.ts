import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type Command, carryOut, type Door } from '#command/command.ts';
import { openPool, type Pool } from '#db/pool.ts';
import { q } from '#db/query.ts';
import { inTenant } from '#db/transaction.ts';
import { openLog } from '#http/log.ts';
import { createTenant } from '#identity/create-tenant.ts';
import type { JobTools } from '#identity/make-system-context.ts';
import { commandIdOf } from '#jobs/job.ts';
import { newId, type TenantId } from '#kernel/id.ts';
import type { Refusal } from '#kernel/refusal.ts';
import { TEST_CERTIFICATE, TEST_KEY } from '../test/support/certificate.ts';
import { type Clone, cloneDatabase } from '../test/support/database.ts';
import { startWorker } from './worker.ts';

const log = openLog({ role: 'test', level: 'silent' });

let database: Clone;
let pool: Pool;
let tenants: readonly TenantId[];

before(async () => {
  database = await cloneDatabase();
  pool = openPool(database.url);
  const door: Door = { pool, enqueue: async () => {}, react: () => [] };
  const make = (slug: string, timeZone: string) =>
    createTenant(door, { slug, name: slug, timeZone }, Temporal.Now.instant());
  tenants = [await make('east', 'Pacific/Auckland'), await make('west', 'America/Los_Angeles')];
});

after(async () => {
  await pool.end();
  await database.drop();
});

const noting: Command<{ readonly note: string }, { readonly today: string }> = {
  name: 'note',
  permission: 'reminder.send',
  async run(act, { note }) {
    act.record({ type: 'test.noted', subjectId: newId(), data: { note, today: act.today.toString() } });
    return { today: act.today.toString() };
  },
};

async function notes(tenantId: TenantId): Promise<readonly unknown[]> {
  const rows = await inTenant(pool, tenantId, (tx) =>
    tx.run(q.selectFrom('event').select(['actor', 'data']).where('type', '=', 'test.noted').orderBy('id')),
  );
  return rows.map((row) => ({ actor: row.actor, data: row.data }));
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 50));
}

test('what is due by the clock is done once for each tenant, on its own day, also when the job runs twice', async () => {
  const runs: string[] = [];
  const handlers = ({ door, contextOf }: JobTools) => ({
    'test.daily': async (job: Parameters<typeof commandIdOf>[0] & { tenantId: TenantId }) => {
      const context = await contextOf(job.tenantId);
      await carryOut(door, context, noting, { note: 'daily' }, { commandId: commandIdOf(job) });
      runs.push(job.tenantId);
      if (runs.filter((id) => id === job.tenantId).length === 1)
        throw new Error('died before it could say so');
    },
  });
  const start = () =>
    startWorker({
      databaseUrl: database.url,
      dataDir: tmpdir(),
      log,
      clock: () => Temporal.Instant.from('2026-03-01T20:00:00Z'),
      tables: { handlers, schedules: [{ queue: 'test.daily', every: { dayAt: '07:00' } }] },
    });
  const workers = await Promise.all([start(), start()]);
  await until(async () => runs.length === 4);
  await Promise.all(workers.map((worker) => worker.close()));
  const [east, west] = tenants as [TenantId, TenantId];
  assert.deepEqual(await notes(east), [
    { actor: 'system:worker', data: { note: 'daily', today: '2026-03-02' } },
  ]);
  assert.deepEqual(await notes(west), [
    { actor: 'system:worker', data: { note: 'daily', today: '2026-03-01' } },
  ]);
});

test('a command and its jobs go through the queue to the worker', async () => {
  const [tenantId] = tenants as [TenantId];
  let door: Door | undefined;
  const seen: unknown[] = [];
  const worker = await startWorker({
    databaseUrl: database.url,
    dataDir: tmpdir(),
    log,
    tables: {
      schedules: [],
      handlers: (tools) => {
        door = tools.door;
        return { 'test.follow-up': async (job) => void seen.push(job.payload) };
      },
    },
  });
  try {
    assert.ok(door);
    const context = {
      tenantId,
      actor: { kind: 'system', id: 'test', name: 'Test' } as const,
      role: 'owner',
      permissions: new Set(['reminder.send']),
      now: Temporal.Now.instant(),
      today: Temporal.Now.plainDateISO(),
    };
    const leaving: Command<object, { done: true }> = {
      name: 'leave',
      permission: 'reminder.send',
      async run(act) {
        act.enqueue({ queue: 'test.follow-up', payload: { about: 'this' } });
        return { done: true };
      },
    };
    await carryOut(door, context, leaving, {}, { rehearse: true });
    await carryOut(door, context, leaving, {});
    await until(async () => seen.length > 0);
    assert.deepEqual(seen, [{ about: 'this' }]);
  } finally {
    await worker.close();
  }
});

test('a key or certificate that cannot be used stops the start, and says which file', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'quittance-tls-'));
  const [keyFile, certificateFile] = [join(dir, 'key.pem'), join(dir, 'certificate.pem')];
  const names = [
    'QUITTANCE_INBOUND_SMTP',
    'QUITTANCE_INBOUND_TLS_KEY',
    'QUITTANCE_INBOUND_TLS_CERT',
  ] as const;
  const start = async (cert: string | undefined) => {
    const values = ['127.0.0.1:0', keyFile, cert] as const;
    names.forEach((name, index) => {
      const value = values[index];
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    });
    const worker = await startWorker({ databaseUrl: database.url, dataDir: dir, log });
    await worker.close();
  };
  try {
    await assert.rejects(start(undefined), { code: 'inbound_tls_not_complete' });
    await assert.rejects(start(certificateFile), (error: Refusal) => {
      assert.deepEqual([error.code, error.facts.file], ['inbound_tls_not_readable', keyFile]);
      return true;
    });
    await Promise.all([writeFile(keyFile, 'no key'), writeFile(certificateFile, 'no certificate')]);
    await assert.rejects(start(certificateFile), { code: 'inbound_tls_not_readable' });
    await Promise.all([writeFile(keyFile, TEST_KEY), writeFile(certificateFile, TEST_CERTIFICATE)]);
    await start(certificateFile);
  } finally {
    for (const name of names) delete process.env[name];
    await rm(dir, { recursive: true });
  }
});
