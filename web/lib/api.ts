// The one way to the server. Requests and replies are typed by the contracts the server checks them with.

import type { z } from 'zod';
import type { Operation } from '#http/contract.ts';

/** What was refused, as the server's problem document (RFC 9457) says it. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly errors: readonly { readonly pointer: string; readonly message: string }[];

  constructor(status: number, document: Record<string, unknown>) {
    super(typeof document.title === 'string' ? document.title : 'The server could not be understood.');
    this.status = status;
    this.code = typeof document.code === 'string' ? document.code : 'unknown';
    this.facts = (document.facts as Record<string, unknown> | undefined) ?? {};
    this.errors = (document.errors as ApiProblem['errors'] | undefined) ?? [];
  }
}

/** What an operation is called with. */
export type Input<O extends Operation> = {
  readonly params?: z.input<O['params']>;
  readonly query?: z.input<O['query']>;
  readonly body?: z.input<O['body']>;
};

export type Reply<O extends Operation> = z.output<O['reply']>;

export type CallOptions = {
  readonly tenant?: string | undefined;
  /** The same id for the same intention, so that a repeat acts once. */
  readonly commandId?: string;
  readonly rehearse?: boolean;
  readonly signal?: AbortSignal;
};

/** The path of an operation with its parameters and query, for calls, downloads and previews. */
export function pathOf<O extends Operation>(
  operation: O,
  input: Input<O>,
  options: CallOptions = {},
): string {
  const params = (input.params ?? {}) as Record<string, string>;
  const path = operation.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries((input.query ?? {}) as Record<string, unknown>)) {
    if (value !== undefined && value !== null && value !== '') query.set(key, String(value));
  }
  if (options.rehearse) query.set('rehearse', '1');
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}

/** Calls an operation. Throws `ApiProblem` when it is refused or fails. */
export async function call<O extends Operation>(
  operation: O,
  input: Input<O>,
  options: CallOptions = {},
): Promise<Reply<O>> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (options.tenant) headers['quittance-tenant'] = options.tenant;
  if (options.commandId) headers['idempotency-key'] = options.commandId;
  const hasBody = operation.method !== 'GET' && input.body !== undefined;
  if (hasBody) headers['content-type'] = 'application/json';
  const response = await fetch(pathOf(operation, input, options), {
    method: operation.method,
    headers,
    ...(hasBody ? { body: JSON.stringify(input.body) } : {}),
    ...(options.signal ? { signal: options.signal } : {}),
    credentials: 'same-origin',
  }).catch(unreachable);
  return readReply<O>(response);
}

/** Says that no answer came; what was called off by ourselves stays that. */
export function unreachable(error: unknown): never {
  if (error instanceof DOMException && error.name === 'AbortError') throw error;
  throw new ApiProblem(0, {
    title: 'The server cannot be reached. Check the connection; nothing was lost.',
    code: 'offline',
  });
}

async function readReply<O extends Operation>(response: Response): Promise<Reply<O>> {
  const text = await response.text();
  const document = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
  if (!response.ok) throw new ApiProblem(response.status, document);
  return document as Reply<O>;
}

/** Sends a file to an operation, telling how much of it is sent. */
export function upload<O extends Operation>(
  operation: O,
  input: Input<O>,
  file: File,
  options: CallOptions & { readonly onProgress?: (share: number) => void } = {},
): Promise<Reply<O>> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(operation.method, pathOf(operation, input, options));
    if (options.tenant) request.setRequestHeader('quittance-tenant', options.tenant);
    if (options.commandId) request.setRequestHeader('idempotency-key', options.commandId);
    request.upload.onprogress = (event) =>
      options.onProgress?.(event.lengthComputable ? event.loaded / event.total : 0);
    request.onload = () => {
      const document = JSON.parse(request.responseText === '' ? '{}' : request.responseText) as Record<
        string,
        unknown
      >;
      if (request.status >= 400) reject(new ApiProblem(request.status, document));
      else resolve(document as Reply<O>);
    };
    request.onerror = () =>
      reject(
        new ApiProblem(0, {
          title: 'The file could not be sent. Check the connection and try again.',
          code: 'offline',
        }),
      );
    const form = new FormData();
    form.append('file', file);
    request.send(form);
  });
}
