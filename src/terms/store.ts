// All SQL of terms. Rows in, domain values out.

import { type Selectable, sql } from 'kysely';
import type { Act } from '#command/command.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import { jsonText } from '#kernel/canonical.ts';
import { type CompanyId, type ItemId, newId } from '#kernel/id.ts';
import { OWN_DAYS_MAX } from '#kernel/limits.ts';
import { money } from '#kernel/money.ts';
import { decimalText, parseDecimal } from '#kernel/percent.ts';
import type { DiscountRight } from './discount.ts';
import type { DiscountPolicy } from './discount-policy.ts';
import type { PaymentTerms, TermsRules } from './payment-terms.ts';

type TermsRow = Pick<Selectable<DB['payment_terms']>, 'id' | 'code' | 'name' | 'version'> & {
  readonly rules: unknown;
};

function toTerms(row: TermsRow): PaymentTerms {
  return { id: row.id, code: row.code, name: row.name, version: row.version, rules: row.rules as TermsRules };
}

const termsColumns = sql`t.id, t.code, t.name, t.version, v.rules`;
const withRules = sql`payment_terms t join payment_terms_version v
  on v.tenant_id = t.tenant_id and v.payment_terms_id = t.id and v.version = t.version`;

/** Payment terms as they are now, by id. */
export async function findTerms(tx: Tx, id: string): Promise<PaymentTerms | undefined> {
  const row = await tx.find(sql<TermsRow>`
    select ${termsColumns} from ${withRules} where t.tenant_id = ${tx.tenantId} and t.id = ${id}`);
  return row && toTerms(row);
}

/** A page of payment terms, by code. */
export async function findTermsPage(
  tx: Tx,
  page: { readonly after: string | undefined; readonly limit: number },
): Promise<readonly PaymentTerms[]> {
  const rows = await tx.run(sql<TermsRow>`
    select ${termsColumns} from ${withRules}
    where t.tenant_id = ${tx.tenantId} and t.code > ${page.after ?? ''} order by t.code limit ${page.limit}`);
  return rows.map(toTerms);
}

/** One set of payment terms, locked against other changes of it. */
export async function lockTerms(tx: Tx, id: string): Promise<PaymentTerms | undefined> {
  const row = await tx.find(sql<TermsRow>`
    select ${termsColumns} from ${withRules} where t.tenant_id = ${tx.tenantId} and t.id = ${id} for no key update of t`);
  return row && toTerms(row);
}

/** Adds payment terms with their first version. */
export function insertTerms(act: Act, terms: PaymentTerms): void {
  act.insert('payment_terms', [
    { id: terms.id, code: terms.code, name: terms.name, version: terms.version, created_at: act.now },
  ]);
  insertVersion(act, terms);
}

/** Adds the version of the rules that payment terms have now. */
export function insertVersion(act: Act, terms: PaymentTerms): void {
  act.insert('payment_terms_version', [
    {
      payment_terms_id: terms.id,
      version: terms.version,
      rules: jsonText(terms.rules),
      recorded_at: act.now,
    },
  ]);
}

/** Writes name and version of payment terms as they are now. */
export function updateTerms(act: Act, terms: PaymentTerms): void {
  act.write(
    sql`update payment_terms set name = ${terms.name}, version = ${terms.version}
      where tenant_id = ${act.tenantId} and id = ${terms.id}`,
    { rows: 1, rule: 'the terms to change are there' },
  );
}

type PolicyColumns = {
  readonly discount_base: string | null;
  readonly corrects_tax: boolean | null;
  readonly pro_rata: boolean | null;
  readonly unearned: string | null;
  readonly country_base: string | null;
  readonly country_corrects_tax: boolean | null;
};

const policyColumns = sql`s.discount_base, s.corrects_tax, s.pro_rata, s.unearned,
  d.discount_base as country_base, d.corrects_tax as country_corrects_tax`;

/** What is stored of a company's rules for discounts; what is not stored is left out. */
function toPolicy(row: PolicyColumns): Partial<DiscountPolicy> {
  return {
    ...(row.discount_base === null
      ? {}
      : {
          base: row.discount_base as DiscountPolicy['base'],
          correctsTax: row.corrects_tax ?? true,
          proRata: row.pro_rata ?? false,
          unearned: row.unearned as DiscountPolicy['unearned'],
        }),
    ...(row.country_base === null
      ? {}
      : {
          base: row.country_base as DiscountPolicy['base'],
          correctsTax: row.country_corrects_tax ?? true,
        }),
  };
}

/** The terms of a customer, or else of the company, and the company's rules for discounts to the customer's country. */
export async function findTermsFor(
  tx: Tx,
  companyId: CompanyId,
  customer: { readonly paymentTermsId: string | null; readonly country: string | null },
): Promise<{ readonly terms: PaymentTerms | undefined; readonly policy: Partial<DiscountPolicy> }> {
  const row = await tx.find(sql<Partial<TermsRow> & PolicyColumns>`
    select ${termsColumns}, ${policyColumns} from (select ${companyId}::uuid as company_id) as c
    left join terms_setting s on s.tenant_id = ${tx.tenantId} and s.company_id = c.company_id
    left join discount_country d on d.tenant_id = ${tx.tenantId} and d.company_id = c.company_id
      and d.country = ${customer.country}
    left join payment_terms t on t.tenant_id = ${tx.tenantId}
      and t.id = coalesce(${customer.paymentTermsId}::uuid, s.payment_terms_id)
    left join payment_terms_version v on v.tenant_id = t.tenant_id and v.payment_terms_id = t.id
      and v.version = t.version`);
  if (!row) return { terms: undefined, policy: {} };
  return { terms: row.id ? toTerms(row as TermsRow) : undefined, policy: toPolicy(row) };
}

/** Terms and rules for discounts that a company has said; nothing where it has not. */
export async function findSetting(
  tx: Tx,
  companyId: CompanyId,
): Promise<Selectable<DB['terms_setting']> | undefined> {
  return tx.find(sql<Selectable<DB['terms_setting']>>`
    select * from terms_setting where tenant_id = ${tx.tenantId} and company_id = ${companyId}`);
}

/** Countries for which a company has other rules. */
export async function findDiscountCountries(
  tx: Tx,
  companyId: CompanyId,
): Promise<readonly Selectable<DB['discount_country']>[]> {
  return tx.run(sql<Selectable<DB['discount_country']>>`
    select * from discount_country where tenant_id = ${tx.tenantId} and company_id = ${companyId} order by country`);
}

/** Writes what a company says on terms and discounts, in place of what it said before. */
export function replaceSetting(
  act: Act,
  setting: {
    readonly companyId: CompanyId;
    readonly paymentTermsId: string | null;
    readonly policy: DiscountPolicy;
    readonly countries: readonly {
      readonly country: string;
      readonly base: DiscountPolicy['base'];
      readonly correctsTax: boolean;
    }[];
  },
): void {
  const { companyId, paymentTermsId, policy } = setting;
  act.write(sql`
    insert into terms_setting (tenant_id, company_id, payment_terms_id, discount_base, corrects_tax, pro_rata, unearned,
      changed_at)
    values (${act.tenantId}, ${companyId}, ${paymentTermsId}, ${policy.base}, ${policy.correctsTax}, ${policy.proRata},
      ${policy.unearned}, ${act.now})
    on conflict (tenant_id, company_id) do update set payment_terms_id = excluded.payment_terms_id,
      discount_base = excluded.discount_base, corrects_tax = excluded.corrects_tax, pro_rata = excluded.pro_rata,
      unearned = excluded.unearned, changed_at = excluded.changed_at`);
  act.write(
    sql`delete from discount_country where tenant_id = ${act.tenantId} and company_id = ${companyId}`,
  );
  act.insert(
    'discount_country',
    setting.countries.map((c) => ({
      company_id: companyId,
      country: c.country,
      discount_base: c.base,
      corrects_tax: c.correctsTax,
    })),
  );
}

/** A day that the tenant keeps open or closed whatever calendars say. */
export type OwnDay = { readonly on: PlainDate; readonly isOpen: boolean; readonly name: string };

function toOwnDay(row: Selectable<DB['own_day']>): OwnDay {
  return { on: row.on_day, isOpen: row.is_open, name: row.name };
}

/** The tenant's own days of some years, or all of them, by day. */
export async function findOwnDays(tx: Tx, years?: readonly number[]): Promise<readonly OwnDay[]> {
  const some = years ? sql`and extract(year from on_day)::int = any(${arrayLiteral(years)}::int[])` : sql``;
  const rows = await tx.run(sql<Selectable<DB['own_day']>>`
    select * from own_day where tenant_id = ${tx.tenantId} ${some} order by on_day limit ${OWN_DAYS_MAX}`);
  return rows.map(toOwnDay);
}

/** How many own days the tenant has. */
export async function countOwnDays(tx: Tx): Promise<number> {
  const row = await tx.find(
    sql<{ n: bigint }>`select count(*) as n from own_day where tenant_id = ${tx.tenantId}`,
  );
  return Number(row?.n ?? 0n);
}

/** Writes a day of one's own, in place of what was said of it before. */
export function replaceOwnDay(act: Act, day: OwnDay): void {
  act.write(sql`
    insert into own_day (tenant_id, on_day, is_open, name) values (${act.tenantId}, ${day.on}, ${day.isOpen}, ${day.name})
    on conflict (tenant_id, on_day) do update set is_open = excluded.is_open, name = excluded.name`);
}

/** Takes a day of one's own off, and says whether it was there. */
export async function deleteOwnDay(act: Act, on: PlainDate): Promise<boolean> {
  const rows = await act.run(
    sql<{
      on_day: PlainDate;
    }>`delete from own_day where tenant_id = ${act.tenantId} and on_day = ${on} returning on_day`,
  );
  return rows.length > 0;
}

/** Notes under which terms documents were issued. */
export function insertIssuedTerms(
  act: Act,
  issued: readonly { readonly documentId: string; readonly termsId: string; readonly version: number }[],
): void {
  act.insert(
    'issued_terms',
    issued.map((i) => ({
      document_id: i.documentId,
      payment_terms_id: i.termsId,
      version: i.version,
      recorded_at: act.now,
    })),
  );
}

/** The terms that documents were issued under, as they were then. */
export async function findIssuedTerms(
  tx: Tx,
  documentIds: readonly string[],
): Promise<readonly (PaymentTerms & { readonly documentId: string })[]> {
  const rows = await tx.run(sql<TermsRow & { document_id: string }>`
    select i.document_id, t.id, t.code, t.name, i.version, v.rules from issued_terms i
    join payment_terms t on t.tenant_id = i.tenant_id and t.id = i.payment_terms_id
    join payment_terms_version v on v.tenant_id = i.tenant_id and v.payment_terms_id = i.payment_terms_id
      and v.version = i.version
    where i.tenant_id = ${tx.tenantId} and i.document_id = any(${arrayLiteral(documentIds)}::uuid[])`);
  return rows.map((row) => ({ ...toTerms(row), documentId: row.document_id }));
}

/** A right to be kept with an item. */
export type NewRight = DiscountRight & {
  readonly itemId: ItemId;
  readonly pay: DiscountRight['discount'];
  readonly offerId: string | null;
};

/** Adds rights to discounts. */
export function insertItemDiscounts(act: Act, rights: readonly NewRight[]): void {
  act.insert(
    'item_discount',
    rights.map((right) => ({
      id: newId(),
      item_id: right.itemId,
      source: right.source,
      until_on: right.untilOn,
      grace_days: right.graceDays,
      percent: right.percent,
      currency: right.discount.currency,
      discount_minor: right.discount.minor,
      pay_minor: right.pay.minor,
      corrects_tax: right.correctsTax,
      pro_rata: right.proRata,
      offer_id: right.offerId,
      recorded_at: act.now,
    })),
  );
}

/** Rights of items, the earliest day first, by item. */
export async function findItemDiscounts(
  tx: Tx,
  itemIds: readonly string[],
): Promise<readonly (readonly [itemId: ItemId, right: DiscountRight])[]> {
  const rows = await tx.run(sql<Selectable<DB['item_discount']>>`
    select d.* from unnest(${arrayLiteral(itemIds)}::uuid[]) as w(id)
    join item_discount d on d.tenant_id = ${tx.tenantId} and d.item_id = w.id order by d.item_id, d.until_on, d.id`);
  return rows.map((row) => [
    row.item_id as ItemId,
    {
      source: row.source as DiscountRight['source'],
      untilOn: row.until_on,
      graceDays: row.grace_days,
      percent: row.percent === null ? null : decimalText(parseDecimal(row.percent)),
      discount: money(row.discount_minor, row.currency),
      correctsTax: row.corrects_tax,
      proRata: row.pro_rata,
    },
  ]);
}
