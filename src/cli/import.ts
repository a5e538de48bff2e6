// `quittance import …`: files in, checked first, committed when asked.

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { z } from 'zod';
import { receiveAnnouncements } from '#announcements/contract.ts';
import type { Context } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import { openTable } from '#formats/table.ts';
import { undoImportBatch } from '#integrations/contract.ts';
import { ImportProblems } from '#integrations/end-import.ts';
import { importRates } from '#integrations/import-rates.ts';
import type { ImportResult } from '#integrations/import-result.ts';
import { type Field, fieldsOf, guessMapping, type ImportKind, type Mapping } from '#integrations/mapping.ts';
import { storedMapping } from '#integrations/read-mapping.ts';
import { importTable, sourceOfPath } from '#integrations/run-import.ts';
import { Refusal } from '#kernel/refusal.ts';
import { takeCompanyByCode } from '#parties/take-party.ts';
import { importStatement } from '#payments/contract.ts';
import { receiveRemittanceFile } from '#remittances/contract.ts';
import type { Options } from './options.ts';
import { endProgress, json, progress, say, table } from './print.ts';
import { ask, type Session } from './session.ts';

async function sha256Of(path: string): Promise<Uint8Array> {
  await stat(path).catch(() => {
    throw new Refusal('file_not_found', { file: path });
  });
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array);
  return hash.digest();
}

/** Imports invoices or payments. Without `--commit` it only shows what would happen. Gives the exit code. */
export async function importFile(
  session: Session,
  context: Context,
  kind: ImportKind,
  path: string,
  options: Options,
): Promise<number> {
  const sha256 = await sha256Of(path);
  const company = await inTenant(session.door.pool, context.tenantId, (tx) =>
    takeCompanyByCode(tx, options.text('company')),
  );
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

/** Takes a remittance in. `--check` shows what would be read. Gives the exit code: 1 where its lines do not make its total. */
export async function importRemittance(
  session: Session,
  context: Context,
  path: string,
  options: Options,
): Promise<number> {
  await sha256Of(path);
  const company = await inTenant(session.door.pool, context.tenantId, (tx) =>
    takeCompanyByCode(tx, options.text('company')),
  );
  const decimal = options.text('decimal');
  const currency = options.text('currency');
  const done = await ask(session, context, receiveRemittanceFile, {
    query: {
      companyId: company.id,
      ...(decimal === '.' || decimal === ',' ? { decimal } : {}),
      ...(currency ? { currency } : {}),
    },
    upload: {
      fileName: basename(path),
      contentType: 'application/octet-stream',
      stream: createReadStream(path),
    },
    rehearse: options.flag('check'),
  });
  if (options.flag('json')) json(done);
  else
    table(
      ['Remittance', 'Lines', 'Payment', 'Off by', 'Known'],
      [
        [
          done.remittanceId,
          String(done.lineCount),
          `${done.total.amount} ${done.total.currency}`,
          done.difference.amount,
          done.isKnown ? 'yes' : 'no',
        ],
      ],
      ['Lines', 'Payment', 'Off by'],
    );
  return Number(done.difference.amount) === 0 ? 0 : 1;
}

/** Imports a bank statement. `--check` only shows what would happen. Gives the exit code: 2 when a statement does not agree. */
export async function importBank(
  session: Session,
  context: Context,
  path: string,
  options: Options,
): Promise<number> {
  await sha256Of(path);
  const addTo = options.flag('add-accounts')
    ? (
        await inTenant(session.door.pool, context.tenantId, (tx) =>
          takeCompanyByCode(tx, options.text('company')),
        )
      ).id
    : undefined;
  const query = {
    ...(addTo ? { addAccountsTo: addTo } : {}),
    ...(options.text('account') ? { bankAccountId: options.text('account') } : {}),
  };
  const rehearse = options.flag('check');
  const upload = () => ({
    fileName: basename(path),
    contentType: 'application/octet-stream',
    stream: createReadStream(path),
  });
  const done = await ask(session, context, importStatement, { query, upload: upload(), rehearse }).catch(
    (error: unknown) => {
      if (error instanceof Refusal && error.code === 'not_a_statement') return undefined;
      throw error;
    },
  );
  if (done === undefined || done.announced > 0) {
    const kept = await ask(session, context, receiveAnnouncements, { query, upload: upload(), rehearse });
    sayAnnounced(kept, options);
    if (done === undefined) return 0;
  }
  if (options.flag('json')) {
    json(done);
  } else {
    table(
      ['Account', 'Statement', 'Lines', 'New', 'Known', 'Receipts', 'Applied', 'Waiting', 'Difference'],
      done.statements.map((s) => [
        s.account,
        s.statementRef,
        String(s.lines),
        String(s.newLines),
        String(s.knownLines),
        String(s.payments),
        String(s.applied),
        String(s.waiting),
        s.difference === null ? 'no balances' : `${s.difference.amount} ${s.difference.currency}`,
      ]),
      ['Lines', 'New', 'Known', 'Receipts', 'Applied', 'Waiting', 'Difference'],
    );
    for (const p of done.problems)
      say(`  line ${p.line ?? '?'}  ${p.column ?? ''}  ${p.message}  ${p.value ?? ''}`);
  }
  const differs = done.statements.some((s) => s.difference !== null && /[1-9]/.test(s.difference.amount));
  return differs ? 2 : 0;
}

/** What a file announces; nothing of it is booked. */
function sayAnnounced(kept: z.output<typeof receiveAnnouncements.reply>, options: Options): void {
  if (options.flag('json')) {
    json(kept);
    return;
  }
  table(
    ['Account', 'Announced', 'New', 'Payments', 'Money in', 'Money out'],
    kept.accounts.map((a) => [
      a.account,
      String(a.announced),
      String(a.newlyAnnounced),
      String(a.payments),
      `${a.moneyIn.amount} ${a.currency}`,
      `${a.moneyOut.amount} ${a.currency}`,
    ]),
    ['Announced', 'New', 'Payments', 'Money in', 'Money out'],
  );
}

/** Imports exchange rates: columns date, from, to, rate. */
export async function importRateFile(session: Session, context: Context, path: string): Promise<number> {
  await sha256Of(path);
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
