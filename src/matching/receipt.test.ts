import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AmountHabits, learnAmount, noAmounts } from './amounts.ts';
import { USUAL_POLICY } from './decision.ts';
import type { OpenDocument } from './documents.ts';
import { noHabits } from './habits.ts';
import { type Candidate, matchReceipt } from './receipt.ts';

const TODAY = 20_000;

type Given = {
  readonly open: readonly (Partial<OpenDocument> & { readonly amount: number })[];
  readonly isSaid?: boolean;
};

function candidate(customer: string, { open, isSaid = true }: Given): Candidate {
  return {
    customer,
    isSaid,
    own: noHabits(),
    open: open.map((one, index) => ({
      id: `${customer}${index}`,
      number: `INV-${customer}-100${index}`,
      due: TODAY - 5 + index * 7,
      issued: TODAY - 35 + index * 7,
      ...one,
    })),
  };
}

/** A ledger of many customers whose payments of several documents come to all sorts of amounts. */
function amountsSeen(): AmountHabits {
  let amounts = noAmounts();
  for (let n = 0; n < 400; n += 1) amounts = learnAmount(amounts, 10_001 + n * 7_919, (n % 3) + 1);
  return amounts;
}

const LEDGER = { pool: noHabits(), amounts: amountsSeen(), customers: 500 };

function decide(amount: number, texts: readonly string[], candidates: readonly Candidate[]) {
  const decision = matchReceipt({ amount, day: TODAY, texts }, candidates, LEDGER, USUAL_POLICY);
  const { outcome, customer, explanations, certificate } = decision;
  return { outcome, customer, explanations, certificate, ids: decision.documents.map(({ id }) => id).sort() };
}

const TWO = { open: [{ amount: 41_317 }, { amount: 41_317 }, { amount: 99_001 }] };

test('a round amount that one customer alone owes does not say that it paid, and without customers nothing is applied', () => {
  const owes = candidate('A', { open: [{ amount: 10_000 }, { amount: 77_003 }], isSaid: false });
  assert.notEqual(decide(10_000, [], [owes]).outcome, 'apply');
  assert.notEqual(decide(99_001, [], []).outcome, 'apply');
});

test('odd cents that one customer alone owes tell who paid; a round sum does not', () => {
  const odd = decide(70_317, [], [candidate('A', { open: [{ amount: 70_317 }], isSaid: false })]);
  const round = decide(70_000, [], [candidate('A', { open: [{ amount: 70_000 }], isSaid: false })]);
  assert.ok(odd.certificate.elsewhere < round.certificate.elsewhere);
});

test('a payer who is said is not overruled by another customer whose number is in the text', () => {
  const { customer } = decide(
    99_001,
    ['INV-B-1002'],
    [candidate('A', TWO), candidate('B', { ...TWO, isSaid: false })],
  );
  assert.notEqual(customer, 'B');
});

test('one to five documents whose sum is the amount are found, and none is paid in part', () => {
  const amounts = [10_007, 20_011, 40_009, 80_021, 160_007];
  for (let count = 1; count <= amounts.length; count += 1) {
    const sum = amounts.slice(0, count).reduce((total, one) => total + one, 0);
    const { ids, certificate } = decide(
      sum,
      [],
      [candidate('A', { open: amounts.map((amount) => ({ amount })) })],
    );
    assert.deepEqual(
      ids,
      amounts.slice(0, count).map((_, index) => `A${index}`),
    );
    assert.equal(certificate.sums, 1);
  }
  const short = decide(15_000, [], [candidate('A', { open: amounts.map((amount) => ({ amount })) })]);
  assert.notEqual(short.outcome, 'apply');
});

test('one document is likelier than two with the same sum, but that alone applies nothing', () => {
  const open = [{ amount: 60_000 }, { amount: 25_000 }, { amount: 35_000 }];
  const { outcome, certificate } = decide(60_000, [], [candidate('A', { open })]);
  assert.deepEqual(certificate.choices[0]?.ids, ['A0']);
  assert.equal(certificate.sums, 2);
  assert.notEqual(outcome, 'apply');
});

test('documents long overdue are looked at like any others', () => {
  const open = [{ amount: 31_007, due: TODAY - 400, issued: TODAY - 430 }, { amount: 90_001 }];
  assert.deepEqual(decide(31_007, [], [candidate('A', { open })]).ids, ['A0']);
});

test('numbers with slips, and the amount, are enough where many documents are named', () => {
  const open = Array.from({ length: 60 }, (_, index) => ({
    amount: 50_021 + ((index * 7_919) % 40_009),
    number: `2026${1_000 + index * 13}`,
    due: TODAY + (index % 20),
  }));
  const paid = open.filter((_, index) => index % 3 === 0);
  const sum = paid.reduce((total, { amount }) => total + amount, 0);
  const text = paid.map(({ number }, index) => (index === 4 ? number.slice(1) : number)).join(' ');
  const payer = candidate('A', { open });
  assert.notEqual(decide(sum, [], [payer]).outcome, 'apply');
  const { outcome, ids } = decide(sum, [text], [payer]);
  assert.equal(outcome, 'apply');
  assert.deepEqual(ids, open.flatMap((_, index) => (index % 3 === 0 ? [`A${index}`] : [])).sort());
});

test('a receipt short of what it names is proposed for just that, with the difference', () => {
  const payer = candidate('A', { open: [{ amount: 99_001 }, { amount: 41_317 }, { amount: 70_003 }] });
  const { outcome, ids, explanations } = decide(97_778, ['INV-A-1000'], [payer]);
  assert.equal(outcome, 'suggest');
  assert.deepEqual(ids, ['A0']);
  assert.deepEqual([explanations[0]?.kind, explanations[0]?.short], ['fee', 1_223]);
});
