import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { foldText, searchTextOf } from './search-text.ts';

test('case, accents, ligatures and spare blanks make no difference', () => {
  assert.equal(foldText('  MÜLLER &\tSöhne  '), 'muller & sohne');
  assert.equal(foldText('Škoda Łódź Straße Ærø'), 'skoda lodz strasse aero');
  assert.equal(foldText('ﬁrma Ⅳ'), 'firma iv');
});

test('folding what is folded changes nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) =>
      assert.equal(foldText(foldText(text)), foldText(text)),
    ),
  );
});

test('a customer is found by its name first, then by its number', () => {
  assert.equal(searchTextOf({ number: 'K-7', name: 'Café Noir' }), 'cafe noir k-7');
});
