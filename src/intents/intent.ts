// What a customer may want to say in a mail, and what is proposed to a person because of it. A proposal changes nothing.

import type { PlainDate } from '#kernel/calendar.ts';
import type { Money } from '#kernel/money.ts';
import type { Span } from './new-words.ts';

/**
 * `promise`: will pay. `dispute`: will not, because something is wrong. `paid_already`: has paid. `remittance`: says what a
 * payment is for. `copy_request`: wants a document again. `contact_change`: write to somebody else. `insolvency`: can pay
 * nobody. `stop`: wants no more such mail.
 */
export const INTENTS = [
  'promise',
  'dispute',
  'paid_already',
  'remittance',
  'copy_request',
  'contact_change',
  'insolvency',
  'stop',
] as const;
export type Intent = (typeof INTENTS)[number];

/** What a sentence says beside its intent; only what was found. */
export type Facts = {
  /** Amounts by days: several are instalments. A day is missing where none was named. */
  readonly parts: readonly { readonly on: PlainDate | null; readonly amount: Money | null }[];
  /** Whether a day or an amount in it can be read in two ways. */
  readonly isUncertain: boolean;
  /** Words that may be numbers of documents, as written. */
  readonly references: readonly string[];
  /** A reason of a dispute, by its code. */
  readonly reason: string | null;
  /** A mail address that is named. */
  readonly address: string | null;
};

/** One thing a mail seems to say, with the words that say it. */
export type Proposal = Span & {
  readonly intent: Intent;
  /** Exactly what stands in the text from `from` to `to`. */
  readonly quote: string;
  /** Between 0 and 1: of proposals with such a value about so many are right. */
  readonly confidence: number;
  readonly facts: Facts;
};
