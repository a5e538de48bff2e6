// Writing the words of a message: checked before they are kept, so that no message fails for its words, and kept for
// ever, so that one can see who said what since when.

import { actorText, type Command } from '#command/command.ts';
import { SHORT_MESSAGES_MAX } from '#kernel/limits.ts';
import { type Problem, Refusal } from '#kernel/refusal.ts';
import { takeCompany } from '#parties/take-party.ts';
import type { DocumentLanguage } from '#printing/language.ts';
import {
  isLetter,
  isShort,
  type TemplateKind,
  variablesOf,
  type WrittenTemplate,
} from './message-template.ts';
import { checkTemplate, renderTemplate, sampleVariables } from './render-template.ts';
import { findVersions, insertVersion, type TemplateKey } from './store.ts';
import { type ShortLength, shortLengthOf, shortText } from './text-length.ts';

type Part = Exclude<keyof WrittenTemplate, 'text'>;

/** What a kind must have besides its text, and what it may not have. */
function partsOf(kind: TemplateKind): {
  readonly name: string;
  readonly must: readonly Part[];
  readonly never: readonly Part[];
} {
  if (isShort(kind)) return { name: 'text message', must: [], never: ['subject', 'html', 'closing'] };
  if (isLetter(kind)) return { name: 'letter', must: ['subject', 'closing'], never: ['html'] };
  return { name: 'mail', must: ['subject'], never: ['closing'] };
}

/** The parts a kind has: a text message has its text alone, a mail cannot be without a subject, a letter has no HTML. */
function partProblems(kind: TemplateKind, words: WrittenTemplate): readonly Problem[] {
  const says = (column: string, message: string): Problem => ({ code: 'template_part', column, message });
  const { name, must, never } = partsOf(kind);
  return [
    ...must.flatMap((part) => (words[part] === undefined ? [says(part, `A ${name} has a ${part}.`)] : [])),
    ...never.flatMap((part) => (words[part] === undefined ? [] : [says(part, `A ${name} has no ${part}.`)])),
  ];
}

/** Everything that is wrong with the words of a message, part by part; nothing when they can be used. */
export function findProblems(
  kind: TemplateKind,
  words: WrittenTemplate,
  language: DocumentLanguage,
): readonly Problem[] {
  const kinds = variablesOf(kind);
  const problems = [...partProblems(kind, words), ...checkTemplate(words, kinds)];
  const count = problems.length > 0 ? 0 : (measure(kind, words, language)?.messages ?? 0);
  if (count <= SHORT_MESSAGES_MAX) return problems;
  return [
    {
      code: 'template_sms_too_long',
      column: 'text',
      message: `It takes ${count} text messages; ${SHORT_MESSAGES_MAX} are the limit.`,
    },
  ];
}

/** How long a text message is with facts of usual length; nothing for what is none, or cannot be filled in. */
export function measure(
  kind: TemplateKind,
  words: WrittenTemplate,
  language: DocumentLanguage,
): ShortLength | undefined {
  const kinds = variablesOf(kind);
  if (!isShort(kind) || checkTemplate({ text: words.text }, kinds).length > 0) return undefined;
  return shortLengthOf(
    shortText(renderTemplate({ text: words.text }, sampleVariables(kinds), language).text),
  );
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
