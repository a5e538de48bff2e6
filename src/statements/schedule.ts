// When statements go out, and who gets one. Each day on which a schedule is due ends a period that begins the day after the one
// before it, so that the balance a statement brings forward is the one the last statement ended with.

import { isMailAddress } from '#carriers/mail-message.ts';
import type { Channel } from '#delivery/message.ts';
import { channelsOf, type Reach, type Way, wayBy } from '#delivery/preference.ts';
import {
  addDays,
  type BusinessCalendar,
  isAfter,
  isBusinessDay,
  monthEnd,
  type PlainDate,
} from '#kernel/calendar.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import { DELIVERY_COPIES_MAX, STATEMENT_CHOSEN_MAX } from '#kernel/limits.ts';
import type { Money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { StatementKind } from './statement.ts';

/** Every week or month on a day, or on the last business day of each month or quarter. */
export const RHYTHMS = ['weekly', 'monthly', 'month_end', 'quarter_end'] as const;
export type Rhythm = (typeof RHYTHMS)[number];

export const AUDIENCES = ['all', 'with_balance', 'with_overdue', 'chosen'] as const;
export type Audience = (typeof AUDIENCES)[number];

export type Schedule = {
  readonly id: string;
  readonly companyId: CompanyId;
  readonly name: string;
  readonly kind: StatementKind;
  readonly rhythm: Rhythm;
  /** Weekly: Monday is 1. Monthly: the day, in shorter months the last one. */
  readonly day: number | null;
  readonly audience: Audience;
  readonly customerIds: readonly CustomerId[];
  /** One statement for a group, to whom stands above it; those below get none of their own. */
  readonly groups: boolean;
  /** What is owed to all companies, each for itself; the schedule's company writes. */
  readonly allCompanies: boolean;
  /** Whoever owes less, in the company's functional currency, gets none. */
  readonly minimumMinor: bigint;
  readonly skipsUnchanged: boolean;
  /** Whether a person looks at each run before it is sent. */
  readonly needsApproval: boolean;
  /** Days before it are not stated. */
  readonly startsOn: PlainDate;
  /** Since when it rests; days that pass meanwhile are not stated later. */
  readonly pausedOn: PlainDate | null;
};

/** The ways a statement can go: a text message or a network of e-invoices carries none. */
export const STATEMENT_CHANNELS = ['email', 'post'] as const satisfies readonly Channel[];
export type StatementChannel = (typeof STATEMENT_CHANNELS)[number];

/** What a customer wants: null goes by the schedule. Copies and address count besides what all mail goes by. */
export type StatementPreference = {
  readonly kind: StatementKind | 'none' | null;
  readonly emailTo: string | null;
  readonly copies: readonly string[];
  /** Tried first; null goes by what holds for all messages. */
  readonly channel: StatementChannel | null;
};

export const NO_PREFERENCE: StatementPreference = { kind: null, emailTo: null, copies: [], channel: null };

/** Refuses: `statement_day_not_valid`, `statement_customers_missing`, `too_many_customers`. */
export function checkSchedule(schedule: Schedule): void {
  const { rhythm, day, audience, customerIds } = schedule;
  const dayMax = rhythm === 'weekly' ? 7 : rhythm === 'monthly' ? 31 : 0;
  const fits = dayMax === 0 ? day === null : day !== null && day >= 1 && day <= dayMax;
  if (!fits) throw new Refusal('statement_day_not_valid', { rhythm, day });
  if (audience === 'chosen' && customerIds.length === 0) throw new Refusal('statement_customers_missing');
  if (customerIds.length > STATEMENT_CHOSEN_MAX)
    throw new Refusal('too_many_customers', { customersMax: STATEMENT_CHOSEN_MAX });
}

/** Refuses: `delivery_address_not_valid`, `too_many_copies`. */
export function checkPreference(preference: StatementPreference): void {
  const addresses = [...(preference.emailTo === null ? [] : [preference.emailTo]), ...preference.copies];
  for (const address of addresses)
    if (!isMailAddress(address))
      throw new Refusal('delivery_address_not_valid', { address: address.slice(0, 260) });
  if (preference.copies.length > DELIVERY_COPIES_MAX)
    throw new Refusal('too_many_copies', { copiesMax: DELIVERY_COPIES_MAX });
}

export type DuePeriod = { readonly from: PlainDate; readonly asOf: PlainDate };

/** The latest day on which a schedule was due by a day, with its period. Days before the schedule starts count as well. */
export function latestDue(
  schedule: Pick<Schedule, 'rhythm' | 'day'>,
  today: PlainDate,
  calendar: BusinessCalendar,
): DuePeriod {
  const asOf = dueBy(schedule, today, calendar);
  return { from: addDays(dueBy(schedule, addDays(asOf, -1), calendar), 1), asOf };
}

/** The first day on which it is due after a day, with its period. */
export function nextDue(
  schedule: Pick<Schedule, 'rhythm' | 'day'>,
  after: PlainDate,
  calendar: BusinessCalendar,
): DuePeriod {
  const last = dueBy(schedule, after, calendar);
  let day = addDays(after, 1);
  while (dueBy(schedule, day, calendar).equals(last)) day = addDays(day, 1);
  return { from: addDays(last, 1), asOf: day };
}

function dueBy(
  { rhythm, day }: Pick<Schedule, 'rhythm' | 'day'>,
  by: PlainDate,
  calendar: BusinessCalendar,
): PlainDate {
  if (rhythm === 'weekly') return addDays(by, -((by.dayOfWeek - (day ?? 1) + 7) % 7));
  for (let month = by.with({ day: 1 }); ; month = month.subtract({ months: 1 })) {
    if (rhythm === 'quarter_end' && month.month % 3 !== 0) continue;
    const due =
      rhythm === 'monthly'
        ? month.with({ day: Math.min(day ?? 1, month.daysInMonth) })
        : lastBusinessDay(month, calendar);
    if (!isAfter(due, by)) return due;
  }
}

/** The last business day of a month; its last day, should it have none. */
function lastBusinessDay(month: PlainDate, calendar: BusinessCalendar): PlainDate {
  const end = monthEnd(month);
  for (let day = end; day.month === month.month; day = addDays(day, -1))
    if (isBusinessDay(day, calendar)) return day;
  return end;
}

/** Why somebody gets no statement of a run. */
export const LEFT_OUT_REASONS = [
  'not_wanted',
  'too_large',
  'nothing_open',
  'nothing_overdue',
  'below_minimum',
  'unchanged',
  'no_way',
  'left_out_by_hand',
] as const;
export type LeftOutReason = (typeof LEFT_OUT_REASONS)[number];

/** What is known of a customer when a run looks at it. */
export type Situation = {
  readonly preference: StatementPreference;
  readonly hasItems: boolean;
  readonly hasMoved: boolean;
  /** More customers are in the group than one statement has room for. */
  readonly isTooLarge: boolean;
  /** In the functional currency; unknown where something is owed to a company that has another one, which is not converted. */
  readonly balanceMinor: bigint | undefined;
  readonly isOverdue: boolean;
  readonly balances: readonly Money[];
  /** Of what is open now, and of what the last statement was about. */
  readonly fingerprint: string;
  readonly lastFingerprint: string | undefined;
  readonly canBeReached: boolean;
};

/** Which kind a customer gets. */
export function kindFor(schedule: Pick<Schedule, 'kind'>, preference: StatementPreference): StatementKind {
  return preference.kind === null || preference.kind === 'none' ? schedule.kind : preference.kind;
}

/** Why a customer is left out of a run; nothing where it gets a statement. */
export function leftOutReason(schedule: Schedule, situation: Situation): LeftOutReason | undefined {
  const { preference, hasItems, hasMoved, balanceMinor } = situation;
  const isForward = kindFor(schedule, preference) === 'balance_forward';
  if (preference.kind === 'none') return 'not_wanted';
  if (situation.isTooLarge) return 'too_large';
  if (schedule.audience === 'with_balance' && !hasItems) return 'nothing_open';
  if (schedule.audience === 'with_overdue' && !situation.isOverdue) return 'nothing_overdue';
  if (balanceMinor !== undefined && schedule.minimumMinor > 0n && balanceMinor < schedule.minimumMinor)
    return 'below_minimum';
  const isSame = situation.lastFingerprint === situation.fingerprint && !(isForward && hasMoved);
  if (schedule.skipsUnchanged && isSame) return 'unchanged';
  return situation.canBeReached ? undefined : 'no_way';
}

/** How a statement reaches a customer: by the channel wanted, else the first of its ways that is mail or post. */
export function wayFor(reach: Reach, preference: StatementPreference): Way | undefined {
  const own: Reach = {
    ...reach,
    preference: {
      ...reach.preference,
      emailTo: preference.emailTo ?? reach.preference.emailTo,
      copies: [...new Set([...reach.preference.copies, ...preference.copies])],
    },
  };
  const wanted: readonly Channel[] = preference.channel === null ? [] : [preference.channel];
  const usual = channelsOf(own).filter((channel) => STATEMENT_CHANNELS.some((one) => one === channel));
  for (const channel of [...wanted, ...usual]) {
    const way = wayBy(channel, own);
    if (way) return way;
  }
  return undefined;
}
