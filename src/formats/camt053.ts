// Bank statements in camt.053 (ISO 20022), versions 02 to 13, read as a stream: a file of 100 MB needs no more
// memory than its largest entry. camt.052 and camt.054 are read by the same rules and come out as what they are: an
// announcement or an explanation, of which nothing may be booked.

import { ENTRY_DETAILS_MAX, STATEMENT_LINES_MAX } from '#kernel/limits.ts';
import type { Problem, Refusal } from '#kernel/refusal.ts';
import type {
  StatementAccount,
  StatementBalance,
  StatementDetail,
  StatementEvent,
  StatementFile,
  StatementPage,
} from './bank-statement-shape.ts';
import { readAccount, readBalance, readDetail, readEntry } from './camt-entry.ts';
import { StatementTally } from './statement-tally.ts';
import type { ByteSource } from './text-encoding.ts';
import { readXml, type XmlElement, type XmlHandler, type XmlReading } from './xml.ts';
import { textAt, type XmlNode, XmlPartBuilder } from './xml-part.ts';

/**
 * The message is told by the namespace, never by the file name; SIX and others put the same name into their own
 * URLs.
 */
const NAMESPACE = /(?:^|[:/])camt\.(05[234])\.001\.(\d\d)(?:\.|$)/;
const VERSIONS = { first: 2, last: 13 };
/** What holds the entries: a statement, a report, a notification. */
const STATEMENTS: ReadonlySet<string> = new Set(['Stmt', 'Rpt', 'Ntfctn']);

/**
 * Reads a camt message: the file, then per statement its head with all balances, its entries, and its summary with
 * the difference between opening balance, booked entries and closing balance. Nothing is hidden: a statement that
 * does not add up comes out whole, with the difference.
 *
 * Refuses: `camt_not_recognised`, `camt_version_unknown`, `camt_without_statement`, `statement_too_many_entries`,
 * `statement_too_many_details`, `camt_amount_wrong`, `camt_currency_missing`, `camt_sign_wrong` (with line and
 * element), and what reading XML refuses.
 */
export function readCamt(source: ByteSource): AsyncGenerator<StatementEvent> {
  return readXml<StatementEvent>(source, (reading) => new CamtHandler(reading));
}

/** A statement whose end was not met yet. */
type OpenStatement = {
  readonly line: number;
  readonly tally: StatementTally;
  readonly fields: Map<string, XmlNode>;
  readonly balances: StatementBalance[];
  account: StatementAccount;
  isTold: boolean;
};

class CamtHandler implements XmlHandler {
  readonly #reading: XmlReading<StatementEvent>;
  readonly #part: XmlPartBuilder;
  #depth = 0;
  #rootName = '';
  #rootUri = '';
  #message:
    | { readonly format: StatementFile['format']; readonly version: string; readonly depth: number }
    | undefined;
  #fileTold = false;
  #statements = 0;
  #statement: OpenStatement | undefined;
  #details: StatementDetail[] = [];
  #detailProblems: Problem[] = [];

  constructor(reading: XmlReading<StatementEvent>) {
    this.#reading = reading;
    this.#part = new XmlPartBuilder(reading);
  }

  open(element: XmlElement): void {
    this.#depth += 1;
    if (this.#part.isBuilding) this.#part.open(element);
    else if (this.#message === undefined) this.#recognise(element);
    else if (this.#depth === this.#message.depth + 2) this.#openStatement(element);
    else if (this.#depth === this.#message.depth + 3 && this.#statement !== undefined) {
      if (element.local === 'Ntry') this.#tellStatement(this.#statement);
      this.#part.open(element);
    }
  }

  close(_element: XmlElement, text: string): void {
    const depth = this.#depth;
    this.#depth -= 1;
    const message = this.#message;
    if (message === undefined) return;
    const closed = this.#part.close(text);
    if (closed === undefined) this.#closeLevel(depth - message.depth);
    else if (closed.parent === undefined) this.#takePart(closed.node);
    else if (closed.node.name === 'TxDtls' && closed.parent.name === 'NtryDtls') {
      this.#takeDetail(closed.node, closed.parent);
    }
  }

  end(): void {
    if (!this.#fileTold) throw this.#notRecognised(this.#rootName, this.#rootUri);
  }

  #closeLevel(level: number): void {
    if (level === 2 && this.#statement !== undefined) this.#endStatement(this.#statement);
    if (level === 0) this.#endMessage();
  }

  #recognise(element: XmlElement): void {
    if (this.#depth === 1) {
      this.#rootName = element.local;
      this.#rootUri = element.uri;
    }
    // Statements may come in an envelope (a business message with its header); the document inside is what counts.
    if (element.local !== 'Document') return;
    const found = NAMESPACE.exec(element.uri);
    if (found === null) throw this.#notRecognised(element.local, element.uri);
    const version = found[2] ?? '';
    if (Number(version) < VERSIONS.first || Number(version) > VERSIONS.last) {
      throw this.#reading.refusal('camt_version_unknown', {
        namespace: element.uri.slice(0, 200),
        advice: 'Versions 02 to 13 are read. Ask the bank for one of them, 08 by preference.',
      });
    }
    this.#message = { format: `camt.${found[1]}` as StatementFile['format'], version, depth: this.#depth };
  }

  #notRecognised(element: string, namespace: string): Refusal {
    return this.#reading.refusal('camt_not_recognised', {
      element: element.slice(0, 80),
      namespace: namespace.slice(0, 200),
      advice: 'This is no account statement in camt.053. Download the statement as camt.053 (or as CSV).',
    });
  }

  #openStatement(element: XmlElement): void {
    if (element.local === 'GrpHdr') this.#part.open(element);
    if (!STATEMENTS.has(element.local)) return;
    if (!this.#fileTold) this.#tellFile(undefined);
    this.#statements += 1;
    this.#statement = {
      line: this.#reading.where().line,
      tally: new StatementTally(),
      fields: new Map(),
      balances: [],
      account: {},
      isTold: false,
    };
  }

  #takePart(node: XmlNode): void {
    const statement = this.#statement;
    if (statement === undefined) this.#tellFile(node);
    else if (node.name === 'Ntry') this.#takeEntry(node, statement);
    else if (node.name === 'Bal') statement.balances.push(readBalance(node));
    else if (node.name === 'Acct') statement.account = readAccount(node);
    else statement.fields.set(node.name, node);
  }

  #tellFile(header: XmlNode | undefined): void {
    const { format, version } = this.#message ?? { format: 'camt.053', version: '' };
    this.#fileTold = true;
    this.#reading.emit({
      kind: 'file',
      file: {
        format,
        version,
        messageId: textAt(header, 'MsgId'),
        createdAt: textAt(header, 'CreDtTm'),
        page: pageOf(header?.children.find((child) => child.name === 'MsgPgntn')),
      },
    });
  }

  #tellStatement(statement: OpenStatement): void {
    if (statement.isTold) return;
    statement.isTold = true;
    const { fields, account, balances, line } = statement;
    this.#reading.emit({
      kind: 'statement',
      statement: {
        id: fields.get('Id')?.text || undefined,
        electronicSequence: fields.get('ElctrncSeqNb')?.text || undefined,
        legalSequence: fields.get('LglSeqNb')?.text || undefined,
        page: pageOf(fields.get('StmtPgntn') ?? fields.get('RptPgntn') ?? fields.get('NtfctnPgntn')),
        createdAt: fields.get('CreDtTm')?.text || undefined,
        from: textAt(fields.get('FrToDt'), 'FrDtTm') ?? textAt(fields.get('FrToDt'), 'FrDt'),
        to: textAt(fields.get('FrToDt'), 'ToDtTm') ?? textAt(fields.get('FrToDt'), 'ToDt'),
        account,
        balances,
        line,
      },
    });
  }

  #takeDetail(node: XmlNode, parent: XmlNode): void {
    if (this.#details.length >= ENTRY_DETAILS_MAX) {
      throw this.#reading.refusal('statement_too_many_details', { detailsMax: ENTRY_DETAILS_MAX });
    }
    const { detail, problems } = readDetail(node, this.#part.root);
    this.#details.push(detail);
    this.#detailProblems.push(...problems);
    this.#part.release(node, parent);
  }

  #takeEntry(node: XmlNode, statement: OpenStatement): void {
    if (statement.tally.entries >= STATEMENT_LINES_MAX) {
      throw this.#reading.refusal('statement_too_many_entries', { entriesMax: STATEMENT_LINES_MAX });
    }
    const read = readEntry(node, this.#details, {
      ordinal: statement.tally.entries + 1,
      isStatement: this.#message?.format === 'camt.053',
      accountCurrency: statement.account.currency ?? currencyOf(statement.balances),
    });
    const entry = { ...read, problems: [...read.problems, ...this.#detailProblems] };
    this.#details = [];
    this.#detailProblems = [];
    statement.tally.add(entry);
    this.#reading.emit({ kind: 'entry', entry });
  }

  #endStatement(statement: OpenStatement): void {
    this.#tellStatement(statement);
    const stated = textAt(statement.fields.get('TxsSummry'), 'TtlNtries', 'NbOfNtries');
    const { entries } = statement.tally;
    if (stated !== undefined && /^\d{1,15}$/.test(stated) && Number(stated) !== entries) {
      statement.tally.report({
        code: 'statement_entry_count_differs',
        message: `The statement says it has ${stated} entries and has ${entries}. Is a page missing?`,
        line: statement.line,
      });
    }
    this.#reading.emit({ kind: 'summary', summary: statement.tally.summary(statement.balances) });
    this.#statement = undefined;
  }

  #endMessage(): void {
    if (this.#statements > 0) return;
    throw this.#reading.refusal('camt_without_statement', {
      advice: 'The file has a header and no statement. Download it again, or ask the bank.',
    });
  }
}

function pageOf(node: XmlNode | undefined): StatementPage | undefined {
  const number = textAt(node, 'PgNb');
  return number === undefined ? undefined : { number, isLast: textAt(node, 'LastPgInd') === 'true' };
}

/** The currency of the account as its booked balances tell it, where they agree. */
function currencyOf(balances: readonly StatementBalance[]): string | undefined {
  const booked = balances.filter(({ type }) => type === 'OPBD' || type === 'PRCD' || type === 'CLBD');
  const currencies = new Set(booked.map((balance) => balance.amount.currency));
  return currencies.size === 1 ? [...currencies][0] : undefined;
}
