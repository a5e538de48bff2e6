import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { writeZip } from '#formats/zip.ts';
import { REPOSITORY } from '../../bin/web-build.ts';

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
