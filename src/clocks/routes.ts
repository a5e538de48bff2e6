// HTTP of the clocks: contract to command or reading.

import { type Context, carryOut } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { type Route, route } from '#http/route.ts';
import { actorNameOf, readActorNames, readPeople } from '#identity/read-people.ts';
import { money } from '#kernel/money.ts';
import { shownMoney } from '#ledger/amount-text.ts';
import { mayDo } from '#parties/may.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import { assignReceipts, setClock } from './assign-receipts.ts';
import { endReceiptTeam, keepReceiptTeam } from './change-teams.ts';
import * as contract from './contract.ts';
import {
  type MonthFigures,
  readKeptReceipts,
  readMonthFigures,
  readWaiting,
  readWaitingCounts,
} from './read-clocks.ts';
import { findTeams, type TeamRow } from './store-teams.ts';

/** Roles that can be given receipts: those that may apply. */
const APPLYING = ['owner', 'controller', 'cash_applier'] as const;

type Person = { readonly userId: string; readonly name: string };

/** Whose a receipt is, by name; who is no member any more has none here. */
function ownerOf(userId: string | null, people: readonly Person[]): Person | null {
  return userId === null ? null : personOf(userId, people);
}

function personOf(userId: string, people: readonly Person[]): Person {
  return { userId, name: people.find((one) => one.userId === userId)?.name ?? 'a former member' };
}

/** The team a receipt waits for, by name. */
function teamOf(teamId: string | null, teams: readonly TeamRow[]) {
  const team = teams.find((one) => one.team_id === teamId);
  return team ? { teamId: team.team_id, name: team.name } : null;
}

async function readList(tx: Tx, context: Context, companyId: string | undefined) {
  const [people, teams, { yours: _, ...counts }, { receipts, clocks }] = await Promise.all([
    readPeople(tx, APPLYING),
    findTeams(tx),
    readWaitingCounts(tx, context.now, { companyId, userId: context.actor.id }),
    readWaiting(tx, context.now, { companyId }),
  ]);
  return {
    counts,
    rows: receipts.map((receipt) => ({
      paymentId: receipt.payment_id,
      number: receipt.number,
      companyId: receipt.company_id,
      who: receipt.customer_name ?? receipt.payer_name,
      amount: shownMoney(money(receipt.amount_minor, receipt.currency)),
      unapplied: shownMoney(money(receipt.unapplied_minor, receipt.currency)),
      recordedAt: receipt.recorded_at.toString(),
      since: receipt.since.toString(),
      hours: Math.round(receipt.hours * 10) / 10,
      state: receipt.state,
      owner: ownerOf(receipt.owner_id, people),
      team: teamOf(receipt.team_id, teams),
      escalatedAt: receipt.escalated_at?.toString() ?? null,
    })),
    clocks: [...clocks.values()].map(({ company, setting }) => ({
      companyId: company.id,
      companyName: company.name,
      ...setting,
    })),
    people: people.map(({ userId, name }) => ({ userId, name })),
    teams: teams.map((team) => ({
      teamId: team.team_id,
      name: team.name,
      lead: personOf(team.lead_id, people),
      members: team.member_ids.map((userId) => personOf(userId, people)),
    })),
    may: { assign: mayDo(context, 'payment.apply'), set: mayDo(context, 'company.manage') },
  };
}

const DAY_HOURS = 24;

async function readKeptList(tx: Tx, context: Context, companyId: string | undefined) {
  const [people, teams, kept] = await Promise.all([
    readPeople(tx, APPLYING),
    findTeams(tx),
    readKeptReceipts(tx, { companyId, now: context.now }),
  ]);
  const names = await readActorNames(
    tx,
    kept.map((row) => row.kept_by),
  );
  return {
    rows: kept.map((row) => ({
      paymentId: row.payment_id,
      number: row.number,
      companyId: row.company_id,
      who: row.customer_name ?? row.payer_name,
      unapplied: shownMoney(money(row.unapplied_minor, row.currency)),
      recordedAt: row.recorded_at.toString(),
      keptAt: row.kept_at.toString(),
      keptBy: actorNameOf(names, row.kept_by),
      note: row.note,
      lookAgainAt: row.look_again_at.toString(),
      days: Math.floor(context.now.since(row.recorded_at).total('hours') / DAY_HOURS),
      owner: ownerOf(row.owner_id, people),
      team: teamOf(row.team_id, teams),
    })),
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

  route(contract.listKeptReceipts, ({ door, context, query }) =>
    readSnapshot(door, context, (tx) => readKeptList(tx, context, query.companyId)),
  ),

  route(contract.countWaitingReceipts, ({ door, context, query }) =>
    readSnapshot(door, context, (tx) =>
      readWaitingCounts(tx, context.now, { companyId: query.companyId, userId: context.actor.id }),
    ),
  ),

  route(contract.assignWaitingReceipts, ({ door, context, body, commandId, rehearse }) =>
    carryOut(door, context, assignReceipts, body, { commandId, rehearse }),
  ),

  route(contract.keepReceiptTeam, ({ door, context, body, commandId, rehearse }) =>
    carryOut(door, context, keepReceiptTeam, body, { commandId, rehearse }),
  ),

  route(contract.endReceiptTeam, ({ door, context, params, commandId, rehearse }) =>
    carryOut(door, context, endReceiptTeam, params, { commandId, rehearse }),
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
