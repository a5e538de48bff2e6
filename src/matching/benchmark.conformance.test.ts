// The engine on real payments, with floors below what it reaches: whoever changes it and loses matches or precision sees it
// here. The whole table is made by `npm run bench -- matching`. The ledgers are not part of the repository.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CASCADE } from '../../bench/matching/baselines.ts';
import { disturb, seeded } from '../../bench/matching/disturb.ts';
import { paymentsOf } from '../../bench/matching/replay.ts';
import {
  hasLedgers,
  LEDGER_FOLDER,
  type Ledger,
  readHighRadius,
  readMfcr,
} from '../../bench/matching/rows.ts';
import { runReplay } from '../../bench/matching/run-replay.ts';
import { scoreOf } from '../../bench/matching/score.ts';
import { scoreReferences } from '../../bench/matching/tracks.ts';
import { USUAL_POLICY } from './decision.ts';
import { matchAmount } from './engine.ts';

const skip = hasLedgers() ? false : `no ledgers in ${LEDGER_FOLDER}`;

/** Payments before the window teach; of those in it, so many are judged that the test stays short. */
function replayed(ledger: Ledger, judgedDays: number) {
  const to = ledger.from + judgedDays;
  const payments = paymentsOf({ ...ledger, to }).filter(({ day }) => day <= to);
  const random = seeded(7);
  let disturbedApplied = 0;
  const judged = runReplay(payments, {
    watch: (payment, known) => {
      const other = disturb(payment, random);
      if (other === undefined) return;
      const decision = matchAmount({ ...payment, amount: other.amount }, payment.open, known, USUAL_POLICY);
      if (decision.outcome === 'apply') disturbedApplied += 1;
    },
  });
  const applied = judged.filter(({ decision }) => decision.outcome === 'apply');
  const wrong = applied.filter(({ isRight }) => !isRight).length;
  return { count: judged.length, auto: applied.length / judged.length, wrong, disturbedApplied };
}

test('the protocol gives as many payments as it is known to', { skip }, () => {
  assert.equal(paymentsOf(readHighRadius()).filter(({ isJudged }) => isJudged).length, 5_390);
  assert.equal(paymentsOf(readMfcr()).filter(({ isJudged }) => isJudged).length, 10_564);
});

test('the cascade comes out as published: .981 applied at .9987', { skip }, () => {
  const { applied, right, payments } = scoreOf(CASCADE, paymentsOf(readMfcr()));
  assert.ok(Math.abs(applied / payments - 0.981) < 0.001, String(applied / payments));
  assert.ok(right / applied > 0.998);
});

test('HighRadius, two months: at least .97 applied, none wrong, no disturbed amount applied', {
  skip,
}, () => {
  const { count, auto, wrong, disturbedApplied } = replayed(readHighRadius(), 60);
  assert.ok(count > 1_500, String(count));
  assert.ok(auto >= 0.97, String(auto));
  assert.ok(wrong <= 1, String(wrong));
  assert.ok(disturbedApplied <= 1, String(disturbedApplied));
});

test('mfcr: at least .985 applied at .9995, no disturbed amount applied', { skip }, () => {
  const { count, auto, wrong, disturbedApplied } = replayed(readMfcr(), 729);
  assert.equal(count, 10_564);
  assert.ok(auto >= 0.985, String(auto));
  assert.ok(wrong <= 5, String(wrong));
  assert.ok(disturbedApplied <= 2, String(disturbedApplied));
});

test('references alone: at least .95 applied at .995, with slips in four lines of ten', { skip }, () => {
  const { applied, right, payments } = scoreReferences(paymentsOf(readMfcr()), 0.1);
  assert.ok(applied / payments >= 0.95, String(applied / payments));
  assert.ok(right / applied >= 0.995, String(right / applied));
});
