// Reading the words a message is written with: the company's own in the reader's language, else those that come with the program.

import type { Tx } from '#db/transaction.ts';
import type { CompanyId } from '#kernel/id.ts';
import type { DocumentLanguage } from '#printing/language.ts';
import { builtInTemplate, type TemplateKind, type WrittenTemplate } from './message-template.ts';
import { findVersions } from './store.ts';

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
