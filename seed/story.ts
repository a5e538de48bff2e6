// Thirteen months of business, told day by day through the same commands that people use: invoices go out, most are paid,
// some late, some in part, some not; the last days are left as a Monday morning finds them.

import { type Command, type Context, carryOut, type Door } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import type { MessageSource } from '#delivery/begin-sending.ts';
import type { MailTools } from '#delivery/send-message.ts';
import { openDispute } from '#disputes/open-dispute.ts';
import { creditInvoice } from '#invoicing/credit-invoice.ts';
import { issueInvoice } from '#invoicing/issue-invoice.ts';
import { addDays, daysBetween, isAfter, isBusinessDay, type PlainDate, WEEKDAYS } from '#kernel/calendar.ts';
import type { Json } from '#kernel/canonical.ts';
import type { CompanyId, CustomerId, InvoiceId, PaymentId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { left, type OpenItem } from '#ledger/open-item.ts';
import { readItemsOfDocuments } from '#ledger/read-items.ts';
import { addCustomer } from '#parties/add-customers.ts';
import { applyPayment } from '#payments/apply-payment.ts';
import { recordPayment } from '#payments/record-payment.ts';
import { returnPayment } from '#payments/return-payment.ts';
import { addPaymentTerms } from '#terms/change-payment-terms.ts';
import { discountOnOpen, isTooLate } from '#terms/discount.ts';
import { parseNotation } from '#terms/notation.ts';
import { readItemDiscounts } from '#terms/read-terms.ts';
import { cast, GOODS, type Player } from './cast.ts';
import { Chance } from './chance.ts';
import { HouseBank } from './house-bank.ts';
import { receiveSinceFriday } from './receipts.ts';

/** Carries out a command at a day and hour of the story. */
export type Tell = <I, R extends Json>(
  on: PlainDate,
  hour: number,
  command: Command<I, R>,
  input: I,
) => Promise<R>;

/** Makes the teller for a tenant: the story's clock is the day it tells of. */
export function teller(door: Door, context: Omit<Context, 'now' | 'today'>, timeZone: string): Tell {
  return (on, hour, command, input) => {
    const now = momentOf(on, hour, timeZone);
    return carryOut(door, { ...context, now, today: on }, command, input);
  };
}

/** An hour of a day of the story. What is told of this afternoon is learned now: nothing is recorded in the future. */
export function momentOf(on: PlainDate, hour: number, timeZone: string): Temporal.Instant {
  const told = on.toZonedDateTime({ timeZone, plainTime: { hour } }).toInstant();
  const real = Temporal.Now.instant();
  return Temporal.Instant.compare(told, real) < 0 ? told : real;
}

/** What a worker of the story has at an hour of a day: mails stay in the built-in outbox, letters lie ready to be printed. */
export function workerAt(
  { door, context }: Pick<Setting, 'door' | 'context'>,
  sources: readonly MessageSource[],
  at: { readonly on: PlainDate; readonly now: Temporal.Instant },
): MailTools {
  const untold = () => {};
  return {
    door,
    sources,
    transport: { kind: 'outbox' },
    clock: () => at.now,
    contextOf: async () => ({ ...context, now: at.now, today: at.on }),
    log: { error: untold, warn: untold, info: untold },
  };
}

export type Setting = {
  readonly door: Door;
  readonly context: Omit<Context, 'now' | 'today'>;
  readonly companyId: CompanyId;
  readonly today: PlainDate;
  readonly tell: Tell;
};

/** An invoice of the story, and when it is paid. */
export type Bill = {
  readonly invoiceId: InvoiceId;
  readonly player: Player;
  readonly customerId: CustomerId;
  readonly number: string;
  readonly payOn: PlainDate | undefined;
  readonly part: boolean;
};

const MONTHS = 13;
const TAX_PERCENT = 19n;
/** Payers who write nothing that says what they pay. */
const SILENT_SHARE = 0.2;

/** Tells the story up to today. */
export async function tellStory(
  setting: Setting,
  seed: number,
): Promise<{ readonly invoices: number; readonly payments: number }> {
  const chance = new Chance(seed);
  const start = setting.today.subtract({ months: MONTHS }).with({ day: 1 });
  const players = await addPlayers(setting, start, seed);
  const bills: Bill[] = [];
  const count = { invoices: 0, payments: 0 };
  const bank = new HouseBank(setting.today);
  for (let day = start; !isAfter(day, setting.today); day = addDays(day, 1)) {
    if (!isBusinessDay(day, WEEKDAYS)) continue;
    for (const { player, customerId } of players) {
      if (!chance.happens(player.rhythm / 21)) continue;
      bills.push(await bill(setting, chance, { player, customerId }, day));
      count.invoices += 1;
    }
    for (const due of bills.filter((b) => b.payOn?.equals(day))) {
      await pay(setting, { chance, bank }, due, day);
      count.payments += 1;
    }
    if (bank.tellsOf(day) && !day.equals(bank.lastDay)) await bank.send(setting, day);
  }
  await lateTwists(setting, chance, bills);
  count.payments += await receiveSinceFriday(setting, bank, bills);
  await argue(setting, bills);
  return count;
}

/** Terms by what they give: net days, and 2 % for whoever pays within ten. */
async function addTerms(setting: Setting, on: PlainDate): Promise<ReadonlyMap<string, string>> {
  const terms = [
    { code: 'N14', name: '14 days', notation: 'net 14' },
    { code: 'N30', name: '30 days', notation: 'net 30' },
    { code: 'N45', name: '45 days', notation: 'net 45' },
    { code: 'N60', name: '60 days', notation: 'net 60' },
    { code: 'S30', name: '30 days, 2 % within 10', notation: '2/10 net 30' },
  ];
  const ids = new Map<string, string>();
  for (const { notation, ...named } of terms) {
    const rules = parseNotation(notation);
    const { paymentTermsId } = await setting.tell(on, 8, addPaymentTerms, { ...named, rules });
    ids.set(named.code, paymentTermsId);
  }
  return ids;
}

/** Those who pay in time are offered to save by paying early. */
function termsOf({ netDays, habit }: Player): string {
  return habit.lateDays < 0 && netDays === 30 ? 'S30' : `N${netDays}`;
}

async function addPlayers(setting: Setting, on: PlainDate, seed: number) {
  const players: { readonly player: Player; readonly customerId: CustomerId }[] = [];
  const terms = await addTerms(setting, on);
  for (const player of cast(seed)) {
    const { customerId } = await setting.tell(on, 8, addCustomer, {
      number: player.number,
      name: player.name,
      country: player.country,
      language: player.language,
      timeZone: player.timeZone,
      paymentTermsId: terms.get(termsOf(player)),
      contacts: [
        {
          name: player.contact,
          role: 'billing',
          ...(player.email === undefined ? {} : { email: player.email }),
          ...(player.phone === undefined ? {} : { phone: player.phone }),
        },
      ],
    });
    players.push({ player, customerId: customerId as CustomerId });
  }
  return players;
}

async function bill(
  setting: Setting,
  chance: Chance,
  who: { readonly player: Player; readonly customerId: CustomerId },
  day: PlainDate,
): Promise<Bill> {
  const { player, customerId } = who;
  const dueOn = addDays(day, player.netDays);
  const lines = Array.from({ length: chance.whole(1, 4) }, () => {
    const good = chance.oneOf(GOODS);
    const price = BigInt(chance.whole(good.from * 100, good.to * 100));
    const wanted = Math.max(
      1,
      Math.round((player.size * (0.5 + chance.share())) / (Number(price) / 100) / 2),
    );
    return {
      description: good.description,
      quantity: { digits: BigInt(wanted), scale: 0 },
      unit: good.unit,
      unitPrice: { digits: price, scale: 2 },
      taxCategory: 'S',
      taxPercent: { digits: TAX_PERCENT, scale: 0 },
    };
  });
  const issued = await setting.tell(day, 9, issueInvoice, {
    companyId: setting.companyId,
    customerId,
    issuedOn: day,
    currency: 'EUR',
    lines,
    ...(chance.happens(0.4) ? { purchaseOrder: `PO-${chance.whole(10_000, 99_999)}` } : {}),
  });
  const { habit } = player;
  const late = Math.round(habit.lateDays + (chance.share() + chance.share() - 1) * habit.spread * 1.5);
  const isEarly = termsOf(player) === 'S30' && chance.happens(0.6);
  const planned = isEarly
    ? addDays(day, chance.whole(5, 8))
    : addDays(dueOn, Math.max(late, 3 - player.netDays));
  return {
    invoiceId: issued.invoiceId as InvoiceId,
    player,
    customerId,
    number: issued.number,
    payOn: chance.happens(habit.neverShare) ? undefined : onBusinessDay(planned),
    part: chance.happens(habit.partShare),
  };
}

function onBusinessDay(day: PlainDate): PlainDate {
  return isBusinessDay(day, WEEKDAYS) ? day : onBusinessDay(addDays(day, 1));
}

async function openItemOf(setting: Setting, invoiceId: InvoiceId): Promise<OpenItem | undefined> {
  const [item] = await inTenant(setting.door.pool, setting.context.tenantId, (tx) =>
    readItemsOfDocuments(tx, [invoiceId]),
  );
  return item;
}

async function pay(
  setting: Setting,
  { chance, bank }: { readonly chance: Chance; readonly bank: HouseBank },
  due: Bill,
  day: PlainDate,
): Promise<void> {
  const item = await openItemOf(setting, due.invoiceId);
  if (!item || left(item) === 0n) return;
  const discount = due.part ? undefined : await discountOf(setting, item, day);
  const paid = due.part ? (left(item) * BigInt(chance.whole(30, 80))) / 100n : left(item) - (discount ?? 0n);
  const reference = chance.happens(SILENT_SHARE)
    ? 'payment on account'
    : `${due.number} ${due.player.number}`;
  if (bank.tellsOf(day)) {
    bank.book({ minor: paid, party: due.player.name, text: reference });
    return;
  }
  const amount = money(paid, 'EUR');
  const { paymentId } = await setting.tell(day, 13, recordPayment, {
    companyId: setting.companyId,
    customerId: due.customerId,
    direction: 'received',
    receivedOn: day,
    amount,
    method: 'transfer',
    reference,
    payerName: due.player.name,
  });
  await setting.tell(day, 14, applyPayment, {
    paymentId: paymentId as PaymentId,
    allocations: [{ itemId: item.id, amount }],
    takeDiscounts: true,
  });
}

/** What paying an item on a day saves. */
async function discountOf(setting: Setting, item: OpenItem, on: PlainDate): Promise<bigint | undefined> {
  const rights = await inTenant(setting.door.pool, setting.context.tenantId, (tx) =>
    readItemDiscounts(tx, [item.id]),
  );
  const right = rights.get(item.id)?.find((one) => !isTooLate(one, on));
  return right && discountOnOpen(right, item).minor;
}

/** What else happens: a payment bounces, a delivery was short and is credited. */
async function lateTwists(setting: Setting, chance: Chance, bills: readonly Bill[]): Promise<void> {
  const day = onBusinessDay(addDays(setting.today, -9));
  if (isAfter(day, setting.today)) return;
  const bounced = bills.find(
    (b) =>
      b.player.habit.lateDays > 15 &&
      b.payOn !== undefined &&
      daysBetween(b.payOn, day) > 3 &&
      daysBetween(b.payOn, day) < 40,
  );
  const item = bounced && (await openItemOf(setting, bounced.invoiceId));
  if (bounced && item) {
    const amount = money(25_000n, 'EUR');
    const { paymentId } = await setting.tell(addDays(day, -3), 13, recordPayment, {
      companyId: setting.companyId,
      customerId: bounced.customerId,
      direction: 'received',
      receivedOn: addDays(day, -3),
      amount,
      method: 'direct_debit',
      reference: `direct debit ${bounced.number}`,
      payerName: bounced.player.name,
    });
    await setting.tell(day, 10, returnPayment, {
      paymentId: paymentId as PaymentId,
      on: day,
      reason: 'AM04 insufficient funds',
    });
  }
  const short = bills
    .filter((b) => b.payOn === undefined || isAfter(b.payOn, setting.today))
    .at(chance.whole(0, 3));
  if (short) {
    await setting.tell(setting.today, 8, creditInvoice, {
      invoiceId: short.invoiceId,
      issuedOn: setting.today,
      reason: 'quantity',
      reasonNote: 'One cable set was missing',
      lines: [
        {
          description: 'Cable set 10 m, not delivered',
          quantity: { digits: 1n, scale: 0 },
          unitPrice: { digits: 1_890n, scale: 2 },
          taxCategory: 'S',
          taxPercent: { digits: TAX_PERCENT, scale: 0 },
        },
      ],
    });
  }
}

/** What customers do not accept: part of two invoices that are late. */
async function argue(setting: Setting, bills: readonly Bill[]): Promise<void> {
  const says = [
    { reason: 'pricing', note: 'The offer of spring said 12 % less.', claimNumber: 'DN-20417', share: 12n },
    { reason: 'delivery', note: 'One of four crates came broken; photographs sent.', share: 25n },
  ] as const;
  const unpaid = bills.filter((b) => b.payOn === undefined || isAfter(b.payOn, setting.today)).slice(4);
  const open: OpenItem[] = [];
  for (const { invoiceId } of unpaid) {
    const item = await openItemOf(setting, invoiceId);
    if (item && left(item) > 0n) open.push(item);
    if (open.length === says.length) break;
  }
  for (const [index, { share, ...said }] of says.entries()) {
    const item = open[index];
    if (!item) continue;
    await setting.tell(onBusinessDay(addDays(setting.today, -3 - 4 * index)), 11, openDispute, {
      items: [{ itemId: item.id, amount: money((left(item) * share) / 100n, 'EUR') }],
      ...said,
    });
  }
}
