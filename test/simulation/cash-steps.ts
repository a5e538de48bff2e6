// Steps of a walk in cash application: receipts that say something and receipts that do not, what a bank announces, remittances,
// and how far the machine may go. What comes of it, the machine decides.

import { announcementsJobs } from '#announcements/jobs.ts';
import { ANNOUNCED_QUEUE } from '#announcements/queues.ts';
import { receiveAnnouncingFile } from '#announcements/receive-announcements.ts';
import { inTenant } from '#db/transaction.ts';
import { putTolerance } from '#differences/change-difference-rules.ts';
import type { JobTools } from '#identity/make-system-context.ts';
import { issueInvoice } from '#invoicing/issue-invoice.ts';
import { addDays } from '#kernel/calendar.ts';
import { type CustomerId, type InvoiceId, newId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { isDebit, left, type OpenItem } from '#ledger/open-item.ts';
import { readOpenItems } from '#ledger/read-items.ts';
import { METHODS } from '#paying/matching-rules.ts';
import { replaceCustomerMatching, replaceMatchingRules } from '#paying/replace-matching-rules.ts';
import { applyReceipts } from '#payments/apply-receipts.ts';
import { applyRemittance, joinRemittances, partRemittance } from '#payments/join-remittance.ts';
import { receiveTypedRemittance } from '#remittances/receive-remittance.ts';
import type { Chance } from '../../seed/chance.ts';
import { aCamt053, type CamtDetail } from '../support/bank-files.ts';
import { type Booked, bookStatement, euros } from './bank-steps.ts';
import { act, aDay, oneOf, openOf, remember, type Step, type World } from './world.ts';

/** Few amounts, some the sum of others: what a receipt is for is often not to be told from its amount. */
const ALIKE = [100_00n, 100_00n, 250_00n, 350_00n, 119_99n] as const;

/** An invoice over one of a few amounts. */
export const issueAlike: Step = async (world, chance) => {
  const issuedOn = aDay(world, chance);
  const issued = await act(world, issueInvoice, {
    companyId: world.companyId,
    customerId: chance.oneOf(world.customers),
    issuedOn,
    dueOn: addDays(issuedOn, chance.oneOf([14, 30])),
    currency: 'EUR',
    lines: [
      {
        description: 'As always',
        quantity: { digits: 1n, scale: 0 },
        unitPrice: { digits: chance.oneOf(ALIKE), scale: 2 },
        taxCategory: 'Z',
        taxPercent: { digits: 0n, scale: 0 },
      },
    ],
  });
  remember(world.invoices, issued.invoiceId as InvoiceId);
};

/** Credits count against debts. */
const sumOf = (items: readonly OpenItem[]): bigint => items.reduce((sum, item) => sum + item.open.minor, 0n);

/** Some documents of a customer in euro, and what they come to. */
async function someDebts(world: World, chance: Chance): Promise<readonly OpenItem[]> {
  const open = (await openOf(world, chance)).filter(
    (item) => isDebit(item) && item.account === 'receivables' && item.amount.currency === 'EUR',
  );
  const most = chance.whole(1, 4);
  return open.length === 0 || chance.happens(0.2)
    ? open
    : open.filter(() => chance.happens(0.5)).slice(0, most);
}

/** Now and then a customer takes a credit note off what it pays. */
async function withCredits(
  world: World,
  chance: Chance,
  debts: readonly OpenItem[],
): Promise<readonly OpenItem[]> {
  const [first] = debts;
  if (!first?.customerId || chance.happens(0.7)) return debts;
  const { pool, tenantId } = world.tenant;
  const open = await inTenant(pool, tenantId, (tx) => readOpenItems(tx, first.customerId as CustomerId));
  const credits = open.filter((item) => item.kind === 'credit_note' && item.amount.currency === 'EUR');
  return [...debts, ...credits.slice(0, chance.whole(1, 2))];
}

/** What a customer pays for some documents: named or not, to the cent, a little short, or something else altogether. */
async function aReceipt(world: World, chance: Chance): Promise<Booked | undefined> {
  const debts = await withCredits(world, chance, await someDebts(world, chance));
  const [first] = debts;
  if (!first) return undefined;
  const short = chance.oneOf([0n, 0n, 0n, BigInt(chance.whole(1, 6_00)), BigInt(chance.whole(1, 50_00))]);
  const minor = sumOf(debts) - short;
  if (minor <= 0n) return undefined;
  const from = world.accounts.get(first.customerId as CustomerId);
  const names = debts.map((item) => item.reference);
  const text = chance.oneOf([
    names.join(' '),
    names.join(', '),
    names.slice(0, 1).join(),
    `Rechnung ${names.map((name) => name.toLowerCase().replaceAll('-', ' ')).join(' / ')}`,
    'thank you',
    'thank you',
  ]);
  return { minor, text, ...(from && chance.happens(0.7) ? { iban: from.iban, payer: 'Whoever pays' } : {}) };
}

/** A statement whose receipts are for something; the machine applies what it is sure of. */
export const payByBank: Step = async (world, chance) => {
  const receipts: Booked[] = [];
  for (let n = chance.whole(1, 3); n > 0; n -= 1) {
    const receipt = await aReceipt(world, chance);
    if (receipt) receipts.push(receipt);
  }
  await bookStatement(world, receipts, chance.happens(0.8));
};

/** The machine looks again at what waits. */
export const lookAgain: Step = async (world) => {
  await act(world, applyReceipts, { companyId: world.companyId });
};

/** Somebody says how far the machine may go. */
export const saySureness: Step = async (world, chance) => {
  const applyFrom = chance.whole(70, 100);
  await act(world, replaceMatchingRules, {
    companyId: world.companyId,
    rules: {
      applyFrom,
      suggestFrom: chance.whole(10, 90),
      unknownPayers: chance.oneOf(['apply', 'suggest', 'never'] as const),
      groupPayments: chance.oneOf(['never', 'debts', 'net'] as const),
    },
  });
};

export const sayMethod: Step = async (world, chance) => {
  await act(world, replaceCustomerMatching, {
    customerId: chance.oneOf(world.customers),
    matching: { method: chance.oneOf(METHODS), withDisputed: chance.happens(0.5) },
  });
};

/** What may be dropped by rule changes: of everybody, or of one customer, who may be blocked. */
export const sayTolerance: Step = async (world, chance) => {
  const customerId = chance.happens(0.5) ? chance.oneOf(world.customers) : undefined;
  const stance = customerId ? chance.oneOf(['limit', 'blocked', 'as_company'] as const) : 'limit';
  const ceiling = {
    amountMax: chance.happens(0.7) ? money(BigInt(chance.whole(0, 9_00)), 'EUR') : null,
    percentMax: `${chance.whole(0, 3)}.${chance.whole(0, 99)}`,
  };
  await act(world, putTolerance, {
    companyId: world.companyId,
    currency: 'EUR',
    customerId,
    stance,
    ...(stance === 'limit' ? ceiling : {}),
    validFrom: aDay(world, chance),
  });
};

/** A collective booking, and the file that says of which payments it is made; in either order. */
export const announceBatch: Step = async (world, chance) => {
  const parts: Booked[] = [];
  for (let n = chance.whole(2, 3); n > 0; n -= 1) {
    const receipt = await aReceipt(world, chance);
    parts.push(receipt ?? { minor: BigInt(chance.whole(1, 900_00)), text: 'simulated' });
  }
  const minor = parts.reduce((sum, part) => sum + part.minor, 0n);
  const bankReference = newId();
  const details = parts.map(({ minor: own, ...said }): CamtDetail => ({ ...said, amount: euros(own) }));
  const day = world.day.toString();
  const entry = { amount: euros(minor), bankReference, bookedOn: day, valueOn: day, details };
  const announce = async (): Promise<void> => {
    world.tenant.on(world.day.toString());
    const bytes = aCamt053([{ id: newId(), iban: world.bank.number, day, entries: [entry] }], '054');
    await receiveAnnouncingFile(
      { door: world.tenant.door, context: world.tenant.as('owner') },
      { name: 'simulated.xml', bytes },
    );
  };
  const book = () => bookStatement(world, [{ minor, text: 'collective', bankReference }], true);
  const isFirst = chance.happens(0.5);
  if (isFirst) await announce();
  await book();
  if (!isFirst) await announce();
  await takeApart(world);
};

/** Sums that were booked as one are taken apart, as a worker would. */
async function takeApart(world: World): Promise<void> {
  const { tenant } = world;
  tenant.on(world.day.toString());
  const tools = {
    door: tenant.door,
    contextOf: () => Promise.resolve(tenant.as('owner')),
    log: { info: () => undefined },
  } as unknown as JobTools;
  const payload = {};
  await announcementsJobs(tools)[ANNOUNCED_QUEUE]?.({ tenantId: tenant.tenantId, payload, jobId: newId() });
}

/** A customer pays some documents as one sum, and says in another place which they are, with what was kept back. */
export const payWithRemittance: Step = async (world, chance) => {
  const debts = await someDebts(world, chance);
  const [first] = debts;
  if (!first?.customerId) return;
  const lines = debts.map((item) => {
    const kept = chance.happens(0.3) ? left(item) / 3n : 0n;
    return {
      document: item.reference,
      amount: money(left(item) - kept, 'EUR'),
      discount: money(0n, 'EUR'),
      deduction: money(kept, 'EUR'),
      ...(kept > 0n ? { reason: 'damaged', claimNumber: `DN${chance.whole(1, 50)}` } : {}),
    };
  });
  const paymentReference = `PAY${newId()}`;
  const minor = lines.reduce((sum, line) => sum + line.amount.minor, 0n);
  const from = world.accounts.get(first.customerId);
  const booked = { minor, text: paymentReference, ...(from ? { iban: from.iban } : {}) };
  if (minor > 0n) await bookStatement(world, [booked], false);
  const { remittanceId } = await act(world, receiveTypedRemittance, {
    companyId: world.companyId,
    customerId: first.customerId,
    currency: 'EUR',
    total: money(minor, 'EUR'),
    paidOn: world.day,
    paymentReference,
    lines,
  });
  remember(world.remittances, remittanceId);
};

/** Remittances find their receipts and are applied as they say, by the machine or a person. */
export const followRemittances: Step = async (world, chance) => {
  const { joined } = await act(world, joinRemittances, {});
  const remittanceId = oneOf(
    chance,
    joined.map((one) => one.remittanceId).concat(chance.happens(0.3) ? world.remittances : []),
  );
  if (remittanceId) await act(world, applyRemittance, { remittanceId, isAutomatic: chance.happens(0.7) });
};

export const leaveRemittance: Step = async (world, chance) => {
  const remittanceId = oneOf(chance, world.remittances);
  if (remittanceId) await act(world, partRemittance, { remittanceId });
};
