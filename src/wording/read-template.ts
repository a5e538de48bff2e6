// Reading the words a message is written with: the company's own in the reader's language, else those that come with the program.

import type { Tx } from '#db/transaction.ts';
import type { CompanyId } from '#kernel/id.ts';
import type { DocumentLanguage } from '#printing/language.ts';
import { builtInTemplate, otherKindOf, type TemplateKind, type WrittenTemplate } from './message-template.ts';
import type { ReminderPhase } from './reminder-phrases.ts';
import { existsWords, findVersions } from './store.ts';

/**
 * The words in force. The language was chosen before (contact, customer, company, English): words of one's own in another
 * language are never taken in its place.
 */
export async function readTemplate(
  tx: Tx,
  companyId: CompanyId,
  kind: TemplateKind,
  language: DocumentLanguage,
): Promise<WrittenTemplate> {
  const [latest] = await findVersions(tx, { companyId, kind, language }, 1);
  return latest?.words ?? builtInTemplate(kind, language);
}

/**
 * The other words of a phase of reminders, for who is part of an experiment with them: those a company wrote in this
 * language; where it wrote none, the usual ones, so that nobody hears what nobody chose.
 */
export async function readOtherTemplate(
  tx: Tx,
  companyId: CompanyId,
  phase: ReminderPhase,
  language: DocumentLanguage,
): Promise<WrittenTemplate> {
  const [latest] = await findVersions(tx, { companyId, kind: otherKindOf(phase), language }, 1);
  return latest?.words ?? readTemplate(tx, companyId, phase, language);
}

/** Whether any company wrote other words for a phase, in whichever language. */
export function hasOtherWords(tx: Tx, phase: ReminderPhase): Promise<boolean> {
  return existsWords(tx, otherKindOf(phase));
}
