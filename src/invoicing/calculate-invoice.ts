// What lines would come to, without storing anything: live totals while somebody writes an invoice.

import type { Tx } from '#db/transaction.ts';
import { addDays, type PlainDate } from '#kernel/calendar.ts';
import type { CustomerId } from '#kernel/id.ts';
import { allocate, type Money } from '#kernel/money.ts';
import { type Decimal, powerOfTen } from '#kernel/percent.ts';
import { Refusal } from '#kernel/refusal.ts';
import { archivedRefusal } from '#parties/customer.ts';
import { readTermsOf } from '#parties/read-customer.ts';
import { takeCustomer } from '#parties/take-party.ts';
import { addUpLines, type Extras, type NewLine, type Priced, pricedRefusal } from './document.ts';

export type CalculateInvoice = Extras & {
  readonly currency: string;
  readonly lines: readonly NewLine[];
  readonly issuedOn?: PlainDate | undefined;
  readonly customerId?: CustomerId | undefined;
  readonly instalmentPercents?: readonly Decimal[] | undefined;
};

export type Calculated = {
  readonly priced: Priced;
  readonly dueOn: PlainDate | undefined;
  readonly instalments: readonly Money[];
  /** Why an invoice over this would be refused, if so. */
  readonly problem: string | undefined;
};

/**
 * Prices lines, tells the due date by the customer's terms, and splits the total.
 *
 * Refuses: `customer_not_found`, `instalment_not_positive`, what `addUpLines` refuses.
 */
export async function calculateInvoice(tx: Tx, input: CalculateInvoice): Promise<Calculated> {
  const priced = addUpLines(input.lines, input.currency, input);
  const customer = input.customerId === undefined ? undefined : await takeCustomer(tx, input.customerId);
  const terms = customer && (await readTermsOf(tx, customer));
  return {
    priced,
    dueOn: terms && input.issuedOn && addDays(input.issuedOn, terms.netDays),
    instalments: splitTotal(priced.total, input.instalmentPercents ?? []),
    problem: pricedRefusal(priced) ?? (customer && archivedRefusal(customer)),
  };
}

/** The total in parts of these proportions, to the minor unit; nothing for no parts or for nothing to split. */
function splitTotal(total: Money, percents: readonly Decimal[]): readonly Money[] {
  if (percents.some((percent) => percent.digits <= 0n)) throw new Refusal('instalment_not_positive');
  if (percents.length === 0 || total.minor <= 0n) return [];
  const scale = Math.max(...percents.map((percent) => percent.scale));
  return allocate(
    total,
    percents.map((percent) => percent.digits * powerOfTen(scale - percent.scale)),
  );
}
