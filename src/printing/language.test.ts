import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseDocumentLanguage } from './language.ts';

test('a document is printed in the first language wanted that we print', () => {
  assert.equal(chooseDocumentLanguage(['pl-PL', 'de']), 'pl');
  assert.equal(chooseDocumentLanguage(['xx', null, 'sv']), 'sv');
  assert.equal(chooseDocumentLanguage([undefined, 'tlh']), 'en');
});

test('Chinese is traditional where its place or its script says so', () => {
  for (const tag of ['zh-TW', 'zh_HK', 'zh-Hant', 'zh-Hant-TW'])
    assert.equal(chooseDocumentLanguage([tag]), 'zh-Hant', tag);
  for (const tag of ['zh', 'zh-CN', 'zh-Hans', 'zh-SG'])
    assert.equal(chooseDocumentLanguage([tag]), 'zh-Hans', tag);
});

test('languages with several names are one', () => {
  for (const tag of ['no', 'nn-NO', 'nb']) assert.equal(chooseDocumentLanguage([tag]), 'nb', tag);
  assert.equal(chooseDocumentLanguage(['iw']), 'he');
});
