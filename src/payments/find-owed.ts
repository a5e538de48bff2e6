// Finding what a receipt could be for, once it is known what it names and who the signs point to: who may have paid, what they
// owe, how they pay, and how far the machine may go. A few questions to the database for many receipts at once.

import type { Tx } from '#db/transaction.ts';
import { readTolerances } from '#differences/read-difference-rules.ts';
import { readDisputedOf } from '#disputes/read-amounts.ts';
import type { CompanyId, CustomerId, ItemId } from '#kernel/id.ts';
import { CANDIDATES_MAX, MATCH_BELOW_MAX, MATCH_DEBTS_MAX } from '#kernel/limits.ts';
import { readCustomers, readHeads } from '#parties/take-party.ts';
import { type KnownWays, readWays } from '#patterns/read-patterns.ts';
import { readCustomerMatching, readHabits, readMatchingRules } from '#paying/read-matching-rules.ts';
import { readItemDiscounts } from '#terms/read-terms.ts';
import { type Named, namedItems } from './naming.ts';
import type { Conduct, Found, GroupMember, MatchItem, Receipt } from './receipt.ts';
import {
  countCustomers,
  findBelow,
  findCredits,
  findDebts,
  findOrders,
  findOwersOfAmount,
} from './store-matching.ts';
import { type Asked, whoIsAsked } from './weighing.ts';

/** What is known of a receipt before it is asked what anybody owes. */
export type Signs = Pick<Found, 'byKey' | 'byAccount' | 'byName' | 'byWord' | 'isComplete'>;

type Rules = { readonly byAmount: boolean };
type Payers = Signs & Pick<Found, 'below' | 'byAmount'>;
type Question = {
  readonly receipt: Receipt;
  readonly payers: Payers;
  readonly named: Named;
  readonly asked: Asked;
};

/** What was found for each receipt, in their order. Without `byAmount` nobody's debts are read. */
export async function findOwed(
  tx: Tx,
  receipts: readonly Receipt[],
  signs: readonly Signs[],
  rules: Rules,
): Promise<readonly Found[]> {
  const questions = await whoToAsk(tx, receipts, signs, rules);
  const customerIds = [...new Set(questions.flatMap(({ asked }) => asked.customerIds))];
  const companyIds = [...new Set(receipts.map(({ companyId }) => companyId))];
  const payerIds = questions.flatMap(({ receipt, payers }) => payersOf(receipt, payers));
  const [matching, ways, rulesOf, tolerances] = await Promise.all([
    readCustomerMatching(tx, [...new Set([...customerIds, ...payerIds])]),
    readWays(tx, rules.byAmount ? customerIds : []),
    readMatchingRules(tx, companyIds),
    Promise.all(companyIds.map(async (id) => [id, await readTolerances(tx, id, customerIds)] as const)),
  ]);
  const tolerancesOf = new Map(tolerances);
  const owed = await readOwed(tx, rules.byAmount ? questions : []);
  const [rights, group, orders] = await Promise.all([
    readRights(tx, questions, owed.debts),
    readGroups(tx, questions),
    readOrders(tx, questions, { ways, debts: owed.debts }),
  ]);
  return questions.map(({ receipt, payers, asked }): Found => {
    const ofReceipt = owed.of(receipt, asked);
    const { companyId } = receipt;
    const pool = owed.pool(companyId);
    const conduct: Conduct = {
      rules: rulesOf(companyId),
      matching,
      habits: (customerId) => owed.habits({ companyId, customerId }),
      ways: (customerId) => ways(customerId, receipt.paidOn),
      pool: pool.habits,
      amounts: pool.amounts,
      customers: owed.customers,
    };
    const isComplete = payers.isComplete && ofReceipt.isComplete;
    return {
      ...payers,
      debts: ofReceipt.debts,
      credits: ofReceipt.credits,
      disputed: owed.disputed,
      rights,
      orders,
      tolerance: (customerId, currency) =>
        tolerancesOf.get(companyId)?.({ customerId, currency, on: receipt.paidOn }),
      charge: (customerId, currency) =>
        tolerancesOf.get(companyId)?.({ customerId, currency, on: receipt.paidOn, kind: 'bank_charge' }),
      others: [],
      isComplete,
      group,
      conduct,
    };
  });
}

/** Whom account, name and words point to. */
const signed = ({ byAccount, byName, byWord = [] }: Signs): readonly CustomerId[] => [
  ...byAccount,
  ...byName,
  ...byWord.map(({ customerId }) => customerId),
];

/** Who is asked for each receipt: subsidiaries of payers too, and, where nothing else says who paid, whoever owes the amount. */
async function whoToAsk(
  tx: Tx,
  receipts: readonly Receipt[],
  signs: readonly Signs[],
  rules: Rules,
): Promise<readonly Question[]> {
  const below = await findBelow(tx, [...new Set(signs.flatMap(signed))]);
  const first = receipts.map((receipt, index) => {
    const sign = signs[index] ?? { byKey: new Map(), byAccount: [], byName: [], isComplete: false };
    const payers = {
      ...sign,
      below: signed(sign).flatMap((id) => below.get(id) ?? []),
      byAmount: [],
    };
    const named = namedItems(receipt, payers);
    const asked = whoIsAsked(receipt, payers, named);
    // More are below a payer than are looked at: nobody could say that no other of them owes the same. What is named is named.
    const isAny = named.size === 0 && asked.customerIds.some((id) => payers.below.includes(id));
    const isCut = isAny && signed(sign).some((id) => (below.get(id)?.length ?? 0) > MATCH_BELOW_MAX);
    return { receipt, payers: { ...payers, isComplete: payers.isComplete && !isCut }, named, asked };
  });
  const unknown = rules.byAmount
    ? first.filter(({ asked, named }) => asked.customerIds.length === 0 && named.size === 0)
    : [];
  const owers = await findOwersOfAmount(
    tx,
    unknown.map(({ receipt }) => receipt),
  );
  const owersOf = new Map(unknown.map(({ receipt }, index) => [receipt, owers[index] ?? []]));
  return first.map((question) => {
    const found = owersOf.get(question.receipt);
    if (found === undefined || found.length === 0) return question;
    // More owe it than are looked at: nobody could say who paid.
    const byAmount = found.length > CANDIDATES_MAX ? [] : found;
    const payers = { ...question.payers, byAmount };
    return { ...question, payers, asked: whoIsAsked(question.receipt, payers, question.named) };
  });
}

type Owed = {
  readonly debts: readonly MatchItem[];
  readonly of: (
    receipt: Receipt,
    asked: Asked,
  ) => { readonly debts: Found['debts']; readonly credits: Found['credits']; readonly isComplete: boolean };
  readonly disputed: ReadonlySet<ItemId>;
  readonly habits: Awaited<ReturnType<typeof readHabits>>['own'];
  readonly pool: Awaited<ReturnType<typeof readHabits>>['pool'];
  readonly customers: number;
};

async function readOwed(tx: Tx, questions: readonly Question[]): Promise<Owed> {
  const sought = new Map(
    questions.flatMap(({ receipt, asked }) =>
      asked.customerIds.map((customerId) => {
        const one = { companyId: receipt.companyId, customerId, currency: receipt.amount.currency };
        return [keyOf(one), one] as const;
      }),
    ),
  );
  const all = [...sought.values()];
  const companyIds = [...new Set(questions.map(({ receipt }) => receipt.companyId))];
  const isAnybodyUnknown = questions.some(({ asked }) => !asked.isSaid);
  const [debts, credits, disputed, habits, customers] = await Promise.all([
    findDebts(tx, all, MATCH_DEBTS_MAX + 1),
    findCredits(tx, all, MATCH_DEBTS_MAX + 1),
    readDisputedOf(tx, [...new Set(all.map(({ customerId }) => customerId))]),
    readHabits(tx, companyIds, all),
    isAnybodyUnknown ? countCustomers(tx) : 1,
  ]);
  const byKey = Map.groupBy(debts, keyOfItem);
  const creditsOf = Map.groupBy(credits, keyOfItem);
  return {
    debts,
    of: ({ companyId, amount }, { customerIds }) => {
      const ofThem = (some: ReadonlyMap<string, readonly MatchItem[]>) =>
        customerIds.map((customerId) => {
          const items = some.get(keyOf({ companyId, customerId, currency: amount.currency })) ?? [];
          return [customerId, items] as const;
        });
      const [own, credited] = [ofThem(byKey), ofThem(creditsOf)];
      const isComplete = own.every(([, items]) => items.length <= MATCH_DEBTS_MAX);
      return { debts: new Map(own), credits: new Map(credited), isComplete };
    },
    disputed: new Set(disputed.keys()),
    habits: habits.own,
    pool: habits.pool,
    customers: Math.max(1, customers),
  };
}

function keyOfItem({ companyId, customerId, open }: MatchItem): string {
  return keyOf({ companyId, customerId: customerId as CustomerId, currency: open.currency });
}

function keyOf(of: {
  readonly companyId: CompanyId;
  readonly customerId: CustomerId;
  readonly currency: string;
}): string {
  return `${of.companyId} ${of.customerId} ${of.currency}`;
}

/** What the items that were found promise to whoever pays early. */
async function readRights(
  tx: Tx,
  questions: readonly Question[],
  debts: readonly MatchItem[],
): Promise<Found['rights']> {
  const named = questions.flatMap(({ named: byKey }) => [...byKey.values()].flat());
  const open = [...named, ...debts].filter((item) => item.open.minor > 0n);
  return readItemDiscounts(tx, [...new Set(open.map(({ id }) => id))]);
}

/** Who may have paid: whom a person said, or whom the signs point to. */
function payersOf({ customerId }: Receipt, signs: Signs): readonly CustomerId[] {
  return [...(customerId === null ? [] : [customerId]), ...signed(signs)];
}

/** Of receipts that may be for several customers: the groups that these and the payers are of. */
async function readGroups(
  tx: Tx,
  questions: readonly Question[],
): Promise<ReadonlyMap<CustomerId, GroupMember>> {
  const ids = questions.flatMap(({ receipt, payers, named, asked }) => {
    const owners = [...named.values()].flat().flatMap((item) => item.customerId ?? []) as CustomerId[];
    const all = new Set([...payersOf(receipt, payers), ...owners, ...asked.customerIds]);
    return all.size > 1 ? [...all] : [];
  });
  const heads = await readHeads(tx, [...new Set(ids)]);
  const customers = await readCustomers(tx, [...new Set([...heads.keys(), ...heads.values()])]);
  return new Map(
    [...customers].map(([id, { name }]): [CustomerId, GroupMember] => [
      id,
      { head: heads.get(id) ?? id, name },
    ]),
  );
}

/** Purchase orders on the debts of those who are known to name them. */
async function readOrders(
  tx: Tx,
  questions: readonly Question[],
  { ways, debts }: { readonly ways: KnownWays; readonly debts: readonly MatchItem[] },
): Promise<NonNullable<Found['orders']>> {
  const naming = new Set(
    questions.flatMap(({ receipt, asked }) =>
      asked.customerIds.filter((id) => ways(id, receipt.paidOn).some(({ kind }) => kind === 'order')),
    ),
  );
  const theirs = debts.filter(({ customerId }) => customerId !== null && naming.has(customerId));
  return theirs.length === 0 ? new Map() : findOrders(tx, theirs);
}
