// One process for several test files, named as arguments: what all of them load is loaded once. Each file is a suite of
// its name, so that what it says before and after its tests is of its tests alone, and they run one file after the other.

import { AsyncResource } from 'node:async_hooks';
import { resolve } from 'node:path';
import { describe } from 'node:test';
import { pathToFileURL } from 'node:url';
// Before every suite, so that what it closes at the end is open for all of them.
import '../test/support/at-end.ts';

let loaded: Promise<unknown> = Promise.resolve();

for (const file of process.argv.slice(2)) {
  describe(file, () => {
    // Node tells by this resource which suite a test belongs to that is declared while the file is loaded.
    const suite = new AsyncResource('test file');
    const load = () => suite.runInAsyncScope(() => import(pathToFileURL(resolve(file)).href));
    const ownLoad = loaded.then(load);
    loaded = ownLoad.catch(() => {});
    return ownLoad;
  });
}
