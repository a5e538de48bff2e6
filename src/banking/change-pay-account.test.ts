import assert from 'node:assert/strict';
import { test } from 'node:test';
import { q } from '#db/query.ts';
import { inTenant } from '#db/transaction.ts';
import type { CompanyId } from '#kernel/id.ts';
import { takeCompany } from '#parties/take-party.ts';
import { serveTo } from '../../test/support/ask.ts';
import { aCompany } from '../../test/support/builders.ts';
import { RACERS, raceHeld } from '../../test/support/race.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { changePayAccount } from './change-pay-account.ts';
import * as contract from './contract.ts';
import { paidIn } from './pay-account.ts';
import { readPayAccounts } from './read-pay-accounts.ts';
import { routes } from './routes.ts';

const NONE = { bankName: null, iban: null, bic: null, accountNumber: null, routingNumber: null };
const USUAL = 'DE89370400440532013000';

async function aWorld() {
  const tenant = await newTenant();
  const companyId = await aCompany(tenant, { iban: USUAL, bankName: 'Commerzbank' });
  const ask = await serveTo(tenant, routes);
  const params = (currency: string) => ({ companyId, currency });
  const paid = async (currency: string) =>
    inTenant(tenant.pool, tenant.tenantId, async (tx) =>
      paidIn(await takeCompany(tx, companyId), await readPayAccounts(tx, [companyId]), currency),
    );
  return { tenant, companyId, ask, params, paid };
}

test('an account of a currency is set, set anew, listed, and taken away; each change says what was there before', async () => {
  const { tenant, companyId, ask, params, paid } = await aWorld();
  const set = (body: Partial<typeof NONE> | object) =>
    ask('owner', contract.changePayAccount, { params: params('USD'), body: { ...NONE, ...body } });
  assert.equal((await set({ accountNumber: '1', routingNumber: '2' })).status, 200);
  assert.equal((await set({ iban: 'gb29 nwbk 6016 1331 9268 19', bankName: ' NatWest ' })).status, 200);
  assert.equal((await paid('USD')).iban, 'GB29NWBK60161331926819');
  assert.equal((await paid('USD')).accountNumber, null, 'the account is replaced whole');
  assert.equal((await paid('EUR')).iban, USUAL);

  const { reply } = await ask('viewer', contract.listPayAccounts, { params: { companyId } });
  assert.deepEqual(reply.usual, { ...NONE, iban: USUAL, bankName: 'Commerzbank' });
  assert.deepEqual(reply.accounts, [
    { ...NONE, currency: 'USD', iban: 'GB29NWBK60161331926819', bankName: 'NatWest' },
  ]);

  assert.equal((await ask('owner', contract.removePayAccount, { params: params('USD') })).status, 200);
  assert.equal((await paid('USD')).iban, USUAL);
  const again = await ask('owner', contract.removePayAccount, { params: params('USD') });
  assert.equal(again.code, 'pay_account_not_found');

  const events = (await tenant.events()).filter(({ type }) => type.startsWith('company.pay_account'));
  const before = { ...NONE, accountNumber: '1', routingNumber: '2' };
  const after = { ...NONE, iban: 'GB29NWBK60161331926819', bankName: 'NatWest' };
  assert.deepEqual(
    events.map(({ type, data }) => [type, data]),
    [
      ['company.pay_account_changed', { currency: 'USD', from: null, to: before }],
      ['company.pay_account_changed', { currency: 'USD', from: before, to: after }],
      ['company.pay_account_removed', { currency: 'USD', from: after }],
    ],
  );
});

test('only who manages companies may say where money goes, and a refused account leaves the former', async () => {
  const { companyId, ask, params, paid } = await aWorld();
  const body = { ...NONE, iban: 'GB29NWBK60161331926819' };
  const denied = await ask('collector', contract.changePayAccount, { params: params('GBP'), body });
  assert.equal(denied.status, 403);
  await ask('owner', contract.changePayAccount, { params: params('GBP'), body });
  const wrong = await ask('owner', contract.changePayAccount, {
    params: params('GBP'),
    body: { ...NONE, iban: 'GB29NWBK60161331926818' },
  });
  assert.equal(wrong.code, 'iban_not_valid');
  assert.equal((await paid('GBP')).iban, body.iban);
  const { reply } = await ask('viewer', contract.listPayAccounts, { params: { companyId } });
  assert.notEqual(reply.may.change, true);
});

test('the database takes no account without IBAN and number', async () => {
  const { tenant, companyId } = await aWorld();
  const insert = inTenant(tenant.pool, tenant.tenantId, async (tx) =>
    tx.write(
      q.insertInto('pay_account').values({
        tenant_id: tenant.tenantId,
        company_id: companyId as CompanyId,
        currency: 'USD',
        bic: 'COBADEFF',
      }),
    ),
  );
  await assert.rejects(insert, /pay_account_is_one/);
});

test('of several who set one account at once each says what it really took the place of', async () => {
  const { tenant, companyId } = await aWorld();
  const { won } = await raceHeld(
    tenant,
    Array.from({ length: RACERS }, (_, n) => () => {
      const account = { ...NONE, accountNumber: `100${n}`, routingNumber: '2' };
      return tenant.act('owner', changePayAccount, { companyId, currency: 'USD', ...account });
    }),
  );
  assert.equal(won, RACERS);
  const changes = (await tenant.events()).filter(({ type }) => type === 'company.pay_account_changed');
  const taken = changes.map(
    ({ data }) => (data as { from: typeof NONE | null }).from?.accountNumber ?? 'none',
  );
  assert.equal(new Set(taken).size, RACERS, taken.join());
});
