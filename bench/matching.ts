// Matching payments without remittance: the engine beside the strategies in use, on two public ledgers, day by day. The
// ledgers are not part of the repository; where they are absent, the table says so.

import { USUAL_POLICY } from '../src/matching/decision.ts';
import { matchAmount } from '../src/matching/engine.ts';
import { BASELINES } from './matching/baselines.ts';
import { disturb, seeded } from './matching/disturb.ts';
import { paymentsOf } from './matching/replay.ts';
import { hasLedgers, LEDGER_FOLDER, type Ledger, readHighRadius, readMfcr } from './matching/rows.ts';
import { runReplay } from './matching/run-replay.ts';
import { type Score, scoreOf, shownScore } from './matching/score.ts';
import { type ResultRow, remark } from './results.ts';

/** What the engine is to reach: share applied by count and by money, precision, share of disturbed payments applied. */
const AIMS = {
  HighRadius: { applied: 0.965, money: 0.85, precision: 0.9995, disturbed: 0.0002 },
  mfcr: { applied: 0.985, money: 0, precision: 0.9995, disturbed: 0.0002 },
} as const;
const SEED = 20_260_101;

/** The rows of the table; the whole comparison goes to the error output. */
export async function measureMatching(): Promise<readonly ResultRow[]> {
  if (!hasLedgers()) return [remark('matching', `not measured: no ledgers in ${LEDGER_FOLDER}`)];
  return [readHighRadius(), readMfcr()].flatMap(measureLedger);
}

function measureLedger(ledger: Ledger): readonly ResultRow[] {
  const payments = paymentsOf(ledger);
  const baselines = BASELINES.map((strategy) => scoreOf(strategy, payments));
  const random = seeded(SEED);
  const disturbed = { asked: 0, applied: 0 };
  const begun = performance.now();
  let watching = 0;
  const judged = runReplay(payments, {
    watch: (payment, known) => {
      const other = disturb(payment, random);
      if (other === undefined) return;
      const since = performance.now();
      const decision = matchAmount({ ...payment, amount: other.amount }, payment.open, known, USUAL_POLICY);
      watching += performance.now() - since;
      disturbed.asked += 1;
      if (decision.outcome === 'apply') disturbed.applied += 1;
    },
  });
  const ms = performance.now() - begun - watching;
  const engine = engineScore(judged);
  const cascade = baselines.at(-1) ?? engine;
  for (const score of [...baselines, engine]) console.error(`${ledger.name}: ${shownScore(score)}`);
  const aim = AIMS[ledger.name];
  const share = disturbed.applied / disturbed.asked;
  const isMet =
    engine.applied / engine.payments >= aim.applied &&
    engine.appliedMoney / engine.money >= aim.money &&
    engine.right / engine.applied >= aim.precision;
  const subject = `matching ${ledger.name}`;
  return [
    {
      subject,
      ours: shownScore(engine),
      straight: shownScore(cascade),
      ratio: '',
      aim: `auto ≥ ${aim.applied}${aim.money > 0 ? `, of money ≥ ${aim.money}` : ''}, precision ≥ ${aim.precision}`,
      isMet,
    },
    {
      subject: `${subject}: disturbed`,
      ours: `${disturbed.applied} of ${disturbed.asked} applied (${(share * 100).toFixed(3)} %)`,
      straight: '',
      ratio: '',
      aim: `≤ ${aim.disturbed * 100} %`,
      isMet: share <= aim.disturbed,
    },
    remark(
      `${subject}: time`,
      `${(ms / payments.length).toFixed(2)} ms for a payment, ${payments.length} payments`,
    ),
  ];
}

function engineScore(judged: ReturnType<typeof runReplay>): Score {
  const some = judged.filter(({ payment }) => payment.isJudged);
  const applied = some.filter(({ decision }) => decision.outcome === 'apply');
  const right = applied.filter((one) => one.isRight);
  const money = (all: typeof some): number => all.reduce((sum, { payment }) => sum + payment.amount, 0);
  return {
    name: 'engine',
    payments: some.length,
    applied: applied.length,
    right: right.length,
    money: money(some),
    appliedMoney: money(applied),
    rightMoney: money(right),
  };
}
