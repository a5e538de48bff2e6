// The random walk: commands drawn by a seed, sensible and senseless ones alike. What may be refused is refused; what goes
// through must leave books that hold.

import type { Command } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import { issueInvoice } from '#invoicing/issue-invoice.ts';
import { addDays, type PlainDate, parseDate } from '#kernel/calendar.ts';
import type { Json } from '#kernel/canonical.ts';
import type { CompanyId, CustomerId, InvoiceId, ItemId, PaymentId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { addPeriod, lockPeriod, unlockPeriod } from '#ledger/lock-period.ts';
import { openCompany } from '#ledger/open-company.ts';
import { isDebit, left, type OpenItem } from '#ledger/open-item.ts';
import { readItemsOfDocuments, readOpenItems } from '#ledger/read-items.ts';
import { recordRates } from '#ledger/record-rates.ts';
import { addCustomer } from '#parties/add-customers.ts';
import { applyPayment } from '#payments/apply-payment.ts';
import { identifyPayment } from '#payments/identify-payment.ts';
import { recordPayment } from '#payments/record-payment.ts';
import { returnPayment } from '#payments/return-payment.ts';
import { unapplyPayment } from '#payments/unapply-payment.ts';
import { undoWriteOff } from '#payments/undo-write-off.ts';
import { writeOffItems } from '#payments/write-off-items.ts';
import type { Chance } from '../../seed/chance.ts';
import type { TestTenant } from '../support/tenant.ts';

const CUSTOMERS = 6;
const CURRENCIES = ['EUR', 'EUR', 'EUR', 'USD', 'JPY'] as const;
/** Things of the past a walker still remembers; older ones are left in peace. */
const REMEMBERED = 60;

/** A small business and where its walk has come to; several walkers may share one. */
export type World = {
  readonly tenant: TestTenant;
  readonly companyId: CompanyId;
  readonly customers: readonly CustomerId[];
  readonly invoices: InvoiceId[];
  readonly payments: PaymentId[];
  readonly writeOffs: string[];
  readonly periods: string[];
  day: PlainDate;
  readonly counts: { done: number; refused: Map<string, number> };
};

/** Makes the business: one company, a few customers, rates of exchange that move. */
export async function makeWorld(tenant: TestTenant): Promise<World> {
  const day = parseDate('2026-01-05');
  const { companyId } = await tenant.act('owner', openCompany, {
    code: 'SIM',
    name: 'Simulated Ltd',
    functionalCurrency: 'EUR',
    country: 'DE',
  });
  const customers: CustomerId[] = [];
  for (let n = 1; n <= CUSTOMERS; n += 1) {
    const { customerId } = await tenant.act('owner', addCustomer, {
      number: `S${n}`,
      name: `Simulated ${n}`,
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
  return {
    tenant,
    companyId: companyId as CompanyId,
    customers,
    invoices: [],
    payments: [],
    writeOffs: [],
    periods: [],
    day,
    counts: { done: 0, refused: new Map() },
  };
}

type Step = (world: World, chance: Chance) => Promise<void>;

async function act<I, R extends Json>(world: World, command: Command<I, R>, input: I): Promise<R> {
  world.tenant.on(world.day.toString());
  return world.tenant.act('owner', command, input);
}

function remember<T>(list: T[], thing: T): void {
  list.push(thing);
  if (list.length > REMEMBERED) list.shift();
}

function itemsOf(world: World, documentId: string): Promise<readonly OpenItem[]> {
  return inTenant(world.tenant.pool, world.tenant.tenantId, (tx) => readItemsOfDocuments(tx, [documentId]));
}

function openOf(world: World, chance: Chance): Promise<readonly OpenItem[]> {
  const customer = chance.oneOf(world.customers);
  return inTenant(world.tenant.pool, world.tenant.tenantId, (tx) => readOpenItems(tx, customer));
}

/** Some of what is left, all of it, or (seldom) more than there is. */
function someOf(chance: Chance, most: bigint): bigint {
  if (chance.happens(0.4)) return most;
  if (chance.happens(0.05)) return most + BigInt(chance.whole(1, 500));
  return (most * BigInt(chance.whole(1, 99))) / 100n + 1n;
}

/** A day around the present one: mostly today, sometimes before, seldom ahead. */
function aDay(world: World, chance: Chance): PlainDate {
  return chance.happens(0.7) ? world.day : addDays(world.day, chance.whole(-25, 2));
}

const issue: Step = async (world, chance) => {
  const issuedOn = aDay(world, chance);
  const currency = chance.oneOf(CURRENCIES);
  const lines = Array.from({ length: chance.whole(1, 3) }, () => ({
    description: 'Something',
    quantity: { digits: BigInt(chance.whole(1, 9_999)), scale: chance.whole(0, 3) },
    unitPrice: { digits: BigInt(chance.whole(1, 99_999)), scale: chance.whole(0, 4) },
    taxCategory: 'S',
    taxPercent: { digits: BigInt(chance.oneOf([0, 7, 19, 21])), scale: 0 },
  }));
  const issued = await act(world, issueInvoice, {
    companyId: world.companyId,
    customerId: chance.oneOf(world.customers),
    issuedOn,
    dueOn: addDays(issuedOn, chance.whole(-1, 60)),
    currency,
    lines: lines.map((line) => (line.taxPercent.digits === 0n ? { ...line, taxCategory: 'Z' } : line)),
  });
  remember(world.invoices, issued.invoiceId as InvoiceId);
};

const receive: Step = async (world, chance) => {
  const recorded = await act(world, recordPayment, {
    companyId: world.companyId,
    ...(chance.happens(0.15) ? {} : { customerId: chance.oneOf(world.customers) }),
    direction: chance.happens(0.93) ? 'received' : 'refunded',
    receivedOn: aDay(world, chance),
    amount: money(BigInt(chance.whole(1, 500_000)), chance.oneOf(CURRENCIES)),
    method: 'transfer',
    reference: 'simulated',
  });
  remember(world.payments, recorded.paymentId as PaymentId);
};

const apply: Step = async (world, chance) => {
  const open = await openOf(world, chance);
  const payments = open.filter((i) => i.kind === 'payment');
  const payment =
    payments.length > 0 && chance.happens(0.9) ? chance.oneOf(payments).documentId : world.payments.at(-1);
  if (payment === undefined) return;
  const [own] = await itemsOf(world, payment);
  const targets = open.filter(
    (i) => isDebit(i) && (i.amount.currency === own?.amount.currency || chance.happens(0.05)),
  );
  if (!own || targets.length === 0) return;
  const chosen = targets.slice(0, chance.whole(1, 4));
  let room = left(own);
  const allocations = chosen.flatMap((item) => {
    const wanted = someOf(chance, left(item));
    const part = wanted < room || chance.happens(0.05) ? wanted : room;
    room -= part;
    const discount = chance.happens(0.15) && part < left(item) ? (left(item) - part) / 3n : 0n;
    const { currency } = item.amount;
    return part <= 0n
      ? []
      : [
          {
            itemId: item.id,
            amount: money(part, currency),
            ...(discount > 0n ? { discount: money(discount, currency) } : {}),
          },
        ];
  });
  await act(world, applyPayment, {
    paymentId: payment as PaymentId,
    allocations,
    ...(chance.happens(0.3) ? { on: aDay(world, chance) } : {}),
  });
};

const unapply: Step = async (world, chance) => {
  const payment = world.payments.length > 0 ? chance.oneOf(world.payments) : undefined;
  if (payment) await act(world, unapplyPayment, { paymentId: payment });
};

const comeBack: Step = async (world, chance) => {
  const payment = world.payments.length > 0 ? chance.oneOf(world.payments) : undefined;
  if (payment) await act(world, returnPayment, { paymentId: payment, reason: 'AM04' });
};

const identify: Step = async (world, chance) => {
  const payment = world.payments.length > 0 ? chance.oneOf(world.payments) : undefined;
  if (payment)
    await act(world, identifyPayment, { paymentId: payment, customerId: chance.oneOf(world.customers) });
};

const writeOff: Step = async (world, chance) => {
  const open = (await openOf(world, chance)).filter(isDebit);
  const item = open.length > 0 ? chance.oneOf(open) : undefined;
  if (!item) return;
  const amount = chance.happens(0.5)
    ? {}
    : { amount: money(someOf(chance, left(item)), item.amount.currency) };
  const done = await act(world, writeOffItems, {
    kind: chance.oneOf(['bad_debt', 'small_balance', 'goodwill'] as const),
    reason: 'simulated',
    items: [{ itemId: item.id as ItemId, ...amount }],
  });
  for (const { writeOffId } of done.writeOffs) remember(world.writeOffs, writeOffId);
};

const takeBackWriteOff: Step = async (world, chance) => {
  const writeOffId = world.writeOffs.length > 0 ? chance.oneOf(world.writeOffs) : undefined;
  if (writeOffId) await act(world, undoWriteOff, { writeOffId, reason: 'simulated' });
};

const lock: Step = async (world, chance) => {
  const startsOn = addDays(world.day, -chance.whole(20, 60));
  const { periodId } = await act(world, addPeriod, {
    companyId: world.companyId,
    startsOn,
    endsOn: addDays(startsOn, chance.whole(0, 10)),
  });
  await act(world, lockPeriod, { periodId });
  remember(world.periods, periodId);
};

const unlock: Step = async (world, chance) => {
  const periodId = world.periods.length > 0 ? chance.oneOf(world.periods) : undefined;
  if (periodId) await act(world, unlockPeriod, { periodId, reason: 'simulated' });
};

const pass: Step = async (world, chance) => {
  if (world.day.until(parseDate('2026-09-01')).days > 0) world.day = addDays(world.day, chance.whole(0, 2));
};

/** How often each step is drawn. */
const STEPS: readonly (readonly [number, Step])[] = [
  [26, issue],
  [20, receive],
  [30, apply],
  [8, unapply],
  [3, comeBack],
  [4, identify],
  [4, writeOff],
  [2, takeBackWriteOff],
  [1, lock],
  [1, unlock],
  [10, pass],
];
const WHOLE = STEPS.reduce((sum, [weight]) => sum + weight, 0);

function drawStep(chance: Chance): Step {
  let at = chance.whole(1, WHOLE);
  for (const [weight, step] of STEPS) {
    at -= weight;
    if (at <= 0) return step;
  }
  return pass;
}

/** Walks that many steps. Refusals are counted; anything else that is thrown is a defect and stops the walk. */
export async function walk(world: World, chance: Chance, steps: number): Promise<void> {
  for (let n = 0; n < steps; n += 1) {
    try {
      await drawStep(chance)(world, chance);
      world.counts.done += 1;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      world.counts.refused.set(error.code, (world.counts.refused.get(error.code) ?? 0) + 1);
    }
  }
}
