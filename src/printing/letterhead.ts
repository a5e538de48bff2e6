// What a company says at the head and foot of its documents and around their lines, by language. What it does not say in any
// language that fits stands as is usual: how to reach it at the head; address, registration and bank at the foot.

import { Refusal } from '#kernel/refusal.ts';
import type { DocumentLanguage } from './language.ts';
import { formatIban } from './print-format.ts';

/** The words in braces that the head and the foot may use; a line of which all words are unknown is left out. */
export const LETTERHEAD_FIELDS = [
  'name',
  'street',
  'town',
  'taxId',
  'registration',
  'email',
  'phone',
  'bank',
  'iban',
  'bic',
  'account',
  'routing',
] as const;

/** The words in braces that texts around the lines and under a document may use. */
export const DOCUMENT_FIELDS = ['number', 'issuedOn', 'dueOn', 'total', 'iban', 'bic', 'reference'] as const;

/** What a company says in one language. An empty list or null is not said in it. */
export type Letterhead = {
  readonly language: DocumentLanguage;
  /** Lines at the head, at the side of the logo. */
  readonly head: readonly string[];
  /** Up to three columns at the foot of every page. */
  readonly columns: readonly (readonly string[])[];
  /** On invoices, over and under what is invoiced. */
  readonly before: string | null;
  readonly after: string | null;
  /** On credit notes. */
  readonly creditBefore: string | null;
  readonly creditAfter: string | null;
};

/** What a company says in all of its languages, and which of them is its own. */
export type Letterheads = { readonly texts: readonly Letterhead[]; readonly ownLanguage: DocumentLanguage };

/** Refuses: `letterhead_twice` (a language), `letterhead_field_unknown`, for a word in braces that would not be filled in. */
export function checkLetterheads(texts: readonly Letterhead[]): void {
  const seen = new Set<string>();
  for (const each of texts) {
    if (seen.has(each.language)) throw new Refusal('letterhead_twice', { language: each.language });
    seen.add(each.language);
    for (const line of [...each.head, ...each.columns.flat()]) checkFields(line, LETTERHEAD_FIELDS);
    for (const text of [each.before, each.after, each.creditBefore, each.creditAfter])
      checkFields(text ?? '', DOCUMENT_FIELDS);
  }
}

function checkFields(text: string, fields: readonly string[]): void {
  for (const [, field = ''] of text.matchAll(/\{([^{}]*)\}/g)) {
    if (!fields.includes(field))
      throw new Refusal('letterhead_field_unknown', { field: field.slice(0, 40), fields: [...fields] });
  }
}

/** A part of it in a language: of that language, else of the company's own; nothing where neither says it. */
export function partIn<T>(
  letterheads: Letterheads | undefined,
  language: DocumentLanguage,
  part: (letterhead: Letterhead) => T | null,
): T | undefined {
  for (const wanted of [language, letterheads?.ownLanguage]) {
    const found = letterheads?.texts.find((each) => each.language === wanted);
    const said = found && part(found);
    if (said !== undefined && said !== null && !(Array.isArray(said) && said.flat().length === 0))
      return said;
  }
  return undefined;
}

/** What is known of a company that its head and foot may name. */
type Known = {
  readonly name: string;
  readonly addressLines: readonly string[];
  readonly taxId?: string | undefined;
  readonly registration?: readonly string[] | undefined;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
  readonly bank?:
    | {
        readonly bankName?: string | undefined;
        readonly iban?: string | undefined;
        readonly bic?: string | undefined;
        readonly accountNumber?: string | undefined;
        readonly routingNumber?: string | undefined;
      }
    | undefined;
};

/** The facts of a company that its head and foot may name, each empty where it is not known. */
function factsOf(seller: Known): Readonly<Record<(typeof LETTERHEAD_FIELDS)[number], string>> {
  const { bank, addressLines } = seller;
  return {
    name: seller.name,
    street: addressLines[0] ?? '',
    town: addressLines[1] ?? '',
    taxId: seller.taxId ?? '',
    registration: seller.registration?.join(', ') ?? '',
    email: seller.email ?? '',
    phone: seller.phone ?? '',
    bank: bank?.bankName ?? '',
    iban: bank?.iban ? formatIban(bank.iban) : '',
    bic: bank?.bic ?? '',
    account: bank?.accountNumber ?? '',
    routing: bank?.routingNumber ?? '',
  };
}

/** Lines of the head or foot with their words filled in; a line that only names what is not known is left out. */
export function filledLines(lines: readonly string[], seller: Known): string[] {
  const facts = factsOf(seller);
  return lines.flatMap((line) => {
    const named = [...line.matchAll(/\{(\w+)\}/g)].map(
      ([, field = '']) => facts[field as keyof typeof facts],
    );
    if (named.length > 0 && named.every((text) => !text)) return [];
    return [line.replaceAll(/\{(\w+)\}/g, (_, field: string) => facts[field as keyof typeof facts] ?? '')];
  });
}
