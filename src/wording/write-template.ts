// Writing the words of a message: checked before they are kept, so that no message fails for its words, and kept for ever, so that
// one can see who said what since when.

import { actorText, type Command } from '#command/command.ts';
import { SHORT_MESSAGES_MAX } from '#kernel/limits.ts';
import { type Problem, Refusal } from '#kernel/refusal.ts';
import { takeCompany } from '#parties/take-party.ts';
import type { DocumentLanguage } from '#printing/language.ts';
import { type TemplateKind, variablesOf, type WrittenTemplate } from './message-template.ts';
import { checkTemplate, renderTemplate, sampleVariables } from './render-template.ts';
import { findVersions, insertVersion, type TemplateKey } from './store.ts';
import { shortMessagesOf } from './text-length.ts';

/** The parts a kind has: a short notice has its text alone, a mail cannot be without a subject. */
function partProblems(kind: TemplateKind, words: WrittenTemplate): readonly Problem[] {
  const says = (column: string, message: string): Problem => ({ code: 'template_part', column, message });
  if (kind !== 'sms_notice')
    return words.subject === undefined ? [says('subject', 'A mail has a subject.')] : [];
  return (['subject', 'html'] as const).flatMap((part) =>
    words[part] === undefined ? [] : [says(part, `A short notice has no ${part}.`)],
  );
}

/** Everything that is wrong with the words of a message, part by part; nothing when they can be used. */
export function findProblems(
  kind: TemplateKind,
  words: WrittenTemplate,
  language: DocumentLanguage,
): readonly Problem[] {
  const kinds = variablesOf(kind);
  const problems = [...partProblems(kind, words), ...checkTemplate(words, kinds)];
  if (kind !== 'sms_notice' || problems.length > 0) return problems;
  const { text } = renderTemplate({ text: words.text }, sampleVariables(kinds), language);
  const count = shortMessagesOf(text.trim());
  if (count <= SHORT_MESSAGES_MAX) return [];
  return [
    {
      code: 'template_sms_too_long',
      column: 'text',
      message: `It takes ${count} short messages; ${SHORT_MESSAGES_MAX} are the limit.`,
    },
  ];
}

export type WriteTemplate = Omit<TemplateKey, 'language'> & {
  readonly language: DocumentLanguage;
  /** Null: back to what comes with the program. */
  readonly words: WrittenTemplate | null;
  /** The version the author saw; 0 where there was none. */
  readonly basedOn: number;
  readonly note?: string | undefined;
};

/**
 * Adds a version of a template, which is used from now on, also by messages that wait to be sent.
 *
 * Refuses: `company_not_found`, `template_not_valid` (problems), `template_changed_meanwhile` (seen, now).
 */
export const writeTemplate: Command<WriteTemplate, { readonly version: number }> = {
  name: 'write-template',
  permission: 'company.manage',
  constraints: { message_template_pkey: 'template_changed_meanwhile' },
  async run(act, { words, basedOn, note, ...key }) {
    const company = await takeCompany(act, key.companyId);
    const [latest] = await findVersions(act, key, 1);
    const now = latest?.version ?? 0;
    if (now !== basedOn) throw new Refusal('template_changed_meanwhile', { seen: basedOn, now });
    const problems = words === null ? [] : findProblems(key.kind, words, key.language);
    if (problems.length > 0)
      throw new Refusal('template_not_valid', {
        problems: problems.map(({ column, line, message }) => `${column} ${line ?? ''}: ${message}`),
      });
    const version = now + 1;
    insertVersion(act, key, { version, words, note: note ?? null, writtenBy: actorText(act.actor) });
    act.record({
      type: 'message_template.written',
      subjectId: company.id,
      data: { kind: key.kind, language: key.language, version, isBuiltIn: words === null, note },
    });
    return { version };
  },
};
