import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inTenant } from '#db/transaction.ts';
import { aCompany } from '../../test/support/builders.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { addNumberSeries } from './add-number-series.ts';
import { CHART } from './chart.ts';
import { openCompany } from './open-company.ts';
import { findAccounts, findSeries } from './store.ts';

const given = { code: 'MAIN', name: 'Main Ltd', functionalCurrency: 'EUR', country: 'DE' };

test('a company is opened with the accounts receivables need and a series for each kind of document', async () => {
  const tenant = await newTenant();
  const companyId = await aCompany(tenant, given);
  const [accounts, series] = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    Promise.all([
      findAccounts(tx, { companyId, after: undefined, limit: 100 }),
      findSeries(tx, { companyId, after: undefined, limit: 100 }),
    ]),
  );
  assert.deepEqual(
    accounts.map((a) => a.account),
    [...CHART].sort((a, b) => (a.code < b.code ? -1 : 1)).map((a) => a.account),
  );
  assert.deepEqual(
    accounts.filter((a) => a.control).map((a) => a.account),
    ['receivables', 'unapplied-cash'],
  );
  assert.deepEqual(
    series.map((s) => [s.document_kind, s.series, s.next_number]),
    [
      ['charge', 'main', 1n],
      ['charge_credit', 'main', 1n],
      ['credit_note', 'main', 1n],
      ['dispute', 'main', 1n],
      ['invoice', 'main', 1n],
      ['payment', 'main', 1n],
      ['write_off', 'main', 1n],
    ],
  );
});

test('a company that cannot be is refused and leaves no trace', async () => {
  const tenant = await newTenant();
  await aCompany(tenant, given);
  const refused: readonly [
    Partial<typeof given> & { iban?: string; email?: string; timeZone?: string },
    string,
  ][] = [
    [{}, 'company_code_taken'],
    [{ code: 'small' }, 'company_code_not_valid'],
    [{ code: 'B', functionalCurrency: 'XXX' }, 'unknown_currency'],
    [{ code: 'B', country: 'Germany' }, 'country_not_valid'],
    [{ code: 'B', timeZone: 'Berlin' }, 'time_zone_not_valid'],
    [{ code: 'B', iban: 'DE00' }, 'iban_not_valid'],
    [{ code: 'B', email: 'nobody' }, 'email_not_valid'],
  ];
  const before = await tenant.events();
  for (const [wrong, code] of refused) {
    await assert.rejects(tenant.act('owner', openCompany, { ...given, ...wrong }), { code }, code);
  }
  assert.deepEqual(await tenant.events(), before);
  await assert.rejects(
    tenant.act('controller', openCompany, { ...given, code: 'B' }).then(() => {
      throw new Error('a controller opened a company');
    }),
    (error: { code?: string; message: string }) =>
      error.code === 'not_permitted' || /a controller opened/.test(error.message),
  );
});

test('a further series counts from 1, and is refused when its name or its numbers are taken', async () => {
  const tenant = await newTenant({ on: '2026-01-15' });
  const companyId = await aCompany(tenant);
  const wanted = { companyId, documentKind: 'invoice', series: 'shop', pattern: 'S{year}/{nnn}' } as const;
  assert.deepEqual(await tenant.act('owner', addNumberSeries, wanted), {
    series: 'shop',
    firstNumber: 'S2026/001',
  });
  const refused = (change: Partial<Parameters<typeof addNumberSeries.run>[1]>, code: string) =>
    assert.rejects(tenant.act('owner', addNumberSeries, { ...wanted, ...change }), { code }, code);
  await refused({ pattern: 'other {n}' }, 'series_taken');
  await refused({ series: 'web' }, 'number_pattern_taken');
  await refused({ series: 'web', pattern: 'INV-{year}-{nnnnn}' }, 'number_pattern_taken');
  await refused({ series: 'web', pattern: 'WEB' }, 'number_pattern_without_count');
  await tenant.act('owner', addNumberSeries, { ...wanted, documentKind: 'credit_note' });
});
