import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { COLUMNS_MAX, FIELD_CHARACTERS_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import { type CsvOptions, csvLine, guessDelimiter, openCsv, writeCsv } from './csv.ts';
import type { ByteSource } from './text-encoding.ts';

async function rowsOf(source: string | ByteSource, options: CsvOptions = {}) {
  const reading = await openCsv(typeof source === 'string' ? Buffer.from(source) : source, options);
  return Array.fromAsync(reading.rows);
}

async function cellsOf(source: string | ByteSource, options: CsvOptions = {}) {
  return (await rowsOf(source, { columns: 'any', ...options })).map((row) => row.cells);
}

/** Rows until the end or the refusal, so that two ways of reading can be compared. */
async function outcome(source: string | ByteSource, options: CsvOptions = {}) {
  const rows: unknown[] = [];
  try {
    const reading = await openCsv(typeof source === 'string' ? Buffer.from(source) : source, options);
    for await (const row of reading.rows) rows.push(row);
    return { rows, delimiter: reading.delimiter };
  } catch (error) {
    assert.ok(error instanceof Refusal, String(error));
    return { rows, code: error.code, facts: error.facts };
  }
}

function inPiecesOf(size: number, bytes: Uint8Array): Uint8Array[] {
  const all: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += size) all.push(bytes.subarray(at, at + size));
  return all;
}

test('rows come with the line they begin on, whatever ends a line', async () => {
  assert.deepEqual(await rowsOf('a,b\r\n1,2\n3,4\r5,"6\r\n7"\n\n  \n8,9'), [
    { line: 1, cells: ['a', 'b'] },
    { line: 2, cells: ['1', '2'] },
    { line: 3, cells: ['3', '4'] },
    { line: 4, cells: ['5', '6\r\n7'] },
    { line: 8, cells: ['8', '9'] },
  ]);
});

test('quotes follow RFC 4180, and a quote inside a plain cell is an ordinary character', async () => {
  assert.deepEqual(await cellsOf('"a, b",5" pipe,"say ""hi""","",x,"y" \n', { delimiter: ',' }), [
    ['a, b', '5" pipe', 'say "hi"', '', 'x', 'y'],
  ]);
});

test('the delimiter is found from the rows, not from the amounts', async () => {
  for (const [text, delimiter] of [
    ['a;b\n1,50;2,50\n3,50;4,50\n', ';'],
    ['Datum;Betrag;Text\n1.2.2024;1.234,50;x, y\n', ';'],
    ['name,amount\n"Müller; Sohn",5\n', ','],
    ['a\tb\tc\n1,5\t2,5\t3,5\n', '\t'],
    ['a|b\n1|2\n', '|'],
    ['Account: 1;\nName: x;\n\nDate;Amount;Text\n1;2;3\n4;5;6\n', ';'],
    ['id,amount,note\n1,5,"a; b"\n2,6,"c; d"\n', ','],
    ['1,2,3\n4,5,6\n', ','],
    ['one column\nonly\n', ','],
    ['', ','],
    ['a;b\n"broken;c\n', ';'],
  ] as const) {
    assert.equal(guessDelimiter(text), delimiter, JSON.stringify(text));
  }
});

test('a first line sep=; names the delimiter and is no row', async () => {
  assert.deepEqual(await rowsOf('sep=;\r\na,b;c\r\n1;2\r\n'), [
    { line: 2, cells: ['a,b', 'c'] },
    { line: 3, cells: ['1', '2'] },
  ]);
});

test('lines above the table are passed over unread', async () => {
  assert.deepEqual(await rowsOf('Bank "of\rNowhere\r\n\na;b\n1;2', { skipLines: 3 }), [
    { line: 4, cells: ['a', 'b'] },
    { line: 5, cells: ['1', '2'] },
  ]);
});

test('a row of another length is reported with its line, empty cells at the end are no harm', async () => {
  const rows = await rowsOf('a;b\n1;2;;\n1\n1;2;3\n');
  assert.deepEqual(
    rows.map((row) => [row.line, row.cells.length, row.problem?.code, row.problem?.line]),
    [
      [1, 2, undefined, undefined],
      [2, 2, undefined, undefined],
      [3, 1, 'row_has_other_column_count', 3],
      [4, 3, 'row_has_other_column_count', 4],
    ],
  );
});

test('a quote that is not closed is refused with the line where it opened', async () => {
  assert.deepEqual(await outcome('a,b\n1,"x\ny"\n2,"open\nnext\n'), {
    rows: [
      { line: 1, cells: ['a', 'b'] },
      { line: 2, cells: ['1', 'x\ny'] },
    ],
    code: 'csv_quote_not_closed',
    facts: {
      line: 4,
      column: 2,
      advice:
        'A quotation mark opens a cell on this line and never closes it. Close it, or double it inside text.',
    },
  });
});

test('text after a closing quote is refused with its line and cell', async () => {
  const seen = await outcome('a,b\n1,"two\nlines"x\n');
  assert.equal(seen.code, 'csv_quote_misplaced');
  assert.deepEqual([seen.facts?.line, seen.facts?.column, seen.facts?.after], [3, 2, 'two\nlines']);
  assert.equal((await outcome('"a" "b"\n')).code, 'csv_quote_misplaced');
});

test('cells and rows beyond the limits are refused', async () => {
  const long = 'x'.repeat(FIELD_CHARACTERS_MAX);
  assert.deepEqual(await cellsOf(`a,"${long}"\n`), [['a', long]]);
  for (const cell of [`${long}x`, `"${long}x"`, `"${long}x\n`]) {
    const seen = await outcome(`a,b\n1,${cell}`);
    assert.equal(seen.code, 'csv_field_too_long');
    assert.deepEqual([seen.facts?.line, seen.facts?.column], [2, 2]);
  }
  assert.equal((await cellsOf(`${','.repeat(COLUMNS_MAX - 1)}\n`))[0]?.length, COLUMNS_MAX);
  assert.equal((await outcome(`a\n${','.repeat(COLUMNS_MAX)}\n`)).code, 'csv_too_many_columns');
});

test('formulas are defused on writing and plain numbers stay numbers', () => {
  assert.equal(
    csvLine(['=1+1', '+A1', '-2+3', '@SUM(A1)', '\t=1', '\r=1', '＝1', '-12.50', '+3', '-1,5', 'a-b', '-']),
    "'=1+1,'+A1,'-2+3,'@SUM(A1),'\t=1,\"'\r=1\",'＝1,-12.50,+3,\"-1,5\",a-b,'-\r\n",
  );
  assert.equal(csvLine(['=cmd|" /C calc"!A0'], ';'), '"\'=cmd|"" /C calc""!A0"\r\n');
});

const harmless = fc
  .array(
    fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('"', ',', ';', '\n', '\r\n', '\r', ' ', 'a')),
    {
      maxLength: 5,
    },
  )
  .map((parts) => parts.join('').replaceAll('\0', ''))
  .filter((text) => csvLine(['x', text]).indexOf("'") === -1);

test('what is written is read back cell by cell', async () => {
  const table = fc.array(fc.array(harmless, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 6 });
  const delimiter = fc.constantFrom(',' as const, ';' as const, '\t' as const, '|' as const);
  await fc.assert(
    fc.asyncProperty(table, delimiter, fc.boolean(), async (rows, sign, byteOrderMark) => {
      const pieces = await Array.fromAsync(writeCsv(rows, { delimiter: sign, byteOrderMark }));
      const bytes = Buffer.from(pieces.join(''));
      assert.deepEqual(await cellsOf(bytes, { delimiter: sign, encoding: 'utf-8' }), rows);
    }),
    { numRuns: 300 },
  );
});

test('ordinary files are read as csv-parse reads them', async () => {
  const cell = fc.oneof(
    fc.stringMatching(/^[a-z0-9 .ä€-]{0,8}$/),
    fc.stringMatching(/^[a-z",\r\n]{0,6}$/).map((text) => `"${text.replaceAll('"', '""')}"`),
  );
  const row = fc.array(cell, { minLength: 2, maxLength: 4 }).map((cells) => cells.join(','));
  const ending = fc.constantFrom('\r\n', '\n', '\r');
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(row, ending), { maxLength: 6 }), async (lines) => {
      const text = lines.flat().join('');
      const expected = parse(text, {
        record_delimiter: ['\r\n', '\n', '\r'],
        relax_column_count: true,
        skip_empty_lines: true,
      });
      assert.deepEqual(await cellsOf(text, { delimiter: ',' }), expected);
    }),
    { numRuns: 300 },
  );
});

test('how the bytes are cut into pieces never changes the rows or the refusal', async () => {
  const broken = fc.array(
    fc.constantFrom('a', 'ö', '1,5', '"', '""', ',', ';', '\n', '\r', '\r\n', ' ', '"x\r\ny"', 'sep=;\n'),
    { maxLength: 25 },
  );
  await fc.assert(
    fc.asyncProperty(broken, fc.nat(2), async (parts, skipLines) => {
      const bytes = Buffer.from(parts.join(''));
      const whole = await outcome(bytes, { skipLines });
      for (const size of [1, 2, 3]) {
        assert.deepEqual(await outcome(inPiecesOf(size, bytes), { skipLines }), whole);
      }
    }),
    { numRuns: 300 },
  );
});

test('a table much longer than a piece is read whole, cells across the borders included', async () => {
  const rows = Array.from({ length: 9_000 }, (_, index) => [
    `${index}`,
    `text "${index}",\r\nßecond`,
    '-1.50',
  ]);
  const text = (await Array.fromAsync(writeCsv(rows))).join('');
  assert.ok(text.length > 200_000);
  assert.deepEqual(await cellsOf(text), rows);
});

test('any bytes at all give rows or a refusal', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 60 }), async (bytes) => {
      await outcome(bytes);
    }),
    { numRuns: 300 },
  );
});
