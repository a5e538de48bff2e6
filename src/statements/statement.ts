// A statement of account: what a customer (or a group of them) has open on a day, or how its balance came about from one day to
// another. One section for each company and currency, because amounts of two of them are never added. The lines of a
// section sum to its balance, and its ages are those of the aging report.

import { assert, present } from '#kernel/assert.ts';
import { daysBetween, type Instant, type PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId, ItemId } from '#kernel/id.ts';
import { add, type Currency, type Money, negate, subtract, sum, zero } from '#kernel/money.ts';
import type { AccountBalance, AccountItem, AccountMovement } from '#ledger/account.ts';
import { type AgingFigures, figuresOf, USUAL_EDGES } from '#ledger/aging.ts';
import type { ItemKind } from '#ledger/open-item.ts';
import type { Company } from '#parties/company.ts';
import type { Customer } from '#parties/customer.ts';

/** `open_item`: what is open on a day. `balance_forward`: the balance before, what moved it, and the balance after. */
export const STATEMENT_KINDS = ['open_item', 'balance_forward'] as const;
export type StatementKind = (typeof STATEMENT_KINDS)[number];

/** What a line speaks of. */
export const LINE_KINDS = [
  'invoice',
  'credit_note',
  'payment',
  'refund',
  'write_off',
  'void',
  'return',
  'transfer',
  'handover',
  'charge',
  'charge_credit',
  'discount',
  'difference',
  'settlement',
] as const;
export type LineKind = (typeof LINE_KINDS)[number];

export type StatementLine = {
  /** Its own on the statement: of the item, or of the entry and what of it the line tells. */
  readonly id: string;
  readonly kind: LineKind;
  readonly documentId: string;
  readonly reference: string;
  /** The day of the document, or on which it moved the balance. */
  readonly on: PlainDate;
  /** Of open debts: when they are due. Credits are never late. */
  readonly dueOn: PlainDate | undefined;
  readonly daysLate: number;
  /** What the document was over at first; in a balance brought forward the same as `amount`. */
  readonly original: Money;
  /** What the line adds to the balance. */
  readonly amount: Money;
  /** What of it is in dispute, without sign. */
  readonly disputed: Money | undefined;
  /** The account's balance after this line. */
  readonly balance: Money;
};

/** One customer's part of a section. */
export type StatementAccount = {
  readonly customer: Customer;
  readonly opening: Money;
  readonly lines: readonly StatementLine[];
  readonly closing: Money;
};

export type StatementSection = {
  readonly company: Company;
  readonly currency: Currency;
  readonly accounts: readonly StatementAccount[];
  readonly opening: Money;
  /** What is owed in all; negative where we owe. */
  readonly closing: Money;
  readonly aging: AgingFigures;
  readonly disputed: Money;
  /** Interest and fees for late payment within the balance. */
  readonly charges: Money;
};

export type Statement = {
  readonly kind: StatementKind;
  /** The first day, of a balance brought forward. */
  readonly from: PlainDate | undefined;
  readonly asOf: PlainDate;
  readonly knownAt: Instant | undefined;
  readonly customer: Customer;
  /** Whether it speaks of the customers below, too. */
  readonly isGroup: boolean;
  readonly sections: readonly StatementSection[];
};

/** What a statement is made of. Customers in the order in which they are to stand. */
export type StatementFacts = {
  readonly asOf: PlainDate;
  readonly customers: readonly Customer[];
  readonly companies: readonly Company[];
  readonly items: readonly AccountItem[];
  readonly disputed: ReadonlyMap<ItemId, Money>;
};

/** What moved the accounts in a period. */
export type PeriodFacts = {
  readonly balances: readonly AccountBalance[];
  readonly movements: readonly AccountMovement[];
};

/** The sections of an open-item statement, companies in their order, currencies by their codes. */
export function openSections(facts: StatementFacts): readonly StatementSection[] {
  const itemsOf = Map.groupBy(facts.items, (item) => keyOf(placeOf(item)));
  return sectionsOf(facts, facts.items.map(placeOf), (customer, place) =>
    openAccount({ ...facts, items: itemsOf.get(keyOf(place)) ?? [] }, customer, place.currency),
  );
}

/**
 * The sections of a statement with the balance brought forward. Each account's movements lead from its opening to its closing
 * balance to the cent, or our reading of the books is wrong.
 */
export function forwardSections(facts: StatementFacts, period: PeriodFacts): readonly StatementSection[] {
  const movementsOf = Map.groupBy(period.movements, (movement) => keyOf(placeOf(movement)));
  const balanceOf = new Map(period.balances.map((balance) => [keyOf(placeOfBalance(balance)), balance]));
  const standing = period.balances.filter(
    ({ opening, closing }) => opening.minor !== 0n || closing.minor !== 0n,
  );
  // What is open and cancels out is shown, too: its ages are not nothing.
  const places = [
    ...standing.map(placeOfBalance),
    ...period.movements.map(placeOf),
    ...facts.items.map(placeOf),
  ];
  return sectionsOf(facts, places, (customer, place) =>
    forwardAccount(movementsOf.get(keyOf(place)) ?? [], balanceOf.get(keyOf(place)), {
      customer,
      currency: place.currency,
    }),
  );
}

type Place = { readonly companyId: CompanyId; readonly customerId: CustomerId; readonly currency: Currency };

function placeOf(of: {
  readonly companyId: CompanyId;
  readonly customerId: CustomerId;
  readonly amount: Money;
}): Place {
  return { companyId: of.companyId, customerId: of.customerId, currency: of.amount.currency };
}

function placeOfBalance(balance: AccountBalance): Place {
  return placeOf({ ...balance, amount: balance.closing });
}

function keyOf(place: Place): string {
  return `${place.companyId} ${place.customerId} ${place.currency}`;
}

function sectionsOf(
  facts: StatementFacts,
  places: readonly Place[],
  accountOf: (customer: Customer, place: Place) => StatementAccount,
): readonly StatementSection[] {
  const known = new Map(places.map((place) => [keyOf(place), place]));
  return facts.companies.flatMap((company) => {
    const theirs = [...known.values()].filter((place) => place.companyId === company.id);
    const currencies = [...new Set(theirs.map((place) => place.currency))].sort();
    return currencies.map((currency) => {
      const accounts = facts.customers.flatMap((customer) => {
        const place = known.get(keyOf({ companyId: company.id, customerId: customer.id, currency }));
        return place ? [accountOf(customer, place)] : [];
      });
      return sectionOf(facts, { company, currency, accounts });
    });
  });
}

function sectionOf(
  facts: StatementFacts,
  part: Pick<StatementSection, 'company' | 'currency' | 'accounts'>,
): StatementSection {
  const { company, currency, accounts } = part;
  const items = facts.items.filter(
    (item) => item.companyId === company.id && item.amount.currency === currency,
  );
  const closing = sum(
    accounts.map((account) => account.closing),
    currency,
  );
  const aging = figuresOf(
    items.map((item) => ({
      companyId: item.companyId,
      currency,
      account: item.account,
      dueOn: item.dueOn,
      isCredit: item.amount.minor < 0n,
      minor: item.open.minor,
      functionalMinor: item.openFunctional.minor,
    })),
    { asOf: facts.asOf, edges: USUAL_EDGES, currency },
    (one) => one.minor,
  );
  assert(aging.net.minor === closing.minor, 'what is open is the balance', { aging, closing });
  const isCharge = (item: AccountItem): boolean => item.kind === 'charge' || item.kind === 'charge_credit';
  return {
    ...part,
    opening: sum(
      accounts.map((account) => account.opening),
      currency,
    ),
    closing,
    aging,
    disputed: sum(
      items.flatMap((item) => facts.disputed.get(item.id) ?? []),
      currency,
    ),
    charges: sum(
      items.filter(isCharge).map((item) => item.open),
      currency,
    ),
  };
}

function openAccount(facts: StatementFacts, customer: Customer, currency: Currency): StatementAccount {
  let balance = zero(currency);
  const lines = facts.items.map((item): StatementLine => {
    balance = add(balance, item.open);
    const isDebt = item.amount.minor > 0n;
    return {
      id: item.id,
      kind: lineKindOf(item.kind),
      documentId: item.documentId,
      reference: item.reference,
      on: item.postedOn,
      dueOn: isDebt ? item.dueOn : undefined,
      daysLate: isDebt ? Math.max(0, daysBetween(item.dueOn, facts.asOf)) : 0,
      original: item.amount,
      amount: item.open,
      disputed: facts.disputed.get(item.id),
      balance,
    };
  });
  return { customer, opening: zero(currency), lines, closing: balance };
}

function forwardAccount(
  movements: readonly AccountMovement[],
  found: AccountBalance | undefined,
  { customer, currency }: { readonly customer: Customer; readonly currency: Currency },
): StatementAccount {
  const opening = found?.opening ?? zero(currency);
  let balance = opening;
  const lines = movements.flatMap(partsOf).map((part): StatementLine => {
    balance = add(balance, part.amount);
    return { ...part, dueOn: undefined, daysLate: 0, original: part.amount, disputed: undefined, balance };
  });
  const closing = found?.closing ?? zero(currency);
  assert(balance.minor === closing.minor, 'movements lead to the closing balance', { balance, closing });
  return { customer, opening, lines, closing };
}

type Part = Pick<StatementLine, 'id' | 'kind' | 'documentId' | 'reference' | 'on' | 'amount'>;

/** The lines of one entry: what it moved by itself, and the discount and the difference granted with it. */
function partsOf(movement: AccountMovement): readonly Part[] {
  const { amount, discount, difference, kind } = movement;
  const about = {
    documentId: movement.documentId,
    reference: referencesText(movement.references),
    on: movement.postedOn,
  };
  const parts: readonly Omit<Part, 'id'>[] = [
    { ...about, kind: lineKindOf(kind), amount: add(add(amount, discount), difference) },
    { ...about, kind: 'discount', amount: negate(discount) },
    { ...about, kind: 'difference', amount: negate(difference) },
  ];
  return parts
    .filter((part) => part.amount.minor !== 0n)
    .map((part) => ({ ...part, id: `${movement.entryId}-${part.kind}` }));
}

/** What a movement is on a statement: what came after a write-off takes it back by as much. */
function lineKindOf(kind: AccountMovement['kind'] | ItemKind): LineKind {
  if (kind === 'application' || kind === 'unapplication') return 'settlement';
  return kind === 'recovery' ? 'write_off' : kind;
}

/** Document numbers named on one line; more are counted. */
const REFERENCES_NAMED = 3;

function referencesText(references: readonly string[]): string {
  const named = references.slice(0, REFERENCES_NAMED).join(', ');
  const more = references.length - REFERENCES_NAMED;
  return more > 0 ? `${named} +${more}` : named;
}

/** Whether a statement has nothing to say: nothing is open, and nothing moved. */
export function isEmpty(statement: Statement): boolean {
  return statement.sections.every((section) => section.accounts.every(isEmptyAccount));
}

function isEmptyAccount(account: StatementAccount): boolean {
  return account.lines.length === 0 && account.opening.minor === 0n && account.closing.minor === 0n;
}

/** What is asked for by a section: its balance less what is disputed; nothing where that is not above zero. */
export function payableOf(section: StatementSection): Money {
  const payable = subtract(section.closing, section.disputed);
  return payable.minor > 0n ? payable : zero(section.currency);
}

/** The company whose letterhead a statement has: that of the first section; of an empty one, the first there is. */
export function leadCompany(statement: Statement, companies: readonly Company[]): Company {
  return (
    statement.sections[0]?.company ?? present(companies[0], 'a tenant that states accounts has a company')
  );
}
