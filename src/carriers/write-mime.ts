// Writes the parts of a message one after the other. The composer writes them through streams, each line a piece that waits for its
// turn, which costs more than all else of a mail that is words alone. The bytes are the same.

import { encode, wrap } from 'nodemailer/lib/qp';
import { assert } from '#kernel/assert.ts';

/** A part of a message as the composer builds it: headers, and either content or parts of its own. */
export type MimePart = {
  buildHeaders(): string;
  getTransferEncoding(): string | false;
  setHeader(name: string, value: string): unknown;
  readonly content?: unknown;
  readonly multipart?: string | false | undefined;
  readonly boundary?: string | false | undefined;
  readonly childNodes: readonly MimePart[];
};

/** Characters of a line of Base64 (RFC 2045, 6.8). */
const BASE64_LINE = 76;
const CRLF = '\r\n';

/** The bytes of a message, with lines that end as they do on the wire (RFC 5322, 2.1). Pieces are texts with a character a byte. */
export function writeMime(root: MimePart): Uint8Array {
  const pieces: string[] = [];
  writePart(root, pieces);
  const last = pieces.at(-1) ?? '';
  if (!last.endsWith('\n')) pieces.push(last.endsWith('\r') ? '\n' : CRLF);
  return Buffer.from(pieces.join(''), 'latin1');
}

function writePart(part: MimePart, pieces: string[]): void {
  const encoding = part.getTransferEncoding();
  // Found by looking through all of the content, which is not done again for the headers.
  if (part.content && encoding) part.setHeader('Content-Transfer-Encoding', encoding);
  pieces.push(asWired(Buffer.from(part.buildHeaders(), 'utf8').toString('latin1')), CRLF + CRLF);
  if (part.content) pieces.push(encoded(part.content, encoding));
  if (!part.multipart) return;
  for (const [index, child] of part.childNodes.entries()) {
    pieces.push(`${index > 0 ? CRLF : ''}--${part.boundary}${CRLF}`);
    writePart(child, pieces);
  }
  pieces.push(`${CRLF}--${part.boundary}--${CRLF}`);
}

function encoded(content: unknown, encoding: string | false): string {
  assert(typeof content === 'string' || content instanceof Uint8Array, 'a part is a text or bytes');
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : Buffer.from(content);
  if (encoding === 'base64') return inLines(bytes.toString('base64'));
  return asWired(encoding === 'quoted-printable' ? wrap(encode(bytes)) : bytes.toString('latin1'));
}

function asWired(text: string): string {
  return text.replace(/\r?\n/g, CRLF);
}

function inLines(base64: string): string {
  const lines: string[] = [];
  for (let at = 0; at < base64.length; at += BASE64_LINE) lines.push(base64.slice(at, at + BASE64_LINE));
  return lines.join(CRLF);
}
