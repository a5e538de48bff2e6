// What of a customer could be handed over, with everything that is looked at before: for the page, and for the act itself.

import type { Tx } from '#db/transaction.ts';
import { wayBy } from '#delivery/preference.ts';
import { readReach } from '#delivery/read-reach.ts';
import { readDisputed } from '#disputes/read-amounts.ts';
import { readHeld } from '#holds/read-holds.ts';
import { present } from '#kernel/assert.ts';
import { daysBetween, type PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId, ItemId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { shownMoney } from '#ledger/amount-text.ts';
import type { Company } from '#parties/company.ts';
import { listCompanies, takeCustomer } from '#parties/take-party.ts';
import { readPromisedOf } from '#promises/read-standings.ts';
import { type ClaimItem, type Condition, conditionsOf, limitationDay, phaseOf, ripeOn } from './condition.ts';
import { type LegalPack, legalPackOf } from './legal-pack.ts';
import { type CandidateRow, findCandidates, findHandedOver, findNotices } from './store.ts';

/** What of a customer is with an agency or lawyers now: reminders leave it out. */
export function readHandedOver(tx: Tx, customerIds: readonly CustomerId[]): Promise<ReadonlySet<ItemId>> {
  return findHandedOver(tx, customerIds);
}

/** An item with what is looked at, and what is open of it. */
export type Claim = ClaimItem & { readonly row: CandidateRow };

/** The account of a customer with a company in a currency: what is overdue. */
export type ClaimAccount = {
  readonly company: Company;
  readonly currency: string;
  readonly pack: LegalPack;
  readonly claims: readonly Claim[];
  readonly address: readonly string[];
};

/** What is overdue of a customer, account by account. Refuses: `customer_not_found`. */
export async function readClaims(
  tx: Tx,
  customerId: CustomerId,
  today: PlainDate,
): Promise<readonly ClaimAccount[]> {
  await takeCustomer(tx, customerId);
  const rows = await findCandidates(tx, customerId, today);
  const ids = rows.map((row) => row.id);
  const companies = await listCompanies(tx);
  const own = companies.filter((company) => rows.some((row) => row.company_id === company.id));
  const [notices, disputed, promised, held, addresses] = await Promise.all([
    findNotices(tx, ids),
    readDisputed(tx, ids),
    readPromisedOf(tx, [customerId], today),
    byCompany(own, (id) => readHeld(tx, id, [customerId], today)),
    byCompany(own, (id) => readAddress(tx, id, customerId)),
  ]);
  const groups = Map.groupBy(rows, (row) => `${row.company_id} ${row.currency}`);
  return [...groups.values()].map((group): ClaimAccount => {
    const [first] = group;
    const company = present(
      own.find(({ id }) => id === first?.company_id),
      'items belong to companies',
    );
    const holds = held.get(company.id);
    const claims = group.map(
      (row): Claim => ({
        id: row.id,
        reference: row.reference,
        dueOn: row.due_on,
        notices: notices.get(row.id) ?? [],
        isDisputed: disputed.has(row.id),
        isPromised: promised.has(row.id),
        isOnHold: holds !== undefined && (holds.customers.has(customerId) || holds.items.has(row.id)),
        standing: row.standing,
        row,
      }),
    );
    const address = addresses.get(company.id) ?? [];
    return { company, currency: first?.currency ?? '', pack: legalPackOf(company.country), claims, address };
  });
}

async function byCompany<T>(
  companies: readonly Company[],
  read: (id: CompanyId) => Promise<T>,
): Promise<ReadonlyMap<CompanyId, T>> {
  return new Map(await Promise.all(companies.map(async ({ id }) => [id, await read(id)] as const)));
}

/** The lines that a letter to a customer would be addressed to. */
async function readAddress(tx: Tx, companyId: CompanyId, customerId: CustomerId): Promise<readonly string[]> {
  const reaches = await readReach(tx, companyId, [customerId], 'reminder');
  const reach = reaches.get(customerId);
  const way = reach && wayBy('post', reach);
  return way ? way.recipient.split(', ') : [];
}

/** The accounts of a customer as the page of its escalation shows them. */
export async function describeClaims(tx: Tx, customerId: CustomerId, today: PlainDate) {
  const accounts = await readClaims(tx, customerId, today);
  return accounts.map(({ company, currency, pack, claims, address }) => {
    const ready = claims.filter(({ standing }) => standing === null);
    return {
      company: { id: company.id, code: company.code, name: company.name },
      currency,
      phase: phaseOf(claims),
      ripeOn: ripeOn(ready, pack)?.toString() ?? null,
      conditions: conditionsOf({ items: ready, address, today }, pack).map(shownCondition),
      items: claims.map((claim) => ({
        itemId: claim.id,
        documentId: claim.row.document_id,
        reference: claim.reference,
        dueOn: claim.dueOn.toString(),
        daysLate: daysBetween(claim.dueOn, today),
        open: shownMoney(money(claim.row.open_minor, currency)),
        phase: phaseOf([claim]),
        handOverId: claim.row.hand_over_id,
        barredAfter: limitationDay(claim.dueOn, pack.limitation).toString(),
        notices: claim.notices.map(({ messageId, phase, sentOn, proof }) => ({
          messageId,
          phase,
          sentOn: sentOn.toString(),
          proof,
        })),
      })),
    };
  });
}

/** A condition as it is shown and kept. */
export function shownCondition(condition: Condition) {
  return { ...condition, messageIds: [...condition.messageIds], failing: [...condition.failing] };
}
