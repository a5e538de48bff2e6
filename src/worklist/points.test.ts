import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addDays, parseDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { delaysOfCustomer, learnUsualDelays } from '#prediction/delays.ts';
import { candidateOf, dayNumber, type Happened, lessCredit } from './account.ts';
import { type AccountFacts, checkRules, FIRST_RULES, type PointRule, pointsOf, reasonsOf } from './points.ts';
import { phaseOf, SCRIPT_LANGUAGES, scriptOf } from './script.ts';
import { suggest } from './suggestion.ts';

const today = parseDate('2026-03-02');
const NONE: AccountFacts = {
  currency: 'EUR',
  overdueMinor: 0n,
  overdueItems: 0,
  oldestDueOn: null,
  daysLate: 0,
  newly: [],
  lastSpokenOn: today,
  nextOn: null,
  brokenAt: null,
  brokenOn: null,
  closedAt: null,
  closedOn: null,
  expectedMinor: 0n,
  dueThenMinor: 0n,
  problems: 0,
  steps: 0,
  replyOn: null,
};
const seen = (rule: Omit<PointRule, 'name' | 'points'>, facts: Partial<AccountFacts>) =>
  reasonsOf([{ name: 'It', points: 7, ...rule }], { ...NONE, ...facts }, today)[0]?.seen;

test('each kind of rule is true of what it asks for, and says what it saw', () => {
  assert.equal(seen({ when: 'overdue', amount: 1000 }, { overdueMinor: 1_000_00n }), '1000.00 EUR');
  assert.equal(seen({ when: 'overdue', amount: 1000 }, { overdueMinor: 999_99n }), undefined);
  assert.equal(
    seen({ when: 'overdue', amount: 1000 }, { overdueMinor: 1_000n, currency: 'JPY' }),
    '1000 JPY',
  );
  assert.equal(seen({ when: 'oldest', days: 8 }, { daysLate: 8 }), '8 days');
  assert.equal(seen({ when: 'oldest', days: 8 }, { daysLate: 7 }), undefined);
  const newly = [
    { days: 3, minor: 500_00n },
    { days: 9, minor: 900_00n },
  ];
  assert.equal(seen({ when: 'newly_overdue', amount: 500, days: 7 }, { newly }), '500.00 EUR');
  assert.equal(seen({ when: 'newly_overdue', amount: 600, days: 7 }, { newly }), undefined);
  assert.equal(seen({ when: 'no_contact', days: 14 }, { lastSpokenOn: null }), 'never');
  assert.equal(seen({ when: 'no_contact', days: 14 }, { lastSpokenOn: addDays(today, -13) }), undefined);
  assert.equal(seen({ when: 'broken_promise', days: 14 }, { brokenOn: addDays(today, -14) }), '2026-02-16');
  assert.equal(seen({ when: 'dispute_closed', days: 14 }, { closedOn: addDays(today, -15) }), undefined);
  assert.equal(seen({ when: 'next_day' }, { nextOn: today }), '2026-03-02');
  assert.equal(seen({ when: 'next_day' }, { nextOn: addDays(today, 1) }), undefined);
  assert.equal(seen({ when: 'at_risk', percent: 70 }, { expectedMinor: 70n, dueThenMinor: 100n }), '70 %');
  assert.equal(seen({ when: 'at_risk', percent: 70 }, { expectedMinor: 69n, dueThenMinor: 100n }), undefined);
  assert.equal(seen({ when: 'delivery_problem' }, { problems: 2 }), '2');
  assert.equal(seen({ when: 'step_for_person' }, { steps: 2 }), '2');
  assert.equal(seen({ when: 'step_for_person' }, {}), undefined);
  assert.equal(seen({ when: 'reply_waits', days: 2 }, { replyOn: addDays(today, -2) }), '2026-02-28');
  assert.equal(seen({ when: 'reply_waits', days: 2 }, { replyOn: addDays(today, -1) }), undefined);
  assert.equal(seen({ when: 'next_day', onlyFrom: 100 }, { nextOn: today, overdueMinor: 99_99n }), undefined);
});

test('points are those of the reasons together, whatever the order of the rules', () => {
  const facts = fc.record({
    overdueMinor: fc.bigInt({ min: 0n, max: 50_000_000n }),
    late: fc.integer({ min: 1, max: 200 }),
    spoken: fc.option(fc.integer({ min: 0, max: 60 })),
    share: fc.bigInt({ min: 0n, max: 100n }),
  });
  const build = (one: {
    overdueMinor: bigint;
    late: number;
    spoken: number | null;
    share: bigint;
  }): AccountFacts => ({
    ...NONE,
    overdueMinor: one.overdueMinor,
    daysLate: one.late,
    lastSpokenOn: one.spoken === null ? null : addDays(today, -one.spoken),
    expectedMinor: one.share,
    dueThenMinor: 100n,
  });
  const given = (facts: AccountFacts) => pointsOf(reasonsOf(FIRST_RULES, facts, today));
  fc.assert(
    fc.property(facts, fc.bigInt({ min: 0n, max: 50_000_000n }), fc.nat(90), (one, more, days) => {
      const before = build(one);
      const points = given(before);
      assert.equal(points, pointsOf(reasonsOf(FIRST_RULES.toReversed(), before, today)));
      // More of what is looked at never means fewer points.
      assert.ok(given({ ...before, overdueMinor: before.overdueMinor + more }) >= points);
      assert.ok(given({ ...before, daysLate: one.late + days }) >= points);
      assert.ok(given({ ...before, lastSpokenOn: null }) >= points);
      assert.ok(given({ ...before, brokenOn: today }) >= points);
      assert.ok(given({ ...before, steps: 1, replyOn: today }) > points);
      assert.ok(given({ ...before, expectedMinor: 100n }) >= points);
    }),
  );
});

test('a set of rules says what is missing and what means nothing, all at once', () => {
  checkRules(FIRST_RULES);
  assert.throws(
    () =>
      checkRules([
        { name: 'A', when: 'overdue', points: 1 },
        { name: 'A', when: 'next_day', points: 1, days: 3 },
      ]),
    {
      code: 'worklist_rules_not_valid',
      facts: {
        problems: ['rule 1: amount is missing', 'rule 2: days means nothing here', 'two rules have one name'],
      },
    },
  );
  assert.throws(() => checkRules([]), { code: 'worklist_rules_not_valid' });
});

test('money on account pays what is due first, and no more than there is', () => {
  const amounts = fc.array(fc.record({ due: fc.nat(100), minor: fc.bigInt({ min: 1n, max: 1_000n }) }), {
    minLength: 1,
    maxLength: 8,
  });
  fc.assert(
    fc.property(amounts, fc.bigInt({ min: 0n, max: 5_000n }), (asked, credit) => {
      const whole = asked.map((one) => ({ ...one, largest: one.minor, items: 1 }));
      const left = lessCredit(whole, credit);
      const sum = (all: readonly { minor: bigint }[]) => all.reduce((total, one) => total + one.minor, 0n);
      const rest = sum(whole) - credit;
      assert.equal(sum(left), rest > 0n ? rest : 0n);
      assert.ok(left.every((one) => one.minor > 0n && one.largest <= one.minor));
    }),
  );
});

const HAPPENED: Happened = {
  lastSpokenOn: null,
  nextOn: null,
  nextSaidAt: null,
  brokenAt: null,
  brokenOn: null,
  closedAt: null,
  closedOn: null,
  problems: 0,
  steps: 0,
  replyOn: null,
  isHeld: false,
  doneOn: null,
};
const delays = delaysOfCustomer(learnUsualDelays([], dayNumber(today)), []);
const at = (text: string) => Temporal.Instant.from(text);
const candidate = (happened: Partial<Happened>, due = -5) =>
  candidateOf(
    {
      companyId: 'c' as CompanyId,
      customerId: 'k' as CustomerId,
      currency: 'EUR',
      credit: 0n,
      asked: [{ due: dayNumber(today) + due, minor: 100_00n, largest: 100_00n, items: 1 }],
      happened: { ...HAPPENED, ...happened },
    },
    delays,
    today,
  );

test('an account is listed for what is overdue, or because its day has come; not while it is on hold', () => {
  assert.equal(candidate({})?.facts.overdueMinor, 100_00n);
  assert.equal(candidate({}, 0), undefined, 'due today is not overdue');
  assert.ok(candidate({ nextOn: today }, 10));
  assert.equal(candidate({ nextOn: today, doneOn: today }, 10), undefined, 'its day was kept');
  assert.equal(candidate({ isHeld: true }), undefined);
});

test('a call puts an account off until its next day, and what happens after the call brings it back', () => {
  const put = { nextOn: addDays(today, 7), nextSaidAt: at('2026-03-01T10:00:00Z') };
  assert.equal(candidate(put)?.hiddenUntil?.toString(), '2026-03-09');
  assert.equal(candidate({ ...put, brokenAt: at('2026-03-01T11:00:00Z') })?.hiddenUntil, null);
  assert.equal(
    candidate({ ...put, closedAt: at('2026-03-01T09:00:00Z') })?.hiddenUntil?.toString(),
    '2026-03-09',
  );
});

test('what was agreed is called about before what is merely late; without a number none is called', () => {
  const seen = {
    hasNumber: true,
    brokenDays: null,
    closedDays: null,
    isNextDay: false,
    problems: 0,
    overdueMinor: 1n,
    isAgreedLater: false,
    open: ['call', 'statement', 'wait'] as const,
  };
  assert.equal(suggest(seen), 'call');
  assert.equal(suggest({ ...seen, brokenDays: 3, isNextDay: true }), 'call_about_promise');
  assert.equal(suggest({ ...seen, brokenDays: 30, isNextDay: true }), 'call_back');
  assert.equal(suggest({ ...seen, closedDays: 3 }), 'call_about_dispute');
  assert.equal(suggest({ ...seen, hasNumber: false, brokenDays: 3 }), 'find_number');
  assert.equal(suggest({ ...seen, hasNumber: false, problems: 1 }), 'mend_address');
  assert.equal(suggest({ ...seen, overdueMinor: 0n }), 'look');
  assert.equal(
    suggest({ ...seen, isAgreedLater: true, problems: 1 }),
    'wait_for_day',
    'an agreed day is kept',
  );
  assert.equal(
    suggest({ ...seen, open: ['statement', 'call', 'wait'] }),
    'send_statement',
    'what brings more',
  );
  assert.equal(suggest({ ...seen, open: ['statement', 'wait'], brokenDays: 3 }), 'send_statement');
  assert.equal(suggest({ ...seen, open: ['wait'], isNextDay: true }), 'wait', 'nothing goes before a rule');
});

test('scripts have their facts filled in, in each language and phase, and fall back to English', () => {
  for (const language of [...SCRIPT_LANGUAGES, 'xx'])
    for (const daysLate of [3, 20, 90])
      for (const brokenOn of [null, parseDate('2026-02-20')]) {
        const { text } = scriptOf(language, {
          company: 'Muster & Co $&',
          amount: money(1_120_00n, 'EUR'),
          daysLate,
          brokenOn,
          isDisputeClosed: brokenOn === null,
        });
        assert.doesNotMatch(text, /[{}]/);
        assert.ok(
          /1.?120[.,]00/.test(text) && text.includes('Muster & Co $&') && text.includes(String(daysLate)),
        );
      }
  assert.equal(
    scriptOf('xx', {
      company: 'A',
      amount: money(1n, 'EUR'),
      daysLate: 1,
      brokenOn: null,
      isDisputeClosed: false,
    }).language,
    'en',
  );
  assert.deepEqual([1, 15, 45].map(phaseOf), ['friendly', 'firm', 'final']);
});
