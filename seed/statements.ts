// The demo states accounts each month to whoever owes something overdue, and each quarter to all once somebody agreed.

import { sql } from 'kysely';
import { inTenant } from '#db/transaction.ts';
import { sendMessage } from '#delivery/send-message.ts';
import { addDays } from '#kernel/calendar.ts';
import type { MessageId } from '#kernel/id.ts';
import { type KeepSchedule, keepSchedule } from '#statements/keep-schedule.ts';
import { performRun, startRun } from '#statements/run-statements.ts';
import { statementSource } from '#statements/write-statement.ts';
import { momentOf, type Setting, workerAt } from './story.ts';

const COMMON = {
  day: null,
  customerIds: [],
  groups: false,
  allCompanies: false,
  minimumMinor: 0n,
  skipsUnchanged: false,
} as const;

/** Keeps two schedules and tells of their latest runs; `sends`: the statements of the month leave, into the built-in outbox. */
export async function stateAccounts(
  setting: Setting,
  { timeZone, sends }: { readonly timeZone: string; readonly sends: boolean },
): Promise<void> {
  const { door, context, companyId, today, tell } = setting;
  const firstOfMonth = today.with({ day: 1 });
  const monthly: KeepSchedule = {
    ...COMMON,
    companyId,
    name: 'Monthly, whoever is overdue',
    kind: 'open_item',
    rhythm: 'month_end',
    audience: 'with_overdue',
    needsApproval: !sends,
    startsOn: firstOfMonth.subtract({ months: 1 }),
  };
  const quarterly: KeepSchedule = {
    ...COMMON,
    companyId,
    name: 'Every quarter, all customers',
    kind: 'balance_forward',
    rhythm: 'quarter_end',
    audience: 'with_balance',
    needsApproval: true,
    startsOn: firstOfMonth.subtract({ months: 4 }),
  };
  const kept = addDays(firstOfMonth, -20);
  for (const schedule of [monthly, quarterly]) {
    const { scheduleId } = await tell(kept, 9, keepSchedule, schedule);
    const at = { on: firstOfMonth, now: momentOf(firstOfMonth, 6, timeZone) };
    const tools = workerAt(setting, [statementSource], at);
    const { runId } = await tell(firstOfMonth, 6, startRun, { scheduleId });
    if (!runId) continue;
    await performRun(tools, context.tenantId, runId);
    const queued = await inTenant(door.pool, context.tenantId, (tx) =>
      tx.run(sql<{ id: MessageId }>`
        select message_id as id from statement where tenant_id = ${tx.tenantId} and run_id = ${runId} and message_id is not null
        order by id`),
    );
    for (const { id } of queued) await sendMessage(tools, context.tenantId, id);
  }
}
