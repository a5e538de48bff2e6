// What the reminders of a day come to, and what was seen for a run and not said.

import type { z } from 'zod';
import { messagesIn, type PlanFor, planFor } from '#collections/plan-reminders.ts';
import { countHeld } from '#collections/read-held.ts';
import { readPlan } from '#collections/read-plan.ts';
import { readRunChanges } from '#collections/read-runs.ts';
import { newCount } from '#collections/reminder-count.ts';
import { readSeenLine, seenLine } from '#collections/seen-line.ts';
import type { Tx } from '#db/transaction.ts';
import { dayIn, type Instant, type PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import { shownMoney } from '#ledger/amount-text.ts';
import { cursorText, idKey, readCursor } from '#parties/page-cursor.ts';
import { listCompanies, readCustomers, takeCompany } from '#parties/take-party.ts';
import { readPolicies, readRunsDaily } from '#policies/take-policies.ts';
import type * as contract from './contract.ts';
import { shownCount } from './shown-count.ts';

/** Refuses: `company_not_found`. */
export async function readSummary(
  tx: Tx,
  what: {
    readonly companyId: CompanyId | undefined;
    readonly on: PlainDate | undefined;
    readonly approved: boolean;
    readonly now: Instant;
  },
): Promise<z.input<typeof contract.summarizePlan.reply>> {
  const { now, approved } = what;
  const companies =
    what.companyId === undefined ? await listCompanies(tx) : [await takeCompany(tx, what.companyId)];
  const { policies } = await readPolicies(tx);
  const daily = await readRunsDaily(tx);
  const plans = companies.map((company): PlanFor => {
    const on = what.on ?? dayIn(company.timeZone, now);
    return { company, policies, on, now, approved, daily };
  });
  const held = newCount();
  const { fingerprint, said, byPhase, forPerson, leftOut } = await readPlan(tx, plans, (plan, planned) =>
    countHeld(tx, plan, planned, held),
  );
  return {
    on: (plans[0]?.on ?? dayIn('UTC', now)).toString(),
    fingerprint,
    said: shownCount(said),
    byPhase: byPhase.map((row) => ({ ...row, count: shownCount(row.count) })),
    leftOut: leftOut.map((row) => ({ ...row, count: shownCount(row.count) })),
    forPerson,
    held: shownCount(held),
  };
}

/** Whom a run passed over because something else would be said than was seen. Refuses: `run_not_found`. */
export async function readChanges(
  tx: Tx,
  {
    runId,
    now,
    after,
    limit,
  }: {
    readonly runId: string;
    readonly now: Instant;
    readonly after?: string | undefined;
    readonly limit: number;
  },
): Promise<z.input<typeof contract.listRunChanges.reply>> {
  const from = readCursor<readonly [CustomerId]>(after, [(id) => idKey(id) as CustomerId]);
  const { run, lines } = await readRunChanges(tx, runId, { after: from?.[0], limit: limit + 1 });
  const shown = lines.slice(0, limit);
  const ids = shown.map((line) => line.customer_id);
  const company = await takeCompany(tx, run.company_id as CompanyId);
  const { policies } = await readPolicies(tx);
  const planned = await planFor(tx, { company, policies, on: run.run_on, now, approved: run.approved }, ids);
  const nowOf = new Map(planned.map((one) => [one.customer.id, messagesIn(one)]));
  const customers = await readCustomers(tx, ids);
  const last = ids.at(-1);
  return {
    rows: shown.map(({ customer_id, line }) => {
      const messages = nowOf.get(customer_id) ?? [];
      return {
        customerId: customer_id,
        customerNumber: customers.get(customer_id)?.number ?? '',
        customerName: customers.get(customer_id)?.name ?? '',
        seen: shownLine(line),
        now: messages.length === 0 ? null : shownLine(seenLine(messages)),
      };
    }),
    next: lines.length > limit && last ? cursorText([last]) : null,
  };
}

function shownLine(line: string) {
  const read = readSeenLine(line);
  return { ...read, totals: read.totals.map(shownMoney) };
}
