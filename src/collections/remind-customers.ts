// A reminder run: every customer of a company who has something due to be said on a day, one after the other, each in a
// transaction of its own. It may stop anywhere and go on later, or run twice at once: what was said is not said again.

import { type Act, actorText, type Command, carryOut } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import type { JobTools } from '#identity/make-system-context.ts';
import { uuidFrom } from '#jobs/job.ts';
import { present } from '#kernel/assert.ts';
import { dayIn, isAfter, type PlainDate } from '#kernel/calendar.ts';
import { type CommandId, type CompanyId, type CustomerId, newId, type TenantId } from '#kernel/id.ts';
import { REMINDER_CUSTOMERS_LOOKED_UP, REMINDER_CUSTOMERS_PLANNED } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { Company } from '#parties/company.ts';
import { listCompanies, takeCompany } from '#parties/take-party.ts';
import type { Policy } from '#policies/policy.ts';
import { readLiveSet, readPolicies, takePolicies } from '#policies/take-policies.ts';
import { customersToPlan, dueOf, type PlannedReminder, planFor } from './plan-reminders.ts';
import { remindCustomer } from './remind-customer.ts';
import { countStepsDue } from './store.ts';
import { findRun, insertRun, type RunRow, updateRunFinished } from './store-runs.ts';

/** The queue whose handler carries out a run. */
export const RUN_QUEUE = 'collections.remind';

export type StartReminderRun = {
  /** The day whose steps are said; left out, today where the company is. */
  readonly on?: PlainDate | undefined;
  /** Left out: all companies. */
  readonly companyId?: CompanyId | undefined;
  /** A person has looked at what is due: steps that wait for one are said too. */
  readonly approved?: boolean | undefined;
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
 * Refuses: `company_not_found`, `run_in_future`, `person_needed` (a key or the clock has looked at nothing).
 */
export const startReminderRun: Command<StartReminderRun, ReminderRunsStarted> = {
  name: 'start-reminder-run',
  permission: 'reminder.send',
  async run(act, { on, companyId, approved = false }) {
    if (approved && act.actor.kind !== 'user') throw new Refusal('person_needed');
    const companies =
      companyId === undefined ? await listCompanies(act) : [await takeCompany(act, companyId)];
    const { policies } = await takePolicies(act);
    const runs = [];
    for (const company of companies) runs.push(await startOne(act, company, policies, { on, approved }));
    return { runs };
  },
};

async function startOne(
  act: Act,
  company: Company,
  policies: readonly Policy[],
  { on, approved }: { readonly on: PlainDate | undefined; readonly approved: boolean },
) {
  const today = dayIn(company.timeZone, act.now);
  const runOn = on ?? today;
  if (isAfter(runOn, today))
    throw new Refusal('run_in_future', { on: runOn.toString(), today: today.toString() });
  const runId = newId<'reminder_run'>();
  const due = await countStepsDue(act, company.id, dueOf(policies, runOn));
  const started = { company_id: company.id, run_on: runOn, started_by: actorText(act.actor), approved };
  insertRun(act, { id: runId, ...started });
  act.enqueue({ queue: RUN_QUEUE, payload: { runId }, key: runId });
  act.record({
    type: 'reminders.started',
    subjectId: runId,
    data: { companyId: company.id, on: runOn.toString(), approved, ...due },
  });
  return { runId, companyId: company.id, runOn: runOn.toString(), ...due };
}

/** What carrying out a run needs. */
export type RemindTools = Pick<JobTools, 'door' | 'clock' | 'contextOf'>;

/** What a run left out so far. */
type LeftOut = { items: number; itemsForPerson: number; customersWithoutEmail: number };

/** A run on its way: `failures` are customers that could not be reminded, for a reason that is no refusal. */
type Going = { readonly run: RunRow; readonly left: LeftOut; readonly failures: unknown[] };

/** Customers reminded at the same time; each waits for the database most of the time. */
const LANES = 3;

/**
 * Carries out a run that was started, to its end. Started again after it was interrupted, or by several at once, it says
 * what is left to be said. Refuses: `run_not_found`.
 */
export async function performRun(tools: RemindTools, tenantId: TenantId, runId: string): Promise<void> {
  const { pool } = tools.door;
  const { run, company } = await inTenant(pool, tenantId, async (tx) => {
    const found = await findRun(tx, runId);
    if (!found) throw new Refusal('run_not_found', { runId });
    return { run: found, company: await takeCompany(tx, found.company_id as CompanyId) };
  });
  if (run.finished_at !== null) return;
  const going: Going = { run, left: { items: 0, itemsForPerson: 0, customersWithoutEmail: 0 }, failures: [] };
  for await (const planned of planInBatches(tools, tenantId, run, company)) {
    count(going.left, planned);
    const toRemind = planned.filter(({ plan }) => plan.items.length > 0).map(({ customer }) => customer.id);
    await inLanes(toRemind, (customerId) => remindOne(tools, tenantId, going, customerId));
  }
  // One customer that cannot be reminded keeps nobody else waiting; the run is tried again for it.
  if (going.failures.length > 0) throw going.failures[0];
  await carryOut(tools.door, await tools.contextOf(tenantId), finishReminderRun, { runId, left: going.left });
}

async function* planInBatches(
  tools: RemindTools,
  tenantId: TenantId,
  run: RunRow,
  company: Company,
): AsyncGenerator<readonly PlannedReminder[]> {
  const { pool } = tools.door;
  let after: CustomerId | undefined;
  for (;;) {
    const from = after;
    const what = { company, on: run.run_on, now: tools.clock(), approved: run.approved };
    const ids = await inTenant(pool, tenantId, async (tx) =>
      customersToPlan(
        tx,
        { ...what, policies: (await readPolicies(tx)).policies },
        { after: from, limit: REMINDER_CUSTOMERS_LOOKED_UP },
      ),
    );
    for (let start = 0; start < ids.length; start += REMINDER_CUSTOMERS_PLANNED) {
      const some = ids.slice(start, start + REMINDER_CUSTOMERS_PLANNED);
      yield await inTenant(pool, tenantId, async (tx) =>
        planFor(tx, { ...what, policies: (await readPolicies(tx)).policies }, some),
      );
    }
    if (ids.length < REMINDER_CUSTOMERS_LOOKED_UP) return;
    after = present(ids.at(-1), 'a full page has a last row');
  }
}

function count(left: LeftOut, planned: readonly PlannedReminder[]): void {
  for (const { plan } of planned) {
    left.items += plan.leftOut.length;
    left.itemsForPerson += plan.leftOut.filter(({ reason }) => reason === 'for_person').length;
    if (plan.leftOut.some(({ reason }) => reason === 'no_email')) left.customersWithoutEmail += 1;
  }
}

/** Reminds one customer. That there is nothing left to say to them is no failure: somebody paid, or another run was quicker. */
async function remindOne(
  tools: RemindTools,
  tenantId: TenantId,
  going: Going,
  customerId: CustomerId,
): Promise<void> {
  const { id: runId, company_id, run_on: on, approved } = going.run;
  const input = { runId, companyId: company_id as CompanyId, customerId, on, approved };
  try {
    await carryOut(tools.door, await tools.contextOf(tenantId), remindCustomer, input);
  } catch (error) {
    if (!(error instanceof Refusal && error.code === 'nothing_to_say')) going.failures.push(error);
  }
}

async function inLanes<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const waiting = all.values();
  const lane = async () => {
    for (const one of waiting) await work(one);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

const finishReminderRun: Command<{ readonly runId: string; readonly left: LeftOut }, null> = {
  name: 'finish-reminder-run',
  permission: 'reminder.send',
  async run(act, { runId, left }) {
    updateRunFinished(act, runId, left);
    act.record({ type: 'reminders.finished', subjectId: runId, data: { ...left } });
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
