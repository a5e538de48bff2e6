// Distinguished encoding rules (ITU-T X.690), as far as signatures need them: writing values, and finding parts of a certificate.

const UNIVERSAL = {
  integer: 0x02,
  octets: 0x04,
  nothing: 0x05,
  name: 0x06,
  sequence: 0x30,
  set: 0x31,
} as const;

/** Lengths up to here are one byte. */
const SHORT_LENGTH_MAX = 0x7f;

function lengthOf(bytes: number): Buffer {
  if (bytes <= SHORT_LENGTH_MAX) return Buffer.from([bytes]);
  const digits: number[] = [];
  for (let left = bytes; left > 0; left = Math.floor(left / 256)) digits.unshift(left % 256);
  return Buffer.from([0x80 | digits.length, ...digits]);
}

/** A value: its tag, its length, its content. */
export function derValue(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag]), lengthOf(content.length), content]);
}

/** Values in an order. */
export function derSequence(...parts: readonly Uint8Array[]): Buffer {
  return derValue(UNIVERSAL.sequence, ...parts);
}

/** The content of a set: its values sorted by their bytes (X.690, 11.6). */
export function derSorted(parts: readonly Uint8Array[]): Buffer {
  return Buffer.concat(parts.map((part) => Buffer.from(part)).sort(Buffer.compare));
}

/** Values without an order, sorted by their bytes. */
export function derSet(...parts: readonly Uint8Array[]): Buffer {
  return derValue(UNIVERSAL.set, derSorted(parts));
}

/** Bytes. */
export function derOctets(bytes: Uint8Array): Buffer {
  return derValue(UNIVERSAL.octets, bytes);
}

/** Nothing, where an algorithm takes no parameters and says so. */
export function derNothing(): Buffer {
  return derValue(UNIVERSAL.nothing);
}

/** A whole number from 0 to 127. */
export function derSmallInteger(value: number): Buffer {
  return derValue(UNIVERSAL.integer, Buffer.from([value]));
}

/** An object identifier, written with dots. */
export function derName(dotted: string): Buffer {
  const [first = 0, second = 0, ...others] = dotted.split('.').map(Number);
  const bytes = [first * 40 + second, ...others].flatMap((arc) => {
    const digits = [arc % 128];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128))
      digits.unshift(0x80 | (left % 128));
    return digits;
  });
  return derValue(UNIVERSAL.name, Buffer.from(bytes));
}

/** A value as it was read: its tag, its content, and all of its bytes. */
export type DerRead = { readonly tag: number; readonly content: Uint8Array; readonly whole: Uint8Array };

/** The values that follow each other in some bytes; nothing where they do not come out even. */
export function readDer(bytes: Uint8Array): readonly DerRead[] | undefined {
  const values: DerRead[] = [];
  for (let at = 0; at < bytes.length; ) {
    const value = readFirstDer(bytes.subarray(at));
    if (!value) return undefined;
    values.push(value);
    at += value.whole.length;
  }
  return values;
}

/** The value some bytes begin with, whatever follows it; nothing where they do not hold one. */
export function readFirstDer(bytes: Uint8Array): DerRead | undefined {
  const [tag, first] = bytes;
  if (tag === undefined || first === undefined || first === 0x80) return undefined;
  const digits = first > SHORT_LENGTH_MAX ? first & SHORT_LENGTH_MAX : 0;
  const long = bytes.subarray(2, 2 + digits);
  const length = digits === 0 ? first : long.reduce((total, digit) => total * 256 + digit, 0);
  const from = 2 + digits;
  const end = from + length;
  if (end > bytes.length) return undefined;
  return { tag, content: bytes.subarray(from, end), whole: bytes.subarray(0, end) };
}

/** Who issued a certificate (RFC 5280, 4.1) and its number, as they are written in it; nothing where it is no certificate. */
export function issuerAndNumber(certificate: Uint8Array): readonly [Uint8Array, Uint8Array] | undefined {
  const [whole] = readDer(certificate) ?? [];
  const [body] = (whole && readDer(whole.content)) ?? [];
  const fields = (body && readDer(body.content)) ?? [];
  // The version stands first where it is not the oldest.
  const [number, , issuer] = fields[0]?.tag === 0xa0 ? fields.slice(1) : fields;
  if (number?.tag !== UNIVERSAL.integer || issuer?.tag !== UNIVERSAL.sequence) return undefined;
  return [issuer.whole, number.whole];
}
