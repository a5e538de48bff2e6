// The timeline of a customer in words people use: groups of kinds to choose from, and what stands under each thing that happened.

import type { readCustomerTimeline, TIMELINE_KINDS } from '#reporting/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { dayWords, momentWords } from '../../lib/format.ts';
import { heading, plainWords } from '../../lib/words.ts';
import {
  WAY_WORDS as CALL_WAY_WORDS,
  DIRECTION_WORDS,
  OUTCOME_WORDS,
  VISIT_WORDS,
} from '../calls/call-words.ts';
import { CHANNEL_WORDS } from '../delivery/channel-words.ts';
import { INTENT_WORDS } from '../inbox/intent-words.ts';
import { documentPath } from '../ledger/document-path.ts';
import { WAY_WORDS as PROMISE_WAY_WORDS } from '../promises/promise-words.ts';

export type Happening = Reply<typeof readCustomerTimeline>['rows'][number];
type Kind = (typeof TIMELINE_KINDS)[number];

/** Groups to choose from. The first is everything. */
export const GROUPS: readonly {
  readonly value: string;
  readonly label: string;
  readonly kinds: readonly Kind[];
}[] = [
  { value: '', label: 'Everything', kinds: [] },
  { value: 'contacts', label: 'Contacts', kinds: ['message', 'mail', 'call'] },
  {
    value: 'money',
    label: 'Invoices and money',
    kinds: ['invoice', 'credit_note', 'payment', 'application', 'write_off'],
  },
  { value: 'claims', label: 'Promises and disputes', kinds: ['promise', 'dispute', 'hold'] },
  { value: 'escalation', label: 'Escalation', kinds: ['hand_over', 'news'] },
  { value: 'work', label: 'Tasks and notes', kinds: ['task', 'note'] },
  { value: 'changes', label: 'Changes', kinds: ['event'] },
];

/** Where one reads more. */
export function happeningPath(row: Happening, customerId: string): string | undefined {
  switch (row.kind) {
    case 'message':
      return `outbox/${row.subjectId}`;
    case 'mail':
    case 'note':
      return `inbox/${row.subjectId}`;
    case 'call':
      return `customers/${customerId}?tab=calls`;
    case 'promise':
      return `customers/${customerId}?tab=promises`;
    case 'dispute':
      return `disputes/${row.subjectId}`;
    case 'hand_over':
    case 'news':
      return `hand-overs/${row.subjectId}`;
    case 'application':
      return documentPath({ kind: 'invoice', documentId: row.subjectId });
    default:
      return documentPath({ kind: row.kind, documentId: row.subjectId });
  }
}

function said<W extends Readonly<Record<string, string>>>(words: W, key: string | null | undefined): string {
  return key ? (words[key] ?? plainWords(key)) : '';
}

/** What it is: the bold word, and what stands beside it. */
export function titleWords(row: Happening): { readonly what: string; readonly which: string } {
  const { details } = row;
  switch (row.kind) {
    case 'event':
      return { what: heading(row.title), which: '' };
    case 'message':
      return { what: heading(said(CHANNEL_WORDS, details.channel)), which: row.title };
    case 'mail':
      return {
        what: details.mailKind === 'auto_reply' ? 'Automatic answer' : 'Mail from them',
        which: row.title || '(no subject)',
      };
    case 'call':
      return {
        what: details.way === 'visit' ? 'Visit' : 'Call',
        which: said(OUTCOME_WORDS, row.title).toLowerCase(),
      };
    case 'promise':
      return { what: 'Promise', which: '' };
    case 'dispute':
      return { what: heading(details.disputeKind ?? 'dispute'), which: row.title };
    case 'hold':
      return { what: 'Hold', which: plainWords(row.title) };
    case 'hand_over':
      return {
        what: details.route === 'legal' ? 'Handed over to lawyers' : 'Handed over to an agency',
        which: [`number ${row.title}`, details.to].filter(Boolean).join(', '),
      };
    case 'news':
      return { what: heading(row.title), which: details.from ? `said by ${details.from}` : '' };
    case 'task':
      return { what: 'Task', which: plainWords(row.title) };
    case 'note':
      return { what: 'Note', which: details.conversation ? `on “${details.conversation}”` : '' };
    case 'application':
      return {
        what: details.takenBack ? 'Taken back' : 'Settled',
        which: `${row.title} with ${details.credit ?? ''}`,
      };
    case 'payment':
      return { what: details.direction === 'received' ? 'Payment' : 'Paid back', which: row.title };
    default:
      return { what: heading(row.kind), which: row.title };
  }
}

const about = (items: string | null | undefined): string => (items ? `about ${items}` : '');
const on = (word: string, day: string | null | undefined): string => (day ? `${word} ${dayWords(day)}` : '');
/** What the program did by itself, nobody is named for. */
const by = (name: string | null | undefined): string =>
  name && !name.startsWith('system:') ? `by ${name}` : '';

/** Facts in one line. */
export function factWords(row: Happening): string {
  const { details } = row;
  const parts: Readonly<Record<Kind, readonly string[]>> = {
    invoice: [on('due', details.dueOn), on('voided', details.voidedOn)],
    credit_note: [details.reason ?? ''],
    payment: [plainWords(details.method ?? ''), details.reference ?? '', on('came back', details.returnedOn)],
    application: [],
    write_off: [plainWords(details.kind ?? ''), details.reason ?? ''],
    message: [
      details.purpose ? plainWords(details.purpose) : '',
      details.phase && details.phase !== details.purpose ? plainWords(details.phase) : '',
      details.recipient ? `to ${details.recipient}` : '',
      about(details.items),
    ],
    mail: [
      details.sender ?? '',
      ...(details.intents ?? '')
        .split(', ')
        .filter(Boolean)
        .map((intent) => said(INTENT_WORDS, intent).toLowerCase()),
    ],
    call: [
      details.way === 'visit'
        ? said(VISIT_WORDS, details.direction)
        : `${said(CALL_WAY_WORDS, details.way)}, ${said(DIRECTION_WORDS, details.direction)}`,
      details.spokeWith ?? '',
      details.number ?? '',
      on('again', details.nextOn),
      about(details.items),
      by(details.by),
      details.corrected ? `corrected: ${details.corrected}` : '',
    ],
    promise: [
      details.firstOn === details.lastOn
        ? on('for', details.lastOn)
        : `${on('from', details.firstOn)} ${on('to', details.lastOn)}`,
      said(PROMISE_WAY_WORDS, details.way).toLowerCase(),
      details.saidBy ?? '',
      about(row.title),
      by(details.by),
    ],
    dispute: [
      plainWords(details.reason ?? ''),
      details.claimNumber ?? '',
      about(details.items),
      by(details.by),
    ],
    hold: [
      details.reason && details.reason !== row.title ? plainWords(details.reason) : '',
      about(details.items),
      on('until', details.endsOn),
      by(details.placedBy),
    ],
    hand_over: [about(details.items), by(details.by)],
    news: [details.reference ?? '', details.handOver ? `hand-over ${details.handOver}` : ''],
    task: [details.dueAt ? `due ${dayWords(details.dueAt.slice(0, 10))}` : '', by(details.by)],
    note: [by(details.by)],
    event: [by(details.actor)],
  };
  return parts[row.kind].filter(Boolean).join(' · ');
}

/** What was said, word for word. */
export function quotedWords(row: Happening): string | null {
  if (row.kind === 'note') return row.title;
  return (row.kind === 'mail' ? row.details.words : row.details.note) ?? null;
}

/** How it stands now, where that is worth a badge. */
export function stateOf(row: Happening): string | null {
  const { details } = row;
  switch (row.kind) {
    case 'message':
      return details.state ?? null;
    case 'task':
      return details.outcome ?? details.state ?? null;
    case 'dispute':
      return details.outcome ?? 'open';
    case 'promise':
      return details.ended ?? (details.broken ? 'broken' : null);
    case 'hold':
      return details.releasedAt ? 'released' : null;
    default:
      return null;
  }
}

/** When it was, and when we learned it where that is another day. */
export function whenWords(row: Happening): string {
  return `${dayWords(row.on)} · recorded ${momentWords(row.at)}`;
}
