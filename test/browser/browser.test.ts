import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { openBrowser, screenshot } from '../support/browser.ts';

const PAGE = `<!doctype html><title>Loopback</title>
  <style>body { font: 24px sans-serif; background: #f4f7fb; color: #123; padding: 2em }</style>
  <h1>Quittance</h1><p>Größe, ł, €, ≥, Ω: <b id="sum"></b></p>
  <script>document.getElementById('sum').textContent = (2n ** 64n).toLocaleString('de-DE')</script>`;

const server = createServer((_, reply) =>
  reply.setHeader('content-type', 'text/html; charset=utf-8').end(PAGE),
);
let browser: Browser;

before(async () => {
  server.listen(0, '127.0.0.1');
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  server.close();
});

test('the browser runs a page of this machine and takes its picture', async () => {
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  assert.equal(await page.textContent('#sum'), '18.446.744.073.709.551.616');
  const path = await screenshot(page, 'loopback');
  assert.equal(readFileSync(path).toString('latin1', 1, 4), 'PNG');
  await page.close();
});

test('the browser reaches no other machine', async () => {
  const page = await browser.newPage();
  await assert.rejects(page.goto('http://example.com/'), /ERR_NAME_NOT_RESOLVED/);
  await page.close();
});
