// Steps of a walk: credit notes, with and without an invoice, what they are applied to, voids and refunds.

import { inTenant } from '#db/transaction.ts';
import { applyCredit } from '#invoicing/apply-credit.ts';
import { creditInvoice } from '#invoicing/credit-invoice.ts';
import { issueCreditNote } from '#invoicing/issue-credit-note.ts';
import { CREDIT_REASONS } from '#invoicing/reason-for-credit.ts';
import { voidInvoice } from '#invoicing/void-invoice.ts';
import type { InvoiceId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { isDebit, left, type OpenItem } from '#ledger/open-item.ts';
import { readStandingApplications } from '#ledger/read-items.ts';
import { unapplyCredit } from '#remedies/unapply-credit.ts';
import type { Chance } from '../../seed/chance.ts';
import {
  act,
  aDay,
  CURRENCIES,
  itemsOf,
  oneOf,
  openOf,
  remember,
  type Step,
  someLines,
  someOf,
} from './world.ts';

/** Small prices, so that a credit note of lines is mostly less than its invoice. */
const CREDIT_PRICE_MAX = 9_999;

export const creditTheInvoice: Step = async (world, chance) => {
  const invoiceId = oneOf(chance, world.invoices);
  if (!invoiceId) return;
  const { creditNoteId } = await act(world, creditInvoice, {
    invoiceId,
    reason: chance.oneOf(CREDIT_REASONS),
    reasonNote: 'simulated',
    ...(chance.happens(0.4) ? {} : { lines: someLines(chance, CREDIT_PRICE_MAX) }),
    ...(chance.happens(0.3) ? { issuedOn: aDay(world, chance) } : {}),
  });
  remember(world.creditNotes, creditNoteId as InvoiceId);
};

export const issueCredit: Step = async (world, chance) => {
  const { creditNoteId } = await act(world, issueCreditNote, {
    companyId: world.companyId,
    customerId: chance.oneOf(world.customers),
    currency: chance.oneOf(CURRENCIES),
    issuedOn: aDay(world, chance),
    reason: 'goodwill',
    lines: someLines(chance, CREDIT_PRICE_MAX),
  });
  remember(world.creditNotes, creditNoteId as InvoiceId);
};

/** Amounts for items, in order, as far as there is room. */
function shareOut(chance: Chance, items: readonly OpenItem[], whole: bigint) {
  let room = whole;
  return items.flatMap((item) => {
    const wanted = someOf(chance, left(item));
    const part = wanted < room || chance.happens(0.05) ? wanted : room;
    room -= part;
    return part <= 0n ? [] : [{ itemId: item.id, amount: money(part, item.amount.currency) }];
  });
}

export const applyTheCredit: Step = async (world, chance) => {
  const open = await openOf(world, chance);
  const credit = oneOf(
    chance,
    open.filter((item) => item.kind === 'credit_note'),
  );
  const creditNoteId = credit?.documentId ?? world.creditNotes.at(-1);
  if (creditNoteId === undefined) return;
  const targets = open.filter(
    (item) => isDebit(item) && (item.amount.currency === credit?.amount.currency || chance.happens(0.05)),
  );
  await act(world, applyCredit, {
    creditNoteId: creditNoteId as InvoiceId,
    allocations: shareOut(chance, targets.slice(0, chance.whole(1, 3)), credit ? left(credit) : 100n),
    ...(chance.happens(0.3) ? { on: aDay(world, chance) } : {}),
  });
};

export const unapplyTheCredit: Step = async (world, chance) => {
  const creditNoteId = oneOf(chance, world.creditNotes);
  if (!creditNoteId) return;
  const itemIds = (await itemsOf(world, creditNoteId)).map((item) => item.id);
  const { pool, tenantId } = world.tenant;
  const standing = await inTenant(pool, tenantId, (tx) => readStandingApplications(tx, { itemIds }));
  const application = oneOf(chance, standing);
  if (application) await act(world, unapplyCredit, { creditNoteId, applicationId: application.id });
};

export const voidOne: Step = async (world, chance) => {
  const invoiceId = oneOf(chance, chance.happens(0.6) ? world.invoices : world.creditNotes);
  if (!invoiceId) return;
  await act(world, voidInvoice, {
    invoiceId,
    reason: 'simulated',
    ...(chance.happens(0.2) ? { on: aDay(world, chance) } : {}),
  });
};
