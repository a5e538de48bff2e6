// `quittance receipts …`: receipts that wait to be applied, and applying them: what the machine is sure of, or one as it is said.

import type { Context } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import { readDocumentsByNumber } from '#invoicing/read-documents.ts';
import type { CompanyId } from '#kernel/id.ts';
import { type Money, money, parseMoney, toDecimal } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { isDebit, left } from '#ledger/open-item.ts';
import { readItemsOfDocuments } from '#ledger/read-items.ts';
import { applyPayment, applyReceipts, listPayments } from '#payments/contract.ts';
import { routes as payments } from '#payments/routes.ts';
import { listWaitingReceipts } from '#workbench/contract.ts';
import { routes as workbench } from '#workbench/routes.ts';
import { asking } from './ask.ts';
import type { Options } from './options.ts';
import { json, say, table } from './print.ts';
import { companyOf } from './scope.ts';
import type { Session } from './session.ts';

const { ask } = asking(payments, workbench);

/** Receipts asked for at a time. */
const ROWS = 100;

/** Receipts that wait, the oldest first, each with what it is likeliest for. */
export async function receipts(session: Session, context: Context, options: Options): Promise<number> {
  const rows = [];
  for (let after: string | null | undefined; after !== null; ) {
    const page = await ask(session, context, listWaitingReceipts, {
      query: { order: 'oldest', limit: ROWS, ...(after ? { after } : {}) },
    });
    rows.push(...page.rows);
    after = page.next;
  }
  if (options.flag('json')) json(rows);
  else
    table(
      ['Receipt', 'Received', 'From', 'Likeliest for', 'Not applied'],
      rows.map((row) => [
        row.number,
        row.receivedOn,
        (row.customer?.name ?? row.payerName ?? '').slice(0, 30),
        (row.likeliest?.references.join(' ') ?? '').slice(0, 40),
        `${row.unapplied.amount} ${row.unapplied.currency}`,
      ]),
      ['Not applied'],
    );
  return 0;
}

/** Applies what the machine is sure of, of all receipts that wait. With `--check` nothing is changed. */
export async function applyCertain(session: Session, context: Context, options: Options): Promise<number> {
  const done = { looked: 0, applied: 0, waiting: 0 };
  for (let after: string | null | undefined; after !== null; ) {
    const part = await ask(session, context, applyReceipts, {
      body: after ? { after } : {},
      rehearse: options.flag('check'),
    });
    done.looked += part.looked;
    done.applied += part.applied;
    done.waiting += part.waiting;
    after = part.next;
  }
  if (options.flag('json')) json(done);
  else say(`${done.applied} of ${done.looked} receipts applied, ${done.waiting} wait.`);
  return 0;
}

/**
 * Applies one receipt of a company to the documents named, each as `NUMBER=AMOUNT`; of one with instalments what is due first.
 * With `--check` it shows what that would do.
 *
 * Refuses: `company_not_named` (there are several), `company_not_found`, `payment_not_found`, `document_not_found`, `allocation_unclear`, and what applying a payment refuses.
 */
export async function applyOne(session: Session, context: Context, options: Options): Promise<number> {
  const number = options.word(2, 'the number of the receipt');
  const { paymentId, companyId, amount } = await paymentNumbered(session, context, options, number);
  const wishes = options.words.slice(3).map((word) => wishIn(word, amount.currency));
  const applied = await ask(session, context, applyPayment, {
    params: { paymentId },
    body: { allocations: await allocationsOf(session, context, companyId as CompanyId, wishes) },
    rehearse: options.flag('check'),
  });
  if (options.flag('json')) json(applied);
  else {
    for (const one of applied.applications)
      say(`${one.reference}: ${one.amount.amount} ${one.amount.currency}`);
    say(`Left of ${number}: ${applied.unapplied.amount} ${applied.unapplied.currency}`);
  }
  return 0;
}

/** Numbers count in each company from one, so that a number alone may mean several; and others may begin with it. */
async function paymentNumbered(session: Session, context: Context, options: Options, number: string) {
  const company = await companyOf(session, context, options);
  for (let after: string | null | undefined; after !== null; ) {
    const page = await ask(session, context, listPayments, {
      query: { search: number, companyId: company.id, limit: ROWS, ...(after ? { after } : {}) },
    });
    const found = page.rows.find((row) => row.number === number);
    if (found) return found;
    after = page.next;
  }
  throw new Refusal('payment_not_found', { payment: number, company: company.code });
}

type Wish = { readonly document: string; readonly amount: Money };

/** `INV-1=100.00`. Numbers may have equals signs of their own; amounts have none. */
function wishIn(word: string, currency: string): Wish {
  const at = word.lastIndexOf('=');
  if (at < 1) throw new Refusal('allocation_unclear', { given: word, wanted: 'NUMBER=AMOUNT' });
  return { document: word.slice(0, at), amount: parseMoney(word.slice(at + 1), currency) };
}

/** What is asked for of documents, as parts of their instalments, those due first; more than is open is left to be refused. */
async function allocationsOf(
  session: Session,
  context: Context,
  companyId: CompanyId,
  wishes: readonly Wish[],
) {
  const found = await inTenant(session.door.pool, context.tenantId, async (tx) => {
    const numbers = wishes.map(({ document }) => document);
    const documents = await readDocumentsByNumber(tx, companyId, numbers);
    const items = await readItemsOfDocuments(
      tx,
      documents.map(({ id }) => id),
    );
    return new Map(
      documents.map(({ id, number }) => [number, items.filter((item) => item.documentId === id)]),
    );
  });
  return wishes.flatMap(({ document, amount }) => {
    const open = (found.get(document) ?? [])
      .filter((item) => isDebit(item) && left(item) > 0n)
      .toSorted((a, b) => Temporal.PlainDate.compare(a.dueOn, b.dueOn));
    if (open.length === 0) throw new Refusal('document_not_found', { document });
    let rest = amount.minor;
    return open.flatMap((item, index) => {
      const isLast = index === open.length - 1;
      const part = isLast || rest < left(item) ? rest : left(item);
      rest -= part;
      const { currency } = amount;
      if (part === 0n && index > 0) return [];
      return [{ itemId: item.id, amount: { amount: toDecimal(money(part, currency)), currency } }];
    });
  });
}
