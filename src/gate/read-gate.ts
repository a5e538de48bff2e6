// Reading what the send gate looks at, for one customer in the moment a reminder is about to leave.

import type { Tx } from '#db/transaction.ts';
import { present } from '#kernel/assert.ts';
import { dayIn, type Instant } from '#kernel/calendar.ts';
import type { CompanyId, MessageId } from '#kernel/id.ts';
import type { Company } from '#parties/company.ts';
import type { Customer } from '#parties/customer.ts';
import { readReceiversFor } from '#payments/read-handovers.ts';
import { findHolidays, readCalendar } from '#terms/find-holidays.ts';
import { readItemDiscounts } from '#terms/read-terms.ts';
import { calendarOfCurrency, hoursSince } from './bank-data.ts';
import { type HourRules, zonesOf } from './contact-hours.ts';
import {
  type AskedItem,
  type Cover,
  coversOf,
  type Settling,
  settlingSums,
  type WaitingMoney,
} from './cover.ts';
import { fullUntil, type GateFacts, type SeenAccount, type SeenCap } from './gate.ts';
import { packsFor } from './rule-packs.ts';
import type { GateSetting } from './setting.ts';
import {
  type Asked,
  findContacts,
  findPrintedKeys,
  findReadAccounts,
  findSetting,
  findWaiting,
} from './store.ts';

/** Of whom and what a reminder is about to speak. */
export type GateQuestion = {
  readonly company: Company;
  readonly customer: Customer;
  readonly messageId: MessageId;
  readonly items: readonly AskedItem[];
  readonly now: Instant;
};

/** All that the gate looks at. */
export async function readGateFacts(tx: Tx, question: GateQuestion): Promise<GateFacts> {
  const [facts] = await readGateFactsTogether(tx, question, [question]);
  return present(facts, 'each question is answered');
}

/** Asks what the gate of a company looks at whoever is reminded, where each question is asked once. */
export async function askGateAhead(once: Tx, companyId: CompanyId): Promise<void> {
  await Promise.all([
    findSetting(once),
    findReadAccounts(once, companyId),
    readReceiversFor(once, companyId),
  ]);
}

/** Of whom and what one of several reminders of a company is about to speak. */
export type GateQuestionOfOne = Omit<GateQuestion, 'company' | 'now'>;

/** The same for several reminders of a company, each to another customer, in the order of the questions. */
export async function readGateFactsTogether(
  tx: Tx,
  { company, now }: Pick<GateQuestion, 'company' | 'now'>,
  questions: readonly GateQuestionOfOne[],
): Promise<readonly GateFacts[]> {
  const setting = await findSetting(tx);
  const asking = questions.filter(({ items }) => items.length > 0);
  const [accounts, { waiting, settling, printed }, caps, hours] = await Promise.all([
    readAccountsSeen(tx, company, setting, now),
    readWaiting(
      tx,
      { company, now },
      asking.map(({ customer, items }) => ({ customerId: customer.id, items })),
    ),
    readCaps(tx, questions, setting, now),
    Promise.all(questions.map(({ customer }) => readHours(company, customer, setting, now))),
  ]);
  const waitingOf = new Map(asking.map((question, index) => [question, waiting[index] ?? []]));
  return questions.map((question, index) => ({
    setting,
    accounts,
    waiting: waitingOf.get(question) ?? [],
    settling,
    printed,
    caps: present(caps[index], 'the contacts of each customer are counted'),
    hours: present(hours[index], 'each customer has its hours'),
  }));
}

/**
 * What waiting money could pay of what customers are asked for, each question as the gate would judge it at this moment. In
 * the order of the questions.
 */
export async function readCovers(
  tx: Tx,
  { company, now }: Pick<GateQuestion, 'company' | 'now'>,
  asked: readonly Asked[],
): Promise<readonly (readonly Cover[])[]> {
  const { waiting, settling, printed } = await readWaiting(tx, { company, now }, asked);
  return asked.map(({ items }, index) => coversOf(items, waiting[index] ?? [], settling, printed));
}

/** Money that waits and may be for items of a company: its own, and that of companies that may receive money for it. */
async function readWaiting(
  tx: Tx,
  { company, now }: Pick<GateQuestion, 'company' | 'now'>,
  asked: readonly Asked[],
): Promise<
  Pick<GateFacts, 'settling' | 'printed'> & { readonly waiting: readonly (readonly WaitingMoney[])[] }
> {
  if (asked.length === 0) return { waiting: [], settling: new Map(), printed: new Map() };
  const items = asked.flatMap((one) => one.items);
  const [companyIds, printed, rights] = await Promise.all([
    readReceiversFor(tx, company.id),
    findPrintedKeys(tx, items),
    readItemDiscounts(
      tx,
      items.map(({ id }) => id),
    ),
  ]);
  const settling: Settling = new Map(
    items.map((item) => [item.id, settlingSums(item, rights.get(item.id) ?? [])]),
  );
  const on = dayIn(company.timeZone, now);
  return {
    waiting: await findWaiting(tx, { companyIds, on }, asked, { settling, printed }),
    settling,
    printed,
  };
}

/** How old the bank data of a company is, account by account, without those nobody waits for. */
export async function readAccountsSeen(
  tx: Tx,
  company: Company,
  setting: GateSetting,
  now: Instant,
): Promise<readonly SeenAccount[]> {
  const watched = (await findReadAccounts(tx, company.id)).filter(
    ({ id }) => !setting.unwatched.includes(id),
  );
  const { year } = dayIn(company.timeZone, now);
  return Promise.all(
    watched.map(async ({ name, currency, upTo }): Promise<SeenAccount> => {
      const sides = { company: company.country, customer: null };
      const calendar = await readCalendar(tx, calendarOfCurrency(currency), sides, [year - 1, year]);
      const hours = hoursSince(upTo, now, { timeZone: company.timeZone, calendar });
      return { name, upTo: upTo.toString(), hours };
    }),
  );
}

const HOURS_A_DAY = 24;

/**
 * The caps the contacts of customers are counted by, the tenant's own and those of its rule packs, with the contacts that count.
 * In the order of the questions.
 */
async function readCaps(
  tx: Tx,
  questions: readonly {
    readonly customer: Pick<Customer, 'id' | 'country'>;
    /** A message that does not count against itself. */
    readonly messageId?: MessageId;
  }[],
  setting: GateSetting,
  now: Instant,
): Promise<readonly (readonly SeenCap[])[]> {
  const all = questions.map(({ customer }) => rulesFor(setting, customer));
  const days = all.flatMap((rules) => rules.map((rule) => rule.days));
  if (days.length === 0) return questions.map(() => []);
  const since = (ago: number): Instant => now.subtract({ hours: ago * HOURS_A_DAY });
  const contacts = await findContacts(
    tx,
    questions.map(({ customer }) => customer.id),
    since(Math.max(...days)),
    questions.flatMap(({ messageId }) => messageId ?? []),
  );
  const oursOf = Map.groupBy(
    contacts.filter(({ isOurs }) => isOurs),
    ({ customerId }) => customerId,
  );
  return questions.map(({ customer }, index) =>
    (all[index] ?? []).map((rule) => {
      const from = since(rule.days);
      const counted = (oursOf.get(customer.id) ?? []).filter(
        ({ at }) => Temporal.Instant.compare(at, from) > 0,
      );
      return { ...rule, contacts: counted.map(({ at }) => at) };
    }),
  );
}

function rulesFor(
  setting: GateSetting,
  customer: Pick<Customer, 'country'>,
): readonly Omit<SeenCap, 'contacts'>[] {
  return [
    ...(setting.cap ? [{ rule: 'own', max: setting.cap.contactsMax, days: setting.cap.days }] : []),
    ...packsFor(setting.packs, customer.country).flatMap(({ code, contacts }) =>
      contacts.map(({ max, days }) => ({ rule: code, max, days })),
    ),
  ];
}

/**
 * Until when the caps on contacts, the tenant's own and those of its rule packs, allow no contact more with a customer, by
 * whatever way; undefined where they allow one now.
 */
export async function readCapEnd(
  tx: Tx,
  customer: Pick<Customer, 'id' | 'country'>,
  now: Instant,
): Promise<Instant | undefined> {
  const [caps] = await readCaps(tx, [{ customer }], await findSetting(tx), now);
  return fullUntil(present(caps, 'the contacts of each customer are counted'));
}

/** The hours and days a customer may be written to. */
export async function readHours(
  company: Company,
  customer: Customer,
  setting: GateSetting,
  now: Instant,
): Promise<HourRules> {
  const packs = packsFor(setting.packs, customer.country);
  const countries = quietCountries(
    setting,
    company,
    customer,
    packs.some(({ quietHolidays }) => quietHolidays),
  );
  const { year } = dayIn('UTC', now);
  const holidays = await Promise.all(
    countries.flatMap((country) => [year, year + 1].map((one) => findHolidays(country, null, one))),
  );
  return {
    zones: zonesOf(customer, company),
    openHours: setting.openHours,
    weeks: packs.map(({ week }) => week),
    quietDays: new Set(holidays.flatMap((days) => [...days])),
  };
}

function quietCountries(
  { quietHolidays }: GateSetting,
  company: Company,
  customer: Customer,
  byPack: boolean,
): readonly string[] {
  const own = quietHolidays === 'company' || quietHolidays === 'both' ? [company.country] : [];
  const theirs =
    (quietHolidays === 'customer' || quietHolidays === 'both' || byPack) && customer.country
      ? [customer.country]
      : [];
  return [...new Set([...own, ...theirs])];
}
