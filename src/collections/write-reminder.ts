// Where the content of reminders comes from: what is left to say in the moment of sending, its words, and the invoices that
// go with it. Delivery asks for these; it knows nothing of reminders.

import { recordReminderFees } from '#charges/record-reminder-fee.ts';
import type { Act } from '#command/command.ts';
import type { MessageSource, Parcel, ReadMore, Saying, Written } from '#delivery/begin-sending.ts';
import { recordGateResults } from '#gate/record-result.ts';
import { present } from '#kernel/assert.ts';
import { SHORT_MESSAGES_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import { mailPage } from '#wording/mail-layout.ts';
import { renderTemplate } from '#wording/render-template.ts';
import { reminderVariables } from '#wording/template.ts';
import { shortMessagesOf, shortText } from '#wording/text-length.ts';
import { drawAttachments } from './draw-attachments.ts';
import { drawReminderLetter } from './draw-letter.ts';
import { type ReminderContent, readReminders } from './read-reminders.ts';
import {
  carries,
  footerOf,
  itemFactsOf,
  messageFactsOf,
  type ReminderLetter,
  saidIn,
  toldBesides,
} from './reminder-letter.ts';
import { deleteClaims, insertLeftOut, updateSaidAmounts } from './store.ts';

/** Notes what was said and what was left out. */
function save(act: Act, all: readonly Saying<ReminderContent>[]): void {
  for (const one of all) saveLeftOut(act, one);
  recordReminderFees(
    act,
    all.flatMap(({ message, content: { letter, fee } }) =>
      letter && fee ? { ...fee.reminded, messageId: message.id, on: letter.day, fee: fee.amount } : [],
    ),
  );
  updateSaidAmounts(
    act,
    all.flatMap(({ message, content }) =>
      content.review.items.map(({ item: { id, open } }) => ({ messageId: message.id, id, open })),
    ),
  );
}

/** Notes what was left out. What was surely not said is given back, so that a later run may say it. */
function saveLeftOut(act: Act, { message, content, perhapsSaid }: Saying<ReminderContent>): void {
  const { review, claims } = content;
  const claimOf = new Map(claims.map((claim) => [claim.itemId, claim]));
  const left = review.leftOut.map(({ itemId, openMinor, reason }) => ({
    ...present(claimOf.get(itemId), 'what is left out was claimed'),
    openMinor,
    reason,
  }));
  insertLeftOut(act, { messageId: message.id, runOn: message.runOn }, left);
  if (!perhapsSaid && left.length > 0)
    deleteClaims(
      act,
      message.id,
      left.map((l) => l.itemId),
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
  async read(tx, message, now) {
    const read = await readReminders(tx, [message], now);
    return present(read.get(message.id), 'a reminder that was asked for is read');
  },
  readTogether: readReminders,
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
  isWords: ({ letter }) =>
    letter !== undefined && !carries(letter, 'statement') && !carries(letter, 'invoices'),
  pack(content, more, channel) {
    const letter = present(content.letter, 'what is written has something to say');
    return channel === 'sms' ? textMessageOf(letter) : drawReminderLetter(letter, more);
  },
  save,
  standingOn: ({ letter }) => saidIn(letter),
  judged: (act, all) =>
    recordGateResults(
      act,
      all.map(({ message, content, judged }) => ({ messageId: message.id, result: content.gate, judged })),
    ),
};
