import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { Refusal } from '#kernel/refusal.ts';
import { workbookOf } from './archives-for-tests.ts';
import { openTable, type TableOptions } from './table.ts';

async function read(content: string | Uint8Array, options: TableOptions = {}) {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const table = await openTable({ name: 'whatever.pdf', bytes }, options);
  try {
    const { format, header, headerLine } = table;
    const rows = await Array.fromAsync(table.rows);
    return { format, header, headerLine, rows, encoding: table.encoding()?.encoding };
  } finally {
    await table.close();
  }
}

test('a delimited file gives its header and the rows below, blank rows passed over', async () => {
  assert.deepEqual(await read('\n;;\n Name ;Amount;\nA;1;\n;;\nB;2\n C ;"3\n4";;\n'), {
    format: 'csv',
    header: ['Name', 'Amount', ''],
    headerLine: 3,
    encoding: 'utf-8',
    rows: [
      { line: 4, cells: ['A', '1', ''] },
      {
        line: 6,
        cells: ['B', '2'],
        problem: {
          code: 'row_has_other_column_count',
          message:
            'The row has 2 cells, the table has 3 columns. Look for a missing or doubled delimiter, ' +
            'or text with a delimiter that is not in quotation marks.',
          line: 6,
        },
      },
      { line: 7, cells: [' C ', '3\n4', ''] },
    ],
  });
});

const book = workbookOf({
  rows: `<row r="1"><c r="A1" t="str"><v/></c></row>
    <row r="3"><c r="A3" t="str"><v> Name </v></c><c r="B3" t="str"><v>Amount</v></c></row>
    <row r="4"><c r="A4" t="str"><v>A</v></c></row>
    <row r="5"><c r="A5" t="str"><v>B</v></c><c r="B5" t="e"><v>#REF!</v></c><c r="F5" t="e"><v>#N/A</v></c></row>
    <row r="6"><c r="D6" t="str"><v>a note beside the table</v></c></row>
    <row r="7"><c r="A7" t="str"><v>C</v></c><c r="B7"><v>2.50</v></c><c r="D7" t="e"><v>#N/A</v></c></row>`,
});

test('a workbook gives the same, on the grid of its header', async () => {
  const { rows, ...about } = await read(book);
  assert.deepEqual(about, { format: 'xlsx', header: ['Name', 'Amount'], headerLine: 3, encoding: undefined });
  assert.deepEqual(
    rows.map((row) => [row.line, row.cells, row.problem?.code, row.cellProblems?.length]),
    [
      [4, ['A', ''], undefined, undefined],
      [5, ['B', ''], 'cell_is_error', 1],
      [7, ['C', '2.5'], undefined, undefined],
    ],
  );
});

test('what a file is, its bytes say, not its name', async () => {
  assert.equal((await read(gzipSync('a;b\n1;2'))).rows.length, 1);
  assert.equal((await read('PKa;b\n1;2')).format, 'csv');
  for (const [content, code] of [
    ['%PDF-1.7', 'table_format_unknown'],
    ['<?xml version="1.0"?><Document/>', 'table_format_unknown'],
    ['\ufeff<html><table>', 'table_format_unknown'],
    [Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'spreadsheet_not_readable'],
    [gzipSync(book), 'table_format_unknown'],
    [gzipSync('a;b\n1;2').subarray(0, 15), 'archive_damaged'],
    [gzipSync(Buffer.alloc(20_000_000, '\n')), 'archive_suspicious'],
    [Buffer.from('a;b\n1;\0'), 'text_binary'],
    [Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1'), 'text_binary'],
  ] as const) {
    await assert.rejects(read(content), (error: Refusal) => {
      assert.equal(error.code, code);
      return true;
    });
  }
});

test('an empty file has no header and no rows', async () => {
  const { header, rows } = await read('\n \n');
  assert.deepEqual([header, rows], [[], []]);
});

test('a file on disk can be looked at, let go of and read again', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'table-'));
  const path = join(folder, 'data');
  await writeFile(path, `a;b\n${'1;2\n'.repeat(40_000)}`);
  const first = await openTable({ name: 'data', path });
  assert.deepEqual(first.header, ['a', 'b']);
  await first.close();
  const second = await openTable({ name: 'data', path });
  let count = 0;
  for await (const _ of second.rows) count += 1;
  await second.close();
  assert.equal(count, 40_000);
  await rm(folder, { recursive: true });
});

test('options reach the reader of delimited text', async () => {
  const latin = Buffer.from('title\nName|Ort\nA|Ž\xfcrich', 'latin1');
  assert.deepEqual((await read(latin, { skipLines: 1, delimiter: '|', encoding: 'windows-1252' })).rows, [
    { line: 3, cells: ['A', '}ürich'] },
  ]);
});

test('any bytes at all give a table or a refusal', async () => {
  const starts = fc.constantFrom('', 'PK\x03\x04', '\x1f\x8b\x08', '<', '\ufeff', 'a;b\n');
  await fc.assert(
    fc.asyncProperty(starts, fc.uint8Array({ maxLength: 80 }), async (start, bytes) => {
      await read(Buffer.concat([Buffer.from(start, 'latin1'), bytes])).catch((error) => {
        assert.ok(error instanceof Refusal, String(error));
      });
    }),
    { numRuns: 300 },
  );
});
