// The words of reminders over HTTP: looked at on a real customer, and sent to oneself as a test.

import { type Context, carryOut, type Door } from '#command/command.ts';
import type { ReadMore } from '#delivery/begin-sending.ts';
import { optOutWordOf } from '#delivery/opt-out-word.ts';
import type { Reach } from '#delivery/preference.ts';
import { requestTestMail } from '#delivery/request-test-mail.ts';
import { type Route, route } from '#http/route.ts';
import { present } from '#kernel/assert.ts';
import { addDays, dayIn } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import { REMINDER_PREVIEW_ITEMS_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { Company } from '#parties/company.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import { takeCompany, takeCustomer } from '#parties/take-party.ts';
import { chooseDocumentLanguage, type DocumentLanguage } from '#printing/language.ts';
import type { WrittenTemplate } from '#wording/message-template.ts';
import { readTemplate } from '#wording/read-template.ts';
import type { ReminderPhase } from '#wording/reminder-phrases.ts';
import { shortLengthOf } from '#wording/text-length.ts';
import * as contract from './contract.ts';
import { drawAttachments } from './draw-attachments.ts';
import { drawReminderLetter } from './draw-letter.ts';
import { readReminderReach } from './plan-reminders.ts';
import { kindOf } from './read-letter.ts';
import {
  attachmentNames,
  type Reader,
  type ReminderChannel,
  type ReminderLetter,
  readerBy,
} from './reminder-letter.ts';
import { findSituations } from './store.ts';
import { textOf, wordsOf } from './write-reminder.ts';

/** Which reminder is looked at, in which words. */
type Wanted = {
  readonly companyId: string;
  readonly template: ReminderPhase;
  readonly language?: DocumentLanguage | undefined;
  readonly words?: WrittenTemplate | undefined;
};

/** Stands for a number where a text message is only looked at and its customer has none. */
const NOBODY = '';

/** Invoices due within a year are spoken of, so that a notice of what is due soon has something to say. */
const DAYS_AHEAD = 365;

/** A letter about what is open of a customer, the oldest first, whether it is planned or not. */
async function readLetter(
  door: Door,
  context: Context,
  wanted: Wanted & { readonly customerId: string },
  channel: ReminderChannel,
): Promise<ReminderLetter> {
  return readSnapshot(door, context, async (tx) => {
    const company = await takeCompany(tx, wanted.companyId as CompanyId);
    const customer = await takeCustomer(tx, wanted.customerId as CustomerId);
    const day = dayIn(company.timeZone, context.now);
    const [reaches, situations] = await Promise.all([
      readReminderReach(tx, company.id, [customer.id], day),
      findSituations(tx, company.id, [customer.id], { on: day, dueUpTo: addDays(day, DAYS_AHEAD) }),
    ]);
    const items = [...(situations.get(customer.id)?.items ?? [])]
      .sort((a, b) => Temporal.PlainDate.compare(a.dueOn, b.dueOn))
      .slice(0, REMINDER_PREVIEW_ITEMS_MAX);
    if (items.length === 0) throw new Refusal('nothing_to_say', { customer: customer.number });
    const reach = present(reaches.get(customer.id), 'a customer that was taken can be asked for its ways');
    const reader =
      readerBy(channel, reach, company) ?? (channel === 'sms' ? nobodyOf(reach, company) : undefined);
    if (!reader) throw new Refusal('no_email', { customer: customer.number });
    const language = wanted.language ?? reader.language;
    const words =
      (channel === 'post' ? undefined : wanted.words) ??
      (await readTemplate(tx, company.id, kindOf(wanted.template, channel), language));
    return {
      day,
      company,
      usualCompany: company,
      customer,
      reader: { ...reader, language },
      items,
      template: wanted.template,
      sender: null,
      words,
      paperWords: channel === 'post' && wanted.words ? { [language]: wanted.words } : undefined,
    };
  });
}

function nobodyOf({ customer, setting }: Reach, company: Company): Reader {
  const language = chooseDocumentLanguage([customer.language, company.language]);
  return {
    channel: 'sms',
    recipient: NOBODY,
    name: undefined,
    language,
    optOut: optOutWordOf(NOBODY, setting),
  };
}

/** A text message as it would be sent, with its length. */
export function previewOfText(letter: ReminderLetter) {
  const text = textOf(letter);
  const { recipient, language } = letter.reader;
  const shown = { subject: null, text, html: null, attachments: [], length: shortLengthOf(text) };
  return { language, recipient: recipient === NOBODY ? null : recipient, ...shown };
}

const preview = route(contract.previewWords, async ({ door, context, params, body }) => {
  const letter = await readLetter(door, context, { ...params, ...body }, body.channel);
  if (body.channel === 'sms') return previewOfText(letter);
  const attached = attachmentNames(letter);
  const said = wordsOf(letter, attached.length);
  return {
    language: letter.reader.language,
    recipient: letter.reader.recipient,
    ...said,
    html: said.html ?? null,
    attachments: attached.map((fileName) => ({ fileName })),
  };
});

const previewLetter = route(contract.previewLetterWords, async ({ door, context, params, body }) => {
  const more: ReadMore = (work) => readSnapshot(door, context, work);
  const letter = await readLetter(door, context, { ...params, ...body }, 'post');
  const { file } = await drawReminderLetter(letter, more);
  return { fileName: file.name, contentType: file.mediaType, body: file.content, inline: true };
});

const test = route(contract.testReminder, async ({ door, context, params, body, commandId, rehearse }) => {
  const more: ReadMore = (work) => readSnapshot(door, context, work);
  const letter = await readLetter(door, context, { ...params, ...body }, 'email');
  const attachments = await drawAttachments(letter, more);
  const about = { ...params, ...body, companyId: letter.company.id };
  const command = requestTestMail({ ...wordsOf(letter, attachments.length), attachments });
  return carryOut(door, context, command, about, { commandId, rehearse });
});

/** Routes of the words of reminders. */
export const wordsRoutes: readonly Route[] = [preview, previewLetter, test];
