// Making tasks: what is so now and wants a person becomes one task, once; what is no longer so closes its task by itself.

import type { ClockPlace } from '#clocks/clock.ts';
import { readCompanyClocks } from '#clocks/read-clocks.ts';
import { readWaitingSteps, type WaitingSteps } from '#collections/plan-steps.ts';
import {
  type Act,
  type CarryOutOptions,
  type Command,
  type Context,
  carryOut,
  type Door,
} from '#command/command.ts';
import { commandIdOf } from '#jobs/job.ts';
import { dayIn, type Instant, type PlainDate } from '#kernel/calendar.ts';
import { type CompanyId, type CustomerId, newId } from '#kernel/id.ts';
import { decimalsOf } from '#kernel/money.ts';
import type { Company } from '#parties/company.ts';
import { listCompanies } from '#parties/take-party.ts';
import { choosePolicy } from '#policies/policy.ts';
import { readAccounts } from '#policies/read-accounts.ts';
import { readPolicies } from '#policies/take-policies.ts';
import { assignLeft } from './assign-left.ts';
import { momentAfter } from './deadline.ts';
import { STEP_CUSTOMERS_MAX, TASK_ITEMS_MAX } from './limits.ts';
import { readCandidates } from './read-people.ts';
import { type Candidate, type RoutedTask, routeTasks } from './routing.ts';
import { CAUSE_KINDS, FIRST_TASK_RULES, leastOf, type TaskRule } from './rule.ts';
import {
  closeGone,
  escalateLate,
  type FoundCause,
  findNewCauses,
  findOpenSteps,
  insertTasks,
  joinItems,
  lockMaking,
  reopenGone,
} from './store.ts';
import type { Cause, CauseQuestion, LeastOfCompany } from './store-causes.ts';
import { findTaskRules } from './store-people.ts';

/** What one look came to. */
export type Refreshed = {
  readonly made: number;
  readonly back: number;
  readonly gone: number;
  readonly escalated: number;
};

/** Parts of a look, each of which is a transaction of its own where a worker looks; the steps of a company go page by page. */
const PARTS = ['leavers', ...CAUSE_KINDS, 'late'] as const;
export type RefreshPart = {
  readonly name: (typeof PARTS)[number];
  /** Of steps: the company that is looked at, and the customer after whom it goes on. */
  readonly companyId?: string | undefined;
  readonly after?: CustomerId | undefined;
};

/** The part with which a look begins. */
export const FIRST_PART: RefreshPart = { name: PARTS[0] };

/**
 * Brings tasks up to date: makes one for each cause that has none, closes those whose cause is gone, opens those again
 * whose cause is back, gives those of members who left to others, and escalates what was not done in time. However often it is
 * done, a cause has one task. What a person closed stays closed. Part after part, each a transaction of its own, so that no lock
 * stands over a whole tenant; whoever asks again with the same command id goes on where it ended.
 */
export async function refreshTasks(
  door: Door,
  context: Context,
  { commandId, rehearse = false }: CarryOutOptions = {},
): Promise<Refreshed> {
  let sum = NOTHING;
  for (let part: RefreshPart | null = FIRST_PART; part !== null; ) {
    const looked: Looked = await carryOut(
      door,
      context,
      refreshPart,
      { part },
      { rehearse, commandId: commandId && commandIdOf({ jobId: commandId }, JSON.stringify(part)) },
    );
    sum = added(sum, looked.found);
    part = looked.next;
  }
  return sum;
}

/** Brings one part up to date, and gives the one to go on with: so that a worker holds no lock on a whole tenant. */
export const refreshPart: Command<{ readonly part: RefreshPart }, Looked> = {
  name: 'refresh-tasks-part',
  permission: 'call.record',
  async run(act, { part }) {
    const result = await lookAt(act, part, await readMeans(act));
    tell(act, result.found);
    return result;
  },
};

const NOTHING: Refreshed = { made: 0, back: 0, gone: 0, escalated: 0 };

function added(a: Refreshed, b: Refreshed): Refreshed {
  return {
    made: a.made + b.made,
    back: a.back + b.back,
    gone: a.gone + b.gone,
    escalated: a.escalated + b.escalated,
  };
}

function tell(act: Act, found: Refreshed): void {
  if (Object.values(found).some((count) => count > 0))
    act.record({ type: 'tasks.refreshed', subjectId: act.tenantId, data: { ...found } });
}

type Means = {
  readonly rules: readonly TaskRule[];
  readonly companies: readonly Company[];
  readonly places: ReadonlyMap<string, ClockPlace>;
  people: readonly Candidate[];
};

async function readMeans(act: Act): Promise<Means> {
  await lockMaking(act);
  const { year } = act.today;
  const clocks = await readCompanyClocks(act, { from: year - 1, to: year + 1 });
  return {
    rules: (await findTaskRules(act))?.rules ?? FIRST_TASK_RULES,
    companies: await listCompanies(act),
    places: new Map([...clocks].map(([id, { place }]) => [id, place])),
    people: await readCandidates(act, act.today),
  };
}

type Looked = { readonly found: Refreshed; readonly next: RefreshPart | null };

async function lookAt(act: Act, part: RefreshPart, means: Means): Promise<Looked> {
  const name = PARTS[PARTS.indexOf(part.name) + 1];
  const next: RefreshPart | null = name === undefined ? null : { name };
  if (part.name === 'leavers') {
    await assignLeft(act, means.people);
    return { found: NOTHING, next };
  }
  if (part.name === 'late') return { found: { ...NOTHING, escalated: await escalateLate(act) }, next };
  const rule = means.rules.find(({ kind }) => kind === part.name);
  if (rule === undefined) return { found: NOTHING, next };
  if (rule.kind !== 'step_for_person') {
    const least = leastOfCompanies(rule, means);
    const high = means.rules.find(({ kind, isOn }) => kind === 'high_due' && isOn);
    const large = rule.kind === 'due_today' && high !== undefined ? leastOfCompanies(high, means) : [];
    const question = { kind: rule.kind, rule, today: act.today, least, large, planned: [], range: undefined };
    return { found: await lookFor(act, question, means), next };
  }
  // Planning asks for much, so that steps are not planned where they make no tasks; those there are go on until they are done.
  if (!rule.isOn) return { found: NOTHING, next };
  return lookForSteps(act, { rule, part, next }, means);
}

function leastOfCompanies(rule: TaskRule, { companies }: Means): readonly LeastOfCompany[] {
  return companies.map(({ id, functionalCurrency }) => ({
    companyId: id,
    minor: leastOf(rule, functionalCurrency),
  }));
}

async function lookFor(act: Act, question: CauseQuestion, means: Means): Promise<Refreshed> {
  const { rule } = question;
  const gone = await closeGone(act, question);
  if (!rule.isOn) return { ...NOTHING, gone };
  const found = await findNewCauses(act, question);
  const back = found.filter(({ goneTaskId }) => goneTaskId !== null);
  reopenGone(
    act,
    back.map((cause) => ({ id: cause.goneTaskId ?? '', ...momentsOf(act.now, rule, cause, means) })),
  );
  const fresh = found.filter(({ goneTaskId }) => goneTaskId === null);
  means.people = await make(act, rule, fresh, means);
  return { ...NOTHING, gone, back: back.length, made: fresh.length };
}

/** Steps of some customers of a company: what waits is one task of each, and what joined it or dropped out is noted in it. */
async function lookForSteps(
  act: Act,
  {
    rule,
    part,
    next,
  }: { readonly rule: TaskRule; readonly part: RefreshPart; readonly next: RefreshPart | null },
  means: Means,
): Promise<Looked> {
  const { companies } = means;
  const at = part.companyId === undefined ? 0 : companies.findIndex(({ id }) => id === part.companyId);
  const company = companies[at];
  if (company === undefined) return { found: NOTHING, next };
  const { after } = part;
  const { waiting, last } = await readWaitingSteps(act, act.now, {
    company,
    after,
    limit: STEP_CUSTOMERS_MAX,
  });
  const range = { companyId: company.id, after, last };
  const open = await findOpenSteps(act, range);
  const planned = waiting.map((one) => stepCause(one, open.get(one.customerId), act.today));
  const question = { kind: rule.kind, rule, today: act.today, least: [], large: [], planned, range };
  joinItems(act, question);
  const found = await lookFor(act, question, means);
  const following = companies[at + 1];
  if (last !== undefined) return { found, next: { ...part, companyId: company.id, after: last } };
  return { found, next: following ? { name: part.name, companyId: following.id } : next };
}

/**
 * The steps of an account that wait are one cause: that of its open task, else one of today, so that nobody is called twice on
 * a day because something joined later.
 */
function stepCause(
  { companyId, customerId, policy, lead, steps, references, open }: WaitingSteps,
  openCause: string | undefined,
  today: PlainDate,
): Cause {
  const currencies = [...new Set(open.map(({ currency }) => currency))];
  const [currency] = currencies;
  const isOne = currencies.length === 1 && currency !== undefined;
  return {
    cause: openCause ?? `${companyId} ${customerId} ${today.toString()}`,
    companyId,
    customerId,
    subjectId: lead.itemId,
    currency: isOne ? currency : null,
    amount: isOne ? open.reduce((sum, { minor }) => sum + minor, 0n) : null,
    worth: null,
    ownerId: null,
    seen: {
      policy,
      phase: lead.phase,
      offsetDays: lead.offsetDays,
      items: steps.length,
      reference: references[0] ?? '',
      steps: steps.slice(0, TASK_ITEMS_MAX).map((step) => ({ ...step })),
    },
  };
}

async function make(
  act: Act,
  rule: TaskRule,
  causes: readonly FoundCause[],
  means: Means,
): Promise<readonly Candidate[]> {
  if (causes.length === 0) return means.people;
  const policies = await policiesOf(act, causes, means);
  const currencyOf = new Map(means.companies.map((one) => [one.id as string, one.functionalCurrency]));
  const wanted = causes.map((cause): RoutedTask & { readonly cause: FoundCause } => ({
    cause,
    kind: rule.kind,
    minutes: rule.minutes,
    ownerId: cause.ownerId ?? cause.accountOwner,
    language: cause.language,
    companyId: cause.companyId,
    policy: cause.seen.policy ?? policies.get(`${cause.companyId} ${cause.customerId}`) ?? null,
    units: unitsOf(cause.worth, currencyOf.get(cause.companyId ?? '')),
  }));
  const given = routeTasks(wanted, means.people);
  await insertTasks(
    act,
    given.map(({ task: { cause }, routed }) => {
      const { dueAt, escalateAt } = momentsOf(act.now, rule, cause, means);
      return {
        id: newId(),
        kind: rule.kind,
        cause: cause.cause,
        company_id: cause.companyId,
        customer_id: cause.customerId,
        subject_id: cause.subjectId,
        seen: JSON.stringify(cause.seen),
        currency: cause.amount === null ? null : cause.currency,
        amount_minor: cause.amount,
        is_urgent: rule.isUrgent,
        minutes: rule.minutes,
        due_at: dueAt,
        escalate_at: escalateAt,
        made_by: 'system',
        recorded_at: act.now,
        state: 'open',
        assigned_to: routed.userId,
        assigned_how: routed.how,
      };
    }),
  );
  const more = Map.groupBy(given, ({ routed }) => routed.userId);
  return means.people.map((one) => ({
    ...one,
    minutes: one.minutes + (more.get(one.userId)?.length ?? 0) * rule.minutes,
  }));
}

function unitsOf(worth: bigint | null, currency: string | undefined): bigint | null {
  return worth === null || currency === undefined ? null : worth / 10n ** BigInt(decimalsOf(currency));
}

function momentsOf(
  now: Instant,
  rule: TaskRule,
  { companyId }: Pick<Cause, 'companyId'>,
  { places, companies }: Means,
): { readonly dueAt: Instant; readonly escalateAt: Instant } {
  const place = places.get(companyId ?? companies[0]?.id ?? '') ?? { timeZone: 'UTC', calendar: null };
  return {
    dueAt: momentAfter(now, rule.doneHours, place),
    escalateAt: momentAfter(now, rule.escalateHours, place),
  };
}

/** By which policy customers are asked, where somebody takes tasks by that; else nobody needs to know. */
async function policiesOf(
  act: Act,
  causes: readonly FoundCause[],
  { people, companies }: Means,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  if (people.every((one) => one.policies.length === 0)) return found;
  const { policies } = await readPolicies(act);
  for (const company of companies) {
    const own = causes.filter((one) => one.companyId === (company.id as CompanyId));
    const customerIds = [...new Set(own.flatMap(({ customerId }) => customerId ?? []))];
    if (customerIds.length === 0) continue;
    const on = dayIn(company.timeZone, act.now);
    const { accounts, rates } = await readAccounts(act, company, policies, { customerIds, on });
    for (const id of customerIds) {
      const account = accounts.get(id as CustomerId);
      const policy = account && choosePolicy(policies, account, rates);
      if (policy) found.set(`${company.id} ${id}`, policy.code);
    }
  }
  return found;
}
