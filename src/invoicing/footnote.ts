// What stands under documents, as the company says for all of them or somebody chose for one: what is expected on paying, what paying late costs, where it is registered.

import { FOOTNOTES_PER_DOCUMENT_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import { checkLanguage } from '#parties/customer.ts';
import { DOCUMENT_FIELDS } from '#printing/letterhead.ts';

/** The words in braces that a footnote may use: those of all texts around a document. */
export const FOOTNOTE_FIELDS = DOCUMENT_FIELDS;

export type FootnoteFields = Readonly<Record<(typeof FOOTNOTE_FIELDS)[number], string>>;

export type Footnote = { readonly language: string; readonly text: string };

/** Refuses: `language_not_valid`, `too_many_footnotes`, `footnote_field_unknown`. */
export function checkFootnotes(footnotes: readonly Footnote[]): void {
  const counts = new Map<string, number>();
  for (const { language, text } of footnotes) {
    checkLanguage(language);
    counts.set(language, (counts.get(language) ?? 0) + 1);
    checkFootnoteFields(text);
  }
  for (const [language, count] of counts)
    if (count > FOOTNOTES_PER_DOCUMENT_MAX)
      throw new Refusal('too_many_footnotes', { language, footnotesMax: FOOTNOTES_PER_DOCUMENT_MAX });
}

/** Refuses: `footnote_field_unknown`, for a word in braces that would not be filled in. */
export function checkFootnoteFields(text: string): void {
  for (const [, field = ''] of text.matchAll(/\{([^{}]*)\}/g)) {
    if (!(FOOTNOTE_FIELDS as readonly string[]).includes(field))
      throw new Refusal('footnote_field_unknown', {
        field: field.slice(0, 40),
        fields: [...FOOTNOTE_FIELDS],
      });
  }
}

/** The footnotes of the first of these languages that has any; a region counts for its language. */
export function footnotesFor(
  footnotes: readonly Footnote[],
  languages: readonly string[],
): readonly string[] {
  for (const wanted of languages.flatMap((language) => [language, language.split('-')[0] ?? language])) {
    const found = footnotes.filter((footnote) => footnote.language === wanted);
    if (found.length > 0) return found.map((footnote) => footnote.text);
  }
  return [];
}

/** A footnote with its fields filled in. */
export function filledFootnote(text: string, fields: FootnoteFields): string {
  return text.replaceAll(/\{(\w+)\}/g, (whole, field: string) =>
    (FOOTNOTE_FIELDS as readonly string[]).includes(field) ? fields[field as keyof FootnoteFields] : whole,
  );
}
