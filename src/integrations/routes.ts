// HTTP for imports: contract → command or reading.

import { carryOut } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import { type Route, route } from '#http/route.ts';
import { assert } from '#kernel/assert.ts';
import { isId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { pageOfRows, readCursor } from '#parties/page-cursor.ts';
import * as contract from './contract.ts';
import type { ImportResult } from './import-result.ts';
import { keepFile } from './keep-file.ts';
import { fieldsOf, type Mapping } from './mapping.ts';
import { readSurvey } from './read-survey.ts';
import { startImportRun } from './start-import-run.ts';
import { type BatchRow, findBatches, findRun, type RunRow } from './store.ts';
import { undoImport } from './undo-import.ts';

export const routes: readonly Route[] = [
  route(contract.uploadImportFile, async ({ query, upload, context, door }) => {
    assert(upload !== undefined, 'the operation carries a file');
    const kept = await keepFile(door.pool, context, query.kind, upload);
    return { fileId: kept.fileId, name: upload.fileName, bytes: kept.bytes.toString(), sha256: kept.sha256 };
  }),

  route(contract.surveyImportFile, async ({ params, context, door }) => {
    const survey = await readSurvey({ door, context }, params.fileId);
    return {
      header: [...survey.header],
      mapping: mappingReply(survey.mapping),
      mappingSource: survey.mappingSource === 'stored' ? ('stored' as const) : ('guessed' as const),
      fields: fieldsOf(survey.kind).map((info) => ({ ...info })),
      problems: survey.problems.map((problem) => ({ ...problem })),
      sample: survey.sample.map((row) => ({ line: row.line, cells: [...row.cells] })),
    };
  }),

  route(contract.startImportRun, async (call) =>
    carryOut(
      call.door,
      call.context,
      startImportRun,
      {
        fileId: call.params.fileId,
        mode: call.body.mode,
        companyId: call.body.companyId,
        mapping: call.body.mapping as Mapping | undefined,
      },
      { commandId: call.commandId, rehearse: call.rehearse },
    ),
  ),

  route(contract.readImportRun, async ({ params, context, door }) => {
    const run = await inTenant(door.pool, context.tenantId, (tx) => findRun(tx, params.runId));
    if (!run) throw new Refusal('import_run_not_found', { runId: params.runId });
    return runReply(run);
  }),

  route(contract.listImportBatches, async ({ query, context, door }) => {
    const [before] = readCursor(query.after, [readId]) ?? [];
    const found = await inTenant(door.pool, context.tenantId, (tx) =>
      findBatches(tx, query.limit + 1, before),
    );
    const page = pageOfRows(found, query.limit, (last) => [last.id]);
    return { rows: page.rows.map(batchReply), next: page.next };
  }),

  route(contract.undoImportBatch, async (call) =>
    carryOut(
      call.door,
      call.context,
      undoImport,
      { batchId: call.params.batchId },
      { commandId: call.commandId, rehearse: call.rehearse },
    ),
  ),
];

function readId(text: string): string {
  if (!isId(text)) throw new Refusal('id_not_valid');
  return text;
}

function batchReply(row: BatchRow) {
  return {
    id: row.id,
    kind: row.kind as 'invoices' | 'payments',
    fileName: row.file_name,
    rows: row.rows,
    created: row.created,
    unchanged: row.unchanged,
    at: row.recorded_at.toString(),
    by: row.recorded_by,
    undoneAt: row.undone_at?.toString() ?? null,
    may: { undo: row.undone_at ? 'batch_already_undone' : (true as const) },
  };
}

function mappingReply(mapping: Mapping) {
  const fields = Object.entries(mapping.fields).map(([field, columns]) => [field, [...(columns ?? [])]]);
  return { ...mapping, fields: Object.fromEntries(fields) };
}

/** How a run ended, as it was kept. */
type KeptResult = {
  readonly import?: ImportResult | null;
  readonly failure?: { readonly code: string; readonly facts: Readonly<Record<string, unknown>> };
};

function runReply(run: RunRow) {
  const { import: result, failure } = (run.result as KeptResult | null) ?? {};
  return {
    runId: run.id,
    mode: run.mode as 'check' | 'commit',
    kind: run.kind as 'invoices' | 'payments',
    state: run.state as 'queued' | 'running' | 'done' | 'failed',
    rowsDone: run.rows_done,
    share: run.share,
    result: (result as never) ?? null,
    failure: failure ? { code: failure.code, message: failureText(failure) } : null,
  };
}

function failureText({ code, facts }: NonNullable<KeptResult['failure']>): string {
  const told = Object.entries(facts).map(([name, value]) => `${name}: ${String(value)}`);
  return [contract.meaningOfFailure(code) ?? code, ...told].join(' · ');
}
