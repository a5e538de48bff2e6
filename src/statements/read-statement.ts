// Reading a statement of account, in one snapshot.

import type { Tx } from '#db/transaction.ts';
import { readDisputed } from '#disputes/read-amounts.ts';
import { type Instant, isAfter, monthStart, type PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import { ACCOUNT_LINES_MAX, STATEMENT_CUSTOMERS_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import {
  type AccountScope,
  readAccountBalances,
  readAccountItems,
  readAccountMovements,
} from '#ledger/read-account.ts';
import type { Company } from '#parties/company.ts';
import type { Customer } from '#parties/customer.ts';
import { listCompanies, takeCompany, takeCustomer, takeGroup } from '#parties/take-party.ts';
import {
  forwardSections,
  openSections,
  type Statement,
  type StatementFacts,
  type StatementKind,
} from './statement.ts';

export type StatementWish = {
  readonly customerId: CustomerId;
  readonly kind: StatementKind;
  /** The last day. */
  readonly asOf: PlainDate;
  /** The first day of a balance brought forward; left out, the first of the month of the last. */
  readonly from?: PlainDate | undefined;
  readonly knownAt?: Instant | undefined;
  /** Left out: all companies, each for itself. */
  readonly companyId?: CompanyId | undefined;
  /** With the customers below. */
  readonly group?: boolean | undefined;
};

/**
 * The statement of a customer as of a day, and as known at a moment. A past day is read from today's books, less what was posted
 * or learned since.
 *
 * Refuses: `customer_not_found`, `company_not_found`, `period_ends_before_start`, `statement_too_long`.
 */
export async function readStatement(tx: Tx, wish: StatementWish): Promise<Statement> {
  const [customers, companies] = await Promise.all([
    wish.group
      ? takeGroup(tx, wish.customerId, STATEMENT_CUSTOMERS_MAX + 1)
      : takeCustomer(tx, wish.customerId).then((customer) => [customer]),
    companiesOf(tx, wish.companyId),
  ]);
  const [customer] = customers;
  if (!customer) throw new Refusal('customer_not_found', { customerId: wish.customerId });
  if (customers.length > STATEMENT_CUSTOMERS_MAX)
    throw new Refusal('statement_too_long', { customersMax: STATEMENT_CUSTOMERS_MAX });
  const from = wish.kind === 'balance_forward' ? (wish.from ?? monthStart(wish.asOf)) : undefined;
  return {
    kind: wish.kind,
    from,
    asOf: wish.asOf,
    knownAt: wish.knownAt,
    customer,
    isGroup: wish.group ?? false,
    sections: await readSections(tx, { ...wish, from, customers, companies }),
  };
}

/** The companies of a scope, in order of their codes. Refuses: `company_not_found`. */
export async function companiesOf(tx: Tx, companyId: CompanyId | undefined): Promise<readonly Company[]> {
  return companyId === undefined ? listCompanies(tx) : [await takeCompany(tx, companyId)];
}

async function readSections(
  tx: Tx,
  wish: Pick<StatementWish, 'asOf' | 'knownAt' | 'companyId'> & {
    readonly from: PlainDate | undefined;
    readonly customers: readonly Customer[];
    readonly companies: readonly Company[];
  },
) {
  const { asOf, knownAt, companyId, customers, companies, from } = wish;
  const scope: AccountScope = { customerIds: customers.map(({ id }) => id), companyId, knownAt };
  const facts = await readFacts(tx, scope, { asOf, customers, companies });
  if (from === undefined) return openSections(facts);
  if (isAfter(from, asOf))
    throw new Refusal('period_ends_before_start', { from: from.toString(), to: asOf.toString() });
  const [balances, movements] = await Promise.all([
    readAccountBalances(tx, { ...scope, from, to: asOf }),
    readAccountMovements(tx, { ...scope, from, to: asOf }, ACCOUNT_LINES_MAX + 1),
  ]);
  refuseTooLong(movements.length);
  return forwardSections(facts, { balances, movements });
}

/** What is open of some customers on a day, with what of it is in dispute. Refuses: `statement_too_long`. */
export async function readFacts(
  tx: Tx,
  scope: AccountScope,
  about: Pick<StatementFacts, 'asOf' | 'customers' | 'companies'>,
): Promise<StatementFacts> {
  const { asOf } = about;
  const items = await readAccountItems(tx, { ...scope, asOf }, ACCOUNT_LINES_MAX + 1);
  refuseTooLong(items.length);
  const debts = items.filter((item) => item.amount.minor > 0n).map((item) => item.id);
  const disputed = await readDisputed(tx, debts, { asOf, knownAt: scope.knownAt });
  return { ...about, items, disputed };
}

function refuseTooLong(lines: number): void {
  if (lines > ACCOUNT_LINES_MAX) throw new Refusal('statement_too_long', { linesMax: ACCOUNT_LINES_MAX });
}
