// A reporter for `node --test` that prints no progress (another one does) but, at the end, what a sum needs as JSON.

import type { TestEvent } from 'node:test/reporters';

/** How the tests of one run went. `failures` names each failed test with its file. */
export type Tally = {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly failures: readonly string[];
};

/** Adds up events of the runner. A test that failed only because one inside it failed is not named again. */
export default async function* countTests(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const failures: string[] = [];
  let tally: Tally | undefined;
  for await (const { type, data } of events) {
    if (type === 'test:fail' && !hasFailedInside(data.details.error))
      failures.push(`${data.file ?? ''}: ${data.name}`);
    if (type === 'test:summary' && data.file === undefined) {
      const { tests, passed, skipped, todo } = data.counts;
      tally = { passed, failed: tests - passed - skipped - todo, skipped: skipped + todo, failures };
    }
  }
  yield JSON.stringify(tally);
}

function hasFailedInside(error: Error): boolean {
  return 'failureType' in error && error.failureType === 'subtestsFailed';
}
