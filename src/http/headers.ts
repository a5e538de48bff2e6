// What browsers are told not to do: run foreign scripts, put our pages into frames of others, keep answers of the API.

import type { FastifyInstance, FastifyReply } from 'fastify';

/** Our pages: everything from here; styles inline, because the widget library makes them in the page. */
const PAGE_POLICY = [
  `default-src 'self'`,
  `script-src 'self'`,
  `style-src 'self' 'unsafe-inline'`,
  `img-src 'self' data: blob:`,
  `font-src 'self' data:`,
  `frame-src 'self' blob:`,
  `object-src 'none'`,
  `base-uri 'self'`,
  `form-action 'self'`,
  `frame-ancestors 'none'`,
].join('; ');

/** A PDF shown inside our page. Browsers show it by a page of their own, which a stricter rule would stop. */
const PDF_POLICY = `frame-ancestors 'self'`;

/** HTML that somebody else may have a say in (a message as it was sent): shown inside our page, runs nothing. */
const HTML_FILE_POLICY = `sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'self'`;

const YEAR_SECONDS = 31_536_000;

/** Adds the headers to every answer. `isHttps`: whether people reach the server by https only. */
export function protectBrowsers(app: FastifyInstance, options: { readonly isHttps: boolean }): void {
  app.addHook('onSend', async (request, reply) => {
    const address = request.routeOptions.url ?? request.url;
    const isApi = address.startsWith('/api/');
    const policy = policyFor(reply, isApi && !address.startsWith('/api/docs'));
    reply.header('content-security-policy', policy);
    reply.header('x-frame-options', policy.includes(`frame-ancestors 'self'`) ? 'SAMEORIGIN' : 'DENY');
    reply.header('cross-origin-opener-policy', 'same-origin');
    reply.header('permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=()');
    if (options.isHttps) reply.header('strict-transport-security', `max-age=${YEAR_SECONDS}`);
    if (isApi && !reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
  });
}

function policyFor(reply: FastifyReply, isData: boolean): string {
  const type = String(reply.getHeader('content-type') ?? '');
  if (isData && type.startsWith('application/pdf')) return PDF_POLICY;
  if (isData && type.startsWith('text/html')) return HTML_FILE_POLICY;
  return PAGE_POLICY;
}
