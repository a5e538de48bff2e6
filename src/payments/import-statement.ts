// Importing a bank statement file: all of it or nothing. Lines that are known already are met by what they are, not by the
// file they came in, so that the same statement twice, or two that overlap, add nothing twice. Each line of money in
// becomes a receipt, and is applied at once where only one reading is possible.

import type { Act, Command } from '#command/command.ts';
import { ANNOUNCING_FORMATS, type StatementEvent } from '#formats/bank-statement-shape.ts';
import { present } from '#kernel/assert.ts';
import { isAfter, type PlainDate } from '#kernel/calendar.ts';
import { jsonText } from '#kernel/canonical.ts';
import { type CompanyId, newId, type PaymentId, type StatementId, type StatementLineId } from '#kernel/id.ts';
import { MATCH_ROWS } from '#kernel/limits.ts';
import { zero } from '#kernel/money.ts';
import type { Problem } from '#kernel/refusal.ts';
import type { Company } from '#parties/company.ts';
import { takeCompany } from '#parties/take-party.ts';
import { recordBankRemittances } from '#remittances/record-bank-remittances.ts';
import { findGivenNumbers } from './find-given-numbers.ts';
import { findToldThrough, hashOf, type NewEntry, NewEntryFinder } from './find-new-entries.ts';
import { type Arrived, arrivedOf, type Matched, matchReceipts, settleMatched } from './match-receipts.ts';
import { mayBeWeighed, recordedPayer } from './matching.ts';
import { type ReadyPayment, type ShownMoney, shown } from './payment.ts';
import {
  dayOfStatement,
  type StatementSource,
  type StatementSurvey,
  type SurveyedStatement,
} from './read-statement.ts';
import { receivePayments } from './receive-payments.ts';
import { statedCharge } from './stated-charge.ts';
import { linesOf, type ReadyEntry, type ReadyLine } from './statement.ts';
import {
  type BankAccountRow,
  insertLines,
  insertStatement,
  isStatementKnown,
  updateCsvProfile,
} from './store-bank.ts';
import { findReceipts } from './store-matching.ts';
import { takeBankAccounts } from './take-bank-accounts.ts';

export type ImportStatement = {
  readonly fileName: string;
  /** Hexadecimal, so that a repeat of the command is known by what was in the file. */
  readonly sha256: string;
  /** The account of a file that does not name one. */
  readonly bankAccountId?: string | undefined;
  /** Accounts that are not known are added to this company. */
  readonly addAccountsTo?: CompanyId | undefined;
  /** Whether receipts are applied where only one reading is possible. */
  readonly apply: boolean;
};

/** What became of one statement of the file. */
export type ImportedStatement = {
  readonly statementId: string | null;
  readonly bankAccountId: string;
  readonly account: string;
  readonly accountAdded: boolean;
  readonly currency: string;
  readonly statementRef: string;
  readonly sequenceNo: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly opening: ShownMoney | null;
  readonly closing: ShownMoney | null;
  readonly entries: ShownMoney;
  readonly difference: ShownMoney | null;
  readonly lines: number;
  readonly newLines: number;
  readonly knownLines: number;
  readonly notBooked: number;
  readonly payments: number;
  readonly applied: number;
  readonly waiting: number;
  readonly returns: number;
};

export type StatementImported = {
  readonly fileName: string;
  readonly format: string;
  readonly sha256: string;
  readonly statements: readonly ImportedStatement[];
  readonly problems: readonly Problem[];
  readonly problemCount: number;
  /** Entries in files of the same archive that announce only; they are taken in apart. */
  readonly announced: number;
};

/** What the command reads besides its input: the file, what the first passage found, and how its CSV was understood. */
export type StatementFile = {
  readonly source: StatementSource;
  readonly survey: StatementSurvey;
  readonly csvProfile?: unknown;
};

/**
 * The command that imports a file. Statements that merely do not add up are imported, and the difference is told.
 *
 * Refuses: `bank_account_unknown`, `bank_account_not_named`, `bank_account_not_found`, `bank_account_differs`,
 * `company_not_found`, `exchange_rate_missing`, `period_locked`, `bank_day_signed`.
 */
export function importStatement(file: StatementFile): Command<ImportStatement, StatementImported> {
  return {
    name: 'import-statement',
    permission: 'bank.import',
    constraints: {
      bank_account_tenant_id_account_currency_key: 'bank_account_taken',
      bank_day_open: 'bank_day_signed',
    },
    run: (act, input) => new StatementImport(act, input, file).run(),
  };
}

/** What is counted of a statement while its lines pass by. */
class Progress {
  readonly survey: SurveyedStatement;
  readonly account: BankAccountRow;
  readonly company: Company;
  readonly accountAdded: boolean;
  statementId: StatementId | null = null;
  newLines = 0;
  payments = 0;
  applied = 0;
  returns = 0;
  /** Up to which day all of it is there already, by what the balances say; null for none, undefined while it was not asked. */
  toldThrough: PlainDate | null | undefined;
  isToldBefore = false;

  constructor(
    survey: SurveyedStatement,
    account: BankAccountRow,
    given: { readonly company: Company; readonly accountAdded: boolean },
  ) {
    this.survey = survey;
    this.account = account;
    this.company = given.company;
    this.accountAdded = given.accountAdded;
  }
}

class StatementImport {
  readonly #act: Act;
  readonly #input: ImportStatement;
  readonly #file: StatementFile;
  readonly #newEntries: NewEntryFinder;
  /** Receipts whose payer is known but who name nothing: looked at once all references of the file were honoured. */
  readonly #later = new Map<PaymentId, Progress>();

  constructor(act: Act, input: ImportStatement, file: StatementFile) {
    this.#act = act;
    this.#input = input;
    this.#file = file;
    this.#newEntries = new NewEntryFinder(act);
  }

  async run(): Promise<StatementImported> {
    const { survey, source } = this.#file;
    const progress = await this.#takeStatements(survey.statements);
    let at = -1;
    let day: PlainDate | undefined;
    let waiting: ReadyEntry[] = [];
    let lines = 0;
    for await (const event of booking(source.open())) {
      if (event.kind === 'statement') {
        at += 1;
        day = dayOfStatement(event.statement);
      }
      const read = readyEntry(event, day);
      if (read) {
        waiting.push(read);
        lines += read.lines.length;
      }
      if (lines < MATCH_ROWS && event.kind !== 'summary') continue;
      const statement = present(progress[at], 'the second passage meets the statements of the first');
      await this.#takeEntries(statement, waiting);
      if (event.kind === 'summary') await this.#endStatement(statement);
      // What was sent is waited for, so that a large file is not held as promises, and a refusal ends it early.
      await this.#act.settle();
      waiting = [];
      lines = 0;
    }
    await this.#applyByAmount();
    for (const statement of progress) this.#recordStatement(statement);
    const toldBefore = progress.flatMap(problemOfTold);
    return {
      fileName: this.#input.fileName,
      format: survey.format,
      sha256: this.#input.sha256,
      statements: progress.map(reportOf),
      problems: [...survey.problems, ...toldBefore],
      problemCount: survey.problemCount + toldBefore.length,
      announced: survey.announced,
    };
  }

  async #takeStatements(statements: readonly SurveyedStatement[]): Promise<readonly Progress[]> {
    const taken = await takeBankAccounts(this.#act, statements, this.#input);
    const companies = new Map<string, Company>();
    const profiled = new Set<string>();
    const progress: Progress[] = [];
    for (const [index, survey] of statements.entries()) {
      const { account, isNew } = present(taken[index], 'every statement has its account');
      const known = companies.get(account.company_id);
      const company = known ?? (await takeCompany(this.#act, account.company_id as CompanyId));
      companies.set(account.company_id, company);
      progress.push(new Progress(survey, account, { company, accountAdded: isNew }));
      if (this.#file.csvProfile === undefined || account.csv_profile !== null || profiled.has(account.id))
        continue;
      updateCsvProfile(this.#act, account.id, this.#file.csvProfile);
      profiled.add(account.id);
    }
    return progress;
  }

  async #takeEntries(statement: Progress, entries: readonly ReadyEntry[]): Promise<void> {
    const unmet = await this.#newEntries.newOf(statement.account.id, entries);
    const fresh = await this.#notTold(statement, unmet);
    const lines = fresh.flatMap(({ entry, identity }) =>
      entry.lines.map((line, part) => ({
        line,
        lineId: newId<'statement_line'>(),
        identity: part === 0 ? identity : hashOf(`${identity.toString('hex')} part ${part}`),
      })),
    );
    if (lines.length === 0) return;
    const { account } = statement;
    const statementId = this.#statementIdOf(statement);
    insertLines(
      this.#act,
      lines.map(({ line, lineId, identity }, index) => ({
        id: lineId,
        statement_id: statementId,
        bank_account_id: account.id,
        line_no: statement.newLines + index + 1,
        identity,
        booked_on: line.bookedOn,
        value_on: line.valueOn,
        currency: line.amount.currency,
        amount_minor: line.amount.minor,
        payer_name: line.payerName,
        payer_account: line.payerAccount,
        end_to_end_id: line.endToEndId,
        bank_reference: line.bankReference,
        structured_reference: line.structuredReference,
        remittance: line.remittance,
        returned: line.returned,
        payout_kind: line.payoutKind ?? null,
        details: jsonText(line.details),
        recorded_at: this.#act.now,
      })),
    );
    statement.newLines += lines.length;
    statement.returns += lines.filter(({ line }) => line.returned).length;
    // What came in another currency, its value in the account's not told, is kept as a line: nobody knows what was received.
    const receipts = lines.filter(
      ({ line }) => line.amount.minor > 0n && line.amount.currency === account.currency,
    );
    await this.#receive(statement, receipts);
  }

  /** Of entries that none stored is like, those of days that are not there already by what the balances say. */
  async #notTold(statement: Progress, unmet: readonly NewEntry[]): Promise<readonly NewEntry[]> {
    if (unmet.length === 0) return unmet;
    if (statement.toldThrough === undefined) {
      // Asked before its first line is stored, so that it does not meet itself.
      const through = await findToldThrough(this.#act, statement.survey, statement.account);
      statement.toldThrough = through ?? null;
    }
    const { toldThrough } = statement;
    if (toldThrough === null) return unmet;
    const fresh = unmet.filter(({ entry: { lines } }) =>
      lines.some((line) => isAfter(line.bookedOn, toldThrough)),
    );
    if (fresh.length < unmet.length) statement.isToldBefore = true;
    return fresh;
  }

  /** The statement's id; the statement is written when the first of its lines turns out to be new. */
  #statementIdOf(statement: Progress): StatementId {
    if (statement.statementId !== null) return statement.statementId;
    const id = newId<'bank_statement'>();
    statement.statementId = id;
    const { survey, account } = statement;
    insertStatement(this.#act, {
      id,
      bank_account_id: account.id,
      statement_ref: survey.reference,
      sequence_no: survey.sequenceNo,
      from_on: survey.from,
      to_on: survey.to,
      currency: account.currency,
      opening_minor: survey.figures?.opening?.minor ?? null,
      closing_minor: survey.figures?.closing?.minor ?? null,
      entries_minor: survey.figures?.entries.minor ?? 0n,
      difference_minor: survey.figures?.difference?.minor ?? null,
      lines: survey.lines,
      file_name: this.#input.fileName,
      file_sha256: Buffer.from(this.#input.sha256, 'hex'),
      recorded_at: this.#act.now,
    });
    return id;
  }

  /** Receipts of lines: recorded for whom they name or who paid them, applied where they name what they pay exactly. */
  async #receive(
    statement: Progress,
    lines: readonly { readonly line: ReadyLine; readonly lineId: StatementLineId }[],
  ): Promise<void> {
    const { company } = statement;
    const arrived = lines.map(({ line }) => arrivedAs(line, company));
    const given = await findGivenNumbers(
      this.#act,
      arrived,
      lines.map(({ line }) => line.details),
    );
    const matches = await matchReceipts(
      this.#act,
      arrived.map((one, index) => ({ ...one, customerId: given[index]?.customerId ?? null })),
      { byAmount: false },
    );
    const ready = lines.map(({ line, lineId }, index): ReadyPayment => {
      const match = present(matches[index], 'every receipt is looked at');
      return {
        id: newId(),
        companyId: company.id,
        customerId: recordedPayer(match),
        direction: 'received',
        receivedOn: line.valueOn,
        amount: line.amount,
        method: 'transfer',
        reference: (line.remittance || line.structuredReference || '').slice(0, 500),
        payerName: line.payerName ?? undefined,
        payerAccount: line.payerAccount ?? undefined,
        statementLineId: lineId,
      };
    });
    const received = await receivePayments(this.#act, company, ready);
    statement.payments += received.length;
    for (const [index, { payment, number }] of received.entries())
      this.#act.record({
        type: 'payment.received',
        subjectId: payment.id,
        customerId: payment.customerId,
        data: {
          ...{ number, ...shown(payment.amount), statementLineId: payment.statementLineId },
          ...(given[index] ? { paidTo: given[index].account } : {}),
        },
      });
    this.#keepClaims(company, lines, ready);
    if (!this.#input.apply) return;
    const certain: Matched[] = [];
    ready.forEach((payment, index) => {
      const match = matches[index];
      // What the bank said it is for is looked at before what its amount would fit.
      const isWeighed = match !== undefined && mayBeWeighed(match) && !lines[index]?.line.claimed;
      if (match?.decision === 'apply') certain.push({ paymentId: payment.id, match });
      else if (isWeighed) this.#later.set(payment.id, statement);
    });
    const applied = await settleMatched(this.#act, certain);
    statement.applied += applied.size;
  }

  /** What the bank said receipts are for is kept as remittances, joined to them. */
  #keepClaims(
    company: Company,
    lines: readonly { readonly line: ReadyLine }[],
    ready: readonly ReadyPayment[],
  ): void {
    const told = ready.flatMap((payment, index) => {
      const said = lines[index]?.line.claimed;
      return said ? [{ payment, said }] : [];
    });
    const at = { companyId: company.id, fileName: this.#input.fileName };
    recordBankRemittances(this.#act, at, told);
  }

  /** A statement without new lines is kept too, once: that it was empty is worth knowing. */
  async #endStatement(statement: Progress): Promise<void> {
    const { survey, account } = statement;
    if (statement.statementId !== null || survey.lines > 0) return;
    const known = await isStatementKnown(this.#act, {
      bank_account_id: account.id,
      statement_ref: survey.reference,
      sequence_no: survey.sequenceNo,
      to_on: survey.to,
      opening_minor: survey.figures?.opening?.minor ?? null,
      closing_minor: survey.figures?.closing?.minor ?? null,
    });
    if (!known) this.#statementIdOf(statement);
  }

  async #applyByAmount(): Promise<void> {
    const ids = [...this.#later.keys()];
    for (let start = 0; start < ids.length; start += MATCH_ROWS) {
      const rows = await findReceipts(this.#act, ids.slice(start, start + MATCH_ROWS));
      const matches = await matchReceipts(this.#act, rows.map(arrivedOf));
      const certain = rows.flatMap((row, index): readonly Matched[] => {
        const match = matches[index];
        return match?.decision === 'apply' ? [{ paymentId: row.id as PaymentId, match }] : [];
      });
      for (const id of await settleMatched(this.#act, certain)) {
        const statement = this.#later.get(id);
        if (statement) statement.applied += 1;
      }
    }
  }

  #recordStatement(statement: Progress): void {
    if (statement.statementId === null) return;
    const { entries, difference } = reportOf(statement);
    this.#act.record({
      type: 'bank_statement.imported',
      subjectId: statement.statementId,
      data: {
        account: statement.account.account,
        statementRef: statement.survey.reference,
        newLines: statement.newLines,
        payments: statement.payments,
        applied: statement.applied,
        entries,
        difference,
      },
    });
  }
}

/** That lines were there already though they were written otherwise is said: nobody would find them under their words. */
function problemOfTold({ survey, toldThrough, isToldBefore }: Progress): readonly Problem[] {
  if (!isToldBefore) return [];
  const message = `Up to ${toldThrough} its balances and sums are those of lines that are there already, written otherwise; they are not added again.`;
  return [{ code: 'statement_told_before', message, value: survey.reference }];
}

/** The events of files that book; what announces in the same archive is left out. */
async function* booking(events: AsyncIterable<StatementEvent>): AsyncGenerator<StatementEvent> {
  let announces = false;
  for await (const event of events) {
    if (event.kind === 'file') announces = ANNOUNCING_FORMATS.has(event.file.format);
    if (!announces) yield event;
  }
}

function readyEntry(event: StatementEvent, day: PlainDate | undefined): ReadyEntry | undefined {
  if (event.kind !== 'entry' || !event.entry.mayBook) return undefined;
  const read = linesOf(event.entry, day);
  return 'lines' in read ? read : undefined;
}

function arrivedAs(line: ReadyLine, company: Company): Arrived {
  const texts = [line.structuredReference, line.endToEndId, line.remittance];
  return {
    companyId: company.id,
    customerId: null,
    amount: line.amount,
    paidOn: line.valueOn,
    texts: texts.filter((text): text is string => text !== null && text !== ''),
    payerName: line.payerName,
    payerAccount: line.payerAccount,
    isReturn: line.returned,
    stated: statedCharge(line.details, line.amount.currency),
  };
}

function reportOf(statement: Progress): ImportedStatement {
  const { survey, account } = statement;
  const figures = survey.figures;
  return {
    statementId: statement.statementId,
    bankAccountId: account.id,
    account: account.account,
    accountAdded: statement.accountAdded,
    currency: account.currency,
    statementRef: survey.reference,
    sequenceNo: survey.sequenceNo,
    from: survey.from?.toString() ?? null,
    to: survey.to?.toString() ?? null,
    opening: figures?.opening ? shown(figures.opening) : null,
    closing: figures?.closing ? shown(figures.closing) : null,
    entries: shown(figures?.entries ?? zero(account.currency)),
    difference: figures?.difference ? shown(figures.difference) : null,
    lines: survey.lines,
    newLines: statement.newLines,
    knownLines: survey.lines - statement.newLines,
    notBooked: survey.notBooked,
    payments: statement.payments,
    applied: statement.applied,
    waiting: statement.payments - statement.applied,
    returns: statement.returns,
  };
}
