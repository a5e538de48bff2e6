// Which test files run in one process. Loading the program costs a process more than most files' tests do, so files share
// processes, unless a file says why it cannot.

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { REPOSITORY } from './web-build.ts';

/** The line by which a test file has a process to itself. */
const ALONE = /^\/\/ In a process of its own: \S/m;
/** So many that loading hardly counts, and so few that the lanes end at about the same time. */
const FILES_MAX = 30;
/** Smaller batches than this, at the end, would load more than they spread. */
const FILES_MIN = 6;

/**
 * Deals test files to lanes that each take the next batch when they are done with one. What takes longest comes first (files
 * by themselves, then those that belong to no module), and the batches get smaller towards the end.
 */
export function* dealTests(files: readonly string[], lanes: number): Generator<readonly string[]> {
  const alone = files.filter((file) => ALONE.test(readFileSync(resolve(REPOSITORY, file), 'utf8')));
  for (const file of alone) yield [file];
  const shared = files.filter((file) => !alone.includes(file));
  const isOfModule = (file: string) => file.startsWith('src/');
  const left = [...shared.filter((file) => !isOfModule(file)), ...shared.filter(isOfModule)];
  while (left.length > 0) {
    const fair = Math.ceil(left.length / lanes / 2);
    yield left.splice(0, Math.min(FILES_MAX, Math.max(FILES_MIN, fair)));
  }
}
