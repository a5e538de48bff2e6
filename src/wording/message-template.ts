// The kinds of messages whose words a company may write itself, the parts each has, and the facts each may speak of.

import type { DocumentLanguage } from '#printing/language.ts';
import {
  builtInCreditNoteMail,
  builtInInvoiceMail,
  builtInNotice,
  builtInReminder,
  builtInStatementMail,
} from './built-in-template.ts';
import { REMINDER_PHASES, type ReminderPhase } from './reminder-phrases.ts';
import {
  INVOICE_MAIL_VARIABLES,
  REMINDER_VARIABLES,
  STATEMENT_MAIL_VARIABLES,
  type VariableKind,
  type VariableKinds,
} from './template.ts';
import { VARIABLE_WORDS } from './variable-words.ts';

/** What a template is for: the mail of an invoice, credit note or statement, each phase of reminders, the short notice. */
export const TEMPLATE_KINDS = [
  'invoice_mail',
  'credit_note_mail',
  'statement_mail',
  ...REMINDER_PHASES,
  'sms_notice',
] as const;
export type TemplateKind = (typeof TEMPLATE_KINDS)[number];

/** A template as its author wrote it: a short notice has its text alone. */
export type WrittenTemplate = {
  readonly subject?: string | undefined;
  readonly text: string;
  /** The body only; the frame around it is ours. */
  readonly html?: string | undefined;
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

/** The words that come with the program, which every language has. */
export function builtInTemplate(kind: TemplateKind, language: DocumentLanguage): WrittenTemplate {
  if (isReminder(kind)) return builtInReminder(kind, language);
  if (kind === 'invoice_mail') return builtInInvoiceMail(language);
  if (kind === 'credit_note_mail') return builtInCreditNoteMail(language);
  if (kind === 'statement_mail') return builtInStatementMail(language);
  return { text: builtInNotice(language) };
}

/** The facts a template may speak of. */
export function variablesOf(kind: TemplateKind): VariableKinds {
  if (kind === 'statement_mail') return STATEMENT_MAIL_VARIABLES;
  return isReminder(kind) ? REMINDER_VARIABLES : INVOICE_MAIL_VARIABLES;
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
};

/** How a fact is written: `{{ document.total | money }}`; one of an entry is written by the name of its loop, `item.open`. */
function placeOf(name: string, kind: VariableKind): string {
  const path = name.replace(/^items\[\]/, 'item').replace(/^totals\[\]/, 'total');
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
