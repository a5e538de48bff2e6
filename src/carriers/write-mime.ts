// Writes the parts of a message one after the other. The composer writes them through streams, each line a piece that waits for its
// turn, which costs more than all else of a mail that is words alone. The bytes are the same, but for HTML that needs no encoding.

import { encode, wrap } from 'nodemailer/lib/qp';
import { assert } from '#kernel/assert.ts';

/** A part of a message as the composer builds it: headers, and either content or parts of its own. */
export type MimePart = {
  buildHeaders(): string;
  getTransferEncoding(): string | false;
  getHeader(name: string): unknown;
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
  const isPlain = isPlainHtml(part);
  // The composer encodes all text with long lines, and keeps no other name of an encoding that it is told.
  const encoding = isPlain ? QUOTED : part.getTransferEncoding();
  // Found by looking through all of the content, which is not done again for the headers.
  if (part.content && encoding) part.setHeader('Content-Transfer-Encoding', encoding);
  const headers = asWired(Buffer.from(part.buildHeaders(), 'utf8').toString('latin1'));
  if (isPlain) {
    pieces.push(headers.replace(`Encoding: ${QUOTED}`, 'Encoding: 7bit'), CRLF + CRLF, asWired(part.content));
    return;
  }
  pieces.push(headers, CRLF + CRLF);
  if (part.content) pieces.push(encoded(part.content, encoding));
  if (!part.multipart) return;
  for (const [index, child] of part.childNodes.entries()) {
    pieces.push(`${index > 0 ? CRLF : ''}--${part.boundary}${CRLF}`);
    writePart(child, pieces);
  }
  pieces.push(`${CRLF}--${part.boundary}--${CRLF}`);
}

const QUOTED = 'quoted-printable';
/** Characters of a line that every server takes (RFC 5322, 2.1.1). */
const LINE_CHARACTERS_MAX = 998;

/** Whether a part is HTML that goes over the wire as it is: ASCII, in lines that are not too long (RFC 2045, 2.7). */
function isPlainHtml(part: MimePart): part is MimePart & { readonly content: string } {
  const { content } = part;
  if (typeof content !== 'string' || content === '') return false;
  if (!String(part.getHeader('Content-Type')).startsWith('text/html')) return false;
  if (Buffer.byteLength(content) !== content.length || /[\r\0]/.test(content)) return false;
  for (let at = 0, end = 0; end >= 0; at = end + 1) {
    end = content.indexOf('\n', at);
    if ((end < 0 ? content.length : end) - at > LINE_CHARACTERS_MAX) return false;
  }
  return true;
}

function encoded(content: unknown, encoding: string | false): string {
  assert(typeof content === 'string' || content instanceof Uint8Array, 'a part is a text or bytes');
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : Buffer.from(content);
  if (encoding === 'base64') return inLines(bytes.toString('base64'));
  return asWired(encoding === QUOTED ? wrap(encode(bytes)) : bytes.toString('latin1'));
}

function asWired(text: string): string {
  return text.replace(/\r?\n/g, CRLF);
}

function inLines(base64: string): string {
  const lines: string[] = [];
  for (let at = 0; at < base64.length; at += BASE64_LINE) lines.push(base64.slice(at, at + BASE64_LINE));
  return lines.join(CRLF);
}
