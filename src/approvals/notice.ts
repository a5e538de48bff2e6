// Telling people by mail that something waits for them: one mail about all of it, nothing twice, and a last word before it
// lapses.

import type { Instant } from '#kernel/calendar.ts';

/** `each`: soon after something comes to wait for one. `daily`: once a day what is new. `off`: never. */
export const NOTICE_MODES = ['each', 'daily', 'off'] as const;
export type NoticeMode = (typeof NOTICE_MODES)[number];

/** How people are told who never said how they want it. */
export const NOTICE_MODE_DEFAULT: NoticeMode = 'each';

/** What a mail says of a request: that it waits, or that it lapses soon. */
export type NoticeAbout = 'waits' | 'expires';

/** Hours before a request lapses within which those who could still decide, and who asked, are told. */
export const EXPIRES_SOON_HOURS = 24;

/** A request as it concerns one person. */
export type Concern = {
  readonly approvalId: string;
  readonly version: number;
  readonly expiresAt: Instant;
  /** Whether they could decide it now; who asked only hears that it lapses. */
  readonly mayDecide: boolean;
  /** What they were told about this version before. */
  readonly told: readonly NoticeAbout[];
};

export type Notice = Pick<Concern, 'approvalId' | 'version'> & { readonly about: NoticeAbout };

/**
 * What one person is told now. That something lapses soon is told at once to those who want one mail a day too; a request that
 * lapses soon and is new is told as that alone.
 */
export function noticesFor(
  mode: NoticeMode,
  concerns: readonly Concern[],
  when: { readonly now: Instant; readonly isDailyHour: boolean },
): readonly Notice[] {
  if (mode === 'off') return [];
  const isTimeForNew = mode === 'each' || when.isDailyHour;
  return concerns.flatMap(({ approvalId, version, expiresAt, mayDecide, told }): readonly Notice[] => {
    const minutesLeft = when.now.until(expiresAt).total('minutes');
    if (minutesLeft <= 0) return [];
    if (minutesLeft <= EXPIRES_SOON_HOURS * 60)
      return told.includes('expires') ? [] : [{ approvalId, version, about: 'expires' }];
    const isNew = mayDecide && told.length === 0;
    return isNew && isTimeForNew ? [{ approvalId, version, about: 'waits' }] : [];
  });
}

/** A request in the words of a mail. */
export type ToldRequest = {
  readonly approvalId: string;
  readonly about: NoticeAbout;
  readonly mayDecide: boolean;
  readonly title: string;
  readonly amount: string;
  readonly labels: readonly string[];
  readonly requestedBy: string;
  readonly reason: string;
  readonly expiresAt: string;
};

/** Documents of one request named in a mail; the rest is a number. */
const LABELS_SHOWN = 5;

/** The subject and text of the mail about some requests, those that lapse first on top. `urlOf` gives the page of one. */
export function noticeMail(
  name: string,
  requests: readonly ToldRequest[],
  urlOf: (approvalId: string) => string | undefined,
): { readonly subject: string; readonly text: string } {
  const lapsing = requests.filter((request) => request.about === 'expires');
  const waiting = requests.filter((request) => request.mayDecide);
  const count = `${waiting.length} ${waiting.length === 1 ? 'decision waits' : 'decisions wait'} for you`;
  const subject =
    waiting.length === 0
      ? 'What you asked for lapses soon'
      : lapsing.length === 0
        ? count
        : `${count}, ${lapsing.length} ${lapsing.length === 1 ? 'lapses' : 'lapse'} soon`;
  const ordered = requests.toSorted((a, b) => (a.expiresAt < b.expiresAt ? -1 : 1));
  const blocks = ordered.map((request) => {
    const more = request.labels.length - LABELS_SHOWN;
    const documents =
      request.labels.slice(0, LABELS_SHOWN).join(', ') + (more > 0 ? ` and ${more} more` : '');
    const until = `${request.expiresAt.slice(0, 16).replace('T', ' ')} UTC`;
    const url = urlOf(request.approvalId);
    return [
      `${request.title}: ${request.amount} (${documents})`,
      `  asked by ${request.requestedBy}: ${request.reason}`,
      `  ${request.about === 'expires' ? 'LAPSES SOON, at' : 'waits until'} ${until}`,
      ...(url === undefined ? [] : [`  ${url}`]),
    ].join('\n');
  });
  const after =
    'You find all that waits for you under Approvals. How often you are told is set under Settings, Your account.';
  return { subject, text: [`Hello ${name},`, ...blocks, after].join('\n\n') };
}
