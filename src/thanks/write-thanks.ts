// Where the content of thank-yous comes from: the payment as it is in the moment of sending, and its words. Delivery asks for these; it
// knows nothing of payments.

import { footerOf, type Reader } from '#collections/reminder-letter.ts';
import type { Tx } from '#db/transaction.ts';
import type { MessageSource, Reading, Written } from '#delivery/begin-sending.ts';
import type { Message } from '#delivery/message.ts';
import { judgeCourtesy } from '#gate/gate.ts';
import { readGateFacts } from '#gate/read-gate.ts';
import { present } from '#kernel/assert.ts';
import type { Instant } from '#kernel/calendar.ts';
import type { PaymentId } from '#kernel/id.ts';
import { type DocumentLanguage, LANGUAGE_DEFAULT } from '#printing/language.ts';
import { mailPage } from '#wording/mail-layout.ts';
import type { WrittenTemplate } from '#wording/message-template.ts';
import { readTemplate } from '#wording/read-template.ts';
import { renderTemplate } from '#wording/render-template.ts';
import { type MessageFacts, thanksVariables } from '#wording/template.ts';
import { readPayment, type SeenPayment } from './read-thanks.ts';
import { settledOf } from './thanks.ts';

/** What is true of a payment when somebody is thanked for it. */
export type ThanksContent = Omit<SeenPayment, 'reader' | 'against'> & {
  readonly reader: Reader | undefined;
  readonly language: DocumentLanguage;
  readonly words: WrittenTemplate;
};

/** A thank-you that would come later than that is odd. */
const WAITS_HOURS_MAX = 48;

async function read(tx: Tx, message: Message, now: Instant): Promise<Reading<ThanksContent>> {
  const paymentId = present(message.documentId, 'a thank-you names its payment') as PaymentId;
  const { against, ...seen } = await readPayment(tx, paymentId, now, 'lock');
  const { company, customer, reader } = seen;
  const language = reader?.language ?? LANGUAGE_DEFAULT;
  const facts = await readGateFacts(tx, { company, customer, messageId: message.id, items: [], now });
  const waits = judgeCourtesy(facts, now);
  const latest = message.createdAt.add({ hours: WAITS_HOURS_MAX });
  const isLate = waits !== undefined && Temporal.Instant.compare(waits.until, latest) > 0;
  return {
    recipient: reader?.recipient,
    language,
    content: { ...seen, language, words: await readTemplate(tx, company.id, 'thanks_mail', language) },
    silent: against ?? (isLate ? 'too_late' : undefined),
    waits,
  };
}

/** The words of a thank-you, in its language. Refuses: `template_not_rendered`. */
export function wordsOf(content: ThanksContent) {
  const { company, customer, payment, items, day, language, reader } = content;
  const known = <T>(value: T | null): T | undefined => value ?? undefined;
  const facts: MessageFacts = {
    today: day,
    company: { name: company.name, email: known(company.email), phone: known(company.phone) },
    customer: { name: customer.name, number: customer.number },
    contactName: reader?.name,
    paymentReference: customer.number,
    attachmentCount: 0,
  };
  const settled = settledOf(items).map(({ reference, paid }) => ({ number: reference, paid }));
  const about = { amount: payment.amount, receivedOn: payment.receivedOn, items: settled };
  const template = { ...content.words, subject: content.words.subject ?? company.name };
  const words = renderTemplate(template, thanksVariables(facts, about), language);
  const frame = {
    language,
    title: words.subject,
    companyName: company.name,
    footerLines: footerOf(company),
  };
  // Words of one's own without HTML are a mail of plain text.
  const html = words.html === undefined ? {} : { html: mailPage(words.html, frame) };
  return { subject: words.subject, text: words.text, ...html };
}

/** The source of thank-yous. That one was queued is kept already; nothing else is noted when it leaves. */
export const thanksSource: MessageSource<ThanksContent> = {
  purpose: 'thanks',
  read,
  async write(content): Promise<Written> {
    const { company, reader } = content;
    return {
      sender: { name: company.name, address: company.email },
      recipientName: reader?.name,
      ...wordsOf(content),
      attachments: [],
    };
  },
  isWords: () => true,
  save() {},
};
