import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serveTo } from '../../test/support/ask.ts';
import { aCompany, anInvoice } from '../../test/support/builders.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { CONDITION_CODES } from './condition.ts';
import * as contract from './contract.ts';
import { routes } from './routes.ts';

test('agencies are put and changed, items are handed over, listed, told of and recalled', async () => {
  const tenant = await newTenant({ on: '2026-03-15' });
  const companyId = await aCompany(tenant, { country: 'DE' });
  const one = await anInvoice(tenant, { companyId, dueOn: '2026-02-01' });
  const two = await anInvoice(tenant, { companyId, dueOn: '2026-02-01', customerId: one.customerId });
  const ask = await serveTo(tenant, routes);
  const agency = {
    kind: 'agency' as const,
    name: 'Hansa Collect',
    fees: { shares: [{ upToDaysLate: null, percent: '10' }], taxPercent: '0' },
    remits: 'net' as const,
  };
  const put = (body: object) => ask('controller', contract.putAgency, { body: { ...agency, ...body } });
  const { agencyId } = (await put({})).reply;
  await put({ agencyId, name: 'Hansa Collect AG' });
  assert.equal((await put({ agencyId: one.itemId })).code, 'agency_not_found');
  assert.equal((await put({ email: 'nobody' })).code, 'email_not_valid');
  const agencies = (await ask('viewer', contract.listAgencies, {})).reply;
  assert.deepEqual(
    [agencies.rows.map(({ name }) => name), agencies.may.put],
    [['Hansa Collect AG'], 'not_permitted'],
  );

  const far = (await ask('collector', contract.readEscalation, { params: { customerId: one.customerId } }))
    .reply;
  assert.deepEqual([far.accounts[0]?.phase, far.accounts[0]?.items.length], ['not_chased', 2]);
  assert.equal(far.may.handOver, 'not_permitted');
  const handOver = async (itemId: string, route: 'agency' | 'legal') =>
    (
      await ask('controller', contract.handOverItems, {
        body: {
          companyId,
          customerId: one.customerId,
          route,
          ...(route === 'agency' ? { agencyId } : {}),
          itemIds: [itemId],
          accepting: [...CONDITION_CODES],
          note: 'The firm is being wound up',
        },
      })
    ).reply;
  const first = await handOver(one.itemId, 'agency');
  const second = await handOver(two.itemId, 'legal');
  assert.deepEqual([first.number, second.number, first.amount.amount], ['1', '2', '100.00']);

  const list = async (query: object) =>
    (await ask('viewer', contract.listHandOvers, { query: query as never })).reply;
  const page = await list({ limit: 1 });
  assert.deepEqual([page.rows.map(({ number }) => number), page.next], [['2'], '2']);
  assert.equal((await list({ limit: 1, after: page.next })).rows[0]?.agency?.name, 'Hansa Collect AG');
  assert.equal((await list({ customerId: one.customerId, show: 'ended' })).rows.length, 0);

  const ofDocument = async (documentId: string, show = 'standing') =>
    (await list({ documentId, show })).rows.map(({ number }) => number);
  assert.deepEqual(await ofDocument(one.invoiceId), ['1']);
  assert.deepEqual(await ofDocument(two.invoiceId), ['2']);
  assert.deepEqual(await ofDocument(two.invoiceId, 'ended'), []);
  const params = { handOverId: first.handOverId };
  const tell = (body: object) =>
    ask('controller', contract.recordHandOverNews, {
      params,
      body: { status: 'accepted', on: '2026-03-15', ...body } as never,
    });
  assert.equal((await tell({ on: '2026-03-16' })).code, 'news_in_future');
  assert.equal((await tell({ fee: { amount: '5.00', currency: 'USD' } })).code, 'wrong_currency');
  await tell({ reference: 'HC-77', fee: { amount: '5.00', currency: 'EUR' } });
  const shown = (await ask('viewer', contract.getHandOver, { params })).reply;
  assert.deepEqual(
    [shown.status, shown.news[0]?.reference, shown.items[0]?.expectedFee?.amount, shown.may.recall],
    ['accepted', 'HC-77', '10.00', 'not_permitted'],
  );
  const body = { reason: 'Paid to us' };
  assert.equal((await ask('controller', contract.recallHandOver, { params, body })).reply.items, 1);
  assert.equal((await list({ show: 'ended' })).rows[0]?.handOverId, first.handOverId);
  assert.deepEqual([await ofDocument(one.invoiceId), await ofDocument(one.invoiceId, 'ended')], [[], ['1']]);
  const missing = { handOverId: one.itemId };
  assert.equal((await ask('viewer', contract.getHandOver, { params: missing })).code, 'hand_over_not_found');
});

test('a law firm gets nothing as an agency; asked of one invoice, the amounts are those of its items', async () => {
  const tenant = await newTenant({ on: '2026-03-15' });
  const companyId = await aCompany(tenant, { country: 'DE' });
  const one = await anInvoice(tenant, { companyId, dueOn: '2026-02-01', minor: 300_00n });
  const { customerId } = one;
  const two = await anInvoice(tenant, { companyId, dueOn: '2026-02-01', minor: 20_00n, customerId });
  const ask = await serveTo(tenant, routes);
  const { agencyId } = (
    await ask('controller', contract.putAgency, {
      body: {
        kind: 'lawyer',
        name: 'Recht und Partner',
        fees: { shares: [{ upToDaysLate: null, percent: '10' }], taxPercent: '0' },
        remits: 'net',
      },
    })
  ).reply;
  const handOver = (route: 'agency' | 'legal') =>
    ask('controller', contract.handOverItems, {
      body: {
        companyId,
        customerId,
        route,
        agencyId,
        itemIds: [one.itemId, two.itemId],
        accepting: [...CONDITION_CODES],
        note: 'The firm is being wound up',
      },
    });
  assert.equal((await handOver('agency')).code, 'agency_is_law_firm');
  assert.equal((await handOver('legal')).reply.amount.amount, '320.00');
  const amounts = async (documentId?: string) => {
    const query = documentId === undefined ? {} : { documentId };
    const { rows } = (await ask('viewer', contract.listHandOvers, { query })).reply;
    return rows.map(({ handed, open }) => [handed.amount, open.amount]);
  };
  assert.deepEqual(await amounts(), [['320.00', '320.00']]);
  assert.deepEqual(await amounts(two.invoiceId), [['20.00', '20.00']]);
});
