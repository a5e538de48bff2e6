// Matching payments: the engine beside the strategies in use, on two public ledgers, day by day; then disturbed amounts,
// unknown payers, references, and scale. The ledgers are not part of the repository; where they are absent, the table says so.

import { USUAL_POLICY } from '../src/matching/decision.ts';
import { type Known, matchAmount } from '../src/matching/engine.ts';
import { BASELINES, CASCADE } from './matching/baselines.ts';
import { disturb, seeded } from './matching/disturb.ts';
import { isRight, type Payment, paymentsOf } from './matching/replay.ts';
import { hasLedgers, LEDGER_FOLDER, type Ledger, readHighRadius, readMfcr } from './matching/rows.ts';
import { type Judged, rowsOf, runReplay, type Watch } from './matching/run-replay.ts';
import { measureScale } from './matching/scale.ts';
import { type Score, scoreOf, shownScore } from './matching/score.ts';
import { untellableMoney } from './matching/tellable.ts';
import { scoreReferences, scoreTracks, TRACKS } from './matching/tracks.ts';
import { type ResultRow, remark } from './results.ts';

/** What the engine is to reach: share applied by count and by money, with at least this precision. */
const AIMS = {
  HighRadius: { applied: 0.965, money: 0.85 },
  mfcr: { applied: 0.985, money: 0 },
} as const;
const PRECISION_MIN = 0.9995;
const DISTURBED_MAX = 0.0002;
const REFERENCES = { applied: 0.95, precision: 0.995 };
const SCALE = { documents: 1_000_000, lines: 10_000 };
const SCALE_SECONDS_MAX = 60;
const SEED = 20_260_101;

/** The rows of the table; every strategy's score goes to the error output. */
export async function measureMatching(): Promise<readonly ResultRow[]> {
  const ledgers = hasLedgers() ? [readHighRadius(), readMfcr()] : [];
  const missing = hasLedgers() ? [] : [remark('matching', `not measured: no ledgers in ${LEDGER_FOLDER}`)];
  return [...missing, ...ledgers.flatMap(measureLedger), ...scaleRows()];
}

function measureLedger(ledger: Ledger): readonly ResultRow[] {
  const payments = paymentsOf(ledger);
  const subject = `matching ${ledger.name}`;
  const say = (score: Score): void => console.error(`${ledger.name}: ${shownScore(score)}`);
  const baselines = BASELINES.map((strategy) => scoreOf(strategy, payments));
  baselines.forEach(say);
  // Documents of one day are listed in the order in which they were paid, which nobody would know.
  const unlisted = payments.map((payment) => ({ ...payment, open: payment.open.toSorted(byDateAndAmount) }));
  const honest = scoreOf({ ...CASCADE, name: 'cascade, not as listed' }, unlisted);
  say(honest);
  const watched = new Disturbed();
  const begun = performance.now();
  const judged = runReplay(payments, { watch: watched.watch });
  const ms = performance.now() - begun - watched.ms;
  const engine = engineScore(judged);
  say(engine);
  const tracks = trackScores(ledger, payments);
  tracks.forEach(say);
  return [
    engineRow(subject, engine, { ledger, cascade: baselines.at(-1) ?? honest, honest, payments }),
    watched.row(subject),
    ...tracks.map((score) => trackRow(subject, score)),
    remark(
      `${subject}: time`,
      `${(ms / payments.length).toFixed(2)} ms a payment, ${payments.length} payments`,
    ),
  ];
}

function byDateAndAmount(a: Payment['open'][number], b: Payment['open'][number]): number {
  return a.due - b.due || a.issued - b.issued || a.amount - b.amount;
}

function engineRow(
  subject: string,
  engine: Score,
  beside: {
    readonly ledger: Ledger;
    readonly cascade: Score;
    readonly honest: Score;
    readonly payments: readonly Payment[];
  },
): ResultRow {
  const aim = AIMS[beside.ledger.name];
  const precision = engine.right / engine.applied;
  const most = (1 - untellableMoney(beside.payments)).toFixed(3);
  return {
    subject,
    ours: `${shownScore(engine)}; at most ${most} of money can be told`,
    straight: `${shownScore(beside.cascade)}; ${shownScore(beside.honest)}`,
    ratio: '',
    aim: `auto ≥ ${aim.applied}${aim.money > 0 ? `, of money ≥ ${aim.money}` : ''}, precision ≥ ${PRECISION_MIN}`,
    isMet:
      engine.applied / engine.payments >= aim.applied &&
      engine.appliedMoney / engine.money >= aim.money &&
      precision >= PRECISION_MIN,
  };
}

/** Asks about each judged payment with a disturbed amount, too: none may be applied, and it should be proposed rightly. */
class Disturbed {
  ms = 0;
  #asked = 0;
  #applied = 0;
  #proposed = 0;
  readonly #random = seeded(SEED);

  readonly watch: Watch = (payment: Payment, known: Known): void => {
    const other = disturb(payment, this.#random);
    if (other === undefined) return;
    const begun = performance.now();
    const decision = matchAmount({ ...payment, amount: other.amount }, payment.open, known, USUAL_POLICY);
    this.ms += performance.now() - begun;
    this.#asked += 1;
    if (decision.outcome === 'apply') this.#applied += 1;
    if (decision.outcome === 'suggest' && isRight(rowsOf(payment, decision), payment)) this.#proposed += 1;
  };

  row(subject: string): ResultRow {
    const percent = (count: number): string => `${((count / this.#asked) * 100).toFixed(3)} %`;
    return {
      subject: `${subject}: disturbed amounts`,
      ours: `${this.#applied} of ${this.#asked} applied (${percent(this.#applied)}); right set proposed ${percent(this.#proposed)}`,
      straight: '',
      ratio: '',
      aim: `applied ≤ ${DISTURBED_MAX * 100} %`,
      isMet: this.#applied / this.#asked <= DISTURBED_MAX,
    };
  }
}

/** References are known of one ledger only. */
function trackScores(ledger: Ledger, payments: readonly Payment[]): readonly Score[] {
  const hasReferences = ledger.rows.some(({ reference }) => reference !== '');
  const alone = hasReferences ? [0, 0.1].map((share) => scoreReferences(payments, share)) : [];
  const tracks = TRACKS.filter(({ slipShare }) => hasReferences || slipShare === undefined);
  return [...alone, ...scoreTracks(ledger, payments, tracks)];
}

function trackRow(subject: string, score: Score): ResultRow {
  const isAim = score.name.startsWith('references alone');
  const isMet =
    score.applied / score.payments >= REFERENCES.applied &&
    score.right / score.applied >= REFERENCES.precision;
  return {
    subject: `${subject}: ${score.name}`,
    ours: shownScore({ ...score, name: '' }),
    straight: '',
    ratio: '',
    aim: isAim ? `auto ≥ ${REFERENCES.applied}, precision ≥ ${REFERENCES.precision}` : '',
    isMet: isAim ? isMet : undefined,
  };
}

function scaleRows(): readonly ResultRow[] {
  const { documents, lines, applied, right, seconds, cpuSeconds, peakMiB, ledgerMiB } = measureScale(SCALE);
  const wrong = applied - right;
  const ours = [
    `${seconds.toFixed(1)} s (${cpuSeconds.toFixed(1)} s of processor), ${(lines / seconds).toFixed(0)} lines a second`,
    `${applied} applied, ${wrong} wrong`,
    `peak ${peakMiB.toFixed(0)} MiB, ${ledgerMiB.toFixed(0)} of them the open documents`,
  ];
  return [
    {
      subject: `matching ${lines} lines against ${documents} open documents`,
      ours: ours.join('; '),
      straight: '',
      ratio: '',
      aim: `< ${SCALE_SECONDS_MAX} s`,
      isMet: seconds < SCALE_SECONDS_MAX,
    },
  ];
}

function engineScore(judged: readonly Judged[]): Score {
  const applied = judged.filter(({ decision }) => decision.outcome === 'apply');
  const right = applied.filter((one) => one.isRight);
  const money = (all: readonly Judged[]): number => all.reduce((sum, { payment }) => sum + payment.amount, 0);
  return {
    name: 'engine',
    payments: judged.length,
    applied: applied.length,
    right: right.length,
    money: money(judged),
    appliedMoney: money(applied),
    rightMoney: money(right),
  };
}
