// The rule table that Business Central comes with (24 rows: who pays, how many documents the text names, how many entries have the
// amount; high, medium or low confidence), row by row. High is what that program applies by itself; where this engine does
// otherwise it is on purpose, and said here.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AmountHabits, learnAmount, noAmounts } from './amounts.ts';
import { USUAL_POLICY } from './decision.ts';
import { noHabits } from './habits.ts';
import { type Candidate, matchReceipt } from './receipt.ts';

const TODAY = 20_000;

type Party = 'fully' | 'partially' | 'no';
type Named = 'several' | 'one' | 'no';
type Entries = 'one' | 'many' | 'not considered' | 'none';
type Confidence = 'high' | 'medium' | 'low';

/** What each customer owes: 413.17 twice on different days, 826.34 (their sum) once, and 990.01. */
const OWED = [41_317, 41_317, 82_634, 99_001] as const;

const owing = (customer: string, party: Party): Candidate => ({
  customer,
  own: noHabits(),
  open: OWED.map((amount, index) => ({
    id: `${customer}${index}`,
    number: `INV-${customer}-100${index}`,
    amount,
    due: TODAY - 5 + index * 7,
    issued: TODAY - 35 + index * 7,
  })),
  isSaid: party !== 'no',
});

function amountsSeen(): AmountHabits {
  let amounts = noAmounts();
  for (let n = 0; n < 400; n += 1) amounts = learnAmount(amounts, 10_001 + n * 7_919, (n % 3) + 1);
  return amounts;
}

const LEDGER = { pool: noHabits(), amounts: amountsSeen(), customers: 500 };

const TEXTS: Readonly<Record<Named, (entries: Entries) => string>> = {
  several: (entries) => (entries === 'many' ? 'INV-A-1000 INV-A-1001' : 'INV-A-1000, INV-A-1003'),
  one: (entries) => (entries === 'many' ? 'Invoice INV-A-1001' : 'Invoice INV-A-1003'),
  no: () => 'thank you',
};

/** The amount: what is named, in one way or in several; one document's, several documents'; or nobody's. */
function amountOf(named: Named, entries: Entries): number {
  if (entries === 'not considered' || entries === 'none') return 55_555;
  if (named === 'several') return entries === 'one' ? 41_317 + 99_001 : 82_634;
  return entries === 'one' ? 99_001 : 41_317;
}

function outcomeOf(party: Party, named: Named, entries: Entries) {
  const candidates = party === 'fully' ? [owing('A', party)] : [owing('A', party), owing('B', party)];
  const texts = [TEXTS[named](entries)];
  return matchReceipt(
    { amount: amountOf(named, entries), day: TODAY, texts },
    candidates,
    LEDGER,
    USUAL_POLICY,
  );
}

/** Confidence and priority there; what is paid by whom; and why this engine does not do the same, where it does not. */
const ROWS: readonly (readonly [Confidence, number, Party, Named, Entries, string?])[] = [
  ['high', 1, 'fully', 'several', 'one'],
  ['high', 2, 'fully', 'several', 'many'],
  ['high', 3, 'fully', 'one', 'one'],
  ['high', 4, 'fully', 'one', 'many'],
  ['high', 5, 'partially', 'several', 'one'],
  ['high', 6, 'partially', 'several', 'many'],
  ['high', 7, 'partially', 'one', 'one'],
  ['high', 8, 'fully', 'no', 'one'],
  ['high', 9, 'no', 'several', 'one'],
  ['high', 10, 'no', 'several', 'many'],
  ['medium', 1, 'fully', 'several', 'not considered'],
  ['medium', 2, 'fully', 'one', 'not considered'],
  ['medium', 3, 'fully', 'no', 'many'],
  ['medium', 4, 'partially', 'several', 'not considered'],
  ['medium', 5, 'partially', 'one', 'not considered'],
  [
    'medium',
    6,
    'no',
    'one',
    'one',
    'applied: a number with its amount to the cent says enough, whoever pays',
  ],
  ['medium', 7, 'no', 'several', 'not considered'],
  ['medium', 8, 'partially', 'no', 'one'],
  ['medium', 9, 'no', 'one', 'not considered'],
  ['low', 1, 'fully', 'no', 'none'],
  ['low', 2, 'partially', 'no', 'many'],
  ['low', 3, 'partially', 'no', 'none'],
  ['low', 4, 'no', 'no', 'one'],
  ['low', 5, 'no', 'no', 'many'],
];

for (const [confidence, priority, party, named, entries, otherwise] of ROWS)
  test(`${confidence} ${priority} (payer ${party}, numbers ${named}, amount ${entries})${otherwise ? `: ${otherwise}` : ''}`, () => {
    const { outcome, customer, documents } = outcomeOf(party, named, entries);
    const wants = (confidence === 'high') !== (otherwise !== undefined);
    assert.equal(outcome === 'apply', wants, outcome);
    if (!wants) return;
    assert.equal(customer, 'A');
    assert.equal(
      documents.reduce((sum, { amount }) => sum + amount, 0),
      amountOf(named, entries),
    );
    const says = TEXTS[named](entries);
    if (named !== 'no') assert.ok(documents.every(({ number }) => says.includes(number ?? '?')));
  });

test('all twenty-four rows are there once', () => {
  assert.equal(new Set(ROWS.map(([, , ...rest]) => rest.slice(0, 3).join())).size, 24);
});
