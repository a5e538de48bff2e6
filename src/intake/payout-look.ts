// What a payout report comes to by what is said of its columns: each payout with the sums that prove it, and the words of its types.

import type { StatementAmount, StatementEvent } from '#formats/bank-statement-shape.ts';
import { negatedText } from '#formats/bank-text.ts';
import type { PayoutKind } from '#formats/payout-kinds.ts';
import { plusAmount } from '#formats/statement-tally.ts';

/** Payouts that are shown; all are counted. */
const SHOWN_MAX = 12;

/** A payout as it would be booked. What customers paid is gross; refunds, chargebacks, fees and the rest as they change it. */
export type LookedPayout = {
  /** None: rows that wait for a payout, which are told and not booked. */
  readonly payout: string | null;
  readonly paidOn: string | null;
  readonly account: string | null;
  readonly charges: number;
  readonly charged: StatementAmount;
  readonly takenBack: StatementAmount;
  readonly fees: StatementAmount;
  readonly other: StatementAmount;
  /** What is sent to the bank. */
  readonly sent: StatementAmount;
};

type Part = 'charged' | 'takenBack' | 'fees' | 'other' | 'sent';

const PART_OF: { readonly [Kind in PayoutKind]: Part } = {
  charge: 'charged',
  refund: 'takenBack',
  dispute: 'takenBack',
  reversal: 'takenBack',
  fee: 'fees',
  payout: 'sent',
  carried: 'other',
  other: 'other',
};

type Open = Omit<LookedPayout, Part> & { readonly sums: Map<Part, StatementAmount>; currency: string };

/** Looks at the events of a report as they pass by. */
export class PayoutLooker {
  readonly #payouts: LookedPayout[] = [];
  #count = 0;
  #open: (Open & { charges: number }) | undefined;

  take(event: StatementEvent): void {
    if (event.kind === 'statement') {
      const { id, to, account } = event.statement;
      this.#open = {
        payout: id ?? null,
        paidOn: to ?? null,
        account: account.otherId ?? null,
        charges: 0,
        sums: new Map(),
        currency: account.currency ?? '',
      };
    } else if (event.kind === 'entry' && this.#open) {
      const kind = event.entry.payoutKind ?? 'other';
      const part = PART_OF[kind];
      const before = this.#open.sums.get(part);
      const { amount } = event.entry;
      this.#open.sums.set(part, before === undefined ? amount : plusAmount(before, amount));
      if (kind === 'charge') this.#open.charges += 1;
    } else if (event.kind === 'summary' && this.#open) {
      this.#count += 1;
      if (this.#payouts.length < SHOWN_MAX) this.#payouts.push(closed(this.#open));
      this.#open = undefined;
    }
  }

  /** Payouts as they would be booked, and how many there are. */
  finish(): { readonly payouts: readonly LookedPayout[]; readonly count: number } {
    return { payouts: this.#payouts, count: this.#count };
  }
}

function closed({ sums, currency, ...payout }: Open): LookedPayout {
  const of = (part: Part): StatementAmount => sums.get(part) ?? { decimal: '0', currency };
  const sent = of('sent');
  return {
    ...payout,
    charged: of('charged'),
    takenBack: of('takenBack'),
    fees: of('fees'),
    other: of('other'),
    sent: { ...sent, decimal: negatedText(sent.decimal) },
  };
}
