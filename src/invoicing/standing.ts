// How a document stands today: what is open of it, since when that is late, and its state. Pure.

import { daysBetween, isBefore, type PlainDate } from '#kernel/calendar.ts';
import { type Currency, type Money, money } from '#kernel/money.ts';
import { type ItemKind, left, type OpenItem } from '#ledger/open-item.ts';
import type { DocumentKind } from './document.ts';
import { type DocumentState, documentState, type Settled } from './invoice-state.ts';

/** What is known of a document to say how it stands. */
export type StandingFacts = {
  readonly kind: DocumentKind;
  /** What it asks or gives, without sign: its total, less what a credit note takes back of a discount. In minor units. */
  readonly given: bigint;
  readonly currency: Currency;
  /** Its last due date. */
  readonly dueOn: PlainDate;
  readonly voidedOn: PlainDate | null;
  /** Its own items; counter-items may be among them. */
  readonly items: readonly OpenItem[];
  /** What settled it, by kind of item, without signs. */
  readonly settledBy: ReadonlyMap<ItemKind, bigint>;
};

export type Standing = {
  /** Without sign: what is owed to us, or left of a credit. */
  readonly open: Money;
  readonly state: DocumentState;
  /** The oldest due date of what is open; of a settled document, its last due date. */
  readonly dueOn: PlainDate;
  /** Days past that date; 0 when nothing is late. A credit is never late. */
  readonly daysLate: number;
};

/** How a document stands on a day. */
export function standingOf(document: StandingFacts, today: PlainDate): Standing {
  const open = document.items.filter((item) => item.kind === document.kind && item.open.minor !== 0n);
  const openMinor = open.reduce((total, item) => total + left(item), 0n);
  const dueOn = open
    .map((item) => item.dueOn)
    .reduce((a, b) => (isBefore(b, a) ? b : a), open[0]?.dueOn ?? document.dueOn);
  return {
    open: money(openMinor, document.currency),
    state: documentState({
      kind: document.kind,
      voided: document.voidedOn !== null,
      total: document.given,
      open: openMinor,
      settled: settledOf(document.settledBy),
    }),
    dueOn,
    daysLate: openMinor > 0n && document.kind === 'invoice' ? Math.max(0, daysBetween(dueOn, today)) : 0,
  };
}

/** What settled a document in the words of its states: credit notes, write-offs, and everything else as payment. */
function settledOf(by: ReadonlyMap<ItemKind, bigint>): Settled {
  const of = (kind: ItemKind): bigint => by.get(kind) ?? 0n;
  const byCredit = of('credit_note');
  const byWriteOff = of('write_off');
  const all = [...by.values()].reduce((total, minor) => total + minor, 0n);
  return { byPayment: all - byCredit - byWriteOff - of('void'), byCredit, byWriteOff };
}
