// The first passage over a statement file: what statements it holds, of which accounts, what they come to, and whether every
// entry can be stored exactly as it is. Nothing is written before all of this is known.

import {
  ANNOUNCING_FORMATS,
  type StatementEntry,
  type StatementEvent,
  type StatementFormat,
  type StatementHead,
} from '#formats/bank-statement-shape.ts';
import { earlier, later, type PlainDate, parseDate } from '#kernel/calendar.ts';
import { IMPORT_PROBLEMS_MAX, STATEMENT_LINES_MAX } from '#kernel/limits.ts';
import { type Problem, Refusal } from '#kernel/refusal.ts';
import { accountOf, figuresOf, linesOf, type ReadyLine, type StatementFigures } from './statement.ts';
import { addLine, type BookedDay, type BookedDays } from './told-before.ts';

/** A statement file that can be read from its beginning more than once. */
export type StatementSource = {
  readonly name: string;
  readonly sha256: Uint8Array;
  open(): AsyncIterable<StatementEvent>;
};

/** What the first passage found of one statement. */
export type SurveyedStatement = {
  readonly account: string | undefined;
  /** Left out for an empty statement that names no currency. */
  readonly currency: string | undefined;
  readonly owner: string | undefined;
  readonly reference: string;
  readonly sequenceNo: string | null;
  readonly from: PlainDate | null;
  readonly to: PlainDate | null;
  readonly figures: StatementFigures | undefined;
  /** What is booked on each day in the currency of the account, by its text `2026-01-05`. */
  readonly days: BookedDays;
  /** Lines to be stored: booked entries, taken apart where they can be. */
  readonly lines: number;
  /** Entries that are announced only. */
  readonly notBooked: number;
};

export type StatementSurvey = {
  /** The first format that books something. */
  readonly format: string;
  /** Entries of files in the same archive that announce only, passed over here. */
  readonly announced: number;
  readonly statements: readonly SurveyedStatement[];
  /** What is worth telling; nothing of it keeps the file from being imported. */
  readonly problems: readonly Problem[];
  readonly problemCount: number;
};

/** How many of the problems that stop an import are named in the refusal. */
const NAMED_PROBLEMS_MAX = 20;

/**
 * Reads a statement file through, without writing anything.
 *
 * Refuses: `not_a_statement` (camt.052, camt.054, MT942), `statement_not_readable` (entries that cannot be stored as they are),
 * `too_many_lines`, and what the readers of files refuse.
 */
export async function readStatementFile(source: StatementSource): Promise<StatementSurvey> {
  const survey = new Survey(source.name);
  for await (const event of source.open()) survey.take(event);
  return survey.finish();
}

/** The day of a statement as a whole, for entries that have none of their own. */
export function dayOfStatement(head: StatementHead): PlainDate | undefined {
  const closing = head.balances.find((b) => b.type === 'CLBD');
  return closing?.date ?? dayIn(head.to) ?? dayIn(head.createdAt);
}

/** The day in a date or moment as a bank writes it. */
function dayIn(text: string | undefined): PlainDate | undefined {
  try {
    return text === undefined ? undefined : parseDate(text.slice(0, 10));
  } catch {
    return undefined;
  }
}

class Survey {
  readonly #fileName: string;
  readonly #statements: SurveyedStatement[] = [];
  readonly #problems: Problem[] = [];
  readonly #blocking: Problem[] = [];
  #problemCount = 0;
  #blockingCount = 0;
  #lines = 0;
  /** The first format of the file, and the first that books. */
  #format: StatementFormat | undefined;
  #booking: StatementFormat | undefined;
  #announces = false;
  #announced = 0;
  #open: OpenStatement | undefined;

  constructor(fileName: string) {
    this.#fileName = fileName;
  }

  take(event: StatementEvent): void {
    if (event.kind === 'file') this.#takeFormat(event.file.format);
    // What a file of the archive announces is taken in apart; it is counted here and passed over.
    else if (this.#announces) this.#announced += event.kind === 'entry' ? 1 : 0;
    else if (event.kind === 'statement') this.#open = new OpenStatement(event.statement);
    else if (event.kind === 'entry') this.#takeEntry(event.entry);
    else if (event.kind === 'problem') this.#block(event.problem);
    else if (this.#open !== undefined) {
      const { check, problems } = event.summary;
      if (check === 'currencies_differ' || check === 'amount_missing')
        this.#tell({ code: `statement_${check}`, message: CHECKS[check] });
      for (const problem of problems) if (!this.#blocking.includes(problem)) this.#tell(problem);
      this.#statements.push(
        this.#open.finish(this.#fileName, (currency) => figuresOf(event.summary, currency)),
      );
      this.#open = undefined;
    }
  }

  #takeFormat(format: StatementFormat): void {
    this.#announces = ANNOUNCING_FORMATS.has(format);
    if (!this.#announces && this.#booking === undefined) this.#booking = format;
    this.#format ??= format;
  }

  #takeEntry(entry: StatementEntry): void {
    for (const problem of entry.problems) this.#tell(problem);
    const statement = this.#open;
    if (statement === undefined) return;
    if (!entry.mayBook) {
      statement.notBooked += 1;
      return;
    }
    const read = linesOf(entry, statement.day);
    if ('problem' in read) {
      this.#block(read.problem);
      return;
    }
    statement.add(entry, read.lines);
    this.#lines += read.lines.length;
    if (this.#lines > STATEMENT_LINES_MAX)
      throw new Refusal('too_many_lines', { linesMax: STATEMENT_LINES_MAX });
  }

  #tell(problem: Problem): void {
    this.#problemCount += 1;
    if (this.#problems.length < IMPORT_PROBLEMS_MAX) this.#problems.push(problem);
  }

  #block(problem: Problem): void {
    this.#blockingCount += 1;
    if (this.#blocking.length < NAMED_PROBLEMS_MAX) this.#blocking.push(problem);
  }

  finish(): StatementSurvey {
    if (this.#booking === undefined && this.#announces)
      throw new Refusal('not_a_statement', { format: this.#format ?? '', file: this.#fileName });
    if (this.#blockingCount > 0)
      throw new Refusal('statement_not_readable', {
        file: this.#fileName,
        problemCount: this.#blockingCount,
        problems: this.#blocking.map(problemText),
      });
    return {
      format: this.#booking ?? '',
      announced: this.#announced,
      statements: this.#statements,
      problems: this.#problems,
      problemCount: this.#problemCount,
    };
  }
}

const CHECKS = {
  currencies_differ: 'Balances and entries are in different currencies; they cannot be compared.',
  amount_missing:
    'An entry does not say what it is worth in the currency of the account; the sum is incomplete.',
} as const;

function problemText(problem: Problem): string {
  const column = problem.column ? `, ${problem.column}` : '';
  const place = problem.line === undefined ? '' : `line ${problem.line}${column}: `;
  return `${place}${problem.message}${problem.value ? ` (${problem.value})` : ''}`;
}

class OpenStatement {
  readonly #head: StatementHead;
  readonly day: PlainDate | undefined;
  notBooked = 0;
  #lines = 0;
  #currency: string | undefined;
  #first: PlainDate | undefined;
  #last: PlainDate | undefined;
  readonly #days = new Map<string, BookedDay>();

  constructor(head: StatementHead) {
    this.#head = head;
    this.day = dayOfStatement(head);
    this.#currency = accountOf(head).currency;
  }

  add(entry: StatementEntry, lines: readonly ReadyLine[]): void {
    this.#lines += lines.length;
    this.#currency ??= entry.accountAmount?.currency;
    for (const { bookedOn, amount } of lines)
      if (amount.currency === this.#currency) addLine(this.#days, bookedOn, amount.minor);
    const day = entry.bookingDate ?? entry.valueDate ?? this.day;
    if (day === undefined) return;
    this.#first = this.#first === undefined ? day : earlier(this.#first, day);
    this.#last = this.#last === undefined ? day : later(this.#last, day);
  }

  finish(fileName: string, figures: (currency: string) => StatementFigures): SurveyedStatement {
    const head = this.#head;
    return {
      account: accountOf(head).number,
      currency: this.#currency,
      owner: head.account.owner,
      reference: (head.id ?? head.createdAt ?? fileName).slice(0, 200),
      sequenceNo: head.electronicSequence ?? head.legalSequence ?? null,
      from: dayIn(head.from) ?? this.#first ?? null,
      to: dayIn(head.to) ?? this.#last ?? this.day ?? null,
      figures: this.#currency === undefined ? undefined : figures(this.#currency),
      days: this.#days,
      lines: this.#lines,
      notBooked: this.notBooked,
    };
  }
}
