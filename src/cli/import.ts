// `quittance import …`: files in, checked first, committed when asked.

import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Context } from '#command/command.ts';
import { openTable } from '#formats/table.ts';
import { undoImportBatch } from '#integrations/contract.ts';
import { ImportProblems } from '#integrations/end-import.ts';
import { importRates } from '#integrations/import-rates.ts';
import type { ImportResult } from '#integrations/import-result.ts';
import { type Field, fieldsOf, guessMapping, type ImportKind, type Mapping } from '#integrations/mapping.ts';
import { storedMapping } from '#integrations/read-mapping.ts';
import { routes } from '#integrations/routes.ts';
import { importTable, sourceOfPath } from '#integrations/run-import.ts';
import { Refusal } from '#kernel/refusal.ts';
import { asking } from './ask.ts';
import { requireFile, sha256Of } from './given-file.ts';
import type { Options } from './options.ts';
import { endProgress, json, progress, say, table } from './print.ts';
import { companyOf } from './scope.ts';
import type { Session } from './session.ts';

const { ask } = asking(routes);

/** Imports invoices or payments. Without `--commit` it only shows what would happen. Gives the exit code. */
export async function importFile(
  session: Session,
  context: Context,
  kind: ImportKind,
  path: string,
  options: Options,
): Promise<number> {
  const sha256 = await sha256Of(path);
  const company = await companyOf(session, context, options);
  const mapping = await mappingFor(session, context, kind, path, options);
  const commit = options.flag('commit');
  const started = performance.now();
  const file = {
    companyId: company.id,
    fileName: basename(path),
    sha256: Buffer.from(sha256).toString('hex'),
    mapping,
    commit,
  };
  try {
    const result = await importTable(
      session.door,
      context,
      { kind, file, source: sourceOfPath(path) },
      (rows) => progress(`${rows} rows …`),
    );
    endProgress();
    print(kind, result, {
      commit,
      seconds: (performance.now() - started) / 1000,
      asJson: options.flag('json'),
    });
    return result.problemCount === 0 ? 0 : 1;
  } catch (error) {
    endProgress();
    if (!(error instanceof ImportProblems)) throw error;
    print(kind, error.result, {
      commit,
      seconds: (performance.now() - started) / 1000,
      asJson: options.flag('json'),
    });
    say('\nNothing was imported: the file is taken over as a whole or not at all.');
    return 1;
  }
}

/** The mapping: what was said on the command line, over what was stored for such a file, over what the header suggests. */
async function mappingFor(
  session: Session,
  context: Context,
  kind: ImportKind,
  path: string,
  options: Options,
): Promise<Mapping> {
  const opened = await openTable({ name: basename(path), path });
  const { header } = opened;
  await opened.close();
  const file = options.text('mapping');
  const given = file === undefined ? undefined : (JSON.parse(await readFile(file, 'utf8')) as Mapping);
  const base =
    given ??
    (await storedMapping(session.door.pool, context.tenantId, kind, header)) ??
    guessMapping(kind, header);
  const fields: { [F in Field]?: readonly string[] } = { ...base.fields };
  for (const pair of options.list('map')) {
    const [field, columns] = pair.split('=');
    if (!fieldsOf(kind).some((info) => info.field === field)) {
      throw new Refusal('mapping_unknown_field', {
        field: field ?? '',
        fields: fieldsOf(kind).map((info) => info.field),
      });
    }
    fields[field as Field] = (columns ?? '').split('|').filter((c) => c !== '');
  }
  const order = { ymd: 'year_month_day', dmy: 'day_month_year', mdy: 'month_day_year' } as const;
  return {
    ...base,
    fields,
    ...(options.oneOf('decimal', ['.', ',']) ? { decimalMark: options.oneOf('decimal', ['.', ',']) } : {}),
    ...(options.oneOf('dates', ['ymd', 'dmy', 'mdy'])
      ? { dateOrder: order[options.oneOf('dates', ['ymd', 'dmy', 'mdy']) ?? 'ymd'] }
      : {}),
    ...(options.text('currency') ? { currency: options.text('currency') } : {}),
    ...(options.oneOf('group', ['payment_id', 'customer_day', 'row'])
      ? { group: options.oneOf('group', ['payment_id', 'customer_day', 'row']) }
      : {}),
    ...(options.flag('round') ? { excessDecimals: 'round' as const } : {}),
  };
}

const SHOWN_PROBLEMS = 40;
const SHOWN_ROWS = 10;

function print(
  kind: ImportKind,
  result: ImportResult,
  how: { readonly commit: boolean; readonly seconds: number; readonly asJson: boolean },
): void {
  if (how.asJson) {
    json(result);
    return;
  }
  say('Columns');
  table(
    ['Field', 'Column'],
    fieldsOf(kind).map((info) => [
      info.title + (info.required ? ' *' : ''),
      (result.mapping.fields[info.field] ?? []).join(', else ') || '–',
    ]),
  );
  say();
  table(
    result.previewColumns,
    result.preview.slice(0, SHOWN_ROWS).map((row) => row.texts),
    ['Amount'],
  );
  if (result.rows > SHOWN_ROWS) say(`… of ${result.rows} rows`);
  say();
  const noun = kind === 'invoices' ? 'documents' : 'payments';
  const verb = how.commit && result.problemCount === 0 ? 'created' : 'would be created';
  say(
    `${result.created} ${noun} ${verb}, ${result.unchanged} rows known already, ${result.customersCreated} new customers (${how.seconds.toFixed(1)} s)`,
  );
  for (const total of result.totals)
    say(`  ${total.currency}  ${total.amount.padStart(20)}  in ${total.count}`);
  for (const [title, list, count] of [
    ['Problems', result.problems, result.problemCount],
    ['Warnings', result.warnings, result.warningCount],
  ] as const) {
    if (count === 0) continue;
    say(`\n${title}: ${count}`);
    for (const p of list.slice(0, SHOWN_PROBLEMS))
      say(`  line ${p.line ?? '?'}  ${p.column ?? ''}  ${p.message}  ${p.value ?? ''}`);
    if (count > SHOWN_PROBLEMS) say(`  … and ${count - SHOWN_PROBLEMS} more`);
  }
  if (!how.commit && result.problemCount === 0) say('\nNothing was changed. Add --commit to do it.');
  if (result.batchId && how.commit && result.problemCount === 0)
    say(`\nImport ${result.batchId}. Undo it with: quittance import undo ${result.batchId}`);
}

/** Imports exchange rates: columns date, from, to, rate. */
export async function importRateFile(session: Session, context: Context, path: string): Promise<number> {
  await requireFile(path);
  const done = await importRates(session.door, context, path);
  say(`${done.recorded} rates recorded.`);
  return 0;
}

/** Takes an import back. */
export async function undo(session: Session, context: Context, batchId: string): Promise<number> {
  const done = await ask(session, context, undoImportBatch, { params: { batchId } });
  say(`${done.undone} taken back.`);
  return 0;
}
