import assert from 'node:assert/strict';
import { test } from 'node:test';
import { money } from '#kernel/money.ts';
import { aBuyer, aSeller, aStatementPart, day } from '../../test/support/printed-documents.ts';
import { DOCUMENT_LANGUAGES } from './language.ts';
import type { PrintPage } from './print-page.ts';
import { type StatementDocument, type StatementPart, statementPage } from './statement-document.ts';
import { STATEMENT_LABELS, STATEMENT_ROW_KINDS } from './statement-labels.ts';

const asOf = day('2026-11-24');
const eur = (minor: bigint) => money(minor, 'EUR');

function statement(
  parts: readonly StatementPart[],
  more: Partial<StatementDocument> = {},
): StatementDocument {
  return { language: 'en', seller: aSeller, customer: aBuyer, asOf, parts, footnotes: [], ...more };
}

const typesOf = (page: PrintPage): readonly string[] => page.blocks.map(({ type }) => type);

function tableOf(page: PrintPage) {
  const table = page.blocks.find((block) => block.type === 'table');
  assert.ok(table?.type === 'table');
  return table;
}

test('an open-item statement says of every item how late it is, what is disputed, and the balance so far', () => {
  const page = statementPage(statement([aStatementPart()]));
  assert.deepEqual(typesOf(page), ['table', 'totals', 'summary', 'payment']);
  const table = tableOf(page);
  assert.deepEqual(
    table.rows.map((row) => [row[3], row[6]]),
    [
      ['–', '−2.50'],
      ['–', '7.50'],
      ['9', '17.50'],
    ],
  );
  assert.deepEqual(table.rows[0]?.[0], ['CN-2026-00001', 'Credit note']);
  assert.deepEqual(table.rows[2]?.[5], ['10.00', 'in dispute: 4.00']);
  assert.deepEqual(table.carried, ['−2.50', '7.50', '17.50']);
});

test('what is asked for leaves out what is disputed, and is a code for banking apps', () => {
  const payment = statementPage(statement([aStatementPart()])).blocks.find((b) => b.type === 'payment');
  assert.ok(payment?.type === 'payment');
  assert.ok(payment.facts.some(({ value }) => value.endsWith('13.50')));
  assert.ok(payment.facts.some(({ value }) => value === 'K-10442'));
  assert.equal(payment.codes.length, 1);
});

test('a balance brought forward begins with it and shows what was charged and credited', () => {
  const part = aStatementPart();
  const from = day('2026-11-01');
  const rows = [
    {
      kind: 'payment' as const,
      number: 'P-1',
      on: asOf,
      daysLate: 0,
      original: eur(-500n),
      amount: eur(-500n),
      balance: eur(1_500n),
    },
  ];
  const account = { opening: eur(2_000n), rows, closing: eur(1_500n) };
  const page = statementPage(statement([{ ...part, accounts: [account], closing: eur(1_500n) }], { from }));
  assert.deepEqual(
    tableOf(page).rows.map((row) => row.slice(2)),
    [
      ['', '', '20.00'],
      ['', '5.00', '15.00'],
    ],
  );
  assert.match(JSON.stringify(page.facts).replaceAll('\u00a0', ' '), /1 Nov 2026 to 24 Nov 2026/);
});

test('a group has a table and a sum for each customer, and parts of several companies their names', () => {
  const part = aStatementPart();
  const [account] = part.accounts;
  assert.ok(account);
  const accounts = [
    { ...account, name: 'North (K1)' },
    { ...account, name: 'South (K2)' },
  ];
  const page = statementPage(
    statement([
      { ...part, accounts, title: 'One GmbH · EUR' },
      { ...part, title: 'Two AG · EUR' },
    ]),
  );
  const titles = page.blocks.flatMap((block) => (block.type === 'table' ? [block.title] : []));
  assert.deepEqual(titles, ['One GmbH · EUR · North (K1)', 'South (K2)', 'Two AG · EUR']);
  const sums = page.blocks.flatMap((block) => (block.type === 'totals' ? [block.rows[0]?.label] : []));
  assert.deepEqual(sums, ['Sum of North (K1)', 'Sum of South (K2)', 'You owe', 'You owe']);
});

test('a balance in favour of the customer asks for nothing', () => {
  const page = statementPage(statement([{ ...aStatementPart(1), payable: eur(0n) }]));
  assert.deepEqual(typesOf(page), ['table', 'totals', 'summary']);
  const totals = page.blocks.find((block) => block.type === 'totals');
  assert.ok(totals?.type === 'totals' && totals.rows[0]?.label === 'In your favour');
});

test('a customer who owes nothing is thanked, without empty tables', () => {
  for (const language of DOCUMENT_LANGUAGES) {
    const page = statementPage(statement([], { language }));
    assert.deepEqual(page.blocks, []);
    assert.ok(page.notice && page.notice !== '');
  }
});

test('every phrase of a statement has the same places in every language', () => {
  const flat = ({ kinds, ...words }: (typeof STATEMENT_LABELS)['en']) =>
    Object.entries({ ...kinds, ...words });
  const places = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();
  const english = Object.fromEntries(flat(STATEMENT_LABELS.en));
  for (const language of DOCUMENT_LANGUAGES) {
    const phrases = flat(STATEMENT_LABELS[language]);
    assert.equal(phrases.length, Object.keys(english).length);
    for (const [key, phrase] of phrases) {
      assert.deepEqual(places(phrase), places(english[key] ?? ''), `${key} in ${language}`);
      assert.ok(phrase.trim() === phrase && phrase !== '', `${key} in ${language}`);
      if (language !== 'en' && phrase === english[key])
        assert.ok(AS_IN_ENGLISH.has(`${language} ${key}`), `${key} in ${language} is English`);
    }
    assert.equal(new Set(Object.values(STATEMENT_LABELS[language].kinds)).size, STATEMENT_ROW_KINDS.length);
  }
});

/** Words that a language has in common with English, each looked at. */
const AS_IN_ENGLISH: ReadonlySet<string> = new Set(['nl document', 'ro document', 'sv period']);

test('each two languages stand together on a statement, and what is the same in both stands once', () => {
  const from = day('2026-11-01');
  for (const [at, language] of DOCUMENT_LANGUAGES.entries()) {
    const secondLanguage = DOCUMENT_LANGUAGES[(at + 7) % DOCUMENT_LANGUAGES.length] ?? 'en';
    for (const more of [{}, { from }]) {
      const page = statementPage(statement([aStatementPart()], { language, secondLanguage, ...more }));
      assert.doesNotMatch(JSON.stringify(page), /undefined|null|\{\w+\}(?<!\{pages?\})/);
      const titles = tableOf(page).columns.map(({ title }) => title);
      const [one, other] = [STATEMENT_LABELS[language].balance, STATEMENT_LABELS[secondLanguage].balance];
      const apart = titles.at(-1);
      assert.equal(Array.isArray(apart) ? apart.length : 1, one === other ? 1 : 2);
      assert.ok([apart].flat()[0]?.includes(one), `${one} in ${language}`);
    }
  }
});

test('a statement in two languages says each sentence in turn, figures and days once', () => {
  const page = statementPage(statement([aStatementPart()], { language: 'pl', secondLanguage: 'en' }));
  assert.equal(page.heading, 'Wyciąg z konta / Statement of account');
  assert.equal(page.notice?.split('\n').length, 2);
  assert.deepEqual(tableOf(page).rows[0]?.[0], ['CN-2026-00001', 'Faktura korygująca / Credit note']);
  const [day, title] = [tableOf(page).rows[1]?.[1], tableOf(page).columns[4]?.title];
  assert.equal(day, '25.10.2026');
  assert.deepEqual(title, ['Kwota EUR', 'Amount']);
});
