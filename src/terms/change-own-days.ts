// Days that the tenant keeps closed or open whatever calendars say: a works holiday, an open Saturday before Christmas.

import type { Command } from '#command/command.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import { OWN_DAYS_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import { countOwnDays, deleteOwnDay, replaceOwnDay } from './store.ts';

export type SetOwnDay = { readonly on: PlainDate; readonly isOpen: boolean; readonly name: string };

/** Says that a day is closed, or open, for dates planned from now on. Refuses: `too_many_own_days`. */
export const setOwnDay: Command<SetOwnDay, { readonly on: string }> = {
  name: 'set-own-day',
  permission: 'company.manage',
  async run(act, input) {
    if ((await countOwnDays(act)) >= OWN_DAYS_MAX)
      throw new Refusal('too_many_own_days', { daysMax: OWN_DAYS_MAX });
    replaceOwnDay(act, input);
    act.record({
      type: 'own_day.set',
      subjectId: act.tenantId,
      data: { on: input.on.toString(), isOpen: input.isOpen, name: input.name },
    });
    return { on: input.on.toString() };
  },
};

/** Leaves a day to the calendars again. Refuses: `own_day_not_found`. */
export const removeOwnDay: Command<{ readonly on: PlainDate }, { readonly on: string }> = {
  name: 'remove-own-day',
  permission: 'company.manage',
  async run(act, input) {
    if (!(await deleteOwnDay(act, input.on)))
      throw new Refusal('own_day_not_found', { on: input.on.toString() });
    act.record({ type: 'own_day.removed', subjectId: act.tenantId, data: { on: input.on.toString() } });
    return { on: input.on.toString() };
  },
};
