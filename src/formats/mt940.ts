// Bank statements in SWIFT's MT940 and interim reports in MT942, read as a stream. A statement that comes in several
// messages (62M, then 60M of the same account) is one statement. Every reading of a field stands in `mt940-fields.ts`,
// of the text beside an entry in `mt940-details.ts`.

import { STATEMENT_LINES_MAX } from '#kernel/limits.ts';
import { type Problem, Refusal } from '#kernel/refusal.ts';
import type {
  StatementAccount,
  StatementAmount,
  StatementBalance,
  StatementDetail,
  StatementEntry,
  StatementEvent,
  StatementHead,
  StatementParty,
} from './bank-statement-shape.ts';
import { looksLikeIban, negatedText, readCommaAmount, readLines, textOrNone } from './bank-text.ts';
import { type MtDetails, readMtDetails, readNsDetails } from './mt940-details.ts';
import {
  type MtField,
  MtFieldReader,
  type MtStatementLine,
  readMtBalance,
  readStatementLine,
} from './mt940-fields.ts';
import { amountsEqual, minusAmount, StatementTally } from './statement-tally.ts';
import type { ByteSource, TextEncoding } from './text-encoding.ts';

/** Whether the beginning of a text is that of SWIFT messages. */
export function looksLikeMt940(head: string): boolean {
  return /(^|\p{Cc}|\{4:)\s*:20:/u.test(head) && /[\r\n]:(25P?|28C?|60[FM]|61|13D?|34F|NS|21):/.test(head);
}

/**
 * Reads MT940 and MT942. A balance that cannot be read, a day that is none, pages that do not meet: all of it is told
 * and nothing is left out. The closing balance comes with the summary, where the file has it.
 *
 * Refuses: `mt940_not_recognised`, `mt940_currency_missing`, `mt940_field_too_long`, `statement_too_many_entries`,
 * `bank_line_too_long`, and what reading text refuses.
 */
export async function* readMt940(
  source: ByteSource,
  options: { readonly encoding?: TextEncoding | undefined } = {},
): AsyncGenerator<StatementEvent> {
  const fields = new MtFieldReader();
  const reader = new Mt940Reader();
  for await (const lines of readLines(source, options.encoding)) {
    for (const line of lines) {
      const field = fields.push(line);
      // One by one: handing over a whole generator costs a turn of the loop for each of its events.
      if (field !== undefined) for (const event of reader.take(field)) yield event;
    }
  }
  const last = fields.finish();
  if (last !== undefined) yield* reader.take(last);
  yield* reader.finish();
}

/** One message: what its fields said until its first entry. */
type Message = {
  readonly reference?: string | undefined;
  readonly line: number;
  account?: StatementAccount;
  number?: string | undefined;
  currency?: string | undefined;
  createdAt?: string | undefined;
  isInterim: boolean;
  opening?: StatementBalance | undefined;
  isTold: boolean;
  isClosed: boolean;
};

/** A statement being read: one message, or several that follow each other. */
type OpenStatement = {
  readonly accountKey: string;
  readonly tally: StatementTally;
  readonly opening: StatementBalance | undefined;
  readonly others: StatementBalance[];
  closing: StatementBalance | undefined;
};

type OpenEntry = { readonly field: MtField; readonly texts: string[]; readonly marks: string[] };

class Mt940Reader {
  #isFileTold = false;
  #message: Message | undefined;
  #statement: OpenStatement | undefined;
  #entry: OpenEntry | undefined;

  *take(field: MtField): Generator<StatementEvent> {
    const { tag } = field;
    if (tag === '20') yield* this.#begin(field);
    const message = this.#message;
    if (message === undefined || tag === '20') return;
    if (tag === '61') yield* this.#beginEntry(field, message);
    else if (tag === '86' || tag === 'NS') this.#takeText(field, message);
    else if (tag === '25' || tag === '25P') this.#takeAccount(field, message);
    else if (tag.startsWith('28')) message.number = textOrNone(field.lines[0]);
    else if (tag === '34F' || tag === '13D' || tag === '13') this.#takeInterim(field, message);
    else if (tag.startsWith('60')) this.#takeOpening(field, message);
    else if (/^6[245]/.test(tag)) yield* this.#takeClosing(field, message);
    else if (tag.startsWith('90')) yield* this.#endEntries(message);
  }

  *finish(): Generator<StatementEvent> {
    yield* this.#endMessage();
    yield* this.#flush();
    if (this.#isFileTold) return;
    throw new Refusal('mt940_not_recognised', {
      line: 1,
      advice: 'No SWIFT message begins in the file (:20:). Download the statement as MT940 or camt.053.',
    });
  }

  *#begin(field: MtField): Generator<StatementEvent> {
    yield* this.#endMessage();
    this.#message = {
      reference: textOrNone(field.lines[0]),
      line: field.line,
      isInterim: false,
      isTold: false,
      isClosed: false,
    };
  }

  *#endMessage(): Generator<StatementEvent> {
    const message = this.#message;
    if (message === undefined) return;
    yield* this.#endEntries(message);
    this.#message = undefined;
    if (message.account === undefined && !message.isTold) return;
    yield* this.#tell(message);
  }

  #takeAccount(field: MtField, message: Message): void {
    if (message.account === undefined) message.account = accountOf(field.lines[0] ?? '');
    else if (this.#entry !== undefined) {
      this.#entry.texts.push(...field.lines);
      this.#report(
        'mt940_field_misplaced',
        'A second :25: stands where the text of an entry belongs.',
        field,
      );
    }
  }

  #takeInterim(field: MtField, message: Message): void {
    message.isInterim = true;
    if (field.tag === '34F') message.currency ??= /^[A-Z]{3}/.exec(field.lines[0] ?? '')?.[0];
    else message.createdAt = textOrNone(field.lines[0]);
  }

  #takeOpening(field: MtField, message: Message): void {
    const balance = readMtBalance(field, 'OPBD', message.currency);
    if (balance !== undefined) {
      message.opening ??= balance;
      message.currency ??= balance.amount.currency;
    } else this.#reportBalance(field);
  }

  *#takeClosing(field: MtField, message: Message): Generator<StatementEvent> {
    yield* this.#endEntries(message);
    const type = field.tag.startsWith('62') ? 'CLBD' : field.tag.startsWith('64') ? 'CLAV' : 'FWAV';
    const balance = readMtBalance(field, type, message.currency);
    if (balance !== undefined) message.currency ??= balance.amount.currency;
    yield* this.#tell(message);
    message.isClosed = message.isClosed || type === 'CLBD';
    if (balance === undefined) this.#reportBalance(field);
    else if (type === 'CLBD' && this.#statement !== undefined) this.#statement.closing = balance;
    else this.#statement?.others.push(balance);
  }

  #reportBalance(field: MtField): void {
    this.#report('mt940_balance_wrong', 'The balance cannot be read and is left out.', field);
  }

  #early: Problem[] = [];

  #report(code: string, message: string, field: MtField): void {
    const value = (field.lines[0] ?? '').slice(0, 40);
    const problem = { code, message, line: field.line, column: `:${field.tag}:`, value };
    if (this.#message?.isTold && this.#statement !== undefined) this.#statement.tally.report(problem);
    else if (this.#early.length < 20) this.#early.push(problem);
  }

  /** Begins the statement of a message, or goes on with that of the message before. */
  *#tell(message: Message): Generator<StatementEvent> {
    if (message.isTold) return;
    message.isTold = true;
    if (!this.#isFileTold) {
      this.#isFileTold = true;
      const format = message.isInterim ? 'mt942' : 'mt940';
      yield { kind: 'file', file: { format, messageId: message.reference } };
    }
    const accountKey = message.account?.iban ?? message.account?.otherId ?? '';
    if (!this.#goesOn(accountKey, message.opening)) {
      yield* this.#flush();
      const { opening } = message;
      this.#statement = { accountKey, tally: new StatementTally(), opening, others: [], closing: undefined };
      yield { kind: 'statement', statement: headOf(message) };
    }
    for (const problem of this.#early) this.#statement?.tally.report(problem);
    this.#early = [];
  }

  #goesOn(accountKey: string, opening: StatementBalance | undefined): boolean {
    const before = this.#statement;
    if (
      before?.closing?.subtype !== 'INTM' ||
      before.accountKey !== accountKey ||
      opening?.subtype !== 'INTM'
    )
      return false;
    const { closing } = before;
    if (closing.amount.currency !== opening.amount.currency) return false;
    if (!amountsEqual(closing.amount, opening.amount)) {
      const { decimal, currency } = minusAmount(opening.amount, closing.amount);
      before.tally.report({
        code: 'statement_pages_do_not_meet',
        message: `The page opens ${decimal} ${currency} away from where the one before closed. Is a page missing?`,
        ...(opening.line === undefined ? {} : { line: opening.line }),
        value: decimal,
      });
    }
    before.closing = undefined;
    return true;
  }

  *#flush(): Generator<StatementEvent> {
    const statement = this.#statement;
    if (statement === undefined) return;
    this.#statement = undefined;
    const { opening, closing, others } = statement;
    const balances = [opening, ...others, closing].filter((balance) => balance !== undefined);
    yield { kind: 'summary', summary: statement.tally.summary(balances) };
  }

  *#beginEntry(field: MtField, message: Message): Generator<StatementEvent> {
    yield* this.#endEntries(message);
    yield* this.#tell(message);
    this.#entry = { field, texts: [], marks: [] };
  }

  /** Text beside an entry. That after the closing balance, or before any entry, is about the statement. */
  #takeText(field: MtField, message: Message): void {
    if (message.isClosed || this.#entry === undefined) return;
    (field.tag === 'NS' ? this.#entry.marks : this.#entry.texts).push(...field.lines);
  }

  *#endEntries(message: Message): Generator<StatementEvent> {
    const open = this.#entry;
    const statement = this.#statement;
    if (open === undefined || statement === undefined) return;
    this.#entry = undefined;
    if (statement.tally.entries >= STATEMENT_LINES_MAX) {
      throw new Refusal('statement_too_many_entries', {
        line: open.field.line,
        entriesMax: STATEMENT_LINES_MAX,
      });
    }
    const { currency } = message;
    if (currency === undefined) {
      throw new Refusal('mt940_currency_missing', {
        line: open.field.line,
        advice: 'No balance of the statement names its currency. Ask the bank for a valid file.',
      });
    }
    const line = readStatementLine(open.field, currency);
    if (line === undefined) {
      const value = (open.field.lines[0] ?? '').slice(0, 40);
      const problem = {
        code: 'mt940_entry_wrong',
        message: 'The statement line cannot be read: day, C or D, amount with a comma.',
        line: open.field.line,
        column: ':61:',
        value,
      };
      statement.tally.report(problem);
      yield { kind: 'problem', problem };
      return;
    }
    const details = open.marks.length > 0 ? readNsDetails(open.marks) : readMtDetails(open.texts);
    const entry = entryOf(open.field, line, details, {
      ordinal: statement.tally.entries + 1,
      isInterim: message.isInterim,
    });
    statement.tally.add(entry);
    yield { kind: 'entry', entry };
  }
}

/** The account of :25:, an IBAN where it is one; a currency may stand behind it. */
function accountOf(text: string): StatementAccount {
  const plain = text.trim();
  const found = /^(?:.*\/)?([A-Z]{2}\d{2}[A-Z0-9]{11,30}?)\s*(?:\/?([A-Z]{3}))?$/.exec(plain);
  const iban = found?.[1] ?? '';
  return looksLikeIban(iban) ? { iban, currency: found?.[2] } : { otherId: textOrNone(plain) };
}

function headOf(message: Message): StatementHead {
  const { account, opening, currency, number, reference, createdAt, line } = message;
  const [sequence, page] = (number ?? '').split('/');
  return {
    id: reference,
    electronicSequence: textOrNone(sequence),
    page: page === undefined ? undefined : { number: page.trim(), isLast: true },
    createdAt,
    account: { ...account, currency: currency ?? account?.currency },
    balances: opening === undefined ? [] : [opening],
    line,
  };
}

/** The amount of the payment that came back, signed as its line: said in the text, or beside the line with the charges. */
function originalOf(line: MtStatementLine, details: MtDetails): StatementAmount | undefined {
  const { currency } = line.amount;
  const beside = new RegExp(`/OCMT/${currency}(\\d+(?:,\\d*)?)`).exec(line.supplement ?? '')?.[1];
  const decimal = details.original ?? (beside === undefined ? undefined : readCommaAmount(beside));
  if (decimal === undefined) return undefined;
  return { decimal: line.amount.decimal.startsWith('-') ? negatedText(decimal) : decimal, currency };
}

/** Some banks write the account of the other side alone on the line below the statement line (Rabobank). */
function withAccountBeside(
  party: StatementParty | undefined,
  supplement: string | undefined,
): StatementParty | undefined {
  const account = supplement?.replace(/\s/g, '') ?? '';
  if (!looksLikeIban(account) || party?.iban !== undefined || party?.otherAccount !== undefined) return party;
  return { ...party, iban: account };
}

function entryOf(
  field: MtField,
  line: MtStatementLine,
  details: MtDetails,
  at: { readonly ordinal: number; readonly isInterim: boolean },
): StatementEntry {
  const isIncoming = !line.amount.decimal.startsWith('-');
  // A reversal names the parties of the payment it takes back.
  const isFromThem = isIncoming !== line.isReversal;
  const ultimate = details.ultimateName === undefined ? undefined : { name: details.ultimateName };
  const party = withAccountBeside(details.party, line.supplement);
  const isReturned = details.returned !== undefined || line.type?.endsWith('RTI') === true;
  const original = isReturned ? originalOf(line, details) : undefined;
  const detail: StatementDetail = {
    amount: line.amount,
    amounts: original === undefined ? {} : { instructed: original },
    endToEndId: details.endToEndId,
    bankReference: line.bankReference,
    instructionId: details.instructionId ?? line.customerReference,
    mandateId: details.mandateId,
    structured: details.structured,
    documents: [],
    unstructured: details.unstructured,
    text: details.text,
    debtor: isFromThem ? party : undefined,
    ultimateDebtor: isFromThem ? ultimate : undefined,
    creditor: isFromThem ? undefined : party,
    ultimateCreditor: isFromThem ? undefined : ultimate,
    charges: [],
    returned: details.returned ?? (isReturned ? { info: [] } : undefined),
    purpose: details.purpose,
  };
  const codes = [line.type, details.gvc].filter((code) => code !== undefined);
  return {
    ordinal: at.ordinal,
    line: field.line,
    reference: line.customerReference,
    bankReference: line.bankReference,
    amount: line.amount,
    accountAmount: line.amount,
    isReversal: line.isReversal,
    status: at.isInterim ? 'INFO' : line.isExpected ? 'PDNG' : 'BOOK',
    mayBook: !at.isInterim && !line.isExpected,
    bookingDate: line.bookingDate,
    valueDate: line.valueDate,
    code: codes.length === 0 ? undefined : { proprietary: codes.join('+') },
    amounts: {},
    charges: [],
    batches: [],
    details: [detail],
    info: [line.supplement, details.postingText].filter((text) => text !== undefined).join(' ') || undefined,
    problems: line.problems,
  };
}
