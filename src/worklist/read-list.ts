// Reading the list as people see it, and one account with what to do and to say.

import type { z } from 'zod';
import { readSoftPhone, readWrongNumbers } from '#calls/read-calls.ts';
import { actorFrom, actorText, type Context } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { notBefore } from '#gate/call-gate.ts';
import { readCallBars } from '#gate/read-call-gate.ts';
import { readActorNames } from '#identity/read-people.ts';
import {
  addBusinessDays,
  daysBetween,
  isAfter,
  type PlainDate,
  parseDate,
  WEEKDAYS,
} from '#kernel/calendar.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { shownMoney } from '#ledger/amount-text.ts';
import { mayDo } from '#parties/may.ts';
import { idKey, pageOfRows, readCursor } from '#parties/page-cursor.ts';
import { readContacts, takeCompany, takeCustomer } from '#parties/take-party.ts';
import type * as contract from './contract.ts';
import type { WorkMinutes } from './minutes.ts';
import type { NextAction } from './next-action.ts';
import { FIRST_RULES } from './points.ts';
import { readDay, readMinutes } from './read-minutes.ts';
import { readNextActions } from './read-next-actions.ts';
import { readOwnersFor } from './read-owners.ts';
import { scriptOf } from './script.ts';
import { countDone, findDay, findListed, findRules, type ListedRow } from './store.ts';
import { RECENT_DAYS, suggest } from './suggestion.ts';

const whole = (key: string): string => String(BigInt(key));

/** A page of the list. */
export async function readList(
  tx: Tx,
  context: Context,
  query: z.output<typeof contract.listWorklist.query>,
): Promise<z.input<typeof contract.listWorklist.reply>> {
  const me = actorText(context.actor);
  const after = readCursor<readonly [string, string, string, string]>(query.after, [
    whole,
    whole,
    idKey,
    idKey,
  ]);
  const [day, rules, found, done] = [
    await findDay(tx),
    await findRules(tx),
    await findListed(tx, {
      today: context.today,
      now: context.now,
      rank: query.rank,
      companyId: query.companyId,
      ...(query.whose === 'mine'
        ? { ownerIds: await readOwnersFor(tx, actorFrom(me).id, context.today) }
        : {}),
      unowned: query.whose === 'unowned',
      withHidden: query.withHidden === 'true',
      after,
      limit: query.limit + 1,
    }),
    await countDone(tx, me, context.today),
  ];
  const page = pageOfRows(found, query.limit, (row) =>
    query.rank === 'points'
      ? [row.points, row.expected, row.customerId, row.companyId]
      : [row.expected, row.points, row.customerId, row.companyId],
  );
  const [names, bars, takes] = [
    await readNames(tx, page.rows),
    await readBars(tx, page.rows, context),
    await readMinutes(tx),
  ];
  return {
    rows: page.rows.map((row) => describe(row, { names, bars, takes, context })),
    next: page.next,
    listedOn: day?.listed_on.toString() ?? null,
    refreshedAt: day?.refreshed_at.toString() ?? null,
    isWhole: day?.made_upto === null,
    rules: rules?.number ?? 0,
    doneToday: done,
    day: await readDay(tx, context, takes),
    may: { work: mayDo(context, 'call.record'), setRules: mayDo(context, 'cadence.edit') },
  };
}

function readNames(tx: Tx, rows: readonly ListedRow[]): Promise<ReadonlyMap<string, string>> {
  const actors = rows.flatMap((row) => [
    ...(row.heldBy ? [row.heldBy] : []),
    ...(row.ownerId ? [`user:${row.ownerId}`] : []),
  ]);
  return readActorNames(tx, [...new Set(actors)]);
}

/** What speaks against calling the customers of rows now. */
function readBars(tx: Tx, rows: readonly ListedRow[], { now }: Context) {
  const customers = rows.map(({ customerId, country, timeZone }) => ({ id: customerId, country, timeZone }));
  return readCallBars(tx, customers, now);
}

type Known = {
  readonly names: ReadonlyMap<string, string>;
  readonly bars: Awaited<ReturnType<typeof readBars>>;
  readonly takes: WorkMinutes;
  readonly context: Context;
};

function describe(row: ListedRow, { names, bars, takes, context }: Known) {
  const amount = (minor: bigint) => shownMoney(money(minor, row.currency));
  const me = actorText(context.actor);
  return {
    companyId: row.companyId,
    companyCode: row.companyCode,
    customer: { id: row.customerId, number: row.customerNumber, name: row.customerName },
    points: row.points,
    reasons: row.reasons.map((one) => ({ ...one })),
    expected: amount(row.expected),
    overdue: amount(row.overdue),
    overdueItems: row.facts.items,
    oldestDueOn: row.facts.oldestDueOn,
    lastSpokenOn: row.facts.lastSpokenOn,
    owner: row.ownerId ? { userId: row.ownerId, name: names.get(`user:${row.ownerId}`) ?? '' } : null,
    isProtected: row.isProtected,
    inHandOf: row.heldBy && row.heldBy !== me ? (names.get(row.heldBy) ?? 'somebody else') : null,
    snoozedUntil: row.snoozedUntil?.toString() ?? null,
    snoozeReason: row.snoozeReason,
    hiddenUntil: row.hiddenUntil?.toString() ?? null,
    notBefore: notBefore(bars.get(row.customerId) ?? [])?.toString() ?? null,
    isDone: row.isDone,
    minutes: takes[row.hasNumber ? 'call' : 'other'].minutes,
  };
}

/** The rules in force, or those Quittance comes with. */
export async function readRules(
  tx: Tx,
  context: Context,
): Promise<z.input<typeof contract.readWorklistRules.reply>> {
  const stored = await findRules(tx);
  return {
    number: stored?.number ?? 0,
    rules: (stored?.rules ?? FIRST_RULES).map((rule) => ({ ...rule })),
    statedAt: stored?.recorded_at.toString() ?? null,
    may: { set: mayDo(context, 'cadence.edit') },
  };
}

/** Days of business after which one calls again, and within which a promise is proposed to be kept. */
const CALL_BACK_DAYS = 1;
const PROMISE_DAYS = 5;

/**
 * One account with its row, whom to call by which number, what to do and what to say. `customer_not_found`, `company_not_found` are
 * refused; an account that is not on the list has no row.
 */
export async function readAccount(
  tx: Tx,
  context: Context,
  account: { readonly companyId: CompanyId; readonly customerId: CustomerId },
): Promise<z.input<typeof contract.readWorklistAccount.reply>> {
  const [customer, company] = [
    await takeCustomer(tx, account.customerId),
    await takeCompany(tx, account.companyId),
  ];
  const [row] = await findListed(tx, {
    today: context.today,
    now: context.now,
    rank: 'points',
    account,
    withHidden: true,
    limit: 1,
  });
  const rows = row ? [row] : [];
  const [names, bars, takes] = [
    await readNames(tx, rows),
    await readBars(tx, rows, context),
    await readMinutes(tx),
  ];
  const [contacts, wrong, template] = [
    await readContacts(tx, [customer.id]),
    await readWrongNumbers(tx, customer.id),
    await readSoftPhone(tx),
  ];
  const isWrong = new Set(wrong.rows.map((one) => one.contactId));
  const numbers = contacts.map((contact) => ({
    contactId: contact.id,
    name: contact.name,
    role: contact.role,
    phone: contact.phone,
    isWrong: isWrong.has(contact.id),
  }));
  const daysAgo = (day: string | null | undefined): number | null =>
    day ? daysBetween(parseDate(day), context.today) : null;
  const facts = row?.facts;
  const broken = daysAgo(facts?.brokenOn);
  const closed = daysAgo(facts?.closedOn);
  const recent = (days: number | null): boolean => days !== null && days <= RECENT_DAYS;
  const overdue = money(row?.overdue ?? 0n, row?.currency ?? company.functionalCurrency);
  const hasNumber = numbers.some((one) => one.phone !== null && !one.isWrong);
  const agreedFor = row?.hiddenUntil && isAfter(row.hiddenUntil, context.today) ? row.hiddenUntil : null;
  const next = await readNextActions(tx, context, {
    companyId: company.id,
    customer,
    expectedMinor: row?.expected ?? 0n,
    overdueMinor: overdue.minor,
    agreedFor,
    hasNumber,
    callBars: (await readCallBars(tx, [customer], context.now)).get(customer.id) ?? [],
  });
  return {
    company: { id: company.id, code: company.code, name: company.name },
    customer: { id: customer.id, number: customer.number, name: customer.name },
    language: customer.language,
    row: row ? describe(row, { names, bars, takes, context }) : null,
    numbers,
    dialTemplate: template,
    action: suggest({
      hasNumber,
      brokenDays: broken,
      closedDays: closed,
      isNextDay: isReached(facts?.nextOn, context.today),
      isAgreedLater: agreedFor !== null,
      problems: facts?.problems ?? 0,
      overdueMinor: overdue.minor,
      open: next.filter((one) => one.bars.length === 0).map((one) => one.way),
    }),
    next: next.map((one) => shownNext(one, overdue.currency)),
    script: scriptOf(customer.language, {
      company: company.name,
      amount: overdue,
      daysLate: daysAgo(facts?.oldestDueOn) ?? 0,
      brokenOn: recent(broken) && facts?.brokenOn ? parseDate(facts.brokenOn) : null,
      isDisputeClosed: recent(closed),
    }),
    proposed: {
      callBack: addBusinessDays(context.today, CALL_BACK_DAYS, WEEKDAYS).toString(),
      promise: addBusinessDays(context.today, PROMISE_DAYS, WEEKDAYS).toString(),
    },
    may: {
      work: mayDo(context, 'call.record'),
      promise: mayDo(context, 'hold.place'),
      dispute: mayDo(context, 'dispute.record'),
      hold: mayDo(context, 'hold.place'),
      send: mayDo(context, 'reminder.send'),
    },
  };
}

function shownNext({ way, upliftMinor, learntFrom, bars }: NextAction, currency: string) {
  return {
    way,
    uplift: shownMoney(money(upliftMinor, currency)),
    learntFrom,
    bars: bars.map(({ reason, until }) => ({ reason, until: until?.toString() ?? null })),
  };
}

function isReached(day: string | null | undefined, today: PlainDate): boolean {
  return day !== null && day !== undefined && !isAfter(parseDate(day), today);
}
