// The API as an OpenAPI 3.1 document, written from the contracts that also check requests: it cannot be out of date.

import { z } from 'zod';
import { assert } from '#kernel/assert.ts';
import { canonicalJson } from '#kernel/canonical.ts';
import { COMMON_REFUSALS, type Operation, type RefusalMeaning } from './contract.ts';

type Schema = { [key: string]: unknown };

export type OpenApiDocument = {
  readonly openapi: '3.1.0';
  readonly info: Schema;
  readonly tags: readonly Schema[];
  readonly security: readonly Schema[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Schema>>>>;
  readonly components: Schema;
};

const PROBLEM = 'application/problem+json';

const INTRODUCTION = `Amounts are decimal text with a currency, never floating point. Days are \`2026-02-28\`, moments are UTC.

**Signing in.** Programs send \`Authorization: Bearer qt_…\` with a key made under "API keys"; browsers have a session cookie.
A person who belongs to several tenants names one by its slug in the header \`quittance-tenant\`.

**Changes happen once.** Send an \`Idempotency-Key\` (a UUID) with each change. The same key with the same request gives the
first answer again; with another request it is refused. \`?rehearse=1\` shows what would happen and changes nothing.

**Refusals** are problem documents (RFC 9457). \`code\` comes from a closed list given with each operation, \`facts\` say what
a person needs to act, \`instance\` finds the request in the log.

**Lists** come in pages: hand \`next\` back as \`after\` until it is null.`;

const PROBLEM_SCHEMA: Schema = {
  type: 'object',
  description: 'Why a request was not carried out (RFC 9457).',
  properties: {
    type: { type: 'string', examples: ['urn:quittance:problem:not_permitted'] },
    title: { type: 'string', description: 'What is wrong and what to do.' },
    status: { type: 'integer' },
    code: { type: 'string', description: 'The reason, from the list of the operation.' },
    instance: { type: 'string', description: 'Finds the request in the log.' },
    facts: { type: 'object', description: 'What a person needs to act.' },
    errors: {
      type: 'array',
      description: 'For `bad_input`: each field that is wrong.',
      items: {
        type: 'object',
        properties: {
          pointer: { type: 'string', examples: ['/body/email'] },
          message: { type: 'string' },
        },
        required: ['pointer', 'message'],
      },
    },
  },
  required: ['type', 'title', 'status', 'code', 'instance'],
};

/** Writes the document for the operations given, in their order. */
export function openApiDocument(
  operations: readonly Operation[],
  info: { readonly version: string },
): OpenApiDocument {
  const components = new Components();
  components.schemas.set('Problem', PROBLEM_SCHEMA);
  const paths: Record<string, Record<string, Schema>> = {};
  for (const operation of operations) {
    const path = operation.path.replace(/:(\w+)/g, '{$1}');
    paths[path] ??= {};
    paths[path][operation.method.toLowerCase()] = describe(operation, components);
  }
  const tags = [...new Set(operations.map((operation) => operation.tag))];
  return {
    openapi: '3.1.0',
    info: {
      title: 'Quittance',
      version: info.version,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      description: INTRODUCTION,
    },
    tags: tags.map((name) => ({ name })),
    security: [{ apiKey: [] }, { session: [] }],
    paths,
    components: {
      schemas: Object.fromEntries([...components.schemas].sort(([a], [b]) => (a < b ? -1 : 1))),
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', bearerFormat: 'qt_…' },
        session: { type: 'apiKey', in: 'cookie', name: 'quittance.session_token' },
      },
    },
  };
}

function describe(operation: Operation, components: Components): Schema {
  const isCommand = operation.kind === 'command';
  return {
    operationId: operation.id,
    summary: operation.summary,
    tags: [operation.tag],
    description: `Needs the permission \`${operation.permission}\`.`,
    'x-permission': operation.permission,
    parameters: [
      ...parametersOf(operation.params, 'path', components),
      ...parametersOf(operation.query, 'query', components),
      ...(isCommand ? COMMAND_PARAMETERS : []),
      TENANT_PARAMETER,
    ],
    ...requestBodyOf(operation, components),
    responses: { 200: successOf(operation, components), ...refusalsOf(operation) },
  };
}

const TENANT_PARAMETER: Schema = {
  name: 'quittance-tenant',
  in: 'header',
  description: 'Slug of the tenant, where one belongs to several.',
  schema: { type: 'string' },
};

const COMMAND_PARAMETERS: readonly Schema[] = [
  {
    name: 'Idempotency-Key',
    in: 'header',
    description: 'A UUID of the caller: sent again with the same request it gives the first answer again.',
    schema: { type: 'string', format: 'uuid' },
  },
  {
    name: 'rehearse',
    in: 'query',
    description: 'With 1: shows what would happen and changes nothing.',
    schema: { type: 'string', enum: ['1', 'true'] },
  },
];

function parametersOf(schema: z.ZodType, place: 'path' | 'query', components: Components): Schema[] {
  const { properties, required } = components.describe(schema, 'input') as {
    properties?: Readonly<Record<string, Schema>>;
    required?: readonly string[];
  };
  return Object.entries(properties ?? {}).map(([name, { description, ...rest }]) => ({
    name,
    in: place,
    required: place === 'path' || (required ?? []).includes(name),
    ...(description === undefined ? {} : { description }),
    schema: rest,
  }));
}

function requestBodyOf(operation: Operation, components: Components): Schema {
  const schema = components.describe(operation.body, 'input');
  if (operation.consumesFile) {
    const file = {
      type: 'object',
      properties: { file: { type: 'string', format: 'binary' } },
      required: ['file'],
    };
    return { requestBody: { required: true, content: { 'multipart/form-data': { schema: file } } } };
  }
  const isEmpty = schema.type === 'object' && Object.keys(schema.properties ?? {}).length === 0;
  if (operation.method === 'GET' || isEmpty) return {};
  return { requestBody: { required: true, content: { 'application/json': { schema } } } };
}

function successOf(operation: Operation, components: Components): Schema {
  if (operation.produces !== undefined) {
    const file = { schema: { type: 'string', format: 'binary' } };
    return {
      description: 'A file',
      content: Object.fromEntries(operation.produces.map((type) => [type, file])),
    };
  }
  const schema = components.describe(operation.reply, 'output');
  return { description: 'Done', content: { 'application/json': { schema } } };
}

/** Common refusals that only changes can give. */
const OF_COMMANDS: ReadonlySet<string> = new Set([
  'command_id_reused',
  'period_locked',
  'cross_site_request',
]);

/** What an operation can refuse, its own reasons first. */
export function refusalsFor(operation: Operation): readonly (readonly [string, RefusalMeaning])[] {
  const common = Object.entries(COMMON_REFUSALS).filter(
    ([code]) => operation.kind === 'command' || !OF_COMMANDS.has(code),
  );
  return [...Object.entries(operation.refusals), ...common.filter(([code]) => !(code in operation.refusals))];
}

function refusalsOf(operation: Operation): Record<string, Schema> {
  const byStatus = Map.groupBy(refusalsFor(operation), ([, [status]]) => status);
  const responses: Record<string, Schema> = {};
  for (const [status, refusals] of [...byStatus].sort(([a], [b]) => a - b)) {
    responses[status] = {
      description: refusals.map(([code, [, message]]) => `\`${code}\`: ${message}`).join('\n\n'),
      'x-codes': refusals.map(([code]) => code),
      content: { [PROBLEM]: { schema: { $ref: '#/components/schemas/Problem' } } },
    };
  }
  return responses;
}

/** Schemas with a name of their own, each written once. */
class Components {
  readonly schemas = new Map<string, Schema>();

  /** The schema as JSON; parts with a name become components and are referred to. */
  describe(schema: z.ZodType, io: 'input' | 'output'): Schema {
    const written = z.toJSONSchema(schema, {
      io,
      unrepresentable: 'any',
      // Replies may get more fields in later versions: a client has to bear that.
      override: (seen) => {
        if (io === 'output' && seen.jsonSchema.additionalProperties === false)
          delete seen.jsonSchema.additionalProperties;
      },
    }) as Schema & { $defs?: Readonly<Record<string, Schema>> };
    const { $defs, $schema: _, ...rest } = written;
    for (const [name, part] of Object.entries($defs ?? {})) this.#add(name, refer(part));
    return refer(rest);
  }

  #add(name: string, part: Schema): void {
    const known = this.schemas.get(name);
    assert(
      known === undefined || canonicalJson(known) === canonicalJson(part),
      'a name in contracts means one schema, the same in requests and replies',
      name,
    );
    this.schemas.set(name, part);
  }
}

function refer(schema: Schema): Schema {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/')) as Schema;
}
