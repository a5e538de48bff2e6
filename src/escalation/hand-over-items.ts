// Handing overdue items over to an agency or to lawyers: what was looked at is kept, reminders stop, interest goes on or is cut
// off. A second person approves it where the rules say so.

import { requireApproval } from '#approvals/require-approval.ts';
import { excludeFromInterest } from '#charges/place-exclusion.ts';
import { type Act, actorText, type Command } from '#command/command.ts';
import { type CompanyId, type CustomerId, type ItemId, newId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { type ShownMoney, shownMoney } from '#ledger/amount-text.ts';
import { takeItems } from '#ledger/settle-items.ts';
import { takeWorth } from '#ledger/take-rate.ts';
import { isReckoned } from './agency-fee.ts';
import { checkConditions, conditionsOf, type Route } from './condition.ts';
import { type Claim, type ClaimAccount, readClaims, shownCondition } from './read-claims.ts';
import { findAgencies, insertHandOver, takeHandOverNumber } from './store.ts';

export type HandOverItems = {
  readonly companyId: CompanyId;
  readonly customerId: CustomerId;
  readonly route: Route;
  readonly agencyId?: string | undefined;
  readonly itemIds: readonly ItemId[];
  /** Whether interest goes on, or ends with the day before. */
  readonly interest: 'goes_on' | 'cut_off';
  /** Conditions that are not met and passed over, by name. */
  readonly accepting: readonly string[];
  /** Says why, where any is passed over. */
  readonly note?: string | undefined;
};

export type HandedOver = {
  readonly handOverId: string;
  readonly number: string;
  readonly amount: ShownMoney;
};

/**
 * Hands items of one account over. What is kept of the conditions is what was so in the moment the items were locked.
 *
 * Refuses: `customer_not_found`, `item_not_found`, `hand_over_of_several` (items of other customers, companies or
 * currencies, or not overdue), `agency_not_found`, `agency_missing`, `agency_is_law_firm`, `agency_other_currency`,
 * `item_handed_over`, `approval_required`, and what `checkConditions` refuses.
 */
export const handOverItems: Command<HandOverItems, HandedOver> = {
  name: 'hand-over-items',
  permission: 'claim.hand_over',
  constraints: { hand_over_item_standing: 'item_handed_over' },
  async run(act, input) {
    await takeItems(act, input.itemIds);
    const accounts = await readClaims(act, input.customerId, act.today);
    const { account, claims } = chosenOf(accounts, input);
    const elsewhere = claims.filter(({ standing }) => standing !== null);
    if (elsewhere.length > 0)
      throw new Refusal('item_handed_over', { items: elsewhere.map(({ reference }) => reference) });
    const facts = { items: claims, address: account.address, today: act.today };
    const conditions = conditionsOf(facts, account.pack);
    checkConditions(conditions, input.accepting, input.note);
    const versionId = await takeAgencyVersion(act, input, account.currency);
    const parts = claims.map(({ reference, row }) => ({
      label: reference,
      amount: money(row.open_minor, account.currency),
    }));
    await requireApproval(
      act,
      { kind: `hand_over.${input.route}`, customerIds: [input.customerId], parts },
      takeWorth,
    );
    const total = money(
      claims.reduce((sum, { row }) => sum + row.open_minor, 0n),
      account.currency,
    );
    const kept = conditions.map(shownCondition);
    return save(act, input, { account, claims, versionId, kept, amount: shownMoney(total) });
  },
};

/** The account that items belong to, with them. Refuses: `hand_over_of_several`. */
function chosenOf(
  accounts: readonly ClaimAccount[],
  { companyId, itemIds }: HandOverItems,
): { readonly account: ClaimAccount; readonly claims: readonly Claim[] } {
  const wanted = new Set(itemIds);
  for (const account of accounts) {
    const claims = account.claims.filter(({ id }) => wanted.has(id));
    if (account.company.id === companyId && claims.length === wanted.size && claims.length > 0)
      return { account, claims };
  }
  throw new Refusal('hand_over_of_several', { items: [...wanted] });
}

/**
 * The version of an agency whose fees are agreed. Refuses: `agency_missing`, `agency_not_found`, `agency_is_law_firm`,
 * `agency_other_currency`.
 */
async function takeAgencyVersion(
  act: Act,
  { route, agencyId }: HandOverItems,
  currency: string,
): Promise<string | null> {
  if (agencyId === undefined) {
    if (route === 'agency') throw new Refusal('agency_missing');
    return null;
  }
  const [agency] = await findAgencies(act, agencyId);
  if (!agency?.in_use) throw new Refusal('agency_not_found', { agencyId });
  if (route === 'agency' && agency.kind !== 'agency')
    throw new Refusal('agency_is_law_firm', { agencyId, name: agency.name });
  if (!isReckoned(agency.fees, currency))
    throw new Refusal('agency_other_currency', { fees: agency.fees.currency ?? null, claim: currency });
  return agency.id;
}

async function save(
  act: Act,
  input: HandOverItems,
  decided: {
    readonly account: ClaimAccount;
    readonly claims: readonly Claim[];
    readonly versionId: string | null;
    readonly kept: readonly object[];
    readonly amount: ShownMoney;
  },
): Promise<HandedOver> {
  const { account, claims, versionId, kept, amount } = decided;
  const number = await takeHandOverNumber(act);
  const handOverId = newId<'hand_over'>();
  const exclusions = new Map<ItemId, string>();
  if (input.interest === 'cut_off')
    for (const { id } of claims) {
      const cut = { itemId: id, from: act.today, reason: `Handed over, no. ${number}` };
      exclusions.set(id, await excludeFromInterest(act, cut));
    }
  insertHandOver(
    act,
    {
      id: handOverId,
      number,
      company_id: account.company.id,
      customer_id: input.customerId,
      currency: account.currency,
      route: input.route,
      agency_version_id: versionId,
      handed_on: act.today,
      interest: input.interest,
      conditions: JSON.stringify(kept),
      note: input.note ?? null,
      handed_by: actorText(act.actor),
      recorded_at: act.now,
    },
    claims.map(({ id, row }) => ({
      item_id: id,
      amount_minor: row.open_minor,
      interest_exclusion_id: exclusions.get(id) ?? null,
    })),
  );
  const result = { handOverId, number: String(number), amount };
  act.record({
    type: 'claim.handed_over',
    subjectId: handOverId,
    customerId: input.customerId,
    data: {
      ...result,
      route: input.route,
      interest: input.interest,
      items: claims.map(({ reference }) => reference),
      note: input.note,
    },
  });
  return result;
}
