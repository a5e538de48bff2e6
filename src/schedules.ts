// What is done when: the one table of what happens by the clock alone. Each entry becomes one job for each tenant and
// time; a worker that was down catches up with the latest time of the day, once.

import type { Schedule } from '#jobs/schedule.ts';

/** All schedules, in the order of the day. */
export const SCHEDULES: readonly Schedule[] = [];
