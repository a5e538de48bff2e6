// Where the content of reminders comes from: what is left to say in the moment of sending, its words, and the invoices that
// go with it. Delivery asks for these; it knows nothing of reminders.

import { paidInAll } from '#banking/pay-account.ts';
import { type RemindedPhase, readReminderFee, recordReminderFee } from '#charges/record-reminder-fee.ts';
import type { Act } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import type { MessageSource, Parcel, Reading, ReadMore, Written } from '#delivery/begin-sending.ts';
import type { Message } from '#delivery/message.ts';
import { readHearsOtherWords } from '#experiments/record-entries.ts';
import { type GateResult, judge } from '#gate/gate.ts';
import { readGateFacts } from '#gate/read-gate.ts';
import { recordGateResult } from '#gate/record-result.ts';
import { present } from '#kernel/assert.ts';
import { type Instant, later } from '#kernel/calendar.ts';
import { SHORT_MESSAGES_MAX } from '#kernel/limits.ts';
import { type Money, zero } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { Company } from '#parties/company.ts';
import type { Customer } from '#parties/customer.ts';
import { takeCompany, takeCustomer } from '#parties/take-party.ts';
import { lastDueSpokenOf, type Step, wayOf } from '#policies/cadence.ts';
import { planRulesOf } from '#policies/policy.ts';
import { readRates } from '#policies/read-accounts.ts';
import { type ChasedItem, leadOf, type Review, reviewClaims } from '#policies/reminder.ts';
import { readPolicyOf } from '#policies/take-policies.ts';
import { LANGUAGE_DEFAULT } from '#printing/language.ts';
import { readAccountsPaidBy } from '#receiving/read-receiving.ts';
import { mailPage } from '#wording/mail-layout.ts';
import { smsKindOf, type TemplateKind } from '#wording/message-template.ts';
import { readOtherTemplate, readTemplate } from '#wording/read-template.ts';
import type { ReminderPhase } from '#wording/reminder-phrases.ts';
import { renderTemplate } from '#wording/render-template.ts';
import { reminderVariables } from '#wording/template.ts';
import { shortMessagesOf, shortText } from '#wording/text-length.ts';
import { drawAttachments } from './draw-attachments.ts';
import { drawReminderLetter, readPaperWords } from './draw-letter.ts';
import { holdsOn, readReminderReach } from './plan-reminders.ts';
import { readBesides } from './read-besides.ts';
import { readSituations } from './read-situations.ts';
import {
  footerOf,
  itemFactsOf,
  letterDay,
  messageFactsOf,
  type Reader,
  type ReminderChannel,
  type ReminderLetter,
  readerBy,
  reminderChannelOf,
  saidIn,
  templateFor,
  toldBesides,
} from './reminder-letter.ts';
import {
  deleteClaims,
  findClaims,
  insertLeftOut,
  lockCustomers,
  type SaidStep,
  updateSaidAmounts,
} from './store.ts';

/** A reminder as read in the moment of sending: the letter, if anything is left to say, and what it says or leaves out. */
export type ReminderContent = {
  readonly letter: ReminderLetter | undefined;
  readonly review: Review;
  readonly claims: readonly SaidStep[];
  /** What the terms for late payment ask for the reminder itself; zero where nothing. */
  readonly fee: ReminderFee | undefined;
  /** What the send gate saw and said. */
  readonly gate: GateResult;
};

type ReminderFee = { readonly reminded: RemindedPhase; readonly amount: Money };

/** Reads what is left to say of a queued reminder, and locks the items it is about. */
async function read(tx: Tx, message: Message, now: Instant): Promise<Reading<ReminderContent>> {
  await lockCustomers(tx, [message.customerId]);
  const [claims, company, customer] = await Promise.all([
    findClaims(tx, message.id, 'lock'),
    takeCompany(tx, message.companyId),
    takeCustomer(tx, message.customerId),
  ]);
  const day = letterDay({ on: message.runOn, at: message.createdAt }, now, company.timeZone);
  const realOn = holdsOn(company, day, now);
  const policy = await readPolicyOf(tx, claims[0]?.policyId);
  const dueUpTo = claims.map((claim) => claim.dueOn).reduce(later, lastDueSpokenOf(policy.steps, day));
  const [reaches, situations] = await Promise.all([
    readReminderReach(tx, company.id, [customer.id], realOn),
    readSituations(tx, company.id, [customer.id], {
      said: message.runOn,
      on: realOn,
      dueUpTo,
      sending: { messageId: message.id, runOn: message.runOn },
    }),
  ]);
  const situation = present(situations.get(customer.id), 'a customer that was asked for has a situation');
  const reach = present(reaches.get(customer.id), 'a customer that was taken can be asked for its ways');
  const channel = reminderChannelOf(message);
  const readerFor = (step: Step | undefined) =>
    readerBy(channel, reach, company, step && wayOf(policy.steps, step).recipient);
  const claimed = readerFor(leadOf(claims.map(({ step }) => step)));
  const currencies = situation.items.map((item) => item.open.currency);
  const rates = await readRates(tx, currencies, [policy], day);
  const when = { on: day, realOn, recipient: claimed?.recipient, rates };
  const reviewed = reviewClaims(claims, situation, planRulesOf(policy), when);
  const { gate, review, lead, reader } = await passGate(tx, message, {
    company,
    customer,
    review: reviewed,
    readerFor: (step) => (step ? readerFor(step) : claimed),
    now,
  });
  const items = review.items.map(({ item }) => item);
  const fee = await feeOf(tx, message, lead, items);
  const about = { day, company, customer, items };
  const letter: ReminderLetter | undefined =
    lead &&
    reader &&
    (await letterOf(
      tx,
      {
        ...about,
        reader,
        ...(await readBesides(tx, about, { policy, lead, fee: fee?.amount })),
      },
      {
        named: lead.template,
        inOtherWords: await readHearsOtherWords(tx, customer.id, { policy, step: lead, on: realOn }),
      },
    ));
  return {
    recipient: reader?.recipient,
    language: reader?.language ?? LANGUAGE_DEFAULT,
    content: { letter, review, claims, fee, gate },
    silent: letter ? undefined : reader ? 'nothing_left_to_say' : 'no_email',
    waits: letter ? gate.waits : undefined,
  };
}

/** What the send gate says of what is left to say, what is left then, and to whom it goes: the gate judges that very address. */
async function passGate(
  tx: Tx,
  message: Message,
  about: {
    readonly company: Company;
    readonly customer: Customer;
    readonly review: Review;
    readonly readerFor: (lead: Step | undefined) => Reader | undefined;
    readonly now: Instant;
  },
) {
  const { company, customer, review: before, readerFor, now } = about;
  const items = before.items.map(({ item }) => item);
  const facts = await readGateFacts(tx, { company, customer, messageId: message.id, items, now });
  const reviewed = { items, leftOut: before.leftOut, channel: message.channel };
  const leadIn = (review: Review) => leadOf(review.items.map(({ step }) => step));
  const judgeFor = (lead: Step | undefined) =>
    judge(facts, { ...reviewed, recipient: readerFor(lead)?.recipient }, now);
  const gate = judgeFor(leadIn(before));
  const review = gate.waits ? before : withoutCovered(before, gate.covered);
  const lead = leadIn(review);
  // What is taken out can be what led the message; another role may then be written to.
  return { gate: review === before ? gate : judgeFor(lead), review, lead, reader: readerFor(lead) };
}

/** What is left to say without items that money which waits could pay. */
function withoutCovered(review: Review, covers: GateResult['covered']): Review {
  const covered = new Set(covers.map(({ itemId }) => itemId));
  if (covered.size === 0) return review;
  const out = review.items.filter(({ item }) => covered.has(item.id));
  return {
    items: review.items.filter(({ item }) => !covered.has(item.id)),
    leftOut: [
      ...review.leftOut,
      ...out.map(({ item, step }) => ({
        itemId: item.id,
        step,
        openMinor: item.open.minor,
        reason: 'money_waits' as const,
      })),
    ],
  };
}

/** The words of a phase for a way; what stands on paper is read when it is drawn, in each of its languages. */
export function kindOf(phase: ReminderPhase, channel: ReminderChannel): TemplateKind {
  return channel === 'sms' ? smsKindOf(phase) : phase;
}

/**
 * The letter about items, with the words its company has for what is so on that day, in the language of the reader; a mail
 * in other words where an experiment says so.
 */
export async function letterOf(
  tx: Tx,
  about: Omit<ReminderLetter, 'template' | 'words' | 'usualCompany'>,
  { named, inOtherWords }: { readonly named: string; readonly inOtherWords: boolean },
): Promise<ReminderLetter> {
  const template = templateFor(named, about.items, about.day);
  const { channel, language } = about.reader;
  const companyId = about.company.id;
  const [words, accounts] = await Promise.all([
    inOtherWords && channel === 'email'
      ? readOtherTemplate(tx, companyId, template, language)
      : readTemplate(tx, companyId, kindOf(template, channel), language),
    readAccountsPaidBy(tx, [about.company], about.customer.id),
  ]);
  const currencies = about.items.map((item) => item.open.currency);
  const company = paidInAll(about.company, accounts, currencies);
  const letter = { ...about, company, usualCompany: about.company, template, words };
  if (channel !== 'post') return letter;
  return { ...letter, paperWords: await readPaperWords(tx, letter) };
}

/** The fee of a reminder by its phase, under the terms of the latest item it speaks about. */
export async function feeOf(
  tx: Tx,
  message: Pick<Message, 'companyId' | 'customerId'>,
  lead: Step | undefined,
  items: readonly ChasedItem[],
): Promise<ReminderFee | undefined> {
  const [first] = items;
  if (!lead || !first) return undefined;
  const { companyId, customerId } = message;
  const issuedOn = items.map((item) => item.issuedOn).reduce(later, first.issuedOn);
  const reminded = { companyId, customerId, phase: lead.phase, issuedOn };
  const amount = (await readReminderFee(tx, reminded)) ?? zero(first.open.currency);
  return { reminded, amount };
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
  const words = renderTemplate(
    template,
    reminderVariables(facts, itemFactsOf(letter.items), toldBesides(letter)),
    language,
  );
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

/** So much of a text message stands in lists, where mails have their subject. */
const SUBJECT_CHARACTERS = 78;

/** What stands for a text message in lists. */
export function subjectOfText(text: string): string {
  return text.slice(0, SUBJECT_CHARACTERS);
}

/** A reminder as a text message. Refuses: `template_not_rendered`. */
export function textOf(letter: ReminderLetter): string {
  const variables = reminderVariables(
    messageFactsOf(letter, 0),
    itemFactsOf(letter.items),
    toldBesides(letter),
  );
  return shortText(renderTemplate({ text: letter.words.text }, variables, letter.reader.language).text);
}

/** The same as it is handed over. Refuses: `template_not_rendered`, `sms_too_long`: real names and numbers made it longer. */
async function textMessageOf(letter: ReminderLetter): Promise<Parcel> {
  const text = textOf(letter);
  const messages = shortMessagesOf(text);
  if (messages > SHORT_MESSAGES_MAX)
    throw new Refusal('sms_too_long', { messages, messagesMax: SHORT_MESSAGES_MAX });
  const file = { name: 'reminder.txt', mediaType: 'text/plain', content: new TextEncoder().encode(text) };
  return { subject: subjectOfText(text), file };
}

/** The reminders' own way to say what a message says. */
export const reminderSource: MessageSource<ReminderContent> = {
  purpose: 'reminder',
  read,
  async write(content, more: ReadMore): Promise<Written> {
    const letter = present(content.letter, 'what is written has something to say');
    const attachments = await drawAttachments(letter, more);
    return {
      sender: { name: letter.company.name, address: letter.company.email },
      speaker: letter.sender,
      recipientName: letter.reader.name,
      ...wordsOf(letter, attachments.length),
      attachments,
    };
  },
  pack(content, more, channel) {
    const letter = present(content.letter, 'what is written has something to say');
    return channel === 'sms' ? textMessageOf(letter) : drawReminderLetter(letter, more);
  },
  save,
  standingOn: ({ letter }) => saidIn(letter),
  judged: (act, message, { gate }, judged) => recordGateResult(act, message.id, gate, judged),
};
