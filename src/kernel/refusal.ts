// A refusal is the system saying no on purpose: it understood the request and will not do it.
// It carries a code from a closed list (see each module's contract) and the facts a person needs to act.

type Fact = string | number | boolean | null | readonly string[];

/**
 * Facts that explain a refusal; plain values only, so that they can be stored, sent and translated. Where a person mends many
 * things at once, a list of facts of one kind.
 */
export type Facts = Readonly<Record<string, Fact | readonly Readonly<Record<string, Fact>>[]>>;

/**
 * Says no to a request that was understood, for a stated reason. Thrown inside a command it rolls everything back;
 * outside it becomes a problem document (RFC 9457) whose status the operation's contract gives.
 */
export class Refusal extends Error {
  readonly code: string;
  readonly facts: Facts;

  constructor(code: string, facts: Facts = {}) {
    super(`${code}${Object.keys(facts).length > 0 ? ` ${JSON.stringify(facts)}` : ''}`);
    this.name = 'Refusal';
    this.code = code;
    this.facts = facts;
  }
}

/** One thing wrong with one piece of input, where it is and what to do; many are gathered so a person fixes them at once. */
export type Problem = {
  readonly code: string;
  readonly message: string;
  /** 1-based line of the source file, where there is one. */
  readonly line?: number;
  /** 1-based character in that line, where it is known. */
  readonly position?: number;
  /** Name of the column or field. */
  readonly column?: string;
  /** The offending text as it was read, shortened. */
  readonly value?: string;
};
