// Asking a service something over HTTP: an answer, or none. Nothing is handed over, so it may be asked again at any time.

import { request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';

/** What a service answered. */
export type Answer =
  | { readonly kind: 'answer'; readonly status: number; readonly json: unknown; readonly text: string }
  | { readonly kind: 'no_answer'; readonly text: string };

const ANSWER_MS_MAX = 15_000;
const ANSWER_BYTES_MAX = 1_000_000;

/**
 * Gets what stands at an address. Some services want their key in the body of the question, which `fetch` cannot send with GET.
 * Never throws for what happens outside.
 */
export function readOverHttp(
  url: string,
  question: {
    readonly method?: 'GET' | 'POST';
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string;
    /** The address its host was found at, to connect to exactly that; see `findHost`. */
    readonly address?: string;
  },
): Promise<Answer> {
  return new Promise((resolve) => {
    const fail = (error: unknown): void =>
      resolve({
        kind: 'no_answer',
        text: (error instanceof Error ? error.message : String(error)).slice(0, 500),
      });
    try {
      const open = url.startsWith('https:') ? tlsRequest : plainRequest;
      const length =
        question.body === undefined ? {} : { 'content-length': Buffer.byteLength(question.body) };
      const asked = open(url, {
        method: question.method ?? 'GET',
        headers: { accept: 'application/json', ...question.headers, ...length },
        signal: AbortSignal.timeout(ANSWER_MS_MAX),
        ...(question.address === undefined ? {} : { lookup: lookupAs(question.address) }),
      });
      asked.on('error', fail);
      asked.on('response', (response) => {
        const parts: Buffer[] = [];
        let bytes = 0;
        response.on('error', fail);
        response.on('data', (part: Buffer) => {
          bytes += part.length;
          if (bytes > ANSWER_BYTES_MAX) response.destroy(new Error('the answer is too long'));
          else parts.push(part);
        });
        response.on('end', () => {
          const text = Buffer.concat(parts).toString('utf8');
          resolve({
            kind: 'answer',
            status: response.statusCode ?? 0,
            json: parsed(text),
            text: text.slice(0, 500),
          });
        });
      });
      asked.end(question.body);
    } catch (error) {
      fail(error);
    }
  });
}

/** Finds a host at an address that is known already. */
function lookupAs(address: string): LookupFunction {
  const family = isIP(address);
  return (_host, { all }, done) => (all ? done(null, [{ address, family }]) : done(null, address, family));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
