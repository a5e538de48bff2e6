import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anOffice, ask, decide, type Office } from '../../test/support/approvals.ts';
import { checkBooks } from '../../test/support/books.ts';
import { aCompany, anInvoice, itemsOf } from '../../test/support/builders.ts';
import { RACERS, race } from '../../test/support/race.ts';

async function aRequest(office: Office) {
  const companyId = await aCompany(office.tenant);
  const { invoiceId, itemId } = await anInvoice(office.tenant, { companyId, minor: 1300_00n });
  const items = [{ itemId, amount: { amount: '600.00', currency: 'EUR' } }];
  const body = { kind: 'bad_debt', reason: 'insolvent', items };
  const request = await ask(office.tenant, office.carl.now(), { operation: 'write-off-items', body });
  return { invoiceId, request };
}

// Part of the item is written off, so that nothing in the item keeps it from being written off again: the lock of the request does.
test('decided by several at once, what was asked for is carried out once', async () => {
  const office = await anOffice();
  const { tenant, cora, olga } = office;
  const { invoiceId, request } = await aRequest(office);
  const { won, codes } = await race(
    tenant,
    Array.from(
      { length: RACERS },
      (_, n) => () => decide(tenant, (n % 2 === 0 ? cora : olga).now(), request),
    ),
  );
  assert.equal(won, 1);
  assert.deepEqual(new Set(codes), new Set(['approval_ended']));
  assert.equal((await itemsOf(tenant, invoiceId))[0]?.open.minor, 700_00n);
  assert.equal((await checkBooks(tenant))['bad-debt'], 600_00n);
});
