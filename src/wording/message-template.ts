// The kinds of messages whose words a company may write itself, the parts each has, and the facts each may speak of.

import type { DocumentLanguage } from '#printing/language.ts';
import {
  builtInCreditNoteMail,
  builtInInvoiceMail,
  builtInNotice,
  builtInReminder,
  builtInReminderLetter,
  builtInReminderSms,
  builtInStatementMail,
  builtInThanksMail,
} from './built-in-template.ts';
import { REMINDER_PHASES, type ReminderPhase } from './reminder-phrases.ts';
import {
  INVOICE_MAIL_VARIABLES,
  REMINDER_SMS_VARIABLES,
  REMINDER_VARIABLES,
  STATEMENT_MAIL_VARIABLES,
  THANKS_MAIL_VARIABLES,
  type VariableKind,
  type VariableKinds,
} from './template.ts';
import { VARIABLE_WORDS } from './variable-words.ts';

/** The template of a phase of reminders on paper. */
export type LetterKind = `letter_${ReminderPhase}`;

/** The phases of reminders, as letters. */
export const LETTER_KINDS = REMINDER_PHASES.map(letterKindOf);

/** The letter of a phase. */
export function letterKindOf(phase: ReminderPhase): LetterKind {
  return `letter_${phase}`;
}

/** Other words for a phase of reminders as mail, which an experiment compares with the usual ones. */
export type OtherKind = `other_${ReminderPhase}`;

/** The phases of reminders, in other words. */
export const OTHER_KINDS = REMINDER_PHASES.map(otherKindOf);

/** The other words of a phase. */
export function otherKindOf(phase: ReminderPhase): OtherKind {
  return `other_${phase}`;
}

/** The template of a phase of reminders as a text message. */
export type SmsKind = `sms_${ReminderPhase}`;

/** The phases of reminders, as text messages. */
export const SMS_KINDS = REMINDER_PHASES.map(smsKindOf);

/** The text message of a phase. */
export function smsKindOf(phase: ReminderPhase): SmsKind {
  return `sms_${phase}`;
}

/**
 * What a template is for: the mail of an invoice, credit note or statement, the thank-you, each phase of reminders as mail,
 * in other words, as letter and as text message, the short notice.
 */
export const TEMPLATE_KINDS = [
  'invoice_mail',
  'credit_note_mail',
  'statement_mail',
  'thanks_mail',
  ...REMINDER_PHASES,
  ...OTHER_KINDS,
  ...LETTER_KINDS,
  ...SMS_KINDS,
  'sms_notice',
] as const;
export type TemplateKind = (typeof TEMPLATE_KINDS)[number];

/** A template as its author wrote it: a short notice has its text alone, a letter what stands over and under its table. */
export type WrittenTemplate = {
  readonly subject?: string | undefined;
  readonly text: string;
  /** The body only; the frame around it is ours. */
  readonly html?: string | undefined;
  /** What stands under the table of a letter; `text` stands over it. */
  readonly closing?: string | undefined;
};

/** A version of a template; one without words went back to what comes with the program. */
export type TemplateVersion = {
  readonly version: number;
  readonly words: WrittenTemplate | null;
  readonly note: string | null;
  readonly writtenBy: string;
  readonly writtenAt: Temporal.Instant;
};

/** Whether a template is one of the phases of reminders. */
export function isReminder(kind: TemplateKind): kind is ReminderPhase {
  return (REMINDER_PHASES as readonly string[]).includes(kind);
}

/** Whether a template is a reminder on paper. */
export function isLetter(kind: TemplateKind): kind is LetterKind {
  return (LETTER_KINDS as readonly string[]).includes(kind);
}

/** Whether a template is a reminder as a text message. */
export function isReminderSms(kind: TemplateKind): kind is SmsKind {
  return (SMS_KINDS as readonly string[]).includes(kind);
}

/** Whether a template is sent as short messages, each of which is paid for: it has its text alone. */
export function isShort(kind: TemplateKind): boolean {
  return kind === 'sms_notice' || isReminderSms(kind);
}

/** The words that come with the program, which every language has. */
export function builtInTemplate(kind: TemplateKind, language: DocumentLanguage): WrittenTemplate {
  if (isReminder(kind)) return builtInReminder(kind, language);
  const other = REMINDER_PHASES.find((one) => otherKindOf(one) === kind);
  if (other) return builtInReminder(other, language);
  const short = REMINDER_PHASES.find((one) => smsKindOf(one) === kind);
  if (short) return { text: builtInReminderSms(short, language) };
  const phase = REMINDER_PHASES.find((one) => letterKindOf(one) === kind);
  if (phase) {
    const { subject, opening, closing } = builtInReminderLetter(phase, language);
    return { subject, text: opening, closing };
  }
  if (kind === 'invoice_mail') return builtInInvoiceMail(language);
  if (kind === 'credit_note_mail') return builtInCreditNoteMail(language);
  if (kind === 'statement_mail') return builtInStatementMail(language);
  if (kind === 'thanks_mail') return builtInThanksMail(language);
  return { text: builtInNotice(language) };
}

/** The facts a template may speak of. */
export function variablesOf(kind: TemplateKind): VariableKinds {
  if (kind === 'statement_mail') return STATEMENT_MAIL_VARIABLES;
  if (kind === 'thanks_mail') return THANKS_MAIL_VARIABLES;
  if (isReminderSms(kind)) return REMINDER_SMS_VARIABLES;
  const isMail = isReminder(kind) || (OTHER_KINDS as readonly string[]).includes(kind);
  return isMail || isLetter(kind) ? REMINDER_VARIABLES : INVOICE_MAIL_VARIABLES;
}

/** A fact as the editor lists it: what it means, and what to write to have it. */
export type ListedVariable = {
  readonly name: string;
  readonly kind: VariableKind;
  readonly says: string;
  readonly insert: string;
};

const FILTERS: Readonly<Record<VariableKind, string>> = {
  text: '',
  number: '',
  money: ' | money',
  date: ' | date',
  percent: ' | percent',
};

/** How a fact is written: `{{ document.total | money }}`; one of an entry is written by the name of its loop, `item.open`. */
function placeOf(name: string, kind: VariableKind): string {
  const path = name
    .replace(/^items\[\]/, 'item')
    .replace(/^totals\[\]/, 'total')
    .replace(/^costs\[\]/, 'cost');
  return `{{ ${path}${name === 'bank.iban' ? ' | iban' : FILTERS[kind]} }}`;
}

/** All facts of a template with what they mean. */
export function listVariables(kind: TemplateKind): readonly ListedVariable[] {
  return Object.entries(variablesOf(kind)).map(([name, variableKind]) => ({
    name,
    kind: variableKind,
    says: VARIABLE_WORDS[name] ?? '',
    insert: placeOf(name, variableKind),
  }));
}
