// SQL of experiments: what was registered, who took part, what came of it, and how it ended.

import { type RawBuilder, sql } from 'kysely';
import type { Act } from '#command/command.ts';
import type { NewRow } from '#db/insert.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { Instant, PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId, ItemId } from '#kernel/id.ts';
import type { DayOutcome } from './comparison.ts';
import type { Arm, EndKind, Entered, Experiment, Metric } from './experiment.ts';

/** An experiment as it is stored, with how it ended. */
export type ExperimentRow = Experiment & {
  readonly number: number;
  readonly name: string;
  readonly note: string;
  readonly phase: string;
  readonly metric: Metric;
  readonly windowDays: number;
  readonly expected: number;
  readonly registeredBy: string;
  readonly recordedAt: Instant;
  readonly endKind: EndKind | null;
  readonly endedOn: PlainDate | null;
  readonly endNote: string | null;
};

const COLUMNS = sql`e.id, e.number, e.name, e.note, e.policy_code as "policyCode", e.offset_days as "offsetDays", e.phase, e.kind,
  e.later_days as "laterDays", e.share_percent as "sharePercent", e.seed, e.metric, e.window_days as "windowDays", e.expected,
  e.starts_on as "startsOn", e.ends_on as "endsOn", e.registered_by as "registeredBy", e.recorded_at as "recordedAt",
  x.kind as "endKind", x.ended_on as "endedOn", x.note as "endNote"`;

function select(tx: Tx, where: RawBuilder<unknown>): Promise<readonly ExperimentRow[]> {
  return tx.run(
    sql<ExperimentRow>`select ${COLUMNS} from experiment e
      left join experiment_end x on x.tenant_id = e.tenant_id and x.experiment_id = e.id
      where e.tenant_id = ${tx.tenantId} and ${where} order by e.number desc`,
  );
}

/** Lets one alone register or end experiments until the transaction ends. */
export async function lockExperiments(act: Act): Promise<void> {
  await act.run(sql`select pg_advisory_xact_lock(hashtextextended(${`experiments ${act.tenantId}`}, 0))`);
}

/** Experiments, the latest first. */
export function findExperiments(tx: Tx, limit: number): Promise<readonly ExperimentRow[]> {
  return select(
    tx,
    sql`e.number > (select coalesce(max(n.number), 0) - ${limit}::int from experiment n
    where n.tenant_id = ${tx.tenantId})`,
  );
}

/** One experiment. */
export async function findExperiment(tx: Tx, id: string): Promise<ExperimentRow | undefined> {
  return (await select(tx, sql`e.id = ${id}::uuid`))[0];
}

/** Those that have not ended, whether they began or not. */
export function findUnended(tx: Tx): Promise<readonly ExperimentRow[]> {
  return select(tx, sql`x.experiment_id is null`);
}

/** Registers one under the next number, which it gives. */
export async function insertExperiment(act: Act, row: Omit<NewRow<'experiment'>, 'number'>): Promise<number> {
  const last = await act.find(sql<{ number: number }>`
    select number from experiment where tenant_id = ${act.tenantId} order by number desc limit 1`);
  const number = (last?.number ?? 0) + 1;
  act.insert('experiment', [{ ...row, number }]);
  return number;
}

/** Keeps that one ended. */
export function insertEnd(act: Act, row: NewRow<'experiment_end'>): void {
  act.insert('experiment_end', [row]);
}

/** A customer who is to take part, with what was open then. */
export type NewEntry = {
  readonly experimentId: string;
  readonly customerId: CustomerId;
  readonly companyId: CompanyId;
  readonly arm: Arm;
  readonly enteredOn: PlainDate;
  readonly items: readonly { readonly itemId: ItemId; readonly openMinor: bigint }[];
};

/** Takes customers in who do not take part yet. */
export async function insertEntries(act: Act, entries: readonly NewEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const list = (of: (entry: NewEntry) => string) => arrayLiteral(entries.map(of));
  const rows = await act.run(sql<{ experiment_id: string; customer_id: string }>`
    insert into experiment_entry (tenant_id, experiment_id, customer_id, company_id, arm, entered_on, recorded_at)
    select ${act.tenantId}, n.*, ${act.now} from unnest(${list((e) => e.experimentId)}::uuid[],
      ${list((e) => e.customerId)}::uuid[],
      ${list((e) => e.companyId)}::uuid[], ${list((e) => e.arm)}::text[], ${list((e) => e.enteredOn.toString())}::date[]) n
    on conflict do nothing returning experiment_id, customer_id`);
  const added = new Set(rows.map((row) => `${row.experiment_id} ${row.customer_id}`));
  const items = entries
    .filter(({ experimentId, customerId }) => added.has(`${experimentId} ${customerId}`))
    .flatMap(({ experimentId, customerId, items: own }) =>
      own.map(({ itemId, openMinor }) => ({
        experiment_id: experimentId,
        customer_id: customerId,
        item_id: itemId,
        open_minor: openMinor,
      })),
    );
  act.insert('experiment_item', items);
}

/** Since when customers take part in experiments. */
export async function findEntered(
  tx: Tx,
  experimentIds: readonly string[],
  customerIds: readonly CustomerId[],
): Promise<readonly (Entered & { readonly customerId: CustomerId })[]> {
  if (experimentIds.length === 0) return [];
  return tx.run(sql<Entered & { customerId: CustomerId }>`
    select experiment_id as "experimentId", customer_id as "customerId", entered_on as "enteredOn" from experiment_entry
    where tenant_id = ${tx.tenantId} and experiment_id = any(${arrayLiteral(experimentIds)}::uuid[])
      and customer_id = any(${arrayLiteral(customerIds)}::uuid[])`);
}

/** When an experiment is looked at: what happened by a day, as known at a moment. */
export type LookedAt = { readonly asOf: PlainDate; readonly knownAt?: Instant | undefined };

/**
 * What became of customers who take part. One has paid when money came by the end of the window and of what was open nothing
 * is left, credits taken off; `days` until the last of that money, or the whole window.
 */
function accounts(experiment: Pick<ExperimentRow, 'id' | 'windowDays'>, when: LookedAt): RawBuilder<unknown> {
  const known = (column: RawBuilder<unknown>) =>
    when.knownAt === undefined ? sql`true` : sql`${column} <= ${when.knownAt}::timestamptz`;
  return sql`
    taking_part as (
      select e.tenant_id, e.customer_id, e.company_id, e.arm, e.entered_on, e.recorded_at,
        e.entered_on + ${experiment.windowDays}::int as until
      from experiment_entry e where e.tenant_id = current_tenant() and e.experiment_id = ${experiment.id}::uuid
        and e.entered_on <= ${when.asOf}::date and ${known(sql`e.recorded_at`)}),
    settled as (
      select e.customer_id, x.item_id, x.open_minor,
        coalesce(sum(a.amount_minor + a.discount_minor + a.difference_minor) filter (where y.received_on <= e.until), 0) as got,
        coalesce(sum(a.amount_minor + a.discount_minor + a.difference_minor) filter (where c.id is not null and y.id is null), 0)
          as relieved,
        max(y.received_on) filter (where y.received_on <= e.until and a.reverses_id is null
          and not exists (select from application b where b.tenant_id = a.tenant_id and b.reverses_id = a.id
            and b.applied_on <= ${when.asOf}::date and ${known(sql`b.recorded_at`)})) as last_on
      from taking_part e
      join experiment_item x on x.tenant_id = e.tenant_id and x.experiment_id = ${experiment.id}::uuid
        and x.customer_id = e.customer_id
      left join application a on a.tenant_id = x.tenant_id and a.debit_item_id = x.item_id and a.recorded_at > e.recorded_at
        and a.applied_on <= ${when.asOf}::date and ${known(sql`a.recorded_at`)}
      left join open_item c on c.tenant_id = a.tenant_id and c.id = a.credit_item_id
      left join payment y on y.tenant_id = c.tenant_id and y.id = c.document_id and c.kind in ('payment', 'transfer', 'handover')
      group by e.customer_id, x.item_id, x.open_minor),
    account as (
      select e.*, p.paid, case when p.paid then greatest(0, p.last_on - e.entered_on)
        else ${experiment.windowDays}::int end as days
      from taking_part e
      join (select customer_id, bool_and(got + relieved >= open_minor) and sum(got) > 0 as paid, max(last_on) as last_on
        from settled group by customer_id) p on p.customer_id = e.customer_id)`;
}

/** What came of customers whose window is over, by the day on which it was. */
export async function findOutcomes(
  tx: Tx,
  experiment: Pick<ExperimentRow, 'id' | 'windowDays'>,
  when: LookedAt,
): Promise<readonly DayOutcome[]> {
  return tx.run(
    sql<DayOutcome>`
      with ${accounts(experiment, when)}
      select arm, until as "on", count(*)::int as of, (count(*) filter (where paid))::int as paid, sum(days)::int as days,
        sum(days * days)::int as squares
      from account where until <= ${when.asOf}::date group by arm, until order by until, arm`,
    { plan: 'fresh' },
  );
}

/** How many customers take part, by part. */
export async function countEntries(
  tx: Tx,
  experimentIds: readonly string[],
): Promise<readonly { readonly experimentId: string; readonly arm: Arm; readonly entered: number }[]> {
  return tx.run(sql<{ experimentId: string; arm: Arm; entered: number }>`
    select experiment_id as "experimentId", arm, count(*)::int as entered from experiment_entry
    where tenant_id = ${tx.tenantId} and experiment_id = any(${arrayLiteral(experimentIds)}::uuid[])
    group by experiment_id, arm`);
}

/** A customer who takes part. */
export type EntryRow = {
  readonly customerId: string;
  readonly customerNumber: string;
  readonly customerName: string;
  readonly arm: Arm;
  readonly enteredOn: PlainDate;
  readonly until: PlainDate;
  readonly paid: boolean;
  readonly days: number;
};

/** Customers who take part with what became of them, the latest first. */
export async function findEntries(
  tx: Tx,
  experiment: Pick<ExperimentRow, 'id' | 'windowDays'>,
  when: LookedAt,
  page: { readonly after: readonly [PlainDate, string] | undefined; readonly limit: number },
): Promise<readonly EntryRow[]> {
  const after = page.after
    ? sql`(a.entered_on, a.customer_id) < (${page.after[0]}::date, ${page.after[1]}::uuid)`
    : sql`true`;
  return tx.run(
    sql<EntryRow>`
      with ${accounts(experiment, when)}
      select a.customer_id as "customerId", u.number as "customerNumber", u.name as "customerName", a.arm,
        a.entered_on as "enteredOn", a.until, a.paid, a.days
      from account a join customer u on u.tenant_id = a.tenant_id and u.id = a.customer_id
      where ${after} order by a.entered_on desc, a.customer_id desc limit ${page.limit}::int`,
    { plan: 'fresh' },
  );
}
