// Operations of imports: hand in a file, see what it would do, let it be done, undo it. Bank statements have operations of
// their own, in payments.

import { z } from 'zod';
import {
  COMMON_REFUSALS,
  idText,
  momentText,
  operation,
  pageOf,
  pageQuery,
  type RefusalMeaning,
} from '#http/contract.ts';
import type { BatchId, CompanyId } from '#kernel/id.ts';
import { isCurrency } from '#kernel/money.ts';
import { TABLE_FILE } from '#remittances/contract.ts';

const TAG = 'Imports';

const KIND = z.enum(['invoices', 'payments']);

const FIELD = z.enum([
  'document_number',
  'customer_number',
  'customer_name',
  'customer_email',
  'issue_date',
  'due_date',
  'amount',
  'tax_amount',
  'currency',
  'document_type',
  'purchase_order',
  'payment_reference',
  'external_id',
  'credit_reason',
  'paid_date',
  'payment_id',
  'payer_account',
]);

/** Which columns give which field, and how the file writes numbers and dates; what is left out is guessed. */
export const mappingText = z
  .object({
    fields: z.partialRecord(FIELD, z.array(z.string().max(200)).max(5)),
    decimalMark: z.enum(['.', ',']).optional(),
    dateOrder: z.enum(['year_month_day', 'day_month_year', 'month_day_year']).optional(),
    currency: z.string().refine(isCurrency, 'unknown_currency').optional(),
    excessDecimals: z.enum(['refuse', 'round']).optional(),
    group: z.enum(['payment_id', 'customer_day', 'row']).optional(),
  })
  .meta({ id: 'ImportMapping' });

const problem = z
  .object({
    code: z.string(),
    message: z.string(),
    line: z.number().int().optional(),
    column: z.string().optional(),
    value: z.string().optional(),
  })
  .meta({ id: 'ImportProblem' });

/** What an import did or would do. */
export const importResult = z
  .object({
    rows: z.number().int(),
    created: z.number().int(),
    unchanged: z.number().int(),
    customersCreated: z.number().int(),
    applied: z.number().int(),
    totals: z.array(z.object({ currency: z.string(), count: z.number().int(), amount: z.string() })),
    problems: z.array(problem),
    problemCount: z.number().int(),
    warnings: z.array(problem),
    warningCount: z.number().int(),
    preview: z.array(z.object({ line: z.number().int(), texts: z.array(z.string()) })),
    previewColumns: z.array(z.string()),
    mapping: mappingText,
    header: z.array(z.string()),
    batchId: z.string().nullable(),
  })
  .meta({ id: 'ImportResult' });

const FILE_NOT_FOUND: Readonly<Record<string, RefusalMeaning>> = {
  import_file_not_found: [404, 'There is no such file. Files handed in are kept for a few days.'],
};

const EMPTY: RefusalMeaning = [422, 'The file has no header line or no rows under it.'];

/** What can be wrong with a file as a file. */
const READING_REFUSALS: Readonly<Record<string, RefusalMeaning>> = {
  import_empty: EMPTY,
  table_format_unknown: [415, 'This is no table. Save it as CSV or as an Excel workbook (.xlsx).'],
  spreadsheet_not_readable: [
    415,
    'This is an Excel file from before 2007, or one with a password. Save it as .xlsx without one.',
  ],
  table_too_many_rows: [422, 'The file has more rows than one import may have. Split it.'],
  text_binary: [422, 'The file holds bytes that are no text. Save it as CSV in UTF-8, or as .xlsx.'],
  ...TABLE_FILE,
};

/** What can keep a run from doing anything; it is told as the run's failure. */
const RUN_REFUSALS: Readonly<Record<string, RefusalMeaning>> = {
  ...READING_REFUSALS,
  ...FILE_NOT_FOUND,
  mapping_incomplete: [422, 'Some fields that are needed have no column. Choose one for each.'],
  mapping_unknown_column: [422, 'The mapping names a column that the file does not have.'],
  mapping_unknown_field: [422, 'The mapping names a field that this kind of import does not have.'],
  import_too_many_rows: [422, 'The file has more rows than one import may have. Split it.'],
  import_has_problems: [
    422,
    'The file has rows that cannot be taken over. Nothing was created. Check it to see each of them.',
  ],
  company_not_found: [404, 'There is no such company.'],
  series_not_found: [409, 'The company has no number series for payments. Add one.'],
  external_id_taken: [409, 'Somebody else recorded one of these at the same time. Check the file again.'],
  invoice_number_taken: [
    409,
    'Somebody else used one of these numbers at the same time. Check the file again.',
  ],
  customer_number_taken: [
    409,
    'Somebody else added one of these customers at the same time. Check the file again.',
  ],
  changed_meanwhile: [409, 'The books changed while this was done. Check the file again.'],
};

/** The sentence for a code that a run failed with. */
export function meaningOfFailure(code: string): string | undefined {
  return (RUN_REFUSALS[code] ?? COMMON_REFUSALS[code])?.[1];
}

export const uploadImportFile = operation({
  id: 'upload-import-file',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/import-files',
  summary:
    'Hands in a file of invoices or payments (CSV, XLSX, gzip of CSV). It is kept for a few days and read by the runs over it.',
  tag: TAG,
  permission: 'import.run',
  consumesFile: true,
  query: z.object({ kind: KIND }),
  reply: z.object({ fileId: z.string(), name: z.string(), bytes: z.string(), sha256: z.string() }),
  refusals: {
    import_file_too_large: [413, 'The file is larger than an import may be. Split it.'],
    import_empty: EMPTY,
  },
});

export const surveyImportFile = operation({
  id: 'survey-import-file',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/import-files/:fileId/survey',
  summary:
    'The first look at a file of invoices or payments: its columns, the mapping that was stored for such a file or is guessed, and what is unclear.',
  tag: TAG,
  permission: 'import.run',
  params: z.object({ fileId: idText }),
  reply: z.object({
    header: z.array(z.string()),
    mapping: mappingText,
    mappingSource: z.enum(['stored', 'guessed']),
    fields: z.array(z.object({ field: FIELD, title: z.string(), required: z.boolean() })),
    problems: z.array(problem),
    sample: z.array(z.object({ line: z.number().int(), cells: z.array(z.string()) })),
  }),
  refusals: { ...READING_REFUSALS, ...FILE_NOT_FOUND },
});

export const startImportRun = operation({
  id: 'start-import-run',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/import-files/:fileId/runs',
  summary:
    'Starts a run over a file in the background: `check` shows what would be done, `commit` does it, all or nothing.',
  tag: TAG,
  permission: 'import.run',
  params: z.object({ fileId: idText }),
  body: z.object({
    mode: z.enum(['check', 'commit']),
    companyId: idText.transform((id) => id as CompanyId),
    mapping: mappingText.optional(),
  }),
  reply: z.object({ runId: z.string() }),
  refusals: RUN_REFUSALS,
});

export const readImportRun = operation({
  id: 'read-import-run',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/import-runs/:runId',
  summary: 'How far a run is, and when it is done what it did or would do.',
  tag: TAG,
  permission: 'import.run',
  params: z.object({ runId: idText }),
  reply: z.object({
    runId: z.string(),
    mode: z.enum(['check', 'commit']),
    kind: KIND,
    state: z.enum(['queued', 'running', 'done', 'failed']),
    rowsDone: z.number().int(),
    /** Part of the work that is done, in thousandths. */
    share: z.number().int(),
    result: importResult.nullable(),
    failure: z.object({ code: z.string(), message: z.string() }).nullable(),
  }),
  refusals: { import_run_not_found: [404, 'There is no such run.'] },
});

export const listImportBatches = operation({
  id: 'list-import-batches',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/import-batches',
  summary: 'Imports that created something, newest first.',
  tag: TAG,
  permission: 'import.run',
  query: pageQuery,
  reply: pageOf(
    z.object({
      id: z.string(),
      kind: KIND,
      fileName: z.string(),
      rows: z.number().int(),
      created: z.number().int(),
      unchanged: z.number().int(),
      at: momentText,
      by: z.string(),
      undoneAt: momentText.nullable(),
      may: z.object({ undo: z.union([z.literal(true), z.string()]) }),
    }),
  ),
});

export const undoImportBatch = operation({
  id: 'undo-import-batch',
  kind: 'command',
  method: 'DELETE',
  path: '/api/v1/import-batches/:batchId',
  summary:
    'Takes back all that an import created, while nothing depends on it. The books keep both the import and its undoing.',
  tag: TAG,
  permission: 'import.run',
  params: z.object({ batchId: idText.transform((id) => id as BatchId) }),
  reply: z.object({ batchId: z.string(), undone: z.number().int() }),
  refusals: {
    batch_not_found: [404, 'There is no such import.'],
    batch_already_undone: [409, 'This import was undone already.'],
    batch_in_use: [409, 'Something was applied to what this import created. Take that back first.'],
    credit_granted_back: [
      409,
      'Credit that this import created was granted back as a refund. Withdraw the refund first.',
    ],
    changed_meanwhile: [409, 'The books changed while this was done. Try again.'],
  },
});
