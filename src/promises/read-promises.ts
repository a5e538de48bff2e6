// Reading promises for people: each as it stands, and how far a customer can be believed.

import type { z } from 'zod';
import type { Context } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { readActorNames } from '#identity/read-people.ts';
import { isAfter, type PlainDate } from '#kernel/calendar.ts';
import type { CustomerId } from '#kernel/id.ts';
import { PROMISES_LOOKED_AT_MAX, PROMISES_SHOWN_MAX } from '#kernel/limits.ts';
import { money } from '#kernel/money.ts';
import { shownMoney } from '#ledger/amount-text.ts';
import { mayDo } from '#parties/may.ts';
import { readContacts, readCustomers, takeCustomer } from '#parties/take-party.ts';
import type * as contract from './contract.ts';
import { type PromiseWay, reliabilityOf } from './promise.ts';
import { readStandings, type StandingPromise } from './read-standings.ts';

type View = z.output<typeof contract.listPromises.query>['show'];

const isOpen = ({ standing }: StandingPromise): boolean => standing.state === 'open';
const isBroken = ({ standing }: StandingPromise): boolean =>
  standing.state === 'broken' || standing.state === 'partly_kept';
const isDue = (one: StandingPromise, today: PlainDate): boolean =>
  isOpen(one) && one.standing.next !== null && !isAfter(one.standing.next, today);

function shows(view: View, one: StandingPromise, today: PlainDate): boolean {
  switch (view) {
    case 'open':
      return isOpen(one);
    case 'due':
      return isDue(one, today);
    case 'broken':
      return isBroken(one);
    case 'kept':
      return one.standing.state === 'kept';
    case 'all':
      return true;
  }
}

/** Promises as a list shows them, among the latest. */
export async function readPromiseList(
  tx: Tx,
  context: Context,
  query: z.output<typeof contract.listPromises.query>,
): Promise<z.input<typeof contract.listPromises.reply>> {
  const { show, customerId, documentId, asOf } = query;
  const today = asOf ?? context.today;
  const customerIds = customerId === undefined ? undefined : [customerId];
  const filter = { customerIds, documentId, limit: PROMISES_LOOKED_AT_MAX };
  const all = (await readStandings(tx, filter, today, asOf)).filter(
    ({ row }) => asOf === undefined || !isAfter(row.promised_on, asOf),
  );
  const shown = all.filter((one) => shows(show, one, today)).slice(0, PROMISES_SHOWN_MAX);
  return {
    rows: await describe(tx, context, shown),
    counts: {
      open: all.filter(isOpen).length,
      due: all.filter((one) => isDue(one, today)).length,
      broken: all.filter(isBroken).length,
    },
    may: { take: mayDo(context, 'hold.place') },
  };
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
  const filter = { customerIds: [customerId], limit: PROMISES_LOOKED_AT_MAX };
  const byCurrency = Map.groupBy(await readStandings(tx, filter, today), ({ row }) => row.currency);
  const currencies = [...byCurrency].flatMap(([currency, own]) => {
    const { ended, keptCount, promised, kept } = reliabilityOf(own.map(({ standing }) => standing));
    if (ended === 0) return [];
    const amount = (minor: bigint) => shownMoney(money(minor, currency));
    return [{ ended, kept: keptCount, promised: amount(promised), cameInTime: amount(kept) }];
  });
  return { currencies };
}
