// Refusals that no operation of the API answers with by themselves, and where a person meets them instead. Together with
// the lists of the contracts they are all refusals there are; a guard compares them with the code.

import { CARRYING_OUT_FAILURES } from '#approvals/contract.ts';
import { PACK_REFUSALS } from '#evidence/contract.ts';

/** Where a person meets a refusal. */
export type Place =
  /** Said on the terminal when the program starts, or by the command line. */
  | 'start'
  /** Said about one field of a request, inside `bad_input`. */
  | 'field'
  /** Said about an electronic invoice, or an answer to one, by whatever reads it. */
  | 'einvoice'
  /** Said about a file of a bank, by whatever reads it. */
  | 'bank_file'
  /** Kept with a job that was given up, or with the message it was about. */
  | 'job'
  /** Kept as the outcome of what was approved and could not be carried out. */
  | 'approval';

/** Code → where it is met, and what is wrong and what to do. */
export const OTHER_REFUSALS: Readonly<Record<string, readonly [place: Place, message: string]>> = {
  requester_gone: ['approval', CARRYING_OUT_FAILURES.requester_gone],
  approved_content_differs: ['approval', CARRYING_OUT_FAILURES.approved_content_differs],
  database_role_sees_all: [
    'start',
    'This database role sees through the walls between tenants. Connect as a role that is no superuser and has no BYPASSRLS.',
  ],
  sms_too_long: [
    'job',
    'With real names and amounts the text takes more text messages than are allowed. Shorten its words, then send it again.',
  ],
  thanked_already: ['job', 'It was decided before whether to thank for this payment.'],
  stop_link_closed: ['job', 'The message of this link did not go out, so there is nothing to stop.'],
  reader_not_found: ['job', 'This address did not get the message, so nothing is stopped for it.'],
  database_too_old: ['start', 'This PostgreSQL is too old. Use version 15 or newer.'],
  database_newer: ['start', 'A newer version of Quittance made this database. Start that version.'],
  migration_changed: ['start', 'A migration file differs from what was applied. Restore the file.'],
  secret_too_short: ['start', 'The secret that signs sessions is too short. Give at least 32 characters.'],
  user_unknown: ['start', 'Nobody has this e-mail address.'],
  password_length_not_valid: ['start', 'A password has 10 to 256 characters.'],
  tenant_slug_not_valid: ['start', 'A slug has lower-case letters, digits and hyphens, 63 at most.'],
  tenant_slug_taken: ['start', 'Another tenant has this slug.'],
  tenant_name_not_valid: ['start', 'The name of a tenant has 1 to 200 characters.'],
  data_dir_busy: ['start', 'Another program uses this data directory. Stop it, or choose another directory.'],
  data_dir_of_another_user: [
    'start',
    'The data directory belongs to another user of this machine. Start as that user.',
  ],
  data_dir_unreachable: ['start', 'The account that runs the database cannot reach the data directory.'],
  database_passwords_missing: [
    'start',
    'The file with the passwords of the embedded database is gone. Restore it.',
  ],
  embedded_postgres_missing: [
    'start',
    'No PostgreSQL came with this installation. Set DATABASE_URL to one of your own.',
  ],
  embedded_postgres_unusable: ['start', 'The PostgreSQL that came along cannot run here. Set DATABASE_URL.'],
  initdb_failed: [
    'start',
    'The embedded database could not be made. Mend what it says, or set DATABASE_URL.',
  ],
  no_unprivileged_account: [
    'start',
    'PostgreSQL does not run as root, and there is no other account to run it as.',
  ],
  postgres_did_not_start: ['start', 'The embedded database did not start. It says why.'],
  postgres_version_differs: ['start', 'Another version of PostgreSQL made this data directory.'],
  smtp_url_not_valid: ['start', 'SMTP_URL is no address of a mail server, like smtp://mail.example.com:587.'],
  smtp_oauth_not_whole: [
    'start',
    'SMTP_OAUTH_REFRESH_TOKEN needs SMTP_OAUTH_TOKEN_URL, a web address, and SMTP_OAUTH_CLIENT_ID too.',
  ],
  inbound_address_not_valid: [
    'start',
    'QUITTANCE_INBOUND_SMTP is no address to listen at, like 0.0.0.0:2525.',
  ],
  inbound_tls_not_complete: [
    'start',
    'To encrypt mail that comes in, set both QUITTANCE_INBOUND_TLS_KEY and QUITTANCE_INBOUND_TLS_CERT.',
  ],
  inbound_tls_not_readable: [
    'start',
    'Key and certificate for mail that comes in cannot be used. It says why.',
  ],
  remittance_discount_not_earned: [
    'job',
    'A remittance takes a discount that was not earned. A person applies it, or asks for the rest.',
  ],
  mail_not_ours: ['job', 'The mail came in for an address that is none of ours.'],
  channel_not_possible: ['job', 'What this message says cannot go by this way. Choose another.'],
  file_not_json: ['start', 'The file is no JSON. See where it breaks off.'],
  command_unknown: ['start', 'There is no such command. `quittance --help` lists them.'],
  option_unknown: ['start', 'There is no such option. `quittance --help` lists them.'],
  option_value_unknown: ['start', 'The option does not take this value.'],
  document_not_found: ['start', 'Nothing is open of a document with this number.'],
  allocation_unclear: ['start', 'Name each document with its amount: NUMBER=AMOUNT.'],
  receiving_column_missing: ['start', 'The list needs a column `account`. The others may be left out.'],
  too_many_rows: ['start', 'The list is too long. Hand it in in parts.'],
  word_missing: ['start', 'The command needs one more word.'],
  file_not_found: ['start', 'There is no such file.'],
  tenant_not_named: ['start', 'There are several tenants. Name one with --tenant.'],
  company_not_named: ['start', 'There are several companies. Name one with --company.'],
  amount_not_decimal: ['field', 'This is no amount. Amounts are written like 1234.50.'],
  amount_too_many_decimals: ['field', 'The amount has more decimals than its currency. It is not rounded.'],
  mail_address_not_valid: ['job', 'A mail address of the message is none. Correct it and send again.'],
  mail_header_not_clean: ['job', 'A header of the message has characters that mail does not allow.'],
  mail_too_large: ['job', 'The attachments are larger than mail servers take.'],
  mail_too_many_recipients: ['job', 'The message has too many recipients.'],
  mail_without_recipient: [
    'job',
    'The message has no recipient. Give the customer a contact with an e-mail address.',
  ],
  sender_missing: [
    'job',
    'The company has no e-mail address to send from. Add one to the company, or set MAIL_FROM.',
  ],
  policies_replaced: [
    'job',
    'Other policies came into force after the run was approved. Look at the reminders again and approve what is shown.',
  ],
  template_not_rendered: ['job', 'The template could not be filled in. The line and the reason say where.'],
  logo_not_readable: ['job', 'The logo is no picture that can be printed. Use PNG, JPEG or SVG.'],
  logo_too_large: ['job', 'The logo is too large to be printed on every page.'],
  qr_code_too_long: ['job', 'What the QR code should say is too long for one.'],
  pdf_not_drawn: ['job', 'The document could not be drawn. The reason says why.'],
  pdf_drawing_lost: ['job', 'The drawing of the document ended unexpectedly. It is tried again.'],
  pdf_time_limit: ['job', 'The document took too long to draw.'],
  date_not_valid: ['field', 'There is no such day. Days are written like 2026-02-28.'],
  moment_not_valid: ['field', 'This is no moment. Moments are written like 2026-02-28T14:30:00Z.'],
  id_not_valid: ['field', 'This is no identifier (a UUID in lower case).'],
  text_has_control_characters: ['field', 'The text has characters that cannot be shown.'],
  amount_not_understood: ['field', 'This is not an amount, or it uses another decimal mark than the column.'],
  rates_columns_missing: [
    'start',
    'A file of exchange rates has the columns date, from, to and rate. Name them so in its header.',
  ],
  rates_row_not_valid: [
    'start',
    'A line of the file of exchange rates cannot be read. Mend it; none of the rates was recorded.',
  ],
  einvoice_unknown_root: [
    'einvoice',
    'This is no electronic invoice that can be read. Bring UBL 2.1, or a Cross Industry Invoice (Factur-X, XRechnung, ZUGFeRD).',
  ],
  einvoice_too_large: [
    'einvoice',
    'The electronic invoice is larger than 32 MB. Send its attachments apart from it.',
  ],
  pdf_damaged: ['einvoice', 'The PDF is damaged or cut off. Get it again from where it comes.'],
  pdf_encrypted: ['einvoice', 'The PDF is locked. Ask for one that is not, or for the XML alone.'],
  pdf_too_large: [
    'einvoice',
    'The PDF is larger than can be looked into. Send a smaller one, or the XML alone.',
  ],
  pdf_attachment_not_readable: [
    'einvoice',
    'The file inside the PDF is damaged or packed in a way that is not read. Ask for the XML alone.',
  ],
  pdf_without_invoice: [
    'einvoice',
    'The PDF carries no invoice as data. Enter it by hand, or ask for XML, Factur-X or ZUGFeRD.',
  ],
  ach_not_recognised: [
    'bank_file',
    'This is no ACH file: its first record is no file header of 94 characters.',
  ],
  ach_columns_shifted: [
    'bank_file',
    'The columns of this ACH file are shifted. Download it again, unchanged.',
  ],
  ach_record_misplaced: ['bank_file', 'A record of this ACH file stands where it cannot. Download it again.'],
  lockbox_not_recognised: ['bank_file', 'This is no lockbox file in the layout that is known of the bank.'],
  x12_not_recognised: [
    'bank_file',
    'This is no X12 file: it does not begin with an interchange header (ISA).',
  ],
  x12_segment_too_long: ['bank_file', 'A segment of this X12 file does not end. Download it again.'],
  remittance_too_long: ['bank_file', 'This remittance has more lines than are read. Ask for it in parts.'],
  einvoice_response_unknown: [
    'einvoice',
    'This is no answer to an invoice that is known: it is left where it lies.',
  ],
  pack_not_drawn: ['job', PACK_REFUSALS.pack_not_drawn[1]],
  reference_rate_missing: ['job', PACK_REFUSALS.reference_rate_missing[1]],
  statement_too_long: ['job', PACK_REFUSALS.statement_too_long[1]],
  pack_not_ours: [
    'start',
    'This is no evidence pack of Quittance: it has no list, or one of something else.',
  ],
};
