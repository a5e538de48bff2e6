// Reading collections as people see them: cadence, plan, runs, what was said, holds.

import type { Tx } from '#db/transaction.ts';
import { present } from '#kernel/assert.ts';
import { daysBetween, type PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { shownMoney } from '#ledger/amount-text.ts';
import { listCompanies, readCustomers } from '#parties/take-party.ts';
import type { Phase } from '#policies/cadence.ts';
import { FIRST_POLICIES } from '#policies/policy.ts';
import { type LeftOutReason, totalsOf } from '#policies/reminder.ts';
import { readLiveSet } from '#policies/take-policies.ts';
import type { PlannedReminder } from './plan-reminders.ts';
import { REMINDER_TEMPLATES } from './reminder-letter.ts';
import type { SaidRow } from './store.ts';
import type { HoldRow } from './store-holds.ts';
import { countSaid, type RunRow } from './store-runs.ts';

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
    steps: steps.map((step) => ({ ...step })),
    templates: [...REMINDER_TEMPLATES],
    may: { replace: mayReplace(policies.length, permissions) },
  };
}

function mayReplace(policies: number, permissions: ReadonlySet<string>): true | string {
  if (!permissions.has('cadence.edit')) return 'not_permitted';
  return policies > 1 ? 'several_policies' : true;
}

/** A reminder that would be sent, or why it would not. */
export function describePlanned(planned: PlannedReminder, companyId: CompanyId, on: PlainDate) {
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
    items: plan.items.map(({ item, step }) => ({
      itemId: item.id,
      documentId: item.documentId,
      reference: item.reference,
      dueOn: item.dueOn.toString(),
      daysLate: Math.max(0, daysBetween(item.dueOn, on)),
      open: shownMoney(item.open),
      step: step.step,
      phase: step.phase,
    })),
    leftOut: plan.leftOut.map(({ item, step, reason }) => ({
      itemId: item.id,
      documentId: item.documentId,
      reference: item.reference,
      dueOn: item.dueOn.toString(),
      open: shownMoney(item.open),
      step: step.step,
      reason,
    })),
  };
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
    forPerson: run.for_person,
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

/** Holds as rows of a list, with who they are about and whether they hold today. */
export async function describeHolds(
  tx: Tx,
  holds: readonly HoldRow[],
  asked: { readonly today: PlainDate; readonly permissions: ReadonlySet<string> },
) {
  const customers = await readCustomers(tx, [...new Set(holds.map((h) => h.customer_id as CustomerId))]);
  return holds.map((hold) => {
    const customer = customers.get(hold.customer_id as CustomerId);
    return {
      holdId: hold.id,
      customerId: hold.customer_id,
      customerNumber: customer?.number ?? '',
      customerName: customer?.name ?? '',
      itemId: hold.item_id,
      reference: hold.reference,
      reason: hold.reason,
      startsOn: hold.starts_on.toString(),
      endsOn: hold.ends_on?.toString() ?? null,
      placedBy: hold.placed_by,
      placedAt: hold.recorded_at.toString(),
      releasedAt: hold.released_at?.toString() ?? null,
      releasedBy: hold.released_by,
      inForce: isInForce(hold, asked.today),
      may: { release: mayRelease(hold, asked.permissions) },
    };
  });
}

function isInForce(hold: HoldRow, on: PlainDate): boolean {
  const begun = Temporal.PlainDate.compare(hold.starts_on, on) <= 0;
  const over = hold.ends_on !== null && Temporal.PlainDate.compare(hold.ends_on, on) < 0;
  return hold.released_at === null && begun && !over;
}

function mayRelease(hold: HoldRow, permissions: ReadonlySet<string>): true | string {
  if (!permissions.has('hold.place')) return 'not_permitted';
  return hold.released_at === null ? true : 'hold_released';
}
