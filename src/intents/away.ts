// An automatic reply of somebody who is away: until when, and who answers instead.

import { isAfter } from '#kernel/calendar.ts';
import { daysIn } from './day-words.ts';
import type { Facts } from './intent.ts';
import type { Span } from './new-words.ts';
import { addressIn, type MailView } from './proposals.ts';
import { sentencesOf } from './sentence.ts';

/** What an automatic reply says of when its writer is back; the day is the first on which it is worth writing again. */
export type Away = Span & { readonly quote: string; readonly facts: Facts };

/** Words after which the last day away is named, not the first day back. */
const UNTIL: ReadonlySet<string> = new Set('until till through bis jusqu al hasta fino tot t/m'.split(' '));

/** Until when the writer of an automatic reply is away, by the latest day ahead that it names; nothing where it names none. */
export function awayOf(text: string, view: MailView): Away | undefined {
  const sentences = sentencesOf(text);
  const named = sentences.flatMap((sentence) =>
    daysIn(sentence.words, view)
      .filter(({ on }) => isAfter(on, view.today))
      .map((day) => ({ day, sentence })),
  );
  const last = named.toSorted((a, b) => (isAfter(a.day.on, b.day.on) ? -1 : 1))[0];
  if (!last) return undefined;
  const { sentence, day } = last;
  const before = sentence.words.findLast((word) => word.to <= day.from)?.text.split("'")[0];
  const on = before !== undefined && UNTIL.has(before) ? day.on.add({ days: 1 }) : day.on;
  return {
    from: sentence.from,
    to: sentence.to,
    quote: text.slice(sentence.from, sentence.to),
    facts: {
      parts: [{ on, amount: null }],
      isUncertain: day.isUncertain,
      references: [],
      reason: null,
      address: addressIn(text.slice(0, 20_000)),
    },
  };
}
