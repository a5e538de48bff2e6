// A task that a person makes, for themselves or a colleague.

import { type Act, actorText, type Command } from '#command/command.ts';
import { readMembers, readTenantZone } from '#identity/read-people.ts';
import { addDays, isAfter, isBefore, type PlainDate } from '#kernel/calendar.ts';
import { type CompanyId, type CustomerId, newId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { takeCompany, takeCustomer } from '#parties/take-party.ts';
import { TASK_AHEAD_DAYS_MAX } from './limits.ts';
import { MANUAL_MINUTES } from './rule.ts';
import { insertTasks } from './store.ts';

export type AddTask = {
  readonly title: string;
  readonly note?: string | undefined;
  readonly companyId?: CompanyId | undefined;
  readonly customerId?: CustomerId | undefined;
  /** The last day on which it is in time. */
  readonly dueOn: PlainDate;
  /** Not to be done before this day: it is put off until then from the start. Today and days that are past mean nothing. */
  readonly notBefore?: PlainDate | undefined;
  readonly isUrgent?: boolean | undefined;
  /** Left out: whoever makes it; null: nobody yet. */
  readonly userId?: string | null | undefined;
};

/**
 * Makes a task. It is late once its day is over where the tenant is, and escalates a day later.
 *
 * Refuses: `customer_not_found`, `company_not_found`, `member_not_found`, `task_due_past`, `task_due_too_far`,
 * `task_begins_after_due`.
 */
export const addTask: Command<AddTask, { readonly taskId: string }> = {
  name: 'add-task',
  permission: 'call.record',
  async run(act, input) {
    const { dueOn, notBefore } = input;
    if (isBefore(dueOn, act.today)) throw new Refusal('task_due_past', { dueOn: dueOn.toString() });
    if (isAfter(dueOn, addDays(act.today, TASK_AHEAD_DAYS_MAX)))
      throw new Refusal('task_due_too_far', { dueOn: dueOn.toString(), daysMax: TASK_AHEAD_DAYS_MAX });
    if (notBefore && isAfter(notBefore, dueOn))
      throw new Refusal('task_begins_after_due', {
        notBefore: notBefore.toString(),
        dueOn: dueOn.toString(),
      });
    if (input.customerId) await takeCustomer(act, input.customerId);
    if (input.companyId) await takeCompany(act, input.companyId);
    const userId = input.userId === undefined ? ownIdOf(act) : input.userId;
    if (userId !== null && (await readMembers(act, [userId])).length === 0)
      throw new Refusal('member_not_found', { userId });
    const id = newId<'task'>();
    const zone = await readTenantZone(act);
    const endOf = (day: PlainDate) => addDays(day, 1).toZonedDateTime(zone).toInstant();
    await insertTasks(act, [
      {
        id,
        kind: 'manual',
        cause: id,
        company_id: input.companyId ?? null,
        customer_id: input.customerId ?? null,
        title: input.title,
        note: input.note ?? null,
        seen: '{}',
        is_urgent: input.isUrgent ?? false,
        minutes: MANUAL_MINUTES,
        due_at: endOf(dueOn),
        escalate_at: endOf(addDays(dueOn, 1)),
        made_by: actorText(act.actor),
        recorded_at: act.now,
        state: 'open',
        assigned_to: userId,
        assigned_how: userId === null ? 'nobody' : 'person',
        snoozed_until: notBefore && isAfter(notBefore, act.today) ? notBefore : null,
      },
    ]);
    act.record({
      type: 'task.added',
      subjectId: id,
      customerId: input.customerId ?? null,
      data: { title: input.title, dueOn: dueOn.toString(), userId },
    });
    return { taskId: id };
  },
};

function ownIdOf({ actor }: Act): string | null {
  return actor.kind === 'user' ? actor.id : null;
}
