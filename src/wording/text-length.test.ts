import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shortLengthOf, shortMessagesOf, shortText } from './text-length.ts';

test('a text message has 160 signs of its own alphabet or 70 of any other, and less in each part of several', () => {
  for (const [text, messages] of [
    ['', 0],
    ['a'.repeat(160), 1],
    ['a'.repeat(161), 2],
    ['a'.repeat(306), 2],
    ['a'.repeat(307), 3],
    ['č'.repeat(70), 1],
    ['č'.repeat(71), 2],
    ['č'.repeat(134), 2],
    ['č'.repeat(135), 3],
    // The euro sign takes two places.
    ['€'.repeat(80), 1],
    [`${'€'.repeat(80)}a`, 2],
  ] as const)
    assert.equal(shortMessagesOf(text), messages, `${text.length} of ${text[0]}`);
  assert.deepEqual(shortLengthOf('5 €'), { characters: 4, alphabet: 'gsm7', messages: 1 });
  assert.deepEqual(shortLengthOf('ř'), { characters: 1, alphabet: 'ucs2', messages: 1 });
});

test('blanks that do not break and printed quotation marks do not make a message dearer', () => {
  assert.equal(shortText(' 1\u00a0234,56\u202fEUR\n\n„so“ – l’an… '), `1 234,56 EUR "so" - l'an...`);
});

test('marks over letters go only where the text would not fit otherwise', () => {
  assert.equal(shortText('Žluťoučký kůň'), 'Žluťoučký kůň');
  const long = 'Łódź, příliš žluťoučký kůň, à bientôt, ığ. '.repeat(5);
  assert.equal(shortText(long).slice(0, 42), 'Lodz, prilis zlutoucky kun, à bientot, ig.');
  assert.equal(shortLengthOf(shortText(long)).messages, 2);
  const greek = 'Υπενθύμιση '.repeat(20).trim();
  assert.equal(shortText(greek), greek, 'other letters cannot do without theirs');
});
