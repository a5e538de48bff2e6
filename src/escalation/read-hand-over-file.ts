// Reading what the file of a hand-over says.

import type { Tx } from '#db/transaction.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { readAddresses } from '#parties/read-customer.ts';
import { readContacts, takeCompany, takeCustomer } from '#parties/take-party.ts';
import type { HandOverFacts } from './hand-over-file.ts';
import { findAgencyVersions, findHandedItems, findHandOverNumbers, findHandOvers } from './store.ts';

/** The numbers of hand-overs by their ids. */
export async function readHandOverNumbers(
  tx: Tx,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await findHandOverNumbers(tx, ids);
  return new Map(rows.map(({ id, number }) => [id, String(number)]));
}

/** A hand-over with all its file says. Refuses: `hand_over_not_found`. */
export async function readHandOverFacts(tx: Tx, handOverId: string): Promise<HandOverFacts> {
  const [row] = await findHandOvers(tx, { id: handOverId }, { limit: 1 });
  if (!row) throw new Refusal('hand_over_not_found', { handOverId });
  const customerId = row.customer_id as CustomerId;
  const [company, customer, addresses, contacts, items, versions] = await Promise.all([
    takeCompany(tx, row.company_id as CompanyId),
    takeCustomer(tx, customerId),
    readAddresses(tx, [customerId]),
    readContacts(tx, [customerId]),
    findHandedItems(tx, [handOverId]),
    findAgencyVersions(tx, row.agency_version_id ? [row.agency_version_id] : []),
  ]);
  const [agency] = versions;
  return {
    row,
    company,
    customer,
    addresses: addresses.toSorted((a, b) => (a.kind < b.kind ? -1 : 1)),
    contacts,
    agency: agency ? { name: agency.name, clientNumber: agency.client_number } : null,
    items,
  };
}
