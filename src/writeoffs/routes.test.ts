import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serveTo } from '../../test/support/ask.ts';
import { aCompany, anInvoice } from '../../test/support/builders.ts';
import { newTenant } from '../../test/support/tenant.ts';
import * as contract from './contract.ts';
import { routes } from './routes.ts';

test('write-offs are posted, listed, read and undone', async () => {
  const tenant = await newTenant();
  const companyId = await aCompany(tenant);
  const ask = await serveTo(tenant, routes);
  const invoice = await anInvoice(tenant, { companyId });
  const posted = await ask('controller', contract.writeOffItems, {
    body: { kind: 'bad_debt', reason: 'insolvent', items: [{ itemId: invoice.itemId }] },
  });
  const writeOffId = posted.reply.writeOffs[0]?.writeOffId ?? '';
  const params = { writeOffId };
  const { reply } = await ask('controller', contract.getWriteOff, { params });
  assert.deepEqual(
    [reply.items[0]?.reference, reply.amount, reply.may.undo],
    [invoice.number, { amount: '100.00', currency: 'EUR' }, true],
  );
  const query = {
    customerId: invoice.customerId,
    companyId,
    kind: 'bad_debt',
    from: '2026-01-01',
    to: '2026-01-31',
  } as const;
  const listed = await ask('viewer', contract.listWriteOffs, { query });
  assert.deepEqual(
    listed.reply.rows.map((w) => w.number),
    ['WO-2026-00001'],
  );
  await ask('controller', contract.undoWriteOff, { params, body: { reason: 'paid' } });
  const undone = await ask('viewer', contract.getWriteOff, { params });
  assert.deepEqual([undone.reply.undoneOn, undone.reply.undoneReason], ['2026-01-15', 'paid']);
  assert.equal(undone.reply.may.undo, 'not_permitted');
  const after = await ask('viewer', contract.listWriteOffs, { query: { after: writeOffId } });
  assert.deepEqual(after.reply.rows, []);
  const missing = await ask('viewer', contract.getWriteOff, { params: { writeOffId: crypto.randomUUID() } });
  assert.equal(missing.code, 'write_off_not_found');
});
