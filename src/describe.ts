// Everything that is written from the program itself and checked in, so that people can read it and see it change: the
// schema, the types of its tables, and the documents of the API. A guard compares it.

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeSchema, describeTables } from '#db/describe-schema.ts';
import type { Operation } from '#http/contract.ts';
import { COMMON_REFUSALS } from '#http/contract.ts';
import { openApiDocument } from '#http/openapi.ts';
import { PERMISSION_MEANINGS, PERMISSIONS, permissionsOf, ROLES } from '#identity/permission.ts';
import { groupFacts } from '#wording/template-facts.ts';
import packageJson from '../package.json' with { type: 'json' };
import { OTHER_REFUSALS } from './other-refusals.ts';
import { ROUTES } from './routes.ts';

/** The root of the repository. */
export const REPOSITORY: string = fileURLToPath(new URL('..', import.meta.url));

const NOTE = '<!-- Written by `npx node bin/describe.ts --write`; a guard compares it. Do not edit. -->';

/** The text of each generated file by its path in the repository, for the migrated database at `url`. */
export async function describeAll(url: string): Promise<ReadonlyMap<string, string>> {
  const operations = ROUTES.map((route) => route.operation);
  const document = openApiDocument(operations, { version: packageJson.version });
  return new Map([
    ['schema/schema.sql', await describeSchema(url)],
    ['src/db/tables.ts', await describeTables(url)],
    ['docs/generated/openapi.json', `${JSON.stringify(document, null, 2)}\n`],
    ['docs/generated/permissions.md', describePermissions(operations)],
    ['docs/generated/refusals.md', describeRefusals(operations)],
    ['docs/generated/template-facts.md', describeTemplates()],
    ['docs/generated/events.md', describeEvents(await readSources())],
  ]);
}

function lines(...parts: readonly (string | readonly string[])[]): string {
  return `${parts.flat().join('\n')}\n`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [row(head), row(head.map(() => '---')), ...rows.map(row)];
}

/** What templates of messages may name. */
export function describeTemplates(): string {
  const groups = groupFacts().map(({ kinds, rows }) => [
    '',
    `## ${kinds.map((kind) => `\`${kind}\``).join(', ')}`,
    '',
    table(
      ['Write', 'Kind', 'What it is'],
      rows.map(([insert, kind, says]) => [
        `\`${insert.replaceAll('|', '\\|')}\``,
        kind,
        says.replaceAll('|', '\\|'),
      ]),
    ),
  ]);
  return lines(
    NOTE,
    '# Facts that templates may name',
    '',
    'A template that names anything else is refused when it is saved, with the part, the line and the position.',
    'How to write them: [Words of messages](../manual/templates.md).',
    groups.flat(2),
  );
}

/** Who may do what, and which operations each permission opens. */
export function describePermissions(operations: readonly Operation[]): string {
  return lines(
    NOTE,
    '# Roles and permissions',
    '',
    table(
      ['Permission', 'Allows to', ...ROLES],
      PERMISSIONS.map((permission) => [
        `\`${permission}\``,
        PERMISSION_MEANINGS[permission],
        ...ROLES.map((role) => (permissionsOf(role).has(permission) ? 'yes' : '')),
      ]),
    ),
    '',
    '## Operations by permission',
    '',
    PERMISSIONS.flatMap((permission) => {
      const opened = operations.filter((operation) => operation.permission === permission);
      if (opened.length === 0) return [];
      return [`### ${permission}`, '', ...opened.map((o) => `- \`${o.method} ${o.path}\`: ${o.summary}`), ''];
    }),
  ).replace(/\n+$/, '\n');
}

/** Every reason to say no, what it means and where it is met. */
export function describeRefusals(operations: readonly Operation[]): string {
  const found = new Map<string, { status: string; message: string; where: string[] }[]>();
  const add = (code: string, status: string, message: string, where: string) => {
    const known = found.get(code) ?? [];
    found.set(code, known);
    const same = known.find((one) => one.status === status && one.message === message);
    if (same) same.where.push(where);
    else known.push({ status, message, where: [where] });
  };
  for (const [code, [status, message]] of Object.entries(COMMON_REFUSALS))
    add(code, String(status), message, 'every operation');
  for (const operation of operations)
    for (const [code, [status, message]] of Object.entries(operation.refusals))
      add(code, String(status), message, operation.id);
  for (const [code, [place, message]] of Object.entries(OTHER_REFUSALS)) add(code, '', message, place);
  const codes = [...found.keys()].sort();
  return lines(
    NOTE,
    '# Refusals',
    '',
    'What the system says when it understood a request and will not do it. `start`: met on the terminal; `field`: said about',
    'a field of a request, inside `bad_input`; `job`: kept with work that was given up; `approval`: kept with a request for',
    'approval that could not be carried out.',
    '',
    table(
      ['Code', 'Status', 'What is wrong and what to do', 'Met at'],
      codes.flatMap((code) =>
        (found.get(code) ?? []).map((one) => [`\`${code}\``, one.status, one.message, one.where.join(', ')]),
      ),
    ),
  );
}

/** The sources of the program by path, tests left out. */
export async function readSources(): Promise<ReadonlyMap<string, string>> {
  const root = join(REPOSITORY, 'src');
  const names = (await readdir(root, { recursive: true }))
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .sort();
  return new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(join(root, name), 'utf8')] as const)),
  );
}

const EVENT = /\btype: '([a-z_]+\.[a-z_]+)'/g;

/** Which kinds of things are recorded to have happened, and by which file. */
export function describeEvents(sources: ReadonlyMap<string, string>): string {
  const found = new Map<string, Set<string>>();
  for (const [path, text] of sources)
    for (const [, type = ''] of text.matchAll(EVENT))
      found.set(type, (found.get(type) ?? new Set()).add(path));
  return lines(
    NOTE,
    '# Events',
    '',
    'What is recorded to have happened, in the same transaction as the change: the audit trail and the timeline.',
    '',
    table(
      ['Event', 'Recorded by'],
      [...found].sort().map(([type, paths]) => [`\`${type}\``, [...paths].sort().join(', ')]),
    ),
  );
}
