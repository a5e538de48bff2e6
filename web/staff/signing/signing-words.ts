// How a certificate stands, in words.

import type { listSigning } from '#signing/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { dayWords } from '../../lib/format.ts';

export type SigningRow = Reply<typeof listSigning>['rows'][number];
export type Certificate = NonNullable<SigningRow['certificate']>;
type State = Certificate['state'];

export const STATE_WORDS: Readonly<Record<State, string>> = {
  signs: 'Signs',
  ends_soon: 'Ends soon',
  ended: 'Ended',
  key_sealed_elsewhere: 'Key lost',
};
export const STATE_COLOURS: Readonly<Record<State, string>> = {
  signs: 'teal',
  ends_soon: 'orange',
  ended: 'red',
  key_sealed_elsewhere: 'red',
};

/** The day a certificate is valid until, in words. */
export const untilWords = ({ validUntil }: Certificate): string => dayWords(validUntil.slice(0, 10));

/** What is to be done about a certificate; nothing where all is well. */
export function trouble(certificate: Certificate): string | undefined {
  const until = untilWords(certificate);
  switch (certificate.state) {
    case 'ends_soon':
      return `The certificate ends on ${until}. From then on statements go out unsigned: ask for a new one in time.`;
    case 'ended':
      return `The certificate ended on ${until}. Statements go out unsigned until there is a new one.`;
    case 'key_sealed_elsewhere':
      return 'The secret of the server is another one than the key was sealed with. Statements go out unsigned: give the certificate again.';
    default:
      return undefined;
  }
}
