// Reading collections as people see them: cadence, plan, runs, what was said.

import type { Context } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import type { Cover } from '#gate/cover.ts';
import { present } from '#kernel/assert.ts';
import { daysBetween, type PlainDate } from '#kernel/calendar.ts';
import type { CompanyId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { shownMoney } from '#ledger/amount-text.ts';
import { listCompanies } from '#parties/take-party.ts';
import type { Phase } from '#policies/cadence.ts';
import { FIRST_POLICIES } from '#policies/policy.ts';
import { type LeftOutReason, totalsOf } from '#policies/reminder.ts';
import { readLiveSet } from '#policies/take-policies.ts';
import { readSkipsById } from '#skips/read-skips.ts';
import type { PlanFor, PlannedReminder } from './plan-reminders.ts';
import { isHeld, readHeld, type SeenByGate } from './read-held.ts';
import { REMINDER_TEMPLATES } from './reminder-letter.ts';
import type { SaidRow } from './store.ts';
import { countSaid, existsRun, type RunEnd, type RunRow } from './store-runs.ts';

/** The cadence in force, or the one Quittance comes with: that of the policy for everybody. */
export async function describeCadence(tx: Tx, permissions: ReadonlySet<string>) {
  const live = await readLiveSet(tx);
  const { name, runsDaily, runsAt, policies } = live?.file ?? { ...FIRST_POLICIES, runsDaily: false };
  const { steps } = present(policies.at(-1), 'a set has a policy for everybody');
  return {
    cadenceId: live?.id ?? null,
    name,
    policies: policies.length,
    createdAt: live?.made_at.toString() ?? null,
    runsDaily,
    runsAt,
    steps: steps.map((step) => ({ ...step, attaches: [...step.attaches] })),
    templates: [...REMINDER_TEMPLATES],
    may: { replace: mayReplace(policies.length, permissions) },
  };
}

function mayReplace(policies: number, permissions: ReadonlySet<string>): true | string {
  if (!permissions.has('cadence.edit')) return 'not_permitted';
  return policies > 1 ? 'several_policies' : true;
}

type ShownSkips = Awaited<ReturnType<typeof readSkipsById>>;

/** Reminders that would be sent on a day, or why they would not, with who skipped what is skipped. */
export async function describePlan(
  tx: Tx,
  planned: readonly PlannedReminder[],
  what: Pick<PlanFor, 'company' | 'on' | 'now'>,
  asked: Pick<Context, 'permissions' | 'today'>,
  when: 'now' | 'past' = 'now',
) {
  const ids = planned.flatMap(({ plan }) => plan.leftOut.flatMap(({ item }) => item.skipId ?? []));
  const skips = await readSkipsById(tx, [...new Set(ids)], asked);
  // What the send gate held back then stands with the messages of that day.
  const seen = when === 'past' ? [] : await readHeld(tx, what, planned);
  const of = { companyId: what.company.id, on: what.on, skips };
  return planned.map((one, index) => describePlanned(one, { ...of, seen: seen[index] ?? [] }));
}

function describePlanned(
  planned: PlannedReminder,
  of: {
    readonly companyId: CompanyId;
    readonly on: PlainDate;
    readonly skips: ShownSkips;
    readonly seen: readonly SeenByGate[];
  },
) {
  const { companyId, on, skips, seen } = of;
  const covers = new Map(seen.flatMap((message) => [...message.covers]));
  const { customer, policy, reader, plan } = planned;
  return {
    policy: { code: policy.code, name: policy.name },
    customerId: customer.id,
    customerNumber: customer.number,
    customerName: customer.name,
    companyId,
    phase: plan.lead?.phase ?? null,
    template: plan.lead?.template ?? null,
    recipient: reader?.recipient ?? null,
    channel: reader?.channel ?? null,
    language: reader?.language ?? customer.language,
    totals: totalsOf(plan.items.map(({ item }) => item)).map(shownMoney),
    waits: seen.length > 0 && seen.every(isHeld),
    items: plan.items.map(({ item, step }) => ({
      itemId: item.id,
      documentId: item.documentId,
      reference: item.reference,
      dueOn: item.dueOn.toString(),
      daysLate: Math.max(0, daysBetween(item.dueOn, on)),
      open: shownMoney(item.open),
      disputed: item.disputed ? shownMoney(item.disputed) : null,
      step: step.step,
      phase: step.phase,
      waitingMoney: shownCover(covers.get(item.id)),
    })),
    leftOut: plan.leftOut.map(({ item, step, reason }) => ({
      itemId: item.id,
      documentId: item.documentId,
      reference: item.reference,
      dueOn: item.dueOn.toString(),
      open: shownMoney(item.open),
      step: step.step,
      reason,
      skip: skips.get(item.skipId ?? '') ?? null,
    })),
  };
}

function shownCover(cover: Cover | undefined) {
  if (!cover) return null;
  const { source, id, name } = cover.money;
  return { source, id, name, reason: cover.reason };
}

/** Whether somebody, or the clock, started reminders of a company for a day. */
export async function hasRunOn(tx: Tx, companyId: CompanyId, on: PlainDate): Promise<boolean> {
  return existsRun(tx, companyId, on);
}

/** Runs as rows of a list. */
export async function describeRuns(tx: Tx, runs: readonly RunRow[]) {
  const codes = new Map((await listCompanies(tx)).map((company) => [company.id as string, company.code]));
  const going = runs.filter((run) => run.finished_at === null);
  const said = new Map(
    await Promise.all(going.map(async ({ id }) => [id, await countSaid(tx, id)] as const)),
  );
  return runs.map((run) => ({
    runId: run.id,
    runOn: run.run_on.toString(),
    companyId: run.company_id,
    companyCode: codes.get(run.company_id) ?? '',
    startedBy: run.started_by,
    startedAt: run.started_at.toString(),
    finishedAt: run.finished_at?.toString() ?? null,
    messages: said.get(run.id)?.messages ?? run.messages,
    items: said.get(run.id)?.items ?? run.items,
    withoutEmail: run.without_email,
    leftOut: run.left_out,
    approved: run.approved,
    lookedAt: run.looked_at,
    changed: run.changed,
    appeared: run.appeared,
    forPerson: run.for_person,
    stoppedFor: run.stopped_for as RunEnd['stoppedFor'],
  }));
}

/** A step that was said about an item, or left out after all. */
export function describeSaid(row: SaidRow) {
  return {
    messageId: row.message_id,
    itemId: row.item_id,
    documentId: row.document_id,
    reference: row.reference,
    dueOn: row.due_on.toString(),
    step: row.step,
    offsetDays: row.offset_days,
    phase: row.phase as Phase,
    runOn: row.run_on.toString(),
    open: row.open_minor === null ? null : shownMoney(money(row.open_minor, row.currency)),
    leftOut: row.reason as LeftOutReason | null,
  };
}
