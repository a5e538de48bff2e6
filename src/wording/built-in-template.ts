// The templates that come with the program, put together from the phrases of a language: what is sent as long
// as nobody writes a template of their own, and what one's own template starts from.

import { type DocumentLanguage, isRightToLeft } from '#printing/language.ts';
import { PRINT_LABELS, type PrintLabels } from '#printing/print-labels.ts';
import { STATEMENT_LABELS } from '#printing/statement-labels.ts';
import { MESSAGE_PHRASES, type MessagePhrases, marksOf } from './message-phrases.ts';
import { type OneOrMany, REMINDER_PHRASES, type ReminderPhase } from './reminder-phrases.ts';
import type { LetterTemplate, Template } from './template.ts';

/** All words of a language that messages are put together from. */
type Words = MessagePhrases & {
  readonly labels: PrintLabels;
  readonly colon: string;
  readonly stop: string;
};

function wordsIn(language: DocumentLanguage): Words {
  return { ...MESSAGE_PHRASES[language], labels: PRINT_LABELS[language], ...marksOf(language) };
}

/** Places of facts that come set apart already, or stand where an address is read by programs. */
const SET_APART = /\| (?:money|date|days)|_url/;

/** Numbers and names keep their own order among words that run from right to left. */
function setFactsApart<T extends Template | LetterTemplate>(template: T, language: DocumentLanguage): T {
  if (!isRightToLeft(language)) return template;
  const parts = Object.entries(template).map(([part, text]) => [
    part,
    text?.replace(/\{\{.*?\}\}/g, (place) => (SET_APART.test(place) ? place : `\u2068${place}\u2069`)),
  ]);
  return Object.fromEntries(parts) as T;
}

/** A sentence that fits one item or several, chosen when it is filled in. */
function byItems({ one, many }: OneOrMany): string {
  return `{% if items.size == 1 %}${one}{% else %}${many}{% endif %}`;
}

/** Penalties are spoken of only where payment is late already. */
function isLatePhase(phase: ReminderPhase): boolean {
  return phase !== 'upcoming' && phase !== 'due_today';
}

/** Labels and places of the bank details, those that are known. */
function bankRows(words: Words): readonly (readonly [string, string, string])[] {
  return [
    ['bank.holder', words.holder, '{{ bank.holder }}'],
    ['bank.iban', 'IBAN', '{{ bank.iban | iban }}'],
    ['bank.bic', 'BIC', '{{ bank.bic }}'],
    ['bank.account', words.labels.account, '{{ bank.account }}'],
    ['bank.routing', words.labels.routing, '{{ bank.routing }}'],
    ['bank.name', words.labels.bank, '{{ bank.name }}'],
    ['payment_reference', words.labels.paymentReference, '{{ payment_reference }}'],
  ];
}

function bankText(words: Words): string {
  const rows = bankRows(words).map(
    ([fact, label, place]) => `{% if ${fact} %}  ${label}${words.colon}${place}\n{% endif %}`,
  );
  return `{% if bank.holder %}${words.payTo}${words.colon.trimEnd()}\n${rows.join('')}{% endif %}`;
}

function bankHtml(words: Words): string {
  const rows = bankRows(words).map(
    ([fact, label, place]) => `{% if ${fact} %}<tr><th>${label}</th><td>${place}</td></tr>\n{% endif %}`,
  );
  const table = `<table class="facts">\n${rows.join('')}</table>`;
  return `{% if bank.holder %}<p>${words.payTo}${words.colon.trimEnd()}</p>\n${table}{% endif %}`;
}

/** The sender's name over the company's; the company's alone where no person writes. */
function signature(words: Words, lineEnd: string): string {
  return `${words.regards}${lineEnd}{% if sender.name %}{{ sender.name }}${lineEnd}{% endif %}{{ company.name }}`;
}

function payText(words: Words): string {
  return `{% if pay_url %}${words.labels.payOnline}${words.colon}{{ pay_url }}{% endif %}`;
}

function payHtml(words: Words): string {
  const label = words.labels.payOnline;
  return `{% if pay_url %}<p><a class="button" href="{{ pay_url }}">${label}</a></p>{% endif %}`;
}

function onlineText(words: Words): string {
  return `{% if portal_url %}${words.online}${words.colon}{{ portal_url }}{% endif %}`;
}

function onlineHtml(words: Words): string {
  return `{% if portal_url %}<p><a class="button" href="{{ portal_url }}">${words.online}</a></p>{% endif %}`;
}

function attachedText(words: Words): string {
  const { one, many } = words.attached;
  return `{% if attachment_count == 1 %}${one}{% elsif attachment_count > 1 %}${many}{% endif %}`;
}

/** The items in plain text: one line each, then the total of each currency. */
function itemsText(words: Words): string {
  const late = `{% if item.days_late > 0 %} (${words.lateBy}){% endif %}`;
  return [
    `{% for item in items %}- ${words.itemLine}${late}${words.colon}{{ item.open | money }}\n{% endfor %}`,
    `{% for total in totals %}${words.totalOpen}${words.colon}{{ total.open | money }}\n{% endfor %}`,
  ].join('\n');
}

/** The items as a table; the column of days late is there when something is late. */
function itemsHtml(words: Words): string {
  return `<table class="items">
<tr><th>${words.labels.invoice}</th><th class="wide">${words.labels.issued}</th><th>${words.labels.due}</th>\
{% if late_count > 0 %}<th class="figure">${words.labels.daysLate}</th>{% endif %}<th class="figure">${words.labels.open}</th></tr>
{% for item in items %}<tr><td>{{ item.number }}</td><td class="wide">{{ item.issued_on | date }}</td>\
<td>{{ item.due_on | date }}</td>{% if late_count > 0 %}<td class="figure">\
{% if item.days_late > 0 %}{{ item.days_late }}{% else %}–{% endif %}</td>{% endif %}\
<td class="figure">{{ item.open | money }}</td></tr>
{% endfor %}{% for total in totals %}<tr class="total"><td>${words.totalOpen}</td><td class="wide"></td><td></td>\
{% if late_count > 0 %}<td></td>{% endif %}<td class="figure">{{ total.open | money }}</td></tr>
{% endfor %}</table>`;
}

/** Blocks of a message, those that are there, parted by empty lines. */
function joined(blocks: readonly (string | false)[]): string {
  return blocks.filter((block) => block !== false).join('\n\n');
}

function paragraph(text: string): string {
  return `<p>${text}</p>`;
}

/**
 * Our own reminder of a phase: one message about all items, with where to pay and what to do if something is
 * wrong.
 */
export function builtInReminder(phase: ReminderPhase, language: DocumentLanguage): Template {
  const words = wordsIn(language);
  const { subject, opening } = REMINDER_PHRASES[language][phase];
  const late = isLatePhase(phase);
  return setFactsApart(
    {
      subject: byItems(subject),
      text: joined([
        words.greeting,
        byItems(opening),
        itemsText(words),
        bankText(words),
        onlineText(words),
        attachedText(words),
        words.alreadyPaid,
        words.notRight,
        late && words.penalties,
        signature(words, '\n'),
      ]),
      html: joined([
        paragraph(words.greeting),
        paragraph(byItems(opening)),
        itemsHtml(words),
        bankHtml(words),
        onlineHtml(words),
        `{% if attachment_count > 0 %}${paragraph(attachedText(words))}{% endif %}`,
        paragraph(words.alreadyPaid),
        paragraph(words.notRight),
        late && `<p class="small">${words.penalties}</p>`,
        paragraph(signature(words, '<br>')),
      ]),
    },
    language,
  );
}

/** The same reminder as a letter on paper, where the table and the bank details are drawn by the layout. */
export function builtInReminderLetter(phase: ReminderPhase, language: DocumentLanguage): LetterTemplate {
  const words = wordsIn(language);
  const { subject, opening } = REMINDER_PHRASES[language][phase];
  return setFactsApart(
    {
      subject: byItems(subject),
      opening: joined([words.greeting, byItems(opening)]),
      closing: joined([words.alreadyPaid, isLatePhase(phase) && words.penalties, signature(words, '\n')]),
    },
    language,
  );
}

/** The amount asked for by a document and until when, over the bank details. */
function amountDue(words: Words): string {
  const dueLine = `{% if document.due_on %}${words.invoiceMail.dueLine}{% endif %}`;
  return `${words.labels.amountDue}${words.colon}{{ document.open | money }}${words.stop}${dueLine}`;
}

/** What a mail says of the document it carries. */
export type DocumentWords = { readonly subject: string; readonly opening: string };

/** Our own mail that carries a document; one that asks for money says how much, until when and where to. */
export function builtInDocumentMail(
  { subject, opening }: DocumentWords,
  language: DocumentLanguage,
  asksMoney: boolean,
): Template {
  const words = wordsIn(language);
  return setFactsApart(
    {
      subject,
      text: joined([
        words.greeting,
        opening,
        asksMoney && amountDue(words),
        asksMoney && bankText(words),
        asksMoney && payText(words),
        onlineText({ ...words, online: words.viewDocument }),
        words.notRight,
        signature(words, '\n'),
      ]),
      html: joined([
        paragraph(words.greeting),
        paragraph(opening),
        asksMoney && paragraph(amountDue(words)),
        asksMoney && bankHtml(words),
        asksMoney && payHtml(words),
        onlineHtml({ ...words, online: words.viewDocument }),
        paragraph(words.notRight),
        paragraph(signature(words, '<br>')),
      ]),
    },
    language,
  );
}

/** Our own mail that carries an invoice. */
export function builtInInvoiceMail(language: DocumentLanguage): Template {
  return builtInDocumentMail(MESSAGE_PHRASES[language].invoiceMail, language, true);
}

/** Our own mail that carries a credit note. */
export function builtInCreditNoteMail(language: DocumentLanguage): Template {
  return builtInDocumentMail(MESSAGE_PHRASES[language].creditMail, language, false);
}

/**
 * Our own short notice that a document is there: who it is from, which, how much, until when, and whom to ask. No link, so that
 * nobody learns to follow one in a text message.
 */
export function builtInNotice(language: DocumentLanguage): string {
  const { labels, notice } = wordsIn(language);
  const { due, ask } = notice;
  const name = `{% if document.kind == 'credit_note' %}${labels.creditNote}{% else %}${labels.invoice}{% endif %}`;
  const until = `{% if document.due_on %}, ${due} {{ document.due_on | date }}{% endif %}`;
  const whom = `{% if company.phone %} ${ask} {{ company.phone }}{% elsif company.email %} ${ask} {{ company.email }}{% endif %}`;
  return `{{ company.name }}: ${name} {{ document.number }}, {{ document.open | money }}${until}.${whom}`;
}

/** Our own mail that carries a statement of account. */
export function builtInStatementMail(language: DocumentLanguage): Template {
  const words = wordsIn(language);
  const { subject, opening } = words.statementMail;
  const { balance } = STATEMENT_LABELS[language];
  const line = `${balance}{% if total.company %} ({{ total.company }}){% endif %}${words.colon}{{ total.open | money }}`;
  return setFactsApart(
    {
      subject,
      text: joined([
        words.greeting,
        opening,
        `{% for total in totals %}${line}\n{% endfor %}`,
        bankText(words),
        words.notRight,
        signature(words, '\n'),
      ]),
      html: joined([
        paragraph(words.greeting),
        paragraph(opening),
        `{% for total in totals %}${paragraph(line)}\n{% endfor %}`,
        bankHtml(words),
        paragraph(words.notRight),
        paragraph(signature(words, '<br>')),
      ]),
    },
    language,
  );
}
