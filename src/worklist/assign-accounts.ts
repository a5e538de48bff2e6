// Whose accounts are: given by hand, or spread by what people can do; and what a collector can do, aims at, and who stands in.

import { type Act, actorText, type Command } from '#command/command.ts';
import { readMembers, readPeople } from '#identity/read-people.ts';
import { addDays, isAfter, isBefore, type PlainDate } from '#kernel/calendar.ts';
import { newId } from '#kernel/id.ts';
import { ABSENCE_DAYS_MAX } from '#kernel/limits.ts';
import type { Money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { balance } from './balance.ts';
import { accountsIn } from './minutes.ts';
import { readMinutes } from './read-minutes.ts';
import { isAway } from './read-owners.ts';
import type { Account } from './record-work.ts';
import { lockDay } from './store.ts';
import {
  findCollectors,
  findOwners,
  findUnowned,
  findWork,
  insertCollector,
  insertOwners,
} from './store-people.ts';
import { takeAccount } from './take-next.ts';

export type AssignAccounts = {
  readonly accounts: readonly Account[];
  /** Null: nobody's. */
  readonly userId: string | null;
  /** Given to another, and laid open again, only by somebody who may change policies. */
  readonly isProtected: boolean;
};

/**
 * Gives accounts to a member, or to nobody.
 *
 * Refuses: `customer_not_found`, `company_not_found`, `member_not_found`, `account_protected`.
 */
export const assignAccounts: Command<AssignAccounts, { readonly assigned: number }> = {
  name: 'assign-accounts',
  permission: 'call.record',
  async run(act, { accounts, userId, isProtected }) {
    await lockDay(act);
    for (const account of accounts) await takeAccount(act, account);
    if (userId !== null) await takeMember(act, userId);
    const owners = await findOwners(act, accounts);
    const kept = owners.find((one) => one.isProtected && !(isProtected && one.userId === userId));
    if ((kept || isProtected) && !act.permissions.has('cadence.edit'))
      throw new Refusal('account_protected', { customerId: kept?.customerId ?? null });
    giveTo(
      act,
      accounts.map((account) => ({ account, userId })),
      isProtected,
    );
    return { assigned: accounts.length };
  },
};

function giveTo(
  act: Act,
  given: readonly { readonly account: Account; readonly userId: string | null }[],
  isProtected: boolean,
): void {
  insertOwners(
    act,
    given.map(({ account, userId }) => ({
      id: newId(),
      company_id: account.companyId,
      customer_id: account.customerId,
      user_id: userId,
      is_protected: isProtected,
      assigned_by: actorText(act.actor),
      recorded_at: act.now,
    })),
  );
  for (const { account, userId } of given)
    act.record({
      type: 'worklist.assigned',
      subjectId: account.customerId,
      customerId: account.customerId,
      data: { companyId: account.companyId, userId },
    });
}

async function takeMember(act: Act, userId: string): Promise<void> {
  if ((await readMembers(act, [userId])).length === 0) throw new Refusal('member_not_found', { userId });
}

/** Roles that may work through the list. */
export const COLLECTING_ROLES = ['owner', 'controller', 'collector'] as const;

/** Accounts a collector can deal with in a day where nothing is stated. */
const CAPACITY_DEFAULT = 30;

/** What spreading gave to whom. */
export type Balanced = {
  readonly people: readonly {
    readonly userId: string;
    readonly name: string;
    readonly before: number;
    readonly given: number;
  }[];
};

/**
 * Spreads accounts of the list that are nobody's and not protected over collectors who are here, by what they have and can do. What is
 * somebody's stays so. A rehearsal is the preview.
 *
 * Refuses: `no_collectors` (nobody is stated to collect and has a role for it, or all are away).
 */
export const balanceAccounts: Command<Record<string, never>, Balanced> = {
  name: 'balance-accounts',
  permission: 'cadence.edit',
  async run(act) {
    await lockDay(act);
    const collectors = (await findCollectors(act)).filter((row) => row.collects && !isAway(row, act.today));
    const takes = await readMinutes(act);
    const capacityOf = new Map(
      collectors.map(({ user_id, minutes_a_day, customers_a_day }) => [
        user_id,
        minutes_a_day === null ? (customers_a_day ?? CAPACITY_DEFAULT) : accountsIn(minutes_a_day, takes),
      ]),
    );
    const people = await readPeople(act, COLLECTING_ROLES);
    const members = people.filter(({ userId }) => capacityOf.has(userId));
    if (members.length === 0) throw new Refusal('no_collectors');
    const work = await findWork(
      act,
      members.map(({ userId }) => ({ userId, currency: '' })),
      act.today,
    );
    const loadOf = new Map(work.map((one) => [one.userId, one.accounts]));
    const given = balance(
      await findUnowned(act),
      members.map(({ userId }) => ({
        userId,
        accounts: loadOf.get(userId) ?? 0,
        capacity: capacityOf.get(userId) ?? CAPACITY_DEFAULT,
      })),
    );
    giveTo(act, given, false);
    return {
      people: members.map(({ userId, name }) => ({
        userId,
        name,
        before: loadOf.get(userId) ?? 0,
        given: given.filter((one) => one.userId === userId).length,
      })),
    };
  },
};

export type SetCollector = {
  readonly userId: string;
  /** False: accounts are not spread over them any more; what they have stays theirs. */
  readonly collects?: boolean | undefined;
  readonly customersADay?: number | undefined;
  /** For the worklist; it goes before a number of accounts. */
  readonly minutesADay?: number | undefined;
  readonly away?:
    | { readonly from: PlainDate; readonly to: PlainDate; readonly substituteId: string }
    | undefined;
  readonly callsADay?: number | undefined;
  readonly promisedAMonth?: Money | undefined;
  readonly collectedAMonth?: Money | undefined;
};

/**
 * States whether accounts are spread over a member, what they can do as a collector, what is aimed at, and who stands in
 * while they are away.
 *
 * Refuses: `member_not_found`, `substitute_is_self`, `absence_ends_before_start`, `absence_too_long`, `targets_of_two_currencies`,
 * `amount_not_positive`.
 */
export const setCollector: Command<SetCollector, { readonly userId: string }> = {
  name: 'set-collector',
  permission: 'cadence.edit',
  async run(act, input) {
    const { userId, away, promisedAMonth, collectedAMonth } = input;
    await takeMember(act, userId);
    if (away) {
      await takeMember(act, away.substituteId);
      if (away.substituteId === userId) throw new Refusal('substitute_is_self');
      if (isBefore(away.to, away.from)) throw new Refusal('absence_ends_before_start');
      if (isAfter(away.to, addDays(away.from, ABSENCE_DAYS_MAX)))
        throw new Refusal('absence_too_long', { daysMax: ABSENCE_DAYS_MAX });
    }
    if (promisedAMonth && collectedAMonth && promisedAMonth.currency !== collectedAMonth.currency)
      throw new Refusal('targets_of_two_currencies');
    if ([promisedAMonth, collectedAMonth].some((target) => target && target.minor <= 0n))
      throw new Refusal('amount_not_positive');
    insertCollector(act, {
      id: newId(),
      user_id: userId,
      collects: input.collects ?? true,
      customers_a_day: input.customersADay ?? null,
      minutes_a_day: input.minutesADay ?? null,
      substitute_id: away?.substituteId ?? null,
      away_from: away?.from ?? null,
      away_to: away?.to ?? null,
      target_calls: input.callsADay ?? null,
      target_currency: (promisedAMonth ?? collectedAMonth)?.currency ?? null,
      target_promised_minor: promisedAMonth?.minor ?? null,
      target_collected_minor: collectedAMonth?.minor ?? null,
      stated_by: actorText(act.actor),
      recorded_at: act.now,
    });
    act.record({
      type: 'collector.set',
      subjectId: userId,
      data: {
        collects: input.collects,
        customersADay: input.customersADay,
        minutesADay: input.minutesADay,
        awayTo: away?.to.toString(),
        substituteId: away?.substituteId,
      },
    });
    return { userId };
  },
};
