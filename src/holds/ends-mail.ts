// The mail that says which holds are about to end: the earliest first, some of them named, all of them counted.

/** A hold in the words of a mail. */
export type ToldEnd = {
  readonly holdId: string;
  readonly what: string;
  readonly endsOn: string;
  readonly note: string;
};

/** Holds named in a mail; the rest is a number. */
const NAMED = 20;

/** Subject and text; `url` is the page of holds. */
export function endsMail(
  name: string,
  ends: readonly ToldEnd[],
  url: string | undefined,
): { readonly subject: string; readonly text: string } {
  const count = ends.length === 1 ? '1 hold of yours ends' : `${ends.length} holds of yours end`;
  const ordered = ends.toSorted((a, b) => (a.endsOn < b.endsOn ? -1 : 1));
  const lines = ordered
    .slice(0, NAMED)
    .map(({ what, endsOn, note }) => `${endsOn}: ${what}${note ? ` (${note})` : ''}`);
  const more = ordered.length - lines.length;
  return {
    subject: `${count} soon`,
    text: [
      `Hello ${name},`,
      `${count} soon. After that day reminders go out again by themselves:`,
      [...lines, ...(more > 0 ? [`and ${more} more`] : [])].join('\n'),
      ...(url === undefined ? [] : [url]),
      'Extend a hold while it stands, or let it end. Each end is told once.',
    ].join('\n\n'),
  };
}
