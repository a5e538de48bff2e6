// Writing XML into a string: every text and attribute escaped, two spaces a level, nothing that depends on the day or the
// machine. What has no content leaves no element, so that a writer can ask for everything and optional terms stay away.

/** Attributes of an element; one without a value is left out. */
export type XmlAttributes = Readonly<Record<string, string | undefined>>;

/** Builds one document. Names are written as given, prefix and all. */
export class XmlWriter {
  #pieces: string[] = ['<?xml version="1.0" encoding="UTF-8"?>\n'];
  #depth = 0;

  /** An element with a text; no element where there is no text. */
  leaf(name: string, text: string | undefined, attributes: XmlAttributes = {}): void {
    if (text === undefined || text === '') return;
    this.#pieces.push(`${this.#indent()}${tag(name, attributes)}>${escapeXml(text)}</${name}>\n`);
  }

  /** An element with what `inside` writes; no element where that is nothing. */
  group(name: string, inside: () => void, attributes: XmlAttributes = {}): void {
    const start = this.#pieces.length;
    this.#open(name, inside, attributes);
    if (this.#pieces.length === start + 1) this.#pieces.length = start;
    else this.#pieces.push(`${this.#indent()}</${name}>\n`);
  }

  /** An element with what `inside` writes, even if that is nothing. */
  element(name: string, inside: () => void, attributes: XmlAttributes = {}): void {
    this.#open(name, inside, attributes);
    this.#pieces.push(`${this.#indent()}</${name}>\n`);
  }

  /** The document, with a line break at its end. */
  text(): string {
    return this.#pieces.join('');
  }

  #open(name: string, inside: () => void, attributes: XmlAttributes): void {
    this.#pieces.push(`${this.#indent()}${tag(name, attributes)}>\n`);
    this.#depth += 1;
    inside();
    this.#depth -= 1;
  }

  #indent(): string {
    return '  '.repeat(this.#depth);
  }
}

function tag(name: string, attributes: XmlAttributes): string {
  let text = `<${name}`;
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined) text += ` ${key}="${escapeXml(value).replace(/[\t\n]/g, characterNumber)}"`;
  }
  return text;
}

const NAMES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** Characters XML has no way to say: controls but tab and line break, halves of pairs, and two that are none. */
const NOT_IN_XML =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/**
 * A text as content or attribute of XML. Line breaks become line feeds, as every reader of XML makes them; a character that
 * XML cannot say becomes U+FFFD, the sign for one that was lost, so that a reader sees that something stood there.
 */
export function escapeXml(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(NOT_IN_XML, '\ufffd')
    .replace(/[&<>"]/g, (character) => NAMES[character] ?? character);
}

function characterNumber(character: string): string {
  return `&#${character.charCodeAt(0)};`;
}
