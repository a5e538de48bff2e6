// One part of an XML document (an entry, a payment, a header) as a small tree: easy to read from, bounded in size,
// and let go before the next one comes.

import { XML_PART_ELEMENTS_MAX } from '#kernel/limits.ts';
import { ownText } from './text-encoding.ts';
import { attributeOf, type XmlElement, type XmlReading } from './xml.ts';

/** An element of a part. Names are without prefix; text is trimmed. */
export type XmlNode = {
  readonly name: string;
  readonly element: XmlElement;
  /** 1-based line on which its start tag ends. */
  readonly line: number;
  text: string;
  readonly children: XmlNode[];
};

/** Builds parts one after the other: the first `open` begins one, the `close` that ends it hands it over. */
export class XmlPartBuilder {
  readonly #reading: Pick<XmlReading<never>, 'where' | 'refusal'>;
  readonly #elementsMax: number;
  readonly #path: XmlNode[] = [];
  #elements = 0;

  constructor(
    reading: Pick<XmlReading<never>, 'where' | 'refusal'>,
    { elementsMax = XML_PART_ELEMENTS_MAX }: { elementsMax?: number } = {},
  ) {
    this.#reading = reading;
    this.#elementsMax = elementsMax;
  }

  get isBuilding(): boolean {
    return this.#path.length > 0;
  }

  /** The part being built, as far as it was read. */
  get root(): XmlNode | undefined {
    return this.#path[0];
  }

  /** Refuses: `xml_part_too_large`. */
  open(element: XmlElement): void {
    this.#elements = this.isBuilding ? this.#elements + 1 : 1;
    if (this.#elements > this.#elementsMax) {
      throw this.#reading.refusal('xml_part_too_large', {
        element: this.#path[0]?.name ?? '',
        elementsMax: this.#elementsMax,
      });
    }
    const { line } = this.#reading.where();
    const node: XmlNode = { name: element.local, element, line, text: '', children: [] };
    this.#path.at(-1)?.children.push(node);
    this.#path.push(node);
  }

  /** Ends the innermost element: tells it, the one it is in, and whether the part is complete with it. */
  close(text: string): { node: XmlNode; parent: XmlNode | undefined } | undefined {
    const node = this.#path.pop();
    if (node === undefined) return undefined;
    node.text = ownText(text.trim());
    return { node, parent: this.#path.at(-1) };
  }

  /** Takes a finished child out of its parent, so that a part with very many of them stays small. */
  release(node: XmlNode, parent: XmlNode): void {
    parent.children.splice(parent.children.indexOf(node), 1);
    this.#elements -= countOf(node);
  }
}

function countOf(node: XmlNode): number {
  return node.children.reduce((count, child) => count + countOf(child), 1);
}

/** The first element along a path of names below a node, or nothing. */
export function nodeAt(node: XmlNode | undefined, ...path: readonly string[]): XmlNode | undefined {
  let found = node;
  for (const name of path) found = found?.children.find((child) => child.name === name);
  return found;
}

/** The text of the first element along a path; nothing where it is missing or empty. */
export function textAt(node: XmlNode | undefined, ...path: readonly string[]): string | undefined {
  return nodeAt(node, ...path)?.text || undefined;
}

/** All children of that name, in order. */
export function nodesOf(node: XmlNode | undefined, name: string): readonly XmlNode[] {
  return node?.children.filter((child) => child.name === name) ?? [];
}

/** An attribute of a node, by its name without prefix. */
export function attributeAt(node: XmlNode | undefined, name: string): string | undefined {
  return node === undefined ? undefined : attributeOf(node.element, name);
}
