// What would be said on days to come, if nobody paid: each day is planned as a run of that day would plan it, and what it
// says counts
// as said on the next.

import type { PlainDate } from '#kernel/calendar.ts';
import type { Step } from './cadence.ts';
import type { SaidItem, Situation } from './reminder.ts';

/** How far ahead reminders are planned day by day, shown as a calendar, and shown of one account. */
export const FORECAST_DAYS_MAX = 366;
export const FORECAST_WEEKS_MAX = 26;
export const FORECAST_MONTHS_MAX = 12;
/** Accounts a calendar looks at, some at a time: a person waits for it. */
export const FORECAST_ACCOUNTS_MAX = 20_000;
export const FORECAST_ACCOUNTS_READ = 1_000;

/** A message of a day, as far as the days after it go by what it said. */
export type ToldMessage = { readonly lead: Step; readonly items: readonly SaidItem[] };

/**
 * What is so of a customer once they were told something on a day: the steps said count as said, and the day as the last
 * they heard
 * from us. Of several messages of a day the last one is what those of later days follow.
 */
export function afterTelling(
  situation: Situation,
  messages: readonly ToldMessage[],
  on: PlainDate,
): Situation {
  const last = messages.at(-1);
  if (last === undefined) return situation;
  const said = new Map(
    messages.flatMap(({ items }) => items.map(({ item, step }) => [item.id, step] as const)),
  );
  return {
    ...situation,
    items: situation.items.map((item) => {
      const step = said.get(item.id);
      return step === undefined
        ? item
        : { ...item, saidOffsetDays: step.offsetDays, saidPhase: step.phase, saidOn: on };
    }),
    lastToldOn: on,
    lastMessage: { leadOffsetDays: last.lead.offsetDays, carrierOpen: true },
  };
}
