// Every operation of every contract is asked with texts, days, moments and numbers that nobody should send: characters no
// database keeps, days before the calendar, cursors that were never given out. Each is an answer or a refusal, never a failure.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Operation } from '#http/contract.ts';
import { openLog } from '#http/log.ts';
import { serve } from '#http/serve.ts';
import { newId } from '#kernel/id.ts';
import { ROUTES } from '../../src/routes.ts';
import { aCompany, aCustomer, anInvoice, aPayment } from '../support/builders.ts';
import { sampleOf } from '../support/sample.ts';
import { newTenant } from '../support/tenant.ts';

const cursorOf = (text: string): string => Buffer.from(text).toString('base64url');
const ODD = {
  date: ['0000-01-01', '0001-01-01', '9999-12-31'],
  'date-time': ['-271821-04-20T00:00:00Z', '+275760-09-13T00:00:00Z', '0000-01-01T00:00:00Z'],
  text: [
    ...[
      'a\u0000b',
      'a\ud800b',
      "'%\\",
      'x'.repeat(9_000),
      '💥'.repeat(90),
      '9'.repeat(30),
      '9999999999999.99',
      '-1',
    ],
    ...[
      '0000-01-01',
      '-271821-04-20T00:00:00Z',
      cursorOf('["9999999","a"]'),
      cursorOf('["a\\u0000","0000-00-00"]'),
    ],
  ],
  integer: [0, -1, 2 ** 31, 2 ** 53, 1.5],
} as const;

type Place = readonly (string | number)[];
type Schema = {
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
};

/** Every place of a request where something odd can stand, with what is odd there. */
function* oddPlaces(schema: Schema, root: Schema, place: Place = []): Generator<readonly [Place, unknown]> {
  const [choice] = schema.anyOf ?? [];
  const target = schema.$ref === undefined ? choice : root.$defs?.[schema.$ref.replace('#/$defs/', '')];
  if (target !== undefined) yield* oddPlaces(target, root, place);
  const type = typeof schema.type === 'string' ? schema.type : schema.type?.[0];
  for (const [key, part] of Object.entries(schema.properties ?? {}))
    yield* oddPlaces(part, root, [...place, key]);
  if (schema.items !== undefined) yield* oddPlaces(schema.items, root, [...place, 0]);
  if (type === 'integer' || type === 'number') for (const odd of ODD.integer) yield [place, odd];
  if (type !== 'string' || schema.format === 'uuid' || schema.enum !== undefined) return;
  const kind = schema.format === 'date' || schema.format === 'date-time' ? schema.format : 'text';
  for (const odd of ODD[kind]) yield [place, odd];
}

const schemaOf = (type: z.ZodType): Schema =>
  z.toJSONSchema(type, { io: 'input', unrepresentable: 'any' }) as Schema;

function put(whole: unknown, [first, ...rest]: Place, odd: unknown): unknown {
  if (first === undefined) return odd;
  if (typeof first === 'number') {
    const [head, ...others] = Array.isArray(whole) ? whole : [];
    return [put(head, rest, odd), ...others];
  }
  const members = { ...(whole as Readonly<Record<string, unknown>> | undefined) };
  return { ...members, [first]: put(members[first], rest, odd) };
}

let app: FastifyInstance;
let ids: ReadonlyMap<string, string>;

before(async () => {
  const tenant = await newTenant();
  const companyId = await aCompany(tenant);
  const customerId = await aCustomer(tenant);
  const { invoiceId, itemId } = await anInvoice(tenant, { companyId, customerId });
  const { paymentId } = await aPayment(tenant, { companyId, customerId, minor: 10_00n });
  ids = new Map(Object.entries({ companyId, customerId, invoiceId, itemId, paymentId }));
  const logger: FastifyBaseLogger = openLog({ role: 'test', level: 'silent' });
  app = await serve({
    door: tenant.door,
    routes: ROUTES,
    authenticate: async () => tenant.as('owner'),
    logger,
    trustProxy: false,
    secret: async () => 'known to everybody, it protects nothing',
  });
});

after(() => app.close());

/** Asks an operation; commands are rehearsed, so that each is asked in the same books. */
async function statusOf(operation: Operation, query: object, body: unknown): Promise<number> {
  const { url } = sampleOf(operation, (name) => ids.get(name) ?? newId());
  const rehearse = operation.kind === 'command' ? { rehearse: '1' } : {};
  const asked = new URLSearchParams({ ...(query as Record<string, string>), ...rehearse });
  const payload = body === undefined || body instanceof FormData ? {} : { payload: body as object };
  const answer = await app.inject({
    method: operation.method,
    url: `${url.split('?')[0]}?${asked}`,
    ...payload,
  });
  return answer.statusCode;
}

for (const { operation } of ROUTES) {
  test(`${operation.method} ${operation.path} has an answer to whatever is asked`, async () => {
    const { url, body } = sampleOf(operation, (name) => ids.get(name) ?? newId());
    const query = Object.fromEntries(new URLSearchParams(url.split('?')[1] ?? ''));
    const failures: unknown[] = [];
    const asked = schemaOf(operation.query);
    for (const [place, odd] of oddPlaces(asked, asked)) {
      const status = await statusOf(operation, { ...query, [String(place[0])]: odd }, body);
      if (status >= 500) failures.push([place, odd, status]);
    }
    const hasBody = operation.method !== 'GET' && !operation.consumesFile;
    const sent = schemaOf(operation.body);
    for (const [place, odd] of hasBody ? oddPlaces(sent, sent) : []) {
      const status = await statusOf(operation, query, put(body, place, odd));
      if (status >= 500) failures.push([place, odd, status]);
    }
    assert.deepEqual(failures, []);
  });
}
