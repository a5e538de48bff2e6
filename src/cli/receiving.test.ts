import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Context } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import { readReceivingPage } from '#receiving/read-receiving.ts';
import { aCompany, aCustomer } from '../../test/support/builders.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { Options } from './options.ts';
import { addReceiving, giveReceiving, listReceiving, retireReceiving } from './receiving.ts';
import type { Session } from './session.ts';

const FOLDER = mkdtempSync(join(tmpdir(), 'quittance-receiving-'));
after(() => rmSync(FOLDER, { recursive: true, force: true }));

type Does = (session: Session, context: Context, options: Options) => Promise<number>;

async function setting() {
  const tenant = await newTenant();
  await aCompany(tenant, { code: 'ONE' });
  await aCustomer(tenant, { number: '1001' });
  const session = { door: tenant.door } as unknown as Session;
  const run = (does: Does, ...words: readonly string[]) =>
    does(session, tenant.as('owner'), new Options(['receiving', ...words]));
  const states = async () => {
    const { rows } = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
      readReceivingPage(tx, { limit: 10 }),
    );
    return rows.map(({ account, state }) => `${account} ${state}`).sort();
  };
  return { run, states };
}

test('numbers to receive money at are taken in from a list, given, and shown no more', async () => {
  const { run, states } = await setting();
  const path = join(FOLDER, 'numbers.csv');
  writeFileSync(path, 'account,customer,bank\nVA-000001,,First Bank\nVA-000002,1001,First Bank\n');
  await run(addReceiving, 'add', path, '--check');
  assert.deepEqual(await states(), [], 'a check keeps nothing');
  await run(addReceiving, 'add', path);
  await run(addReceiving, 'add', path);
  await run(listReceiving, 'list');
  assert.deepEqual(await states(), ['VA000001 free', 'VA000002 shown']);
  // As it stands in the list it came from.
  await run(retireReceiving, 'retire', 'va-000002');
  await run(giveReceiving, 'give', '1001');
  assert.deepEqual(await states(), ['VA000001 shown', 'VA000002 retired']);
});

test('a list that is not there, or has no column of accounts, is refused', async () => {
  const { run } = await setting();
  const path = join(FOLDER, 'none.csv');
  await assert.rejects(run(addReceiving, 'add', path), { code: 'file_not_found', facts: { file: path } });
  writeFileSync(path, 'number\n1\n');
  await assert.rejects(run(addReceiving, 'add', path), { code: 'receiving_column_missing' });
  await assert.rejects(run(retireReceiving, 'retire', 'VA-9'), { code: 'receiving_account_not_found' });
  await assert.rejects(run(giveReceiving, 'give', '9999'), { code: 'customer_not_found' });
});
