// Reminding in tests: customers who can be written to, runs carried out at once, and what was said so far.

import { sql } from 'kysely';
import { performRun, startReminderRun } from '#collections/remind-customers.ts';
import { reminderSource } from '#collections/write-reminder.ts';
import { inTenant } from '#db/transaction.ts';
import type { Transport } from '#delivery/send-message.ts';
import { parseDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import type { NewCustomer } from '#parties/add-customers.ts';
import { importPolicies, putPoliciesLive } from '#policies/change-policies.ts';
import { readLiveSet } from '#policies/take-policies.ts';
import { aCustomer, nextNumber } from './builders.ts';
import { doSendingJobs, mailToolsOf, toolsOf } from './mail.ts';
import type { TestTenant } from './tenant.ts';

/** A customer with a contact that reminders can be sent to. */
export async function aReader(
  tenant: TestTenant,
  given: Partial<NewCustomer> & { readonly email?: string; readonly contactLanguage?: string } = {},
): Promise<CustomerId> {
  const n = nextNumber();
  const { email, contactLanguage, ...rest } = given;
  return aCustomer(tenant, {
    contacts: [
      {
        name: `Reader ${n}`,
        role: 'reminders',
        email: email ?? `reader${n}@customer.example`,
        ...(contactLanguage === undefined ? {} : { language: contactLanguage }),
      },
    ],
    ...rest,
  });
}

/** A policy as a test gives it. */
export type GivenPolicy = {
  readonly code: string;
  readonly segment: unknown;
  readonly steps: unknown;
} & Record<string, unknown>;

/** Puts a file of policies in force, in the place of whatever is. */
export async function goLiveWith(tenant: TestTenant, file: unknown): Promise<void> {
  const { setId } = await tenant.act('controller', importPolicies, { file });
  const live = await inTenant(tenant.pool, tenant.tenantId, readLiveSet);
  await tenant.act('controller', putPoliciesLive, { setId, replaces: live?.id ?? null });
}

/** Puts policies in force that have no tests of their own. */
export function goLive(tenant: TestTenant, ...policies: readonly GivenPolicy[]): Promise<void> {
  const named = policies.map((policy) => ({ name: policy.code, ...policy }));
  return goLiveWith(tenant, { format: 'quittance-policies', version: 2, name: 'Ours', policies: named });
}

/** Puts the clock to a day, starts a run for it (or for an earlier one) and carries it out. */
export async function remindOn(
  tenant: TestTenant,
  day: string,
  given: { readonly companyId?: CompanyId; readonly on?: string; readonly approved?: boolean } = {},
) {
  tenant.on(day);
  const { runs } = await tenant.act('collector', startReminderRun, {
    companyId: given.companyId,
    approved: given.approved,
    on: given.on === undefined ? undefined : parseDate(given.on),
  });
  for (const { runId } of runs) await performRun(toolsOf(tenant), tenant.tenantId, runId);
  return runs;
}

/** The tools of sending reminders. */
export function reminderTools(tenant: TestTenant, transport?: Transport) {
  return mailToolsOf(tenant, [reminderSource], transport);
}

/** Sends the reminders that wait. Gives the states they are in then. */
export function sendReminders(tenant: TestTenant, transport?: Transport) {
  return doSendingJobs(tenant, reminderTools(tenant, transport));
}

type Said = { readonly reference: string; readonly phase: string; readonly run_on: Temporal.PlainDate };

/** The steps said (or claimed to be said) so far, as `2026-02-08 INV-2026-00001 reminder`. */
export async function stepsSaid(tenant: TestTenant): Promise<readonly string[]> {
  const rows = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(sql<Said>`select i.reference, r.phase, r.run_on from reminder_item r
      join open_item i on i.tenant_id = r.tenant_id and i.id = r.item_id
      where r.tenant_id = ${tx.tenantId} order by r.run_on, i.reference, i.due_on`),
  );
  return rows.map((row) => `${row.run_on.toString()} ${row.reference} ${row.phase}`);
}

/** What was left out of messages so far, as `INV-2026-00001 closed`. */
export async function leftOut(tenant: TestTenant): Promise<readonly string[]> {
  const rows = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    tx.run(sql<{ reference: string; reason: string }>`select i.reference, r.reason from reminder_left_out r
      join open_item i on i.tenant_id = r.tenant_id and i.id = r.item_id
      where r.tenant_id = ${tx.tenantId} order by r.recorded_at, i.reference`),
  );
  return rows.map((row) => `${row.reference} ${row.reason}`);
}
