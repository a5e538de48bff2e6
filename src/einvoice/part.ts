// Reading out of a tree of XML while remembering what was read, so that what was not can be told: nothing of a document is
// lost in silence.

import { attributeAt, type XmlNode } from '#formats/xml-part.ts';
import type { AmountText, Identifier, QuantityText } from './model.ts';

/** Something a document says that has no place in the model. */
export type NotCarried = {
  /** Names of elements from the root, with a number where there are several: `Invoice/InvoiceLine[2]/Item/Keyword`. */
  readonly path: string;
  readonly line: number;
  /** The beginning of what stands there. */
  readonly value: string;
};

/** What was read of one document so far. */
export class Reading {
  readonly #taken = new Set<XmlNode>();
  readonly #takenSchemes = new Set<XmlNode>();

  take(node: XmlNode): void {
    this.#taken.add(node);
  }

  takeScheme(node: XmlNode): void {
    this.#takenSchemes.add(node);
  }

  /** Texts below a node that nobody asked for, in the order of the document. */
  notCarriedOver(root: XmlNode): NotCarried[] {
    const found: NotCarried[] = [];
    this.#collect(root, nameOf(root), found);
    return found;
  }

  #collect(node: XmlNode, path: string, found: NotCarried[]): void {
    if (node.text !== '' && !this.#taken.has(node)) found.push(notCarried(node, path, node.text));
    const scheme = attributeAt(node, 'schemeID');
    if (
      scheme !== undefined &&
      this.#taken.has(node) &&
      !this.#takenSchemes.has(node) &&
      !isListName(scheme)
    ) {
      found.push(notCarried(node, `${path}/@schemeID`, scheme));
    }
    const counts = new Map<string, number>();
    for (const { name } of node.children) counts.set(name, (counts.get(name) ?? 0) + 1);
    const numbers = new Map<string, number>();
    for (const child of node.children) {
      const number = (numbers.get(child.name) ?? 0) + 1;
      numbers.set(child.name, number);
      const place = (counts.get(child.name) ?? 0) > 1 ? `[${number}]` : '';
      this.#collect(child, `${path}/${nameOf(child)}${place}`, found);
    }
  }
}

/** A scheme that only names the official list of codes (`UN/ECE 5305`) says nothing about this document. */
function isListName(scheme: string): boolean {
  return /^(UN|ISO|UNCL)\b/i.test(scheme);
}

const PATH_NAME_CHARACTERS = 80;
const VALUE_CHARACTERS = 120;

function nameOf(node: XmlNode): string {
  return node.element.local.slice(0, PATH_NAME_CHARACTERS);
}

function notCarried(node: XmlNode, path: string, value: string): NotCarried {
  return { path, line: node.line, value: value.slice(0, VALUE_CHARACTERS) };
}

/** An element of a document, or its absence: everything can be asked of it, and what was asked is remembered. */
export class Part {
  readonly node: XmlNode | undefined;
  readonly #reading: Reading;

  constructor(node: XmlNode | undefined, reading: Reading) {
    this.node = node;
    this.#reading = reading;
  }

  get exists(): boolean {
    return this.node !== undefined;
  }

  /** The first element along a path of names. */
  at(...path: readonly string[]): Part {
    let found = this.node;
    for (const name of path) found = found?.children.find((child) => child.name === name);
    return new Part(found, this.#reading);
  }

  /** All children of a name, in order. */
  all(name: string): Part[] {
    const children = this.node?.children.filter((child) => child.name === name) ?? [];
    return children.map((child) => new Part(child, this.#reading));
  }

  /** The text of the first element along a path; nothing where it is missing or empty. Takes it as read. */
  text(...path: readonly string[]): string | undefined {
    const { node } = path.length === 0 ? this : this.at(...path);
    if (node === undefined || node.text === '') return undefined;
    this.#reading.take(node);
    return node.text;
  }

  /** The text without taking it as read: to look before deciding. */
  look(...path: readonly string[]): string | undefined {
    return this.at(...path).node?.text || undefined;
  }

  attribute(name: string): string | undefined {
    return attributeAt(this.node, name) || undefined;
  }

  /** An identifier with its scheme (`schemeID`). Where only the scheme stands there, the identifier is empty. */
  identifier(...path: readonly string[]): Identifier | undefined {
    const part = this.at(...path);
    const scheme = part.attribute('schemeID');
    const value = part.text() ?? (scheme === undefined ? undefined : '');
    if (value === undefined || part.node === undefined) return undefined;
    this.#reading.takeScheme(part.node);
    return scheme === undefined ? { value } : { value, scheme };
  }

  /** An amount with its currency (`currencyID`). */
  amount(...path: readonly string[]): AmountText | undefined {
    const part = this.at(...path);
    const value = part.text();
    if (value === undefined) return undefined;
    const currency = part.attribute('currencyID');
    return currency === undefined ? { value } : { value, currency };
  }

  /** A quantity with its unit (`unitCode`). Where only the unit stands there, the quantity is empty. */
  quantity(...path: readonly string[]): QuantityText | undefined {
    const part = this.at(...path);
    const unit = part.attribute('unitCode');
    const value = part.text() ?? (unit === undefined ? undefined : '');
    if (value === undefined) return undefined;
    return unit === undefined ? { value } : { value, unit };
  }
}
