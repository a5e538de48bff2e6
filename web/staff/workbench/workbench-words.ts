// The keys of the workbench, and finding in a text what the machine recognised.

export const KEYS: readonly (readonly [keys: string, does: string])[] = [
  ['j k', 'Next receipt, the one before'],
  ['1 … 9', 'Take a suggestion'],
  ['↑ ↓', 'Go through the items'],
  ['Space', 'Choose an item, or not'],
  ['s', 'Split: type an amount for the item (Esc leaves the field)'],
  ['a', 'Apply what is chosen and go on'],
  ['d', 'What an item is short by becomes a deduction'],
  [
    'w',
    'What an item is short by is dropped: as what it is, as the other (small difference, bank charge), not at all',
  ],
  ['x', 'What an item is short by is written off: as what, and why'],
  ['o', 'Leave it on account'],
  ['m', 'Move it to another customer'],
  ['t', 'It is theirs: move it to the customer of the first suggestion'],
  ['c', 'Use it for an item of another company, where both allow it'],
  ['q', 'Ask a colleague'],
  ['y', 'Remember what was just learnt of the payer'],
  ['u', 'Undo the last step'],
  ['b', 'Back to the receipt that was not applied'],
  ['/', 'Show the items of another customer too'],
  ['?', 'These keys'],
];

/** A text in pieces; those are marked that are one of the numbers, however it is spaced or punctuated. */
export function piecesOf(
  text: string,
  numbers: readonly string[],
): readonly { readonly at: number; readonly text: string; readonly isKnown: boolean }[] {
  const patterns = numbers.flatMap((number) => {
    const letters = [...number].filter((letter) => /[\p{L}\p{N}]/u.test(letter));
    return letters.length < 3 ? [] : [letters.join('[^\\p{L}\\p{N}]{0,2}')];
  });
  if (patterns.length === 0) return [{ at: 0, text, isKnown: false }];
  const known = new RegExp(`(?<![\\p{L}\\p{N}])(?:${patterns.join('|')})(?![\\p{L}\\p{N}])`, 'giu');
  const pieces: { at: number; text: string; isKnown: boolean }[] = [];
  let from = 0;
  for (const found of text.matchAll(known)) {
    if (found.index > from) pieces.push({ at: from, text: text.slice(from, found.index), isKnown: false });
    pieces.push({ at: found.index, text: found[0], isKnown: true });
    from = found.index + found[0].length;
  }
  if (from < text.length) pieces.push({ at: from, text: text.slice(from), isKnown: false });
  return pieces;
}
