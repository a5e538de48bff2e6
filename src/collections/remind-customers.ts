// A reminder run: every customer of a company who has something due to be said on a day, some at a time, each batch in a
// transaction of its own. It may stop anywhere and go on later, or run twice at once: what was said is not said again.

import { type Act, actorText, type Command, carryOut } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import type { JobTools } from '#identity/make-system-context.ts';
import { uuidFrom } from '#jobs/job.ts';
import { dayIn, isAfter, type PlainDate } from '#kernel/calendar.ts';
import { type CommandId, type CompanyId, type CustomerId, newId, type TenantId } from '#kernel/id.ts';
import { REMINDER_CUSTOMERS_AT_ONCE, REMINDER_CUSTOMERS_LOOKED_UP } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { Company } from '#parties/company.ts';
import { listCompanies, takeCompany } from '#parties/take-party.ts';
import { FIRST_POLICIES } from '#policies/policy.ts';
import { type LiveSet, readLiveSet, takePolicies } from '#policies/take-policies.ts';
import { customersToPlan, dueOf } from './plan-reminders.ts';
import { readPlan, type SeenLines } from './read-plan.ts';
import { type LeftOut, remindBatch } from './remind-batch.ts';
import { countStepsDue } from './store.ts';
import {
  findRun,
  insertLines,
  insertRun,
  type RunEnd,
  type RunRow,
  updateRunFinished,
} from './store-runs.ts';

/** The queue whose handler carries out a run. */
export const RUN_QUEUE = 'collections.remind';

export type StartReminderRun = {
  /** The day whose steps are said; left out, today where the company is. */
  readonly on?: PlainDate | undefined;
  /** Left out: all companies. */
  readonly companyId?: CompanyId | undefined;
  /** A person has looked at what is due: steps that wait for one are said too. */
  readonly approved?: boolean | undefined;
  /** Of the plan that was looked at, see `readPlan`: exactly that is said, and what changed meanwhile is passed over. */
  readonly fingerprint?: string | undefined;
};

export type ReminderRunsStarted = {
  readonly runs: readonly {
    readonly runId: string;
    readonly companyId: string;
    readonly runOn: string;
    readonly customers: number;
    readonly items: number;
  }[];
};

/**
 * Starts a reminder run of one company or of all; a job carries it out. Tells how many customers and items have a step due
 * by the books; what is left out of these is known when the run is done.
 *
 * Refuses: `company_not_found`, `run_in_future`, `person_needed` (a key or the clock has looked at nothing),
 * `plan_changed` (with the
 * fingerprint of the plan as it is now).
 */
export const startReminderRun: Command<StartReminderRun, ReminderRunsStarted> = {
  name: 'start-reminder-run',
  permission: 'reminder.send',
  async run(act, { on, companyId, approved = false, fingerprint }) {
    if (approved && act.actor.kind !== 'user') throw new Refusal('person_needed');
    const companies =
      companyId === undefined ? await listCompanies(act) : [await takeCompany(act, companyId)];
    const live = await takePolicies(act);
    const wanted = companies.map((company) => dayOf(act, company, on));
    const lines =
      fingerprint === undefined ? [] : await takeLines(act, wanted, { live, approved, fingerprint });
    const runs = [];
    for (const [index, { company, runOn }] of wanted.entries())
      runs.push(await startOne(act, company, live, { runOn, approved, lines: lines[index] }));
    return { runs };
  },
};

type OfCompany = { readonly company: Company; readonly runOn: PlainDate };

function dayOf(act: Act, company: Company, on: PlainDate | undefined): OfCompany {
  const today = dayIn(company.timeZone, act.now);
  const runOn = on ?? today;
  if (isAfter(runOn, today))
    throw new Refusal('run_in_future', { on: runOn.toString(), today: today.toString() });
  return { company, runOn };
}

/** What each customer of each company is to be told, as it was seen. Refuses: `plan_changed`. */
async function takeLines(
  act: Act,
  wanted: readonly OfCompany[],
  seen: { readonly live: LiveSet; readonly approved: boolean; readonly fingerprint: string },
): Promise<readonly SeenLines[]> {
  const { policies } = seen.live;
  const plan = await readPlan(
    act,
    wanted.map(({ company, runOn }) => ({
      company,
      policies,
      on: runOn,
      now: act.now,
      approved: seen.approved,
    })),
  );
  if (plan.fingerprint !== seen.fingerprint)
    throw new Refusal('plan_changed', { fingerprint: plan.fingerprint });
  return plan.lines;
}

async function startOne(
  act: Act,
  company: Company,
  { setId, policies }: LiveSet,
  run: { readonly runOn: PlainDate; readonly approved: boolean; readonly lines: SeenLines | undefined },
) {
  const { runOn, approved, lines } = run;
  const runId = newId<'reminder_run'>();
  const due = await countStepsDue(act, company.id, dueOf(policies, runOn));
  const started = { company_id: company.id, run_on: runOn, started_by: actorText(act.actor), approved };
  insertRun(act, { id: runId, ...started, set_id: setId, looked_at: lines !== undefined });
  if (lines) insertLines(act, runId, lines);
  act.enqueue({ queue: RUN_QUEUE, payload: { runId }, key: runId });
  act.record({
    type: 'reminders.started',
    subjectId: runId,
    data: { companyId: company.id, on: runOn.toString(), approved, lookedAt: lines !== undefined, ...due },
  });
  return { runId, companyId: company.id, runOn: runOn.toString(), ...due };
}

/** What carrying out a run needs. */
export type RemindTools = Pick<JobTools, 'door' | 'clock' | 'contextOf'>;

/**
 * A run on its way: what it left out so far; `failures` are customers that could not be reminded, for a reason that is no refusal.
 * `replaced`: a person approved it, and other policies than those they looked at are in force.
 */
type Going = {
  readonly run: RunRow;
  readonly left: { -readonly [K in keyof LeftOut]: LeftOut[K] };
  readonly failures: unknown[];
  replaced: boolean;
  /** Customers that would be told something which nobody saw when the run was started. */
  appeared: number;
};

/** The set whose steps a person approved with a run; those of a run that nobody approved are the ones in force then. */
const approvedSetOf = ({ approved, set_id }: RunRow) => (approved ? (set_id ?? undefined) : undefined);

/** Batches of customers reminded at the same time; each waits for the database most of the time. */
const LANES = 3;

/**
 * Carries out a run that was started, to its end. Started again after it was interrupted, or by several at once, it says
 * what is left to be said. One that a person approved ends once other policies are in force than those they looked at.
 * Refuses: `run_not_found`.
 */
export async function performRun(tools: RemindTools, tenantId: TenantId, runId: string): Promise<void> {
  const { pool } = tools.door;
  const { run, company } = await inTenant(pool, tenantId, async (tx) => {
    const found = await findRun(tx, runId);
    if (!found) throw new Refusal('run_not_found', { runId });
    return { run: found, company: await takeCompany(tx, found.company_id as CompanyId) };
  });
  if (run.finished_at !== null) return;
  const left = { items: 0, itemsForPerson: 0, customersWithoutEmail: 0 };
  const going: Going = { run, left, failures: [], replaced: false, appeared: 0 };
  let after: CustomerId | undefined;
  do {
    const ids = await lookUp(tools, tenantId, going, { company, after });
    await inLanes(batchesOf(ids), async (batch) => {
      if (!going.replaced) await remind(tools, tenantId, going, batch);
    });
    after = ids.length < REMINDER_CUSTOMERS_LOOKED_UP ? undefined : ids.at(-1);
  } while (after !== undefined && !going.replaced);
  // One customer that cannot be reminded keeps nobody else waiting; the run is tried again for it.
  if (going.failures.length > 0) throw going.failures[0];
  const stoppedFor = going.replaced ? 'policies_replaced' : null;
  await carryOut(tools.door, await tools.contextOf(tenantId), finishReminderRun, {
    runId,
    left,
    stoppedFor,
    appeared: going.appeared,
  });
}

/** The next customers that may have something to hear; nobody where a person approved other policies than are in force. */
function lookUp(
  tools: RemindTools,
  tenantId: TenantId,
  going: Going,
  { company, after }: { readonly company: Company; readonly after: CustomerId | undefined },
): Promise<readonly CustomerId[]> {
  const { run } = going;
  return inTenant(tools.door.pool, tenantId, async (tx) => {
    const live = await readLiveSet(tx);
    const approved = approvedSetOf(run);
    going.replaced = approved !== undefined && approved !== live?.id;
    if (going.replaced) return [];
    const { policies } = live?.file ?? FIRST_POLICIES;
    const what = { company, policies, on: run.run_on, now: tools.clock(), approved: run.approved };
    return customersToPlan(tx, what, { after, limit: REMINDER_CUSTOMERS_LOOKED_UP });
  });
}

function batchesOf(ids: readonly CustomerId[]): readonly (readonly CustomerId[])[] {
  const count = Math.ceil(ids.length / REMINDER_CUSTOMERS_AT_ONCE);
  return Array.from({ length: count }, (_, n) =>
    ids.slice(n * REMINDER_CUSTOMERS_AT_ONCE, (n + 1) * REMINDER_CUSTOMERS_AT_ONCE),
  );
}

/**
 * Reminds customers. Where that fails, each is reminded alone, so that one of them takes nothing from the others. That there is
 * nothing left to say to somebody is no failure: they paid, or another run was quicker.
 */
async function remind(
  tools: RemindTools,
  tenantId: TenantId,
  going: Going,
  customerIds: readonly CustomerId[],
): Promise<void> {
  const { id: runId, company_id, run_on: on, approved, looked_at: lookedAt } = going.run;
  const approvedSetId = approvedSetOf(going.run);
  const of = { runId, companyId: company_id as CompanyId, customerIds, on };
  const input = { ...of, approved, approvedSetId, lookedAt };
  try {
    const { left, appeared } = await carryOut(
      tools.door,
      await tools.contextOf(tenantId),
      remindBatch,
      input,
    );
    going.appeared += appeared;
    going.left.items += left.items;
    going.left.itemsForPerson += left.itemsForPerson;
    going.left.customersWithoutEmail += left.customersWithoutEmail;
  } catch (error) {
    const code = error instanceof Refusal ? error.code : undefined;
    if (code === 'policies_replaced') going.replaced = true;
    else if (customerIds.length > 1)
      for (const one of customerIds) await remind(tools, tenantId, going, [one]);
    else if (code !== 'nothing_to_say') going.failures.push(error);
  }
}

async function inLanes<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const waiting = all.values();
  const lane = async () => {
    for (const one of waiting) await work(one);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

const finishReminderRun: Command<{ readonly runId: string } & RunEnd, null> = {
  name: 'finish-reminder-run',
  permission: 'reminder.send',
  async run(act, { runId, ...end }) {
    updateRunFinished(act, runId, end);
    const { left, stoppedFor, appeared } = end;
    act.record({ type: 'reminders.finished', subjectId: runId, data: { ...left, stoppedFor, appeared } });
    return null;
  },
};

/**
 * Starts today's runs of a tenant, each company's once its day has come to the time its policies name. A tenant
 * without policies of its own sends nothing by itself: somebody starts the first run, or puts policies in force.
 */
export async function startDailyRuns(tools: RemindTools, tenantId: TenantId): Promise<void> {
  const now = tools.clock();
  const { live, companies } = await inTenant(tools.door.pool, tenantId, async (tx) => ({
    live: await readLiveSet(tx),
    companies: await listCompanies(tx),
  }));
  if (!live?.file.runsDaily) return;
  for (const company of companies) {
    const local = now.toZonedDateTimeISO(company.timeZone);
    if (Temporal.PlainTime.compare(local.toPlainTime(), Temporal.PlainTime.from(live.file.runsAt)) < 0)
      continue;
    const on = local.toPlainDate();
    const commandId = uuidFrom(`daily-reminders\n${company.id}\n${on.toString()}`) as CommandId;
    const context = await tools.contextOf(tenantId);
    await carryOut(tools.door, context, startReminderRun, { on, companyId: company.id }, { commandId });
  }
}
