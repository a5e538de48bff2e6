// The rules of imports, the purity of nouns, one writer for each table, and sizes: what keeps the tree readable.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { GROUND, LIMITS, MODULES, SHELL, TYPES_AGAINST_ORDER, VERBS } from './rules.ts';
import { moduleOf, ROOT, type SourceFile, sourceFiles, target } from './source-files.ts';

const FILES = sourceFiles('src/**/*.ts');
const EDGES: ReadonlySet<string> = new Set(['', 'cli']);
const order = (module: string): number => (MODULES as readonly string[]).indexOf(module);

function none(found: readonly string[], says: string): void {
  assert.deepEqual(found, [], says);
}

test('there are source files to look at', () => {
  assert.ok(FILES.length > 100, `${FILES.length} files`);
  assert.ok(FILES.flatMap((f) => f.imports).length > 400);
});

test('every folder below src is a module of the list, or the edge', () => {
  none(
    [...new Set(FILES.map((f) => f.module))].filter((m) => !EDGES.has(m) && order(m) < 0),
    'add the module to the reading order',
  );
});

test('a module imports only from itself and from modules before it', () => {
  const wrong = FILES.filter((f) => !EDGES.has(f.module)).flatMap((file) =>
    file.imports.flatMap(({ from, typeOnly }) => {
      const path = target(file, from);
      if (path === undefined || !path.startsWith('src/')) return [];
      const module = moduleOf(path);
      if (typeOnly && TYPES_AGAINST_ORDER.has(`${file.module}>${module}`)) return [];
      if (EDGES.has(module)) return [`${file.path} imports the edge ${path}`];
      return order(module) > order(file.module) ? [`${file.path} imports ${path}, which comes after it`] : [];
    }),
  );
  none(wrong, 'imports go backwards in the reading order');
});

test('store, routes and jobs are private to their module; routes and jobs are for the edges', () => {
  const wrong = FILES.flatMap((file) =>
    file.imports.flatMap(({ from }) => {
      const path = target(file, from);
      if (path === undefined || !path.startsWith('src/') || GROUND.has(moduleOf(path))) return [];
      const name = (path.split('/').at(-1) ?? '').replace('.ts', '');
      const [first = ''] = name.split('-');
      if (!SHELL.has(first) || moduleOf(path) === file.module) return [];
      const open = EDGES.has(file.module) && first !== 'store';
      return open || moduleOf(path) === '' ? [] : [`${file.path} imports ${path}`];
    }),
  );
  none(wrong, 'shell files are imported by their own module only');
});

/** Packages that a contract may import: they run in the browser too. */
const CONTRACT_PACKAGES: ReadonlySet<string> = new Set(['zod']);
/** Packages that compute and touch nothing; a noun may use them. */
const PURE_PACKAGES: ReadonlySet<string> = new Set(['liquidjs', 'nodemailer/lib/addressparser']);

function isPure(path: string): boolean {
  const file = FILES.find((f) => f.path === path);
  if (!file) return false;
  if (['kernel', 'formats', 'einvoice'].includes(file.module)) return true;
  if (file.path === 'src/http/contract.ts' || file.path === 'src/db/tables.ts') return true;
  return !GROUND.has(file.module) && (file.kind === 'noun' || file.kind === 'contract');
}

test('nouns and contracts are pure: they import nouns, the kernel and formats, nothing that acts', () => {
  const pure = FILES.filter(
    (f) => !EDGES.has(f.module) && !GROUND.has(f.module) && (f.kind === 'noun' || f.kind === 'contract'),
  );
  const wrong = pure.flatMap((file) =>
    file.imports.flatMap(({ from, typeOnly }) => {
      const path = target(file, from);
      if (path === undefined) {
        const allowed = file.kind === 'contract' ? CONTRACT_PACKAGES : PURE_PACKAGES;
        return allowed.has(from) || typeOnly ? [] : [`${file.path} imports ${from}`];
      }
      return isPure(path) || typeOnly ? [] : [`${file.path} imports ${path}`];
    }),
  );
  none(wrong, 'a noun computes and touches nothing: name the file with a verb, or move the part that acts');
});

test('nouns read no clock and throw no dice', () => {
  const clock = /Temporal\.Now|Date\.now|new Date\(|performance\.now|Math\.random|process\.env/;
  const wrong = FILES.filter(
    (f) => !GROUND.has(f.module) && !EDGES.has(f.module) && (f.kind === 'noun' || f.kind === 'contract'),
  )
    .filter((f) => clock.test(f.text))
    .map((f) => f.path);
  none(wrong, 'the day and chance are arguments');
});

test('kernel and formats have no clock, no dice and no database', () => {
  const wrong = FILES.filter((f) => f.module === 'kernel').filter((f) =>
    f.imports.some(({ from }) => from.startsWith('node:') || from === 'pg' || from === 'kysely'),
  );
  none(
    wrong.map((f) => f.path),
    'the kernel is pure',
  );
});

test('a table is written by one module only', () => {
  const WRITES =
    /(?:insertInto|updateTable|deleteFrom)\(\s*'(\w+)'|\binsert into (\w+)|\bupdate (\w+) set\b|\bdelete from (\w+)|\.insert\(\s*'(\w+)'/g;
  const writers = new Map<string, Set<string>>();
  for (const file of FILES.filter((f) => !EDGES.has(f.module))) {
    for (const m of file.text.matchAll(WRITES)) {
      const table = m.slice(1).find((name) => name !== undefined);
      if (table === undefined) continue;
      writers.set(table, (writers.get(table) ?? new Set()).add(file.module));
    }
  }
  assert.ok(writers.size > 20, `${writers.size} tables written`);
  none(
    [...writers]
      .filter(([, modules]) => modules.size > 1)
      .map(([table, modules]) => `${table}: ${[...modules].join(', ')}`),
    'each table has one writer',
  );
});

test('in a domain module only stores write SQL', () => {
  const wrong = FILES.filter((f) => !GROUND.has(f.module) && !EDGES.has(f.module) && f.kind !== 'shell')
    .filter((f) => /\b(?:insertInto|updateTable|deleteFrom|selectFrom)\(/.test(f.text))
    .map((f) => f.path);
  none(wrong, 'SQL lives in store files');
});

/** Files that are lists or generated and may be long. */
const LONG_FILES: ReadonlySet<string> = new Set(['src/db/tables.ts']);

function isList(file: SourceFile): boolean {
  return LONG_FILES.has(file.path) || file.name === 'contract';
}

test('no file is longer than five hundred lines', () => {
  const long = [...FILES, ...sourceFiles('{bin,test,seed,bench,web}/**/*.{ts,tsx}', { tests: true })]
    .filter((f) => !f.path.startsWith('web/dist') && !isList(f))
    .filter((f) => f.text.split('\n').length > LIMITS.fileLines)
    .map((f) => `${f.path}: ${f.text.split('\n').length}`);
  none(long, 'a file this long is two files');
});

test('no line is longer than a hundred and thirty characters, web addresses and data apart', () => {
  const long = FILES.flatMap((f) =>
    f.text
      .split('\n')
      .map((line, i) => ({ line, at: `${f.path}:${i + 1}` }))
      .filter(({ line }) => line.length > LIMITS.lineCharacters && !/['"`/]/.test(line))
      .map(({ at }) => at),
  );
  none(long, 'break the line');
});

test('every exported function says what it means', () => {
  const wrong = FILES.flatMap((f) => {
    const lines = f.text.split('\n');
    return lines.flatMap((line, i) => {
      if (!/^export (?:async )?function\*? /.test(line)) return [];
      const before = lines[i - 1]?.trim() ?? '';
      return before.endsWith('*/') || before.startsWith('// biome-ignore') ? [] : [`${f.path}:${i + 1}`];
    });
  });
  none(wrong, 'write a docstring');
});

test('every source file begins by saying its idea', () => {
  const wrong = FILES.filter((f) => !/^(?:\/\/|\/\*)/.test(f.text)).map((f) => f.path);
  none(wrong, 'a line or two at the top');
});

test('nothing is left unfinished, untyped or silenced', () => {
  const marks = /\b(?:TODO|FIXME|HACK)\b|\bas any\b|: any\b|@ts-ignore|@ts-expect-error|\.only\(/;
  const wrong = [
    ...FILES,
    ...sourceFiles('{bin,test,seed,bench}/**/*.ts', { tests: true }),
    ...sourceFiles('web/**/*.{ts,tsx}'),
  ]
    .filter((f) => !f.path.startsWith('test/guards/') && !f.path.startsWith('web/dist'))
    .flatMap((f) =>
      f.text
        .split('\n')
        .map((line, i) => ({ line, at: `${f.path}:${i + 1}` }))
        .filter(({ line }) => marks.test(line))
        .map(({ at }) => at),
    );
  none(wrong, 'finish it, type it, mend it');
});

test('the web sees contracts and the kernel of the server, nothing else', () => {
  const wrong = sourceFiles('web/**/*.{ts,tsx}')
    .filter((f) => !f.path.startsWith('web/dist'))
    .flatMap((file) =>
      file.imports
        .filter(({ from }) => from.startsWith('#'))
        .filter(({ from }) => !/^#(?:kernel\/[\w-]+|[\w-]+\/contract)\.ts$/.test(from))
        .map(({ from }) => `${file.path} imports ${from}`),
    );
  none(wrong, 'the browser is a stranger to the server');
});

test('no two pages of the menu have the same keys or the same address', () => {
  const menu = readFileSync(join(ROOT, 'web/staff/places.ts'), 'utf8');
  for (const field of ['keys', 'path']) {
    const given = [...menu.matchAll(new RegExp(`\\b${field}: '([^']+)'`, 'g'))].map(([, one]) => one ?? '');
    assert.ok(given.length > 20, `${given.length} ${field} found`);
    none(
      given.filter((one, index) => given.indexOf(one) !== index),
      `give each page ${field} of its own`,
    );
  }
});

test('every domain module has a README of one screen', () => {
  const modules = [...new Set(FILES.map((f) => f.module))].filter((m) => !EDGES.has(m));
  const wrong = modules.flatMap((module) => {
    const path = join(ROOT, 'src', module, 'README.md');
    if (!existsSync(path)) return [`src/${module}/README.md is missing`];
    const lines = readFileSync(path, 'utf8').split('\n').length;
    return lines > LIMITS.moduleReadmeLines ? [`src/${module}/README.md has ${lines} lines`] : [];
  });
  none(wrong, 'what the module owns, its words, its invariants, its tables');
});

test('files that the README of a module names are there: in the module, below src, or in the tree', () => {
  const named = [...new Set(FILES.map((f) => f.module))]
    .filter((m) => !EDGES.has(m))
    .flatMap((module) =>
      [...readFileSync(join(ROOT, 'src', module, 'README.md'), 'utf8').matchAll(/`([\w./-]+\.tsx?)`/g)].map(
        ([, name = '']) => ({ module, name }),
      ),
    );
  assert.ok(named.length > 200, `${named.length} files named`);
  none(
    named
      .filter(
        ({ module, name }) => ![`src/${module}`, 'src', '.'].some((at) => existsSync(join(ROOT, at, name))),
      )
      .map(({ module, name }) => `src/${module}/README.md names ${name}`),
    'name the file that is there now',
  );
});

test('verbs are verbs that are used', () => {
  const used = new Set(
    FILES.filter((f) => f.kind === 'verb' && !GROUND.has(f.module)).map((f) => f.name.split('-')[0] ?? ''),
  );
  none(
    [...VERBS].filter((verb) => !used.has(verb)),
    'take unused verbs off the list',
  );
});
