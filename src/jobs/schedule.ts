// When something is due by the clock: every day at a time of the tenant's own day, or every so many minutes. Each due
// time has one name, so that many workers looking at the same clock make one job of it.

import { assert } from '#kernel/assert.ts';
import type { Instant } from '#kernel/calendar.ts';
import type { TenantId } from '#kernel/id.ts';
import { type Payload, uuidFrom } from './job.ts';
import type { IdentifiedJob } from './queue.ts';

/** Something that is done again and again for every tenant. */
export type Schedule = {
  /** The queue whose handler does it. */
  readonly queue: string;
  /** Every day from that time of the tenant's day on (`07:00`), or every so many minutes. */
  readonly every: { readonly dayAt: string } | { readonly minutes: number };
  readonly payload?: Payload;
};

/** A tenant as schedules see it. */
export type ScheduledTenant = { readonly id: string; readonly timeZone: string };

/**
 * The jobs that are due at a moment: for each tenant and schedule the latest due time. A day's time that has passed
 * stays due until midnight, so that a worker that was down then catches up; days missed are not caught up, because what
 * is done daily looks at the state of things and not at what happened when. The same due time gives the same job id.
 */
export function dueJobs(
  schedules: readonly Schedule[],
  tenants: readonly ScheduledTenant[],
  now: Instant,
): readonly IdentifiedJob[] {
  const jobs: IdentifiedJob[] = [];
  for (const schedule of schedules) {
    for (const tenant of tenants) {
      const time = dueTime(schedule, tenant, now);
      if (time === undefined) continue;
      jobs.push({
        id: uuidFrom(`schedule\n${schedule.queue}\n${tenant.id}\n${time}`),
        tenantId: tenant.id as TenantId,
        queue: schedule.queue,
        payload: schedule.payload ?? {},
      });
    }
  }
  return jobs;
}

/** A name of the latest due time, or nothing before the first of the day. */
function dueTime(schedule: Schedule, tenant: ScheduledTenant, now: Instant): string | undefined {
  if ('minutes' in schedule.every) {
    assert(schedule.every.minutes >= 1, 'a schedule runs every minute at most', schedule.queue);
    return String(Math.floor(now.epochMilliseconds / (schedule.every.minutes * 60_000)));
  }
  const local = now.toZonedDateTimeISO(tenant.timeZone);
  const at = Temporal.PlainTime.from(schedule.every.dayAt);
  return Temporal.PlainTime.compare(local.toPlainTime(), at) < 0 ? undefined : local.toPlainDate().toString();
}
