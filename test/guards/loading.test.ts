// What is loaded when: a command of the command line loads what it needs and not the whole program, and what few need is loaded
// where it is used.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type SourceFile, sourceFiles, target } from './source-files.ts';

const FILES = new Map(sourceFiles('src/**/*.ts').map((file) => [file.path, file]));
const COMMANDS = [...FILES.keys()].filter((path) => path.startsWith('src/cli/'));

/** The files that are loaded with one, and the packages, each with who names it first; what is only imported later is left out. */
function loadedWith(start: string): ReadonlyMap<string, string> {
  const loaded = new Map([[start, start]]);
  for (const path of loaded.keys()) {
    const file = FILES.get(path);
    for (const name of file ? named(file) : []) if (!loaded.has(name)) loaded.set(name, path);
  }
  return loaded;
}

function named(file: SourceFile): readonly string[] {
  return file.imports
    .filter(({ from, typeOnly }) => !typeOnly && !from.startsWith('node:'))
    .map(({ from }) => target(file, from) ?? from);
}

// Seen to fail when the first commands were imported at the top of src/cli.ts.
test('the command line begins with next to nothing, so that help and refusals come at once', () => {
  const loaded = [...loadedWith('src/cli.ts').keys()];
  assert.deepEqual(loaded.toSorted(), [
    'src/cli.ts',
    'src/cli/commands.ts',
    'src/cli/options.ts',
    'src/cli/print.ts',
    'src/compiled.ts',
    'src/kernel/refusal.ts',
  ]);
});

// Seen to fail when asking looked through all routes.
test('no command loads all routes, all handlers, the server or the worker', () => {
  assert.ok(COMMANDS.length > 20, `${COMMANDS.length} files`);
  const wrong = COMMANDS.flatMap((path) => {
    const loaded = loadedWith(path);
    return ['src/routes.ts', 'src/handlers.ts', 'src/server.ts', 'src/worker.ts']
      .filter((all) => loaded.has(all))
      .map((all) => `${path} loads ${all} by ${loaded.get(all)}`);
  });
  assert.deepEqual(wrong, [], 'import what the command needs, or import it where it is needed');
});

// Seen to fail when the queue was opened with each session, and when reactions took its names from the files that do the jobs.
test('what a session of the command line loads is small', () => {
  const loaded = loadedWith('src/cli/session.ts');
  const wrong = [...loaded.keys()].filter((name) => /\/(?:jobs|routes)\.ts$|^pg-boss$|^fastify$/.test(name));
  assert.deepEqual(wrong, [], 'a command that asks one thing would load it too');
  assert.ok(loaded.size < 60, `${loaded.size} files`);
});

/** Large packages that one kind of work uses, which many installations never have. */
const LATE = ['pdf-lib', 'imapflow', 'smtp-server', 'date-holidays', 'better-auth/crypto'];

// Seen to fail with each of them imported at the top, and as long as the kinds of sign-in that nobody uses came with the one we use.
test('large packages that few need are loaded with neither the server nor the worker', () => {
  const wrong = ['src/server.ts', 'src/worker.ts'].flatMap((path) => {
    const loaded = loadedWith(path);
    return [...LATE, 'better-auth/plugins']
      .filter((name) => loaded.has(name))
      .map((name) => `${path} loads ${name} by ${loaded.get(name)}`);
  });
  assert.deepEqual(wrong, [], 'import it where it is first used');
});
