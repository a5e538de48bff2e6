// How many tasks, and how far ahead: what no person does by hand. Pure.

/** Days that a task may be put off. */
export const TASK_SNOOZE_DAYS_MAX = 60;
/** Tasks changed at once. */
export const TASKS_CHANGED_MAX = 200;
/** Tasks made in one go; what is left is made in the next. */
export const TASKS_MADE_MAX = 2_000;
/** Items whose steps one task is said to be about. */
export const TASK_ITEMS_MAX = 200;
/** Days ahead that a person may date a task. */
export const TASK_AHEAD_DAYS_MAX = 366;
/** Customers whose steps a worker looks at in one transaction. */
export const STEP_CUSTOMERS_MAX = 1_000;
