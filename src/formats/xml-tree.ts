// A whole XML document as one tree of nodes, for documents that are small by nature (an invoice, not a bank statement).

import type { ByteSource } from './text-encoding.ts';
import { readXml } from './xml.ts';
import { type XmlNode, XmlPartBuilder } from './xml-part.ts';

/** How large a document may be. */
export type XmlTreeBounds = {
  readonly elementsMax: number;
  /** Characters of one text. */
  readonly charactersMax: number;
};

/**
 * Reads a document whole and gives its root.
 *
 * Refuses: what `readXml` refuses, and `xml_part_too_large` with the line where it became too large.
 */
export async function readXmlTree(source: ByteSource, bounds: XmlTreeBounds): Promise<XmlNode> {
  const roots = readXml<XmlNode>(
    source,
    (reading) => {
      const builder = new XmlPartBuilder(reading, bounds);
      return {
        open: (element) => builder.open(element),
        close: (_element, text) => {
          const closed = builder.close(text);
          if (closed !== undefined && closed.parent === undefined) reading.emit(closed.node);
        },
      };
    },
    bounds,
  );
  const [root] = await Array.fromAsync(roots);
  if (root === undefined) throw new Error('XML without a root was taken for well-formed');
  return root;
}
