// The words of reminders over HTTP: looked at on a real customer, and sent to oneself as a test.

import { type Context, carryOut, type Door } from '#command/command.ts';
import type { ReadMore } from '#delivery/begin-sending.ts';
import { requestTestMail } from '#delivery/request-test-mail.ts';
import { type Route, route } from '#http/route.ts';
import { present } from '#kernel/assert.ts';
import { addDays, dayIn } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import { REMINDER_PREVIEW_ITEMS_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import { takeCompany, takeCustomer } from '#parties/take-party.ts';
import type { DocumentLanguage } from '#printing/language.ts';
import type { WrittenTemplate } from '#wording/message-template.ts';
import { readTemplate } from '#wording/read-template.ts';
import type { ReminderPhase } from '#wording/reminder-phrases.ts';
import * as contract from './contract.ts';
import { drawInvoices } from './draw-invoices.ts';
import { readReminderReach } from './plan-reminders.ts';
import { attachedTo, type ReminderLetter, readerBy } from './reminder-letter.ts';
import { findSituations } from './store.ts';
import { wordsOf } from './write-reminder.ts';

/** Which reminder is looked at, in which words. */
type Wanted = {
  readonly companyId: string;
  readonly template: ReminderPhase;
  readonly language?: DocumentLanguage | undefined;
  readonly words?: WrittenTemplate | undefined;
};

/** Invoices due within a year are spoken of, so that a notice of what is due soon has something to say. */
const DAYS_AHEAD = 365;

/** A letter about what is open of a customer, the oldest first, whether it is planned or not. */
async function readLetter(
  door: Door,
  context: Context,
  wanted: Wanted & { readonly customerId: string },
): Promise<ReminderLetter> {
  return readSnapshot(door, context, async (tx) => {
    const company = await takeCompany(tx, wanted.companyId as CompanyId);
    const customer = await takeCustomer(tx, wanted.customerId as CustomerId);
    const day = dayIn(company.timeZone, context.now);
    const [reaches, situations] = await Promise.all([
      readReminderReach(tx, company.id, [customer.id]),
      findSituations(tx, company.id, [customer.id], { on: day, dueUpTo: addDays(day, DAYS_AHEAD) }),
    ]);
    const items = [...(situations.get(customer.id)?.items ?? [])]
      .sort((a, b) => Temporal.PlainDate.compare(a.dueOn, b.dueOn))
      .slice(0, REMINDER_PREVIEW_ITEMS_MAX);
    if (items.length === 0) throw new Refusal('nothing_to_say', { customer: customer.number });
    const reach = present(reaches.get(customer.id), 'a customer that was taken can be asked for its ways');
    const reader = readerBy('email', reach, company);
    if (!reader) throw new Refusal('no_email', { customer: customer.number });
    const language = wanted.language ?? reader.language;
    const words = wanted.words ?? (await readTemplate(tx, company.id, wanted.template, language));
    return {
      day,
      company,
      usualCompany: company,
      customer,
      reader: { ...reader, language },
      items,
      template: wanted.template,
      words,
    };
  });
}

const preview = route(contract.previewWords, async ({ door, context, params, body }) => {
  const letter = await readLetter(door, context, { ...params, ...body });
  const attached = attachedTo(letter.items);
  const said = wordsOf(letter, attached.length);
  return {
    language: letter.reader.language,
    recipient: letter.reader.recipient,
    ...said,
    html: said.html ?? null,
    attachments: attached.map(({ fileName }) => ({ fileName })),
  };
});

const test = route(contract.testReminder, async ({ door, context, params, body, commandId, rehearse }) => {
  const more: ReadMore = (work) => readSnapshot(door, context, work);
  const letter = await readLetter(door, context, { ...params, ...body });
  const attachments = await drawInvoices(letter, more);
  const about = { ...params, ...body, companyId: letter.company.id };
  const command = requestTestMail({ ...wordsOf(letter, attachments.length), attachments });
  return carryOut(door, context, command, about, { commandId, rehearse });
});

/** Routes of the words of reminders. */
export const wordsRoutes: readonly Route[] = [preview, test];
