// Telling an agency or law firm by mail what became of a claim here: that it is recalled, or that its amount changed by money,
// credit or a return that it does not know of.

import type { Act, Command } from '#command/command.ts';
import { queueMessage } from '#delivery/queue-message.ts';

import { type CompanyId, type CustomerId, newId } from '#kernel/id.ts';
import { takeCompany, takeCustomer } from '#parties/take-party.ts';
import { chooseDocumentLanguage } from '#printing/language.ts';
import { findAgencies, findAgencyVersions, type HandOverRow, lockHandOvers } from './store.ts';
import { findChangedItems, findKnownItems, insertNotice, type KnownItem } from './store-notices.ts';

/** What is told of a hand-over. */
export type Told =
  | { readonly kind: 'recalled'; readonly reason: string; readonly itemIds: readonly string[] }
  | { readonly kind: 'changed'; readonly items: readonly KnownItem[] };

/**
 * Queues a mail to whom a claim was handed over, at the address they have now; nothing where they have none, or it went to a
 * court without a lawyer. It is written in the moment it leaves.
 */
export async function tellAgency(act: Act, row: HandOverRow, told: Told): Promise<void> {
  if (row.agency_version_id === null) return;
  const [version] = await findAgencyVersions(act, [row.agency_version_id]);
  const [agency] = version ? await findAgencies(act, version.agency_id) : [];
  if (!agency?.email) return;
  const [company, customer, items] = await Promise.all([
    takeCompany(act, row.company_id as CompanyId),
    takeCustomer(act, row.customer_id as CustomerId),
    told.kind === 'changed' ? told.items : findKnownItems(act, row.id, told.itemIds),
  ]);
  const noticeId = newId<'agency_notice'>();
  const messageId = queueMessage(act, {
    company,
    customer,
    purpose: 'agency',
    recipient: agency.email,
    language: chooseDocumentLanguage([company.language]),
    documentId: noticeId,
    runOn: act.today,
  });
  insertNotice(
    act,
    {
      id: noticeId,
      hand_over_id: row.id,
      kind: told.kind,
      reason: told.kind === 'recalled' ? told.reason : null,
      message_id: messageId,
      recorded_at: act.now,
    },
    items.map(({ itemId, minor }) => ({
      notice_id: noticeId,
      hand_over_id: row.id,
      item_id: itemId,
      known_minor: minor,
    })),
  );
  act.record({
    type: 'agency.told',
    subjectId: row.id,
    customerId: customer.id,
    data: { number: String(row.number), kind: told.kind, messageId, recipient: agency.email },
  });
}

/**
 * Tells agencies and law firms of claims whose amount changed here since they were told last, each once. What they collected
 * themselves and told in a statement is no news to them.
 */
export const tellAgencies: Command<Record<string, never>, { readonly told: number }> = {
  name: 'tell-agencies',
  permission: 'claim.hand_over',
  async run(act) {
    const found = await findChangedItems(act, act.today);
    const rows = await lockHandOvers(act, [...new Set(found.map(({ handOverId }) => handOverId))]);
    // Looked at again under the lock: another worker may have told it.
    const changed = Map.groupBy(await findChangedItems(act, act.today), ({ handOverId }) => handOverId);
    let told = 0;
    for (const row of rows) {
      const items = changed.get(row.id);
      if (!items) continue;
      await tellAgency(act, row, { kind: 'changed', items });
      told += 1;
    }
    return { told };
  },
};
