// What the columns of a gateway's payout report mean: one row as it stands in the file becomes one row in our words. The names are
// those that Stripe and Adyen document for their exports; who has another gateway brings the file into our own columns.

import type { PlainDate } from '#kernel/calendar.ts';
import { Refusal } from '#kernel/refusal.ts';
import { plainName } from './bank-csv-profile.ts';
import { readAmount, readDate } from './number-and-date-text.ts';
import { PAYOUT_KINDS, type PayoutKind } from './payout-kinds.ts';
import { minusAmount, plusAmount } from './statement-tally.ts';

/** One row; amounts are decimal text with the sign the receiver of the payout sees, the fee what is taken off. */
export type PayoutRow = {
  readonly line: number;
  /** The gateway's name of the row, the same whenever it is sent again. */
  readonly id: string;
  /** Which payout it went into; none while it waits for one. */
  readonly payout: string | undefined;
  readonly payoutOn: PlainDate | undefined;
  readonly on: PlainDate;
  readonly kind: PayoutKind;
  readonly currency: string;
  readonly gross: string;
  readonly fee: string;
  readonly net: string;
  /** The charge it is, or that it takes back. */
  readonly charge: string | undefined;
  readonly payer: string | undefined;
  readonly texts: readonly string[];
  /** The account at the gateway, where the file names it. */
  readonly account: string | undefined;
};

/** A row of the file by the names of its columns. */
export type Cells = (name: string) => string;

/** How one kind of report is written. */
export type PayoutShape = {
  readonly name: string;
  /** Columns that only this report has together. */
  readonly marks: readonly string[];
  /** Whether each payout stands as a row of its own, so that its rows come to nothing. */
  readonly statesPayout: boolean;
  read(cell: Cells, line: number): PayoutRow;
};

/** Which kind a word of the gateway means; what is not named is `other`. */
type Words = Readonly<Record<string, PayoutKind>>;

/** Stripe's reporting categories, and the types of its balance history. */
const STRIPE_WORDS: Words = {
  charge: 'charge',
  payment: 'charge',
  refund: 'refund',
  payment_refund: 'refund',
  partial_capture_reversal: 'refund',
  payment_failure_refund: 'refund',
  payment_reversal: 'refund',
  dispute: 'dispute',
  dispute_reversal: 'reversal',
  refund_failure: 'reversal',
  fee: 'fee',
  network_cost: 'fee',
  stripe_fee: 'fee',
  stripe_fx_fee: 'fee',
  tax: 'fee',
  payout: 'payout',
  // A payout that failed comes back into the one that follows.
  payout_reversal: 'carried',
  payout_failure: 'carried',
  payout_cancel: 'carried',
};

const ADYEN_WORDS: Words = {
  settled: 'charge',
  settledbulk: 'charge',
  refunded: 'refund',
  refundedbulk: 'refund',
  settledreversed: 'refund',
  chargeback: 'dispute',
  secondchargeback: 'dispute',
  chargebackreversed: 'reversal',
  refundedreversed: 'reversal',
  fee: 'fee',
  misccosts: 'fee',
  paymentcost: 'fee',
  invoicededuction: 'fee',
  merchantpayout: 'payout',
  balancetransfer: 'carried',
};

const OWN_WORDS: Words = Object.fromEntries(PAYOUT_KINDS.map((kind) => [kind, kind]));

const NOTHING = '0';

/** Stripe, payout reconciliation and balance change, itemized: a row for each transaction, none for the payout. */
const stripeItemized: PayoutShape = {
  name: 'stripe_itemized',
  marks: [
    'balance_transaction_id',
    'automatic_payout_id',
    'reporting_category',
    'gross',
    'fee',
    'net',
    'currency',
  ],
  statesPayout: false,
  read: (cell, line) => {
    const either = (...names: readonly string[]): string => names.map(cell).find((text) => text !== '') ?? '';
    const paidOut = either('automatic_payout_effective_at_utc', 'automatic_payout_effective_at');
    return {
      line,
      id: needed(cell('balance_transaction_id'), 'balance_transaction_id', line),
      payout: cell('automatic_payout_id') || undefined,
      payoutOn: paidOut === '' ? undefined : dayOf(paidOut, 'automatic_payout_effective_at', line),
      on: dayOf(either('created_utc', 'created'), 'created', line),
      kind: STRIPE_WORDS[cell('reporting_category').toLowerCase()] ?? 'other',
      ...amountsOf(cell, line),
      charge: either('charge_id', 'source_id') || undefined,
      payer: either('customer_name', 'shipping_name', 'customer_email') || undefined,
      texts: [cell('description'), cell('invoice_number'), cell('invoice_id'), cell('payment_intent_id')],
      account: undefined,
    };
  },
};

/** Stripe, balance history as the dashboard exports it: payouts are rows, the payout of a row stands as its transfer. */
const stripeHistory: PayoutShape = {
  name: 'stripe_balance_history',
  marks: ['id', 'type', 'source', 'amount', 'fee', 'net', 'currency', 'created (utc)', 'transfer'],
  statesPayout: true,
  read: (cell, line) => {
    const kind = STRIPE_WORDS[cell('type').toLowerCase()] ?? 'other';
    const on = dayOf(cell('created (utc)'), 'Created (UTC)', line);
    const paidOut = cell('transfer date (utc)') || cell('available on (utc)');
    return {
      line,
      id: needed(cell('id'), 'id', line),
      payout: (kind === 'payout' ? cell('source') || cell('transfer') : cell('transfer')) || undefined,
      payoutOn: kind !== 'payout' || paidOut === '' ? undefined : dayOf(paidOut, 'Available On (UTC)', line),
      on,
      kind,
      ...amountsOf((name) => cell(name === 'gross' ? 'amount' : name), line),
      charge: cell('source') || undefined,
      payer: undefined,
      texts: [cell('description')],
      account: undefined,
    };
  },
};

/** Adyen, settlement details: debit and credit by themselves, costs in columns of their own, the batch comes to nothing. */
const adyenSettlement: PayoutShape = {
  name: 'adyen_settlement_details',
  marks: ['psp reference', 'type', 'net currency', 'net debit (nc)', 'net credit (nc)', 'batch number'],
  statesPayout: true,
  read: (cell, line) => {
    const currency = needed(cell('net currency'), 'Net Currency', line).toUpperCase();
    const amount = (name: string) => ({ decimal: decimalOf(cell(name), name, line), currency });
    const costs = ['commission (nc)', 'markup (nc)', 'scheme fees (nc)', 'interchange (nc)'];
    const net = minusAmount(amount('net credit (nc)'), amount('net debit (nc)'));
    const fee = costs.reduce((sum, name) => plusAmount(sum, amount(name)), { decimal: NOTHING, currency });
    const worth = plusAmount(net, fee);
    const isSame = cell('gross currency').toUpperCase() === currency;
    const stated = minusAmount(amount('gross credit (gc)'), amount('gross debit (gc)'));
    const kind = ADYEN_WORDS[cell('type').toLowerCase()] ?? 'other';
    // A payout has no gross side of its own, nor has a fee; only what a customer paid or got back can be compared.
    const isStated = isSame && ['charge', 'refund', 'dispute'].includes(kind);
    const charge = cell('psp reference') || undefined;
    const on = dayOf(cell('creation date'), 'Creation Date', line);
    const batch = needed(cell('batch number'), 'Batch Number', line);
    const account = cell('merchant account') || undefined;
    return {
      line,
      id: [cell('modification reference') || charge || 'batch', cell('type'), batch].join(' '),
      payout: batch,
      payoutOn: kind === 'payout' ? on : undefined,
      on,
      kind,
      currency,
      gross: isStated ? stated.decimal : worth.decimal,
      fee: fee.decimal,
      net: net.decimal,
      charge,
      payer: undefined,
      texts: [cell('merchant reference'), cell('modification merchant reference'), cell('payment method')],
      account,
    };
  },
};

/** Our own columns, for whichever gateway: documented in the manual. */
const ownColumns: PayoutShape = {
  name: 'payout_csv',
  marks: ['payout', 'payout_date', 'id', 'date', 'type', 'gross', 'fee', 'net', 'currency'],
  statesPayout: false,
  read: (cell, line) => {
    const word = cell('type').toLowerCase();
    const kind = OWN_WORDS[word];
    if (kind === undefined) throw unreadable(line, 'type', word);
    const paidOut = cell('payout_date');
    return {
      line,
      id: needed(cell('id'), 'id', line),
      payout: cell('payout') || undefined,
      payoutOn: paidOut === '' ? undefined : dayOf(paidOut, 'payout_date', line),
      on: dayOf(cell('date'), 'date', line),
      kind,
      ...amountsOf(cell, line),
      charge: cell('charge') || cell('id') || undefined,
      payer: cell('payer') || undefined,
      texts: [cell('reference'), cell('text')],
      account: cell('account') || undefined,
    };
  },
};

/** All reports that are known, each by its marks. */
const PAYOUT_SHAPES: readonly PayoutShape[] = [stripeItemized, stripeHistory, adyenSettlement, ownColumns];

/** The report that has these headings; nothing where it is not known. */
export function shapeOfHeadings(headings: readonly string[]): PayoutShape | undefined {
  const names = new Set(headings.map(plainName));
  return PAYOUT_SHAPES.find(({ marks }) => marks.every((mark) => names.has(mark)));
}

function amountsOf(cell: Cells, line: number): Pick<PayoutRow, 'currency' | 'gross' | 'fee' | 'net'> {
  const [gross, fee, net] = ['gross', 'fee', 'net'].map((name) => decimalOf(cell(name), name, line));
  const currency = needed(cell('currency'), 'currency', line).toUpperCase();
  return { currency, gross: gross ?? NOTHING, fee: fee ?? NOTHING, net: net ?? NOTHING };
}

function decimalOf(text: string, column: string, line: number): string {
  if (text === '') return NOTHING;
  try {
    return readAmount(text, '.').decimal;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw unreadable(line, column, text);
  }
}

/** The day of a date or moment, which all of these write the year first. */
function dayOf(text: string, column: string, line: number): PlainDate {
  try {
    return readDate(text.slice(0, 10), 'year_month_day');
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw unreadable(line, column, text);
  }
}

function needed(text: string, column: string, line: number): string {
  if (text === '') throw unreadable(line, column, text);
  return text;
}

function unreadable(line: number, column: string, value: string): Refusal {
  return new Refusal('payout_row_unreadable', { line, column, value: value.slice(0, 100) });
}
