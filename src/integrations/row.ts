// What a row of a file says, or everything that is wrong with it. Rows are judged one by one and alone; whether the
// customer, the document or the number is known comes later.

import { type DateOrder, type DecimalMark, readAmount, readDate } from '#formats/number-and-date-text.ts';
import { type GivenReason, isCommonReason } from '#invoicing/reason-for-credit.ts';
import { addDays, isAfter, type PlainDate } from '#kernel/calendar.ts';
import {
  decimalsOf,
  divideHalfUp,
  isCurrency,
  type Money,
  money,
  negate,
  parseMoney,
  toDecimal,
} from '#kernel/money.ts';
import { parseDecimal, powerOfTen } from '#kernel/percent.ts';
import { type Problem, Refusal } from '#kernel/refusal.ts';
import { isEmail } from '#parties/customer.ts';
import { type Cell, type Field, plainName } from './mapping.ts';

/** How the columns of a file are written, decided once for the file. */
export type Writing = {
  readonly decimalMark: DecimalMark;
  readonly dateOrder: DateOrder;
  /** For rows that name none. */
  readonly currency: string;
  /** Whether amounts with more decimals than their currency are rounded, as a person said. */
  readonly rounds: boolean;
  /** The day it is, because what is paid or dated after it is a slip of the pen. */
  readonly today: PlainDate;
};

export type InvoiceRow = {
  readonly line: number;
  readonly kind: 'invoice' | 'credit_note';
  readonly number: string;
  readonly externalId: string;
  readonly customerNumber: string;
  readonly customerName: string;
  readonly customerEmail: string | undefined;
  readonly issuedOn: PlainDate;
  readonly dueOn: PlainDate;
  /** Without sign; the kind says which way. */
  readonly total: Money;
  readonly tax: Money | undefined;
  readonly purchaseOrder: string | undefined;
  readonly paymentReference: string | undefined;
  /** Why a credit note was given, as far as the file says. */
  readonly reason: GivenReason | undefined;
};

export type PaymentRow = {
  readonly line: number;
  readonly customerNumber: string;
  readonly paidOn: PlainDate;
  /** Negative where a credit was taken up or money went back. */
  readonly amount: Money;
  readonly documentNumber: string | undefined;
  readonly paymentId: string | undefined;
  readonly reference: string | undefined;
  readonly payerAccount: string | undefined;
};

/** A row as read, or its problems. */
export type Judged<T> =
  | { readonly row: T; readonly warnings: readonly Problem[] }
  | { readonly problems: readonly Problem[] };

/** Reads the cell of a field in the row in hand. */
export type Reader = (field: Field) => Cell;

const TEXT_MAX = 64;
const REASON_MAX = 500;
const NAME_MAX = 200;
/** How far ahead a document may be dated: a slip of the year is caught, a month-end run is not. */
const AHEAD_DAYS_MAX = 366;
/** What documents are called that are credit notes; compared without marks and case. */
const CREDIT_WORDS: ReadonlySet<string> = new Set([
  ...[
    'cn',
    'cr',
    'credit',
    'credit note',
    'creditnote',
    'credit memo',
    'gutschrift',
    'gs',
    'avoir',
    'dobropis',
  ],
  ...['creditnota', 'nota de credito', 'nota di credito', 'rv cn', 'g2', '381'],
]);
const INVOICE_WORDS: ReadonlySet<string> = new Set([
  ...['in', 'inv', 'invoice', 'rechnung', 're', 'rv', 'facture', 'faktura', 'factuur', 'factura', 'fattura'],
  ...['x2', '380'],
]);

/** Gathers problems of one row; values that could not be read come back undefined. */
class RowJudge {
  readonly problems: Problem[] = [];
  readonly warnings: Problem[] = [];
  readonly #line: number;
  readonly #read: Reader;

  constructor(line: number, read: Reader) {
    this.#line = line;
    this.#read = read;
  }

  problem(code: string, message: string, cell: Cell): undefined {
    this.problems.push({
      code,
      message,
      line: this.#line,
      column: cell.column,
      value: cell.text.slice(0, 60),
    });
    return undefined;
  }

  optional(field: Field, max = TEXT_MAX): string | undefined {
    const cell = this.#read(field);
    if (cell.text === '') return undefined;
    if (cell.text.length > max)
      return this.problem('text_too_long', `At most ${max} characters fit here.`, cell);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
    if (/[\u0000-\u001f\u007f]/.test(cell.text))
      return this.problem('text_has_control_characters', 'Take out the control characters.', cell);
    return cell.text;
  }

  required(field: Field, max = TEXT_MAX): string | undefined {
    const cell = this.#read(field);
    if (cell.text === '')
      return this.problem('value_missing', 'This field is needed; the cell is empty.', cell);
    return this.optional(field, max);
  }

  date(field: Field, order: DateOrder): PlainDate | undefined {
    const cell = this.#read(field);
    if (cell.text === '')
      return this.problem('value_missing', 'This date is needed; the cell is empty.', cell);
    try {
      return readDate(cell.text, order);
    } catch (error) {
      return this.refused(error, cell);
    }
  }

  /** A day that is not after another one. */
  dateUntil(field: Field, order: DateOrder, last: PlainDate): PlainDate | undefined {
    const day = this.date(field, order);
    if (day === undefined || !isAfter(day, last)) return day;
    return this.problem('date_too_far_ahead', `This day is after ${last}.`, this.#read(field));
  }

  money(field: Field, currency: string | undefined, writing: Writing): Money | undefined {
    const cell = this.#read(field);
    if (currency === undefined) return undefined;
    try {
      const read = readAmount(cell.text, writing.decimalMark);
      if (read.currency !== undefined && read.currency !== currency) {
        return this.problem(
          'currency_contradicts',
          `The amount is written in ${read.currency}, the row says ${currency}.`,
          cell,
        );
      }
      return this.#parse(read.decimal, currency, writing.rounds, cell);
    } catch (error) {
      return this.refused(error, cell);
    }
  }

  #parse(decimal: string, currency: string, rounds: boolean, cell: Cell): Money {
    try {
      return parseMoney(decimal, currency);
    } catch (error) {
      if (!rounds || !(error instanceof Refusal) || error.code !== 'amount_too_many_decimals') throw error;
      const rounded = roundedMoney(decimal, currency);
      this.warnings.push({
        code: 'amount_rounded',
        message: `Rounded to ${toDecimal(rounded)} ${currency}, as the mapping says.`,
        line: this.#line,
        column: cell.column,
        value: cell.text.slice(0, 60),
      });
      return rounded;
    }
  }

  currency(fallback: string): string | undefined {
    const cell = this.#read('currency');
    const code = cell.text === '' ? fallback : cell.text.toUpperCase();
    return isCurrency(code)
      ? code
      : this.problem('unknown_currency', 'Write the currency as its three letters (ISO 4217).', cell);
  }

  refused(error: unknown, cell: Cell): undefined {
    if (!(error instanceof Refusal)) throw error;
    return this.problem(error.code, messageOf(error), cell);
  }
}

function roundedMoney(decimal: string, currency: string): Money {
  const exact = parseDecimal(decimal);
  return money(
    divideHalfUp(exact.digits * powerOfTen(decimalsOf(currency)), powerOfTen(exact.scale)),
    currency,
  );
}

const MESSAGES: Readonly<Record<string, string>> = {
  amount_not_decimal: 'This is not an amount.',
  amount_not_understood: 'This is not an amount, or it uses another decimal mark than the column.',
  amount_too_many_decimals:
    'The amount has more decimals than its currency. Amounts are not rounded unless the mapping says so.',
  amount_too_large: 'The amount is larger than the books can hold.',
  date_not_valid: 'There is no such day in the calendar.',
  date_not_understood: 'This is not a date, or day and month stand in another order than in the column.',
  unknown_currency: 'Write the currency as its three letters (ISO 4217).',
};

function messageOf(refusal: Refusal): string {
  return MESSAGES[refusal.code] ?? refusal.code;
}

/**
 * Judges a row of an invoice file. What its type calls a credit note is one, whichever sign its amount has; without a type
 * a negative amount is one.
 */
export function judgeInvoiceRow(line: number, read: Reader, writing: Writing): Judged<InvoiceRow> {
  const judge = new RowJudge(line, read);
  const number = judge.required('document_number');
  const customerNumber = judge.required('customer_number');
  const issuedOn = judge.dateUntil('issue_date', writing.dateOrder, addDays(writing.today, AHEAD_DAYS_MAX));
  const dueOn = judge.date('due_date', writing.dateOrder);
  const currency = judge.currency(writing.currency);
  const signed =
    read('amount').text === ''
      ? judge.problem('value_missing', 'The amount is needed; the cell is empty.', read('amount'))
      : judge.money('amount', currency, writing);
  const kind = kindOf(judge, read, signed);
  const tax = read('tax_amount').text === '' ? undefined : judge.money('tax_amount', currency, writing);
  const email = judge.optional('customer_email', 254);
  if (email !== undefined && !isEmail(email))
    judge.problem('email_not_valid', 'This is not an e-mail address.', read('customer_email'));
  if (signed?.minor === 0n)
    judge.problem('total_is_zero', 'A document of no amount cannot be owed.', read('amount'));
  const total = signed && (signed.minor < 0n ? negate(signed) : signed);
  const taxSize = tax && (tax.minor < 0n ? negate(tax) : tax);
  if (total && taxSize && taxSize.minor > total.minor)
    judge.problem('tax_exceeds_total', 'The tax is more than the total.', read('tax_amount'));
  const rest = {
    customerName: judge.optional('customer_name', NAME_MAX),
    purchaseOrder: judge.optional('purchase_order'),
    paymentReference: judge.optional('payment_reference'),
    externalId: judge.optional('external_id'),
    reason: reasonOf(judge.optional('credit_reason', REASON_MAX)),
  };
  if (judge.problems.length > 0 || !number || !customerNumber || !issuedOn || !dueOn || !total || !kind)
    return { problems: judge.problems };
  return {
    warnings: judge.warnings,
    row: {
      line,
      kind,
      number,
      externalId: rest.externalId ?? number,
      customerNumber,
      customerName: rest.customerName ?? customerNumber,
      customerEmail: email,
      issuedOn,
      dueOn,
      total,
      tax: taxSize,
      purchaseOrder: rest.purchaseOrder,
      paymentReference: rest.paymentReference,
      reason: rest.reason,
    },
  };
}

/** A code that everybody has, however it is spelt; any other text is kept as the words beside `other`. */
function reasonOf(text: string | undefined): GivenReason | undefined {
  if (text === undefined) return undefined;
  const code = text
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_]+/g, '-');
  if (isCommonReason(code) && code !== 'other') return { code, note: null };
  return { code: 'other', note: text };
}

function kindOf(
  judge: RowJudge,
  read: Reader,
  signed: Money | undefined,
): 'invoice' | 'credit_note' | undefined {
  const cell = read('document_type');
  const negative = signed !== undefined && signed.minor < 0n;
  if (cell.text === '') return negative ? 'credit_note' : 'invoice';
  const word = plainName(cell.text);
  if (CREDIT_WORDS.has(word)) return 'credit_note';
  if (!INVOICE_WORDS.has(word))
    return judge.problem('document_type_unknown', 'Use INV for invoices and CN for credit notes.', cell);
  if (negative)
    return judge.problem(
      'invoice_is_negative',
      'An invoice is not negative. If this is a credit note, its type should say CN.',
      read('amount'),
    );
  return 'invoice';
}

/** Judges a row of a payment file: negative where a credit was taken up or money went back. */
export function judgePaymentRow(line: number, read: Reader, writing: Writing): Judged<PaymentRow> {
  const judge = new RowJudge(line, read);
  const customerNumber = judge.required('customer_number');
  const paidOn = judge.dateUntil('paid_date', writing.dateOrder, writing.today);
  const currency = judge.currency(writing.currency);
  const amount =
    read('amount').text === ''
      ? judge.problem('value_missing', 'The amount is needed; the cell is empty.', read('amount'))
      : judge.money('amount', currency, writing);
  if (amount?.minor === 0n)
    judge.problem('amount_is_zero', 'A payment of no amount pays nothing.', read('amount'));
  const rest = {
    documentNumber: judge.optional('document_number'),
    paymentId: judge.optional('payment_id'),
    reference: judge.optional('payment_reference', 140),
    payerAccount: judge.optional('payer_account'),
  };
  if (judge.problems.length > 0 || !customerNumber || !paidOn || !amount) return { problems: judge.problems };
  return { warnings: judge.warnings, row: { line, customerNumber, paidOn, amount, ...rest } };
}
