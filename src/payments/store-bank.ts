// SQL of bank accounts, statements and their lines. Rows in, domain values out.

import { type Selectable, sql } from 'kysely';
import type { Act } from '#command/command.ts';
import type { NewRow } from '#db/insert.ts';
import { q } from '#db/query.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { BankCsvProfile } from '#formats/bank-csv-profile.ts';
import { addDays, type PlainDate } from '#kernel/calendar.ts';
import { jsonText } from '#kernel/canonical.ts';
import { type BookedDay, type BookedDays, FOLLOWED_DAYS_MAX, type StoredSpan } from './told-before.ts';

/** Profiles that a file is compared with; each reads its beginning. */
const CSV_PROFILES_MAX = 50;

export type BankAccountRow = Selectable<DB['bank_account']>;

/** Adds a bank account. */
export function insertBankAccount(act: Act, row: NewRow<'bank_account'>): void {
  act.insert('bank_account', [row]);
}

/** Keeps what the columns of a bank's CSV files mean. */
export function updateCsvProfile(act: Act, id: string, profile: unknown): void {
  act.write(
    sql`update bank_account set csv_profile = ${jsonText(profile)}::jsonb where tenant_id = ${act.tenantId} and id = ${id}`,
    { rows: 1, rule: 'the bank account to change is there' },
  );
}

/** One bank account. */
export async function findBankAccount(tx: Tx, id: string): Promise<BankAccountRow | undefined> {
  return tx.find(
    q.selectFrom('bank_account').selectAll().where('tenant_id', '=', tx.tenantId).where('id', '=', id),
  );
}

/** What the columns of CSV files mean, of all accounts of which it was said. */
export async function findCsvProfiles(tx: Tx): Promise<readonly BankCsvProfile[]> {
  const rows = await tx.run(
    sql<{ csv_profile: BankCsvProfile }>`select distinct csv_profile from bank_account
      where tenant_id = ${tx.tenantId} and csv_profile is not null limit ${CSV_PROFILES_MAX}::int`,
  );
  return rows.map((row) => row.csv_profile);
}

/**
 * Bank accounts by their numbers, in any currency, locked by id: two imports of one account go one after the other. What only
 * names an account (a foreign key) does not wait for an import, nor the import for it.
 */
export async function lockBankAccounts(
  tx: Tx,
  accounts: readonly string[],
): Promise<readonly BankAccountRow[]> {
  return tx.run(
    q
      .selectFrom('bank_account')
      .selectAll()
      .where('tenant_id', '=', tx.tenantId)
      .where('account', '=', sql<string>`any(${arrayLiteral(accounts)}::text[])`)
      .orderBy('id')
      .forNoKeyUpdate(),
  );
}

/** Adds a statement. */
export function insertStatement(act: Act, row: NewRow<'bank_statement'>): void {
  act.insert('bank_statement', [row]);
}

/** Whether a statement without new lines is known: same account, name and balances. */
export async function isStatementKnown(
  tx: Tx,
  of: Pick<
    Selectable<DB['bank_statement']>,
    'bank_account_id' | 'statement_ref' | 'sequence_no' | 'opening_minor' | 'closing_minor' | 'to_on'
  >,
): Promise<boolean> {
  const rows = await tx.run(sql`select 1 from bank_statement
    where tenant_id = ${tx.tenantId} and bank_account_id = ${of.bank_account_id} and statement_ref = ${of.statement_ref}
      and sequence_no is not distinct from ${of.sequence_no}::text and to_on is not distinct from ${of.to_on}::date
      and opening_minor is not distinct from ${of.opening_minor}::bigint
      and closing_minor is not distinct from ${of.closing_minor}::bigint limit 1`);
  return rows.length > 0;
}

/** Adds lines of statements. */
export function insertLines(act: Act, rows: readonly NewRow<'statement_line'>[]): void {
  act.insert('statement_line', rows);
}

/** What a stored line says that tells it from another with the same bank reference. */
export type KnownLine = Pick<
  Selectable<DB['statement_line']>,
  'identity' | 'end_to_end_id' | 'structured_reference' | 'payer_account'
>;

/** Lines of an account that are stored, by identity. */
export async function findKnownLines(
  tx: Tx,
  bankAccountId: string,
  identities: readonly Uint8Array[],
): Promise<readonly KnownLine[]> {
  return tx.run(
    sql<KnownLine>`
    select identity, end_to_end_id, structured_reference, payer_account from statement_line
    where tenant_id = ${tx.tenantId} and bank_account_id = ${bankAccountId}
      and identity = any(${arrayLiteral(identities)}::bytea[])`,
    // A plan kept from when the table was small would read it whole for every few lines of a file.
    { plan: 'fresh' },
  );
}

/**
 * What is stored of an account about some days: the latest statements that add up and began on the first of them or before, at
 * most `FOLLOWED_DAYS_MAX` days, and what its lines come to on each day since.
 */
export async function findStored(
  tx: Tx,
  account: Pick<BankAccountRow, 'id' | 'currency'>,
  { first, last }: { readonly first: PlainDate; readonly last: PlainDate },
): Promise<{ readonly spans: readonly StoredSpan[]; readonly days: BookedDays }> {
  const known = sql`tenant_id = ${tx.tenantId} and bank_account_id = ${account.id} and difference_minor = 0
    and opening_minor is not null and closing_minor is not null and to_on is not null
    and from_on between ${addDays(first, -FOLLOWED_DAYS_MAX)}::date and ${first}::date`;
  const spans = await tx.run(
    sql<StoredSpan>`select from_on as "from", to_on as "to", opening_minor as "openingMinor", closing_minor as "closingMinor"
      from bank_statement where ${known} and from_on = (select max(from_on) from bank_statement where ${known})`,
  );
  const [span] = spans;
  if (span === undefined) return { spans, days: new Map() };
  const days = await tx.run(
    sql<{ booked_on: PlainDate } & BookedDay>`select booked_on, sum(amount_minor)::bigint as "netMinor",
        coalesce(sum(amount_minor) filter (where amount_minor > 0), 0)::bigint as "inMinor"
      from statement_line where tenant_id = ${tx.tenantId} and bank_account_id = ${account.id}
        and currency = ${account.currency} and booked_on between ${span.from}::date and ${last}::date
      group by booked_on`,
  );
  return { spans, days: new Map(days.map((day) => [day.booked_on.toString(), day])) };
}

export type StatementLineRow = Selectable<DB['statement_line']> & {
  readonly company_id: string;
  readonly payment_id: string | null;
  readonly returns_payment_id: string | null;
};

const lineColumns = sql`l.*, b.company_id, p.id as payment_id, r.payment_id as returns_payment_id`;
const lineTables = sql`statement_line l
  join bank_account b on b.tenant_id = l.tenant_id and b.id = l.bank_account_id
  left join payment p on p.tenant_id = l.tenant_id and p.statement_line_id = l.id
  left join payment_return r on r.tenant_id = l.tenant_id and r.statement_line_id = l.id`;

/** One line of a bank statement, with the payment it became or the payment it took back. */
export async function findStatementLine(tx: Tx, id: string): Promise<StatementLineRow | undefined> {
  return tx.find(
    sql<StatementLineRow>`select ${lineColumns} from ${lineTables} where l.tenant_id = ${tx.tenantId} and l.id = ${id}`,
  );
}
