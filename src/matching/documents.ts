// Open documents as matching sees them. Amounts are whole minor units in numbers, not bigint: the search adds millions of
// them, and a sum is exact as long as all amounts together stay below 2^53, which is checked before anything is searched.
// Days are counted from 1 January 1970.

/** A discount that is given to whoever pays all that is open by a day. */
export type OpenDiscount = { readonly untilDay: number; readonly amount: number };

/** What is open of one document (or instalment); negative for a credit. */
export type OpenDocument = {
  readonly id: string;
  readonly amount: number;
  readonly due: number;
  readonly issued: number;
  readonly number?: string;
  /** Purchase orders of the customer that stand on it. */
  readonly orders?: readonly string[];
  readonly discounts?: readonly OpenDiscount[];
  /** A discount that is taken off the amount already. */
  readonly taken?: number;
};

/** Documents of one amount and due date. Nobody can tell which of them is paid, and it does not matter. */
export type Twins = {
  readonly amount: number;
  readonly due: number;
  /** The day of issue of the oldest. */
  readonly issued: number;
  /** Those that a text names come first, then those issued first. */
  readonly documents: readonly OpenDocument[];
};

/** How many of each group of twins are meant, in the order of the groups. */
export type Choice = readonly number[];

/**
 * Documents as groups of twins by due date, issue date and amount; the order they come in does not matter. Of twins, those
 * that a text names come first, then those issued first.
 */
export function groupTwins(
  documents: readonly OpenDocument[],
  named: ReadonlySet<string> = new Set(),
): readonly Twins[] {
  const groups = new Map<string, OpenDocument[]>();
  for (const document of documents) {
    const key = `${document.due}:${document.amount}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [document]);
    else group.push(document);
  }
  const rank = ({ id }: OpenDocument): number => (named.has(id) ? 0 : 1);
  return [...groups.values()]
    .map((group): Twins => {
      const issued = Math.min(...group.map((one) => one.issued));
      group.sort((a, b) => rank(a) - rank(b) || a.issued - b.issued || (a.id < b.id ? -1 : 1));
      const [first] = group as [OpenDocument];
      return { amount: first.amount, due: first.due, issued, documents: group };
    })
    .sort((a, b) => a.due - b.due || a.issued - b.issued || a.amount - b.amount);
}

/** The documents of a choice: of twins, the first. */
export function chosenDocuments(twins: readonly Twins[], choice: Choice): readonly OpenDocument[] {
  return twins.flatMap((group, index) => group.documents.slice(0, choice[index] ?? 0));
}

/** The sum of a choice in minor units. */
export function sumOf(twins: readonly Twins[], choice: Choice): number {
  return twins.reduce((sum, group, index) => sum + group.amount * (choice[index] ?? 0), 0);
}

/** How many documents a choice has. */
export function sizeOf(choice: Choice): number {
  return choice.reduce((sum, count) => sum + count, 0);
}

/** The choice that a set of documents is, by their ids. */
export function choiceOf(twins: readonly Twins[], ids: ReadonlySet<string>): Choice {
  return twins.map(({ documents }) => documents.filter(({ id }) => ids.has(id)).length);
}

/** Whether sums of these amounts are exact in numbers. */
export function areSafe(amount: number, documents: readonly OpenDocument[]): boolean {
  const total = documents.reduce((sum, document) => sum + Math.abs(document.amount), Math.abs(amount));
  return Number.isSafeInteger(amount) && total <= Number.MAX_SAFE_INTEGER;
}

/** How many documents the groups of twins have together. */
export function documentsOf(twins: readonly Twins[]): number {
  return twins.reduce((count, group) => count + group.documents.length, 0);
}

const months = new Map<number, string>();

/** The month of a day that is counted from 1 January 1970. Months are asked for so often that they are remembered. */
export function monthOf(day: number): string {
  const known = months.get(day);
  if (known !== undefined) return known;
  const month = Temporal.PlainDate.from('1970-01-01').add({ days: day }).toPlainYearMonth().toString();
  months.set(day, month);
  return month;
}

/**
 * Documents as they are paid by somebody who takes every discount of the day, the largest of each; nothing where there is
 * none to take.
 */
export function lessDiscounts(
  documents: readonly OpenDocument[],
  day: number,
): readonly OpenDocument[] | undefined {
  const net = documents.map((document) => {
    const live = (document.discounts ?? []).filter(({ untilDay }) => untilDay >= day);
    const taken = Math.max(0, ...live.map(({ amount }) => amount));
    return taken > 0 && taken < document.amount
      ? { ...document, amount: document.amount - taken, taken }
      : document;
  });
  return net.some(({ taken }) => taken !== undefined) ? net : undefined;
}
