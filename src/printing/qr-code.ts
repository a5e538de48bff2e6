// QR codes (ISO/IEC 18004) for payment slips: bytes in, squares out. Only what payment codes need: byte mode, error
// correction M (15 % of the code may be lost), versions 1 to 25 (997 bytes, the bound of the Swiss QR-bill).

import { assert } from '#kernel/assert.ts';
import { Refusal } from '#kernel/refusal.ts';

/** Squares by row and column; true is dark. The quiet zone of four squares around it is not included. */
export type QrCode = readonly (readonly boolean[])[];

/**
 * For versions 1 to 25 at level M: codewords in all, blocks, error-correction codewords of a block, alignment
 * centres.
 */
const VERSIONS: readonly { total: number; blocks: number; correction: number; centres: readonly number[] }[] =
  [
    { total: 26, blocks: 1, correction: 10, centres: [] },
    { total: 44, blocks: 1, correction: 16, centres: [6, 18] },
    { total: 70, blocks: 1, correction: 26, centres: [6, 22] },
    { total: 100, blocks: 2, correction: 18, centres: [6, 26] },
    { total: 134, blocks: 2, correction: 24, centres: [6, 30] },
    { total: 172, blocks: 4, correction: 16, centres: [6, 34] },
    { total: 196, blocks: 4, correction: 18, centres: [6, 22, 38] },
    { total: 242, blocks: 4, correction: 22, centres: [6, 24, 42] },
    { total: 292, blocks: 5, correction: 22, centres: [6, 26, 46] },
    { total: 346, blocks: 5, correction: 26, centres: [6, 28, 50] },
    { total: 404, blocks: 5, correction: 30, centres: [6, 30, 54] },
    { total: 466, blocks: 8, correction: 22, centres: [6, 32, 58] },
    { total: 532, blocks: 9, correction: 22, centres: [6, 34, 62] },
    { total: 581, blocks: 9, correction: 24, centres: [6, 26, 46, 66] },
    { total: 655, blocks: 10, correction: 24, centres: [6, 26, 48, 70] },
    { total: 733, blocks: 10, correction: 28, centres: [6, 26, 50, 74] },
    { total: 815, blocks: 11, correction: 28, centres: [6, 30, 54, 78] },
    { total: 901, blocks: 13, correction: 26, centres: [6, 30, 56, 82] },
    { total: 991, blocks: 14, correction: 26, centres: [6, 30, 58, 86] },
    { total: 1085, blocks: 16, correction: 26, centres: [6, 34, 62, 90] },
    { total: 1156, blocks: 17, correction: 26, centres: [6, 28, 50, 72, 94] },
    { total: 1258, blocks: 17, correction: 28, centres: [6, 26, 50, 74, 98] },
    { total: 1364, blocks: 18, correction: 28, centres: [6, 30, 54, 78, 102] },
    { total: 1474, blocks: 20, correction: 28, centres: [6, 28, 54, 80, 106] },
    { total: 1588, blocks: 21, correction: 28, centres: [6, 32, 58, 84, 110] },
  ];

type Version = {
  number: number;
  total: number;
  blocks: number;
  correction: number;
  centres: readonly number[];
};

function chooseVersion(byteCount: number): Version {
  for (const [index, version] of VERSIONS.entries()) {
    const headerBits = 4 + (index + 1 < 10 ? 8 : 16);
    const dataBits = (version.total - version.blocks * version.correction) * 8;
    if (headerBits + byteCount * 8 <= dataBits) return { number: index + 1, ...version };
  }
  throw new Refusal('qr_code_too_long', { bytes: byteCount });
}

/** Multiplication in the field of 256 elements with the polynomial of the standard, x⁸+x⁴+x³+x²+1. */
function multiplyInField(a: number, b: number): number {
  let product = 0;
  for (let bit = 7; bit >= 0; bit -= 1) {
    product = (product << 1) ^ ((product >>> 7) * 0x11d);
    product ^= ((b >>> bit) & 1) * a;
  }
  return product & 0xff;
}

/**
 * The remainder of the data divided by the generator polynomial: the Reed–Solomon codewords that repair a
 * block.
 */
export function correctionOf(data: readonly number[], count: number): number[] {
  const generator: number[] = [...new Array<number>(count - 1).fill(0), 1];
  let root = 1;
  for (let i = 0; i < count; i += 1) {
    for (let j = 0; j < count; j += 1) {
      generator[j] = multiplyInField(generator[j] ?? 0, root) ^ (generator[j + 1] ?? 0);
    }
    root = multiplyInField(root, 2);
  }
  const rest = new Array<number>(count).fill(0);
  for (const byte of data) {
    const factor = byte ^ (rest.shift() ?? 0);
    rest.push(0);
    for (let j = 0; j < count; j += 1) rest[j] = (rest[j] ?? 0) ^ multiplyInField(generator[j] ?? 0, factor);
  }
  return rest;
}

/** The data codewords: mode, length, bytes, terminator, then the two pad bytes in turn. */
function dataCodewords(bytes: Uint8Array, version: Version): number[] {
  const capacity = version.total - version.blocks * version.correction;
  const bits: number[] = [];
  const push = (value: number, length: number): void => {
    for (let bit = length - 1; bit >= 0; bit -= 1) bits.push((value >>> bit) & 1);
  };
  push(0b0100, 4);
  push(bytes.length, version.number < 10 ? 8 : 16);
  for (const byte of bytes) push(byte, 8);
  push(0, Math.min(4, capacity * 8 - bits.length));
  push(0, (8 - (bits.length % 8)) % 8);
  const codewords: number[] = [];
  for (let i = 0; i < bits.length; i += 8) codewords.push(Number.parseInt(bits.slice(i, i + 8).join(''), 2));
  for (let pad = 0xec; codewords.length < capacity; pad = pad === 0xec ? 0x11 : 0xec) codewords.push(pad);
  return codewords;
}

/**
 * Cuts the data into blocks, repairs each, and deals them out in turn, so that a smudge hurts every block a
 * little.
 */
function interleave(data: readonly number[], version: Version): number[] {
  const { blocks, correction, total } = version;
  const shortLength = Math.floor(total / blocks) - correction;
  const shortBlocks = blocks - (total % blocks);
  const parts: { data: readonly number[]; correction: readonly number[] }[] = [];
  for (let block = 0, from = 0; block < blocks; block += 1) {
    const length = shortLength + (block < shortBlocks ? 0 : 1);
    const part = data.slice(from, from + length);
    parts.push({ data: part, correction: correctionOf(part, correction) });
    from += length;
  }
  const dealt: number[] = [];
  for (let i = 0; i <= shortLength; i += 1) {
    for (const part of parts) if (i < part.data.length) dealt.push(part.data[i] ?? 0);
  }
  for (let i = 0; i < correction; i += 1) for (const part of parts) dealt.push(part.correction[i] ?? 0);
  return dealt;
}

/** The drawing while it is made: dark or light, and whether a square is part of the fixed pattern. */
type Grid = { size: number; dark: boolean[][]; fixed: boolean[][] };

function setFixed(grid: Grid, row: number, column: number, dark: boolean): void {
  const darkRow = grid.dark[row];
  const fixedRow = grid.fixed[row];
  if (!darkRow || !fixedRow || column < 0 || column >= grid.size) return;
  darkRow[column] = dark;
  fixedRow[column] = true;
}

/** Rings around a centre: the eyes in three corners (with their light border) and the smaller alignment marks. */
function drawRings(grid: Grid, row: number, column: number, reach: number): void {
  for (let dy = -reach; dy <= reach; dy += 1) {
    for (let dx = -reach; dx <= reach; dx += 1) {
      const ring = Math.max(Math.abs(dx), Math.abs(dy));
      setFixed(grid, row + dy, column + dx, ring !== 4 && ring !== (reach === 4 ? 2 : 1));
    }
  }
}

function drawFixedPatterns(grid: Grid, version: Version): void {
  const last = grid.size - 1;
  for (let i = 0; i < grid.size; i += 1) {
    setFixed(grid, 6, i, i % 2 === 0);
    setFixed(grid, i, 6, i % 2 === 0);
  }
  drawRings(grid, 3, 3, 4);
  drawRings(grid, 3, last - 3, 4);
  drawRings(grid, last - 3, 3, 4);
  for (const row of version.centres) {
    for (const column of version.centres) {
      const inEye =
        (row === 6 && column === 6) ||
        (row === 6 && column === last - 6) ||
        (row === last - 6 && column === 6);
      if (!inEye) drawRings(grid, row, column, 2);
    }
  }
  drawFormat(grid, 0);
  drawVersion(grid, version.number);
}

/**
 * Error-correction level and mask, with their own check bits (BCH 15,5), written twice. Level M has the bits
 * 00.
 */
function drawFormat(grid: Grid, mask: number): void {
  let rest = mask;
  for (let i = 0; i < 10; i += 1) rest = (rest << 1) ^ ((rest >>> 9) * 0x537);
  const bits = ((mask << 10) | rest) ^ 0x5412;
  const bit = (i: number): boolean => ((bits >>> i) & 1) === 1;
  const last = grid.size - 1;
  for (let i = 0; i <= 5; i += 1) setFixed(grid, i, 8, bit(i));
  setFixed(grid, 7, 8, bit(6));
  setFixed(grid, 8, 8, bit(7));
  setFixed(grid, 8, 7, bit(8));
  for (let i = 9; i < 15; i += 1) setFixed(grid, 8, 14 - i, bit(i));
  for (let i = 0; i < 8; i += 1) setFixed(grid, 8, last - i, bit(i));
  for (let i = 8; i < 15; i += 1) setFixed(grid, last - 14 + i, 8, bit(i));
  setFixed(grid, last - 7, 8, true);
}

/** From version 7 on the version itself is written twice, with check bits (BCH 18,6). */
function drawVersion(grid: Grid, version: number): void {
  if (version < 7) return;
  let rest = version;
  for (let i = 0; i < 12; i += 1) rest = (rest << 1) ^ ((rest >>> 11) * 0x1f25);
  const bits = (version << 12) | rest;
  for (let i = 0; i < 18; i += 1) {
    const dark = ((bits >>> i) & 1) === 1;
    const near = Math.floor(i / 3);
    const far = grid.size - 11 + (i % 3);
    setFixed(grid, near, far, dark);
    setFixed(grid, far, near, dark);
  }
}

/**
 * Calls back for every free square in the order of the standard: pairs of columns from the right, up and down
 * in turn.
 */
function walkFreeSquares(grid: Grid, visit: (row: number, column: number) => void): void {
  let upward = true;
  for (let right = grid.size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < grid.size; step += 1) {
      const row = upward ? grid.size - 1 - step : step;
      for (const column of [right, right - 1]) if (!grid.fixed[row]?.[column]) visit(row, column);
    }
    upward = !upward;
  }
}

/** The eight masks: which squares are turned over so that a code has no large plain areas. */
const MASKS: readonly ((row: number, column: number) => boolean)[] = [
  (r, c) => (r + c) % 2 === 0,
  (r) => r % 2 === 0,
  (_r, c) => c % 3 === 0,
  (r, c) => (r + c) % 3 === 0,
  (r, c) => (Math.floor(r / 2) + Math.floor(c / 3)) % 2 === 0,
  (r, c) => ((r * c) % 2) + ((r * c) % 3) === 0,
  (r, c) => (((r * c) % 2) + ((r * c) % 3)) % 2 === 0,
  (r, c) => (((r + c) % 2) + ((r * c) % 3)) % 2 === 0,
];

const LOOKS_LIKE_AN_EYE = ['10111010000', '00001011101'] as const;

/** How hard a code would be to read, by the four rules of the standard; the mask with the least is used. */
function penaltyOf(dark: readonly (readonly boolean[])[]): number {
  const size = dark.length;
  const rows = dark.map((row) => row.map((square) => (square ? '1' : '0')).join(''));
  const columns = rows.map((_, c) => rows.map((row) => row[c] ?? '').join(''));
  let penalty = 0;
  for (const line of [...rows, ...columns]) {
    for (const run of line.match(/0{5,}|1{5,}/g) ?? []) penalty += run.length - 2;
    for (const eye of LOOKS_LIKE_AN_EYE) {
      for (let at = line.indexOf(eye); at !== -1; at = line.indexOf(eye, at + 1)) penalty += 40;
    }
  }
  for (let r = 0; r + 1 < size; r += 1) {
    for (let c = 0; c + 1 < size; c += 1) {
      const square = dark[r]?.[c];
      if (dark[r]?.[c + 1] === square && dark[r + 1]?.[c] === square && dark[r + 1]?.[c + 1] === square)
        penalty += 3;
    }
  }
  const darkCount = rows.join('').replaceAll('0', '').length;
  return penalty + 10 * Math.floor(Math.abs((darkCount * 20) / (size * size) - 10));
}

function masked(grid: Grid, mask: number): Grid {
  const turn = MASKS[mask];
  assert(turn !== undefined, 'a mask is one of eight', mask);
  const copy: Grid = { size: grid.size, dark: grid.dark.map((row) => [...row]), fixed: grid.fixed };
  walkFreeSquares(copy, (row, column) => {
    const line = copy.dark[row];
    if (line && turn(row, column)) line[column] = !line[column];
  });
  drawFormat(copy, mask);
  return copy;
}

/**
 * The QR code of some bytes, in the smallest version that holds them.
 *
 * Refuses: `qr_code_too_long` (more than 331 bytes).
 */
export function qrCode(bytes: Uint8Array): QrCode {
  const version = chooseVersion(bytes.length);
  const size = 17 + 4 * version.number;
  const plane = (): boolean[][] => Array.from({ length: size }, () => new Array<boolean>(size).fill(false));
  const grid: Grid = { size, dark: plane(), fixed: plane() };
  drawFixedPatterns(grid, version);
  const codewords = interleave(dataCodewords(bytes, version), version);
  let at = 0;
  walkFreeSquares(grid, (row, column) => {
    const line = grid.dark[row];
    if (line) line[column] = (((codewords[at >>> 3] ?? 0) >>> (7 - (at & 7))) & 1) === 1;
    at += 1;
  });
  const tried = MASKS.map((_, mask) => masked(grid, mask).dark);
  return tried.reduce((best, next) => (penaltyOf(next) < penaltyOf(best) ? next : best));
}

/**
 * The code as an SVG drawing, one path of dark squares on white, with the quiet zone that scanners need around
 * it; of another width where the paper around it is kept white anyway.
 */
export function qrSvg(code: QrCode, quietSquares = 4): string {
  const side = code.length + 2 * quietSquares;
  let path = '';
  for (const [row, squares] of code.entries()) {
    const line = squares.map((dark) => (dark ? '1' : '0')).join('');
    for (const run of line.matchAll(/1+/g)) {
      path += `M${run.index + quietSquares} ${row + quietSquares}h${run[0].length}v1h-${run[0].length}z`;
    }
  }
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges">` +
    `<rect width="${side}" height="${side}" fill="#fff"/><path fill="#000" d="${path}"/></svg>`
  );
}
