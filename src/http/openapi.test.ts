import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { day, idText, moneyText, operation, pageOf, pageQuery } from './contract.ts';
import { openApiDocument } from './openapi.ts';

const thing = z.object({ id: idText, price: moneyText }).meta({ id: 'Thing' });

const list = operation({
  id: 'listThings',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/shops/:shopId/things',
  summary: 'Things',
  tag: 'Things',
  permission: 'book.read',
  params: z.object({ shopId: idText }),
  query: pageQuery.extend({ on: day }),
  reply: pageOf(thing),
});

const add = operation({
  id: 'addThing',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/shops/:shopId/things',
  summary: 'Add',
  tag: 'Things',
  permission: 'customer.edit',
  params: z.object({ shopId: idText }),
  body: thing,
  refusals: { thing_taken: [409, 'There is one already.'], not_found: [404, 'There is no such shop.'] },
});

const file = operation({
  id: 'getFile',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/file',
  summary: 'File',
  tag: 'Files',
  permission: 'book.read',
  produces: ['application/pdf'],
});

type Described = {
  parameters: { name: string; in: string; required?: boolean; schema: object }[];
  requestBody?: { content: Record<string, { schema: object }> };
  responses: Record<string, { description: string; content: Record<string, { schema: object }> }>;
};

function described(): { get: Described; post: Described; pdf: Described; schemas: Record<string, object> } {
  const document = openApiDocument([list, add, file], { version: '1' });
  const things = document.paths['/api/v1/shops/{shopId}/things'] as unknown as Record<string, Described>;
  return {
    get: things.get as Described,
    post: things.post as Described,
    pdf: document.paths['/api/v1/file']?.get as unknown as Described,
    schemas: document.components.schemas as Record<string, object>,
  };
}

test('paths, parameters and their kinds come from the contract', () => {
  const { get } = described();
  assert.deepEqual(
    get.parameters.map((p) => [p.name, p.in, p.required ?? false]),
    [
      ['shopId', 'path', true],
      ['limit', 'query', false],
      ['after', 'query', false],
      ['on', 'query', true],
      ['quittance-tenant', 'header', false],
    ],
  );
  assert.deepEqual(get.parameters[3]?.schema, { type: 'string', format: 'date', examples: ['2026-02-28'] });
});

test('a command takes an Idempotency-Key and can be rehearsed, a query cannot', () => {
  const names = (d: Described) => d.parameters.map((p) => p.name);
  assert.ok(names(described().post).includes('Idempotency-Key'));
  assert.ok(names(described().post).includes('rehearse'));
  assert.ok(!names(described().get).includes('Idempotency-Key'));
});

test('a named schema is written once and referred to, also from within another', () => {
  const { post, schemas } = described();
  assert.deepEqual(post.requestBody?.content['application/json']?.schema, {
    $ref: '#/components/schemas/Thing',
  });
  assert.deepEqual(schemas.Thing, {
    type: 'object',
    properties: { id: { type: 'string', format: 'uuid' }, price: { $ref: '#/components/schemas/Money' } },
    required: ['id', 'price'],
  });
  assert.ok(schemas.Money && schemas.Problem);
});

test('refusals are listed under their status, those of the operation instead of the common ones', () => {
  const { post, get } = described();
  assert.match(post.responses[409]?.description ?? '', /`thing_taken`: There is one already\./);
  assert.match(post.responses[404]?.description ?? '', /`not_found`: There is no such shop\./);
  assert.match(get.responses[404]?.description ?? '', /`not_found`: There is nothing with this id here\./);
  assert.ok(post.responses[422]?.description.includes('command_id_reused'));
  assert.equal(get.responses[422], undefined);
});

test('a file is described by its type', () => {
  assert.deepEqual(Object.keys(described().pdf.responses[200]?.content ?? {}), ['application/pdf']);
});

test('one name for two schemas is a defect', () => {
  const other = operation({
    ...list,
    path: '/api/v1/x',
    reply: z.object({ a: z.string() }).meta({ id: 'Thing' }),
  });
  assert.throws(
    () => openApiDocument([list, other], { version: '1' }),
    /a name in contracts means one schema/,
  );
});
