// A route joins a contract to what carries it out. It is one line in a module's routes.ts; serving it is written once, here
// and in serve.ts.

import type { Readable } from 'node:stream';
import type { z } from 'zod';
import type { Context, Door } from '#command/command.ts';
import type { CommandId } from '#kernel/id.ts';
import type { Operation } from './contract.ts';

/** A file that a request carries, as a stream. It is read once and never kept in memory as a whole. */
export type Upload = { readonly fileName: string; readonly contentType: string; readonly stream: Readable };

/** A file as an answer. */
export type FileReply = {
  readonly fileName: string;
  readonly contentType: string;
  readonly body: Uint8Array | string | Readable;
  /** Shown in the browser instead of being saved. */
  readonly inline?: boolean;
};

/** One request to an operation, checked: who asks, for what. */
export type Call<O extends Operation> = {
  readonly params: z.output<O['params']>;
  readonly query: z.output<O['query']>;
  readonly body: z.output<O['body']>;
  readonly context: Context;
  readonly door: Door;
  readonly commandId: CommandId | undefined;
  readonly rehearse: boolean;
  readonly upload: Upload | undefined;
  /** The secret of the server, with which secrets of others are sealed. */
  secret(): Promise<string>;
};

/** What a handler answers: the contract's reply, or a file where the contract says that it produces one. */
export type Answer<O extends Operation> = z.input<O['reply']> | FileReply;

export type Route = {
  readonly operation: Operation;
  handle(call: Call<Operation>): Promise<unknown>;
};

/** Joins a contract and its handler. */
export function route<O extends Operation>(
  operation: O,
  handle: (call: Call<O>) => Promise<Answer<O>>,
): Route {
  return { operation, handle: handle as (call: Call<Operation>) => Promise<unknown> };
}
