// How much at once of what collecting brings: reports on contacts, experiments with steps, and money kept on account.

/** Days after a contact in which money is credited to it, usually and at most; see `EFFECT_FORMULA`. */
export const EFFECT_WINDOW_DAYS = 14;
export const EFFECT_WINDOW_DAYS_MAX = 90;
/** Days of contacts that one report is made of, promises it looks at, and money shown of one contact. */
export const EFFECT_PERIOD_DAYS_MAX = 731;
export const EFFECT_PROMISES_MAX = 100_000;
export const EFFECT_CASH_SHOWN = 500;

/** Days in which an experiment takes customers in, and how many experiments a page shows. */
export const EXPERIMENT_DAYS_MAX = 366;
export const EXPERIMENTS_SHOWN = 50;

/** Days after which money kept on account is looked at again, where whoever keeps it says nothing else; and the most that is said. */
export const KEPT_DAYS = 30;
export const KEPT_DAYS_MAX = 730;
/** Accounts on which other rules of the worklist are tried at most: half that come first by points, half by expected value. */
export const RULES_PREVIEWED_MAX = 2_000;
/** Accounts shown of the order that other rules would make: a morning's work. */
export const RULES_SHOWN_FIRST = 25;
