// What lines would come to, without storing anything: live totals while somebody writes an invoice.

import type { Tx } from '#db/transaction.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import { allocate, type Money, money, zero } from '#kernel/money.ts';
import { type Decimal, powerOfTen } from '#kernel/percent.ts';
import { Refusal } from '#kernel/refusal.ts';
import { archivedRefusal, type Customer } from '#parties/customer.ts';
import { listCompanies, takeCompany, takeCustomer } from '#parties/take-party.ts';
import { readTermsFor } from '#terms/read-terms.ts';
import { type PlannedInstalment, planPayment } from '#terms/schedule.ts';
import { addUpLines, type Extras, lastDue, type NewLine, type Priced, pricedRefusal } from './document.ts';

export type CalculateInvoice = Extras & {
  readonly currency: string;
  readonly lines: readonly NewLine[];
  readonly issuedOn?: PlainDate | undefined;
  /** Whose default terms and rules count; left out, the first company's. */
  readonly companyId?: CompanyId | undefined;
  readonly customerId?: CustomerId | undefined;
  readonly instalmentPercents?: readonly Decimal[] | undefined;
};

export type Calculated = {
  readonly priced: Priced;
  readonly dueOn: PlainDate | undefined;
  readonly instalments: readonly Money[];
  /** What the terms make of it: what is due when, and what paying early saves; nothing of a total of nothing. */
  readonly schedule: readonly PlannedInstalment[];
  /** Why an invoice over this would be refused, if so. */
  readonly problem: string | undefined;
};

/**
 * Prices lines, plans the payment by the terms of the customer or the company, and splits the total.
 *
 * Refuses: `company_not_found`, `customer_not_found`, `instalment_not_positive`, what `addUpLines` refuses.
 */
export async function calculateInvoice(tx: Tx, input: CalculateInvoice): Promise<Calculated> {
  const priced = addUpLines(input.lines, input.currency, input);
  const customer = input.customerId === undefined ? undefined : await takeCustomer(tx, input.customerId);
  const planned = customer ? await planOf(tx, customer, input, priced) : [];
  return {
    priced,
    dueOn: planned.length > 0 ? lastDue(planned) : undefined,
    schedule: priced.total.minor > 0n ? planned : [],
    instalments: splitTotal(priced.total, input.instalmentPercents ?? []),
    problem: pricedRefusal(priced) ?? (customer && archivedRefusal(customer)),
  };
}

/** Payment as the terms plan it; nothing without terms or day of issue. A total of nothing is planned as a cent, for its dates. */
async function planOf(
  tx: Tx,
  customer: Customer,
  { companyId, issuedOn }: CalculateInvoice,
  { total, net }: Priced,
): Promise<readonly PlannedInstalment[]> {
  const company = companyId ? await takeCompany(tx, companyId) : (await listCompanies(tx))[0];
  if (!company || !issuedOn) return [];
  const known = await readTermsFor(tx, { company, customer }, issuedOn);
  if (!known) return [];
  const amounts =
    total.minor > 0n ? { total, net } : { total: money(1n, total.currency), net: zero(total.currency) };
  return planPayment(known.terms.rules, { ...amounts, issuedOn, base: known.policy.base }, known.calendar);
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
