// SQL of returned payments: what was told, what became of it, and the payments that may be meant. Rows in, domain values out.

import { type RawBuilder, type Selectable, sql } from 'kysely';
import { type Act, actorText } from '#command/command.ts';
import type { NewRow } from '#db/insert.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { StatementDetail } from '#formats/bank-statement-shape.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import { jsonText } from '#kernel/canonical.ts';
import { type CompanyId, type CustomerId, newId, type PaymentId, type StatementLineId } from '#kernel/id.ts';
import { NOTICES_AT_ONCE_MAX } from '#kernel/limits.ts';
import { type Money, money } from '#kernel/money.ts';
import type { ReadyNotice, ReturnLine } from './notice.ts';
import type { Candidate } from './original.ts';

/** A stored notice. */
export type NoticeRow = Omit<
  Selectable<DB['return_notice']>,
  'company_id' | 'statement_line_id' | 'original_references'
> & {
  readonly original_references: readonly string[];
  readonly company_id: CompanyId;
  readonly statement_line_id: StatementLineId | null;
};

/** Payments looked at for one notice. */
const CANDIDATES_MAX = 200;
/** Days back in which a payment can come back: thirteen months where it was not authorised (SEPA), and some for the banks. */
const CANDIDATE_DAYS = 425;

// — notices —

/** Adds notices that are not kept yet; gives how many were new. */
export async function insertNotices(
  act: Act,
  notices: readonly (ReadyNotice & { readonly hash: Uint8Array })[],
): Promise<number> {
  if (notices.length === 0) return 0;
  const known = await act.run(
    sql<{ identity: string }>`select encode(identity, 'hex') as identity from return_notice
      where tenant_id = ${act.tenantId} and identity = any(${arrayLiteral(notices.map((n) => n.hash))}::bytea[])`,
    { plan: 'fresh' },
  );
  const have = new Set(known.map((row) => row.identity));
  const fresh = notices.filter((notice) => {
    const key = Buffer.from(notice.hash).toString('hex');
    return !have.has(key) && have.add(key);
  });
  act.insert(
    'return_notice',
    fresh.map((notice) => rowOf(act, notice)),
  );
  return fresh.length;
}

function rowOf(act: Act, notice: ReadyNotice & { readonly hash: Uint8Array }): NewRow<'return_notice'> {
  return {
    id: newId(),
    company_id: notice.companyId,
    origin: notice.origin,
    kind: notice.kind,
    whose: notice.whose,
    identity: notice.hash,
    statement_line_id: notice.statementLineId,
    currency: notice.amount.currency,
    amount_minor: notice.amount.minor,
    fee_minor: notice.fee.minor,
    returned_on: notice.returnedOn,
    code: notice.code,
    end_to_end_id: notice.endToEndId,
    original_references: jsonText(notice.references),
    payer_name: notice.payerName,
    payer_account: notice.payerAccount,
    said: notice.said,
    file_name: notice.fileName,
    recorded_by: actorText(act.actor),
    recorded_at: act.now,
  };
}

/** Lines by which money left that the bank calls a return, and that nothing is known of yet; the oldest first. */
export async function findReturnLines(tx: Tx, limit: number): Promise<readonly ReturnLine[]> {
  const rows = await tx.run(
    sql<{
      id: StatementLineId;
      company_id: CompanyId;
      account: string;
      booked_on: PlainDate;
      currency: string;
      amount_minor: bigint;
      payer_name: string | null;
      payer_account: string | null;
      end_to_end_id: string | null;
      remittance: string;
      details: { readonly details?: readonly StatementDetail[] } | null;
    }>`
    select l.id, b.company_id, b.account, l.booked_on, l.currency, l.amount_minor, l.payer_name, l.payer_account, l.end_to_end_id,
      l.remittance, l.details
    from statement_line l
    join bank_account b on b.tenant_id = l.tenant_id and b.id = l.bank_account_id and b.currency = l.currency
    where l.tenant_id = ${tx.tenantId} and l.returned and l.amount_minor < 0
      and not exists (select from return_notice n where n.tenant_id = l.tenant_id and n.statement_line_id = l.id)
      and not exists (select from payment_return r where r.tenant_id = l.tenant_id and r.statement_line_id = l.id)
      and not exists (select from line_explanation x where x.tenant_id = l.tenant_id and x.statement_line_id = l.id
        and x.undone_at is null)
    order by l.booked_on, l.id limit ${limit}::int`,
    { plan: 'fresh' },
  );
  return rows.map((row) => ({
    id: row.id,
    companyId: row.company_id,
    ownAccount: row.account,
    bookedOn: row.booked_on,
    amount: money(row.amount_minor, row.currency),
    payerName: row.payer_name,
    payerAccount: row.payer_account,
    endToEndId: row.end_to_end_id,
    remittance: row.remittance,
    details: row.details?.details ?? [],
  }));
}

/**
 * That a notice waits: nothing was decided of it, it speaks of a return, and its line was not said to be something else by other
 * means.
 */
export const waits = (n: RawBuilder<unknown>): RawBuilder<unknown> => sql`${n}.kind = 'return'
  and not exists (select from return_outcome o where o.tenant_id = ${n}.tenant_id and o.notice_id = ${n}.id)
  and not exists (select from payment_return r where r.tenant_id = ${n}.tenant_id
    and r.statement_line_id = ${n}.statement_line_id)
  and not exists (select from line_explanation x where x.tenant_id = ${n}.tenant_id
    and x.statement_line_id = ${n}.statement_line_id and x.undone_at is null)`;

/**
 * Notices that wait and may be booked without a person, the latest first: older ones were looked at before. What does not say
 * whose money it was (kept before that was asked) is for a person.
 */
export async function findWaiting(tx: Tx): Promise<readonly NoticeRow[]> {
  return tx.run(
    sql<NoticeRow>`select n.* from return_notice n where n.tenant_id = ${tx.tenantId} and n.whose = 'payer'
      and ${waits(sql`n`)} order by n.returned_on desc, n.id desc limit ${NOTICES_AT_ONCE_MAX}::int`,
    { plan: 'fresh' },
  );
}

/** Notices of a company that wait and may speak of money received on a day: as much of it, or more by a fee. */
export function findWaitingFor(
  tx: Tx,
  payment: { readonly companyId: CompanyId; readonly amount: Money; readonly receivedOn: PlainDate },
): Promise<readonly NoticeRow[]> {
  const { companyId, amount, receivedOn } = payment;
  return tx.run(
    sql<NoticeRow>`select n.* from return_notice n where n.tenant_id = ${tx.tenantId} and n.company_id = ${companyId}
      and n.whose is distinct from 'ours' and n.currency = ${amount.currency} and n.amount_minor >= ${amount.minor} and n.returned_on >= ${receivedOn}
      and ${waits(sql`n`)} order by n.returned_on desc, n.id desc limit ${NOTICES_AT_ONCE_MAX}::int`,
    { plan: 'fresh' },
  );
}

/** One notice, locked against being decided by another, and whether it waits (read after the lock is there). */
export async function lockNotice(
  tx: Tx,
  id: string,
): Promise<{ readonly notice: NoticeRow; readonly isWaiting: boolean } | undefined> {
  const notice = await tx.find(
    sql<NoticeRow>`select * from return_notice where tenant_id = ${tx.tenantId} and id = ${id} for update`,
  );
  if (!notice) return undefined;
  const waiting = await tx.find(
    sql`select 1 as found from return_notice n where n.tenant_id = ${tx.tenantId} and n.id = ${id} and ${waits(sql`n`)}`,
  );
  return { notice, isWaiting: waiting !== undefined };
}

/** Keeps what became of a notice. */
export function insertOutcome(
  act: Act,
  row: Omit<NewRow<'return_outcome'>, 'decided_by' | 'recorded_at'>,
): void {
  act.insert('return_outcome', [{ ...row, decided_by: actorText(act.actor), recorded_at: act.now }]);
}

// — payments —

/**
 * Payments of a notice's company and currency that may be the one: named by the bank, or of its amount; those given up because
 * they were no receipts are left out. Those that are named come first.
 */
export async function findCandidates(tx: Tx, notice: NoticeRow): Promise<readonly Candidate[]> {
  const names = [...new Set([notice.end_to_end_id, ...notice.original_references].filter((n) => n !== null))];
  const rows = await tx.run(
    sql<{
      id: PaymentId;
      number: string;
      customer_id: CustomerId | null;
      amount_minor: bigint;
      received_on: PlainDate;
      returned_on: PlainDate | null;
      has_return_line: boolean;
      end_to_end_id: string | null;
      names: readonly (string | null)[];
      payer_name: string | null;
      payer_account: string | null;
    }>`
    with named as (
      select p.id from statement_line l join payment p on p.tenant_id = l.tenant_id and p.statement_line_id = l.id
      where l.tenant_id = ${tx.tenantId} and l.end_to_end_id = any(${arrayLiteral(names)}::text[])
      union select id from payment where tenant_id = ${tx.tenantId} and company_id = ${notice.company_id}
        and external_id = any(${arrayLiteral(names)}::text[])
      union select id from payment where tenant_id = ${tx.tenantId}
        and reference_key = any(select match_key(n) from unnest(${arrayLiteral(names)}::text[]) n) and reference_key <> '')
    select p.id, p.number, p.customer_id, p.amount_minor, p.received_on, p.returned_on, l.end_to_end_id,
      array[p.number, p.external_id, p.reference, l.bank_reference, l.structured_reference,
        l.details #>> '{details,0,transactionId}', l.details #>> '{details,0,instructionId}', l.details #>> '{details,0,uetr}'] as names,
      p.payer_name, p.payer_account,
      r.payment_id is not null and (r.statement_line_id is not null or exists (select from explained_payment s
        join line_explanation x on x.tenant_id = s.tenant_id and x.id = s.explanation_id and x.undone_at is null and x.kind = 'return'
        where s.tenant_id = p.tenant_id and s.payment_id = p.id)) as has_return_line
    from payment p
    left join statement_line l on l.tenant_id = p.tenant_id and l.id = p.statement_line_id
    left join payment_return r on r.tenant_id = p.tenant_id and r.payment_id = p.id
    where p.tenant_id = ${tx.tenantId} and p.company_id = ${notice.company_id} and p.currency = ${notice.currency}
      and p.direction = 'received' and p.amount_minor <= ${notice.amount_minor}
      and p.received_on between ${notice.returned_on}::date - ${CANDIDATE_DAYS}::int and ${notice.returned_on}::date
      and (p.id in (select id from named) or p.amount_minor = ${notice.amount_minor})
      and not (p.returned_on is not null and exists (select from line_explanation g where g.tenant_id = p.tenant_id
        and p.id in (g.given_up_id, g.recorded_id)))
      and not (p.batch_id is not null and p.returned_on = p.received_on)
    order by p.id in (select id from named) desc, p.payer_account is not distinct from ${notice.payer_account} desc,
      p.received_on desc, p.id limit ${CANDIDATES_MAX}::int`,
    { plan: 'fresh' },
  );
  return rows.map((row) => ({
    paymentId: row.id,
    number: row.number,
    customerId: row.customer_id,
    amount: money(row.amount_minor, notice.currency),
    receivedOn: row.received_on,
    isReturned: row.returned_on !== null,
    hasReturnLine: row.has_return_line,
    endToEndId: row.end_to_end_id,
    references: row.names.filter((name): name is string => name !== null && name !== ''),
    payerName: row.payer_name,
    payerAccount: row.payer_account,
  }));
}

/** Whether a payment came back before, as far as is known when a notice says that it did. */
export async function isReturned(tx: Tx, paymentId: PaymentId): Promise<boolean> {
  const row = await tx.find(sql`
    select 1 as found from payment
    where tenant_id = ${tx.tenantId} and id = ${paymentId} and returned_on is not null`);
  return row !== undefined;
}

/** Keeps that somebody did what a returned payment asks for. */
export function insertFollowUp(act: Act, paymentId: PaymentId, note: string): void {
  act.insert('return_follow_up', [
    { payment_id: paymentId, note, done_by: actorText(act.actor), recorded_at: act.now },
  ]);
}

/** Whose a returned payment was; nothing where it did not come back. */
export async function findReturnedCustomer(
  tx: Tx,
  paymentId: PaymentId,
): Promise<{ readonly customer_id: CustomerId | null } | undefined> {
  return tx.find(sql<{ customer_id: CustomerId | null }>`select p.customer_id from payment_return r
    join payment p on p.tenant_id = r.tenant_id and p.id = r.payment_id
    where r.tenant_id = ${tx.tenantId} and r.payment_id = ${paymentId}`);
}

// — what customers are asked for it —

/** Adds a version of the fee in a currency. */
export function insertFeeRule(
  act: Act,
  rule: { readonly companyId: CompanyId; readonly amount: Money; readonly validFrom: PlainDate },
): void {
  act.insert('return_fee_rule', [
    {
      id: newId(),
      company_id: rule.companyId,
      currency: rule.amount.currency,
      amount_minor: rule.amount.minor,
      valid_from: rule.validFrom,
      recorded_by: actorText(act.actor),
      recorded_at: act.now,
    },
  ]);
}

/** A version of the fee. */
export type FeeRuleRow = Selectable<DB['return_fee_rule']>;

/** The fees of a company that count on a day, by currency: the version that began last, and of one day the latest stated. */
export async function findFeeRules(tx: Tx, companyId: string, on: PlainDate): Promise<readonly FeeRuleRow[]> {
  return tx.run(sql<FeeRuleRow>`select distinct on (currency) * from return_fee_rule
    where tenant_id = ${tx.tenantId} and company_id = ${companyId} and valid_from <= ${on}
    order by currency, valid_from desc, recorded_at desc, id desc`);
}
