// Fills in templates that people write, with the Liquid language in a sandbox: a template sees the facts it is
// given and nothing else, reads no file, and is stopped when it wants too much time or memory.

import { Liquid, type Template as ParsedTemplate, type Variable } from 'liquidjs';
import { assert, never } from '#kernel/assert.ts';
import { TEMPLATE_CHARACTERS_MAX } from '#kernel/limits.ts';
import { isCurrency, type Money, money } from '#kernel/money.ts';
import { type Problem, Refusal } from '#kernel/refusal.ts';
import { DOCUMENT_LANGUAGES, type DocumentLanguage } from '#printing/language.ts';
import { formatDate, formatDays, formatIban, formatMoney, formatPercent } from '#printing/print-format.ts';
import { hasten } from './hasten-template.ts';
import type { TemplateVariables, VariableKind, VariableKinds } from './template.ts';

/** Filling in a template takes a millisecond; one that takes half a second is a loop. */
const RENDER_MS_MAX = 500;
/** Pieces written while a template is filled in: a reminder about ten thousand items has two hundred thousand. */
const RENDER_PIECES_MAX = 500_000;
/** Characters that come out; a message longer than this would not be read, and many servers would refuse it. */
const RENDERED_CHARACTERS_MAX = 5_000_000;
/** Objects and characters a template may make while it is filled in: a thousand times what ours make. */
const RENDER_MEMORY_MAX = 10_000_000;

/** Tags that would read other files. */
const FORBIDDEN_TAGS = ['include', 'render', 'layout', 'block'] as const;
/** Filters that would let facts through without escaping, use a clock, roll dice or format past our own filters. */
const FORBIDDEN_FILTERS = [
  'raw',
  'sample',
  'date_to_xmlschema',
  'date_to_rfc822',
  'date_to_string',
  'date_to_long_string',
  'json',
  'jsonify',
  'inspect',
  'url_decode',
  'base64_decode',
  'hmac_sha256',
] as const;

function isDecimal(text: string): boolean {
  return /^\d+(\.\d+)?$/.test(text);
}

function isMoney(value: unknown): value is Money {
  return (
    typeof value === 'object' &&
    value !== null &&
    'minor' in value &&
    typeof value.minor === 'bigint' &&
    'currency' in value &&
    typeof value.currency === 'string' &&
    isCurrency(value.currency)
  );
}

/**
 * Our own filters: what a person reads in their language. Each takes its own kind of fact and nothing; null
 * stays nothing.
 */
function addFilters(engine: Liquid, language: DocumentLanguage): void {
  engine.registerFilter('money', (value: unknown) => {
    if (value === null) return '';
    if (!isMoney(value)) throw new Error('"money" is for amounts');
    return formatMoney(value, language);
  });
  engine.registerFilter('date', (value: unknown) => {
    if (value === null) return '';
    if (!(value instanceof Temporal.PlainDate)) throw new Error('"date" is for days');
    return formatDate(value, language);
  });
  engine.registerFilter('percent', (value: unknown) => {
    if (value === null) return '';
    if (typeof value !== 'string' || !isDecimal(value)) throw new Error('"percent" is for rates');
    return formatPercent(value, language);
  });
  engine.registerFilter('days', (value: unknown) => {
    if (!Number.isSafeInteger(value)) throw new Error('"days" is for counts of days');
    return formatDays(Number(value), language);
  });
  engine.registerFilter('iban', (value: unknown) =>
    // Ordinary spaces: in a message the number may be broken over two lines on a phone.
    value === null ? '' : formatIban(String(value)).replaceAll('\u00a0', ' '),
  );
}

function makeEngine(language: DocumentLanguage, escaped: boolean): Liquid {
  const engine = new Liquid({
    ownPropertyOnly: true,
    strictVariables: true,
    strictFilters: true,
    // An empty set of files: without it a tag could look for one in the working directory.
    templates: {},
    parseLimit: TEMPLATE_CHARACTERS_MAX,
    renderLimit: RENDER_MS_MAX,
    memoryLimit: RENDER_MEMORY_MAX,
    ...(escaped ? { outputEscape: 'escape' as const } : {}),
  });
  for (const tag of FORBIDDEN_TAGS) delete engine.tags[tag];
  for (const filter of FORBIDDEN_FILTERS) engine.unregisterFilter(filter);
  addFilters(engine, language);
  return engine;
}

/** One engine for each language, with and without escaping, made when it is first wanted; they hold no facts. */
const ENGINES = new Map<string, Liquid>();

function engineFor(language: DocumentLanguage, escaped: boolean): Liquid {
  assert(DOCUMENT_LANGUAGES.includes(language), 'there is an engine for every language', language);
  return ENGINES.getOrInsertComputed(`${language} ${escaped}`, () => makeEngine(language, escaped));
}

/** Templates kept as they were read; forgotten all at once when there are too many. */
const READ_KEPT_MAX = 500;
const read = new Map<string, ParsedTemplate[]>();

/** Reads a template, once: of a thousand reminders all are written with the same few. They hold no facts. */
function parse(
  engine: Liquid,
  source: string,
  language: DocumentLanguage,
  escaped: boolean,
): ParsedTemplate[] {
  const key = `${language} ${escaped} ${source}`;
  const known = read.get(key);
  if (known) return known;
  const parsed = engine.parse(source);
  hasten(parsed);
  if (read.size >= READ_KEPT_MAX) read.clear();
  read.set(key, parsed);
  return parsed;
}

function fillIn(engine: Liquid, parsed: ParsedTemplate[], variables: TemplateVariables): string {
  const text = String(engine.renderSync(parsed, variables, { templateLimit: RENDER_PIECES_MAX }));
  if (text.length > RENDERED_CHARACTERS_MAX) throw new Error('the text is too long');
  return text;
}

/** Where in a part something is. */
type Place = { readonly line?: number; readonly position?: number };

/** The place of a template error, where it knows one. */
function placeOf(error: unknown): Place {
  if (typeof error !== 'object' || error === null || !('token' in error)) return {};
  const { token } = error;
  const has = typeof token === 'object' && token !== null && 'getPosition' in token;
  if (!has || typeof token.getPosition !== 'function') return {};
  const position: unknown = token.getPosition();
  if (!Array.isArray(position)) return {};
  const [line, character] = position;
  return typeof line === 'number' && typeof character === 'number' ? { line, position: character } : {};
}

/** The message without the place, which is told apart. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/, line:\d+, col:\d+$/, '').slice(0, 300);
}

/** The parts of a template by name; those named `html` are escaped. */
export type TemplateParts = Readonly<Record<string, string | undefined>>;

/**
 * Fills in every part of a template (a message's subject, text and HTML; a letter's subject, opening and closing).
 * Facts are escaped in HTML, always; the subject becomes one line.
 *
 * Refuses: `template_not_rendered` (part, line, reason): a syntax error, an unknown fact or filter, or too much work.
 */
export function renderTemplate<P extends TemplateParts>(
  template: P,
  variables: TemplateVariables,
  language: DocumentLanguage,
): { readonly [K in keyof P]: P[K] } {
  const rendered: Record<string, string> = {};
  for (const [part, source] of Object.entries(template)) {
    if (source === undefined) continue;
    try {
      const escaped = part === 'html';
      const engine = engineFor(language, escaped);
      const text = fillIn(engine, parse(engine, source, language, escaped), variables);
      rendered[part] = part === 'subject' ? text.replace(/\s+/g, ' ').trim() : tidy(text);
    } catch (error) {
      throw new Refusal('template_not_rendered', {
        part,
        line: placeOf(error).line ?? null,
        reason: reasonOf(error),
      });
    }
  }
  return rendered as { readonly [K in keyof P]: P[K] };
}

/** Lines without blanks at their end, no more than one empty line in a row, one line end at the end. */
function tidy(text: string): string {
  return `${text
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`;
}

/** What a sample amount, day and rate look like when they are written without their filter. */
const SAMPLE_DAY = '1234-05-06';
const SAMPLE_PERCENT = '98.7650';
const BARE_AMOUNT = '[object Object]';

function sampleOf(kind: VariableKind): unknown {
  switch (kind) {
    case 'text':
      return 'sample';
    case 'number':
      return 2;
    case 'money':
      return money(123_456n, 'EUR');
    case 'date':
      return Temporal.PlainDate.from(SAMPLE_DAY);
    case 'percent':
      return SAMPLE_PERCENT;
    default:
      return never(kind);
  }
}

/** Facts of the right shape to try a template on: every one there, two entries in every list. */
export function sampleVariables(kinds: VariableKinds): TemplateVariables {
  const root: Record<string, unknown> = {};
  for (const [name, kind] of Object.entries(kinds)) {
    const [first = name, field] = name.split('.');
    const list = first.endsWith('[]') ? first.slice(0, -2) : undefined;
    if (field === undefined) root[first] = sampleOf(kind);
    else if (list === undefined)
      root[first] = { ...(root[first] as object | undefined), [field]: sampleOf(kind) };
    else {
      const before = (root[list] as object[] | undefined)?.[0];
      const entry = { ...before, [field]: sampleOf(kind) };
      root[list] = [entry, entry];
    }
  }
  return root;
}

/** Names a list or a text has of itself. */
const OWN_NAMES: ReadonlySet<string> = new Set(['size', 'first', 'last']);

/**
 * The path of a used variable in the writing of the list of kinds: `items[0].open` and `items.first.open` are
 * `items[].open`.
 */
function pathOf(variable: Variable): string {
  let path = '';
  for (const segment of variable.segments) {
    if (typeof segment !== 'string' || (path !== '' && (segment === 'first' || segment === 'last')))
      path += '[]';
    else if (path === '') path = segment;
    else path += `.${segment}`;
  }
  return path.replace(/\.size$/, '');
}

/** Whether a path is a known fact, or leads to one (`customer`, `items`, `items[]`). */
function isKnown(path: string, kinds: VariableKinds): boolean {
  return Object.keys(kinds).some(
    (name) => name === path || name.startsWith(`${path}.`) || name.startsWith(`${path}[]`),
  );
}

/**
 * The facts a template asks for that there are not, with their lines; loop variables are followed into their
 * list.
 */
function unknownVariables(parsed: ParsedTemplate[], engine: Liquid, kinds: VariableKinds): Variable[] {
  const { variables, globals, locals } = engine.analyzeSync(parsed, { partials: false });
  const place = ({ location, segments }: Variable): string =>
    `${location.row}:${location.col}:${String(segments[0])}`;
  const outside = new Set(Object.values(globals).flat().map(place));
  const fieldsOfEntries = new Set(
    Object.keys(kinds).flatMap((name) => (name.includes('[].') ? [name.slice(name.indexOf('[].') + 3)] : [])),
  );
  const assigned = new Set(
    Object.values(locals)
      .flat()
      .map((variable) => String(variable.segments[0])),
  );
  return Object.values(variables)
    .flat()
    .filter((variable) => {
      if (outside.has(place(variable))) return !isKnown(pathOf(variable), kinds);
      const [name, field, ...deeper] = variable.segments;
      if (name === 'forloop' || name === 'tablerowloop' || assigned.has(String(name))) return false;
      return (
        field !== undefined &&
        !OWN_NAMES.has(String(field)) &&
        (deeper.length > 0 || !fieldsOfEntries.has(String(field)))
      );
    });
}

function problemOf(code: string, column: string, message: string, place: Place = {}): Problem {
  return { code, message, column, ...place };
}

/** What is wrong with one part: what does not parse; what asks for unknown facts; what fails on sample facts. */
function checkPart(part: string, source: string, kinds: VariableKinds): Problem[] {
  const engine = engineFor('en', part === 'html');
  let parsed: ParsedTemplate[];
  try {
    parsed = engine.parse(source);
  } catch (error) {
    return [problemOf('template_syntax', part, reasonOf(error), placeOf(error))];
  }
  const unknown = unknownVariables(parsed, engine, kinds).map((variable) => ({
    ...problemOf('template_unknown_variable', part, `There is no "${String(variable)}" here.`, {
      line: variable.location.row,
      position: variable.location.col,
    }),
    value: String(variable),
  }));
  if (unknown.length > 0) return unknown.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  try {
    const rendered = fillIn(engine, parsed, sampleVariables(kinds));
    if (part === 'subject' && rendered.trim() === '') {
      return [problemOf('template_subject_empty', part, 'The subject is empty.')];
    }
    const bare = [
      ...(rendered.includes(BARE_AMOUNT) ? ['An amount is written without "| money".'] : []),
      ...(rendered.includes(SAMPLE_DAY) ? ['A day is written without "| date".'] : []),
      ...(rendered.includes(SAMPLE_PERCENT) ? ['A rate is written without "| percent".'] : []),
    ];
    return bare.map((message) => problemOf('template_filter_missing', part, message));
  } catch (error) {
    return [problemOf('template_not_rendered', part, reasonOf(error), placeOf(error))];
  }
}

/**
 * Everything wrong with a template, part by part (`column` is the part, `line` the line in it): syntax errors,
 * facts it asks for that there are not, amounts or days without their filter, and whatever else fails on sample
 * facts. Empty when the template can be used.
 */
export function checkTemplate(template: TemplateParts, kinds: VariableKinds): readonly Problem[] {
  return Object.entries(template).flatMap(([part, source]) =>
    source === undefined ? [] : checkPart(part, source, kinds),
  );
}
