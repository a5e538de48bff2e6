// HTTP for imports: contract → command or reading.

import { type Command, carryOut } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import { openTable } from '#formats/table.ts';
import { type Route, route } from '#http/route.ts';
import { assert } from '#kernel/assert.ts';
import { type BatchId, type CompanyId, newId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { takeCompany } from '#parties/take-party.ts';
import * as contract from './contract.ts';
import type { ImportResult } from './import-result.ts';
import { keepFile, takeFile, withFileOnDisk } from './keep-file.ts';
import { fieldsOf, type ImportKind, type Mapping } from './mapping.ts';
import { surveyTable } from './read-table.ts';
import { sourceOfPath } from './run-import.ts';
import { findBatches, findFile, findMapping, findRun, insertRun, type RunRow } from './store.ts';
import { undoImport } from './undo-import.ts';

/** Rows shown beside the mapping, so that a person sees what is in each column. */
const SAMPLE_ROWS = 8;

type NewRun = {
  readonly fileId: string;
  readonly mode: 'check' | 'commit';
  readonly companyId: CompanyId;
  readonly mapping: Mapping | undefined;
};

/** Starts a run; a worker does it. Refuses: `import_file_not_found`, `company_not_found`. */
const startRun: Command<NewRun, { readonly runId: string }> = {
  name: 'start-import-run',
  permission: 'import.run',
  async run(act, input) {
    const [file] = await Promise.all([findFile(act, input.fileId), takeCompany(act, input.companyId)]);
    if (!file) throw new Refusal('import_file_not_found', { fileId: input.fileId });
    const runId = newId<'import_run'>();
    insertRun(act, {
      id: runId,
      fileId: file.id,
      kind: file.kind,
      companyId: input.companyId,
      mode: input.mode,
      mapping: input.mapping,
    });
    act.enqueue({ queue: 'run-import', payload: { runId } });
    return { runId };
  },
};

export const routes: readonly Route[] = [
  route(contract.uploadImportFile, async ({ query, upload, context, door }) => {
    assert(upload !== undefined, 'the operation carries a file');
    const kept = await keepFile(door.pool, context, query.kind, upload);
    return { fileId: kept.fileId, name: upload.fileName, bytes: kept.bytes.toString(), sha256: kept.sha256 };
  }),

  route(contract.surveyImportFile, async ({ params, context, door }) => {
    const file = await takeFile(door.pool, context.tenantId, params.fileId);
    const kind: ImportKind = file.kind === 'payments' ? 'payments' : 'invoices';
    return withFileOnDisk(door.pool, context.tenantId, file.id, async (path) => {
      const source = sourceOfPath(path, file.sha256, file.name);
      const table = await openTable({ name: file.name, path });
      const sample: { line: number; cells: string[] }[] = [];
      try {
        for await (const row of table.rows) {
          sample.push({ line: row.line, cells: [...row.cells] });
          if (sample.length >= SAMPLE_ROWS) break;
        }
      } finally {
        await table.close();
      }
      const stored = await inTenant(door.pool, context.tenantId, (tx) => findMapping(tx, kind, table.header));
      const survey = await surveyTable(kind, source, stored, 'EUR');
      return {
        header: [...survey.header],
        mapping: mappingReply(survey.mapping),
        mappingSource: stored ? ('stored' as const) : ('guessed' as const),
        fields: fieldsOf(kind).map((info) => ({ ...info })),
        problems: survey.problems.map((problem) => ({ ...problem })),
        sample,
      };
    });
  }),

  route(contract.startImportRun, async (call) =>
    carryOut(
      call.door,
      call.context,
      startRun,
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
    const rows = await inTenant(door.pool, context.tenantId, (tx) =>
      findBatches(tx, query.limit + 1, query.after),
    );
    const shown = rows.slice(0, query.limit);
    return {
      rows: shown.map((row) => ({
        id: row.id,
        kind: row.kind as 'invoices' | 'payments' | 'bank',
        fileName: row.file_name,
        rows: row.rows,
        created: row.created,
        unchanged: row.unchanged,
        at: row.recorded_at.toString(),
        by: row.recorded_by,
        undoneAt: row.undone_at?.toString() ?? null,
        may: {
          undo: row.undone_at
            ? 'batch_already_undone'
            : row.kind === 'bank'
              ? 'batch_kind_not_undoable'
              : (true as const),
        },
      })),
      next: rows.length > query.limit ? (shown.at(-1)?.id ?? null) : null,
    };
  }),

  route(contract.undoImportBatch, async (call) =>
    carryOut(
      call.door,
      call.context,
      undoImport,
      { batchId: call.params.batchId as BatchId },
      { commandId: call.commandId, rehearse: call.rehearse },
    ),
  ),
];

function mappingReply(mapping: Mapping) {
  return {
    ...mapping,
    fields: Object.fromEntries(
      Object.entries(mapping.fields).map(([field, columns]) => [field, [...(columns ?? [])]]),
    ),
  };
}

type StoredResult = {
  readonly import?: ImportResult | null;
  readonly statements?: readonly Record<string, unknown>[];
  readonly failure?: { readonly code: string; readonly facts: Readonly<Record<string, unknown>> };
};

function runReply(run: RunRow) {
  const stored = (run.result as StoredResult | null) ?? {};
  const failure = stored.failure;
  const meaning = failure && contract.startImportRun.refusals[failure.code]?.[1];
  const facts = failure
    ? Object.entries(failure.facts).map(([name, value]) => `${name}: ${String(value)}`)
    : [];
  return {
    runId: run.id,
    mode: run.mode as 'check' | 'commit',
    kind: run.kind as 'invoices' | 'payments' | 'bank',
    state: run.state as 'queued' | 'running' | 'done' | 'failed',
    rowsDone: run.rows_done,
    share: run.share,
    result: (stored.import as never) ?? null,
    statements: stored.statements ? [...stored.statements] : null,
    failure: failure
      ? { code: failure.code, message: [meaning ?? failure.code, ...facts].join(' · ') }
      : null,
  };
}
