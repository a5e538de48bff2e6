// Letters through a service that prints and posts them (in the shape of LetterXpress: JSON with the PDF in base 64 and its checksum).

import { createHash } from 'node:crypto';
import { type Given, sendOverHttp } from './send-over-http.ts';

/** An account at a letter service. */
export type LetterAccount = {
  /** Where its API begins, e.g. `https://api.example.com/v3`. */
  readonly url: string;
  readonly user: string;
  readonly key: string;
  /** Whether the service only tries it out and prints nothing. */
  readonly isTest: boolean;
  readonly colour: 'black' | 'colour';
  readonly duplex: boolean;
};

/**
 * Hands a letter over. It names itself by our message, so that a person finds it again at the service whatever became of the
 * answer.
 */
export function sendLetter(account: LetterAccount, messageId: string, pdf: Uint8Array): Promise<Given> {
  const content = Buffer.from(pdf).toString('base64');
  return sendOverHttp(
    `${account.url}/printjobs`,
    {
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({
        auth: { username: account.user, apikey: account.key, mode: account.isTest ? 'test' : 'live' },
        letter: {
          base64_file: content,
          base64_file_checksum: createHash('md5').update(content).digest('hex'),
          filename_original: `${messageId}.pdf`,
          specification: {
            color: account.colour === 'colour' ? '4' : '1',
            mode: account.duplex ? 'duplex' : 'simplex',
            shipping: 'auto',
          },
          notice: messageId,
        },
      }),
    },
    (answer) => {
      const { data } = (answer ?? {}) as { readonly data?: { readonly id?: unknown } };
      return data?.id === undefined ? undefined : String(data.id);
    },
  );
}
