// A conversation with a customer: where a mail belongs, whether it waits for an answer, what may be done. Pure.

import type { CustomerId } from '#kernel/id.ts';
import { matchKey } from '#ledger/match-key.ts';

export const CONVERSATION_STATES = ['open', 'done'] as const;
export type ConversationState = (typeof CONVERSATION_STATES)[number];

/**
 * How a mail found its conversation. `message`: it answers a message of ours. `conversation`: it answers a mail of the
 * conversation. `document`: it names a document of one customer alone. `sender`: its address is that of one customer alone.
 */
export const KNOWN_BY = ['message', 'conversation', 'document', 'sender'] as const;
export type KnownBy = (typeof KNOWN_BY)[number];

/** What is known of a mail from several sides; each may be silent. */
export type Clues = {
  /** The conversation of the mail or message that it answers. */
  readonly conversationId: string | undefined;
  /** The customer of the message that it answers. */
  readonly ofMessage: CustomerId | undefined;
  /** Customers who have a document of a number that it names. */
  readonly ofDocuments: readonly CustomerId[];
  /** Customers who have the address it is from. */
  readonly ofSender: readonly CustomerId[];
};

/** Where a mail belongs. */
export type Place = {
  readonly conversationId: string | undefined;
  readonly customerId: CustomerId | undefined;
  readonly knownBy: KnownBy | null;
};

/**
 * Where a mail belongs. What it answers counts first, then what it names, then who it says it is from; where two customers fit
 * equally, nobody is chosen, and a person says.
 */
export function placeOf(clues: Clues): Place {
  const { conversationId, ofMessage } = clues;
  if (ofMessage) return { conversationId, customerId: ofMessage, knownBy: 'message' };
  if (conversationId) return { conversationId, customerId: undefined, knownBy: 'conversation' };
  const named = [...new Set(clues.ofDocuments)];
  const senders = new Set(clues.ofSender);
  const both = named.filter((id) => senders.has(id));
  const byDocument = both.length === 1 ? both[0] : named.length === 1 ? named[0] : undefined;
  if (byDocument) return { conversationId: undefined, customerId: byDocument, knownBy: 'document' };
  const [sender] = clues.ofSender;
  if (senders.size === 1 && sender && named.length === 0)
    return { conversationId: undefined, customerId: sender, knownBy: 'sender' };
  return { conversationId: undefined, customerId: undefined, knownBy: null };
}

/** Whether a mail goes on in a conversation: not where it answers a message to one customer, and that is another's. */
export function belongsIn({ customerId }: Place, ofConversation: CustomerId | null): boolean {
  return customerId === undefined || ofConversation === null || customerId === ofConversation;
}

const NUMBER = /[\p{L}\p{N}]+(?:[-/._][\p{L}\p{N}]+)*/gu;
const NUMBERS_MAX = 60;

/** Words of a text that may be numbers of documents, as they are compared: with a digit, and four characters at least. */
export function numbersIn(text: string): readonly string[] {
  const words = text.slice(0, 20_000).match(NUMBER) ?? [];
  const keys = words.filter((word) => /\d/.test(word)).map(matchKey);
  return [...new Set(keys.filter((key) => key.length >= 4 && key.length <= 40))].slice(0, NUMBERS_MAX);
}

/** Of some open items those whose numbers a mail names. */
export function namedIn<Item extends { readonly reference: string }>(
  { subject, words }: { readonly subject: string; readonly words: string },
  items: readonly Item[],
): readonly Item[] {
  const numbers = new Set(numbersIn(`${subject} ${words}`));
  return items.filter((item) => numbers.has(matchKey(item.reference)));
}
