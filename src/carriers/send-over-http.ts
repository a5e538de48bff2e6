// Handing something over to a service over HTTP, and saying plainly what became of it: taken, refused, not now, or not known.

import type { SendOutcome } from './send-mail.ts';

/** What came of handing over, and what the service calls it. */
export type Given = SendOutcome & { readonly reference?: string | undefined };

/** How long a service may take to answer. */
const ANSWER_MS_MAX = 30_000;
/** How much of an answer is kept. */
const WORDS_MAX = 500;

/** Failures before a connection stood: the request was certainly not heard. */
const NOT_HEARD = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
]);

function codeOf(error: unknown): string | undefined {
  const { cause, code } = (error ?? {}) as { readonly cause?: unknown; readonly code?: unknown };
  return typeof code === 'string' ? code : cause === undefined ? undefined : codeOf(cause);
}

/**
 * Sends a request that must be heard once. An answer of success is read for the reference; 401, 403, 408, 425, 429 and 503 are
 * about the moment or our key, not about what was sent, and surely took nothing over; other 4xx will be so again. Any other
 * failure after the connection stood leaves it unknown.
 */
export async function sendOverHttp(
  url: string,
  request: { readonly headers: Readonly<Record<string, string>>; readonly body: string },
  readReference: (answer: unknown) => string | undefined,
): Promise<Given> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: request.headers,
      body: request.body,
      redirect: 'error',
      signal: AbortSignal.timeout(ANSWER_MS_MAX),
    });
    const words = await response.text();
    const text = `${response.status} ${words.slice(0, WORDS_MAX)}`;
    if (response.ok) {
      const reference = readReference(parsed(words));
      return { kind: 'accepted', reply: text, refusedRecipients: [], ...(reference ? { reference } : {}) };
    }
    if (NOT_NOW.has(response.status)) return { kind: 'trouble', code: response.status, text };
    if (response.status < 500) return { kind: 'refused', code: response.status, text };
    return { kind: 'unknown', text };
  } catch (error) {
    const text = String(error instanceof Error ? (error.cause ?? error.message) : error).slice(0, WORDS_MAX);
    return NOT_HEARD.has(codeOf(error) ?? '')
      ? { kind: 'trouble', code: undefined, text }
      : { kind: 'unknown', text };
  }
}

const NOT_NOW: ReadonlySet<number> = new Set([401, 403, 408, 425, 429, 503]);

function parsed(words: string): unknown {
  try {
    return JSON.parse(words);
  } catch {
    return undefined;
  }
}
