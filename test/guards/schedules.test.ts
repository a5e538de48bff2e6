// Queues that only the clock fills are looked into less often. Whoever leaves a job in one of them by a command waits longer than need
// be, so that the table of schedules says which are filled by commands too.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { queuesByClock } from '#jobs/schedule.ts';
import { SCHEDULES } from '../../src/schedules.ts';
import { sourceFiles } from './source-files.ts';

const NAMED = /export const (\w+_QUEUE) = '([^']+)'/g;

// Seen to fail with a queue told to be filled by commands in which none leaves a job.
test('the queues that only the clock fills are those in which no command leaves a job', () => {
  const files = sourceFiles('src/**/*.ts').filter(({ path }) => path !== 'src/schedules.ts');
  const queueOf = new Map(
    files.flatMap(({ text }) => [...text.matchAll(NAMED)].map((m) => [m[1], m[2]] as const)),
  );
  const filled = new Set(
    files.flatMap(({ text }) =>
      [...text.matchAll(/\bqueue: (\w+_QUEUE)\b/g)].map((m) => queueOf.get(m[1] ?? '')),
    ),
  );
  assert.ok(filled.size > 10, 'jobs are left as this looks for them');
  const scheduled = new Set(SCHEDULES.map(({ queue }) => queue));
  assert.deepEqual(
    [...queuesByClock(SCHEDULES)].toSorted(),
    [...scheduled].filter((queue) => !filled.has(queue)).toSorted(),
  );
});
