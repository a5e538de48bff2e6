// An answer in a conversation: its subject, whom it goes to, what goes with it. Pure.

import type { PlainDate } from '#kernel/calendar.ts';

/** What goes with an answer. */
export type Enclosed = {
  /** Copies of these go with it. */
  readonly invoiceIds: readonly string[];
  /** A statement of what was open on that day goes with it. */
  readonly statementOn: PlainDate | null;
};

const ANSWERED = /^\s*(?:re|aw|sv|antw|r|ré|odp)(?:\[\d+\])?\s*:/i;
const SUBJECT_CHARACTERS_MAX = 500;

/** The subject of an answer: that of the mail with `Re:` before it, once. */
export function answerSubject(subject: string): string {
  const own = subject.replace(/\s+/g, ' ').trim();
  if (own === '') return 'Re: your mail';
  return (ANSWERED.test(own) ? own : `Re: ${own}`).slice(0, SUBJECT_CHARACTERS_MAX);
}

/** Mails that are named by an answer, so that mail programs show it where it belongs; headers get too long with more. */
export const FOLLOWED_MAX = 20;
/** Copies of invoices that go with one answer. */
export const ENCLOSED_MAX = 20;
