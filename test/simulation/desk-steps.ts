// Steps of a walk at the desk of whoever applies cash: teams that receipts wait for, what the accounting system is handed and answers,
// ways of writing that are accepted, payouts of a gateway, and one customer who pays for others.

import { assignReceipts } from '#clocks/assign-receipts.ts';
import { endReceiptTeam, keepReceiptTeam } from '#clocks/change-teams.ts';
import { escalateReceipts } from '#clocks/escalate-receipts.ts';
import { inTenant } from '#db/transaction.ts';
import { addDays } from '#kernel/calendar.ts';
import { type CustomerId, newId } from '#kernel/id.ts';
import { isDebit, left, type OpenItem } from '#ledger/open-item.ts';
import { readOpenItems } from '#ledger/read-items.ts';
import { acceptPattern } from '#patterns/change-patterns.ts';
import { importBankFile } from '#payments/import-bank-file.ts';
import { exportPostings, recordAnswers, setPostings } from '#postings/change-postings.ts';
import type { Answer } from '#postings/posting.ts';
import { readPostingPage } from '#postings/read-postings.ts';
import type { Chance } from '../../seed/chance.ts';
import { type Booked, bookStatement, euros } from './bank-steps.ts';
import { act, oneOf, openOf, remember, type Step, type World } from './world.ts';

// — teams —

export const sayTeam: Step = async (world, chance) => {
  const teamId = chance.happens(0.5) ? oneOf(chance, world.teams) : undefined;
  const name = `Team ${chance.whole(1, 6)}`;
  const [lead, other] = [chance.oneOf(world.people), chance.oneOf(world.people)];
  const said = await act(world, keepReceiptTeam, { teamId, name, leadId: lead, memberIds: [other] });
  if (teamId === undefined) remember(world.teams, said.teamId);
};

export const endTeam: Step = async (world, chance) => {
  const teamId = oneOf(chance, world.teams);
  if (teamId) await act(world, endReceiptTeam, { teamId });
};

/** Receipts go to a team, to somebody, to nobody, or (senselessly) to both. */
export const giveReceipt: Step = async (world, chance) => {
  const paymentId = oneOf(chance, world.payments);
  if (!paymentId) return;
  const teamId = chance.happens(0.6) ? (oneOf(chance, world.teams) ?? null) : null;
  const userId = teamId === null || chance.happens(0.1) ? chance.oneOf([...world.people, null]) : null;
  await act(world, assignReceipts, { paymentIds: [paymentId], userId, teamId });
};

export const escalate: Step = async (world) => {
  await act(world, escalateReceipts, { isTold: true });
};

// — the accounting system —

export const usePostings: Step = async (world, chance) => {
  const fromOn = chance.happens(0.8) ? addDays(world.day, chance.whole(-40, 5)) : null;
  await act(world, setPostings, { companyId: world.companyId, fromOn });
};

export const handOut: Step = async (world, chance) => {
  const state = chance.oneOf(['to_post', 'to_post', 'refused'] as const);
  await act(world, exportPostings, { companyId: world.companyId, state });
};

/** It answers for some of what it was handed, posted or refused; what it says twice, it says the same or otherwise. */
export const answer: Step = async (world, chance) => {
  const { pool, tenantId } = world.tenant;
  const state = chance.oneOf(['sent', 'sent', 'posted', 'refused'] as const);
  const { rows } = await inTenant(pool, tenantId, (tx) =>
    readPostingPage(tx, { companyId: world.companyId, state, limit: 20 }),
  );
  const some = rows.filter(() => chance.happens(0.5));
  if (some.length === 0) return;
  await act(world, recordAnswers, {
    companyId: world.companyId,
    answers: some.map(
      ({ number, part }): Answer =>
        chance.happens(0.7)
          ? { number, part, state: 'posted', reference: `ERP-${number}-${chance.whole(1, 2)}` }
          : { number, part, state: 'refused', reason: 'simulated' },
    ),
  });
};

// — ways of writing —

export const acceptWriting: Step = async (world, chance) => {
  const form = chance.oneOf([{ kind: 'ending', figures: chance.whole(2, 5) }, { kind: 'order' }] as const);
  await act(world, acceptPattern, { customerId: chance.oneOf(world.customers), form });
};

// — payouts —

/** A gateway pays out some of what customers paid by card, less fees, with what it took back. Now and then its row has a wrong sign. */
export const payOut: Step = async (world, chance) => {
  const debts = (await openOf(world, chance)).filter(inEuro).slice(0, chance.whole(1, 4));
  if (debts.length === 0) return;
  const payout = `po-${newId()}`;
  const day = world.day.toString();
  const row = (id: string, type: string, minor: bigint, fee: bigint, more: string): string =>
    [payout, day, id, day, type, euros(minor), euros(fee), euros(minor - fee), 'EUR', more].join(',');
  const charges = debts.map((item) => {
    const id = `ch-${newId()}`;
    remember(world.cardPayments, { id, minor: left(item) });
    return row(id, 'charge', left(item), BigInt(chance.whole(0, 300)), `Payer,${id},${item.reference}`);
  });
  const before = chance.happens(0.4) ? oneOf(chance, world.cardPayments) : undefined;
  const sign = chance.happens(0.1) ? 1n : -1n;
  const back = before
    ? [
        row(
          `re-${newId()}`,
          chance.oneOf(['refund', 'dispute']),
          sign * before.minor,
          0n,
          `Payer,${before.id},`,
        ),
      ]
    : [];
  const header = 'payout,payout_date,id,date,type,gross,fee,net,currency,payer,charge,reference';
  const bytes = Buffer.from([header, ...charges, ...back].join('\n'));
  world.tenant.on(day);
  const at = { door: world.tenant.door, context: world.tenant.as('owner') };
  const how = { apply: true, bankAccountId: world.gatewayId };
  await importBankFile(at, { name: 'payout.csv', bytes }, how);
};

const inEuro = (item: OpenItem): boolean =>
  isDebit(item) && item.account === 'receivables' && item.amount.currency === 'EUR';

// — one pays for others —

/** A customer pays for itself and for those below it, naming what it pays or not; now and then for a stranger. */
export const payForOthers: Step = async (world, chance) => {
  const [parent, ...others] = world.customers as readonly [CustomerId, ...CustomerId[]];
  const whose = [parent, ...others.filter(() => chance.happens(0.4))];
  const debts = (await Promise.all(whose.map((id) => debtsOf(world, id)))).flatMap((items) =>
    items.slice(0, chance.whole(0, 2)),
  );
  if (debts.length === 0) return;
  await bookStatement(world, [paidBy(world, chance, parent, debts)], true);
};

async function debtsOf(world: World, customerId: CustomerId): Promise<readonly OpenItem[]> {
  const { pool, tenantId } = world.tenant;
  const open = await inTenant(pool, tenantId, (tx) => readOpenItems(tx, customerId));
  return open.filter(inEuro);
}

function paidBy(world: World, chance: Chance, parent: CustomerId, debts: readonly OpenItem[]): Booked {
  const minor = debts.reduce((sum, item) => sum + left(item), 0n);
  const names = debts.map((item) => item.reference).join(' ');
  const from = world.accounts.get(parent);
  return {
    minor: chance.happens(0.8) ? minor : minor - 1n > 0n ? minor - 1n : minor,
    text: chance.happens(0.6) ? names : 'for all of us',
    ...(from ? { iban: from.iban } : {}),
  };
}
