import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseDate, WEEKDAYS } from '#kernel/calendar.ts';
import type { ItemId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import type { DiscountRight } from '#terms/discount.ts';
import { hoursSince } from './bank-data.ts';
import { type HourRules, nextAllowed, troubleAt, zonesOf } from './contact-hours.ts';
import { type AskedItem, coversOf, settlingSums, type WaitingMoney } from './cover.ts';
import { type GateFacts, judge, judgeCourtesy } from './gate.ts';
import { packsFor, RULE_PACKS } from './rule-packs.ts';
import { USUAL_SETTING } from './setting.ts';

const at = (text: string) => Temporal.Instant.from(text);
const ANY_HOUR: HourRules = { zones: ['Europe/Berlin'], openHours: null, weeks: [], quietDays: new Set() };
/** Monday to Friday, 8 to 18. */
const OFFICE = `${`${'0'.repeat(8)}${'1'.repeat(10)}${'0'.repeat(6)}`.repeat(5)}${'0'.repeat(48)}`;

const item = (id: string, minor: bigint): AskedItem => ({
  id: id as ItemId,
  reference: `INV-2026-${id}`,
  open: money(minor, 'EUR'),
});
const cash = (minor: bigint, given: Partial<WaitingMoney> = {}): WaitingMoney => ({
  source: 'receipt',
  id: 'r',
  name: 'PAY-1',
  left: money(minor, 'EUR'),
  of: 'nobody',
  texts: [],
  ...given,
});
const covered = (items: readonly AskedItem[], ...waiting: readonly WaitingMoney[]) =>
  coversOf(items, waiting).map(({ itemId, reason }) => `${itemId} ${reason}`);

test('money of the customer could pay each item that is no more than all of it', () => {
  const items = [item('00001', 300n), item('00002', 500n), item('00003', 501n)];
  const ours = { of: 'customer' } as const;
  assert.deepEqual(covered(items, cash(200n, ours), cash(300n, ours)), [
    '00001 customers_money',
    '00002 customers_money',
  ]);
  assert.deepEqual(covered(items, cash(500n, { of: 'payer' })), [
    '00001 customers_money',
    '00002 customers_money',
  ]);
  assert.deepEqual(covered(items, cash(299n, ours)), []);
});

test('money of nobody known could pay what has its amount exactly, what it names, or everything together', () => {
  const items = [item('00001', 300n), item('00002', 500n)];
  assert.deepEqual(covered(items, cash(500n)), ['00002 exact_amount']);
  assert.deepEqual(covered(items, cash(800n)), ['00001 whole_balance', '00002 whole_balance']);
  assert.deepEqual(covered(items, cash(1n, { texts: ['for inv 2026 00001, thank you'] })), ['00001 named']);
  assert.deepEqual(covered(items, cash(1n, { texts: ['for INV-2026-000011'] })), []);
  assert.deepEqual(covered(items, cash(499n)), []);
});

test('what is less a discount, in time or late, could pay an item, and so could all that is open of one in dispute in part', () => {
  const right: DiscountRight = {
    ...{
      source: 'terms',
      untilOn: parseDate('2026-01-10'),
      graceDays: 0,
      percent: '2',
      correctsTax: true,
      proRata: false,
    },
    discount: money(10n, 'EUR'),
  };
  // Of 600 that were issued 200 are paid, and 100 of the rest are in dispute.
  const partlyPaid = { whole: money(400n, 'EUR'), amount: money(600n, 'EUR') };
  const asked = [item('00001', 500n), { ...item('00002', 300n), ...partlyPaid }];
  const [whole, part] = asked as [AskedItem, AskedItem];
  const settling = new Map([
    [whole.id, settlingSums(whole, [right])],
    [part.id, settlingSums(part, [])],
  ]);
  assert.deepEqual(
    [...settling.values()],
    [
      [490n, 500n],
      [300n, 400n],
    ],
  );
  const seen = (minor: bigint, of: WaitingMoney['of'] = 'nobody') =>
    coversOf(asked, [cash(minor, { of })], settling).map(({ itemId, reason }) => `${itemId} ${reason}`);
  assert.deepEqual(seen(490n), ['00001 exact_amount']);
  assert.deepEqual(seen(400n), ['00002 exact_amount']);
  assert.deepEqual(seen(600n), [], 'what was issued is not owed any more');
  // The discount is in proportion to what was issued: 10 of 600.
  assert.deepEqual(settlingSums(part, [right]), [295n, 300n, 393n, 400n]);
  assert.deepEqual(seen(790n), ['00001 whole_balance', '00002 whole_balance']);
  assert.deepEqual(seen(491n), []);
  assert.deepEqual(seen(490n, 'customer'), ['00001 customers_money', '00002 customers_money']);
  assert.deepEqual(seen(489n, 'customer'), ['00002 customers_money']);
});

test('money that names the payment reference on the invoice is for it, as banks carry it', () => {
  const printed = new Map([['00001' as ItemId, '1234561']]);
  const named = (text: string) =>
    coversOf([item('00001', 300n)], [cash(1n, { texts: [text] })], new Map(), printed).length;
  assert.deepEqual(['for 1234561', '00000000000001234561', '12345610', '91234561'].map(named), [1, 1, 0, 0]);
});

test('money in another currency pays nothing', () => {
  const dollars = cash(0n, { left: money(500n, 'USD'), of: 'customer', texts: ['INV-2026-00002'] });
  assert.deepEqual(covered([item('00002', 500n)], dollars), []);
});

test('bank data up to Friday is nine hours old on Monday at nine', () => {
  const where = { timeZone: 'Europe/Berlin', calendar: WEEKDAYS };
  const friday = parseDate('2026-03-06');
  assert.equal(hoursSince(friday, at('2026-03-09T09:30:00+01:00'), where), 9);
  assert.equal(hoursSince(friday, at('2026-03-10T09:30:00+01:00'), where), 33);
  assert.equal(hoursSince(friday, at('2026-03-06T12:00:00+01:00'), where), 0);
  assert.equal(hoursSince(parseDate('2020-01-01'), at('2026-03-10T09:30:00+01:00'), where) > 1_000, true);
});

test('hours are those of the customer, and where its zone is not known, of all zones of its country', () => {
  const rules = (zones: readonly string[]): HourRules => ({ ...ANY_HOUR, zones, openHours: OFFICE });
  const morning = at('2026-03-09T14:00:00Z');
  assert.equal(troubleAt(morning, rules(['America/New_York'])), undefined);
  assert.equal(troubleAt(morning, rules(['America/Los_Angeles'])), 'quiet_hour');
  const american = zonesOf({ timeZone: 'UTC', country: 'US' }, { timeZone: 'Europe/Berlin' });
  assert.ok(american.includes('America/New_York') && american.includes('Pacific/Honolulu'));
  assert.equal(troubleAt(morning, rules(american)), 'quiet_hour');
  assert.deepEqual(zonesOf({ timeZone: 'Asia/Tokyo', country: 'US' }, { timeZone: 'UTC' }), ['Asia/Tokyo']);
  assert.deepEqual(zonesOf({ timeZone: 'UTC', country: null }, { timeZone: 'Europe/Berlin' }), [
    'Europe/Berlin',
  ]);
});

test('what waits over a weekend goes on Monday at eight', () => {
  const rules: HourRules = { ...ANY_HOUR, openHours: OFFICE };
  assert.equal(
    nextAllowed(at('2026-03-06T18:20:00+01:00'), rules).toString(),
    at('2026-03-09T08:00:00+01:00').toString(),
  );
  const closed = { ...rules, quietDays: new Set(['2026-03-09']) };
  assert.equal(troubleAt(at('2026-03-09T10:00:00+01:00'), closed), 'quiet_day');
  assert.equal(
    nextAllowed(at('2026-03-06T18:20:00+01:00'), closed).toString(),
    at('2026-03-10T08:00:00+01:00').toString(),
  );
});

test('the next moment is never before, always allowed, and the first quarter of an hour that is', () => {
  const signs = fc.string({ unit: fc.constantFrom('0', '1'), minLength: 168, maxLength: 168 });
  fc.assert(
    fc.property(
      signs.filter((text) => text.includes('1')),
      fc.integer({ min: 0, max: 366 * 24 * 60 }),
      fc.constantFrom('Europe/Berlin', 'America/St_Johns', 'Asia/Kathmandu', 'Australia/Lord_Howe'),
      (openHours, minutes, zone) => {
        const rules: HourRules = { ...ANY_HOUR, zones: [zone], openHours };
        const from = at('2026-01-01T00:00:00Z').add({ minutes });
        const next = nextAllowed(from, rules);
        assert.ok(Temporal.Instant.compare(next, from) > 0);
        assert.equal(troubleAt(next, rules), undefined);
        for (let earlier = next.subtract({ minutes: 15 }); Temporal.Instant.compare(earlier, from) > 0; ) {
          assert.notEqual(troubleAt(earlier, rules), undefined);
          earlier = earlier.subtract({ minutes: 15 });
        }
      },
    ),
    { numRuns: 60 },
  );
});

const FACTS: GateFacts = {
  setting: USUAL_SETTING,
  accounts: [],
  waiting: [],
  settling: new Map(),
  printed: new Map(),
  caps: [],
  hours: ANY_HOUR,
};
const ASKED = { items: [item('00001', 100n)], leftOut: [], recipient: 'a@b.example', channel: 'email' };
const NOON = at('2026-03-09T12:00:00Z');
const judged = (facts: Partial<GateFacts>, asked: Partial<typeof ASKED> = {}) =>
  judge({ ...FACTS, ...facts }, { ...ASKED, ...asked }, NOON);

test('a message waits for bank data that is too old, and for any where the tenant says so', () => {
  const account = (hours: number) => ({ name: 'House bank', upTo: '2026-03-04', hours });
  assert.equal(judged({ accounts: [account(72)] }).waits, undefined);
  assert.equal(judged({ accounts: [account(1), account(73)] }).waits?.reason, 'bank_data_old');
  assert.equal(judged({}).waits, undefined);
  const strict = { ...USUAL_SETTING, withoutBank: 'hold' } as const;
  assert.deepEqual(judged({ setting: strict }).waits, {
    reason: 'no_bank_data',
    until: at('2026-03-09T13:00:00Z'),
  });
  assert.equal(
    judged({ setting: { ...USUAL_SETTING, freshHours: null }, accounts: [account(999)] }).waits,
    undefined,
  );
});

test('a message waits until the first contact that is too many is old enough', () => {
  const contacts = ['2026-03-03T10:00:00Z', '2026-03-04T10:00:00Z', '2026-03-05T10:00:00Z'].map(at);
  const cap = (max: number) => [{ rule: 'own', max, days: 7, contacts }];
  assert.equal(judged({ caps: cap(4) }).waits, undefined);
  assert.deepEqual(judged({ caps: cap(3) }).waits, {
    reason: 'too_many_contacts',
    until: at('2026-03-10T10:00:00Z'),
  });
  assert.deepEqual(judged({ caps: cap(1) }).waits?.until, at('2026-03-12T10:00:00Z'));
});

test('letters do not ask for the hour, text messages do', () => {
  const hours: HourRules = { ...ANY_HOUR, openHours: `1${'0'.repeat(167)}` };
  assert.equal(judged({ hours }).waits?.reason, 'quiet_hour');
  assert.equal(judged({ hours }, { channel: 'sms' }).waits?.reason, 'quiet_hour');
  assert.equal(judged({ hours }, { channel: 'post' }).waits, undefined);
});

test('what asks for nothing waits for hours and for all caps that are full, and for nothing else', () => {
  const contacts = ['2026-03-04T10:00:00Z', '2026-03-05T10:00:00Z'].map(at);
  const cap = (max: number, days = 7) => ({ rule: 'own', max, days, contacts });
  const asked = (facts: Partial<GateFacts>) => judgeCourtesy({ ...FACTS, ...facts }, NOON);
  assert.equal(asked({ caps: [cap(3)], waiting: [cash(100n)] }), undefined);
  const until = at('2026-03-12T10:00:00Z');
  assert.deepEqual(asked({ caps: [cap(2), cap(1)] }), { reason: 'too_many_contacts', until });
  const hours: HourRules = { ...ANY_HOUR, openHours: `1${'0'.repeat(167)}` };
  assert.deepEqual(asked({ hours }), { reason: 'quiet_hour', until: nextAllowed(NOON, hours) });
});

test('an item that money could pay is left out; where all of them are, the message waits', () => {
  const items = [item('00001', 100n), item('00002', 200n)];
  const one = judged({ waiting: [cash(200n)] }, { items });
  assert.deepEqual(
    one.covered.map(({ itemId }) => itemId),
    ['00002'],
  );
  assert.equal(one.waits, undefined);
  assert.equal(judged({ waiting: [cash(300n)] }, { items }).waits?.reason, 'waiting_money');
});

test('each check says what was seen', () => {
  const { checks } = judged({
    waiting: [cash(100n)],
    accounts: [{ name: 'House bank', upTo: '2026-03-06', hours: 12 }],
  });
  assert.deepEqual(
    checks.map(({ check, verdict }) => `${check} ${verdict}`),
    [
      'balance passed',
      'disputes passed',
      'promises passed',
      'holds passed',
      'bank_data passed',
      'waiting_money held',
      'address passed',
      'contacts not_asked',
      'hours not_asked',
    ],
  );
});

test('rule packs are kept for customers of their countries alone', () => {
  const codes = RULE_PACKS.map(({ code }) => code);
  assert.deepEqual(
    packsFor(codes, 'US').map(({ code }) => code),
    ['us-reg-f'],
  );
  assert.deepEqual(packsFor(codes, 'DE'), []);
  assert.deepEqual(packsFor([], 'US'), []);
  const [pack] = packsFor(codes, 'US');
  const rules: HourRules = { ...ANY_HOUR, zones: ['America/New_York'], weeks: [pack?.week ?? []] };
  assert.equal(troubleAt(at('2026-03-09T20:59:00-04:00'), rules), undefined);
  assert.equal(troubleAt(at('2026-03-09T21:00:00-04:00'), rules), 'quiet_hour');
  assert.equal(troubleAt(at('2026-03-09T07:59:00-04:00'), rules), 'quiet_hour');
});
