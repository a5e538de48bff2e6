// Numbers a bank lets a company give away: taken in as a list, given to customers one by one or with the list, and retired.

import type { Act, Command } from '#command/command.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import { isCurrency } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { readCustomersByNumber, takeCompany, takeCustomer } from '#parties/take-party.ts';
import { type ReceivingDetails, readyDetails } from './receiving-account.ts';
import {
  findKnown,
  findShown,
  insertAccounts,
  insertGiven,
  lockGiven,
  lockNext,
  type Pool,
  updateRetired,
} from './store.ts';

export type AddReceivingAccounts = {
  readonly companyId: CompanyId;
  readonly currency: string;
  readonly rows: readonly (ReceivingDetails & {
    /** The number of the customer it is given to; left out, it waits to be given. */
    readonly customer?: string | undefined;
  })[];
};

/**
 * Takes in a list of numbers. What is known already is passed over; what was given stays with whom it was given to.
 *
 * Refuses: `company_not_found`, `unknown_currency`, `receiving_account_not_valid`, `bic_not_valid`, `customer_not_found`,
 * `receiving_account_given` (to another customer), `receiving_account_twice` (the customer has another one in this currency).
 */
export const addReceivingAccounts: Command<
  AddReceivingAccounts,
  { readonly added: number; readonly given: number; readonly known: number }
> = {
  name: 'add-receiving-accounts',
  permission: 'company.manage',
  constraints: {
    receiving_account_once: 'changed_meanwhile',
    receiving_account_given_once: 'receiving_account_given',
    receiving_account_shown: 'receiving_account_twice',
  },
  async run(act, { companyId, currency, rows }) {
    const pool = await takePool(act, companyId, currency);
    const ready = new Map(rows.map((row) => [readyDetails(row).account, { ...row, ...readyDetails(row) }]));
    const [known, customers] = await Promise.all([
      findKnown(act, pool, [...ready.keys()]),
      readCustomersByNumber(act, [...new Set(rows.flatMap((row) => row.customer ?? []))]),
    ]);
    const isKnown = new Map(known.map((row) => [row.account, row]));
    const fresh = [...ready.values()].filter((row) => !isKnown.has(row.account));
    const ids = insertAccounts(act, pool, fresh);
    const idOf = new Map([
      ...known.map((row) => [row.account, row.id] as const),
      ...fresh.map((row, index) => [row.account, ids[index] ?? ''] as const),
    ]);
    const given = [...ready.values()].flatMap(({ account, customer }) => {
      if (customer === undefined) return [];
      const customerId = customers.get(customer)?.id;
      if (customerId === undefined) throw new Refusal('customer_not_found', { customer });
      const before = isKnown.get(account)?.customer_id ?? null;
      if (before !== null && before !== customerId) throw new Refusal('receiving_account_given', { account });
      return before === null ? [{ accountId: idOf.get(account) ?? '', customerId }] : [];
    });
    insertGiven(act, pool, given);
    const done = { added: fresh.length, given: given.length, known: known.length };
    act.record({ type: 'receiving_accounts.added', subjectId: companyId, data: { currency, ...done } });
    return done;
  },
};

/**
 * Gives a customer the next number of a company that nobody was given.
 *
 * Refuses: `company_not_found`, `customer_not_found`, `unknown_currency`, `receiving_account_twice`, `no_receiving_account_free`,
 * `changed_meanwhile`.
 */
export const giveReceivingAccount: Command<
  { readonly companyId: CompanyId; readonly customerId: CustomerId; readonly currency: string },
  { readonly accountId: string; readonly account: string }
> = {
  name: 'give-receiving-account',
  permission: 'customer.edit',
  // A number chosen while another was being given it: the next one is free.
  constraints: {
    receiving_account_given_once: 'changed_meanwhile',
    receiving_account_shown: 'receiving_account_twice',
  },
  async run(act, { companyId, customerId, currency }) {
    const pool = await takePool(act, companyId, currency);
    await takeCustomer(act, customerId);
    const shown = await findShown(act, [companyId], [customerId]);
    if (shown.some((one) => one.currency === currency))
      throw new Refusal('receiving_account_twice', { currency });
    const next = await lockNext(act, pool);
    if (!next) throw new Refusal('no_receiving_account_free', { currency });
    insertGiven(act, pool, [{ accountId: next.id, customerId }]);
    const given = { accountId: next.id, account: next.account };
    act.record({
      type: 'receiving_account.given',
      subjectId: customerId,
      customerId,
      data: { ...given, currency },
    });
    return given;
  },
};

/**
 * Shows a customer's number no more. What is still paid to it names the customer as before.
 *
 * Refuses: `receiving_account_not_found` (also one that was never given), `receiving_account_retired`.
 */
export const retireReceivingAccount: Command<{ readonly accountId: string }, { readonly accountId: string }> =
  {
    name: 'retire-receiving-account',
    permission: 'customer.edit',
    async run(act, { accountId }) {
      const given = await lockGiven(act, accountId);
      if (!given) throw new Refusal('receiving_account_not_found', { accountId });
      if (given.retired) throw new Refusal('receiving_account_retired', { accountId });
      updateRetired(act, accountId);
      const customerId = given.customer_id as CustomerId;
      act.record({
        type: 'receiving_account.retired',
        subjectId: customerId,
        customerId,
        data: { accountId },
      });
      return { accountId };
    },
  };

async function takePool(act: Act, companyId: CompanyId, currency: string): Promise<Pool> {
  if (!isCurrency(currency)) throw new Refusal('unknown_currency', { currency });
  await takeCompany(act, companyId);
  return { companyId, currency };
}
