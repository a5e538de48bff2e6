// The source as guards see it: files, their module and kind, their imports.

import { globSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { NOUNS, SHELL, VERBS } from './rules.ts';

export const ROOT = join(import.meta.dirname, '../..');

export type SourceFile = {
  /** From the root, with slashes. */
  readonly path: string;
  readonly text: string;
  /** The folder below src, or `` for the edges. */
  readonly module: string;
  readonly name: string;
  readonly kind: 'verb' | 'noun' | 'shell' | 'contract';
  readonly imports: readonly { readonly from: string; readonly typeOnly: boolean }[];
};

const IMPORT = /^\s*(?:import|export)\s+(type\s+)?(?:[\w*{}\s,$]+?\s+from\s+)?['"]([^'"]+)['"]/gm;

/** All TypeScript files that a pattern names, tests left out unless asked for. */
export function sourceFiles(
  pattern: string,
  options: { readonly tests?: boolean } = {},
): readonly SourceFile[] {
  return globSync(pattern, { cwd: ROOT })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => options.tests || !path.endsWith('.test.ts'))
    .sort()
    .map(readSource);
}

function readSource(path: string): SourceFile {
  const text = readFileSync(join(ROOT, path), 'utf8');
  const parts = path.split('/');
  const module = parts[0] === 'src' && parts.length > 2 ? (parts[1] ?? '') : '';
  const name = (parts.at(-1) ?? '').replace(/(\.test)?\.tsx?$/, '');
  const imports = [...text.matchAll(IMPORT)].map((m) => ({ from: m[2] ?? '', typeOnly: m[1] !== undefined }));
  return { path, text, module, name, kind: kindOf(name), imports };
}

function kindOf(name: string): SourceFile['kind'] {
  if (name === 'contract' || name.startsWith('contract-')) return 'contract';
  if (NOUNS.has(name)) return 'noun';
  const [first = ''] = name.split('-');
  if (SHELL.has(first)) return 'shell';
  return VERBS.has(first) ? 'verb' : 'noun';
}

/** The file an import names, from the root; undefined for packages. */
export function target(file: SourceFile, from: string): string | undefined {
  if (from.startsWith('#')) return `src/${from.slice(1)}`;
  if (!from.startsWith('.')) return undefined;
  return relative(ROOT, join(ROOT, file.path, '..', from)).replaceAll('\\', '/');
}

/** The module of a path below src, or `` for the edges. */
export function moduleOf(path: string): string {
  const parts = path.split('/');
  return parts[0] === 'src' && parts.length > 2 ? (parts[1] ?? '') : '';
}
