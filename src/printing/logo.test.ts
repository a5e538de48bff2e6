import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LOGO_BYTES_MAX } from '#kernel/limits.ts';
import { logoFormat } from './logo.ts';

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
const number = (value: number, length: number): number[] =>
  Array.from({ length }, (_, i) => Math.floor(value / 256 ** (length - 1 - i)) % 256);

function png(width: number, height: number): Uint8Array {
  const header = [
    ...number(13, 4),
    ...bytes('IHDR'),
    ...number(width, 4),
    ...number(height, 4),
    8,
    6,
    0,
    0,
    0,
  ];
  return Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, ...header]);
}

/** A JPEG file up to its frame header, which comes after another segment. */
function jpeg(width: number, height: number): Uint8Array {
  const application = [0xff, 0xe0, ...number(7, 2), ...bytes('JFIF\0')];
  const frame = [0xff, 0xc2, ...number(11, 2), 8, ...number(height, 2), ...number(width, 2), 1, 0x11, 0];
  return Uint8Array.from([0xff, 0xd8, ...application, ...frame, 0xff, 0xd9]);
}

test('pictures are known by their first bytes', () => {
  assert.equal(logoFormat(png(400, 100)), 'png');
  assert.equal(logoFormat(jpeg(400, 100)), 'jpg');
  assert.equal(logoFormat(bytes('<?xml version="1.0"?>\n<!-- by hand --><svg xmlns="x">')), 'svg');
});

test('what is no picture, or only the beginning of one, is refused', () => {
  const wrong = [
    '',
    'GIF89a',
    '<html><svg>',
    '%PDF-1.7',
    '<!DOCTYPE svg [<!ENTITY a "b">]><svg>',
    '\u00ff\u00d8\u00ff\u00e0',
  ];
  for (const text of wrong) assert.throws(() => logoFormat(bytes(text)), { code: 'logo_not_readable' }, text);
  assert.throws(() => logoFormat(png(1, 1).subarray(0, 20)), { code: 'logo_not_readable' });
});

test('a small file that unpacks to a huge picture is refused before it is unpacked', () => {
  assert.equal(logoFormat(png(4_000, 4_000)), 'png');
  assert.throws(() => logoFormat(png(30_000, 30_000)), { code: 'logo_too_large' });
  assert.throws(() => logoFormat(jpeg(60_000, 60_000)), { code: 'logo_too_large' });
  assert.throws(() => logoFormat(new Uint8Array(LOGO_BYTES_MAX + 1)), { code: 'logo_too_large' });
});

test('a drawing that holds another picture is refused, for nobody can see how large that is', () => {
  for (const image of ['<image href="data:image/png;base64,AAAA"/>', '<svg:image xlink:href="x"/>']) {
    assert.throws(
      () => logoFormat(bytes(`<svg xmlns="x">${image}</svg>`)),
      { code: 'logo_not_readable' },
      image,
    );
  }
});
