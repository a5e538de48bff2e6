// Bank statements in OFX: version 1 (SGML, tags left open), version 2 (XML, and what banks send as XML with tags left
// open all the same), read as a stream of tags. Of an OFX file only statements matter here; investments only as far as
// money of the bank account moves.

import { type PlainDate, parseDate } from '#kernel/calendar.ts';
import { BANK_FIELD_CHARACTERS_MAX, STATEMENT_LINES_MAX } from '#kernel/limits.ts';
import { type Problem, Refusal } from '#kernel/refusal.ts';
import type {
  StatementBalance,
  StatementDetail,
  StatementEntry,
  StatementEvent,
  StatementParty,
} from './bank-statement-shape.ts';
import { bankEncodingOf, looksLikeIban, textOrNone } from './bank-text.ts';
import { type OfxTag, OfxTagReader } from './ofx-tags.ts';
import { StatementTally } from './statement-tally.ts';
import { type ByteSource, decodeText, encodingNamed, type TextEncoding, withHead } from './text-encoding.ts';

/** Whether the beginning of a text is that of an OFX file. */
export function looksLikeOfx(head: string): boolean {
  return /^\s*OFXHEADER\s*:|<\?OFX\b|<OFX>/i.test(head);
}

const HEAD_BYTES = 1024;

/**
 * Reads OFX. The ledger balance comes with the summary; OFX knows no opening balance, so that whether a statement adds
 * up is found only by the ones before and after. A tag that was left open ends where the next one begins.
 *
 * Refuses: `ofx_not_recognised`, `ofx_without_statement`, `ofx_currency_missing`, `ofx_field_too_long`,
 * `statement_too_many_entries`, and what reading text refuses.
 */
export async function* readOfx(
  source: ByteSource,
  options: { readonly encoding?: TextEncoding | undefined } = {},
): AsyncGenerator<StatementEvent> {
  const headed = await withHead(source, HEAD_BYTES);
  const shown = bankEncodingOf(headed.head);
  const wide = shown?.startsWith('utf-16') ? shown : undefined;
  const declared = options.encoding ?? wide ?? encodingIn(headed.head.toString('latin1'));
  const tags = new OfxTagReader(BANK_FIELD_CHARACTERS_MAX);
  const reader = new OfxReader();
  for await (const piece of decodeText(headed.all, { declared }).text) {
    for (const tag of tags.push(piece)) yield* reader.take(tag);
  }
  for (const tag of tags.finish()) yield* reader.take(tag);
  yield* reader.finish();
}

/** Code pages other than the usual one are said in the header; the usual one is guessed, since many banks write UTF-8 under its name. */
function encodingIn(head: string): TextEncoding | undefined {
  const named = /^CHARSET:\s*(1250|ISO-8859-2|ISO-8859-15)\s*$/im.exec(head)?.[1];
  if (named === undefined) return undefined;
  return encodingNamed(named === '1250' ? 'windows-1250' : named);
}

const STATEMENTS: ReadonlySet<string> = new Set(['STMTRS', 'CCSTMTRS', 'INVSTMTRS']);
const ACCOUNTS: ReadonlySet<string> = new Set(['BANKACCTFROM', 'CCACCTFROM', 'INVACCTFROM']);
/** Groups whose fields have names that mean something else outside of them. */
const GROUPS: ReadonlySet<string> = new Set([
  ...ACCOUNTS,
  'LEDGERBAL',
  'AVAILBAL',
  'BANKACCTTO',
  'CCACCTTO',
  'CURRENCY',
  'ORIGCURRENCY',
  'STATUS',
  'PAYEE',
]);

type Fields = Map<string, { readonly text: string; readonly line: number }>;

type OpenStatement = {
  readonly line: number;
  readonly fields: Fields;
  readonly tally: StatementTally;
  readonly balances: StatementBalance[];
  isTold: boolean;
  currency: string | undefined;
};

type OpenEntry = { readonly line: number; readonly fields: Fields };

class OfxReader {
  #version = '';
  #isRecognised = false;
  #isFileTold = false;
  #group = '';
  #error: string | undefined;
  #status: Fields = new Map();
  #statement: OpenStatement | undefined;
  #entry: OpenEntry | undefined;
  #statements = 0;

  *take(tag: OfxTag): Generator<StatementEvent> {
    const { name } = tag;
    if (name === 'OFX') this.#isRecognised = true;
    if (name === '?OFX')
      this.#version = /VERSION\s*=\s*"(\d+)"/.exec(tag.text.replace(/OFXHEADER="\d+"/, ''))?.[1] ?? '';
    if (!this.#isRecognised) return;
    if (tag.isEnd) yield* this.#close(name);
    else if (STATEMENTS.has(name)) yield* this.#openStatement(tag);
    else if (name === 'STMTTRN') {
      yield* this.#endEntry();
      this.#entry = { line: tag.line, fields: new Map() };
      this.#group = '';
    } else if (GROUPS.has(name)) this.#group = name;
    else if (tag.text !== '' || name === 'BALAMT') this.#takeField(tag);
  }

  *finish(): Generator<StatementEvent> {
    yield* this.#endStatement();
    if (!this.#isRecognised) {
      throw new Refusal('ofx_not_recognised', {
        line: 1,
        advice: 'The file has no <OFX>. Download it again.',
      });
    }
    if (this.#statements > 0) return;
    throw new Refusal('ofx_without_statement', {
      answer: this.#error ?? '',
      advice: 'The bank sent an answer without a statement. Download it again, or ask the bank.',
    });
  }

  #takeField({ name, text, line }: OfxTag): void {
    const key = this.#group === '' ? name : `${this.#group}/${name}`;
    if (this.#group === 'STATUS') {
      this.#status.set(name, { text, line });
      return;
    }
    (this.#entry?.fields ?? this.#statement?.fields)?.set(key, { text, line });
    if (name === 'CURDEF' && this.#statement !== undefined) this.#statement.currency = currencyOf(text);
  }

  *#close(name: string): Generator<StatementEvent> {
    if (name === 'STATUS') this.#endStatus();
    if (name === this.#group) this.#group = '';
    if (name === 'STMTTRN' || name === 'BANKTRANLIST' || name === 'INVTRANLIST') yield* this.#endEntry();
    if (name === 'LEDGERBAL') this.#endBalance(name, 'CLBD');
    if (name === 'AVAILBAL') this.#endBalance(name, 'CLAV');
    if (STATEMENTS.has(name) || name === 'OFX') yield* this.#endStatement();
  }

  #endStatus(): void {
    const get = (name: string) => this.#status.get(name)?.text ?? '';
    if (get('SEVERITY') === 'ERROR') this.#error = `${get('CODE')} ${get('MESSAGE')}`.trim().slice(0, 200);
    this.#status = new Map();
  }

  *#openStatement(tag: OfxTag): Generator<StatementEvent> {
    yield* this.#endStatement();
    this.#statements += 1;
    this.#group = '';
    if (!this.#isFileTold) {
      this.#isFileTold = true;
      yield { kind: 'file', file: { format: 'ofx', version: this.#version || undefined } };
    }
    this.#statement = {
      line: tag.line,
      fields: new Map(),
      tally: new StatementTally(),
      balances: [],
      isTold: false,
      currency: undefined,
    };
  }

  *#tellStatement(statement: OpenStatement): Generator<StatementEvent> {
    if (statement.isTold) return;
    statement.isTold = true;
    const get = (name: string) => {
      for (const account of ACCOUNTS) {
        const found = textOrNone(statement.fields.get(`${account}/${name}`)?.text);
        if (found !== undefined) return found;
      }
      return undefined;
    };
    const number = get('ACCTID');
    const account = number !== undefined && looksLikeIban(number) ? { iban: number } : { otherId: number };
    const day = (name: string) => dayOf(statement.fields.get(name)?.text ?? '')?.toString();
    yield {
      kind: 'statement',
      statement: {
        from: day('DTSTART'),
        to: day('DTEND'),
        account: { ...account, currency: statement.currency },
        balances: [],
        line: statement.line,
      },
    };
  }

  #endBalance(group: string, type: string): void {
    const statement = this.#statement;
    const written = statement?.fields.get(`${group}/BALAMT`);
    if (statement === undefined || written === undefined) return;
    const decimal = amountOf(written.text);
    if (decimal === undefined || statement.currency === undefined) {
      const message = 'The balance cannot be read and is left out.';
      statement.tally.report({
        code: 'ofx_balance_wrong',
        message,
        line: written.line,
        value: written.text.slice(0, 40),
      });
      return;
    }
    const at = statement.fields.get(`${group}/DTASOF`)?.text ?? '';
    statement.balances.push({
      type,
      amount: { decimal, currency: statement.currency },
      date: dayOf(at),
      line: written.line,
    });
  }

  *#endEntry(): Generator<StatementEvent> {
    const open = this.#entry;
    this.#entry = undefined;
    const statement = this.#statement;
    if (open === undefined || statement === undefined) return;
    yield* this.#tellStatement(statement);
    if (statement.tally.entries >= STATEMENT_LINES_MAX)
      throw new Refusal('statement_too_many_entries', { line: open.line, entriesMax: STATEMENT_LINES_MAX });
    const written = open.fields.get('TRNAMT')?.text ?? '';
    const decimal = amountOf(written);
    if (decimal === undefined) {
      const message = 'The entry has no amount that can be read.';
      const problem = { code: 'ofx_amount_wrong', message, line: open.line, value: written.slice(0, 40) };
      statement.tally.report(problem);
      yield { kind: 'problem', problem };
      return;
    }
    const entry = entryOf(open, decimal, statement);
    statement.tally.add(entry);
    yield { kind: 'entry', entry };
  }

  *#endStatement(): Generator<StatementEvent> {
    yield* this.#endEntry();
    const statement = this.#statement;
    this.#statement = undefined;
    if (statement === undefined) return;
    yield* this.#tellStatement(statement);
    yield { kind: 'summary', summary: statement.tally.summary(statement.balances) };
  }
}

function currencyOf(text: string): string | undefined {
  const plain = text.trim().toUpperCase();
  return /^[A-Z]{3}$/.test(plain) ? plain : undefined;
}

/** An amount as OFX allows it: signed, with point or comma. A comma before a point, or twice, parts thousands. */
function amountOf(text: string): string | undefined {
  const plain = text.trim();
  const mark = Math.max(plain.lastIndexOf('.'), plain.lastIndexOf(','));
  const isDecimal = mark !== -1 && plain.indexOf(plain[mark] ?? '') === mark;
  const whole = (isDecimal ? plain.slice(0, mark) : plain).replace(/(?<=\d)[.,'](?=\d{3})/g, '');
  const fraction = isDecimal ? plain.slice(mark + 1) : '';
  const found = /^([+-]?)0*(\d{0,15})$/.exec(whole);
  if (found === null || !/^\d{0,6}$/.test(fraction) || (!/\d/.test(whole) && fraction === ''))
    return undefined;
  const decimal = `${found[2] || '0'}${fraction === '' ? '' : `.${fraction}`}`;
  return found[1] === '-' && /[1-9]/.test(decimal) ? `-${decimal}` : decimal;
}

/** The day in a moment as OFX writes it: the bank's own day, whatever its time zone. */
function dayOf(text: string): PlainDate | undefined {
  const found = /^\s*(\d{4})(\d{2})(\d{2})/.exec(text);
  if (found === null) return undefined;
  try {
    return parseDate(`${found[1]}-${found[2]}-${found[3]}`);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return undefined;
  }
}

function entryOf(open: OpenEntry, decimal: string, statement: OpenStatement): StatementEntry {
  const problems: Problem[] = [];
  const get = (name: string) => textOrNone(open.fields.get(name)?.text);
  const report = (code: string, message: string, value: string) =>
    problems.push({ code, message, line: open.line, value: value.slice(0, 40) });
  const own = currencyOf(get('CURRENCY/CURSYM') ?? '');
  const currency = own ?? statement.currency;
  if (currency === undefined) {
    throw new Refusal('ofx_currency_missing', {
      line: open.line,
      advice: 'The statement does not name its currency (CURDEF). Download it in another format.',
    });
  }
  const isInOther = statement.currency !== undefined && currency !== statement.currency;
  if (isInOther)
    report(
      'entry_account_amount_missing',
      `The entry is in ${currency}; its value in ${statement.currency} is not told.`,
      decimal,
    );
  const posted = get('DTPOSTED') ?? '';
  const bookingDate = dayOf(posted);
  if (bookingDate === undefined) report('date_not_valid', 'The entry has no day that can be read.', posted);
  const amount = { decimal, currency };
  const party = partyOf(get);
  const isIncoming = !decimal.startsWith('-');
  const unstructured = [get('MEMO')].filter((text) => text !== undefined);
  const detail: StatementDetail = {
    amount,
    amounts: {},
    bankReference: get('FITID'),
    instructionId: get('CHECKNUM') ?? get('REFNUM'),
    structured: [],
    documents: [],
    unstructured,
    text: unstructured.join(' '),
    debtor: isIncoming ? party : undefined,
    creditor: isIncoming ? undefined : party,
    charges: [],
  };
  return {
    ordinal: statement.tally.entries + 1,
    line: open.line,
    reference: get('CHECKNUM') ?? get('REFNUM'),
    bankReference: get('FITID'),
    amount,
    accountAmount: isInOther ? undefined : amount,
    isReversal: false,
    status: 'BOOK',
    mayBook: true,
    bookingDate,
    valueDate: dayOf(get('DTAVAIL') ?? '') ?? bookingDate,
    code: { proprietary: get('TRNTYPE')?.toUpperCase() },
    amounts: {},
    charges: [],
    batches: [],
    details: [detail],
    problems,
  };
}

function partyOf(get: (name: string) => string | undefined): StatementParty | undefined {
  const name = get('NAME') ?? get('PAYEE/NAME');
  const number = get('BANKACCTTO/ACCTID') ?? get('CCACCTTO/ACCTID');
  if (name === undefined && number === undefined) return undefined;
  const account =
    number === undefined ? {} : looksLikeIban(number) ? { iban: number } : { otherAccount: number };
  return { name, ...account };
}
