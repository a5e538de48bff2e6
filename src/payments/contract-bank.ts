// The operations on bank accounts, files of the bank and their lines.

import { z } from 'zod';
import { TEXT_ENCODINGS } from '#formats/text-encodings.ts';
import {
  currencyCode,
  dayText,
  idText,
  momentText,
  moneyText,
  operation,
  pageOf,
  pageQuery,
  type RefusalMeaning,
  textLine,
} from '#http/contract.ts';
import { COLUMNS_MAX } from '#kernel/limits.ts';
import { companyIdIn } from '#parties/contract.ts';
import { BANK, COMPANY, paymentRow, RATE, statementLine } from './contract-shapes.ts';

export { TEXT_ENCODINGS } from '#formats/text-encodings.ts';

// — bank —

const bankAccount = z.object({
  bankAccountId: z.string(),
  companyId: z.string(),
  name: z.string(),
  /** IBAN without blanks, or the number the bank writes in its statements. */
  account: z.string(),
  currency: z.string(),
  createdAt: momentText,
});

/** The bank accounts of the tenant. */
export const listBankAccounts = operation({
  id: 'list-bank-accounts',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/bank-accounts',
  summary: 'The bank accounts of all companies, each with the day its statements reach to.',
  tag: BANK,
  permission: 'book.read',
  query: z.object({ companyId: companyIdIn.optional() }),
  reply: z.object({
    rows: z.array(
      bankAccount.extend({ lastStatementTo: dayText.nullable(), lastClosing: moneyText.nullable() }),
    ),
  }),
});

/** A bank account of a company. */
export const addBankAccount = operation({
  id: 'add-bank-account',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/bank-accounts',
  summary: 'Adds a bank account of a company, so that its statements are known.',
  tag: BANK,
  permission: 'bank.import',
  body: z.object({
    companyId: companyIdIn,
    name: textLine(100),
    account: textLine(64),
    currency: currencyCode,
  }),
  reply: z.object({ bankAccountId: z.string() }),
  refusals: {
    ...COMPANY,
    bank_account_taken: [409, 'This account and currency is known already.'],
    iban_not_valid: [400, 'This IBAN has a mistake: its check digits or its length do not fit.'],
    unknown_currency: [400, 'This is no currency of ISO 4217.'],
  },
});

const column = z.union([textLine(100), z.number().int().min(0).max(COLUMNS_MAX)]);
const columnOrFixed = z.union([z.object({ column }), z.object({ fixed: textLine(100) })]);
/** A file may have none of them: one of money received alone, say. */
const words = z.array(textLine(60)).max(20);

/** What the columns of a bank's CSV mean; columns by their name in the header, or by their place counted from 0. */
export const csvProfile = z.object({
  delimiter: z.enum([',', ';', '\t', '|']).optional(),
  encoding: z.enum(TEXT_ENCODINGS).optional(),
  skipLines: z.number().int().min(0).max(100).optional(),
  skipLastRows: z.number().int().min(0).max(100).optional(),
  hasHeader: z.boolean(),
  dateOrder: z.enum(['year_month_day', 'day_month_year', 'month_day_year']),
  decimalMark: z.enum(['.', ',']),
  amount: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('signed'), column, isInverted: z.boolean().optional() }),
    z.object({ kind: z.literal('flagged'), column, flag: column, debitWords: words, creditWords: words }),
    z.object({ kind: z.literal('two_columns'), debit: column, credit: column }),
  ]),
  currency: columnOrFixed,
  account: columnOrFixed.optional(),
  bookingDate: column,
  valueDate: column.optional(),
  counterpartyName: column.optional(),
  counterpartyAccount: column.optional(),
  text: z.array(column).max(20),
  bankReference: column.optional(),
  endToEndId: column.optional(),
  /** What was paid before it was exchanged. */
  original: z.object({ column, currency: columnOrFixed.optional() }).optional(),
  balanceAfter: column.optional(),
  balanceBefore: column.optional(),
  status: z.object({ column, bookedWords: words }).optional(),
});

/** How the CSV files of an account are read. */
export const setCsvProfile = operation({
  id: 'set-csv-profile',
  kind: 'command',
  method: 'PUT',
  path: '/api/v1/bank-accounts/:bankAccountId/csv-profile',
  summary: 'Says once what the columns of the CSV statements of a bank account mean.',
  tag: BANK,
  permission: 'bank.import',
  params: z.object({ bankAccountId: idText }),
  body: csvProfile,
  reply: z.object({ bankAccountId: z.string() }),
  refusals: { bank_account_not_found: [404, 'There is no bank account with this id.'] },
});

/** What readers of files refuse: the file is damaged, too large, or not what it seems. */
export const FILES: Readonly<Record<string, RefusalMeaning>> = {
  file_too_large: [413, 'The file is too large.'],
  bank_file_format_unknown: [
    415,
    'This is no statement in a format that is read. Download it as camt.053, MT940, BAI2, OFX or CSV.',
  ],
  bank_line_too_long: [400, 'A line of the file has no end. Download the file again, with its line ends.'],
  mt940_not_recognised: [
    415,
    'No SWIFT message begins in the file. Download the statement as MT940 or camt.053.',
  ],
  mt940_currency_missing: [
    400,
    'No balance of the statement names its currency. Ask the bank for a valid file.',
  ],
  mt940_field_too_long: [400, 'A field of the message does not end. Download the statement again.'],
  bai_not_recognised: [415, 'A BAI2 file begins with a file header (01). Download the file again.'],
  bai_record_too_long: [400, 'A record of the file does not end. Download the file again.'],
  bai_currency_unknown: [400, 'The currency of an account is not known, so that its amounts cannot be read.'],
  ofx_not_recognised: [415, 'This is no OFX file. Download the statement again.'],
  ofx_without_statement: [400, 'The bank answered with an error instead of a statement. Download it again.'],
  ofx_currency_missing: [400, 'The statement does not name its currency. Download it in another format.'],
  ofx_field_too_long: [400, 'A field of the file does not end. Download the file again.'],
  bank_file_needs_profile: [409, 'Say once what the columns of this CSV mean, then repeat.'],
  payout_report_unknown: [
    400,
    'The columns of this payout report are not known. The manual names those that are.',
  ],
  payout_row_unreadable: [
    400,
    'A row of the payout report cannot be read. Mend it, or download the report again.',
  ],
  payout_row_differs: [400, 'In a row gross less fee is not net. Download the report again.'],
  payout_sign_differs: [
    400,
    'A refund, chargeback or payout stands with a plus, as if it brought money. Say that they stand without a minus, or what the word of their type means instead.',
  ],
  payout_differs: [
    400,
    'The rows of a payout do not come to it: rows are missing or too many. Download the report for all of its days.',
  ],
  payout_currencies_mixed: [
    400,
    'A payout has rows of two currencies. Download the report for each by itself.',
  ],
  payout_without_day: [
    400,
    'A payout has no day. Download the report with the column for the day of the payout.',
  ],
  payout_report_too_long: [413, 'The payout report has too many rows. Download it in several spans of days.'],
  bank_csv_unclear: [
    409,
    'The columns of this CSV cannot be told for sure. Say what they mean, then repeat.',
  ],
  bank_csv_column_missing: [400, 'The CSV has no column of the name its profile says.'],
  bank_csv_accounts_mixed: [400, 'Rows of several accounts are mixed. Download each account by itself.'],
  csv_field_too_long: [400, 'A field of the CSV is too long. Perhaps a quotation mark is missing.'],
  csv_quote_misplaced: [400, 'A quotation mark stands where none may be.'],
  csv_quote_not_closed: [400, 'A quotation mark is not closed.'],
  csv_too_many_columns: [400, 'The CSV has too many columns.'],
  text_binary: [400, 'This is not a text file.'],
  text_encoding_unknown: [400, 'The encoding of the text is not known. Save it as UTF-8.'],
  text_encoding_wrong: [400, 'The text is not in the encoding it says. Save it as UTF-8.'],
  archive_damaged: [400, 'The archive is damaged. Download it again.'],
  archive_encrypted: [400, 'The archive is encrypted. Unpack it first.'],
  archive_suspicious: [400, 'The archive unpacks to far more than it is. Unpack it first.'],
  archive_too_large: [413, 'The archive unpacks to too much.'],
  archive_too_many_files: [413, 'The archive holds too many files.'],
  xml_not_well_formed: [400, 'The XML is broken. Download the file again.'],
  xml_dtd_refused: [400, 'The XML has a document type definition, which no bank writes.'],
  xml_entity_refused: [400, 'The XML refers to something outside itself.'],
  xml_part_too_large: [413, 'One entry of the file is too large.'],
  xml_text_too_long: [413, 'One text of the file is too long.'],
  xml_too_deep: [400, 'The XML is nested too deep.'],
  camt_not_recognised: [415, 'This XML is no bank statement (camt.053).'],
  camt_version_unknown: [415, 'This version of camt is not read. Ask the bank for version 08.'],
  camt_without_statement: [400, 'The file holds no statement at all.'],
  camt_amount_wrong: [400, 'An amount in the file cannot be read.'],
  camt_currency_missing: [400, 'An amount in the file has no currency.'],
  camt_sign_wrong: [400, 'An entry does not say whether money came or went.'],
  statement_too_many_entries: [413, 'The file holds too many entries. Split it.'],
  statement_too_many_details: [413, 'One entry of the file holds too many payments.'],
  too_many_lines: [413, 'The file holds too many entries. Split it.'],
  not_a_statement: [
    409,
    'This file announces or explains bookings (camt.052, camt.054, MT942) and is not booked. Hand it in as an announcement.',
  ],
  statement_not_readable: [
    400,
    'The file holds entries that cannot be booked as they are. The problems say where.',
  ],
};

/** A bank statement file. */
export const importStatement = operation({
  id: 'import-statement',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/bank-statements',
  summary:
    'Imports a bank statement file (camt.053, MT940, BAI2, OFX or CSV, also zipped), all of it or nothing. The same statement twice changes nothing.',
  tag: BANK,
  permission: 'bank.import',
  consumesFile: true,
  query: z.object({
    /** The account of a file that does not name one (CSV). */
    bankAccountId: idText.optional(),
    /** Adds accounts that are not known, to this company. */
    addAccountsTo: companyIdIn.optional(),
    /** `false`: only records the receipts and applies none. */
    apply: z.enum(['true', 'false']).default('true'),
  }),
  reply: z.object({
    fileName: z.string(),
    format: z.string(),
    sha256: z.string(),
    statements: z.array(
      z.object({
        /** Null when nothing in it was new. */
        statementId: z.string().nullable(),
        bankAccountId: z.string(),
        account: z.string(),
        /** The account was added by this import. */
        accountAdded: z.boolean(),
        currency: z.string(),
        statementRef: z.string(),
        sequenceNo: z.string().nullable(),
        from: dayText.nullable(),
        to: dayText.nullable(),
        opening: moneyText.nullable(),
        closing: moneyText.nullable(),
        /** Sum of the booked entries. */
        entries: moneyText,
        /** Opening + entries − closing: zero when the statement agrees, null when it gives no balances. */
        difference: moneyText.nullable(),
        lines: z.number().int(),
        newLines: z.number().int(),
        knownLines: z.number().int(),
        /** Entries that are announced only (pending, information) and not booked. */
        notBooked: z.number().int(),
        payments: z.number().int(),
        applied: z.number().int(),
        waiting: z.number().int(),
        returns: z.number().int(),
      }),
    ),
    /** What could not be read exactly as it stands; the list is bounded, `problemCount` is not. */
    problems: z.array(
      z.object({
        code: z.string(),
        message: z.string(),
        line: z.number().int().optional(),
        column: z.string().optional(),
        value: z.string().optional(),
      }),
    ),
    problemCount: z.number().int(),
    /** Entries in files of the same archive that announce only: hand the archive in as announcements too. */
    announced: z.number().int(),
  }),
  refusals: {
    ...FILES,
    ...COMPANY,
    ...RATE,
    bank_day_signed: [
      409,
      'The file has new lines for a day of this account that is signed off. Somebody else than who signed it has to open it again.',
    ],
    bank_account_unknown: [
      409,
      'The file is of an account that is not known. Add the account, or let the import add it to a company.',
    ],
    bank_account_not_named: [409, 'The file does not name its account. Say which account it is of.'],
    bank_account_not_found: [404, 'There is no bank account with this id.'],
    bank_account_differs: [409, 'The file is of another account than the one named.'],
    bank_account_taken: [409, 'Somebody added this account at the same moment. Repeat.'],
    unknown_currency: [409, 'The file is in a currency that books cannot be kept in.'],
    series_not_found: [409, 'The company has no number series for payments.'],
  },
});

const statementRow = z.object({
  statementId: z.string(),
  bankAccountId: z.string(),
  account: z.string(),
  accountName: z.string(),
  companyId: z.string(),
  statementRef: z.string(),
  sequenceNo: z.string().nullable(),
  from: dayText.nullable(),
  to: dayText.nullable(),
  opening: moneyText.nullable(),
  closing: moneyText.nullable(),
  entries: moneyText,
  /** Opening + entries − closing; zero when the statement agrees, null when it gives no balances. */
  difference: moneyText.nullable(),
  lines: z.number().int(),
  fileName: z.string(),
  recordedAt: momentText,
});

/** Imported statements, newest first. */
export const listBankStatements = operation({
  id: 'list-bank-statements',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/bank-statements',
  summary: 'Imported bank statements, newest first, each with what it is off by.',
  tag: BANK,
  permission: 'book.read',
  query: pageQuery.extend({
    bankAccountId: idText.optional(),
    /** `true`: only statements whose balances and entries do not agree. */
    differing: z.enum(['true', 'false']).optional(),
  }),
  reply: pageOf(statementRow),
});

/** One statement. */
export const getBankStatement = operation({
  id: 'get-bank-statement',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/bank-statements/:statementId',
  summary: 'An imported bank statement with its balances.',
  tag: BANK,
  permission: 'book.read',
  params: z.object({ statementId: idText }),
  reply: statementRow,
  refusals: { statement_not_found: [404, 'There is no bank statement with this id.'] },
});

/** Lines of statements. */
export const listStatementLines = operation({
  id: 'list-statement-lines',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/bank-statements/:statementId/lines',
  summary: 'The lines of an imported bank statement, in the order of the bank.',
  tag: BANK,
  permission: 'book.read',
  params: z.object({ statementId: idText }),
  query: pageQuery,
  reply: pageOf(statementLine),
  refusals: { statement_not_found: [404, 'There is no bank statement with this id.'] },
});

/** One line. */
export const getStatementLine = operation({
  id: 'get-statement-line',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/statement-lines/:lineId',
  summary:
    'A line of a bank statement; for money the bank took back, the payments that it may be the return of.',
  tag: BANK,
  permission: 'book.read',
  params: z.object({ lineId: idText }),
  reply: statementLine.extend({
    /** All that the bank said, as the file had it. */
    details: z.unknown(),
    returnCandidates: z.array(paymentRow),
  }),
  refusals: { statement_line_not_found: [404, 'There is no statement line with this id.'] },
});
