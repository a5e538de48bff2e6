// What an import did, or would do: counts, totals per currency, a first look at the rows, and the problems up to a limit, by
// line. Gathered in bounded memory, however large the file.

import { IMPORT_PREVIEW_ROWS, IMPORT_PROBLEMS_MAX } from '#kernel/limits.ts';
import { type Money, money, toDecimal } from '#kernel/money.ts';
import type { Problem } from '#kernel/refusal.ts';
import type { Mapping } from './mapping.ts';

export type CurrencyTotal = { readonly currency: string; readonly count: number; readonly amount: string };

export type ImportResult = {
  readonly rows: number;
  /** Documents or payments that are new. */
  readonly created: number;
  /** Rows that say what the books know already. */
  readonly unchanged: number;
  readonly customersCreated: number;
  /** Payments that settled something. */
  readonly applied: number;
  readonly totals: readonly CurrencyTotal[];
  readonly problems: readonly Problem[];
  readonly problemCount: number;
  /** Oddities that do not stop the import. */
  readonly warnings: readonly Problem[];
  readonly warningCount: number;
  readonly preview: readonly { readonly line: number; readonly texts: readonly string[] }[];
  readonly previewColumns: readonly string[];
  readonly mapping: Mapping;
  readonly header: readonly string[];
  readonly batchId: string | null;
};

/** Gathers what an import finds, in bounded memory. */
export class ImportTally {
  rows = 0;
  created = 0;
  unchanged = 0;
  customersCreated = 0;
  applied = 0;
  problemCount = 0;
  warningCount = 0;
  readonly #problems: Problem[] = [];
  readonly #warnings: Problem[] = [];
  readonly #preview: { line: number; texts: readonly string[] }[] = [];
  readonly #totals = new Map<string, { count: number; minor: bigint }>();

  problem(problem: Problem): void {
    this.problemCount += 1;
    if (this.#problems.length < IMPORT_PROBLEMS_MAX) this.#problems.push(problem);
  }

  warning(problem: Problem): void {
    this.warningCount += 1;
    if (this.#warnings.length < IMPORT_PROBLEMS_MAX) this.#warnings.push(problem);
  }

  /** The texts are made only while there is room for them. */
  preview(line: number, texts: () => readonly string[]): void {
    if (this.#preview.length < IMPORT_PREVIEW_ROWS) this.#preview.push({ line, texts: texts() });
  }

  total(amount: Money): void {
    const known = this.#totals.get(amount.currency) ?? { count: 0, minor: 0n };
    known.count += 1;
    known.minor += amount.minor;
    this.#totals.set(amount.currency, known);
  }

  result(about: Pick<ImportResult, 'mapping' | 'header' | 'batchId' | 'previewColumns'>): ImportResult {
    return {
      rows: this.rows,
      created: this.created,
      unchanged: this.unchanged,
      customersCreated: this.customersCreated,
      applied: this.applied,
      totals: [...this.#totals]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([currency, { count, minor }]) => ({
          currency,
          count,
          amount: toDecimal(money(minor, currency)),
        })),
      problems: byLine(this.#problems),
      problemCount: this.problemCount,
      warnings: byLine(this.#warnings),
      warningCount: this.warningCount,
      preview: this.#preview,
      ...about,
    };
  }
}

/** In the order of the file; what is about the file as a whole comes first. */
function byLine(problems: readonly Problem[]): readonly Problem[] {
  return [...problems].sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
}
