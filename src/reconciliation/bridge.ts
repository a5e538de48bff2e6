// The reconciliation of a bank account: from the balance at the bank to the balance in the books as of the end of a day, by what
// stands on one side only. Both ends are found apart from each other; what does not meet is shown to the cent.

/** Amounts in minor units of the account's currency. */
export type BridgeParts = {
  readonly bankMinor: bigint;
  /** Received by the books, not on a statement yet. */
  readonly depositsMinor: bigint;
  /** Paid back by the books, not on a statement yet; negative. */
  readonly refundsMinor: bigint;
  /** Come back by the books, not on a statement yet; negative. */
  readonly returnsMinor: bigint;
  /** On a statement, and nobody said yet what they are. */
  readonly unexplainedMinor: bigint;
  /** On a statement, and dated later in the books. */
  readonly earlyMinor: bigint;
};

export type Bridge = BridgeParts & {
  /** What the books should have by what the bank has. */
  readonly expectedMinor: bigint;
  readonly booksMinor: bigint;
  /** Expected less books: nothing, or something is wrong. */
  readonly offMinor: bigint;
};

/** Goes from the bank to the books. */
export function bridge(parts: BridgeParts, booksMinor: bigint): Bridge {
  const expectedMinor =
    parts.bankMinor +
    parts.depositsMinor +
    parts.refundsMinor +
    parts.returnsMinor -
    parts.unexplainedMinor -
    parts.earlyMinor;
  return { ...parts, expectedMinor, booksMinor, offMinor: expectedMinor - booksMinor };
}

/** Ages by which deposits in transit are told, in days: a deposit takes a day or two; after a week somebody asks the bank. */
export const TRANSIT_AGES = [2, 7, 30] as const;

/** Which age an amount is of: the index of the first limit it is not older than, or the number of limits. */
export function transitAge(days: number): number {
  const index = TRANSIT_AGES.findIndex((limit) => days <= limit);
  return index < 0 ? TRANSIT_AGES.length : index;
}
