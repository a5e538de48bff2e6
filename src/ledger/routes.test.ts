import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { applyPayment } from '#payments/apply-payment.ts';
import { serveTo } from '../../test/support/ask.ts';
import { aCustomer, anInvoice, aPayment } from '../../test/support/builders.ts';
import { newTenant } from '../../test/support/tenant.ts';
import * as contract from './contract.ts';
import { routes } from './routes.ts';

async function setting() {
  const tenant = await newTenant({ on: '2026-03-01' });
  const ask = await serveTo(tenant, routes);
  const opened = await ask('owner', contract.openCompany, {
    body: { code: 'MAIN', name: 'Main Ltd', functionalCurrency: 'EUR', country: 'DE' },
  });
  assert.equal(opened.status, 200);
  return { tenant, ask, params: opened.reply, companyId: opened.reply.companyId as never };
}

test('a company’s accounts and number series are listed page by page', async () => {
  const { ask, params } = await setting();
  const first = await ask('viewer', contract.listAccounts, { params, query: { limit: 4 } });
  assert.deepEqual(
    first.reply.rows.map((r) => r.code),
    ['1000', '1080', '1085', '1200'],
  );
  assert.deepEqual(first.reply.rows[3], {
    account: 'receivables',
    code: '1200',
    name: 'Trade receivables',
    kind: 'asset',
    control: true,
  });
  const rest = await ask('viewer', contract.listAccounts, {
    params,
    query: { after: first.reply.next ?? '' },
  });
  assert.deepEqual([rest.reply.rows.length, rest.reply.next], [18, null]);

  const added = await ask('owner', contract.addNumberSeries, {
    params,
    body: { documentKind: 'invoice', series: 'shop', pattern: 'S-{nnn}' },
  });
  assert.equal(added.reply.firstNumber, 'S-001');
  const series = await ask('viewer', contract.listNumberSeries, { params, query: { limit: 5 } });
  assert.deepEqual(
    series.reply.rows.map((r) => [r.documentKind, r.series, r.nextNumber]),
    [
      ['charge', 'main', 'LC-2026-00001'],
      ['charge_credit', 'main', 'LCC-2026-00001'],
      ['credit_note', 'main', 'CN-2026-00001'],
      ['dispute', 'main', 'D-2026-00001'],
      ['invoice', 'main', 'INV-2026-00001'],
    ],
  );
  const more = await ask('viewer', contract.listNumberSeries, {
    params,
    query: { after: series.reply.next ?? '' },
  });
  assert.deepEqual(
    more.reply.rows.map((r) => r.series),
    ['shop', 'main', 'main'],
  );
  for (const operation of [contract.listAccounts, contract.listNumberSeries, contract.listPeriods]) {
    const unknown = await ask('viewer', operation, { params: { companyId: newId() } });
    assert.deepEqual([unknown.status, unknown.code], [404, 'company_not_found']);
  }
});

test('periods are added, locked, unlocked and listed, newest first, with what may be done', async () => {
  const { ask, params } = await setting();
  for (const [startsOn, endsOn] of [
    ['2026-01-01', '2026-01-31'],
    ['2026-02-01', '2026-02-28'],
  ] as const) {
    assert.equal(
      (await ask('controller', contract.addPeriod, { params, body: { startsOn, endsOn } })).status,
      200,
    );
  }
  const { reply } = await ask('controller', contract.listPeriods, { params, query: { limit: 1 } });
  assert.deepEqual(
    reply.rows.map((p) => [p.startsOn, p.may]),
    [['2026-02-01', { lock: true, unlock: 'period_not_locked' }]],
  );
  const next = await ask('controller', contract.listPeriods, { params, query: { after: reply.next ?? '' } });
  const january = { periodId: next.reply.rows[0]?.id ?? '' };
  await ask('controller', contract.lockPeriod, { params: january });
  const again = await ask('controller', contract.lockPeriod, { params: january });
  assert.deepEqual([again.status, again.code], [409, 'period_locked_already']);
  const locked = await ask('viewer', contract.listPeriods, { params, query: {} });
  assert.deepEqual(locked.reply.rows[1]?.may, { lock: 'not_permitted', unlock: 'not_permitted' });
  assert.match(locked.reply.rows[1]?.lockedBy ?? '', /^user:/);
  await ask('controller', contract.unlockPeriod, { params: january, body: { reason: 'late invoice' } });
  const unlocked = await ask('controller', contract.listPeriods, { params, query: {} });
  assert.equal(unlocked.reply.rows[1]?.lockedAt, null);
});

test('rates are recorded in one go and listed, newest day first', async () => {
  const { ask } = await setting();
  const rates = ['2026-01-02', '2026-01-03', '2026-01-04'].map((validOn, i) => ({
    base: 'EUR',
    quote: i === 1 ? 'CZK' : 'USD',
    validOn,
    rate: `1.${i}0`,
    source: 'ECB',
  }));
  const recorded = await ask('controller', contract.recordRates, { body: { rates } });
  assert.deepEqual([recorded.status, recorded.reply.recorded], [200, 3]);
  const first = await ask('viewer', contract.listRates, { query: { limit: 2 } });
  assert.deepEqual(
    first.reply.rows.map((r) => [r.validOn, r.quote, r.rate, r.source]),
    [
      ['2026-01-04', 'USD', '1.2', 'ECB'],
      ['2026-01-03', 'CZK', '1.1', 'ECB'],
    ],
  );
  const rest = await ask('viewer', contract.listRates, { query: { after: first.reply.next ?? '' } });
  assert.deepEqual(
    rest.reply.rows.map((r) => r.rate),
    ['1'],
  );
  const some = await ask('viewer', contract.listRates, {
    query: { base: 'EUR', quote: 'USD', from: '2026-01-03', to: '2026-01-04' },
  });
  assert.deepEqual(
    some.reply.rows.map((r) => r.validOn),
    ['2026-01-04'],
  );
  const wrong = await ask('controller', contract.recordRates, {
    body: { rates: [{ ...rates[0], rate: '0' } as never] },
  });
  assert.deepEqual([wrong.status, wrong.code], [400, 'rate_not_positive']);
  const none = await ask('controller', contract.recordRates, { body: { rates: [] } });
  assert.equal(none.code, 'bad_input');
});

test('the journal is read by document and by customer, with the names of accounts and the other documents', async () => {
  const { tenant, ask, companyId } = await setting();
  const customerId = await aCustomer(tenant);
  const [one, two] = [
    await anInvoice(tenant, { companyId, customerId }),
    await anInvoice(tenant, { companyId, customerId }),
  ];
  const payment = await aPayment(tenant, { companyId, customerId, minor: 150_00n });
  await tenant.act('owner', applyPayment, {
    paymentId: payment.paymentId,
    allocations: [
      { itemId: one.itemId, amount: money(100_00n, 'EUR') },
      { itemId: two.itemId, amount: money(50_00n, 'EUR') },
    ],
  });
  await anInvoice(tenant, { companyId });

  const ofDocument = await ask('viewer', contract.listEntries, { query: { documentId: two.invoiceId } });
  assert.deepEqual(
    ofDocument.reply.rows.map((e) => [e.kind, e.lineCount]),
    [
      ['application', 4],
      ['invoice', 2],
    ],
  );
  const lines = ofDocument.reply.rows[0]?.lines ?? [];
  assert.deepEqual(
    lines.map((l) => [l.code, l.reference, l.amount.amount]).sort(),
    [
      ['1200', one.number, '-100.00'],
      ['1200', two.number, '-50.00'],
      ['1290', payment.number, '100.00'],
      ['1290', payment.number, '50.00'],
    ].sort(),
  );
  const first = await ask('viewer', contract.listEntries, { query: { customerId, limit: 3 } });
  const second = await ask('viewer', contract.listEntries, {
    query: { customerId, limit: 3, after: first.reply.next ?? '' },
  });
  assert.deepEqual(
    [...first.reply.rows, ...second.reply.rows].map((e) => e.kind),
    ['application', 'payment', 'invoice', 'invoice'],
  );
  for (const query of [{}, { customerId, documentId: one.invoiceId }]) {
    const refused = await ask('viewer', contract.listEntries, { query });
    assert.deepEqual([refused.status, refused.code], [400, 'journal_of_what']);
  }
});
