// What can be commented on. Pure.

export const COMMENTED_KINDS = ['customer', 'dispute', 'task'] as const;
export type CommentedKind = (typeof COMMENTED_KINDS)[number];

/** Members told of one comment at most. */
export const MENTIONS_MAX = 20;
