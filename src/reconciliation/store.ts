// SQL of the tie-out: what commands lock, write and decide by, and what a day of an account holds. Rows in, domain values out.

import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { Act } from '#command/command.ts';
import type { NewRow } from '#db/insert.ts';
import { q } from '#db/query.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import { jsonText } from '#kernel/canonical.ts';
import { BANK_RULES_MAX } from '#kernel/limits.ts';
import type { BankRule } from './bank-rule.ts';
import type { StatedBalance } from './continuity.ts';
import type { DaySums, KindSum } from './day.ts';
import type { LineKind } from './line-kind.ts';

export type AccountRow = Pick<
  Selectable<DB['bank_account']>,
  'id' | 'company_id' | 'name' | 'account' | 'currency'
>;
export type ExplanationRow = Selectable<DB['line_explanation']>;
export type SignOffRow = Selectable<DB['day_sign_off']>;

const uuids = (ids: readonly string[]): RawBuilder<string[]> => sql`${arrayLiteral(ids)}::uuid[]`;

// — accounts —

/** Bank accounts, by name. */
export async function findAccounts(tx: Tx, companyId?: string | undefined): Promise<readonly AccountRow[]> {
  const ofCompany = companyId === undefined ? sql`` : sql`and company_id = ${companyId}`;
  return tx.run(sql<AccountRow>`select id, company_id, name, account, currency from bank_account
    where tenant_id = ${tx.tenantId} ${ofCompany} order by name, id`);
}

/** One bank account, for oneself until the commit: what changes a day of it waits, or was waited for. */
export async function lockAccount(tx: Tx, id: string): Promise<AccountRow | undefined> {
  return tx.find(
    q
      .selectFrom('bank_account')
      .select(['id', 'company_id', 'name', 'account', 'currency'])
      .where('tenant_id', '=', tx.tenantId)
      .where('id', '=', id)
      .forUpdate(),
  );
}

// — what the bank said —

/** All statements of an account, in the order they came in. */
export async function findStated(tx: Tx, bankAccountId: string): Promise<readonly StatedBalance[]> {
  return tx.run(sql<StatedBalance>`
    select id as "statementId", statement_ref as reference, sequence_no as "sequenceNo", from_on as "from", to_on as "to",
      opening_minor as "openingMinor", closing_minor as "closingMinor"
    from bank_statement where tenant_id = ${tx.tenantId} and bank_account_id = ${bankAccountId}
    order by recorded_at, id`);
}

/** What the lines of each day come to in the account's currency, of all days. */
export async function findLineTotals(tx: Tx, account: AccountRow): Promise<ReadonlyMap<string, bigint>> {
  const rows = await tx.run(
    sql<{ day: PlainDate; minor: bigint }>`
    select booked_on as day,
      (coalesce(sum(amount_minor) filter (where currency = ${account.currency}), 0))::bigint as minor
    from statement_line where tenant_id = ${tx.tenantId} and bank_account_id = ${account.id} group by booked_on`,
    { plan: 'fresh' },
  );
  return new Map(rows.map((row) => [row.day.toString(), row.minor]));
}

/** Which lines of an account: of some days. */
export type LineRange = { readonly account: AccountRow; readonly from: PlainDate; readonly to: PlainDate };

/**
 * Lines of some days with what each is and what the journal has on the bank account for it: the receipt it became, the payment
 * it took back, what was recorded by hand and it shows, or its own entry. A receipt that was given up moves nothing any more.
 */
export function classified(tx: Tx, { account, from, to }: LineRange): RawBuilder<unknown> {
  return sql`
    select l.id, l.line_no, l.statement_id, l.bank_account_id, l.booked_on, l.value_on, l.currency, l.amount_minor, l.payer_name,
      l.payer_account, l.bank_reference, l.remittance, coalesce(x.recorded_id, p.id) as payment_id,
      r.payment_id as returns_payment_id, x.id as explanation_id, x.note, x.rule_id, x.explained_by, x.given_up_id,
      l.currency <> ${account.currency} as is_other_currency,
      case when x.recorded_id is not null then 'receipt' when x.kind is not null then x.kind when r.payment_id is not null then 'return'
        when p.id is not null then 'receipt' else 'unexplained' end as kind,
      booked.minor as booked_minor, booked.last_on as booked_last_on
    from statement_line l
    left join line_explanation x on x.tenant_id = l.tenant_id and x.statement_line_id = l.id and x.undone_at is null
    left join payment p on p.tenant_id = l.tenant_id and p.statement_line_id = l.id
    left join payment_return r on r.tenant_id = l.tenant_id and r.statement_line_id = l.id
    cross join lateral (
      select coalesce(sum(j.amount_minor), 0)::bigint as minor, max(j.posted_on) as last_on
      from (
        select p.id, 'payment' as kind where p.id is not null and x.id is null
        union all select r.payment_id, 'return' where r.payment_id is not null
        union all select x.id, 'bank_line' where x.id is not null
        union all select s.payment_id, case x.kind when 'deposit' then 'payment' else x.kind end
          from explained_payment s where s.tenant_id = l.tenant_id and s.explanation_id = x.id
      ) d
      join journal_entry e on e.tenant_id = l.tenant_id and e.document_id = d.id and e.kind = d.kind
      join journal_line j on j.tenant_id = e.tenant_id and j.entry_id = e.id and j.account = 'bank' and j.currency = ${account.currency}
    ) booked
    where l.tenant_id = ${tx.tenantId} and l.bank_account_id = ${account.id} and l.booked_on between ${from} and ${to}`;
}

type SumRow = {
  readonly day: PlainDate;
  readonly kind: LineKind;
  readonly is_other_currency: boolean;
  readonly lines: number;
  readonly minor: bigint;
  readonly booked_minor: bigint;
  readonly unapplied_minor: bigint;
  readonly unapplied: number;
};

/** The lines of some days by kind, by the text of the day. */
export async function findDaySums(tx: Tx, range: LineRange): Promise<ReadonlyMap<string, DaySums>> {
  const rows = await tx.run(
    sql<SumRow>`
    select c.booked_on as day, c.kind, c.is_other_currency, count(*)::int as lines, sum(c.amount_minor)::bigint as minor,
      sum(c.booked_minor)::bigint as booked_minor, coalesce(sum(w.minor), 0)::bigint as unapplied_minor,
      (count(*) filter (where w.minor > 0))::int as unapplied
    from (${classified(tx, range)}) c
    left join lateral (select -sum(i.open_minor) as minor from open_item i
      where i.tenant_id = ${tx.tenantId} and i.document_id = c.payment_id and i.open_minor < 0 and c.kind = 'receipt') w on true
    group by 1, 2, 3`,
    { plan: 'fresh' },
  );
  const byDay = Map.groupBy(rows, (row) => row.day.toString());
  return new Map(
    [...byDay].map(([text, own]) => {
      const kinds = own
        .filter((row) => !row.is_other_currency)
        .map(
          (row): KindSum => ({
            kind: row.kind,
            lines: row.lines,
            minor: row.minor,
            bookedMinor: row.booked_minor,
            unappliedMinor: row.unapplied_minor,
            unapplied: row.unapplied,
          }),
        );
      const others = own.filter((row) => row.is_other_currency && row.kind === 'unexplained');
      const otherCurrency = others.reduce((n, row) => n + row.lines, 0);
      return [text, { day: Temporal.PlainDate.from(text), kinds, otherCurrency }];
    }),
  );
}

/** SHA-256 of all lines of a day with what each is: two days that hash alike hold the same. */
export async function hashDayLines(tx: Tx, range: LineRange): Promise<string> {
  const row = await tx.find(sql<{ hash: string }>`
    select encode(sha256(convert_to(coalesce(string_agg(concat_ws(' ', c.id, c.amount_minor, c.currency, c.kind, c.booked_minor),
      E'\n' order by c.id), ''), 'UTF8')), 'hex') as hash from (${classified(tx, range)}) c`);
  return row?.hash ?? '';
}

// — explaining —

/** A line that is about to be explained, locked, with what it is now. */
export type LockedLine = {
  readonly id: string;
  readonly company_id: string;
  readonly bank_account_id: string;
  readonly account_currency: string;
  readonly booked_on: PlainDate;
  readonly currency: string;
  readonly amount_minor: bigint;
  readonly payer_name: string | null;
  readonly payer_account: string | null;
  readonly remittance: string;
  readonly value_on: PlainDate;
  /** The receipt it stands as now, and the one that was given up before. */
  readonly payment_id: string | null;
  readonly payment_returned_on: PlainDate | null;
  readonly given_up_id: string | null;
  readonly returns_payment_id: string | null;
  readonly explanation_id: string | null;
};

/** A line by id, locked; what it is now is read after the lock is there. */
export async function lockLine(tx: Tx, id: string): Promise<LockedLine | undefined> {
  const held = await tx.find(
    sql`select 1 from statement_line where tenant_id = ${tx.tenantId} and id = ${id} for update`,
  );
  if (!held) return undefined;
  return tx.find(sql<LockedLine>`
    select l.id, b.company_id, l.bank_account_id, b.currency as account_currency, l.booked_on, l.currency, l.amount_minor,
      l.value_on, l.payer_name, l.payer_account, l.remittance, p.id as payment_id, p.returned_on as payment_returned_on,
      x.given_up_id, r.payment_id as returns_payment_id, x.id as explanation_id
    from statement_line l
    join bank_account b on b.tenant_id = l.tenant_id and b.id = l.bank_account_id
    left join line_explanation x on x.tenant_id = l.tenant_id and x.statement_line_id = l.id and x.undone_at is null
    left join payment p on p.tenant_id = l.tenant_id
      and case when x.id is null then p.statement_line_id = l.id else p.id = x.recorded_id end
    left join payment_return r on r.tenant_id = l.tenant_id and r.statement_line_id = l.id
    where l.tenant_id = ${tx.tenantId} and l.id = ${id}`);
}

/** A payment recorded by hand that a line may show. */
export type HandPayment = {
  readonly id: string;
  readonly number: string;
  readonly company_id: string;
  readonly direction: string;
  readonly currency: string;
  readonly amount_minor: bigint;
  readonly received_on: PlainDate;
  readonly returned_on: PlainDate | null;
  readonly statement_line_id: string | null;
  readonly return_line_id: string | null;
  /** What the bank took on top when it came back. */
  readonly return_fee_minor: bigint;
  /** It is shown by another line already: as deposit or refund, and as one that came back. */
  readonly is_shown: boolean;
  readonly is_return_shown: boolean;
  /** It was given up because its line is something else. */
  readonly is_given_up: boolean;
};

/** Payments by id, locked, with whether a bank line shows them already (read after the locks are there). */
export async function lockHandPayments(tx: Tx, ids: readonly string[]): Promise<readonly HandPayment[]> {
  await tx.run(
    sql`select id from payment where tenant_id = ${tx.tenantId} and id = any(${uuids(ids)}) order by id for update`,
  );
  const isShownAs = (kinds: RawBuilder<unknown>) => sql`exists (select from explained_payment s
    join line_explanation x on x.tenant_id = s.tenant_id and x.id = s.explanation_id
    where s.tenant_id = p.tenant_id and s.payment_id = p.id and x.undone_at is null and x.kind in (${kinds}))`;
  return tx.run(sql<HandPayment>`
    select p.id, p.number, p.company_id, p.direction, p.currency, p.amount_minor, p.received_on, p.returned_on,
      p.statement_line_id, r.statement_line_id as return_line_id, coalesce(r.fee_minor, 0)::bigint as return_fee_minor, ${isShownAs(sql`'deposit', 'refund'`)} as is_shown,
      ${isShownAs(sql`'return'`)} as is_return_shown,
      exists (select from line_explanation g where g.tenant_id = p.tenant_id and p.id in (g.given_up_id, g.recorded_id)
        and p.returned_on is not null) as is_given_up
    from payment p left join payment_return r on r.tenant_id = p.tenant_id and r.payment_id = p.id
    where p.tenant_id = ${tx.tenantId} and p.id = any(${uuids(ids)}) order by p.id`);
}

/** What stands open of a receipt, whose it is, and how much of it was ever applied. */
export async function findReceiptState(
  tx: Tx,
  paymentId: string,
): Promise<{ readonly customer_id: string | null; readonly is_whole: boolean }> {
  const row = await tx.find(sql<{ customer_id: string | null; is_whole: boolean }>`
    select p.customer_id, coalesce((select sum(i.open_minor) from open_item i where i.tenant_id = p.tenant_id
      and i.document_id = p.id and i.open_minor < 0), 0) = -p.amount_minor as is_whole
    from payment p where p.tenant_id = ${tx.tenantId} and p.id = ${paymentId}`);
  return row ?? { customer_id: null, is_whole: false };
}

/** Adds what a line is, with what it shows. */
export function insertExplanation(
  act: Act,
  row: Omit<NewRow<'line_explanation'>, 'undone_by' | 'undone_at' | 'undone_note' | 'recorded_at'>,
  paymentIds: readonly string[],
): void {
  const standing = { undone_by: null, undone_at: null, undone_note: null };
  act.insert('line_explanation', [{ ...row, ...standing, recorded_at: act.now }]);
  act.insert(
    'explained_payment',
    paymentIds.map((id) => ({ explanation_id: row.id, payment_id: id })),
  );
}

/** Notes that an explanation is undone. */
export function updateUndone(act: Act, id: string, by: { readonly by: string; readonly note: string }): void {
  act.write(
    sql`update line_explanation set undone_by = ${by.by}, undone_at = ${act.now}, undone_note = ${by.note}
      where tenant_id = ${act.tenantId} and id = ${id} and undone_at is null`,
    { rows: 1, rule: 'the explanation that is undone stood' },
  );
}

/** One explanation. */
export async function findExplanation(tx: Tx, id: string): Promise<ExplanationRow | undefined> {
  return tx.find(
    q.selectFrom('line_explanation').selectAll().where('tenant_id', '=', tx.tenantId).where('id', '=', id),
  );
}

/** The entry that booked a line of other books. */
export async function findBankEntry(tx: Tx, explanationId: string): Promise<string | undefined> {
  const row = await tx.find(sql<{ id: string }>`select id from journal_entry where tenant_id = ${tx.tenantId}
    and document_id = ${explanationId} and kind = 'bank_line' and reverses_id is null`);
  return row?.id;
}

// — rules —

/** Rules in use. */
export async function findRules(tx: Tx): Promise<readonly (BankRule & { readonly addedBy: string })[]> {
  return tx.run(sql<BankRule & { readonly addedBy: string }>`
    select id, bank_account_id as "bankAccountId", text, direction, kind, added_by as "addedBy" from bank_rule
    where tenant_id = ${tx.tenantId} and retired_at is null order by recorded_at, id limit ${BANK_RULES_MAX}::int`);
}

/** Adds a rule. */
export function insertRule(act: Act, rule: BankRule, by: string): void {
  act.insert('bank_rule', [
    {
      id: rule.id,
      bank_account_id: rule.bankAccountId,
      text: rule.text,
      direction: rule.direction,
      kind: rule.kind,
      added_by: by,
      recorded_at: act.now,
      retired_by: null,
      retired_at: null,
    },
  ]);
}

/** Takes a rule out of use; gives whether it was in use. */
export async function retireRule(act: Act, id: string, by: string): Promise<boolean> {
  const rows = await act.run(sql`update bank_rule set retired_by = ${by}, retired_at = ${act.now}
    where tenant_id = ${act.tenantId} and id = ${id} and retired_at is null returning id`);
  return rows.length > 0;
}

/** A line that rules look at, with whether matching found who paid. */
export type RuleLine = {
  readonly id: string;
  readonly bank_account_id: string;
  readonly account_name: string;
  readonly booked_on: PlainDate;
  readonly currency: string;
  readonly amount_minor: bigint;
  readonly payer_name: string | null;
  readonly remittance: string;
  readonly bank_text: string | null;
  /** The receipt has a payer or was applied: a customer's money, whatever the text says. */
  readonly is_matched: boolean;
  readonly is_explained: boolean;
  readonly is_signed: boolean;
};

/** Lines from a day on, the latest first; `waiting` those that are of nobody yet only. */
export async function findRuleLines(
  tx: Tx,
  which: {
    readonly bankAccountId: string | null;
    readonly from: PlainDate;
    readonly isWaiting: boolean;
    readonly limit: number;
  },
): Promise<readonly RuleLine[]> {
  const ofAccount =
    which.bankAccountId === null ? sql`` : sql`and l.bank_account_id = ${which.bankAccountId}`;
  const waiting = which.isWaiting
    ? sql`where not t.is_matched and not t.is_explained and not t.is_signed`
    : sql``;
  return tx.run(
    sql<RuleLine>`select * from (
      select l.id, l.bank_account_id, b.name as account_name, l.booked_on, l.currency, l.amount_minor, l.payer_name, l.remittance,
        l.details #>> '{entry,code,text}' as bank_text,
        (p.id is not null and (p.customer_id is not null or p.returned_on is not null or coalesce((select sum(i.open_minor)
          from open_item i where i.tenant_id = p.tenant_id and i.document_id = p.id), 0) <> -p.amount_minor)) as is_matched,
        (x.id is not null or r.payment_id is not null) as is_explained, (s.id is not null) as is_signed
      from statement_line l
      join bank_account b on b.tenant_id = l.tenant_id and b.id = l.bank_account_id and b.currency = l.currency
      left join line_explanation x on x.tenant_id = l.tenant_id and x.statement_line_id = l.id and x.undone_at is null
      left join payment p on p.tenant_id = l.tenant_id and p.statement_line_id = l.id
      left join payment_return r on r.tenant_id = l.tenant_id and r.statement_line_id = l.id
      left join day_sign_off s on s.tenant_id = l.tenant_id and s.bank_account_id = l.bank_account_id and s.day = l.booked_on
        and s.reopened_at is null
      where l.tenant_id = ${tx.tenantId} ${ofAccount} and l.booked_on >= ${which.from}) t ${waiting}
    order by t.booked_on desc, t.id desc limit ${which.limit}::int`,
    { plan: 'fresh' },
  );
}

// — signing —

/** Signatures of an account that stand, by the text of their day; of one day only where it is given. */
export async function findSignOffs(
  tx: Tx,
  bankAccountId: string,
  day?: PlainDate | undefined,
): Promise<ReadonlyMap<string, SignOffRow>> {
  const onDay = day === undefined ? sql`` : sql`and day = ${day}`;
  const rows = await tx.run(sql<SignOffRow>`select * from day_sign_off
    where tenant_id = ${tx.tenantId} and bank_account_id = ${bankAccountId} and reopened_at is null ${onDay}`);
  return new Map(rows.map((row) => [row.day.toString(), row]));
}

/** The signature of the latest signed day of an account up to a day. */
export async function findLastSigned(
  tx: Tx,
  bankAccountId: string,
  upTo: PlainDate,
): Promise<SignOffRow | undefined> {
  const [row] = await tx.run(sql<SignOffRow>`select * from day_sign_off
    where tenant_id = ${tx.tenantId} and bank_account_id = ${bankAccountId} and reopened_at is null and day <= ${upTo}
    order by day desc limit 1`);
  return row;
}

/** All that was signed and opened again of a day, the earliest first. */
export async function findDayHistory(
  tx: Tx,
  bankAccountId: string,
  day: PlainDate,
): Promise<readonly SignOffRow[]> {
  return tx.run(sql<SignOffRow>`select * from day_sign_off
    where tenant_id = ${tx.tenantId} and bank_account_id = ${bankAccountId} and day = ${day} order by signed_at, id`);
}

/** Adds a signature. */
export function insertSignOff(
  act: Act,
  row: {
    readonly id: string;
    readonly bankAccountId: string;
    readonly day: PlainDate;
    readonly figures: Readonly<Record<string, unknown>>;
    readonly sha256: Uint8Array;
    readonly note: string | null;
    readonly by: string;
  },
): void {
  act.insert('day_sign_off', [
    {
      id: row.id,
      bank_account_id: row.bankAccountId,
      day: row.day,
      figures: jsonText(row.figures),
      figures_sha256: Buffer.from(row.sha256),
      note: row.note,
      signed_by: row.by,
      signed_at: act.now,
      reopened_by: null,
      reopened_at: null,
      reopened_reason: null,
    },
  ]);
}

/** Notes that a signed day is open again. */
export function updateReopened(
  act: Act,
  id: string,
  by: { readonly by: string; readonly reason: string },
): void {
  act.write(
    sql`update day_sign_off set reopened_by = ${by.by}, reopened_at = ${act.now}, reopened_reason = ${by.reason}
      where tenant_id = ${act.tenantId} and id = ${id} and reopened_at is null`,
    { rows: 1, rule: 'the signature stood' },
  );
}
