// The templates that come with the program, put together from the phrases of a language: what is sent as long
// as nobody writes a template of their own, and what one's own template starts from.

import { type DocumentLanguage, isRightToLeft } from '#printing/language.ts';
import { PRINT_LABELS, type PrintLabels } from '#printing/print-labels.ts';
import { STATEMENT_LABELS } from '#printing/statement-labels.ts';
import { COST_PHRASES, type CostPhrases } from './cost-phrases.ts';
import { MESSAGE_PHRASES, type MessagePhrases, marksOf } from './message-phrases.ts';
import { PENALTY_PHRASES, type PenaltyPhrases } from './penalty-phrases.ts';
import { type OneOrMany, REMINDER_PHRASES, type ReminderPhase } from './reminder-phrases.ts';
import { SMS_PHRASES } from './sms-phrases.ts';
import type { LetterTemplate, Template } from './template.ts';
import { THANKS_PHRASES } from './thanks-phrases.ts';

/** All words of a language that messages are put together from. */
type Words = MessagePhrases & {
  readonly labels: PrintLabels;
  readonly colon: string;
  readonly stop: string;
  readonly costs: CostPhrases;
  readonly terms: PenaltyPhrases;
};

function wordsIn(language: DocumentLanguage): Words {
  return {
    ...MESSAGE_PHRASES[language],
    labels: PRINT_LABELS[language],
    costs: COST_PHRASES[language],
    terms: PENALTY_PHRASES[language],
    ...marksOf(language),
  };
}

/** Places of facts that come set apart already, or stand where an address is read by programs. */
const SET_APART = /\| (?:money|date|days|percent)|_url/;

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
  return `{% if attached_invoices == 1 %}${one}{% elsif attached_invoices > 1 %}${many}{% endif %}`;
}

/** What is said of a statement that goes with a reminder: a sentence of its own, also where a mail opens with it in small letters. */
function statementText({ statementMail }: Words): string {
  const { opening } = statementMail;
  return `{% if statement.as_of %}${opening.charAt(0).toLocaleUpperCase()}${opening.slice(1)}{% endif %}`;
}

/** What of an item is in dispute: it is owed, and not among what is asked for. */
function disputedPart({ labels, colon }: Words): string {
  return `${labels.disputed}${colon}{{ item.disputed | money }}`;
}

/** The items in plain text: one line each, then the total of each currency. */
function itemsText(words: Words): string {
  const late = `{% if item.days_late > 0 %} (${words.lateBy}){% endif %}`;
  const disputed = `{% if item.disputed %} (${disputedPart(words)}){% endif %}`;
  return [
    `{% for item in items %}- ${words.itemLine}${late}${words.colon}{{ item.open | money }}${disputed}\n{% endfor %}`,
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
<td class="figure">{{ item.open | money }}{% if item.disputed %}<br>(${disputedPart(words)}){% endif %}</td></tr>
{% endfor %}{% for total in totals %}<tr class="total"><td>${words.totalOpen}</td><td class="wide"></td><td></td>\
{% if late_count > 0 %}<td></td>{% endif %}<td class="figure">{{ total.open | money }}</td></tr>
{% endfor %}</table>`;
}

/** What late payment has cost by today, a line each; nothing where the step does not tell it. */
function costsText({ costs, colon }: Words): string {
  const line = (fact: string, label: string): string =>
    `{% if cost.${fact} %}${label}${colon}{{ cost.${fact} | money }}\n{% endif %}`;
  return `{% for cost in costs %}${line('interest', costs.interest)}${line('fees', costs.fees)}{% endfor %}`;
}

function costsHtml({ costs }: Words): string {
  const row = (fact: string, label: string): string =>
    `{% if cost.${fact} %}<tr><th>${label}</th><td>{{ cost.${fact} | money }}</td></tr>\n{% endif %}`;
  const rows = `{% for cost in costs %}${row('interest', costs.interest)}${row('fees', costs.fees)}{% endfor %}`;
  return `{% if costs.size > 0 %}<table class="facts">\n${rows}</table>{% endif %}`;
}

/** What the terms ask for late payment, each with its condition, label and place. */
function penaltyRows({ terms }: Words): readonly (readonly [string, string, string])[] {
  return [
    ['penalties.rate', terms.interest, '{{ penalties.rate | percent }}'],
    ['penalties.fixed_sum', terms.fixedSum, '{{ penalties.fixed_sum | money }}'],
    ['penalties.reminder_fee', terms.reminderFee, '{{ penalties.reminder_fee | money }}'],
  ];
}

const TELLS_PENALTIES = '{% if penalties.rate or penalties.fixed_sum or penalties.reminder_fee %}';

/** What late payment brings by the terms; nothing where the step does not tell it. */
function penaltiesText(words: Words): string {
  const rows = penaltyRows(words).map(
    ([fact, label, place]) => `{% if ${fact} %}- ${label}${words.colon}${place}\n{% endif %}`,
  );
  return `${TELLS_PENALTIES}${words.terms.intro}\n${rows.join('')}{% endif %}`;
}

function penaltiesHtml(words: Words): string {
  const rows = penaltyRows(words).map(
    ([fact, label, place]) => `{% if ${fact} %}<tr><th>${label}</th><td>${place}</td></tr>\n{% endif %}`,
  );
  const table = `<table class="facts">\n${rows.join('')}</table>`;
  return `${TELLS_PENALTIES}<p>${words.terms.intro}</p>\n${table}{% endif %}`;
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
        costsText(words),
        penaltiesText(words),
        bankText(words),
        onlineText(words),
        attachedText(words),
        statementText(words),
        words.alreadyPaid,
        words.notRight,
        late && words.penalties,
        signature(words, '\n'),
      ]),
      html: joined([
        paragraph(words.greeting),
        paragraph(byItems(opening)),
        itemsHtml(words),
        costsHtml(words),
        penaltiesHtml(words),
        bankHtml(words),
        onlineHtml(words),
        `{% if attached_invoices > 0 %}${paragraph(attachedText(words))}{% endif %}`,
        `{% if statement.as_of %}${paragraph(statementText(words))}{% endif %}`,
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
      closing: joined([
        costsText(words),
        penaltiesText(words),
        words.alreadyPaid,
        isLatePhase(phase) && words.penalties,
        signature(words, '\n'),
      ]),
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

/** So many characters of a company's name stand in a text message. */
const SMS_NAME_CHARACTERS = 20;

/** Phases whose text message names the due date: in the others it is today, or long past. */
const SMS_NAMES_DUE: ReadonlySet<ReminderPhase> = new Set(['upcoming', 'first_reminder']);

/**
 * Our own reminder of a phase as a text message, short enough for two messages also in letters that take more room: who it
 * is from and how to call them, how urgent it is, the invoice (of several the oldest, and how many more) with what is open
 * in each currency, and how to have no more. No link, so that nobody learns to follow one in a text message.
 */
export function builtInReminderSms(phase: ReminderPhase, language: DocumentLanguage): string {
  const { labels, notice } = wordsIn(language);
  const { phases, stop } = SMS_PHRASES[language];
  const due = SMS_NAMES_DUE.has(phase) ? `, ${notice.due} {{ items[0].due_on | date }}` : '';
  const amounts =
    '{% for total in totals %}{{ total.open | money }}{% unless forloop.last %}, {% endunless %}{% endfor %}';
  const about = byItems({
    one: `${labels.invoice} {{ items[0].number }}, ${amounts}${due}`,
    many: `${labels.invoice} {{ items[0].number }} +{{ items.size | minus: 1 }}: ${amounts}`,
  });
  const from = `{{ company.name | truncate: ${SMS_NAME_CHARACTERS} }}{% if company.phone %} ({{ company.phone }}){% endif %}`;
  return `${from}: ${phases[phase]}. ${about}.{% if opt_out %} ${stop}{% endif %}`;
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

/** Our own thank-you for a payment: what came, when, and what is settled by it. It asks for nothing. */
export function builtInThanksMail(language: DocumentLanguage): Template {
  const words = wordsIn(language);
  const { subject, opening, settled } = THANKS_PHRASES[language];
  const list = (line: string): string => `{% for item in items %}${line}\n{% endfor %}`;
  const rows = list('<tr><td>{{ item.number }}</td><td class="figure">{{ item.paid | money }}</td></tr>');
  return setFactsApart(
    {
      subject,
      text: joined([
        words.greeting,
        opening,
        `{% if items.size > 0 %}${settled}${words.colon.trimEnd()}\n${list(`- {{ item.number }}${words.colon}{{ item.paid | money }}`)}{% endif %}`,
        signature(words, '\n'),
      ]),
      html: joined([
        paragraph(words.greeting),
        paragraph(opening),
        `{% if items.size > 0 %}<p>${settled}${words.colon.trimEnd()}</p>\n<table class="items">\n${rows}</table>{% endif %}`,
        paragraph(signature(words, '<br>')),
      ]),
    },
    language,
  );
}
