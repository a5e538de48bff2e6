// When will it be paid, and whom to call: the delays of customers learnt from what was known on a day, judged by what came
// after, on two public ledgers. The ledgers are not part of the repository; where they are absent, the table says so.

import {
  type CustomerDelays,
  delaysOfCustomer,
  learnUsualDelays,
  likelyDay,
  type PastItem,
  unpaidChance,
} from '../src/prediction/delays.ts';
import {
  hasLedgers,
  LEDGER_FOLDER,
  type Ledger,
  type Row,
  readHighRadius,
  readMfcr,
} from './matching/rows.ts';
import { type ResultRow, remark } from './results.ts';

/** Documents issued in these windows are judged, by what was known as the window began (track A of the protocol). */
const WINDOWS = {
  HighRadius: { from: day('2019-11-01'), to: day('2020-02-26') },
  mfcr: { from: day('2013-07-01'), to: day('2014-09-30') },
} as const;

/** What others reach: mean error in days, share within three days, area under the curve and Brier score of "late". */
const PEERS = {
  HighRadius:
    'customer median 2.71/.795/.777/.182, gradient boosting 2.44/.775/.848/.149, best known 2.36/.808/.852/.145',
  mfcr: 'customer median 5.30/.554/.796/.122, gradient boosting 4.30/.604/.859/.103, best known 4.21/.672/.862/.102',
} as const;

/** Every so many days all open documents are looked at again; what is unpaid after so many days was worth a call. */
const STEP = 14;
const SHARES = [0.05, 0.1, 0.2] as const;
const WORKLIST_PEERS =
  'expected overdue money by a published hazard .50/.64/.81, overdue balance .39/.58/.69, all known beforehand .62/.83/.97';

/** The rows of the table. */
export async function measurePrediction(): Promise<readonly ResultRow[]> {
  if (!hasLedgers()) return [remark('prediction', `not measured: no ledgers in ${LEDGER_FOLDER}`)];
  const highRadius = readHighRadius();
  return [...[highRadius, readMfcr()].flatMap(measureAtIssue), ...measureWorklist(highRadius)];
}

/** Track A: one fit as the window begins; every document issued in the window is foretold on its day of issue. */
function measureAtIssue(ledger: Ledger): readonly ResultRow[] {
  const { from, to } = WINDOWS[ledger.name];
  const rows = ledger.rows.filter(({ amount }) => amount > 0);
  const begun = performance.now();
  const delays = delaysKnownOn(rows, from);
  const judged = rows.filter(({ issued }) => issued >= from && issued <= to);
  const told = judged.map((row) => foretell(row, delays(row.customer)));
  const ms = performance.now() - begun;
  const errors = told.map(({ row, likely }) => Math.abs(row.paid - likely));
  const within = errors.filter((error) => error <= 3).length / errors.length;
  const late = told.map(({ row, lateChance }) => ({ chance: lateChance, isSo: row.paid > row.due }));
  const ours = [mean(errors).toFixed(2), share(within), share(areaUnder(late)), share(brier(late))].join(
    ' / ',
  );
  const byDue = mean(judged.map((row) => Math.abs(row.paid - row.due))).toFixed(2);
  return [
    {
      ...remark(
        `prediction ${ledger.name}: at issue, ${judged.length} documents`,
        `${ours} in ${ms.toFixed(0)} ms (mean error in days / within 3 days / area under the curve / Brier)`,
      ),
      straight: `due date ${byDue}; ${PEERS[ledger.name]}`,
    },
  ];
}

/** The worklist: which accounts hold the money that is past due and unpaid two weeks later. */
function measureWorklist(ledger: Ledger): readonly ResultRow[] {
  const { from, to } = WINDOWS.HighRadius;
  const found = { expected: SHARES.map(() => 0), balance: SHARES.map(() => 0), known: SHARES.map(() => 0) };
  let all = 0;
  for (let today = from; today + STEP <= to; today += STEP) {
    const accounts = accountsOn(ledger.rows, today);
    all += accounts.reduce((sum, { unpaid }) => sum + unpaid, 0);
    for (const [name, score] of SCORES) {
      const ranked = accounts.toSorted((a, b) => score(b) - score(a));
      SHARES.forEach((part, index) => {
        const top = ranked.slice(0, Math.floor(ranked.length * part));
        found[name][index] = (found[name][index] ?? 0) + top.reduce((sum, { unpaid }) => sum + unpaid, 0);
      });
    }
  }
  const shown = (sums: readonly number[]): string => sums.map((sum) => share(sum / all)).join(' / ');
  return [
    {
      ...remark(
        'prediction HighRadius: worklist',
        `${shown(found.expected)} of the money that is overdue two weeks later, in the first 5 / 10 / 20 % of accounts`,
      ),
      straight: `here: balance that will be overdue ${shown(found.balance)}, all known beforehand ${shown(found.known)}; ${WORKLIST_PEERS}`,
    },
  ];
}

type Account = { expected: number; balance: number; unpaid: number };

const SCORES = [
  ['expected', ({ expected }: Account) => expected],
  ['balance', ({ balance }: Account) => balance],
  ['known', ({ unpaid }: Account) => unpaid],
] as const;

function accountsOn(rows: readonly Row[], today: number): readonly Account[] {
  const delays = delaysKnownOn(rows, today);
  const accounts = new Map<string, Account>();
  for (const row of rows) {
    if (row.issued > today || row.paid <= today) continue;
    const account = accounts.get(row.customer) ?? { expected: 0, balance: 0, unpaid: 0 };
    accounts.set(row.customer, account);
    const then = today + STEP;
    if (row.due >= then) continue;
    const chance = unpaidChance(delays(row.customer), { due: row.due, from: today }, then - 1);
    account.expected += row.amount * chance;
    account.balance += row.amount;
    if (row.paid >= then) account.unpaid += row.amount;
  }
  return [...accounts.values()];
}

/** The delays of each customer by what was known as a day began. */
function delaysKnownOn(rows: readonly Row[], today: number): (customer: string) => CustomerDelays {
  const past = Map.groupBy(rows, ({ customer }) => customer);
  const usual = learnUsualDelays(rows.values().map(pastItem), today);
  const known = new Map<string, CustomerDelays>();
  return (customer) => {
    const delays = known.get(customer) ?? delaysOfCustomer(usual, (past.get(customer) ?? []).map(pastItem));
    known.set(customer, delays);
    return delays;
  };
}

function pastItem({ issued, due, paid }: Row): PastItem {
  return { issued, due, settled: paid };
}

function foretell(row: Row, delays: CustomerDelays) {
  const item = { due: row.due, from: row.issued };
  return { row, likely: likelyDay(delays, item) ?? row.due, lateChance: unpaidChance(delays, item, row.due) };
}

type Told = { readonly chance: number; readonly isSo: boolean };

/** How often of two documents, one late and one not, the late one was given the higher chance; ties count half. */
function areaUnder(told: readonly Told[]): number {
  const sorted = told.toSorted((a, b) => a.chance - b.chance);
  let rankOfSo = 0;
  for (let at = 0; at < sorted.length; ) {
    const end = sorted.findIndex((one, index) => index > at && one.chance !== sorted[at]?.chance);
    const next = end < 0 ? sorted.length : end;
    rankOfSo += ((at + next + 1) / 2) * sorted.slice(at, next).filter(({ isSo }) => isSo).length;
    at = next;
  }
  const so = told.filter(({ isSo }) => isSo).length;
  return (rankOfSo - (so * (so + 1)) / 2) / (so * (told.length - so));
}

function brier(told: readonly Told[]): number {
  return mean(told.map(({ chance, isSo }) => (chance - (isSo ? 1 : 0)) ** 2));
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

function share(part: number): string {
  return part.toFixed(3).replace(/^0/, '');
}

function day(text: string): number {
  return Date.parse(`${text}T00:00:00Z`) / 86_400_000;
}
