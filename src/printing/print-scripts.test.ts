import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nameLetters, scriptsOf } from './print-scripts.ts';

test('a text in Latin, Greek or Cyrillic needs no other font', () => {
  assert.deepEqual(scriptsOf('Brüder Čapek, Ελληνικά, Кириллица, 1.234,50 €, 5 × 7 – “x”', 'de'), []);
});

test('each script brings its own font and no other', () => {
  assert.deepEqual(scriptsOf('شركة', 'en'), ['Arabic']);
  assert.deepEqual(scriptsOf('חברת हिन्दी', 'en'), ['Hebrew', 'Devanagari']);
});

test('Chinese characters are drawn as readers of the language know them', () => {
  const name = '骨直角';
  assert.deepEqual(scriptsOf(name, 'ja'), ['japan']);
  assert.deepEqual(scriptsOf(name, 'ko'), ['korea']);
  assert.deepEqual(scriptsOf(name, 'zh-Hant'), ['taiwan']);
  assert.deepEqual(scriptsOf(name, 'zh-Hans'), ['mainland']);
});

test('in a document of another language they are drawn as their neighbours tell', () => {
  assert.deepEqual(scriptsOf('骨', 'en'), ['mainland']);
  assert.deepEqual(scriptsOf('骨のスープ', 'en'), ['japan']);
  assert.deepEqual(scriptsOf('骨 삼성', 'en'), ['korea']);
  assert.deepEqual(scriptsOf('骨 삼성', 'ja'), ['japan', 'korea']);
});

test('for what the first font lacks those of the other places stand ready', () => {
  assert.deepEqual(scriptsOf('骨', 'ja', true), ['japan', 'mainland', 'taiwan', 'korea']);
  assert.deepEqual(scriptsOf('bone', 'ja', true), []);
});

test('a letter without a font is said by its number, the others stay', () => {
  assert.equal(nameLetters('a\u{13000}b', new Set(['\u{13000}'])), 'a[U+13000]b');
});
