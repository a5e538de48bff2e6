// Schedules and preferences of statements are kept as people want them.

import type { Command } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { dayIn, isBefore } from '#kernel/calendar.ts';
import { type CustomerId, newId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { takeCompany, takeCustomer } from '#parties/take-party.ts';
import { checkPreference, checkSchedule, type Schedule, type StatementPreference } from './schedule.ts';
import { endSchedule, findSchedules, savePreference, saveRest, saveSchedule } from './store.ts';

export type KeepSchedule = Omit<Schedule, 'id' | 'pausedOn'> & { readonly scheduleId?: string | undefined };

/**
 * Adds a schedule of statements, or changes one. A schedule stays with its company.
 *
 * Refuses: `company_not_found`, `statement_schedule_not_found`, and what `checkSchedule` refuses.
 */
export const keepSchedule: Command<KeepSchedule, { readonly scheduleId: string }> = {
  name: 'keep-statement-schedule',
  permission: 'cadence.edit',
  async run(act, { scheduleId, ...wanted }) {
    const before = scheduleId === undefined ? undefined : await takeSchedule(act, scheduleId);
    await takeCompany(act, wanted.companyId);
    const schedule: Schedule = {
      ...wanted,
      id: scheduleId ?? newId(),
      pausedOn: before?.pausedOn ?? null,
    };
    checkSchedule(schedule);
    saveSchedule(act, schedule);
    act.record({
      type: 'statement_schedule.kept',
      subjectId: schedule.id,
      data: {
        name: schedule.name,
        kind: schedule.kind,
        rhythm: schedule.rhythm,
        day: schedule.day,
        audience: schedule.audience,
      },
    });
    return { scheduleId: schedule.id };
  },
};

/**
 * Has a schedule rest, or go on. Days that passed while it rested are not stated; a run that began already goes on. Asked for
 * what is so already, it does nothing.
 *
 * Refuses: `statement_schedule_not_found`.
 */
export const pauseSchedule: Command<
  { readonly scheduleId: string; readonly paused: boolean },
  { readonly scheduleId: string }
> = {
  name: 'pause-statement-schedule',
  permission: 'cadence.edit',
  async run(act, { scheduleId, paused }) {
    const { name, companyId, pausedOn, startsOn } = await takeSchedule(act, scheduleId);
    if (paused === (pausedOn !== null)) return { scheduleId };
    const company = await takeCompany(act, companyId);
    const today = dayIn(company.timeZone, act.now);
    const goesOnFrom = isBefore(startsOn, today) ? today : startsOn;
    saveRest(act, {
      id: scheduleId,
      pausedOn: paused ? today : null,
      startsOn: paused ? startsOn : goesOnFrom,
    });
    act.record({
      type: 'statement_schedule.paused',
      subjectId: scheduleId,
      data: { name, paused },
    });
    return { scheduleId };
  },
};

/** Ends a schedule; its runs stay. Refuses: `statement_schedule_not_found`. */
export const removeSchedule: Command<{ readonly scheduleId: string }, { readonly scheduleId: string }> = {
  name: 'remove-statement-schedule',
  permission: 'cadence.edit',
  async run(act, { scheduleId }) {
    const { name } = await takeSchedule(act, scheduleId);
    endSchedule(act, scheduleId);
    act.record({ type: 'statement_schedule.ended', subjectId: scheduleId, data: { name } });
    return { scheduleId };
  },
};

/** Changes what a customer wants of statements. Refuses: `customer_not_found`, and what `checkPreference` refuses. */
export const changePreference: Command<
  { readonly customerId: CustomerId; readonly wanted: StatementPreference },
  { readonly customerId: string }
> = {
  name: 'change-statement-preference',
  permission: 'customer.edit',
  async run(act, { customerId, wanted }) {
    checkPreference(wanted);
    const customer = await takeCustomer(act, customerId);
    savePreference(act, customer.id, wanted);
    act.record({
      type: 'statement_preference.changed',
      subjectId: customer.id,
      customerId: customer.id,
      data: {
        kind: wanted.kind,
        emailTo: wanted.emailTo,
        copies: [...wanted.copies],
        channel: wanted.channel,
      },
    });
    return { customerId: customer.id };
  },
};

/** A schedule that was not ended. */
async function takeSchedule(tx: Tx, id: string): Promise<Schedule> {
  const schedule = (await findSchedules(tx)).find((one) => one.id === id);
  if (!schedule) throw new Refusal('statement_schedule_not_found', { scheduleId: id });
  return schedule;
}
