// Reading promises for people: each as it stands, and how far a customer can be believed.

import type { z } from 'zod';
import type { Context } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { readDisputedOf } from '#disputes/read-amounts.ts';
import { readActorNames } from '#identity/read-people.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import type { CustomerId } from '#kernel/id.ts';
import { PROMISES_SHOWN_MAX } from '#kernel/limits.ts';
import { money } from '#kernel/money.ts';
import { shownMoney } from '#ledger/amount-text.ts';
import { isDebit } from '#ledger/open-item.ts';
import { readOpenItems } from '#ledger/read-items.ts';
import { mayDo } from '#parties/may.ts';
import { listCompanies, readContacts, readCustomers, takeCustomer } from '#parties/take-party.ts';
import type * as contract from './contract.ts';
import type { PromiseWay } from './promise.ts';
import { readStandings, type StandingPromise } from './read-standings.ts';
import { countStates, findReliability, findStates } from './store-standings.ts';

/** Promises as a list shows them, the latest of those in its view. */
export async function readPromiseList(
  tx: Tx,
  context: Context,
  query: z.output<typeof contract.listPromises.query>,
): Promise<z.input<typeof contract.listPromises.reply>> {
  const { show, customerId, documentId, asOf } = query;
  const today = asOf ?? context.today;
  const whose = { customerId, documentId, today, asOf };
  const [found, counts] = await Promise.all([
    findStates(tx, whose, { show, limit: PROMISES_SHOWN_MAX }),
    countStates(tx, whose),
  ]);
  const ids = found.map((row) => row.id);
  const shown = await readStandings(tx, { ids, limit: PROMISES_SHOWN_MAX }, today, asOf);
  return { rows: await describe(tx, context, shown), counts, may: { take: mayDo(context, 'hold.place') } };
}

async function describe(tx: Tx, context: Context, shown: readonly StandingPromise[]) {
  const customerIds = [...new Set(shown.map(({ row }) => row.customer_id))];
  const [customers, contacts, names] = await Promise.all([
    readCustomers(tx, customerIds),
    readContacts(tx, customerIds),
    readActorNames(
      tx,
      shown.map(({ row }) => row.taken_by),
    ),
  ]);
  return shown.map(({ row, parts, standing }) => {
    const customer = customers.get(row.customer_id);
    const contact = contacts.find((one) => one.id === row.contact_id);
    const amount = (minor: bigint) => shownMoney(money(minor, row.currency));
    return {
      promiseId: row.id,
      companyId: row.company_id,
      customer: { id: row.customer_id, number: customer?.number ?? '', name: customer?.name ?? '' },
      promisedOn: row.promised_on.toString(),
      level: row.level,
      way: row.way as PromiseWay,
      by: contact?.name ?? row.said_by,
      note: row.note,
      state: standing.state,
      amount: amount(standing.promised),
      kept: amount(standing.kept),
      short: amount(standing.short),
      next: standing.next?.toString() ?? null,
      endNote: row.end_note,
      takenBy: names.get(row.taken_by) ?? row.taken_by,
      recordedAt: row.recorded_at.toString(),
      parts: parts.map((part) => ({
        itemId: part.itemId,
        documentId: part.documentId,
        reference: part.reference,
        on: part.on.toString(),
        amount: amount(part.promised),
        kept: amount(part.kept),
        isReplaced: part.isReplaced,
      })),
      may: {
        withdraw: mayDo(context, 'hold.place', standing.state === 'open' ? undefined : 'promise_not_open'),
      },
    };
  });
}

/** How far a customer can be believed, by currency. Refuses: `customer_not_found`. */
export async function readReliability(
  tx: Tx,
  today: PlainDate,
  customerId: CustomerId,
): Promise<z.input<typeof contract.readReliability.reply>> {
  await takeCustomer(tx, customerId);
  const found = await findReliability(tx, customerId, today);
  return {
    currencies: found.map(({ currency, ended, kept_count, promised, kept }) => ({
      ended,
      kept: kept_count,
      promised: shownMoney(money(promised, currency)),
      cameInTime: shownMoney(money(kept, currency)),
    })),
  };
}

/** What a customer owes and can promise, with what of it is in dispute, the oldest due first. Refuses: `customer_not_found`. */
export async function readPromisable(
  tx: Tx,
  customerId: CustomerId,
): Promise<z.input<typeof contract.listPromisable.reply>> {
  await takeCustomer(tx, customerId);
  const [items, disputed, companies] = await Promise.all([
    readOpenItems(tx, customerId),
    readDisputedOf(tx, [customerId]),
    listCompanies(tx),
  ]);
  const names = new Map(companies.map((company) => [company.id, company.name]));
  const rows = items.filter(isDebit).map((item) => {
    const part = disputed.get(item.id) ?? money(0n, item.open.currency);
    const free = part.minor < item.open.minor ? item.open.minor - part.minor : 0n;
    return {
      itemId: item.id,
      documentId: item.documentId,
      reference: item.reference,
      company: { id: item.companyId, name: names.get(item.companyId) ?? '' },
      dueOn: item.dueOn.toString(),
      disputed: shownMoney(part),
      promisable: shownMoney(money(free, item.open.currency)),
    };
  });
  return { rows };
}
