// The templates that come with the program, put together from the phrases of a language: what is sent as long
// as nobody writes a template of their own, and what one's own template starts from.

import type { Language } from '#printing/language.ts';
import { PRINT_LABELS } from '#printing/print-labels.ts';
import { MESSAGE_PHRASES, type MessagePhrases } from './message-phrases.ts';
import { type OneOrMany, REMINDER_PHRASES, type ReminderPhase } from './reminder-phrases.ts';
import type { LetterTemplate, Template } from './template.ts';

/** A sentence that fits one item or several, chosen when it is filled in. */
function byItems({ one, many }: OneOrMany): string {
  return `{% if items.size == 1 %}${one}{% else %}${many}{% endif %}`;
}

/** Penalties are spoken of only where payment is late already. */
function isLatePhase(phase: ReminderPhase): boolean {
  return phase !== 'upcoming' && phase !== 'due_today';
}

/** Labels and places of the bank details, those that are known. */
function bankRows(words: MessagePhrases): readonly (readonly [string, string, string])[] {
  return [
    ['bank.holder', words.holder, '{{ bank.holder }}'],
    ['bank.iban', 'IBAN', '{{ bank.iban | iban }}'],
    ['bank.bic', 'BIC', '{{ bank.bic }}'],
    ['bank.account', words.account, '{{ bank.account }}'],
    ['bank.routing', words.routing, '{{ bank.routing }}'],
    ['bank.name', words.bank, '{{ bank.name }}'],
    ['payment_reference', words.reference, '{{ payment_reference }}'],
  ];
}

function bankText(words: MessagePhrases): string {
  const rows = bankRows(words).map(
    ([fact, label, place]) => `{% if ${fact} %}  ${label}${words.colon} ${place}\n{% endif %}`,
  );
  return `{% if bank.holder %}${words.payTo}${words.colon}\n${rows.join('')}{% endif %}`;
}

function bankHtml(words: MessagePhrases): string {
  const rows = bankRows(words).map(
    ([fact, label, place]) => `{% if ${fact} %}<tr><th>${label}</th><td>${place}</td></tr>\n{% endif %}`,
  );
  const table = `<table class="facts">\n${rows.join('')}</table>`;
  return `{% if bank.holder %}<p>${words.payTo}${words.colon}</p>\n${table}{% endif %}`;
}

/** The sender's name over the company's; the company's alone where no person writes. */
function signature(words: MessagePhrases, lineEnd: string): string {
  return `${words.regards}${lineEnd}{% if sender.name %}{{ sender.name }}${lineEnd}{% endif %}{{ company.name }}`;
}

function payText(words: MessagePhrases, language: Language): string {
  return `{% if pay_url %}${PRINT_LABELS[language].payOnline}${words.colon} {{ pay_url }}{% endif %}`;
}

function payHtml(language: Language): string {
  const label = PRINT_LABELS[language].payOnline;
  return `{% if pay_url %}<p><a class="button" href="{{ pay_url }}">${label}</a></p>{% endif %}`;
}

function onlineText(words: MessagePhrases): string {
  return `{% if portal_url %}${words.online}${words.colon} {{ portal_url }}{% endif %}`;
}

function onlineHtml(words: MessagePhrases): string {
  return `{% if portal_url %}<p><a class="button" href="{{ portal_url }}">${words.online}</a></p>{% endif %}`;
}

function attachedText(words: MessagePhrases): string {
  const { one, many } = words.attached;
  return `{% if attachment_count == 1 %}${one}{% elsif attachment_count > 1 %}${many}{% endif %}`;
}

/** The items in plain text: one line each, then the total of each currency. */
function itemsText(words: MessagePhrases): string {
  const late = `{% if item.days_late > 0 %} (${words.lateBy}){% endif %}`;
  return [
    `{% for item in items %}- ${words.itemLine}${late}${words.colon} {{ item.open | money }}\n{% endfor %}`,
    `{% for total in totals %}${words.totalOpen}${words.colon} {{ total.open | money }}\n{% endfor %}`,
  ].join('\n');
}

/** The items as a table; the column of days late is there when something is late. */
function itemsHtml(words: MessagePhrases): string {
  return `<table class="items">
<tr><th>${words.number}</th><th class="wide">${words.issued}</th><th>${words.due}</th>\
{% if late_count > 0 %}<th class="figure">${words.late}</th>{% endif %}<th class="figure">${words.open}</th></tr>
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
export function builtInReminder(phase: ReminderPhase, language: Language): Template {
  const words = MESSAGE_PHRASES[language];
  const { subject, opening } = REMINDER_PHRASES[language][phase];
  const late = isLatePhase(phase);
  return {
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
  };
}

/** The same reminder as a letter on paper, where the table and the bank details are drawn by the layout. */
export function builtInReminderLetter(phase: ReminderPhase, language: Language): LetterTemplate {
  const words = MESSAGE_PHRASES[language];
  const { subject, opening } = REMINDER_PHRASES[language][phase];
  return {
    subject: byItems(subject),
    opening: joined([words.greeting, byItems(opening)]),
    closing: joined([words.alreadyPaid, isLatePhase(phase) && words.penalties, signature(words, '\n')]),
  };
}

/** The amount asked for by a document and until when, over the bank details. */
function amountDue(words: MessagePhrases): string {
  const dueLine = `{% if document.due_on %} ${words.invoiceMail.dueLine}{% endif %}`;
  return `${words.total}${words.colon} {{ document.open | money }}.${dueLine}`;
}

/** What a mail says of the document it carries. */
export type DocumentWords = { readonly subject: string; readonly opening: string };

/** Our own mail that carries a document; one that asks for money says how much, until when and where to. */
export function builtInDocumentMail(
  { subject, opening }: DocumentWords,
  language: Language,
  asksMoney: boolean,
): Template {
  const words = MESSAGE_PHRASES[language];
  return {
    subject,
    text: joined([
      words.greeting,
      opening,
      asksMoney && amountDue(words),
      asksMoney && bankText(words),
      asksMoney && payText(words, language),
      onlineText({ ...words, online: words.viewDocument }),
      words.notRight,
      signature(words, '\n'),
    ]),
    html: joined([
      paragraph(words.greeting),
      paragraph(opening),
      asksMoney && paragraph(amountDue(words)),
      asksMoney && bankHtml(words),
      asksMoney && payHtml(language),
      onlineHtml({ ...words, online: words.viewDocument }),
      paragraph(words.notRight),
      paragraph(signature(words, '<br>')),
    ]),
  };
}

/** Our own mail that carries an invoice. */
export function builtInInvoiceMail(language: Language): Template {
  return builtInDocumentMail(MESSAGE_PHRASES[language].invoiceMail, language, true);
}

/** Our own mail that carries a credit note. */
export function builtInCreditNoteMail(language: Language): Template {
  return builtInDocumentMail(MESSAGE_PHRASES[language].creditMail, language, false);
}

/**
 * Our own short notice that a document is there: who it is from, which, how much, until when, and whom to ask. No link, so that
 * nobody learns to follow one in a text message.
 */
export function builtInNotice(language: Language): string {
  const { invoice, credit, due, ask } = MESSAGE_PHRASES[language].notice;
  const name = `{% if document.kind == 'credit_note' %}${credit}{% else %}${invoice}{% endif %}`;
  const until = `{% if document.due_on %}, ${due} {{ document.due_on | date }}{% endif %}`;
  const whom = `{% if company.phone %} ${ask} {{ company.phone }}{% elsif company.email %} ${ask} {{ company.email }}{% endif %}`;
  return `{{ company.name }}: ${name} {{ document.number }}, {{ document.open | money }}${until}.${whom}`;
}

/** Our own mail that carries a statement of account. */
export function builtInStatementMail(language: Language): Template {
  const words = MESSAGE_PHRASES[language];
  const { subject, opening, balance } = words.statementMail;
  const line = `${balance}{% if total.company %} ({{ total.company }}){% endif %}${words.colon} {{ total.open | money }}`;
  return {
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
  };
}
