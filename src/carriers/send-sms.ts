// Short notices through an SMS service that speaks as Twilio does: a form with From, To and Body, and a signed callback.

import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Severity } from './bounce-severity.ts';
import { type Answer, readOverHttp } from './read-over-http.ts';
import { type Given, sendOverHttp } from './send-over-http.ts';

/** An account at an SMS service. */
export type SmsAccount = {
  /** Where its API begins, e.g. `https://api.example.com`. */
  readonly url: string;
  readonly accountId: string;
  readonly token: string;
  /** The number or name it sends from. */
  readonly from: string;
  /** Where it is to tell what became of each notice. */
  readonly callbackUrl?: string | undefined;
};

/** Sends a short notice to a telephone number in international form. */
export function sendSms(account: SmsAccount, to: string, text: string): Promise<Given> {
  const form = new URLSearchParams({ To: to, From: account.from, Body: text });
  if (account.callbackUrl) form.set('StatusCallback', account.callbackUrl);
  return sendOverHttp(
    `${account.url}/2010-04-01/Accounts/${encodeURIComponent(account.accountId)}/Messages.json`,
    {
      headers: {
        authorization: loginOf(account),
        'content-type': 'application/x-www-form-urlencoded',
        accept: 'application/json',
      },
      body: form.toString(),
    },
    (answer) => {
      const { sid } = (answer ?? {}) as { readonly sid?: unknown };
      return typeof sid === 'string' ? sid : undefined;
    },
  );
}

function loginOf({ accountId, token }: SmsAccount): string {
  return `Basic ${Buffer.from(`${accountId}:${token}`).toString('base64')}`;
}

/** Asks for the account itself, which shows whether address, name and token are right. */
export function askSmsAccount(account: SmsAccount): Promise<Answer> {
  const url = `${account.url}/2010-04-01/Accounts/${encodeURIComponent(account.accountId)}.json`;
  return readOverHttp(url, { headers: { authorization: loginOf(account) } });
}

/** Codes of numbers nobody has, or that take no text messages; and of notices that were not wanted. */
const DEAD_NUMBERS: ReadonlySet<string> = new Set(['21211', '21614', '30005', '30006']);
const NOT_WANTED: ReadonlySet<string> = new Set(['21610', '30004', '30007']);

/** How bad a failure is, by its code; not now, where the code says nothing of the kind. */
export function severityOfSms(code: string | undefined): Severity {
  if (code !== undefined && DEAD_NUMBERS.has(code)) return 'hard';
  return code !== undefined && NOT_WANTED.has(code) ? 'policy' : 'soft';
}

/**
 * Whether a callback was signed by the service: base 64 of HMAC-SHA1 over the address it was sent to and all fields of the form,
 * sorted by name, names and values one after the other. Compared in constant time.
 */
export function isSignedCallback(
  token: string,
  url: string,
  fields: Readonly<Record<string, string>>,
  signature: string,
): boolean {
  const said = Object.keys(fields)
    .sort()
    .map((name) => `${name}${fields[name]}`)
    .join('');
  const expected = createHmac('sha1', token).update(`${url}${said}`).digest();
  const given = Buffer.from(signature, 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** What a callback says became of a notice; nothing for steps on the way. */
export function readSmsStatus(
  fields: Readonly<Record<string, string>>,
):
  | { readonly reference: string; readonly outcome: 'delivered' | 'failed'; readonly detail: string }
  | undefined {
  const { MessageSid: reference, MessageStatus: status, ErrorCode: code } = fields;
  if (!reference) return undefined;
  if (status === 'delivered') return { reference, outcome: 'delivered', detail: 'delivered' };
  if (status !== 'undelivered' && status !== 'failed') return undefined;
  return { reference, outcome: 'failed', detail: code ? `${status} (${code})` : status };
}

/** What a callback says somebody wrote to our number; nothing where it tells of a notice of ours. */
export function readSmsAnswer(
  fields: Readonly<Record<string, string>>,
): { readonly reference: string; readonly number: string; readonly text: string } | undefined {
  const { MessageSid: reference, SmsStatus: state, From: number, Body: text } = fields;
  if (!reference || !number || text === undefined || state !== 'received') return undefined;
  return { reference, number, text };
}
