// Operations of the API, done here without the network. Whoever asks names the routes that may carry them out, so that a
// command loads those of its modules and not the whole API.

import type { z } from 'zod';
import type { Context } from '#command/command.ts';
import type { Operation } from '#http/contract.ts';
import type { FileReply, Route, Upload } from '#http/route.ts';
import { keepServerSecret } from '#identity/make-secret.ts';
import type { CommandId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { Session } from './session.ts';

export type Asked<O extends Operation> = {
  readonly params?: z.input<O['params']>;
  readonly query?: z.input<O['query']>;
  readonly body?: z.input<O['body']>;
  readonly upload?: Upload;
  readonly commandId?: CommandId;
  readonly rehearse?: boolean;
};

/**
 * What asks operations of the routes given: the same checks, the same answer as over the network, and `askFile` for those that
 * give a file. Both refuse what the operation refuses.
 */
export function asking(...modules: readonly (readonly Route[])[]) {
  const routes = modules.flat();
  return {
    async ask<O extends Operation>(
      session: Session,
      context: Context,
      operation: O,
      asked: Asked<O> = {},
    ): Promise<z.output<O['reply']>> {
      const answer = await handle(routes, operation, asked, { session, context });
      return operation.reply.parse(answer) as z.output<O['reply']>;
    },
    async askFile<O extends Operation>(
      session: Session,
      context: Context,
      operation: O,
      asked: Asked<O> = {},
    ): Promise<FileReply> {
      return (await handle(routes, operation, asked, { session, context })) as FileReply;
    },
  };
}

async function handle<O extends Operation>(
  routes: readonly Route[],
  operation: O,
  asked: Asked<O>,
  { session, context }: { readonly session: Session; readonly context: Context },
): Promise<unknown> {
  const route = routes.find((r) => r.operation === (operation as Operation));
  if (!route) throw new Error(`none of these routes carries out ${operation.id}`);
  return route.handle({
    params: read(operation.params, asked.params ?? {}, 'argument'),
    query: read(operation.query, asked.query ?? {}, 'option'),
    body: read(operation.body, asked.body ?? {}, 'field'),
    context,
    door: session.door,
    commandId: asked.commandId,
    rehearse: asked.rehearse ?? false,
    upload: asked.upload,
    secret: () => keepServerSecret(session.dataDir),
  });
}

function read(schema: z.ZodType, given: unknown, what: string): unknown {
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const wrong = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new Refusal('bad_input', { what, wrong });
}
