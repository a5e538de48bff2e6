// Refusals that no operation of the API answers with by themselves, and where a person meets them instead. Together with
// the lists of the contracts they are all refusals there are; a guard compares them with the code.

/** Where a person meets a refusal. */
export type Place =
  /** Said on the terminal when the program starts, or by the command line. */
  | 'start'
  /** Said about one field of a request, inside `bad_input`. */
  | 'field'
  /** Kept with a job that was given up, or with the message it was about. */
  | 'job';

/** Code → where it is met, and what is wrong and what to do. */
export const OTHER_REFUSALS: Readonly<Record<string, readonly [place: Place, message: string]>> = {
  database_role_sees_all: [
    'start',
    'This database role sees through the walls between tenants. Connect as a role that is no superuser and has no BYPASSRLS.',
  ],
  database_too_old: ['start', 'This PostgreSQL is too old. Use version 15 or newer.'],
  database_newer: ['start', 'A newer version of Quittance made this database. Start that version.'],
  migration_changed: ['start', 'A migration file differs from what was applied. Restore the file.'],
  secret_too_short: ['start', 'The secret that signs sessions is too short. Give at least 32 characters.'],
  user_unknown: ['start', 'Nobody has this e-mail address.'],
  password_length_not_valid: ['start', 'A password has 10 to 256 characters.'],
  tenant_slug_not_valid: ['start', 'A slug has lower-case letters, digits and hyphens, 63 at most.'],
  tenant_slug_taken: ['start', 'Another tenant has this slug.'],
  tenant_name_not_valid: ['start', 'The name of a tenant has 1 to 200 characters.'],
  date_not_valid: ['field', 'There is no such day. Days are written like 2026-02-28.'],
  moment_not_valid: ['field', 'This is no moment. Moments are written like 2026-02-28T14:30:00Z.'],
  id_not_valid: ['field', 'This is no identifier (a UUID in lower case).'],
  text_has_control_characters: ['field', 'The text has characters that cannot be shown.'],
};
