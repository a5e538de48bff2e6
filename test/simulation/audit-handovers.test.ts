// The auditor of money between companies is itself proven: in a database of one's own, without its triggers and keys, facts are
// spoilt in one way after the other, and the auditor must say which.
// In a process of its own: all it does goes to a database without rules.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type RawBuilder, sql } from 'kysely';
import { money } from '#kernel/money.ts';
import { handOverPayment } from '#payments/hand-over-payment.ts';
import { anInvoice, aPayment } from '../support/builders.ts';
import type { Clone } from '../support/database.ts';
import { newTenant } from '../support/tenant.ts';
import { cloneWithoutRules } from '../support/unruled.ts';
import { HANDOVER_CHECKS } from './audit-handovers.ts';
import { saidOf } from './spoilt.ts';
import { makeWorld, type World } from './world.ts';

let clone: Clone;
let world: World;

before(async () => {
  clone = await cloneWithoutRules();
  world = await makeWorld(await newTenant({ on: '2026-01-05' }));
  const { tenant, companyId, sisterId: other } = world;
  const { itemId } = await anInvoice(tenant, { companyId: other, minor: 40_00n });
  const { paymentId } = await aPayment(tenant, { companyId, receivedOn: '2026-01-05' });
  const allocations = [{ itemId, amount: money(40_00n, 'EUR') }];
  await tenant.act('cash_applier', handOverPayment, { paymentId, companyId: other, allocations });
});

after(async () => {
  await clone.drop();
});

const said = (query: RawBuilder<unknown>): Promise<string> =>
  saidOf(world, query, async (tx) => {
    for (const { says, query: of } of HANDOVER_CHECKS)
      assert.deepEqual(await tx.run(of(tx), { plan: 'fresh' }), [], says);
  });

const SPOILINGS: readonly (readonly [RegExp, RawBuilder<unknown>])[] = [
  [
    /by currency companies owe each other/,
    sql`update journal_line set amount_minor = amount_minor - 1 where account = 'due-to-companies'`,
  ],
  [
    /what stands of the applications there/,
    sql`update company_handover set to_company_id = from_company_id where reverses_id is null`,
  ],
  [
    /open in a company that did not receive it/,
    sql`update open_item set open_minor = amount_minor where kind = 'handover' and amount_minor < 0`,
  ],
  [/all in what is open of it/, sql`update payment set amount_minor = amount_minor + 1`],
];

for (const [says, query] of SPOILINGS)
  test(`the auditor sees it where it does not hold: ${says.source}`, async () => {
    assert.match(await said(query), says);
  });
