// Running an import in the background: its progress is written where everybody can see it, its end too, whatever it is. A
// run that is taken up again (its worker was killed) does what it does once, because its command has the job's id.

import { basename } from 'node:path';
import { type Actor, type Context, carryOut, type Door } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import { openTable } from '#formats/table.ts';
import type { JobLog } from '#jobs/queue.ts';
import { BrokenRule } from '#kernel/assert.ts';
import type { CommandId, CompanyId, TenantId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { ImportProblems } from './end-import.ts';
import type { ImportFile } from './import-file.ts';
import { importInvoices } from './import-invoices.ts';
import { importPayments } from './import-payments.ts';
import type { ImportResult } from './import-result.ts';
import { takeFile, withFileOnDisk } from './keep-file.ts';
import type { ImportKind, Mapping } from './mapping.ts';
import type { ImportSource } from './read-table.ts';
import { findRun, type RunRow, updateEnded, updateProgress } from './store.ts';

/** The queue of runs. */
export const RUN_QUEUE = 'integrations.run-import';

/** A file on disk as something to import. */
export function sourceOfPath(path: string, name = basename(path)): ImportSource {
  return { name, open: () => openTable({ name, path }) };
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

/** What a run needs to work with. */
export type RunTools = {
  readonly door: Door;
  readonly log: JobLog;
  contextOf(tenantId: TenantId): Promise<Context>;
};

export type Run = { readonly tenantId: TenantId; readonly runId: string; readonly commandId: CommandId };

/**
 * Does the work of a run, in the name of who started it. Whatever is wrong with the file, the run or the program is written
 * down as its end; only trouble that may pass (a database that is away) is thrown, so that the job is tried again.
 */
export async function runImport(tools: RunTools, work: Run): Promise<void> {
  const { pool } = tools.door;
  const run = await inTenant(pool, work.tenantId, (tx) => findRun(tx, work.runId));
  if (!run || run.state === 'done' || run.state === 'failed') return;
  const system = await tools.contextOf(work.tenantId);
  const context: Context = { ...system, actor: actorOf(run.started_by) };
  const end = (state: 'done' | 'failed', result: unknown): Promise<void> =>
    inTenant(pool, work.tenantId, async (tx) => updateEnded(tx, run.id, { state, result, at: context.now }));
  try {
    await end('done', { import: await importRun(tools, context, work, run) });
  } catch (error) {
    if (error instanceof Refusal) {
      const failed = error instanceof ImportProblems ? error.result : null;
      await end('failed', { failure: { code: error.code, facts: error.facts }, import: failed });
    } else if (isDefect(error)) {
      tools.log.error({ err: error, runId: run.id }, 'an import failed by a defect of ours');
      await end('failed', { failure: { code: 'internal_error', facts: { runId: run.id } }, import: null });
    } else throw error;
  }
}

async function importRun(
  { door }: RunTools,
  context: Context,
  { tenantId, commandId }: Run,
  run: RunRow,
): Promise<ImportResult> {
  const kept = await takeFile(door.pool, tenantId, run.file_id);
  const say = progressWriter(door, { tenantId, runId: run.id }, Number(kept.bytes));
  await say(0);
  return withFileOnDisk(door.pool, tenantId, run.file_id, (path) => {
    const file: ImportFile = {
      companyId: run.company_id as CompanyId,
      fileName: kept.name,
      sha256: Buffer.from(kept.sha256).toString('hex'),
      mapping: (run.mapping as Mapping | null) ?? undefined,
      commit: run.mode === 'commit',
    };
    const source = sourceOfPath(path, kept.name);
    const wish = { kind: run.kind as ImportKind, file, source, commandId };
    return importTable(door, context, wish, (rows) => void say(rows));
  });
}

/** Who started a run, as written in it; names change, ids do not. */
function actorOf(text: string): Actor {
  const [kind = '', ...id] = text.split(':');
  return {
    kind: kind === 'user' || kind === 'api_key' ? kind : 'system',
    id: id.join(':'),
    name: '',
  };
}

/** Trying again would end the same: a rule of ours that did not hold, or a statement the database does not take. */
function isDefect(error: unknown): boolean {
  if (error instanceof BrokenRule || error instanceof TypeError || error instanceof RangeError) return true;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^(22|23|42)[0-9A-Z]{3}$/.test(code);
}

/** Between two notes of progress; more often would be work for nobody. */
const PROGRESS_MS = 400;
/** Bytes a row of a business file has, roughly; only for drawing how far a run is. */
const ROW_BYTES = 90;
/** Reading is not all: posting follows, so the bar stops short of the end until the end. */
const SHARE_MAX = 960;

function progressWriter(
  door: Door,
  run: { readonly tenantId: TenantId; readonly runId: string },
  bytes: number,
): (rows: number) => Promise<void> {
  let told = Number.NEGATIVE_INFINITY;
  return async (rows) => {
    const now = performance.now();
    if (now - told < PROGRESS_MS) return;
    told = now;
    const share = Math.min(SHARE_MAX, Math.floor((rows * ROW_BYTES * SHARE_MAX) / Math.max(bytes, 1)));
    // A note that is lost harms nobody; the next one follows.
    await inTenant(door.pool, run.tenantId, async (tx) => updateProgress(tx, run.runId, rows, share)).catch(
      () => {},
    );
  };
}
