import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addDays, parseDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId, ItemId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { parseDecimal } from '#kernel/percent.ts';
import { FIRST_CADENCE, stepDue } from './cadence.ts';
import {
  type ChasedItem,
  coveredByCredit,
  type PlanMoment,
  type PlanRules,
  planReminder,
  type Situation,
  totalsOf,
  withDisputes,
} from './reminder.ts';

const today = parseDate('2026-05-20');
const { steps } = FIRST_CADENCE;
const CADENCE = { steps, afterCarrier: 'resume_by_age' } as const;
const RULES: PlanRules = {
  cadence: CADENCE,
  minimumGapDays: 0,
  minimumAmount: null,
  promisePauses: 'promised_part',
  disputePauses: 'disputed_part',
};
const WRITE_TO = 'accounts@customer.example';

function item(
  reference: string,
  daysLate: number,
  given: Partial<ChasedItem> & { cents?: bigint; currency?: string } = {},
) {
  const { cents = 100_00n, currency = 'EUR', ...rest } = given;
  const chased: ChasedItem = {
    id: reference as ItemId,
    documentId: `document of ${reference}`,
    reference,
    issuedOn: addDays(today, -daysLate - 30),
    dueOn: addDays(today, -daysLate),
    amount: money(cents, currency),
    open: money(cents, currency),
    saidOffsetDays: null,
    onHold: false,
    inDispute: false,
    notPosted: false,
    promised: false,
    ...rest,
  };
  return chased;
}

function situation(items: readonly ChasedItem[], given: Partial<Situation> = {}): Situation {
  return {
    companyId: 'company' as CompanyId,
    customerId: 'customer' as CustomerId,
    onHold: false,
    items,
    credits: [],
    ...given,
  };
}

const plan = (s: Situation, recipient: string | undefined = WRITE_TO) =>
  planReminder(RULES, s, { on: today, recipient });
const said = (s: Situation) => plan(s).items.map(({ item: i, step }) => `${i.reference} ${step.phase}`);
const leftOut = (s: Situation, recipient?: string) =>
  planReminder(RULES, s, { on: today, recipient }).leftOut.map(
    ({ item: i, reason }) => `${i.reference} ${reason}`,
  );

test('one reminder speaks about everything that is due, the oldest first, in the tone of the furthest', () => {
  const all = situation([item('C', -15), item('A', 14), item('B', 7), item('D', -40)]);
  assert.deepEqual(said(all), ['A demand', 'B reminder', 'C upcoming']);
  assert.equal(plan(all).lead?.phase, 'demand');
});

test('an item that heard its step is not spoken about again, one that did not is', () => {
  assert.deepEqual(said(situation([item('A', 8, { saidOffsetDays: 7 }), item('B', 8)])), ['B reminder']);
  assert.equal(plan(situation([item('A', 8, { saidOffsetDays: 7 })])).lead, undefined);
});

test('a closed item is not thought of', () => {
  const closed = plan(situation([item('A', 8, { open: money(0n, 'EUR') })]));
  assert.deepEqual([closed.items, closed.leftOut], [[], []]);
});

test('an item on hold, or every item of a customer on hold, is left out', () => {
  assert.deepEqual(leftOut(situation([item('A', 8, { onHold: true }), item('B', 8)]), WRITE_TO), [
    'A on_hold',
  ]);
  assert.deepEqual(leftOut(situation([item('A', 8), item('B', 8)], { onHold: true }), WRITE_TO), [
    'A on_hold',
    'B on_hold',
  ]);
});

test('what is in dispute is not asked for: all of it, or the part', () => {
  const two = situation([item('A', 8), item('B', 8)]);
  const [a, b] = two.items;
  assert.ok(a && b);
  const disputed = new Map([
    [a.id, a.open],
    [b.id, money(40_00n, 'EUR')],
  ]);
  const now = withDisputes(two, disputed);
  assert.deepEqual(leftOut(now, WRITE_TO), ['A in_dispute']);
  assert.deepEqual(
    plan(now).items.map(({ item: { reference, open } }) => [reference, open.minor]),
    [['B', 60_00n]],
  );
});

test('credit is not held back for what is in dispute', () => {
  const credits = [money(100_00n, 'EUR')];
  const two = situation([item('old', 30), item('new', 7)], { credits });
  const [old] = two.items;
  assert.ok(old);
  const now = withDisputes(two, new Map([[old.id, old.open]]));
  assert.deepEqual(leftOut(now, WRITE_TO), ['old in_dispute', 'new covered_by_credit']);
});

test('an item on hold does not set the tone', () => {
  assert.equal(plan(situation([item('A', 40, { onHold: true }), item('B', 8)])).lead?.phase, 'reminder');
});

test('with nobody to write to, everything is left out for that', () => {
  assert.deepEqual(leftOut(situation([item('A', 8), item('B', 0)])), ['A no_email', 'B no_email']);
});

test('what the credit of a customer pays is not chased, from the oldest on', () => {
  const credits = [money(60_00n, 'EUR'), money(60_00n, 'EUR')];
  const some = situation([item('young', 7), item('old', 30)], { credits });
  assert.deepEqual(said(some), ['young reminder']);
  assert.deepEqual(leftOut(some, WRITE_TO), ['old covered_by_credit']);
});

test('credit of another currency pays nothing, and credit that pays only a part does not stop a reminder', () => {
  const other = situation([item('A', 7)], { credits: [money(500_00n, 'USD'), money(99_99n, 'EUR')] });
  assert.deepEqual(said(other), ['A reminder']);
});

test('credit that does not pay an older item pays a younger one it is enough for', () => {
  const credits = [money(60_00n, 'EUR')];
  const items = [item('old', 30), item('young', 7, { open: money(60_00n, 'EUR') })];
  assert.deepEqual(leftOut(situation(items, { credits }), WRITE_TO), ['young covered_by_credit']);
});

test('credit goes to what is older, also when that was told already, and never to what is on hold', () => {
  const credits = [money(100_00n, 'EUR')];
  const told = situation([item('told', 30, { saidOffsetDays: 30 }), item('new', 7)], { credits });
  assert.deepEqual(said(told), ['new reminder']);
  const held = situation([item('held', 30, { onHold: true }), item('new', 7)], { credits });
  assert.deepEqual(leftOut(held, WRITE_TO), ['held on_hold', 'new covered_by_credit']);
});

test('totals are one sum for each currency', () => {
  const totals = totalsOf([
    item('A', 0, { currency: 'USD', cents: 1n }),
    item('B', 0, { cents: 2n }),
    item('C', 0, { currency: 'USD', cents: 3n }),
  ]);
  assert.deepEqual(totals, [money(2n, 'EUR'), money(4n, 'USD')]);
});

// — gap, minimum, and what waits for a person —

const left = (rules: Partial<PlanRules>, given: Partial<Situation>, when: Partial<PlanMoment> = {}) =>
  planReminder(
    { ...RULES, ...rules },
    situation([item('A', 8, { cents: 60_00n }), item('B', 8, { cents: 50_00n, currency: 'USD' })], given),
    { on: today, recipient: WRITE_TO, ...when },
  ).leftOut.map(({ item: i, reason }) => `${i.reference} ${reason}`);

test('within the minimum gap after another message nothing is said', () => {
  const gap = { minimumGapDays: 7 };
  assert.deepEqual(left(gap, { lastToldOn: addDays(today, -6) }), ['A too_soon', 'B too_soon']);
  assert.deepEqual(left(gap, { lastToldOn: addDays(today, -7) }), []);
  assert.deepEqual(left(gap, {}), []);
  assert.deepEqual(left({}, { lastToldOn: today }), [], 'without a gap it is no matter');
  const madeUpFor = { realOn: addDays(today, 3) };
  assert.deepEqual(
    left(gap, { lastToldOn: addDays(today, -5) }, madeUpFor),
    [],
    'days count as they are lived',
  );
});

test('what may be asked for must come to the minimum, reckoned in its currency', () => {
  const rates = new Map([['USD EUR', parseDecimal('0.8')]]);
  assert.deepEqual(left({ minimumAmount: money(100_00n, 'EUR') }, {}, { rates }), []);
  assert.deepEqual(left({ minimumAmount: money(100_01n, 'EUR') }, {}, { rates }), [
    'A below_minimum',
    'B below_minimum',
  ]);
  assert.deepEqual(
    left({ minimumAmount: money(100_01n, 'EUR') }, {}),
    [],
    'without a rate nobody’s debt is small',
  );
});

test('a step for a person is said only where one has looked at it', () => {
  const byHand = steps.map((step) => ({ ...step, automatic: false }));
  const cadence = { steps: byHand, afterCarrier: 'resume_by_age' } as const;
  assert.deepEqual(left({ cadence }, {}), ['A for_person', 'B for_person']);
  assert.deepEqual(left({ cadence }, {}, { approved: true }), []);
});

// — properties —

const anyItem = fc
  .record({
    daysLate: fc.integer({ min: -40, max: 80 }),
    cents: fc.bigInt({ min: 0n, max: 5n }),
    currency: fc.constantFrom('EUR', 'USD'),
    saidOffsetDays: fc.constantFrom(null, -15, 0, 7, 14, 30),
    onHold: fc.boolean(),
  })
  .map(({ daysLate, cents, ...rest }) => ({ daysLate, open: cents, ...rest }));

const anySituation = fc
  .record({
    items: fc.array(anyItem, { maxLength: 12 }),
    credits: fc.array(fc.tuple(fc.bigInt({ min: 1n, max: 9n }), fc.constantFrom('EUR', 'USD')), {
      maxLength: 3,
    }),
    onHold: fc.boolean(),
  })
  .map(({ items, credits, onHold }) =>
    situation(
      items.map((i, n) =>
        item(`I${n}`, i.daysLate, {
          open: money(i.open, i.currency),
          saidOffsetDays: i.saidOffsetDays,
          onHold: i.onHold,
        }),
      ),
      { credits: credits.map(([cents, currency]) => money(cents, currency)), onHold },
    ),
  );

test('whatever the situation: each item once, only open ones, only a step beyond the last one said', () => {
  fc.assert(
    fc.property(anySituation, (any) => {
      const { items, leftOut: out } = plan(any);
      const ids = [...items, ...out].map((s) => s.item.id);
      assert.equal(new Set(ids).size, ids.length);
      for (const { item: i, step } of [...items, ...out]) {
        assert.ok(i.open.minor > 0n);
        assert.ok(i.saidOffsetDays === null || step.offsetDays > i.saidOffsetDays);
        assert.deepEqual(step, stepDue(steps, i.dueOn, today));
      }
      assert.ok(items.every(({ item: i }) => !i.onHold && !any.onHold));
    }),
  );
});

test('whatever the situation: the tone is that of the furthest item said, and silence has none', () => {
  fc.assert(
    fc.property(anySituation, (any) => {
      const { items, lead } = plan(any);
      assert.equal(lead === undefined, items.length === 0);
      assert.ok(items.every(({ step }) => step.offsetDays <= (lead?.offsetDays ?? 0)));
    }),
  );
});

test('whatever the credit: what it covers is never more than it', () => {
  fc.assert(
    fc.property(anySituation, (any) => {
      const covered = coveredByCredit(any.items, any.credits);
      for (const currency of ['EUR', 'USD']) {
        const paid = any.items
          .filter((i) => covered.has(i.id) && i.open.currency === currency)
          .reduce((a, i) => a + i.open.minor, 0n);
        const credit = any.credits.filter((c) => c.currency === currency).reduce((a, c) => a + c.minor, 0n);
        assert.ok(paid <= credit);
      }
    }),
  );
});

test('a promise and a dispute pause what the policy says: their part, nothing, or the whole account', () => {
  const half = item('A', 8, { cents: 100_00n });
  const other = item('B', 8, { cents: 70_00n });
  const pausing = { byItem: new Map([[half.id, money(40_00n, 'EUR')]]), isAny: true };
  const asked = (rules: Partial<PlanRules>, given: Partial<Situation>) =>
    planReminder({ ...RULES, ...rules }, situation([half, other], given), { on: today, recipient: WRITE_TO });
  const amounts = (rules: Partial<PlanRules>, given: Partial<Situation>) =>
    asked(rules, given).items.map(({ item: i }) => `${i.reference} ${i.open.minor}`);
  const reasons = (rules: Partial<PlanRules>, given: Partial<Situation>) =>
    asked(rules, given).leftOut.map(({ item: i, reason }) => `${i.reference} ${reason}`);
  for (const given of [{ promised: pausing }, { disputed: pausing }]) {
    assert.deepEqual(amounts({}, given), ['A 6000', 'B 7000']);
    assert.deepEqual(amounts({ promisePauses: 'nothing', disputePauses: 'nothing' }, given), [
      'A 10000',
      'B 7000',
    ]);
    assert.deepEqual(amounts({ promisePauses: 'everything', disputePauses: 'everything' }, given), []);
  }
  assert.deepEqual(reasons({ promisePauses: 'everything' }, { promised: pausing }), [
    'A promised',
    'B promised',
  ]);
  assert.deepEqual(reasons({ disputePauses: 'everything' }, { disputed: pausing }), [
    'A in_dispute',
    'B in_dispute',
  ]);
  // What is promised need not be due: the account is left alone all the same.
  const later = { promised: { byItem: new Map(), isAny: true } };
  assert.deepEqual(amounts({ promisePauses: 'everything' }, later), []);
  assert.deepEqual(amounts({}, later), ['A 10000', 'B 7000']);
});

test('a step whose way cannot be gone is left out, the others are said', () => {
  const one = planReminder(RULES, situation([item('A', 14), item('B', 7)]), {
    on: today,
    recipient: WRITE_TO,
    canGo: (step) => step.phase !== 'demand',
  });
  assert.deepEqual([one.lead?.phase, one.leftOut.map(({ reason }) => reason)], ['reminder', ['no_email']]);
});
