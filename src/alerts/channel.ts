// What a channel of a chat service is told, and how. Pure.

import type { Alert, AlertKind } from './alert.ts';
import { type AlertPages, alertMail } from './alert-mail.ts';

/** What concerns nobody alone: only that is told to a channel. */
export const CHANNEL_KINDS = [
  'breach',
  'certificate_ending',
  'task_escalated',
  'task_nobodys',
] as const satisfies readonly AlertKind[];
export type ChannelKind = (typeof CHANNEL_KINDS)[number];

/** What came of posting: `later` is tried again by the next run, `refused` after an hour or once the channel is changed. */
export const POST_OUTCOMES = ['sent', 'later', 'refused'] as const;
export type PostOutcome = (typeof POST_OUTCOMES)[number];

/** Lines of one post; the rest is a number. */
const LINES_MAX = 15;

/**
 * Words as a chat service shows them and does not obey them: what stands between angle brackets or after an at sign would call
 * people together, and names of customers are not ours to choose.
 */
export function harmless(words: string): string {
  return words.replaceAll('<', '‹').replaceAll('>', '›').replaceAll('@', '@\u200b');
}

/** What a channel is told of alerts: their number by kind, the first of them, and where to look. */
export function channelText(alerts: readonly Alert[], pages: AlertPages): string {
  const { subject } = alertMail('', alerts, pages);
  const lines = alerts.slice(0, LINES_MAX).map(({ line }) => `• ${harmless(line)}`);
  const more = alerts.length > LINES_MAX ? [`and ${alerts.length - LINES_MAX} more`] : [];
  const isOfTasks = alerts.some(({ kind }) => kind === 'task_escalated' || kind === 'task_nobodys');
  const page = isOfTasks ? pages.tasks : alerts[0]?.kind === 'breach' ? pages.breaches : pages.certificates;
  return [subject, ...lines, ...more, ...(page ? [page] : [])].join('\n');
}

/** What the signature of a post is made over: the moment it was made, in seconds, and its body. */
export function signedPart(seconds: number, body: string): string {
  return `${seconds}.${body}`;
}

/** What an answer of a chat service means. */
export function outcomeOf(status: number): PostOutcome {
  if (status >= 200 && status < 300) return 'sent';
  // "Too often" and "took too long" are about the moment.
  return status >= 400 && status < 500 && status !== 408 && status !== 429 ? 'refused' : 'later';
}
