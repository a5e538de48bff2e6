// Reading what the send gate looks at, for one customer in the moment a reminder is about to leave.

import type { Tx } from '#db/transaction.ts';
import { dayIn, type Instant } from '#kernel/calendar.ts';
import type { MessageId } from '#kernel/id.ts';
import type { Company } from '#parties/company.ts';
import type { Customer } from '#parties/customer.ts';
import { findHolidays, readCalendar } from '#terms/find-holidays.ts';
import { calendarOfCurrency, hoursSince } from './bank-data.ts';
import { type HourRules, zonesOf } from './contact-hours.ts';
import { type AskedItem, type Cover, coversOf } from './cover.ts';
import { fullUntil, type GateFacts, type SeenAccount, type SeenCap } from './gate.ts';
import { packsFor } from './rule-packs.ts';
import type { GateSetting } from './setting.ts';
import { type Asked, findContacts, findReadAccounts, findSetting, findWaiting } from './store.ts';

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
  const { company, customer, items, now } = question;
  const setting = await findSetting(tx);
  const on = dayIn(company.timeZone, now);
  const [accounts, [waiting = []], caps, hours] = await Promise.all([
    readAccountsSeen(tx, company, setting, now),
    items.length === 0
      ? []
      : findWaiting(tx, { companyId: company.id, on }, [{ customerId: customer.id, items }]),
    readCaps(tx, question, setting),
    readHours(company, customer, setting, now),
  ]);
  return { setting, accounts, waiting, caps, hours };
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
  if (asked.length === 0) return [];
  const waiting = await findWaiting(tx, { companyId: company.id, on: dayIn(company.timeZone, now) }, asked);
  return asked.map(({ items }, index) => coversOf(items, waiting[index] ?? []));
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

/** The caps a customer's contacts are counted by, the tenant's own and those of its rule packs, with the contacts that count. */
async function readCaps(
  tx: Tx,
  {
    customer,
    messageId,
    now,
  }: {
    readonly customer: Pick<Customer, 'id' | 'country'>;
    /** A message that does not count against itself. */
    readonly messageId?: MessageId;
    readonly now: Instant;
  },
  setting: GateSetting,
): Promise<readonly SeenCap[]> {
  const rules = [
    ...(setting.cap ? [{ rule: 'own', max: setting.cap.contactsMax, days: setting.cap.days }] : []),
    ...packsFor(setting.packs, customer.country).flatMap(({ code, contacts }) =>
      contacts.map(({ max, days }) => ({ rule: code, max, days })),
    ),
  ];
  if (rules.length === 0) return [];
  const since = (days: number): Instant => now.subtract({ hours: days * HOURS_A_DAY });
  const longest = Math.max(...rules.map(({ days }) => days));
  const contacts = await findContacts(tx, [customer.id], since(longest), messageId);
  const ours = contacts.filter(({ isOurs }) => isOurs);
  return rules.map(({ rule, max, days }) => {
    const from = since(days);
    const counted = ours.filter(({ at }) => Temporal.Instant.compare(at, from) > 0);
    return { rule, max, days, contacts: counted.map(({ at }) => at) };
  });
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
  return fullUntil(await readCaps(tx, { customer, now }, await findSetting(tx)));
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
