// How values travel between PostgreSQL and the program: whole numbers as bigint, days as PlainDate, moments as Instant,
// exact decimals as text. Never a float for money, never a Date.

import { types } from 'pg';
import { jsonText } from '#kernel/canonical.ts';

const INT8 = 20;
const DATE = 1082;
const TIMESTAMPTZ = 1184;

/** Days read that are kept: every one of twenty-five years. */
const DAYS_KEPT = 10_000;
const days = new Map<string, Temporal.PlainDate>();
/** Their texts, so that a day that comes back to the database is not written anew. */
const dayTexts = new Map<object, string>();

/** Reads a day. Rows repeat their days over and over, and a day never changes: the same text gives the same one. */
function toDay(text: string): Temporal.PlainDate {
  const known = days.get(text);
  if (known !== undefined) return known;
  if (days.size >= DAYS_KEPT) {
    days.clear();
    dayTexts.clear();
  }
  const day = Temporal.PlainDate.from(text);
  days.set(text, day);
  dayTexts.set(day, text);
  return day;
}

let latest: { readonly text: string; readonly instant: Temporal.Instant } | undefined;

/**
 * Reads `timestamptz` text as PostgreSQL writes it with `datestyle` ISO, e.g. `2026-11-24 02:34:22.123456+00`. Rows that were learned
 * together have one moment.
 */
function toInstant(text: string): Temporal.Instant {
  if (latest?.text !== text) latest = { text, instant: Temporal.Instant.from(text.replace(' ', 'T')) };
  return latest.instant;
}

/** Parsers handed to every connection; anything not listed comes as node-postgres gives it (numeric as text, jsonb parsed). */
export const typeParsers = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (oid === INT8) return BigInt;
    if (oid === DATE) return toDay;
    if (oid === TIMESTAMPTZ) return toInstant;
    return types.getTypeParser(oid, format as 'text');
  },
};

/** What a parameter becomes on its way to PostgreSQL. Arrays become array literals, plain objects become JSON. */
export function toParameter(value: unknown): unknown {
  if (value === null || value === undefined) return null;
  switch (typeof value) {
    case 'bigint':
    case 'number':
    case 'boolean':
      return value.toString();
    case 'string':
      return value;
    default:
      return objectParameter(value);
  }
}

function objectParameter(value: object): unknown {
  if (value instanceof Uint8Array) return value;
  if (Array.isArray(value)) return arrayLiteral(value);
  if (value instanceof Temporal.PlainDate || value instanceof Temporal.Instant)
    return dayTexts.get(value) ?? value.toString();
  return jsonText(value);
}

const NEEDS_QUOTES = /[\\"{},\s]|^$|^null$/i;

/**
 * Writes a PostgreSQL array literal: `{1,2,NULL,"a b"}`. Bytes become `\x…`; objects become JSON text. Columns of many rows
 * repeat themselves (one moment, one company): a value like the one before it is not written anew.
 */
export function arrayLiteral(values: readonly unknown[]): string {
  let text = '{';
  let last: unknown;
  let lastText = 'NULL';
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i];
    if (value !== last) {
      last = value;
      lastText = element(value);
    }
    text += i > 0 ? `,${lastText}` : lastText;
  }
  return `${text}}`;
}

function element(value: unknown): string {
  if (value === null || value === undefined) return 'NULL';
  if (value instanceof Uint8Array) return `"\\\\x${Buffer.from(value).toString('hex')}"`;
  const text = Array.isArray(value) ? jsonText(value) : String(toParameter(value));
  return NEEDS_QUOTES.test(text) ? `"${text.replace(/[\\"]/g, '\\$&')}"` : text;
}
