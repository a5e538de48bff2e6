// What a CSV of a bank comes to by a profile: its first entries as they would be booked, what cannot be read and where, and the
// sums with the balances that prove them.

import {
  counterpartyOf,
  type StatementAmount,
  type StatementEntry,
  type StatementEvent,
  type StatementSummary,
} from '#formats/bank-statement-shape.ts';
import type { Problem } from '#kernel/refusal.ts';

/** Entries and problems that are shown; all are counted. */
const SHOWN_MAX = 20;

/** An entry as it would be booked. */
export type LookedEntry = {
  readonly line: number;
  readonly bookedOn: string | null;
  readonly valueOn: string | null;
  readonly amount: StatementAmount;
  readonly payerName: string | null;
  readonly payerAccount: string | null;
  readonly text: string;
  readonly balanceAfter: StatementAmount | null;
  readonly original: StatementAmount | null;
  /** Not booked yet by the bank's word, so that it is not booked here. */
  readonly isPending: boolean;
};

/** One account of the file. */
export type LookedStatement = {
  /** As the file names it. */
  readonly account: string | null;
  readonly entries: number;
  readonly moneyIn: readonly StatementAmount[];
  readonly moneyOut: readonly StatementAmount[];
  readonly opening: StatementAmount | null;
  readonly closing: StatementAmount | null;
  /** `agrees`: balances prove the entries. `differs`, `broken`: they do not. `none`: there are no balances. */
  readonly proof: 'agrees' | 'differs' | 'broken' | 'none';
};

/** All that is shown of a file. */
export type CsvLook = {
  readonly entries: readonly LookedEntry[];
  readonly statements: readonly LookedStatement[];
  readonly problems: readonly Problem[];
  readonly problemCount: number;
};

/** Looks at the events of a file as they pass by. */
export class CsvLooker {
  readonly #entries: LookedEntry[] = [];
  readonly #statements: LookedStatement[] = [];
  readonly #problems: Problem[] = [];
  #problemCount = 0;
  #account: string | null = null;

  take(event: StatementEvent): void {
    if (event.kind === 'statement') {
      const { iban, otherId } = event.statement.account;
      this.#account = iban ?? otherId ?? null;
    } else if (event.kind === 'entry' && this.#entries.length < SHOWN_MAX) {
      this.#entries.push(lookedOf(event.entry));
    } else if (event.kind === 'problem') {
      this.#problemCount += 1;
      if (this.#problems.length < SHOWN_MAX) this.#problems.push(event.problem);
    } else if (event.kind === 'summary' && this.#statements.length < SHOWN_MAX) {
      this.#statements.push(statementOf(event.summary, this.#account));
    }
  }

  finish(): CsvLook {
    return {
      entries: this.#entries,
      statements: this.#statements,
      problems: this.#problems,
      problemCount: this.#problemCount,
    };
  }
}

function lookedOf(entry: StatementEntry): LookedEntry {
  const [detail] = entry.details;
  const party = detail && counterpartyOf(entry, detail);
  return {
    line: entry.line,
    bookedOn: entry.bookingDate?.toString() ?? null,
    valueOn: entry.valueDate?.toString() ?? null,
    amount: entry.amount,
    payerName: party?.name ?? null,
    payerAccount: party?.iban ?? party?.otherAccount ?? null,
    text: detail?.text.slice(0, 200) ?? '',
    balanceAfter: entry.balanceAfter ?? null,
    original: entry.amounts.instructed ?? null,
    isPending: !entry.mayBook,
  };
}

function statementOf(summary: StatementSummary, account: string | null): LookedStatement {
  const sums = (side: 'credit' | 'debit'): readonly StatementAmount[] =>
    summary.totals.map((total) => ({ decimal: total[side], currency: total.currency }));
  return {
    account,
    entries: summary.entries,
    moneyIn: sums('credit'),
    moneyOut: sums('debit'),
    opening: summary.opening?.amount ?? null,
    closing: summary.closing?.amount ?? null,
    proof: proofOf(summary),
  };
}

function proofOf({ check, problems }: StatementSummary): LookedStatement['proof'] {
  if (check === 'no_balances') return 'none';
  if (problems.some((problem) => problem.code === 'statement_balance_chain_broken')) return 'broken';
  return check === 'agrees' ? 'agrees' : 'differs';
}

/** Whether there are balances that prove a file. */
export const isProved = ({ statements }: CsvLook): boolean =>
  statements.length > 0 && statements.every(({ proof }) => proof === 'agrees');

/** Whether balances could prove a file: each account has some. */
export const mayBeProved = ({ statements }: CsvLook): boolean =>
  statements.length > 0 && statements.every(({ proof }) => proof !== 'none');
