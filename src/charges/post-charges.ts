// Charging customers through a day: the documents, their open items and entries, in one transaction. What was charged too much
// before is given back by a credit in the same go. Asked again, only new days are charged.

import type { Act, Command } from '#command/command.ts';
import { readSetting } from '#delivery/read-reach.ts';
import { present } from '#kernel/assert.ts';
import { addDays, isAfter, type PlainDate } from '#kernel/calendar.ts';
import { type CompanyId, type CustomerId, newId } from '#kernel/id.ts';
import { absolute, type Currency, type Money, money, negate, toDecimal } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { postEntries } from '#ledger/post-entries.ts';
import { takeItems } from '#ledger/settle-items.ts';
import { takeNumbers } from '#ledger/take-number.ts';
import { type Rate, rateText, takeRate, toFunctional } from '#ledger/take-rate.ts';
import { takeCompany } from '#parties/take-party.ts';
import { applyChargeCredit } from './apply-charge-credit.ts';
import { checkDay, type Decision, decideCharge, isInterest, type Part } from './charging.ts';
import { type ChargeKind, chargePosting, type ReadyCharge } from './posting.ts';
import { readMarket, readSituations } from './read-situation.ts';
import { insertCharges, type PostedCharge } from './store.ts';
import { findLateItems } from './store-situation.ts';

export type PostCharges = {
  readonly companyId: CompanyId;
  readonly customerIds: readonly CustomerId[];
  /** The last day interest is reckoned for. */
  readonly through: PlainDate;
  /** Business date of the charges; left out, today. */
  readonly on?: PlainDate | undefined;
};

/** A charge or credit as posted. */
export type ShownCharge = {
  readonly chargeId: string;
  readonly kind: ChargeKind;
  readonly number: string;
  readonly customerId: string;
  readonly interest: string;
  readonly fees: string;
  readonly total: string;
  readonly currency: string;
};

/**
 * Charges customers of a company for late payment through a day. All of them or none; a customer with nothing to charge is
 * passed over.
 *
 * Refuses: `company_not_found`, `charged_in_future`, `charged_before_interest`, `already_charged` (another run charged the
 * same days at the same moment), `reference_rate_missing`, `exchange_rate_missing`, `series_not_found`, `period_locked`.
 */
export const postCharges: Command<PostCharges, { readonly charges: readonly ShownCharge[] }> = {
  name: 'post-charges',
  permission: 'charge.post',
  constraints: {
    charge_part_day_once: 'already_charged',
    charge_part_fixed_once: 'already_charged',
    charge_part_fee_once: 'already_charged',
  },
  async run(act, input) {
    const on = input.on ?? act.today;
    checkDay(input.through, act.today);
    checkDay(on, act.today);
    if (isAfter(input.through, on))
      throw new Refusal('charged_before_interest', { on: on.toString(), through: input.through.toString() });
    const company = await takeCompany(act, input.companyId);
    // The items are locked first, so that a second run waits and then sees what this one charged.
    const items = await findLateItems(act, company.id, input.customerIds, input.through);
    await takeItems(
      act,
      items.map((item) => item.id),
    );
    const situations = await readSituations(act, company.id, input.customerIds, input.through);
    const market = await readMarket(act, situations, on, act.today);

    const ready = situations.flatMap(({ customerId, debtors }) =>
      debtors.flatMap((debtor) => {
        const decision = decideCharge(debtor, market, input.through);
        const days = { on, through: input.through };
        return readyCharges({ companyId: company.id, customerId, currency: debtor.currency }, decision, days);
      }),
    );

    const charges = await issueCharges(act, ready, company.functionalCurrency);
    return { charges };
  },
};

/** The documents of a decision: a charge for what is asked, a credit for what is given back. */
function readyCharges(
  whose: { readonly companyId: CompanyId; readonly customerId: CustomerId; readonly currency: Currency },
  decision: Decision,
  days: { readonly on: PlainDate; readonly through: PlainDate },
): readonly ReadyCharge[] {
  const made = (kind: ChargeKind, parts: readonly Part[]): readonly ReadyCharge[] => {
    if (parts.length === 0) return [];
    const of = (wanted: boolean): Money =>
      money(
        absolute(parts.reduce((sum, p) => (isInterest(p) === wanted ? sum + p.amount.minor : sum), 0n)),
        whose.currency,
      );
    const interest = of(true);
    const fees = of(false);
    const isCharge = kind === 'charge';
    return [
      {
        id: newId(),
        kind,
        companyId: whose.companyId,
        customerId: whose.customerId,
        chargedOn: days.on,
        through: days.through,
        dueOn: isCharge ? addDays(days.on, decision.paymentDays) : days.on,
        interest,
        fees,
        total: money(interest.minor + fees.minor, whose.currency),
        reason: isCharge ? null : 'Payments or credits known later',
        because: isCharge ? null : 'correction',
        correctsId: null,
        parts,
      },
    ];
  };
  return [...made('charge', decision.charge), ...made('charge_credit', decision.credit)];
}

/**
 * Issues charges and credits of one company: numbers, documents, items, entries; credits are applied at once to what is open
 * of the customer's charges. `rate` is given where a credit is booked at the rate of what it corrects.
 *
 * Refuses: `exchange_rate_missing`, `series_not_found`.
 */
export async function issueCharges(
  act: Act,
  ready: readonly ReadyCharge[],
  functionalCurrency: Currency,
  rate?: Rate,
): Promise<readonly ShownCharge[]> {
  const rates = new Map<Currency, Rate>();
  for (const { total, chargedOn } of ready)
    if (!rates.has(total.currency))
      rates.set(total.currency, rate ?? (await takeRate(act, total.currency, functionalCurrency, chargedOn)));
  const numbers = await numbersFor(act, ready);
  const posted = ready.map((charge) => {
    const own = present(rates.get(charge.total.currency), 'the rate of each currency was read');
    const worth = { total: toFunctional(charge.total, own), interest: toFunctional(charge.interest, own) };
    const number = present(numbers.get(charge.id), 'every charge has a number');
    const posting = chargePosting(charge, number, worth);
    return { charge, number, rate: rateText(own), functionalMinor: worth.total.minor, posting };
  });
  insertCharges(act, posted);
  postEntries(
    act,
    posted.map((p) => p.posting.entry),
    posted.map((p) => p.posting.item),
  );
  for (const { charge, posting } of posted)
    if (charge.kind === 'charge_credit') await applyChargeCredit(act, charge, posting.item);
  const [first] = posted;
  const deliver = first ? (await readSetting(act, first.charge.companyId)).deliversOnIssue : false;
  return posted.map((p) => recorded(act, p, deliver));
}

async function numbersFor(act: Act, ready: readonly ReadyCharge[]): Promise<ReadonlyMap<string, string>> {
  const numbers = new Map<string, string>();
  for (const documentKind of ['charge', 'charge_credit'] as const) {
    const own = ready.filter((charge) => charge.kind === documentKind);
    const [first] = own;
    if (!first) continue;
    const years = own.map((charge) => charge.chargedOn.year);
    const taken = await takeNumbers(act, { companyId: first.companyId, documentKind, series: 'main', years });
    own.forEach((charge, index) => {
      numbers.set(charge.id, present(taken[index], 'every charge has a number').text);
    });
  }
  return numbers;
}

function recorded(act: Act, { charge, number }: PostedCharge, deliver: boolean): ShownCharge {
  const result: ShownCharge = {
    chargeId: charge.id,
    kind: charge.kind,
    number,
    customerId: charge.customerId,
    interest: toDecimal(charge.interest),
    fees: toDecimal(charge.fees),
    total: toDecimal(charge.kind === 'charge' ? charge.total : negate(charge.total)),
    currency: charge.total.currency,
  };
  const data = {
    ...result,
    through: charge.through.toString(),
    reason: charge.reason,
    ...(deliver ? { deliver: true } : {}),
  };
  const event = { subjectId: charge.id, customerId: charge.customerId, data };
  if (charge.because === 'waiver') act.record({ type: 'charge.waived', ...event });
  else if (charge.because === 'correction') act.record({ type: 'charge.corrected', ...event });
  else act.record({ type: 'charge.posted', ...event });
  return result;
}
