// SQL of what companies have chosen for their documents, and what customers want on theirs.

import { sql } from 'kysely';
import type { Act } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { jsonText } from '#kernel/canonical.ts';
import { type CompanyId, type CustomerId, newId } from '#kernel/id.ts';
import type { SecondLanguage } from './language.ts';
import type { Letterhead } from './letterhead.ts';
import type { PrintExtras } from './print-extras.ts';
import type { CompanyLook } from './print-style.ts';

/** The look alone. */
type Chosen = Pick<CompanyLook, 'style' | 'logo'>;

/** The looks of companies; one that has chosen nothing is left out. */
export async function findLooks(
  tx: Tx,
  companyIds: readonly CompanyId[],
): Promise<ReadonlyMap<CompanyId, Chosen>> {
  const rows = await tx.run(sql<Chosen & { companyId: CompanyId }>`
    select company_id "companyId", json_build_object('paper', paper, 'window', address_window, 'accent', accent,
      'font', font, 'marks', marks) style, logo
    from company_look where tenant_id = ${tx.tenantId} and company_id = any(${companyIds}::uuid[])`);
  return new Map(rows.map(({ companyId, style, logo }) => [companyId, { style, logo }]));
}

/** Puts a look in place of the one that was there. */
export function saveLook(act: Act, companyId: CompanyId, { style, logo }: Chosen): void {
  const { paper, window, accent, font, marks } = style;
  act.write(sql`
    insert into company_look (tenant_id, company_id, paper, address_window, accent, font, marks, logo)
    values (${act.tenantId}, ${companyId}, ${paper}, ${window}, ${accent}, ${font}, ${marks}, ${logo && Buffer.from(logo)})
    on conflict (tenant_id, company_id) do update set paper = excluded.paper, address_window = excluded.address_window,
      accent = excluded.accent, font = excluded.font, marks = excluded.marks, logo = excluded.logo`);
}

/** Takes the look of a company away: it writes as is usual in its country again. */
export function removeLook(act: Act, companyId: CompanyId): void {
  act.write(sql`delete from company_look where tenant_id = ${act.tenantId} and company_id = ${companyId}`);
}

/** What companies add to their documents; one that has chosen nothing is left out. */
export async function findExtras(
  tx: Tx,
  companyIds: readonly CompanyId[],
): Promise<ReadonlyMap<CompanyId, PrintExtras>> {
  const rows = await tx.run(sql<PrintExtras & { companyId: CompanyId }>`
    select company_id "companyId", second_language "secondLanguage", pay_link "payLink", upi_id "upiId"
    from company_print where tenant_id = ${tx.tenantId} and company_id = any(${companyIds}::uuid[])`);
  return new Map(rows.map(({ companyId, ...extras }) => [companyId, extras]));
}

/** Puts what a company adds in place of what was there. */
export function saveExtras(act: Act, companyId: CompanyId, extras: PrintExtras): void {
  act.write(sql`
    insert into company_print (tenant_id, company_id, second_language, pay_link, upi_id)
    values (${act.tenantId}, ${companyId}, ${extras.secondLanguage}, ${extras.payLink}, ${extras.upiId})
    on conflict (tenant_id, company_id) do update set second_language = excluded.second_language,
      pay_link = excluded.pay_link, upi_id = excluded.upi_id`);
}

/** The second languages of customers that want another than their company's documents have. */
export async function findCustomerLanguages(
  tx: Tx,
  customerIds: readonly CustomerId[],
): Promise<ReadonlyMap<CustomerId, SecondLanguage>> {
  const rows = await tx.run(sql<{ id: CustomerId; secondLanguage: SecondLanguage }>`
    select customer_id id, second_language "secondLanguage"
    from customer_print where tenant_id = ${tx.tenantId} and customer_id = any(${customerIds}::uuid[])`);
  return new Map(rows.map(({ id, secondLanguage }) => [id, secondLanguage]));
}

/** Puts a customer's choice in place of the one that was there; none leaves it to the company. */
export function saveCustomerLanguage(act: Act, customerId: CustomerId, second: SecondLanguage | null): void {
  if (second === null) {
    act.write(
      sql`delete from customer_print where tenant_id = ${act.tenantId} and customer_id = ${customerId}`,
    );
    return;
  }
  act.write(sql`
    insert into customer_print (tenant_id, customer_id, second_language)
    values (${act.tenantId}, ${customerId}, ${second})
    on conflict (tenant_id, customer_id) do update set second_language = excluded.second_language`);
}

/** A stored version of what a company says at head and foot. */
export type StoredLetterhead = {
  readonly id: string;
  readonly companyId: CompanyId;
  readonly version: number;
  readonly texts: readonly Letterhead[];
};

/** The latest versions of companies; one that never said anything is left out. */
export async function findLetterheads(
  tx: Tx,
  companyIds: readonly CompanyId[],
): Promise<ReadonlyMap<CompanyId, StoredLetterhead>> {
  const rows = await tx.run(sql<StoredLetterhead>`
    select distinct on (company_id) id, company_id "companyId", version, texts
    from letterhead where tenant_id = ${tx.tenantId} and company_id = any(${companyIds}::uuid[])
    order by company_id, version desc`);
  return new Map(rows.map((row) => [row.companyId, row]));
}

/** Versions by id. */
export async function findLetterheadVersions(
  tx: Tx,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly Letterhead[]>> {
  const rows = await tx.run(sql<Pick<StoredLetterhead, 'id' | 'texts'>>`
    select id, texts from letterhead where tenant_id = ${tx.tenantId} and id = any(${ids}::uuid[])`);
  return new Map(rows.map(({ id, texts }) => [id, texts]));
}

/** Keeps a new version. */
export function insertLetterhead(
  act: Act,
  companyId: CompanyId,
  { version, texts }: Pick<StoredLetterhead, 'version' | 'texts'>,
): void {
  const row = { id: newId(), company_id: companyId, version, texts: jsonText(texts), recorded_at: act.now };
  act.insert('letterhead', [row]);
}
