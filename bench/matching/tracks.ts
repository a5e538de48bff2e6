// The other tracks: payments whose payer is not known, and payments whose text names the documents.

import { type AmountHabits, learnAmount, noAmounts } from '../../src/matching/amounts.ts';
import { USUAL_POLICY } from '../../src/matching/decision.ts';
import { type Known, learnPayment } from '../../src/matching/engine.ts';
import { type Habits, noHabits } from '../../src/matching/habits.ts';
import { type Candidate, matchReceipt } from '../../src/matching/receipt.ts';
import { certainDocuments, readReferences } from '../../src/matching/references.ts';
import { seeded } from './disturb.ts';
import { OpenLedger } from './open-ledger.ts';
import { remittanceOf } from './remittance.ts';
import { isRight, type Payment } from './replay.ts';
import type { Ledger, Row } from './rows.ts';
import type { Score } from './score.ts';

/** Customers who are looked at for one payment; more say that its amount tells nothing. */
const CANDIDATES_MAX = 40;
const SEED = 20_260_102;

type Track = {
  readonly name: string;
  readonly isPayerKnown: boolean;
  readonly slipShare: number | undefined;
};

/** What is asked of each judged payment: with or without its payer, with or without a text. */
export const TRACKS: readonly Track[] = [
  { name: 'unknown payer, amount only', isPayerKnown: false, slipShare: undefined },
  { name: 'known payer, amount and references', isPayerKnown: true, slipShare: 0 },
  { name: 'known payer, amount and references with slips', isPayerKnown: true, slipShare: 0.1 },
  { name: 'unknown payer, amount and references', isPayerKnown: false, slipShare: 0 },
  { name: 'unknown payer, amount and references with slips', isPayerKnown: false, slipShare: 0.1 },
];

/** Adds a payment to a score; `chosen` is what was applied, nothing where it was left alone. */
class Tally {
  readonly #score = { payments: 0, applied: 0, right: 0, money: 0, appliedMoney: 0, rightMoney: 0 };
  readonly #name: string;

  constructor(name: string) {
    this.#name = name;
  }

  add(payment: Payment, chosen: readonly Row[] | undefined): void {
    const score = this.#score;
    score.payments += 1;
    score.money += payment.amount;
    if (chosen === undefined) return;
    score.applied += 1;
    score.appliedMoney += payment.amount;
    if (chosen.some(({ customer }) => customer !== payment.customer) || !isRight(chosen, payment)) return;
    score.right += 1;
    score.rightMoney += payment.amount;
  }

  get score(): Score {
    return { name: this.#name, ...this.#score };
  }
}

/** The score of references alone: no amount, no habits, only the numbers in the text among the payer's open documents. */
export function scoreReferences(payments: readonly Payment[], slipShare: number): Score {
  const random = seeded(SEED);
  const tally = new Tally(slipShare > 0 ? 'references alone, with slips' : 'references alone');
  for (const payment of payments.filter(({ isJudged }) => isJudged)) {
    const text = remittanceOf(payment, random, slipShare);
    const open = payment.open.map(numbered);
    tally.add(payment, certainDocuments(readReferences([text], open)) as readonly Row[] | undefined);
  }
  return tally.score;
}

function numbered(row: Row): Row & { readonly number: string } {
  return { ...row, number: row.reference };
}

/** The scores of tracks, and of the one document in the whole ledger that has the amount. */
export function scoreTracks(
  ledger: Ledger,
  payments: readonly Payment[],
  tracks: readonly Track[],
): readonly Score[] {
  const open = new OpenLedger(ledger.rows);
  const habits = new Map<string, Habits>();
  let [pool, amounts]: [Habits, AmountHabits] = [noHabits(), noAmounts()];
  const plain = new Tally('unknown payer, one exact amount in the whole ledger');
  const tallies = tracks.map(({ name }) => new Tally(name));
  const randoms = tracks.map(() => seeded(SEED));
  const own = (customer: string): Habits => habits.get(customer) ?? noHabits();
  for (const payment of payments) {
    open.goTo(payment.day);
    if (payment.isJudged) {
      const same = open.ofAmount(payment.amount);
      plain.add(payment, same.length === 1 ? same : undefined);
      const known = { pool, amounts, customers: open.customers };
      tracks.forEach((track, index) => {
        const random = randoms[index] ?? Math.random;
        const text = track.slipShare === undefined ? '' : remittanceOf(payment, random, track.slipShare);
        tallies[index]?.add(payment, chosenFor({ payment, text, track }, { open, own, known }));
      });
    }
    const paid = new Set(payment.paid.map(({ id }) => id));
    const before: Known = { own: own(payment.customer), pool };
    const after = learnPayment({ ...payment, paid }, payment.open, before);
    habits.set(payment.customer, after.own);
    pool = after.pool;
    amounts = learnAmount(amounts, payment.amount, payment.paid.length);
  }
  return [plain, ...tallies].map(({ score }) => score);
}

function chosenFor(
  asked: { readonly payment: Payment; readonly text: string; readonly track: Track },
  from: {
    readonly open: OpenLedger;
    readonly own: (customer: string) => Habits;
    readonly known: { readonly pool: Habits; readonly amounts: AmountHabits; readonly customers: number };
  },
): readonly Row[] | undefined {
  const { payment, text, track } = asked;
  const customers = track.isPayerKnown
    ? [payment.customer]
    : from.open.candidates(payment.amount, text.split(' '));
  if (customers.length > CANDIDATES_MAX) return undefined;
  const candidates = customers.map((customer): Candidate => {
    const rows = from.open.openOf(customer).map(numbered);
    return { customer, open: rows, own: from.own(customer), isSaid: track.isPayerKnown };
  });
  const receipt = { amount: payment.amount, day: payment.day, texts: text === '' ? [] : [text] };
  const decision = matchReceipt(receipt, candidates, from.known, USUAL_POLICY);
  return decision.outcome === 'apply'
    ? (decision.documents as readonly (typeof payment.open)[number][])
    : undefined;
}
