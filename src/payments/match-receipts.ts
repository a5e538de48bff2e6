// Asking what receipts are for: a few bounded questions to the database for many receipts at once, then the pure rule. What
// the rule decided is settled here too, once the items are locked and still are what they were when it looked.

import type { Act } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { writtenForms } from '#formats/payment-reference.ts';
import { present } from '#kernel/assert.ts';
import { later, type PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId, ItemId, PaymentId } from '#kernel/id.ts';
import { CANDIDATES_MAX } from '#kernel/limits.ts';
import { absolute, type Money, money } from '#kernel/money.ts';
import { type CreditUse, usesOf } from '#ledger/granted-credit.ts';
import { matchKey } from '#ledger/match-key.ts';
import { left, type OpenItem } from '#ledger/open-item.ts';
import { takeFreeCredit } from '#ledger/require-free-credit.ts';
import { postAndSettle, takeItems } from '#ledger/settle-items.ts';
import type { SettlementWish } from '#ledger/settling.ts';
import { readPayersByAccount } from '#parties/change-bank-accounts.ts';
import { compactAccount } from '#parties/iban.ts';
import { readAliases } from '#paying/read-aliases.ts';
import { wantedOf } from './allocation.ts';
import { describeApplied } from './apply-payment.ts';
import { decideDiscounts, type KnownDiscounts, type NotedDiscount } from './discounting.ts';
import { findOwed, type Signs } from './find-owed.ts';
import { likeliestByName, soughtParts } from './match-names.ts';
import { decideMatch } from './matching.ts';
import { type Closing, transferPosting } from './payment.ts';
import type { Found, Match, MatchItem, Receipt } from './receipt.ts';
import { nameText, referenceTokens } from './reference.ts';
import { statedCharge } from './stated-charge.ts';
import { lockWhole, updateCustomers } from './store.ts';
import { insertCertificates } from './store-certificates.ts';
import {
  findCustomersAlike,
  findCustomersByName,
  findDebts,
  findDebtsToShow,
  findItemsByKeys,
  findItemsByPaymentReference,
  NAMED_ITEMS_MAX,
  type WaitingRow,
} from './store-matching.ts';
import { recordDifferences } from './take-differences.ts';
import { readDiscounts } from './take-discounts.ts';

/** Money that came in, as far as matching is concerned. */
export type Arrived = {
  readonly companyId: CompanyId;
  readonly customerId: CustomerId | null;
  readonly amount: Money;
  /** Value date. */
  readonly paidOn: PlainDate;
  /** All that the payer wrote. */
  readonly texts: readonly string[];
  readonly payerName: string | null;
  readonly payerAccount: string | null;
  readonly isReturn: boolean;
  /** What the bank says was kept of it on its way, in minor units of its currency. */
  readonly stated: bigint;
};

/** A payment that waits, as it arrived. */
export function arrivedOf(row: WaitingRow): Arrived {
  const texts = [row.structured_reference, row.end_to_end_id, row.remittance ?? row.reference];
  return {
    companyId: row.company_id as CompanyId,
    customerId: row.customer_id as CustomerId | null,
    amount: money(row.amount_minor, row.currency),
    paidOn: row.received_on,
    texts: texts.filter((text): text is string => text !== null && text !== ''),
    payerName: row.payer_name,
    payerAccount: row.payer_account,
    isReturn: row.returned ?? false,
    stated: statedCharge(row.details, row.currency),
  };
}

/** What each receipt is for, in their order. `byAmount: false` honours references only, see `decideMatch`. */
export async function matchReceipts(
  tx: Tx,
  arrived: readonly Arrived[],
  rules: { readonly byAmount: boolean } = { byAmount: true },
): Promise<readonly Match[]> {
  const looked = await lookUp(tx, arrived, rules);
  return looked.map(({ receipt, found }) => decideMatch(receipt, found, rules));
}

/** What one receipt is for, with more candidates for a person to choose from. */
export async function matchToShow(tx: Tx, arrived: Arrived): Promise<Match | undefined> {
  const [looked] = await lookUp(tx, [arrived], { byAmount: true });
  if (!looked) return undefined;
  const [others, alike] = await Promise.all([findDebtsToShow(tx, arrived), findAlike(tx, arrived, looked)]);
  const shown = { others: [...others, ...alike.debts], alike: alike.customerId };
  return decideMatch(looked.receipt, { ...looked.found, ...shown });
}

type Alike = { readonly customerId: CustomerId | undefined; readonly debts: readonly MatchItem[] };

/** The customer whose name is nearly the payer's, with what is owed: where nothing else says who paid, for a person to see. */
async function findAlike(tx: Tx, arrived: Arrived, { found }: Looked): Promise<Alike> {
  const nobody: Alike = { customerId: undefined, debts: [] };
  const isKnown = arrived.customerId !== null || found.byAccount.length + found.byName.length > 0;
  if (isKnown || arrived.payerName === null) return nobody;
  const customer = likeliestByName(
    arrived.payerName,
    await findCustomersAlike(tx, soughtParts(arrived.payerName)),
  );
  if (customer === undefined) return nobody;
  const { companyId, amount } = arrived;
  const sought = { companyId, customerId: customer.id, currency: amount.currency };
  return { customerId: customer.id, debts: await findDebts(tx, [sought], CANDIDATES_MAX) };
}

type Looked = { readonly receipt: Receipt; readonly found: Found };

async function lookUp(
  tx: Tx,
  arrived: readonly Arrived[],
  rules: { readonly byAmount: boolean },
): Promise<readonly Looked[]> {
  if (arrived.length === 0) return [];
  const receipts = arrived.map(receiptOf);
  const [byKey, payers] = await Promise.all([
    findByKeys(tx, arrived, receipts),
    findPayers(tx, arrived, receipts),
  ]);
  const signs = receipts.map((receipt, index): Signs => {
    const { byAccount, byName, byWord, isComplete } = payers(arrived[index], receipt);
    const full = receipt.tokens.some((t) => (byKey.get(t.key)?.length ?? 0) >= NAMED_ITEMS_MAX);
    return { byKey, byAccount, byName, byWord, isComplete: isComplete && !full };
  });
  const found = await findOwed(tx, receipts, signs, rules);
  return receipts.map((receipt, index) => ({
    receipt,
    found: present(found[index], 'every receipt is looked up'),
  }));
}

function receiptOf(a: Arrived): Receipt {
  return {
    companyId: a.companyId,
    amount: a.amount,
    paidOn: a.paidOn,
    texts: a.texts,
    tokens: referenceTokens(a.texts),
    customerId: a.customerId,
    isReturn: a.isReturn,
    stated: a.stated,
  };
}

async function findByKeys(
  tx: Tx,
  arrived: readonly Arrived[],
  receipts: readonly Receipt[],
): Promise<ReadonlyMap<string, readonly MatchItem[]>> {
  const keys = new Set(receipts.flatMap((r) => r.tokens.map((t) => t.key)));
  const printed = new Set(arrived.flatMap((a) => printedReferences(a.texts)));
  // What stands on the invoice in groups and with marks comes in its compact form.
  const forms = Map.groupBy(
    [...keys].flatMap((key) => writtenForms(key).map((form) => ({ form, key }))),
    ({ form }) => form,
  );
  const [byNumber, byReference] = await Promise.all([
    findItemsByKeys(tx, [...keys]),
    findItemsByPaymentReference(tx, [...new Set([...printed, ...keys, ...forms.keys()])]),
  ]);
  const byKey = new Map<string, MatchItem[]>();
  const put = (key: string, item: MatchItem): void => {
    const items = byKey.get(key) ?? [];
    if (!items.some((i) => i.id === item.id)) byKey.set(key, [...items, item]);
  };
  for (const [key, item] of byNumber) put(key, item);
  for (const [reference, item] of byReference) {
    put(matchKey(reference), item);
    for (const { key } of forms.get(reference) ?? []) put(key, item);
  }
  return byKey;
}

/** Words of one receipt that are looked up as they stand, for references that are printed with marks in them. */
const PRINTED_MAX = 40;

function printedReferences(texts: readonly string[]): readonly string[] {
  return texts.flatMap((text) => [text.trim(), ...text.split(/[\s,;]+/)]).slice(0, PRINTED_MAX);
}

/** Single words of what the payer wrote, for comparing. */
const wordsOf = (receipt: Receipt): readonly string[] => [
  ...new Set(receipt.tokens.filter(({ from, to }) => to - from === 1).map(({ key }) => key)),
];

type PayerSigns = Omit<Signs, 'byKey'>;

async function findPayers(
  tx: Tx,
  arrived: readonly Arrived[],
  receipts: readonly Receipt[],
): Promise<(of: Arrived | undefined, receipt: Receipt) => PayerSigns> {
  const accounts = new Set(arrived.flatMap((a) => (a.payerAccount ? [compactAccount(a.payerAccount)] : [])));
  const names = new Set(arrived.flatMap((a) => (a.payerName ? [a.payerName] : [])));
  const [aliases, byAccount, byName] = await Promise.all([
    readAliases(tx, {
      accounts: [...accounts],
      names: [...names].map(matchKey).filter((key) => key !== ''),
      words: [...new Set(receipts.flatMap(wordsOf))],
    }),
    readPayersByAccount(tx, [...accounts]),
    findCustomersByName(
      tx,
      [...names].map((name) => ({ key: matchKey(name), name })),
    ),
  ]);
  const named = Map.groupBy(byName, (row) => row.asked);
  return (of, receipt) => {
    const rows = of?.payerName ? (named.get(of.payerName) ?? []) : [];
    const same = rows.filter((row) => nameText(row.name) === nameText(of?.payerName ?? ''));
    const account = of?.payerAccount ? compactAccount(of.payerAccount) : undefined;
    const learnt = {
      byAccount: of && account !== undefined ? aliases.byAccount(account, of.paidOn) : [],
      byName: of?.payerName ? aliases.byName(matchKey(of.payerName), of.paidOn) : [],
    };
    return {
      byAccount: [
        ...new Set([...(account === undefined ? [] : (byAccount.get(account) ?? [])), ...learnt.byAccount]),
      ],
      byName: [...new Set([...same.map((row) => row.id), ...learnt.byName])],
      byWord: of ? aliases.byWords(wordsOf(receipt), of.paidOn) : [],
      isComplete: rows.length < CANDIDATES_MAX,
    };
  };
}

// — settling what was decided —

/** A payment with the decision to apply it. */
export type Matched = {
  readonly paymentId: PaymentId;
  readonly match: Extract<Match, { decision: 'apply' }>;
};

/**
 * Applies receipts as decided, each wholly, and says which: those are left out whose items are no longer as they were when it
 * was decided, or were taken by a receipt before. A receipt that stands with nobody, or with another customer, is moved
 * to the customer of the items first.
 */
export async function settleMatched(act: Act, matched: readonly Matched[]): Promise<ReadonlySet<PaymentId>> {
  const byId = new Map(firstClaims(matched).map((m) => [m.paymentId, m]));
  if (byId.size === 0) return new Set();
  const payments = await lockWhole(act, [...byId.keys()]);
  const itemIds = [...byId.values()].flatMap((m) => touchedBy(m));
  const locked = await takeItems(act, [...payments.map((p) => p.itemId), ...itemIds]);
  const items = new Map(locked.map((item) => [item.id, item]));

  const decided = payments.flatMap((payment) => {
    const one = byId.get(payment.id);
    const own = items.get(payment.itemId);
    return one && own && isAsDecided(one, own, items) ? [{ ...one, own, transfers: payment.transfers }] : [];
  });
  const ready = await leavingGranted(act, decided, items);
  const moves = ready.flatMap((r) => moveOf(act, r));
  updateCustomers(
    act,
    moves.map((m) => ({ id: m.paymentId, customerId: m.customerId })),
  );
  const moved = new Map(moves.map((m) => [m.paymentId, m.closing]));
  const discounts = await readDiscounts(
    act,
    ready.flatMap((r) => r.match.allocations.flatMap((a) => (a.discount ? (items.get(a.itemId) ?? []) : []))),
  );
  const settled = ready.map((r) => wishOf(r, moved.get(r.paymentId), items, discounts));
  const settlements = postAndSettle(
    act,
    moves.map((m) => m.closing),
    locked,
    [
      ...moves.map((m) => m.wish),
      ...settled.map((s) => s.wish),
      ...ready.flatMap((r) => nettedWish(r, items)),
    ],
  );
  insertCertificates(
    act,
    ready.map(({ paymentId, match }) => ({
      paymentId,
      rule: match.rule,
      probability: match.evidence.probability,
      certificate: match.certificate,
    })),
  );
  ready.forEach((r, index) => {
    const settlement = settlements[moves.length + index];
    const { own, noted } = settled[index] ?? {};
    if (!settlement || !own) return;
    act.record({
      type: 'payment.applied',
      subjectId: r.paymentId,
      customerId: r.match.customerId,
      data: {
        ...describeApplied(r.paymentId, [own], settlement, {
          discounts: noted ?? [],
          differences: r.match.differences,
        }),
        rule: r.match.rule,
      },
    });
    recordDifferences(act, r.paymentId, r.match.differences, settlement.applications);
  });
  return new Set(ready.map((r) => r.paymentId));
}

/** Those that leave what was granted back as refunds; the others wait for a person, who may withdraw the refund. */
async function leavingGranted(
  act: Act,
  decided: readonly Ready[],
  items: ReadonlyMap<ItemId, OpenItem>,
): Promise<readonly Ready[]> {
  const usedBy = (one: Ready): readonly CreditUse[] => {
    const { companyId, customerId, open } = one.own;
    const given = one.match.allocations.reduce((total, { amount }) => total + amount.minor, 0n);
    // What stands with another customer is moved as a whole before it is applied.
    const minor = customerId === one.match.customerId ? given : left(one.own);
    return [
      ...(customerId === null ? [] : [{ companyId, customerId, currency: open.currency, minor }]),
      ...usesOf(
        one.match.nettings.flatMap(({ creditItemId }) => items.get(creditItemId) ?? []),
        one.match.nettings.map((netting) => ({ ...netting, method: 'credit' })),
      ),
    ];
  };
  const uses = decided.map(usedBy);
  const free = await takeFreeCredit(act, uses.flat());
  return decided.filter((_, index) => free.take(uses[index] ?? []) === undefined);
}

/** Of receipts that claim the same item the first has it; the others wait. */
function firstClaims(matched: readonly Matched[]): readonly Matched[] {
  const claimed = new Set<ItemId>();
  return matched.filter(({ match }) => {
    const ids = touchedBy({ match });
    if (ids.some((id) => claimed.has(id))) return false;
    for (const id of ids) claimed.add(id);
    return true;
  });
}

/** Rules by which some of a receipt may stay on account. */
const SPREAD: ReadonlySet<string> = new Set(['oldest_first', 'proportional']);

function isAsDecided({ match }: Matched, own: OpenItem, items: ReadonlyMap<ItemId, OpenItem>): boolean {
  const given = match.allocations.reduce((total, a) => total + a.amount.minor, 0n);
  const isUntouched = left(own) === absolute(own.amount.minor);
  return (
    isUntouched &&
    (given === left(own) || (SPREAD.has(match.rule) && given < left(own))) &&
    match.items.every((seen) => items.get(seen.id)?.open.minor === seen.open.minor)
  );
}

/** All items that a receipt touches: what it pays, and credits with what they settle. */
function touchedBy({ match }: Pick<Matched, 'match'>): readonly ItemId[] {
  const netted = match.nettings.flatMap(({ creditItemId, debitItemId }) => [creditItemId, debitItemId]);
  return [...new Set([...match.allocations.map((a) => a.itemId), ...netted])];
}

/** Credits that settle a part of what the receipt pays, in the same breath; they are taken back with it. */
function nettedWish(
  { paymentId, match }: Ready,
  items: ReadonlyMap<ItemId, OpenItem>,
): readonly SettlementWish[] {
  if (match.nettings.length === 0) return [];
  const evidence = { ...match.evidence, nettedWith: paymentId };
  const touched = touchedBy({ match }).flatMap((id) => items.get(id) ?? []);
  const on = touched.map((item) => item.openSince).reduce(later);
  return [
    {
      wanted: match.nettings.map((netting) => ({ ...netting, method: 'credit', evidence })),
      occasion: { documentId: paymentId, kind: 'application', on },
    },
  ];
}

type Ready = Matched & { readonly own: OpenItem; readonly transfers: number };
type Move = {
  readonly paymentId: PaymentId;
  readonly customerId: CustomerId;
  readonly closing: Closing;
  readonly wish: SettlementWish;
};

function moveOf(act: Act, { paymentId, match, own, transfers }: Ready): readonly Move[] {
  const on = later(act.today, own.openSince);
  const closing = transferPosting([own], match.customerId, { on, taken: transfers });
  if (closing === undefined) return [];
  const occasion = { documentId: paymentId, kind: 'transfer', on } as const;
  return [{ paymentId, customerId: match.customerId, closing, wish: { wanted: closing.wanted, occasion } }];
}

function wishOf(
  { paymentId, match, own }: Ready,
  closing: Closing | undefined,
  items: ReadonlyMap<ItemId, OpenItem>,
  discounts: KnownDiscounts,
): { readonly own: OpenItem; readonly wish: SettlementWish; readonly noted: readonly NotedDiscount[] } {
  const standing = closing?.items.find((item) => item.amount.minor < 0n) ?? own;
  const others = match.allocations.flatMap((a) => items.get(a.itemId) ?? []);
  const method = match.rule.startsWith('reference') ? 'reference' : 'amount';
  const how = { paidOn: match.paidOn, take: false };
  const { allocations, noted } = decideDiscounts(others, match.allocations, discounts, how);
  const wanted = wantedOf([standing], others, allocations, { method, evidence: match.evidence });
  const on = others.map((item) => item.openSince).reduce(later, standing.openSince);
  const occasion = { documentId: paymentId, kind: 'application', on } as const;
  return { own: standing, wish: { wanted, occasion }, noted };
}
