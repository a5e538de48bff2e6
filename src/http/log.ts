// What the program says about itself: one JSON object on each line (pino, by way of Fastify), with nothing secret in it.

import Fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyRequest } from 'fastify';

export type LogOptions = {
  /** Which process: `server`, `worker`. */
  readonly role: string;
  /** `debug`, `info`, `warn`, `error` or `silent`. */
  readonly level?: string;
  /** Where lines go: a file, or something that takes them; the standard output when left out. */
  readonly file?: string;
  readonly stream?: { write(line: string): void };
};

/** Fields that are never written, wherever a logged object carries them. */
const SECRETS = [
  'authorization',
  'cookie',
  'set-cookie',
  'password',
  'secret',
  'token',
  'key',
  'databaseUrl',
];
const REDACTED = SECRETS.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`]);

/** Opens the log of a process. The level comes from QUITTANCE_LOG_LEVEL when it is not given. */
export function openLog(options: LogOptions): FastifyBaseLogger {
  const app = Fastify({
    logger: {
      level: options.level ?? process.env.QUITTANCE_LOG_LEVEL ?? 'info',
      redact: { paths: REDACTED, censor: '[redacted]' },
      base: { role: options.role, pid: process.pid },
      timestamp: () => `,"time":"${Temporal.Now.instant().round('millisecond')}"`,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { req: describeRequest },
      ...(options.stream === undefined ? {} : { stream: options.stream }),
      ...(options.file === undefined ? {} : { file: options.file }),
    },
  });
  return app.log;
}

/** The path alone: what stands behind the question mark may name people. */
function describeRequest(request: FastifyRequest) {
  return { method: request.method, path: pathOf(request), address: request.ip };
}

/** Of a page by link the route alone: whoever has the whole address can see the documents. */
function pathOf(request: FastifyRequest): string {
  if (/^\/+(view|stop|callbacks)\//i.test(request.url)) return request.routeOptions?.url ?? '/view/';
  return request.url.replace(/\?.*$/s, '');
}

/** Writes one line for each request when it was answered; those that only ask for health are for debugging. */
export function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    const path = pathOf(request);
    const line = {
      method: request.method,
      path,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
      address: request.ip,
    };
    if (path === '/healthz' || path === '/readyz') request.log.debug(line, 'request');
    else request.log.info(line, 'request');
  });
}
