// A request that an operation understands, made from its contract alone: for guards that try every operation there is.

import { z } from 'zod';
import type { Operation } from '#http/contract.ts';
import { newId } from '#kernel/id.ts';

type Schema = {
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly minItems?: number;
  readonly minimum?: number;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
};

/** Texts that pass the checks of fields which a schema cannot express, by the name of the field. */
const BY_NAME: readonly (readonly [RegExp, string])[] = [
  [/currency|^base$/i, 'EUR'],
  [/^quote$/, 'USD'],
  [/country/i, 'DE'],
  [/language/i, 'en'],
  [/timeZone/i, 'UTC'],
  [/email/i, 'somebody@people.example'],
  [/amount|price|quantity/i, '1.00'],
  [/percent|rate$/i, '1'],
  [/^(.*on|from|to|until|date)$/i, '2026-01-31'],
  [/iban/i, 'DE89370400440532013000'],
  [/accent/i, '#1f4e79'],
  [/bic/i, 'DEUTDEFF'],
  [/Id$|^id$/, ''],
  [/^series$/, 'main'],
  [/code/i, 'MAIN'],
];

export type Sample = { readonly url: string; readonly body: unknown };

/** A request to an operation. `idOf` gives the identifiers it names, by the field's name; new ones when left out. */
export function sampleOf(operation: Operation, idOf: (name: string) => string = () => newId()): Sample {
  const params = sample(operation.params, idOf) as Record<string, unknown>;
  const query = sample(operation.query, idOf) as Record<string, unknown>;
  const path = operation.path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(String(params[name])),
  );
  const search = new URLSearchParams(Object.entries(query).map(([k, v]) => [k, String(v)])).toString();
  return {
    url: search === '' ? path : `${path}?${search}`,
    body: bodyOf(operation, idOf),
  };
}

function bodyOf(operation: Operation, idOf: (name: string) => string): unknown {
  if (operation.method === 'GET') return undefined;
  if (!operation.consumesFile) return sample(operation.body, idOf);
  const form = new FormData();
  form.append('file', new Blob(['Number;Customer;Amount\n1;A;1.00\n'], { type: 'text/csv' }), 'sample.csv');
  return form;
}

function sample(schema: z.ZodType, idOf: (name: string) => string): unknown {
  const root = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema;
  return sampleValue(root, '', { root, idOf });
}

type Making = { readonly root: Schema; readonly idOf: (name: string) => string };

function sampleValue(schema: Schema, name: string, making: Making): unknown {
  if (schema.$ref !== undefined) {
    const target = making.root.$defs?.[schema.$ref.replace('#/$defs/', '')];
    return target && sampleValue(target, name, making);
  }
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  const choice = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (choice?.[0] !== undefined) return sampleValue(choice[0], name, making);
  const type = typeof schema.type === 'string' ? schema.type : schema.type?.[0];
  switch (type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {})
          .filter(([key]) => schema.required?.includes(key))
          .map(([key, part]) => [key, sampleValue(part, key, making)]),
      );
    case 'array':
      return Array.from({ length: Math.max(schema.minItems ?? 0, 1) }, () =>
        schema.items === undefined ? '' : sampleValue(schema.items, name.replace(/s$/, ''), making),
      );
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 1, 1);
    case 'boolean':
      return true;
    case 'string':
      return textOf(schema, name, making);
    default:
      return null;
  }
}

function textOf(schema: Schema, name: string, making: Making): string {
  if (schema.format === 'uuid') return making.idOf(name);
  if (schema.format === 'date') return '2026-01-31';
  if (schema.format === 'date-time') return '2126-01-31T00:00:00Z';
  const example = schema.examples?.[0];
  if (typeof example === 'string') return example;
  const named = BY_NAME.find(([pattern]) => pattern.test(name));
  if (named === undefined) return 'Text';
  return named[1] === '' ? making.idOf(name) : named[1];
}
