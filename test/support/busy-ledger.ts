// Some months in the books of a test tenant, drawn from a seed: invoices with instalments in two currencies, payments known
// and unknown, applications, returns, write-offs and credit notes, booked on the day, late, or ahead. What reports and
// proofs are tried on.

import type { Act, Command } from '#command/command.ts';
import { pricedByTotal, type ReadyDocument } from '#invoicing/document.ts';
import { issueDocuments } from '#invoicing/issue-documents.ts';
import { present } from '#kernel/assert.ts';
import { addDays, type PlainDate, parseDate } from '#kernel/calendar.ts';
import { type CompanyId, type CustomerId, type ItemId, newId, type PaymentId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { settleItems, takeItems } from '#ledger/settle-items.ts';
import { takeCompany } from '#parties/take-party.ts';
import { applyPayment } from '#payments/apply-payment.ts';
import { identifyPayment } from '#payments/identify-payment.ts';
import { returnPayment } from '#payments/return-payment.ts';
import { unapplyPayment } from '#payments/unapply-payment.ts';
import { writeOffItems } from '#writeoffs/write-off-items.ts';
import { aCompany, aCustomer, anInvoice, aPayment, aRate, itemsOf } from './builders.ts';
import type { TestTenant } from './tenant.ts';

export type BusyLedger = {
  readonly companies: readonly CompanyId[];
  readonly customers: readonly CustomerId[];
  readonly from: PlainDate;
  readonly to: PlainDate;
  /** How often what was tried was refused, which leaves no trace. */
  readonly refused: number;
};

/** A small generator of numbers from a seed (mulberry32): the same ledger for the same seed. */
function drawFrom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

const FROM = parseDate('2026-01-05');
const DAYS = 120;

type Walk = {
  readonly tenant: TestTenant;
  readonly draw: (below: number) => number;
  readonly companies: readonly CompanyId[];
  readonly customers: readonly CustomerId[];
  readonly items: { companyId: CompanyId; documentId: string; itemId: ItemId; currency: string }[];
  /** Items and payments of which something was taken back: what settles them later is not dated before that. */
  readonly givenBack: Set<string>;
  readonly payments: { companyId: CompanyId; paymentId: PaymentId; currency: string; known: boolean }[];
};

/** Keeps books for four months: `steps` things happen, one after the other. */
export async function aBusyLedger(tenant: TestTenant, seed: number, steps = 90): Promise<BusyLedger> {
  tenant.on(FROM.toString());
  const companies = [
    await aCompany(tenant, { currency: 'EUR' }),
    await aCompany(tenant, { currency: 'USD' }),
  ];
  await aRate(tenant, { base: 'USD', quote: 'EUR', on: '2025-01-01', rate: '0.9' });
  await aRate(tenant, { base: 'USD', quote: 'EUR', on: '2026-03-01', rate: '0.87' });
  const customers: CustomerId[] = [];
  for (let n = 0; n < 6; n += 1) customers.push(await aCustomer(tenant));
  const walk: Walk = {
    tenant,
    draw: drawFrom(seed),
    companies,
    customers,
    items: [],
    givenBack: new Set(),
    payments: [],
  };
  let refused = 0;
  for (let step = 0; step < steps; step += 1) {
    const today = addDays(FROM, Math.floor((step * DAYS) / steps));
    tenant.on(today.toString());
    try {
      await oneStep(walk, today);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refused += 1;
    }
  }
  return { companies, customers, from: FROM, to: addDays(FROM, DAYS), refused };
}

async function oneStep(walk: Walk, today: PlainDate): Promise<void> {
  const kind = walk.draw(20);
  if (kind < 5) return invoiceStep(walk, today);
  if (kind < 8) return paymentStep(walk, today);
  if (kind < 15) return applyStep(walk, today);
  if (kind === 15) return unapplyStep(walk);
  if (kind === 16) return returnStep(walk);
  if (kind === 17) return writeOffStep(walk);
  if (kind === 18) return creditNoteStep(walk, today);
  return identifyStep(walk);
}

function pick<T>(walk: Walk, from: readonly T[]): T {
  if (from.length === 0) throw new Refusal('nothing_to_pick');
  return present(from[walk.draw(from.length)], 'a draw is within the list');
}

async function invoiceStep(walk: Walk, today: PlainDate): Promise<void> {
  const companyId = pick(walk, walk.companies);
  const customerId = pick(walk, walk.customers);
  // The second company keeps its books in dollars and has no rate for euros.
  const currency = companyId === walk.companies[0] && walk.draw(3) > 0 ? 'EUR' : 'USD';
  const issuedOn = addDays(today, walk.draw(30) - 20);
  const minor = BigInt(100 + walk.draw(90_000));
  const isSplit = walk.draw(3) === 0;
  const invoice = await anInvoice(walk.tenant, {
    companyId,
    customerId,
    currency,
    issuedOn: issuedOn.toString(),
    ...(isSplit
      ? {
          instalments: [
            { dueOn: addDays(issuedOn, 10).toString(), minor: minor / 3n + 1n },
            { dueOn: addDays(issuedOn, 45).toString(), minor: minor - minor / 3n },
          ],
        }
      : { minor, dueOn: addDays(issuedOn, walk.draw(60)).toString() }),
  });
  for (const itemId of invoice.itemIds)
    walk.items.push({ companyId, documentId: invoice.invoiceId, itemId, currency });
}

async function paymentStep(walk: Walk, today: PlainDate): Promise<void> {
  const companyId = pick(walk, walk.companies);
  const currency = companyId === walk.companies[0] && walk.draw(3) > 0 ? 'EUR' : 'USD';
  const known = walk.draw(4) > 0;
  const payment = await aPayment(walk.tenant, {
    companyId,
    currency,
    minor: BigInt(100 + walk.draw(120_000)),
    receivedOn: addDays(today, -walk.draw(12)).toString(),
    ...(known ? { customerId: pick(walk, walk.customers) } : {}),
  });
  walk.payments.push({ companyId, paymentId: payment.paymentId, currency, known });
}

async function applyStep(walk: Walk, today: PlainDate): Promise<void> {
  const payment = pick(walk, walk.payments);
  const fitting = walk.items.filter(
    (i) => i.companyId === payment.companyId && i.currency === payment.currency,
  );
  const item = pick(walk, fitting);
  const [own] = await itemsOf(walk.tenant, payment.paymentId);
  const invoice = (await itemsOf(walk.tenant, item.documentId)).find((i) => i.id === item.itemId);
  const left = -(own?.open.minor ?? 0n);
  const open = invoice?.open.minor ?? 0n;
  const most = left < open ? left : open;
  if (most < 10n) throw new Refusal('nothing_left');
  // Wholly, in part, or leaving a little that is given as a discount.
  const kind = walk.draw(4);
  const discount = kind === 3 && most === open ? 3n : 0n;
  const isFresh = !walk.givenBack.has(payment.paymentId) && !walk.givenBack.has(item.itemId);
  const isBackdated = walk.draw(3) === 0 && isFresh;
  await walk.tenant.act('cash_applier', applyPayment, {
    paymentId: payment.paymentId,
    allocations: [
      {
        itemId: item.itemId,
        amount: money(kind === 0 ? most / 2n : most - discount, payment.currency),
        discount: money(discount, payment.currency),
      },
    ],
    ...(isBackdated ? { on: addDays(today, -walk.draw(4)) } : {}),
  });
}

async function unapplyStep(walk: Walk): Promise<void> {
  const { paymentId } = pick(walk, walk.payments);
  const { items } = await walk.tenant.act('cash_applier', unapplyPayment, { paymentId });
  for (const id of [paymentId, ...items.map((item) => item.itemId)]) walk.givenBack.add(id);
}

async function returnStep(walk: Walk): Promise<void> {
  const { paymentId } = pick(walk, walk.payments);
  const { items } = await walk.tenant.act('controller', returnPayment, { paymentId, reason: 'No funds' });
  for (const id of [paymentId, ...items.map((item) => item.itemId)]) walk.givenBack.add(id);
}

async function writeOffStep(walk: Walk): Promise<void> {
  const item = pick(walk, walk.items);
  const wish = { itemId: item.itemId };
  await walk.tenant.act('controller', writeOffItems, {
    kind: 'bad_debt',
    reason: 'Insolvent',
    items: [wish],
  });
}

async function identifyStep(walk: Walk): Promise<void> {
  const payment = pick(
    walk,
    walk.payments.filter((p) => !p.known),
  );
  const customerId = pick(walk, walk.customers);
  await walk.tenant.act('cash_applier', identifyPayment, { paymentId: payment.paymentId, customerId });
}

async function creditNoteStep(walk: Walk, today: PlainDate): Promise<void> {
  const item = pick(walk, walk.items);
  await walk.tenant.act('owner', creditAgainst, {
    companyId: item.companyId,
    customerId: pick(walk, walk.customers),
    minor: BigInt(50 + walk.draw(5_000)),
    currency: item.currency,
    on: addDays(today, -walk.draw(9)),
    ...(walk.draw(2) === 0 ? { settles: item.itemId } : {}),
  });
}

type Credit = {
  readonly companyId: CompanyId;
  readonly customerId: CustomerId;
  readonly minor: bigint;
  readonly currency: string;
  readonly on: PlainDate;
  readonly settles?: ItemId;
};

/** A credit note by its total; half of it settles an item at once if one is named. */
export const creditAgainst: Command<Credit, { readonly creditNoteId: string }> = {
  name: 'test-credit',
  permission: 'invoice.credit',
  async run(act: Act, input: Credit) {
    const company = await takeCompany(act, input.companyId);
    const total = money(input.minor, input.currency);
    const document: ReadyDocument = {
      id: newId(),
      kind: 'credit_note',
      companyId: input.companyId,
      customerId: input.customerId,
      issuedOn: input.on,
      priced: pricedByTotal(total),
      instalments: [{ dueOn: input.on, amount: total }],
      reason: { code: 'quality', note: null },
    };
    const [issued] = await issueDocuments(act, company, [document], { series: '' });
    const own = present(issued?.items[0], 'a credit note has an item');
    if (input.settles !== undefined) {
      const [debit] = await takeItems(act, [input.settles]);
      const items = [present(debit, 'the item was taken'), own];
      settleItems(
        act,
        items,
        [
          {
            debitItemId: input.settles,
            creditItemId: own.id,
            amount: money(input.minor / 2n, input.currency),
            method: 'credit',
          },
        ],
        { documentId: document.id, kind: 'application', on: act.today },
      );
    }
    return { creditNoteId: document.id };
  },
};
