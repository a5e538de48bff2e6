import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { type Selectable, sql } from 'kysely';
import type { DB } from '#db/tables.ts';
import { inTenant } from '#db/transaction.ts';
import { drawPack } from '#evidence/draw-pack.ts';
import { DRAW_QUEUE } from '#evidence/request-pack.ts';
import { writeZip } from '#formats/zip.ts';
import { closePdf } from '#printing/render-pdf.ts';
import { REPOSITORY } from '../../bin/web-build.ts';
import { aCompany, aCustomer, anInvoice } from '../../test/support/builders.ts';
import { toolsOf } from '../../test/support/mail.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { evidence } from './evidence.ts';
import { Options } from './options.ts';

after(closePdf);

/** What the command line says, where there is no database to reach. */
function say(...args: readonly string[]): Promise<{ readonly code: number; readonly said: string }> {
  const env = { ...process.env, DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' };
  return new Promise((resolve) =>
    execFile(process.execPath, ['src/cli.ts', ...args], { cwd: REPOSITORY, env }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), said: `${stdout}${stderr}` }),
    ),
  );
}

test('a pack is proven without a database', async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'quittance-pack-'));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  const path = join(dir, 'pack.zip');
  const manifest = {
    format: 'quittance-evidence',
    version: 1,
    customer: 'K1',
    company: 'A',
    asOf: '2026-03-01',
  };
  const pack = (files: readonly object[]) =>
    writeFileSync(
      path,
      writeZip([{ name: 'manifest.json', content: Buffer.from(JSON.stringify({ ...manifest, files })) }]),
    );
  pack([]);
  assert.deepEqual(await say('evidence', 'verify', path).then(({ code }) => code), 0);
  pack([{ name: 'evidence.pdf', bytes: 3, sha256: 'aa' }]);
  const missing = await say('evidence', 'verify', path);
  assert.deepEqual([missing.code, missing.said.includes('missing: evidence.pdf')], [1, true]);
});

type Kept = Pick<Selectable<DB['evidence_pack']>, 'id' | 'drawing_no' | 'ended_at' | 'bytes'>;

/** A customer that owes an invoice, and the command line of their tenant. */
async function setting() {
  const clock = Temporal.Now;
  const today = clock.plainDateISO('UTC');
  const tenant = await newTenant({ on: today.subtract({ days: 2 }).toString() });
  const companyId = await aCompany(tenant, { code: 'A', email: 'ar@creditor.example', country: 'DE' });
  const customerId = await aCustomer(tenant, { number: 'K-CLI' });
  await anInvoice(tenant, {
    companyId,
    customerId,
    issuedOn: today.subtract({ days: 40 }).toString(),
    dueOn: today.subtract({ days: 10 }).toString(),
  });
  tenant.jobs.length = 0;
  const context = { ...tenant.as('owner'), now: clock.instant(), clock: clock.instant, today };
  const session = {
    databaseUrl: '',
    dataDir: '',
    door: tenant.door,
    tenants: [],
    context: () => context,
    close: async () => {},
  };
  const dir = mkdtempSync(join(tmpdir(), 'quittance-pack-'));
  after(() => rmSync(dir, { recursive: true, force: true }));
  const out = join(dir, 'pack.zip');
  const packs = () =>
    inTenant(tenant.pool, tenant.tenantId, (tx) =>
      tx.run(
        sql<Kept>`select id, drawing_no, ended_at, bytes from evidence_pack where tenant_id = ${tx.tenantId}`,
      ),
    );
  return {
    tenant,
    packs,
    out,
    make: () => evidence(session, context, 'K-CLI', new Options(['--company', 'A', '--out', out])),
  };
}

// Seen to fail with nobody told: after Ctrl-C the pack was open and no job was there to draw it.
test('a pack is drawn by the command itself, and a worker is told for ten minutes later', async () => {
  const { tenant, packs, out, make } = await setting();
  assert.equal(await make(), 0);
  const [pack] = await packs();
  assert.equal(readFileSync(out).length, pack?.bytes);
  const [job, ...more] = tenant.jobs.filter(({ queue }) => queue === DRAW_QUEUE);
  assert.deepEqual([job?.payload, more], [{ packId: pack?.id }, []]);
  const inMinutes = job?.after?.since(Temporal.Now.instant()).total('minutes') ?? 0;
  assert.ok(inMinutes > 5 && inMinutes <= 10, String(inMinutes));
});

// Seen to fail without waiting: the file was refused as not ready.
test('a pack that a worker took meanwhile is waited for', async () => {
  const { tenant, packs, out, make } = await setting();
  const made = make();
  made.catch(() => {});
  let taken: string | undefined;
  while (taken === undefined) {
    await setTimeout(5);
    const [pack] = await packs();
    assert.ok(!pack?.ended_at, 'it is taken before it is drawn');
    if (pack?.drawing_no !== 1) continue;
    const { id } = pack;
    await inTenant(tenant.pool, tenant.tenantId, async (tx) =>
      tx.write(sql`update evidence_pack set drawing_no = 2, worked_at = now()
        where tenant_id = ${tx.tenantId} and id = ${id} and drawing_no = 1`),
    );
    taken = id;
  }
  await setTimeout(1_500);
  await drawPack(toolsOf(tenant, Temporal.Now.instant), tenant.tenantId, taken);
  assert.equal(await made, 0);
  const [pack] = await packs();
  assert.deepEqual([pack?.id, pack?.drawing_no], [taken, 3]);
  assert.equal(readFileSync(out).length, pack?.bytes);
});
