// The words by which whoever gets text messages has no more of them: which one a message names, by the country of the number, and
// which are understood in an answer. Pure.

/** What is written to numbers of a country; every service understands the English word too. */
const WORD_OF_CODE: readonly (readonly [code: string, word: string])[] = [
  ['+34', 'BAJA'],
  ['+52', 'BAJA'],
  ['+55', 'SAIR'],
  ['+43', 'STOPP'],
  ['+46', 'STOPP'],
  ['+47', 'STOPP'],
  ['+49', 'STOPP'],
];

const USUAL_WORD = 'STOP';

/**
 * Numbers of North America (calling code 1): its carriers ask that each message by a business says how to have no more of
 * them, and that these words are understood (CTIA, Messaging Principles and Best Practices; 47 CFR 64.1200(a)(10) names
 * them too).
 */
const MUST_OFFER = '+1';

/** The words that are understood, whoever writes them and in whatever case. */
const UNDERSTOOD: ReadonlySet<string> = new Set([
  'STOP',
  'STOPP',
  'STOPALL',
  'STOP ALL',
  'END',
  'QUIT',
  'CANCEL',
  'UNSUBSCRIBE',
  'REVOKE',
  'OPTOUT',
  'OPT OUT',
  'ARRET',
  'ARRÊT',
  'BAJA',
  'SAIR',
  'PARAR',
]);

/** The word that a text message to a number names; nothing where it need not and the company does not offer it. */
export function optOutWordOf(
  number: string,
  { offersStop }: { readonly offersStop: boolean },
): string | undefined {
  if (!offersStop && !number.startsWith(MUST_OFFER)) return undefined;
  return WORD_OF_CODE.find(([code]) => number.startsWith(code))?.[1] ?? USUAL_WORD;
}

/** Whether an answer says nothing but that no more text messages are wanted. */
export function isOptOut(answer: string): boolean {
  return UNDERSTOOD.has(
    answer
      .trim()
      .replace(/[.!"']+/g, '')
      .replace(/\s+/g, ' ')
      .toUpperCase(),
  );
}
