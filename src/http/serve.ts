// Serves routes over HTTP: checks the request against its contract, asks who it is, calls the handler, and turns
// refusals into problem documents (RFC 9457). Replies are cut to their contract, so nothing undeclared leaves.

import { Readable } from 'node:stream';
import multipart from '@fastify/multipart';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import type { z } from 'zod';
import type { Context, Door } from '#command/command.ts';
import { assert } from '#kernel/assert.ts';
import { type CommandId, isId, newId } from '#kernel/id.ts';
import { BODY_BYTES_MAX, IMPORT_BYTES_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import { COMMON_REFUSALS, type Operation } from './contract.ts';
import type { FileReply, Route, Upload } from './route.ts';

/** Finds out who sends a request and for which tenant. Refuses: `not_signed_in`, `tenant_unknown`. */
export type Authenticate = (request: FastifyRequest) => Promise<Context>;

export type ServeOptions = {
  readonly door: Door;
  readonly routes: readonly Route[];
  readonly authenticate: Authenticate;
  readonly logger: FastifyBaseLogger;
  /** Whether to believe X-Forwarded-For; only behind a proxy of one's own. */
  readonly trustProxy: boolean;
  /** The secret of the server. */
  secret(): Promise<string>;
};

/** Makes the web server with all routes; the edge adds pages and starts listening. */
export async function serve(options: ServeOptions): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: options.logger,
    bodyLimit: BODY_BYTES_MAX,
    trustProxy: options.trustProxy,
    genReqId: () => newId(),
    // One line for each request, written when it is answered: see log.ts.
    logController: new LogController({ disableRequestLogging: true }),
    routerOptions: { maxParamLength: 200 },
  });
  await app.register(multipart, {
    limits: { fileSize: IMPORT_BYTES_MAX, files: 1, fields: 20, fieldSize: 1_000_000 },
  });
  app.addHook('onSend', async (request, reply) => {
    reply.header('x-request-id', request.id);
    reply.header('x-content-type-options', 'nosniff');
    reply.header('referrer-policy', 'same-origin');
  });
  app.setErrorHandler((error, request, reply) => sendProblem(error, request, reply));
  const paths = new Set(options.routes.map((r) => `${r.operation.method} ${r.operation.path}`));
  assert(
    paths.size === options.routes.length,
    'no two operations share a method and path',
    options.routes.length,
  );
  for (const route of options.routes) mount(app, route, options);
  return app;
}

/** The path as Fastify writes it is the path as contracts write it: `/api/v1/payments/:paymentId`. */
function mount(app: FastifyInstance, route: Route, options: ServeOptions): void {
  const { operation } = route;
  app.route({
    method: operation.method,
    url: operation.path,
    errorHandler: (error, request, reply) => sendProblem(error, request, reply, operation),
    handler: async (request, reply) => {
      const context = await options.authenticate(request);
      if (!context.permissions.has(operation.permission)) {
        throw new Refusal('not_permitted', { permission: operation.permission });
      }
      const query = (request.query ?? {}) as Record<string, unknown>;
      const { rehearse, ...rest } = query;
      const call = {
        params: check(operation.params, request.params, 'path'),
        query: check(operation.query, rest, 'query'),
        body: operation.consumesFile ? {} : check(operation.body, request.body ?? {}, 'body'),
        context,
        door: options.door,
        commandId: operation.kind === 'command' ? commandIdOf(request) : undefined,
        rehearse: rehearse === '1' || rehearse === 'true',
        upload: operation.consumesFile ? await uploadOf(request) : undefined,
        secret: options.secret,
      };
      const answer = await route.handle(call as never);
      return isFile(operation, answer) ? sendFile(reply, answer) : operation.reply.parse(answer);
    },
  });
}

function check(schema: z.ZodType, given: unknown, place: string): unknown {
  const result = schema.safeParse(given);
  if (result.success) {
    const unreadable = [...unreadableTexts(result.data, `/${place}`)];
    if (unreadable.length === 0) return result.data;
    throw new BadInput(unreadable.map((pointer) => ({ pointer, message: 'text_not_readable' })));
  }
  throw new BadInput(
    result.error.issues.map((issue) => ({
      pointer: `/${[place, ...issue.path].map(String).join('/')}`,
      message: issue.message,
    })),
  );
}

/** Where a request has a text that cannot be kept: with the character NUL, or half of a character. */
function* unreadableTexts(given: unknown, pointer: string): Generator<string> {
  if (typeof given === 'string') {
    if (given.includes('\u0000') || !given.isWellFormed()) yield pointer;
  } else if (typeof given === 'object' && given !== null) {
    for (const [key, value] of Object.entries(given)) {
      yield* unreadableTexts(key, pointer);
      yield* unreadableTexts(value, `${pointer}/${key}`);
    }
  }
}

/** A request that was not understood: every field that is wrong, with a JSON pointer to it. */
export class BadInput extends Error {
  readonly errors: readonly { readonly pointer: string; readonly message: string }[];

  constructor(errors: readonly { readonly pointer: string; readonly message: string }[]) {
    super('bad_input');
    this.errors = errors;
  }
}

/** The Idempotency-Key is the command's id: a UUID, bare or as a quoted string (structured field). */
function commandIdOf(request: FastifyRequest): CommandId | undefined {
  const header = request.headers['idempotency-key'];
  if (header === undefined) return undefined;
  const text = String(header).replace(/^"|"$/g, '').toLowerCase();
  if (!isId(text)) throw new BadInput([{ pointer: '/header/idempotency-key', message: 'id_not_valid' }]);
  return text as CommandId;
}

async function uploadOf(request: FastifyRequest): Promise<Upload> {
  if (!request.isMultipart())
    throw new BadInput([{ pointer: '/body', message: 'send the file as multipart/form-data' }]);
  const file = await request.file();
  if (!file) throw new BadInput([{ pointer: '/body/file', message: 'a file is needed' }]);
  const fileName = file.filename.slice(0, 255).toWellFormed().replaceAll('\u0000', '_');
  return { fileName, contentType: file.mimetype, stream: file.file };
}

function isFile(operation: Operation, answer: unknown): answer is FileReply {
  return (
    operation.produces !== undefined &&
    typeof answer === 'object' &&
    answer !== null &&
    'contentType' in answer
  );
}

function sendFile(reply: FastifyReply, file: FileReply): FastifyReply {
  const name = file.fileName.replace(/[^\w.\- ]/g, '_');
  reply.header('content-type', file.contentType);
  reply.header('content-disposition', `${file.inline ? 'inline' : 'attachment'}; filename="${name}"`);
  if (file.body instanceof Readable || typeof file.body === 'string') return reply.send(file.body);
  return reply.send(Buffer.from(file.body));
}

/** Turns what was thrown into a problem document. Defects of ours show a number to look up in the log, nothing else. */
export function sendProblem(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  operation?: Operation,
): FastifyReply {
  const problem = problemOf(error, request, operation);
  if (problem.status >= 500)
    request.log.error({ err: error, seen: (error as { seen?: unknown }).seen }, 'request failed');
  return reply.code(problem.status).type('application/problem+json').send(JSON.stringify(problem));
}

type ProblemDocument = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly instance: string;
  readonly [more: string]: unknown;
};

function problemOf(
  error: unknown,
  request: FastifyRequest,
  operation: Operation | undefined,
): ProblemDocument {
  const instance = `urn:uuid:${request.id}`;
  if (error instanceof BadInput) {
    return {
      ...problemFor('bad_input', 400, COMMON_REFUSALS.bad_input?.[1] ?? '', instance),
      errors: error.errors,
    };
  }
  if (error instanceof Refusal) {
    const meaning = operation?.refusals[error.code] ?? COMMON_REFUSALS[error.code];
    assertListed(error.code, meaning !== undefined, request);
    const [status, message] = meaning ?? [409, 'Refused.'];
    return { ...problemFor(error.code, status, message, instance), facts: error.facts };
  }
  const status = statusOf(error);
  if (status !== undefined && status < 500) {
    return problemFor(
      'bad_input',
      status,
      error instanceof Error ? error.message : 'The request was not understood.',
      instance,
    );
  }
  return problemFor(
    'internal_error',
    500,
    'Something went wrong on our side. The number in "instance" finds it in the log.',
    instance,
  );
}

function problemFor(code: string, status: number, title: string, instance: string): ProblemDocument {
  return { type: `urn:quittance:problem:${code}`, title, status, code, instance };
}

function assertListed(code: string, listed: boolean, request: FastifyRequest): void {
  if (!listed)
    request.log.error({ code, url: request.routeOptions.url }, 'a refusal code is missing from its contract');
}

function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('statusCode' in error)) return undefined;
  return typeof error.statusCode === 'number' ? error.statusCode : undefined;
}
