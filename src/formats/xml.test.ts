import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { XML_DEPTH_MAX, XML_PART_ELEMENTS_MAX, XML_TEXT_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { ByteSource } from './text-encoding.ts';
import { attributeOf, readXml } from './xml.ts';
import { attributeAt, nodeAt, nodesOf, textAt, type XmlNode, XmlPartBuilder } from './xml-part.ts';

/** The events of a document as text: `<name` with its namespace, `>` with the text before it. */
function events(source: string | ByteSource): AsyncGenerator<string> {
  return readXml<string>(typeof source === 'string' ? Buffer.from(source) : source, (reading) => ({
    open: (element) => reading.emit(`<${element.local}|${element.uri}|${attributeOf(element, 'a') ?? ''}`),
    close: (element, text) => reading.emit(`>${element.local}|${text}|${reading.where().line}`),
  }));
}

async function outcome(source: string | ByteSource) {
  const seen: string[] = [];
  try {
    for await (const event of events(source)) seen.push(event);
    return { seen };
  } catch (error) {
    assert.ok(error instanceof Refusal, String(error));
    return { seen, code: error.code, facts: error.facts };
  }
}

const read = (source: string | ByteSource) => Array.fromAsync(events(source));

test('names come without prefix and with their namespace, text with its entities resolved', async () => {
  assert.deepEqual(
    await read(
      '<p:x xmlns:p="urn:1" xmlns="urn:2"><y p:a="&lt;1"> A &amp;&#66;<![CDATA[<C>]]></y>\n<z/></p:x>',
    ),
    ['<x|urn:1|', '<y|urn:2|<1', '>y| A &B<C>|1', '<z|urn:2|', '>z||2', '>x||2'],
  );
});

test('the encoding is taken from the mark, the declaration or XML itself', async () => {
  const text = (encoding: string) => `<?xml version="1.0" encoding="${encoding}"?><x>Ä€</x>`;
  const latin = Buffer.concat([
    Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><x>'),
    Buffer.from([0xc4, 0x80]),
    Buffer.from('</x>'),
  ]);
  for (const bytes of [
    Buffer.from('<x>Ä€</x>'),
    Buffer.from(`\ufeff${text('UTF-8')}`),
    Buffer.from(text('utf-16')),
    Buffer.from(text('UTF-16'), 'utf16le'),
    Buffer.from(`\ufeff${text('UTF-16')}`, 'utf16le'),
    Buffer.from(`\ufeff${text('UTF-16')}`, 'utf16le').swap16(),
    Buffer.from(text('UTF-16'), 'utf16le').swap16(),
    latin,
    Buffer.from(latin.toString('latin1').replace('ISO-8859-1', 'windows-1252'), 'latin1'),
  ]) {
    assert.equal((await read(bytes))[1], '>x|Ä€|1', bytes.toString('latin1'));
  }
  assert.equal((await outcome(text('EBCDIC-CP-US'))).code, 'text_encoding_unknown');
  assert.equal((await outcome(Buffer.from('<x>\xe4</x>', 'latin1'))).code, 'text_encoding_wrong');
});

test('a DTD is refused, and with it every entity bomb', async () => {
  const bomb = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><x>&b;</x>`;
  assert.equal((await outcome(bomb)).code, 'xml_dtd_refused');
  assert.equal((await outcome('<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>')).code, 'xml_dtd_refused');
});

test('an entity nobody defined is refused with its place', async () => {
  const seen = await outcome('<x>\n  &euro;</x>');
  assert.equal(seen.code, 'xml_entity_refused');
  assert.deepEqual([seen.facts?.line, seen.facts?.column], [2, 9]);
});

test('damaged documents are refused with line and column, after what was read before', async () => {
  for (const [text, line] of [
    ['<x>\n<y></x>', 2],
    ['<x>\n<y>', 2],
    ['<x>\n</x> garbage', 2],
    ['<x/><y/>', 1],
    ['<x a=1/>', 1],
    ['<x a="1" a="2"/>', 1],
    ['<p:x/>', 1],
    ['<x>]]></x>', 1],
    ['<x>\u0001</x>', 1],
    ['', 1],
    ['hello', 1],
    ['<x>&#0;</x>', 1],
  ] as const) {
    const seen = await outcome(text);
    assert.equal(seen.code, 'xml_not_well_formed', text);
    assert.equal(seen.facts?.line, line, text);
    assert.equal(typeof seen.facts?.column, 'number');
  }
  assert.deepEqual((await outcome('<x><y>1</y></z>')).seen, ['<x||', '<y||', '>y|1|1', '>x||1']);
});

test('nesting and text have bounds', async () => {
  const nested = (depth: number) => '<x>'.repeat(depth) + '</x>'.repeat(depth);
  assert.equal((await read(nested(XML_DEPTH_MAX))).length, XML_DEPTH_MAX * 2);
  assert.equal((await outcome(nested(XML_DEPTH_MAX + 1))).code, 'xml_too_deep');
  const long = 'x'.repeat(XML_TEXT_MAX + 1);
  for (const text of [
    `<x>${long}</x>`,
    `<x a="${long}"/>`,
    `<x><!--${long}--></x>`,
    `<x>${long}`,
    `<${long}/>`,
  ]) {
    const seen = await outcome(text);
    assert.equal(seen.code, 'xml_text_too_long');
    assert.equal(seen.facts?.line, 1);
  }
});

test('a part becomes a small tree, and one with too many elements is refused', async () => {
  const parts = (text: string) =>
    Array.fromAsync(
      readXml<XmlNode>(Buffer.from(text), (reading) => {
        const part = new XmlPartBuilder(reading);
        return {
          open: (element) => {
            if (part.isBuilding || element.local === 'part') part.open(element);
          },
          close: (_, text) => {
            const done = part.close(text);
            if (done && done.parent === undefined) reading.emit(done.node);
          },
        };
      }),
    );
  const [first, second] = await parts(
    '<x>\n<part><a k="v"> 1 </a>\n<b><c>2</c><c/><c>3</c></b></part><part/></x>',
  );
  assert.equal(textAt(first, 'a'), '1');
  assert.equal(attributeAt(nodeAt(first, 'a'), 'k'), 'v');
  assert.deepEqual(
    nodesOf(nodeAt(first, 'b'), 'c').map((node) => [node.text, node.line]),
    [
      ['2', 3],
      ['', 3],
      ['3', 3],
    ],
  );
  assert.equal(textAt(first, 'b', 'x', 'y'), undefined);
  assert.deepEqual(second?.children, []);
  assert.equal(
    (await parts(`<x>${'<part><a/></part>'.repeat(XML_PART_ELEMENTS_MAX)}</x>`)).length,
    XML_PART_ELEMENTS_MAX,
  );
  await assert.rejects(parts(`<part>${'<a/>'.repeat(XML_PART_ELEMENTS_MAX)}</part>`), {
    code: 'xml_part_too_large',
  });
});

const valid =
  '<?xml version="1.0" encoding="UTF-8"?>\r\n<p:x xmlns:p="urn:ä"><!-- c -->' +
  '<y a="1&amp;2">T€xt<![CDATA[&]]></y>\n<z/></p:x>\n';

test('how the bytes are cut into pieces, and what is broken in them, never crashes or changes the result', async () => {
  const change = fc.record({
    at: fc.nat(valid.length),
    drop: fc.nat(6),
    put: fc.constantFrom(
      '',
      '<',
      '>',
      '&',
      '"',
      '<y>',
      '</y>',
      '<!DOCTYPE',
      '<?',
      '\0',
      'é',
      ']]>',
      '<!--',
      '&#x',
      ';',
    ),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(change, { maxLength: 3 }), async (changes) => {
      let text = valid;
      for (const { at, drop, put } of changes) text = text.slice(0, at) + put + text.slice(at + drop);
      const bytes = Buffer.from(text);
      const whole = await outcome(bytes);
      for (const size of [1, 2, 7]) {
        const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
          bytes.subarray(index * size, (index + 1) * size),
        );
        assert.deepEqual(await outcome(pieces), whole);
      }
    }),
    { numRuns: 200 },
  );
});
