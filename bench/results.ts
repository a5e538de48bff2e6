// What came out: rows of one table, printed and written to results.md with the machine, the versions and the day.

import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { median, ratios, type Times } from './measure.ts';

/** One line of the table. */
export type ResultRow = {
  readonly subject: string;
  /** What was measured, with the time of one unit. */
  readonly ours: string;
  /** What it is compared with, and its time; empty where a figure stands by itself. */
  readonly straight: string;
  readonly ratio: string;
  readonly aim: string;
  readonly isMet: boolean | undefined;
};

/** What a row wants to reach: at most so many times the straight one, and at most so many milliseconds. */
export type Aim = { readonly ratioMax?: number; readonly msMax?: number };

/** A row that compares two contenders of one race. */
export function comparison(subject: string, ours: Times, straight: Times, aim: Aim = {}): ResultRow {
  const all = ratios(ours, straight);
  const ratio = median(all);
  const ms = median(ours.ms);
  return {
    subject: `${subject}: ${ours.name}`,
    ours: shownMs(ms),
    straight: `${straight.name}: ${shownMs(median(straight.ms))}`,
    ratio: `${ratio.toFixed(2)} (${Math.min(...all).toFixed(2)}–${Math.max(...all).toFixed(2)})`,
    aim: aimText(aim),
    isMet: isMet(aim, ratio, ms),
  };
}

/** A row that says something in words: what was left out, or a figure that has nothing to be compared with. */
export function remark(subject: string, text: string, aim: Aim = {}, ms?: number): ResultRow {
  const met = ms === undefined ? undefined : isMet(aim, 0, ms);
  return { subject, ours: text, straight: '', ratio: '', aim: aimText(aim), isMet: met };
}

function aimText({ ratioMax, msMax }: Aim): string {
  const parts = [
    ...(ratioMax === undefined ? [] : [`≤ ${ratioMax} ×`]),
    ...(msMax === undefined ? [] : [`≤ ${shownMs(msMax)}`]),
  ];
  return parts.join(', ');
}

function isMet(aim: Aim, ratio: number, ms: number): boolean | undefined {
  if (aim.ratioMax === undefined && aim.msMax === undefined) return undefined;
  return ratio <= (aim.ratioMax ?? Number.POSITIVE_INFINITY) && ms <= (aim.msMax ?? Number.POSITIVE_INFINITY);
}

/** A time as people read it. */
export function shownMs(ms: number): string {
  if (ms >= 10_000) return `${(ms / 1_000).toFixed(1)} s`;
  if (ms >= 100) return `${ms.toFixed(0)} ms`;
  return ms >= 1 ? `${ms.toFixed(2)} ms` : `${(ms * 1_000).toFixed(0)} µs`;
}

const HEADER = ['what', 'ours', 'straight to PostgreSQL', 'ratio: median (least–most)', 'aim', ''];

/** The rows as a Markdown table with columns of one width, which reads well in a terminal too. */
export function tableOf(rows: readonly ResultRow[]): string {
  const cells = [
    HEADER,
    ...rows.map((r) => [r.subject, r.ours, r.straight, r.ratio, r.aim, verdict(r.isMet)]),
  ];
  const widths = HEADER.map((_, column) => Math.max(...cells.map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [header = [], ...body] = cells;
  return [line(header), `|${widths.map((w) => '-'.repeat(w + 2)).join('|')}|`, ...body.map(line)].join('\n');
}

function verdict(isMet: boolean | undefined): string {
  return isMet === undefined ? '' : isMet ? 'yes' : 'no';
}

/** Where and when the figures were taken. */
export type Circumstances = {
  readonly postgres: string;
  readonly settings: string;
  readonly commitMs: number;
  readonly load: string;
  readonly minutes: number;
  readonly command: string;
};

const RESULTS = new URL('./results.md', import.meta.url);

/** Writes results.md. */
export function writeResults(rows: readonly ResultRow[], about: Circumstances): void {
  const version: string = JSON.parse(
    readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
  ).version;
  const [cpu] = cpus();
  const text = `# Benchmark results

Written by \`${about.command}\`. In each round ours and what it is compared with take turns;
the ratio is our time by the other’s, the median of all rounds (least–most).

- Day: ${Temporal.Now.plainDateISO('UTC')}; took ${about.minutes.toFixed(0)} minutes
- Machine: ${cpus().length} × ${cpu?.model.trim() ?? 'unknown processor'}, ${(totalmem() / 2 ** 30).toFixed(0)} GiB, ${process.platform} ${process.arch}; load ${about.load}
- Quittance ${version}, Node ${process.version}, ${about.postgres}
- ${about.settings}; one row inserted and committed: ${shownMs(about.commitMs)}

${tableOf(rows)}
`;
  writeFileSync(RESULTS, text);
}
