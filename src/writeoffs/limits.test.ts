// Limits where they count: when something is written off.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { putDifferenceLimit } from '#differences/change-difference-rules.ts';
import { ROLES } from '#identity/permission.ts';
import { parseDate } from '#kernel/calendar.ts';
import type { ItemId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { anOffice, ask as askFor, decide } from '../../test/support/approvals.ts';
import { serveTo } from '../../test/support/ask.ts';
import { refusesWithoutTrace } from '../../test/support/books.ts';
import { aCompany, anInvoice } from '../../test/support/builders.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { putWriteOffLimit } from './change-limit.ts';
import * as contract from './contract.ts';
import { routes } from './routes.ts';
import { writeOffItems } from './write-off-items.ts';
import type { WriteOffKind } from './writing-off.ts';

const eur = (minor: bigint) => money(minor, 'EUR');
const FROM = parseDate('2026-01-01');

test('within their limit somebody writes off alone; outside of it, by kind, others are asked, whatever their role may', async () => {
  const { tenant, olga, carl } = await anOffice([]);
  const companyId = await aCompany(tenant);
  const state = (kind: WriteOffKind | undefined, amountMin: bigint | null, amountMax: bigint) =>
    tenant.act('owner', putWriteOffLimit, {
      companyId,
      role: 'controller',
      currency: 'EUR',
      kind,
      stance: 'limit',
      amountMin: amountMin === null ? null : eur(amountMin),
      amountMax: eur(amountMax),
      validFrom: FROM,
    });
  await state('small_balance', null, 5_00n);
  await state('bad_debt', 20_00n, 60_00n);
  const { itemId } = await anInvoice(tenant, { companyId, minor: 100_00n });
  const write = (kind: WriteOffKind, minor: bigint, of: ItemId = itemId) =>
    tenant.act('controller', writeOffItems, {
      kind,
      reason: 'so',
      items: [{ itemId: of, amount: eur(minor) }],
    });
  const outside = (kind: WriteOffKind, minor: bigint) =>
    refusesWithoutTrace(tenant, 'approval_required', () => write(kind, minor));
  await outside('small_balance', 5_01n);
  await outside('bad_debt', 19_99n);
  await outside('bad_debt', 60_01n);
  await write('small_balance', 5_00n);
  // What was written off of the item before counts, so that it cannot be done in slices.
  await outside('small_balance', 1n);
  await outside('bad_debt', 55_01n);
  await write('bad_debt', 55_00n);
  // Of goodwill nothing is said: the rules of approvals count, by which controllers decide alone.
  await write('goodwill', 1_00n);
  // A person's own limit counts before that of the role.
  await tenant.act('owner', putWriteOffLimit, {
    companyId,
    userId: carl.now().actor.id,
    currency: 'EUR',
    stance: 'limit',
    amountMax: eur(10n),
    validFrom: FROM,
  });
  const another = await anInvoice(tenant, { companyId, minor: 100_00n });
  const body = {
    kind: 'goodwill',
    reason: 'so',
    items: [{ itemId: another.itemId, amount: { amount: '1.00', currency: 'EUR' } }],
  };
  await write('goodwill', 1_00n, another.itemId);
  const asked = await askFor(tenant, carl.now(), { operation: 'write-off-items', params: {}, body });
  assert.equal((await decide(tenant, olga.now(), asked)).state, 'carried_out');
});

test('limits of another company, day or currency do not count, and one that is withdrawn no more', async () => {
  const tenant = await newTenant();
  const [companyId, other] = [await aCompany(tenant), await aCompany(tenant)];
  const { itemId } = await anInvoice(tenant, { companyId, minor: 100_00n });
  const state = (given: object) =>
    tenant.act('owner', putWriteOffLimit, {
      companyId,
      role: 'controller',
      currency: 'EUR',
      stance: 'limit',
      amountMax: eur(1n),
      validFrom: FROM,
      ...given,
    });
  const write = () =>
    tenant.act('controller', writeOffItems, {
      kind: 'bad_debt',
      reason: 'so',
      items: [{ itemId, amount: eur(10_00n) }],
    });
  await state({ companyId: other });
  await state({ currency: 'USD', amountMax: money(1n, 'USD') });
  await state({ validFrom: parseDate('2026-01-16') });
  await write();
  await state({});
  await refusesWithoutTrace(tenant, 'approval_required', write);
  await state({ stance: 'withdrawn', amountMax: undefined });
  await write();
});

test('limits are stated and read over the API, by owners', async () => {
  const tenant = await newTenant();
  const companyId = await aCompany(tenant);
  const ask = await serveTo(tenant, routes);
  const body = {
    role: 'controller',
    currency: 'EUR',
    kind: 'bad_debt',
    stance: 'limit',
    amountMax: { amount: '500.00', currency: 'EUR' },
    validFrom: '2026-01-01',
  } as const;
  const params = { companyId };
  const put = (given: object, role: 'owner' | 'controller' = 'owner') =>
    ask(role, contract.putWriteOffLimit, { params, body: { ...body, ...given } });
  assert.equal((await put({})).status, 200);
  assert.equal((await put({ amountMax: { amount: '700.00', currency: 'EUR' } })).status, 200);
  assert.equal((await put({}, 'controller')).code, 'not_permitted');
  assert.equal((await put({ role: undefined })).code, 'limit_of_whom');
  assert.equal((await put({ amountMax: undefined })).code, 'limit_without_most');
  const { reply } = await ask('viewer', contract.getWriteOffLimits, { params });
  assert.deepEqual(
    reply.limits.map((one) => [one.amountMax?.amount, one.kind, one.isInForce]),
    [
      ['700.00', 'bad_debt', true],
      ['500.00', 'bad_debt', false],
    ],
  );
  const unknown = { params: { companyId: crypto.randomUUID() } };
  assert.equal((await ask('viewer', contract.getWriteOffLimits, unknown)).code, 'company_not_found');
});

test('a limit can be stated for every role there is', async () => {
  const tenant = await newTenant();
  const companyId = await aCompany(tenant);
  const limit = { companyId, currency: 'EUR', amountMax: eur(5_00n), validFrom: FROM } as const;
  for (const role of ROLES) {
    await tenant.act('owner', putWriteOffLimit, {
      ...limit,
      role,
      kind: undefined,
      stance: 'limit',
      amountMin: null,
    });
    await tenant.act('owner', putDifferenceLimit, { ...limit, role, stance: 'limit' });
  }
});
