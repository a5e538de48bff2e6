import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Belief, believe, logBelief, logByGenerator } from './belief.ts';
import { logCoincidence } from './coincidence.ts';
import { type Choice, groupTwins, type OpenDocument, sumOf } from './documents.ts';
import { type Known, learnPayment } from './engine.ts';
import { DAY_BINS, dayBin, GENERATORS, noHabits, SIZE_STARTS, sizeBin } from './habits.ts';

const TODAY = 20_000;
const STRANGER: Known = { own: noHabits(), pool: noHabits() };

const someOpen = fc.array(
  fc.record({
    amount: fc.integer({ min: 1, max: 4 }),
    due: fc.integer({ min: TODAY - 40, max: TODAY + 40 }),
    issued: fc.integer({ min: TODAY - 60, max: TODAY }),
  }),
  { minLength: 1, maxLength: 7 },
);

function documents(given: readonly Omit<OpenDocument, 'id'>[]): readonly OpenDocument[] {
  return given.map((one, index) => ({ id: `d${index}`, ...one }));
}

function allChoices({ twins }: Belief): readonly Choice[] {
  return twins.reduce<readonly Choice[]>(
    (choices, group) =>
      choices.flatMap((choice) =>
        Array.from({ length: group.documents.length + 1 }, (_, n) => [...choice, n]),
      ),
    [[]],
  );
}

/** Habits after a few payments, each of some of what is open. */
function knownAfter(
  histories: readonly { readonly open: readonly OpenDocument[]; readonly taken: number }[],
): Known {
  return histories.reduce<Known>((known, { open, taken }, n) => {
    const paid = new Set(open.filter((_, index) => (taken >> index) % 2 === 1).map(({ id }) => id));
    const amount = open.reduce((sum, one) => sum + (paid.has(one.id) ? one.amount : 0), 0);
    return learnPayment({ amount, day: TODAY - 90 + n, paid }, open, known);
  }, STRANGER);
}

const someHistory = fc.array(
  fc.record({ open: someOpen.map(documents), taken: fc.integer({ min: 0, max: 127 }) }),
  { maxLength: 6 },
);

test('each way of choosing is a probability over all choices, whatever was learnt', () => {
  fc.assert(
    fc.property(someOpen, someHistory, (given, histories) => {
      const belief = believe(groupTwins(documents(given)), TODAY, knownAfter(histories));
      const sums = GENERATORS.map(() => 0);
      for (const choice of allChoices(belief))
        logByGenerator(belief, choice).forEach((log, index) => {
          sums[index] = (sums[index] ?? 0) + Math.exp(log);
        });
      sums.forEach((sum, index) => {
        assert.ok(Math.abs(sum - 1) < 1e-6, `${GENERATORS[index]}: ${sum}`);
      });
    }),
    { numRuns: 60 },
  );
});

test('the mixture is a probability, too', () => {
  fc.assert(
    fc.property(someOpen, someHistory, (given, histories) => {
      const belief = believe(groupTwins(documents(given)), TODAY, knownAfter(histories));
      const total = allChoices(belief).reduce((sum, choice) => sum + Math.exp(logBelief(belief, choice)), 0);
      assert.ok(Math.abs(total - 1) < 1e-6, String(total));
    }),
    { numRuns: 60 },
  );
});

test('what is expected of coincidence is near to what there is', () => {
  const open = Array.from({ length: 16 }, (_, index) => ({
    amount: 1_000 + ((index * 7_919) % 4_001),
    due: TODAY + index,
    issued: TODAY - 30 + index,
  }));
  const belief = believe(groupTwins(documents(open)), TODAY, STRANGER);
  const picked = GENERATORS.length - 1;
  const [from, to] = [12_000, 30_000];
  let there = 0;
  for (const choice of allChoices(belief)) {
    const sum = sumOf(belief.twins, choice);
    const size = choice.reduce((a, b) => a + b, 0);
    if (sum < from || sum >= to || size < 3) continue;
    there += Math.exp(logByGenerator(belief, choice)[picked] ?? 0) * (belief.generators[picked] ?? 0);
  }
  let expected = 0;
  for (let amount = from; amount < to; amount += 100)
    expected += 100 * Math.exp(logCoincidence(belief, amount + 37));
  assert.ok(expected / there > 0.5 && expected / there < 2, `${expected} for ${there}`);
});

test('bins of days and sizes are in order and within their number', () => {
  for (let days = -400; days < 400; days += 1) {
    assert.ok(dayBin(days) >= 0 && dayBin(days) < DAY_BINS);
    assert.ok(dayBin(days + 1) >= dayBin(days));
  }
  SIZE_STARTS.forEach((start, bin) => {
    assert.equal(sizeBin(start), bin);
  });
  assert.equal(sizeBin(1_000), SIZE_STARTS.length - 1);
});

test('a payment whose amount is not the sum of what it paid is remembered as disturbed', () => {
  const open = documents([{ amount: 1_000, due: TODAY, issued: TODAY - 30 }]);
  const short = learnPayment({ amount: 950, day: TODAY, paid: new Set(['d0']) }, open, STRANGER);
  assert.deepEqual(short.own.disturbed, { hits: [1], chances: [1] });
  const whole = learnPayment({ amount: 1_000, day: TODAY, paid: new Set(['d0']) }, open, STRANGER);
  assert.deepEqual(whole.pool.disturbed, { hits: [0], chances: [1] });
});

test('a payment for nothing that was open teaches nothing', () => {
  assert.equal(learnPayment({ amount: 5, day: TODAY, paid: new Set(['x']) }, [], STRANGER), STRANGER);
  const open = documents([{ amount: 1_000, due: TODAY, issued: TODAY - 30 }]);
  assert.equal(learnPayment({ amount: 5, day: TODAY, paid: new Set(['x']) }, open, STRANGER), STRANGER);
});

test('coincidence is the same in whatever unit amounts are, and more where amounts are round but for a few', () => {
  // 40 documents of whole units below a thousand, with a few odd ones.
  const given = Array.from({ length: 40 }, (_, n) => ({
    amount: 101 + ((n * 337) % 800),
    due: TODAY - n,
    issued: TODAY - 30 - n,
  }));
  const seen = (unit: number, odd = 0, sum = 5_003) => {
    const amounts = given.map((one, n) => ({ ...one, amount: one.amount * unit + (n < odd ? 7 : 0) }));
    return logCoincidence(believe(groupTwins(documents(amounts)), TODAY, STRANGER), sum * unit);
  };
  assert.ok(Number.isFinite(seen(1, 0, 0)), 'nothing is as round as can be, and comes to an end');
  for (const unit of [10, 1_000, 100_000]) assert.ok(Math.abs(seen(unit) - seen(1)) < 1e-6, String(unit));
  // What is spread evenly over all cents would be a thousand times rarer.
  assert.ok(seen(1_000, 2) > seen(1) - 2, `${seen(1_000, 2)} ${seen(1)}`);
});
