// HTTP of the clocks: contract to command or reading.

import { type Context, carryOut } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { type Route, route } from '#http/route.ts';
import { readPeople } from '#identity/read-people.ts';
import { money } from '#kernel/money.ts';
import { shownMoney } from '#ledger/amount-text.ts';
import { mayDo } from '#parties/may.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import { assignReceipts, setClock } from './assign-receipts.ts';
import * as contract from './contract.ts';
import { type MonthFigures, readMonthFigures, readWaiting, type TimedReceipt } from './read-clocks.ts';

/** Roles that can be given receipts: those that may apply. */
const APPLYING = ['owner', 'controller', 'cash_applier'] as const;

const countsOf = (receipts: readonly TimedReceipt[]) => {
  const count = (state: TimedReceipt['state']): number =>
    receipts.filter((one) => one.state === state).length;
  return { running: count('running'), late: count('late'), escalated: count('escalated') };
};

async function readList(tx: Tx, context: Context, companyId: string | undefined) {
  const [{ receipts, clocks }, people] = await Promise.all([
    readWaiting(tx, context.now, companyId),
    readPeople(tx, APPLYING),
  ]);
  const nameOf = new Map(people.map((person) => [person.userId, person.name]));
  return {
    counts: countsOf(receipts),
    rows: receipts.map((receipt) => ({
      paymentId: receipt.payment_id,
      number: receipt.number,
      companyId: receipt.company_id,
      who: receipt.customer_name ?? receipt.payer_name,
      amount: shownMoney(money(receipt.amount_minor, receipt.currency)),
      unapplied: shownMoney(money(receipt.unapplied_minor, receipt.currency)),
      recordedAt: receipt.recorded_at.toString(),
      hours: Math.round(receipt.hours * 10) / 10,
      state: receipt.state,
      owner:
        receipt.owner_id === null
          ? null
          : { userId: receipt.owner_id, name: nameOf.get(receipt.owner_id) ?? 'a former member' },
      escalatedAt: receipt.escalated_at?.toString() ?? null,
    })),
    clocks: [...clocks.values()].map(({ company, setting }) => ({
      companyId: company.id,
      companyName: company.name,
      ...setting,
    })),
    people: people.map(({ userId, name }) => ({ userId, name })),
    may: { assign: mayDo(context, 'payment.apply'), set: mayDo(context, 'company.manage') },
  };
}

function monthReply({ month, clock, match }: MonthFigures) {
  const made = match?.machine_made ?? 0;
  const reversed = match?.machine_reversed ?? 0;
  return {
    month,
    applied: clock.applied,
    inTime: clock.inTime,
    medianHours: clock.medianHours === null ? null : Math.round(clock.medianHours * 10) / 10,
    receipts: match?.receipts ?? 0,
    payerFound: match?.payer_found ?? 0,
    appliedByMachine: match?.applied_by_machine ?? 0,
    machineMade: made,
    machineReversed: reversed,
    precision: made === 0 ? null : 1 - reversed / made,
  };
}

export const routes: readonly Route[] = [
  route(contract.listWaitingReceipts, ({ door, context, query }) =>
    readSnapshot(door, context, (tx) => readList(tx, context, query.companyId)),
  ),

  route(contract.countWaitingReceipts, ({ door, context, query }) =>
    readSnapshot(door, context, async (tx) => {
      const { receipts } = await readWaiting(tx, context.now, query.companyId);
      const yours = receipts.filter((one) => one.owner_id === context.actor.id).length;
      return { ...countsOf(receipts), yours };
    }),
  ),

  route(contract.assignWaitingReceipts, ({ door, context, body, commandId, rehearse }) =>
    carryOut(door, context, assignReceipts, body, { commandId, rehearse }),
  ),

  route(contract.setReceiptClock, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, setClock, { ...params, ...body }, { commandId, rehearse }),
  ),

  route(contract.readReceiptFigures, ({ door, context, query }) =>
    readSnapshot(door, context, async (tx) => ({
      months: (await readMonthFigures(tx, context.today, query.companyId)).map(monthReply),
    })),
  ),
];
