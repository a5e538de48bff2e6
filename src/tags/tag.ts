// A tag is a word of a tenant's own for some of its customers: `strategic`, `insured`, `high risk`.

import { Refusal } from '#kernel/refusal.ts';

/** Tags of a customer, customers tagged in one act, and tags listed: more are told apart by no person. */
export const CUSTOMER_TAGS_MAX = 30;
export const TAGGED_AT_ONCE_MAX = 5_000;
export const TAGS_LISTED_MAX = 1_000;

const CHARACTERS_MAX = 40;

/**
 * A tag as it is kept: in small letters, with single spaces, so that one word is one tag however it is typed.
 *
 * Refuses: `tag_not_valid` for nothing, more than 40 characters, or signs that are not printed.
 */
export function tagOf(text: string): string {
  const tag = foldTag(text);
  if (tag === '' || tag.length > CHARACTERS_MAX || /[\p{Cc}\p{Cs},;]/u.test(tag))
    throw new Refusal('tag_not_valid', { tag: text.slice(0, CHARACTERS_MAX) });
  return tag;
}

/** The same without looking whether it can be a tag: what is looked for among tags that are kept. */
export function foldTag(text: string): string {
  return text.normalize('NFC').toLowerCase().trim().replace(/\s+/g, ' ');
}

/** What of the tags of a customer is to be added and taken away. A tag in both is taken away. */
export type TagChange = { readonly add: readonly string[]; readonly take: readonly string[] };

/**
 * What a change does to a customer that has some tags: what it has already is not added again, and what it does not have is not
 * taken away. Refuses: `too_many_tags`.
 */
export function decideTags(had: readonly string[], { add, take }: TagChange): TagChange {
  const gone = new Set(take);
  const added = [...new Set(add)].filter((tag) => !had.includes(tag) && !gone.has(tag));
  const taken = [...gone].filter((tag) => had.includes(tag));
  if (had.length + added.length - taken.length > CUSTOMER_TAGS_MAX)
    throw new Refusal('too_many_tags', { tagsMax: CUSTOMER_TAGS_MAX });
  return { add: added, take: taken };
}
