// Where the content of reminders comes from: what is left to say in the moment of sending, its words, and the invoices that
// go with it. Delivery asks for these; it knows nothing of reminders.

import { paidInAll } from '#banking/pay-account.ts';
import { readPayAccounts } from '#banking/read-pay-accounts.ts';
import { type RemindedPhase, readReminderFee, recordReminderFee } from '#charges/record-reminder-fee.ts';
import type { Act } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import type { MessageSource, Reading, ReadMore, Written } from '#delivery/begin-sending.ts';
import type { Message } from '#delivery/message.ts';
import { present } from '#kernel/assert.ts';
import { type Instant, later } from '#kernel/calendar.ts';
import type { Money } from '#kernel/money.ts';
import { takeCompany, takeCustomer } from '#parties/take-party.ts';
import type { Step } from '#policies/cadence.ts';
import { planRulesOf } from '#policies/policy.ts';
import { readRates } from '#policies/read-accounts.ts';
import { type ChasedItem, leadOf, type Review, reviewClaims } from '#policies/reminder.ts';
import { readPolicyOf } from '#policies/take-policies.ts';
import { LANGUAGE_DEFAULT } from '#printing/language.ts';
import { mailPage } from '#wording/mail-layout.ts';
import { readTemplate } from '#wording/read-template.ts';
import { renderTemplate } from '#wording/render-template.ts';
import { reminderVariables } from '#wording/template.ts';
import { drawInvoices } from './draw-invoices.ts';
import { drawReminderLetter } from './draw-letter.ts';
import { holdsOn, readReminderReach } from './plan-reminders.ts';
import { readSituations } from './read-situations.ts';
import {
  footerOf,
  itemFactsOf,
  letterDay,
  messageFactsOf,
  type ReminderLetter,
  readerBy,
  templateFor,
} from './reminder-letter.ts';
import {
  deleteClaims,
  findClaims,
  insertLeftOut,
  lockCustomer,
  type SaidStep,
  updateSaidAmounts,
} from './store.ts';

/** A reminder as read in the moment of sending: the letter, if anything is left to say, and what it says or leaves out. */
export type ReminderContent = {
  readonly letter: ReminderLetter | undefined;
  readonly review: Review;
  readonly claims: readonly SaidStep[];
  /** What the terms for late payment ask for the reminder itself. */
  readonly fee: ReminderFee | undefined;
};

type ReminderFee = { readonly reminded: RemindedPhase; readonly amount: Money };

/** Reads what is left to say of a queued reminder, and locks the items it is about. */
async function read(tx: Tx, message: Message, now: Instant): Promise<Reading<ReminderContent>> {
  await lockCustomer(tx, message.customerId);
  const [claims, company, customer, reaches] = await Promise.all([
    findClaims(tx, message.id, 'lock'),
    takeCompany(tx, message.companyId),
    takeCustomer(tx, message.customerId),
    readReminderReach(tx, message.companyId, [message.customerId]),
  ]);
  const day = letterDay({ on: message.runOn, at: message.createdAt }, now, company.timeZone);
  const dueUpTo = claims.map((claim) => claim.dueOn).reduce(later, day);
  const realOn = holdsOn(company, day, now);
  const [situations, policy] = await Promise.all([
    readSituations(tx, company.id, [customer.id], {
      on: realOn,
      dueUpTo,
      sending: { messageId: message.id, runOn: message.runOn },
    }),
    readPolicyOf(tx, claims[0]?.policyId),
  ]);
  const situation = present(situations.get(customer.id), 'a customer that was asked for has a situation');
  const reach = present(reaches.get(customer.id), 'a customer that was taken can be asked for its ways');
  const reader = readerBy(message.channel === 'post' ? 'post' : 'email', reach, company);
  const currencies = situation.items.map((item) => item.open.currency);
  const rates = await readRates(tx, currencies, [policy], day);
  const when = { on: day, realOn, recipient: reader?.recipient, rates };
  const review = reviewClaims(claims, situation, planRulesOf(policy), when);
  const lead = leadOf(review.items.map(({ step }) => step));
  const items = review.items.map(({ item }) => item);
  const fee = await feeOf(tx, message, lead, items);
  const letter: ReminderLetter | undefined =
    lead && reader && (await letterOf(tx, { day, company, customer, reader, items }, lead.template));
  return {
    recipient: reader?.recipient,
    language: reader?.language ?? LANGUAGE_DEFAULT,
    content: { letter, review, claims, fee },
    silent: letter ? undefined : reader ? 'nothing_left_to_say' : 'no_email',
  };
}

/** The letter about items, with the words its company has for what is so on that day, in the language of the reader. */
export async function letterOf(
  tx: Tx,
  about: Omit<ReminderLetter, 'template' | 'words' | 'usualCompany'>,
  named: string,
): Promise<ReminderLetter> {
  const template = templateFor(named, about.items, about.day);
  const [words, accounts] = await Promise.all([
    readTemplate(tx, about.company.id, template, about.reader.language),
    readPayAccounts(tx, [about.company.id]),
  ]);
  const currencies = about.items.map((item) => item.open.currency);
  const company = paidInAll(about.company, accounts, currencies);
  return { ...about, company, usualCompany: about.company, template, words };
}

/** The fee of a reminder by its phase, under the terms of the latest item it speaks about. */
async function feeOf(
  tx: Tx,
  message: Message,
  lead: Step | undefined,
  items: readonly ChasedItem[],
): Promise<ReminderFee | undefined> {
  const [first] = items;
  if (!lead || !first) return undefined;
  const { companyId, customerId } = message;
  const issuedOn = items.map((item) => item.issuedOn).reduce(later, first.issuedOn);
  const reminded = { companyId, customerId, phase: lead.phase, issuedOn };
  const amount = await readReminderFee(tx, reminded);
  return amount && { reminded, amount };
}

/** Notes what was said and what was left out. What was surely not said is given back, so that a later run may say it. */
function save(act: Act, message: Message, content: ReminderContent, perhapsSaid: boolean): void {
  const { review, claims } = content;
  const claimOf = new Map(claims.map((claim) => [claim.itemId, claim]));
  const left = review.leftOut.map(({ itemId, openMinor, reason }) => ({
    ...present(claimOf.get(itemId), 'what is left out was claimed'),
    openMinor,
    reason,
  }));
  insertLeftOut(act, { messageId: message.id, runOn: message.runOn }, left);
  if (!perhapsSaid)
    deleteClaims(
      act,
      message.id,
      left.map((l) => l.itemId),
    );
  const { letter, fee } = content;
  if (letter && fee)
    recordReminderFee(act, { ...fee.reminded, messageId: message.id, on: letter.day }, fee.amount);
  updateSaidAmounts(
    act,
    message.id,
    review.items.map(({ item }) => item),
  );
}

/** The words of a letter, in its language. Refuses: `template_not_rendered`. */
export function wordsOf(letter: ReminderLetter, attachmentCount: number) {
  const { language } = letter.reader;
  const facts = messageFactsOf(letter, attachmentCount);
  const template = { ...letter.words, subject: letter.words.subject ?? letter.company.name };
  const words = renderTemplate(template, reminderVariables(facts, itemFactsOf(letter.items)), language);
  const frame = {
    language,
    title: words.subject,
    companyName: letter.company.name,
    footerLines: footerOf(letter.company),
  };
  // Words of one's own without HTML are a mail of plain text.
  const html = words.html === undefined ? {} : { html: mailPage(words.html, frame) };
  return { subject: words.subject, text: words.text, ...html };
}

/** The reminders' own way to say what a message says. */
export const reminderSource: MessageSource<ReminderContent> = {
  purpose: 'reminder',
  read,
  async write(content, more: ReadMore): Promise<Written> {
    const letter = present(content.letter, 'what is written has something to say');
    const attachments = await drawInvoices(letter, more);
    return {
      sender: { name: letter.company.name, address: letter.company.email },
      recipientName: letter.reader.name,
      ...wordsOf(letter, attachments.length),
      attachments,
    };
  },
  pack(content, more) {
    return drawReminderLetter(present(content.letter, 'what is written has something to say'), more);
  },
  save,
};
