// What can be asked for: an operation of the API, and the command that carries it out. Later modules name theirs in the
// table at the edge.

import type { Command } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import type { Operation } from '#http/contract.ts';
import type { Json } from '#kernel/canonical.ts';

export type Approvable = {
  readonly operation: Operation;
  readonly command: Command<never, Json>;
};

/** A kind of decision that rules can be set for, in the words of people. */
export type DecisionKind = {
  /** `credit_note`, or `write_off.bad_debt` for a part of the kind before the dot. */
  readonly kind: string;
  readonly title: string;
};

/** All that can be asked for, and all kinds of decisions. */
export type Registry = {
  readonly approvables: readonly Approvable[];
  readonly kinds: readonly DecisionKind[];
  /** The names of customers; parties know them, who come after approvals. */
  readonly readCustomerNames: (tx: Tx, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;
};
