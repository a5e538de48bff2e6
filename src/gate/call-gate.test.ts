import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDate } from '#kernel/calendar.ts';
import { barsToCall, type CallFacts, type Contact, notBefore } from './call-gate.ts';
import { RULE_PACKS } from './rule-packs.ts';

/** Noon of a Wednesday in New York. */
const NOW = Temporal.Instant.from('2026-03-04T17:00:00Z');
const packs = (code: string) => RULE_PACKS.filter((pack) => pack.code === code);
const at = (hours: number) => NOW.subtract({ hours });
const called = (hours: number, given: Partial<Contact> = {}): Contact => ({
  kind: 'call',
  at: at(hours),
  isOurs: true,
  wishedOn: null,
  ...given,
});

function bars(
  contacts: readonly Contact[],
  given: Partial<CallFacts> & { readonly pack?: string; readonly now?: Temporal.Instant } = {},
) {
  const own = given.packs ?? packs(given.pack ?? 'us-reg-f');
  const hours = {
    zones: ['America/New_York'],
    openHours: null,
    weeks: own.map(({ week }) => week),
    quietDays: new Set<string>(),
  };
  return barsToCall({ packs: own, contacts, hours, ...given }, given.now ?? NOW);
}
const reasons = (found: ReturnType<typeof bars>) => found.map(({ reason }) => reason);

test('the eighth call within seven days waits until the first of the seven is a week old', () => {
  const six = [1, 20, 40, 60, 80, 100].map((hours) => called(hours));
  assert.deepEqual(bars(six), []);
  const [bar] = bars([...six, called(150)]);
  assert.deepEqual([bar?.reason, bar?.counted, bar?.max, bar?.days], ['too_many_calls', 7, 7, 7]);
  assert.equal(bar?.until.toString(), at(150 - 7 * 24).toString());
  assert.deepEqual(bars([...six, called(7 * 24)]), [], 'a call a week ago to the second counts no more');
  assert.deepEqual(bars([...six, called(150, { isOurs: false })]), [], 'nor do calls of theirs');
});

test('after a conversation, whoever began it, nobody calls for seven days, unless they asked to be called back on that day', () => {
  const spoken = called(30, { kind: 'conversation', isOurs: false });
  assert.deepEqual(reasons(bars([spoken])), ['spoken_lately']);
  assert.equal(notBefore(bars([spoken]))?.toString(), at(30 - 7 * 24).toString());
  assert.deepEqual(bars([{ ...spoken, wishedOn: parseDate('2026-03-04') }]), []);
  assert.deepEqual(reasons(bars([{ ...spoken, wishedOn: parseDate('2026-03-05') }])), ['spoken_lately']);
  assert.deepEqual(bars([called(7 * 24, { kind: 'conversation' })]), []);
});

test('hours are those of the customer, in every time zone the customer may be in', () => {
  const early = Temporal.Instant.from('2026-03-04T13:30:00Z');
  assert.deepEqual(bars([], { now: early }), [], 'half past eight in New York');
  const own = packs('us-reg-f');
  const zones = ['America/New_York', 'America/Los_Angeles'];
  const hours = { zones, openHours: null, weeks: own.map(({ week }) => week), quietDays: new Set<string>() };
  const found = bars([], { now: early, hours });
  assert.deepEqual(reasons(found), ['quiet_hour'], 'half past five in Los Angeles');
  assert.equal(notBefore(found)?.toString(), '2026-03-04T16:00:00Z');
  assert.deepEqual(
    reasons(bars([], { now: Temporal.Instant.from('2026-03-05T02:00:00Z') })),
    ['quiet_hour'],
    'nine in the evening',
  );
});

test('where a pack counts contacts by any way, messages count with the calls; without a pack nothing is asked', () => {
  const three = [called(1), called(30, { kind: 'message' }), called(50, { kind: 'conversation' })];
  const found = bars(three, { pack: 'au-guideline' });
  assert.deepEqual(reasons(found), ['too_many_contacts']);
  assert.deepEqual(bars(three.slice(1), { pack: 'au-guideline' }), []);
  assert.deepEqual(
    bars(
      Array.from({ length: 20 }, (_, n) => called(n)),
      { packs: [] },
    ),
    [],
  );
});
