// How values travel between PostgreSQL and the program: whole numbers as bigint, days as PlainDate, moments as Instant,
// exact decimals as text. Never a float for money, never a Date.

import { types } from 'pg';
import { jsonText } from '#kernel/canonical.ts';

const INT8 = 20;
const DATE = 1082;
const TIMESTAMPTZ = 1184;

/** Reads `timestamptz` text as PostgreSQL writes it with `datestyle` ISO, e.g. `2026-11-24 02:34:22.123456+00`. */
function toInstant(text: string): Temporal.Instant {
  return Temporal.Instant.from(text.replace(' ', 'T'));
}

/** Parsers handed to every connection; anything not listed comes as node-postgres gives it (numeric as text, jsonb parsed). */
export const typeParsers = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (oid === INT8) return BigInt;
    if (oid === DATE) return (text: string) => Temporal.PlainDate.from(text);
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
  if (value instanceof Temporal.PlainDate || value instanceof Temporal.Instant) return value.toString();
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
