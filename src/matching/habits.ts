// Habits: what is remembered of how a customer pays, as counts that grow with each payment. They are plain numbers, so they
// can be kept as they are. The habits of all customers together are the pool; where a customer has paid little, it speaks.

/** The ways in which people choose what to pay. Each customer has a mixture of their own. */
export const GENERATORS = [
  'all',
  'due_up_to',
  'due_on',
  'due_in_month',
  'due_between',
  'issued_up_to',
  'issued_on',
  'issued_in_month',
  'issued_between',
  'picked',
] as const;
export type Generator = (typeof GENERATORS)[number];

/** The two orders of documents that payments go by. */
export const ORDERS = ['due', 'issued'] as const;
export type Order = (typeof ORDERS)[number];

/** Classes of documents by how many payments have passed them over: none, one, up to four, more. */
export const PASSED_CLASSES = 4;

const SINGLE_DAYS = 10;
const WEEKS_END = 45;
const QUARTER = 90;
const MIDDLE_BIN = 17;

/** How many bins there are for the days between a payment and a date. */
export const DAY_BINS = 2 * MIDDLE_BIN + 1;

/** The bin of so many days: single days up to ten either way, then weeks, then a quarter, then all that is further away. */
export function dayBin(days: number): number {
  const size = Math.abs(days);
  const step =
    size <= SINGLE_DAYS
      ? size
      : size <= WEEKS_END
        ? SINGLE_DAYS + 1 + Math.floor((size - SINGLE_DAYS - 1) / 7)
        : MIDDLE_BIN - (size <= QUARTER ? 1 : 0);
  return MIDDLE_BIN + (days < 0 ? -step : step);
}

/** The smallest number of documents in each bin of sizes. */
export const SIZE_STARTS = [1, 2, 3, 4, 5, 7, 10, 15, 25, 50] as const;

/** The bin of a payment of so many documents. */
export function sizeBin(size: number): number {
  const after = SIZE_STARTS.findIndex((start) => start > size);
  return (after < 0 ? SIZE_STARTS.length : after) - 1;
}

/** How often something happened, of the times it could have. */
export type Rates = { readonly hits: readonly number[]; readonly chances: readonly number[] };

/** What is remembered of dates of one order. */
export type DateHabits = {
  /** The last date a payment takes in, by days to it. */
  readonly ends: Rates;
  /** The date of a payment that takes one date only, by days to it. */
  readonly groups: Rates;
};

/** A payment as it is remembered: the last due date it took in tells which documents it passed over. */
export type PastPayment = { readonly day: number; readonly dueLast: number };

/** What is remembered of one customer, or of all together. */
export type Habits = {
  readonly payments: number;
  /** How many payments each way of choosing explains; a payment is shared between the ways that could have made it. */
  readonly generators: readonly number[];
  readonly sizes: Rates;
  /** Whether an open document is paid, by days past due and class of passing over. */
  readonly hazard: Rates;
  readonly due: DateHabits;
  readonly issued: DateHabits;
  /** Documents within the dates of a payment that it leaves out, by class of passing over. */
  readonly leftOut: Rates;
  /** Documents beyond the dates of a payment that it takes all the same. */
  readonly added: Rates;
  /** Payments whose amount was not the sum of what they paid: fees, deductions, parts. */
  readonly disturbed: Rates;
  readonly recent: readonly PastPayment[];
};

function noRates(size: number): Rates {
  return { hits: new Array(size).fill(0), chances: new Array(size).fill(0) };
}

/** The habits of somebody who has never paid. */
export function noHabits(): Habits {
  const noDates = (): DateHabits => ({ ends: noRates(DAY_BINS), groups: noRates(DAY_BINS) });
  return {
    payments: 0,
    generators: new Array(GENERATORS.length).fill(0),
    sizes: noRates(SIZE_STARTS.length),
    hazard: noRates(DAY_BINS * PASSED_CLASSES),
    due: noDates(),
    issued: noDates(),
    leftOut: noRates(PASSED_CLASSES),
    added: noRates(PASSED_CLASSES),
    disturbed: noRates(1),
    recent: [],
  };
}

/** Payments of a customer that rates of their own are weighed against: the pool counts as so many. */
const POOL_WEIGHT = 4;
/** Payments of the pool that what is usual counts as. */
const USUAL_WEIGHT = 20;

/** A customer's rate, drawn towards the pool's, and that towards what is usual anywhere. */
export function rateOf(
  own: Rates,
  pool: Rates,
  at: { readonly bin: number; readonly usual: number },
): number {
  const { bin, usual } = at;
  const shared = ((pool.hits[bin] ?? 0) + USUAL_WEIGHT * usual) / ((pool.chances[bin] ?? 0) + USUAL_WEIGHT);
  return ((own.hits[bin] ?? 0) + POOL_WEIGHT * shared) / ((own.chances[bin] ?? 0) + POOL_WEIGHT);
}
