import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inTenant } from '#db/transaction.ts';
import { setSendGate } from '#gate/change-setting.ts';
import { USUAL_SETTING } from '#gate/setting.ts';
import { parseDate } from '#kernel/calendar.ts';
import { serveTo } from '../../test/support/ask.ts';
import { refusesWithoutTrace } from '../../test/support/books.ts';
import { aCustomer } from '../../test/support/builders.ts';
import { RACERS, raceHeld } from '../../test/support/race.ts';
import { newTenant, type TestTenant } from '../../test/support/tenant.ts';
import { type CorrectCall, correctCall } from './change-call.ts';
import * as contract from './contract.ts';
import { readCallPage } from './read-calls.ts';
import { type RecordCall, recordCall } from './record-call.ts';
import { routes } from './routes.ts';

/** A customer in Puerto Rico, where it is eight in the morning, of a tenant that keeps Regulation F. */
async function setting(packs: readonly string[] = ['us-reg-f']) {
  const tenant = await newTenant({ on: '2026-03-02' });
  await tenant.act('owner', setSendGate, { ...USUAL_SETTING, packs });
  const customerId = await aCustomer(tenant, { country: 'US', timeZone: 'America/Puerto_Rico' });
  const call = (given: Partial<RecordCall> = {}, by: Parameters<TestTenant['act']>[0] = 'collector') =>
    tenant.act(by, recordCall, {
      customerId,
      direction: 'out',
      way: 'phone',
      outcome: 'no_answer',
      ...given,
    });
  const calls = async () =>
    (
      await inTenant(tenant.pool, tenant.tenantId, (tx) =>
        readCallPage(tx, tenant.as('viewer'), { customerId, withCorrected: 'false', limit: 20 }),
      )
    ).rows;
  return { tenant, customerId, call, calls };
}

test('the eighth call within seven days is not noted, whether it is said to be of today or of a day before', async () => {
  const { tenant, call } = await setting();
  for (let n = 0; n < 7; n += 1) await call();
  await refusesWithoutTrace(tenant, 'call_not_allowed', () => call());
  await refusesWithoutTrace(tenant, 'call_not_allowed', () => call({ on: parseDate('2026-03-01') }));
  await call({ way: 'visit' });
  await call({ direction: 'in', outcome: 'no_answer' });
});

test('of many calls that are noted at the same time, no more are noted than may be made', async () => {
  const { tenant, call, calls } = await setting();
  for (let n = 0; n < 6; n += 1) await call();
  const { won, codes } = await raceHeld(
    tenant,
    Array.from({ length: RACERS }, () => () => call()),
  );
  assert.equal(won, 1);
  assert.deepEqual(new Set(codes), new Set(['call_not_allowed']));
  assert.equal((await calls()).length, 7);
});

test('a call that a rule forbids is noted by whoever may pass over it, with the reason, which stays with the call', async () => {
  const { tenant, call, calls } = await setting();
  await call({ outcome: 'reached' });
  const despite = 'Their lawyer asked for it in writing';
  await refusesWithoutTrace(tenant, 'not_permitted', () => call({ despite }));
  await call({ despite }, 'controller');
  assert.deepEqual(
    (await calls()).map((one) => one.despite),
    [despite, null],
  );
  const [noted] = (await tenant.events()).filter((event) => event.type === 'call.recorded').slice(-1);
  assert.deepEqual(noted?.data, {
    direction: 'out',
    way: 'phone',
    outcome: 'no_answer',
    despite,
    bars: ['spoken_lately'],
  });
});

test('what is corrected to a call of ours is asked about like a call that is noted, and does not speak against itself', async () => {
  const { tenant, call, calls } = await setting();
  const ours = { direction: 'out', way: 'phone', outcome: 'no_answer' } as const;
  const correct = (
    callId: string,
    given: Partial<CorrectCall> = {},
    by: Parameters<TestTenant['act']>[0] = 'collector',
  ) => tenant.act(by, correctCall, { callId, note: 'We called', instead: ours, ...given });
  const visit = await call({ way: 'visit', outcome: 'no_answer' });
  const theirs = await call({ direction: 'in', outcome: 'reached' });
  const spoken = { ...ours, outcome: 'reached' } as const;
  await refusesWithoutTrace(tenant, 'call_not_allowed', () => correct(visit.callId));
  await correct(theirs.callId, { instead: spoken });
  const despite = 'Their lawyer asked for it in writing';
  await refusesWithoutTrace(tenant, 'not_permitted', () => correct(visit.callId, { despite }));
  const { callId } = await correct(visit.callId, { despite }, 'controller');
  await correct(callId ?? '', { note: 'Another outcome', instead: { ...ours, outcome: 'voicemail' } });
  const standing = (await calls()).map((one) => [one.outcome, one.despite]);
  assert.deepEqual(
    standing.toSorted(),
    [
      ['reached', null],
      ['voicemail', despite],
    ],
    'who mends an outcome does not take the reason away',
  );
});

test('where no rule speaks against a call, a reason to pass over it changes nothing', async () => {
  const { call, calls } = await setting([]);
  for (let n = 0; n < 9; n += 1) await call({ despite: 'Just so' });
  assert.deepEqual(new Set((await calls()).map((one) => one.despite)), new Set([null]));
});

test('whoever looks before they call sees until when they may not, and why', async () => {
  const { tenant, customerId, call } = await setting();
  const ask = await serveTo(tenant, routes);
  const params = { customerId };
  const before = await ask('viewer', contract.readCalling, { params });
  assert.deepEqual([before.reply.notBefore, before.reply.bars.length], [null, 0]);
  await call({ outcome: 'reached' });
  const { reply } = await ask('collector', contract.readCalling, { params });
  assert.match(reply.notBefore ?? '', /^2026-03-09T12:00/);
  assert.deepEqual(
    reply.bars.map(({ reason, pack }) => [reason, pack]),
    [['spoken_lately', 'United States: Regulation F']],
  );
  assert.deepEqual(reply.zones, ['America/Puerto_Rico']);
  assert.notEqual(reply.may.override, true);
  const refused = await ask('collector', contract.recordCall, { body: { customerId, outcome: 'no_answer' } });
  assert.deepEqual([refused.status, refused.code], [409, 'call_not_allowed']);
});
