import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Refusal } from '#kernel/refusal.ts';
import {
  type ByteSource,
  decodeText,
  encodingNamed,
  LineCount,
  type TextEncoding,
  withHead,
} from './text-encoding.ts';

async function read(source: ByteSource, declared?: TextEncoding) {
  const decoded = decodeText(source, { declared });
  let text = '';
  for await (const piece of decoded.text) text += piece;
  return { text, choice: decoded.choice() };
}

/** What comes out, refusals included, so that two ways of reading can be compared. */
async function outcome(source: ByteSource, declared?: TextEncoding) {
  try {
    return await read(source, declared);
  } catch (error) {
    assert.ok(error instanceof Refusal, String(error));
    return { code: error.code, facts: error.facts };
  }
}

function inPiecesOf(size: number, bytes: Uint8Array): Uint8Array[] {
  const all: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += size) all.push(bytes.subarray(at, at + size));
  return all;
}

const utf16be = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16();

test('text without anything beyond ASCII is called UTF-8', async () => {
  assert.deepEqual(await read(Buffer.from('a;b\r\n1;2')), {
    text: 'a;b\r\n1;2',
    choice: { encoding: 'utf-8', because: 'only_ascii' },
  });
  assert.deepEqual(await read(Buffer.alloc(0)), {
    text: '',
    choice: { encoding: 'utf-8', because: 'only_ascii' },
  });
});

test('valid UTF-8 is read as UTF-8 and other bytes as windows-1252', async () => {
  assert.deepEqual(await read(Buffer.from('Müller, Žižkov, 5 €, 😀')), {
    text: 'Müller, Žižkov, 5 €, 😀',
    choice: { encoding: 'utf-8', because: 'valid_utf8' },
  });
  assert.deepEqual(await read(Buffer.from([0x4d, 0xfc, 0x6c, 0x6c, 0x65, 0x72, 0x20, 0x80, 0x35])), {
    text: 'Müller €5',
    choice: { encoding: 'windows-1252', because: 'not_utf8' },
  });
});

test('a byte order mark decides and is not part of the text', async () => {
  for (const [bytes, encoding] of [
    [Buffer.from('\ufeffä', 'utf8'), 'utf-8'],
    [Buffer.from('\ufeffä', 'utf16le'), 'utf-16le'],
    [utf16be('ä'), 'utf-16be'],
  ] as const) {
    const expected = { text: 'ä', choice: { encoding, because: 'byte_order_mark' } };
    assert.deepEqual(await read(bytes), expected);
    assert.deepEqual(await read(bytes, 'windows-1250'), expected, 'a mark outweighs what was declared');
  }
});

test('a declared encoding is taken at its word', async () => {
  assert.equal((await read(Buffer.from([0xe8, 0xf8]), 'windows-1250')).text, 'čř');
  assert.equal((await read(Buffer.from([0xa4]), 'iso-8859-15')).text, '€');
  assert.equal((await read(Buffer.from('ä', 'utf16le'), 'utf-16le')).text, 'ä');
});

test('broken UTF-8 is refused with the byte and the line where it breaks', async () => {
  const broken = Buffer.concat([Buffer.from('one\r\ntwö\rthree '), Buffer.from([0xff]), Buffer.from(' x')]);
  await assert.rejects(read(broken, 'utf-8'), (error: Refusal) => {
    assert.equal(error.code, 'text_encoding_wrong');
    assert.equal(error.facts.offset, broken.indexOf(0xff));
    assert.equal(error.facts.line, 3);
    return true;
  });
});

test('mostly valid UTF-8 with one broken byte is refused instead of being shown garbled', async () => {
  const broken = Buffer.concat([Buffer.from('Müller Böhm Žák '), Buffer.from([0xe4]), Buffer.from(' end')]);
  await assert.rejects(read(broken), { code: 'text_encoding_wrong' });
});

test('what only looks like UTF-8 (overlong forms, halves of pairs, numbers beyond Unicode) is found where it is', async () => {
  for (const broken of ['eda080', 'e08080', 'f0808080', 'f4908080', 'c080', 'f5808080', '80']) {
    const bytes = Buffer.concat([Buffer.from('aé'), Buffer.from(broken, 'hex'), Buffer.from('b')]);
    await assert.rejects(read(bytes, 'utf-8'), (error: Refusal) => error.facts.offset === 3, broken);
  }
});

test('a line that ends in CR LF is one line, wherever it is cut', () => {
  const lines = new LineCount();
  for (const piece of ['a\r', '\nb', '\r', '', '\n', '\nc\r', 'd']) lines.add(piece);
  assert.equal(lines.line, 5);
});

test('UTF-8 cut off in the middle of a character is refused', async () => {
  await assert.rejects(read(Buffer.from('ö€').subarray(0, 4), 'utf-8'), {
    code: 'text_encoding_wrong',
    facts: {
      encoding: 'utf-8',
      offset: 2,
      line: 1,
      advice:
        'The bytes there are no text in this encoding. Save the file as UTF-8, or say which encoding it is in.',
    },
  });
});

test('broken UTF-16 is refused', async () => {
  for (const bytes of [
    Buffer.from('\ufeffab\ud800c', 'utf16le'),
    Buffer.from('\ufeffab\udc00', 'utf16le'),
    Buffer.from('\ufeffab', 'utf16le').subarray(0, 5),
    utf16be('ab\ud800c'),
    utf16be('ab').subarray(0, 5),
  ]) {
    await assert.rejects(read(bytes), { code: 'text_encoding_wrong' });
  }
});

test('NUL bytes are refused as binary, with the place', async () => {
  await assert.rejects(read(Buffer.from('a\nb\0c')), (error: Refusal) => {
    assert.equal(error.code, 'text_binary');
    assert.deepEqual([error.facts.offset, error.facts.line], [3, 2]);
    return true;
  });
  await assert.rejects(read(Buffer.from('ä\0')), (error: Refusal) => error.facts.offset === 2);
  await assert.rejects(
    read(Buffer.from('\ufeffab\0', 'utf16le')),
    (error: Refusal) => error.facts.offset === 6,
  );
});

test('an encoding nobody knows is refused by name', () => {
  assert.equal(encodingNamed(' ISO-8859-1 '), 'windows-1252');
  assert.throws(() => encodingNamed('EBCDIC'), { code: 'text_encoding_unknown' });
  assert.throws(() => encodingNamed('constructor'), { code: 'text_encoding_unknown' });
});

test('the head of a source can be looked at without losing it', async () => {
  const { head, all } = await withHead(inPiecesOf(2, Buffer.from('abcdefg')), 5);
  assert.equal(head.toString(), 'abcde');
  assert.equal((await read(all)).text, 'abcdefg');
});

test('how the bytes are cut into pieces never changes what is read', async () => {
  const mixed = fc.array(
    fc.oneof(
      { weight: 6, arbitrary: fc.string({ unit: 'binary' }).map((text) => Buffer.from(text)) },
      {
        weight: 2,
        arbitrary: fc.constantFrom('\r', '\n', '\r\n', 'é', '€', '😀').map((text) => Buffer.from(text)),
      },
      { weight: 1, arbitrary: fc.uint8Array({ maxLength: 4 }).map((bytes) => Buffer.from(bytes)) },
      { weight: 1, arbitrary: fc.constantFrom('\ufeff').map((text) => Buffer.from(text, 'utf16le')) },
    ),
    { maxLength: 12 },
  );
  const declared = fc.constantFrom<TextEncoding | undefined>(
    undefined,
    'utf-8',
    'utf-16le',
    'utf-16be',
    'windows-1252',
  );
  await fc.assert(
    fc.asyncProperty(mixed, declared, async (parts, encoding) => {
      const bytes = Buffer.concat(parts);
      const whole = await outcome(bytes, encoding);
      for (const size of [1, 2, 3, 5]) {
        assert.deepEqual(await outcome(inPiecesOf(size, bytes), encoding), whole);
      }
    }),
    { numRuns: 150 },
  );
});

test('a long text is cut at every place around the size of a piece with the same result', async () => {
  const text = `${'a'.repeat(65_530)}äö€😀\r\nZürich`;
  const bytes = Buffer.from(text);
  for (let cut = 65_525; cut < 65_550; cut += 1) {
    assert.equal((await read([bytes.subarray(0, cut), bytes.subarray(cut)])).text, text);
  }
});

test('the guess looks beyond the first piece when the first odd byte comes late', async () => {
  const late = Buffer.concat([Buffer.from('a'.repeat(200_000)), Buffer.from([0xe4]), Buffer.from(' end')]);
  assert.equal((await read(late)).choice?.encoding, 'windows-1252');
});
