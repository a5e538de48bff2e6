// The first look at a file that was handed in: its columns, what they are taken for, what is unclear, and some rows.

import type { Context, Door } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import { IMPORT_SHOWN_ROWS } from '#kernel/limits.ts';
import { takeFile, withFileOnDisk } from './keep-file.ts';
import type { ImportKind } from './mapping.ts';
import { type ImportSource, type Survey, surveyTable } from './read-table.ts';
import { sourceOfPath } from './run-import.ts';
import { findMapping } from './store.ts';

/** A survey with what a person needs beside it. */
export type ShownSurvey = Survey & {
  readonly kind: ImportKind;
  readonly sample: readonly { readonly line: number; readonly cells: readonly string[] }[];
};

/** Amounts of rows without a currency are not read here, so any currency will do. */
const ANY_CURRENCY = 'EUR';

/** Refuses: `import_file_not_found`, `import_empty`, and what the readers of files refuse. */
export async function readSurvey(
  at: { readonly door: Door; readonly context: Context },
  fileId: string,
): Promise<ShownSurvey> {
  const { pool } = at.door;
  const { tenantId } = at.context;
  const file = await takeFile(pool, tenantId, fileId);
  const kind: ImportKind = file.kind === 'payments' ? 'payments' : 'invoices';
  return withFileOnDisk(pool, tenantId, file.id, async (path) => {
    const source = sourceOfPath(path, file.name);
    const survey = await surveyTable(source, {
      kind,
      given: undefined,
      stored: (header) => inTenant(pool, tenantId, (tx) => findMapping(tx, kind, header)),
      currency: ANY_CURRENCY,
    });
    return { ...survey, kind, sample: await readFirstRows(source) };
  });
}

async function readFirstRows(source: ImportSource): Promise<ShownSurvey['sample']> {
  const table = await source.open();
  const rows: { line: number; cells: readonly string[] }[] = [];
  try {
    for await (const { line, cells } of table.rows) {
      rows.push({ line, cells });
      if (rows.length >= IMPORT_SHOWN_ROWS) break;
    }
  } finally {
    await table.close();
  }
  return rows;
}
