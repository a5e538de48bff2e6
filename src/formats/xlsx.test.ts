import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { ARCHIVE_ENTRIES_MAX, COLUMNS_MAX, FIELD_CHARACTERS_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import { type TestWorkbook, workbookFiles, workbookOf, zipOf } from './archives-for-tests.ts';
import { openSheet } from './xlsx.ts';
import { columnLetters, columnOfReference, dateText, numberText, styleOfFormat } from './xlsx-cell.ts';

async function readBytes(bytes: Uint8Array, sheet?: string) {
  const reading = await openSheet({ name: 'test.xlsx', bytes }, { sheet });
  const rows = await Array.fromAsync(reading.rows);
  await reading.close();
  return { sheet: reading.sheet, sheets: reading.sheets, rows };
}

const rowsOf = async (book: TestWorkbook) => (await readBytes(workbookOf(book))).rows;
const cellsOf = async (book: TestWorkbook) => (await rowsOf(book)).map((row) => row.cells);

async function refusalOf(bytes: Uint8Array) {
  try {
    await readBytes(bytes);
  } catch (error) {
    assert.ok(error instanceof Refusal, String(error));
    return error;
  }
  return undefined;
}

test('texts, numbers, truth values and inline texts come as text, on the grid', async () => {
  const strings =
    '<si><t>Müller</t></si><si><r><t>rich </t></r><r><t xml:space="preserve">text</t></r>' +
    '<rPh sb="0" eb="1"><t>hint</t></rPh></si><si><t>a_x000D_b_x005F_</t></si>';
  const rows = `
    <row r="2"><c r="B2" t="s"><v>0</v></c><c r="D2" t="s"><v>1</v></c></row>
    <row><c><v>1234.5</v></c><c t="b"><v>1</v></c><c t="b"><v>0</v></c><c t="str"><f>1+1</f><v>two</v></c></row>
    <row r="7"><c r="A7" s="0"/><c r="C7" t="inlineStr"><is><t>in </t><rPh><t>x</t></rPh><t>line</t></is></c></row>
    <row r="8"><c r="A8" t="s"><v>2</v></c><c r="B8" t="d"><v>2019-01-31T00:00:00</v></c></row>
    <row r="9"><c r="A9"/></row>`;
  assert.deepEqual(await rowsOf({ rows, strings }), [
    { line: 2, cells: ['', 'Müller', '', 'rich text'] },
    { line: 3, cells: ['1234.5', 'TRUE', 'FALSE', 'two'] },
    { line: 7, cells: ['', '', 'in line'] },
    { line: 8, cells: ['a\rb_', '2019-01-31'] },
  ]);
});

test('numbers come as a person sees them, without the noise of binary fractions', () => {
  for (const [raw, text] of [
    ['0.30000000000000004', '0.3'],
    ['1234.5600000000001', '1234.56'],
    ['-12.5', '-12.5'],
    ['100', '100'],
    ['1.0000000000000001E-5', '0.00001'],
    ['1E+20', '100000000000000000000'],
    ['1.5e3', '1500'],
    ['0', '0'],
    ['-0.0', '0'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['0010', '10'],
    ['999999999999.99', '999999999999.99'],
    ['123456789012.34001', '123456789012.34'],
    ['123456789012345', '123456789012345'],
    ['1.234', '1.2340'],
    ['12.3456', '12.3456'],
  ] as const) {
    assert.deepEqual(numberText(raw), { text }, raw);
  }
});

test('numbers that a spreadsheet cannot keep are reported, and what is no number is none', () => {
  assert.deepEqual(numberText('1234567890123456'), {
    text: '1234567890123460',
    wrong: 'cell_number_not_exact',
  });
  assert.deepEqual(numberText('12345678901234.56'), {
    text: '12345678901234.6',
    wrong: 'cell_number_not_exact',
  });
  for (const raw of ['abc', '1,5', '', '.', '1e', '1e9999', '0x10', 'Infinity', '1 2']) {
    assert.deepEqual(numberText(raw), { text: '', wrong: 'cell_not_number' }, raw);
  }
});

test('every number keeps the value its first fifteen digits tell', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const { text } = numberText(String(value));
      assert.match(text, /^-?\d+(\.\d+)?$/);
      assert.equal(Number(text), Number(value.toPrecision(15)));
    }),
  );
});

test('days are counted as Excel counts them', () => {
  for (const [serial, text] of [
    ['1', '1900-01-01'],
    ['59', '1900-02-28'],
    ['61', '1900-03-01'],
    ['43496', '2019-01-31'],
    ['43496.5', '2019-01-31T12:00:00'],
    ['43495.99999999', '2019-01-31'],
    ['2958465', '9999-12-31'],
    ['0.75', '18:00:00'],
  ] as const) {
    assert.deepEqual(dateText(serial, false), { text }, serial);
  }
  for (const [serial, text] of [
    ['0', '1904-01-01'],
    ['42034', '2019-01-31'],
    ['60', '1904-03-01'],
  ] as const) {
    assert.deepEqual(dateText(serial, true), { text }, serial);
  }
  for (const serial of ['60', '0', '-1', '2958466', 'x', '', '1e300']) {
    assert.deepEqual(dateText(serial, false), { text: '', wrong: 'cell_date_not_valid' }, serial);
  }
});

test('date formats are told from number formats', () => {
  for (const [code, style] of [
    ['yyyy\\-mm\\-dd', 'date'],
    ['d. mmmm yyyy;@', 'date'],
    ['[$-409]mmm\\-yy', 'date'],
    ['mmm', 'date'],
    ['h:mm AM/PM', 'time'],
    ['[h]:mm:ss', 'number'],
    ['General', 'number'],
    ['#,##0.00', 'number'],
    ['#,##0.00\\ "Kč"', 'number'],
    ['0 "days"', 'number'],
    ['0.00E+00', 'number'],
    ['[Red]-0.00;[$€-407] 0', 'number'],
    ['_-* #,##0.00_s_-', 'number'],
    ['@', 'number'],
    ['', 'number'],
  ] as const) {
    assert.equal(styleOfFormat(164, code), style, code);
  }
  assert.equal(styleOfFormat(14, undefined), 'date');
  assert.equal(styleOfFormat(2, undefined), 'number');
});

test('cells formatted as dates come as dates, in both calendars', async () => {
  const styles =
    '<numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts><cellStyleXfs>' +
    '<xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/>' +
    '<xf numFmtId="164"/></cellXfs>';
  const rows =
    '<row r="1"><c r="A1"><v>43496</v></c><c r="B1" s="1"><v>43496</v></c><c r="C1" s="2"><v>43496.25</v></c></row>';
  assert.deepEqual(await cellsOf({ rows, styles }), [['43496', '2019-01-31', '2019-01-31T06:00:00']]);
  const workbookPr = '<workbookPr date1904="1"/>';
  assert.deepEqual(await cellsOf({ rows, styles, workbookPr }), [
    ['43496', '2023-02-01', '2023-02-01T06:00:00'],
  ]);
});

test('a cell with an error comes empty with a problem that names it', async () => {
  const [row] = await rowsOf({
    rows: '<row r="3"><c r="A3"><v>1</v></c><c r="C3" t="e"><v>#N/A</v></c><c r="D3" t="s"><v>9</v></c></row>',
  });
  assert.deepEqual(row?.cells, ['1', '', '', '']);
  assert.deepEqual(
    row?.cellProblems?.map(({ code, line, column, value, columnIndex }) => [
      code,
      line,
      column,
      value,
      columnIndex,
    ]),
    [
      ['cell_is_error', 3, 'C', '#N/A', 2],
      ['cell_text_missing', 3, 'D', '9', 3],
    ],
  );
});

test('the first sheet that is not hidden is read, or the one that is named', async () => {
  const book = workbookOf({
    rows: '<row><c><v>1</v></c></row>',
    before: [
      ['Secret', 'hidden', '<row><c><v>2</v></c></row>'],
      ['Deep', 'veryHidden', ''],
    ],
  });
  const first = await readBytes(book);
  assert.deepEqual(
    [first.sheet, first.sheets, first.rows[0]?.cells],
    ['Data', ['Secret', 'Deep', 'Data'], ['1']],
  );
  assert.deepEqual((await readBytes(book, 'Secret')).rows[0]?.cells, ['2']);
  await assert.rejects(readBytes(book, 'Nowhere'), { code: 'sheet_not_found' });
});

test('a workbook on disk is read like one in memory, and given back', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'xlsx-'));
  const path = join(folder, 'book.bin');
  await writeFile(path, workbookOf({ rows: '<row><c><v>1</v></c></row>' }));
  const reading = await openSheet({ name: 'book.bin', path });
  assert.deepEqual(await Array.fromAsync(reading.rows), [{ line: 1, cells: ['1'] }]);
  await reading.close();
  await writeFile(path, workbookOf({ rows: '' }).subarray(0, 200));
  await assert.rejects(openSheet({ name: 'book.bin', path }), { code: 'archive_damaged' });
  await rm(folder, { recursive: true });
});

test('archives that are no workbook say what to do', async () => {
  const other = (name: string) => refusalOf(zipOf([{ name, content: 'x' }]));
  assert.equal((await other('notes.txt'))?.code, 'spreadsheet_not_found');
  assert.equal((await other('content.xml'))?.code, 'spreadsheet_format_unknown');
  assert.equal((await other('xl/workbook.bin'))?.code, 'spreadsheet_format_unknown');
  assert.equal((await refusalOf(zipOf([])))?.code, 'spreadsheet_not_found');
  assert.equal((await refusalOf(Buffer.from('PK\x03\x04')))?.code, 'archive_damaged');
});

test('bombs, passwords and broken checksums are refused', async () => {
  const files = workbookFiles({ rows: '<row><c><v>1</v></c></row>' });
  const bomb = { name: 'xl/bomb.xml', content: Buffer.alloc(20_000_000) };
  assert.equal((await refusalOf(zipOf([...files, bomb])))?.code, 'archive_suspicious');
  const giant = { name: 'xl/giant.xml', content: 'x', claimedSize: 0xfffffff0 };
  assert.equal((await refusalOf(zipOf([...files, giant])))?.code, 'archive_too_large');
  const many = Array.from({ length: ARCHIVE_ENTRIES_MAX + 1 }, (_, index) => ({
    name: `f${index}`,
    content: '',
  }));
  assert.equal((await refusalOf(zipOf(many)))?.code, 'archive_too_many_files');
  const replaced = (name: string, spoiled: object) =>
    zipOf(files.map((file) => (file.name === name ? { ...file, ...spoiled } : file)));
  assert.equal((await refusalOf(replaced('xl/workbook.xml', { flags: 1 })))?.code, 'archive_encrypted');
  assert.equal(
    (await refusalOf(replaced('xl/worksheets/sheet0.xml', { claimedCrc: 1 })))?.code,
    'archive_damaged',
  );
  assert.equal(
    (await refusalOf(replaced('xl/worksheets/sheet0.xml', { claimedSize: 5 })))?.code,
    'archive_damaged',
  );
  assert.equal(
    (await refusalOf(zipOf([...files, { name: 'XL/WORKBOOK.xml', content: '' }])))?.code,
    'archive_damaged',
  );
  assert.equal(
    (await refusalOf(zipOf([...files, { name: '../evil', content: '' }])))?.code,
    'archive_damaged',
  );
});

test('an archive whose directory points beyond the file is refused', async () => {
  const locator = Buffer.from(`504b0607${'00000000'}${'ff'.repeat(8)}01000000`, 'hex');
  const end = Buffer.from(`504b0506${'00'.repeat(4)}ffffffff${'ff'.repeat(8)}0000`, 'hex');
  const bytes = Buffer.concat([Buffer.from('PK\x03\x04'), locator, end]);
  assert.equal((await refusalOf(bytes))?.facts.what, 'a range beyond the file');
  const folder = await mkdtemp(join(tmpdir(), 'xlsx-'));
  const path = join(folder, 'far');
  await writeFile(path, bytes);
  await assert.rejects(openSheet({ name: 'far', path }), { code: 'archive_damaged' });
  await rm(folder, { recursive: true });
});

test('sheets beyond the limits or with a broken grid are refused', async () => {
  const code = async (rows: string) => (await refusalOf(workbookOf({ rows })))?.code;
  const beyond = `${columnLetters(COLUMNS_MAX)}1`;
  assert.equal(await code(`<row r="1"><c r="${beyond}"><v>1</v></c></row>`), 'sheet_too_many_columns');
  assert.equal(
    await code(`<row r="1"><c r="${beyond}" s="1"/></row>`),
    undefined,
    'an empty cell is no harm',
  );
  const long = 'x'.repeat(FIELD_CHARACTERS_MAX + 1);
  assert.equal(await code(`<row r="1"><c r="A1" t="str"><v>${long}</v></c></row>`), 'sheet_cell_too_long');
  assert.equal(await code('<row r="2"/><row r="2"/>'), 'spreadsheet_damaged');
  assert.equal(await code('<row r="1"><c r="B1"/><c r="A1"/></row>'), 'spreadsheet_damaged');
  assert.equal(await code('<row r="1"><c r="R1C1"/></row>'), 'spreadsheet_damaged');
  assert.equal(await code('<row>'), 'xml_not_well_formed');
});

test('columns are counted by letters as in a sheet', () => {
  for (const [column, letters] of [
    [0, 'A'],
    [25, 'Z'],
    [26, 'AA'],
    [701, 'ZZ'],
    [702, 'AAA'],
    [16_383, 'XFD'],
  ] as const) {
    assert.equal(columnLetters(column), letters);
    assert.equal(columnOfReference(`${letters}12`), column);
  }
});

test('whatever is broken in a workbook, it gives rows or a refusal', async () => {
  const valid = workbookOf({
    rows:
      '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>1.5</v></c></row><row r="2">' +
      '<c r="A2" t="inlineStr"><is><t>x</t></is></c></row>',
    strings: '<si><t>text</t></si>',
    styles: '<cellXfs><xf numFmtId="14"/></cellXfs>',
  });
  const change = fc.record({ at: fc.nat(valid.length - 1), to: fc.nat(255) });
  const folder = await mkdtemp(join(tmpdir(), 'xlsx-'));
  await fc.assert(
    fc.asyncProperty(
      fc.array(change, { minLength: 1, maxLength: 4 }),
      fc.nat(valid.length),
      fc.boolean(),
      async (changes, cut, cuts) => {
        const bytes = Buffer.from(cuts ? valid.subarray(0, cut) : valid);
        for (const { at, to } of changes) if (at < bytes.length) bytes[at] = to;
        await refusalOf(bytes);
        const path = join(folder, 'spoiled');
        await writeFile(path, bytes);
        const reading = await openSheet({ name: '', path }).catch((error) =>
          assert.ok(error instanceof Refusal, String(error)),
        );
        await reading?.close();
      },
    ),
    { numRuns: 200 },
  );
  await rm(folder, { recursive: true });
});
