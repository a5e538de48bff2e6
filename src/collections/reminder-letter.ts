// A reminder as plain facts, read in the moment it is written: who writes to whom about what, on which day. Nothing in it
// depends on a clock or a database, so the same facts always make the same letter.

import { bankOf } from '#banking/pay-account.ts';
import { isMailAddress } from '#carriers/mail-message.ts';
import { channelsOf, type Reach, wayBy } from '#delivery/preference.ts';
import { addDays, dayIn, daysBetween, type Instant, type PlainDate } from '#kernel/calendar.ts';
import { REMINDER_ATTACHMENTS_MAX } from '#kernel/limits.ts';
import type { Company } from '#parties/company.ts';
import { type Customer, reminderContact } from '#parties/customer.ts';
import type { ChasedItem } from '#policies/reminder.ts';
import { chooseDocumentLanguage, type DocumentLanguage } from '#printing/language.ts';
import type { WrittenTemplate } from '#wording/message-template.ts';
import { REMINDER_PHASES, type ReminderPhase } from '#wording/reminder-phrases.ts';
import type { MessageFacts, ReminderItem } from '#wording/template.ts';

/** The templates a step of a cadence can use. */
export const REMINDER_TEMPLATES: readonly ReminderPhase[] = REMINDER_PHASES;

/** Who a reminder goes to and how, by name where we know it, and in which language. */
export type Reader = {
  readonly channel: ReminderChannel;
  /** A mail address, or the lines of a postal one with commas between. */
  readonly recipient: string;
  readonly name: string | undefined;
  readonly language: DocumentLanguage;
};

/** The ways a reminder can go. */
export const REMINDER_CHANNELS = ['email', 'post'] as const;
export type ReminderChannel = (typeof REMINDER_CHANNELS)[number];

/** What a letter has to know of an item. */
export type LetterItem = Pick<
  ChasedItem,
  'id' | 'documentId' | 'reference' | 'issuedOn' | 'dueOn' | 'amount' | 'open'
>;

export type ReminderLetter = {
  readonly day: PlainDate;
  /** With the account that all of the items go to; with none where their currencies go to several. */
  readonly company: Company;
  /** With the account it is usually paid to. */
  readonly usualCompany: Company;
  readonly customer: Customer;
  readonly reader: Reader;
  readonly template: ReminderPhase;
  /** The words it is said with. */
  readonly words: WrittenTemplate;
  /** The oldest first. */
  readonly items: readonly LetterItem[];
};

/** Whom a reminder goes to by one way: nobody, where there is no contact with an open mail address, or no postal address. */
export function readerBy(channel: ReminderChannel, reach: Reach, company: Company): Reader | undefined {
  const { customer, contacts, suppressed } = reach;
  if (channel === 'post') {
    const way = wayBy('post', reach);
    const language = chooseDocumentLanguage([customer.language, company.language]);
    return way && { channel, recipient: way.recipient, name: undefined, language };
  }
  const contact = reminderContact(
    contacts.filter(
      ({ email }) => email !== null && isMailAddress(email) && !suppressed.has(email.toLowerCase()),
    ),
  );
  if (!contact) return undefined;
  const language = chooseDocumentLanguage([contact.language, customer.language, company.language]);
  return { channel, recipient: contact.email, name: contact.name, language };
}

/**
 * Whom reminders of a company to a customer go to: by the first of its ways that can be gone. Of ways that reminders do not go
 * by (a network of e-invoices, short notices) none is left, and they go by mail.
 */
export function readerOf(reach: Reach, company: Company): Reader | undefined {
  const wanted = channelsOf(reach).filter((channel) => channel === 'email' || channel === 'post');
  const channels: readonly ReminderChannel[] = wanted.length > 0 ? wanted : ['email'];
  for (const channel of channels) {
    const reader = readerBy(channel, reach, company);
    if (reader) return reader;
  }
  return undefined;
}

/**
 * The day a letter is written for: the day of the run, moved on by the days the message waited to be sent. So a letter that
 * waited over a weekend counts days late on Monday, and one of a run for a past day counts them on that day.
 */
export function letterDay(
  run: { readonly on: PlainDate; readonly at: Instant },
  now: Instant,
  timeZone: string,
): PlainDate {
  return addDays(run.on, Math.max(0, daysBetween(dayIn(timeZone, run.at), dayIn(timeZone, now))));
}

/**
 * The template to use: the one the step names, unless it would say what is no longer so, because the step was said late or
 * the message waited: nothing that is late is announced, or said to be due today.
 */
export function templateFor(
  named: string,
  items: readonly Pick<ChasedItem, 'dueOn'>[],
  day: PlainDate,
): ReminderPhase {
  const template = REMINDER_TEMPLATES.find((t) => t === named) ?? 'first_reminder';
  const daysLate = items.reduce((most, item) => Math.max(most, daysBetween(item.dueOn, day)), -Infinity);
  if (template !== 'upcoming' && template !== 'due_today') return template;
  if (daysLate > 0) return 'first_reminder';
  return daysLate === 0 ? 'due_today' : template;
}

/** The facts of a letter as templates know them. With one item its number is what to quote when paying, else the customer's. */
export function messageFactsOf(letter: ReminderLetter, attachmentCount: number): MessageFacts {
  const { company, customer, items, reader } = letter;
  const known = <T>(value: T | null): T | undefined => value ?? undefined;
  const bank = bankOf(company);
  return {
    today: letter.day,
    company: {
      name: company.name,
      email: known(company.email),
      phone: known(company.phone),
      ...(bank ? { bank } : {}),
    },
    customer: { name: customer.name, number: customer.number },
    contactName: reader.name,
    paymentReference: items.length === 1 ? items[0]?.reference : customer.number,
    attachmentCount,
  };
}

/** The items of a letter as templates know them. */
export function itemFactsOf(items: readonly LetterItem[]): readonly ReminderItem[] {
  return items.map(({ reference, issuedOn, dueOn, amount, open }) => ({
    number: reference,
    issuedOn,
    dueOn,
    amount,
    open,
  }));
}

/** A document that goes with a letter, and what its file is called. */
export type AttachedDocument = { readonly documentId: string; readonly fileName: string };

/** The documents that go with a letter: each once, the oldest first, so many as a mail can carry. */
export function attachedTo(
  items: readonly Pick<LetterItem, 'documentId' | 'reference'>[],
): readonly AttachedDocument[] {
  const names = new Map(
    items.map(({ documentId, reference }) => [
      documentId,
      `${reference.replace(/[^\p{L}\p{N}._-]+/gu, '_')}.pdf`,
    ]),
  );
  return [...names]
    .slice(0, REMINDER_ATTACHMENTS_MAX)
    .map(([documentId, fileName]) => ({ documentId, fileName }));
}

/** The foot of a letter: where the company is and how it is registered; one line each. */
export function footerOf(company: Company): readonly string[] {
  const town = [company.postalCode, company.city].filter((part) => part !== null).join(' ');
  const lines = [company.street, town, company.taxId, company.registrationNo];
  return lines.filter((line): line is string => line !== null && line !== '');
}
