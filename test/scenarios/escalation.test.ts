// From the final notice to the agency and back: three notices, the wait, a second person, part of it paid, the rest recalled.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { releaseExclusion } from '#charges/release-exclusion.ts';
import { inTenant } from '#db/transaction.ts';
import { closeHandedOver, recallHandOver } from '#escalation/end-hand-over.ts';
import { handOverItems } from '#escalation/hand-over-items.ts';
import { putAgency } from '#escalation/put-agency.ts';
import { describeClaims } from '#escalation/read-claims.ts';
import { readHandOver } from '#escalation/read-hand-overs.ts';
import { recordNews } from '#escalation/record-news.ts';
import { type CompanyId, type CustomerId, type ItemId, newId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { addAddress } from '#parties/change-addresses.ts';
import { applyPayment } from '#payments/apply-payment.ts';
import { ask, decide, setRules } from '../support/approvals.ts';
import { aCompany, anInvoice, aPayment } from '../support/builders.ts';
import { aPerson } from '../support/people.ts';
import { RACERS, raceHeld } from '../support/race.ts';
import { aReader, goLive, leftOut, remindOn, sendReminders, stepsSaid } from '../support/reminders.ts';
import { newTenant, type TestTenant } from '../support/tenant.ts';

const STEPS = [
  { offsetDays: 7, phase: 'reminder' },
  { offsetDays: 14, phase: 'demand' },
  { offsetDays: 21, phase: 'final_notice' },
  { offsetDays: 40, phase: 'final_notice' },
];

type World = {
  readonly tenant: TestTenant;
  readonly companyId: CompanyId;
  readonly customerId: CustomerId;
  readonly items: readonly ItemId[];
  readonly agencyId: string;
};

/** Two invoices due on 1 February that heard everything up to the final notice on 22 February. */
async function afterFinalNotice(): Promise<World> {
  const tenant = await newTenant({ on: '2026-01-02' });
  const companyId = await aCompany(tenant, { email: 'ar@creditor.example', country: 'DE' });
  const customerId = await aReader(tenant);
  await tenant.act('collector', addAddress, {
    customerId,
    kind: 'billing',
    street: 'Hauptstraße 1',
    postalCode: '20095',
    city: 'Hamburg',
    country: 'DE',
  });
  const given = { companyId, customerId, dueOn: '2026-02-01' };
  const first = await anInvoice(tenant, { ...given, minor: 600_00n });
  const second = await anInvoice(tenant, { ...given, minor: 400_00n });
  await goLive(tenant, { code: 'all', segment: 'everybody', steps: STEPS });
  for (const day of ['2026-02-08', '2026-02-15', '2026-02-22']) {
    await remindOn(tenant, day);
    assert.deepEqual(await sendReminders(tenant), ['sent']);
  }
  const { agencyId } = await tenant.act('controller', putAgency, {
    kind: 'agency',
    name: 'Hansa Collect',
    fees: { shares: [{ upToDaysLate: null, percent: '20' }], taxPercent: '19' },
    remits: 'net',
    inUse: true,
  });
  return { tenant, companyId, customerId, items: [first.itemId, second.itemId], agencyId };
}

/** News that the final notices arrived, as a mail server tells it. */
async function prove({ tenant }: World): Promise<void> {
  await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(sql`insert into message_signal (tenant_id, id, message_id, kind, detail, happened_at, recorded_at)
      select ${tx.tenantId}, gen_random_uuid(), m.id, 'delivered', 'arrived', m.sent_at, m.sent_at from message m
      where m.tenant_id = ${tx.tenantId}`),
  );
}

/** The days that are left out of interest, from and to, of what was not annulled. */
const cutOff = async ({ pool, tenantId }: TestTenant) =>
  (
    await inTenant(pool, tenantId, (tx) =>
      tx.run(
        sql<{
          days: string;
        }>`select from_on || ' ' || coalesce(to_on::text, '…') as days from charge_exclusion
          where tenant_id = ${tenantId} and not annulled order by 1`,
      ),
    )
  ).map(({ days }) => days);

const wish = ({ companyId, customerId, items, agencyId }: World) =>
  ({
    companyId,
    customerId,
    route: 'agency',
    agencyId,
    itemIds: items,
    interest: 'cut_off',
    accepting: [],
  }) as const;

const look = async ({ tenant, customerId }: World) =>
  (
    await inTenant(tenant.pool, tenant.tenantId, (tx) =>
      describeClaims(tx, customerId, tenant.as('collector').today),
    )
  )[0];

test('final notice, wait, a second person, agency, part paid, recalled: reminders stop and go on', async () => {
  const world = await afterFinalNotice();
  const { tenant, customerId, companyId, items } = world;
  const unmet = async () =>
    (await look(world))?.conditions.filter(({ isMet }) => !isMet).map(({ code }) => code);
  assert.deepEqual(await unmet(), ['notice_provable', 'days_waited']);
  await prove(world);
  tenant.on('2026-03-08');
  assert.deepEqual([(await look(world))?.phase, await unmet()], ['final_notice', []]);

  // Above 500 euro somebody else has to approve it.
  await setRules(tenant, 'hand_over.agency', {});
  const [colin, cora] = [
    await aPerson(tenant, 'collector', 'Colin'),
    await aPerson(tenant, 'controller', 'Cora'),
  ];
  const asked = await ask(tenant, colin.now(), {
    operation: 'hand-over-items',
    body: { ...wish(world), itemIds: [...items] },
  });
  assert.equal((await look(world))?.phase, 'final_notice', 'nothing happens before it is approved');
  await decide(tenant, cora.now(), asked);
  assert.equal((await look(world))?.phase, 'agency');

  await remindOn(tenant, '2026-03-13');
  assert.equal((await stepsSaid(tenant)).length, 6, 'what an agency asks for is not reminded of');
  const [handed] = (await tenant.events()).filter(({ type }) => type === 'claim.handed_over');
  const handOverId = handed?.subjectId ?? '';
  await tenant.act('controller', recordNews, {
    handOverId,
    status: 'instalments',
    on: tenant.as('controller').today,
  });

  const { paymentId } = await aPayment(tenant, { companyId, customerId, minor: 600_00n });
  const [paid] = items;
  await tenant.act('cash_applier', applyPayment, {
    paymentId,
    allocations: [{ itemId: paid as ItemId, amount: money(600_00n, 'EUR') }],
  });
  assert.equal((await tenant.act('owner', closeHandedOver, {})).closed, 1);
  assert.equal((await tenant.act('owner', closeHandedOver, {})).closed, 0, 'told once');

  tenant.on('2026-03-20');
  const recall = { handOverId, reason: 'They pay us directly', fee: money(25_00n, 'EUR') };
  assert.equal((await tenant.act('controller', recallHandOver, recall)).items, 1);
  await assert.rejects(tenant.act('controller', recallHandOver, recall), { code: 'hand_over_ended' });
  const shown = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    readHandOver(tx, tenant.as('controller'), handOverId),
  );
  assert.deepEqual(
    [
      shown.isStanding,
      shown.handed.amount,
      shown.items.map(({ ended }) => ended),
      shown.news.at(-1)?.fee?.amount,
    ],
    [false, '1000.00', ['closed', 'recalled'], '25.00'],
  );
  assert.deepEqual(
    shown.conditions.map(({ isMet }) => isMet),
    shown.conditions.map(() => true),
    'the conditions are kept as they were',
  );
  assert.deepEqual(
    await cutOff(tenant),
    ['2026-03-08 2026-03-12', '2026-03-08 2026-03-19'],
    'interest goes on with the day it was paid, and with the day of the recall',
  );
  await remindOn(tenant, '2026-03-21');
  assert.deepEqual(await sendReminders(tenant), ['sent']);
  assert.equal((await stepsSaid(tenant)).length, 7, 'the rest is reminded of again');
});

test('what is recalled on the day it was handed over bore interest all along; a cut that was ended by hand hinders no recall', async () => {
  const world = await afterFinalNotice();
  const { tenant } = world;
  await prove(world);
  tenant.on('2026-03-08');
  const handOver = async () => (await tenant.act('controller', handOverItems, wish(world))).handOverId;
  const recall = { handOverId: await handOver(), reason: 'They paid at the door' };
  await tenant.act('controller', recallHandOver, recall);
  assert.deepEqual(await cutOff(tenant), [], 'no day is left out');

  const handOverId = await handOver();
  const [placed] = (await tenant.events())
    .filter(({ type }) => type === 'interest_exclusion.placed')
    .slice(-1);
  assert.ok(placed);
  const { exclusionId } = placed.data as { readonly exclusionId: string };
  tenant.on('2026-03-10');
  await tenant.act('controller', releaseExclusion, { exclusionId });
  tenant.on('2026-03-12');
  assert.equal((await tenant.act('controller', recallHandOver, { ...recall, handOverId })).items, 2);
  assert.deepEqual(await cutOff(tenant), ['2026-03-08 2026-03-10', '2026-03-08 2026-03-11']);
});

test('a message that waits while its items are handed over leaves them out', async () => {
  const world = await afterFinalNotice();
  const { tenant } = world;
  await prove(world);
  await remindOn(tenant, '2026-03-13');
  await tenant.act('controller', handOverItems, wish(world));
  assert.deepEqual(await sendReminders(tenant), ['dropped']);
  assert.deepEqual(
    (await leftOut(tenant)).map((row) => row.split(' ')[1]),
    ['handed_over', 'handed_over'],
  );
});

test('of many who hand the same items over at once one does, and the others are told', async () => {
  const world = await afterFinalNotice();
  const { tenant, items } = world;
  await prove(world);
  tenant.on('2026-03-08');
  const racers = Array.from(
    { length: RACERS },
    (_, n) => () =>
      // In turns, so that they would meet in the middle if items were not locked in one order.
      tenant.act('controller', handOverItems, {
        ...wish(world),
        interest: 'goes_on',
        itemIds: n % 2 ? items : items.toReversed(),
      }),
  );
  const { won, codes } = await raceHeld(tenant, racers);
  assert.deepEqual([won, new Set(codes)], [1, new Set(['item_handed_over'])]);
});

test('what is not ripe, not of one account, or goes to nobody is refused, and nothing of it stays', async () => {
  const world = await afterFinalNotice();
  const { tenant, companyId, items } = world;
  const refused = (given: Partial<Parameters<typeof handOverItems.run>[1]>, code: string) =>
    assert.rejects(tenant.act('controller', handOverItems, { ...wish(world), ...given }), { code });
  await refused({}, 'hand_over_not_ripe');
  await refused({ accepting: ['notice_provable', 'days_waited'] }, 'hand_over_note_missing');
  await refused({ agencyId: undefined }, 'hand_over_not_ripe');
  const accepted = { accepting: ['notice_provable', 'days_waited'] as const, note: 'They are moving abroad' };
  await refused({ ...accepted, agencyId: undefined }, 'agency_missing');
  await refused({ ...accepted, agencyId: newId<'agency'>() }, 'agency_not_found');
  const other = await anInvoice(tenant, { companyId, dueOn: '2026-02-01' });
  await refused({ itemIds: [...items, other.itemId] }, 'hand_over_of_several');
  await refused({ itemIds: [newId<'open_item'>()] }, 'item_not_found');
  await assert.rejects(tenant.act('collector', handOverItems, wish(world)), { code: 'not_permitted' });
  assert.equal((await look(world))?.phase, 'final_notice');
  await tenant.act('controller', handOverItems, { ...wish(world), ...accepted });
  assert.equal((await look(world))?.phase, 'agency');
});
