// Assertions state what our own reasoning relies on. A failed one is a defect of ours, never the user's fault.

/** A rule of ours turned out not to hold: a defect to be logged and mended, shown outside as "internal error". */
export class BrokenRule extends Error {
  readonly seen: unknown;

  constructor(rule: string, seen?: unknown) {
    super(`broken rule: ${rule}`);
    this.name = 'BrokenRule';
    this.seen = seen;
  }
}

/** Stops the work when `holds` is false. `rule` is a sentence that should be true; `seen` is what was found instead. */
export function assert(holds: boolean, rule: string, seen?: unknown): asserts holds {
  if (!holds) throw new BrokenRule(rule, seen);
}

/** Returns the value, or stops the work when it is missing although our reasoning says it cannot be. */
export function present<T>(value: T | null | undefined, rule: string): T {
  if (value === null || value === undefined) throw new BrokenRule(rule, value);
  return value;
}

/** Makes the compiler prove that every case was handled. */
export function never(value: never, rule = 'every case is handled'): never {
  throw new BrokenRule(rule, value);
}
