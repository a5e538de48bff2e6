import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TEMPLATE_CHARACTERS_MAX } from '#kernel/limits.ts';
import { money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { checkTemplate, renderTemplate, sampleVariables } from './render-template.ts';
import { REMINDER_VARIABLES } from './template.ts';

const sample = sampleVariables(REMINDER_VARIABLES);
const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, ' ');

function text(source: string, variables = sample): string {
  return renderTemplate({ text: source }, variables, 'en').text.trim();
}

function refusal(source: string): Refusal {
  try {
    text(source);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  assert.fail(`not refused: ${source.slice(0, 80)}`);
}

test('amounts, days, counts of days and account numbers are written in the language of the reader', () => {
  const source =
    '{{ a | money }} / {{ d | date }} / {{ 1 | days }} / {{ 3 | days }} / {{ 12 | days }} / {{ i | iban }}';
  const variables = {
    a: money(123_450n, 'EUR'),
    d: Temporal.PlainDate.from('2026-11-04'),
    i: 'NO9386011117947',
  };
  const written = (['en', 'de', 'fr', 'cs', 'pl', 'lv', 'he'] as const).map((language) =>
    plain(renderTemplate({ text: source }, variables, language).text.trim()),
  );
  assert.deepEqual(written, [
    'EUR 1,234.50 / 4 Nov 2026 / 1 day / 3 days / 12 days / NO93 8601 1117 947',
    '1.234,50 EUR / 04.11.2026 / 1 Tag / 3 Tage / 12 Tage / NO93 8601 1117 947',
    '1 234,50 EUR / 04/11/2026 / 1 jour / 3 jours / 12 jours / NO93 8601 1117 947',
    '1 234,50 EUR / 4. 11. 2026 / 1 den / 3 dny / 12 dnů / NO93 8601 1117 947',
    '1 234,50 EUR / 04.11.2026 / 1 dzień / 3 dni / 12 dni / NO93 8601 1117 947',
    '1 234,50 EUR / 04.11.2026 / 1 diena / 3 dienas / 12 dienu / NO93 8601 1117 947',
    '\u20681,234.50\u2069 EUR / \u206804.11.2026\u2069 / 1 יום / 3 ימים / 12 ימים / NO93 8601 1117 947',
  ]);
});

test('an unknown fact is written as nothing, a fact of the wrong kind is refused', () => {
  assert.equal(text('[{{ a | money }}{{ a | date }}{{ a | iban }}]', { a: null }), '[]');
  for (const source of [
    '{{ today | money }}',
    '{{ items[0].open | date }}',
    '{{ "now" | date }}',
    '{{ "x" | days }}',
  ]) {
    assert.equal(refusal(source).code, 'template_not_rendered');
  }
});

test('what customers wrote cannot become HTML, and no filter lets it', () => {
  const hostile = { customer: { name: `<img src=x onerror="a('b')">&` } };
  const source = '<p title="{{ customer.name }}">{{ customer.name }}{{ customer.name | upcase }}</p>';
  const { html } = renderTemplate({ html: source }, hostile, 'en');
  const inside = html.slice(html.indexOf('>') + 1);
  assert.doesNotMatch(inside.replace('</p>', ''), /[<>"']/);
  assert.match(html, /&lt;img src=x onerror=&#34;a\(&#39;b&#39;\)&#34;&gt;&amp;/);
  for (const filter of ['raw', 'json', 'inspect', 'url_decode', 'base64_decode']) {
    assert.equal(refusal(`{{ customer.name | ${filter} }}`).code, 'template_not_rendered', filter);
  }
  assert.equal(text('{{ customer.name }}', hostile), hostile.customer.name);
});

test('a subject is one line, and no header can be hidden in it', () => {
  const { subject } = renderTemplate(
    { subject: ' Reminder\n{{ customer.name }} ' },
    { customer: { name: 'A\r\nBcc: x@example.com' } },
    'en',
  );
  assert.equal(subject, 'Reminder A Bcc: x@example.com');
});

test('text is tidied: no blanks at line ends, no heaps of empty lines', () => {
  assert.equal(renderTemplate({ text: '\n\na  \n\n\n\nb\n\n' }, {}, 'en').text, 'a\n\nb\n');
});

test('a template sees its facts and nothing behind them', () => {
  for (const source of [
    '{{ customer.constructor }}',
    '{{ customer.__proto__ }}',
    '{{ customer.toString }}',
    '{{ items[0].open.constructor.constructor }}',
    '{{ today.year }}',
    '{{ nothing }}',
  ]) {
    assert.match(String(refusal(source).facts.reason), /undefined variable/, source);
  }
});

test('a template reads no files and rolls no dice', () => {
  for (const tag of ['include "x"', 'render "x"', 'layout "x"', 'block x']) {
    assert.match(String(refusal(`a\n{% ${tag} %}`).facts.reason), /not found/, tag);
  }
  assert.match(String(refusal('{{ items | sample }}').facts.reason), /undefined filter/);
});

test('bombs are defused quickly: loops, nested loops, doubling, and templates too long to read', () => {
  const bombs: readonly (readonly [string, RegExp])[] = [
    ['{% for i in (1..100000000) %}x{% endfor %}', /memory/],
    ['{% for i in (1..3000) %}{% for j in (1..3000) %}{% assign k = i %}{% endfor %}{% endfor %}', /limit/],
    [
      '{% assign s = "xxxxxxxxxxxxxxxx" %}{% for i in (1..60) %}{% assign s = s | append: s %}{% endfor %}',
      /memory/,
    ],
    [`{% for i in (1..100000) %}${'x'.repeat(100)}{% endfor %}`, /too long|limit/],
    ['x'.repeat(TEMPLATE_CHARACTERS_MAX + 1), /parse length limit/],
  ];
  for (const [source, reason] of bombs) {
    const begun = performance.now();
    const { facts } = refusal(source);
    const milliseconds = performance.now() - begun;
    assert.match(String(facts.reason), reason, source.slice(0, 60));
    assert.ok(milliseconds < 5_000, `${source.slice(0, 60)} took ${milliseconds} ms`);
  }
  assert.equal(text('{{ customer.name }}'), 'sample');
});

test('a refusal names the part and the line', () => {
  assert.deepEqual(refusal('a\nb {{ nothing }}').facts, {
    part: 'text',
    line: 2,
    reason: 'undefined variable: nothing',
  });
});

test('a template that is right has no problems', () => {
  const template = {
    subject: '{{ items.size }} invoices for {{ customer.name }}',
    text:
      '{% for item in items %}{{ forloop.index }} {{ item.number }} {{ item.open | money }}{% endfor %}\n' +
      '{% assign first = items.first %}{{ items[0].due_on | date }}{% if contact.name %}{{ contact.name }}{% endif %}' +
      '{% assign greeting = "Hi" %}{{ greeting }}{% for total in totals %}{{ total.late | money }}{% endfor %}',
    html: undefined,
  };
  assert.deepEqual(checkTemplate(template, REMINDER_VARIABLES), []);
});

test('all unknown facts are found at once, each with its line, also inside loops and branches never taken', () => {
  const template = {
    subject: 'Hello {{ custmer.name }}',
    text:
      'one\n{{ customer.nmae }}\n{% for x in items %}{% if x.days_late > 99 %}\n' +
      '{{ x.amuont | money }}{% endif %}{% endfor %}',
  };
  const found = checkTemplate(template, REMINDER_VARIABLES);
  assert.deepEqual(
    found.map(({ code, column, line, value }) => [code, column, line, value]),
    [
      ['template_unknown_variable', 'subject', 1, 'custmer.name'],
      ['template_unknown_variable', 'text', 2, 'customer.nmae'],
      ['template_unknown_variable', 'text', 4, 'x.amuont'],
    ],
  );
});

test('each other mistake has its own problem', () => {
  const problems = (source: string): string[] =>
    checkTemplate({ text: source }, REMINDER_VARIABLES).map(({ code, line }) => `${code}:${line ?? '-'}`);
  assert.deepEqual(problems('a\n{% if portal_url %}'), ['template_syntax:2']);
  assert.deepEqual(problems('a\n\n{{ customer.name | shout }}'), ['template_syntax:3']);
  assert.deepEqual(problems('{{ items[0].open }}'), ['template_filter_missing:-']);
  assert.deepEqual(problems('{{ today }}'), ['template_filter_missing:-']);
  assert.deepEqual(problems('a\n{{ customer.name | money }}'), ['template_not_rendered:2']);
  assert.deepEqual(problems('{% for i in (1..100000000) %}{% endfor %}'), ['template_not_rendered:1']);
  assert.deepEqual(
    checkTemplate({ subject: '{% if today %}{% endif %}' }, REMINDER_VARIABLES).map(({ code }) => code),
    ['template_subject_empty'],
  );
});
