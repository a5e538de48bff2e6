// `npm test`: everything that must hold before a change is good; files share processes, unless they say why they cannot.
// `npm test -- FILE…` runs only those test files or folders (still with a database), each in a process of its own or, with
// `--shared`, as `npm test` does. What else begins with a hyphen goes to Node's test runner.

import './require-node.ts';
import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { FORMAT, runAndExit, type Section, testFiles, typeChecks } from './test-run.ts';
import { REPOSITORY, WEB_BUILD, webIsStale } from './web-build.ts';

const WEB: Section = { title: 'Web build', tool: WEB_BUILD };
const BROWSER = 'test/browser/**/*.test.ts';
/**
 * One process for all of them, test after test: server, worker and browser start once. A browser is several processes
 * already, and two of them starve each other on a small machine.
 */
const IN_ONE_PROCESS = ['--test-isolation=none'];
const SHARED = '--shared';

const args = process.argv.slice(2);
await runAndExit(args.length === 0 ? everything() : only(args));

/** One section but for the browser: at the end of each, cores stand idle while its last file is at work. */
function everything(): readonly Section[] {
  const hasWeb = existsSync(`${REPOSITORY}/web/vite.config.ts`);
  const browser = testFiles(BROWSER);
  const others = testFiles('**/*.test.ts').filter((file) => !browser.includes(file));
  return [
    FORMAT,
    ...typeChecks(),
    ...(hasWeb ? [WEB] : []),
    { title: 'Tests', files: others, shared: true },
    { title: 'Browser', files: browser, flags: IN_ONE_PROCESS },
  ];
}

function only(wanted: readonly string[]): readonly Section[] {
  const flags = wanted.filter((word) => word.startsWith('-') && word !== SHARED);
  const files = wanted.filter((word) => !word.startsWith('-')).flatMap(filesAt);
  const shared = wanted.includes(SHARED) ? true : undefined;
  const browser = files.filter((file) => file.includes('test/browser/'));
  const others = files.filter((file) => !browser.includes(file));
  return [
    ...(browser.length > 0 && webIsStale() ? [WEB] : []),
    { title: 'Chosen tests', files: others, flags, shared },
    { title: 'Browser', files: browser, flags: [...IN_ONE_PROCESS, ...flags] },
  ];
}

function filesAt(path: string): readonly string[] {
  const there = statSync(resolve(path), { throwIfNoEntry: false });
  if (there?.isDirectory()) return testFiles(`${path.replace(/\/$/, '')}/**/*.test.ts`);
  if (there !== undefined) return [path];
  console.error(`There is no test at ${path}.`);
  process.exit(1);
}
