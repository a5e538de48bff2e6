// The auditor of reminders is itself proven: reminders left rightly, and afterwards much came that they could not know. Each fault is
// planted by saying that it was known before, or that something was said otherwise, and the auditor must say which it is.
// In a process of its own: all it does goes to a database without rules.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type RawBuilder, sql } from 'kysely';
import { performRun, startReminderRun } from '#collections/remind-customers.ts';
import { inTenant } from '#db/transaction.ts';
import { openDispute } from '#disputes/open-dispute.ts';
import { setSendGate } from '#gate/change-setting.ts';
import { USUAL_SETTING } from '#gate/setting.ts';
import { placeHold } from '#holds/place-hold.ts';
import { present } from '#kernel/assert.ts';
import { addDays } from '#kernel/calendar.ts';
import { money } from '#kernel/money.ts';
import { applyPayment } from '#payments/apply-payment.ts';
import { takePromise } from '#promises/take-promise.ts';
import { anInvoice, aPayment } from '../support/builders.ts';
import type { Clone } from '../support/database.ts';
import { toolsOf } from '../support/mail.ts';
import { goLive, sendReminders } from '../support/reminders.ts';
import { newTenant } from '../support/tenant.ts';
import { cloneWithoutRules } from '../support/unruled.ts';
import { auditReminders } from './audit-reminders.ts';
import { saidOf } from './spoilt.ts';
import { act, makeWorld, type World } from './world.ts';

let clone: Clone;
let world: World;

before(async () => {
  clone = await cloneWithoutRules();
  world = await someReminders();
});

after(async () => {
  await clone.drop();
});

const eur = (minor: bigint) => money(minor, 'EUR');

/** Two reminders of one item, five days apart, and what came after them. */
async function someReminders(): Promise<World> {
  const made = await makeWorld(await newTenant({ on: '2026-01-05' }));
  const { tenant, companyId } = made;
  const customerId = present(made.customers[0], 'there are customers');
  const steps = [
    { offsetDays: 3, phase: 'reminder' },
    { offsetDays: 8, phase: 'demand' },
  ];
  await goLive(tenant, { code: 'everybody', segment: 'everybody', steps, minimumGapDays: 2 });
  await act(made, setSendGate, USUAL_SETTING);
  const invoice = await anInvoice(tenant, { companyId, customerId, minor: 100_00n, dueOn: '2026-02-01' });
  for (const day of [addDays(made.day, 30), addDays(made.day, 35)]) {
    made.day = day;
    const { runs } = await act(made, startReminderRun, { companyId });
    for (const { runId } of runs) await performRun(toolsOf(tenant), tenant.tenantId, runId);
    assert.deepEqual(await sendReminders(tenant), ['sent']);
  }
  made.day = addDays(made.day, 4);
  const { itemId } = invoice;
  await act(made, takePromise, { items: [{ itemId, on: addDays(made.day, 10) }], way: 'phone' });
  const until = addDays(made.day, 10);
  await act(made, placeHold, { customerId, itemId, reason: 'other', note: 'talks', until });
  await act(made, openDispute, { items: [{ itemId, amount: eur(20_00n) }], reason: 'quality' });
  const paid = { companyId, receivedOn: made.day.toString() };
  await aPayment(tenant, { ...paid, customerId, minor: 100_00n, reference: 'own' });
  await aPayment(tenant, { ...paid, minor: 100_00n, reference: 'exact' });
  await aPayment(tenant, { ...paid, minor: 1_00n, reference: `names ${invoice.number}` });
  const { paymentId } = await aPayment(tenant, { ...paid, customerId, minor: 100_00n, reference: 'applied' });
  await act(made, applyPayment, { paymentId, allocations: [{ itemId, amount: eur(100_00n) }] });
  return made;
}

const EARLY = sql`'2026-01-02'::timestamptz`;
const moneyKnownEarly = (
  reference: string,
) => sql`update journal_line l set recorded_at = ${EARLY} from open_item i, payment p
  where i.tenant_id = l.tenant_id and i.id = l.item_id and p.tenant_id = i.tenant_id and p.id = i.document_id
    and p.reference like ${`${reference}%`} and l.account = 'unapplied-cash' and l.amount_minor < 0`;

const CASES: readonly (readonly [plants: string, says: RegExp, query: RawBuilder<unknown>])[] = [
  [
    'the item was paid before',
    /an item that was paid was asked for/,
    sql`update application set recorded_at = ${EARLY} where true`,
  ],
  [
    'more was said than was open',
    /more was asked for than 10000/,
    sql`update reminder_item set open_minor = open_minor + 1 where true`,
  ],
  [
    'less was said than was open',
    /less was asked for than was open/,
    sql`update reminder_item set open_minor = open_minor - 1 where true`,
  ],
  [
    'the item was promised before',
    /what was promised was asked for/,
    sql`update promise set recorded_at = ${EARLY} where true`,
  ],
  [
    'the item was disputed before',
    /what was disputed was asked for/,
    sql`update dispute set recorded_at = ${EARLY} where true`,
  ],
  [
    'the item was on hold before',
    /an item on hold was asked for/,
    sql`update hold set recorded_at = ${EARLY}, starts_on = '2026-01-02' where true`,
  ],
  ['money of the customer waited', /money of the customer waited that pays the item/, moneyKnownEarly('own')],
  [
    'money of nobody was exactly what was asked for',
    /is exactly what was asked for/,
    moneyKnownEarly('exact'),
  ],
  ['money of nobody named the item', /money waited that names the item/, moneyKnownEarly('names')],
  [
    'a step was said twice',
    /a step was said again, or a milder one/,
    sql`update reminder_item set offset_days = 1 where phase = 'demand'`,
  ],
  [
    'two messages left within the gap',
    /a reminder left within the gap/,
    sql`update policy_set set file = jsonb_set(file, '{policies,0,minimumGapDays}', '6') where stage = 'live'`,
  ],
  [
    'more contacts were had than allowed',
    /a customer had too many contacts/,
    sql`update gate_setting set contacts_max = 1, contacts_days = 7 where true`,
  ],
  [
    'the gate was not asked',
    /left without a result of the gate/,
    sql`delete from gate_result where verdict = 'passed'`,
  ],
  [
    'a server took a message twice',
    /was taken twice/,
    sql`insert into message_attempt (tenant_id, message_id, attempt_no, transport, raw, is_packed, raw_sha256, started_at, ended_at, outcome)
      select tenant_id, message_id, 2, transport, raw, is_packed, raw_sha256, started_at, ended_at, outcome from message_attempt`,
  ],
];

test('of reminders that were right when they left the auditor says nothing', async () => {
  const { tenant } = world;
  await inTenant(tenant.pool, tenant.tenantId, (tx) => auditReminders(tx, 'as made', true));
});

for (const [plants, says, query] of CASES)
  test(`the auditor of reminders notices that ${plants}`, async () => {
    assert.match(await saidOf(world, query, (tx) => auditReminders(tx, 'spoilt', true)), says);
  });
