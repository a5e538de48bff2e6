// By what the list is ordered, and whose accounts are shown. Pure.

/** `points`: by the rules. `expected`: by the money a contact is worth at most. */
export const RANKS = ['points', 'expected'] as const;
export type Rank = (typeof RANKS)[number];

/** `mine`: my accounts, and those of whom I stand in for. */
export const WHOSE = ['mine', 'unowned', 'all'] as const;
export type Whose = (typeof WHOSE)[number];
