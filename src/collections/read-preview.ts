// One planned reminder as it would be sent: its words, by whichever way it goes.

import type { Tx } from '#db/transaction.ts';
import { readHearsOtherWords } from '#experiments/record-entries.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { Customer } from '#parties/customer.ts';
import type { LetterDocument } from '#printing/letter-document.ts';
import { formatMoney } from '#printing/print-format.ts';
import { usualStyle } from '#printing/print-style.ts';
import { renderLetterPdf } from '#printing/render-pdf.ts';
import { requireWindow } from '#printing/require-window.ts';
import { readAccountsPaidBy } from '#receiving/read-receiving.ts';
import { readPrintedLetter } from './draw-letter.ts';
import { holdsOn, messagesIn, type PlanFor, type PlannedReminder } from './plan-reminders.ts';
import { readBesides } from './read-besides.ts';
import { feesOf, letterOf } from './read-letter.ts';
import { attachmentNames, type Reader } from './reminder-letter.ts';
import { previewOfText } from './routes-words.ts';
import { subjectOfText, wordsOf } from './write-reminder.ts';

/** Which planned reminder is looked at. */
export type Previewed = {
  readonly customer: Customer;
  readonly planned: PlannedReminder | undefined;
  /** Which message of it, from 1. */
  readonly message: number;
};

/**
 * Reads a planned reminder; what is posted comes with its paper, which `shownPreview` looks at when the transaction is over.
 * Refuses: `no_email`, `nothing_to_say`.
 */
export async function readPreview(tx: Tx, what: PlanFor, { customer, planned, message: place }: Previewed) {
  if (planned && !planned.reader && planned.plan.leftOut.length > 0)
    throw new Refusal('no_email', { customer: customer.number });
  const all = planned ? messagesIn(planned) : [];
  const message = all[place - 1];
  if (!planned || !message) throw new Refusal('nothing_to_say', { customer: customer.number });
  const { company } = what;
  const { lead, reader } = message;
  const items = message.items.map(({ item }) => item);
  const about = { day: what.on, company, customer, items };
  const of = { companyId: company.id, customerId: customer.id };
  const [fee] = await feesOf(tx, company.id, [{ ...of, lead, items }]);
  const besides = await readBesides(tx, about, { policy: planned.policy, lead, fee: fee?.amount });
  const said = { policy: planned.policy, step: lead, on: holdsOn(company, what.on, what.now) };
  const inOtherWords = await readHearsOtherWords(tx, customer.id, said);
  const accounts = await readAccountsPaidBy(tx, [company], customer.id);
  const by = { named: lead.template, inOtherWords, accounts };
  const letter = await letterOf(tx, { ...about, reader, ...besides }, by);
  if (reader.channel === 'post') {
    const paper = await readPrintedLetter(tx, letter);
    return { reply: { ...onPaper(paper, reader), messages: all.length }, paper };
  }
  if (reader.channel === 'sms') {
    const looked = previewOfText(letter);
    const { recipient } = reader;
    const shown = { ...looked, recipient, subject: subjectOfText(looked.text), messages: all.length };
    return { reply: shown, paper: undefined };
  }
  const attached = attachmentNames(letter);
  const words = wordsOf(letter, attached.length);
  const files = attached.map((fileName) => ({ fileName }));
  const { recipient, language } = reader;
  const written = { recipient, language, ...words, html: words.html ?? null, attachments: files };
  return { reply: { ...written, messages: all.length }, paper: undefined };
}

/** The reply of a preview. What is posted is looked at as it would be folded. Refuses: what `requireWindow` does. */
export async function shownPreview({ reply, paper }: Awaited<ReturnType<typeof readPreview>>) {
  if (paper) {
    const style = paper.seller.style ?? usualStyle(paper.seller.country);
    await requireWindow(await renderLetterPdf(paper), style.window);
  }
  return reply;
}

/** The words of a letter on paper, without what is drawn around them. */
function onPaper(document: LetterDocument, { recipient, language }: Reader) {
  const items = document.rows.map((row) => `- ${row.number}: ${formatMoney(row.open, language)}`);
  const text = [...document.opening, items.join('\n'), ...document.closing].join('\n\n');
  return { recipient, language, subject: document.subject, text, html: null, attachments: [] };
}
