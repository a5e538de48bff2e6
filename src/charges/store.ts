// SQL that writes charges, policies, rates and exclusions, and locks what commands change. Reading for charging stands in
// store-situation, reading for people in store-lists.

import { type Selectable, sql } from 'kysely';
import { type Act, actorText } from '#command/command.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import { jsonText } from '#kernel/canonical.ts';
import { type CompanyId, type CustomerId, type ItemId, newId } from '#kernel/id.ts';
import { decimalText } from '#kernel/percent.ts';
import type { DebtorKind, PolicyVersion } from './policy.ts';
import type { ReadyCharge } from './posting.ts';
import type { ReferenceRate } from './reference-rate.ts';

/** A stored charge or credit. */
export type ChargeRow = Omit<Selectable<DB['charge']>, 'company_id' | 'customer_id' | 'kind' | 'because'> & {
  readonly company_id: CompanyId;
  readonly customer_id: CustomerId;
  readonly kind: ReadyCharge['kind'];
  readonly because: ReadyCharge['because'];
};

/** A charge with the number it got, and what it is worth in the books. */
export type PostedCharge = {
  readonly charge: ReadyCharge;
  readonly number: string;
  readonly rate: string;
  readonly functionalMinor: bigint;
};

/** Adds charges with their parts and sheets. */
export function insertCharges(act: Act, posted: readonly PostedCharge[]): void {
  act.insert(
    'charge',
    posted.map(({ charge, number, rate, functionalMinor }) => ({
      id: charge.id,
      kind: charge.kind,
      company_id: charge.companyId,
      customer_id: charge.customerId,
      number,
      charged_on: charge.chargedOn,
      through_on: charge.through,
      due_on: charge.dueOn,
      currency: charge.total.currency,
      interest_minor: charge.interest.minor,
      fee_minor: charge.fees.minor,
      total_minor: charge.total.minor,
      rate,
      functional_minor: functionalMinor,
      tax_category: 'O',
      because: charge.because,
      reason: charge.reason,
      corrects_id: charge.correctsId,
      recorded_at: act.now,
    })),
  );
  const parts = posted.flatMap(({ charge }) =>
    charge.parts.map((part, index) => ({ part, charge_id: charge.id, part_no: index + 1 })),
  );
  act.insert(
    'charge_part',
    parts.map(({ part, charge_id, part_no }) => ({
      charge_id,
      part_no,
      kind: part.kind,
      item_id: part.itemId,
      document_id: part.documentId,
      fee_id: part.feeId,
      reference: part.reference,
      from_on: part.from,
      to_on: part.to,
      amount_minor: part.amount.minor,
      policy_id: part.policyId,
    })),
  );
  act.insert(
    'charge_span',
    parts.flatMap(({ part, charge_id, part_no }) =>
      part.spans.map((span, index) => ({
        charge_id,
        part_no,
        line_no: index + 1,
        from_on: span.from,
        to_on: span.to,
        days: span.days,
        year_days: span.yearDays,
        base_minor: span.baseMinor,
        percent: decimalText(span.percent),
        source: span.source,
        exact: span.exact.toString(),
      })),
    ),
  );
}

/** Charges of a customer that are not settled, as their open items, the oldest first. */
export async function findOpenChargeItems(
  tx: Tx,
  of: { readonly companyId: CompanyId; readonly customerId: CustomerId; readonly currency: string },
): Promise<readonly ItemId[]> {
  const rows = await tx.run(sql<{ id: ItemId }>`
    select id from open_item where tenant_id = ${tx.tenantId} and customer_id = ${of.customerId}
      and company_id = ${of.companyId} and currency = ${of.currency} and kind = 'charge' and open_minor > 0
    order by posted_on, id`);
  return rows.map((row) => row.id);
}

/** One charge or credit, locked against being waived or reinstated by others. */
export async function lockCharge(tx: Tx, id: string): Promise<ChargeRow | undefined> {
  return tx.find(
    sql<ChargeRow>`select * from charge where tenant_id = ${tx.tenantId} and id = ${id} for no key update`,
  );
}

/** Waivers of a charge that stand. */
export async function findStandingWaivers(tx: Tx, chargeId: string): Promise<readonly ChargeRow[]> {
  return tx.run(sql<ChargeRow>`
    select c.* from charge c where c.tenant_id = ${tx.tenantId} and c.corrects_id = ${chargeId}
      and not exists (select from charge_undo u where u.tenant_id = c.tenant_id and u.charge_id = c.id)
    order by c.recorded_at, c.id`);
}

/** Whether a waiver was taken back. */
export async function isUndone(tx: Tx, chargeId: string): Promise<boolean> {
  const row = await tx.find(
    sql`select 1 as found from charge_undo where tenant_id = ${tx.tenantId} and charge_id = ${chargeId}`,
  );
  return row !== undefined;
}

/** Keeps that and why a waiver was taken back. */
export function insertUndo(act: Act, chargeId: string, on: PlainDate, reason: string): void {
  act.insert('charge_undo', [{ charge_id: chargeId, undone_on: on, reason, recorded_at: act.now }]);
}

/** Adds a version of a policy. */
export function insertPolicy(act: Act, companyId: CompanyId, policy: PolicyVersion): void {
  act.insert('charge_policy', [
    {
      id: policy.id,
      company_id: companyId,
      customer_id: policy.customerId,
      valid_from: policy.validFrom,
      terms: policy.terms === null ? null : jsonText(policy.terms),
      exempt: policy.exempt,
      recorded_by: actorText(act.actor),
      recorded_at: act.now,
    },
  ]);
}

/** Adds reference rates as stated. */
export function insertReferenceRates(act: Act, rates: readonly ReferenceRate[]): void {
  act.insert(
    'reference_rate',
    rates.map((rate) => ({
      id: newId(),
      code: rate.code,
      valid_from: rate.validFrom,
      percent: decimalText(rate.percent),
      source: rate.source,
      recorded_by: actorText(act.actor),
      recorded_at: act.now,
    })),
  );
}

/** Keeps what kind of debtor a customer is. */
export function insertDebtorKind(act: Act, customerId: CustomerId, kind: DebtorKind): void {
  act.insert('debtor_kind', [
    { id: newId(), customer_id: customerId, kind, recorded_by: actorText(act.actor), recorded_at: act.now },
  ]);
}

/** What is left out of interest, as stored. */
export type ExclusionRow = Selectable<DB['charge_exclusion']>;

/** Adds what is left out of interest. */
export function insertExclusion(
  act: Act,
  exclusion: Pick<ExclusionRow, 'id' | 'item_id' | 'amount_minor' | 'from_on' | 'to_on' | 'reason'>,
): void {
  act.insert('charge_exclusion', [
    {
      ...exclusion,
      placed_by: actorText(act.actor),
      recorded_at: act.now,
      released_at: null,
      annulled: false,
    },
  ]);
}

/** One exclusion, locked. */
export async function lockExclusion(tx: Tx, id: string): Promise<ExclusionRow | undefined> {
  return tx.find(
    sql<ExclusionRow>`select * from charge_exclusion where tenant_id = ${tx.tenantId} and id = ${id} for update`,
  );
}

/** Notes that an exclusion ends on a day, or counts as never having been. */
export function updateReleased(
  act: Act,
  id: string,
  end: { readonly to: PlainDate | null; readonly annulled: boolean },
): void {
  act.write(
    sql`update charge_exclusion set released_at = ${act.now}, to_on = ${end.to}, annulled = ${end.annulled}
      where tenant_id = ${act.tenantId} and id = ${id} and released_at is null`,
    { rows: 1, rule: 'the exclusion that is released stands' },
  );
}

/** The fee of a reminder that left. */
export type NewFee = {
  readonly companyId: CompanyId;
  readonly customerId: CustomerId;
  readonly messageId: string;
  readonly phase: string;
  readonly currency: string;
  readonly minor: bigint;
  readonly on: PlainDate;
};

/** Adds the fees of reminders that left, unless a message has just that one already. */
export function insertFees(act: Act, fees: readonly NewFee[]): void {
  if (fees.length === 0) return;
  const all = <T>(of: (fee: NewFee) => T) => arrayLiteral(fees.map(of));
  act.write(sql`
    insert into charge_fee (tenant_id, id, company_id, customer_id, message_id, phase, currency, amount_minor, incurred_on,
      recorded_at, version)
    select ${act.tenantId}::uuid, n.id, n.company_id, n.customer_id, n.message_id, n.phase, n.currency, n.minor, n.incurred_on,
      ${act.now}::timestamptz, coalesce(f.version, 0) + 1
    from unnest(${all(() => newId())}::uuid[], ${all(({ companyId }) => companyId)}::uuid[],
        ${all(({ customerId }) => customerId)}::uuid[], ${all(({ messageId }) => messageId)}::uuid[],
        ${all(({ phase }) => phase)}::text[], ${all(({ currency }) => currency)}::char(3)[],
        ${all(({ minor }) => minor)}::bigint[], ${all(({ on }) => on)}::date[])
        n(id, company_id, customer_id, message_id, phase, currency, minor, incurred_on)
      left join lateral (select * from charge_fee where tenant_id = ${act.tenantId} and message_id = n.message_id
        order by version desc limit 1) f on true
    where case when f.version is null then n.minor > 0
      else (n.phase, n.currency, n.minor, n.incurred_on) <> (f.phase, f.currency, f.amount_minor, f.incurred_on) end`);
}
