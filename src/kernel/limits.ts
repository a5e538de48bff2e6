// Every bound on input, page, batch, upload and retry has its name here, with the reason for its size.

const MEBIBYTE = 1024 * 1024;

/** A page of a list: enough to scroll, small enough to answer at once. */
export const PAGE_ROWS_DEFAULT = 50;
export const PAGE_ROWS_MAX = 500;

/** A JSON request body; files are streamed by another way. */
export const BODY_BYTES_MAX = 4 * MEBIBYTE;

/** A file to import; it is streamed, so that this bounds disk and time, not memory. */
export const IMPORT_BYTES_MAX = 2048 * MEBIBYTE;
/** Rows of one import; all of them commit together or none does. */
export const IMPORT_ROWS_MAX = 2_000_000;
/** Problems kept of one import; the count goes on, the list stops. */
export const IMPORT_PROBLEMS_MAX = 1_000;
/** Rows shown before an import is committed. */
export const IMPORT_PREVIEW_ROWS = 50;
/** Rows saved by one statement of a bulk command. */
export const BULK_ROWS = 5_000;

/** One field of a delimited file. */
export const FIELD_CHARACTERS_MAX = 10_000;
/** Columns of a delimited file or sheet. */
export const COLUMNS_MAX = 512;

/** Lines of one invoice made by hand or through the API. */
export const INVOICE_LINES_MAX = 2_000;
/** Instalments of one invoice. */
export const INSTALMENTS_MAX = 60;
/** Allocations of one application request. */
export const ALLOCATIONS_MAX = 1_000;

/** How often a command is tried again when the database reports a deadlock or a serialization failure. */
export const COMMAND_TRIES_MAX = 4;

/** Mail attempts before a message is shown as failed. */
export const DELIVERY_TRIES_MAX = 6;
/** Attachments of one message, all together; most mail servers refuse more. */
export const ATTACHMENT_BYTES_MAX = 20 * MEBIBYTE;

/** Entries of one bank statement file. */
export const STATEMENT_LINES_MAX = 500_000;
/** Candidates shown for an unapplied receipt. */
export const CANDIDATES_MAX = 20;

/** Offending rows that a verification prints for each rule. */
export const OFFENDERS_MAX = 100;

/** How deep XML may be nested before the reader refuses it. */
export const XML_DEPTH_MAX = 100;
/** Characters of one XML text node. */
export const XML_TEXT_MAX = 1 * MEBIBYTE;

/** A password: long enough to be safe with scrypt, short enough not to be a load. */
export const PASSWORD_CHARACTERS_MIN = 10;
export const PASSWORD_CHARACTERS_MAX = 256;
