// The web app: files made by its build. Every path that is no file is a place inside the app, which the app itself shows.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '#kernel/refusal.ts';
import { sendProblem } from './serve.ts';

const NOT_BUILT = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Quittance</title>
<p>The web app is not built. Run <code>npm run build</code> and load this page again.
<p>The API is at <a href="/api/docs">/api/docs</a>.</html>`;

/** Files in this folder are named after what is in them, so they never change. */
const HASHED = '/assets/';

/** Serves the built web app from a folder; a page that says how to build it, when it is not there. */
export async function serveWebApp(app: FastifyInstance, webDir: string): Promise<void> {
  await app.register(fastifyStatic, {
    root: webDir,
    index: false,
    wildcard: true,
    cacheControl: false,
    // The build laid packed copies beside the files.
    preCompressed: true,
    setHeaders: (reply, path) => {
      const isHashed = path.slice(webDir.length).replaceAll('\\', '/').startsWith(HASHED);
      reply.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  app.get('/', (request, reply) => showApp(request, reply, webDir));
  app.setNotFoundHandler((request, reply) => showApp(request, reply, webDir));
}

function showApp(request: FastifyRequest, reply: FastifyReply, webDir: string): FastifyReply {
  const path = request.url.replace(/\?.*$/s, '');
  const isPlace =
    (request.method === 'GET' || request.method === 'HEAD') &&
    !path.startsWith('/api/') &&
    !/\.[a-z0-9]{1,8}$/i.test(path);
  if (!isPlace) return sendProblem(new Refusal('not_found'), request, reply);
  if (!existsSync(join(webDir, 'index.html')))
    return reply.code(503).type('text/html; charset=utf-8').send(NOT_BUILT);
  return reply.sendFile('index.html');
}
