// SQL of the clocks: owners of receipts, what companies allow, escalations and who was told, and monthly figures.

import { type RawBuilder, sql } from 'kysely';
import type { Act } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { Instant } from '#kernel/calendar.ts';
import { newId } from '#kernel/id.ts';
import { waitingNow } from '#workbench/read-waiting.ts';
import type { ClockSetting } from './clock.ts';

const uuids = (ids: readonly string[]): RawBuilder<string[]> => sql`${arrayLiteral(ids)}::uuid[]`;

/** Whose a receipt is to apply, and when it escalated. */
export type Timing = {
  readonly payment_id: string;
  readonly owner_id: string | null;
  /** The team it waits for; one that ended has none. */
  readonly team_id: string | null;
  readonly escalated_at: Instant | null;
};

/** A receipt with the time it began to wait that is meant (see `workbench`). */
export type Round = { readonly paymentId: string; readonly round: number };

const rounds = (of: readonly Round[]): RawBuilder<unknown> =>
  sql`unnest(${uuids(of.map((one) => one.paymentId))}, ${arrayLiteral(of.map((one) => one.round))}::int[])`;

/** Whose a receipt was said to be last, as `o`; a team that ended has nothing. */
const ownerOf = (tx: Tx): RawBuilder<unknown> => sql`left join lateral (
    select r.user_id, case when not exists (select from receipt_team_version v where v.tenant_id = r.tenant_id
      and v.team_id = r.team_id and v.is_ended) then r.team_id end as team_id
    from receipt_owner r where r.tenant_id = ${tx.tenantId} and r.payment_id = w.id
    order by r.recorded_at desc, r.id desc limit 1) o on true`;

/** Owners of receipts, and escalations of the time they began to wait; those that have neither are left out. */
export async function findTimings(tx: Tx, of: readonly Round[]): Promise<readonly Timing[]> {
  return tx.run(
    sql<Timing>`
    select w.id as payment_id, o.user_id as owner_id, o.team_id, e.recorded_at as escalated_at
    from ${rounds(of)} as w (id, round)
    ${ownerOf(tx)}
    left join receipt_escalation e on e.tenant_id = ${tx.tenantId} and e.payment_id = w.id and e.round = w.round
    where o.user_id is not null or o.team_id is not null or e.recorded_at is not null`,
    { plan: 'fresh' },
  );
}

/** The moments before which receipts of a company are late, and escalated. */
export type ClockBounds = { readonly companyId: string; readonly late: Instant; readonly escalated: Instant };

/** How many receipts of companies wait in time, late, and escalated, and how many of all are somebody's to apply. */
export async function countWaiting(
  tx: Tx,
  of: {
    readonly companyId: string | undefined;
    readonly bounds: readonly ClockBounds[];
    readonly userId: string;
    /** Teams they are in. */
    readonly teamIds: readonly string[];
    readonly now: Instant;
  },
): Promise<{
  readonly running: number;
  readonly late: number;
  readonly escalated: number;
  readonly yours: number;
}> {
  const [row] = await tx.run(
    sql<{ all: bigint; late: bigint; escalated: bigint; yours: bigint }>`
    select count(*) as all, count(*) filter (where w.since < b.late) as late,
      count(*) filter (where w.since < b.escalated) as escalated,
      count(*) filter (where o.user_id = ${of.userId} or o.team_id = any(${uuids(of.teamIds)})) as yours
    from ${waitingNow(tx, of)} w
    join unnest(${uuids(of.bounds.map((one) => one.companyId))}, ${arrayLiteral(of.bounds.map((one) => one.late))}::timestamptz[],
      ${arrayLiteral(of.bounds.map((one) => one.escalated))}::timestamptz[]) as b(company_id, late, escalated)
      on b.company_id = w.company_id
    ${ownerOf(tx)}`,
    { plan: 'fresh' },
  );
  const { all, late, escalated, yours } = row ?? { all: 0n, late: 0n, escalated: 0n, yours: 0n };
  return {
    running: Number(all - late),
    late: Number(late - escalated),
    escalated: Number(escalated),
    yours: Number(yours),
  };
}

/** What companies allow, by company; those that state nothing are left out. */
export async function findClockSettings(tx: Tx): Promise<ReadonlyMap<string, ClockSetting>> {
  const rows = await tx.run(sql<ClockSetting & { company_id: string }>`
    select distinct on (company_id) company_id, apply_hours as "applyHours", escalate_hours as "escalateHours", counts
    from clock_setting where tenant_id = ${tx.tenantId} order by company_id, recorded_at desc, id desc`);
  return new Map(rows.map(({ company_id, ...setting }) => [company_id, setting]));
}

/** States what a company allows from now on. */
export function insertClockSetting(act: Act, companyId: string, setting: ClockSetting, by: string): void {
  act.insert('clock_setting', [
    {
      id: newId(),
      company_id: companyId,
      apply_hours: setting.applyHours,
      escalate_hours: setting.escalateHours,
      counts: setting.counts,
      stated_by: by,
      recorded_at: act.now,
    },
  ]);
}

/** Which of these receipts there are, received and not come back. */
export async function findReceiptIds(tx: Tx, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await tx.run(sql<{ id: string }>`select id from payment where tenant_id = ${tx.tenantId}
    and id = any(${uuids(ids)}) and direction = 'received' and returned_on is null`);
  return new Set(rows.map((row) => row.id));
}

/** Whose receipts are to be: a member's, a team's, or nobody's. */
export type GivenTo = { readonly userId: string | null; readonly teamId: string | null };

/** Gives receipts to somebody, to a team, or to nobody. */
export function insertOwners(
  act: Act,
  paymentIds: readonly string[],
  { userId, teamId }: GivenTo,
  by: string,
): void {
  act.insert(
    'receipt_owner',
    paymentIds.map((id) => ({
      id: newId(),
      payment_id: id,
      user_id: userId,
      team_id: teamId,
      assigned_by: by,
      recorded_at: act.now,
    })),
  );
}

/** Lets one worker at a time escalate in a tenant, until its transaction ends. */
export async function lockEscalation(act: Act): Promise<void> {
  await act.run(
    sql`select pg_advisory_xact_lock(hashtextextended('receipt-escalation ' || ${act.tenantId}, 0))`,
  );
}

/** Notes that receipts waited too long. */
export function insertEscalations(
  act: Act,
  rows: readonly (Round & {
    readonly hours: number;
    readonly ownerId: string | null;
    readonly teamId: string | null;
  })[],
): void {
  act.insert(
    'receipt_escalation',
    rows.map((row) => ({
      payment_id: row.paymentId,
      round: row.round,
      waited_hours: Math.floor(row.hours),
      owner_id: row.ownerId,
      team_id: row.teamId,
      recorded_at: act.now,
    })),
  );
}

/** Who was told of which escalations: `payment user`. */
export async function findEscalationsTold(tx: Tx, of: readonly Round[]): Promise<ReadonlySet<string>> {
  const rows = await tx.run(sql<{
    payment_id: string;
    user_id: string;
  }>`select payment_id, user_id from escalation_notice
    where tenant_id = ${tx.tenantId} and (payment_id, round) in (select * from ${rounds(of)})`);
  return new Set(rows.map((row) => `${row.payment_id} ${row.user_id}`));
}

/** Notes what somebody is about to be told. */
export function insertEscalationNotices(act: Act, userId: string, of: readonly Round[]): void {
  act.insert(
    'escalation_notice',
    of.map(({ paymentId, round }) => ({ payment_id: paymentId, round, user_id: userId, told_at: act.now })),
  );
}

/** Takes notes away of what surely did not reach somebody. */
export function deleteEscalationNotices(act: Act, userId: string, of: readonly Round[]): void {
  act.write(sql`delete from escalation_notice
    where tenant_id = ${act.tenantId} and user_id = ${userId} and (payment_id, round) in (select * from ${rounds(of)})`);
}

/** Receipts of a month that were recorded and wholly applied in the same moments, by company. */
export type AppliedGroup = {
  readonly company_id: string;
  readonly month: string;
  readonly recorded_at: Instant;
  readonly applied_at: Instant;
  readonly receipts: number;
};

/** Receipts recorded from a moment on that are wholly applied, with when the last of their money was. Imported history is left out. */
export async function findAppliedReceipts(
  tx: Tx,
  since: Instant,
  companyId: string | undefined,
): Promise<readonly AppliedGroup[]> {
  const ofCompany = companyId === undefined ? sql`` : sql`and p.company_id = ${companyId}`;
  return tx.run(
    sql<AppliedGroup>`
    select company_id, to_char(recorded_at at time zone 'UTC', 'YYYY-MM') as month, recorded_at, applied_at, count(*)::int as receipts
    from (
      select p.company_id, p.recorded_at, (select max(a.recorded_at) from open_item i
          join application a on a.tenant_id = i.tenant_id and a.credit_item_id = i.id
            and a.method not in ('transfer', 'handover')
          where i.tenant_id = p.tenant_id and i.document_id = p.id and a.reverses_id is null) as applied_at
      from payment p
      where p.tenant_id = ${tx.tenantId} and p.direction = 'received' and p.returned_on is null and p.batch_id is null
        and p.recorded_at >= ${since} ${ofCompany}
        and not exists (select from open_item i where i.tenant_id = p.tenant_id and i.document_id = p.id and i.open_minor < 0)
    ) r where applied_at is not null
    group by 1, 2, 3, 4`,
    { plan: 'fresh' },
  );
}

/** What a month's receipts of bank lines came to, how many were matched by the machine, and how much of that was taken back. */
export type MatchMonth = {
  readonly month: string;
  readonly receipts: number;
  /** Whose payer is known without a person having said so. */
  readonly payer_found: number;
  /** Wholly applied, all of it by the machine. */
  readonly applied_by_machine: number;
  /** Applications that the machine made, and those of them that were taken back though the money stayed. */
  readonly machine_made: number;
  readonly machine_reversed: number;
};

/** Figures of matching by the month of the money, of receipts that bank lines brought. */
export async function findMatchMonths(
  tx: Tx,
  from: Temporal.PlainDate,
  companyId: string | undefined,
): Promise<readonly MatchMonth[]> {
  const ofCompany = companyId === undefined ? sql`` : sql`and p.company_id = ${companyId}`;
  return tx.run(
    sql<MatchMonth>`
    select to_char(p.received_on, 'YYYY-MM') as month, count(*)::int as receipts,
      (count(*) filter (where p.customer_id is not null and not exists (select from event v where v.tenant_id = p.tenant_id
        and v.subject_id = p.id and v.type = 'payment.identified' and v.actor not like 'system:%')))::int as payer_found,
      (count(*) filter (where m.open_minor = 0 and m.standing > 0 and m.by_machine = m.standing))::int as applied_by_machine,
      coalesce(sum(m.made), 0)::int as machine_made, coalesce(sum(m.reversed), 0)::int as machine_reversed
    from payment p
    cross join lateral (
      select coalesce((select sum(i.open_minor) from open_item i
          where i.tenant_id = p.tenant_id and i.document_id = p.id), 0) as open_minor,
        count(*) filter (where not t.is_reversed) as standing,
        count(*) filter (where not t.is_reversed and t.is_machine) as by_machine,
        count(*) filter (where t.is_machine) as made, count(*) filter (where t.is_machine and t.is_reversed) as reversed
      from (
        select a.method in ('reference', 'amount') as is_machine,
          exists (select from application b where b.tenant_id = a.tenant_id and b.reverses_id = a.id) as is_reversed
        from open_item i join application a on a.tenant_id = i.tenant_id and a.credit_item_id = i.id
        where i.tenant_id = p.tenant_id and i.document_id = p.id and a.reverses_id is null
          and a.method not in ('transfer', 'return', 'handover')
      ) t
    ) m
    where p.tenant_id = ${tx.tenantId} and p.direction = 'received' and p.statement_line_id is not null and p.returned_on is null
      and p.received_on >= ${from} ${ofCompany}
    group by 1 order by 1`,
    { plan: 'fresh' },
  );
}
