// A reminder as plain facts, read in the moment it is written: who writes to whom about what, on which day. Nothing in it
// depends on a clock or a database, so the same facts always make the same letter.

import { bankOf } from '#banking/pay-account.ts';
import { isMailAddress } from '#carriers/mail-message.ts';
import type { Message } from '#delivery/message.ts';
import { optOutWordOf } from '#delivery/opt-out-word.ts';
import { channelsOf, type Reach, wayBy } from '#delivery/preference.ts';
import { addDays, dayIn, daysBetween, type Instant, type PlainDate } from '#kernel/calendar.ts';
import { REMINDER_ATTACHMENTS_MAX } from '#kernel/limits.ts';
import type { Company } from '#parties/company.ts';
import { type ContactRole, type Customer, reminderContact } from '#parties/customer.ts';
import {
  STEP_CHANNELS,
  type StepAttachment,
  type StepSender,
  type StepWay,
  USUAL_ATTACHMENTS,
  USUAL_WAY,
} from '#policies/cadence.ts';
import type { ChasedItem } from '#policies/reminder.ts';
import { chooseDocumentLanguage, type DocumentLanguage } from '#printing/language.ts';
import type { WrittenTemplate } from '#wording/message-template.ts';
import { REMINDER_PHASES, type ReminderPhase } from '#wording/reminder-phrases.ts';
import type {
  MessageFacts,
  PenaltyFacts,
  ReminderCost,
  ReminderItem,
  ToldBesides,
} from '#wording/template.ts';

/** The templates a step of a cadence can use. */
export const REMINDER_TEMPLATES: readonly ReminderPhase[] = REMINDER_PHASES;

/** Who a reminder goes to and how, by name where we know it, and in which language. */
export type Reader = {
  readonly channel: ReminderChannel;
  /** A mail address, or the lines of a postal one with commas between. */
  readonly recipient: string;
  readonly name: string | undefined;
  readonly language: DocumentLanguage;
  /** The word that stops text messages, where they name it. */
  readonly optOut?: string | undefined;
};

/** The ways a reminder can go: by text message only where a step says so. */
export const REMINDER_CHANNELS = STEP_CHANNELS;
export type ReminderChannel = (typeof REMINDER_CHANNELS)[number];

/** The way of a message that was made for a reminder. */
export function reminderChannelOf({ channel }: Pick<Message, 'channel'>): ReminderChannel {
  return REMINDER_CHANNELS.find((one) => one === channel) ?? 'email';
}

/** What a letter has to know of an item. */
export type LetterItem = Pick<
  ChasedItem,
  'id' | 'documentId' | 'reference' | 'issuedOn' | 'dueOn' | 'amount' | 'open' | 'disputed'
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
  /** Who speaks, where it is not the company as such. */
  readonly sender: StepSender | null;
  /** What late payment has cost by that day, where the step tells it. */
  readonly costs?: readonly ReminderCost[] | undefined;
  /** What late payment brings by the terms, where the step tells it. */
  readonly penalties?: PenaltyFacts | undefined;
  /** What goes with it by mail; left out, the invoices. */
  readonly attaches?: readonly StepAttachment[] | undefined;
  /** The words it is said with. */
  readonly words: WrittenTemplate;
  /** The words for paper; in a language that is left out, those in force. */
  readonly paperWords?: PaperWords | undefined;
  /** The oldest first. */
  readonly items: readonly LetterItem[];
};

/** Words for paper, by the languages a letter is printed in. */
export type PaperWords = Readonly<Partial<Record<DocumentLanguage, WrittenTemplate>>>;

/** What a letter says, as far as a change of it makes what was written wrong: on paper stand no words of mails. */
export function saidIn(letter: ReminderLetter | undefined): Partial<ReminderLetter> | undefined {
  if (letter?.reader.channel !== 'post') return letter;
  const { words: _, ...said } = letter;
  return said;
}

/**
 * Whom a reminder goes to by one way: nobody, where there is no contact with an open mail address, no
 * postal address or no number for text messages.
 */
export function readerBy(
  channel: ReminderChannel,
  reach: Reach,
  company: Company,
  role?: ContactRole | null,
): Reader | undefined {
  const { customer, contacts, suppressed } = reach;
  if (channel === 'post') {
    const way = wayBy('post', reach);
    const language = chooseDocumentLanguage([customer.language, company.language]);
    return way && { channel, recipient: way.recipient, name: undefined, language };
  }
  if (channel === 'sms') {
    const way = wayBy('sms', reach);
    if (!way) return undefined;
    const language = chooseDocumentLanguage([customer.language, company.language]);
    const optOut = optOutWordOf(way.recipient, reach.setting);
    return { channel, recipient: way.recipient, name: undefined, language, optOut };
  }
  const contact = reminderContact(
    contacts.filter(
      ({ email }) => email !== null && isMailAddress(email) && !suppressed.has(email.toLowerCase()),
    ),
    role,
  );
  if (!contact) return undefined;
  const language = chooseDocumentLanguage([contact.language, customer.language, company.language]);
  return { channel, recipient: contact.email, name: contact.name, language };
}

/**
 * Whom reminders of a company to a customer go to: by the first of its ways that can be gone. Of ways that reminders do
 * not go by of themselves (a network of e-invoices, text messages) none is left, and they go by mail. A step that names
 * its way goes by it alone.
 */
export function readerOf(
  reach: Reach,
  company: Company,
  way: Pick<StepWay, 'channel' | 'recipient'> = USUAL_WAY,
): Reader | undefined {
  if (way.channel !== null) return readerBy(way.channel, reach, company, way.recipient);
  const wanted = channelsOf(reach).filter((channel) => channel === 'email' || channel === 'post');
  const channels: readonly ReminderChannel[] = wanted.length > 0 ? wanted : ['email'];
  for (const channel of channels) {
    const reader = readerBy(channel, reach, company, way.recipient);
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
    optOut: reader.optOut,
  };
}

/** The items of a letter as templates know them. */
export function itemFactsOf(items: readonly LetterItem[]): readonly ReminderItem[] {
  return items.map(({ reference, issuedOn, dueOn, amount, open, disputed }) => ({
    number: reference,
    issuedOn,
    dueOn,
    amount,
    open,
    disputed,
  }));
}

/** A document that goes with a letter, and what its file is called. */
export type AttachedDocument = { readonly documentId: string; readonly fileName: string };

/** Whether something goes with a letter by mail. */
export function carries(
  { attaches = USUAL_ATTACHMENTS }: Pick<ReminderLetter, 'attaches'>,
  what: StepAttachment,
): boolean {
  return attaches.includes(what);
}

/** What a letter tells besides its items, as templates know it. */
export function toldBesides(letter: ReminderLetter): ToldBesides {
  const { costs, penalties, day } = letter;
  const isMail = letter.reader.channel === 'email';
  return { costs, penalties, statementOn: isMail && carries(letter, 'statement') ? day : undefined };
}

/** The names of the files that go with a letter by mail, where all of them can. */
export function attachmentNames(letter: ReminderLetter): readonly string[] {
  return [
    ...(carries(letter, 'statement') ? [`statement-${letter.customer.number}-${letter.day}.pdf`] : []),
    ...(carries(letter, 'invoices') ? attachedTo(letter.items).map(({ fileName }) => fileName) : []),
  ];
}

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
