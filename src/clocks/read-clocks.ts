// Reading the clocks: receipts that wait with how long, by whose hours; and how fast receipts were applied, month by month.

import type { Tx } from '#db/transaction.ts';
import { type Instant, monthStart, type PlainDate } from '#kernel/calendar.ts';
import { CLOCKS_AT_ONCE } from '#kernel/limits.ts';
import type { Company } from '#parties/company.ts';
import { listCompanies } from '#parties/take-party.ts';
import { readCalendar } from '#terms/find-holidays.ts';
import {
  type KeptReceipt,
  readKept,
  readWaitingReceipts,
  type WaitingAfter,
  type WaitingPage,
  type WaitingReceipt,
} from '#workbench/read-waiting.ts';
import {
  type AppliedAfter,
  CLOCK_DEFAULT,
  type ClockFigures,
  type ClockPlace,
  type ClockSetting,
  type ClockState,
  clockFigures,
  clockState,
  countedHours,
  waitedLongerBefore,
} from './clock.ts';
import {
  countWaiting,
  findAppliedReceipts,
  findClockSettings,
  findMatchMonths,
  findTimings,
  type MatchMonth,
} from './store.ts';
import { findTeams } from './store-teams.ts';

/** A company with what it allows, and by which hours. */
export type CompanyClock = {
  readonly company: Company;
  readonly setting: ClockSetting;
  readonly place: ClockPlace;
};

/** The clocks of all companies, by company; calendars of the years from the first moment asked about on. */
export async function readCompanyClocks(
  tx: Tx,
  years: { readonly from: number; readonly to: number },
): Promise<ReadonlyMap<string, CompanyClock>> {
  const [companies, settings] = await Promise.all([listCompanies(tx), findClockSettings(tx)]);
  const wanted = Array.from({ length: years.to - years.from + 1 }, (_, index) => years.from + index);
  const clocks = new Map<string, CompanyClock>();
  for (const company of companies) {
    const setting = settings.get(company.id) ?? CLOCK_DEFAULT;
    const calendar =
      setting.counts === 'all'
        ? null
        : await readCalendar(tx, 'company', { company: company.country, customer: null }, wanted);
    clocks.set(company.id, { company, setting, place: { timeZone: company.timeZone, calendar } });
  }
  return clocks;
}

/** A receipt that waits, with the hours that count and what they mean. */
export type TimedReceipt = WaitingReceipt & {
  readonly owner_id: string | null;
  readonly team_id: string | null;
  readonly escalated_at: Instant | null;
  readonly hours: number;
  readonly state: ClockState;
};

/** Receipts that wait, the longest first, with the clocks of their companies. */
export type TimedPage = {
  readonly receipts: readonly TimedReceipt[];
  readonly clocks: ReadonlyMap<string, CompanyClock>;
  /** After which more follow; nothing where these were the last. */
  readonly next: WaitingAfter | undefined;
};

/** A page of receipts that wait, the first recorded first; of a page the longest by its company's clock comes first. */
export async function readWaiting(
  tx: Tx,
  now: Instant,
  of: Omit<Partial<WaitingPage>, 'now'> = {},
): Promise<TimedPage> {
  const limit = of.limit ?? CLOCKS_AT_ONCE;
  const waiting = await readWaitingReceipts(tx, { ...of, now, limit });
  const timings = await findTimings(
    tx,
    waiting.map((row) => ({ paymentId: row.payment_id, round: row.round })),
  );
  const timingOf = new Map(timings.map((timing) => [timing.payment_id, timing]));
  const rows = waiting.map((row) => {
    const { owner_id = null, team_id = null, escalated_at = null } = timingOf.get(row.payment_id) ?? {};
    return { ...row, owner_id, team_id, escalated_at };
  });
  const yearOf = (moment: Instant): number => moment.toZonedDateTimeISO('UTC').year;
  const to = yearOf(now) + 1;
  const from = Math.min(to - 1, ...rows.map((row) => yearOf(row.recorded_at)));
  const clocks = await readCompanyClocks(tx, { from, to });
  const receipts = rows.flatMap((row): readonly TimedReceipt[] => {
    const clock = clocks.get(row.company_id);
    if (!clock) return [];
    const hours = countedHours(row.since, now, clock.place);
    return [{ ...row, hours, state: clockState(hours, clock.setting) }];
  });
  const last = waiting.length < limit ? undefined : waiting.at(-1);
  const next = last && { recordedAt: last.recorded_at, paymentId: last.payment_id };
  return { receipts: receipts.toSorted((a, b) => b.hours - a.hours), clocks, next };
}

/** Years looked back for what waited too long: longer than any company lets wait, with all its holidays. */
const YEARS_BACK = 1;

/** How many receipts wait, by where they stand, and how many are somebody's: counted by the database, however many they are. */
export async function readWaitingCounts(
  tx: Tx,
  now: Instant,
  of: { readonly companyId: string | undefined; readonly userId: string },
): Promise<Awaited<ReturnType<typeof countWaiting>>> {
  const { year } = now.toZonedDateTimeISO('UTC');
  const clocks = await readCompanyClocks(tx, { from: year - YEARS_BACK, to: year + 1 });
  const bounds = [...clocks].map(([companyId, { setting, place }]) => ({
    companyId,
    late: waitedLongerBefore(setting.applyHours, now, place),
    escalated: waitedLongerBefore(setting.escalateHours, now, place),
  }));
  const teams = (await findTeams(tx)).filter((team) => team.member_ids.includes(of.userId));
  return countWaiting(tx, { ...of, teamIds: teams.map((team) => team.team_id), bounds, now });
}

/** A receipt kept on account, with whose it is. */
export type OwnedKept = KeptReceipt & { readonly owner_id: string | null; readonly team_id: string | null };

/** Receipts kept on account that are not to be looked at again yet, the longest kept first. */
export async function readKeptReceipts(
  tx: Tx,
  of: { readonly companyId: string | undefined; readonly now: Instant },
): Promise<readonly OwnedKept[]> {
  const kept = await readKept(tx, { ...of, limit: CLOCKS_AT_ONCE });
  const timings = await findTimings(
    tx,
    kept.map((row) => ({ paymentId: row.payment_id, round: 0 })),
  );
  const timingOf = new Map(timings.map((timing) => [timing.payment_id, timing]));
  return kept.map((row) => {
    const { owner_id = null, team_id = null } = timingOf.get(row.payment_id) ?? {};
    return { ...row, owner_id, team_id };
  });
}

/** How fast receipts were applied in a month, and how much of them the machine matched. */
export type MonthFigures = {
  readonly month: string;
  readonly clock: ClockFigures;
  readonly match: MatchMonth | null;
};

/** Months looked back, this one included. */
const MONTHS = 12;

/** Figures of the last twelve months, the earliest first; months of which there is nothing are left out. */
export async function readMonthFigures(
  tx: Tx,
  today: PlainDate,
  companyId: string | undefined,
): Promise<readonly MonthFigures[]> {
  const from = monthStart(today).subtract({ months: MONTHS - 1 });
  const since = from.toZonedDateTime('UTC').toInstant();
  const [groups, months, clocks] = await Promise.all([
    findAppliedReceipts(tx, since, companyId),
    findMatchMonths(tx, from, companyId),
    readCompanyClocks(tx, { from: from.year, to: today.year + 1 }),
  ]);
  const names = [
    ...new Set([...groups.map((group) => group.month), ...months.map((one) => one.month)]),
  ].sort();
  return names.map((month) => {
    const own = groups.filter((group) => group.month === month);
    const after = own.flatMap((group): readonly (AppliedAfter & { readonly applyHours: number })[] => {
      const clock = clocks.get(group.company_id);
      if (!clock) return [];
      const hours = countedHours(group.recorded_at, group.applied_at, clock.place);
      return [{ hours, receipts: group.receipts, applyHours: clock.setting.applyHours }];
    });
    // Companies may allow different hours: each receipt is in time by its own.
    const parts = [...Map.groupBy(after, (one) => one.applyHours)].map(([applyHours, some]) =>
      clockFigures(some, { applyHours }),
    );
    const inTime = parts.reduce((all, part) => all + part.inTime, 0);
    return {
      month,
      clock: { ...clockFigures(after, { applyHours: 0 }), inTime },
      match: months.find((one) => one.month === month) ?? null,
    };
  });
}
