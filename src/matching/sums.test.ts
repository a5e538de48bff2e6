import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Choice, groupTwins, type OpenDocument, sumOf, type Twins } from './documents.ts';
import { byAmount, findNear, findSums } from './sums.ts';

const LIMITS = { list: 1 << 17, choices: 5_000, tolerance: 0 };

function debts(amounts: readonly number[]): readonly Twins[] {
  return groupTwins(
    amounts.map((amount, index): OpenDocument => ({ id: `d${index}`, amount, due: index % 4, issued: 0 })),
  );
}

/** Every choice, one by one. */
function allChoices(twins: readonly Twins[]): readonly Choice[] {
  return twins.reduce<readonly Choice[]>(
    (choices, { documents }) =>
      choices.flatMap((choice) => Array.from({ length: documents.length + 1 }, (_, n) => [...choice, n])),
    [[]],
  );
}

const someAmounts = fc.array(
  fc.integer({ min: -300, max: 900 }).filter((n) => n !== 0),
  { minLength: 1, maxLength: 9 },
);

test('finds exactly the choices that have the sum, credits and twins among them', () => {
  fc.assert(
    fc.property(
      someAmounts,
      fc.integer({ min: -500, max: 2_500 }),
      fc.integer({ min: 0, max: 3 }),
      (amounts, amount, tolerance) => {
        const twins = debts(amounts);
        const found = findSums(twins, amount, { ...LIMITS, tolerance });
        const wanted = allChoices(twins).filter(
          (choice) => choice.some((n) => n > 0) && Math.abs(sumOf(twins, choice) - amount) <= tolerance,
        );
        assert.ok(found.isComplete);
        assert.deepEqual(
          found.choices.map(({ choice }) => choice.join()).sort(),
          wanted.map((c) => c.join()).sort(),
        );
        for (const { choice, over } of found.choices) assert.equal(sumOf(twins, choice) - amount, over);
      },
    ),
  );
});

test('finds a planted choice among twenty-six documents, and says whether it is the only one', () => {
  const amount = (n: number): number =>
    fc.sample(fc.integer({ min: 10_000, max: 9_999_999_999 }), { seed: n, numRuns: 1 })[0] ?? 1;
  fc.assert(
    fc.property(fc.integer(), fc.array(fc.boolean(), { minLength: 26, maxLength: 26 }), (seed, taken) => {
      fc.pre(taken.includes(true));
      const twins = debts(taken.map((_, index) => amount(seed + index)));
      const planted = twins.map((_, index) => (taken[index] ? 1 : 0));
      fc.pre(planted.includes(1));
      const found = findSums(twins, sumOf(twins, planted), LIMITS);
      assert.ok(found.isComplete);
      assert.ok(found.choices.some(({ choice }) => choice.join() === planted.join()));
    }),
    { numRuns: 20 },
  );
});

test('a few of hundreds of documents are found without looking at all sets', () => {
  const twins = debts(Array.from({ length: 400 }, (_, index) => 100_003 + index * 7_919));
  const found = findSums(twins, (twins[3]?.amount ?? 0) + (twins[11]?.amount ?? 0), LIMITS);
  assert.ok(found.isComplete);
  assert.ok(found.choices.length >= 1);
});

test('a search that outgrows its limit says that it is not complete', () => {
  const twins = debts(Array.from({ length: 60 }, (_, index) => 1_000_003 + index * 104_729));
  const half = twins.map((_, index) => index % 2);
  assert.equal(findSums(twins, sumOf(twins, half), LIMITS).isComplete, false);
});

test('more choices than the limit are cut off, and the search is not complete', () => {
  const twins = debts(Array.from({ length: 16 }, (_, index) => 100 + (index >> 2)));
  const found = findSums(twins, 812, { ...LIMITS, choices: 3 });
  assert.equal(found.isComplete, false);
  assert.ok(found.choices.length <= 3);
});

test('only the free groups change', () => {
  const twins = debts([100, 250, 400, 700]);
  const base = twins.map(() => 1);
  const free = twins.flatMap(({ amount }, index) => (amount >= 400 ? [index] : []));
  const { choices } = findSums(twins, 750, LIMITS, { base, free });
  assert.deepEqual(
    choices.map(({ choice }) => sumOf(twins, choice)),
    [750],
  );
  for (const { choice } of choices)
    twins.forEach(({ amount }, index) => {
      if (amount < 400) assert.equal(choice[index], 1);
    });
});

test('near a base, exactly the choices of at most two other documents are found', () => {
  fc.assert(
    fc.property(
      someAmounts,
      fc.integer({ min: -500, max: 2_500 }),
      fc.nat(),
      fc.integer({ min: 0, max: 3 }),
      (amounts, amount, pick, tolerance) => {
        const twins = debts(amounts);
        const choices = allChoices(twins);
        const base = choices[pick % choices.length] ?? [];
        const changes = (choice: Choice): readonly number[] =>
          choice.map((n, index) => Math.abs(n - (base[index] ?? 0)));
        const wanted = choices.filter((choice) => {
          const changed = changes(choice);
          const isNear = changed.every((n) => n <= 1) && changed.filter((n) => n > 0).length <= 2;
          return isNear && Math.abs(sumOf(twins, choice) - amount) <= tolerance;
        });
        const found = findNear(twins, amount, base, { tolerance, order: byAmount(twins) });
        assert.deepEqual(found.map(({ choice }) => choice.join()).sort(), wanted.map((c) => c.join()).sort());
      },
    ),
  );
});
