import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DOCUMENT_LANGUAGES } from '#printing/language.ts';
import { LINK_WORDS } from './link-words.ts';
import { stopPage } from './stop-page.ts';
import { askedLanguage, viewGonePage, viewPage } from './view-page.ts';

/** All strings of a word list, by their path. */
function stringsOf(words: object, path = ''): [string, string][] {
  return Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[`${path}${key}`, value] as [string, string]]
      : stringsOf(value, `${path}${key}.`),
  );
}

/** What is said of a page: its text without tags. */
function textOf(html: string): string {
  return html.replace(/<style>.*<\/style>/s, '').replaceAll(/<[^>]+>/g, ' ');
}

test('every word behind a link is there in every language, with the same places for facts', () => {
  const places = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();
  const english = stringsOf(LINK_WORDS.en);
  for (const language of DOCUMENT_LANGUAGES) {
    const theirs = stringsOf(LINK_WORDS[language]);
    assert.deepEqual(
      theirs.map(([key]) => key),
      english.map(([key]) => key),
      language,
    );
    for (const [index, [key, text]] of theirs.entries()) {
      assert.ok(text.trim() !== '', `${language} ${key}`);
      assert.deepEqual(places(text), places(english[index]?.[1] ?? ''), `${language} ${key}`);
    }
  }
});

test('no two languages say the same, so that none is left in the words of another', () => {
  const said = DOCUMENT_LANGUAGES.map((language) => LINK_WORDS[language].happens);
  assert.equal(new Set(said).size, DOCUMENT_LANGUAGES.length);
});

test('the pages behind links are written in every language, from right to left where people read so', () => {
  for (const language of DOCUMENT_LANGUAGES) {
    const view = viewPage({
      language,
      companyName: 'Nordlicht',
      subject: 'INV-7',
      files: [{ fileName: 'INV-7.pdf', bytes: 12_000 }],
      until: 'DAY',
      action: '/view/x/files',
    });
    const readers = [
      { address: 'ana@customer.example', stoppedOn: undefined },
      { address: 'eva@customer.example', stoppedOn: 'DAY' },
    ];
    const stops = (['reminder', 'statement'] as const).map((purpose) =>
      stopPage({ language, companyName: 'Nordlicht', purpose, readers, action: '/stop/x', notice: 'noted' }),
    );
    for (const html of [view, ...stops, viewGonePage(language)]) {
      const isRightToLeft = language === 'ar' || language === 'he';
      assert.ok(html.includes(`<html lang="${language}" dir="${isRightToLeft ? 'rtl' : 'ltr'}">`), language);
      assert.doesNotMatch(textOf(html), /[{}]|undefined|\[object/, language);
    }
    assert.ok(textOf(view).includes('DAY') && textOf(view).includes(LINK_WORDS[language].noted), language);
    for (const html of stops)
      for (const said of ['Nordlicht', 'ana@customer.example', LINK_WORDS[language].notices.noted])
        assert.ok(textOf(html).includes(said), `${language} ${said}`);
  }
});

test('a link that does not work says so in the language a browser asks for, and in English', () => {
  assert.equal(askedLanguage('pl-PL,pl;q=0.9,en;q=0.8'), 'pl');
  assert.equal(askedLanguage('is, zh-TW;q=0.9'), 'zh-Hant');
  assert.equal(askedLanguage(undefined), 'en');
  const page = viewGonePage('pl');
  assert.ok(page.includes(LINK_WORDS.pl.gone) && page.includes(LINK_WORDS.en.gone));
});
