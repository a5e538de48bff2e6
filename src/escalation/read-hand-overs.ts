// Hand-overs and agencies as people see them.

import type { Context } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { readActorNames } from '#identity/read-people.ts';
import { daysBetween } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import { type Money, money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { shownMoney } from '#ledger/amount-text.ts';
import { listCompanies, readCustomers } from '#parties/take-party.ts';
import { splitFee } from './agency-fee.ts';
import type { shownCondition } from './read-claims.ts';
import {
  type AgencyRow,
  findAgencies,
  findAgencyVersions,
  findHandedItems,
  findHandOvers,
  findNews,
  type HandedItemRow,
  type HandOverFilter,
  type HandOverRow,
} from './store.ts';

type Asked = Pick<Context, 'permissions'>;

/** One page of hand-overs, the newest first. */
export async function readHandOverList(
  tx: Tx,
  asked: Asked,
  query: HandOverFilter & { readonly after?: bigint | undefined; readonly limit: number },
) {
  const { after, limit, ...filter } = query;
  const found = await findHandOvers(tx, filter, { after, limit: limit + 1 });
  const rows = await describe(tx, found.slice(0, limit), asked, filter.documentId);
  return { rows, next: found.length > limit ? (rows.at(-1)?.number ?? null) : null };
}

/** One hand-over with its conditions, items and what became of it. Refuses: `hand_over_not_found`. */
export async function readHandOver(tx: Tx, asked: Asked, handOverId: string) {
  const [row] = await findHandOvers(tx, { id: handOverId }, { limit: 1 });
  if (!row) throw new Refusal('hand_over_not_found', { handOverId });
  const [[brief], items, news] = await Promise.all([
    describe(tx, [row], asked),
    findHandedItems(tx, [row.id]),
    findNews(tx, [row.id]),
  ]);
  if (!brief) throw new Refusal('hand_over_not_found', { handOverId });
  const [agency] = row.agency_version_id ? await findAgencyVersions(tx, [row.agency_version_id]) : [];
  const names = await readActorNames(
    tx,
    news.map((one) => one.told_by),
  );
  return {
    ...brief,
    conditions: row.conditions as ReturnType<typeof shownCondition>[],
    items: items.map((item) => shownItem(row, item, agency)),
    news: news.map((one) => ({
      newsId: one.id,
      status: one.status,
      on: one.happened_on.toString(),
      invoice: items.find((item) => item.document_id === one.document_id)?.reference ?? null,
      reference: one.reference,
      note: one.note,
      fee: one.fee_minor === null ? null : shownMoney(money(one.fee_minor, row.currency)),
      by: names.get(one.told_by) ?? one.told_by,
      at: one.recorded_at.toString(),
    })),
  };
}

/** An item as it was handed over and as it is, and what the agency would keep of what is open. */
function shownItem(row: HandOverRow, item: HandedItemRow, agency: AgencyRow | undefined) {
  const shown = (minor: bigint) => shownMoney(money(minor, row.currency));
  const late = daysBetween(item.due_on, row.handed_on);
  const handed = money(item.amount_minor, row.currency);
  const claim = { daysLate: late, handed, isFirst: item.open_minor === item.amount_minor };
  const isOurs = agency?.fees.bearer !== 'debtor';
  const split = agency && isOurs ? splitFee(item.open_minor, claim, agency.fees) : undefined;
  return {
    itemId: item.item_id,
    documentId: item.document_id,
    reference: item.reference,
    dueOn: item.due_on.toString(),
    daysLate: late,
    handed: shown(item.amount_minor),
    open: shown(item.open_minor),
    endedOn: item.ended_on?.toString() ?? null,
    ended: item.ended as 'recalled' | 'closed' | null,
    expectedFee: split && item.ended_on === null ? shown(split.fee + split.tax) : null,
  };
}

/** Hand-overs as they are listed; with a document, their amounts are those of its items. */
async function describe(
  tx: Tx,
  rows: readonly HandOverRow[],
  { permissions }: Asked,
  documentId?: string | undefined,
) {
  const ids = rows.map((row) => row.id);
  const versionIds = rows.flatMap((row) => row.agency_version_id ?? []);
  const [customers, companies, items, news, agencies, names] = await Promise.all([
    readCustomers(tx, [...new Set(rows.map((row) => row.customer_id as CustomerId))]),
    listCompanies(tx),
    findHandedItems(tx, ids),
    findNews(tx, ids),
    findAgencyVersions(tx, versionIds),
    readActorNames(
      tx,
      rows.map((row) => row.handed_by),
    ),
  ]);
  const codeOf = new Map(companies.map((company) => [company.id, company.code]));
  return rows.map((row) => {
    const own = items.filter((item) => item.hand_over_id === row.id);
    const standing = own.filter((item) => item.ended_on === null);
    const asked = own.filter((item) => documentId === undefined || item.document_id === documentId);
    const customer = customers.get(row.customer_id as CustomerId);
    const agency = agencies.find(({ id }) => id === row.agency_version_id);
    const last = news.findLast((one) => one.hand_over_id === row.id && one.document_id === null);
    const sum = (of: (item: HandedItemRow) => bigint): Money =>
      money(
        asked.reduce((total, item) => total + of(item), 0n),
        row.currency,
      );
    const mayRecall = permissions.has('claim.hand_over')
      ? standing.length > 0 || 'hand_over_ended'
      : 'not_permitted';
    return {
      handOverId: row.id,
      number: String(row.number),
      route: row.route as 'agency' | 'legal',
      company: { id: row.company_id, code: codeOf.get(row.company_id as CompanyId) ?? '' },
      customer: { id: row.customer_id, number: customer?.number ?? '', name: customer?.name ?? '' },
      agency: agency ? { agencyId: agency.agency_id, name: agency.name } : null,
      handedOn: row.handed_on.toString(),
      handedBy: names.get(row.handed_by) ?? row.handed_by,
      interest: row.interest as 'goes_on' | 'cut_off',
      note: row.note,
      isStanding: standing.length > 0,
      status: last?.status ?? null,
      handed: shownMoney(sum((item) => item.amount_minor)),
      open: shownMoney(sum((item) => (item.ended === 'recalled' ? 0n : item.open_minor))),
      may: { recall: mayRecall, tell: permissions.has('claim.hand_over') || 'not_permitted' },
    };
  });
}

/** Agencies and law firms, by name, with what can be done. */
export async function readAgencies(tx: Tx, { permissions }: Asked) {
  const rows = await findAgencies(tx);
  return {
    rows: rows.map((row) => ({
      agencyId: row.agency_id,
      kind: row.kind as 'agency' | 'lawyer',
      name: row.name,
      email: row.email,
      clientNumber: row.client_number,
      fees: { ...row.fees, shares: row.fees.shares.map((share) => ({ ...share })) },
      remits: row.remits as 'net' | 'gross',
      inUse: row.in_use,
    })),
    may: { put: permissions.has('company.manage') || 'not_permitted' },
  };
}
