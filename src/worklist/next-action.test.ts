import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { setSendGate } from '#gate/change-setting.ts';
import { USUAL_SETTING } from '#gate/setting.ts';
import { placeHold } from '#holds/place-hold.ts';
import { parseDate } from '#kernel/calendar.ts';
import type { CustomerId } from '#kernel/id.ts';
import { addContact } from '#parties/change-contacts.ts';
import { serveTo } from '../../test/support/ask.ts';
import { aCompany, aCustomer, anInvoice, aPayment } from '../../test/support/builders.ts';
import { aPerson } from '../../test/support/people.ts';
import { newTenant } from '../../test/support/tenant.ts';
import * as contract from './contract.ts';
import { LIFT_STATED, liftOf, NEXT_BARS, rankActions } from './next-action.ts';
import { finishAccount } from './record-work.ts';
import { routes } from './routes.ts';

const lift = fc.record({ share: fc.double({ min: 0, max: 1, noNaN: true }), learntFrom: fc.nat(500) });
const bars = fc.array(fc.record({ reason: fc.constantFrom(...NEXT_BARS), until: fc.constant(null) }), {
  maxLength: 2,
});
const way = fc.record({ lift, bars });

test('open ways stand by what they are expected to bring; what is barred is never before one that is open, whatever it would bring', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: -1_000_000n, max: 100_000_000_000_000n }),
      way,
      way,
      (expected, call, statement) => {
        const ranked = rankActions(expected, { call, statement });
        assert.equal(ranked.length, 3);
        const open = ranked.filter((one) => one.bars.length === 0);
        assert.deepEqual(ranked.slice(0, open.length), open, 'no barred one among them');
        assert.ok(
          open.some((one) => one.way === 'wait'),
          'to wait is always open',
        );
        for (const [index, one] of open.entries()) {
          const after = open[index + 1];
          assert.ok(after === undefined || one.upliftMinor >= after.upliftMinor);
        }
        for (const one of ranked)
          assert.ok(one.upliftMinor >= 0n && one.upliftMinor <= (expected > 0n ? expected : 0n));
      },
    ),
  );
});

test('what a way brings is what is stated until contacts were seen, then how much more often money came after them than before', () => {
  assert.deepEqual(liftOf('call', { contacts: 0, before: 0, after: 0 }), {
    share: LIFT_STATED.call,
    learntFrom: 0,
  });
  const learnt = (before: number, after: number) => liftOf('call', { contacts: 450, before, after }).share;
  // 450 contacts, 50 with money before, 250 after: of 400 without, 200 more. (0.25 · 50 + 0.5 · 450) / 500.
  assert.equal(learnt(50, 250), 0.475);
  assert.equal(learnt(250, 50), 0.025, 'less after than before brings nothing, and never less than nothing');
  assert.equal(learnt(450, 450), 0.025, 'all paid before: nothing was left to bring');
});

/** A customer that owes 2,000.00 since 10 February, with a mail address and, where one is named, a telephone; today is 2 March. */
async function setting(phone: string | null = '+49 89 1234', country = 'DE') {
  const tenant = await newTenant({ on: '2026-03-02' });
  const companyId = await aCompany(tenant);
  const owing = async (name: string): Promise<CustomerId> => {
    const customerId = await aCustomer(tenant, { name, country });
    await anInvoice(tenant, {
      companyId,
      customerId,
      minor: 2_000_00n,
      issuedOn: '2026-01-10',
      dueOn: '2026-02-10',
    });
    await tenant.act('collector', addContact, {
      customerId,
      name: 'Ann',
      role: 'billing',
      email: `ann@${name.toLowerCase()}.example`,
      ...(phone === null ? {} : { phone }),
    });
    return customerId;
  };
  const customerId = await owing('Buyer');
  const ask = await serveTo(tenant, routes);
  const look = async (of: CustomerId = customerId) => {
    await ask('collector', contract.refreshWorklist, {});
    const { reply } = await ask('collector', contract.readWorklistAccount, {
      params: { companyId, customerId: of },
    });
    const next = reply.next.map((one) => [one.way, one.bars.map((bar) => bar.reason).join()]);
    return { reply, next, action: reply.action };
  };
  return { tenant, companyId, customerId, owing, look };
}

test('the way that is expected to bring most comes first, with the money it is expected to bring', async () => {
  const { look } = await setting();
  const { reply, next, action } = await look();
  assert.deepEqual(next, [
    ['call', ''],
    ['statement', ''],
    ['wait', ''],
  ]);
  assert.equal(action, 'call');
  const expected = Math.round(Number(reply.row?.expected.amount) * 100);
  assert.deepEqual(
    reply.next.map((one) => Math.round(Number(one.uplift.amount) * 100)),
    [Math.floor(expected * 0.25), Math.floor(expected * 0.1), 0],
  );
});

test('a cap on contacts that is reached forbids every way, and what was proposed is to wait until it ends', async () => {
  const { tenant, companyId, customerId, look } = await setting();
  await tenant.act('controller', setSendGate, { ...USUAL_SETTING, cap: { contactsMax: 1, days: 7 } });
  assert.equal((await look()).action, 'call');
  const call = { direction: 'out', way: 'phone', outcome: 'no_answer' } as const;
  await tenant.act('collector', finishAccount, { companyId, customerId, call });
  const { reply, next, action } = await look();
  assert.deepEqual(next, [
    ['wait', ''],
    ['call', 'too_many_contacts'],
    ['statement', 'too_many_contacts'],
  ]);
  assert.equal(action, 'wait');
  assert.ok(reply.next[1]?.bars[0]?.until, 'it says until when');
});

test('a rule on calls leaves the statement, a hold nothing; without a number nobody is proposed to call', async () => {
  const { tenant, companyId, customerId, look } = await setting('+1 212 555 0100', 'US');
  const call = { direction: 'out', way: 'phone', outcome: 'reached' } as const;
  await tenant.act('collector', finishAccount, { companyId, customerId, call });
  // Not within seven days after a conversation (Regulation F).
  await tenant.act('controller', setSendGate, { ...USUAL_SETTING, packs: ['us-reg-f'] });
  const barred = await look();
  assert.deepEqual([barred.action, barred.next[0]?.[0]], ['send_statement', 'statement']);
  assert.deepEqual(barred.next.at(-1), ['call', 'call_rules']);
  await tenant.act('controller', placeHold, {
    customerId,
    reason: 'in_talks',
    until: parseDate('2026-03-20'),
    ownerId: (await aPerson(tenant, 'collector', 'Cole')).userId,
  });
  assert.deepEqual((await look()).next[0], ['wait', '']);
  const without = await setting(null);
  assert.deepEqual((await without.look()).next.at(-1), ['call', 'no_number']);
});

test('a day that was agreed is waited for, and where nothing is late no statement is proposed', async () => {
  const { tenant, companyId, customerId, look } = await setting();
  const call = { direction: 'out', way: 'phone', outcome: 'call_back' } as const;
  const nextOn = parseDate('2026-03-09');
  await tenant.act('collector', finishAccount, { companyId, customerId, call: { ...call, nextOn } });
  const { reply, next, action } = await look();
  assert.equal(action, 'wait_for_day');
  assert.deepEqual(next, [
    ['wait', ''],
    ['call', 'agreed_later'],
    ['statement', 'agreed_later'],
  ]);
  assert.equal(reply.row?.hiddenUntil, '2026-03-09');
  const until = reply.next[1]?.bars[0]?.until ?? '';
  assert.equal(
    Temporal.Instant.from(until).toZonedDateTimeISO('UTC').toString().slice(0, 16),
    '2026-03-09T00:00',
  );
  const early = await setting();
  await aPayment(early.tenant, {
    companyId: early.companyId,
    customerId: early.customerId,
    minor: 2_000_00n,
  });
  await anInvoice(early.tenant, {
    companyId: early.companyId,
    customerId: early.customerId,
    issuedOn: '2026-02-20',
    dueOn: '2026-03-20',
  });
  const nothingLate = await early.look();
  assert.equal(nothingLate.action, 'look');
  assert.deepEqual(
    nothingLate.next.find(([way]) => way === 'statement'),
    ['statement', 'nothing_late'],
  );
});

test('what a way brings is learnt from what followed it in this company', async () => {
  const { tenant, companyId, customerId, owing, look } = await setting();
  const call = { direction: 'out', way: 'phone', outcome: 'reached' } as const;
  tenant.on('2026-02-12');
  const others = [await owing('One'), await owing('Two')];
  for (const other of others)
    await tenant.act('collector', finishAccount, { companyId, customerId: other, call });
  tenant.on('2026-03-02');
  await aPayment(tenant, {
    companyId,
    customerId: others[0] ?? customerId,
    minor: 5_00n,
    receivedOn: '2026-02-20',
  });
  const { reply } = await look();
  assert.equal(reply.next[0]?.learntFrom, 2);
  // (0.25 · 50 + 0.5 · 2) / 52
  const expected = Number(reply.row?.expected.amount);
  assert.ok(Math.abs(Number(reply.next[0]?.uplift.amount) - (expected * 13.5) / 52) < 0.02);
});
