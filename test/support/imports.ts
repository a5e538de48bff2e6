// Files to import, made from lines in a test, and what importing them says.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { FileSource } from '#formats/archive.ts';
import { openTable } from '#formats/table.ts';
import type { Role } from '#identity/permission.ts';
import { ImportProblems } from '#integrations/end-import.ts';
import type { ImportResult } from '#integrations/import-result.ts';
import type { ImportKind, Mapping } from '#integrations/mapping.ts';
import { importTable } from '#integrations/run-import.ts';
import type { CompanyId } from '#kernel/id.ts';
import type { Problem } from '#kernel/refusal.ts';
import type { TestTenant } from './tenant.ts';

export type TestImport = {
  readonly companyId: CompanyId;
  readonly kind?: ImportKind;
  /** Lines of a CSV, the header first; or a whole file. */
  readonly lines?: readonly string[];
  readonly bytes?: Uint8Array;
  readonly name?: string;
  readonly mapping?: Mapping;
  readonly role?: Role;
};

/** Says what importing would do. */
export function checkImport(tenant: TestTenant, given: TestImport): Promise<ImportResult> {
  return run(tenant, given, false);
}

/** Imports. */
export function commitImport(tenant: TestTenant, given: TestImport): Promise<ImportResult> {
  return run(tenant, given, true);
}

async function run(tenant: TestTenant, given: TestImport, commit: boolean): Promise<ImportResult> {
  const bytes = given.bytes ?? Buffer.from(`${(given.lines ?? []).join('\n')}\n`);
  const name = given.name ?? 'test.csv';
  const source: FileSource = { name, bytes };
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const file = { companyId: given.companyId, fileName: name, sha256, mapping: given.mapping, commit };
  return importTable(tenant.door, tenant.as(given.role ?? 'owner'), {
    kind: given.kind ?? 'invoices',
    file,
    source: { name, open: () => openTable(source) },
  });
}

/** Fails unless importing is stopped by problems; gives what it said. */
export async function importStopped(tenant: TestTenant, given: TestImport): Promise<ImportResult> {
  const error = await commitImport(tenant, given).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof ImportProblems, `stopped by problems, not by ${String(error)}`);
  return error.result;
}

/** Problems in short: `line column code`. */
export function shortly(problems: readonly Problem[]): readonly string[] {
  return problems.map((p) => [p.line, p.column, p.code].filter((part) => part !== undefined).join(' '));
}
