import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { PDF_BYTES_MAX, PDF_UNPACKED_BYTES_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import { isPdf, readPdfAttachments } from './pdf-file.ts';
import { pdfWith } from './pdf-for-tests.ts';
import { PdfName, PdfReader, PdfRef, PdfText, type PdfValue } from './pdf-value.ts';

const filesOf = (pdf: Uint8Array) =>
  readPdfAttachments(pdf).map(({ name, isAssociated, bytes }) => [name, isAssociated, bytes().toString()]);

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    assert.ok(error instanceof Refusal, String(error));
    return error.code;
  }
  return 'done';
}

const TWO = [
  { name: 'a.xml', content: '<a/>', isAssociated: true },
  { name: 'b (1).csv', content: '1;2' },
];

test('the files of a PDF are found in its tree of names, plain, of two levels or packed', () => {
  for (const options of [{}, { hasKids: true }, { isPacked: true }, { isPacked: true, hasKids: true }]) {
    assert.deepEqual(filesOf(pdfWith(TWO, options)), [
      ['a.xml', true, '<a/>'],
      ['b (1).csv', false, '1;2'],
    ]);
  }
});

test('files that no tree names are found too, the associated ones first', () => {
  const [first, second] = TWO;
  assert.ok(first && second);
  assert.deepEqual(
    filesOf(pdfWith([second, first], { hasNames: false })).map(([name]) => name),
    ['a.xml', 'b (1).csv'],
  );
});

test('a PDF is told by its mark, which may stand behind a little of something else', () => {
  assert.ok(isPdf(pdfWith([])));
  assert.ok(isPdf(Buffer.concat([Buffer.from('\r\n\r\n'), pdfWith([])])));
  assert.ok(!isPdf(Buffer.from('<Invoice/>')));
  assert.ok(!isPdf(Buffer.from('\ufeff<Invoice><Note>%PDF-1.7</Note></Invoice>')));
  assert.ok(!isPdf(Buffer.from('<?xml version="1.0"?><a>%PDF-1.7</a>')));
  assert.deepEqual(filesOf(pdfWith([])), []);
});

test('what comes later in the file replaces what came before', () => {
  const pdf = pdfWith([{ name: 'a.xml', content: 'old' }]);
  const update = '10 0 obj <</Length 3>> stream\nnew\nendstream endobj trailer <</Root 1 0 R>>';
  assert.deepEqual(filesOf(Buffer.concat([pdf, Buffer.from(update)])), [['a.xml', false, 'new']]);
});

test('a length that is wrong, missing or told elsewhere does not hide a file', () => {
  const bytes = deflateSync('<a/>');
  for (const entries of ['', '/Length 1', '/Length 99 0 R', '/Length -5', '/Length 1000000000']) {
    const file = { name: 'a.xml', content: '', stream: { entries: `/Filter/FlateDecode${entries}`, bytes } };
    assert.deepEqual(filesOf(pdfWith([file])), [['a.xml', false, '<a/>']], entries);
  }
});

test('a file that is not packed is taken as it stands', () => {
  const bytes = Buffer.from('<a>endobj 7 0 obj</a>');
  const file = { name: 'a.xml', content: '', stream: { entries: `/Length ${bytes.length}`, bytes } };
  assert.deepEqual(filesOf(pdfWith([file])), [['a.xml', false, '<a>endobj 7 0 obj</a>']]);
});

test('a file that is packed otherwise or damaged is refused when it is opened', () => {
  const bytes = Buffer.from('no such packing');
  for (const filter of ['/LZWDecode', '/FlateDecode', '[/ASCIIHexDecode/FlateDecode]']) {
    const file = {
      name: 'a',
      content: '',
      stream: { entries: `/Filter${filter}/Length ${bytes.length}`, bytes },
    };
    const [attachment] = readPdfAttachments(pdfWith([file]));
    assert.equal(
      codeOf(() => attachment?.bytes()),
      'pdf_attachment_not_readable',
      filter,
    );
  }
});

test('a bomb is refused without being unpacked, as a file and as packed objects', () => {
  const bomb = deflateSync(Buffer.alloc(PDF_UNPACKED_BYTES_MAX + 1));
  const entries = `/Filter/FlateDecode/Length ${bomb.length}`;
  const [attachment] = readPdfAttachments(
    pdfWith([{ name: 'a', content: '', stream: { entries, bytes: bomb } }]),
  );
  assert.equal(
    codeOf(() => attachment?.bytes()),
    'pdf_too_large',
  );
  const objects = { entries: `/Type/ObjStm/N 1/First 4${entries}`, bytes: bomb };
  const pdf = pdfWith([{ name: 'a', content: '', stream: objects }]).toString('latin1');
  const packed = Buffer.from(pdf.replace('/Type/EmbeddedFile', ''), 'latin1');
  assert.equal(
    codeOf(() => readPdfAttachments(packed)),
    'pdf_too_large',
  );
});

test('a PDF that is too large, locked or no PDF inside is refused', () => {
  assert.equal(
    codeOf(() => readPdfAttachments(Buffer.alloc(PDF_BYTES_MAX + 1))),
    'pdf_too_large',
  );
  assert.equal(
    codeOf(() => readPdfAttachments(pdfWith(TWO, { trailer: '/Encrypt 9 0 R' }))),
    'pdf_encrypted',
  );
  assert.equal(
    codeOf(() => readPdfAttachments(Buffer.from('%PDF-1.7\nnothing'))),
    'pdf_damaged',
  );
});

test('values of PDF are read in every way they can be written', () => {
  const value = (text: string) => new PdfReader(text).value();
  assert.deepEqual(value(' % note\n -1.5'), -1.5);
  assert.deepEqual(value('.5'), 0.5);
  assert.deepEqual(value('[1 0 R 2 3 true null]'), [new PdfRef(1), 2, 3, true, null]);
  assert.deepEqual(value('/A#20b'), new PdfName('A b'));
  assert.deepEqual(value('(a(b)\\)\\n\\101\\\n!)'), new PdfText('a(b))\nA!'));
  assert.deepEqual(value('<41 4>'), new PdfText('A@'));
  assert.deepEqual(
    value('<</A<</B[/C]>>>>'),
    new Map<string, PdfValue>([['A', new Map([['B', [new PdfName('C')]]])]]),
  );
  assert.equal(String(value('<FEFF00E4>')), 'ä');
  assert.equal(String(value('<EFBBBFC3A4>')), 'ä');
  for (const text of ['', '(', '<<', '<</A', '[', ']', '<4', '[<<]', '['.repeat(100)]) {
    assert.equal(
      codeOf(() => value(text)),
      'pdf_damaged',
      text,
    );
  }
});

test('whatever is cut or changed in a PDF, reading it ends with its files or a refusal', () => {
  const sources = [pdfWith(TWO), pdfWith(TWO, { isPacked: true, hasKids: true })];
  fc.assert(
    fc.property(
      fc.constantFrom(...sources),
      fc.array(
        fc.tuple(fc.nat(2_000), fc.constantFrom('', '(', '[', '<<', '1 0 obj', 'stream', ' 1 0 R', '\0')),
        {
          maxLength: 5,
        },
      ),
      fc.nat(2_000),
      (source, changes, end) => {
        let text = source.toString('latin1');
        for (const [at, inserted] of changes) text = text.slice(0, at) + inserted + text.slice(at + 1);
        const pdf = Buffer.from(text.slice(0, Math.max(end, 50)), 'latin1');
        codeOf(() => filesOf(pdf));
      },
    ),
    { numRuns: 500 },
  );
});

test('files made to be read over and over again are given up soon', () => {
  for (const piece of [
    '1 0 obj(',
    '1 0 obj[(',
    '1 0 obj<<',
    '1 0 obj<</A(',
    '1 0 obj<<>>stream ',
    '1 0 R ',
    '[',
    '%',
  ]) {
    const pdf = Buffer.from(`%PDF-1.7\n${piece.repeat(30_000)}`);
    const begun = performance.now();
    codeOf(() => readPdfAttachments(pdf));
    assert.ok(performance.now() - begun < 5_000, piece);
  }
});
