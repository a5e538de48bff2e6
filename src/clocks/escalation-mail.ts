// The mail that says which receipts waited too long: the longest first, some of them named, all of them counted.

/** A receipt in the words of a mail. */
export type ToldReceipt = {
  readonly paymentId: string;
  readonly round: number;
  readonly number: string;
  readonly who: string;
  readonly amount: string;
  /** Whole hours that count. */
  readonly hours: number;
};

/** Receipts named in a mail; the rest is a number. */
const NAMED = 20;

/** Subject and text; `url` is the page of what waits. */
export function escalationMail(
  name: string,
  receipts: readonly ToldReceipt[],
  url: string | undefined,
): { readonly subject: string; readonly text: string } {
  const count = receipts.length === 1 ? '1 receipt waits' : `${receipts.length} receipts wait`;
  const ordered = receipts.toSorted((a, b) => b.hours - a.hours);
  const lines = ordered
    .slice(0, NAMED)
    .map(
      ({ number, who, amount, hours }) =>
        `${number}: ${amount}${who ? ` from ${who}` : ''}, for ${hours} hours`,
    );
  const more = ordered.length - lines.length;
  return {
    subject: `${count} too long to be applied`,
    text: [
      `Hello ${name},`,
      `${count} longer than your company allows:`,
      [...lines, ...(more > 0 ? [`and ${more} more`] : [])].join('\n'),
      ...(url === undefined ? [] : [url]),
      'Each is told once. You find all that waits under Waiting receipts.',
    ].join('\n\n'),
  };
}
