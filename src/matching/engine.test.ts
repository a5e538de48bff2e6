import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { USUAL_POLICY } from './decision.ts';
import type { OpenDocument } from './documents.ts';
import { type Known, learnPayment, matchAmount } from './engine.ts';
import { noHabits } from './habits.ts';

const TODAY = 20_000;
const STRANGER: Known = { own: noHabits(), pool: noHabits() };

type Debt = Partial<OpenDocument> & { readonly amount: number };

function debts(given: readonly (Debt | number)[]): readonly OpenDocument[] {
  return given.map((one, index) => ({
    id: `d${index}`,
    due: TODAY - 10 + index * 5,
    issued: TODAY - 40 + index * 5,
    ...(typeof one === 'number' ? { amount: one } : one),
  }));
}

function decide(amount: number, open: readonly OpenDocument[], known: Known = STRANGER) {
  const decision = matchAmount({ amount, day: TODAY }, open, known, USUAL_POLICY);
  return { ...decision, ids: decision.documents.map(({ id }) => id).sort() };
}

const someDebts = fc.array(
  fc.record({
    amount: fc.integer({ min: 1_000, max: 40_000 }).map((n) => n * 10),
    due: fc.integer({ min: TODAY - 30, max: TODAY + 30 }),
    issued: fc.integer({ min: TODAY - 60, max: TODAY - 1 }),
  }),
  { minLength: 1, maxLength: 12 },
);

test('one debt of the amount, and nothing else that would fit, is applied to and proved to be the only one', () => {
  const { outcome, ids, certificate } = decide(12_345, debts([99_901, 12_345, 50_007]));
  assert.equal(outcome, 'apply');
  assert.deepEqual(ids, ['d1']);
  assert.equal(certificate.rule, 'only_sum');
  assert.equal(certificate.proof, 'all_sums_known');
});

test('two debts of the amount due on different days are a tie for a stranger: suggested, not applied', () => {
  const { outcome, certificate } = decide(12_345, debts([12_345, 12_345, 50_007]));
  assert.notEqual(outcome, 'apply');
  assert.equal(certificate.rule, 'several_sums');
  assert.equal(certificate.sums, 2);
  assert.equal(certificate.choices.length, 2);
});

test('twins are no tie: the one issued first is taken', () => {
  const twin = { amount: 12_345, due: TODAY };
  const open = debts([{ ...twin, issued: TODAY - 5 }, { ...twin, issued: TODAY - 9 }, 50_007]);
  assert.deepEqual(decide(12_345, open).ids, ['d1']);
});

test('a debt and a pair with the same sum are rivals, and the certificate names both', () => {
  const { certificate } = decide(30_000, debts([30_000, 10_013, 19_987]));
  assert.deepEqual(new Set(certificate.choices.map(({ ids }) => ids.join())), new Set(['d0', 'd1,d2']));
});

test('a debt that misses the amount by a cent is a rival of a sum that fits', () => {
  const { certificate } = decide(30_000, debts([30_001, 10_013, 19_987]));
  assert.equal(certificate.sums, 1);
  assert.equal(certificate.nearSums, 1);
  assert.ok(certificate.choices.some(({ over }) => over === 1));
});

test('credits are taken with the debts they reduce', () => {
  const { outcome, ids } = decide(95_000, debts([60_005, 44_995, -10_000]));
  assert.equal(outcome, 'apply');
  assert.deepEqual(ids, ['d0', 'd1', 'd2']);
});

test('an amount far from everything open is left alone', () => {
  const { outcome, ids, certificate, explanations } = decide(999_999, debts([12_400, 50_007]));
  assert.equal(outcome, 'abstain');
  assert.deepEqual([ids, explanations], [[], []]);
  assert.equal(certificate.rule, 'no_sum');
});

test('an amount that is short of a debt is proposed with the difference, and not applied', () => {
  const { outcome, ids, explanations } = decide(48_896, debts([12_400, 50_007]));
  assert.equal(outcome, 'suggest');
  assert.deepEqual(ids, ['d1']);
  assert.deepEqual([explanations[0]?.kind, explanations[0]?.short], ['fee', 1_111]);
});

test('a discount of the day is taken off before sums are compared; a late one is only proposed', () => {
  const open = debts([
    { amount: 100_000, discounts: [{ untilDay: TODAY, amount: 2_000 }] },
    { amount: 70_003, discounts: [{ untilDay: TODAY - 1, amount: 1_400 }] },
  ]);
  const inTime = decide(98_000, open);
  assert.deepEqual([inTime.outcome, inTime.ids, inTime.documents[0]?.taken], ['apply', ['d0'], 2_000]);
  const late = decide(68_603, open);
  assert.deepEqual(
    [late.outcome, late.ids, late.explanations[0]?.kind],
    ['suggest', ['d1'], 'late_discount'],
  );
});

test('nothing open, no money, and amounts too large to add exactly are refused before anything is searched', () => {
  assert.equal(decide(100, []).certificate.rule, 'no_sum');
  assert.equal(decide(0, debts([100])).certificate.rule, 'no_sum');
  assert.equal(decide(-5, debts([100])).certificate.rule, 'no_sum');
  assert.equal(decide(100, debts([Number.MAX_SAFE_INTEGER, 100])).certificate.rule, 'amounts_too_large');
});

test('what is applied or suggested adds up to the amount, and probabilities do not exceed one', () => {
  fc.assert(
    fc.property(someDebts, fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }), (given, taken) => {
      const open = debts(given);
      const amount = open.reduce((sum, one, index) => sum + (taken[index] ? one.amount : 0), 0);
      const { documents, certificate } = decide(amount, open);
      if (documents.length > 0)
        assert.equal(
          documents.reduce((sum, one) => sum + one.amount, 0),
          amount,
        );
      const total = certificate.choices.reduce((sum, one) => sum + one.probability, 0);
      assert.ok(total + certificate.unseen + certificate.disturbed <= 1 + 1e-9);
    }),
  );
});

test('every rival of a certificate is real: it exists, and adds up to the amount or misses it as said', () => {
  fc.assert(
    fc.property(someDebts, fc.nat(), (given, pick) => {
      const open = debts(given);
      const byId = new Map(open.map((one) => [one.id, one]));
      const amount = open[pick % open.length]?.amount ?? 1;
      for (const { ids, over } of decide(amount, open).certificate.choices) {
        assert.equal(new Set(ids).size, ids.length);
        assert.equal(ids.reduce((sum, id) => sum + (byId.get(id)?.amount ?? Number.NaN), 0) - amount, over);
        assert.ok(Math.abs(over) <= USUAL_POLICY.tolerance);
      }
    }),
  );
});

test('the order in which documents come changes nothing', () => {
  fc.assert(
    fc.property(
      someDebts,
      fc.array(fc.integer(), { minLength: 12, maxLength: 12 }),
      fc.nat(),
      (given, keys, pick) => {
        const open = debts(given);
        const shuffled = open
          .map((one, index) => ({ one, key: keys[index] ?? 0 }))
          .sort((a, b) => a.key - b.key)
          .map(({ one }) => one);
        const amount =
          (open[pick % open.length]?.amount ?? 0) + (open[(pick >> 4) % open.length]?.amount ?? 0);
        assert.deepEqual(decide(amount, shuffled), decide(amount, open));
      },
    ),
  );
});

/** Somebody who, each ten days, has paid one of three debts of the same amount: always the one that `chosen` says. */
function customerWho(
  chosen: (open: readonly OpenDocument[]) => OpenDocument | undefined,
  times: number,
): Known {
  let known = STRANGER;
  for (let n = 0; n < times; n += 1) {
    const day = TODAY - 400 + n * 10;
    const open = [-20, 0, 20].map((offset) => ({
      id: `h${n}${offset}`,
      amount: 5_000 + n,
      due: day + offset,
      issued: day + offset - 30,
    }));
    const paid = new Set([chosen(open)?.id ?? '']);
    known = learnPayment({ amount: 5_000 + n, day, paid }, open, known);
  }
  return known;
}

test('what a customer has always done breaks a tie, and another habit breaks it the other way', () => {
  const open = debts(
    [-20, 0, 20].map((days) => ({ amount: 7_777, due: TODAY + days, issued: TODAY + days - 30 })),
  );
  assert.notEqual(decide(7_777, open).outcome, 'apply');
  const oldest = decide(
    7_777,
    open,
    customerWho((all) => all[0], 30),
  );
  assert.deepEqual([oldest.outcome, oldest.ids], ['apply', ['d0']]);
  assert.equal(oldest.certificate.rule, 'likeliest_of_all_sums');
  const current = decide(
    7_777,
    open,
    customerWho((all) => all[1], 30),
  );
  assert.deepEqual([current.outcome, current.ids], ['apply', ['d1']]);
});

test('a payer of everything due is recognised among more documents than can be enumerated', () => {
  const open = Array.from({ length: 90 }, (_, index) => ({
    id: `d${index}`,
    amount: 100_000 + ((index * 7_919_111) % 900_007),
    due: TODAY - 45 + index,
    issued: TODAY - 75 + index,
  }));
  const due = open.filter((one) => one.due <= TODAY);
  const amount = due.reduce((sum, one) => sum + one.amount, 0);
  let known = STRANGER;
  for (let n = 30; n > 0; n -= 1) {
    const day = TODAY - n;
    const then = open.map((one) => ({ ...one, due: one.due - n, issued: one.issued - n }));
    const paid = then.filter((one) => one.due <= day);
    const sum = paid.reduce((total, one) => total + one.amount, 0);
    known = learnPayment({ amount: sum, day, paid: new Set(paid.map(({ id }) => id)) }, then, known);
  }
  const { outcome, ids, certificate } = decide(amount, open, known);
  assert.equal(outcome, 'apply');
  assert.deepEqual(ids, due.map(({ id }) => id).sort());
  assert.equal(certificate.rule, 'likeliest_by_habit');
  assert.equal(certificate.proof, 'sums_near_habits_known');
});

test('a sum found among millions that fit by chance is not applied', () => {
  const open = Array.from({ length: 60 }, (_, index) => ({
    id: `d${index}`,
    amount: 10_000 + ((index * 7_919_111) % 90_007),
    due: TODAY + (index % 9),
    issued: TODAY - 30,
  }));
  const amount = open.filter((_, index) => index % 2 === 0).reduce((sum, one) => sum + one.amount, 0);
  assert.notEqual(decide(amount, open).outcome, 'apply');
});

test('an amount short by a fee is not applied to other debts that happen to add up to it', () => {
  const open = debts(Array.from({ length: 16 }, (_, index) => 10_000 + index * 1_009));
  const amount = open.slice(0, 9).reduce((sum, one) => sum + one.amount, 0) - 1_009;
  assert.notEqual(decide(amount, open).outcome, 'apply');
});

test('habits are plain numbers: kept as text and read again, they decide the same', () => {
  const known = customerWho((all) => all[0], 12);
  const again = JSON.parse(JSON.stringify(known)) as Known;
  const open = debts([7_777, 7_777, 3_001]);
  assert.deepEqual(decide(7_777, open, again), decide(7_777, open, known));
});
