import assert from 'node:assert/strict';
import { test } from 'node:test';
import Fastify from 'fastify';
import { protectBrowsers } from './headers.ts';

async function policyOf(url: string, contentType: string): Promise<string> {
  const app = Fastify();
  protectBrowsers(app, { isHttps: false });
  app.get(url, (_request, reply) => reply.type(contentType).send('x'));
  const answer = await app.inject(url);
  return `${answer.headers['content-security-policy']} | ${answer.headers['x-frame-options']}`;
}

test('a document of the API may be shown inside a page of ours, in whatever way the browser draws it', async () => {
  assert.equal(
    await policyOf('/api/v1/invoices/1/pdf', 'application/pdf'),
    `frame-ancestors 'self' | SAMEORIGIN`,
  );
});

test('a message as it was sent runs nothing and loads nothing from elsewhere', async () => {
  const policy = await policyOf('/api/v1/messages/1/html', 'text/html; charset=utf-8');
  assert.match(policy, /^sandbox; default-src 'none';/);
  assert.ok(!policy.includes('script-src') && policy.endsWith('SAMEORIGIN'));
});

test('only the API serves documents of others: what looks like one elsewhere is a page of ours', async () => {
  for (const [url, type] of [
    ['/a.pdf', 'application/pdf'],
    ['/', 'text/html'],
    ['/api/docs', 'text/html'],
  ] as const)
    assert.match(await policyOf(url, type), /script-src 'self';.*frame-ancestors 'none' \| DENY$/);
});
