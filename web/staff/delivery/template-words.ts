// The kinds of templates, in words people use.

export const KIND_WORDS = {
  invoice_mail: 'Mail of an invoice',
  credit_note_mail: 'Mail of a credit note',
  statement_mail: 'Mail of a statement of account',
  thanks_mail: 'Thank-you for a payment',
  upcoming: 'Reminder: due soon',
  due_today: 'Reminder: due today',
  first_reminder: 'Reminder: first after the due day',
  second_reminder: 'Reminder: second',
  third_reminder: 'Reminder: third',
  legal_announcement: 'Reminder: last before legal action',
  other_upcoming: 'Other words to try: due soon',
  other_due_today: 'Other words to try: due today',
  other_first_reminder: 'Other words to try: first after the due day',
  other_second_reminder: 'Other words to try: second',
  other_third_reminder: 'Other words to try: third',
  other_legal_announcement: 'Other words to try: last before legal action',
  letter_upcoming: 'Letter: due soon',
  letter_due_today: 'Letter: due today',
  letter_first_reminder: 'Letter: first after the due day',
  letter_second_reminder: 'Letter: second',
  letter_third_reminder: 'Letter: third',
  letter_legal_announcement: 'Letter: last before legal action',
  sms_upcoming: 'Text message: due soon',
  sms_due_today: 'Text message: due today',
  sms_first_reminder: 'Text message: first after the due day',
  sms_second_reminder: 'Text message: second',
  sms_third_reminder: 'Text message: third',
  sms_legal_announcement: 'Text message: last before legal action',
  sms_notice: 'Text message about a document',
} as const;

export type TemplateKind = keyof typeof KIND_WORDS;

/** Whether a template speaks of all that is open rather than of one document. */
export function isAboutAccount(kind: TemplateKind): boolean {
  return !['invoice_mail', 'credit_note_mail', 'sms_notice'].includes(kind);
}

/** The words of a template as one types them; a part that is not there is empty. */
export type Words = {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly closing: string;
};

/** Whether a template is a reminder as mail or text message. */
export function isReminder(kind: TemplateKind): boolean {
  return isAboutAccount(kind) && !isLetter(kind) && !['statement_mail', 'thanks_mail'].includes(kind);
}

/** Whether a template is a reminder on paper. */
export function isLetter(kind: TemplateKind): boolean {
  return kind.startsWith('letter_');
}

/** Whether a template is sent as text messages, so that it has its text alone. */
export function isShort(kind: TemplateKind): boolean {
  return kind.startsWith('sms_');
}

/** The parts that are filled, as the server takes them. */
export function writtenWords(kind: TemplateKind, { subject, text, html, closing }: Words) {
  if (isShort(kind)) return { text };
  if (isLetter(kind)) return { subject, text, closing };
  return { subject, text, ...(html.trim() === '' ? {} : { html }) };
}

/** `132 characters, 1 text message`, with why it is more than one expects. */
export function lengthWords(length: {
  readonly characters: number;
  readonly alphabet: 'gsm7' | 'ucs2';
  readonly messages: number;
}): string {
  const messages = `${length.messages} text ${length.messages === 1 ? 'message' : 'messages'}`;
  const why = length.alphabet === 'ucs2' ? ' (with letters that take more room)' : '';
  return `${length.characters} characters, ${messages}${why}`;
}
