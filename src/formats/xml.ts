// A small safe XML layer over saxes: streaming, namespaces resolved, no DTD, no entities but the five of XML,
// nothing unbounded. Everything that reads XML stands on it, so that a bomb is refused in one place.

import { SaxesParser, type SaxesTagNS } from 'saxes';
import { XML_DEPTH_MAX, XML_TEXT_MAX } from '#kernel/limits.ts';
import { type Facts, Refusal } from '#kernel/refusal.ts';
import {
  type ByteSource,
  type DecodedText,
  decodeText,
  encodingNamed,
  type TextEncoding,
  withHead,
} from './text-encoding.ts';

/**
 * A start tag: its name without prefix, the namespace it is in, its attributes by the name they are written with.
 */
export type XmlElement = {
  readonly local: string;
  readonly uri: string;
  readonly attributes: Readonly<Record<string, { readonly local: string; readonly value: string }>>;
};

/** What a reader of one kind of document does with it. */
export type XmlHandler = {
  open(element: XmlElement): void;
  /** `text` is the character data since the last tag: the whole of it for an element without children. */
  close(element: XmlElement, text: string): void;
  /** Called once after the last tag. */
  end?(): void;
};

/** What the layer offers to a handler: a way out for items, and where in the document it is. */
export type XmlReading<T> = {
  emit(item: T): void;
  /** 1-based line and column of the character after the tag being handled. */
  where(): { readonly line: number; readonly column: number };
  /** A refusal that says where it happened. */
  refusal(code: string, facts?: Facts): Refusal;
};

/** What kinds of document need to have larger than others. */
export type XmlBounds = {
  /** Characters of one text; for documents that carry whole files as base64. */
  readonly charactersMax?: number;
};

/** The value of an attribute by its name without prefix, or nothing. */
export function attributeOf(element: XmlElement, local: string): string | undefined {
  const plain = element.attributes[local];
  if (plain !== undefined) return plain.value;
  for (const attribute of Object.values(element.attributes)) {
    if (attribute.local === local) return attribute.value;
  }
  return undefined;
}

const DECLARATION = /^<\?xml\s[^>]*?\bencoding\s*=\s*["']([^"'>]*)["']/;
/** An XML declaration is short; more of the beginning is not looked at. */
const DECLARATION_BYTES = 512;

/**
 * The encoding XML bytes say they are in. Without a declaration it is UTF-8, as XML has it; a declared UTF-16 in
 * eight-bit text is a slip of the program that wrote it (it meant its own memory) and read as UTF-8.
 */
function encodingOfXml(head: Buffer): TextEncoding {
  if (head[0] === 0x3c && head[1] === 0) return 'utf-16le';
  if (head[0] === 0 && head[1] === 0x3c) return 'utf-16be';
  const label = DECLARATION.exec(head.toString('latin1'))?.[1];
  if (label === undefined || /^utf-?16/i.test(label)) return 'utf-8';
  return encodingNamed(label);
}

/**
 * Reads an XML document and yields what the handler made by `start` emits, in order, with no more than one piece of
 * the document held at a time.
 *
 * Refuses: `xml_not_well_formed`, `xml_dtd_refused`, `xml_entity_refused`, `xml_too_deep`, `xml_text_too_long` (all
 * with line and column), what decoding refuses, and what the handler refuses.
 */
export async function* readXml<T>(
  source: ByteSource,
  start: (reading: XmlReading<T>) => XmlHandler,
  { charactersMax = XML_TEXT_MAX }: XmlBounds = {},
): AsyncGenerator<T> {
  const items: T[] = [];
  const parser = new SafeParser((item: T) => items.push(item), start, charactersMax);
  const decoded = await decodeXml(source);
  for await (const piece of decoded.text) {
    const refused = parser.write(piece);
    for (const item of items.splice(0)) yield item;
    if (refused !== undefined) throw refused;
  }
  const refused = parser.close();
  for (const item of items.splice(0)) yield item;
  if (refused !== undefined) throw refused;
}

async function decodeXml(source: ByteSource): Promise<DecodedText> {
  const { head, all, close } = await withHead(source, DECLARATION_BYTES);
  try {
    return decodeText(all, { declared: encodingOfXml(head) });
  } catch (error) {
    await close();
    throw error;
  }
}

/** What saxes says of text before or after the root element. */
const STRAY_TEXT = 'text data outside of root node.';

/** saxes with our bounds. A refusal is handed back, not thrown, so that what was read before it still comes out. */
class SafeParser<T> {
  readonly #saxes = new SaxesParser({ xmlns: true });
  readonly #handler: XmlHandler;
  readonly #charactersMax: number;
  #depth = 0;
  #text = '';
  /** Where the last tag or text ended; what is longer than a text may be is refused without being held. */
  #last = { position: 0, line: 1, column: 1 };

  constructor(emit: (item: T) => void, start: (reading: XmlReading<T>) => XmlHandler, charactersMax: number) {
    this.#charactersMax = charactersMax;
    const where = () => ({ line: this.#saxes.line, column: this.#saxes.column + 1 });
    const refusal = (code: string, facts: Facts = {}) => new Refusal(code, { ...where(), ...facts });
    this.#handler = start({ emit, where, refusal });
    // No handlers for what is passed over (comments, instructions): with more than these V8 keeps the parser's
    // fields in a hash table, and reading takes four times as long.
    this.#saxes.on('opentag', (tag) => this.#open(tag, refusal));
    this.#saxes.on('closetag', (tag) => this.#close(tag));
    this.#saxes.on('text', (text) => this.#addText(text));
    this.#saxes.on('cdata', (text) => this.#addText(text));
    this.#saxes.on('doctype', () => {
      throw refusal('xml_dtd_refused', {
        advice: 'The document brings its own grammar (DOCTYPE), which is not read. Ask for it without one.',
      });
    });
    this.#saxes.on('error', (error) => {
      this.#checkLength();
      // saxes tells of stray text where a piece happens to end; where the text begins does not depend on that.
      throw notWellFormed(error.message, error.message.endsWith(STRAY_TEXT) ? this.#last : where());
    });
  }

  write(text: string): Refusal | undefined {
    return refusalOf(() => {
      this.#saxes.write(text);
      this.#checkLength();
    });
  }

  close(): Refusal | undefined {
    return refusalOf(() => {
      this.#saxes.close();
      this.#handler.end?.();
    });
  }

  #open(tag: SaxesTagNS, refusal: XmlReading<T>['refusal']): void {
    this.#mark();
    this.#depth += 1;
    if (this.#depth > XML_DEPTH_MAX) throw refusal('xml_too_deep', { depthMax: XML_DEPTH_MAX });
    this.#text = '';
    this.#handler.open(tag);
  }

  #close(tag: SaxesTagNS): void {
    this.#mark();
    this.#depth -= 1;
    const text = this.#text;
    this.#text = '';
    this.#handler.close(tag, text);
  }

  #addText(text: string): void {
    if (this.#depth === 0 && text.trim() !== '') throw notWellFormed(STRAY_TEXT, this.#last);
    this.#text += text;
    if (this.#text.length > this.#charactersMax) throw this.#tooLong();
    this.#mark();
  }

  #mark(): void {
    this.#checkLength();
    const { position, line, column } = this.#saxes;
    this.#last = { position, line, column: column + 1 };
  }

  #checkLength(): void {
    if (this.#saxes.position - this.#last.position > this.#charactersMax) throw this.#tooLong();
  }

  #tooLong(): Refusal {
    const { line, column } = this.#last;
    return new Refusal('xml_text_too_long', { line, column, charactersMax: this.#charactersMax });
  }
}

function refusalOf(work: () => void): Refusal | undefined {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  return undefined;
}

function notWellFormed(message: string, { line, column }: { line: number; column: number }): Refusal {
  const what = message.replace(/^\d+:\d+: /, '').slice(0, 200);
  if (what.startsWith('undefined entity')) {
    return new Refusal('xml_entity_refused', {
      line,
      column,
      advice: 'Only &amp; &lt; &gt; &apos; &quot; and character numbers are read.',
    });
  }
  return new Refusal('xml_not_well_formed', {
    line,
    column,
    what,
    advice: 'The document is damaged or cut off, or not XML. Get it again from where it comes.',
  });
}
