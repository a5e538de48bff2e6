// Every bound on input, page, batch, upload and retry has its name here, with the reason for its size.

const MEBIBYTE = 1024 * 1024;

/** A page of a list: enough to scroll, small enough to answer at once. */
export const PAGE_ROWS_DEFAULT = 50;
export const PAGE_ROWS_MAX = 500;

/** A JSON request body; files are streamed by another way. */
export const BODY_BYTES_MAX = 4 * MEBIBYTE;

/** A file to import; it is streamed, so that this bounds disk and time, not memory. */
export const IMPORT_BYTES_MAX = 2048 * MEBIBYTE;
/** A piece in which a file handed in is kept. */
export const IMPORT_PART_BYTES = 1 * MEBIBYTE;
/** Days that files handed in are kept. */
export const IMPORT_FILE_DAYS = 7;
/** Rows of one import; all of them commit together or none does. */
export const IMPORT_ROWS_MAX = 2_000_000;
/** Rows of one payment import: they are held until the rows that make one payment are together. */
export const IMPORT_PAYMENT_ROWS_MAX = 500_000;
/** Exchange rates of one file. */
export const IMPORT_RATE_ROWS_MAX = 50_000;
/** Rows looked at to tell how a column writes its numbers and dates. */
export const IMPORT_SAMPLE_ROWS = 2_000;
/** Payments of one import that are settled together. */
export const IMPORT_PAYMENTS_TOGETHER = 1_500;
/** Problems kept of one import; the count goes on, the list stops. */
export const IMPORT_PROBLEMS_MAX = 1_000;
/** Rows shown before an import is committed. */
export const IMPORT_PREVIEW_ROWS = 50;
/** Rows shown beside the columns of a file, so that a person sees what is in each. */
export const IMPORT_SHOWN_ROWS = 8;
/** Rows saved by one statement of a bulk command. */
export const BULK_ROWS = 5_000;

/** One field of a delimited file. */
export const FIELD_CHARACTERS_MAX = 10_000;
/** One line of a bank's text file. Some banks write all of a file as one line; what is longer than this is none. */
export const BANK_LINE_CHARACTERS_MAX = 8 * MEBIBYTE;
/** Text of one field of a SWIFT message, of one BAI2 record with its continuations, of one segment of X12. */
export const BANK_FIELD_CHARACTERS_MAX = 64 * 1024;
/** Documents of one remittance advice; the largest retailers send some thousands. */
export const ADVICE_LINES_MAX = 100_000;
/** Columns of a delimited file or sheet. */
export const COLUMNS_MAX = 512;

/** Files inside a zip archive or a workbook; a workbook has dozens. */
export const ARCHIVE_ENTRIES_MAX = 1_000;
/** How many times its packed size a file may unpack to; real tables and statements reach 50, bombs of zeros 1,000. */
export const ARCHIVE_RATIO_MAX = 400;
/** What may be unpacked before the ratio counts: a small file of one repeated line is no harm. */
export const ARCHIVE_RATIO_FREE_BYTES = 16 * MEBIBYTE;
/** The text table of a workbook, unpacked: the one part of a sheet that has to be held in memory. */
export const SHEET_STRINGS_BYTES_MAX = 256 * MEBIBYTE;
/** How much of a text is looked at to find its encoding or its delimiter. */
export const GUESS_BYTES = 64 * 1024;
/** Rows looked at to find delimiter, date order and decimal mark. */
export const GUESS_ROWS = 200;

/** Lines of one invoice made by hand or through the API. */
export const INVOICE_LINES_MAX = 2_000;
/** Instalments of one invoice. */
export const INSTALMENTS_MAX = 60;
/** Allowances and charges of one document, and of one line of it: a form has a handful. */
export const ALLOWANCES_MAX = 100;
/** Footnotes of one company in all its languages. */
export const FOOTNOTES_MAX = 200;
/** Footnotes under one document: more than that is small print nobody reads. */
export const FOOTNOTES_PER_DOCUMENT_MAX = 12;
/** The largest discount that terms may promise for paying early, in percent; real ones end at ten. */
export const TERMS_DISCOUNT_PERCENT_MAX = 20;
/** Discount tiers of one set of terms. */
export const DISCOUNT_TIERS_MAX = 6;
/** Country-years of public holidays kept in memory; each takes a few kilobytes. */
export const HOLIDAY_YEARS_KEPT = 2_000;
/** Days of business that a tenant says itself, open or closed. */
export const OWN_DAYS_MAX = 2_000;
/** Drafts issued by one run: a month's invoices of a large firm. */
export const ISSUE_RUN_DRAFTS_MAX = 20_000;
/** Drafts of a run that are named in one request. */
export const ISSUE_RUN_NAMED_MAX = 2_000;
/** Drafts of a run that are looked up at a time. */
export const ISSUE_RUN_TOGETHER = 100;
/** Refused drafts shown with a run, and runs shown in their list: the latest. */
export const ISSUE_RUN_REFUSED_SHOWN = 500;
export const ISSUE_RUNS_SHOWN = 20;
/** Periods of one recurring invoice: ninety-six years of months, twenty-two of weeks. */
export const RECURRING_PERIODS_MAX = 1_152;
/** Periods to come that are shown: three years of months. */
export const RECURRING_NEXT_SHOWN = 36;
/** Recurring invoices looked through at a time. */
export const RECURRING_TOGETHER = 200;
/** Allocations of one application request. */
export const ALLOCATIONS_MAX = 1_000;
/** Refunds of one file for the bank. */
export const REFUNDS_OF_A_FILE_MAX = 200;
/** Items of one write-off request. */
export const WRITE_OFF_ITEMS_MAX = 1_000;
/** Items of one run of write-offs: what a person looks through and others approve at once. */
export const WRITE_OFF_RUN_ITEMS_MAX = 2_000;
/** Items of a run that are looked up at a time, and runs shown in their list: the latest. */
export const WRITE_OFF_RUN_TOGETHER = 100;
export const WRITE_OFF_RUNS_SHOWN = 20;
/** Amounts up to which items are chosen, one for each currency. */
export const WRITE_OFF_RULE_CURRENCIES_MAX = 20;

/** Items written off that one payment recovers, or that are shown for it. */
export const RECOVERABLE_MAX = 200;

/** Items of one dispute: of one claim of a customer. */
export const DISPUTE_ITEMS_MAX = 500;
/** Words about a dispute, and things that happened to it which are shown: the latest. */
export const DISPUTE_NOTE_CHARACTERS_MAX = 2_000;
export const DISPUTE_HISTORY_SHOWN = 200;

/** Lines of one remittance, and the bytes, rows and characters of a cell that a file of one may have. */
export const REMITTANCE_LINES_MAX = 1_000;
export const REMITTANCE_BYTES_MAX = 5 * MEBIBYTE;
export const REMITTANCE_ROWS_MAX = 2_000;
export const REMITTANCE_CELL_CHARACTERS_MAX = 2_000;
/** Remittances of one file of electronic data interchange, and segments of one of them. */
export const REMITTANCES_OF_FILE_MAX = 200;
export const REMITTANCE_SEGMENTS_MAX = 10_000;
/** Files of one mail that are looked at. */
export const MAIL_FILES_MAX = 20;
/** Rows at the beginning of a remittance among which its headings are looked for. */
export const REMITTANCE_HEADING_ROWS = 100;
/** Reading the text of a PDF: its pages, its pieces of text, and the seconds and megabytes that may take. */
export const PDF_TEXT_PAGES_MAX = 60;
export const PDF_TEXT_RUNS_MAX = 40_000;
export const PDF_TEXT_SECONDS_MAX = 20;
export const PDF_TEXT_MEGABYTES_MAX = 256;
/** Seconds for which the thread that reads our own PDFs is kept without work. */
export const PDF_THREAD_KEPT_SECONDS = 30;
/** Remittances that wait for their payment and are looked at together, the latest. */
export const REMITTANCES_TOGETHER = 200;

/** People of one tenant looked through to see who may decide; rules need ten at most. */
export const PEOPLE_LOOKED_AT_MAX = 500;
/** Delegations of one tenant shown, the latest first, and delegations to one person at a time. */
export const DELEGATIONS_SHOWN = 200;
/** Conflicts of duties shown of one pair, the latest first. */
export const CONFLICTS_SHOWN_MAX = 200;
/** Requests that wait in one tenant, of which people are told by mail in one go; the rest is told the next time. */
export const APPROVALS_TOLD_MAX = 500;
/** Requests that wait for one person, counted up to; beyond, the number says nothing more. */
export const WAITING_COUNTED_MAX = 100;

/** Legal entities of one tenant; a group of companies has dozens. */
export const COMPANIES_MAX = 1_000;
/** Accounting periods of one company that are looked through: weeks of forty years. */
export const PERIODS_MAX = 2_000;
/** Customers suggested while somebody types. */
export const SUGGESTIONS_MAX = 20;
/** Contacts, addresses and bank accounts of one customer, each. */
export const CONTACTS_MAX = 200;
/** Children shown with their parent; the list of customers shows all. */
export const CHILDREN_SHOWN = 200;
/** Levels of customers one above the other; real groups have four or five. */
export const HIERARCHY_LEVELS_MAX = 10;
/** Exchange rates recorded by one request: a year of thirty currencies is two or three. */
export const RATES_MAX = 5_000;
/** Applications booked by one journal entry; each has five lines at most, and an entry is written by one statement. */
export const ENTRY_APPLICATIONS_MAX = 1_000;
/** Lines shown of one journal entry; an application over a thousand items has thousands. */
export const ENTRY_LINES_SHOWN = 100;
/** Applications, entries and events shown with one document, each: the latest ones. */
export const DOCUMENT_HISTORY_SHOWN = 200;

/** How often a command is tried again when the database reports a deadlock or a serialization failure. */
export const COMMAND_TRIES_MAX = 4;

/** Mail attempts before a message is shown as failed. */
export const DELIVERY_TRIES_MAX = 6;
/** How often a message is written anew because what it speaks about changed while it was being written. */
export const WRITING_ROUNDS_MAX = 5;
/** A process that sends a message gives a sign of life this often, and is taken for dead after so long without one. */
export const SENDING_ALIVE_SECONDS = 15;
export const SENDING_SILENT_SECONDS_MAX = 60;
/** Messages looked after by one round of recovery; the next round takes the next ones. */
export const RECOVERY_MESSAGES_MAX = 1_000;
/** Attachments of one message, all together; most mail servers refuse more. */
export const ATTACHMENT_BYTES_MAX = 20 * MEBIBYTE;
/** A mail that comes in for a return address: bounces carry the message they return. */
export const INBOUND_MAIL_BYTES_MAX = 25 * MEBIBYTE;
/** Mail servers that hand in bounces at the same time; more are asked to come back. */
export const INBOUND_CONNECTIONS_MAX = 50;
/** Connections one address may open in a minute; a mail server that returns many mails uses few connections for them. */
export const INBOUND_CONNECTIONS_A_MINUTE_MAX = 120;
/** Return addresses of one mail that comes in; a bounce has one. */
export const INBOUND_READERS_MAX = 10;
/** Mailboxes of a tenant that are read over IMAP, every few minutes. */
export const MAIL_ACCOUNTS_MAX = 50;
/** Signing in to a mailbox to try it out, all of it: somebody waits. */
export const MAIL_TRY_SECONDS_MAX = 30;
/** Reading a mailbox once, all of it: others wait for the worker. Long enough for one mail of the largest size. */
export const MAIL_READING_SECONDS_MAX = 5 * 60;
/** Mails that were not taken which are shown of each of them. */
export const MAIL_SKIPS_SHOWN = 20;
/** How much of a mail that came in is taken apart: a report stands before the message it returns. */
export const RETURNED_BYTES_READ = 128 * 1024;
/** How much of a part of a returned mail is looked at; what is said about an address stands at its beginning. */
export const RETURNED_TEXT_CHARACTERS = 200_000;
/** Readers of one report that are noted; a message of ours has RECIPIENTS_MAX at most. */
export const RETURNED_RECIPIENTS_MAX = 100;
/** Earlier mails a mail names, so that programs show them together; the header gets too long with more. */
export const THREAD_MESSAGES_MAX = 20;
/** Messages about one document that its proof covers, and the bytes of one archive of it. */
export const EVIDENCE_MESSAGES_MAX = 200;
/** Invoices, messages, happenings of one evidence pack (more goes out in parts), and for how many years its bytes are kept. */
export const [PACK_DOCUMENTS_MAX, PACK_MESSAGES_MAX, PACK_EVENTS_MAX] = [2_000, 1_000, 5_000];
export const PACK_YEARS_KEPT = 10;
export const EVIDENCE_BYTES_MAX = 500 * MEBIBYTE;
/** Files of a network's access point read in one go, and the size of one. */
export const NETWORK_STATUS_FILES_MAX = 1_000;
export const NETWORK_STATUS_BYTES_MAX = 64 * 1024;
/** Documents sent by one request. */
export const DELIVER_INVOICES_MAX = 500;
/** Letters of one batch to print, and the bytes of its archive: a morning at the printer. */
export const POST_BATCH_LETTERS_MAX = 200;
/** Letters looked at again at the same time, before they are printed. */
export const LETTERS_REFRESHED_AT_ONCE = 4;
/** Pages of one batch to print: some four packs of paper on both sides. */
export const POST_BATCH_PAGES_MAX = 4_000;
export const POST_BATCH_BYTES_MAX = 64 * MEBIBYTE;
/** Addresses that get a copy of each invoice of a customer. */
export const DELIVERY_COPIES_MAX = 10;
/** Readers of one message (to and copy): a message to more is a mailing, which this is not. */
export const RECIPIENTS_MAX = 50;
/** A template of a message: subject, text and HTML each. */
export const TEMPLATE_CHARACTERS_MAX = 100_000;
/** Invoices a reminder speaks of that is only looked at. */
export const REMINDER_PREVIEW_ITEMS_MAX = 20;
/** Payments that are decided upon at once, whether to thank for them; the next ones follow. */
export const PAYMENTS_THANKED_AT_ONCE = 200;
/** Versions of a template that are shown. */
export const TEMPLATE_VERSIONS_SHOWN = 50;
/** Text messages that one notice or reminder may take; each is paid for. */
export const SHORT_MESSAGES_MAX = 2;
/** A company's picture on its letters. */
export const LETTERHEAD_LINES_MAX = 6;
/** Letters in a line of the head or foot; longer ones would be too small to read in a third of a page. */
export const LETTERHEAD_LINE_MAX = 80;
/** Columns at the foot of a page. */
export const LETTERHEAD_COLUMNS_MAX = 3;
/** Letters of a text over or under the lines of a document. */
export const LETTERHEAD_TEXT_MAX = 2_000;
export const LOGO_BYTES_MAX = 1 * MEBIBYTE;

/** Customers charged by one request, all or none; a program charges the next ones by the next request. */
export const CHARGED_CUSTOMERS_MAX = 200;
/** Customers of a charge plan looked up at a time while looking for those with something to charge. */
export const PLANNED_CUSTOMERS = 100;
/** Rounds of looking for a page of a charge plan; then the page is given as it is, with the place to go on. */
export const PLAN_ROUNDS_MAX = 10;
/** Amounts in the terms for late payment, by currency or size. */
export const FIXED_SUMS_MAX = 40;
/** Reference rates recorded by one request. */
export const REFERENCE_RATES_MAX = 500;
/** Years that an example of interest is reckoned over. */
export const INTEREST_YEARS_MAX = 100;
/** Days on which the growth of interest is shown in a picture. */
export const GROWTH_POINTS = 40;

/** Steps of a cadence; a customer who did not hear fifteen will not hear the sixteenth (the widest system known has 15). */
export const CADENCE_STEPS_MAX = 30;
/** Policies of a set, parts of a rule, how deep it may lie, and tests of a file: more is read by no person. */
export const POLICIES_MAX = 50;
export const SEGMENT_PARTS_MAX = 100;
export const SEGMENT_DEPTH_MAX = 8;
export const POLICY_TESTS_MAX = 500;
/** Accounts read at a time to choose their policies. */
export const ACCOUNTS_READ = 5_000;
/** Accounts that a comparison of policies lists; all are counted. */
export const COMPARED_SHOWN_MAX = 500;
/** Accounts that are kept of what a set in the shadow would have said on a day. */
export const SHADOW_ROWS_KEPT = 100;
/** Days of a set in the shadow that are shown. */
export const SHADOW_DAYS_SHOWN_MAX = 60;
/** Problems of a file of policies told at once. */
export const POLICY_PROBLEMS_MAX = 50;
/** Customers of a run looked up among all that is open, planned where it is only looked at, and reminded at once, at a time. */
export const REMINDER_CUSTOMERS_LOOKED_UP = 250_000;
export const REMINDER_CUSTOMERS_PLANNED = 200;
export const REMINDER_CUSTOMERS_AT_ONCE = 100;
/** Documents attached to one reminder, the oldest first; the text lists all. */
export const REMINDER_ATTACHMENTS_MAX = 40;
/** Why something is on hold, in a person's words. */
export const HOLD_REASON_CHARACTERS_MAX = 500;
/** How long a hold can last, so that nothing is forgotten; it can be placed again. */
export const HOLD_DAYS_MAX = 366;

/** Entries of one bank statement file. */
export const STATEMENT_LINES_MAX = 500_000;
/** Rows of one payout report of a gateway, which are kept in memory to put those of a payout together. */
export const PAYOUT_ROWS_MAX = 200_000;
/** Payments inside one entry of a bank statement (a batch booked as one sum); they are held until the entry ends. */
export const ENTRY_DETAILS_MAX = 100_000;
/** Payments of one file that announces; they are held at once. */
export const ANNOUNCED_PARTS_MAX = 100_000;
/** Receipts that are matched together: enough to share the questions to the database, few enough to hold their answers. */
export const MATCH_ROWS = 500;
/** Debts of one customer that a receipt is weighed against; who owes more than that names what is paid. */
export const MATCH_DEBTS_MAX = 1_000;
/** Applications that habits are learnt from at a time, and documents of a customer that are looked at for each. */
export const LEARN_ROWS = 2_000;
export const LEARN_DOCUMENTS_MAX = 500;
/** Candidates shown for an unapplied receipt. */
export const CANDIDATES_MAX = 20;
/** Customers right below a payer whose debts are looked at with its own; where there are more, a person says for whom it is. */
export const MATCH_BELOW_MAX = 200;

/** Offending rows that a verification prints for each rule. */
export const OFFENDERS_MAX = 100;
/** Past days that one verification proves one by one, besides every day in between as a whole. */
export const VERIFY_DATES_MAX = 60;
/** Rows of the books that are hashed at a time. */
export const HASHED_ROWS = 20_000;

/** Edges of aging buckets: more columns than that nobody reads. */
export const AGING_EDGES_MAX = 11;
/** Rows of an exported report that are read at a time. */
export const EXPORT_ROWS = 5_000;
/** Items or movements of one statement of account: a paper of three hundred pages. */
export const ACCOUNT_LINES_MAX = 20_000;
/** Lines of a statement shown at once; files have them all. */
export const ACCOUNT_LINES_SHOWN = 500;
/** Customers on one statement for a group: a customer and those below it. */
export const STATEMENT_CUSTOMERS_MAX = 500;
/** Customers looked at together by a run of statements. */
export const STATEMENT_CUSTOMERS_TOGETHER = 200;
/** Groups that are looked at together, each of up to five hundred customers. */
export const STATEMENT_GROUPS_TOGETHER = 20;
/** Customers chosen by name for a schedule. */
export const STATEMENT_CHOSEN_MAX = 2_000;
/** Schedules of statements of one tenant, and statements of a customer shown, the latest first. */
export const STATEMENT_SCHEDULES_MAX = 100;
export const STATEMENTS_SHOWN = 100;
/** How far back sales are looked at to exhaust receivables; what is older is "at least that many days". */
export const DSO_HISTORY_DAYS_MAX = 1_096;
/** Dashboards kept ready at a time, one per tenant and company that somebody looks at. */
export const DASHBOARDS_MAX = 200;

/** How deep XML may be nested before the reader refuses it. */
export const XML_DEPTH_MAX = 100;
/** Characters of one XML text node. */
export const XML_TEXT_MAX = 1 * MEBIBYTE;
/** Elements of the one part of an XML document (a statement entry, a payment) that is held in memory at a time. */
export const XML_PART_ELEMENTS_MAX = 20_000;

/** An e-invoice with the files it carries; Peppol's access points take up to a hundred, mail servers twenty. */
export const E_INVOICE_BYTES_MAX = 32 * MEBIBYTE;
/** Elements of one e-invoice: 2,000 lines with everything a line can say have 120,000. */
export const E_INVOICE_ELEMENTS_MAX = 200_000;
/** A PDF that is looked into for an invoice. */
export const PDF_BYTES_MAX = 64 * MEBIBYTE;
/** Objects of such a PDF; a page has ten to a hundred. */
export const PDF_OBJECTS_MAX = 500_000;
/** What the packed objects of one PDF may unpack to, all together. */
export const PDF_UNPACKED_BYTES_MAX = 64 * MEBIBYTE;
/** Files inside one PDF that are looked at; hybrid invoices carry one to five. */
export const PDF_ATTACHMENTS_MAX = 200;

/** A file attached to a document: larger ones do not pass mail servers, nor access points of e-invoice networks. */
export const ATTACHMENT_FILE_BYTES_MAX = 10 * MEBIBYTE;
/** Files of one document. */
export const ATTACHMENTS_MAX = 20;
/** Attached files one mail takes along besides the document: with base64 some 14 MB, which most mailboxes still take. */
export const MAIL_ATTACHMENTS_BYTES_MAX = 10 * MEBIBYTE;
/** Attached files that go into the data of a PDF: with those attached to the mail it still passes. The XML alone carries all. */
export const PDF_FILES_BYTES_MAX = 5 * MEBIBYTE;
/** How long bytes that nothing names are kept: whoever handed them in attaches them within moments. */
export const UNUSED_CONTENT_HOURS = 24;
/** How long the removal of a file from a draft can be undone. */
export const REMOVED_FILE_DAYS = 30;
/** Files taken away in one transaction, each up to 10 MB. */
export const UNUSED_CONTENT_BATCH = 100;

/** Reasons for credit notes a tenant adds to those everybody has: more than anybody chooses among. */
export const CREDIT_REASONS_MAX = 50;

/** A password: long enough to be safe with scrypt, short enough not to be a load. */
export const PASSWORD_CHARACTERS_MIN = 10;
export const PASSWORD_CHARACTERS_MAX = 256;

/** Days for which the link in a mail may show its documents; ten years. */
export const VIEW_DAYS_MAX = 3_650;

/** Requests of one network address in a minute: far above what people and their programs need, below what hurts. */
export const REQUESTS_PER_MINUTE_MAX = 6_000;
/** Attempts to sign in from one network address in a minute; an office may share one. */
export const SIGN_INS_PER_MINUTE_MAX = 30;
/** Attempts to sign in as one person from one network address, within five minutes. */
export const SIGN_INS_PER_PERSON_MAX = 10;

/** Days before that an invoice is looked for that asks the same; a year covers every rhythm of invoicing. */
export const CHECK_DAYS_MAX = 366;
/** Times the usual amount from which an invoice is odd. */
export const CHECK_FACTOR_MAX = 1_000;
/** Findings that somebody can accept at once: more than all checks can make. */
export const FINDINGS_ACCEPTED_MAX = 50;
/** The latest invoices of a customer that say what is usual: two years of months. */
export const USUAL_INVOICES = 24;
/** Invoices over the same total whose lines are compared. */
export const ALIKE_COMPARED_MAX = 20;
/** Open drafts looked at in one go: more take longer than somebody waits. */
export const DRAFTS_CHECKED_MAX = 200;
/** Findings of issued invoices that are listed with a run. */
export const FINDINGS_SHOWN_MAX = 500;

/** Rules that say what bank lines are, in use at once. */
export const BANK_RULES_MAX = 500;
/** Payments that one bank line can show: a deposit of cheques is a book of them. */
export const SHOWN_PAYMENTS_MAX = 500;
/** Days of a bank account shown at once: a year, and the weeks around it. */
export const TIE_OUT_DAYS_MAX = 400;
/** Bank lines that rules are tried on at a time. */
export const RULE_LINES_MAX = 2_000;
/** Receipts that what is to be learnt of payers is tried on, the latest. */
export const REPLAYED_RECEIPTS_MAX = 20_000;
/** The same of words in what payers wrote: each text is taken apart (20,000 took two seconds, measured). */
export const WORD_RECEIPTS_MAX = 5_000;
/** Applications by hand, the latest, whose customers may write numbers in ways of their own; and so many of these customers. */
export const PATTERN_CORRECTIONS_MAX = 1_000;
export const PATTERN_CUSTOMERS_MAX = 50;
/** Receipts and documents of one customer that such a way is tried on, the latest. */
export const PATTERN_RECEIPTS_MAX = 100;
export const PATTERN_DOCUMENTS_MAX = 1_000;
/** Receipts handed to an accounting system, or answered by it, at once. */
export const POSTINGS_AT_ONCE_MAX = 5_000;
/** What could be learnt of payers, shown at once. */
export const ALIASES_PROPOSED_MAX = 200;
/** Receipts that wait, weighed to show the surest first. */
export const WEIGHED_AT_ONCE_MAX = 200;
/** Notices of one file of the clearing house. */
export const NOTICES_OF_A_FILE_MAX = 20_000;
/** Notices of returns looked at together: more than a bank sends in a day. */
export const NOTICES_AT_ONCE_MAX = 500;
/** Receipts whose clocks are looked at together, page after page; a page of the program shows the first of them. */
export const CLOCKS_AT_ONCE = 5_000;
/** Receipts given to somebody at once. */
export const ASSIGNED_MAX = 500;
/** Days of business within which a document is posted in a portal: six weeks. */
export const PORTAL_DAYS_MAX = 30;
/** Documents marked as posted in a portal, or answered, at once. */
export const UPLOADS_MARKED_MAX = 200;
/** Uploads made or ended in one transaction. */
export const UPLOADS_ALIGNED_BATCH = 200;
/** Documents whose files are put into one archive for a portal: each is drawn, which takes a moment. */
export const UPLOAD_ARCHIVE_DOCUMENTS_MAX = 50;
/** Bytes of the files in one archive for a portal. */
export const UPLOAD_ARCHIVE_BYTES_MAX = 200 * MEBIBYTE;
/** Steps of one upload that are shown. */
export const UPLOAD_STEPS_SHOWN = 200;
/** Portals that are told apart in a list. */
export const PORTALS_SHOWN = 100;
/** Items of one promise to pay: the whole account of a large customer. */
export const PROMISE_ITEMS_MAX = 1_000;
/** Days of instalments of one promise. */
export const PROMISE_DAYS_MAX = 24;
/** How far ahead somebody may promise to pay: beyond a year it is a plan of its own. */
export const PROMISE_AHEAD_DAYS_MAX = 366;
/** Days that money may be late and a promise is kept. */
export const PROMISE_TOLERANCE_DAYS_MAX = 30;
/** The latest promises that a list looks at. */
export const PROMISES_LOOKED_AT_MAX = 2_000;
/** Promises that a list shows. */
export const PROMISES_SHOWN_MAX = 500;
/** How far ahead a customer may be put off to be looked at again: beyond a year nobody remembers why. */
export const CALL_NEXT_DAYS_MAX = 366;
/** Items that one call is said to be about. */
export const CALL_ITEMS_MAX = 100;
/** Numbers that were wrong, shown at once. */
export const WRONG_NUMBERS_SHOWN = 500;
/** Accounts tried one after the other when somebody takes the next of the worklist and others do so in the same moment. */
export const CLAIM_TRIES_MAX = 25;
/** Minutes that somebody has an account of the worklist in hand before another may take it. */
export const CLAIM_MINUTES = 20;
/** Accounts of the worklist changed at once: assigned, put off. */
export const WORKLIST_CHANGED_MAX = 500;
/** Changed customers looked at in one go; more than these make the whole list anew. */
export const WORKLIST_REFRESHED_MAX = 2_000;
/** Days that an account of the worklist may be put off. */
export const SNOOZE_DAYS_MAX = 180;
/** How long after it left a reminder is looked at again: bank data of two weeks ago is complete. */
export const BREACH_DAYS_LOOKED_AT = 14;
/** Reminders that left, looked at together. */
export const BREACH_MESSAGES_LOOKED_AT = 500;
/** Weeks that the report on breaches goes back at most. */
export const BREACH_WEEKS_MAX = 53;
/** Breaches shown at once: it is to be none. */
export const BREACHES_SHOWN_MAX = 1_000;
/** Accounts of the worklist spread over collectors at once. */
export const BALANCED_AT_ONCE_MAX = 5_000;
/** Days for which somebody may stand in for a collector at a time. */
export const ABSENCE_DAYS_MAX = 366;
