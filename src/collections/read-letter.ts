// What a letter is written from besides the items themselves: the words its company has for them, the accounts its customer pays to,
// and the fee of the reminder.

import { type PayAccount, paidInAll } from '#banking/pay-account.ts';
import { type RemindedPhase, readReminderFees } from '#charges/record-reminder-fee.ts';
import type { Tx } from '#db/transaction.ts';
import type { Message } from '#delivery/message.ts';
import { later } from '#kernel/calendar.ts';
import type { CompanyId } from '#kernel/id.ts';
import { type Money, zero } from '#kernel/money.ts';
import type { Step } from '#policies/cadence.ts';
import type { ChasedItem } from '#policies/reminder.ts';
import { smsKindOf, type TemplateKind } from '#wording/message-template.ts';
import { readOtherTemplate, readTemplate } from '#wording/read-template.ts';
import type { ReminderPhase } from '#wording/reminder-phrases.ts';
import { readPaperWords } from './draw-letter.ts';
import { type ReminderChannel, type ReminderLetter, templateFor } from './reminder-letter.ts';

/** The words of a phase for a way; what stands on paper is read when it is drawn, in each of its languages. */
export function kindOf(phase: ReminderPhase, channel: ReminderChannel): TemplateKind {
  return channel === 'sms' ? smsKindOf(phase) : phase;
}

/** By what a letter is written: the template the step names, and the accounts that its customer pays to. */
type LetterBy = {
  readonly named: string;
  readonly inOtherWords: boolean;
  readonly accounts: readonly PayAccount[];
};

/**
 * The letter about items, with the words its company has for what is so on that day, in the language of the reader; a mail
 * in other words where an experiment says so.
 */
export async function letterOf(
  tx: Tx,
  about: Omit<ReminderLetter, 'template' | 'words' | 'usualCompany'>,
  { named, inOtherWords, accounts }: LetterBy,
): Promise<ReminderLetter> {
  const template = templateFor(named, about.items, about.day);
  const { channel, language } = about.reader;
  const companyId = about.company.id;
  const words =
    inOtherWords && channel === 'email'
      ? await readOtherTemplate(tx, companyId, template, language)
      : await readTemplate(tx, companyId, kindOf(template, channel), language);
  const currencies = about.items.map((item) => item.open.currency);
  const company = paidInAll(about.company, accounts, currencies);
  const letter = { ...about, company, usualCompany: about.company, template, words };
  if (channel !== 'post') return letter;
  return { ...letter, paperWords: await readPaperWords(tx, letter) };
}

/** What the terms for late payment ask for a reminder itself; zero where nothing. */
export type ReminderFee = { readonly reminded: RemindedPhase; readonly amount: Money };

/** What a reminder would be by which its fee is found: who it goes to, the step that leads it, what it speaks about. */
export type Reminding = Pick<Message, 'companyId' | 'customerId'> & {
  readonly lead: Step | undefined;
  readonly items: readonly ChasedItem[];
};

/**
 * The fees of reminders of a company by their phase, each under the terms of the latest item it speaks about, in their order;
 * nothing for one that says nothing.
 */
export async function feesOf(
  tx: Tx,
  companyId: CompanyId,
  all: readonly Reminding[],
): Promise<readonly (ReminderFee | undefined)[]> {
  const asked = all.map(({ customerId, lead, items }) => {
    const [first] = items;
    if (!lead || !first) return undefined;
    const issuedOn = items.map((item) => item.issuedOn).reduce(later, first.issuedOn);
    return { reminded: { companyId, customerId, phase: lead.phase, issuedOn }, in: first.open.currency };
  });
  const saying = asked.filter((one) => one !== undefined);
  const fees = await readReminderFees(
    tx,
    companyId,
    saying.map(({ reminded }) => reminded),
  );
  return asked.map(
    (one) => one && { reminded: one.reminded, amount: fees[saying.indexOf(one)] ?? zero(one.in) },
  );
}
