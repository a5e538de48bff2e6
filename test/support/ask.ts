// Routes of a module, asked over HTTP without a port, a session or the rest of the server: contracts, permissions,
// refusals and replies are the real ones, only who asks is made up.

import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import type { Operation } from '#http/contract.ts';
import { openLog } from '#http/log.ts';
import type { Route } from '#http/route.ts';
import { serve } from '#http/serve.ts';
import type { Role } from '#identity/permission.ts';
import { atEnd } from './at-end.ts';
import type { TestTenant } from './tenant.ts';

/** What came back: the reply as its contract types it (when it is one), or the problem document. */
export type Asked<O extends Operation> = {
  readonly status: number;
  readonly reply: z.output<O['reply']>;
  /** The code of a refusal. */
  readonly code: string | undefined;
  readonly facts: Readonly<Record<string, unknown>>;
  /** The answer as it was sent, for files. */
  readonly bytes: Buffer;
  readonly contentType: string;
};

export type AskInput<O extends Operation> = {
  readonly params?: z.input<O['params']> | undefined;
  readonly query?: z.input<O['query']> | undefined;
  readonly body?: z.input<O['body']> | undefined;
  readonly commandId?: string | undefined;
  readonly rehearse?: boolean | undefined;
  /** A file the request carries. */
  readonly file?: { readonly name: string; readonly content: Uint8Array } | undefined;
};

export type AskRoutes = <O extends Operation>(
  role: Role,
  operation: O,
  input: AskInput<O>,
) => Promise<Asked<O>>;

/** What served routes seal secrets with. */
export const TEST_SECRET = 'known to everybody, it protects nothing';

const apps: FastifyInstance[] = [];
atEnd(async () => {
  await Promise.all(apps.map((app) => app.close()));
});

/** Serves routes to people of a tenant. */
export async function serveTo(tenant: TestTenant, routes: readonly Route[]): Promise<AskRoutes> {
  const app = await serve({
    door: tenant.door,
    routes,
    authenticate: async (request) => tenant.as(request.headers['x-role'] as Role),
    logger: openLog({ role: 'test', level: 'silent' }),
    trustProxy: false,
    secret: async () => TEST_SECRET,
  });
  apps.push(app);
  return async (role, operation, input) => {
    const answer = await app.inject({
      method: operation.method,
      url: urlOf(operation, input),
      headers: {
        'x-role': role,
        ...(input.commandId ? { 'idempotency-key': input.commandId } : {}),
        ...(input.file ? { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` } : {}),
      },
      ...(input.file
        ? { payload: formOf(input.file) }
        : input.body === undefined
          ? {}
          : { payload: input.body as object }),
    });
    const contentType = String(answer.headers['content-type'] ?? '');
    const reply = contentType.includes('json') ? answer.json() : undefined;
    return {
      status: answer.statusCode,
      reply,
      code: reply?.code,
      facts: reply?.facts ?? {},
      bytes: answer.rawPayload,
      contentType,
    };
  };
}

const BOUNDARY = 'one-file-in-a-form';

function formOf(file: { readonly name: string; readonly content: Uint8Array }): Buffer {
  const head = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="${file.name}"\r\nContent-Type: application/octet-stream\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), file.content, Buffer.from(`\r\n--${BOUNDARY}--\r\n`)]);
}

function urlOf<O extends Operation>(operation: O, input: AskInput<O>): string {
  const params = (input.params ?? {}) as Record<string, string>;
  const query = new URLSearchParams(
    Object.entries((input.query ?? {}) as Record<string, unknown>).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, String(value)]],
    ),
  );
  if (input.rehearse) query.set('rehearse', '1');
  const path = operation.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  return query.size === 0 ? path : `${path}?${query}`;
}
