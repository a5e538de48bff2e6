import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { correctionOf, type QrCode, qrCode, qrSvg } from './qr-code.ts';

const rowsOf = (code: QrCode): string[] => code.map((row) => row.map((dark) => (dark ? '#' : '.')).join(''));

/** Drawn by another program (the npm package qrcode 1.5.4, level M, bytes) from the text `Quittance`. */
const QUITTANCE = [
  '#######.####..#######',
  '#.....#...###.#.....#',
  '#.###.#.###.#.#.###.#',
  '#.###.#..##.#.#.###.#',
  '#.###.#..####.#.###.#',
  '#.....#.##.##.#.....#',
  '#######.#.#.#.#######',
  '.........##.#........',
  '#.#...##.......#..#.#',
  '#...##...#.#....##.##',
  '####..#.#.###...#.#.#',
  '#..#.#....##.#..##.#.',
  '....#.########...#.##',
  '........##...#..#.##.',
  '#######.###...#.#.#.#',
  '#.....#.....#..#.#.#.',
  '#.###.#..##..####..#.',
  '#.###.#...##.##.##...',
  '#.###.#.#.####..#####',
  '#.....#...##.##..#...',
  '#######.#..####.#...#',
];

/**
 * From the same program: the largest payload of each version, its version, and the first half of the SHA-256 of
 * its rows. Byte i of a payload is (37 i + 11) mod 256.
 */
const FULL_VERSIONS = [
  [14, 1, 'c9ddacee5882cf8d386784b8f182baeb'],
  [26, 2, 'e72e294d1598425603a5599167dd8952'],
  [42, 3, '8f57bfb0909f6074c43be37ec1f380e6'],
  [62, 4, '79b35560706486c43a3deadb3dd4ade1'],
  [84, 5, '4f0014a609d5983c2bf3c79e19a5a1e3'],
  [106, 6, '52365d6c2fa5392f3131720679a76d0b'],
  [122, 7, 'fb1b564669b5e10ed46c1f2ad7b7244c'],
  [152, 8, '2b526ae7d490d1ebce0112535a2d4005'],
  [180, 9, '33b02ff8f9ee2544591742c5c1bc5d20'],
  [213, 10, '0893cebd76881d0f7575a011747a806b'],
  [251, 11, 'f416cd47afa1edb0c63cf842e02d86e1'],
  [287, 12, '4b715a19515c24bccdd4f62ff0d9a9ee'],
  [331, 13, '66eb6d5fde1bd4571bc17ef92513362b'],
  [362, 14, '1d6b97976082cd453ff68212b80715b5'],
  [412, 15, '7e4c91b70f83f78d3cf5bc738aa87989'],
  [450, 16, '0b891d4c0f013126d97471f3c4e37540'],
  [504, 17, '2104d8da82323c026cadcec50cb13f4c'],
  [560, 18, '92d3eda6c3b2c7b8a2b288e7ee488320'],
  [624, 19, '89480f80536648e8bd0e5003c5725d2b'],
  [666, 20, '9feed07fc579d580431d74552b5c5797'],
  [711, 21, '5e4e1acae2b9b84c8234a82960175679'],
  [779, 22, 'fda4de5c6e537b694eac4e6c67a6cb77'],
  [857, 23, 'fecaf0f35a89623910dc59f816d36713'],
  [911, 24, '6b4422d1cca91739364431d698687d16'],
  [997, 25, '6ce4a5db26ff798a0d0c60d45fade97a'],
] as const;

test('a code is drawn square for square as an independent program draws it', () => {
  assert.deepEqual(rowsOf(qrCode(new TextEncoder().encode('Quittance'))), QUITTANCE);
});

test('every version is used up to its last byte, and drawn as an independent program draws it', () => {
  for (const [length, version, hash] of FULL_VERSIONS) {
    const code = qrCode(Uint8Array.from({ length }, (_, i) => (i * 37 + 11) & 0xff));
    assert.equal(code.length, 17 + 4 * version, `version of ${length} bytes`);
    const seen = createHash('sha256').update(rowsOf(code).join('\n')).digest('hex').slice(0, 32);
    assert.equal(seen, hash, `${length} bytes`);
  }
});

test('the correction codewords are those of the worked example of the standard (HELLO WORLD, version 1-M)', () => {
  const data = [32, 91, 11, 120, 209, 114, 220, 77, 67, 64, 236, 17, 236, 17, 236, 17];
  assert.deepEqual(correctionOf(data, 10), [196, 35, 39, 119, 235, 215, 231, 226, 93, 23]);
});

test('more than 997 bytes are refused', () => {
  assert.throws(() => qrCode(new Uint8Array(998)), { code: 'qr_code_too_long' });
});

test('the drawing has as many dark squares as the code, inside a quiet zone of four', () => {
  const code = qrCode(new TextEncoder().encode('Quittance'));
  const svg = qrSvg(code);
  assert.match(svg, /viewBox="0 0 29 29"/);
  const runs = [...svg.matchAll(/M(\d+) (\d+)h(\d+)v1/g)].map((run) => run.slice(1).map(Number));
  const drawn = runs.reduce((total, [, , width = 0]) => total + width, 0);
  assert.equal(drawn, QUITTANCE.join('').replaceAll('.', '').length);
  assert.ok(runs.every(([x = 0, y = 0, width = 0]) => x >= 4 && y >= 4 && x + width <= 25 && y < 25));
});
