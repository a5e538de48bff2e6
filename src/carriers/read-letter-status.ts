// What became of a letter at the service that prints and posts it (in the shape of LetterXpress), and whether our account works.

import { type Answer, readOverHttp } from './read-over-http.ts';
import type { LetterAccount } from './send-letter.ts';

/** What a service says of a letter: taken in, printed, in the post, brought back, or never to be posted. */
export type LetterStep = 'accepted' | 'printed' | 'posted' | 'returned' | 'failed';

/** The words of services for the steps; a word that is not here says nothing. */
const STEPS: Readonly<Record<string, LetterStep>> = {
  queue: 'accepted',
  hold: 'accepted',
  timer: 'accepted',
  accepted: 'accepted',
  inprint: 'printed',
  printed: 'printed',
  sent: 'posted',
  done: 'posted',
  posted: 'posted',
  returned: 'returned',
  undeliverable: 'returned',
  canceled: 'failed',
  cancelled: 'failed',
  deleted: 'failed',
  error: 'failed',
};

/** What a service said of a letter, word for word too; nothing where it did not answer or the word is not known. */
export type LetterNews = { readonly step: LetterStep; readonly detail: string };

/** Asks what became of a letter. */
export async function readLetterStatus(
  account: Pick<LetterAccount, 'url' | 'user' | 'key' | 'isTest'>,
  reference: string,
): Promise<LetterNews | undefined> {
  const answer = await ask(account, `printjobs/${encodeURIComponent(reference)}`);
  if (answer.kind === 'no_answer' || answer.status !== 200) return undefined;
  return letterNewsOf(answer.json);
}

/** What an answer says of a letter: the status of its only item, which is nearer to the paper than that of the job. */
export function letterNewsOf(json: unknown): LetterNews | undefined {
  const data = fieldOf(json, 'data');
  const items = fieldOf(data, 'items');
  const item = Array.isArray(items) ? items[0] : undefined;
  const word = fieldOf(item, 'status') ?? fieldOf(data, 'status');
  if (typeof word !== 'string') return undefined;
  const step = Object.hasOwn(STEPS, word.toLowerCase()) ? STEPS[word.toLowerCase()] : undefined;
  if (step === undefined) return undefined;
  const tracking = fieldOf(item, 'tracking_code');
  const told = typeof tracking === 'string' && tracking !== '' ? `${word} (${tracking})` : word;
  return { step, detail: told.slice(0, 200) };
}

/** Asks for the balance of the account, which shows whether address and key are right. */
export function askLetterAccount(
  account: Pick<LetterAccount, 'url' | 'user' | 'key' | 'isTest'>,
): Promise<Answer> {
  return ask(account, 'balance');
}

function ask(account: Pick<LetterAccount, 'url' | 'user' | 'key' | 'isTest'>, path: string): Promise<Answer> {
  const mode = account.isTest ? 'test' : 'live';
  return readOverHttp(`${account.url}/${path}`, {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ auth: { username: account.user, apikey: account.key, mode } }),
  });
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}
