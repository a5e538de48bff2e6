import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Context } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import { readPostingPage } from '#postings/read-postings.ts';
import { aCompany, aPayment } from '../../test/support/builders.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { Options } from './options.ts';
import { exportFile, postFrom, postings, takeAnswers } from './postings.ts';
import type { Session } from './session.ts';

const FOLDER = mkdtempSync(join(tmpdir(), 'quittance-postings-'));
after(() => rmSync(FOLDER, { recursive: true, force: true }));

type Does = (session: Session, context: Context, options: Options) => Promise<number>;

async function setting() {
  const tenant = await newTenant();
  const [one, two] = [await aCompany(tenant, { code: 'ONE' }), await aCompany(tenant, { code: 'TWO' })];
  for (const companyId of [one, one, two]) await aPayment(tenant, { companyId, receivedOn: '2026-01-10' });
  const session = { door: tenant.door } as unknown as Session;
  const run = (does: Does, ...words: readonly string[]) =>
    does(session, tenant.as('owner'), new Options(['postings', ...words]));
  const counts = async () =>
    (await inTenant(tenant.pool, tenant.tenantId, (tx) => readPostingPage(tx, { limit: 1 }))).counts;
  return { run, counts };
}

test('what is to be posted of a company is handed out as a file, and the file filled in is taken for its answers', async () => {
  const { run, counts } = await setting();
  for (const company of ['ONE', 'TWO']) await run(postFrom, 'from', '2026-01-01', '--company', company);
  await run(postings);
  assert.deepEqual(await counts(), { to_post: 3, sent: 0, posted: 0, refused: 0 });
  await assert.rejects(run(exportFile, 'export'), { code: 'company_not_named' });
  await run(exportFile, 'export', '--company', 'ONE', '--check');
  assert.equal((await counts()).sent, 0, 'a check hands nothing out');

  const path = join(FOLDER, 'receipts.csv');
  await run(exportFile, 'export', '--company', 'ONE', '--out', path);
  assert.equal((await counts()).sent, 2);
  const [head = '', ...lines] = readFileSync(path, 'utf8').replace('\ufeff', '').trimEnd().split('\r\n');
  assert.equal(lines.length, 2);
  const at = (column: string): number => head.split(',').indexOf(column);
  const answered = lines.map((line, index) => {
    const cells = line.split(',');
    cells[at('state')] = index === 0 ? 'posted' : 'refused';
    cells[at('reference')] = index === 0 ? 'GL-1' : '';
    cells[at('reason')] = index === 0 ? '' : 'Period closed';
    return cells.join(',');
  });
  writeFileSync(path, `${[head, ...answered].join('\r\n')}\r\n`);
  await run(takeAnswers, 'answers', path, '--company', 'ONE', '--check');
  assert.equal((await counts()).posted, 0, 'a check keeps nothing');
  await run(takeAnswers, 'answers', path, '--company', 'ONE');
  assert.deepEqual(await counts(), { to_post: 1, sent: 0, posted: 1, refused: 1 });

  await run(exportFile, 'export', '--company', 'ONE', '--show', 'refused', '--out', path);
  const exportId = readFileSync(path, 'utf8').trimEnd().split(',').at(-1) ?? '';
  const again = join(FOLDER, 'again.csv');
  await run(exportFile, 'export', exportId, '--out', again);
  assert.equal(readFileSync(again, 'utf8'), readFileSync(path, 'utf8'), 'a lost file is had again');
  await assert.rejects(run(takeAnswers, 'answers', join(FOLDER, 'none.csv'), '--company', 'ONE'), {
    code: 'file_not_found',
  });
  await run(postFrom, 'from', 'never', '--company', 'TWO');
  assert.equal((await counts()).to_post, 0);
});
