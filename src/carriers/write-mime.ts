// The parts of a message, and how they are written one after the other. Nodemailer knows how files, headers and words are encoded; it
// would write them through streams, each line a piece that waits for its turn, which costs more than all else of a mail that is
// words alone. The bytes are the same, but for HTML that needs no encoding.

import MailComposer from 'nodemailer/lib/mail-composer';
import MimeNode from 'nodemailer/lib/mime-node';
import { encode, wrap } from 'nodemailer/lib/qp';
import { assert } from '#kernel/assert.ts';
import type { MailAttachment } from './mail-message.ts';

/** A part of a message in the characters of the wire, one for each byte: lines of headers, its type the first, and what it holds. */
export type MimePart = { readonly headers: readonly string[]; readonly body: string };

/** What a message consists of: the alternatives of its words, its files, and a mark that tells its parts apart. */
export type MimeParts = {
  readonly mark: string;
  readonly words: readonly MimePart[];
  readonly files: readonly MimePart[];
};

/** Characters of a line of Base64 (RFC 2045, 6.8). */
const BASE64_LINE = 76;
/** Characters of a line that every server takes (RFC 5322, 2.1.1). */
const LINE_CHARACTERS_MAX = 998;
const CRLF = '\r\n';

/** Parts are made by themselves, and belong to no message of nodemailer's. */
const ALONE = { rootNode: new MimeNode(undefined, { baseBoundary: 'none' }), baseBoundary: 'none' };

/** The part of words; none where there are none. */
export function wordsPart(type: 'text/plain' | 'text/html', words: string | undefined): readonly MimePart[] {
  if (!words) return [];
  const encoding = type === 'text/html' && isPlainHtml(words) ? '7bit' : encodingOf(words);
  const headers = [`Content-Type: ${type}; charset=utf-8`, `Content-Transfer-Encoding: ${encoding}`];
  return [{ headers, body: encoded(words, encoding) }];
}

function encodingOf(words: string): string | false {
  return new MimeNode('text/plain', ALONE).setContent(words).getTransferEncoding();
}

/** A file is its bytes; none is read from a path or an address. */
const NO_ACCESS = { disableFileAccess: true, disableUrlAccess: true };

/** The parts of files. */
export function fileParts(attachments: readonly MailAttachment[]): readonly MimePart[] {
  if (attachments.length === 0) return [];
  const files = attachments.map(({ name, mediaType, content }) => ({
    filename: name,
    contentType: mediaType,
    content: Buffer.from(content),
  }));
  const [, ...nodes] = new MailComposer({ text: 'words', attachments: files, ...NO_ACCESS }).compile()
    .childNodes;
  return nodes.map((node) => ({
    headers: [node.buildHeaders()],
    body: node.content ? encoded(node.content, node.getTransferEncoding()) : '',
  }));
}

/** The bytes of a message, with lines that end as they do on the wire (RFC 5322, 2.1). */
export function writeMime(headers: readonly string[], { mark, words, files }: MimeParts): Uint8Array {
  const first = `--_NmP-${mark}-Part_1`;
  const said =
    words.length > 1
      ? multipart('alternative', files.length > 0 ? `--_NmP-${mark}-Part_2` : first, words)
      : words[0];
  const all = [...(said ? [said] : []), ...files];
  const whole = files.length > 0 && all.length > 1 ? multipart('mixed', first, all) : (all[0] ?? NOTHING);
  const [type, ...others] = whole.headers;
  const lines = [...headers, ...others, 'MIME-Version: 1.0', type];
  const head = Buffer.from(lines.join(CRLF), 'utf8').toString('latin1');
  const text = `${head}${CRLF}${CRLF}${whole.body}`;
  return Buffer.from(text.endsWith('\n') ? text : text + (text.endsWith('\r') ? '\n' : CRLF), 'latin1');
}

const NOTHING: MimePart = { headers: ['Content-Type: text/plain'], body: '' };

function multipart(kind: 'alternative' | 'mixed', boundary: string, parts: readonly MimePart[]): MimePart {
  const written = parts.map(
    ({ headers, body }) => `--${boundary}${CRLF}${headers.join(CRLF)}${CRLF}${CRLF}${body}`,
  );
  return {
    headers: [`Content-Type: multipart/${kind};${CRLF} boundary="${boundary}"`],
    body: `${written.join(CRLF)}${CRLF}--${boundary}--${CRLF}`,
  };
}

/** Whether HTML goes over the wire as it is: ASCII, in lines that are not too long (RFC 2045, 2.7). */
function isPlainHtml(html: string): boolean {
  if (Buffer.byteLength(html) !== html.length || /[\r\0]/.test(html)) return false;
  for (let at = 0, end = 0; end >= 0; at = end + 1) {
    end = html.indexOf('\n', at);
    if ((end < 0 ? html.length : end) - at > LINE_CHARACTERS_MAX) return false;
  }
  return true;
}

function encoded(content: unknown, encoding: string | false): string {
  assert(typeof content === 'string' || content instanceof Uint8Array, 'a part is a text or bytes');
  if (typeof content === 'string' && encoding === '7bit') return asWired(content);
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
