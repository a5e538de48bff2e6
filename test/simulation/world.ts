// The small business that is walked through, and what every step needs of it.

import { changePolicy } from '#approvals/change-policy.ts';
import type { Terms } from '#charges/policy.ts';
import { READY_MADE } from '#charges/ready-made.ts';
import { replacePolicy } from '#charges/replace-policy.ts';
import type { Command } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import { putTolerance } from '#differences/change-difference-rules.ts';
import type { IssueInvoice } from '#invoicing/issue-invoice.ts';
import { addDays, type PlainDate, parseDate } from '#kernel/calendar.ts';
import type { Json } from '#kernel/canonical.ts';
import type { CompanyId, CustomerId, InvoiceId, PaymentId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { openCompany } from '#ledger/open-company.ts';
import type { OpenItem } from '#ledger/open-item.ts';
import { readItemsOfDocuments, readOpenItems } from '#ledger/read-items.ts';
import { recordRates } from '#ledger/record-rates.ts';
import { addCustomer } from '#parties/add-customers.ts';
import { addCustomerBankAccount } from '#parties/change-bank-accounts.ts';
import { addBankAccount } from '#payments/add-bank-account.ts';
import { stateHandover } from '#payments/change-handovers.ts';
import type { Chance } from '../../seed/chance.ts';
import { APPROVABLES } from '../../src/approvables.ts';
import { TEST_IBAN } from '../support/bank-files.ts';
import { aPerson } from '../support/people.ts';
import type { TestTenant } from '../support/tenant.ts';
import type { BankOfWorld } from './bank-steps.ts';

const CUSTOMERS = 6;
/** Customers who cannot be written to. */
const SILENT = 1;
export const CURRENCIES = ['EUR', 'EUR', 'EUR', 'USD', 'JPY'] as const;
/** Things of the past a walker still remembers; older ones are left in peace. */
const REMEMBERED = 60;

/** A small business and where its walk has come to; several walkers may share one. */
export type World = {
  readonly tenant: TestTenant;
  readonly companyId: CompanyId;
  /** Another company of the same owner, with other books, for which the first may receive money. */
  readonly sisterId: CompanyId;
  readonly sisterInvoices: InvoiceId[];
  /** Receipts of which something went there. */
  readonly handedOver: PaymentId[];
  readonly customers: readonly CustomerId[];
  readonly invoices: InvoiceId[];
  readonly payments: PaymentId[];
  readonly creditNotes: InvoiceId[];
  readonly writeOffs: string[];
  readonly writeOffRuns: string[];
  readonly charges: string[];
  readonly waivers: string[];
  readonly exclusions: string[];
  readonly runs: string[];
  readonly holds: string[];
  readonly periods: string[];
  /** The account at the bank, as its bank keeps it. */
  readonly bank: BankOfWorld;
  /** The account each customer pays from, by customer. */
  readonly accounts: ReadonlyMap<CustomerId, { readonly bankAccountId: string; readonly iban: string }>;
  readonly remittances: string[];
  readonly disputes: string[];
  readonly refunds: string[];
  readonly promises: string[];
  /** Members who apply receipts, teams of theirs, the account at a gateway, and what was paid by card there. */
  readonly people: readonly string[];
  readonly teams: string[];
  readonly gatewayId: string;
  readonly cardPayments: { readonly id: string; readonly minor: bigint }[];
  day: PlainDate;
  /** `said`: items that messages sent spoke of. */
  readonly counts: { done: number; said: number; refused: Map<string, number> };
};

const [READY] = READY_MADE;
/** Terms that need no rate to be stated: the walk goes beyond the days for which rates are known. */
const LATE_TERMS: Terms | null = READY
  ? {
      ...READY.terms,
      rate: { mode: 'fixed', percent: '9.37' },
      graceDays: 1,
      minimums: [{ amount: '0.50', currency: 'EUR' }],
    }
  : null;

/** Makes the business: one company, a few customers, rates of exchange that move. */
export async function makeWorld(tenant: TestTenant): Promise<World> {
  const day = parseDate('2026-01-05');
  const { companyId } = await tenant.act('owner', openCompany, {
    code: 'SIM',
    name: 'Simulated Ltd',
    functionalCurrency: 'EUR',
    country: 'DE',
  });
  await tenant.act('owner', replacePolicy, {
    companyId: companyId as CompanyId,
    validFrom: parseDate('2025-01-01'),
    terms: LATE_TERMS,
  });
  const customers: CustomerId[] = [];
  for (let n = 1; n <= CUSTOMERS; n += 1) {
    const { customerId } = await tenant.act('owner', addCustomer, {
      number: `S${n}`,
      name: `Simulated ${n}`,
      // The second and third are below the first, which may pay for them.
      ...(n === 2 || n === 3 ? { parentId: customers[0] } : {}),
      contacts:
        n > CUSTOMERS - SILENT
          ? []
          : [{ name: `Reader ${n}`, role: 'reminders', email: `reader${n}@customer.example` }],
    });
    customers.push(customerId as CustomerId);
  }
  const rates = Array.from({ length: 40 }, (_, week) => [
    { base: 'USD', quote: 'EUR', validOn: addDays(day, week * 7 - 14), rate: `0.9${(week * 37) % 97}` },
    {
      base: 'EUR',
      quote: 'JPY',
      validOn: addDays(day, week * 7 - 14),
      rate: `16${week % 9}.${(week * 53) % 89}`,
    },
  ]).flat();
  await tenant.act('owner', recordRates, { rates });
  const { bankAccountId } = await tenant.act('owner', addBankAccount, {
    companyId: companyId as CompanyId,
    name: 'Simulated bank',
    account: TEST_IBAN,
    currency: 'EUR',
  });
  const gateway = await tenant.act('owner', addBankAccount, {
    companyId: companyId as CompanyId,
    name: 'Simulated gateway',
    account: 'PAYWELL1',
    currency: 'EUR',
  });
  const people = [await aPerson(tenant, 'cash_applier', 'One'), await aPerson(tenant, 'cash_applier', 'Two')];
  await letOwnersRefund(tenant);
  await tenant.act('owner', putTolerance, {
    companyId: companyId as CompanyId,
    currency: 'EUR',
    stance: 'limit',
    amountMax: money(5_00n, 'EUR'),
    percentMax: '2',
    validFrom: parseDate('2025-01-01'),
  });
  const bank = {
    accountId: bankAccountId,
    number: TEST_IBAN,
    balanceMinor: 5_000_00n,
    day,
    last: Promise.resolve(),
  };
  return {
    tenant,
    bank,
    accounts: await addAccounts(tenant, customers),
    remittances: [],
    disputes: [],
    refunds: [],
    promises: [],
    people: people.map(({ userId }) => userId),
    teams: [],
    gatewayId: gateway.bankAccountId,
    cardPayments: [],
    companyId: companyId as CompanyId,
    sisterId: await addSister(tenant, companyId as CompanyId),
    sisterInvoices: [],
    handedOver: [],
    customers,
    invoices: [],
    payments: [],
    creditNotes: [],
    writeOffs: [],
    writeOffRuns: [],
    charges: [],
    waivers: [],
    exclusions: [],
    runs: [],
    holds: [],
    periods: [],
    day,
    counts: { done: 0, said: 0, refused: new Map() },
  };
}

/** Another company, for which the first may receive money. */
async function addSister(tenant: TestTenant, fromCompanyId: CompanyId): Promise<CompanyId> {
  const { companyId } = await tenant.act('owner', openCompany, {
    code: 'SISTER',
    name: 'Sister Inc.',
    functionalCurrency: 'USD',
    country: 'US',
  });
  const toCompanyId = companyId as CompanyId;
  for (const side of ['from', 'to'] as const)
    await tenant.act('owner', stateHandover, { fromCompanyId, toCompanyId, side, allowed: true });
  return toCompanyId;
}

/** Whoever owns the business grants refunds alone. */
async function letOwnersRefund(tenant: TestTenant): Promise<void> {
  await tenant.act('owner', changePolicy(APPROVABLES), {
    kind: 'refund',
    version: 0,
    policy: {
      currency: null,
      order: 'serial',
      expiryDays: 14,
      bands: [{ upTo: null, alone: ['owner'], steps: [{ roles: ['controller'], people: 1 }] }],
    },
  });
}

/** The account each customer pays from, known from the start. */
async function addAccounts(tenant: TestTenant, customers: readonly CustomerId[]): Promise<World['accounts']> {
  const accounts: World['accounts'] extends ReadonlyMap<infer K, infer V> ? Map<K, V> : never = new Map();
  for (const [n, customerId] of customers.entries()) {
    const iban = germanIban(n + 1);
    const { bankAccountId } = await tenant.act('owner', addCustomerBankAccount, {
      customerId,
      account: iban,
    });
    accounts.set(customerId, { bankAccountId, iban });
  }
  return accounts;
}

/** A German account number whose check digits are right (ISO 13616: the rest of the number, moved before D, E and 00, modulo 97). */
export function germanIban(n: number): string {
  const own = `10000000${String(n).padStart(10, '0')}`;
  const check = 98n - (BigInt(`${own}131400`) % 97n);
  return `DE${String(check).padStart(2, '0')}${own}`;
}

/** One thing that somebody does. Refusals are for whoever draws the steps. */
export type Step = (world: World, chance: Chance) => Promise<void>;

/** Carries out a command on the day the walk has come to. */
export async function act<I, R extends Json>(world: World, command: Command<I, R>, input: I): Promise<R> {
  world.tenant.on(world.day.toString());
  return world.tenant.act('owner', command, input);
}

/** Keeps a thing in mind, and forgets the oldest. */
export function remember<T>(list: T[], thing: T): void {
  list.push(thing);
  if (list.length > REMEMBERED) list.shift();
}

/** The open items of a document. */
export function itemsOf(world: World, documentId: string): Promise<readonly OpenItem[]> {
  return inTenant(world.tenant.pool, world.tenant.tenantId, (tx) => readItemsOfDocuments(tx, [documentId]));
}

/** What some customer has open. */
export function openOf(world: World, chance: Chance): Promise<readonly OpenItem[]> {
  const customer = chance.oneOf(world.customers);
  return inTenant(world.tenant.pool, world.tenant.tenantId, (tx) => readOpenItems(tx, customer));
}

/** Some of what is left, all of it, or (seldom) more than there is. */
export function someOf(chance: Chance, most: bigint): bigint {
  if (chance.happens(0.4)) return most;
  if (chance.happens(0.05)) return most + BigInt(chance.whole(1, 500));
  return (most * BigInt(chance.whole(1, 99))) / 100n + 1n;
}

/** A day around the present one: mostly today, sometimes before, seldom ahead. */
export function aDay(world: World, chance: Chance): PlainDate {
  return chance.happens(0.7) ? world.day : addDays(world.day, chance.whole(-25, 2));
}

/** Lines of a document: odd quantities and prices, whose rounding shows. */
export function someLines(chance: Chance, most = 99_999): IssueInvoice['lines'] {
  return Array.from({ length: chance.whole(1, 3) }, () => {
    const percent = chance.oneOf([0, 7, 19, 21]);
    return {
      description: 'Something',
      quantity: { digits: BigInt(chance.whole(1, 9_999)), scale: chance.whole(0, 3) },
      unitPrice: { digits: BigInt(chance.whole(1, most)), scale: chance.whole(0, 4) },
      taxCategory: percent === 0 ? 'Z' : 'S',
      taxPercent: { digits: BigInt(percent), scale: 0 },
    };
  });
}

/** One of the things remembered, if there is any. */
export function oneOf<T>(chance: Chance, list: readonly T[]): T | undefined {
  return list.length > 0 ? chance.oneOf(list) : undefined;
}
