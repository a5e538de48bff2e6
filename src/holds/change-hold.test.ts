import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import { inTenant } from '#db/transaction.ts';
import { addDays, parseDate } from '#kernel/calendar.ts';
import { type CompanyId, type CustomerId, newId } from '#kernel/id.ts';
import { aCompany, aCustomer, anInvoice } from '../../test/support/builders.ts';
import { aPerson } from '../../test/support/people.ts';
import { RACERS, race } from '../../test/support/race.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import { extendHold, giveHold } from './change-hold.ts';
import { putHoldReason } from './change-reasons.ts';
import { checkEnd, checkExtension, holdState, scopeOf } from './hold.ts';
import { placeHold } from './place-hold.ts';
import { readHeld, readHoldList, readHoldOverview } from './read-holds.ts';
import { releaseHold } from './release-hold.ts';
import { takeEnds } from './send-ends.ts';

let tenant: TestTenant;
let customerId: CustomerId;

before(async () => {
  tenant = await newTenant({ on: '2026-02-01' });
  customerId = await aCustomer(tenant);
});

const day = parseDate;
const hold = { reason: 'asked_for_time', until: day('2026-02-20') };
const list = async (query: Partial<Parameters<typeof readHoldList>[2]> = {}) =>
  (
    await inTenant(tenant.pool, tenant.tenantId, (tx) =>
      readHoldList(tx, tenant.as('controller'), { limit: 100, ...query }),
    )
  ).rows;

test('a hold that stands is extended and given to somebody; each end and owner before stays known', async () => {
  const { userId: other } = await aPerson(tenant, 'collector', 'Another');
  const { holdId } = await tenant.act('collector', placeHold, { customerId, ...hold });
  await tenant.act('collector', extendHold, { holdId, until: day('2026-03-31'), note: 'The bank is slow' });
  await tenant.act('collector', giveHold, { holdId, ownerId: other });
  const [row] = await list({ customerId });
  assert.deepEqual(
    [row?.endsOn, row?.owner.userId, row?.changes.map((one) => [one.kind, one.endsOn, one.note])],
    [
      '2026-03-31',
      other,
      [
        ['extended', '2026-03-31', 'The bank is slow'],
        ['given', '2026-03-31', null],
      ],
    ],
  );
  const refused = (command: Promise<unknown>, code: string) => assert.rejects(command, { code });
  await refused(
    tenant.act('collector', extendHold, { holdId, until: day('2026-03-31') }),
    'hold_not_extended',
  );
  await refused(tenant.act('collector', extendHold, { holdId, until: day('2027-03-31') }), 'hold_too_long');
  await refused(tenant.act('collector', giveHold, { holdId, ownerId: newId<'user'>() }), 'member_not_found');
  await tenant.act('collector', releaseHold, { holdId });
  await refused(tenant.act('collector', extendHold, { holdId, until: day('2026-04-30') }), 'hold_released');
});

test('what is over by itself is neither extended nor given; a new one is placed', async () => {
  const { holdId } = await tenant.act('collector', placeHold, {
    customerId,
    ...hold,
    until: day('2026-02-01'),
  });
  tenant.on('2026-02-02');
  await assert.rejects(tenant.act('collector', extendHold, { holdId, until: day('2026-03-01') }), {
    code: 'hold_over',
  });
  assert.equal((await list({ state: 'over' }))[0]?.holdId, holdId);
  tenant.on('2026-02-01');
});

test('the database keeps what a hold is about, its end, and that it was released', async () => {
  const { holdId } = await tenant.act('collector', placeHold, { customerId, ...hold });
  const change = (set: string) =>
    inTenant(tenant.pool, tenant.tenantId, (tx) =>
      tx.run(sql`update hold set ${sql.raw(set)} where tenant_id = ${tx.tenantId} and id = ${holdId}`),
    );
  await assert.rejects(change(`reason = 'other', note = 'x'`), /only its end and its owner/);
  await assert.rejects(change('ends_on = null'), /null value/);
  await tenant.act('collector', releaseHold, { holdId });
  await assert.rejects(change('released_at = null'), /only its end and its owner/);
  await assert.rejects(
    inTenant(tenant.pool, tenant.tenantId, (tx) => tx.run(sql`delete from hold where id = ${holdId}`)),
    /recorded facts/,
  );
});

test('a hold of a company or of everything is for those who may change the cadence, and reaches all in it', async () => {
  const own = await newTenant({ on: '2026-02-01' });
  const [one, two] = [await aCompany(own), await aCompany(own)];
  const who = await aCustomer(own);
  const held = async (company: CompanyId) =>
    (
      await inTenant(own.pool, own.tenantId, (tx) => readHeld(tx, company, [who], day('2026-02-10')))
    ).customers.has(who);
  await assert.rejects(own.act('collector', placeHold, { companyId: one, ...hold }), {
    code: 'not_permitted',
  });
  const { holdId } = await own.act('controller', placeHold, { companyId: one, ...hold });
  assert.deepEqual([await held(one), await held(two)], [true, false]);
  await assert.rejects(own.act('collector', releaseHold, { holdId }), { code: 'not_permitted' });
  await own.act('controller', releaseHold, { holdId });
  await own.act('owner', placeHold, { everything: true, ...hold });
  assert.deepEqual([await held(one), await held(two)], [true, true]);
});

test('money held is counted once however many holds an item is under, by owner and reason', async () => {
  const own = await newTenant({ on: '2026-02-01' });
  const company = await aCompany(own);
  const who = await aCustomer(own);
  const first = await anInvoice(own, { companyId: company, customerId: who, minor: 100_00n });
  await anInvoice(own, { companyId: company, customerId: who, minor: 50_00n });
  const placed = { customerId: who, ...hold };
  await own.act('collector', placeHold, placed);
  await own.act('collector', placeHold, { ...placed, itemId: first.itemId, reason: 'our_mistake' });
  await own.act('controller', placeHold, { ...placed, itemId: first.itemId, reason: 'our_mistake' });
  const overview = await inTenant(own.pool, own.tenantId, (tx) => readHoldOverview(tx, own.as('viewer')));
  assert.deepEqual(
    overview.held.map(({ amount }) => amount),
    ['150.00'],
  );
  assert.deepEqual(
    overview.owners.map((owner) => [owner.holds, owner.held[0]?.amount]),
    [
      [2, '150.00'],
      [1, '100.00'],
    ],
  );
  assert.deepEqual(overview.counts, { standing: 3, runningOut: 0, old: 0, over: 0 });
  assert.equal(
    overview.ends.reduce((sum, week) => sum + week.holds, 0),
    3,
  );
});

test('an owner is told before the end, once, and again when the end was moved', async () => {
  const own = await newTenant({ on: '2026-02-01' });
  const who = await aCustomer(own);
  const { holdId } = await own.act('collector', placeHold, { customerId: who, ...hold });
  const told = async () => (await own.act('owner', takeEnds, {})).told;
  own.on('2026-02-16');
  assert.equal(await told(), 0);
  own.on('2026-02-17');
  assert.deepEqual([await told(), await told()], [1, 0]);
  await own.act('collector', extendHold, { holdId, until: day('2026-03-01') });
  assert.equal(await told(), 0);
  own.on('2026-02-27');
  assert.equal(await told(), 1);
  const ends = (await own.events()).filter((event) => event.type === 'hold.ending');
  assert.deepEqual(
    ends.map((event) => (event.data as { endsOn: string }).endsOn),
    ['2026-02-20', '2026-03-01'],
  );
});

test('several workers that tell at once tell each end once', async () => {
  const own = await newTenant({ on: '2026-02-18' });
  await own.act('collector', placeHold, { customerId: await aCustomer(own), ...hold });
  const told: number[] = [];
  const tell = async () => void told.push((await own.act('owner', takeEnds, {})).told);
  const { won } = await race(
    own,
    Array.from({ length: RACERS }, () => tell),
  );
  assert.deepEqual([won, told.filter((count) => count > 0)], [RACERS, [1]]);
});

test('a tenant has reasons of its own; one out of use is not chosen any more, and something else stays', async () => {
  const put = (code: string, inUse: boolean) =>
    tenant.act('controller', putHoldReason, { code, name: 'Fair this month', inUse });
  const place = () => tenant.act('collector', placeHold, { customerId, ...hold, reason: 'fair' });
  await assert.rejects(place(), { code: 'hold_reason_unknown' });
  await put('fair', true);
  await place();
  await put('fair', false);
  await assert.rejects(place(), { code: 'hold_reason_unknown' });
  await assert.rejects(put('other', false), { code: 'hold_reason_needed' });
  await assert.rejects(tenant.act('collector', placeHold, { customerId, ...hold, reason: 'other' }), {
    code: 'hold_note_missing',
  });
});

test('a hold is about one thing', () => {
  const refused = (target: Parameters<typeof scopeOf>[0], everything: boolean, code: string) =>
    assert.throws(() => scopeOf(target, everything), { code });
  refused({}, false, 'hold_of_nothing');
  refused({ customerId: 'c' }, true, 'hold_of_several');
  refused({ companyId: 'o', customerId: 'c' }, false, 'hold_of_several');
  refused({ customerId: 'c', itemId: 'i', contactId: 'k' }, false, 'hold_of_several');
  refused({ itemId: 'i' }, false, 'hold_customer_missing');
  assert.equal(scopeOf({ customerId: 'c', contactId: 'k' }, false), 'contact');
  assert.equal(scopeOf({}, true), 'tenant');
});

test('whatever is extended, a hold ends, within a year of the day it was last decided about, and never earlier than before', () => {
  const start = day('2026-01-01');
  fc.assert(
    fc.property(
      fc.integer({ min: -5, max: 400 }),
      fc.array(fc.record({ after: fc.nat(200), by: fc.integer({ min: -50, max: 500 }) })),
      (first, extensions) => {
        let today = start;
        let end = addDays(start, first);
        try {
          checkEnd(end, today);
        } catch {
          return;
        }
        for (const { after, by } of extensions) {
          today = addDays(today, after);
          if (holdState({ endsOn: end, isReleased: false }, today) === 'over') return;
          const until = addDays(end, by);
          try {
            checkExtension(end, until, today);
          } catch {
            continue;
          }
          assert.ok(until.until(end).days < 0);
          end = until;
          assert.ok(today.until(end).days <= 366);
          assert.equal(holdState({ endsOn: end, isReleased: false }, addDays(end, 1)), 'over');
        }
      },
    ),
  );
});
