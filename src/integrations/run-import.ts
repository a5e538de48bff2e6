// Running an import in the background: its progress is written where everybody can see it, its end too, whatever it is.

import { basename } from 'node:path';
import { type Context, carryOut, type Door } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import { openTable } from '#formats/table.ts';
import type { CommandId, CompanyId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { type ImportFile, ImportProblems, importInvoices } from './import-invoices.ts';
import { importPayments } from './import-payments.ts';
import type { ImportResult } from './import-result.ts';
import { takeFile, withFileOnDisk } from './keep-file.ts';
import type { ImportKind, Mapping } from './mapping.ts';
import type { ImportSource } from './read-table.ts';
import { findRun, type RunRow, updateEnded, updateProgress } from './store.ts';

/** A file on disk as something to import. */
export function sourceOfPath(path: string, sha256: Uint8Array, name = basename(path)): ImportSource {
  return { name, sha256, open: () => openTable({ name, path }) };
}

/**
 * Imports a file of invoices or payments, or says what importing it would do. A check is rehearsed and leaves no trace.
 *
 * Refuses what the imports refuse.
 */
export async function importTable(
  door: Door,
  context: Context,
  wish: {
    readonly kind: ImportKind;
    readonly file: ImportFile;
    readonly source: ImportSource;
    readonly commandId?: CommandId;
  },
  onProgress?: (rows: number) => void,
): Promise<ImportResult> {
  const passage = { source: wish.source, onProgress };
  const command = wish.kind === 'invoices' ? importInvoices(passage) : importPayments(passage);
  return carryOut(door, context, command, wish.file, {
    commandId: wish.commandId,
    rehearse: !wish.file.commit,
  });
}

/** Between two notes of progress; more often would be work for nobody. */
const PROGRESS_MS = 400;

/** Does the work of a run over a table. `importBank` does bank statements, which have a shape of their own. */
export async function runImport(
  door: Door,
  contextOf: () => Promise<Context>,
  work: { readonly runId: string; readonly tenantId: Context['tenantId']; readonly commandId: CommandId },
  importBank: (run: RunRow, path: string, context: Context) => Promise<unknown>,
): Promise<void> {
  const { tenantId, runId } = work;
  const run = await inTenant(door.pool, tenantId, (tx) => findRun(tx, runId));
  if (!run || run.state === 'done' || run.state === 'failed') return;
  const context = await contextOf();
  const kept = await takeFile(door.pool, tenantId, run.file_id);
  const say = progressWriter(door, work, Number(kept.bytes));
  const end = (state: 'done' | 'failed', result: unknown): Promise<void> =>
    inTenant(door.pool, tenantId, async (tx) => updateEnded(tx, runId, state, result, context.now));
  try {
    await say(0);
    const result = await withFileOnDisk(door.pool, tenantId, run.file_id, async (path) => {
      if (run.kind === 'bank') return { statements: await importBank(run, path, context) };
      const file: ImportFile = {
        companyId: run.company_id as CompanyId,
        fileName: kept.name,
        sha256: Buffer.from(kept.sha256).toString('hex'),
        mapping: (run.mapping as Mapping | null) ?? undefined,
        commit: run.mode === 'commit',
      };
      const source = sourceOfPath(path, kept.sha256, kept.name);
      const wish = { kind: run.kind as ImportKind, file, source, commandId: work.commandId };
      return { import: await importTable(door, context, wish, (rows) => void say(rows)) };
    });
    await end('done', result);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await end('failed', {
      failure: { code: error.code, facts: error.facts },
      import: error instanceof ImportProblems ? error.result : null,
    });
  }
}

/** Bytes a row of a business file has, roughly; only for drawing how far a run is. */
const ROW_BYTES = 90;
/** Reading is not all: posting follows, so the bar stops short of the end until the end. */
const SHARE_MAX = 960;

function progressWriter(
  door: Door,
  work: { readonly runId: string; readonly tenantId: Context['tenantId'] },
  bytes: number,
): (rows: number) => Promise<void> {
  let told = Number.NEGATIVE_INFINITY;
  return async (rows) => {
    const now = performance.now();
    if (now - told < PROGRESS_MS) return;
    told = now;
    const share = Math.min(SHARE_MAX, Math.floor((rows * ROW_BYTES * SHARE_MAX) / Math.max(bytes, 1)));
    await inTenant(door.pool, work.tenantId, async (tx) => updateProgress(tx, work.runId, rows, share)).catch(
      () => {},
    );
  };
}
