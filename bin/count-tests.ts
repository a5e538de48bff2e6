// A reporter for Node's test runner that prints no progress (another one does) but writes down what a sum needs, a line of
// JSON for each thing, as it comes: a process that dies has said what it finished and what failed until then.

import { existsSync, readFileSync } from 'node:fs';
import type { TestEvent } from 'node:test/reporters';
import { stripVTControlCharacters } from 'node:util';

type Counts = { readonly passed: number; readonly failed: number; readonly skipped: number };
type Line = Failure | { readonly finished: string } | Counts;

/** A test that failed, with its file, and the first lines of why. */
export type Failure = { readonly failure: string; readonly why: string };

/** Lines of a failure that are said again with the sum, besides where it was; all of them stand where the test ran. */
const WHY_LINES_MAX = 12;

/** How the tests of one process went. */
export type Tally = Counts & {
  readonly failures: readonly Failure[];
  /** The suites that came to their end; files that share a process are a suite each. */
  readonly finished: ReadonlySet<string>;
  /** Whether the process came to its end and counted. */
  readonly isWhole: boolean;
};

/** Writes down events of the runner. A test that failed only because one inside it failed is not named again. */
export default async function* countTests(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  let counted: Counts | undefined;
  let failedSuites = 0;
  const lineOf = (line: Line) => `${JSON.stringify(line)}\n`;
  for await (const { type, data } of events) {
    if (type === 'test:fail' && !hasFailedInside(data.details.error)) {
      const isSuite = data.details.type === 'suite';
      if (isSuite) failedSuites += 1;
      yield lineOf({
        failure: isSuite && data.nesting === 0 ? data.name : `${data.file ?? ''}: ${data.name}`,
        why: whyOf(data.details.error),
      });
    }
    if ((type === 'test:pass' || type === 'test:fail') && data.nesting === 0 && data.details.type === 'suite')
      yield lineOf({ finished: data.name });
    // Of several, the last is of the whole run, those before it of one file each.
    if (type === 'test:summary') {
      const { tests, passed, skipped, todo } = data.counts;
      counted = { passed, failed: tests - passed - skipped - todo, skipped: skipped + todo };
    }
  }
  if (counted !== undefined) yield lineOf({ ...counted, failed: counted.failed + failedSuites });
}

/** What the test threw, which the runner wraps, and where it did. */
function whyOf(error: Error): string {
  const thrown = error.cause instanceof Error ? error.cause : error;
  const lines = stripVTControlCharacters(thrown.stack ?? thrown.message).split('\n');
  const isPlace = (line: string) => /^ +at /.test(line);
  const place = lines.find((line) => isPlace(line) && !line.includes('(node:'));
  const words = lines.filter((line) => !isPlace(line)).slice(0, WHY_LINES_MAX);
  return [...words, ...(place === undefined ? [] : [place])].join('\n');
}

function hasFailedInside(error: Error): boolean {
  return 'failureType' in error && error.failureType === 'subtestsFailed';
}

/** What the reporter wrote down in a file. */
export function readTally(path: string): Tally {
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  // What stands after the last line break was not written to its end.
  const lines = text.split('\n').slice(0, -1);
  const said = lines.map((line): Line => JSON.parse(line));
  const counted = said.findLast((line) => 'passed' in line);
  const failures = said.flatMap((line) => ('failure' in line ? [line] : []));
  const finished = new Set(said.flatMap((line) => ('finished' in line ? [line.finished] : [])));
  return {
    ...(counted ?? { passed: 0, failed: failures.length, skipped: 0 }),
    failures,
    finished,
    isWhole: counted !== undefined,
  };
}
