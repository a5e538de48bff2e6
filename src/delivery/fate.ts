// What is learned of a message after it was handed over, and what follows from it: proof that is kept, an address that
// nothing is sent to any more, work for a person. Pure.

import type { Severity } from '#carriers/bounce-severity.ts';
import type { ReportedRecipient, ReturnedMail } from '#carriers/read-returned-mail.ts';
import type { Message, MessagePurpose } from './message.ts';

/**
 * What can be learned. `handed_over`: passed on to where no more is heard of it. `accepted`, `rejected`, `approved`,
 * `paid`: what the customer said of an e-invoice. `viewed`: opened by its link. `opted_out`, `redirect_wished`: its reader
 * stopped such messages, or named another address. `printed`, `posted`, `returned`: what became of a letter. `taken_back`:
 * what was noted before was a mistake.
 */
export const SIGNAL_KINDS = [
  'delivered',
  'delayed',
  'bounced',
  'displayed',
  'auto_reply',
  'complained',
  'posted',
  'handed_over',
  'accepted',
  'rejected',
  'approved',
  'paid',
  'viewed',
  'opted_out',
  'redirect_wished',
  'printed',
  'returned',
  'taken_back',
] as const;
export type SignalKind = (typeof SIGNAL_KINDS)[number];

export type Signal = {
  readonly kind: SignalKind;
  readonly severity: Severity | null;
  readonly address: string | null;
  readonly detail: string;
};

/** Why nothing is sent to an address. */
export const SUPPRESSION_REASONS = ['hard_bounce', 'complaint', 'opt_out', 'by_hand'] as const;
export type SuppressionReason = (typeof SUPPRESSION_REASONS)[number];

export type NewSuppression = {
  readonly address: string;
  /** Null for all purposes. */
  readonly purpose: MessagePurpose | null;
  readonly reason: SuppressionReason;
  readonly detail: string;
};

/**
 * What a person has to look at. `bounced`: came back. `not_taken`: the mail server or service would not have it. `no_way`:
 * there is no way to reach the customer. `complained`: called spam. `rejected`: the customer refused the e-invoice.
 * `opted_out`, `redirect_wished`: a reader stopped reminders or statements, or named another address. `returned`: the post
 * brought a letter back.
 */
export const PROBLEM_KINDS = [
  'bounced',
  'not_taken',
  'no_way',
  'complained',
  'rejected',
  'suppressed',
  'opted_out',
  'redirect_wished',
  'returned',
] as const;
export type ProblemKind = (typeof PROBLEM_KINDS)[number];

export type NewProblem = {
  readonly kind: ProblemKind;
  readonly severity: Severity | null;
  readonly address: string | null;
  readonly detail: string;
};

/** How the message that a mail is about is known; a guess stops no address, since anybody can write a bounce. */
export const KNOWN_BY = ['return_address', 'message_id', 'reader'] as const;
export type KnownBy = (typeof KNOWN_BY)[number];

/** What follows from a mail that came in. */
export type Learned = {
  readonly signals: readonly Signal[];
  readonly suppressions: readonly NewSuppression[];
  readonly problems: readonly NewProblem[];
  /** Whether the message did not arrive where it was meant to, so that another way may be gone. */
  readonly isLost: boolean;
};

const NOTHING: Learned = { signals: [], suppressions: [], problems: [], isLost: false };

type Known = { readonly message: Pick<Message, 'recipient' | 'copies'>; readonly knownBy: KnownBy };

/** What follows from a mail about a message. */
export function learnFrom(mail: ReturnedMail, known: Known): Learned {
  switch (mail.kind) {
    case 'mail':
      return NOTHING;
    case 'auto_reply':
      return { ...NOTHING, signals: [signal('auto_reply', null, mail.subject)] };
    case 'displayed':
      return {
        ...NOTHING,
        signals: [signal('displayed', mail.recipients[0]?.address ?? null, mail.subject)],
      };
    case 'complaint':
      return complaint(mail, known);
    case 'report':
      return mail.recipients.map((reported) => learnOf(reported, known)).reduce(joined, NOTHING);
  }
}

function joined(a: Learned, b: Learned): Learned {
  return {
    signals: [...a.signals, ...b.signals],
    suppressions: [...a.suppressions, ...b.suppressions],
    problems: [...a.problems, ...b.problems],
    isLost: a.isLost || b.isLost,
  };
}

function signal(kind: SignalKind, address: string | null, detail: string): Signal {
  return { kind, severity: null, address, detail };
}

/** A complaint stops all mail to the reader who complained; where that is not said, to the one it went to. */
function complaint(mail: ReturnedMail, known: Known): Learned {
  const reader = readerNamed(mail.recipients[0], known) ?? known.message.recipient.toLowerCase();
  const detail = mail.text.slice(0, 300);
  return {
    signals: [signal('complained', reader, detail)],
    suppressions:
      known.knownBy === 'reader' ? [] : [{ address: reader, purpose: null, reason: 'complaint', detail }],
    problems: [{ kind: 'complained', severity: null, address: reader, detail }],
    isLost: false,
  };
}

/**
 * The reader of the message that a report is about: the one it names; where it names somebody else and the message had one
 * reader, that one, whose mail is passed on.
 */
function readerNamed(reported: ReportedRecipient | undefined, { message }: Known): string | undefined {
  const readers = [message.recipient, ...message.copies].map((address) => address.toLowerCase());
  const named = [reported?.originalAddress, reported?.address].find(
    (a) => a !== undefined && readers.includes(a),
  );
  return named ?? (readers.length === 1 ? readers[0] : undefined);
}

function learnOf(reported: ReportedRecipient, known: Known): Learned {
  const reader = readerNamed(reported, known);
  const address = reader ?? reported.address;
  const detail = [reported.status, reported.diagnostic].filter((part) => part).join(' ');
  if (reported.action === 'delivered') return { ...NOTHING, signals: [signal('delivered', address, detail)] };
  if (reported.action === 'relayed') return { ...NOTHING, signals: [signal('handed_over', address, detail)] };
  if (reported.action === 'delayed') return { ...NOTHING, signals: [signal('delayed', address, detail)] };
  const { severity } = reported;
  const stops = severity === 'hard' && reader !== undefined && known.knownBy !== 'reader';
  return {
    signals: [{ kind: 'bounced', severity, address, detail }],
    suppressions: stops ? [{ address: reader, purpose: null, reason: 'hard_bounce', detail }] : [],
    problems: [{ kind: 'bounced', severity, address, detail }],
    isLost: reader === known.message.recipient.toLowerCase() && known.knownBy !== 'reader',
  };
}
