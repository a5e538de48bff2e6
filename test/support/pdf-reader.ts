// Reads what our own PDF files say, for tests: the text of each page by way of the fonts' character maps, the
// metadata, and the marks that an archive file must bear. Not a general reader: it knows the plain structure
// our compiler writes.

import { inflateSync } from 'node:zlib';

/** What a PDF file says. */
export type ReadPdf = {
  /** Text of each page, one line for each run of letters, in the order it was drawn. */
  readonly pages: readonly string[];
  /** Where each of these lines begins on its page, in points from the left and from the foot, rounded: `71 742 Invoice`. */
  readonly places: readonly (readonly string[])[];
  readonly metadata: string;
  readonly fonts: readonly { readonly name: string; readonly embedded: boolean }[];
  /** Everything outside of the streams, to look for marks in. */
  readonly structure: string;
};

/** An object: its dictionary or value, its stream unpacked, and whether that ended where its length says. */
export type PdfObject = {
  readonly head: string;
  readonly stream: Buffer | undefined;
  readonly ended: boolean;
};

/** All objects of a file by number; of one that was replaced, the newest. */
export function readObjects(bytes: Uint8Array): Map<number, PdfObject> {
  const file = Buffer.from(bytes);
  const text = file.toString('latin1');
  const objects = new Map<number, PdfObject>();
  for (const found of text.matchAll(/(?:^|\n)(\d+) 0 obj\n/g)) {
    const from = found.index + found[0].length;
    const end = text.indexOf('endobj', from);
    const streamAt = text.indexOf('stream\n', from);
    const hasStream = streamAt !== -1 && streamAt < end;
    const head = text.slice(from, hasStream ? streamAt : end);
    const length = Number(/\/Length (\d+)/.exec(head)?.[1] ?? 0);
    const body = hasStream ? file.subarray(streamAt + 7, streamAt + 7 + length) : undefined;
    const stream = body && (head.includes('/FlateDecode') ? inflateSync(body) : body);
    const after = file.toString('latin1', streamAt + 7 + length, streamAt + 7 + length + 11);
    objects.set(Number(found[1]), { head, stream, ended: /^\r?\n?endstream/.test(after) });
  }
  return objects;
}

/** From glyph number to letters. */
function readCharacterMap(cmap: string): Map<number, string> {
  const letters = new Map<number, string>();
  const decode = (hex: string): string => Buffer.from(hex, 'hex').swap16().toString('utf16le');
  for (const [, glyph = '', to = ''] of cmap.matchAll(/<([0-9A-F]{4})> <((?:[0-9A-F]{4})+)>/gi)) {
    letters.set(Number.parseInt(glyph, 16), decode(to));
  }
  return letters;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** The bytes of the literal string that begins at a parenthesis, its escapes undone, and where it ends. */
function readLiteral(content: string, start: number): { readonly codes: string; readonly end: number } {
  let codes = '';
  let depth = 0;
  for (let at = start; at < content.length; at += 1) {
    const character = content[at] ?? '';
    if (character === '\\') {
      const octal = /^[0-7]{1,3}/.exec(content.slice(at + 1, at + 4))?.[0];
      const next = content[at + 1] ?? '';
      codes += octal ? String.fromCharCode(Number.parseInt(octal, 8)) : (ESCAPES[next] ?? next);
      at += octal?.length ?? 1;
      continue;
    }
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (depth === 0) return { codes, end: at + 1 };
    // Parentheses in balance need no escape; only the outermost are not part of the text.
    if (!(character === '(' && depth === 1)) codes += character;
  }
  return { codes, end: content.length };
}

const NEXT =
  /\b1 0 0 -1 ([\d.]+) ([\d.]+) cm|\/(\w+) [\d.]+ Tf|\/(ActualText|Alt|Contents|E|Lang|T) \(|\(|\bET\b|\bEMC\b/g;

/** Text as dictionaries have it: UTF-16 after a mark, else one letter for each byte. */
function wordsOf(codes: string): string {
  const bytes = Buffer.from(codes, 'latin1');
  return codes.startsWith('\u00fe\u00ff') ? bytes.subarray(2).swap16().toString('utf16le') : codes;
}

type PageText = { readonly text: string; readonly places: readonly string[] };

function pageText(content: string, fonts: ReadonlyMap<string, ReadonlyMap<number, string>>): PageText {
  const places: string[] = [];
  let at = '';
  let lineFrom = 0;
  let letters: ReadonlyMap<number, string> = new Map();
  let text = '';
  let instead = false;
  const next = new RegExp(NEXT);
  for (let found = next.exec(content); found; found = next.exec(content)) {
    if (found[1] !== undefined) at = `${Math.round(Number(found[1]))} ${Math.round(Number(found[2]))}`;
    else if (found[3] !== undefined) letters = fonts.get(found[3]) ?? new Map();
    else if (found[0] === 'ET') {
      places.push(`${at} ${text.slice(lineFrom)}`);
      text += '\n';
      lineFrom = text.length;
    } else if (found[0] === 'EMC') instead = false;
    else if (found[4] !== undefined) {
      const { codes, end } = readLiteral(content, found.index + found[0].length - 1);
      next.lastIndex = end;
      // What is to be read instead of the glyphs up to the end of the mark.
      if (found[4] === 'ActualText') text += wordsOf(codes);
      instead ||= found[4] === 'ActualText';
    } else {
      const { codes, end } = readLiteral(content, found.index);
      next.lastIndex = end;
      for (let i = 0; !instead && i + 1 < codes.length; i += 2) {
        text += letters.get(codes.charCodeAt(i) * 256 + codes.charCodeAt(i + 1)) ?? '\ufffd';
      }
    }
  }
  return { text, places };
}

/** Reads a PDF file that our compiler wrote. */
export function readPdf(bytes: Uint8Array): ReadPdf {
  const objects = readObjects(bytes);
  const object = (reference: string | undefined): PdfObject =>
    objects.get(Number(reference)) ?? { head: '', stream: undefined, ended: true };
  const latin1 = (stream: Buffer | undefined): string => (stream ?? Buffer.alloc(0)).toString('latin1');
  const pagesHead = [...objects.values()].find(({ head }) => /\/Type \/Pages\b/.test(head))?.head ?? '';
  const pageNumbers = [...(/\/Kids \[([^\]]*)\]/.exec(pagesHead)?.[1] ?? '').matchAll(/(\d+) 0 R/g)];
  const pages = pageNumbers.map(([, number]) => {
    const { head } = object(number);
    const apart = /\/Resources (\d+) 0 R/.exec(head)?.[1];
    const resources = apart === undefined ? head : object(apart).head;
    const fonts = new Map(
      [...resources.matchAll(/\/(f\d+) (\d+) 0 R/g)].map(([, name = '', font]) => {
        const map = object(/\/ToUnicode (\d+) 0 R/.exec(object(font).head)?.[1]);
        return [name, readCharacterMap(latin1(map.stream))] as const;
      }),
    );
    return pageText(latin1(object(/\/Contents (\d+) 0 R/.exec(head)?.[1]).stream), fonts);
  });
  const heads = [...objects.values()].map(({ head }) => head);
  const trailer = Buffer.from(bytes).toString('latin1').split('\ntrailer').at(-1) ?? '';
  const metadata = [...objects.values()].find(({ head }) => /\/Type \/Metadata\b/.test(head))?.stream;
  return {
    pages: pages.map(({ text }) => text),
    places: pages.map(({ places }) => places),
    metadata: metadata?.toString('utf8') ?? '',
    fonts: heads
      .filter((head) => /\/Type \/FontDescriptor\b/.test(head))
      .map((head) => ({
        name: /\/FontName \/([^\s]+)/.exec(head)?.[1] ?? '',
        embedded: /\/FontFile[23]? \d/.test(head),
      })),
    structure: [...heads, trailer].join('\n'),
  };
}
