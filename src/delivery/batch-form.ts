// What a batch of letters is made as, and how it lists what is in it. Pure.

import type { JoinedLetter } from './join-letters.ts';

/** One file to print, or an archive of single letters. */
export const BATCH_FORMS = ['pdf', 'zip'] as const;
export type BatchForm = (typeof BATCH_FORMS)[number];

/** A letter of a batch, as it is listed. */
export type ListedLetter = {
  readonly messageId: string;
  readonly about: string;
  readonly to: string;
  /** Of one file to print: where it stands, and how long it is. */
  readonly print: JoinedLetter | null;
};

/** The list that goes with a batch: who gets which, on which pages and how many sheets. */
export function batchList(letters: readonly ListedLetter[]): string {
  const quoted = (value: string | number): string => `"${String(value).replaceAll('"', '""')}"`;
  const rows = letters.map(({ about, to, print }, index) =>
    [
      index + 1,
      about,
      to,
      print?.firstPage ?? '',
      print?.pages ?? '',
      print?.sheets ?? '',
      print?.notPrinted.join(' ') ?? '',
    ]
      .map(quoted)
      .join(','),
  );
  return `\uFEFFletter,about,to,first page,pages,sheets,not printed\r\n${rows.join('\r\n')}\r\n`;
}
